//! Folders of the layout that are missing, and those that were meant and only bear another name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::problem::{Place, Problem, nearest};
use super::read::FOLDERS;

/// A folder of the layout in which nothing lies.
pub(super) struct Missing {
    pub(super) folder: &'static str,
    /// The folder of another name that was meant.
    renamed: Option<String>,
}

/// All folders of the layout that are missing, given the files as seen from their folder.
pub(super) fn missing(files: &[(PathBuf, String)]) -> Vec<Missing> {
    let there: BTreeSet<&str> = files.iter().filter_map(|(path, _)| top(path)).collect();
    let missing = || FOLDERS.iter().copied().filter(|folder| !there.contains(folder));
    let read = |folder: &str| {
        let inside = |path: &Path| top(path) == Some(folder);
        files.iter().any(|(path, text)| inside(path) && !text.is_empty())
    };
    let strange: Vec<&str> =
        there.iter().copied().filter(|name| !FOLDERS.contains(name) && read(name)).collect();
    let only = strange.first().filter(|_| strange.len() == 1 && missing().count() == 1);
    let meant = |folder: &'static str| {
        let is_meant = |name: &&&str| nearest(&name.to_lowercase(), missing()) == Some(folder);
        let near = strange.iter().find(is_meant).or(only);
        Missing { folder, renamed: near.map(|name| (*name).to_owned()) }
    };
    missing().map(meant).collect()
}

impl Missing {
    /// Whether a file lies in the folder that was meant.
    pub(super) fn is_meant_by(&self, path: &Path) -> bool {
        self.renamed.as_deref().is_some_and(|name| top(path) == Some(name))
    }

    pub(super) fn fault(&self) -> Problem {
        let folder = self.folder;
        let remedy = match &self.renamed {
            Some(name) => format!("rename `{name}` back to `{folder}`"),
            None => "bring it back, with the files that lay in it".to_owned(),
        };
        let what = format!("the folder `{folder}/` is missing");
        Problem::new(Place::whole(Path::new(folder)), what, remedy)
    }
}

/// The folder in which a file lies, or the outermost one.
fn top(path: &Path) -> Option<&str> {
    let mut parts = path.components();
    let first = parts.next()?;
    parts.next()?;
    first.as_os_str().to_str()
}
