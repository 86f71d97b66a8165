//! The course of a cramp that is on: relief at once, the timers, and what follows when it lets go,
//! comes and goes, gets worse or stays locked.

use super::order::{is_of_interview, is_usual};
use super::plain::{BARE_ANSWER, plain_answer, says_now, tells_nothing};
use super::{Answer, Case, Flow, Move, Stage, Timers, asked};
use crate::responses::TopicId;
use crate::understanding::{Plainly, Tense, Understanding};
use crate::vocabulary::{Card, Fact, Flag, FlagId, Question, Setting, Timer};

/// After so many minutes nobody walks a cramp out (`club-rule`).
const LONG_OVER: u32 = 180;
/// Most words of "still", or of "hamstring", from somebody whose leg is locked (`club-rule`).
const A_CRY: usize = 6;
/// Most words of "he went back on and it grabbed again" (`club-rule`).
const A_RETURN: usize = 9;

/// "In bed just now", "on the bike just now", once it let go: where it was, and no new cramp.
fn says_where_it_was(said: &Understanding, before: &Case) -> bool {
    let cries = said.facts.contains(Fact::CrampLike) || said.facts.contains(Fact::SecondCramp);
    let anew = cries || said.is_relevant() || is_back(said);
    let bare = said.length <= A_CRY && said.muscle.is_none() && !anew;
    before.reported && before.now == Some(false) && said.setting != Setting::Unknown && bare
}

