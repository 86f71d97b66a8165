//! Whatever somebody answers, wherever they live and whatever the clock does, a plan keeps its
//! promises: nothing before its time, nothing at night, no gate without a clear check.

use std::collections::BTreeSet;

use charley::message::{Address, PersonId, PlaceId};
use charley::plan::calendar::QuietHours;
use charley::plan::{
    Asks, CheckIn, Habits, Outcome, Plan, Press, Progress, Saying, Snooze, State, What, Why,
};
use charley::responses::PlanText;
use charley::responses::plans::{Answers, At, RELIEF, StepText, When};
use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::any_plan::any_plan;
use super::{RESPONSES, cases};

/// What comes later than this says so, and is said only if it is the last.
const LATE: SignedDuration = SignedDuration::from_mins(15);

const ZONES: [&str; 8] = [
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "America/St_Johns",
    "Africa/Casablanca",
    "UTC",
];

/// In what an engine that is wrong differs from ours, after whatever happened.
pub(super) type Change = fn(&mut Plan, &mut Outcome, Act, Timestamp);

/// One thing that happens, chosen by numbers so that it fits wherever the plan is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    /// What is due next comes, so many minutes late.
    Next(u32),
    /// The clock is so many minutes on, or back, and all that is due by then comes.
    Jump(i32),
    /// An answer to what is open, the danger signs included.
    Answer(u8),
    /// A danger sign.
    Danger,
    /// A doctor has looked at it.
    Checked,
    Again,
    Press(u8),
}

pub(super) fn acts() -> impl Strategy<Value = Vec<Act>> {
    let late = prop_oneof![4 => Just(0_u32), 1 => 1..30_u32, 1 => 30..10_000_u32];
    let jump = prop_oneof![
        4 => 0..3_000_i32,
        2 => Just(-60),
        1 => Just(-43_200),
        1 => 3_000..60_000_i32,
        1 => Just(525_600),
    ];
    let act = prop_oneof![
        6 => late.prop_map(Act::Next),
        2 => jump.prop_map(Act::Jump),
        8 => any::<u8>().prop_map(Act::Answer),
        1 => Just(Act::Danger),
        1 => Just(Act::Checked),
        1 => Just(Act::Again),
        2 => any::<u8>().prop_map(Act::Press),
    ];
    prop::collection::vec(act, 1..80)
}

/// A plan, with what somebody who looks on knows of it.
struct Watched<'w> {
    text: &'w PlanText,
    change: Change,
    plan: Plan,
    now: Timestamp,
    asked: bool,
    /// Whether the person said "none of these" since the last check-in came.
    clear: bool,
    over: bool,
    /// The furthest that the clock ever was: by then a last day may be over.
    latest: Timestamp,
    /// The check-ins that were said.
    said: BTreeSet<(String, u16)>,
}

