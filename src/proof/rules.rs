//! What a bystander would object to. Each rule looks at one step: what was known before, what the
//! person said, what is known and said after. That the books are kept is a rule as well, so that the
//! others may look into them.

use jiff::Timestamp;

use super::act::Act;
use super::message::{Spoken, Talk};
use super::own::{Own, is_stop, takes_back};
use super::walk::Node;
use crate::reply::{Audience, PlanWords, Told, compose};
use crate::responses::Responses;
use crate::triage::{
    Case, Choice, ForPlan, Move, Next, Questions, Stage, Timers, is_of_interview, is_open,
    is_usual, listed,
};
use crate::understanding::Understanding;
use crate::vocabulary::{Card, Fact, FlagId, FlagSet, Question, Urgency};

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
    /// What was said, asked and answered is kept.
    Remembered,
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
    /// A check-in goes on by the person's own word, once no danger sign is open.
    CheckInIsClear,
    /// What opens a gate of a plan is said after a clear check only.
    GateIsClear,
    /// While a danger sign stands nothing comes by itself.
    RestsInDanger,
    /// A plan that runs has something to come, or waits for an answer.
    PlanGoesOn,
    /// Nothing comes before its time, or at night.
    InItsTime,
    /// What comes again and again comes until its last day.
    NothingIsLost,
    /// A step is dated once.
    ComesOnce,
    /// A stop ends a plan.
    StopIsStop,
    /// From everywhere a plan leads to its end.
    PlanEnds,
    /// Every state of a plan is walked.
    PlanIsWalked,
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
            Self::Remembered => "something that was said, asked or answered is forgotten",
            Self::NotTwice => "a question is asked again after it was answered",
            Self::FourQuestions => "more than 4 questions are asked in the usual case",
            Self::ReliefFirst => "a cramp that is on does not get relief first",
            Self::AnsweredInBetween => {
                "a question in the middle is not answered, or the open one not asked again"
            }
            Self::NoInterviewUnasked => "a general question begins an interview",
            Self::CheckInIsClear => "a check-in goes on while a danger sign is affirmed or unasked",
            Self::GateIsClear => "a gate of a plan opens without a clear check",
            Self::RestsInDanger => "a plan goes on while a danger sign stands",
            Self::PlanGoesOn => "a plan runs, and nothing comes of it any more",
            Self::InItsTime => "a check-in comes before its time, or at night",
            Self::NothingIsLost => "a part of a plan comes no more",
            Self::ComesOnce => "a step of a plan is dated twice",
            Self::StopIsStop => "a stop does not end a plan",
            Self::PlanEnds => "nothing leads to the end of a plan from here",
            Self::PlanIsWalked => {
                "a plan has more states than are walked; give it fewer steps or questions"
            }
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
    pub(super) own: Own,
}

