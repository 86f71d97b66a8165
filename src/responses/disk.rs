//! The only reader of response files on disk.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::problem::{Place, Problem, Problems};
use super::read::{self, FOLDERS};
use super::{Responses, unread_files};

/// Largest file that is read, in bytes: all that are shipped are 3 MB together.
const LARGEST: u64 = 4_000_000;

/// Loads and checks the response files of a folder.
///
/// # Errors
/// All that is wrong with them, or that the folder cannot be read.
pub fn load(folder: &Path) -> Result<Responses, Problems> {
    Responses::parse(&files(folder)?)
}

/// The response files of a folder, as paths seen from it and texts.
///
/// # Errors
/// That the folder or a file cannot be read, or that it is another folder.
pub fn files(folder: &Path) -> Result<Vec<(PathBuf, String)>, Problems> {
    let files = texts(folder, "toml")?;
    if files.iter().any(|(path, _)| read::is_known(path)) {
        return Ok(files);
    }
    let what = format!("`{}` is no folder of response files", folder.display());
    let inside = folder.file_name().is_some_and(|name| FOLDERS.iter().any(|known| name == *known));
    let remedy = match folder.parent().filter(|_| inside) {
        Some(parent) => format!("did you mean `{}`?", parent.display()),
        None => RIGHT_FOLDER.to_owned(),
    };
    Err(Problems::new(vec![Problem::new(Place::whole(folder), what, remedy)], &[]))
}

/// All files of a folder with an ending, as paths seen from that folder, sorted. What is no UTF-8
/// is replaced by `U+FFFD`, which the checks report with its place.
///
/// # Errors
/// That the folder or a file cannot be read.
pub fn texts(folder: &Path, ending: &str) -> Result<Vec<(PathBuf, String)>, Problems> {
    let mut files = Vec::new();
    each(folder, ending, |path, text| files.push((path, text)))?;
    Ok(files)
}

/// The same one by one.
///
/// # Errors
/// That the folder or a file cannot be read.
pub fn each(
    folder: &Path,
    ending: &str,
    mut take: impl FnMut(PathBuf, String),
) -> Result<(), Problems> {
    let mut paths = Vec::new();
    walk(folder, &mut |path, is_folder| {
        let hidden = unread_files::is_hidden(path);
        if !is_folder && !hidden && path.extension().is_some_and(|found| found == ending) {
            paths.push(path.to_owned());
        }
        !hidden
    })?;
    paths.sort();
    for path in paths {
        let bytes = read(&path)?;
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        take(seen_from(folder, &path), text);
    }
    Ok(())
}

/// What stands in a file. A pipe would never end, and a device may not.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads response files")]
fn read(path: &Path) -> Result<Vec<u8>, Problems> {
    let wrong = |error: io::Error| unreadable(path, &error);
    let meta = fs::metadata(path).map_err(wrong)?;
    let fault = |what: String, remedy: &str| {
        Problems::new(vec![Problem::new(Place::whole(path), what, remedy)], &[])
    };
    let shown = path.display();
    if !meta.is_file() {
        let what = format!("`{shown}` is no plain file");
        return Err(fault(what, "take it out of the folder of response files"));
    }
    if meta.len() > LARGEST {
        let what = format!("`{shown}` is larger than {} MB", LARGEST / 1_000_000);
        return Err(fault(what, "part it, or take out what does not belong there"));
    }
    fs::read(path).map_err(wrong)
}

/// What lies in a folder and is not read though somebody may expect it, each with an empty text: the
/// checks report it. A folder that is named like a file ends with a `/`.
///
/// # Errors
/// That the folder cannot be read.
pub fn unread(folder: &Path) -> Result<Vec<(PathBuf, String)>, Problems> {
    let mut found = Vec::new();
    walk(folder, &mut |path, is_folder| {
        let seen = seen_from(folder, path);
        let named_like_a_file = is_folder && path.extension().is_some_and(|end| end == "toml");
        if named_like_a_file {
            found.push((seen.join(""), String::new()));
        } else if !is_folder && unread_files::is_unread(&seen) {
            found.push((seen, String::new()));
        } else {
            return !unread_files::is_hidden(path);
        }
        false
    })?;
    found.sort();
    Ok(found)
}

/// Shows every file and folder; a folder is entered when the answer is yes.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads response files")]
fn walk(folder: &Path, visit: &mut impl FnMut(&Path, bool) -> bool) -> Result<(), Problems> {
    let wrong = |error: io::Error| unreadable(folder, &error);
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        let is_folder = path.is_dir();
        if is_folder && leads_back(folder, &path) {
            let what = format!("`{}` leads back to a folder that it lies in", path.display());
            let fault = Problem::new(Place::whole(&path), what, "take the link out");
            return Err(Problems::new(vec![fault], &[]));
        }
        if visit(&path, is_folder) && is_folder {
            walk(&path, visit)?;
        }
    }
    Ok(())
}

/// Whether a folder is a link to one that it lies in: there would be no end to it.
fn leads_back(folder: &Path, path: &Path) -> bool {
    let whole = |path: &Path| fs::canonicalize(path).ok();
    path.is_symlink()
        && whole(folder).zip(whole(path)).is_some_and(|(lies_in, to)| lies_in.starts_with(to))
}

fn seen_from(folder: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(folder).unwrap_or(path).to_owned()
}

const RIGHT_FOLDER: &str = "run from the folder that holds `responses`, or set RESPONSES_DIR to it";

fn unreadable(path: &Path, error: &io::Error) -> Problems {
    let shown = path.display();
    let (what, remedy) = match error.kind() {
        ErrorKind::PermissionDenied => {
            let remedy = "give the user who runs charley the right to read it";
            (format!("`{shown}` may not be read"), remedy)
        }
        ErrorKind::NotFound => (format!("there is no `{shown}`"), RIGHT_FOLDER),
        ErrorKind::NotADirectory => (format!("`{shown}` is a file, not a folder"), RIGHT_FOLDER),
        _ => (format!("cannot read `{shown}`: {error}"), RIGHT_FOLDER),
    };
    Problems::new(vec![Problem::new(Place::whole(path), what, remedy)], &[])
}
