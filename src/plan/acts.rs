//! What somebody does to their plan: look at it, put it off, let it rest, change its hours, end it.

use std::collections::BTreeMap;

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};

use super::answered::says_what_is_first;
use super::course::BELOW_MISSABLE;
use super::dates::{Dated, is_for_bedtime, later};
use super::press::{Press, Snooze};
use super::{
    Asks, CheckIn, Doubt, Open, Outcome, Paused, Plan, Progress, Saying, State, Why, calendar,
};
use crate::responses::PlanText;
use crate::responses::plans::StepText;
use crate::vocabulary::Card;

/// "Tonight" (`club-rule`).
pub(super) const EVENING: Time = Time::constant(19, 0, 0, 0);
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// What belongs to the evening comes again after this (`club-rule`).
const SOON: SignedDuration = SignedDuration::from_mins(20);
const DAY: SignedDuration = SignedDuration::from_hours(24);

impl Plan {
    /// What a press does.
    pub fn pressed(&mut self, text: &PlanText, press: &Press, now: Timestamp) -> Outcome {
        let rests = self.state != State::Running && !self.is_held();
        let wakes = rests && wakes(press);
        if wakes {
            self.go_on_from(text, now);
        }
        let mut outcome = self.took(text, press, now);
        if wakes && self.state == State::Running && !outcome.over {
            outcome.says.insert(0, self.resumed());
        }
        self.or_done(outcome)
    }

    fn took(&mut self, text: &PlanText, press: &Press, now: Timestamp) -> Outcome {
        self.heard = now;
        self.unanswered = 0;
        self.asks_zone = asks_zone(press);
        if self.is_held() && goes_on(press) {
            return if self.seen { self.ask_in_full() } else { Self::held() };
        }
        match press {
            Press::Answer(step, time, question, answer) => {
                self.answered(text, (step, *time), (question, answer), now)
            }
            Press::Open(step, time) => self.show_again(text, step, *time, now),
            Press::Begin(step) => self.begin_offered(text, step, now),
            Press::Status | Press::Start => self.status(text, now),
            Press::Later if self.is_evening(text) => self.snooze(text, Snooze::Soon, now),
            Press::Later => Outcome::say(Saying::AskWhen(&["hour", "tonight", "tomorrow", "skip"])),
            Press::Snooze(snooze) => self.snooze(text, *snooze, now),
            Press::Skip => self.skip_this(text, now),
            Press::Pause => {
                self.rest(Paused::ByMember, now);
                with_buttons(Outcome::card(Card::PlanPaused), &["resume", "stop"])
            }
            Press::PauseUntil(day) => self.rest_until(text, *day, now),
            Press::Resume => self.resume(text, now),
            Press::Stop => Outcome::over(Card::PlanStopped),
            Press::Fine => Outcome::over(Card::PlanDone),
            Press::Worse => {
                self.doubt = self.doubt.or(Some(Doubt::Worse));
                self.ask_in_full()
            }
            Press::Summary => Outcome::say(self.summary(text)),
            Press::Settings => self.settings(text),
            Press::Travels => self.travels(text),
            Press::Zones => Outcome::say(Saying::Zones(self.zones(now))),
            Press::ZonesOf(place) => self.zones_of(text, place, now),
            Press::Fewer(_)
            | Press::Zone(_)
            | Press::Quiet(_)
            | Press::Bedtime(_)
            | Press::At(_)
            | Press::From(_)
            | Press::Days(_)
            | Press::Here
            | Press::Direct => self.change(text, std::slice::from_ref(press), now),
            Press::Changes(answers) if answers.iter().all(Press::is_answer) => {
                self.answered_all(text, answers, now)
            }
            Press::Changes(changes) => self.change(text, changes, now),
            Press::Without(step) => self.without(text, step, now),
            Press::Ask => {
                let outcome = self.ask_open(text, now);
                says_what_is_first(outcome)
            }
            Press::Cramped => self.told_of_cramp(text, Some(now), now),
            Press::Sport => self.aside(text, &text.sport, now),
            Press::Hurts => self.hurts(text, now),
            Press::How => self.aside(text, &text.how, now),
            Press::Seated => self.aside(text, &text.seated, now),
            Press::NotYet => self.not_yet(text, now),
            Press::Times => self.other_times(text),
            Press::About => self.about(text, now),
            Press::Told => self.told(),
            Press::Sore => self.is_sore(),
            // It asks for the danger signs anew, which is the interview's.
            Press::Seen => Outcome::default(),
        }
    }

    /// Whether what was said last belongs to the evening: it can wait for minutes, and no hours.
    fn is_evening(&self, text: &PlanText) -> bool {
        let said = |one: &&CheckIn| matches!(one.progress, Progress::Said(_));
        let last = self.check_ins.iter().rfind(said).and_then(|one| text.step(&one.step));
        last.is_some_and(|step| step.missable && is_for_bedtime(step))
    }

    /// Something is worse: no answer counts before the danger signs were asked for anew.
    pub(super) fn ask_in_full(&mut self) -> Outcome {
        if let Some(open) = &mut self.open {
            open.clear = None;
        }
        Outcome { asks: Some(Asks::InFull), ..Outcome::default() }
    }

