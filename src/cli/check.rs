//! `charley check`: every fault of the response files, and every conversation that goes otherwise.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use crate::responses::{Problems, Responses, disk};
use crate::transcript;

/// Where conversations lie in a folder of response files.
const CONVERSATIONS: &str = "conversations";

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
    let checked = disk::load(folder).and_then(|responses| Ok((responses, pages(folder)?)));
    let (responses, mut pages) = match checked {
        Ok(checked) => checked,
        Err(problems) => return refuse(&problems, output),
    };
    if rewrite {
        let count = rewrite_pages(&responses, folder, &mut pages)?;
        writeln!(output, "pages of conversations rewritten: {count}")?;
    }
    let problems = transcript::faults(&responses, &pages);
    if !problems.is_empty() {
        return refuse(&Problems::new(problems, &pages), output);
    }
    let (topics, flags) = (responses.topics.len(), responses.flags.len());
    let count =
        |(path, text): &(PathBuf, String)| transcript::Page::read(path, text).transcripts.len();
    let conversations: usize = pages.iter().map(count).sum();
    writeln!(output, "{topics} topics and {flags} red flags are sound")?;
    writeln!(output, "conversations that go as written: {conversations}")?;
    Ok(ExitCode::SUCCESS)
}

fn refuse(problems: &Problems, output: &mut dyn Write) -> anyhow::Result<ExitCode> {
    writeln!(output, "{problems}")?;
    Ok(ExitCode::FAILURE)
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
