//! A state of a plan, and what of it makes a difference to what can come of it.

use jiff::{SignedDuration, Timestamp};

use super::plan_answers::{keep_numbers, keep_of_open};
use crate::plan::{CheckIn, Plan, Progress, State};
use crate::responses::PlanText;
use crate::responses::plans::{CRAMPS, Condition, DAY, StepText, When};

/// A Sunday, 0:00. Every state is seen as if it were in the week that begins here.
pub(super) const SUNDAY: Timestamp = Timestamp::constant(1_780_790_400, 0);
const A_DAY: SignedDuration = SignedDuration::from_hours(24);
const A_MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// Check-ins in a row beyond which it makes no difference that nobody answered.
const UNANSWERED: u8 = 2;
/// The same for those that nobody minds missing, without a word.
const MISSED: usize = 7;

/// A state, with what the person was asked last.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Node {
    pub(super) plan: Plan,
    pub(super) now: Timestamp,
    /// Whether the danger signs are asked for.
    pub(super) asks: bool,
    /// Whether the person said that no danger sign is there, since the last check-in came.
    pub(super) clear: bool,
}

impl Node {
    /// The state without what makes no difference any more: which week it is, what was answered and
    /// has had its effect, moments within a day that is over, numbers that no rule looks at.
    pub(super) fn settled(&self, text: &PlanText) -> Self {
        let mut node = self.clone();
        node.plan.began = node.plan.cramp;
        node.move_by(home(text, self.now));
        let now = node.now;
        let plan = &mut node.plan;
        let rests = plan.state != State::Running;
        // Whoever lets a plan go on is heard.
        plan.unanswered = if rests { 0 } else { plan.unanswered.min(UNANSWERED) };
        plan.cramps = plan.cramps.min(most_cramps(text));
        plan.check_ins = kept_check_ins(text, plan, now);
        plan.cramp = kept_cramp(text, plan.cramp, now);
        (plan.run, plan.began, plan.since, plan.heard) = (0, plan.cramp, now, now - A_MINUTE);
        plan.earlier.clear();
        node.clear &= plan.open.is_some();
        node.asks &= !plan.is_held() || plan.seen;
        renumber(plan);
        keep_of_open(text, plan, now);
        keep_numbers(text, plan);
        node
    }

    fn move_by(&mut self, shift: SignedDuration) {
        let plan = &mut self.plan;
        self.now += shift;
        for at in [&mut plan.cramp, &mut plan.began, &mut plan.since, &mut plan.heard] {
            *at += shift;
        }
        for one in &mut plan.check_ins {
            one.due += shift;
            if let Progress::Said(at) | Progress::Answered(at) = &mut one.progress {
                *at += shift;
            }
        }
        if let Some(clear) = plan.open.as_mut().and_then(|open| open.clear.as_mut()) {
            *clear += shift;
        }
    }

    /// Which day it is since the cramp.
    pub(super) fn day(&self) -> i64 {
        day(self.now) - day(self.plan.cramp)
    }
}

/// Which day a moment is on, by the universal clock.
fn day(at: Timestamp) -> i64 {
    at.duration_since(SUNDAY).as_secs().div_euclid(A_DAY.as_secs())
}

fn midnight(day: i64) -> Timestamp {
    SUNDAY + SignedDuration::from_secs(day * A_DAY.as_secs())
}

/// How far a moment is from the week, or the day, that stands for all.
fn home(text: &PlanText, now: Timestamp) -> SignedDuration {
    let weekly = text.steps.iter().any(|step| matches!(step.when, When::Often { on: Some(_), .. }));
    let today = day(now);
    let stands_for = if weekly { today.rem_euclid(7) } else { 0 };
    midnight(stands_for).duration_since(midnight(today))
}