impl Flow<'_> {
    /// Cramping now, still locked, let go: the course of a cramp goes before the interview.
    pub(super) fn heard_course(&mut self, said: &Understanding, before: &Case) -> bool {
        self.heard_none_besides(said);
        let question = match self.stage {
            Stage::Asking(q @ (Question::Released | Question::LetGo3 | Question::LetGo10), _) => {
                Some(q)
            }
            Stage::Asking(..) | Stage::Idle | Stage::Waiting | Stage::Closed(_) => None,
        };
        let known = before.reported || before.plan.runs;
        if known && self.case.now != Some(true) && is_back(said) {
            self.case.muscle = said.muscle.or(self.case.muscle);
            self.case.now = Some(true);
            self.case.began = Some(self.now);
        }
        if says_where_it_was(said, before) {
            self.case.now = Some(false);
        }
        if before.now == Some(true) && self.case.now == Some(false) && course(said).is_none() {
            // "Yesterday", "every session": it is not on, whatever it sounded like.
            self.answered_course(question.unwrap_or(Question::Released), Answer::NotNow);
            return true;
        }
        if self.is_still_on(said, before) {
            self.answered_course(question.unwrap_or(Question::LetGo3), Answer::No);
            return true;
        }
        let spoken_of = before.now == Some(true) || question.is_some() || self.is_no_longer(said);
        let begins = self.case.now == Some(true) && before.now != Some(true);
        let cries = said.facts.contains(Fact::CrampLike) || said.facts.contains(Fact::PointsBack);
        let after_answer = self.case.advised && (!said.question || cries);
        let again = said.facts.contains(Fact::SecondCramp) && said.setting == Setting::Exercise;
        let known = self.case.reported || self.case.plan.runs;
        if begins && (said.is_relevant() || known || after_answer || again) {
            self.begin_relief(before);
        } else if names_muscle(said, before) {
            // Now it can be said how that one is stretched.
            self.case.muscle = said.muscle;
            self.say(Move::Show(Card::Relief));
            self.repeat_question();
            return true;
        } else if let Some(answer) = course(said).filter(|_| spoken_of) {
            let question = question.unwrap_or(Question::LetGo3);
            self.case.answered.insert(question);
            self.answered_course(question, answer);
        } else {
            return false;
        }
        if !self.is_sent_to_doctor() {
            self.answer_topics(said, asked::Where::InReport);
            self.order_moves();
        }
        true
    }

    /// "None. It's let go", to the check lists below the relief: it answers these as well.
    fn heard_none_besides(&mut self, said: &Understanding) {
        let Stage::Asking(question @ (Question::Check | Question::Rescreen), _) = self.stage else {
            return;
        };
        let says = |fact| said.facts.contains(fact);
        let of_course = course(said).is_some() || says(Fact::ShortAndPainless);
        // "No, it's still locked" is said to the cramp alone.
        let goes_on = says_now(said) || says(Fact::Worse) || says(Fact::NothingHelps);
        let none = said.plainly == Plainly::NoAndMore && (!goes_on || says(Fact::NoneOfThese));
        if none && (of_course || goes_on) {
            self.case.answered.insert(question);
            self.clear_lists();
        }
    }

    /// "It let go", to the question whether the muscle is still hard.
    pub(super) fn is_no_longer(&self, said: &Understanding) -> bool {
        let tight = FlagId::from(Flag::CompartmentTight);
        let told = said.raised.union(said.unsure).contains(tight);
        let asked = self.stage == Stage::Asking(Question::Clarify, Some(tight));
        asked && !told && course(said) == Some(Answer::Yes)
    }

    /// "Yes still", "yes now", "2 mins", below the relief: it is about the cramp, and no yes to the
    /// danger signs that are asked for there.
    fn is_still_on(&self, said: &Understanding, before: &Case) -> bool {
        let lists = matches!(self.stage, Stage::Asking(Question::Check | Question::Rest, _));
        let still = said.facts.contains(Fact::NotQuite) && !said.facts.contains(Fact::No);
        let brief = said.length <= A_CRY && !said.question && tells_nothing(said);
        let minutes = said.bare_minutes.is_some() && said.onset.is_none();
        let so_long = minutes || said.tense == Tense::Since;
        before.now == Some(true) && lists && brief && (still || so_long)
    }

    /// Every cramp is rock hard and painful in its first minutes, so whether that is all is asked
    /// when it stays, not with the relief.
    pub(super) fn is_hard_as_any(&self) -> bool {
        let heard = [Question::Released, Question::LetGo3, Question::LetGo10];
        self.case.now == Some(true)
            && self.case.minutes(self.now) < Fact::LONGER_THAN_MOST
            && !heard.into_iter().any(|question| self.case.answered.contains(question))
    }

    /// Has it let go?
    pub(super) fn answered_course(&mut self, question: Question, answer: Answer) {
        self.case.reported = true;
        match answer {
            Answer::Yes => {
                let second = self.case.facts.contains(Fact::SecondCramp);
                self.let_go(if second { Card::SecondCramp } else { Card::WalkOut });
            }
            Answer::NotNow => {
                self.case.now = Some(false);
                self.timers = Timers::Cancel;
                self.go_on();
            }
            Answer::ComesAndGoes => {
                self.case.facts.insert(Fact::ComesAndGoes);
                self.let_go(Card::ComesAndGoes);
            }
            Answer::Worse if question == Question::Released => {
                self.doubt_tightness();
                self.relief();
            }
            Answer::Worse => self.worse(),
            _ if question == Question::Released => self.relief(),
            _ => self.still_locked(question),
        }
    }

    fn let_go(&mut self, card: Card) {
        let of_sign = |question| {
            is_of_interview(question) && !is_usual(question) && question != Question::LetGo10
        };
        let asked = self.case.asked.that(of_sign).count() > 0;
        let hinted = self.hinted.contains(Flag::CompartmentTight);
        let tight = self.case.unsure.contains(Flag::CompartmentTight);
        if card != Card::ComesAndGoes && !asked && !hinted {
            // It was doubted for being hard, and is no longer.
            self.case.unsure.remove(Flag::CompartmentTight);
        }
        self.case.now = Some(false);
        self.timers = Timers::Cancel;
        // "It's gone, that was yesterday": there is nothing to walk out any more.
        if tight || self.case.minutes(self.now) < LONG_OVER {
            self.say(Move::Show(card));
        }
        self.go_on();
    }

    /// It gets worse: the question on a tight muscle, once.
    fn worse(&mut self) {
        self.case.now = Some(true);
        self.doubt_tightness();
        self.go_on();
    }

    fn doubt_tightness(&mut self) {
        if !self.case.cleared.contains(Flag::CompartmentTight) {
            self.case.doubt(Flag::CompartmentTight);
        }
    }

    /// Hold on; from 10 minutes on the danger signs are asked for again.
    fn still_locked(&mut self, question: Question) {
        self.case.now = Some(true);
        if question == Question::LetGo10 || self.case.minutes(self.now) >= Fact::LONGER_THAN_MOST {
            self.case.answered.insert(Question::LetGo10);
            self.doubt_tightness();
            self.go_on();
        } else if !self.close_if_pressing() {
            self.say(Move::Show(Card::StillLocked));
            self.ask_signs_or_wait();
        }
    }

    /// Whether a press means that it is cramping now: whoever wants it stopped needs relief, and is
    /// asked for the danger signs.
    pub(super) fn is_call_for_help(&self, topic: TopicId) -> bool {
        let relief = self.responses.topic(topic).is_some_and(|topic| topic.id == "relief");
        relief && self.case.now != Some(true)
    }

    /// "I can't reach my toes", of a cramp that is on: another way is asked for, question or not.
    pub(super) fn needs_other_relief(&self, said: &Understanding) -> bool {
        let best = said.topics.iter().find(|best| best.named);
        let topic = best.and_then(|best| self.responses.topic(best.topic));
        self.case.now == Some(true) && topic.is_some_and(|topic| topic.intent == "relief")
    }

    /// Relief for a cramp that has just begun, be it the first or another one than was told before.
    pub(super) fn begin_relief(&mut self, before: &Case) {
        if before.now == Some(false) && (before.reported || before.plan.runs) {
            self.second_cramp();
        }
        self.relief();
    }

    /// It began anew: what was asked of the last one is open again, the danger signs as well once
    /// the advice was given.
    fn second_cramp(&mut self) {
        if matches!(self.stage, Stage::Closed(_)) {
            self.case.reopen(self.responses);
        }
        self.case.begin_again();
        self.case.facts.insert(Fact::SecondCramp);
    }

    /// Relief at once, with the danger signs in the same message.
    pub(super) fn relief(&mut self) {
        if self.close_if_pressing() {
            return;
        }
        self.case.now = Some(true);
        self.case.plan.checks_in = false;
        self.case.reported = true;
        self.case.began = self.case.began.or(Some(self.now));
        self.say(Move::Show(Card::Relief));
        self.timers = Timers::Start;
        if self.case.minutes(self.now) >= Fact::LONGER_THAN_MOST {
            self.case.answered.insert(Question::LetGo10);
            self.doubt_tightness();
        }
        self.ask_signs_or_wait();
    }

    fn ask_signs_or_wait(&mut self) {
        match self.next_sign() {
            Some((question, about)) => self.ask(question, about),
            None => self.stage = Stage::Waiting,
        }
    }

    /// Nothing is open while it is on: hold, and tell when it lets go.
    pub(super) fn hold(&mut self) {
        self.say(Move::Show(Card::KeepHolding));
        self.stage = Stage::Waiting;
    }

    /// A timer of a cramp that is on.
    pub(super) fn due(&mut self, step: Timer) {
        let named = self.unnamed_sign().is_none();
        if self.case.now != Some(true) || matches!(self.stage, Stage::Closed(_)) || !named {
            return;
        }
        match step {
            Timer::LetGo3 if self.case.answered.contains(Question::LetGo3) => {}
            Timer::LetGo3 => self.ask(Question::LetGo3, None),
            Timer::LetGo10 if self.case.answered.contains(Question::LetGo10) => {}
            Timer::LetGo10 => self.ask(Question::LetGo10, None),
            Timer::LetGo15 if self.case.answered.contains(Question::LetGo10) => {
                self.case.raise(Flag::UnrelentingPain);
                self.close_if_pressing();
            }
            Timer::LetGo15 => {
                self.say(Move::Show(Card::Silence));
                self.say(Move::SafetyNet);
            }
        }
    }

    /// Relief stands first, the question last.
    pub(super) fn order_moves(&mut self) {
        self.moves.sort_by_key(|step| match step {
            Move::Emergency(_) | Move::SameDay(_) | Move::Sent(..) => 0,
            Move::Show(_) => 1,
            Move::Answer(_) | Move::More(_) | Move::FollowUp(..) | Move::Sources => 2,
            Move::Advice | Move::Visit | Move::Schedule(_) => 3,
            Move::SafetyNet => 4,
            Move::Ask(..) => 5,
        });
    }
}

