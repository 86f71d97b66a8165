//! What can happen to a plan, and what the engine makes of it.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::plan_state::Node;
use crate::plan::{Asks, CheckIn, Outcome, Plan, Press, Progress, Snooze, State};
use crate::responses::PlanText;
use crate::responses::plans::{Answers, AskText, Condition};

/// The time of a check-in that was said before everything that the walk still knows.
const LONG_AGO: u16 = 999;
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// What can happen to a plan.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PlanAct {
    /// Time goes on to the next check-in, and it comes; of a plan that rests none does.
    Next,
    /// The danger signs that were asked for are not there.
    Clear,
    /// One is there.
    Danger,
    /// A doctor has looked at it.
    Checked,
    /// It cramped again.
    Again,
    /// Anything that can be pressed.
    Press(Press),
}

/// The engine: the real one, or one that a test has broken.
pub type PlanTransition<'t> = &'t dyn Fn(&PlanText, &mut Plan, &PlanAct, Timestamp) -> Outcome;

/// What the engine makes of an act. The interview around it is in short: whoever tells a danger sign
/// is sent to a doctor, and the plan rests.
pub fn plan_next(text: &PlanText, plan: &mut Plan, act: &PlanAct, now: Timestamp) -> Outcome {
    let mut outcome = match act {
        PlanAct::Next => match plan.next().filter(|_| plan.state == State::Running).cloned() {
            Some(next) => plan.due(text, &next.step, next.time, now),
            None => Outcome::default(),
        },
        PlanAct::Clear => plan.is_clear(text, now),
        PlanAct::Danger => {
            plan.hold(now);
            Outcome::default()
        }
        PlanAct::Checked => {
            plan.doctor_has_looked();
            Outcome { asks: Some(Asks::InFull), ..Outcome::default() }
        }
        PlanAct::Again => plan.cramped_again(text, now, now),
        PlanAct::Press(press) => plan.pressed(text, press, now),
    };
    if outcome.raise.is_some() {
        plan.hold(now);
        outcome.says.clear();
    }
    outcome
}

/// What is tried in a state.
pub(super) struct Acts {
    /// What is followed.
    pub(super) followed: Vec<PlanAct>,
    /// What is looked at, and not followed: it leads to nothing that the others do not lead to.
    pub(super) tried: Vec<PlanAct>,
}

/// What may happen in a walk besides that everything is answered in its time. Each walk is of one of
/// these, as often as one likes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PlanTheme<'t> {
    /// Nobody answers.
    Silence,
    /// One step is put off, or answered before the danger signs are.
    PutOff(&'t str),
    /// The plan rests, because of a danger sign or since the person wants it so.
    Rest,
    /// It cramps again.
    Again,
}

/// Every theme of a plan.
pub(super) fn themes(text: &PlanText) -> Vec<PlanTheme<'_>> {
    let steps = text.steps.iter().map(|step| PlanTheme::PutOff(&step.id));
    [PlanTheme::Silence, PlanTheme::Rest, PlanTheme::Again].into_iter().chain(steps).collect()
}

/// Everything that can happen in a state.
pub(super) fn acts(text: &PlanText, theme: PlanTheme<'_>, node: &Node) -> Acts {
    let mut acts = Acts { followed: Vec::new(), tried: Vec::new() };
    for (act, is_of_theme) in all_acts(text, theme, node) {
        let list = if is_of_theme { &mut acts.followed } else { &mut acts.tried };
        list.push(act);
    }
    acts
}

/// Every act, and whether it is one of the theme or of every theme.
fn all_acts(text: &PlanText, theme: PlanTheme<'_>, node: &Node) -> Vec<(PlanAct, bool)> {
    let plan = &node.plan;
    let (running, rest) = (plan.state == State::Running, theme == PlanTheme::Rest);
    let unseen = plan.is_held() && !plan.seen;
    let mut acts = vec![(PlanAct::Danger, rest), (PlanAct::Again, theme == PlanTheme::Again)];
    if plan.next().is_some() {
        let waits = plan.open.is_some() || node.asks;
        let silent = plan.open.as_ref().is_none_or(|open| open.answers.is_empty());
        let comes = running && (!waits || silent && theme == PlanTheme::Silence);
        acts.push((PlanAct::Next, comes || unseen && rest));
    }
    if node.asks || unseen {
        acts.push((PlanAct::Clear, node.asks && !unseen));
    }
    acts.extend(unseen.then_some((PlanAct::Checked, true)));
    let mut press = |press: Press, is_of_theme| acts.push((PlanAct::Press(press), is_of_theme));
    press(Press::Resume, !running && !plan.is_held());
    press(Press::Pause, rest && running);
    press(Press::Worse, rest);
    for (off, is_of_theme) in put_offs(text, theme, plan) {
        press(off, is_of_theme);
    }
    let off = |step: &str| running && theme == PlanTheme::PutOff(step);
    let off = plan.open.as_ref().is_some_and(|open| off(&open.step));
    let in_its_turn = off || is_in_its_turn(text, plan);
    for (answer, lowest) in open_answers(text, plan) {
        let told_apart = !matches!(theme, PlanTheme::Silence | PlanTheme::Rest);
        press(answer, in_its_turn && (told_apart || lowest));
    }
    let others = [Press::Stop, Press::Fine, Press::Status, Press::Summary, Press::Settings];
    others.into_iter().chain(offers(text)).for_each(|other| press(other, false));
    acts
}

