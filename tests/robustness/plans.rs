//! Whatever somebody answers, wherever they live and whatever the clock does, a plan keeps its
//! promises: nothing before its time, nothing at night, no gate without a clear check.

use charley::message::{Address, PersonId, PlaceId};
use charley::plan::calendar::QuietHours;
use charley::plan::{Asks, Habits, Outcome, Plan, Press, Saying, Snooze, State, What};
use charley::responses::PlanText;
use charley::responses::plans::{Answers, At, RELIEF, StepText, When};
use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::{RESPONSES, cases};

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

/// One thing that happens, chosen by numbers so that it fits wherever the plan is.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// What is due next comes, so many minutes late.
    Next(u32),
    /// An answer to what is open, the danger signs included.
    Answer(u8),
    /// A danger sign.
    Danger,
    /// A doctor has looked at it.
    Checked,
    Again,
    Press(u8),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let late = prop_oneof![4 => Just(0_u32), 1 => 1..30_u32, 1 => 30..10_000_u32];
    let act = prop_oneof![
        6 => late.prop_map(Act::Next),
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
    plan: Plan,
    now: Timestamp,
    asked: bool,
    /// Whether the person said "none of these" since the last check-in came.
    clear: bool,
    over: bool,
}

impl Watched<'_> {
    fn happen(&mut self, act: Act) {
        let coming = self.plan.reminders();
        let held = self.plan.is_held();
        let outcome = self.take(act);
        let freed = held && !self.plan.is_held() && !matches!(act, Act::Checked);
        assert!(!freed, "no doctor has looked at it: {act:?}");
        if let Some(outcome) = outcome {
            self.holds(&outcome, act);
            self.over |= outcome.over;
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
                (self.clear, self.asked) = (false, false);
                self.plan.due(text, &next.step, next.time, self.now)
            }
            Act::Answer(_) if self.asked => {
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
        assert!(!opened || !matches!(act, Act::Next(_)), "a gate opens by itself: {outcome:?}");
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
        if let (When::After(offset), 0, false) = (step.when, time, step.follows) {
            let since = due.duration_since(self.plan.cramp);
            assert!(since >= offset, "{name} {since:?} after the cramp, at {act:?}");
        }
    }
}

fn is_for_bed(step: &StepText) -> bool {
    matches!(step.when, When::Often { at: At::Bedtime, .. } | When::Day(_, At::Bedtime))
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_plan_keeps_its_promises_whatever_happens(
        which in 0..3_usize,
        zone in 0..ZONES.len(),
        second in 1_760_000_000..1_800_000_000_i64,
        hours_ago in 0..200_i64,
        quiet_from in 18..24_i8,
        quiet_until in 5..11_i8,
        acts in acts(),
    ) {
        let plans: Vec<&PlanText> =
            RESPONSES.plans.iter().filter(|plan| plan.id != RELIEF).collect();
        let text = plans[which];
        let now = Timestamp::from_second(second).unwrap();
        let cramp = now - SignedDuration::from_hours(hours_ago);
        let quiet = QuietHours {
            from: Time::constant(quiet_from, 0, 0, 0),
            until: Time::constant(quiet_until, 30, 0, 0),
        };
        let habits = Habits { quiet, ..Habits::usual(ZONES[zone]) };
        let to = Address { person: PersonId(1), place: PlaceId(1) };
        let (plan, _) = Plan::begin(text, habits, to, cramp, now);
        let mut watched =
            Watched { text, plan, now, asked: false, clear: true, over: false };
        let planned = watched.plan.reminders();
        for one in &planned {
            watched.is_in_its_time(one.due, &one.what, Act::Again);
        }
        for act in acts {
            watched.happen(act);
            if watched.over {
                break;
            }
        }
    }
}
