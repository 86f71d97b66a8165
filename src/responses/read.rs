//! From texts to raw files: which kind each file is, its syntax, its shape.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use schemars::{JsonSchema, schema_for};
use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::Spanned;
use toml::de::DeTable;

use super::problem::{Place, Problem, did_you_mean};
use super::talk::RawLists;
use super::{fixed, folders, misplaced_files, plans, raw, shape, syntax, unread_files};

/// One file with its id (its name without the ending).
#[derive(Clone, Debug)]
pub(super) struct File<T> {
    pub(super) path: PathBuf,
    pub(super) id: String,
    pub(super) raw: T,
}

/// All files as they are written.
#[derive(Debug, Default)]
pub(super) struct RawSet {
    pub(super) topics: Vec<File<raw::Topic>>,
    pub(super) red_flags: Vec<File<raw::RedFlag>>,
    pub(super) cards: Vec<File<raw::Card>>,
    pub(super) questions: Vec<File<raw::Question>>,
    pub(super) words: Vec<File<raw::WordList>>,
    pub(super) plans: Vec<File<plans::raw::Plan>>,
    pub(super) combinations: Vec<File<raw::Combinations>>,
    pub(super) facts: Vec<File<raw::Facts>>,
    pub(super) follow_ups: Vec<File<raw::FollowUps>>,
    pub(super) talk: Vec<File<RawLists>>,
    pub(super) answers: Vec<File<RawLists>>,
    pub(super) context: Vec<File<raw::Context>>,
    pub(super) sources: Vec<File<raw::Sources>>,
    pub(super) numbers: Vec<File<raw::Numbers>>,
    pub(super) club: Vec<File<raw::Club>>,
    /// Files that could not be read; what only follows from that is not reported.
    pub(super) broken: Vec<PathBuf>,
    /// Folders of the layout that are missing; the same holds of what lay in them.
    pub(super) missing: Vec<&'static str>,
}

impl RawSet {
    /// Whether any file of a folder could not be read, or all of them are missing.
    pub(super) fn is_any_broken(&self, folder: &str) -> bool {
        let inside = |path: &PathBuf| path.parent() == Some(Path::new(folder));
        self.lacks(folder) || self.broken.iter().any(inside)
    }

    /// Whether a folder of the layout is missing.
    pub(super) fn lacks(&self, folder: &str) -> bool {
        self.missing.contains(&folder)
    }

    /// Whether all that lies there could be read, and every folder is there.
    pub(super) fn is_whole(&self) -> bool {
        self.broken.is_empty() && self.missing.is_empty()
    }
}

/// Every kind of file there is: where it lies, its name for people, its schema.
#[must_use]
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("topic", schema::<raw::Topic>()),
        ("red_flag", schema::<raw::RedFlag>()),
        ("card", schema::<raw::Card>()),
        ("question", schema::<raw::Question>()),
        ("word_list", schema::<raw::WordList>()),
        ("plan", schema::<plans::raw::Plan>()),
        ("combinations", schema::<raw::Combinations>()),
        ("facts", titled("Facts", schema::<raw::Facts>())),
        ("follow_ups", titled("Follow-ups", schema::<raw::FollowUps>())),
        ("talk", titled("Talk", schema::<BTreeMap<String, Vec<String>>>())),
        ("answers", titled("Answers", schema::<BTreeMap<String, Vec<String>>>())),
        ("context", schema::<raw::Context>()),
        ("sources", titled("Sources", schema::<raw::Sources>())),
        ("numbers", schema::<raw::Numbers>()),
        ("club", schema::<raw::Club>()),
    ]
}

fn schema<T: JsonSchema>() -> Value {
    schema_for!(T).to_value()
}

/// With the title that a plain table of tables does not have.
fn titled(title: &str, mut schema: Value) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("title".to_owned(), title.into());
    }
    schema
}

/// The folders that hold response files.
pub(super) const FOLDERS: &[&str] =
    &["topics", "red_flags", "cards", "questions", "words", "plans"];

