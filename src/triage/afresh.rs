//! A message with no question open, and what is said where none was understood.

use super::asked::Where;
use super::order::circumstances;
use super::plain::{BARE_ANSWER, names_side, tells};
use super::report::is_general;
use super::{Flow, Move, Stage};
use crate::responses::TopicId;
use crate::understanding::{Plainly, Relevance, Understanding};
use crate::vocabulary::{Aspect, Card, Fact, FlagSet, Question, Setting, Urgency};

/// Most words of a cry that names no muscle (`club-rule`).
const AN_UNNAMED_CRY: usize = 8;

impl Flow<'_> {
    /// A message with no question open.
    pub(super) fn heard_afresh(&mut self, said: &Understanding) {
        if self.stage == Stage::Waiting && !said.is_relevant() {
            return self.heard_while_held(said);
        }
        if self.heard_of_illness(said)
            || self.heard_what_it_does(said)
            || self.heard_when_it_was(said)
        {
            return;
        }
        if self.cries(said) {
            return self.begin_relief(&self.case.clone());
        }
        let advised = matches!(self.stage, Stage::Closed(_)) && self.next_question().is_none();
        if self.is_report(said) && !advised {
            // "I think I tore it, can I roll it?": the sign first.
            if !self.doubts_danger(said) {
                self.answer_topics(said, Where::InReport);
                self.hear_thanks(said);
            }
            self.go_on();
        } else if self.answer_topics(said, Where::Alone) {
            let asked = self.case.answered.contains(Question::WhatIf);
            let first = self.stage == Stage::Idle && !self.case.reported && !asked;
            let of_sign = said.is_relevant() || self.speaks_of_danger(said);
            // "Is ibuprofen ok if my pee is brown?"
            let may_be = self.doubts_emergency(said);
            if (of_sign && is_general(said) || may_be) && first {
                self.ask(Question::WhatIf, None);
            } else {
                self.ask_of_own_sign(said);
            }
        } else if said.is_relevant() && advised && said.raised.is_empty() {
            if self.case.plan.runs && !said.question {
                self.check_in();
            } else {
                self.say(Move::SafetyNet);
            }
        } else if said.is_relevant()
            || self.is_leg_and_time(said)
            || self.is_of_oneself(said)
            || gets_them(said)
            || tells_of_another(said)
            || self.tells_sign(said)
        {
            self.go_on();
        } else if self.adds_to_advice(said) {
            if !self.heard_of_soreness(said) {
                self.say(Move::Show(Card::StillHolds));
            }
            self.say(Move::SafetyNet);
        } else {
            self.small_talk_or_not_understood(said);
        }
    }

    /// "It's locked!!", "it won't let go", to us and before anything else: it needs no word of a leg to be
    /// a cramp that is on.
    fn cries(&self, said: &Understanding) -> bool {
        let says = |fact| said.facts.contains(fact);
        let locked = says(Fact::StillLocked);
        let sounds_so = || matches!(self.best_label(said), Some("relief" | "cramp_report"));
        let on = locked || (says(Fact::Now) || says(Fact::UnderWay)) && sounds_so();
        let unnamed = match said.relevance {
            Relevance::NoWord => true,
            Relevance::NoCramp => locked,
            _ => false,
        };
        let first = !self.case.reported && !self.case.plan.runs && said.onset.is_none();
        unnamed && first && on && said.asked && said.length <= AN_UNNAMED_CRY
    }

    /// "Is it bad if my pee is dark?", once the advice was given: whoever asks about a sign may have it.
    /// Whether that is asked.
    pub(super) fn ask_of_own_sign(&mut self, said: &Understanding) -> bool {
        let known = self.case.reported && !self.is_sent_to_doctor();
        let own = known && (said.of_mine || said.question);
        let signs = said.spoken_of().without(circumstances());
        own && self.ask_of_likeliest(signs.iter().filter(|flag| self.is_pressing(*flag)).collect())
    }

    /// "Does the mini pill count?", to the circumstances: whoever asks about one may have it. Whether that
    /// is asked.
    pub(super) fn ask_of_own_circumstance(&mut self, said: &Understanding) -> bool {
        let open = said.spoken_of().among(circumstances()).without(self.case.cleared);
        said.question && self.ask_of_likeliest(open)
    }

    /// Asks about the most pressing of some signs that may be there. Whether there was one.
    fn ask_of_likeliest(&mut self, signs: FlagSet) -> bool {
        let open = signs.without(self.case.flags);
        let sign = open.iter().max_by_key(|flag| self.responses.urgency(*flag));
        if let Some(sign) = sign {
            self.case.doubt(sign);
            self.ask(Question::Clarify, Some(sign));
        }
        sign.is_some()
    }

    /// "Shin so sore in one spot I can put my finger on it": a sign that a phrase finds, and no word of a
    /// cramp.
    fn tells_sign(&self, said: &Understanding) -> bool {
        let found = said.raised.without(said.guessed).without(circumstances());
        !found.is_empty() && said.muscle.is_some() && !said.question && !self.is_other(said)
    }

    /// "My coach says you can help with cramps, what can I ask?" tells of no cramp.
    fn heard_what_it_does(&mut self, said: &Understanding) -> bool {
        let told = [Fact::Now, Fact::UnderWay, Fact::Habit, Fact::Sore, Fact::Limp];
        let told = told.into_iter().any(|fact| said.facts.contains(fact))
            || said.onset.is_some()
            || said.setting != Setting::Unknown
            || !said.raised.union(said.unsure).is_empty();
        let best = said.topics.first().filter(|best| best.named && !told);
        let is_help = |topic| self.responses.topic(topic).is_some_and(|topic| topic.id == "help");
        let topic = best.map(|best| best.topic).filter(|topic| is_help(*topic));
        if let Some(topic) = topic {
            self.say(Move::Answer(topic));
        }
        topic.is_some()
    }

    /// "It was 3 days ago", after an answer that turns on how long ago it was: when what may be done.
    fn heard_when_it_was(&mut self, said: &Understanding) -> bool {
        let brief = !said.question && said.length <= BARE_ANSWER && said.onset.is_some();
        let timed = |topic: &TopicId| {
            let topic = self.responses.topic(*topic);
            topic.is_some_and(|it| it.by_soreness && it.says_of(Aspect::When).is_some())
        };
        let topic = said.last.filter(|topic| brief && timed(topic));
        if let Some(topic) = topic {
            self.say(Move::FollowUp(topic, Aspect::When));
        }
        topic.is_some()
    }

    /// "Cheers, that worked, it let go".
    fn hear_thanks(&mut self, said: &Understanding) {
        let best = said.topics.first().filter(|best| best.named);
        let topic = best.map(|best| best.topic).filter(|topic| self.is_thanks(*topic));
        let topic = topic.filter(|_| said.facts.contains(Fact::Released));
        if let Some(topic) = topic {
            self.say(Move::Answer(topic));
        }
    }

    /// "I'm 70 and on water tablets", after an answer on cramps: it is told of the cramps that were
    /// asked about.
    fn is_of_oneself(&self, said: &Understanding) -> bool {
        let hurts = said.facts.contains(Fact::Sore) || said.facts.contains(Fact::Habit);
        let signs = !said.raised.is_empty() || !said.unsure.is_empty() || !said.denied.is_empty();
        let sides = said.facts.iter().any(names_side);
        let when = said.onset.is_some() || said.minutes.or(said.bare_minutes).is_some();
        let plain = signs || sides || when || said.age.is_some();
        let course = (hurts || said.setting != Setting::Unknown) && !self.is_other(said);
        self.case.advised && !said.question && (plain || course)
    }

    /// "Both legs", "no fever", once the advice was given: a fact that changes nothing of it.
    fn adds_to_advice(&self, said: &Understanding) -> bool {
        let closed = matches!(self.stage, Stage::Closed(level) if level < Urgency::Urgent);
        let told = tells(said) || said.facts.iter().any(names_side);
        let free = self.case.reported && !self.case.plan.runs;
        let plain = free && !said.question && self.small_talk(said).is_none();
        closed && plain && told && !self.is_other(said) && said.raised.is_empty()
    }

    /// A word while it is on and no question is open: it was asked to tell when the cramp lets go.
    fn heard_while_held(&mut self, said: &Understanding) {
        if let Some((question, answer)) = self.bare_answer(said, Question::LetGo3) {
            self.answered(question, answer, None);
        } else if !self.answer_topics(said, Where::Alone) {
            self.say(Move::Show(Card::StillLocked));
            self.ask_whether_let_go();
        }
    }

    /// Whoever talks on may be free of it.
    fn ask_whether_let_go(&mut self) {
        let three = Question::LetGo3;
        let asked = self.case.answered.contains(three) || self.case.asked.contains(three);
        if !asked && self.has_room() {
            self.ask(three, None);
        }
    }

    /// "No", "nope that's all", when all is said and nothing was asked.
    fn is_no_after_advice(&self, said: &Understanding) -> bool {
        let over = match self.stage {
            Stage::Closed(_) => true,
            Stage::Idle => self.case.advised,
            Stage::Asking(..) | Stage::Waiting => false,
        };
        over && said.plainly == Plainly::No
    }

    /// "But my gp gave it to me", after an answer: its verdict stands.
    fn goes_on_from(&self, said: &Understanding) -> Option<TopicId> {
        let open = match self.stage {
            Stage::Idle => true,
            Stage::Closed(level) => level < Urgency::Urgent,
            Stage::Asking(..) | Stage::Waiting => false,
        };
        let topic = said.goes_on.filter(|_| open && self.case.now != Some(true))?;
        self.responses.topic(topic)?.says_of(Aspect::Verdict).map(|_| topic)
    }

    pub(super) fn small_talk_or_not_understood(&mut self, said: &Understanding) {
        if let Some(topic) = self.responses.topic_id("other_languages").filter(|_| said.unread) {
            return self.say(Move::Answer(topic));
        }
        let on = self.case.now == Some(true) && !said.question && said.has_words;
        let chat = self.small_talk(said);
        if on && said.length <= BARE_ANSWER && !chat.is_some_and(|topic| self.is_thanks(topic)) {
            // "Ok doing it", "omg it hurts".
            self.say(Move::Show(Card::StillLocked));
        } else if let Some(topic) = chat {
            self.say(Move::Answer(topic));
        } else if matches!(self.stage, Stage::Asking(question, _) if question != Question::WhatIf) {
            self.say(Move::Show(Card::UnclearAnswer));
        } else if self.is_no_after_advice(said) {
            self.say(Move::Show(Card::Goodbye));
        } else if let Some(topic) = self.goes_on_from(said) {
            self.say(Move::FollowUp(topic, Aspect::Verdict));
        } else if self.doubts_emergency(said) && said.relevance == Relevance::NoCramp {
            // "Pee is red, had beetroot, legs killing": a leg, and what may be an emergency.
            self.go_on();
        } else if self.is_other(said) {
            self.say(Move::Show(Card::OffTopic));
        } else if self.doubts_danger(said) {
            // "I keep forgetting which lap this is", and no word of a leg.
            self.go_on();
        } else if self.case.plan.runs {
            self.say(Move::Show(Card::PlanUnclear));
        } else {
            self.say(Move::Show(Card::NotUnderstood));
        }
    }
}

/// "Had another one last night", from somebody who was here before, however long ago.
fn tells_of_another(said: &Understanding) -> bool {
    let again = said.facts.contains(Fact::CrampedAgain);
    let dated = said.onset.is_some() || said.setting != Setting::Unknown;
    again && dated && said.relevance == Relevance::NoWord && !said.question
}

/// "I get them in my toes", of the cramps that were spoken of.
fn gets_them(said: &Understanding) -> bool {
    said.facts.contains(Fact::PointsBack) && said.muscle.is_some() && !said.question
}