/// "Hamstring", of a cramp that is on and had no name so far; "it's moved to my foot", of one that had.
fn names_muscle(said: &Understanding, before: &Case) -> bool {
    let moved = said.facts.contains(Fact::SecondCramp) && said.muscle != before.muscle;
    let named = moved || before.muscle.is_none() && said.muscle.is_some();
    let only = tells_nothing(said) && !said.question && said.length <= A_CRY;
    let answers = plain_answer(&|fact| said.facts.contains(fact)).is_some();
    before.now == Some(true) && named && only && !answers
}

/// "It came back", "again": another one, in so few words that it is on.
pub(super) fn is_back(said: &Understanding) -> bool {
    let says = |fact| said.facts.contains(fact);
    let told = says(Fact::SecondCramp) || says(Fact::CrampedAgain);
    let elsewhere = said.setting != Setting::Unknown && !says(Fact::Now);
    let elsewhen = said.onset.is_some() || elsewhere || said.question;
    let brief = said.length <= if said.for_other { A_RETURN } else { A_CRY };
    told && !elsewhen && brief
}

/// "No, it let go I mean", after a bare "yes" below the relief: no sign is told.
pub(super) fn only_let_go(said: &Understanding) -> bool {
    let signs = said.raised.union(said.unsure).union(said.denied);
    signs.is_empty() && said.length <= BARE_ANSWER && course(said) == Some(Answer::Yes)
}

/// What a message says of the course of a cramp.
pub(super) fn course(said: &Understanding) -> Option<Answer> {
    let says = |fact| said.facts.contains(fact);
    if says(Fact::Worse) {
        Some(Answer::Worse)
    } else if says(Fact::StillLocked) {
        Some(Answer::No)
    } else if says(Fact::ComesAndGoes) {
        Some(Answer::ComesAndGoes)
    } else if says(Fact::Released) || says(Fact::Over) {
        Some(Answer::Yes)
    } else if says(Fact::NothingHelps) {
        Some(Answer::No)
    } else {
        None
    }
}
