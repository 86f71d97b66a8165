//! How a plan goes: what begins it, what a check-in asks, what the answers lead to.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::dates::later;
use super::{Asks, CheckIn, Habits, Open, Outcome, Paused, Plan, Progress, Saying, State, Why};
use crate::message::Address;
use crate::moment::mark;
use crate::responses::PlanText;
use crate::responses::plans::{StepText, When};
use crate::vocabulary::Card;

/// What is taken up later than this says that it is late.
const LATE: SignedDuration = SignedDuration::from_mins(15);
/// After so many check-ins in a row without an answer it rests (`club-rule`).
const PATIENCE: u8 = 2;
/// After so many of those that may be missed in a row it is asked whether fewer would do
/// (`club-rule`).
const MISSED: usize = 4;
/// After so many of them without a word it rests (`club-rule`).
const MOST_MISSED: usize = 7;
/// How long somebody rests who is worse (`club-rule`).
const REST: SignedDuration = SignedDuration::from_hours(24);
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// What can be pressed below a check-in, whatever it asks.
const BELOW: &[&str] = &["worse", "later", "stop"];

impl Plan {
    /// Begins a plan for a cramp. Steps whose time is over are left out; the last of them is where
    /// it is joined.
    #[must_use]
    pub fn begin(
        text: &PlanText,
        habits: Habits,
        to: Address,
        cramp: Timestamp,
        now: Timestamp,
    ) -> (Self, Outcome) {
        let mut plan = Self {
            name: text.id.clone(),
            run: now.as_second(),
            to,
            cramp: cramp.min(now),
            began: now,
            habits,
            state: State::Running,
            since: now,
            seen: false,
            check_ins: Vec::new(),
            open: None,
            numbers: BTreeMap::new(),
            earlier: BTreeMap::new(),
            cramps: 0,
            unanswered: 0,
            heard: now,
        };
        let joined = plan.lay_out(text, now);
        let rows = plan.rows_to_come(text);
        let quiet = super::press::hours_text(plan.habits.quiet);
        let values = vec![("plan", text.name.clone()), ("quiet", quiet), ("rows", rows)];
        let mut outcome = Outcome::say(Saying::Card(Card::PlanBegun, values));
        outcome.directly = !plan.habits.here;
        if !text.intro.is_empty() {
            outcome.says.push(Saying::Text(plan.filled(&text.intro, now)));
        }
        match joined.and_then(|step| text.step(&step)).filter(|step| !step.ask.is_empty()) {
            Some(step) => outcome.says.extend(plan.open_at_once(step, now)),
            None => outcome.says.extend([Saying::Offers, Saying::Zone]),
        }
        (plan, outcome)
    }

    /// Dates every step. The name of the last one whose time is over, if any.
    fn lay_out(&mut self, text: &PlanText, now: Timestamp) -> Option<String> {
        let mut joined = None;
        for step in &text.steps {
            let Some(due) = self.first(step) else { continue };
            self.date(&step.id, due);
            if due <= now {
                joined = Some(step.id.clone());
            }
        }
        for one in self.check_ins.iter_mut().filter(|one| one.is_planned() && one.due <= now) {
            one.progress = Progress::Skipped(Why::BeforeItBegan);
        }
        joined
    }

    /// The step at which a late plan is joined: the danger signs were asked for just now.
    fn open_at_once(&mut self, step: &StepText, now: Timestamp) -> Vec<Saying> {
        let mine = |one: &&mut CheckIn| one.step == step.id;
        let Some(one) = self.check_ins.iter_mut().find(mine) else { return Vec::new() };
        one.progress = Progress::Said(now);
        let (step_name, time) = (one.step.clone(), one.time);
        let answers = BTreeMap::new();
        self.open = Some(Open { step: step_name, time, clear: Some(now), answers });
        self.question(step).into_iter().collect()
    }

    /// A check-in is due.
    pub fn due(&mut self, text: &PlanText, step: &str, time: u16, now: Timestamp) -> Outcome {
        let outcome = self.fell_due(text, step, time, now);
        self.or_done(outcome)
    }

    /// A plan of which nothing comes any more is over.
    pub(super) fn or_done(&self, mut outcome: Outcome) -> Outcome {
        let waits = self.open.is_some() || outcome.asks.is_some() || outcome.raise.is_some();
        let goes_on = waits || self.next().is_some() || self.state != State::Running;
        if !goes_on && !outcome.over {
            outcome.says.push(Saying::Card(Card::PlanDone, Vec::new()));
            outcome.over = true;
        }
        outcome
    }

