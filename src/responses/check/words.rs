//! Wording: plain to read, honest, and careful with medicines.

use std::path::Path;

use super::Set;
use super::set::{Kind, Said};
use crate::responses::problem::Problem;
use crate::responses::raw;
use crate::responses::wording::{self, Grade};

/// Highest reading grade.
const HIGHEST_GRADE: f64 = 8.0;
/// Texts of fewer words are read together with the other short ones of their file, since one long
/// word would decide.
const FEWEST_WORDS: usize = 25;

/// Texts that are hard to read.
pub(super) fn grade(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let said = set.said();
    let graded = said.iter().filter(|said| said.kind != Kind::Label);
    let graded: Vec<(&Said<'_>, Grade)> =
        graded.map(|said| (said, wording::grade(said.text.get_ref()))).collect();
    for group in graded.chunk_by(|(a, _), (b, _)| a.file == b.file && a.row == b.row) {
        let is_short = |(_, grade): &&(&Said<'_>, Grade)| grade.words < FEWEST_WORDS;
        for (said, grade) in group.iter().filter(|graded| !is_short(graded)) {
            problems.extend(hard(set, said, said.text.get_ref(), *grade, "this text"));
        }
        let short = || group.iter().filter(is_short);
        let joined: Vec<&str> = short().map(|(said, _)| said.text.get_ref().as_str()).collect();
        if let Some((hardest, _)) = short().max_by(|(_, a), (_, b)| a.grade.total_cmp(&b.grade)) {
            let what = "the short texts of this file, taken together,";
            let joined = joined.join("\n");
            problems.extend(hard(set, hardest, &joined, wording::grade(&joined), what));
        }
    }
}

fn hard(set: &Set<'_>, said: &Said<'_>, text: &str, read: Grade, what: &str) -> Option<Problem> {
    if read.words < FEWEST_WORDS || read.grade <= HIGHEST_GRADE {
        return None;
    }
    let verb = if what.ends_with(',') { "read" } else { "reads" };
    let what = format!("{what} {verb} at grade {:.1}, more than {HIGHEST_GRADE}", read.grade);
    let hardest = wording::hardest(text);
    let sentences: Vec<String> = hardest.sentences.iter().map(|s| format!("\"{s}\"")).collect();
    let words = if hardest.long_words.is_empty() {
        String::new()
    } else {
        format!("; find plainer words for `{}`", hardest.long_words.join("`, `"))
    };
    let remedy = format!("part the longest sentences: {}{words}", sentences.join(", "));
    Some(Problem::new(set.place(said.file, said.text), what, remedy))
}

/// Texts that say what Charley does not say.
pub(super) fn banned(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let never = wording::Never::new();
    for said in set.said() {
        for found in never.banned(said.text.get_ref()) {
            let what = format!("Charley does not say \"{}\"", found.words);
            let place = set.place_in(said.file, said.text, found.span);
            problems.push(Problem::new(place, what, found.reason));
        }
    }
}

/// Answers on medicines without their variants, and answers that name one and do not say so.
pub(super) fn medicine(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let medicines = wording::Medicines::new();
    for file in &set.raw.topics {
        let raw = &file.raw;
        if raw.medicine {
            variants(set, &file.path, raw, problems);
        } else if !is_of_charley(raw) {
            let texts = [Some(&raw.answer), raw.more.as_ref()].into_iter().flatten();
            for text in texts.chain(raw.follow_ups.values()) {
                let Some(span) = medicines.named(text.get_ref()) else { continue };
                let what = "this answer names a medicine or supplement";
                let remedy = "add `medicine = true`, and with it `minor` and `pregnant`";
                problems.push(Problem::new(set.place_in(&file.path, text, span), what, remedy));
                break;
            }
        }
    }
}

/// Small talk about Charley itself, which may say of what it gives no tips.
fn is_of_charley(raw: &raw::Topic) -> bool {
    raw.chat && raw.intent.get_ref().trim() == "help"
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
