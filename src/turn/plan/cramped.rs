//! Another cramp that is told to a plan: when it was, and since when the plan counts from it.

use jiff::{SignedDuration, Timestamp};

use crate::plan::{Outcome, Plan, Press};
use crate::responses::{PlanText, Responses};
use crate::triage::{Case, Next, OnPlan, Timers};
use crate::turn::Event;
use crate::understanding::{Attention, Understanding};
use crate::vocabulary::{Fact, Setting};

/// A cramp that began so long after the one of the plan is another one (`club-rule`).
const ANOTHER: SignedDuration = SignedDuration::from_hours(1);

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

/// Whether a cramp is another one than that of a plan.
pub(super) fn is_another(plan: &Plan, cramp: Timestamp) -> bool {
    cramp.duration_since(plan.cramp) > ANOTHER
}

/// When another cramp was that a message tells of: one that is on, one that came again, or one on a
/// later day than that of the plan.
pub(super) fn another(
    plan: &Plan,
    next: &Next,
    said: &Understanding,
    now: Timestamp,
) -> Option<Timestamp> {
    let again = said.facts.contains(Fact::CrampedAgain) || next.timers == Timers::Start;
    let again = next.case.began.filter(|cramp| again && is_another(plan, *cramp));
    let after = [Fact::Sore, Fact::Limp, Fact::PlanFine].into_iter();
    let is_report = said.is_relevant() && !said.question && !said.for_other;
    if !is_report || after.into_iter().any(|fact| said.facts.contains(fact)) {
        return again;
    }
    // By the day alone, as nobody says the hour: "yesterday" may be the cramp of the plan.
    let mut told = Case { plan: OnPlan { runs: true, ..OnPlan::default() }, ..Case::default() };
    told.learn(said, now, &plan.habits.zone);
    let zone = plan.habits.time_zone();
    let day = |at: Timestamp| zone.to_datetime(at).date();
    let later = |cramp: &Timestamp| day(*cramp) > day(plan.cramp) && is_another(plan, *cramp);
    again.or_else(|| told.began.filter(later))
}
