//! What a message does to the interview: danger signs first, then the course of a cramp, then an
//! answer to the open question, then what was asked, then the next question.

use super::advice::wants_plan;
use super::asked::Where;
use super::end::is_start_over;
use super::in_answer::asks_for_signs;
use super::order::{circumstances, is_of_interview};
use super::plain::{
    BARE_ANSWER, asks_emergency_number, list_answer, names_side, says_now, says_source, takes_back,
    tells, tells_nothing,
};
use super::{Answer, Case, Choice, Flow, Move, Stage, Timers, course, is_open};
use crate::understanding::{AgeBand, Plainly, Understanding};
use crate::vocabulary::{Card, Fact, Flag, FlagId, FlagSet, Question, Setting, Urgency};

/// Most words of a message that takes back what was answered to the lists (`club-rule`).
const A_SENTENCE: usize = 14;

impl Flow<'_> {
    /// A message.
    pub(super) fn heard(&mut self, said: &Understanding) {
        let meant = self.in_answer(said);
        let said = meant.as_ref().unwrap_or(said);
        self.heard_so(said);
        self.keep_question(said);
        self.promise_plan(said);
    }

    fn heard_so(&mut self, said: &Understanding) {
        if self.is_stop(said) && self.crisis(said).is_none() {
            return self.stop();
        }
        let anew = self.turn_to_another(said);
        let before = self.case.clone();
        self.hinted = said.unsure;
        self.put_right(said);
        self.case.learn(said, self.now, &self.responses.zone);
        self.news = self.case.flags.without(before.flags);
        self.note_told(said);
        self.case.plan.wished |= wants_plan(said);
        self.confirm(said);
        self.note_check();
        if self.heard_crisis(said)
            || self.heard_in_care(said, &before)
            || self.heard_from_doctor(said, &before)
            || self.heard_danger(said, &before)
        {
            return;
        }
        if let Some(list) = self.late_list(said) {
            return self.chose(Choice::Answer(Question::Check, list, None));
        }
        if self.takes_none_back(said) {
            return self.ask_which_after_all();
        }
        if says_source(said) && tells_nothing(said) {
            self.say(Move::Sources);
            return self.repeat_question();
        }
        if self.is_sent_to_doctor() {
            return self.heard_after_doctor(said);
        }
        if asks_emergency_number(said) {
            self.say(Move::Show(Card::EmergencyNumbers));
            return self.repeat_question();
        }
        if is_start_over(said) {
            return self.start_over();
        }
        if let Some(question) = self.unnamed_sign() {
            return self.heard_which(said, question);
        }
        if self.asks_of_old_signs(said) {
            return;
        }
        if self.heard_meanwhile(said, &before) || self.heard_of_plan(said) {
            return;
        }
        if self.heard_course(said, &before) || self.heard_doubt(&before) {
            return;
        }
        if anew {
            return self.heard_of_another(said);
        }
        if self.heard_of_person(said, &before) {
            return;
        }
        match self.stage {
            Stage::Asking(Question::WhatIf, _) => self.heard_after_what_if(said),
            Stage::Asking(question, about) => self.heard_answer(said, question, about),
            Stage::Idle | Stage::Waiting | Stage::Closed(_) => self.heard_afresh(said),
        }
    }

    /// "Sorry, I meant yes to list 1", after the lists were answered otherwise.
    fn late_list(&self, said: &Understanding) -> Option<Answer> {
        let says = |fact| said.facts.contains(fact);
        // "First one, yes", to another question, is the first of its choices.
        let asked = matches!(self.stage, Stage::Asking(..));
        let after_all = says(Fact::SomeOfThese);
        let told = after_all || says(Fact::TakesBack) || says(Fact::Yes) && !asked;
        let longest = if after_all { A_SENTENCE } else { BARE_ANSWER };
        let yes = told && !says(Fact::No) && said.length <= longest;
        let list =
            list_answer(&says).filter(|_| yes && self.case.checked && tells_nothing(said))?;
        (!self.is_sent_to_doctor()).then_some(list)
    }

    /// "Hang on, one of those does fit", after the lists were answered with "none".
    fn takes_none_back(&self, said: &Understanding) -> bool {
        let told =
            said.facts.contains(Fact::SomeOfThese) && !said.facts.contains(Fact::NoneOfThese);
        let brief = said.length <= A_SENTENCE && !said.question && tells_nothing(said);
        told && brief && self.case.checked && !self.is_sent_to_doctor()
    }

    /// The lists are open again, and which sign of them it is comes first.
    fn ask_which_after_all(&mut self) {
        self.case.reopen(self.responses);
        self.case.answered.insert(Question::Check);
        self.ask(Question::Which, None);
    }

    /// Plain talk of wanting to die goes before everything but an emergency.
    fn heard_crisis(&mut self, said: &Understanding) -> bool {
        let Some(topic) = self.crisis(said) else { return false };
        self.timers = Timers::Cancel;
        if !self.close_if_pressing() && !self.is_sent_to_doctor() {
            self.stage = Stage::Idle;
            self.case = Case::default();
        }
        self.say(Move::Answer(topic));
        true
    }

    /// A sign that sends to a doctor ends the interview at once. One that was affirmed and is now
    /// denied is asked about: that answer decides.
    fn heard_danger(&mut self, said: &Understanding, before: &Case) -> bool {
        // "I meant pale as in no tan": the sign of the card, explained.
        let explained = self.explains(said) && said.raised.without(before.flags).is_empty();
        if explained && self.is_sent_to_doctor() {
            return false;
        }
        let answers = self.heard_answer_to_sign(said);
        let told = said.raised.iter().any(|flag| self.is_pressing(flag));
        let rises = self.case.level(self.responses) > before.level(self.responses);
        if (told || rises || answers == Some(Answer::Yes)) && self.close_if_pressing() {
            return true;
        }
        let both = self.case.flags.iter().filter(|flag| said.denied.contains(*flag));
        let weighs = |flag: &FlagId| self.case.level_of(*flag, self.responses) >= Urgency::Urgent;
        let both: FlagSet = both.filter(weighs).collect();
        self.case.denied = self.case.denied.union(both);
        let denied = both.iter().max_by_key(|flag| self.responses.urgency(*flag));
        if let Some(flag) = denied.filter(|_| self.hangs_on(self.case.denied)) {
            self.ask(Question::Clarify, Some(flag));
            return true;
        }
        // "Joking", to that question: it decides all the same.
        let asked = matches!(self.stage, Stage::Asking(Question::Clarify, _));
        if asked && answers.is_none() && self.explains(said) {
            self.repeat_question();
            return true;
        }
        let open = answers.is_some_and(|answer| answer != Answer::Yes);
        !self.is_sent_to_doctor() && !open && self.close_if_pressing()
    }

    /// Whether the level would be lower without some signs: "no fever", of a child that will not walk,
    /// changes nothing by itself.
    pub(super) fn hangs_on(&self, signs: FlagSet) -> bool {
        let mut without = self.case.clone();
        signs.iter().for_each(|flag| without.clear(flag));
        without.level(self.responses) < self.case.level(self.responses)
    }

    /// What the message answers to the open question about one sign. The answer affirms or lowers
    /// it, whatever else is said.
    fn heard_answer_to_sign(&mut self, said: &Understanding) -> Option<Answer> {
        let Stage::Asking(question, Some(flag)) = self.stage else { return None };
        let gone = said.denied.contains(flag) || self.is_no_longer(said);
        let denied = gone.then_some(Answer::No);
        let told = denied.or_else(|| self.confirms(said, flag));
        let answer = told.or_else(|| Some(self.bare_answer(said, question)?.1))?;
        if answer == Answer::Yes {
            self.case.raise(flag);
        } else if told.is_some() {
            self.case.clear(flag);
            self.case.answered.insert(question);
        }
        Some(answer)
    }

    /// The open question after a list was affirmed without naming the sign.
    pub(super) fn unnamed_sign(&self) -> Option<Question> {
        match self.stage {
            Stage::Asking(question @ (Question::List2 | Question::Which), _) => Some(question),
            Stage::Asking(..) | Stage::Idle | Stage::Waiting | Stage::Closed(_) => None,
        }
    }

    /// A sign was affirmed without its name: until it is named or taken back there is nothing else.
    fn heard_which(&mut self, said: &Understanding, question: Question) {
        if self.case.checked {
            self.case.answered.insert(question);
            self.go_on();
        } else if says_now(said) {
            self.answered(question, Answer::NotSure, None);
        } else if takes_back(said) || course::only_let_go(said) {
            self.answered(question, Answer::None, None);
        } else if let Some((question, answer)) = self.bare_answer(said, question) {
            self.answered(question, answer, None);
        } else {
            self.repeat_question();
        }
    }

    /// A message while a question is open.
    fn heard_answer(&mut self, said: &Understanding, question: Question, about: Option<FlagId>) {
        // "I don't want reminders", before any were offered.
        if is_of_interview(question) && self.refuses_plan(said) && question != Question::PlanOffer {
            self.case.answered.insert(Question::PlanOffer);
            (self.case.plan.wished, self.case.plan.agreed) = (false, false);
            self.say(Move::Show(Card::Noted));
            return self.repeat_question();
        }
        if about.is_some_and(|flag| said.denied.contains(flag)) {
            return self.answered(question, Answer::No, about);
        }
        if let Some((question, answer)) = self.bare_answer(said, question) {
            return self.answered(question, answer, about);
        }
        if self.heard_no_and_more(said, question) {
            return;
        }
        if question == Question::PlanOffer && !said.raised.is_empty() {
            return self.heard_at_offer(said);
        }
        if question == Question::PlanOffer && self.heard_of_soreness(said) {
            return self.repeat_question();
        }
        if said.facts.contains(Fact::Skips) && asks_for_signs(question) && tells_nothing(said) {
            self.say(Move::Show(Card::CannotSkip));
            return self.repeat_question();
        }
        let names = said.facts.iter().any(names_side) || said.bare_minutes.is_some();
        // "Ok yes then", to the circumstances, leaves open which.
        let agrees = question == Question::Context && said.plainly == Plainly::Yes;
        let open = said.question || !tells(said) && !names || self.needs_other_relief(said);
        let asks = open && !agrees;
        let answered = asks && self.answer_topics(said, Where::Alone);
        if answered && question == Question::PlanOffer && self.ask_of_own_sign(said) {
            return;
        }
        if answered && question == Question::Context && self.ask_of_own_circumstance(said) {
            return;
        }
        if self.is_settled(said, question, about) {
            self.case.answered.insert(question);
            return self.go_on();
        }
        let affirms = said.facts.contains(Fact::Yes);
        let asks_how = said.question && self.case.now == Some(true) && self.case.muscle.is_some();
        if question == Question::Context && affirms && !answered && tells_nothing(said) {
            self.say(Move::Show(Card::WhichFits));
        } else if !answered && asks_how {
            // "Should I push his foot?"
            self.say(Move::Show(Card::StillLocked));
        } else if !answered && (affirms || names || tells(said) || said.is_relevant()) {
            self.say(Move::Show(noted(said, question)));
            let young =
                said.raised.contains(Flag::Child) || said.age.is_some_and(AgeBand::is_minor);
            if young && self.case.is_minor() {
                self.say(Move::Show(Card::MinorNote));
            }
        } else if !answered {
            self.small_talk_or_not_understood(said);
        }
        self.repeat_question();
    }

    /// "None, I'm 44", "no, can I play on Sunday?" to the check lists: none of them, and what comes
    /// besides is kept or answered.
    fn heard_no_and_more(&mut self, said: &Understanding, question: Question) -> bool {
        let none = Choice::Answer(Question::Check, Answer::None, None);
        let lists = matches!(question, Question::Rest | Question::Context);
        let open = is_open(&self.case, self.stage, none) || lists;
        let of_signs = lists || matches!(question, Question::Check | Question::Rescreen);
        if said.plainly != Plainly::NoAndMore || !of_signs || !open {
            return false;
        }
        if said.question {
            self.answer_topics(said, Where::Alone);
        }
        self.answered(question, Answer::None, None);
        self.order_moves();
        true
    }

    /// Whether a message answers the open question by what it says, not by yes or no.
    fn is_settled(&self, said: &Understanding, question: Question, about: Option<FlagId>) -> bool {
        let told = said.raised.union(said.denied);
        match question {
            Question::Check | Question::Rest | Question::Rescreen => {
                self.case.open_flags(self.responses).is_empty()
            }
            Question::When => said.setting != Setting::Unknown || said.onset.is_some(),
            Question::Released => self.case.now.is_some() || tells(said) && !self.is_fresh(),
            Question::Context => {
                let known =
                    |flag: FlagId| self.is_often_at_night(flag) && !self.news.contains(flag);
                told.among(circumstances()).iter().any(|flag| !known(flag))
            }
            Question::Clarify | Question::StillThere => {
                about.is_some_and(|flag| told.union(self.case.cleared).contains(flag))
            }
            Question::List2
            | Question::Which
            | Question::LetGo3
            | Question::LetGo10
            | Question::PlanOffer
            | Question::Sore
            | Question::Offer
            | Question::Reminder
            | Question::Zone
            | Question::WhatIf => false,
        }
    }

    /// A "what if" was closed with the question whether it is happening; nobody has to take it up.
    fn heard_after_what_if(&mut self, said: &Understanding) {
        if let Some((question, answer)) = self.bare_answer(said, Question::WhatIf) {
            return self.answered(question, answer, None);
        }
        if takes_back(said) {
            return self.answered(Question::WhatIf, Answer::No, None);
        }
        self.stage = Stage::Idle;
        self.heard_afresh(said);
    }
}

/// What is said to an answer of another question. One of some signs makes the lists shorter.
fn noted(said: &Understanding, question: Question) -> Card {
    let told = said.raised.union(said.denied).without(circumstances());
    let shorter = question == Question::Check && !told.is_empty();
    if shorter { Card::FewerSigns } else { Card::Noted }
}
