//! Wording: plain to read, honest, and careful with medicines.

use std::path::Path;

use super::Set;
use super::set::{Kind, Said};
use crate::responses::problem::Problem;
use crate::responses::raw;
use crate::responses::wording;

/// Highest reading grade.
const HIGHEST_GRADE: f64 = 8.0;
/// Texts of fewer words are read together with the other short ones of their file, since one long
/// word would decide.
const FEWEST_WORDS: usize = 25;

/// Texts that are hard to read.
pub(super) fn grade(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let said = set.said();
    let graded: Vec<&Said<'_>> = said.iter().filter(|said| said.kind != Kind::Label).collect();
    for group in graded.chunk_by(|a, b| a.file == b.file && a.row == b.row) {
        let is_short = |said: &&&Said<'_>| wording::grade(said.text.get_ref()).words < FEWEST_WORDS;
        let (short, long): (Vec<&Said<'_>>, Vec<&Said<'_>>) =
            group.iter().partition(|said| is_short(said));
        for said in long {
            problems.extend(hard(set, said, said.text.get_ref(), "this text"));
        }
        let joined: Vec<&str> = short.iter().map(|said| said.text.get_ref().as_str()).collect();
        let own = |said: &&&Said<'_>| wording::grade(said.text.get_ref()).grade;
        let hardest = short.iter().max_by(|a, b| own(a).total_cmp(&own(b)));
        if let Some(hardest) = hardest {
            let what = "the short texts of this file, taken together,";
            problems.extend(hard(set, hardest, &joined.join("\n"), what));
        }
    }
}

fn hard(set: &Set<'_>, said: &Said<'_>, text: &str, what: &str) -> Option<Problem> {
    let read = wording::grade(text);
    if read.words < FEWEST_WORDS || read.grade <= HIGHEST_GRADE {
        return None;
    }
    let verb = if what.ends_with(',') { "read" } else { "reads" };
    let what = format!("{what} {verb} at grade {:.1}, more than {HIGHEST_GRADE}", read.grade);
    let sentences: Vec<String> = read.sentences.iter().map(|s| format!("\"{s}\"")).collect();
    let words = if read.long_words.is_empty() {
        String::new()
    } else {
        format!("; find plainer words for `{}`", read.long_words.join("`, `"))
    };
    let remedy = format!("part the longest sentences: {}{words}", sentences.join(", "));
    Some(Problem::new(set.place(said.file, said.text), what, remedy))
}

/// Texts that say what Charley does not say.
pub(super) fn banned(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for said in set.said() {
        for found in wording::banned(said.text.get_ref()) {
            let what = format!("Charley does not say \"{}\"", found.words);
            let place = set.place_in(said.file, said.text, found.span);
            problems.push(Problem::new(place, what, found.reason));
        }
    }
}

/// Answers on medicines without their variants, and answers that name one and do not say so.
pub(super) fn medicine(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.topics {
        let raw = &file.raw;
        if raw.medicine {
            variants(set, &file.path, raw, problems);
        } else if !raw.chat {
            for text in [Some(&raw.answer), raw.more.as_ref()].into_iter().flatten() {
                let Some(span) = wording::names_medicine(text.get_ref()) else { continue };
                let what = "this answer names a medicine or supplement";
                let remedy = "add `medicine = true`, and with it `minor` and `pregnant`";
                problems.push(Problem::new(set.place_in(&file.path, text, span), what, remedy));
                break;
            }
        }
    }
}

fn variants(set: &Set<'_>, file: &Path, raw: &raw::Topic, problems: &mut Vec<Problem>) {
    for (key, text, whom) in
        [("minor", &raw.minor, "to under-18s"), ("pregnant", &raw.pregnant, "in pregnancy")]
    {
        if text.is_none() {
            let what = format!("an answer on medicines needs the variant `{key}`");
            let remedy = format!("add `{key} = \"\"\"...\"\"\"`, which is said {whom} instead");
            problems.push(Problem::new(set.place(file, &raw.answer), what, remedy));
        }
    }
}
