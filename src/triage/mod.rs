//! What to do: the whole interview as one transition from what is known and what comes in to what
//! comes next. Texts decide the words, this decides the order.
//!
//! Danger signs go first, then the course of a cramp that is on, then what was asked, then the next
//! open question, then the advice.

mod advice;
mod afresh;
mod answer;
mod asked;
mod bare_answer;
mod case;
mod channel;
mod check_in;
mod choice;
mod course;
mod doubt;
mod end;
mod in_answer;
mod in_case;
mod learning;
mod meanwhile;
mod message;
mod onset;
mod order;
mod person;
mod plain;
mod questions;
mod report;
mod sent;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::responses::{Responses, TopicId};
use crate::understanding::Understanding;
use crate::vocabulary::{Aspect, Card, Fact, FlagId, FlagSet, Question, Timer, Urgency};

pub use advice::Schedule;
pub use case::{Case, Origin, Weight, listed};
pub use check_in::OnPlan;
pub use choice::{Answer, Choice, UnknownChoice, is_danger, is_open};
pub use order::{circumstances, is_of_interview, is_usual};
pub use questions::Questions;

/// Where the conversation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// Nothing is open.
    #[default]
    Idle,
    /// A question is open, about a flag where it clears one.
    Asking(Question, Option<FlagId>),
    /// It is cramping; the next word comes from the member or from the timer.
    Waiting,
    /// The interview ended with advice, or with a card that sends to a doctor.
    Closed(Urgency),
}

/// What comes in.
#[derive(Clone, Copy, Debug)]
pub enum Input<'i> {
    /// A message that was read.
    Heard(&'i Understanding),
    /// A press.
    Chose(Choice),
    /// A timer.
    Due(Timer),
    /// A check-in of the plan, which asks for the danger signs in short before it goes on.
    CheckIn,
    /// It is worse, as somebody on a plan says: all danger signs.
    Worse,
}

/// One thing to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    /// Show a card.
    Show(Card),
    /// Send to the emergency number.
    Emergency(Origin),
    /// Send to a doctor today.
    SameDay(Origin),
    /// Answer what is said after such a card, if it is known what, and send once more.
    Sent(Option<Fact>, Urgency),
    /// Answer a topic.
    Answer(TopicId),
    /// The longer answer of a topic.
    More(TopicId),
    /// What a topic says of one aspect.
    FollowUp(TopicId, Aspect),
    /// Where the last answer comes from.
    Sources,
    /// Ask a question.
    Ask(Question, Option<FlagId>),
    /// Self-care for this case, with everything that belongs to it.
    Advice,
    /// Why a visit should be booked, told after the advice.
    Visit,
    /// The schedule to follow.
    Schedule(Schedule),
    /// What to watch for.
    SafetyNet,
}

/// What becomes of the timers of a cramp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timers {
    /// Leave them.
    Keep,
    /// Start them from now.
    Start,
    /// Take them away.
    Cancel,
}

/// How somebody wants to be left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quiet {
    /// In this place, for a while.
    Here,
    /// Everywhere, for good.
    Always,
}

/// What comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// What is known now.
    pub case: Case,
    /// Where the conversation is now.
    pub stage: Stage,
    /// What to say, in order; nothing is silence.
    pub moves: Vec<Move>,
    /// What becomes of the timers.
    pub timers: Timers,
    /// Whether the person wants to be left alone.
    pub quiet: Option<Quiet>,
    /// What it means for the plan.
    pub plan: Option<ForPlan>,
}

impl Next {
    /// Nothing of the interview.
    #[must_use]
    pub fn still(case: Case, stage: Stage) -> Self {
        let moves = Vec::new();
        Self { case, stage, moves, timers: Timers::Keep, quiet: None, plan: None }
    }
}

/// What the interview means for the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ForPlan {
    /// One begins.
    Begins(Schedule),
    /// The danger signs that a check-in asked for are not there: it goes on.
    IsClear,
    /// A cramp was told to the end while it runs.
    CrampTold,
    /// The person wants to hear no more.
    Stops,
    /// It is not for them, as they told meanwhile: it is over.
    Ends,
    /// It rests until somebody who knows them has said yes to it.
    Rests,
}

