//! How a plan rests and goes on: when it is worse, when there is a danger sign, when somebody wants it
//! so, and when it cramps again.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

use super::acts::with_buttons;
use super::answered::first;
use super::dates::{Dated, later};
use super::{CheckIn, Doubt, Open, Outcome, Paused, Plan, Progress, Saying, State, Why};
use crate::responses::PlanText;
use crate::responses::plans::StepText;
use crate::vocabulary::Card;

/// How long somebody rests who is worse (`club-rule`).
const REST: SignedDuration = SignedDuration::from_hours(24);
const A_MINUTE: SignedDuration = SignedDuration::from_mins(1);

impl Plan {
    /// Worse, and no danger sign: a day's rest, and a stage back.
    pub(super) fn worse(&mut self, text: &PlanText, now: Timestamp) -> Outcome {
        let stage = |one: &&CheckIn| {
            let follows = text.step(&one.step).is_some_and(|step| step.follows && step.check);
            follows && one.due > self.cramp && !matches!(one.progress, Progress::Skipped(_))
        };
        let stages = text.steps.iter().filter(|step| step.follows && step.check);
        let stages: Vec<&StepText> = stages.collect();
        let last = self.check_ins.iter().rfind(stage).map(|one| one.step.clone());
        if let Some(last) = last {
            let at = stages.iter().position(|step| step.id == last).unwrap_or_default();
            let names: Vec<String> = stages.iter().map(|step| step.id.clone()).collect();
            self.stop_steps(&names);
            if let Some(step) = stages.get(at.saturating_sub(1)) {
                let due = self.earliest(step, later(now, REST));
                self.date(&step.id, due);
            }
        }
        let says = vec![Saying::Card(Card::PlanWorse, Vec::new()), self.asks_next()];
        Outcome { says, ..Outcome::default() }
    }

    /// The same, to a check-in that waits: it comes again a day later.
    pub(super) fn worse_at(&mut self, text: &PlanText, step: &StepText, now: Timestamp) -> Outcome {
        // It goes back from the stage that waits.
        let of_stage = step.follows.then(|| self.worse(text, now));
        if let Some(open) = self.open.take() {
            let mine = |one: &&mut CheckIn| one.step == open.step && one.time == open.time;
            if let Some(one) = self.check_ins.iter_mut().find(mine) {
                one.progress = Progress::Skipped(Why::Moved);
            }
        }
        if let Some(outcome) = of_stage {
            return outcome;
        }
        if !step.recurs() {
            let due = self.again(step, REST, now);
            self.on_its_day(text, step, due);
        }
        self.worse(text, now)
    }

    /// A danger sign: nothing comes until a doctor has looked at it.
    pub fn hold(&mut self, now: Timestamp) {
        self.rest(Paused::ByDangerSign, now);
        (self.heard, self.seen, self.doubt) = (now, false, None);
    }

    /// The person says that a doctor has looked at it. A clear check is still to come.
    pub fn doctor_has_looked(&mut self) {
        self.seen = self.is_held();
    }

    /// More than the short check is asked for: nothing comes before that was answered.
    pub fn is_in_doubt(&mut self, now: Timestamp) {
        if self.state == State::Running {
            (self.heard, self.unanswered) = (now, 0);
            self.doubt = self.doubt.or(Some(Doubt::Sign));
        }
    }

    /// Whether it rests because of a danger sign that no doctor has looked at.
    pub(super) fn needs_doctor(&self) -> bool {
        self.is_held() && !self.seen
    }

    /// Why it does not go on.
    pub(super) fn held() -> Outcome {
        let mut outcome = Outcome::card(Card::PlanHeld);
        outcome.says.push(Saying::Checked);
        outcome
    }

    pub(super) fn rest(&mut self, why: Paused, now: Timestamp) {
        self.state = State::Paused(why);
        self.since = now;
        // What nobody answered can still be answered.
        if why != Paused::BySilence {
            self.put_back();
        }
    }

    /// The check-in that waits for an answer comes again, when the plan goes on.
    pub(super) fn put_back(&mut self) {
        let Some(open) = self.open.take() else { return };
        let mine = |one: &CheckIn| one.step == open.step && one.time == open.time;
        if let Some(one) = self.check_ins.iter_mut().find(|one| mine(one)) {
            one.progress = Progress::Skipped(Why::Moved);
            let due = Dated { at: one.due, moved: one.moved };
            self.date_once(&open.step, due);
        }
    }