impl Taken<'_> {
    /// The rules that the step breaks.
    pub(super) fn broken(&self) -> Vec<Rule> {
        let level = self.next.case.level(self.responses);
        let checks = [
            (Rule::NoCareWithSign, self.cares_with_sign(level)),
            (Rule::NoCareUnchecked, self.cares_unchecked()),
            (Rule::SignAtOnce, self.delays_sign(level)),
            (Rule::OwnAnswerLowers, self.lowers()),
            (Rule::Remembered, self.forgets()),
            (Rule::NotTwice, self.asks_twice()),
            (Rule::FourQuestions, self.asks_much()),
            (Rule::ReliefFirst, self.withholds_relief(level)),
            (Rule::AnsweredInBetween, self.ignores_question()),
            (Rule::NoInterviewUnasked, self.interviews_unasked()),
            (Rule::CheckInIsClear, self.goes_on_unchecked(level)),
            (Rule::NeverSilent, self.is_silent()),
            (Rule::ChoicesAreTaken, self.refuses()),
        ];
        checks.into_iter().filter(|(_, broken)| *broken).map(|(rule, _)| rule).collect()
    }

    fn says(&self, wanted: impl Fn(&Move) -> bool) -> bool {
        self.next.moves.iter().any(wanted)
    }

    fn said(&self) -> Option<&Understanding> {
        self.spoken.map(|spoken| &spoken.said)
    }

    fn is_topic(&self, step: &Move, wanted: impl Fn(&str, bool) -> bool) -> bool {
        let (Move::Answer(topic) | Move::More(topic) | Move::FollowUp(topic, _)) = step else {
            return false;
        };
        self.responses.topic(*topic).is_some_and(|topic| wanted(&topic.id, topic.chat))
    }

    /// The conversation was begun anew: by a stop, or by talk that goes before everything.
    fn is_reset(&self) -> bool {
        let crisis = |step: &Move| self.is_topic(step, |id, _| id == "crisis");
        let reset = self.says(is_stop) || self.says(crisis);
        reset && self.next.stage == Stage::Idle
    }

    /// What was asked and answered is open again: after a card that sends to a doctor, when a doctor
    /// has looked, with a new cramp, and when time went by.
    fn is_new_round(&self) -> bool {
        let second = self.next.timers == Timers::Start && self.before.case.now == Some(false);
        let sent = matches!(self.next.stage, Stage::Closed(level) if level >= Urgency::Urgent);
        // What is told of the leg while a plan runs: the danger signs are asked for anew.
        let checks = |case: &Case| case.plan.runs && case.plan.checks_in;
        let checks = checks(&self.next.case) && !checks(&self.before.case);
        let later = self.act == Act::Later || checks;
        second || sent || self.own.begins_anew || later || self.is_reset()
    }

    fn cares_with_sign(&self, level: Urgency) -> bool {
        let unnamed = |stage| matches!(stage, Stage::Asking(Question::List2 | Question::Which, _));
        let sent = matches!(self.before.stage, Stage::Closed(level) if level >= Urgency::Urgent);
        let affirmed = level >= Urgency::Urgent
            || unnamed(self.next.stage)
            || unnamed(self.before.stage) && self.next.stage == self.before.stage
            || sent && !self.own.begins_anew && !self.is_reset();
        let topic = |step: &Move| self.is_topic(step, |id, chat| !chat && id != "crisis");
        let relief = Move::Show(Card::Relief);
        affirmed && self.says(|step| is_care(step) || topic(step) || *step == relief)
    }

    fn cares_unchecked(&self) -> bool {
        self.says(is_care) && !is_checked(self.responses, &self.next.case)
    }

    /// A sign that was told in this step, or an answer "one of list 1".
    fn delays_sign(&self, level: Urgency) -> bool {
        let urgent = |flag: FlagId| self.responses.urgency(flag) >= Urgency::Urgent;
        let told = self.own.told.without(self.own.taken_back).iter().any(urgent);
        let shown = if self.own.list_1 { Urgency::Emergency } else { level };
        let rises = level >= Urgency::Urgent && level > self.before.case.level(self.responses);
        // Two facts make the risk of a clot one for the doctor's next free hour.
        let crisis = self.says(|step| self.is_topic(step, |id, _| id == "crisis"));
        let case = if crisis { &self.before.case } else { &self.next.case };
        let can_wait = shown < Urgency::Urgent && self.own.is_plain_clot_risk(case);
        if can_wait || !(self.own.list_1 || told || rises) {
            return false;
        }
        let card = |step: &Move| match step {
            Move::Emergency(_) => true,
            Move::SameDay(_) | Move::Show(Card::Maternity) => shown < Urgency::Emergency,
            _ => false,
        };
        let alone = |step: &Move| card(step) || self.is_topic(step, |id, _| id == "crisis");
        let closed = matches!(self.next.stage, Stage::Closed(level) if level >= shown);
        !(self.says(card) && self.next.moves.iter().all(alone) && closed)
    }

    /// What is cleared, no longer affirmed or no longer in doubt must have been denied.
    fn lowers(&self) -> bool {
        if self.own.of_another {
            return self.own.loses_doubt(self.responses, &self.before.case, &self.next.case);
        }
        if self.is_reset() || self.own.begins_anew {
            return false;
        }
        let (before, after) = (&self.before.case, &self.next.case);
        let denied =
            self.own.denied.union(self.own.taken_back).union(self.own.softened(&self.next.moves));
        let dropped = before.flags.without(after.flags).without(self.own.taken_back);
        let cleared = after.cleared.without(before.cleared).without(denied);
        let settled = before.unsure.without(after.unsure).without(after.flags).without(denied);
        let checks =
            after.checked && !before.checked && !is_checked_by(self.responses, after, denied);
        !dropped.is_empty() || !cleared.is_empty() || !settled.is_empty() || checks
    }

    /// The books: what was told, hinted at, asked and answered is in them.
    fn forgets(&self) -> bool {
        if self.is_reset() || self.own.begins_anew {
            return false;
        }
        let (before, after) = (&self.before.case, &self.next.case);
        let told = self.own.told.without(self.own.taken_back).without(after.flags);
        let hinted = self.own.hinted.without(after.unsure).without(after.flags);
        let hinted = hinted.without(self.own.taken_back).without(self.own.denied);
        let round = self.is_new_round();
        let asked: Questions = self.next.moves.iter().fold(before.asked, |mut asked, step| {
            match step {
                Move::Ask(question, _)
                    if is_of_interview(*question) && !self.is_open(*question) =>
                {
                    asked.insert(*question);
                }
                _ => {}
            }
            asked
        });
        let kept = |before: Questions, after: Questions| {
            before.that(|question| !after.contains(question)).count() == 0
        };
        let answered = self.own.answered.is_none_or(|question| after.answered.contains(question));
        let books = kept(asked, after.asked) && kept(before.answered, after.answered) && answered;
        !told.is_empty()
            || !hinted.is_empty() && !self.is_closed_by_doubt()
            || self.forgets_facts(round)
            || !round && !books
    }

    fn is_open(&self, question: Question) -> bool {
        matches!(self.before.stage, Stage::Asking(open, _) if open == question)
    }

    /// A doubt that stays a doubt sends to a doctor.
    fn is_closed_by_doubt(&self) -> bool {
        matches!(self.next.stage, Stage::Closed(level) if level >= Urgency::Urgent)
    }

    fn forgets_facts(&self, round: bool) -> bool {
        let of_course = [Fact::ShortAndPainless, Fact::Over15Minutes, Fact::ComesAndGoes];
        let lost = self.own.facts.iter().any(|fact| !self.next.case.facts.contains(fact));
        let before = self.before.case.facts.iter().filter(|fact| !of_course.contains(fact));
        lost || before.into_iter().any(|fact| !self.next.case.facts.contains(fact)) && !round
    }

    fn asks_twice(&self) -> bool {
        let denied = self.said().map(|said| said.denied).unwrap_or_default();
        let (stage, case) = (self.before.stage, &self.next.case);
        let taken_back = self.said().is_some_and(|said| takes_back(said, stage));
        self.says(|step| match step {
            Move::Ask(Question::Clarify | Question::StillThere, Some(flag)) => {
                let open = matches!(stage, Stage::Asking(_, Some(asked)) if asked == *flag);
                // What a message only sounded like is asked about, once.
                let guessed = self.before.case.guessed.contains(*flag);
                let doubted = guessed || taken_back || denied.contains(*flag) || open;
                let known = case.flags.contains(*flag) && !doubted;
                known || case.cleared.contains(*flag)
            }
            Move::Ask(question, _) => case.answered.contains(*question),
            _ => false,
        })
    }

    /// Signs in doubt, a second cramp and one that is longer than most are not the usual case.
    fn asks_much(&self) -> bool {
        let case = &self.next.case;
        let once = !case.facts.contains(Fact::SecondCramp);
        // Whom a plan is for is asked besides, once it was agreed to.
        let agreed = case.answered.contains(Question::PlanOffer);
        let counts = |it| is_of_interview(it) && !(agreed && it == Question::Context);
        !is_unusual(case.asked) && once && case.asked.that(counts).count() > MOST_QUESTIONS
    }

    fn withholds_relief(&self, level: Urgency) -> bool {
        let Some(said) = self.said() else { return false };
        let begins = self.next.case.now == Some(true) && self.before.case.now != Some(true);
        let first = self.next.moves.first() == Some(&Move::Show(Card::Relief));
        let sent = matches!(self.next.stage, Stage::Closed(level) if level >= Urgency::Urgent);
        begins && said.is_relevant() && level < Urgency::Urgent && !sent && !first
    }

    fn ignores_question(&self) -> bool {
        let asked = self.is_just(&[Talk::AskBare]);
        let Stage::Asking(question, _) = self.before.stage else { return false };
        let unnamed = matches!(question, Question::List2 | Question::Which);
        let affirmed = self.before.case.level(self.responses) >= Urgency::Urgent || unnamed;
        let again = self.says(|step| matches!(step, Move::Ask(q, _) if *q == question));
        let answered = self.says(|step| matches!(step, Move::Answer(_)));
        asked && !affirmed && is_of_interview(question) && !(again && answered)
    }

    fn interviews_unasked(&self) -> bool {
        let fresh = self.before.stage == Stage::Idle && !self.before.case.reported;
        let asks = |step: &Move| matches!(step, Move::Ask(q, _) if is_of_interview(*q));
        fresh && self.is_just(&[Talk::WhatIf, Talk::Ask]) && self.says(asks)
    }

    /// Whether a message is one kind of talk and tells nothing besides.
    fn is_just(&self, talk: &[Talk]) -> bool {
        self.spoken.is_some_and(|spoken| talk.contains(&spoken.talk) && spoken.is_bare)
    }

    fn goes_on_unchecked(&self, level: Urgency) -> bool {
        let own_word = matches!(self.act, Act::Press(_) | Act::Say(_));
        let is_clear = is_checked(self.responses, &self.next.case) && level < Urgency::Urgent;
        self.next.plan == Some(ForPlan::IsClear) && !(own_word && is_clear)
    }

    fn is_silent(&self) -> bool {
        let from_clock = matches!(self.act, Act::Due(_) | Act::CheckIn | Act::Later);
        // A plan has words of its own.
        self.next.moves.is_empty() && self.next.plan.is_none() && !from_clock
    }

    fn refuses(&self) -> bool {
        let pressed = matches!(self.act, Act::Press(_));
        pressed && self.says(|step| *step == Move::Show(Card::NotUnderstood))
    }
}

