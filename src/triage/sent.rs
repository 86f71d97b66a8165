//! After a card that sends to a doctor: doubts are answered and the call stands, and what takes the sign
//! back is asked about.

use super::plain::{BARE_ANSWER, LONGEST_EXPLANATION, after_sending, explains, plain_answer};
use super::{Answer, Case, Flow, Move, Origin, Stage, course};
use crate::understanding::{Plainly, Understanding};
use crate::vocabulary::{Fact, Flag, FlagId, FlagSet, Question, Urgency};

/// Told after a card they may explain its sign: "both feet", "looks normal", "I get that a lot".
const MAY_EXPLAIN: [Fact; 5] =
    [Fact::BothSides, Fact::BothLegs, Fact::LooksFine, Fact::Habit, Fact::ShortNone];

/// Longest message, in words, that denies the sign of a card (`club-rule`).
const A_DENIAL: usize = 14;

/// Longest message, in words, that tells what a doctor found (`club-rule`).
const LONGEST_NEWS: usize = 25;

impl Flow<'_> {
    /// After a card that sends to a doctor there is no self-care until the person says otherwise: what
    /// takes it back is asked about.
    pub(super) fn heard_after_doctor(&mut self, said: &Understanding) {
        let well = self.hangs_on(said.named.well.among(self.case.flags));
        // "Should I warm it with a hot water bottle?", of a cold foot, explains nothing.
        let asks = said.question && self.stage == Stage::Closed(Urgency::Emergency);
        if well || self.explains(said) && !asks {
            return self.ask_again();
        }
        if let Some(flag) = self.guess_to_ask(said) {
            self.case.guessed.remove(flag);
            return self.ask(Question::Clarify, Some(flag));
        }
        if !said.raised.is_empty() {
            return self.send_again();
        }
        if said.facts.contains(Fact::HasCalled) {
            self.case.facts.insert(Fact::HasCalled);
        }
        if let Some(fact) = after_sending(said) {
            return self.heard_reaction(fact);
        }
        if course::course(said) == Some(Answer::Yes) {
            return self.heard_that_it_eased(said);
        }
        let brief = said.length <= BARE_ANSWER;
        match self.small_talk(said).filter(|topic| brief && self.is_thanks(*topic)) {
            Some(_) => self.heard_reaction(Fact::HasCalled),
            None if said.question && said.unsure.is_empty() => self.heard_reaction(Fact::AsksHelp),
            None if self.may_explain(said) => self.ask_again(),
            None if said.facts.contains(Fact::StillLocked) => self.send_again(),
            None => self.heard_remark(),
        }
    }

    /// The sign of the card, where a message only sounded like it: whatever is said next but that help
    /// is on its way, it is asked about, once.
    fn guess_to_ask(&self, said: &Understanding) -> Option<FlagId> {
        let help = [Fact::HasCalled, Fact::GetsALift, Fact::InCare, Fact::ToldToGo];
        let cared = help.into_iter().any(|fact| said.facts.contains(fact));
        let open = said.raised.is_empty() && !cared && self.hangs_on(self.case.guessed);
        let guessed = self.case.guessed.among(self.case.flags);
        let pressing = guessed.iter().filter(|flag| open && self.is_pressing(*flag));
        pressing.max_by_key(|flag| self.responses.urgency(*flag))
    }

    /// Whether what sent to a doctor is taken back, or each sign that did may come from what is told: a
    /// sunburn explains a leg that is red, and neither a chest that hurts nor a swelling beside it.
    pub(super) fn explains(&self, said: &Understanding) -> bool {
        let pressing: FlagSet =
            self.case.flags.iter().filter(|flag| self.is_pressing(*flag)).collect();
        let highest = pressing.iter().map(|flag| self.responses.urgency(flag)).max();
        let all = pressing.without(said.explained).is_empty();
        // What weighs more together than alone is not explained by halves.
        let alone = highest.is_some_and(|level| level >= self.case.level(self.responses));
        explains(said) || said.length <= LONGEST_EXPLANATION && all && alone
    }

    /// "The left one", "hello": it changes nothing, and the call stands.
    fn heard_remark(&mut self) {
        let Stage::Closed(level) = self.stage else { return };
        let weight = self.case.weightiest(self.responses);
        if weight.is_some_and(|weight| weight.from == Origin::Maternity) {
            return self.send_again();
        }
        self.say(Move::Sent(None, level));
    }

    /// "They took him to hospital, it was heat stroke", "the nurse line said go to A and E": they see
    /// to it, unless it tells of something that weighs more than what was told before.
    pub(super) fn heard_in_care(&mut self, said: &Understanding, before: &Case) -> bool {
        let Stage::Closed(level) = self.stage else { return false };
        let told =
            [Fact::InCare, Fact::ToldToGo].into_iter().find(|fact| said.facts.contains(*fact));
        let new = said.raised.without(before.flags);
        let worse = self.case.level(self.responses) > level
            || new.iter().any(|flag| self.responses.urgency(flag) == Urgency::Emergency);
        let Some(fact) = told.filter(|_| self.is_sent_to_doctor() && !worse) else { return false };
        self.say(Move::Sent(Some(fact), level));
        true
    }

    /// "Home from hospital, they said rhabdo": a doctor has looked at what sent there, so the check
    /// begins anew. A sign that is named with it is asked about, and one that is new goes before.
    pub(super) fn heard_from_doctor(&mut self, said: &Understanding, before: &Case) -> bool {
        let told = said.facts.contains(Fact::DoctorHasSeen) && said.length <= LONGEST_NEWS;
        let pressing = |flag: &FlagId| self.is_pressing(*flag);
        let named: FlagSet = said.raised.iter().filter(pressing).collect();
        if !told || !self.is_sent_to_doctor() || !named.without(before.flags).is_empty() {
            return false;
        }
        self.begin_anew_with_doctor();
        for flag in named.iter() {
            self.case.doubt(flag);
            self.case.past.insert(flag);
        }
        let best = said.topics.first().map(|best| best.topic);
        if let Some(topic) = best.filter(|topic| said.question && self.is_of_sport(*topic)) {
            self.say(self.in_case(topic));
        }
        self.go_on();
        true
    }

    /// Whether a doctor has looked at an emergency: when there is sport again is for them to say.
    pub(super) fn is_after_care(&self) -> bool {
        self.case.is_after_care(self.responses)
    }

    /// "Both feet", "no it's ok when I stand", after a card for today: it is told of the sign, so that is
    /// asked about. When it began and which side it is on explain nothing. After an emergency it takes a
    /// "no" that names the sign: "no chest pain, breathing normal".
    fn may_explain(&self, said: &Understanding) -> bool {
        let other = said.is_relevant() || self.asks_topic(said) || self.is_other(said);
        let known = self.case.flags.iter().any(|flag| self.is_pressing(flag));
        if other || !known || !said.unsure.is_empty() {
            return false;
        }
        let today = self.stage == Stage::Closed(Urgency::Urgent);
        // A bare "no" may be said to the call.
        let bare = said.plainly == Plainly::No && said.named.is_empty();
        let denies = said.facts.contains(Fact::No) && said.length <= A_DENIAL && !bare;
        let named = said.named.there.union(said.named.well).union(said.named.doubted);
        if denies && (today || self.hangs_on(named.among(self.case.flags))) {
            return true;
        }
        let brief = (2..=BARE_ANSWER).contains(&said.length);
        let tells = MAY_EXPLAIN.iter().any(|fact| said.facts.contains(*fact));
        let answers = plain_answer(&|fact| said.facts.contains(fact)).is_some();
        today && brief && tells && !answers && said.plainly == Plainly::Not
    }

    /// "It let go": a hard muscle that let go was a cramp, so that is asked about. A swelling, a pop or a
    /// chest pain is not lowered by it, and has to be seen all the same (`merck-cramps`).
    fn heard_that_it_eased(&mut self, said: &Understanding) {
        let tight = FlagId::from(Flag::CompartmentTight);
        let lasting = [
            Flag::ChestPainOrBreathless,
            Flag::CollapseOrConfusion,
            Flag::DarkUrine,
            Flag::BladderOrBowel,
            Flag::ExertionalSickling,
            Flag::UnrelentingPain,
            Flag::PopOrTear,
        ]
        .map(FlagId::from);
        // "It's gone now" may be said of the swelling.
        let of_sign = said.facts.contains(Fact::Over) && !said.is_relevant();
        let may_be_over = |flag: FlagId| flag == tight || of_sign && !lasting.contains(&flag);
        let mut pressing = self.case.flags.iter().filter(|flag| self.is_pressing(*flag)).peekable();
        if pressing.peek().is_some() && pressing.all(may_be_over) {
            self.ask_again();
        } else {
            self.heard_reaction(Fact::Over);
        }
    }

    /// "Can it wait till Monday?", "I called them": a line of its own, and the call once more.
    fn heard_reaction(&mut self, fact: Fact) {
        let Stage::Closed(level) = self.stage else { return };
        if fact == Fact::DoctorHasSeen {
            self.restart();
        } else {
            self.say(Move::Sent(Some(fact), level));
        }
    }

    /// The question that can lower what was affirmed: about the sign that weighs most, or, where a
    /// list was pressed, the lists.
    fn ask_again(&mut self) {
        let weighty = |flag: &FlagId| self.is_pressing(*flag);
        let flags = self.case.flags.iter().filter(weighty);
        match flags.max_by_key(|flag| self.responses.urgency(*flag)) {
            Some(flag) => self.ask(Question::Clarify, Some(flag)),
            None if self.case.level(self.responses) >= Urgency::Urgent => self.send_again(),
            None => self.ask(Question::Check, None),
        }
    }

    /// The card that sends to a doctor once more.
    pub(super) fn send_again(&mut self) {
        let Stage::Closed(level) = self.stage else { return };
        if self.case.level(self.responses) < level || !self.close_if_pressing() {
            self.close(level, self.case.sent_by.unwrap_or(Origin::Unsure));
        }
    }
}