/// Whether a file lies where one of its kind is looked for.
pub(super) fn is_known(path: &Path) -> bool {
    let folder = path.parent().and_then(Path::to_str).unwrap_or_default();
    let id = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    if folder.is_empty() { fixed::SINGLE_FILES.contains(&id) } else { FOLDERS.contains(&folder) }
}

/// Reads all texts; the paths are as seen from the folder of response files.
pub(super) fn read(files: &[(PathBuf, String)], problems: &mut Vec<Problem>) -> RawSet {
    let mut set = RawSet::default();
    let folders = folders::missing(files);
    problems.extend(folders.iter().map(folders::Missing::fault));
    let mut reader = Reader { problems, schemas: schemas(), meant: Vec::new() };
    for (path, text) in files {
        if folders.iter().any(|missing| missing.is_meant_by(path)) {
            continue;
        }
        if let Some(problem) = unread_files::fault(path) {
            reader.problems.push(problem);
            set.broken.push(unread_files::meant(path).unwrap_or_else(|| path.clone()));
            continue;
        }
        let folder = path.parent().and_then(Path::to_str).unwrap_or_default();
        let id = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let read = match (folder, id) {
            ("topics", _) => reader.file("topic", path, id, text, &mut set.topics),
            ("red_flags", _) => reader.file("red_flag", path, id, text, &mut set.red_flags),
            ("cards", _) => reader.file("card", path, id, text, &mut set.cards),
            ("questions", _) => reader.file("question", path, id, text, &mut set.questions),
            ("words", _) => reader.file("word_list", path, id, text, &mut set.words),
            ("plans", _) => reader.file("plan", path, id, text, &mut set.plans),
            ("", "combinations") => reader.file(id, path, id, text, &mut set.combinations),
            ("", "facts") => reader.file(id, path, id, text, &mut set.facts),
            ("", "follow_ups") => reader.file(id, path, id, text, &mut set.follow_ups),
            ("", "talk") => reader.file(id, path, id, text, &mut set.talk),
            ("", "answers") => reader.file(id, path, id, text, &mut set.answers),
            ("", "context") => reader.file(id, path, id, text, &mut set.context),
            ("", "sources") => reader.file(id, path, id, text, &mut set.sources),
            ("", "numbers") => reader.file(id, path, id, text, &mut set.numbers),
            ("", "club") => reader.file(id, path, id, text, &mut set.club),
            (folder, id) => reader.stray(path, folder, id, text),
        };
        if !read {
            set.broken.push(path.clone());
        }
    }
    set.broken.append(&mut reader.meant);
    set.missing = folders.iter().map(|missing| missing.folder).collect();
    set
}

struct Reader<'p> {
    problems: &'p mut Vec<Problem>,
    schemas: Vec<(&'static str, Value)>,
    /// Where files belong that lie elsewhere: what follows from that is not reported.
    meant: Vec<PathBuf>,
}