/// Whether one of the questions is none of the usual case.
pub(super) fn is_unusual(asked: Questions) -> bool {
    asked.that(|question| is_of_interview(question) && !is_usual(question)).count() > 0
}

/// Whether every sign on the lists was answered.
fn is_checked(responses: &Responses, case: &Case) -> bool {
    case.checked || is_checked_by(responses, case, FlagSet::default())
}

fn is_checked_by(responses: &Responses, case: &Case, denied: FlagSet) -> bool {
    listed(responses).without(case.cleared).without(case.flags).without(denied).is_empty()
}

/// Whether a choice of a reply is not taken where it leads.
pub(super) fn offers_in_vain(responses: &Responses, next: &Next) -> bool {
    let told =
        Told { to: Audience::Person, from_timer: false, last: &[], now: Timestamp::UNIX_EPOCH };
    let (reply, _) = compose(responses, next, &PlanWords::default(), told);
    let choices = reply.into_iter().flat_map(|reply| reply.choices);
    let mut choices = choices.map(|choice| Choice::read(responses, &choice.id));
    choices.any(|choice| !choice.is_ok_and(|choice| is_open(&next.case, next.stage, choice)))
}

/// Whether a step gives self-care, or offers more of it.
fn is_care(step: &Move) -> bool {
    let offer = |question: &Question| matches!(question, Question::PlanOffer | Question::Sore);
    match step {
        Move::Advice | Move::Visit | Move::Schedule(_) => true,
        Move::Ask(question, _) => offer(question),
        Move::Show(_)
        | Move::Emergency(_)
        | Move::SameDay(_)
        | Move::Answer(_)
        | Move::More(_)
        | Move::FollowUp(..)
        | Move::Sent(..)
        | Move::Sources
        | Move::SafetyNet => false,
    }
}
