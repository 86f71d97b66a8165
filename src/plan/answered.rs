//! What the answers to a check-in lead to: the danger signs first, then its questions, then the first
//! row of the plan's file that holds.

use jiff::{SignedDuration, Timestamp};

use super::answers::{NO, asked_first, how_instead};
use super::dates::Dated;
use super::{
    Asks, CheckIn, Doubt, Open, Outcome, Paused, Plan, Press, Progress, Saying, State, Why,
};
use crate::responses::PlanText;
use crate::responses::plans::{Answers, AskText, Rule, StepText};
use crate::vocabulary::Card;

/// How long a clear check holds for the answers after it (`club-rule`).
const CLEAR_HOLDS: SignedDuration = SignedDuration::from_hours(12);
/// The answer to a stage that sends back.
const WORSE: &str = "worse";
/// How far clocks differ, or are put right, while nothing is amiss.
const A_SLIP: SignedDuration = SignedDuration::from_mins(15);

impl Plan {
    /// The danger signs that were asked for are not there.
    pub fn is_clear(&mut self, text: &PlanText, now: Timestamp) -> Outcome {
        let outcome = self.cleared(text, now);
        self.or_done(outcome)
    }

    fn cleared(&mut self, text: &PlanText, now: Timestamp) -> Outcome {
        self.heard = now;
        self.unanswered = 0;
        if self.needs_doctor() {
            return Self::held();
        }
        // Whoever answers is heard again.
        let held = self.is_held() || self.state == State::Paused(Paused::BySilence);
        if held {
            self.go_on_from(text, now);
        }
        let doubt = self.doubt.take();
        let open = self.open.as_mut().map(|open| {
            open.clear = Some(now);
            (open.step.clone(), std::mem::take(&mut open.untold))
        });
        let open = open.and_then(|(step, untold)| Some((text.step(&step)?, untold)));
        let mut outcome = match (open, doubt) {
            // Nothing opens on a day on which it is worse.
            (Some((step, _)), Some(Doubt::Worse)) if step.check && !text.is_of_habits() => {
                self.worse_at(text, step, now)
            }
            (Some((step, untold)), _) => {
                let mut outcome = self.proceed(text, step, now);
                if untold {
                    outcome.says.insert(0, Saying::Text(self.filled(&step.text, now)));
                }
                outcome
            }
            (None, _) if held => Outcome::default(),
            (None, Some(Doubt::Cramp)) => Outcome::default(),
            (None, Some(Doubt::Sign | Doubt::Hurts)) => Outcome::say(self.asks_next()),
            (None, Some(Doubt::Sore)) => self.takes_it_easy(),
            (None, Some(Doubt::Worse)) => self.worse(text, now),
            (None, None) => Outcome::say(self.asks_next()),
        };
        if doubt == Some(Doubt::Hurts) {
            outcome.says.insert(0, Saying::Text(self.filled(&text.seated, now)));
        }
        if doubt == Some(Doubt::Cramp) {
            outcome.says.insert(0, self.counts_anew());
        }
        if held {
            let resumed = Saying::Card(Card::PlanResumed, vec![("when", self.when_next())]);
            outcome.says.insert(0, resumed);
        }
        outcome
    }

    /// An answer to a check-in, however late.
    pub fn answered(
        &mut self,
        text: &PlanText,
        (step, time): (&str, u16),
        (question, answer): (&str, &str),
        now: Timestamp,
    ) -> Outcome {
        let question = asked_first(question);
        let Some(step) = text.step(step).filter(|step| step.ask.iter().any(|q| q == question))
        else {
            return Outcome::card(Card::PlanPast);
        };
        // What waited for an answer before waits on.
        let before =
            self.open.clone().filter(|open| (open.step.as_str(), open.time) != (&step.id, time));
        if self.doubt.is_some() && before.is_some() {
            // The danger signs go first; what is to be said after them stays as it is.
            return self.ask_in_full();
        }
        let known = is_answer(text, question, answer);
        if !known && answer != NO || !self.reopens(&step.id, time) {
            return Outcome::card(Card::PlanPast);
        }
        if !known {
            return self.asks_how(text, step, question, now);
        }
        if answer == WORSE && step.follows && step.check {
            // A day's rest and a stage back, once all danger signs were asked for.
            (self.heard, self.unanswered) = (now, 0);
            self.doubt = self.doubt.or(Some(Doubt::Worse));
            return self.ask_in_full();
        }
        let outcome = self.take_answer(text, step, (question, answer), now);
        self.open = self.open.take().or(before);
        self.notes_what_is_told(text, outcome)
    }

    /// Answers to several questions of a check-in in one breath: what follows is said of the last.
    pub(super) fn answered_all(
        &mut self,
        text: &PlanText,
        answers: &[Press],
        now: Timestamp,
    ) -> Outcome {
        let mut outcome = Outcome::default();
        for answer in answers {
            if let Press::Answer(step, time, question, answer) = answer {
                outcome = self.answered(text, (step, *time), (question, answer), now);
            }
        }
        outcome
    }