/// Of the cramp the day is left, and of that no more than something counts; the moment only where
/// an answer can begin a step that counts its hours.
fn kept_cramp(text: &PlanText, cramp: Timestamp, now: Timestamp) -> Timestamp {
    let steps = || text.steps.iter();
    let conditions = steps().flat_map(|step| &step.rules).flat_map(|rule| &rule.when);
    let counted = conditions.filter_map(|condition| match condition {
        Condition::AtLeast(name, number) | Condition::AtMost(name, number) if name == DAY => {
            Some(i64::from(*number))
        }
        _ => None,
    });
    let dated = steps().filter_map(|step| match step.when {
        When::Day(day, _) => step.follows.then_some(i64::from(day)),
        When::Often { until, .. } | When::Every(_, until) => Some(i64::from(until)),
        When::After(length) => step.follows.then_some(length.as_hours() / 24 + 1),
    });
    let last = counted.chain(dated).max().unwrap_or_default() + 1;
    let counts_hours = |step: &StepText| step.follows && matches!(step.when, When::After(_));
    let latest = midnight(day(now) - last);
    if cramp > latest && steps().any(counts_hours) {
        return cramp;
    }
    midnight(day(cramp)).max(latest)
}

/// How many cramps a rule tells apart.
fn most_cramps(text: &PlanText) -> u16 {
    let rules = text.steps.iter().flat_map(|step| &step.rules);
    let named = rules.flat_map(|rule| &rule.when).filter_map(|condition| match condition {
        Condition::AtLeast(name, number) | Condition::AtMost(name, number) if name == CRAMPS => {
            Some(number.saturating_add(1))
        }
        _ => None,
    });
    named.max().unwrap_or_default()
}

/// What is to come, the check-in that waits for an answer, and of the rest what is still looked at.
fn kept_check_ins(text: &PlanText, plan: &Plan, now: Timestamp) -> Vec<CheckIn> {
    let keeps = kept(text, plan, now);
    let kept = plan.check_ins.iter().zip(keeps).filter(|(_, keep)| *keep).map(|(one, _)| one);
    let rests = plan.state != State::Running;
    let kept = if rests { without_lost(text, kept, now) } else { kept.collect() };
    let is_missable = |one: &CheckIn| text.step(&one.step).is_some_and(|step| step.missable);
    let is_past = |one: &CheckIn| !one.is_planned() || rests && one.due <= now;
    let mut settled: Vec<CheckIn> = Vec::new();
    let (mut at, mut yesterday) = (now, false);
    for one in kept.into_iter().rev() {
        let mut one = CheckIn { moved: false, ..one.clone() };
        one.progress = match one.progress {
            Progress::Said(at) if at <= plan.heard && is_missable(&one) => {
                Progress::Said(now - A_DAY)
            }
            Progress::Said(_) => Progress::Said(now),
            Progress::Answered(_) => Progress::Answered(now),
            Progress::Planned | Progress::Skipped(_) => one.progress,
        };
        if is_past(&one) && one.due < now {
            yesterday |= recurs_in_hours(text, &one.step) && day(one.due) < day(now);
            at -= A_MINUTE;
            one.due = if yesterday { at - A_DAY } else { at };
        }
        settled.push(one);
    }
    settled.reverse();
    settled.sort_by_key(|one| one.due);
    settled
}

/// Without what fell due while the plan rests and does not come any more when it goes on: all but the
/// last, and what comes again by itself. Of the rest the order makes no difference.
fn without_lost<'c>(
    text: &PlanText,
    kept: impl Iterator<Item = &'c CheckIn>,
    now: Timestamp,
) -> Vec<&'c CheckIn> {
    let step = |one: &CheckIn| text.step(&one.step);
    let is_overdue = |one: &CheckIn| one.is_planned() && one.due <= now;
    let (mut overdue, others): (Vec<_>, Vec<_>) = kept.partition(|one| is_overdue(one));
    let waits = |one: &&CheckIn| step(one).is_none_or(|step| !step.missable);
    let last = overdue.iter().rposition(waits).map(|last| overdue.remove(last));
    overdue.retain(|one| step(one).is_some_and(|step| step.recurs() || step.leads_on()));
    overdue.sort_by(|one, other| one.step.cmp(&other.step));
    let (past, coming): (Vec<_>, Vec<_>) = others.into_iter().partition(|one| one.due <= now);
    [past, overdue, last.into_iter().collect(), coming].concat()
}