    /// A plan that has begun comes from a day on, or from an hour of it: what is earlier is left out, and
    /// asked for then.
    pub fn comes_from(
        &mut self,
        text: &PlanText,
        (day, at): (Date, Option<Time>),
        outcome: &mut Outcome,
        now: Timestamp,
    ) {
        let at = at.unwrap_or(self.habits.quiet.until);
        let next = self.rest_until_hour(text, (day, at), now);
        let quiet = super::press::hours_text(self.habits.quiet);
        outcome.says.retain(|one| !matches!(one, Saying::Begun(..) | Saying::Ask(..)));
        outcome.says.insert(0, Saying::Begun(self.to_come(text), quiet));
        outcome.says.extend(next.says);
    }

    /// Whether what was to come is left out until a later day, though it runs.
    #[must_use]
    pub fn rests_for_days(&self, now: Timestamp) -> bool {
        let left_out = Progress::Skipped(Why::Overtaken);
        // It was ahead when the rest was wished.
        let ahead = |one: &CheckIn| one.progress == left_out && one.due > self.heard.min(now);
        let waits = self.state != State::Running || self.open.is_some();
        !waits && self.check_ins.iter().any(ahead)
    }

    /// It rests until the morning of a day, and then goes on by itself.
    pub(super) fn rest_until(&mut self, text: &PlanText, day: Date, now: Timestamp) -> Outcome {
        self.rest_until_hour(text, (day, self.habits.quiet.until), now)
    }

    fn rest_until_hour(
        &mut self,
        text: &PlanText,
        (day, at): (Date, Time),
        now: Timestamp,
    ) -> Outcome {
        if self.state != State::Running {
            self.go_on_from(text, now);
        }
        self.put_back();
        let begins = self.habits.time_zone().to_timestamp(day.to_datetime(at)).unwrap_or(now);
        // What comes then comes a minute after what is over.
        let over = begins.checked_sub(A_MINUTE).unwrap_or(now);
        self.leave_out_until(text, over.max(now));
        Outcome::say(self.asks_next())
    }

    /// What was left out for a rest that ends early comes after all. What the rest of the plan hangs on
    /// and would have come meanwhile comes now.
    pub(super) fn revive(&mut self, text: &PlanText, now: Timestamp) {
        let left_out = Progress::Skipped(Why::Overtaken);
        let soon = self.awake(later(now, A_MINUTE));
        for step in text.steps.iter().filter(|step| step.leads_on() && !step.recurs()) {
            let mine = |one: &&CheckIn| one.step == step.id && one.progress == left_out;
            let missed = self.check_ins.iter().filter(mine).map(|one| one.due).max();
            let Some(missed) = missed else { continue };
            let again =
                |one: &&mut CheckIn| one.step == step.id && one.is_planned() && one.time > 0;
            for one in self.check_ins.iter_mut().filter(again) {
                if missed > now {
                    one.progress = Progress::Skipped(Why::NotNeeded);
                } else {
                    (one.due, one.moved) = (soon.at, soon.moved);
                }
            }
        }
        for one in self.check_ins.iter_mut().filter(|one| one.progress == left_out) {
            if one.due > now {
                one.progress = Progress::Planned;
            }
        }
    }

    /// It goes on: what fell due meanwhile is left out, except the last.
    pub(super) fn go_on_from(&mut self, text: &PlanText, now: Timestamp) {
        (self.state, self.since, self.seen) = (State::Running, now, false);
        // "Done?" of an evening that is long over is not asked again.
        let missable = |open: &Open| text.step(&open.step).is_some_and(|step| step.missable);
        self.open = self.open.take().filter(|open| !missable(open));
        self.leave_out_until(text, now);
    }

