//! What to do: the whole interview as one transition from what is known and what comes in to what
//! comes next. Texts decide the words, this decides the order.

mod case;
mod choice;
mod heard;
mod order;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::plan::Step;
use crate::responses::{Responses, TopicId};
use crate::understanding::Understanding;
use crate::vocabulary::{Card, Fact, Flag, FlagId, FlagSet, Question, Setting, Urgency};

pub use case::{Answered, Case, Origin, Weight, listed};
pub use choice::{Answer, Choice, UnknownChoice};

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
    Due(Step),
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
    /// Answer a topic.
    Answer(TopicId),
    /// The longer answer of a topic.
    More(TopicId),
    /// Where the last answer comes from.
    Sources,
    /// Ask a question.
    Ask(Question, Option<FlagId>),
    /// Self-care for this case, with everything that belongs to it.
    Advice,
    /// The schedule to follow.
    Schedule,
    /// What to watch for.
    SafetyNet,
    /// Close a general question: "is any of this happening to you now?"
    CloseGeneral,
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
    let mut flow = Flow { responses, case, stage, moves: Vec::new(), timers: Timers::Keep, now };
    match input {
        Input::Heard(said) => flow.heard(said),
        Input::Chose(choice) => flow.chose(choice),
        Input::Due(step) => flow.due(step),
    }
    Next { case: flow.case, stage: flow.stage, moves: flow.moves, timers: flow.timers }
}

