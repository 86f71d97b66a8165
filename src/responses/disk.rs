//! The only reader of response files on disk.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::Responses;
use super::problem::{Place, Problem, Problems};

/// Loads and checks the response files of a folder.
///
/// # Errors
/// All that is wrong with them, or that the folder cannot be read.
pub fn load(folder: &Path) -> Result<Responses, Problems> {
    let files = texts(folder, "toml")?;
    Responses::parse(&files)
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
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads response files")]
pub fn each(
    folder: &Path,
    ending: &str,
    mut take: impl FnMut(PathBuf, String),
) -> Result<(), Problems> {
    let mut paths = Vec::new();
    let found = collect(folder, ending, &mut paths);
    found.map_err(|error| unreadable(folder, folder, &error))?;
    paths.sort();
    for path in paths {
        let bytes = fs::read(&path).map_err(|error| unreadable(folder, &path, &error))?;
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        let seen = path.strip_prefix(folder).map_or(path.clone(), Path::to_owned);
        take(seen, text);
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads response files")]
fn collect(folder: &Path, ending: &str, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, ending, paths)?;
        } else if path.extension().is_some_and(|found| found == ending) {
            paths.push(path);
        }
    }
    Ok(())
}

fn unreadable(folder: &Path, path: &Path, error: &io::Error) -> Problems {
    let seen = path.strip_prefix(folder).ok().filter(|seen| !seen.as_os_str().is_empty());
    let what = format!("cannot read `{}`: {error}", path.display());
    let remedy = "run from the folder that holds `responses`, or set RESPONSES_DIR to it";
    let place = Place::whole(seen.unwrap_or(path));
    Problems::new(vec![Problem::new(place, what, remedy)], &[])
}