    /// A check-in once more, as it was.
    fn show_again(&mut self, text: &PlanText, step: &str, time: u16, now: Timestamp) -> Outcome {
        let mine = |one: &&CheckIn| one.step == step && one.time == time;
        let waits = self.check_ins.iter().find(mine);
        let waits = waits.is_some_and(|one| matches!(one.progress, Progress::Said(_)));
        let Some(step) = text.step(step).filter(|_| waits && self.state == State::Running) else {
            return self.status(text, now);
        };
        if self.doubt.is_some() {
            return self.ask_open(text, now);
        }
        self.open_up(&step.id, time);
        Outcome {
            says: self.shown(step, time, now),
            asks: step.check.then_some(Asks::InShort),
            ..Outcome::default()
        }
    }

    /// What is asked and not answered yet, once more and alone; the plan where nothing is.
    pub(super) fn ask_open(&mut self, text: &PlanText, now: Timestamp) -> Outcome {
        let running = self.state == State::Running;
        let open = self.open.as_ref().filter(|_| running).and_then(|open| text.step(&open.step));
        match open {
            _ if running && self.doubt == Some(Doubt::Sore) => self.is_sore(),
            _ if running && self.doubt.is_some() => self.ask_in_full(),
            Some(step) if step.missable => {
                with_buttons(self.proceed(text, step, now), BELOW_MISSABLE)
            }
            Some(step) => self.proceed(text, step, now),
            // Whoever writes is heard again.
            None if self.state == State::Paused(Paused::BySilence) => self.resume(text, now),
            None => self.status(text, now),
        }
    }

    /// No more of a step that was an offer, in the words of the answer that ends it.
    fn without(&mut self, text: &PlanText, step: &str, now: Timestamp) -> Outcome {
        let Some(step) = text.step(step).filter(|step| step.offer.is_some()) else {
            return self.status(text, now);
        };
        self.stop_steps(std::slice::from_ref(&step.id));
        if self.open.as_ref().is_some_and(|open| open.step == step.id) {
            self.put_away(Why::ByMember);
        }
        let ends = step.rules.iter().find(|rule| rule.stop.contains(&step.id));
        let says = ends.map(|rule| Saying::Text(rule.say.clone()));
        Outcome { says: says.into_iter().collect(), ..Outcome::default() }
    }

    fn begin_offered(&mut self, text: &PlanText, step: &str, now: Timestamp) -> Outcome {
        let Some(step) = text.step(step).filter(|step| step.offer.is_some()) else {
            return self.status(text, now);
        };
        let due = self.begin_step(step, now);
        let label = Saying::Text(format!("**{}**", step.label));
        Outcome { says: vec![label, self.asks_again(due)], ..Outcome::default() }
    }

    /// The same for a step that was wished for with the yes to the plan: what was asked last stays so.
    pub fn begins_beside(&mut self, text: &PlanText, step: &str, now: Timestamp) -> Vec<Saying> {
        self.begin_offered(text, step, now).says
    }

    /// The check-in that waits for an answer comes again later; nothing opens by that.
    fn snooze(&mut self, text: &PlanText, snooze: Snooze, now: Timestamp) -> Outcome {
        let Some(open) = self.put_away(Why::Moved) else { return self.status(text, now) };
        let recurs = text.step(&open.step).is_some_and(StepText::recurs);
        let zone = self.habits.time_zone();
        if snooze == Snooze::Soon && self.before_quiet(now, SOON).is_none() {
            return self.until_next(&open.step);
        }
        let due = match snooze {
            Snooze::Hour => self.awake(later(now, HOUR)),
            Snooze::Minutes(minutes) => {
                self.awake(later(now, SignedDuration::from_mins(i64::from(minutes))))
            }
            Snooze::Soon => Dated::at(self.before_quiet(now, SOON).unwrap_or(now)),
            Snooze::Tonight => {
                let evening = calendar::next_daily(now, EVENING, &zone);
                let is_today = zone.to_datetime(evening).date() == zone.to_datetime(now).date();
                self.awake(if is_today { evening } else { later(now, HOUR) })
            }
            Snooze::Tomorrow => Dated::at(self.tomorrow(now)),
        };
        // What belongs to the evening does not come in the morning.
        if due.moved && text.step(&open.step).is_some_and(is_for_bedtime) {
            return self.until_next(&open.step);
        }
        // What comes again and again comes at its time besides.
        let there = |one: &CheckIn| one.step == open.step && one.is_planned() && one.due == due.at;
        let due = if let (false, Some(step)) = (recurs, text.step(&open.step)) {
            let is_next_day = snooze == Snooze::Tomorrow;
            let other = self.other_on_day(text, step, due.at).filter(|_| is_next_day);
            other.unwrap_or_else(|| self.date_once(&open.step, due))
        } else if self.check_ins.iter().any(there) {
            due
        } else {
            self.date(&open.step, due);
            due
        };
        Outcome::say(self.asks_again(due))
    }