    /// A plain "no" where how it is has to be known: that is asked, or the question once more.
    fn asks_how(
        &mut self,
        text: &PlanText,
        step: &StepText,
        question: &str,
        now: Timestamp,
    ) -> Outcome {
        let outcome = self.proceed(text, step, now);
        let Some(how) = how_instead(text, question) else { return outcome };
        let asks = |saying: &Saying| matches!(saying, Saying::Ask(_, _, name) if name == question);
        if !outcome.says.iter().any(asks) {
            return outcome;
        }
        let time = self.open.as_ref().map_or(0, |open| open.time);
        Outcome::say(Saying::Ask(step.id.clone(), time, how))
    }

    fn take_answer(
        &mut self,
        text: &PlanText,
        step: &StepText,
        (question, answer): (&str, &str),
        now: Timestamp,
    ) -> Outcome {
        self.heard = now;
        self.unanswered = 0;
        let Some(open) = self.open.as_mut() else { return Outcome::default() };
        let before = open.answers.insert(question.to_owned(), answer.to_owned());
        if answer == "0" && before.is_none() {
            self.count_none(text, step);
        }
        if let Ok(number) = answer.parse() {
            let numbers = self.numbers.entry(question.to_owned()).or_default();
            // Another number below the same check-in takes the place of the first.
            if before.is_some() {
                numbers.pop();
            }
            numbers.push(number);
        }
        self.proceed(text, step, now)
    }

    /// After a count of none the other numbers of that check-in are none as well.
    fn count_none(&mut self, text: &PlanText, step: &StepText) {
        let counts = |name: &&String| {
            let question = text.questions.get(*name);
            question.is_some_and(|question| matches!(question.answers, Answers::UpTo(_)))
        };
        let Some(open) = self.open.as_mut() else { return };
        for name in step.ask.iter().filter(counts) {
            if !open.answers.contains_key(name) {
                open.answers.insert(name.clone(), "0".to_owned());
                self.numbers.entry(name.clone()).or_default().push(0);
            }
        }
    }

    /// Whether a check-in waits for an answer: the open one, or one that was said before it.
    fn reopens(&mut self, step: &str, time: u16) -> bool {
        let is_open = |open: &Open| open.step == step && open.time == time;
        if self.open.as_ref().is_some_and(is_open) {
            return true;
        }
        let said = |one: &&CheckIn| {
            one.step == step && one.time == time && matches!(one.progress, Progress::Said(_))
        };
        let there = self.check_ins.iter().any(|one| said(&one));
        if there {
            self.open_up(step, time);
        }
        there
    }

    /// The danger signs first, then what is still to be asked, then what follows.
    pub(super) fn proceed(&mut self, text: &PlanText, step: &StepText, now: Timestamp) -> Outcome {
        let is_clear = self.is_clear_now(now);
        if self.doubt.is_some() {
            return self.ask_in_full();
        }
        if step.check && !is_clear {
            return Outcome { asks: Some(Asks::InShort), ..Outcome::default() };
        }
        match self.question(step) {
            Some(question) => Outcome::say(question),
            None => self.conclude(text, step, now),
        }
    }

    /// Whether the danger signs were asked for, for what is open, and that still holds.
    pub(super) fn is_clear_now(&self, now: Timestamp) -> bool {
        let clear = self.open.as_ref().and_then(|open| open.clear);
        // A check that is still to come, by a clock that was set back, may be of any age.
        let ages = -A_SLIP..=CLEAR_HOLDS;
        clear.is_some_and(|at| ages.contains(&now.duration_since(at)))
    }

    /// What follows from the answers: the first row that holds.
    fn conclude(&mut self, text: &PlanText, step: &StepText, now: Timestamp) -> Outcome {
        let Some(open) = self.open.take() else { return Outcome::default() };
        let mine = |one: &CheckIn| one.step == open.step && one.time == open.time;
        let at = self.check_ins.iter().position(mine);
        let rule = step.rules.iter().find(|rule| self.holds(rule, &open, now)).cloned();
        let rule = rule.unwrap_or_default();
        if rule.raise.is_some() {
            // It is asked again when a doctor has looked at it.
            self.open = Some(open);
            return Outcome { raise: rule.raise, ..Outcome::default() };
        }
        if let Some(at) = at {
            self.mark(at, Progress::Answered(now));
        }
        self.stop_steps(&rule.stop);
        let again = rule.again.map(|after| self.again_on_its_day(text, step, after, now));
        let begun = rule.begin.iter().filter_map(|name| text.step(name));
        let begun = begun.map(|step| self.begin_step(step, now)).min();
        self.said_so(&rule, again.or(begun), now)
    }

