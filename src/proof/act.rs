//! What can come in at a state: messages, choices, timers, and time going by.

use super::message::Spoken;
use super::theme::Theme;
use super::walk::Node;
use crate::responses::{Responses, TopicId, fixed};
use crate::triage::{Answer, Choice, Stage, is_danger, is_open};
use crate::vocabulary::{FlagSet, Question, Timer, Urgency};

/// One thing that comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Act {
    /// A message of the theme, by its place.
    Say(usize),
    /// A press.
    Press(Choice),
    /// The next timer.
    Due(Timer),
    /// A check-in of the plan.
    CheckIn,
    /// "I'm worse", as somebody on a plan says.
    Worse,
    /// So much time after the advice that the danger signs are open again.
    Later,
}

/// Minutes from the timer before, or from the beginning.
pub(super) const fn minutes(step: Timer) -> u8 {
    match step {
        Timer::LetGo3 => 3,
        Timer::LetGo10 => 7,
        Timer::LetGo15 => 5,
    }
}

/// The timer after one.
pub(super) const fn after(step: Timer) -> Option<Timer> {
    match step {
        Timer::LetGo3 => Some(Timer::LetGo10),
        Timer::LetGo10 => Some(Timer::LetGo15),
        Timer::LetGo15 => None,
    }
}

/// Everything that can come in at a state.
pub(super) fn acts(
    responses: &Responses,
    theme: Theme,
    node: &Node,
    spoken: &[Spoken],
) -> Vec<Act> {
    let taken = |at: &usize| match (spoken.get(*at), node.stage) {
        (Some(spoken), _) if theme.leaves(spoken, &node.case) => false,
        (Some(spoken), Stage::Asking(question, _)) if spoken.is_bare => {
            spoken.talk.answer().is_none_or(|answer| theme.takes(question, answer))
        }
        _ => true,
    };
    let mut acts: Vec<Act> = (0..spoken.len()).filter(taken).map(Act::Say).collect();
    acts.extend(presses(responses, theme, node).into_iter().map(Act::Press));
    acts.extend(node.timer.map(Act::Due));
    if theme.is_on_plan() {
        acts.extend([Act::CheckIn, Act::Worse]);
    }
    if theme.has_later() && node.stage == Stage::Closed(Urgency::SelfCare) {
        acts.push(Act::Later);
    }
    acts
}

/// The choices that count at a state, as far as they belong to the theme: those that stand open, and
/// of an earlier check those that tell of danger.
fn presses(responses: &Responses, theme: Theme, node: &Node) -> Vec<Choice> {
    let mut presses = vec![Choice::Sources, Choice::Topic(TopicId(0)), Choice::More(TopicId(0))];
    let mut questions =
        vec![(Question::Check, None), (Question::LetGo3, None), (Question::LetGo10, None)];
    if let Stage::Asking(question, about) = node.stage {
        questions.retain(|(known, _)| *known != question);
        questions.push((question, about));
    }
    for (question, about) in questions {
        let labels = &responses.question(question).choices;
        let answers = labels.keys().filter_map(|key| key.parse::<Answer>().ok());
        let answers = answers.filter(|answer| theme.takes(question, *answer));
        presses.extend(answers.map(|answer| Choice::Answer(question, answer, about)));
    }
    let signs = theme.signs(responses).into_iter().map(FlagSet::only);
    presses.extend(signs.map(Choice::Signs));
    presses.push(Choice::Checked);
    let counts_late = |choice: Choice| match choice {
        Choice::Answer(Question::Check | Question::Rest, ..) => is_danger(choice),
        _ => false,
    };
    presses.retain(|choice| is_open(&node.case, node.stage, *choice) || counts_late(*choice));
    presses
}

/// How an act reads in a transcript.
pub(super) fn label(responses: &Responses, act: Act, spoken: &[Spoken]) -> String {
    match act {
        Act::Say(at) => spoken.get(at).map_or_else(String::new, |said| format!("> {}", said.label)),
        Act::Press(choice) => format!("[{}]", choice_label(responses, choice)),
        Act::Due(step) => format!("+{} min", minutes(step)),
        Act::CheckIn => "+1 d".to_owned(),
        Act::Worse => "[I'm worse]".to_owned(),
        Act::Later => "+1 h".to_owned(),
    }
}

fn choice_label(responses: &Responses, choice: Choice) -> String {
    match choice {
        Choice::Answer(question, answer, _) => {
            let label = responses.question(question).choices.get(answer.key());
            label.cloned().unwrap_or_else(|| answer.key().to_owned())
        }
        Choice::Signs(signs) => {
            let signs = signs.iter().filter_map(|flag| responses.flag(flag)?.on_list.as_ref());
            signs.map(|(_, short)| short.as_str()).collect::<Vec<_>>().join(", ")
        }
        Choice::Sources => fixed::SOURCES.to_owned(),
        Choice::More(_) => fixed::MORE.to_owned(),
        Choice::Topic(topic) => {
            responses.topic(topic).map_or_else(String::new, |topic| topic.title.clone())
        }
        Choice::Checked => "A doctor has checked it".to_owned(),
    }
}

/// Whether an act is an answer by itself, so that a way out may be built of it.
pub(super) fn is_plain(act: Act, spoken: Option<&Spoken>) -> bool {
    match act {
        Act::Say(_) => spoken.is_some_and(|spoken| spoken.plain),
        Act::Press(Choice::Answer(_, answer, _)) => answer != Answer::NotSure,
        Act::Press(Choice::Signs(_)) => true,
        Act::Press(_) | Act::Due(_) | Act::CheckIn | Act::Worse | Act::Later => false,
    }
}
