//! What an answer does, pressed or said: each question with what follows from it.

use super::{Answer, Case, Choice, Flow, Move, OnPlan, Origin, Stage, is_danger, is_open, order};
use crate::vocabulary::{Card, Fact, FactSet, Flag, FlagId, FlagSet, Question, Setting, Urgency};

impl Flow<'_> {
    /// A press.
    pub(super) fn chose(&mut self, choice: Choice) {
        if !is_open(&self.case, self.stage, choice) {
            return self.chose_late(choice);
        }
        match choice {
            Choice::Answer(Question::Offer, answer, _) => self.answered_in_channel(answer),
            Choice::Answer(question, answer, about) => self.answered(question, answer, about),
            Choice::Signs(flags) => self.named(flags),
            Choice::Sources => self.say(Move::Sources),
            Choice::More(_) | Choice::Topic(_) if self.is_sent_to_doctor() => self.send_again(),
            Choice::More(_) | Choice::Topic(_) if self.is_affirmed() => self.repeat_question(),
            Choice::More(topic) => self.say(Move::More(topic)),
            Choice::Topic(topic) if self.is_call_for_help(topic) => {
                self.begin_relief(&self.case.clone());
            }
            Choice::Topic(topic) => self.say(Move::Answer(topic)),
            Choice::Checked => self.restart(),
        }
    }

    /// A press that belongs to an earlier question: danger counts whenever somebody tells of it;
    /// anything else changes nothing, and the open question stands.
    fn chose_late(&mut self, choice: Choice) {
        if !is_danger(choice) {
            self.say(Move::Show(Card::NotUnderstood));
            return self.repeat_question();
        }
        let before = self.stage;
        match choice {
            Choice::Answer(Question::Check, Answer::List1, _) => {
                self.close(Urgency::Emergency, Origin::List(1));
            }
            Choice::Answer(Question::Check, _, _) => self.close(Urgency::Urgent, Origin::List(2)),
            Choice::Answer(Question::Rescreen, _, _) => self.worse_on_plan(),
            Choice::Answer(Question::Rest, ..) if self.is_sent_to_doctor() => self.send_again(),
            Choice::Answer(Question::Rest, answer, _) => self.answered_rest(answer),
            Choice::Answer(_, _, about) => self.take(about.into_iter().collect()),
            Choice::Signs(flags) => self.take(flags),
            Choice::Sources | Choice::More(_) | Choice::Topic(_) | Choice::Checked => {}
        }
        // What is less pressing takes no emergency back.
        if before == Stage::Closed(Urgency::Emergency) && self.stage != before {
            self.stage = before;
            self.send_again();
        }
    }

    /// Signs of a list were picked.
    fn named(&mut self, flags: FlagSet) {
        if let Stage::Asking(question, _) = self.stage {
            self.case.answered.insert(question);
        }
        self.take(flags);
    }

    /// These signs hold.
    fn take(&mut self, flags: FlagSet) {
        flags.iter().for_each(|flag| self.case.raise(flag));
        self.go_on();
    }

    /// A doctor has looked at it: what was closed by that is asked afresh.
    pub(super) fn restart(&mut self) {
        self.begin_anew_with_doctor();
        self.go_on();
    }

    /// What a doctor has looked at stands no longer; who it is stays known.
    pub(super) fn begin_anew_with_doctor(&mut self) {
        let case = std::mem::take(&mut self.case);
        let lasting = case.flags.iter().filter(|f| self.responses.urgency(*f) < Urgency::Urgent);
        let mut facts = FactSet::default();
        let kept = [Fact::OneSide, Fact::BothSides, Fact::OneCalf, Fact::AgeOver50].into_iter();
        kept.filter(|fact| case.facts.contains(*fact)).for_each(|fact| facts.insert(fact));
        let pressing = case.flags.iter().filter(|flag| self.is_pressing(*flag));
        self.case = Case {
            flags: lasting.collect(),
            seen: case.seen.union(pressing.collect()),
            facts,
            age: case.age,
            who: case.who,
            muscle: case.muscle,
            setting: case.setting,
            now: Some(false),
            reported: true,
            plan: OnPlan { checks_in: case.plan.runs, ..case.plan },
            ..Case::default()
        };
        self.say(Move::Show(Card::WelcomeBack));
    }

    /// An answer to a question that is open.
    pub(super) fn answered(&mut self, question: Question, answer: Answer, about: Option<FlagId>) {
        self.case.answered.insert(question);
        match question {
            Question::Check => self.answered_check(answer),
            Question::List2 | Question::Which => self.answered_which(answer),
            Question::Rest => self.answered_rest(answer),
            Question::Clarify | Question::StillThere => self.answered_sign(answer, about),
            Question::Released | Question::LetGo3 | Question::LetGo10 => {
                self.answered_course(question, answer);
            }
            Question::When => self.answered_when(answer),
            Question::Context => self.answered_context(answer),
            Question::PlanOffer => self.answered_offer(answer),
            Question::Sore => self.answered_sore(answer),
            Question::WhatIf => self.answered_what_if(answer),
            Question::Offer => self.answered_in_channel(answer),
            Question::Rescreen => self.answered_rescreen(answer),
            Question::Reminder | Question::Zone => {}
        }
    }

    /// "None" to the danger signs in short counts for all of them; anything else asks for each list.
    fn answered_rescreen(&mut self, answer: Answer) {
        if matches!(answer, Answer::None | Answer::No) {
            self.check_is_clear();
        } else {
            self.ask(Question::Check, None);
        }
    }

    fn answered_check(&mut self, answer: Answer) {
        match answer {
            Answer::None | Answer::No => self.check_is_clear(),
            Answer::List1 => self.close(Urgency::Emergency, Origin::List(1)),
            Answer::List2 => self.ask(Question::List2, None),
            Answer::Yes | Answer::Some => self.ask(Question::Which, None),
            _ => {
                let flag = self.likeliest();
                self.case.doubt(flag);
                self.go_on();
            }
        }
    }

    fn check_is_clear(&mut self) {
        self.clear_lists();
        self.go_on();
    }

    /// "None of these": the person's own no to every sign on the lists.
    pub(super) fn clear_lists(&mut self) {
        let open = self.case.open_flags(self.responses).without(self.case.unsure);
        self.case.cleared = self.case.cleared.union(open);
        self.case.checked = true;
    }

    /// The sign to ask about when the lists were answered "not sure".
    fn likeliest(&self) -> FlagId {
        let open = self.case.open_flags(self.responses);
        let hinted = self.case.unsure.iter().max_by_key(|flag| self.responses.urgency(*flag));
        let effort = self.case.facts.contains(Fact::BigEffort);
        let usual = if self.case.now == Some(true) {
            Flag::ColdOrPaleFoot
        } else if effort {
            Flag::DarkUrine
        } else {
            Flag::Swelling
        };
        let usual = Some(FlagId::from(usual)).filter(|flag| open.contains(*flag));
        hinted.or(usual).or_else(|| open.iter().next()).unwrap_or(Flag::Swelling.into())
    }

    /// One of a list holds, but which one was not said.
    fn answered_which(&mut self, answer: Answer) {
        let taken_back = matches!(answer, Answer::None | Answer::No);
        if taken_back && !self.case.answered.contains(Question::Rest) {
            self.ask(Question::Rest, None);
        } else {
            let list = self.case.answered.contains(Question::List2);
            self.close(Urgency::Urgent, if list { Origin::List(2) } else { Origin::Unsure });
        }
    }

    fn answered_rest(&mut self, answer: Answer) {
        match answer {
            Answer::None | Answer::No => self.check_is_clear(),
            Answer::Yes | Answer::Some if !self.case.answered.contains(Question::Which) => {
                self.ask(Question::Which, None);
            }
            _ => self.close(Urgency::Urgent, Origin::Unsure),
        }
    }

    /// The question about one sign: the only thing that lowers one that was affirmed.
    fn answered_sign(&mut self, answer: Answer, about: Option<FlagId>) {
        let Some(flag) = about else { return self.go_on() };
        match answer {
            Answer::Yes | Answer::Some => self.case.raise(flag),
            Answer::No | Answer::None => self.case.clear(flag),
            _ if self.responses.urgency(flag) >= Urgency::Urgent => {
                if !self.close_if_pressing() {
                    self.close(Urgency::Urgent, Origin::Flag(flag));
                }
                return;
            }
            _ => self.case.raise(flag),
        }
        self.go_on();
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
        if let Some(flag) = answer.circumstance() {
            self.case.raise(flag);
        }
        match answer {
            Answer::NotSure if !self.case.cleared.contains(Flag::ClotRisk) => {
                self.case.doubt(Flag::ClotRisk);
            }
            Answer::None | Answer::No => {
                let open = order::circumstances().without(self.case.flags);
                self.case.cleared = self.case.cleared.union(open);
                self.case.unsure = self.case.unsure.without(open);
            }
            _ => {}
        }
        self.go_on();
    }

    fn answered_what_if(&mut self, answer: Answer) {
        if matches!(answer, Answer::No | Answer::None) {
            self.stage = Stage::Idle;
            self.say(Move::Show(Card::Goodbye));
        } else {
            self.go_on();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Next, next};
    use super::*;
    use crate::triage::Input;

    fn pressed_late(stage: Stage, choice: Choice) -> Next {
        let responses = crate::responses::disk::load(std::path::Path::new("responses")).unwrap();
        let now = jiff::Timestamp::UNIX_EPOCH;
        next(&responses, Case::default(), stage, Input::Chose(choice), now)
    }

    fn of_the_check(answer: Answer) -> Choice {
        Choice::Answer(Question::Check, answer, None)
    }

    #[test]
    fn danger_counts_below_an_earlier_question_too() {
        let late = pressed_late(Stage::Idle, of_the_check(Answer::List1));
        assert_eq!(late.moves, [Move::Emergency(Origin::List(1))]);
        let late = pressed_late(Stage::Idle, of_the_check(Answer::List2));
        assert_eq!(late.moves, [Move::SameDay(Origin::List(2))]);
        let late = pressed_late(Stage::Idle, Choice::Answer(Question::Rest, Answer::Some, None));
        assert_eq!(late.moves, [Move::Ask(Question::Which, None)]);
        let sign = Choice::Answer(Question::Clarify, Answer::Yes, Some(Flag::Swelling.into()));
        let late = pressed_late(Stage::Closed(Urgency::SelfCare), sign);
        assert_eq!(late.stage, Stage::Closed(Urgency::Urgent));
        let signs = Choice::Signs(FlagSet::only(Flag::ColdOrPaleFoot));
        assert_eq!(pressed_late(Stage::Idle, signs).stage, Stage::Closed(Urgency::Emergency));
    }

    #[test]
    fn an_all_clear_counts_only_where_it_is_asked() {
        let late = pressed_late(Stage::Waiting, of_the_check(Answer::None));
        assert_eq!(late.moves, [Move::Show(Card::NotUnderstood)]);
        assert!(!late.case.checked && late.case.cleared.is_empty());
    }

    #[test]
    fn what_is_less_pressing_takes_no_emergency_back() {
        let emergency = Stage::Closed(Urgency::Emergency);
        let late = pressed_late(emergency, of_the_check(Answer::List2));
        assert_eq!(late.stage, emergency);
        assert!(late.moves.iter().any(|step| matches!(step, Move::Emergency(_))), "{late:?}");
    }
}
