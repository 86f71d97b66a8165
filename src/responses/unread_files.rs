//! Files that lie among the response files and that nobody reads, such as `topics/ice.txt`.

use std::path::{Path, PathBuf};

use super::fixed::SINGLE_FILES;
use super::problem::{Place, Problem};
use super::read::FOLDERS;

/// Where conversations lie in a folder of response files.
const CONVERSATIONS: &str = "conversations";

/// What to do with a file that has no place here.
const ELSEWHERE: &str = "move it out of the folder of response files";

/// Endings of what editors and systems leave behind.
const LEFT_BEHIND: &[&str] = &["~", ".swp", ".swo", ".bak", ".orig", ".rej", ".tmp", ".new"];

/// Whether nobody reads a file and nobody would expect it, given its path as seen from the folder of
/// response files.
pub(super) fn is_unread(path: &Path) -> bool {
    let folder = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default();
    let is_left_behind = is_hidden(path)
        || LEFT_BEHIND.iter().any(|end| name.ends_with(end))
        || ["Thumbs.db", "desktop.ini"].contains(&&*name);
    let is_page = folder.starts_with(CONVERSATIONS) && ending == "md";
    let is_schema = folder == Path::new("schemas") && ending == "json";
    !(is_left_behind || is_page || is_schema || ending == "toml" || name == "README.md")
}

/// Whether a name says that nobody shall look.
pub(super) fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '#', '~']))
}

/// The file that was meant: what its name becomes with the ending that is read.
pub(super) fn meant(path: &Path) -> Option<PathBuf> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name()?.to_str()?.to_lowercase();
    let (id, ending) = name.split_once('.').unwrap_or((&name, ""));
    if !["", "txt", "md", "toml", "toml.txt"].contains(&ending) {
        return None;
    }
    let id = id.replace([' ', '-'], "_");
    if folder.starts_with(CONVERSATIONS) {
        return Some(folder.join(id + ".md"));
    }
    let known = match folder.to_str()? {
        "" => SINGLE_FILES.contains(&id.as_str()),
        folder => FOLDERS.contains(&folder),
    };
    known.then(|| folder.join(id + ".toml"))
}

/// The fault of a file that is not read; a folder that is named like a file ends with a `/`.
pub(super) fn fault(path: &Path) -> Option<Problem> {
    let shown = path.to_string_lossy();
    if let Some(folder) = shown.strip_suffix('/') {
        let what = format!("`{folder}` is a folder, and nothing in it is read");
        let remedy = format!("make it a file, or {ELSEWHERE}");
        return Some(Problem::new(Place::whole(Path::new(folder)), what, remedy));
    }
    if !is_unread(path) {
        return None;
    }
    let remedy = match meant(path) {
        Some(meant) => format!("name it `{}`, or move it out of this folder", meant.display()),
        None => ELSEWHERE.to_owned(),
    };
    Some(Problem::new(Place::whole(path), format!("`{shown}` is not read"), remedy))
}
