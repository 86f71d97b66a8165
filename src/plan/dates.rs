//! When the steps of a plan come: each by its own rule, in the person's zone, and never in their
//! quiet hours.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

use super::calendar::{self, QuietHours, When as Moment};
use super::{CheckIn, Days, Habits, Plan, Progress};
use crate::responses::PlanText;
use crate::responses::plans::{At, StepText, When};

/// What comes again and again while somebody is awake comes at most so often a day (`club-rule`).
const MOST_A_DAY: usize = 4;
/// A reminder for the night comes so long before bedtime (`club-rule`).
const BEFORE_BED: i64 = 30;
/// From here to there a time that is wished is one of the day (`club-rule`).
const EARLY: Time = Time::constant(4, 0, 0, 0);
const EVENING: Time = Time::constant(18, 0, 0, 0);
/// What must not come before this is said of the morning (`club-rule`).
const AFTERNOON: Time = Time::constant(14, 0, 0, 0);
/// "About 9" lasts so many hours (`club-rule`).
const ABOUT: i64 = 3;
/// So many hours of a day are left for what comes, at least (`club-rule`).
const LEAST_LEFT: i64 = 2;
const A_DAY: SignedDuration = SignedDuration::from_hours(24);
const A_MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// What is put off comes again no sooner than this.
const LEAST_WAIT: SignedDuration = SignedDuration::from_mins(5);

/// When a step comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Dated {
    /// The moment.
    pub(super) at: Timestamp,
    /// Whether it was moved there, out of the quiet hours.
    pub(super) moved: bool,
}

impl Dated {
    /// A moment as it is.
    pub(super) const fn at(at: Timestamp) -> Self {
        Self { at, moved: false }
    }
}

impl Plan {
    /// When a step comes for the first time, counted from the cramp; `None` for one that only an
    /// answer begins.
    pub(super) fn first(&self, step: &StepText) -> Option<Dated> {
        (!step.follows).then(|| self.earliest(step, self.began))
    }

    /// When a step comes at the earliest, if it is begun `now`.
    pub(super) fn earliest(&self, step: &StepText, now: Timestamp) -> Dated {
        let zone = self.habits.time_zone();
        let due = match step.when {
            When::After(length) => {
                let due = calendar::due(Moment::Elapsed(length), self.cramp, &zone);
                self.awake(if step.follows { due.max(now) } else { due })
            }
            When::Day(day, at) => {
                let (day, at) = (i16::try_from(day).unwrap_or(i16::MAX), self.clock(at));
                let due = calendar::due(Moment::Clock { day, at }, self.cramp, &zone);
                // One that an answer begins comes at its next time.
                let late = step.follows && due <= now;
                let due = if late { calendar::next_daily(now, at, &zone) } else { due };
                self.clocked(step, due)
            }
            When::Often { .. } | When::Every(..) => self.recurrence(step, now),
        };
        self.on_their_days(due)
    }

    /// The same, or so many days later that it is one on which something comes.
    fn on_their_days(&self, due: Dated) -> Dated {
        let zone = self.habits.time_zone();
        let shown = zone.to_datetime(due.at);
        let comes = |days: &i64| {
            let day = shown.date().checked_add(Span::new().days(*days));
            day.is_ok_and(|day| self.habits.days.has(day.weekday()))
        };
        match (0..7).find(comes) {
            Some(0) | None => due,
            Some(days) => {
                let day = i16::try_from(days).unwrap_or_default();
                let at = calendar::due(Moment::Clock { day, at: shown.time() }, due.at, &zone);
                Dated { at, ..due }
            }
        }
    }

    /// When a step comes again that was asked for again after so long.
    pub(super) fn again(&self, step: &StepText, after: SignedDuration, now: Timestamp) -> Dated {
        let due = later(now, after);
        let due = match step.when {
            When::Day(_, at) | When::Often { at, .. } => {
                let from = later(now, after - A_DAY);
                let zone = self.habits.time_zone();
                self.clocked(step, calendar::next_daily(from.max(now), self.clock(at), &zone))
            }
            When::After(_) | When::Every(..) => self.awake(due),
        };
        self.on_their_days(due)
    }

