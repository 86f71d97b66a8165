//! Another cramp that is told to a plan: since when the plan counts from it.

use crate::plan::{Outcome, Plan, Press};
use crate::responses::{PlanText, Responses};
use crate::triage::Case;
use crate::turn::Event;
use crate::understanding::{Attention, Understanding};
use crate::vocabulary::Setting;

/// What a plan makes of it: of "last night" it counts from then, and from one in bed not at all, where
/// it began with sport.
pub(super) fn told(
    responses: &Responses,
    plan: &mut Plan,
    text: &PlanText,
    event: &Event,
) -> Outcome {
    let now = event.at();
    let Event::Said(message) = event else { return plan.pressed(text, &Press::Cramped, now) };
    let said = Understanding::of(responses, &message.text, Attention::Addressed);
    let mut case = Case::default();
    case.learn(&said, now, &plan.habits.zone);
    let in_bed = !text.is_of_habits() && case.setting == Setting::Nocturnal;
    let cramp = case.began.unwrap_or(now).max(plan.cramp);
    plan.told_of_cramp(text, Some(cramp).filter(|_| !in_bed), now)
}
