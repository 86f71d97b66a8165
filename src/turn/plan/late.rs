//! The check of a check-in that is answered hours or days after it was asked for.

use super::consent;
use crate::conversation::Conversation;
use crate::plan::{Paused, Plan, State};
use crate::responses::Responses;
use crate::triage::{self, Case, ForPlan, Input, Stage};
use crate::turn::Event;
use crate::understanding::{Attention, Understanding};
use crate::vocabulary::Question;

/// The check that waits, asked for anew, where a message answers it though hours or days later: what
/// somebody says, they say now.
pub(super) fn answer(
    responses: &Responses,
    before: &Conversation,
    event: &Event,
) -> Option<(Case, Stage, Understanding)> {
    let (Event::Said(message), Some(plan)) = (event, &before.plan) else { return None };
    let talks = matches!(before.stage, Stage::Asking(..) | Stage::Waiting);
    let unclear = plan.open.as_ref().is_some_and(|open| open.clear.is_none());
    if talks || !hears(plan) || !unclear && plan.doubt.is_none() {
        return None;
    }
    let asks = if plan.doubt.is_some() { Input::Worse } else { Input::CheckIn };
    let mut case = before.case.clone();
    case.plan.runs = true;
    let asked = triage::next(responses, case, before.stage, asks, message.at);
    let said = Understanding::of(responses, &message.text, Attention::Addressed);
    let heard = Input::Heard(&said);
    let next = triage::next(responses, asked.case.clone(), asked.stage, heard, message.at);
    (next.plan == Some(ForPlan::IsClear)).then_some((asked.case, asked.stage, said))
}

/// Whether a plan still takes an answer: it runs, or rests because none came.
fn hears(plan: &Plan) -> bool {
    matches!(plan.state, State::Running | State::Paused(Paused::BySilence))
}

/// The same check, where a message says in a few words that all is well with the leg.
pub(super) fn all_well(
    responses: &Responses,
    before: &Conversation,
    event: &Event,
) -> Option<(Case, Stage)> {
    let (Event::Said(message), Some(plan)) = (event, &before.plan) else { return None };
    let talks = matches!(before.stage, Stage::Asking(..) | Stage::Waiting);
    let unclear = plan.open.as_ref().is_some_and(|open| open.clear.is_none());
    if talks || !hears(plan) || !unclear || plan.doubt.is_some() {
        return None;
    }
    let said = Understanding::of(responses, &message.text, Attention::Addressed);
    let text = responses.plan(&plan.name)?;
    let told = !said.raised.is_empty() || !said.unsure.is_empty() || said.question;
    if told || !consent::clears(responses, plan, text, &message.text) {
        return None;
    }
    let mut case = before.case.clone();
    case.plan.runs = true;
    let asked = triage::next(responses, case, before.stage, Input::CheckIn, message.at);
    (asked.stage == Stage::Asking(Question::Rescreen, None)).then_some((asked.case, asked.stage))
}