    /// What is due by then is left out, except the last, which comes then.
    fn leave_out_until(&mut self, text: &PlanText, now: Timestamp) {
        let overdue = |(_, one): &(usize, &CheckIn)| one.is_planned() && one.due <= now;
        let overdue = self.check_ins.iter().enumerate().filter(overdue);
        let overdue: Vec<(usize, String)> =
            overdue.map(|(at, one)| (at, one.step.clone())).collect();
        // Nobody wants to hear in the morning what belonged to the evening.
        let waits =
            |(_, name): &&(usize, String)| text.step(name).is_none_or(|step| !step.missable);
        let soon = self.awake(later(now, A_MINUTE));
        let last = overdue.iter().rfind(waits).filter(|(_, name)| {
            // Another one of that day will do.
            let other = text.step(name).and_then(|step| self.other_on_day(text, step, soon.at));
            other.is_none_or(|other| other.at <= now)
        });
        let last = last.map(|(at, _)| *at);
        if let Some(one) = last.and_then(|at| self.check_ins.get_mut(at)) {
            (one.due, one.moved) = (soon.at, soon.moved);
        }
        let missed: Vec<_> = overdue.into_iter().filter(|(at, _)| Some(*at) != last).collect();
        for (at, _) in &missed {
            self.mark(*at, Progress::Skipped(Why::Overtaken));
        }
        for step in missed.iter().filter_map(|(_, name)| text.step(name)) {
            self.comes_again(step, now);
        }
        self.check_ins.sort_by_key(|one| one.due);
    }

    /// Another cramp is told while it rests: it goes on by the person's own word alone.
    #[must_use]
    pub fn still_rests(&self) -> Outcome {
        with_buttons(Outcome::card(Card::PlanPaused), &["resume", "stop"])
    }

    /// A cramp in bed is none of the sport that it counts from.
    #[must_use]
    pub fn goes_on_as_planned(&self) -> Outcome {
        Outcome::say(self.asks_next())
    }

    /// It cramped again: everything counts from this cramp.
    pub fn cramped_again(&mut self, text: &PlanText, cramp: Timestamp, now: Timestamp) -> Outcome {
        self.cramps = self.cramps.saturating_add(1);
        if self.needs_doctor() {
            return Self::held();
        }
        (self.heard, self.unanswered) = (now, 0);
        if text.is_of_habits() {
            // It is what the plan counts.
            self.go_on_from(text, now);
            return Outcome::say(self.resumed());
        }
        self.count_from(text, cramp, now);
        self.doubt = None;
        Outcome::say(self.counts_anew())
    }

    /// A cramp is told while the plan runs: everything counts from it at once, and nothing comes
    /// before all danger signs were asked for.
    pub fn cramp_is_told(&mut self, text: &PlanText, cramp: Timestamp, now: Timestamp) {
        if self.state != State::Running || text.is_of_habits() {
            return;
        }
        self.cramps = self.cramps.saturating_add(1);
        (self.heard, self.unanswered) = (now, 0);
        self.count_from(text, cramp, now);
        self.doubt = Some(Doubt::Cramp);
    }

    /// The same, told and nothing else: the danger signs are asked for at once. From a cramp that is
    /// none of the sport nothing counts.
    pub fn told_of_cramp(
        &mut self,
        text: &PlanText,
        cramp: Option<Timestamp>,
        now: Timestamp,
    ) -> Outcome {
        match cramp {
            Some(cramp) => self.cramp_is_told(text, cramp, now),
            None => self.is_in_doubt(now),
        }
        let mut outcome = self.ask_in_full();
        outcome.says.push(first("cramp"));
        outcome
    }

    /// Every step counts from this cramp.
    fn count_from(&mut self, text: &PlanText, cramp: Timestamp, now: Timestamp) {
        self.cramp = cramp.min(now);
        for (name, mut numbers) in std::mem::take(&mut self.numbers) {
            self.earlier.entry(name).or_default().append(&mut numbers);
        }
        (self.state, self.since, self.open, self.seen) = (State::Running, now, None, false);
        let is_void = |progress| matches!(progress, Progress::Planned | Progress::Said(_));
        let void = self.check_ins.iter_mut().filter(|one| is_void(one.progress));
        void.for_each(|one| one.progress = Progress::Skipped(Why::NotNeeded));
        for step in &text.steps {
            if let Some(due) = self.first(step).filter(|due| due.at > now) {
                self.date(&step.id, due);
            }
        }
    }

    /// Another cramp was told to the end, and the plan counts from it already.
    #[must_use]
    pub fn counts_from_cramp(&self) -> Outcome {
        Outcome::say(self.counts_anew())
    }

    /// That the plan counts from another cramp now.
    pub(super) fn counts_anew(&self) -> Saying {
        Saying::Card(Card::PlanAgain, vec![("when", self.when_next())])
    }
}