/// The transition: from what is known and what comes in to what comes next.
#[must_use]
pub fn next(
    responses: &Responses,
    case: Case,
    stage: Stage,
    input: Input<'_>,
    now: Timestamp,
) -> Next {
    let mut flow = Flow {
        responses,
        case,
        stage,
        moves: Vec::new(),
        timers: Timers::Keep,
        quiet: None,
        plan: None,
        hinted: FlagSet::default(),
        news: FlagSet::default(),
        now,
    };
    let before = flow.case.plan.runs.then(|| flow.case.clone());
    match input {
        Input::Heard(said) => flow.heard(said),
        Input::Chose(choice) => flow.chose(choice),
        Input::Due(step) => flow.due(step),
        Input::CheckIn => flow.check_in(),
        Input::Worse => flow.worse_on_plan(),
    }
    if let Some(before) = before {
        flow.note_meanwhile(&before);
    }
    let Flow { mut case, stage, moves, timers, quiet, plan, .. } = flow;
    let answers =
        |step: &Move| matches!(step, Move::Answer(topic) if is_of_cramps(responses, *topic));
    case.advised = !case.reported && (case.advised || moves.iter().any(answers));
    case.sent_by = case.sent_by.filter(|_| matches!(stage, Stage::Closed(_)));
    Next { case, stage, moves, timers, quiet, plan }
}

/// Whether a topic is one of cramps, and no small talk.
fn is_of_cramps(responses: &Responses, topic: TopicId) -> bool {
    responses.topic(topic).is_some_and(|topic| !topic.chat && topic.intent != "none")
}

/// The transition being worked out.
struct Flow<'f> {
    responses: &'f Responses,
    case: Case,
    stage: Stage,
    moves: Vec<Move>,
    timers: Timers,
    quiet: Option<Quiet>,
    plan: Option<ForPlan>,
    /// What the message itself leaves in doubt.
    hinted: FlagSet,
    /// What the message affirms that was not known before.
    news: FlagSet,
    now: Timestamp,
}

impl Flow<'_> {
    fn say(&mut self, step: Move) {
        if !self.moves.contains(&step) {
            self.moves.push(step);
        }
    }

    fn ask(&mut self, question: Question, about: Option<FlagId>) {
        self.stage = Stage::Asking(question, about);
        self.case.asked.insert(question);
        self.say(Move::Ask(question, about));
    }

    fn repeat_question(&mut self) {
        if let Stage::Asking(question, about) = self.stage {
            self.say(Move::Ask(question, about));
        }
    }

    /// An emergency or a same-day sign ends the interview at once.
    fn close_if_pressing(&mut self) -> bool {
        match self.case.weightiest(self.responses) {
            Some(weight) if weight.level >= Urgency::Urgent => {
                self.close(weight.level, weight.from);
                true
            }
            Some(_) | None => false,
        }
    }

    /// The card that sends to a doctor, and nothing besides. Should the sign be taken back, all
    /// others are asked for afresh.
    fn close(&mut self, level: Urgency, from: Origin) {
        let card = match (level, from) {
            (Urgency::Emergency, _) => Move::Emergency(from),
            _ if self.is_seen() => Move::Sent(Some(Fact::DoctorHasSeen), level),
            (_, Origin::Maternity) => Move::Show(Card::Maternity),
            (_, _) => Move::SameDay(from),
        };
        self.moves.clear();
        self.say(card);
        let listed = matches!(from, Origin::List(_));
        self.case.sent_by = listed.then_some(from);
        self.stage = Stage::Closed(level);
        self.timers = Timers::Cancel;
        self.case.reopen(self.responses);
    }

    /// Whether a doctor has looked at every danger sign that stands.
    fn is_seen(&self) -> bool {
        let pressing = |flag: &FlagId| self.is_pressing(*flag);
        let pressing: FlagSet = self.case.flags.iter().filter(pressing).collect();
        !pressing.is_empty() && pressing.without(self.case.seen).is_empty()
    }

    /// Whether a danger sign is affirmed, named or not.
    fn is_affirmed(&self) -> bool {
        self.unnamed_sign().is_some() || self.case.level(self.responses) >= Urgency::Urgent
    }

    /// Whether a card was shown that sends to a doctor: until that was done there is no self-care.
    fn is_sent_to_doctor(&self) -> bool {
        matches!(self.stage, Stage::Closed(level) if level >= Urgency::Urgent)
    }
}
