//! What a message adds to what is known of a cramp.

use jiff::Timestamp;

use super::Case;
use super::case::is_sign;
use super::onset::{began, minutes_before};
use super::plain::is_kept;
use crate::understanding::{About, Onset, Relevance, Tense, Understanding};
use crate::vocabulary::{Fact, Flag, FlagSet, Setting, Status};

impl Case {
    /// Takes over what a message says, written at `at` by somebody whose clock is that of `zone`. Only
    /// adds: what was affirmed stays affirmed.
    pub fn learn(&mut self, said: &Understanding, at: Timestamp, zone: &str) {
        self.learn_signs(said);
        for fact in said.facts.iter().filter(|fact| is_kept(*fact)) {
            self.facts.insert(fact);
        }
        // "When can I row again?" says nothing of when it came.
        let told = tells_setting(said);
        if self.setting == Setting::Unknown || told && (!said.question || said.is_relevant()) {
            self.setting = joined(self.setting, said.setting);
        }
        self.muscle = said.muscle.filter(|_| tells_cramp(said)).or(self.muscle).or(said.muscle);
        self.who = self.who.narrowed(said.person.who);
        self.age = self.age.or(said.age);
        if self.age.is_some_and(|age| !age.is_minor()) {
            self.unsure.remove(Flag::Child);
        }
        let says = |fact| said.facts.contains(fact);
        let denied = |fact| said.denied_facts.contains(fact);
        if says(Fact::Sore) || says(Fact::Limp) {
            self.sore = Some(true);
        } else if denied(Fact::Sore) && !said.question {
            self.sore = Some(false);
        } else if [Fact::ShortAndPainless, Fact::PlanFine, Fact::AllWell].into_iter().any(says) {
            self.sore = self.sore.or(Some(false));
        }
        self.learn_course(said, at, zone);
    }

    /// The last word on a sign counts, except that nothing said in passing lowers one that was
    /// affirmed.
    fn learn_signs(&mut self, said: &Understanding) {
        let open = said.unsure.union(gone(said)).without(said.raised).without(said.denied);
        let found = said.raised.without(said.guessed);
        let sounds = said.guessed.without(self.flags);
        self.guessed = self.guessed.union(sounds).without(found);
        self.flags = self.flags.union(said.raised);
        self.denied = self.denied.without(said.raised);
        self.unsure = self.unsure.union(open).without(said.denied).without(self.flags);
        let past = self.past.union(gone(said)).union(said.perhaps_old);
        self.past = past.among(self.unsure);
        self.cleared = self.cleared.union(said.denied).without(self.flags).without(self.unsure);
    }

    /// Whether it is cramping now: the last word counts.
    fn learn_course(&mut self, said: &Understanding, at: Timestamp, zone: &str) {
        let says = |fact| said.facts.contains(fact);
        let let_go = says(Fact::Released) || says(Fact::Over);
        let was_on = self.now == Some(true);
        // "25 minutes", of a cramp that is on.
        let lasted = said.minutes.or(said.bare_minutes.filter(|_| was_on));
        let onset = said.onset.filter(|onset| !is_of_habit(said, *onset));
        let told = onset.and_then(|onset| began(onset, at, zone));
        let told = told.or_else(|| minutes_before(at, i64::from(lasted?)));
        // "Lasted 30 seconds" tells of one that is over.
        let says_on = self.is_said_to_be_on(said);
        if let_go || says(Fact::ShortAndPainless) && !says_on {
            self.now = Some(false);
        }
        let not_now = said.denied_facts.contains(Fact::Now) && was_on;
        if says_on {
            self.now = Some(true);
        }
        let earlier = said.onset.is_some_and(|onset| onset.minutes_at_least() >= 60);
        let past = said.tense == Tense::Past;
        // "Yesterday", "every session", of one that sounded as if it were on.
        let elsewhen = past || said.tense == Tense::Elsewhen || not_now;
        let taken_back = was_on && !says_on && elsewhen && !said.question;
        if self.now.is_none() && (earlier || past) || taken_back {
            self.now = Some(false);
        }
        if taken_back || was_on && told.is_some() && said.tense == Tense::Since {
            self.began = None;
        }
        let is_on = self.now == Some(true);
        let anew = is_on && !was_on || self.plan.runs && says(Fact::CrampedAgain);
        self.began = if anew { told.or(Some(at)) } else { self.began.or(told) };
        let long = lasted.is_some_and(|minutes| minutes >= Fact::TOO_LONG);
        let locked = says(Fact::StillLocked) && self.minutes(at) >= Fact::TOO_LONG;
        if is_on && (long || locked) {
            self.raise(Flag::UnrelentingPain);
        }
        // What the question after 10 minutes asks for, told with "still locked" (`compartment-statpearls`).
        let hard = says(Fact::StillLocked) && self.minutes(at) >= Fact::LONGER_THAN_MOST;
        let nerves = [Flag::Numbness, Flag::Weakness].into_iter().any(|sign| self.has(sign));
        if is_on && hard && nerves {
            self.raise(Flag::CompartmentTight);
        }
    }

