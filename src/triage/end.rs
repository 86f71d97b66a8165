//! The ends that a person puts to a conversation: a stop, and a new beginning.

use super::plain::tells_nothing;
use super::{Case, Flow, ForPlan, Move, Stage, Timers};
use crate::understanding::Understanding;
use crate::vocabulary::{Card, Fact, Urgency};

/// Longest message, in words, that is taken as a wish to stop.
const BARE_STOP: usize = 6;

impl Flow<'_> {
    pub(super) fn stop(&mut self) {
        self.plan = Some(ForPlan::Stops);
        // Whoever was sent to a doctor hears that once more, also below the question that could take
        // it back.
        let level = match self.stage {
            Stage::Closed(level) => level,
            _ => self.case.level(self.responses),
        };
        let sent = level >= Urgency::Urgent;
        self.say(if sent {
            Move::Sent(Some(Fact::Stop), level)
        } else {
            Move::Show(Card::Stopped)
        });
        self.case = Case::default();
        self.stage = Stage::Idle;
        self.timers = Timers::Cancel;
    }

    /// A new case begins. What sends to a doctor goes before this.
    pub(super) fn start_over(&mut self) {
        let plan = self.case.plan;
        self.case = Case { plan, ..Case::default() };
        self.stage = Stage::Idle;
        self.timers = Timers::Cancel;
        self.say(Move::Show(Card::StartedOver));
    }

    pub(super) fn is_stop(&self, said: &Understanding) -> bool {
        let signs = !said.raised.is_empty() || !said.unsure.is_empty();
        let asks = said.is_relevant() || self.asks_topic(said);
        let wants = said.facts.contains(Fact::Stop) && !said.question;
        let bare = said.length <= BARE_STOP && !asks;
        let last = said.ends_in_stop && self.case.now != Some(true);
        wants && (bare || last) && !signs
    }
}

/// Whether a message asks to begin anew, and tells nothing.
pub(super) fn is_start_over(said: &Understanding) -> bool {
    let wants = said.facts.contains(Fact::StartOver) && !said.question;
    wants && said.length <= BARE_STOP && tells_nothing(said)
}
