//! The answer that a short message gives to the open question: yes, no, none, not sure, or the course of
//! the cramp.

use super::in_answer::asks_for_signs;
use super::plain::{
    BARE_ANSWER, list_answer, plain_answer, short_form, tells, tells_more, tells_nothing,
};
use super::{Answer, Choice, Flow, Stage, course, is_open};
use crate::understanding::{Plainly, Relevance, Understanding};
use crate::vocabulary::{Fact, Question};

/// Longest message, in words, in which "it is" or "nothing" is the whole answer (`club-rule`).
const BRIEF: usize = 3;

impl Flow<'_> {
    /// What a short message answers, and which question that is: "none of these" answers the lists
    /// wherever they are open.
    pub(super) fn bare_answer(
        &self,
        said: &Understanding,
        question: Question,
    ) -> Option<(Question, Answer)> {
        let short = Short { said, question };
        if short.explains_no() {
            return Some((question, Answer::No));
        }
        if short.is_long() || !said.has_words || self.asks_topic(said) {
            return None;
        }
        if !said.unsure.is_empty() && !short.says(Fact::Yes) {
            return self.hinted_answer(said, question);
        }
        if short.denies() && short.known(Fact::Reservation) && !tells_more(said) {
            return None;
        }
        if self.denies_another(said) {
            return None;
        }
        if let Some(list) = short.list() {
            return Some((question, list));
        }
        // "Fine" answers how the leg is, and not whether it is swollen.
        let well = short.known(Fact::Well) || short.known(Fact::AllWell);
        let denied = short.known(Fact::No) || short.known(Fact::NoneOfThese);
        if question == Question::Rescreen && well && !denied {
            return None;
        }
        // Only a "no" that is nothing else clears signs that nobody named.
        let of_many = asks_for_signs(question);
        if of_many && short.denies() && !short.says(Fact::NotSure) && !short.is_plain_no() {
            return None;
        }
        let none = Choice::Answer(Question::Check, Answer::None, None);
        // "None" once more, where the lists are clear: it is not on.
        if question == Question::Released && self.case.checked && short.denies_all() {
            return Some((question, Answer::NotNow));
        }
        if short.denies_all() && is_open(&self.case, self.stage, none) {
            return Some((Question::Check, Answer::None));
        }
        let answer = match (question, self.case.sore) {
            (Question::Sore, Some(true)) => Some(Answer::Yes),
            (Question::Sore, Some(false)) => Some(Answer::No),
            _ => short.answer(),
        };
        // "Yeah it let go", "yeah he's fine" affirm no sign.
        let affirms = !of_many || said.plainly == Plainly::Yes && course::course(said).is_none();
        let answer = answer.filter(|answer| *answer != Answer::Yes || affirms);
        answer.map(|answer| (question, answer))
    }

    /// "No swelling", to the question on weakness: it denies another sign than the one that is asked
    /// about, and answers nothing.
    fn denies_another(&self, said: &Understanding) -> bool {
        let Stage::Asking(_, Some(flag)) = self.stage else { return false };
        let denied = said.denied.union(said.named.well);
        let another = !denied.is_empty() && !denied.contains(flag);
        said.plainly == Plainly::Not && (another || said.relevance == Relevance::Denied)
    }

    /// "no, perhaps a bit": a hint in the same breath makes a no to that sign a doubt, and no
    /// answer of any other.
    fn hinted_answer(
        &self,
        said: &Understanding,
        question: Question,
    ) -> Option<(Question, Answer)> {
        let Stage::Asking(_, Some(flag)) = self.stage else { return None };
        said.unsure.contains(flag).then_some((question, Answer::NotSure))
    }
}

/// A message as a short answer to a question.
#[derive(Clone, Copy)]
struct Short<'s> {
    said: &'s Understanding,
    question: Question,
}

