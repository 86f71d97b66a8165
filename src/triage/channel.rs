//! What was said to a channel, and not to us: help in private, and how to be left alone.

use super::{Answer, Case, Flow, Move, Quiet, Stage, Timers};
use crate::vocabulary::Card;

impl Flow<'_> {
    /// A choice below what was said to a channel.
    pub(super) fn answered_in_channel(&mut self, answer: Answer) {
        match answer {
            Answer::NotMe => self.leave_alone(Quiet::Here, Card::TakenBack),
            Answer::Never => self.leave_alone(Quiet::Always, Card::OptedOut),
            _ => self.begin_in_private(),
        }
    }

    /// All that the channel was not told: the open question, the advice, or what to tell. A cramp
    /// that is on is looked after from now on.
    fn begin_in_private(&mut self) {
        if self.case.now == Some(true) {
            self.timers = Timers::Start;
        }
        if self.is_sent_to_doctor() {
            self.send_again();
        } else if matches!(self.stage, Stage::Asking(..)) {
            self.repeat_question();
        } else if self.case.reported {
            self.go_on();
        } else {
            self.say(Move::Show(Card::TellMe));
        }
    }

    fn leave_alone(&mut self, quiet: Quiet, card: Card) {
        self.case = Case::default();
        self.stage = Stage::Idle;
        self.timers = Timers::Cancel;
        self.quiet = Some(quiet);
        self.say(Move::Show(card));
    }
}
