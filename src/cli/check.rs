//! `charley check`: every fault of the response files, of what the engine makes of them, and of the
//! conversations that must keep going as they are written; and the proof that the flow is safe.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::proof::{Proof, prove};
use crate::rehearsal::{HeldOut, rehearse};
use crate::responses::{Problem, Problems, Responses, disk, fixed};
use crate::transcript;

/// Where conversations lie in a folder of response files.
const CONVERSATIONS: &str = "conversations";

/// A sound set of response files.
#[derive(Clone, Debug)]
pub struct Sound {
    /// The set.
    pub responses: Responses,
    /// How its topics are told apart.
    pub held_out: HeldOut,
    /// Word lists that nothing asks for.
    pub idle_lists: Vec<String>,
}

/// Checks response files, given as paths seen from their folder and texts, and rehearses them. What is
/// dated after the day that is given is a fault.
///
/// # Errors
/// All that is wrong with them.
pub fn check(files: &[(PathBuf, String)], today: Date) -> Result<Sound, Problems> {
    let (responses, mut problems) = Responses::to_rehearse(files, today);
    let Some(responses) = responses else { return Err(Problems::new(problems, files)) };
    let rehearsal = rehearse(&responses);
    let first = problems.clone();
    problems.extend(rehearsal.problems.into_iter().filter(|problem| !follows(problem, &first)));
    if !problems.is_empty() {
        return Err(Problems::new(problems, files));
    }
    Ok(Sound { responses, held_out: rehearsal.topics, idle_lists: idle_lists(files) })
}

/// Word lists that neither code nor any file asks for.
fn idle_lists(files: &[(PathBuf, String)]) -> Vec<String> {
    let lists = files.iter().filter(|(path, _)| path.parent() == Some(Path::new("words")));
    let names = lists.filter_map(|(path, _)| path.file_stem()?.to_str());
    let is_idle = |name: &&str| {
        let asked = format!("{{{name}}}");
        !fixed::WORD_LISTS.contains(name) && !files.iter().any(|(_, text)| text.contains(&asked))
    };
    names.filter(is_idle).map(str::to_owned).collect()
}

/// Whether what the engine finds may only follow from faults of the same files.
fn follows(found: &Problem, first: &[Problem]) -> bool {
    let files = |problem: &Problem| {
        let also = problem.also.iter().map(|(place, _)| place.file.clone());
        also.chain([problem.place.file.clone()]).collect::<Vec<_>>()
    };
    let found = files(found);
    first.iter().any(|problem| files(problem).iter().any(|file| found.contains(file)))
}

/// Checks the response files of a folder; a fault of them is exit code 1. Conversations that go
/// otherwise are faults, or are rewritten.
///
/// # Errors
/// When the result cannot be written.
pub(super) fn run(
    folder: &Path,
    rewrite: bool,
    output: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let checked = files(folder).and_then(|files| check(&files, today()));
    let checked = checked.and_then(|sound| Ok((sound, pages(folder)?)));
    let (Sound { responses, held_out, idle_lists }, mut pages) = match checked {
        Ok(checked) => checked,
        Err(problems) => return refuse(&problems, output),
    };
    let of_any_club = responses.of_any_club();
    if rewrite {
        let count = rewrite_pages(&of_any_club, folder, &mut pages)?;
        writeln!(output, "pages of conversations rewritten: {count}")?;
    }
    let problems = transcript::faults(&of_any_club, &pages);
    if !problems.is_empty() {
        return refuse(&Problems::new(problems, &pages), output);
    }
    let count =
        |(path, text): &(PathBuf, String)| transcript::Page::read(path, text).transcripts.len();
    let conversations: usize = pages.iter().map(count).sum();
    writeln!(output, "{held_out}")?;
    for list in idle_lists {
        writeln!(output, "no phrase asks for the word list `{list}`")?;
    }
    let (topics, flags) = (responses.topics.len(), responses.flags.len());
    writeln!(output, "{topics} topics and {flags} red flags are sound")?;
    writeln!(output, "conversations that go as written: {conversations}")?;
    conclude(&prove(&responses), output)
}

/// Shows how the walk of the flow went; a path that breaks a rule is exit code 1.
fn conclude(proof: &Proof, output: &mut dyn Write) -> anyhow::Result<ExitCode> {
    writeln!(output, "{proof}")?;
    Ok(if proof.breaches.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn refuse(problems: &Problems, output: &mut dyn Write) -> anyhow::Result<ExitCode> {
    writeln!(output, "{problems}")?;
    Ok(ExitCode::FAILURE)
}

/// The day, as it is in Greenwich.
#[expect(clippy::disallowed_methods, reason = "what is to come hangs on the day")]
fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// All response files, and what lies among them unread.
fn files(folder: &Path) -> Result<Vec<(PathBuf, String)>, Problems> {
    let mut files = disk::files(folder)?;
    files.extend(disk::unread(folder)?);
    Ok(files)
}

/// All pages of conversations, as paths seen from the folder of response files.
fn pages(folder: &Path) -> Result<Vec<(PathBuf, String)>, Problems> {
    let pages = disk::texts(folder, "md")?.into_iter();
    Ok(pages.filter(|(path, _)| path.starts_with(CONVERSATIONS)).collect())
}

/// Writes into each page what Charley says now; gives how many changed.
#[expect(clippy::disallowed_methods, reason = "somebody asked for the pages to be rewritten")]
fn rewrite_pages(
    responses: &Responses,
    folder: &Path,
    pages: &mut [(PathBuf, String)],
) -> anyhow::Result<usize> {
    let mut count = 0;
    for (path, text) in pages {
        let page = transcript::rewritten(responses, path, text);
        if page != *text {
            let file = folder.join(&*path);
            fs::write(&file, &page)
                .with_context(|| format!("cannot write `{}`", file.display()))?;
            *text = page;
            count += 1;
        }
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::{Breach, Rule};

    #[test]
    fn a_path_that_breaks_a_rule_is_shown_and_is_a_failure() {
        let path = vec!["my calf is numb".to_owned(), "None of these".to_owned()];
        let breach = Breach { rule: Rule::NoCareWithSign, path };
        for (breaches, code) in [(vec![breach], ExitCode::FAILURE), (vec![], ExitCode::SUCCESS)] {
            let breaks = !breaches.is_empty();
            let mut shown = Vec::new();
            let concluded = conclude(&Proof { states: 7, steps: 9, breaches }, &mut shown).unwrap();
            assert_eq!(format!("{concluded:?}"), format!("{code:?}"));
            let shown = String::from_utf8(shown).unwrap();
            assert_eq!(shown.contains("my calf is numb"), breaks, "{shown}");
        }
    }
}
