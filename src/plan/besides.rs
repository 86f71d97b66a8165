//! What a message answers besides the question that is open: that no danger sign is there, or the
//! check-in that was said last while another one waits.

use jiff::{SignedDuration, Timestamp};

use super::answers::LONGEST_EXCUSE;
use super::reading::{self, Tone};
use super::{CheckIn, Open, Outcome, Plan, Press, State, hints, wording};
use crate::responses::plans::{Answers, AskText};
use crate::responses::{PlanText, TalkLists};
use crate::vocabulary::Answering;

/// How long "done" may be said of what came before something else.
const LATELY: SignedDuration = SignedDuration::from_hours(24);

impl Plan {
    /// The parts of a message, as each may say something of its own: "none, but it got worse".
    #[must_use]
    pub fn clauses(said: &str) -> Vec<&str> {
        reading::clauses(said)
            .into_iter()
            .flat_map(|clause| clause.split(" but "))
            .map(|clause| clause.trim_start_matches("but ").trim())
            .collect()
    }

    /// Whether a part of a message says "none of those" to a list, and nothing else.
    #[must_use]
    pub fn denies_all(talk: &TalkLists, said: &str) -> bool {
        hints::denies_all(talk, said)
    }

    /// What a message answers besides "none of those", or "no problems", to the danger signs; `None`
    /// where it says no such thing, or something that is not known. "Fine" and "all good" answer how
    /// the leg is, and deny no sign.
    #[must_use]
    pub fn besides_clear(
        &self,
        talk: &TalkLists,
        text: &PlanText,
        said: &str,
        well: impl Fn(&str) -> bool,
        denies: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let open = self.open.as_ref()?;
        let step = text.step(&open.step)?;
        let plain = wording::plainly(talk, said);
        let clauses = Self::clauses(&plain);
        let is_answer = |clause: &str| {
            step.ask.iter().any(|name| {
                let question = text.questions.get(name);
                let told = (clause, step.text.as_str());
                question.is_some_and(|one| self.read(talk, name, one, told, None).is_some())
            })
        };
        let is_clear = |clause: &str| {
            hints::denies_all(talk, clause)
                || hints::denies_signs(talk, clause)
                || hints::has_none(talk, clause) && well(clause)
                || hints::names_none(talk, clause) && denies(clause)
        };
        // "Yes, fine" may be a yes to the signs; "did the walk" is none.
        let agrees = |clause: &&str| {
            let yes = talk.list(Answering::Yes).is_in(&reading::words(clause));
            yes && reading::tone(talk, clause) == Some(Tone::Yes)
        };
        if clauses.iter().any(|clause| agrees(clause) && !hints::is_ok_of(talk, clause)) {
            return None;
        }
        let mut left = step.ask.iter().filter(|name| !open.answers.contains_key(*name));
        let next = left.next().and_then(|name| text.questions.get(name));
        let asks_how_sore =
            next.is_some_and(|one| matches!(one.answers, Answers::UpTo(reading::SCALE)));
        let (mut clear, mut rest) = (false, Vec::new());
        for clause in clauses {
            // "None, 2, nothing new": the second one answers a question.
            let again = clear && hints::names_new(clause) && is_answer(clause);
            if is_clear(clause) && !again {
                clear = true;
                // "No pain at all" says how sore it is as well.
                if asks_how_sore && hints::is_painless(talk, clause) {
                    rest.push(clause);
                }
            } else if let Some(mild) = hints::mild_beside_no(talk, clause) {
                clear = true;
                rest.push(mild);
            } else if hints::is_mild(talk, clause) || is_answer(clause) || well(clause) {
                rest.push(clause);
            } else if hints::is_better(talk, clause)
                || hints::is_aside(talk, clause)
                || hints::is_of_life(talk, clause)
                || hints::sign_is_well(talk, clause)
                || denies(clause)
            {
                // It is said beside the rest, and answers nothing: "pee fine" is one of the signs.
            } else {
                return None;
            }
        }
        clear.then(|| rest.join(", "))
    }

