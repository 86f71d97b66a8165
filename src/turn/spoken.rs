//! What was spoken of before a message, which it may lean on.

use crate::conversation::Conversation;
use crate::responses::Responses;
use crate::triage::{Move, Stage};
use crate::understanding::Before;
use crate::vocabulary::{Flag, Question, Setting, Urgency};

/// What a message may lean on.
pub(super) fn before(responses: &Responses, kept: &Conversation) -> Before {
    Before {
        topic: kept.topic.as_deref().and_then(|name| responses.topic_id(name)),
        earlier: kept.earlier.as_deref().and_then(|name| responses.topic_id(name)),
        advice: advice(kept).and_then(|name| responses.topic_id(name)),
        signs: kept.signs,
        asked: matches!(kept.stage, Stage::Asking(Question::WhatIf, _)),
    }
}

/// The topic that a question after the advice is about.
fn advice(kept: &Conversation) -> Option<&'static str> {
    let advised = match kept.stage {
        Stage::Asking(Question::PlanOffer, _) => true,
        Stage::Closed(level) => level < Urgency::Urgent && kept.case.reported,
        Stage::Idle | Stage::Asking(..) | Stage::Waiting => false,
    };
    (advised && kept.plan.is_none()).then_some(if kept.case.setting == Setting::Nocturnal {
        "nocturnal_info"
    } else if kept.case.has(Flag::Medication) {
        "medicines_that_cramp"
    } else {
        "recovery"
    })
}

/// The topic that a question may lean on after this: the one that was answered, until the interview
/// goes on.
pub(super) fn topic(
    responses: &Responses,
    moves: &[Move],
    before: Option<String>,
) -> Option<String> {
    let answered = moves.iter().find_map(|step| match step {
        Move::Answer(topic) | Move::More(topic) | Move::FollowUp(topic, _) => Some(*topic),
        _ => None,
    });
    match answered.and_then(|topic| responses.topic(topic)) {
        Some(topic) if !topic.chat => Some(topic.id.clone()),
        None if moves.iter().any(goes_on) => None,
        Some(_) | None => before,
    }
}

/// Whether a step goes on with the interview, so that nothing leans on an answer before it.
const fn goes_on(step: &Move) -> bool {
    match step {
        // "Is any of this happening to you now?" belongs to the answer: "mine is" points back at it.
        Move::Ask(Question::WhatIf, _) => false,
        Move::Ask(..)
        | Move::Advice
        | Move::Visit
        | Move::Schedule(_)
        | Move::Emergency(_)
        | Move::SameDay(_)
        | Move::Sent(..) => true,
        Move::Show(_)
        | Move::Answer(_)
        | Move::More(_)
        | Move::FollowUp(..)
        | Move::Sources
        | Move::SafetyNet => false,
    }
}
