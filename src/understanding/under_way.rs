//! Whether a cramp is on at this moment though no words say "now": "calf seized, I'm on the kerb".

use super::{Reader, Understanding};
use crate::message::{Boundary, Words};
use crate::vocabulary::Fact;

/// Most words of a message that is written with a leg that is locked (`club-rule`).
const HURRIED: usize = 20;

/// Most words of a cry (`club-rule`).
const A_CRY: usize = 8;

/// Words of a present that sounds as if it were on, and nothing that makes it a time that is over, a
/// habit, or a question about cramps at large.
pub(super) fn is_on(reader: &Reader<'_>, so_far: &Understanding) -> bool {
    let says = |fact| so_far.facts.contains(fact);
    let over = [Fact::Released, Fact::Over, Fact::ShortAndPainless, Fact::Habit, Fact::General];
    let next_one = so_far.person.another && says(Fact::CrampLike);
    (says(Fact::UnderWay) || is_cry(reader.words) || next_one)
        && so_far.length <= HURRIED
        && so_far.onset.is_none()
        && !over.into_iter().any(says)
        && !(0..so_far.length).any(|at| is_of_another_time(reader.words.at(at)))
}

/// "Calf. Cramp. Help.", "foot cramp!!! ow ow": a few words and a cry among them, wherever it stands.
fn is_cry(words: &Words) -> bool {
    let end = words.tokens().len();
    let parted = |at: usize| words.boundary(at) >= Boundary::Comma;
    // "Do heated blankets help" asks.
    end <= A_CRY
        && words.at(0) != "do"
        && (0..end).any(|at| match words.at(at) {
            "ow" | "oww" | "oow" | "ouch" | "ooch" | "argh" | "aargh" | "arrgh" | "aah"
            | "aahh" => true,
            "help" | "hlp" | "hilfe" => parted(at + 1) && !matches!(words.at(at + 1), "with"),
            _ => false,
        })
}

#[rustfmt::skip]
fn is_of_another_time(word: &str) -> bool {
    matches!(
        word,
        "was" | "were" | "had" | "did" | "used" | "yesterday" | "last" | "ago" | "earlier" | "since" | "after"
        | "when" | "whenever" | "if" | "every" | "each" | "always" | "often" | "usually" | "sometimes" | "ever"
        | "never" | "keep" | "keeps" | "tend" | "tends" | "prone" | "lately" | "recently" | "why" | "does"
        | "will" | "can" | "any" | "would" | "could" | "should" | "prevent" | "avoid" | "week" | "weeks" | "days" | "months" | "years"
        | "nights" | "evenings" | "mornings" | "morning" | "y" | "wat" | "vs"
    )
}