    /// Leaves one out. What could open something is asked again a day later.
    fn skip_this(&mut self, text: &PlanText, now: Timestamp) -> Outcome {
        let Some(open) = self.put_away(Why::ByMember) else { return self.status(text, now) };
        if let Some(step) = text.step(&open.step).filter(|step| step.check && !step.recurs()) {
            let due = self.again(step, DAY, now);
            self.on_its_day(text, step, due);
        }
        let mut outcome = Outcome::card(Card::PlanSkipped);
        outcome.says.push(self.asks_next());
        outcome
    }

    /// Takes the check-in off the table that was said last, if it was not answered; else the one that
    /// waits for an answer.
    pub(super) fn put_away(&mut self, why: Why) -> Option<Open> {
        let last = self.check_ins.iter().filter_map(|one| match one.progress {
            Progress::Said(at) | Progress::Answered(at) => Some((at, one)),
            Progress::Planned | Progress::Skipped(_) => None,
        });
        let last = last.max_by_key(|(at, _)| *at).map(|(_, one)| one);
        let last = last.filter(|one| matches!(one.progress, Progress::Said(_)));
        let open = self.open.take();
        let is_it =
            |open: &Open| last.is_none_or(|one| one.step == open.step && one.time == open.time);
        let open = match (open, last) {
            (Some(open), _) if is_it(&open) => open,
            (other, Some(one)) => {
                self.open = other;
                let (step, time, answers) = (one.step.clone(), one.time, BTreeMap::new());
                Open { step, time, clear: None, untold: false, answers }
            }
            (_, None) => return None,
        };
        let mine = |one: &&mut CheckIn| one.step == open.step && one.time == open.time;
        self.check_ins.iter_mut().find(mine)?.progress = Progress::Skipped(why);
        Some(open)
    }

    fn resume(&mut self, text: &PlanText, now: Timestamp) -> Outcome {
        match self.state {
            State::Paused(Paused::ByDangerSign) => return Self::held(),
            State::Paused(Paused::ByMember | Paused::BySilence) => {
                self.put_back();
                self.go_on_from(text, now);
            }
            // What was put off to a later day comes at its own time again.
            State::Running if !self.is_put_off_twice() => {
                self.revive(text, now);
                self.redate(text, now);
            }
            State::Running => {}
        }
        let asks = self.doubt.map(|_| Asks::InFull);
        Outcome { asks, ..Outcome::say(self.resumed()) }
    }

    /// What is said when it goes on.
    pub(super) fn resumed(&self) -> Saying {
        Saying::Card(Card::PlanResumed, vec![("when", self.when_next())])
    }

    fn status(&self, text: &PlanText, now: Timestamp) -> Outcome {
        let buttons: &[&str] = match self.state {
            State::Running if self.open.is_some() => {
                &["later", "pause", "settings", "summary", "stop"]
            }
            State::Running => &["pause", "fine", "settings", "summary", "stop"],
            State::Paused(_) => &["resume", "settings", "summary", "stop"],
        };
        with_buttons(Outcome::say(Saying::Timeline(self.timeline(text, now))), buttons)
    }
}

/// Whether a press would lead on in the plan. While it rests because of a danger sign, none does.
const fn goes_on(press: &Press) -> bool {
    wakes(press)
        || matches!(press, Press::Later | Press::Pause | Press::PauseUntil(_))
        || matches!(press, Press::Resume | Press::Ask | Press::Cramped)
        || matches!(press, Press::Hurts | Press::NotYet | Press::Told | Press::Sore)
}

/// Whether a press leads to the question which time zone is theirs.
const fn asks_zone(press: &Press) -> bool {
    matches!(press, Press::Zones | Press::ZonesOf(_))
}

/// Whether a press asks for something to come, so that a plan that rests goes on.
const fn wakes(press: &Press) -> bool {
    match press {
        Press::Answer(..) | Press::Open(..) | Press::Begin(_) | Press::Snooze(_) | Press::Skip => {
            true
        }
        Press::Status
        | Press::Start
        | Press::Later
        | Press::Pause
        | Press::PauseUntil(_)
        | Press::Resume
        | Press::Stop
        | Press::Fine
        | Press::Worse
        | Press::Summary
        | Press::Settings
        | Press::Zones
        | Press::ZonesOf(_)
        | Press::Fewer(_)
        | Press::Zone(_)
        | Press::Quiet(_)
        | Press::Bedtime(_)
        | Press::At(_)
        | Press::From(_)
        | Press::Here
        | Press::Direct
        | Press::Changes(_)
        | Press::Without(_)
        | Press::Ask
        | Press::Cramped
        | Press::Sport
        | Press::Hurts
        | Press::How
        | Press::Seated
        | Press::NotYet
        | Press::Times
        | Press::About
        | Press::Told
        | Press::Sore
        | Press::Days(_)
        | Press::Travels
        | Press::Seen => false,
    }
}

pub(super) fn with_buttons(mut outcome: Outcome, buttons: &'static [&'static str]) -> Outcome {
    outcome.says.push(Saying::Buttons(buttons));
    outcome
}