impl Short<'_> {
    /// Whether something is said, denied or not: "no" is a denial of itself.
    fn known(self, fact: Fact) -> bool {
        self.said.facts.contains(fact) || self.said.denied_facts.contains(fact)
    }

    /// The same, with what says so only where it is the whole message.
    fn says(self, fact: Fact) -> bool {
        let short = || self.is_brief() && short_form(fact).is_some_and(|short| self.known(short));
        self.known(fact) || short() || fact == Fact::NoneOfThese && self.is_all_well()
    }

    fn is_brief(self) -> bool {
        // "Fit and healthy, 29", to the circumstances.
        if self.question == Question::Context && tells_nothing(self.said) {
            return self.said.length <= BARE_ANSWER;
        }
        self.said.length <= BRIEF && !tells(self.said)
    }

    /// "Can walk, can breathe, all good".
    fn is_all_well(self) -> bool {
        self.is_plain_no()
            && self.said.facts.contains(Fact::ShortNone)
            && !self.known(Fact::ShortNo)
            && !self.known(Fact::NotSure)
    }

    fn is_plain_no(self) -> bool {
        self.said.plainly == Plainly::No
    }

    fn is_long(self) -> bool {
        self.said.length > BARE_ANSWER && !self.is_plain_no()
    }

    fn denies(self) -> bool {
        self.says(Fact::No) || self.says(Fact::NoneOfThese)
    }

    /// "None of these", said of the lists and of nothing else.
    fn denies_all(self) -> bool {
        self.says(Fact::NoneOfThese)
            && !self.says(Fact::NotSure)
            && self.is_plain_no()
            && !self.is_of_sign()
            && course::course(self.said).is_none()
    }

    /// "Nah never, just nerves", to the question about one sign.
    fn explains_no(self) -> bool {
        self.is_of_sign() && self.said.plainly == Plainly::NoAndWhy
    }

    const fn is_of_sign(self) -> bool {
        matches!(self.question, Question::Clarify | Question::StillThere)
    }

    /// "Yes, the second one", "list 2 maybe".
    fn list(self) -> Option<Answer> {
        let may_be = self.says(Fact::Yes) || self.says(Fact::NotSure);
        let asked = self.question == Question::Check && may_be;
        list_answer(&|fact| self.says(fact)).filter(|_| asked)
    }

    /// "Two of them", "maybe one", to the lists.
    fn some(self) -> Option<Answer> {
        self.says(Fact::SomeOfThese).then_some(Answer::Some)
    }

    fn plain(self) -> Option<Answer> {
        plain_answer(&|fact| self.says(fact))
    }

    fn answer(self) -> Option<Answer> {
        match self.question {
            Question::Released | Question::LetGo3 | Question::LetGo10 => self.of_course(),
            Question::When | Question::Context if self.says(Fact::Skips) => Some(Answer::NotSure),
            Question::When => {
                self.plain().filter(|answer| *answer != Answer::Yes).map(|_| Answer::NotSure)
            }
            Question::Context => {
                let none = self.says(Fact::Healthy).then_some(Answer::None);
                self.plain().filter(|answer| *answer != Answer::Yes).or(none)
            }
            Question::PlanOffer | Question::Offer => self.of_offer(),
            Question::Clarify | Question::StillThere => self.of_sign(),
            Question::Check if self.denies() && self.is_plain_no() && !self.says(Fact::NotSure) => {
                Some(Answer::None)
            }
            Question::Check => list_answer(&|fact| self.says(fact))
                .or_else(|| self.some())
                .or_else(|| self.plain()),
            Question::Rest | Question::Rescreen => self.some().or_else(|| self.plain()),
            // "Not now".
            Question::WhatIf if self.says(Fact::Later) => Some(Answer::No),
            Question::List2
            | Question::Which
            | Question::Sore
            | Question::Reminder
            | Question::Zone
            | Question::WhatIf => self.plain(),
        }
    }

    /// To "is it cramping right now?" and "has it let go?", which ask for opposite things.
    fn of_course(self) -> Option<Answer> {
        let now = self.question == Question::Released;
        let plain = match self.plain() {
            Some(Answer::Yes) if now => Some(Answer::No),
            Some(Answer::No) if now => Some(Answer::NotNow),
            Some(Answer::None) => None,
            plain => plain,
        };
        // "Yep, still": it has not let go.
        let not_quite = self.says(Fact::NotQuite).then_some(Answer::No);
        // "Not at the moment".
        let not_now = (now && self.says(Fact::Later)).then_some(Answer::NotNow);
        course::course(self.said).or(not_quite).or(not_now).or(plain)
    }

    fn of_offer(self) -> Option<Answer> {
        if self.said.question {
            return None;
        }
        let later = self.says(Fact::Later).then_some(Answer::No);
        let agrees = self.says(Fact::Assent).then_some(Answer::Yes);
        // "Still limping a bit" is no doubt about the offer.
        let told = self.said.facts.contains(Fact::Sore) || self.said.facts.contains(Fact::Limp);
        let plain = self.plain().filter(|answer| !told || *answer != Answer::NotSure);
        plain.or(later).or(agrees)
    }

    /// To the question about one sign.
    fn of_sign(self) -> Option<Answer> {
        if self.question == Question::StillThere {
            if self.said.plainly == Plainly::AsEver {
                return Some(Answer::No);
            }
            if self.says(Fact::Worse) {
                return Some(Answer::Yes);
            }
        }
        let asks_back = self.said.question && self.said.plainly == Plainly::Not;
        let fine = self.says(Fact::LooksFine);
        // "Yeah, fine now" is a yes to nothing.
        let agrees = self.says(Fact::Yes) && !self.says(Fact::No);
        let of_nothing = agrees && (fine || self.says(Fact::Over));
        if asks_back || of_nothing {
            return None;
        }
        self.plain().or(fine.then_some(Answer::No))
    }
}
