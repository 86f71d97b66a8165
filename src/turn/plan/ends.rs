//! What ends a plan, lets it rest or go on. An end deletes it: what may mean less is none.

use super::words::{Heard, LONGEST, LONGEST_STOP, LONGEST_WISH};
use crate::conversation::Conversation;
use crate::message::{Message, plain_words};
use crate::plan::{
    Paused, Press, State, away_until, is_away, is_farewell, is_half_stop, is_off_today, keeps_some,
    skips_this, tomorrow,
};
use crate::responses::TalkLists;
use crate::triage::Stage;
use crate::understanding::{About, Claim, Understanding};
use crate::vocabulary::{Fact, Talk, Urgency};

/// Who takes leave wants nothing to end: a plan that runs goes on, and where nothing is open there is
/// nothing to stop.
pub(in crate::turn) fn takes_leave(
    talk: &TalkLists,
    before: &Conversation,
    message: &Message,
    said: &mut Understanding,
) {
    let asks = matches!(before.stage, Stage::Asking(..) | Stage::Waiting);
    let sent = matches!(before.stage, Stage::Closed(level) if level >= Urgency::Urgent);
    let stops = said.facts.contains(Fact::Stop) || said.facts.contains(Fact::PlanStop);
    if stops && !sent && (before.plan.is_some() || !asks) && is_farewell(talk, &message.text) {
        said.facts.remove(Fact::Stop);
        said.facts.remove(Fact::PlanStop);
    }
}

impl Heard<'_> {
    /// "Ok, start again", while it rests.
    pub(super) fn goes_on(&self) -> Option<Press> {
        let rests = matches!(self.plan.state, State::Paused(Paused::ByMember | Paused::BySilence))
            || self.plan.rests_for_days(self.message.at) && !self.is_elsewhere();
        let again = self.talk().list(Talk::GoesOn).is_in(&plain_words(&self.message.text));
        let short = self.said.length <= LONGEST_STOP && !self.said.question;
        (rests && again && short && !self.said.is_relevant()).then_some(Press::Resume)
    }

    /// "Don't message me until Friday": no day of the week is left out, but nothing comes before.
    pub(super) fn until(&self) -> Option<Press> {
        let (talk, text, said) = (self.talk(), &self.message.text, self.said);
        let words = plain_words(text);
        let says = |list: Talk| talk.list(list).is_in(&words);
        let ends = words.iter().any(|word| matches!(word.as_str(), "until" | "till" | "til"));
        let refuses = says(Talk::TakesOut) && says(Talk::Reminders);
        let wants = self.says(Fact::PlanPause) || self.says(Fact::PlanStop) || refuses;
        let free = self.is_checking() || !self.is_elsewhere();
        if !ends || !wants || !free || said.length > LONGEST_WISH || said.is_relevant() {
            return None;
        }
        let zone = self.plan.habits.time_zone();
        away_until(text, self.message.at, &zone).map(Press::PauseUntil)
    }

    /// A rest that ends is no stop: "I'm on holiday for a week, can you stop until then?"
    pub(super) fn rest(&self) -> Option<Press> {
        let (talk, text, said) = (self.talk(), &self.message.text, self.said);
        let wants = [Fact::PlanStop, Fact::PlanPause].into_iter().any(|fact| self.says(fact));
        let stops = self.says(Fact::PlanStop) || self.says(Fact::Stop);
        if !(wants || stops && is_away(talk, text))
            || said.length > LONGEST_WISH
            || said.is_relevant()
        {
            return None;
        }
        let zone = self.plan.habits.time_zone();
        let day = away_until(text, self.message.at, &zone).map(Press::PauseUntil);
        // "Leave me alone for a while" is an end of nothing.
        let pauses = self.says(Fact::PlanPause) && !self.says(Fact::PlanStop);
        day.or_else(|| (pauses || is_away(talk, text)).then_some(Press::Pause))
    }

    /// Whether somebody wants no more of a plan, whatever else they wish for in the same breath. A
    /// rest from it is none.
    pub(super) fn stop(&self) -> Option<Press> {
        let said = self.said;
        let next = |claim: &Claim| claim.about == About::Fact(Fact::PlanNext);
        let other = [Fact::PlanResume, Fact::PlanFewer, Fact::PlanFine, Fact::PlanSettings]
            .into_iter()
            .any(|fact| self.says(fact))
            || said.claims.iter().any(next);
        // While it cramps, a bare "stop" is said to the relief.
        let bare = said.length <= LONGEST_STOP
            && self.before.case.now != Some(true)
            && !said.is_relevant()
            && !said.question
            && !said.topics.iter().any(|topic| topic.named);
        let last = said.ends_in_stop && self.before.case.now != Some(true);
        let stop = self.says(Fact::Stop) && (other && said.length <= LONGEST || bare || last);
        let (talk, text) = (self.talk(), &self.message.text);
        let some = keeps_some(talk, text) || is_half_stop(talk, text);
        let of_some = self.says(Fact::PlanLimit) || some;
        let all = (self.says(Fact::PlanStop) || stop) && !of_some;
        (all && said.length <= LONGEST_WISH).then_some(Press::Stop)
    }

    /// Who leaves while a check-in waits is asked when to come back. Who drops something, and perhaps
    /// not the plan, is told how it ends.
    pub(super) fn leaves(&self) -> Option<Press> {
        let (talk, text) = (self.talk(), &self.message.text);
        let free = self.is_checking() || !self.is_elsewhere();
        let routine = self.text.is_some_and(|text| self.plan.is_of_routine(text));
        if !free || self.said.is_relevant() {
            None
        } else if is_farewell(talk, text) {
            self.waits().then_some(Press::Later)
        } else {
            (is_half_stop(talk, text) && !routine).then_some(Press::Times)
        }
    }

    /// "No reminders tonight": nothing until tomorrow.
    pub(super) fn off_today(&self) -> Option<Press> {
        let running = self.plan.state == State::Running;
        let words = plain_words(&self.message.text);
        // "Skip tonight", of what waits.
        let asks = self.said.question && !self.talk().list(Talk::CanYou).is_in(&words);
        let waits = self.waits() && !self.said.is_relevant() && !asks;
        let hears = running && (self.is_checking() || !self.is_elsewhere());
        if hears && waits && skips_this(self.talk(), &self.message.text) {
            return Some(Press::Skip);
        }
        let off = hears && is_off_today(self.talk(), &self.message.text, self.waits());
        let zone = self.plan.habits.time_zone();
        off.then(|| tomorrow(self.message.at, &zone).map(Press::PauseUntil))?
    }
}
