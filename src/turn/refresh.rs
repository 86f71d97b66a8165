//! What time does to a conversation before the next event: a case that lay still is over.

use jiff::SignedDuration;

use super::{Conversation, Event, Turn, answered, plan, step};
use crate::message::Message;
use crate::plan::consent;
use crate::reply::Audience;
use crate::responses::Responses;
use crate::triage::{Answer, Case, Choice, Input, Stage, circumstances, is_of_interview};
use crate::understanding::{Attention, Understanding};
use crate::vocabulary::{Card, Fact, FlagSet, Question, Urgency};

/// How long a case stays open without a word; after that a message begins a new one
/// (`club-rule`).
pub(super) const STALE: SignedDuration = SignedDuration::from_hours(12);

/// How long it waits for a plan that was agreed to (`club-rule`).
const AGREED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long a danger sign that was told is asked about again (`club-rule`).
const TOLD_HOLDS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long an answer still belongs to the question that was asked (`club-rule`).
const RETURNS: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Longest message, in words, that comes back with an answer and nothing else (`club-rule`).
const AN_ANSWER: usize = 8;

/// How long the answers on danger signs hold once the advice was given (`club-rule`).
pub(super) const CHECK_HOLDS: SignedDuration = SignedDuration::from_mins(30);

/// A case that lay still for hours is over; the next word begins a new one, which asks first for what
/// sent to a doctor. After advice the danger signs are asked for again as soon as some time went by, as
/// things change.
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
    let back = comes_back(responses, &conversation, event);
    if still > STALE && !agreed && back == Back::No {
        let told = conversation.case.left_behind(responses);
        begin_anew(&mut conversation);
        if still <= TOLD_HOLDS {
            conversation.case = told;
        }
    } else {
        let over = agreed || conversation.stage == Stage::Closed(Urgency::SelfCare);
        if back == Back::Answers || still > CHECK_HOLDS && over {
            conversation.case.reopen(responses);
        }
    }
    conversation
}

/// How somebody comes back to a question that lay still for hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Back {
    /// Not at all, or with something else.
    No,
    /// With an answer that holds: it tells of the person, or of danger.
    Answers,
    /// With a "no" to the circumstances.
    Chose(Choice),
    /// With a "no" to danger signs, or a yes to a plan: they are to be asked for anew.
    ToSigns,
}

/// Whether a message answers what was asked hours or days before. A "none" of that time says nothing of
/// the danger signs of now.
pub(super) fn comes_back(responses: &Responses, before: &Conversation, event: &Event) -> Back {
    let (Event::Said(message), Stage::Asking(question, _)) = (event, before.stage) else {
        return Back::No;
    };
    let still = before.last.map(|last| message.at.duration_since(last).abs());
    let lay_still = still.is_some_and(|still| still > STALE && still <= RETURNS);
    let open = before.plan.is_none() && before.case.now != Some(true);
    if lay_still && open && message.addressed {
        answers(responses, question, message)
    } else {
        Back::No
    }
}

fn answers(responses: &Responses, question: Question, message: &Message) -> Back {
    let said = Understanding::of(responses, &message.text, Attention::Addressed);
    let says = |facts: &[Fact]| facts.iter().any(|fact| said.facts.contains(*fact));
    let told = said.raised.union(said.unsure);
    if said.question || said.is_relevant() || said.length > AN_ANSWER {
        return Back::No;
    }
    let denies = says(&[Fact::No, Fact::NoneOfThese, Fact::ShortNo, Fact::ShortNone]);
    let affirms = says(&[Fact::Yes, Fact::SomeOfThese, Fact::FirstList, Fact::SecondList]);
    let of_person = !told.is_empty() && told.without(circumstances()).is_empty();
    if question == Question::PlanOffer {
        let agrees = told.is_empty() && consent(&responses.talk, &message.text) == Some(true);
        return if agrees { Back::ToSigns } else { Back::No };
    }
    match question {
        Question::Context if of_person => Back::Answers,
        _ if !told.is_empty() || !is_of_interview(question) => Back::No,
        Question::Context if denies => {
            Back::Chose(Choice::Answer(Question::Context, Answer::None, None))
        }
        _ if affirms && !denies => Back::Answers,
        _ if denies => Back::ToSigns,
        _ => Back::No,
    }
}

/// What an event does, be it the answer of who comes back.
pub(super) fn gone_on(
    responses: &Responses,
    mut before: Conversation,
    back: Back,
    event: &Event,
) -> Turn {
    let mut turn = match back {
        Back::No | Back::Answers => answered(responses, before, event),
        Back::Chose(choice) => {
            before.case.reopen(responses);
            step(responses, before, Input::Chose(choice), event, Audience::Person)
        }
        Back::ToSigns => {
            before.case.plan.wished |=
                matches!(before.stage, Stage::Asking(Question::PlanOffer, _));
            step(responses, before, Input::Worse, event, Audience::Person)
        }
    };
    if back != Back::No {
        welcome(responses, &mut turn);
    }
    turn
}

/// A word of welcome before the lists that are shown once more.
fn welcome(responses: &Responses, turn: &mut Turn) {
    let lists = matches!(turn.next.stage, Stage::Asking(Question::Check | Question::Rest, _));
    if let Some(reply) = turn.replies.first_mut().filter(|_| lists) {
        let welcome = &responses.card(Card::WelcomeBack).text;
        reply.text = format!("{welcome}\n\n{}", reply.text);
    }
}

fn begin_anew(conversation: &mut Conversation) {
    conversation.case = Case::default();
    conversation.stage = Stage::Idle;
    (conversation.topic, conversation.earlier) = (None, None);
    conversation.signs = FlagSet::default();
    conversation.wish = None;
    conversation.told_early.clear();
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