    /// Whether a message says that it is cramping.
    fn is_said_to_be_on(&self, said: &Understanding) -> bool {
        let says = |fact| said.facts.contains(fact);
        let let_go = says(Fact::Released) || says(Fact::Over);
        // "My arm is cramping", "help me": nothing of a leg that cramps now.
        let known = self.reported || self.advised || self.plan.runs;
        let of_leg = said.is_relevant() || known || says(Fact::SecondCramp);
        // "Just now on my jog, half an hour ago", of one that has let go.
        let again = [Fact::SecondCramp, Fact::CrampedAgain, Fact::UnderWay].into_iter().any(says);
        let earlier = said.onset.is_some_and(|onset| onset.minutes_at_least() >= 10);
        let dated = earlier && !again && said.tense != Tense::Since;
        let over = let_go || self.now == Some(false) && dated;
        of_leg && (says(Fact::StillLocked) || says(Fact::Now) && !over)
    }
}

/// "Cramps every long run since May": since when they come is the time of none of them.
fn is_of_habit(said: &Understanding, onset: Onset) -> bool {
    const LONG: u32 = 28 * 1_440;
    let often = said.facts.contains(Fact::Habit) || said.raised.contains(Flag::Recurrent);
    matches!(onset, Onset::Since(minutes) if often || minutes >= LONG)
}

/// Whether words of a message name a time or place: what only sounds like one adds nothing to what is
/// known.
pub(super) fn tells_setting(said: &Understanding) -> bool {
    said.claims.iter().any(|claim| match claim.about {
        About::Fact(Fact::Exercise | Fact::Nocturnal | Fact::Elsewhere) => claim.status.raises(),
        _ => false,
    })
}

/// Whether a cramp is told by its muscle, and no sign of another place: the last word counts.
fn tells_cramp(said: &Understanding) -> bool {
    let cramp = matches!(said.relevance, Relevance::LegCramp | Relevance::CrampLike);
    cramp && !said.question && said.raised.is_empty() && said.unsure.is_empty()
}

fn joined(known: Setting, said: Setting) -> Setting {
    match (known, said) {
        (Setting::Unknown, said) => said,
        (known, Setting::Unknown | Setting::Other) => known,
        (Setting::Exercise, Setting::Nocturnal) | (Setting::Nocturnal, Setting::Exercise) => {
            Setting::Both
        }
        (Setting::Other, said) => said,
        (known, _) => known,
    }
}

/// Signs that were there and may be over: whether they are still there is to be asked. What lies
/// more than 2 days back is not (`club-rule`).
fn gone(said: &Understanding) -> FlagSet {
    let old = said.onset.is_some_and(|onset| onset.minutes_at_least() > 2 * 1_440);
    let past = said.claims.iter().filter(|claim| claim.status == Status::Past && !old);
    let flags = past.filter_map(|claim| match claim.about {
        About::Flag(flag) => is_sign(flag).then_some(flag),
        About::Fact(_) => None,
    });
    flags.collect()
}