impl Watched<'_> {
    fn happen(&mut self, act: Act) {
        let coming = self.plan.reminders();
        let held = self.plan.is_held();
        let outcome = self.take(act);
        self.latest = self.latest.max(self.now);
        let freed = held && !self.plan.is_held() && !matches!(act, Act::Checked);
        assert!(!freed, "no doctor has looked at it: {act:?}");
        if let Some(outcome) = outcome {
            self.holds(&outcome, act);
            self.over |= outcome.over;
            self.loses_nothing(act);
            let new = self.plan.reminders().into_iter().filter(|one| !coming.contains(one));
            new.for_each(|one| self.is_in_its_time(one.due, &one.what, act));
        }
    }

    fn take(&mut self, act: Act) -> Option<Outcome> {
        let (text, now) = (self.text, self.now);
        let mut outcome = match act {
            Act::Next(late) => {
                if self.plan.state != State::Running {
                    return None;
                }
                let next = self.plan.next()?.clone();
                let late = SignedDuration::from_mins(i64::from(late));
                self.now = self.now.max(next.due.checked_add(late).unwrap());
                let outcome = self.comes(&next.step, next.time, act);
                // One that is left out asks nothing, and takes nothing back.
                if !outcome.says.is_empty() {
                    (self.clear, self.asked) = (false, false);
                }
                outcome
            }
            Act::Jump(minutes) => {
                self.now += SignedDuration::from_mins(i64::from(minutes));
                return self.catch_up(act);
            }
            // Now and then the question is answered before the danger signs are.
            Act::Answer(number) if self.asked && number % 4 != 0 => {
                (self.clear, self.asked) = (true, false);
                self.plan.is_clear(text, now)
            }
            Act::Answer(number) => self.plan.pressed(text, &self.answer(number)?, now),
            Act::Danger => {
                self.plan.hold(now);
                return None;
            }
            Act::Checked if self.plan.is_held() => {
                self.plan.doctor_has_looked();
                self.clear = true;
                self.plan.is_clear(text, now)
            }
            Act::Checked => return None,
            Act::Again => {
                self.clear = true;
                self.plan.cramped_again(text, now, now)
            }
            Act::Press(number) => {
                let presses = [
                    Press::Snooze(Snooze::Hour),
                    Press::Snooze(Snooze::Tonight),
                    Press::Snooze(Snooze::Tomorrow),
                    Press::Skip,
                    Press::Pause,
                    Press::Resume,
                    Press::Worse,
                    Press::Zone(ZONES[usize::from(number) % ZONES.len()].to_owned()),
                ];
                self.plan.pressed(text, &presses[usize::from(number) % presses.len()], now)
            }
        };
        if !matches!(act, Act::Next(_)) {
            (self.change)(&mut self.plan, &mut outcome, act, now);
        }
        if outcome.raise.is_some() {
            self.plan.hold(now);
            outcome.says.clear();
        }
        self.asked |= outcome.asks.is_some();
        if outcome.asks == Some(Asks::InFull) {
            self.clear = false;
        }
        Some(outcome)
    }

    /// A check-in comes. None is said twice.
    fn comes(&mut self, step: &str, time: u16, act: Act) -> Outcome {
        let mut outcome = self.plan.due(self.text, step, time, self.now);
        let mine = |one: &&CheckIn| one.step == step && one.time == time;
        let one = self.plan.check_ins.iter().find(mine);
        // The last word before silence is none of it.
        if one.is_some_and(|one| one.progress.was_said()) && !outcome.says.is_empty() {
            let news = self.said.insert((step.to_owned(), time));
            assert!(news, "{step} {time} is said twice");
        }
        (self.change)(&mut self.plan, &mut outcome, act, self.now);
        outcome
    }

    /// All that is due by now comes at once, as after a long sleep: of what is late one at most.
    fn catch_up(&mut self, act: Act) -> Option<Outcome> {
        let mut due = self.plan.reminders();
        due.retain(|one| one.due <= self.now);
        due.sort();
        let (mut last, mut late) = (None, 0);
        for one in due {
            let What::CheckIn(step, time) = &one.what else { continue };
            let outcome = self.comes(step, *time, act);
            if outcome.says.is_empty() {
                continue;
            }
            late += usize::from(self.now.duration_since(one.due) > LATE);
            assert!(late <= 1, "a flood after {:?}", one.what);
            (self.clear, self.asked) = (false, outcome.asks.is_some());
            let over = outcome.over;
            last = Some(outcome);
            if over {
                break;
            }
        }
        last
    }

    /// What comes again and again comes until its last day, and what the rest of the plan hangs on is
    /// not left out for good.
    fn loses_nothing(&self, act: Act) {
        if self.over || self.plan.state != State::Running {
            return;
        }
        let day = self.latest.duration_since(self.plan.cramp).as_hours() / 24;
        for step in &self.text.steps {
            let mine = || self.plan.check_ins.iter().filter(|one| one.step == step.id);
            let comes = mine().any(CheckIn::is_planned);
            let rules = || self.text.steps.iter().flat_map(|step| &step.rules);
            let stops = rules().any(|rule| rule.stop.contains(&step.id));
            if let (When::Often { until, .. }, false, false) = (step.when, step.follows, stops) {
                assert!(comes || day + 16 > i64::from(until), "{} comes no more: {act:?}", step.id);
            }
            let left = |one: &CheckIn| {
                matches!(one.progress, Progress::Skipped(Why::TooLate | Why::Overtaken))
            };
            let left = step.leads_on() && !step.recurs() && mine().next_back().is_some_and(left);
            assert!(!left || comes, "{} is left out for good: {act:?}", step.id);
        }
        let in_order = self.plan.check_ins.is_sorted_by_key(|one| one.due);
        assert!(in_order, "out of order at {act:?}: {:?}", self.plan.check_ins);
    }

    fn answer(&self, number: u8) -> Option<Press> {
        let open = self.plan.open.as_ref()?;
        let step = self.text.step(&open.step)?;
        let name = step.ask.iter().find(|name| !open.answers.contains_key(*name))?;
        let key = match &self.text.questions.get(name)?.answers {
            Answers::Choices(choices) => choices[usize::from(number) % choices.len()].0.clone(),
            Answers::UpTo(most) => (number % (most + 1)).to_string(),
        };
        Some(Press::Answer(step.id.clone(), open.time, name.clone(), key))
    }

    fn holds(&self, outcome: &Outcome, act: Act) {
        let gates = self.text.steps.iter().flat_map(|step| &step.rules).filter(|rule| rule.opens);
        let gates: Vec<&str> = gates.map(|rule| rule.say.as_str()).collect();
        let opens = |saying: &Saying| matches!(saying, Saying::Text(text) if gates.contains(&text.as_str()));
        let opened = outcome.says.iter().any(opens);
        assert!(!opened || self.clear, "a gate opens unchecked at {act:?}: {outcome:?}");
        let by_itself = matches!(act, Act::Next(_) | Act::Jump(_));
        assert!(!opened || !by_itself, "a gate opens by itself: {outcome:?}");
        let coming = self.plan.reminders();
        let comes = coming.iter().any(|one| one.what != What::Forget);
        let running = self.plan.state == State::Running;
        assert!(running || !comes, "a plan that rests says {coming:?}");
        let waits = self.plan.open.is_some() || self.asked || outcome.over;
        assert!(!running || comes || waits, "nothing comes any more after {act:?}");
        let mut times: Vec<_> =
            self.plan.check_ins.iter().map(|one| (&one.step, one.time)).collect();
        let all = times.len();
        times.sort_unstable();
        times.dedup();
        assert_eq!(times.len(), all, "two check-ins of one name");
    }

    /// Nothing new comes before now or before its offset, or in the quiet hours.
    fn is_in_its_time(&self, due: Timestamp, what: &What, act: Act) {
        let What::CheckIn(name, time) = what else { return };
        let Some(step) = self.text.step(name) else { return };
        let clock = self.plan.habits.time_zone().to_datetime(due).time();
        assert!(is_for_bed(step) || !self.plan.habits.quiet.contains(clock), "{name} at {clock}");
        assert!(due >= self.now, "{name} comes before now, at {act:?}");
        if let (When::Day(day, _), 0, false) = (step.when, *time, step.follows) {
            let date = |at| self.plan.habits.time_zone().to_datetime(at).date();
            let days = date(self.plan.cramp).until(date(due)).unwrap().get_days();
            assert!(days >= i32::from(day), "{name} on day {days}, at {act:?}");
        }
        let first = *time == 0 || matches!(act, Act::Again);
        if let (When::After(offset), true, false) = (step.when, first, step.follows) {
            let since = due.duration_since(self.plan.cramp);
            assert!(since >= offset, "{name} {since:?} after the cramp, at {act:?}");
        }
    }
}

