//! What is told before a plan begins and holds for it: how sore it is, how somebody walks, and when and by which
//! clock it shall come.

use super::super::{Audience, Conversation, Event, Turn, told};
use crate::message::Message;
use crate::plan::{Outcome, Plan, Press, agrees_and_wishes, consent, only_when};
use crate::responses::Responses;
use crate::triage::{Move, Next, Schedule, Stage};
use crate::understanding::Understanding;
use crate::vocabulary::{Card, Fact, Question};

/// Notes what a message tells of it. The turn after one that says when or by which clock a plan shall come
/// that is offered or agreed to, and nothing else: the open question comes once more.
pub(in crate::turn) fn noted(
    responses: &Responses,
    before: &mut Conversation,
    message: &Message,
    said: &mut Understanding,
    to: Audience,
) -> Option<Turn> {
    if to != Audience::Person || before.plan.is_some() {
        return None;
    }
    notes_early(responses, before, message, said);
    if !keeps_wish(responses, before, message, said) {
        return None;
    }
    let mut before = before.clone();
    let (case, stage) = (std::mem::take(&mut before.case), before.stage);
    let mut moves = vec![Move::Show(Card::Noted)];
    if let Stage::Asking(question, about) = stage {
        moves.push(Move::Ask(question, about));
    }
    let next = Next { moves, ..Next::still(case, stage) };
    let event = Event::Said(message.clone());
    Some(told(responses, before, next, &Outcome::default(), &event, Audience::Person))
}

/// What a message tells of soreness and of walking is not asked again when a plan begins.
fn notes_early(
    responses: &Responses,
    before: &mut Conversation,
    message: &Message,
    said: &mut Understanding,
) {
    if said.for_other {
        return;
    }
    let told = Plan::told_early(&responses.talk, &message.text, said);
    if told.get("sore").is_some_and(|number| number != "0") {
        // "No meds, sore 4 out of 10": the "no" is none of the soreness.
        said.facts.insert(Fact::Sore);
        said.denied_facts.remove(Fact::Sore);
    }
    before.told_early.extend(told);
}

/// Whether a message says no more than when or by which clock a plan shall come; that is kept until it begins.
fn keeps_wish(
    responses: &Responses,
    before: &mut Conversation,
    message: &Message,
    said: &Understanding,
) -> bool {
    let open = match before.stage {
        Stage::Asking(Question::PlanOffer, _) => true,
        Stage::Asking(Question::Context, _) => before.case.plan.agreed,
        _ => false,
    };
    let (talk, text) = (&responses.talk, &message.text);
    let agrees = || consent(talk, text).is_some() || agrees_and_wishes(talk, text).is_some();
    let free = open && said.raised.is_empty() && said.unsure.is_empty() && !said.is_relevant();
    if !free || agrees() {
        return false;
    }
    let schedule = before.case.schedule().unwrap_or(Schedule::Full);
    let evening = responses.plan(schedule.plan()).is_some_and(Plan::is_of_evenings);
    let Some(wished) = only_when(talk, text, evening).map(|press| press.id()) else {
        return false;
    };
    let together = before.wish.take().map(|first| format!("{first} {wished}"));
    before.wish = together.filter(|all| Press::read(all).is_some()).or(Some(wished));
    true
}
