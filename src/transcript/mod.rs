//! Conversations as tests: pages of Markdown on which a member and Charley talk, held against what
//! Charley says now.

mod page;
mod play;

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::reply::Reply;
use crate::responses::{Place, Problem, Responses};

pub use page::{Page, Step, Transcript};
pub use play::{BEGIN, NotPlayed, Play};

/// What stands in the place of a reply when Charley says nothing.
pub const QUIET: &str = "(quiet)";

/// What to do when Charley says something else than what is written.
const REMEDY: &str = "if what came is right, `charley check --rewrite-conversations` writes it \
                      here; if not, mend the response files";

/// Longest piece of a line that is shown, in characters.
const SHOWN: usize = 80;

/// What is wrong with pages of conversations: what cannot be read, and else where Charley says
/// something else than what is written.
#[must_use]
pub fn faults(responses: &Responses, pages: &[(PathBuf, String)]) -> Vec<Problem> {
    let mut problems: Vec<Problem> =
        pages.iter().flat_map(|(path, text)| page_faults(responses, path, text)).collect();
    problems.sort();
    problems
}

fn page_faults(responses: &Responses, path: &Path, text: &str) -> Vec<Problem> {
    let Page { transcripts, problems } = Page::read(path, text);
    if !problems.is_empty() {
        return problems;
    }
    let faults = transcripts.iter().filter_map(|talk| first_fault(responses, path, text, talk));
    faults.collect()
}

/// The first place where a conversation no longer goes as written; what follows it is a consequence.
fn first_fault(
    responses: &Responses,
    path: &Path,
    text: &str,
    transcript: &Transcript,
) -> Option<Problem> {
    let mut play = Play::new(responses);
    transcript.steps.iter().find_map(|step| match play.answer(step) {
        Ok(replies) => {
            let (at, what) = difference(text, step, &written(&replies))?;
            let what = format!("`{}` no longer goes so: {what}", transcript.name);
            Some(Problem::new(Place::new(path, at), what, REMEDY))
        }
        Err(NotPlayed { why, remedy }) => {
            Some(Problem::new(Place::new(path, step.at.clone()), why, remedy))
        }
    })
}

/// The page with what Charley says now in the place of what was written; what still holds, and
/// whatever cannot be played, stays as it is.
#[must_use]
pub fn rewritten(responses: &Responses, path: &Path, text: &str) -> String {
    let mut page = String::new();
    let mut done = 0;
    for transcript in Page::read(path, text).transcripts {
        let mut play = Play::new(responses);
        for step in &transcript.steps {
            let Ok(replies) = play.answer(step) else { break };
            let came = written(&replies);
            if difference(text, step, &came).is_none() {
                continue;
            }
            let Range { start, end } = step.reply;
            page.push_str(text.get(done..start).unwrap_or_default());
            page.extend(["\n\n", came.as_str(), "\n"]);
            if end < text.len() {
                page.push('\n');
            }
            done = end;
        }
    }
    page.push_str(text.get(done..).unwrap_or_default());
    page
}

/// Where what was written is not what came, and how; blank lines do not count.
fn difference(text: &str, step: &Step, came: &str) -> Option<(Range<usize>, String)> {
    let expected = lines(text, &step.reply);
    let came: Vec<&str> = came.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    let same = expected.iter().zip(&came).take_while(|((_, line), other)| line == *other).count();
    let expects = expected.get(same);
    let place = expects.or(expected.last()).map_or(&step.at, |(place, _)| place);
    let equal = match (expects, came.get(same)) {
        (Some((_, line)), Some(other)) => shared(line, other),
        _ => 0,
    };
    let what = match (expects, came.get(same)) {
        (None, None) => return None,
        (None, Some(first)) if expected.is_empty() => {
            format!("expected nothing, came {}", excerpt(first, ""))
        }
        (None, Some(more)) => format!("expected no more, came {}", excerpt(more, "")),
        (Some((_, line)), None) => format!("expected {}, came no more", excerpt(line, "")),
        (Some((_, line)), Some(other)) => {
            format!("expected {}, came {}", excerpt(line, other), excerpt(other, line))
        }
    };
    Some((place.start + equal..place.end, what))
}

/// The lines of a part of a page that are not blank, each with its place.
fn lines<'t>(text: &'t str, part: &Range<usize>) -> Vec<(Range<usize>, &'t str)> {
    let mut at = part.start;
    let mut lines = Vec::new();
    for whole in text.get(part.clone()).unwrap_or_default().split_inclusive('\n') {
        let line = whole.trim_end();
        if !line.is_empty() {
            lines.push((at..at + line.len(), line));
        }
        at += whole.len();
    }
    lines
}

/// How many bytes two lines begin with alike, in whole words.
fn shared(line: &str, other: &str) -> usize {
    let letters = line.char_indices().zip(other.chars());
    let alike = letters.take_while(|((_, one), two)| one == two);
    let spaces = alike.filter(|((_, letter), _)| letter.is_whitespace());
    spaces.last().map_or(0, |((at, _), _)| at + 1)
}

/// A line in quotation marks, of a long one the piece in which it begins to differ from another.
fn excerpt(line: &str, other: &str) -> String {
    let letters: Vec<char> = line.chars().collect();
    let same = line.chars().zip(other.chars()).take_while(|(one, two)| one == two).count();
    let from = if letters.len() <= SHOWN { 0 } else { same.saturating_sub(SHOWN / 4) };
    let piece: String = letters.iter().skip(from).take(SHOWN).collect();
    let before = if from > 0 { "…" } else { "" };
    let after = if from + SHOWN < letters.len() { "…" } else { "" };
    format!("\"{before}{piece}{after}\"")
}

/// What is said in a turn, as it stands on a page.
fn written(replies: &[Reply]) -> String {
    if replies.is_empty() {
        return QUIET.to_owned();
    }
    let shown = replies.iter().map(|reply| {
        let text: Vec<String> = reply.text.lines().map(page::escaped).collect();
        Reply { text: text.join("\n"), ..reply.clone() }.to_string()
    });
    shown.collect::<Vec<_>>().join("\n\n")
}