/// The transition being worked out.
struct Flow<'f> {
    responses: &'f Responses,
    case: Case,
    stage: Stage,
    moves: Vec<Move>,
    timers: Timers,
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
        self.say(Move::Ask(question, about));
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

    fn close(&mut self, level: Urgency, from: Origin) {
        let card =
            if level == Urgency::Emergency { Move::Emergency(from) } else { Move::SameDay(from) };
        self.moves.retain(|step| matches!(step, Move::Emergency(_) | Move::SameDay(_)));
        self.say(card);
        self.stage = Stage::Closed(level);
        self.timers = Timers::Cancel;
    }

    fn chose(&mut self, choice: Choice) {
        match choice {
            Choice::Answer(question, answer, about) => self.answered(question, answer, about),
            Choice::Sign(flag) => {
                self.case.raise(flag);
                self.case.answered.insert(Question::List2);
                if !self.close_if_pressing() {
                    self.go_on();
                }
            }
            Choice::Sources => self.say(Move::Sources),
            Choice::More(topic) => self.say(Move::More(topic)),
            Choice::Topic(topic) => self.say(Move::Answer(topic)),
            Choice::Check => self.start(),
            Choice::Checked => self.restart(),
        }
    }

    /// Begins the interview without a report.
    fn start(&mut self) {
        self.case.reported = true;
        self.go_on();
    }

    /// A doctor has looked at it: what was closed by that is asked afresh.
    fn restart(&mut self) {
        let flags = self.case.flags.iter();
        let lasting = flags.filter(|flag| self.responses.urgency(*flag) <= Urgency::SeeDoctor);
        let flags = lasting.collect();
        let facts = self.case.facts;
        let kept = Case { flags, age: self.case.age, muscle: self.case.muscle, ..Case::default() };
        self.case = Case { setting: self.case.setting, facts, reported: true, ..kept };
        self.case.facts = [Fact::OneSide, Fact::BothSides, Fact::AgeOver50]
            .into_iter()
            .filter(|fact| facts.contains(*fact))
            .fold(crate::vocabulary::FactSet::default(), |mut set, fact| {
                set.insert(fact);
                set
            });
        self.case.now = Some(false);
        self.say(Move::Show(Card::WelcomeBack));
        self.go_on();
    }

    fn answered(&mut self, question: Question, answer: Answer, about: Option<FlagId>) {
        self.case.answered.insert(question);
        self.case.reported = true;
        match question {
            Question::Check => self.answered_check(answer),
            Question::List2 => self.close(Urgency::Urgent, Origin::List(2)),
            Question::Clarify | Question::StillThere => self.answered_clarify(answer, about),
            Question::Rest => match answer {
                Answer::None | Answer::No => self.check_is_clear(),
                _ => self.close(Urgency::Urgent, Origin::Unsure),
            },
            Question::Released | Question::LetGo3 | Question::LetGo10 => {
                self.answered_course(question, answer);
            }
            Question::When => self.answered_when(answer),
            Question::Context => self.answered_context(answer),
            Question::PlanOffer => self.answered_offer(answer),
        }
    }

    fn answered_check(&mut self, answer: Answer) {
        match answer {
            Answer::None | Answer::No => self.check_is_clear(),
            Answer::List1 => self.close(Urgency::Emergency, Origin::List(1)),
            Answer::List2 | Answer::Yes | Answer::Some => self.ask(Question::List2, None),
            _ => {
                let flag = self.likeliest();
                self.ask(Question::Clarify, Some(flag));
            }
        }
    }

    fn check_is_clear(&mut self) {
        self.case.cleared = self.case.cleared.union(self.case.open_flags(self.responses));
        self.case.checked = true;
        self.go_on();
    }

    /// The sign to ask about when a list was answered "not sure".
    fn likeliest(&self) -> FlagId {
        let unsure = self.case.unsure.iter().max_by_key(|flag| self.responses.urgency(*flag));
        let effort = self.case.facts.contains(Fact::BigEffort);
        unsure.unwrap_or_else(|| {
            if self.case.now == Some(true) {
                Flag::ColdOrPaleFoot.into()
            } else if effort {
                Flag::DarkUrine.into()
            } else {
                Flag::Swelling.into()
            }
        })
    }

    fn answered_clarify(&mut self, answer: Answer, about: Option<FlagId>) {
        let Some(flag) = about else {
            self.go_on();
            return;
        };
        match answer {
            Answer::Yes | Answer::Some => {
                self.case.raise(flag);
                if !self.close_if_pressing() {
                    self.go_on();
                }
            }
            Answer::No | Answer::None => {
                self.case.clear(flag);
                let rest_open = self.case.answered.contains(Question::Check) && !self.case.checked;
                if self.close_if_pressing() {
                } else if rest_open && !self.case.open_flags(self.responses).is_empty() {
                    self.ask(Question::Rest, None);
                } else {
                    self.go_on();
                }
            }
            _ if self.responses.urgency(flag) >= Urgency::Urgent => {
                self.close(Urgency::Urgent, Origin::Flag(flag));
            }
            _ => {
                self.case.raise(flag);
                self.go_on();
            }
        }
    }

    fn answered_course(&mut self, question: Question, answer: Answer) {
        match answer {
            Answer::Yes => {
                self.case.now = Some(false);
                self.case.answered.insert(Question::Released);
                self.timers = Timers::Cancel;
                let second = self.case.facts.contains(Fact::SecondCramp);
                let card = if second { Card::SecondCramp } else { Card::WalkOut };
                self.say(Move::Show(card));
                self.go_on();
            }
            Answer::ComesAndGoes => {
                self.case.facts.insert(Fact::ComesAndGoes);
                self.case.now = Some(false);
                self.case.answered.insert(Question::Released);
                self.timers = Timers::Cancel;
                self.say(Move::Show(Card::ComesAndGoes));
                self.go_on();
            }
            Answer::Worse => self.ask(Question::Clarify, Some(Flag::CompartmentTight.into())),
            _ if question == Question::LetGo10 => self.still_locked_at_10(),
            _ if question == Question::LetGo3 => {
                self.case.now = Some(true);
                self.still_locked();
            }
            _ => self.relief(),
        }
    }

    /// 10 minutes in and still locked: the check again, or the question on a tight muscle.
    fn still_locked_at_10(&mut self) {
        self.case.now = Some(true);
        self.say(Move::Show(Card::StillLocked));
        if self.case.checked {
            self.ask(Question::Clarify, Some(Flag::CompartmentTight.into()));
        } else {
            self.go_on();
        }
    }

    fn still_locked(&mut self) {
        self.say(Move::Show(Card::StillLocked));
        if self.case.open_flags(self.responses).is_empty() {
            self.stage = Stage::Waiting;
        } else {
            self.ask(Question::Check, None);
        }
    }

    fn answered_when(&mut self, answer: Answer) {
        match answer {
            Answer::Running | Answer::RightAfter => self.case.setting = Setting::Exercise,
            Answer::InBed => self.case.setting = Setting::Nocturnal,
            Answer::Other => self.case.setting = Setting::Other,
            Answer::Days | Answer::Longer => self.case.facts.insert(Fact::Over24Hours),
            _ => {}
        }
        self.go_on();
    }

    fn answered_context(&mut self, answer: Answer) {
        match answer {
            Answer::Minor => self.case.raise(Flag::Child),
            Answer::Pregnant => self.case.raise(Flag::Pregnancy),
            Answer::Medicine => self.case.raise(Flag::Medication),
            Answer::Condition => self.case.raise(Flag::Condition),
            Answer::Recurrent => self.case.raise(Flag::Recurrent),
            Answer::ClotRisk => self.case.raise(Flag::ClotRisk),
            Answer::None | Answer::No => {
                let context = order::CONTEXT_FLAGS.iter().map(|flag| FlagId::from(*flag));
                let open = context.collect::<FlagSet>().without(self.case.flags);
                self.case.cleared = self.case.cleared.union(open);
            }
            _ => {}
        }
        if !self.close_if_pressing() {
            self.go_on();
        }
    }

    fn answered_offer(&mut self, answer: Answer) {
        match answer {
            Answer::Yes => self.say(Move::Schedule),
            _ => self.say(Move::SafetyNet),
        }
        self.stage = Stage::Closed(Urgency::SelfCare);
    }

    /// Relief at once, with the danger signs in the same message.
    fn relief(&mut self) {
        self.case.now = Some(true);
        self.case.reported = true;
        self.case.began = self.case.began.or(Some(self.now));
        self.say(Move::Show(Card::Relief));
        self.timers = Timers::Start;
        if self.case.open_flags(self.responses).is_empty() {
            self.stage = Stage::Waiting;
        } else {
            self.ask(Question::Check, None);
        }
    }

    fn due(&mut self, step: Step) {
        if self.case.now != Some(true) || matches!(self.stage, Stage::Closed(_)) {
            return;
        }
        match step {
            Step::LetGo3 => self.ask(Question::LetGo3, None),
            Step::LetGo10 => self.ask(Question::LetGo10, None),
            Step::LetGo15 if self.said_still_locked() => {
                self.case.raise(Flag::UnrelentingPain);
                self.close_if_pressing();
            }
            Step::LetGo15 => {
                self.say(Move::Show(Card::Silence));
                self.say(Move::SafetyNet);
                self.stage = Stage::Waiting;
            }
        }
    }

    /// Whether the member answered at 10 minutes that it is still locked.
    fn said_still_locked(&self) -> bool {
        self.case.answered.contains(Question::LetGo10)
            || self.case.facts.contains(Fact::Over15Minutes)
    }
}
