//! What is told of soreness and of walking before a plan begins: "sore 4 out of 10, walking normal". The first
//! check-in of the plan does not ask for it again.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Outcome, Plan, Press, Saying, hints, reading};
use crate::responses::{PlanText, TalkLists};
use crate::understanding::Understanding;
use crate::vocabulary::{Answering, Fact};

/// The questions of a plan that may be answered so, by name.
const SORE: &str = "sore";
const WALK: &str = "walk";
/// Tells how it was, and not how it is.
const BEFORE: &str = "was were yesterday then during first before worst when last had ago";
/// May stand between the soreness and its number.
const BETWEEN: &str = "is at about like around a maybe its only now today just say of level score";

impl Plan {
    /// What a message tells of it, as answers by the names of their questions.
    #[must_use]
    pub fn told_early(
        talk: &TalkLists,
        said: &str,
        meant: &Understanding,
    ) -> BTreeMap<String, String> {
        let mut told = BTreeMap::new();
        let clauses = reading::clauses(said);
        let mut numbers = clauses.iter().filter_map(|clause| soreness(talk, clause));
        if let (Some(number), None) = (numbers.next(), numbers.next()) {
            told.insert(SORE.to_owned(), number.to_string());
        }
        let walks = |clause: &&str| {
            let words = reading::words(clause);
            let named = words.iter().any(|word| word.starts_with(WALK));
            named && hints::sign_is_well(talk, clause)
        };
        if meant.facts.contains(Fact::Limp) {
            told.insert(WALK.to_owned(), "limp".to_owned());
        } else if clauses.iter().any(walks) && meant.unsure.is_empty() {
            told.insert(WALK.to_owned(), "yes".to_owned());
        }
        told
    }

    /// What was told before it began answers what it asks at once, and the next question takes the place of
    /// that one.
    pub fn takes_early(
        &mut self,
        text: &PlanText,
        told: &BTreeMap<String, String>,
        outcome: &mut Outcome,
        now: Timestamp,
    ) {
        let Some(open) = self.open.clone() else { return };
        let asked = text.step(&open.step).map_or(&[][..], |step| &step.ask);
        let answer = |name: &String| {
            let answer = told.get(name)?.clone();
            Some(Press::Answer(open.step.clone(), open.time, name.clone(), answer))
        };
        let answers: Vec<Press> = asked.iter().filter_map(answer).collect();
        if answers.is_empty() {
            return;
        }
        outcome.says.retain(|saying| !matches!(saying, Saying::Ask(..)));
        let then = self.pressed(text, &Press::Changes(answers), now);
        outcome.says.extend(then.says);
        outcome.raise = outcome.raise.or(then.raise);
        outcome.asks = outcome.asks.or(then.asks);
        outcome.over |= then.over;
    }
}

/// How sore it is by a part of a message: "sore today like 6 out of 10", "soreness about 3".
fn soreness(talk: &TalkLists, clause: &str) -> Option<u8> {
    let words = reading::words(clause);
    let sore = |word: &String| talk.has(Answering::Mild, word);
    if words.iter().any(|word| reading::is_in(BEFORE, word)) || !words.iter().any(sore) {
        return None;
    }
    let number = |at: usize| words.get(at).and_then(|word| reading::count(word));
    let ten = |at: usize| number(at) == Some(reading::SCALE);
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let of_ten = |at: usize| {
        word(at + 1) == "out" && word(at + 2) == "of" && ten(at + 3)
            || word(at + 1) == "of" && ten(at + 2)
            || clause.contains('/') && ten(at + 1)
    };
    // "Soreness about 3"; "sore 3 days" is none.
    let led = |at: usize| {
        let unit = [Answering::Units, Answering::Days, Answering::Night];
        let more = words.get(at + 1).is_some_and(|next| unit.iter().any(|it| talk.has(*it, next)));
        let before = words.iter().take(at).rev();
        let mut before = before.skip_while(|word| reading::is_in(BETWEEN, word));
        !more && before.next().is_some_and(|word| word == "soreness")
    };
    let told = (0..words.len()).find(|at| number(*at).is_some() && (of_ten(*at) || led(*at)));
    told.and_then(number).filter(|number| *number <= reading::SCALE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::responses::shipped_talk;

    #[test]
    fn how_sore_it_is_now_is_read_from_a_report() {
        let talk = shipped_talk();
        for (said, read) in [
            ("sore today like 6 out of 10", Some(6)),
            ("sore 4 out of 10", Some(4)),
            ("still sore, 3/10", Some(3)),
            ("its sore 3/10", Some(3)),
            ("soreness is about 2", Some(2)),
            ("it was sore 8/10 yesterday", None),
            ("sore for 3 days", None),
            ("pain was 9 out of 10", None),
            ("cramped at km 10", None),
        ] {
            assert_eq!(soreness(&talk, said), read, "{said}");
        }
    }
}
