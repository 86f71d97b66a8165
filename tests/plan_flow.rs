//! A plan is safe in every state, and an engine that is wrong in one respect is seen, with the
//! shortest way to where it goes wrong.
#![allow(clippy::unwrap_used, reason = "what fails has failed the test")]

use charley::plan::{CheckIn, Outcome, Plan, Press, Progress, State};
use charley::proof::{PlanAct, Rule, plan_next, prove_plans};
use charley::responses::PlanText;
use charley::responses::plans::When;
use charley::vocabulary::Card;
use jiff::{SignedDuration, Timestamp};

use crate::store::responses;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// A plan of the shipped files.
fn plan(name: &str) -> PlanText {
    responses().plan(name).unwrap().clone()
}

/// The first two weeks of the night plan.
fn two_weeks() -> PlanText {
    let mut text = plan("night");
    for step in &mut text.steps {
        if let When::Often { until, .. } | When::Day(until, _) = &mut step.when {
            *until = 14;
        }
    }
    text
}

/// The shortest way to break a rule, by an engine whose every step is changed like this.
fn broken(
    rule: Rule,
    text: PlanText,
    change: impl Fn(&PlanText, &mut Plan, &PlanAct, Timestamp) -> Outcome,
) -> Vec<String> {
    let proof = prove_plans(&[text], &change);
    let breach = proof.breaches.into_iter().find(|breach| breach.rule == rule);
    breach.map(|breach| breach.path).unwrap_or_default()
}

fn is_answer(act: &PlanAct) -> bool {
    matches!(act, PlanAct::Press(Press::Answer(..)))
}

#[test]
fn the_plans_that_are_shipped_are_safe_in_every_state() {
    let proof = prove_plans(&responses().plans, &plan_next);
    assert!(proof.breaches.is_empty(), "{proof}");
    // A walk that reaches much less proves nothing.
    assert!(proof.states > 90_000 && proof.steps > 1_500_000, "{proof}");
}

#[test]
fn a_gate_that_opens_before_the_danger_signs_were_answered_is_seen() {
    let path = broken(Rule::GateIsClear, plan("short"), |text, plan, act, now| {
        if let Some(open) = plan.open.as_mut().filter(|_| is_answer(act)) {
            open.clear = Some(now);
        }
        plan_next(text, plan, act, now)
    });
    let way = [
        "(next-day check)",
        "(the next check-in)",
        "[step:day_1:0:sore:1]",
        "[step:day_1:0:walk:yes]",
    ];
    assert_eq!(path, way);
}

#[test]
fn a_danger_sign_that_lets_nothing_rest_is_seen() {
    let path = broken(Rule::RestsInDanger, plan("short"), |text, plan, act, now| {
        if *act == PlanAct::Danger { Outcome::default() } else { plan_next(text, plan, act, now) }
    });
    assert_eq!(path, ["(next-day check)", "[Yes, or not sure] (and: a danger sign)"]);
}

#[test]
fn a_danger_sign_in_an_answer_that_lets_nothing_rest_is_seen() {
    let path = broken(Rule::RestsInDanger, plan("short"), |text, plan, act, now| {
        let before = plan.clone();
        let outcome = plan_next(text, plan, act, now);
        if outcome.raise.is_some() {
            *plan = before;
        }
        outcome
    });
    assert_eq!(path.last().map(String::as_str), Some("[step:day_1:0:walk:cannot]"), "{path:?}");
}

#[test]
fn a_plan_that_goes_on_before_a_doctor_has_looked_is_seen() {
    let path = broken(Rule::RestsInDanger, plan("short"), |text, plan, act, now| {
        if *act == PlanAct::Press(Press::Resume) && plan.is_held() {
            plan.state = State::Running;
        }
        plan_next(text, plan, act, now)
    });
    assert_eq!(
        path,
        ["(next-day check)", "[Yes, or not sure] (and: a danger sign)", "[plan:resume]"]
    );
}