    /// When a step comes that comes again and again, after a moment.
    fn recurrence(&self, step: &StepText, last: Timestamp) -> Dated {
        let zone = self.habits.time_zone();
        match step.when {
            When::Often { on: Some(day), at, .. } => {
                // Neither on the first day, when there is nothing to count yet, nor on that of the last.
                let before = self.check_ins.iter().filter(|one| one.step == step.id);
                let before = before.filter(|one| !one.is_planned()).map(|one| one.due).max();
                let last = last.max(later(before.unwrap_or(self.began), A_DAY));
                self.clocked(step, calendar::next_weekly(last, day, self.clock(at), &zone))
            }
            When::Often { on: None, at, .. } => {
                let next = |last| calendar::next_daily(last, self.clock(at), &zone);
                let fewer = self.habits.fewer && self.times(&step.id) > 0;
                self.clocked(step, if fewer { next(next(last)) } else { next(last) })
            }
            When::Every(length, _) => {
                let due = self.awake(later(last, length));
                if self.on_day_of(&step.id, due.at, &zone) < MOST_A_DAY {
                    due
                } else {
                    Dated::at(self.tomorrow(due.at))
                }
            }
            When::After(_) | When::Day(..) => self.earliest(step, last),
        }
    }

    /// Dates the next time of a step that comes again and again, if there is one.
    pub(super) fn recur(&mut self, step: &StepText, last: Timestamp) {
        let (When::Often { until, .. } | When::Every(_, until)) = step.when else { return };
        let due = self.on_their_days(self.recurrence(step, last));
        let end = calendar::due(
            Moment::Clock { day: i16::try_from(until).unwrap_or(i16::MAX), at: Time::MAX },
            self.cramp,
            &self.habits.time_zone(),
        );
        if due.at <= end {
            self.date_once(&step.id, due);
        }
    }

    /// Whether something of a plan comes in the evening, before bed.
    #[must_use]
    pub fn is_of_evenings(text: &PlanText) -> bool {
        text.steps.iter().any(is_for_bedtime)
    }

    /// Adds a check-in.
    pub(super) fn date(&mut self, step: &str, due: Dated) {
        let time = self.times(step);
        let step = step.to_owned();
        let Dated { at: due, moved } = due;
        self.check_ins.push(CheckIn { step, time, due, moved, progress: Progress::Planned });
        self.check_ins.sort_by_key(|one| one.due);
    }

    /// Adds a check-in of a step, unless one is still to come; when it comes.
    pub(super) fn date_once(&mut self, step: &str, due: Dated) -> Dated {
        let comes = self.check_ins.iter().find(|one| one.step == step && one.is_planned());
        if let Some(due) = comes.map(|one| Dated { at: one.due, moved: one.moved }) {
            return due;
        }
        self.date(step, due);
        due
    }

    /// Dates anew what is still to come, since the clock it goes by has changed.
    pub(super) fn redate(&mut self, text: &PlanText, now: Timestamp) {
        for at in 0..self.check_ins.len() {
            let Some(one) = self.check_ins.get(at).filter(|one| one.is_planned()).cloned() else {
                continue;
            };
            let Some(step) = text.step(&one.step) else { continue };
            let due = match step.when {
                When::Often { .. } => self.on_their_days(self.recurrence(step, now)),
                When::After(_) | When::Day(..) if one.time == 0 && !step.follows => {
                    let due = self.earliest(step, self.began);
                    if due.at < now { self.awake(now) } else { due }
                }
                // What is overdue comes now, by the new clock as well.
                When::After(_) | When::Day(..) | When::Every(..) => {
                    self.on_their_days(self.awake(one.due.max(now)))
                }
            };
            if let Some(one) = self.check_ins.get_mut(at) {
                (one.due, one.moved) = (due.at, due.moved);
            }
        }
        self.check_ins.sort_by_key(|one| one.due);
        self.spread(text);
    }

    /// Two check-ins that fall on one minute, since a day between them is left out, come on two days.
    pub(super) fn spread(&mut self, text: &PlanText) {
        if self.habits.days == Days::default() {
            return;
        }
        let asks = |one: &CheckIn| {
            let step = text.step(&one.step);
            one.is_planned() && step.is_some_and(|step| step.check && !step.recurs())
        };
        for at in 1..self.check_ins.len() {
            let pair = self.check_ins.get(at - 1).zip(self.check_ins.get(at));
            let same = pair.filter(|(one, next)| one.due == next.due && asks(one) && asks(next));
            let Some((_, next)) = same else { continue };
            let due = self.on_their_days(self.awake(later(next.due, A_DAY)));
            if let Some(next) = self.check_ins.get_mut(at) {
                (next.due, next.moved) = (due.at, due.moved);
            }
            self.check_ins.sort_by_key(|one| one.due);
        }
    }

    /// Whether a step is still to come twice: what was put off, and its next time.
    pub(super) fn is_put_off_twice(&self) -> bool {
        let planned = || self.check_ins.iter().filter(|one| one.is_planned());
        planned().any(|one| planned().filter(|other| other.step == one.step).nth(1).is_some())
    }

