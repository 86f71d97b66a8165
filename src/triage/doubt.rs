//! Danger signs in doubt: what is told of them without being sure, and what makes it sure.

use super::learning::tells_setting;
use super::order::circumstances;
use super::{Answer, Case, Flow, Stage};
use crate::responses::Term;
use crate::understanding::{About, Understanding, Who};
use crate::vocabulary::{Fact, FactSet, Flag, FlagId, FlagSet, Setting, Urgency};

/// Most words of "both of my feet" (`club-rule`).
const FEW_WORDS: usize = 4;

/// Longest message, in words, that puts right what was said of a person (`club-rule`).
const LONGEST_CORRECTION: usize = 14;

impl Flow<'_> {
    /// A danger sign that came into doubt is asked about at once.
    pub(super) fn heard_doubt(&mut self, before: &Case) -> bool {
        let new = self.case.unsure.without(before.unsure);
        let doubted = new.iter().any(|flag| self.is_pressing(flag));
        let idle = matches!(self.stage, Stage::Idle);
        let concerns = self.case.reported || self.case.advised || !idle;
        if doubted && concerns {
            self.go_on();
        }
        doubted && concerns
    }

    /// An emergency that was in doubt is one where a later message tells what confirms it: after
    /// "sickle cell trait", "my legs gave out". So is one that comes into doubt beside a sign that
    /// confirms it: the same two the other way round.
    pub(super) fn confirm(&mut self, said: &Understanding) {
        let told = |term: &Term| term.holds(said.raised, said.facts);
        let known = |term: &Term| term.holds(self.case.flags, FactSet::default());
        let doubted = self.case.unsure.iter().filter(|flag| {
            let emergency = self.responses.urgency(*flag) == Urgency::Emergency;
            let own = self.responses.flag(*flag).filter(|_| emergency);
            let new = said.unsure.contains(*flag);
            own.is_some_and(|own| {
                own.confirmed_by.iter().any(|term| if new { known(term) } else { told(term) })
            })
        });
        let confirmed: FlagSet = doubted.collect();
        confirmed.iter().for_each(|flag| self.case.raise(flag));
    }

    /// "Sorry, not pregnant, a typo", "I meant 41": what was said of the person is as they say now. What
    /// sends to a doctor today is asked about instead. "Sorry, I'm 35" on a child tells of who writes,
    /// and "not statins, furosemide" names another of the same kind. A time or place is taken over by what
    /// learns from the message next.
    pub(super) fn put_right(&mut self, said: &Understanding) {
        let corrects = said.facts.contains(Fact::Corrects) && !said.question;
        if !corrects || said.length > LONGEST_CORRECTION {
            return;
        }
        // "It was in bed, not at football", "I mean last Friday".
        if tells_setting(said) {
            self.case.setting = Setting::Unknown;
        }
        if said.onset.is_some() && self.case.now != Some(true) {
            self.case.began = None;
        }
        let child = FlagId::from(Flag::Child);
        let of_writer =
            [self.case.who, said.person.who].iter().all(|who| !who.differs(Who::WRITER));
        if let Some(age) = said.age.filter(|age| of_writer && self.case.age != Some(*age)) {
            self.case.age = Some(age);
            self.case.facts.remove(Fact::AgeOver50);
            if !age.is_minor() && !self.is_pressing(child) {
                self.case.clear(child);
            }
        }
        let still = said.raised.union(said.unsure);
        let told = self.case.flags.among(circumstances()).among(said.denied).without(still);
        let can_wait = |flag: &FlagId| self.case.level_of(*flag, self.responses) < Urgency::Urgent;
        let is_alone = |flag: &FlagId| {
            said.claims.iter().filter(|claim| claim.about == About::Flag(*flag)).count() == 1
        };
        let wrong = told.iter().filter(can_wait).filter(is_alone);
        wrong.collect::<FlagSet>().iter().for_each(|flag| self.case.clear(flag));
    }

    /// "The left one", "both", to the question about a sign: what makes it sure where it was told, or
    /// rules it out where one side is compared with the other.
    pub(super) fn confirms(&self, said: &Understanding, flag: FlagId) -> Option<Answer> {
        if said.question {
            return None;
        }
        let is = |sign: Flag| flag == FlagId::from(sign);
        let told = |term: &Term| term.holds(said.raised, said.facts);
        let is_told = self.case.told.contains(flag);
        let sure = is_told && self.responses.flag(flag)?.confirmed_by.iter().any(told);
        // "Since yesterday": it goes on.
        let lasts = said.onset.is_some() || said.bare_minutes.is_some();
        let sure = sure || is_told && is(Flag::FluidLoss) && lasts;
        // Signs of one side, by the other.
        let of_one =
            is_told && is(Flag::ClotRisk) || is(Flag::Swelling) || is(Flag::ColdOrPaleFoot);
        let both = said.facts.contains(Fact::BothSides) && !said.facts.contains(Fact::Yes);
        let nothing_else = said.raised.is_empty() && said.length <= FEW_WORDS;
        sure.then_some(Answer::Yes).or((of_one && both && nothing_else).then_some(Answer::No))
    }

    /// Notes of which signs in doubt somebody told, where that is asked about otherwise.
    pub(super) fn note_told(&mut self, said: &Understanding) {
        let other = |flag: &FlagId| {
            self.responses.flag(*flag).is_some_and(|flag| flag.question_if_told.is_some())
        };
        let told: FlagSet = said.unsure.iter().filter(other).collect();
        self.case.told = self.case.told.union(told).among(self.case.unsure);
    }

    /// Whether a sign sends to a doctor today or at once.
    pub(super) fn is_pressing(&self, flag: FlagId) -> bool {
        self.responses.urgency(flag) >= Urgency::Urgent
    }

    /// "Can I roll it?", a day after a card that sent to a doctor: nothing was heard of that since, so the
    /// sign is asked about first. Whether it is.
    pub(super) fn asks_of_old_signs(&mut self, said: &Understanding) -> bool {
        let told = self.case.unsure.among(self.case.past).without(said.unsure);
        let left = self.case.sent_by.is_some() || told.iter().any(|flag| self.is_pressing(flag));
        let greets = !said.question && self.small_talk(said).is_some();
        let first = self.stage == Stage::Idle && self.case.now != Some(true);
        let asks = left && first && !greets;
        if asks {
            self.go_on();
        }
        asks
    }

    /// Whether a danger sign is told, though not surely.
    pub(super) fn doubts_danger(&self, said: &Understanding) -> bool {
        said.unsure.iter().any(|flag| self.is_pressing(flag))
    }

    /// Whether it may be that an emergency is told.
    pub(super) fn doubts_emergency(&self, said: &Understanding) -> bool {
        said.unsure.iter().any(|flag| self.responses.urgency(flag) == Urgency::Emergency)
    }

    /// "Does dark wee mean drink more?": a danger sign is spoken of, whatever is asked.
    pub(super) fn speaks_of_danger(&self, said: &Understanding) -> bool {
        said.spoken_of().iter().any(|flag| self.is_pressing(flag))
    }
}