/// Which check-ins are looked at, in their order.
fn kept(text: &PlanText, plan: &Plan, now: Timestamp) -> Vec<bool> {
    let all = &plan.check_ins;
    let is_open = |one: &CheckIn| {
        plan.open.as_ref().is_some_and(|open| open.step == one.step && open.time == one.time)
    };
    let mut keeps: Vec<bool> = all
        .iter()
        .map(|one| one.is_planned() || is_open(one) || counts_today(text, one, now))
        .collect();
    for step in text.steps.iter().filter(|step| step.missable) {
        keep_missed(step, all, &mut keeps);
    }
    let is_stage = |one: &CheckIn| {
        let step = text.step(&one.step).is_some_and(|step| step.follows && step.check);
        step && one.due > plan.cramp && !matches!(one.progress, Progress::Skipped(_))
    };
    let stage = all.iter().rposition(is_stage);
    if let Some(keep) = stage.and_then(|at| keeps.get_mut(at)) {
        *keep = true;
    }
    keeps
}

/// The last times in a row that nobody minded missing.
fn keep_missed(step: &StepText, all: &[CheckIn], keeps: &mut [bool]) {
    let mine = |(_, one): &(usize, &CheckIn)| one.step == step.id && !one.is_planned();
    let missed = all.iter().enumerate().rev().filter(mine);
    let missed = missed.take_while(|(_, one)| matches!(one.progress, Progress::Said(_)));
    for (at, _) in missed.take(MISSED) {
        if let Some(keep) = keeps.get_mut(at) {
            *keep = true;
        }
    }
}

/// Whether it counts for how often a step comes on one day.
fn counts_today(text: &PlanText, one: &CheckIn, now: Timestamp) -> bool {
    recurs_in_hours(text, &one.step) && day(one.due) >= day(now)
}

fn recurs_in_hours(text: &PlanText, step: &str) -> bool {
    text.step(step).is_some_and(|step| matches!(step.when, When::Every(..)))
}

