//! How a plan goes: what begins it, what a check-in asks, what the answers lead to.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::dates::{Dated, is_for_bedtime, later};
use super::{
    Asks, CheckIn, Doubt, Habits, Open, Outcome, Paused, Plan, Progress, Saying, State, Why,
};
use crate::message::Address;
use crate::responses::PlanText;
use crate::responses::plans::{StepText, When};
use crate::timestamps::mark;
use crate::vocabulary::Card;

/// What is taken up later than this says that it is late.
const LATE: SignedDuration = SignedDuration::from_mins(15);
/// After so many check-ins in a row without an answer it rests (`club-rule`).
const PATIENCE: u8 = 2;
/// After so many of those that may be missed in a row it is asked whether fewer would do
/// (`club-rule`).
const MISSED: usize = 3;
/// After so many of them without a word it rests: that question and one more were not answered
/// (`club-rule`).
const MOST_MISSED: usize = 4;
/// What comes so soon after the cramp belongs to the beginning of a plan (`club-rule`).
const AT_ONCE: SignedDuration = SignedDuration::from_mins(2);
const A_DAY: SignedDuration = SignedDuration::from_hours(24);
/// Two check-ins that are nearer to each other than this would be one too many (`club-rule`).
const TOGETHER: SignedDuration = SignedDuration::from_hours(6);

