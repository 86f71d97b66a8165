//! Whoever watches a plan at random sees an engine that is wrong in one respect.

use charley::plan::{CheckIn, Plan, Progress, Saying, Why};
use jiff::SignedDuration;
use proptest::collection::vec;
use proptest::strategy::{Just, Strategy};
use proptest::test_runner::{Config, TestError, TestRunner};

use super::cases;
use super::plans::{Act, Change, acts, begins, watch};

/// The promise that an engine breaks whose every step is changed like this.
fn broken(change: Change) -> String {
    broken_by(acts(), change)
}

/// The same, if nothing but this happens.
fn broken_by(acts: impl Strategy<Value = Vec<Act>>, change: Change) -> String {
    let mut runner = TestRunner::new(Config { max_shrink_iters: 0, ..cases(600) });
    let run = runner.run(&(begins(), acts), |(begin, acts)| {
        watch(begin, acts, change);
        Ok(())
    });
    match run {
        Err(TestError::Fail(reason, _)) => reason.message().to_owned(),
        Err(TestError::Abort(_)) | Ok(()) => String::new(),
    }
}

/// What comes next, as long as nothing else changes it.
fn next_of(plan: &mut Plan) -> Option<&mut CheckIn> {
    plan.check_ins.iter_mut().find(|one| one.is_planned())
}

#[test]
fn a_gate_that_opens_before_the_danger_signs_were_answered_is_seen() {
    let seen = broken(|plan, _, _, now| {
        if let Some(open) = &mut plan.open {
            open.clear = Some(now);
        }
    });
    assert!(seen.contains("a gate opens unchecked"), "{seen}");
}

#[test]
fn a_way_round_the_doctor_is_seen() {
    let seen = broken(|plan, _, act, _| {
        if matches!(act, Act::Press(_)) && plan.is_held() {
            plan.doctor_has_looked();
        }
    });
    assert!(seen.contains("no doctor has looked at it"), "{seen}");
}

#[test]
fn a_check_in_that_comes_twice_is_seen() {
    let seen = broken_by(vec(Just(Act::Next(0)), 5), |plan, _, _, now| {
        for one in &mut plan.check_ins {
            if one.progress == Progress::Said(now) {
                one.progress = Progress::Planned;
            }
        }
    });
    assert!(seen.contains("is said twice"), "{seen}");
    let seen = broken(|plan, _, _, _| {
        let next = next_of(plan).cloned();
        plan.check_ins.extend(next);
    });
    assert!(seen.contains("two check-ins of one name"), "{seen}");
}

/// What comes is moved by so many hours whenever somebody does something.
fn moved(plan: &mut Plan, act: Act, hours: i64) {
    let moves = matches!(act, Act::Press(_) | Act::Answer(_) | Act::Again);
    for one in plan.check_ins.iter_mut().filter(|one| moves && one.is_planned()) {
        one.due += SignedDuration::from_hours(hours);
    }
    plan.check_ins.sort_by_key(|one| one.due);
}

#[test]
fn a_check_in_at_night_or_too_early_is_seen() {
    let seen = broken(|plan, _, act, _| moved(plan, act, 12));
    assert!(seen.contains(" at 0") || seen.contains(" at 2"), "{seen}");
    let seen = broken(|plan, _, act, _| moved(plan, act, -24 * 30));
    assert!(seen.contains("comes before now"), "{seen}");
}

#[test]
fn a_plan_that_comes_to_a_stop_by_itself_is_seen() {
    let seen = broken(|plan, _, _, _| {
        plan.check_ins.retain(|one| !one.is_planned());
        plan.open = None;
    });
    assert!(seen.contains("nothing comes any more"), "{seen}");
    let seen = broken(|plan, _, act, _| {
        if matches!(act, Act::Press(_))
            && let Some(next) = next_of(plan)
        {
            next.progress = Progress::Skipped(Why::Overtaken);
        }
    });
    assert!(seen.contains("is left out for good") || seen.contains("comes no more"), "{seen}");
}

#[test]
fn a_flood_after_a_long_sleep_is_seen() {
    let seen = broken(|_, outcome, act, _| {
        if matches!(act, Act::Jump(_)) && outcome.skipped.take().is_some() {
            outcome.says.push(Saying::Text("You missed this.".to_owned()));
        }
    });
    assert!(seen.contains("a flood after"), "{seen}");
}
