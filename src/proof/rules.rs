//! What a bystander would object to.

use super::act::Act;
use super::message::{Spoken, Talk};
use super::walk::Node;
use super::witness::Witness;
use crate::reply::compose;
use crate::responses::Responses;
use crate::triage::{Answer, Choice, Move, Next, Stage, is_of_interview, is_open};
use crate::understanding::Understanding;
use crate::vocabulary::{Card, FactSet, FlagId, Question, Urgency};

/// A rule of the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// No self-care while a pressing sign is affirmed.
    NoCareWithSign,
    /// No self-care before every danger sign was answered.
    NoCareUnchecked,
    /// A pressing sign gets its card in the same step, and nothing besides.
    SignAtOnce,
    /// Only the person's own answer lowers a sign.
    OwnAnswerLowers,
    /// No question comes again once it was answered.
    NotTwice,
    /// At most four questions in the usual case.
    FourQuestions,
    /// A cramp that is on gets relief before any question.
    ReliefFirst,
    /// A question in the middle is answered, and the open one asked again.
    AnsweredInBetween,
    /// A question in general begins no interview.
    NoInterviewUnasked,
    /// Every message and every press gets a reply.
    NeverSilent,
    /// Every choice that is offered is taken.
    ChoicesAreTaken,
    /// Every question has an answer that leads on.
    QuestionsLeadOn,
    /// From everywhere answers lead to an end.
    NoDeadEnd,
}

impl Rule {
    /// What is wrong when it is broken.
    #[must_use]
    pub const fn what(self) -> &'static str {
        match self {
            Self::NoCareWithSign => "self-care is given while a danger sign is affirmed",
            Self::NoCareUnchecked => "self-care is given before the danger signs were answered",
            Self::SignAtOnce => "a danger sign does not get its card at once and alone",
            Self::OwnAnswerLowers => "a danger sign is lowered without the person's own answer",
            Self::NotTwice => "a question is asked again after it was answered",
            Self::FourQuestions => "more than 4 questions are asked in the usual case",
            Self::ReliefFirst => "a cramp that is on does not get relief first",
            Self::AnsweredInBetween => {
                "a question in the middle is not answered, or the open one not asked again"
            }
            Self::NoInterviewUnasked => "a general question begins an interview",
            Self::NeverSilent => "a message or a press gets no reply",
            Self::ChoicesAreTaken => "a choice is offered and then not taken",
            Self::QuestionsLeadOn => "a question has no answer that leads on",
            Self::NoDeadEnd => "answers do not lead to an end from here",
        }
    }
}

/// Most questions in the usual case.
const MOST_QUESTIONS: u32 = 4;

/// One step, as a bystander sees it.
pub(super) struct Taken<'t> {
    pub(super) responses: &'t Responses,
    pub(super) before: &'t Node,
    pub(super) act: Act,
    pub(super) spoken: Option<&'t Spoken>,
    pub(super) next: &'t Next,
    pub(super) known: Witness,
}