#[test]
fn a_plan_of_which_nothing_comes_any_more_is_seen() {
    let path = broken(Rule::PlanGoesOn, plan("short"), |text, plan, act, now| {
        let outcome = plan_next(text, plan, act, now);
        if plan.cramps > 0 {
            plan.check_ins.retain(|one| !one.is_planned());
        }
        outcome
    });
    assert_eq!(path, ["(next-day check)", "> it cramped again"]);
}

#[test]
fn a_check_in_at_night_is_seen() {
    let path = broken(Rule::InItsTime, plan("short"), |text, plan, act, now| {
        let outcome = plan_next(text, plan, act, now);
        if *act == PlanAct::Press(Press::Skip) {
            for one in plan.check_ins.iter_mut().filter(|one| one.is_planned()) {
                one.due += HOUR * 14;
            }
        }
        outcome
    });
    // One that was agreed on late begins with a check-in that waits.
    assert_eq!(path, ["(next-day check)", "[plan:skip]"]);
}

#[test]
fn a_check_in_before_its_offset_is_seen() {
    let path = broken(Rule::InItsTime, plan("short"), |text, plan, act, now| {
        let outcome = plan_next(text, plan, act, now);
        if *act == PlanAct::Again {
            for one in plan.check_ins.iter_mut().filter(|one| one.is_planned()) {
                one.due -= HOUR;
            }
        }
        outcome
    });
    assert_eq!(path, ["(next-day check)", "> it cramped again"]);
}

#[test]
fn a_reminder_of_every_evening_that_is_lost_is_seen() {
    let path = broken(Rule::NothingIsLost, two_weeks(), |text, plan, act, now| {
        let outcome = plan_next(text, plan, act, now);
        if *act == PlanAct::Press(Press::Resume) {
            plan.check_ins.retain(|one| !(one.is_planned() && one.step == "stretch"));
        }
        outcome
    });
    assert_eq!(path, ["(night plan)", "[plan:resume]"]);
}

#[test]
fn a_step_that_is_dated_twice_is_seen() {
    let path = broken(Rule::ComesOnce, plan("short"), |text, plan, act, now| {
        let outcome = plan_next(text, plan, act, now);
        if *act == PlanAct::Press(Press::Skip) {
            let (step, due) = ("day_1".to_owned(), now + HOUR * 120);
            plan.check_ins.push(CheckIn {
                step,
                time: 77,
                due,
                moved: false,
                progress: Progress::Planned,
            });
        }
        outcome
    });
    assert_eq!(path, ["(next-day check)", "[plan:skip]"]);
}

#[test]
fn a_stop_that_stops_nothing_is_seen() {
    let path = broken(Rule::StopIsStop, plan("short"), |text, plan, act, now| {
        let held = plan.is_held();
        let outcome = plan_next(text, plan, act, now);
        let stop = *act == PlanAct::Press(Press::Stop);
        if stop && held { Outcome::card(Card::PlanHeld) } else { outcome }
    });
    assert_eq!(
        path,
        ["(next-day check)", "[Yes, or not sure] (and: a danger sign)", "[plan:stop]"]
    );
}

#[test]
fn a_plan_that_never_ends_is_seen() {
    let mut text = plan("short");
    for rule in text.steps.iter_mut().flat_map(|step| &mut step.rules).filter(|rule| rule.ends) {
        rule.ends = false;
        rule.again = Some(HOUR * 24);
    }
    let path = broken(Rule::PlanEnds, text, plan_next);
    assert_eq!(path, ["(next-day check)"]);
}

#[test]
fn a_turn_from_which_a_plan_never_ends_is_seen() {
    // Two steps that only begin each other, once the second was begun.
    let mut text = plan("short");
    let first = text.steps[0].clone();
    let mut second = first.clone();
    second.id = "day_2".to_owned();
    second.follows = true;
    for rule in &mut second.rules {
        rule.ends = false;
        rule.again = Some(HOUR * 24);
    }
    let limps = text.steps[0].rules.last_mut().unwrap();
    limps.ends = false;
    limps.begin = vec!["day_2".to_owned()];
    text.steps.push(second);
    let path = broken(Rule::PlanEnds, text, plan_next);
    let way = ["(next-day check)", "[step:day_1:0:sore:1]", "[step:day_1:0:walk:limp]"];
    assert_eq!(path, way);
}