/// What can be pressed below a check-in, whatever it asks.
pub(super) const BELOW: &[&str] = &["worse", "later", "stop"];
/// The same below one that nobody minds missing.
pub(super) const BELOW_MISSABLE: &[&str] = &["worse", "later", "skip", "stop"];

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
            doubt: None,
            asks_zone: false,
            zone_pending: false,
            check_ins: Vec::new(),
            open: None,
            numbers: BTreeMap::new(),
            earlier: BTreeMap::new(),
            cramps: 0,
            unanswered: 0,
            heard: now,
        };
        if text.steps.iter().any(is_for_bedtime) {
            plan.habits.keep_bedtime();
        }
        let joined = plan.lay_out(text, now);
        let quiet = super::press::hours_text(plan.habits.quiet);
        let mut outcome = Outcome::say(Saying::Begun(plan.to_come(text), quiet));
        outcome.directly = !plan.habits.here;
        // It tells what holds in the first hours.
        let fresh = text.is_of_habits() || now.duration_since(plan.cramp) < A_DAY;
        if fresh && !text.intro.is_empty() {
            outcome.says.push(Saying::Text(plan.filled(&text.intro, now)));
        }
        let joined = joined.and_then(|step| text.step(&step)).filter(|step| !step.ask.is_empty());
        (plan.asks_zone, plan.zone_pending) = (joined.is_none(), joined.is_some());
        match joined {
            Some(step) => outcome.says.extend(plan.open_at_once(step, now)),
            None => outcome.says.extend([Saying::Offers, Saying::Zone]),
        }
        // All of it may be over already.
        let outcome = plan.or_done(outcome);
        (plan, outcome)
    }

    /// Dates every step. The name of the last one whose time is over, if any.
    fn lay_out(&mut self, text: &PlanText, now: Timestamp) -> Option<String> {
        let mut joined = None;
        for step in &text.steps {
            let Some(due) = self.first(step) else { continue };
            // What would come within minutes is asked at once: the danger signs were asked for just now.
            let at_once = matches!(step.when, When::After(length) if length <= AT_ONCE);
            let over = due.at <= if at_once { later(now, AT_ONCE) } else { now };
            self.date(&step.id, due);
            if over {
                joined = Some(step.id.clone());
                self.over(&step.id);
            }
        }
        self.spread(text);
        joined
    }

    /// What would have come before a plan began does not come.
    fn over(&mut self, step: &str) {
        let over = self.check_ins.iter_mut().filter(|one| one.step == step);
        over.for_each(|one| one.progress = Progress::Skipped(Why::BeforeItBegan));
    }

    /// The step at which a late plan is joined: the danger signs were asked for just now.
    fn open_at_once(&mut self, step: &StepText, now: Timestamp) -> Vec<Saying> {
        let mine = |one: &&mut CheckIn| one.step == step.id;
        let Some(one) = self.check_ins.iter_mut().find(mine) else { return Vec::new() };
        one.progress = Progress::Said(now);
        let (step_name, time) = (one.step.clone(), one.time);
        let answers = BTreeMap::new();
        let clear = Some(now);
        self.open = Some(Open { step: step_name, time, clear, untold: false, answers });
        self.question(step).into_iter().collect()
    }

    /// A check-in is due.
    pub fn due(&mut self, text: &PlanText, step: &str, time: u16, now: Timestamp) -> Outcome {
        self.asks_zone = false;
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
        if self.doubt == Some(Doubt::Sore) && text.step(step).is_some_and(|step| step.check) {
            // It asks for the danger signs by itself.
            self.doubt = None;
        }
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
        } else if late > LATE && self.is_overtaken(text, at, now) {
            self.leave_out(step, at, Why::Overtaken, now)
        } else if self.must_wait(step, now) {
            self.wait(at, now)
        } else if self.gives_way(text, step, at, now) {
            self.leave_out(step, at, Why::Overtaken, now)
        } else if self.doubt.is_some() {
            self.hold_back(step, at, now)
        } else if self.is_unheard(step) {
            self.fall_silent(now)
        } else {
            self.ask_now(step, at, late, now)
        }
    }

    /// Whether a later one is due as well and may still be said, or was said just now.
    fn is_overtaken(&self, text: &PlanText, at: usize, now: Timestamp) -> bool {
        let may_be_said = |one: &CheckIn| {
            let grace = text.step(&one.step).map_or(SignedDuration::ZERO, |step| step.grace);
            one.due <= now && now.duration_since(one.due) <= grace
        };
        let due = self.check_ins.get(at).map_or(now, |one| one.due);
        self.check_ins.iter().enumerate().any(|(place, one)| match one.progress {
            Progress::Planned => place > at && may_be_said(one),
            Progress::Said(said) => one.due >= due && now.duration_since(said).abs() <= LATE,
            Progress::Answered(_) | Progress::Skipped(_) => false,
        })
    }

    /// Whether a later check-in comes within hours: one at a time is enough, and the latest counts.
    fn gives_way(&self, text: &PlanText, step: &StepText, at: usize, now: Timestamp) -> bool {
        let asks = |step: &StepText| step.check && !step.recurs();
        let soon = |one: &CheckIn| one.is_planned() && one.due.duration_since(now) <= TOGETHER;
        let later = self.check_ins.iter().skip(at + 1).filter(|one| one.step != step.id);
        let other = |one: &CheckIn| text.step(&one.step).is_some_and(asks);
        asks(step) && later.into_iter().any(|one| soon(one) && other(one))
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
        self.open = Some(Open { step, time, clear: None, untold: false, answers });
    }

    /// Leaves one out. What comes again and again comes at its next time, and what the rest of the
    /// plan hangs on comes on the next day.
    fn leave_out(&mut self, step: &StepText, at: usize, why: Why, now: Timestamp) -> Outcome {
        let outcome = self.skip(at, why);
        self.comes_again(step, now);
        outcome
    }

    /// It comes again, if more hangs on it than itself.
    pub(super) fn comes_again(&mut self, step: &StepText, now: Timestamp) {
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
            (one.due, one.moved) = (due.at, due.moved);
        }
        self.check_ins.sort_by_key(|one| one.due);
        Outcome::skipped(Why::Moved)
    }

    /// All danger signs were asked for, and nobody answered: only that is asked once more. What was
    /// due is said when none of them is there.
    fn hold_back(&mut self, step: &StepText, at: usize, now: Timestamp) -> Outcome {
        if self.unanswered >= PATIENCE {
            return self.fall_silent(now);
        }
        self.unanswered = self.unanswered.saturating_add(1);
        if step.missable {
            self.leave_out(step, at, Why::InDoubt, now);
        } else {
            let time = self.check_ins.get(at).map_or(0, |one| one.time);
            self.mark(at, Progress::Said(now));
            self.recur(step, now);
            self.open_up(&step.id, time);
            self.open.iter_mut().for_each(|open| open.untold = true);
        }
        let buttons = Saying::Buttons(BELOW);
        Outcome { says: vec![buttons], asks: Some(Asks::InFull), ..Outcome::default() }
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
        // The danger signs are asked for anew: what was said of them before counts no more.
        if let Some(open) = self.open.as_mut().filter(|_| step.check) {
            open.clear = None;
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
        says.push(Saying::Buttons(if step.missable { BELOW_MISSABLE } else { BELOW }));
        says
    }

    /// What can be pressed below a check-in, where it is asked for once more.
    #[must_use]
    pub fn buttons_below(&self, asked: bool) -> Outcome {
        let waits = asked && self.state == State::Running && self.open.is_some();
        if waits { Outcome::say(Saying::Buttons(BELOW)) } else { Outcome::default() }
    }

    /// The next open question of the open check-in.
    pub(super) fn question(&self, step: &StepText) -> Option<Saying> {
        let open = self.open.as_ref()?;
        let next = step.ask.iter().find(|name| !open.answers.contains_key(*name))?;
        Some(Saying::Ask(step.id.clone(), open.time, next.clone()))
    }

    pub(super) fn mark_of(&self, at: Timestamp) -> String {
        mark(at, &self.habits.zone)
    }

    /// That a check-in comes again, and when.
    pub(super) fn asks_again(&self, due: Dated) -> Saying {
        let when = ("when", self.mark_of(due.at));
        if due.moved {
            let quiet = super::press::hours_text(self.habits.quiet);
            return Saying::Card(Card::PlanMoved, vec![when, ("quiet", quiet)]);
        }
        Saying::Card(Card::PlanSnoozed, vec![when])
    }

    /// When the next check-in comes, whichever it is.
    pub(super) fn asks_next(&self) -> Saying {
        match self.next().filter(|_| self.state == State::Running) {
            Some(next) => self.asks_again(Dated { at: next.due, moved: next.moved }),
            None => Saying::Card(Card::PlanSnoozed, vec![("when", self.when_next())]),
        }
    }

    /// When the next check-in comes.
    pub(super) fn when_next(&self) -> String {
        let next = self.next().filter(|_| self.state == State::Running);
        next.map_or_else(|| "when you say so".to_owned(), |next| self.mark_of(next.due))
    }
}
