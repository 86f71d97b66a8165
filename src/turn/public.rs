//! What is said in front of others by somebody who told us something where nobody else reads it: it is
//! answered as if nothing were known, so that the answer tells others nothing. It counts for the case
//! nevertheless, and help in private goes on from there.

use super::{Conversation, Event, Message, Responses, Turn, plan, step};
use crate::reply::Audience;
use crate::triage::Input;
use crate::understanding::Understanding;
use crate::vocabulary::Urgency;

/// Answers for all to read; whoever only spoke to us is offered to go on in private.
pub(super) fn said(
    responses: &Responses,
    before: Conversation,
    message: &Message,
    understanding: &Understanding,
    wanted: bool,
) -> Turn {
    let event = Event::Said(message.clone());
    // What is to become of the reminders is no part of the case.
    if let Some(act) = plan::act(responses, &before, message, understanding, Audience::Person) {
        return plan::pressed(responses, before, &act, &event);
    }
    // That there is a case is no secret, and in a case a sign counts without a word of a leg.
    let pressing = |flag| responses.urgency(flag) >= Urgency::Urgent;
    let raises = message.addressed && understanding.raised.iter().any(pressing);
    let to = if wanted || raises { Audience::Channel } else { Audience::Passers };
    let known = || {
        let mut others = before.for_others();
        others.case.reported = raises;
        others
    };
    let told = |others| step(responses, others, Input::Heard(understanding), &event, to);
    let mut shown = told(known());
    if message.addressed && shown.replies.is_empty() {
        shown = told(known().untold());
    }
    let own = step(responses, before, Input::Heard(understanding), &event, to);
    Turn { next: own.next.as_told(shown.next), replies: shown.replies, ..own }
}