impl Reader<'_> {
    fn stray(&mut self, path: &Path, folder: &str, id: &str, text: &str) -> bool {
        let table = DeTable::parse_recoverable(text).0;
        let misfits = table.get_ref().len().max(misplaced_files::FEWEST);
        let of = misplaced_files::folder(table.get_ref(), misfits, |kind| self.schema(kind));
        if let Some((what, of)) = of.filter(|_| folder.is_empty()) {
            let (fault, meant) = misplaced_files::fault(path, id, what, of);
            self.problems.push(fault);
            self.meant.push(meant);
            return false;
        }
        let known = if folder.is_empty() { fixed::SINGLE_FILES } else { FOLDERS };
        let name = if folder.is_empty() { id } else { folder };
        let within = FOLDERS.iter().find(|known| Path::new(folder).starts_with(known));
        let remedy = match within {
            Some(known) => {
                let meant = Path::new(known).join(format!("{id}.toml"));
                let remedy = format!("move it to `{}`", meant.display());
                self.meant.push(meant);
                remedy
            }
            None => did_you_mean(name, known.iter().copied()),
        };
        let what = "nothing is read from this file".to_owned();
        self.problems.push(Problem::new(Place::whole(path), what, remedy));
        false
    }

    fn file<T: DeserializeOwned>(
        &mut self,
        kind: &str,
        path: &Path,
        id: &str,
        text: &str,
        into: &mut Vec<File<T>>,
    ) -> bool {
        let before = self.problems.len();
        let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if id.is_empty() || !id.chars().all(is_id) {
            let what = format!("`{id}` cannot be a name");
            let remedy = "name the file with a-z, 0-9 and `_` only";
            self.problems.push(Problem::new(Place::whole(path), what, remedy));
        }
        if text.contains('\0') {
            let what = "this file cannot be read, since it is not saved as UTF-8";
            self.problems.push(Problem::new(Place::whole(path), what, AS_UTF_8));
            return false;
        }
        if let Some(at) = text.find(char::REPLACEMENT_CHARACTER) {
            let place = Place::new(path, at..at + char::REPLACEMENT_CHARACTER.len_utf8());
            let what = "this sign cannot be read, since the file is not saved as UTF-8";
            self.problems.push(Problem::new(place, what, AS_UTF_8));
            return false;
        }
        if let Some(at) = too_deep(text) {
            let what = format!("more than {DEEPEST} brackets stand in each other here");
            let remedy = "no file needs that: take them out";
            self.problems.push(Problem::new(Place::new(path, at..at + 1), what, remedy));
            return false;
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors.into_iter().take(1) {
            self.problems.push(syntax::fault(path, text, &error, self.schema(kind)));
        }
        let is_empty = table.get_ref().is_empty() && self.needs_keys(kind);
        if self.problems.len() == before && is_empty {
            let what = "nothing stands in this file";
            let remedy = "write what responses/README.md says, or take the file out";
            self.problems.push(Problem::new(Place::whole(path), what, remedy));
        } else if self.problems.len() == before {
            let faults = self.shape_faults(kind, (path, id, text), &table);
            self.problems.extend(faults);
        }
        if self.problems.len() > before {
            return false;
        }
        match T::deserialize(toml::Deserializer::from(table)) {
            Ok(raw) => into.push(File { path: path.to_owned(), id: id.to_owned(), raw }),
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                let place = Place::new(path, span);
                let remedy = "see responses/README.md for what may stand here";
                self.problems.push(Problem::new(place, error.message().to_owned(), remedy));
            }
        }
        self.problems.len() == before
    }

    /// Whether a kind of file holds anything at the least.
    fn needs_keys(&self, kind: &str) -> bool {
        self.schema(kind).get("required").is_some()
    }

    /// The schema of a kind of file.
    fn schema(&self, kind: &str) -> &Value {
        let schema = self.schemas.iter().find(|(name, _)| *name == kind);
        schema.map_or(&Value::Null, |(_, schema)| schema)
    }

    /// What is wrong with the keys of a file, or that it lies in the wrong folder.
    fn shape_faults(
        &mut self,
        kind: &str,
        (path, id, text): (&Path, &str, &str),
        table: &Spanned<DeTable<'_>>,
    ) -> Vec<Problem> {
        let faults = shape::faults(path, text, table, self.schema(kind));
        if faults.is_empty() {
            return faults;
        }
        let misfits = shape::misfits(table.get_ref(), self.schema(kind));
        match misplaced_files::folder(table.get_ref(), misfits, |kind| self.schema(kind)) {
            Some((what, folder)) => {
                let (fault, meant) = misplaced_files::fault(path, id, what, folder);
                self.meant.push(meant);
                vec![fault]
            }
            None => faults,
        }
    }
}

/// What to do with a file of another encoding.
const AS_UTF_8: &str = "save the file as UTF-8 (most editors ask for it under \"Save as\")";

/// Most brackets that may be open at once, in texts as well: reading them takes room for each.
const DEEPEST: usize = 500;

/// Where so many brackets are open that reading them would take too much room.
fn too_deep(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    text.bytes().position(|sign| {
        match sign {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > DEEPEST
    })
}