    fn fell_due(&mut self, text: &PlanText, step: &str, time: u16, now: Timestamp) -> Outcome {
        let mine = |one: &CheckIn| one.step == step && one.time == time && one.is_planned();
        let Some(at) = self.check_ins.iter().position(mine) else {
            return Outcome::skipped(Why::NotNeeded);
        };
        if self.state != State::Running {
            return Outcome::skipped(Why::NotNeeded);
        }
        let Some(step) = text.step(step) else { return self.skip(at, Why::NotNeeded) };
        let due = self.check_ins.get(at).map_or(now, |one| one.due);
        let late = now.duration_since(due);
        if late > step.grace {
            self.leave_out(step, at, Why::TooLate, now)
        } else if late > LATE && self.is_overtaken(text, due, now) {
            self.leave_out(step, at, Why::Overtaken, now)
        } else if self.must_wait(step, now) {
            self.wait(at, now)
        } else if self.is_unheard(step) {
            self.fall_silent(now)
        } else {
            self.ask_now(step, at, late, now)
        }
    }

    /// Whether a later one is due as well, and may still be said.
    fn is_overtaken(&self, text: &PlanText, due: Timestamp, now: Timestamp) -> bool {
        let may_be_said = |one: &CheckIn| {
            let grace = text.step(&one.step).map_or(SignedDuration::ZERO, |step| step.grace);
            one.is_planned()
                && one.due > due
                && one.due <= now
                && now.duration_since(one.due) <= grace
        };
        self.check_ins.iter().any(may_be_said)
    }

    /// Whether nobody answers any more.
    fn is_unheard(&self, step: &StepText) -> bool {
        if step.missable {
            let since = |at: &Timestamp| *at > self.heard;
            self.missed(&step.id).filter(since).count() >= MOST_MISSED
        } else {
            self.unanswered >= PATIENCE
        }
    }

    /// When a step was said and not answered, in a row, the last time first.
    fn missed<'p>(&'p self, step: &'p str) -> impl Iterator<Item = Timestamp> + 'p {
        let mine = move |one: &&CheckIn| one.step == step && !one.is_planned();
        self.check_ins.iter().rev().filter(mine).map_while(|one| match one.progress {
            Progress::Said(at) => Some(at),
            Progress::Planned | Progress::Answered(_) | Progress::Skipped(_) => None,
        })
    }

    pub(super) fn open_up(&mut self, step: &str, time: u16) {
        let (step, answers) = (step.to_owned(), BTreeMap::new());
        self.open = Some(Open { step, time, clear: None, answers });
    }

    /// Leaves one out. What comes again and again comes at its next time, and what the rest of the
    /// plan hangs on comes on the next day.
    fn leave_out(&mut self, step: &StepText, at: usize, why: Why, now: Timestamp) -> Outcome {
        let outcome = self.skip(at, why);
        self.comes_again(step, now);
        outcome
    }

    fn comes_again(&mut self, step: &StepText, now: Timestamp) {
        if step.recurs() {
            self.recur(step, now);
        } else if step.leads_on() {
            let due = self.again(step, A_DAY, now);
            self.date_once(&step.id, due);
        }
    }

    fn skip(&mut self, at: usize, why: Why) -> Outcome {
        self.mark(at, Progress::Skipped(why));
        Outcome::skipped(why)
    }

    pub(super) fn mark(&mut self, at: usize, progress: Progress) {
        if let Some(one) = self.check_ins.get_mut(at) {
            one.progress = progress;
        }
    }

    /// It is night: it comes when the quiet hours end.
    fn wait(&mut self, at: usize, now: Timestamp) -> Outcome {
        let due = self.awake(now);
        if let Some(one) = self.check_ins.get_mut(at) {
            one.due = due;
        }
        self.check_ins.sort_by_key(|one| one.due);
        Outcome::skipped(Why::Moved)
    }

    /// Two in a row were not answered: the last word, and then it rests.
    fn fall_silent(&mut self, now: Timestamp) -> Outcome {
        self.rest(Paused::BySilence, now);
        let buttons = Saying::Buttons(&["resume", "stop"]);
        Outcome {
            says: vec![Saying::Card(Card::PlanSilence, Vec::new()), buttons],
            ..Outcome::default()
        }
    }

    fn ask_now(
        &mut self,
        step: &StepText,
        at: usize,
        late: SignedDuration,
        now: Timestamp,
    ) -> Outcome {
        self.mark(at, Progress::Said(now));
        let time = self.check_ins.get(at).map_or(0, |one| one.time);
        let due = self.check_ins.get(at).map_or(now, |one| one.due);
        if !step.missable {
            self.unanswered = self.unanswered.saturating_add(1);
        }
        self.recur(step, now);
        // What nobody minds missing does not push away what waits for an answer.
        if !step.missable || self.open.is_none() {
            self.open_up(&step.id, time);
        }
        let mut outcome = Outcome::default();
        if late > LATE {
            outcome.says.push(Saying::Card(Card::PlanLate, vec![("when", self.mark_of(due))]));
        }
        if step.missable && self.missed(&step.id).count() == MISSED {
            outcome.says.push(Saying::Card(Card::PlanMissed, Vec::new()));
            outcome.says.push(Saying::Buttons(&["fewer", "settings", "stop"]));
            return outcome;
        }
        outcome.says.extend(self.shown(step, time, now));
        outcome.asks = step.check.then_some(Asks::InShort);
        outcome
    }