    /// Dates a step anew. Where another check-in comes on that day, that one will do: one a day is
    /// enough.
    fn again_on_its_day(
        &mut self,
        text: &PlanText,
        step: &StepText,
        after: SignedDuration,
        now: Timestamp,
    ) -> Dated {
        let due = self.again(step, after, now);
        self.on_its_day(text, step, due)
    }

    /// Dates a step at that time, unless another check-in comes on that day: when the one comes that
    /// will do.
    pub(super) fn on_its_day(&mut self, text: &PlanText, step: &StepText, due: Dated) -> Dated {
        let other = self.other_on_day(text, step, due.at);
        other.unwrap_or_else(|| self.date_once(&step.id, due))
    }

    /// Another check-in of the same day, where the rest of the plan hangs on none of this one.
    pub(super) fn other_on_day(
        &self,
        text: &PlanText,
        step: &StepText,
        due: Timestamp,
    ) -> Option<Dated> {
        let zone = self.habits.time_zone();
        let day = |at: Timestamp| zone.to_datetime(at).date();
        let asks = |name: &str| text.step(name).is_some_and(|step| step.check && !step.recurs());
        let other = self.check_ins.iter().find(|one| {
            one.is_planned() && one.step != step.id && asks(&one.step) && day(one.due) == day(due)
        });
        let other = other.filter(|_| step.check && !step.recurs() && !step.leads_on())?;
        Some(Dated { at: other.due, moved: other.moved })
    }

    fn said_so(&mut self, rule: &Rule, next: Option<Dated>, now: Timestamp) -> Outcome {
        let mut outcome = Outcome::default();
        if !rule.say.is_empty() {
            outcome.says.push(Saying::Text(self.filled(&rule.say, now)));
        }
        if rule.ends {
            outcome.says.push(Saying::Card(Card::PlanDone, Vec::new()));
            outcome.over = true;
            return outcome;
        }
        if let Some(next) = next {
            outcome.says.push(self.asks_again(next));
        }
        if std::mem::take(&mut self.zone_pending) {
            self.asks_zone = true;
            outcome.says.push(Saying::Zone);
        }
        outcome
    }

    /// Dates a step that an answer begins, unless it is still to come; when it comes.
    pub(super) fn begin_step(&mut self, step: &StepText, now: Timestamp) -> Dated {
        let due = self.earliest(step, now);
        self.date_once(&step.id, due)
    }

    pub(super) fn stop_steps(&mut self, steps: &[String]) {
        let coming = self.check_ins.iter_mut().filter(|one| one.is_planned());
        for one in coming.filter(|one| steps.contains(&one.step)) {
            one.progress = Progress::Skipped(Why::NotNeeded);
        }
    }
}

impl Plan {
    /// Whoever answers while the danger signs are asked for is told that these go first, and what was
    /// noted meanwhile.
    fn notes_what_is_told(&self, text: &PlanText, mut outcome: Outcome) -> Outcome {
        let step = self.open.as_ref().and_then(|open| Some((open, text.step(&open.step)?)));
        let told = step.map_or_else(Vec::new, |(open, step)| {
            let answer = |name: &String| Some((text.questions.get(name)?, open.answers.get(name)?));
            step.ask.iter().filter_map(answer).map(|(asked, key)| label(asked, key)).collect()
        });
        if told.is_empty() || outcome.asks != Some(Asks::InShort) || !outcome.says.is_empty() {
            return says_what_is_first(outcome);
        }
        let values =
            vec![("told", "noted".to_owned()), ("noted", format!(" {}.", told.join("; ")))];
        outcome.says.push(Saying::Card(Card::PlanFirst, values));
        outcome
    }
}

/// An answer as it stands on its button; behind a bare word what was asked.
fn label(question: &AskText, key: &str) -> String {
    let Answers::Choices(choices) = &question.answers else { return key.to_owned() };
    let label = choices.iter().find(|(own, _)| own == key).map_or("", |(_, label)| label);
    if label.contains(' ') { label.to_owned() } else { format!("{} {label}", question.text) }
}

/// Whoever answers while the danger signs are asked for is told that these go first.
pub(super) fn says_what_is_first(mut outcome: Outcome) -> Outcome {
    if outcome.asks == Some(Asks::InShort) && outcome.says.is_empty() {
        outcome.says.push(first("none"));
    }
    outcome
}

/// That the danger signs go first, after what was told.
pub(super) fn first(told: &str) -> Saying {
    Saying::Card(Card::PlanFirst, vec![("told", told.to_owned()), ("noted", String::new())])
}

fn is_answer(text: &PlanText, question: &str, answer: &str) -> bool {
    text.questions.get(question).is_some_and(|question| match &question.answers {
        Answers::Choices(choices) => choices.iter().any(|(key, _)| key == answer),
        Answers::UpTo(most) => answer.parse::<u8>().is_ok_and(|number| number <= *most),
    })
}
