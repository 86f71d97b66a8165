//! What time does to a conversation before the next event: a case that lay still is over.

use jiff::SignedDuration;

use super::{Conversation, Event, plan};
use crate::responses::Responses;
use crate::triage::{Case, Choice, Stage};
use crate::understanding::{Attention, Understanding};
use crate::vocabulary::{Fact, FlagSet, Question, Urgency};

/// How long a case stays open without a word; after that a message begins a new one
/// (`club-rule`).
pub(super) const STALE: SignedDuration = SignedDuration::from_hours(12);

/// How long it waits for a plan that was agreed to (`club-rule`).
const AGREED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long a danger sign that was told is asked about again (`club-rule`).
const TOLD_HOLDS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long the answers on danger signs hold once the advice was given (`club-rule`).
pub(super) const CHECK_HOLDS: SignedDuration = SignedDuration::from_mins(30);

/// A case that lay still for hours is over; the next word begins a new one, which asks first for what
/// sent to a doctor. After advice the danger
/// signs are asked for again as soon as some time went by, as things change.
pub(super) fn refreshed(
    responses: &Responses,
    mut conversation: Conversation,
    event: &Event,
) -> Conversation {
    if plan::is_outdated(&conversation) {
        begin_anew(&mut conversation);
    }
    // Where the clock was set back nobody knows how long it was.
    let still = conversation.last.map(|last| event.at().duration_since(last).abs());
    let Some(still) = still.filter(|_| !matches!(event, Event::Due(_))) else {
        return conversation;
    };
    // What the doctor found comes a day later; it begins the check anew by itself.
    if still > STALE && tells_of_doctor(responses, &conversation, event) {
        return conversation;
    }
    // Whoever agreed to a plan is not forgotten over the one question that was left.
    let agreed = conversation.stage == Stage::Asking(Question::Sore, None) && still <= AGREED;
    if still > STALE && !agreed {
        let told = conversation.case.left_behind(responses);
        begin_anew(&mut conversation);
        if still <= TOLD_HOLDS {
            conversation.case = told;
        }
    } else if still > CHECK_HOLDS
        && (agreed || conversation.stage == Stage::Closed(Urgency::SelfCare))
    {
        conversation.case.reopen(responses);
    }
    conversation
}

fn begin_anew(conversation: &mut Conversation) {
    conversation.case = Case::default();
    conversation.stage = Stage::Idle;
    (conversation.topic, conversation.earlier) = (None, None);
    conversation.signs = FlagSet::default();
    conversation.wish = None;
    conversation.number += 1;
}

/// "The GP saw it", "it's gone down now", of what somebody was sent for.
fn tells_how_it_went(said: &Understanding) -> bool {
    let eased = [Fact::Released, Fact::Over, Fact::LooksFine, Fact::AllWell, Fact::Well];
    let eased = eased.into_iter().any(|fact| said.facts.contains(fact));
    said.facts.contains(Fact::DoctorHasSeen) || eased && !said.is_relevant() && !said.question
}

/// "A doctor has checked it", pressed, or told by who was sent to one.
fn tells_of_doctor(responses: &Responses, before: &Conversation, event: &Event) -> bool {
    match event {
        Event::Pressed(press) => Choice::read(responses, &press.choice) == Ok(Choice::Checked),
        Event::Said(message) => {
            let sent = matches!(before.stage, Stage::Closed(level) if level >= Urgency::Urgent);
            let said = || Understanding::of(responses, &message.text, Attention::Addressed);
            sent && message.addressed && tells_how_it_went(&said())
        }
        Event::Due(_) => false,
    }
}
