//! What a bystander would object to in a plan. Each rule looks at one step of it.

use super::plan_act::PlanAct;
use super::plan_state::Node;
use super::rules::Rule;
use crate::plan::{Outcome, Press, Reminder, Saying, State, What};
use crate::responses::PlanText;
use crate::responses::plans::{At, StepText, When};

/// One step of a plan, as a bystander sees it.
pub(super) struct PlanTaken<'t> {
    pub(super) text: &'t PlanText,
    pub(super) before: &'t Node,
    pub(super) act: &'t PlanAct,
    pub(super) outcome: &'t Outcome,
    pub(super) node: &'t Node,
}

impl PlanTaken<'_> {
    /// The rules that the step breaks.
    pub(super) fn broken(&self) -> Vec<Rule> {
        let rules = [
            (Rule::GateIsClear, self.opens_unchecked()),
            (Rule::RestsInDanger, self.goes_on_in_danger()),
            (Rule::PlanGoesOn, self.is_idle()),
            (Rule::InItsTime, self.is_untimely()),
            (Rule::NothingIsLost, self.loses()),
            (Rule::ComesOnce, self.comes_twice()),
            (Rule::StopIsStop, self.does_not_stop()),
        ];
        rules.into_iter().filter(|(_, broken)| *broken).map(|(rule, _)| rule).collect()
    }

    fn coming(&self) -> Vec<Reminder> {
        let all = self.node.plan.reminders().into_iter();
        all.filter(|one| one.what != What::Forget).collect()
    }

    fn goes_on(&self) -> bool {
        !self.outcome.over && self.node.plan.state == State::Running
    }

    /// What opens a gate is said without a clear check since the check-in came, or while the plan
    /// rests.
    fn opens_unchecked(&self) -> bool {
        let rules = || self.text.steps.iter().flat_map(|step| &step.rules);
        let is_gate = |text: &str| rules().any(|rule| rule.opens && rule.say == text);
        let opens =
            self.outcome.says.iter().any(|one| matches!(one, Saying::Text(text) if is_gate(text)));
        opens && !(self.node.clear && self.node.plan.state == State::Running)
    }

    /// A danger sign that lets nothing rest, and a plan that goes on though no doctor has looked.
    fn goes_on_in_danger(&self) -> bool {
        let told = *self.act == PlanAct::Danger || self.outcome.raise.is_some();
        let held = self.node.plan.is_held();
        let freed = self.before.plan.is_held() && !held && !self.outcome.over;
        let looked = self.before.plan.seen && matches!(self.act, PlanAct::Clear | PlanAct::Again);
        told && !held || held && !self.coming().is_empty() || freed && !looked
    }

    fn is_idle(&self) -> bool {
        let waits = self.node.plan.open.is_some() || self.node.asks;
        self.goes_on() && self.coming().is_empty() && !waits
    }

    /// Something new comes before now, before its offset from the cramp, or at night.
    fn is_untimely(&self) -> bool {
        let known = self.before.plan.reminders();
        let new = self.coming().into_iter().filter(|one| !known.contains(one));
        !self.outcome.over
            && new.into_iter().any(|one| self.comes_early(&one) || self.is_at_night(&one))
    }

    fn comes_early(&self, one: &Reminder) -> bool {
        let What::CheckIn(step, _) = &one.what else { return false };
        let after = match self.text.step(step).map(|step| (step.when, step.follows)) {
            Some((When::After(length), false)) => Some(length),
            Some(_) | None => None,
        };
        let begins = *self.act == PlanAct::Again;
        let cramp = self.node.plan.cramp;
        let short = |length| one.due.duration_since(cramp) < length;
        one.due < self.before.now || begins && after.is_some_and(short)
    }

    fn is_at_night(&self, one: &Reminder) -> bool {
        let What::CheckIn(step, _) = &one.what else { return false };
        let for_bed = |step: &StepText| {
            matches!(step.when, When::Often { at: At::Bedtime, .. } | When::Day(_, At::Bedtime))
        };
        let habits = &self.node.plan.habits;
        let clock = habits.time_zone().to_datetime(one.due).time();
        habits.quiet.contains(clock) && !self.text.step(step).is_some_and(for_bed)
    }

    /// What comes again and again comes no more, or what leads on is left out for good.
    fn loses(&self) -> bool {
        let planned = |step: &str| {
            self.node.plan.check_ins.iter().any(|one| one.step == step && one.is_planned())
        };
        let day = self.node.day();
        let ended = |step: &StepText| match step.when {
            When::Often { until, .. } => day + 8 > i64::from(until),
            When::After(_) | When::Day(..) | When::Every(..) => true,
        };
        let lost = |step: &&StepText| !step.follows && !ended(step) && !planned(&step.id);
        self.goes_on() && self.text.steps.iter().any(|step| lost(&step))
    }

    /// A step is dated twice.
    fn comes_twice(&self) -> bool {
        let planned = self.node.plan.check_ins.iter().filter(|one| one.is_planned());
        let recurs = |step: &str| self.text.step(step).is_some_and(StepText::recurs);
        // One that comes again and again may have been put off besides.
        let mut dated: Vec<_> = planned
            .map(|one| (one.step.as_str(), Some(one.due).filter(|_| recurs(&one.step))))
            .collect();
        let all = dated.len();
        dated.sort_unstable();
        dated.dedup();
        dated.len() < all
    }

    fn does_not_stop(&self) -> bool {
        matches!(self.act, PlanAct::Press(Press::Stop | Press::Fine)) && !self.outcome.over
    }
}