fn is_for_bed(step: &StepText) -> bool {
    matches!(step.when, When::Often { at: At::Bedtime, .. } | When::Day(_, At::Bedtime))
}

/// Where a plan begins.
#[derive(Clone, Debug)]
pub(super) struct Begin {
    text: PlanText,
    habits: Habits,
    cramp: Timestamp,
    now: Timestamp,
}

pub(super) fn begins() -> impl Strategy<Value = Begin> {
    let when = (1_760_000_000..1_800_000_000_i64, 0..200_i64);
    let where_ = (0..ZONES.len(), 18..24_i8, 5..11_i8);
    (0..6_usize, any_plan(), when, where_).prop_map(|(which, any, (second, hours_ago), here)| {
        let (zone, from, until) = here;
        let mut plans = RESPONSES.plans.iter().filter(|plan| plan.id != RELIEF);
        let text = plans.nth(which).cloned().unwrap_or(any);
        let now = Timestamp::from_second(second).unwrap();
        let cramp = now - SignedDuration::from_hours(hours_ago);
        let (from, until) = (Time::constant(from, 0, 0, 0), Time::constant(until, 30, 0, 0));
        let quiet = QuietHours { from, until };
        Begin { text, habits: Habits { quiet, ..Habits::usual(ZONES[zone]) }, cramp, now }
    })
}

/// From its beginning on, a plan is watched; it breaks none of its promises, or this panics.
pub(super) fn watch(begin: Begin, acts: Vec<Act>, change: Change) {
    let Begin { text, habits, cramp, now } = begin;
    let to = Address { person: PersonId(1), place: PlaceId(1) };
    let (plan, _) = Plan::begin(&text, habits, to, cramp, now);
    let mut watched = Watched {
        text: &text,
        change,
        plan,
        now,
        asked: false,
        clear: true,
        over: false,
        latest: now,
        said: BTreeSet::new(),
    };
    for one in watched.plan.reminders() {
        watched.is_in_its_time(one.due, &one.what, Act::Again);
    }
    for act in acts {
        watched.happen(act);
        if watched.over {
            break;
        }
    }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn a_plan_keeps_its_promises_whatever_happens(begin in begins(), acts in acts()) {
        watch(begin, acts, |_, _, _, _| {});
    }
}