    /// A check-in as it is shown: its text, and what it asks unless the danger signs go first.
    pub(super) fn shown(&self, step: &StepText, time: u16, now: Timestamp) -> Vec<Saying> {
        let mut says = vec![Saying::Text(self.filled(&step.text, now))];
        if !step.check {
            let first = step.ask.first();
            says.extend(first.map(|name| Saying::Ask(step.id.clone(), time, name.clone())));
        }
        says.push(Saying::Buttons(BELOW));
        says
    }

    /// The next open question of the open check-in.
    pub(super) fn question(&self, step: &StepText) -> Option<Saying> {
        let open = self.open.as_ref()?;
        let next = step.ask.iter().find(|name| !open.answers.contains_key(*name))?;
        Some(Saying::Ask(step.id.clone(), open.time, next.clone()))
    }

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
        let when = vec![("when", self.when_next())];
        Outcome {
            says: vec![
                Saying::Card(Card::PlanWorse, Vec::new()),
                Saying::Card(Card::PlanSnoozed, when),
            ],
            ..Outcome::default()
        }
    }

    /// A danger sign: nothing comes until a doctor has looked at it.
    pub fn hold(&mut self, now: Timestamp) {
        self.rest(Paused::ByDangerSign, now);
        (self.heard, self.seen) = (now, false);
    }

    /// The person says that a doctor has looked at it. A clear check is still to come.
    pub fn doctor_has_looked(&mut self) {
        self.seen = self.is_held();
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
        self.put_back();
    }

    /// The check-in that waits for an answer comes again, when the plan goes on.
    fn put_back(&mut self) {
        let Some(open) = self.open.take() else { return };
        let mine = |one: &CheckIn| one.step == open.step && one.time == open.time;
        if let Some(one) = self.check_ins.iter_mut().find(|one| mine(one)) {
            one.progress = Progress::Skipped(Why::Moved);
            let due = one.due;
            self.date_once(&open.step, due);
        }
    }

    /// It goes on: what fell due meanwhile is left out, except the last.
    pub(super) fn go_on_from(&mut self, text: &PlanText, now: Timestamp) {
        (self.state, self.since, self.seen) = (State::Running, now, false);
        let overdue = |(_, one): &(usize, &CheckIn)| one.is_planned() && one.due <= now;
        let overdue = self.check_ins.iter().enumerate().filter(overdue);
        let overdue: Vec<(usize, String)> =
            overdue.map(|(at, one)| (at, one.step.clone())).collect();
        // Nobody wants to hear in the morning what belonged to the evening.
        let waits =
            |(_, name): &&(usize, String)| text.step(name).is_none_or(|step| !step.missable);
        let last = overdue.iter().rfind(waits).map(|(at, _)| *at);
        let soon = self.awake(later(now, SignedDuration::from_mins(1)));
        if let Some(one) = last.and_then(|at| self.check_ins.get_mut(at)) {
            one.due = soon;
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
        self.cramp = cramp.min(now);
        for (name, mut numbers) in std::mem::take(&mut self.numbers) {
            self.earlier.entry(name).or_default().append(&mut numbers);
        }
        (self.state, self.since, self.open, self.seen) = (State::Running, now, None, false);
        let is_void = |progress| matches!(progress, Progress::Planned | Progress::Said(_));
        let void = self.check_ins.iter_mut().filter(|one| is_void(one.progress));
        void.for_each(|one| one.progress = Progress::Skipped(Why::NotNeeded));
        for step in &text.steps {
            if let Some(due) = self.first(step).filter(|due| *due > now) {
                self.date(&step.id, due);
            }
        }
        let when = vec![("when", self.when_next())];
        Outcome::say(Saying::Card(Card::PlanAgain, when))
    }

    pub(super) fn mark_of(&self, at: Timestamp) -> String {
        mark(at, &self.habits.zone)
    }

    /// When the next check-in comes.
    pub(super) fn when_next(&self) -> String {
        let next = self.next().filter(|_| self.state == State::Running);
        next.map_or_else(|| "when you say so".to_owned(), |next| self.mark_of(next.due))
    }
}

impl PlanText {
    /// Whether it goes by the calendar and not by one cramp: something comes of it again and again by
    /// itself.
    #[must_use]
    pub fn is_of_habits(&self) -> bool {
        self.steps.iter().any(|step| step.recurs() && !step.follows)
    }
}

impl StepText {
    /// Whether it comes again and again.
    #[must_use]
    pub const fn recurs(&self) -> bool {
        matches!(self.when, When::Often { .. } | When::Every(..))
    }

    /// Whether the rest of the plan hangs on it: an answer to it begins other steps.
    #[must_use]
    pub fn leads_on(&self) -> bool {
        self.rules.iter().any(|rule| !rule.begin.is_empty())
    }
}