    /// The check-in that was said last and nobody minds missing, where another one waits for an answer:
    /// "done" is said of it, and whether it was done at all.
    #[must_use]
    pub fn newest_in_words(
        &self,
        talk: &TalkLists,
        text: &PlanText,
        said: &str,
        checking: bool,
    ) -> Option<Press> {
        let words = reading::words(said);
        let tells = talk.list(Answering::Done).is_in(&words);
        let mut said_last: Vec<(Timestamp, &CheckIn)> =
            self.check_ins.iter().filter_map(CheckIn::waits_since).collect();
        said_last.sort_by_key(|(at, _)| *at);
        let (newest, last) = said_last.last().copied()?;
        let missable = |one: &CheckIn| text.step(&one.step).filter(|step| step.missable);
        // "Done" is said of nothing else, though something else came since.
        let before = || {
            let lately = |at: Timestamp| newest.duration_since(at) <= LATELY;
            let of_it = |(at, one): &&(Timestamp, &CheckIn)| lately(*at) && missable(one).is_some();
            said_last.iter().rfind(of_it).map(|(_, one)| *one)
        };
        let done = tells && !hints::is_undone(talk, said);
        let last = if done && missable(last).is_none() { before()? } else { last };
        let step = missable(last)?;
        let is_open = |open: &Open| open.step == last.step && open.time == last.time;
        let other = !checking && !self.open.as_ref().is_none_or(is_open);
        let question = step.ask.first()?;
        let AskText { answers: Answers::Choices(choices), .. } = text.questions.get(question)?
        else {
            return None;
        };
        // That is said to a list, and to no "Done?".
        if words.iter().any(|word| matches!(word.as_str(), "none" | "nothing")) {
            return None;
        }
        // Where another one waits, only words count that are said of none but this one.
        if other && !tells && !hints::is_undone(talk, said) {
            return None;
        }
        if words.len() <= LONGEST_EXCUSE && hints::is_undone(talk, said) {
            return Some(Press::Skip);
        }
        let key = match reading::tone(talk, said) {
            Some(Tone::No) => return Some(Press::Skip),
            Some(Tone::Well) if tells => choices.first()?.0.clone(),
            Some(Tone::Yes) if tells || !checking => reading::choice(talk, choices, said, None)?,
            Some(Tone::Yes | Tone::Well) => return None,
            None if Self::tells_done(said) => choices.first()?.0.clone(),
            None => choices.get(reading::named(talk, choices, said)?)?.0.clone(),
        };
        Some(Press::Answer(step.id.clone(), last.time, question.clone(), key))
    }

    /// The question that is open, once more, behind an answer to something else. What nobody minds
    /// missing, and what the danger signs go before, is not asked again by that.
    #[must_use]
    pub fn still_asks(&self, text: &PlanText, now: Timestamp) -> Outcome {
        let running = self.state == State::Running && self.doubt.is_none();
        let open = self.open.as_ref().filter(|_| running);
        let step = open.and_then(|open| text.step(&open.step)).filter(|step| !step.missable);
        let step = step.filter(|step| !step.check || self.is_clear_now(now));
        let asked = step.and_then(|step| self.question(step));
        asked.map_or_else(Outcome::default, Outcome::say)
    }

    /// The answer of somebody who names a medicine where a new one is asked for.
    #[must_use]
    pub fn has_new_medicine(&self, text: &PlanText) -> Option<Press> {
        let open = self.open.as_ref().filter(|open| open.clear.is_some())?;
        let step = text.step(&open.step)?;
        let next = step.ask.iter().find(|name| !open.answers.contains_key(*name))?;
        let (name, yes) = (MEDICINE.to_owned(), "yes".to_owned());
        (next == MEDICINE).then(|| Press::Answer(step.id.clone(), open.time, name, yes))
    }
}

/// The question for a new medicine.
const MEDICINE: &str = "medicine";
