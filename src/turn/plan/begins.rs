//! A plan begins: with what somebody wished for beside their yes.

use jiff::Timestamp;

use super::super::{Conversation, Event};
use crate::plan::{
    Habits, Outcome, Plan, Press, Saying, Wish, agrees_and_wishes, begins_at, comes_from,
};
use crate::responses::{PlanText, Responses};
use crate::triage::{Next, Schedule};
use crate::vocabulary::{Card, Fact};

/// The plan that fits, with what was wished for beside the yes.
pub(super) fn begin(
    responses: &Responses,
    kept: &mut Conversation,
    next: &Next,
    schedule: Schedule,
    event: &Event,
) -> Outcome {
    let Some(text) = responses.plan(schedule.plan()) else { return Outcome::card(Card::PlanNone) };
    let now = event.at();
    let cramp = next.case.began.unwrap_or(now);
    let said = match event {
        Event::Said(message) => agrees_and_wishes(&responses.talk, &message.text),
        Event::Pressed(_) | Event::Due(_) => None,
    };
    let wish = said.map(|said| Wish::of(&responses.talk, said, text));
    let mut habits = Habits::usual(&responses.zone);
    // What was wished before the yes.
    let before = kept.wish.take().and_then(|id| Press::read(&id));
    if let Some(press) = &before {
        habits = habits.wishing(text, press);
    }
    if let Some(press) = wish.as_ref().and_then(|wish| wish.press.as_ref()) {
        habits = habits.wishing(text, press);
    }
    let (mut plan, mut outcome) = Plan::begin(text, habits, event.address(), cramp, now);
    let step = said.and_then(|said| plan.offered_beside(&responses.talk, text, said));
    let mut beside = step.map_or_else(Vec::new, |step| plan.begins_beside(text, &step, now));
    if let Some(line) = wish.as_ref().and_then(|wish| wish.line) {
        beside.push(Saying::Card(Card::PlanWish, vec![("line", line.to_owned())]));
    }
    let below = outcome.says.split_off(outcome.says.len().min(1));
    outcome.says.extend(beside.into_iter().chain(below));
    if next.case.facts.contains(Fact::Unsteady) && !text.seated.is_empty() {
        let at = outcome.says.iter().position(|one| matches!(one, Saying::Text(_)));
        outcome.says.insert(at.map_or(1, |at| at + 1), Saying::Text(text.seated.clone()));
    }
    let beside = wish.as_ref().and_then(|wish| wish.press.as_ref());
    if let Some(press) = beside.into_iter().chain(&before).find(|press| press.is_of_zone()) {
        knows_zone(&mut plan, text, &mut outcome, press, now);
    }
    let zone = plan.habits.time_zone();
    if let Some((said, day)) = said.and_then(|said| Some((said, comes_from(said, now, &zone)?))) {
        let at = begins_at(&responses.talk, said);
        plan.comes_from(text, (day, at), &mut outcome, now);
    }
    plan.takes_early(text, &std::mem::take(&mut kept.told_early), &mut outcome, now);
    kept.plan = Some(plan);
    outcome
}

/// Whoever names the clock they live by is not asked for it, but where it may be one of several.
fn knows_zone(
    plan: &mut Plan,
    text: &PlanText,
    outcome: &mut Outcome,
    wish: &Press,
    now: Timestamp,
) {
    if !wish.is_of_zone() {
        return;
    }
    (plan.asks_zone, plan.zone_pending) = (false, false);
    outcome.says.retain(|saying| *saying != Saying::Zone);
    if let Some(place) = wish.zone_of_several() {
        let asked = plan.pressed(text, &Press::ZonesOf(place.to_owned()), now);
        outcome.says.extend(asked.says);
    }
}
