//! What sort of thing a reply is, by what it holds.

use super::ReplyKind;
use crate::triage::Move;
use crate::vocabulary::Card;

/// What sort of thing a reply is.
pub(super) fn kind(moves: &[Move], from_timer: bool) -> ReplyKind {
    let is = |wanted: fn(&Move) -> bool| moves.iter().any(wanted);
    if is(|m| matches!(m, Move::Emergency(_) | Move::SameDay(_) | Move::Sent(..))) {
        ReplyKind::Card
    } else if from_timer {
        ReplyKind::Reminder
    } else if is(|m| matches!(m, Move::Sources)) {
        ReplyKind::Sources
    } else if is(|m| matches!(m, Move::Answer(_) | Move::More(_) | Move::FollowUp(..))) {
        ReplyKind::Answer
    } else if is(|m| matches!(m, Move::Advice | Move::Visit | Move::Schedule(_)))
        || is(shows_a_card)
    {
        ReplyKind::Card
    } else if is(|m| matches!(m, Move::Ask(..))) {
        ReplyKind::Question
    } else {
        ReplyKind::Notice
    }
}

/// Whether a step shows a card that helps, and no word of the talk.
pub(super) fn shows_a_card(step: &Move) -> bool {
    let Move::Show(card) = step else { return false };
    !matches!(
        card,
        Card::Noted
            | Card::WhichFits
            | Card::StillHolds
            | Card::NotUnderstood
            | Card::PlanUnclear
            | Card::UnclearAnswer
            | Card::FewerSigns
            | Card::CannotSkip
            | Card::NoMore
            | Card::SignAskedNow
            | Card::SignAskedToday
            | Card::OffTopic
            | Card::Stopped
            | Card::WelcomeBack
            | Card::TellMe
            | Card::StartedOver
            | Card::TakenBack
            | Card::OptedOut
    )
}