    /// How often a step was dated so far.
    fn times(&self, step: &str) -> u16 {
        let times = self.check_ins.iter().filter(|one| one.step == step).count();
        u16::try_from(times).unwrap_or(u16::MAX)
    }

    fn on_day_of(&self, step: &str, due: Timestamp, zone: &TimeZone) -> usize {
        let day = zone.to_datetime(due).date();
        let there = self.check_ins.iter().filter(|one| one.step == step);
        there.filter(|one| zone.to_datetime(one.due).date() == day).count()
    }

    /// So much later, or the last minute before the quiet hours; `None` where it is too near to them.
    pub(super) fn before_quiet(&self, now: Timestamp, length: SignedDuration) -> Option<Timestamp> {
        let due = later(now, length);
        if !self.awake(due).moved {
            return Some(due);
        }
        let zone = self.habits.time_zone();
        let last = calendar::next_daily(now, self.habits.quiet.from, &zone);
        let last = last.checked_sub(A_MINUTE).ok()?;
        let free = !self.awake(now).moved && last.duration_since(now) >= LEAST_WAIT;
        (free && last <= due).then_some(last)
    }

    /// The end of the next quiet hours.
    pub(super) fn tomorrow(&self, now: Timestamp) -> Timestamp {
        calendar::next_daily(now, self.habits.quiet.until, &self.habits.time_zone())
    }

    /// The same moment, or the end of the quiet hours it is in.
    pub(super) fn awake(&self, at: Timestamp) -> Dated {
        let moved = self.habits.quiet.moved(at, &self.habits.time_zone());
        Dated { at: moved, moved: moved != at }
    }

    /// By the clock: what belongs to bedtime is not quiet.
    fn clocked(&self, step: &StepText, due: Timestamp) -> Dated {
        if is_for_bedtime(step) { Dated::at(due) } else { self.awake(due) }
    }

    /// Whether a step must not be said now, since it is night.
    pub(super) fn must_wait(&self, step: &StepText, now: Timestamp) -> bool {
        !is_for_bedtime(step) && self.awake(now).moved
    }

    fn clock(&self, at: At) -> Time {
        match at {
            At::Clock(time) => time,
            At::Bedtime => before_bed(&self.habits),
        }
    }
}

impl Habits {
    /// Something comes at about this time of the day. Of a time before the evening the hours after it
    /// are quiet as well, so that nothing comes at another; a step comes no sooner by that.
    pub(super) fn remind_at(&mut self, at: Time) {
        self.remind_from(at);
        if (EARLY..EVENING).contains(&at) {
            self.quiet.from = at.wrapping_add(Span::new().hours(ABOUT));
        }
    }

    /// Bedtime is so that they are reminded at this time.
    pub(super) fn remind_before_bed(&mut self, at: Time) {
        self.bedtime = at.wrapping_add(Span::new().minutes(BEFORE_BED));
        self.keep_bedtime();
    }

    /// Nothing comes before this time of the day.
    pub(super) fn remind_from(&mut self, at: Time) {
        let begun = self.quiet.contains(at) && at >= self.quiet.from;
        if begun || at == self.quiet.from {
            self.quiet.from = at.wrapping_add(Span::new().hours(1));
        }
        self.quiet.until = at;
        // An hour that was wished before leaves little of the day behind this one.
        let night = QuietHours::default().from;
        let left = at.wrapping_add(Span::new().hours(LEAST_LEFT));
        if (EARLY..night).contains(&at) && at < self.quiet.from && self.quiet.from < left.min(night)
        {
            self.quiet.from = night;
        }
    }

    /// Whoever wants to be reminded before bed has no quiet hours yet then: they begin at bedtime.
    pub(super) fn keep_bedtime(&mut self) {
        if self.quiet.contains(before_bed(self)) && self.bedtime != self.quiet.until {
            self.quiet.from = self.bedtime;
        }
    }
}

/// When somebody is reminded of what belongs to bedtime.
pub(super) fn before_bed(habits: &Habits) -> Time {
    habits.bedtime.wrapping_sub(Span::new().minutes(BEFORE_BED))
}

/// Whether a time is one of the first half of the day.
pub(super) fn is_of_morning(time: Time) -> bool {
    (EARLY..AFTERNOON).contains(&time)
}

pub(super) const fn is_for_bedtime(step: &StepText) -> bool {
    matches!(step.when, When::Day(_, At::Bedtime) | When::Often { at: At::Bedtime, .. })
}

/// Far outside any plan, the last moment there is.
pub(super) fn later(now: Timestamp, length: SignedDuration) -> Timestamp {
    now.checked_add(length).unwrap_or(Timestamp::MAX)
}