impl Taken<'_> {
    /// The rules that the step breaks.
    pub(super) fn broken(&self) -> Vec<Rule> {
        let checks: [(Rule, bool); 9] = [
            (Rule::NoCareWithSign, self.cares_with_sign()),
            (Rule::NoCareUnchecked, self.cares_unchecked()),
            (Rule::SignAtOnce, self.delays_sign()),
            (Rule::OwnAnswerLowers, self.lowers()),
            (Rule::NotTwice, self.asks_twice()),
            (Rule::FourQuestions, self.asks_much()),
            (Rule::ReliefFirst, self.withholds_relief()),
            (Rule::AnsweredInBetween, self.ignores_question()),
            (Rule::NoInterviewUnasked, self.interviews_unasked()),
        ];
        let mut broken: Vec<Rule> =
            checks.into_iter().filter(|(_, broken)| *broken).map(|(rule, _)| rule).collect();
        let from_timer = matches!(self.act, Act::Due(_) | Act::Later);
        if self.next.moves.is_empty() && !from_timer {
            broken.push(Rule::NeverSilent);
        }
        let pressed = matches!(self.act, Act::Press(_));
        if pressed && self.next.moves.contains(&Move::Show(Card::NotUnderstood)) {
            broken.push(Rule::ChoicesAreTaken);
        }
        broken
    }

    fn level(&self) -> Urgency {
        self.known.level(self.responses, &self.next.case)
    }

    fn says(&self, wanted: impl Fn(&Move) -> bool) -> bool {
        self.next.moves.iter().any(wanted)
    }

    fn said(&self) -> Option<&Understanding> {
        self.spoken.map(|spoken| &spoken.said)
    }

    fn cares_with_sign(&self) -> bool {
        let is_topic = |step: &Move| match step {
            Move::Answer(topic) => {
                self.responses.topic(*topic).is_some_and(|t| !t.chat && t.id != "crisis")
            }
            Move::More(_) => true,
            _ => false,
        };
        let held = Move::Show(Card::Relief);
        self.level() >= Urgency::Urgent
            && self.says(|step| is_care(step) || is_topic(step) || *step == held)
    }

    fn cares_unchecked(&self) -> bool {
        !self.known.is_check_answered(self.responses) && self.says(is_care)
    }

    /// A sign that was told in this step, or an answer "one of list 1".
    fn delays_sign(&self) -> bool {
        let (responses, before) = (self.responses, &self.before.known);
        let same = self.known.told == before.told && self.known.facts == before.facts;
        if same
            && self.known.unnamed == before.unnamed
            && self.said().is_none_or(|s| s.raised.is_empty())
        {
            return false;
        }
        let level = self.known.told_level(responses, &self.next.case);
        let urgent = |flag: FlagId| responses.urgency(flag) >= Urgency::Urgent;
        let raised = self.said().is_some_and(|said| said.raised.iter().any(urgent));
        let rises = level > before.told_level(responses, &self.before.case);
        let told = level >= Urgency::Urgent && (raised || rises);
        let list =
            self.known.unnamed == Some(Urgency::Emergency) && before.unnamed != self.known.unnamed;
        let level = if list { Urgency::Emergency } else { level };
        let card = |step: &Move| match step {
            Move::Emergency(_) => true,
            Move::SameDay(_) | Move::Show(Card::Maternity) => level < Urgency::Emergency,
            _ => false,
        };
        let crisis = |step: &Move| match step {
            Move::Answer(topic) => self.responses.topic(*topic).is_some_and(|t| t.id == "crisis"),
            _ => false,
        };
        let alone = self.next.moves.iter().all(|step| card(step) || crisis(step));
        let closed = matches!(self.next.stage, Stage::Closed(shown) if shown >= level);
        (told || list) && !(self.says(card) && alone && closed)
    }

    fn lowers(&self) -> bool {
        let (before, after) = (&self.before.case, &self.next.case);
        if self.says(|step| *step == Move::Show(Card::Stopped)) {
            return false;
        }
        let dropped = before.flags.without(after.flags);
        let own = |flag: FlagId| {
            !self.known.told.contains(flag) || self.act == Act::Press(Choice::Checked)
        };
        let cleared = after.cleared.without(before.cleared);
        let doubts = before.unsure.without(after.unsure).without(after.flags);
        let restarts = self.act == Act::Press(Choice::Checked);
        let silently = cleared.union(doubts).without(self.known.denied);
        let checks = after.checked && !before.checked;
        !dropped.iter().all(own)
            || !restarts && !silently.is_empty()
            || checks && !self.known.is_check_answered(self.responses)
    }

    fn asks_twice(&self) -> bool {
        let denied = self.said().map(|said| said.denied).unwrap_or_default();
        self.says(|step| match step {
            Move::Ask(Question::Clarify | Question::StillThere, Some(flag)) => {
                let told = self.known.told.contains(*flag) && !denied.contains(*flag);
                let open = self.before.stage == Stage::Asking(Question::Clarify, Some(*flag));
                self.known.denied.contains(*flag) && !self.known.told.contains(*flag)
                    || told && !open
            }
            Move::Ask(question, _) => self.known.answered.contains(*question),
            _ => false,
        })
    }

    /// Signs in doubt, a second cramp and one that is longer than most are not the usual case.
    fn asks_much(&self) -> bool {
        let unusual = [
            Question::Clarify,
            Question::StillThere,
            Question::Rest,
            Question::List2,
            Question::Which,
            Question::LetGo10,
        ];
        let asked = self.known.asked;
        let usual = !unusual.iter().any(|question| asked.contains(*question));
        usual && asked.that(is_of_interview).count() > MOST_QUESTIONS
    }

    fn withholds_relief(&self) -> bool {
        let Some(said) = self.said() else { return false };
        let begins = self.next.case.now == Some(true) && self.before.case.now != Some(true);
        let first = self.next.moves.first() == Some(&Move::Show(Card::Relief));
        let sent = matches!(self.before.stage, Stage::Closed(level) if level >= Urgency::Urgent);
        let affirmed = self.level() >= Urgency::Urgent || sent;
        begins && said.is_relevant() && !affirmed && !first
    }

    fn ignores_question(&self) -> bool {
        let asked = self.spoken.is_some_and(|spoken| {
            let plain = spoken.said.raised.is_empty() && spoken.said.denied.is_empty();
            spoken.talk == Talk::AskBare
                && plain
                && spoken.said.unsure.is_empty()
                && spoken.said.facts == FactSet::default()
        });
        let Stage::Asking(question, _) = self.before.stage else { return false };
        let again = self.says(|step| matches!(step, Move::Ask(q, _) if *q == question));
        let answered = self.says(|step| matches!(step, Move::Answer(_)));
        let affirmed = self.level() >= Urgency::Urgent;
        asked && !affirmed && is_of_interview(question) && !(again && answered)
    }

    fn interviews_unasked(&self) -> bool {
        let general = self.spoken.is_some_and(|spoken| {
            matches!(spoken.talk, Talk::WhatIf | Talk::Ask)
                && spoken.said == Spoken::plain(self.responses, spoken.talk).said
        });
        let fresh = self.before.stage == Stage::Idle && !self.before.case.reported;
        let asks = |step: &Move| matches!(step, Move::Ask(q, _) if is_of_interview(*q));
        general && fresh && self.says(asks)
    }
}

/// Whether the choices of a reply are all taken where it leads.
pub(super) fn offers_in_vain(responses: &Responses, next: &Next) -> bool {
    let (reply, _) = compose(responses, next, false, &[]);
    let choices = reply.into_iter().flat_map(|reply| reply.choices);
    let mut choices = choices.map(|choice| choice.id.parse::<Choice>());
    choices.any(|choice| choice.is_ok_and(|c| !is_open(&next.case, next.stage, c)))
}

/// Whether a step gives self-care, or offers more of it.
fn is_care(step: &Move) -> bool {
    matches!(
        step,
        Move::Advice | Move::Schedule(_) | Move::Ask(Question::PlanOffer | Question::Sore, _)
    )
}

/// Whether an act is an answer by itself, so that a way out may be built of it.
pub(super) fn is_plain(act: Act, spoken: Option<&Spoken>) -> bool {
    match act {
        Act::Say(_) => spoken.is_some_and(|spoken| spoken.plain),
        Act::Press(Choice::Answer(_, answer, _)) => answer != Answer::NotSure,
        Act::Press(Choice::Sign(_)) => true,
        Act::Press(_) | Act::Due(_) | Act::Later => false,
    }
}