/// Each step's times are counted from 0 again.
fn renumber(plan: &mut Plan) {
    let mut times: Vec<(String, u16, u16)> = Vec::new();
    for one in &mut plan.check_ins {
        let count = times.iter().filter(|(step, ..)| *step == one.step).count();
        let time = u16::try_from(count).unwrap_or(u16::MAX);
        times.push((one.step.clone(), one.time, time));
        one.time = time;
    }
    if let Some(open) = &mut plan.open {
        let mine =
            |(step, before, _): &&(String, u16, u16)| *step == open.step && *before == open.time;
        if let Some((.., time)) = times.iter().find(mine) {
            open.time = *time;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::plan::{Asks, Outcome, Press, Saying, Why};
    use crate::proof::plan::{after, starts};
    use crate::proof::plan_act::{PlanAct, PlanTheme, acts, plan_next, themes};
    use crate::responses::plans::RELIEF;
    use crate::responses::{Responses, disk};
    use crate::vocabulary::{Card, FlagId};

    /// Walks of each theme, and how long one is.
    const WALKS: usize = 60;
    const LENGTH: usize = 80;

    fn shipped() -> Responses {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("responses");
        disk::load(&folder).unwrap()
    }

    /// What is said, without the moments and figures in it, and what it leads to.
    type Shape = (Vec<String>, Option<FlagId>, Option<Asks>, Option<Why>, bool);

    fn shape(outcome: &Outcome) -> Shape {
        let figure = |c: char| c.is_ascii_digit() || c == '-';
        let says = outcome.says.iter().map(|saying| match saying {
            Saying::Text(text) => text.split(figure).next().unwrap_or_default().to_owned(),
            // Whether a time was moved is kept for the eye alone.
            Saying::Card(Card::PlanMoved, _) => Card::PlanSnoozed.to_string(),
            Saying::Card(card, _) => card.to_string(),
            Saying::Ask(step, _, question) => format!("{step} {question}"),
            Saying::Timeline(_) => "timeline".to_owned(),
            other => format!("{other:?}"),
        });
        (says.collect(), outcome.raise, outcome.asks, outcome.skipped, outcome.over)
    }

    /// An act without the number of times that a step has come.
    fn bare(act: &PlanAct) -> PlanAct {
        match act {
            PlanAct::Press(Press::Answer(step, _, question, answer)) => {
                PlanAct::Press(Press::Answer(step.clone(), 0, question.clone(), answer.clone()))
            }
            other => other.clone(),
        }
    }

    type Settle<'s> = &'s dyn Fn(&Node) -> Node;

    /// Where a state and what is kept of it go different ways, in long walks at random.
    fn difference(text: &PlanText, theme: PlanTheme<'_>, settle: Settle<'_>) -> Option<String> {
        let mut random = fastrand::Rng::with_seed(7);
        let mut differs = None;
        for _ in 0..WALKS {
            let starts = starts(text);
            let mut node = starts[random.usize(..starts.len())].clone();
            for _ in 0..LENGTH {
                let kept = settle(&node);
                let (wide, short) = (acts(text, theme, &node), acts(text, theme, &kept));
                let all = |acts: &[PlanAct]| acts.iter().map(bare).collect::<Vec<_>>();
                if all(&wide.followed) != all(&short.followed) {
                    return Some(format!("{:?} and {:?}", wide.followed, short.followed));
                }
                let mut ways = Vec::new();
                for (act, same) in wide.followed.iter().zip(&short.followed) {
                    let (next, outcome) = after(text, &plan_next, &node, act);
                    let (other, short) = after(text, &plan_next, &kept, same);
                    if shape(&outcome) != shape(&short) || settle(&next) != settle(&other) {
                        let lines = |node: &Node| format!("{:#?}", settle(node));
                        let (next, other) = (lines(&next), lines(&other));
                        let kept = other.lines().filter(|line| !next.contains(*line));
                        let lost = next.lines().filter(|line| !other.contains(*line));
                        let (kept, lost) = (kept.collect::<Vec<_>>(), lost.collect::<Vec<_>>());
                        differs.get_or_insert_with(|| {
                            format!(
                                "{act:?} {outcome:?}\n{short:?}\n{lost:#?}\n{kept:#?}\n{node:?}"
                            )
                        });
                    }
                    if !outcome.over {
                        ways.push(next);
                    }
                }
                if ways.is_empty() {
                    break;
                }
                node = ways.swap_remove(random.usize(..ways.len()));
            }
        }
        differs
    }

    #[test]
    fn what_is_left_out_of_a_state_of_a_plan_makes_no_difference() {
        let responses = shipped();
        for text in responses.plans.iter().filter(|plan| plan.id != RELIEF) {
            for theme in themes(text) {
                let differs = difference(text, theme, &|node| node.settled(text));
                assert_eq!(differs, None, "{} {theme:?}", text.id);
            }
        }
    }

    type Forget = fn(&mut Node);

    #[test]
    fn what_does_make_a_difference_is_seen() {
        let responses = shipped();
        let full = responses.plan("full").unwrap();
        let forgets: [(&str, Forget); 5] = [
            ("how often nobody answered", |node| node.plan.unanswered = 0),
            ("what is to come", |node| {
                node.plan.check_ins.pop();
            }),
            ("which day it is", |node| node.plan.cramp = midnight(day(node.now))),
            ("the numbers", |node| node.plan.numbers.clear()),
            ("that a doctor has looked", |node| node.plan.seen = false),
        ];
        for (what, forget) in forgets {
            let settle = |node: &Node| {
                let mut settled = node.settled(full);
                forget(&mut settled);
                settled
            };
            let seen =
                themes(full).into_iter().any(|theme| difference(full, theme, &settle).is_some());
            assert!(seen, "{what}");
        }
    }
}
