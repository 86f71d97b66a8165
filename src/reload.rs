//! Response files that change while Charley runs: checked aside, and taken over whole or not at all.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::bot::Bot;
use crate::rehearsal::rehearse_signs;
use crate::responses::{Problem, Problems, Responses, disk};

/// How often the folder is looked at. Editors save in several steps; what is the same at two looks
/// is saved.
pub const LOOK: Duration = Duration::from_secs(2);

/// What a look found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// These files changed and were taken over.
    Taken(Vec<String>),
    /// The change is faulty; the files from before stay.
    Faulty(Problems),
}

impl fmt::Display for News {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken(changed) => {
                write!(f, "The response files changed and are in use: {}.", some(changed))
            }
            Self::Faulty(problems) => write!(
                f,
                "The response files changed and are faulty; those from before stay in use.\n\n\
                 {problems}"
            ),
        }
    }
}

/// The first few names.
fn some(names: &[String]) -> String {
    const FEW: usize = 5;
    let few = names.iter().take(FEW).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(FEW) {
        0 => few,
        more => format!("{few} and {more} more"),
    }
}

/// The files and what they hold, as a number each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents(BTreeMap<PathBuf, u64>);

/// Loads the response files of a folder, for a bot whose responses are then kept as the folder has
/// them. What only a rehearsal asks for is not kept.
///
/// # Errors
/// All that is wrong with them, or that the folder cannot be read.
pub fn load(folder: &Path) -> Result<(Responses, Contents), Problems> {
    loaded(folder, |_| Vec::new())
}

/// Loads them for a bot that answers members: what loses a danger sign is not taken over.
///
/// # Errors
/// All that is wrong with them, examples of danger signs that raise nothing included.
pub fn load_rehearsed(folder: &Path) -> Result<(Responses, Contents), Problems> {
    loaded(folder, rehearse_signs)
}

fn loaded(
    folder: &Path,
    rehearse: impl Fn(&Responses) -> Vec<Problem>,
) -> Result<(Responses, Contents), Problems> {
    let files = disk::files(folder)?;
    let responses = Responses::parse(&files)?;
    let problems = rehearse(&responses);
    if !problems.is_empty() {
        return Err(Problems::new(problems, &files));
    }
    let contents = Contents::of(&files);
    drop(files);
    Ok((responses.lean(), contents))
}

/// Keeps a bot's responses as the folder has them.
pub struct Reloader {
    folder: PathBuf,
    bot: Arc<Bot>,
    judged: Option<Contents>,
    seen: Option<Contents>,
}

impl Reloader {
    /// From now on; the bot holds what the folder held when it was loaded.
    #[must_use]
    pub fn new(folder: PathBuf, bot: Arc<Bot>, loaded: Contents) -> Self {
        Self { folder, bot, judged: Some(loaded.clone()), seen: Some(loaded) }
    }

    /// Looks once; what is found is told once. Reads files and may train for a moment: not for a
    /// thread that others wait for.
    pub fn look(&mut self) -> Option<News> {
        let read = Contents::read(&self.folder);
        let now = read.as_ref().cloned().unwrap_or_default();
        let saved = self.seen.as_ref() == Some(&now);
        self.seen = Some(now.clone());
        if !saved || self.judged.as_ref() == Some(&now) {
            return None;
        }
        let before = self.judged.replace(now).unwrap_or_default();
        Some(match read.and_then(|_| load_rehearsed(&self.folder)) {
            Ok((responses, now)) => {
                let changed = changed(&before, &now);
                self.bot.reload(Arc::new(responses));
                self.judged = Some(now);
                News::Taken(changed)
            }
            Err(problems) => News::Faulty(problems),
        })
    }
}

impl Contents {
    fn of(files: &[(PathBuf, String)]) -> Self {
        Self(files.iter().map(|(path, text)| (path.clone(), number(text))).collect())
    }

    /// The same of a folder, file by file, so that no two texts are held at once.
    fn read(folder: &Path) -> Result<Self, Problems> {
        let mut contents = Self::default();
        disk::each(folder, "toml", |path, text| {
            contents.0.insert(path, number(&text));
        })?;
        Ok(contents)
    }
}

fn number(text: &String) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// What was changed, added or taken away.
fn changed(before: &Contents, now: &Contents) -> Vec<String> {
    let (before, now) = (&before.0, &now.0);
    let all = before.keys().chain(now.keys().filter(|path| !before.contains_key(*path)));
    let differs = |path: &&PathBuf| before.get(*path) != now.get(*path);
    all.filter(differs).map(|path| path.display().to_string()).collect()
}