/// Ways to put off the open check-in. The next morning stands for every other time.
fn put_offs(text: &PlanText, theme: PlanTheme<'_>, plan: &Plan) -> Vec<(Press, bool)> {
    let open = plan.open.as_ref().filter(|_| plan.state == State::Running);
    let Some(step) = open.and_then(|open| text.step(&open.step)) else {
        return vec![(Press::Skip, false)];
    };
    let off = theme == PlanTheme::PutOff(&step.id);
    vec![
        (Press::Skip, off),
        (Press::Snooze(Snooze::Tomorrow), off),
        (Press::Snooze(Snooze::Tonight), false),
        (Press::Snooze(Snooze::Hour), false),
    ]
}

/// Whether the danger signs were asked for before the questions of the open check-in.
fn is_in_its_turn(text: &PlanText, plan: &Plan) -> bool {
    let Some(open) = &plan.open else { return false };
    let is_clear = open.clear.is_some() || text.step(&open.step).is_some_and(|step| !step.check);
    is_clear && plan.state == State::Running
}

/// Every answer to the open check-in, and of numbers whether it is the lowest.
fn open_answers(text: &PlanText, plan: &Plan) -> Vec<(Press, bool)> {
    let Some(open) = &plan.open else { return Vec::new() };
    let asked = text
        .step(&open.step)
        .and_then(|step| step.ask.iter().find(|name| !open.answers.contains_key(*name)));
    let Some(name) = asked else { return Vec::new() };
    let counts =
        matches!(text.questions.get(name), Some(AskText { answers: Answers::UpTo(_), .. }));
    let answers = answers(text, (&open.step, open.time), name).into_iter().enumerate();
    answers.map(|(at, answer)| (answer, at == 0 || !counts)).collect()
}

/// The state as if each step had been said before and not answered, with an answer to it now.
pub(super) fn old_answers(text: &PlanText, node: &Node) -> Vec<(Node, PlanAct)> {
    let steps = text.steps.iter().filter(|step| step.check);
    let late = steps.filter_map(|step| {
        let answer = answers(text, (&step.id, LONG_AGO), step.ask.first()?).into_iter().next()?;
        let mut node = node.clone();
        let (due, step) = (node.now - A_DAY, step.id.clone());
        let progress = Progress::Said(due);
        let said = CheckIn { step, time: LONG_AGO, due, moved: false, progress };
        node.plan.check_ins.insert(0, said);
        Some((node, PlanAct::Press(answer)))
    });
    late.collect()
}

/// Every answer to a question; of numbers one of each kind that rules tell apart.
fn answers(text: &PlanText, (step, time): (&str, u16), name: &str) -> Vec<Press> {
    let answer = |key| Press::Answer(step.to_owned(), time, name.to_owned(), key);
    match text.questions.get(name).map(|question| &question.answers) {
        Some(Answers::Choices(choices)) => {
            choices.iter().map(|(key, _)| answer(key.clone())).collect()
        }
        Some(Answers::UpTo(most)) => {
            let turns = turns(text, name).into_iter().filter(|number| number <= most);
            turns.map(|number| answer(number.to_string())).collect()
        }
        None => Vec::new(),
    }
}

/// Numbers that rules tell apart: each from which on something is otherwise, and one below.
fn turns(text: &PlanText, question: &str) -> BTreeSet<u8> {
    let rules = text.steps.iter().flat_map(|step| &step.rules);
    let from = rules.flat_map(|rule| &rule.when).filter_map(|condition| match condition {
        Condition::AtLeast(name, number) if name == question => Some(*number),
        Condition::AtMost(name, number) if name == question => Some(number.saturating_add(1)),
        Condition::Is(..)
        | Condition::AtLeast(..)
        | Condition::AtMost(..)
        | Condition::Rising(_)
        | Condition::Falling(_)
        | Condition::AThirdBelow(..) => None,
    });
    let from = from.filter_map(|number| u8::try_from(number).ok());
    from.chain([1]).collect()
}

/// Steps that somebody may ask for themselves.
fn offers(text: &PlanText) -> Vec<Press> {
    let offered = text.steps.iter().filter(|step| step.offer.is_some());
    offered.map(|step| Press::Begin(step.id.clone())).collect()
}

/// An act as a line of a transcript.
pub(super) fn label(act: &PlanAct) -> String {
    match act {
        PlanAct::Next => "(the next check-in)".to_owned(),
        PlanAct::Clear => "[None of these]".to_owned(),
        PlanAct::Danger => "[Yes, or not sure] (and: a danger sign)".to_owned(),
        PlanAct::Checked => "[A doctor has checked it]".to_owned(),
        PlanAct::Again => "> it cramped again".to_owned(),
        PlanAct::Press(press) => format!("[{}]", press.id()),
    }
}
