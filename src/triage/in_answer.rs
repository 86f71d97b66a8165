//! What a message means as the answer to the open question: signs that it names by a bare word, signs
//! behind a "no" that belongs to that question, and signs that it only asks about.

use super::case::is_sign;
use super::order::circumstances;
use super::plain::{BARE_ANSWER, plain_answer};
use super::{Flow, Stage, course};
use crate::understanding::{About, AgeBand, Named, Plainly, Understanding};
use crate::vocabulary::{Fact, Flag, FlagId, FlagSet, Question, Status, Urgency};

/// Longest message, in words, that is but a piece of what somebody tells (`club-rule`).
const A_PIECE: usize = 3;
/// Longest message, in words, that only asks back (`club-rule`).
const AN_ECHO: usize = 4;
/// Minutes within which cramps are one episode (`club-rule`).
const AN_EPISODE: u32 = 120;
/// Years from which a bare number is an age of anybody (`club-rule`).
const LEAST_AGE: f64 = 10.0;

impl Flow<'_> {
    /// The message as it is meant here, where that differs from how it stands.
    pub(super) fn in_answer(&self, said: &Understanding) -> Option<Understanding> {
        let told = self.without_guess(said);
        let aged = self.aged(told.as_ref().unwrap_or(said)).or(told);
        let here = aged.as_ref().unwrap_or(said);
        let once = self.of_one_episode(here).or_else(|| self.told_again(here));
        let here = once.as_ref().unwrap_or(here);
        self.in_answer_to_signs(here).or(once).or(aged)
    }

    /// "No, I can go on tiptoe fine", to the question whether a leg is weak: the answer names what it
    /// denies, so that it sounds like it. What no phrase finds raises nothing behind such a "no", and is
    /// asked about where it is another sign.
    fn without_guess(&self, said: &Understanding) -> Option<Understanding> {
        let Stage::Asking(Question::Clarify | Question::StillThere, Some(flag)) = self.stage else {
            return None;
        };
        let denies = said.facts.contains(Fact::No) || said.facts.contains(Fact::ShortNo);
        if said.guessed.is_empty() || !denies || said.facts.contains(Fact::Yes) {
            return None;
        }
        let mut other = said.guessed;
        other.remove(flag);
        let mut meant = said.clone();
        meant.raised = said.raised.without(said.guessed);
        meant.unsure = said.unsure.union(other);
        meant.guessed = FlagSet::default();
        Some(meant)
    }

    /// "I take Microgynon", to the question whether a leg hurts beside the pill: what the question came
    /// from is told once more, and that answers nothing.
    fn told_again(&self, said: &Understanding) -> Option<Understanding> {
        let Stage::Asking(Question::Clarify, Some(flag)) = self.stage else { return None };
        let named = said.unsure.union(said.named.there).without(said.raised).contains(flag);
        let answers = plain_answer(&|fact| said.facts.contains(fact)).is_some();
        if answers || !(named && self.case.told.contains(flag) && !is_sign(flag)) {
            return None;
        }
        let mut meant = said.clone();
        meant.unsure.remove(flag);
        meant.named.there.remove(flag);
        Some(meant)
    }

    /// "Damn, it's back again", within the hour of the last: one episode, and no cramps that keep coming.
    fn of_one_episode(&self, said: &Understanding) -> Option<Understanding> {
        let recurrent = FlagId::from(Flag::Recurrent);
        let known = self.case.reported && self.case.began.is_some();
        let fresh = known && self.case.minutes(self.now) < AN_EPISODE;
        let named = said.raised.union(said.unsure).contains(recurrent);
        if !(fresh && named && course::is_back(said)) {
            return None;
        }
        let mut meant = said.clone();
        meant.raised.remove(recurrent);
        meant.unsure.remove(recurrent);
        Some(meant)
    }

    /// "14", "27 lol no": a number by itself is an age where that is asked or matters. A small one is
    /// only a child's, as it may be one of the lists.
    fn aged(&self, said: &Understanding) -> Option<Understanding> {
        let child = FlagId::from(Flag::Child);
        let is_open = match self.stage {
            Stage::Asking(question, None) => {
                asks_for_signs(question) || question == Question::PlanOffer
            }
            Stage::Asking(_, about) => about == Some(child),
            Stage::Closed(level) => level < Urgency::Urgent,
            Stage::Idle | Stage::Waiting => false,
        };
        let young = self.case.flags.union(self.case.unsure).contains(child);
        let known = said.age.or(self.case.age).filter(|_| !said.facts.contains(Fact::Corrects));
        let years = said.bare_age.filter(|_| is_open && known.is_none())?;
        if years < LEAST_AGE && !young {
            return None;
        }
        let band = AgeBand::of(years);
        let mut meant = said.clone();
        meant.age = Some(band);
        match band {
            AgeBand::Under8 | AgeBand::From8 | AgeBand::From13 => meant.raised.insert(child),
            AgeBand::Adult if young => meant.denied.insert(child),
            AgeBand::Adult => {}
            AgeBand::Over50 => meant.facts.insert(Fact::AgeOver50),
        }
        Some(meant)
    }

    fn in_answer_to_signs(&self, said: &Understanding) -> Option<Understanding> {
        // "Had a blood clot once", to the circumstances, counts as the choice does.
        let of_circumstances = self.stage == Stage::Asking(Question::Context, None);
        let told = said.unsure.among(circumstances());
        let denies = said.facts.contains(Fact::No) || said.facts.contains(Fact::NoneOfThese);
        if of_circumstances
            && !denies
            && !said.question
            && !told.is_empty()
            && !self.of_sport_again(said)
        {
            let mut meant = said.clone();
            meant.raised = said.raised.union(told);
            meant.unsure = said.unsure.without(told);
            return Some(meant);
        }
        if self.echoes(said) {
            let mut meant = said.clone();
            meant.unsure = said.unsure.union(said.raised);
            meant.raised = FlagSet::default();
            return Some(meant);
        }
        let heard = self.heard_behind_no(said);
        let here = heard.as_ref().unwrap_or(said);
        let named = self.bare_names(here).map(|named| here.in_answer_to_lists(named));
        named.or(heard).or_else(|| self.hinted(said)).or_else(|| self.hinted_of_plan(said))
    }

    /// "I want to start running again": it is the sport that comes again, not the cramp.
    fn of_sport_again(&self, said: &Understanding) -> bool {
        let best = said.topics.first().filter(|best| best.named);
        let topic = best.and_then(|best| self.responses.topic(best.topic));
        topic.is_some_and(|topic| topic.intent == "recovery") && !said.is_relevant()
    }

    /// The same with the signs that stand behind a "no" of another question.
    fn heard_behind_no(&self, said: &Understanding) -> Option<Understanding> {
        let (raised, doubted) = self.behind_no(said);
        if raised.union(doubted).is_empty() {
            return None;
        }
        let mut meant = said.clone();
        meant.raised = said.raised.union(raised);
        meant.unsure = said.unsure.union(doubted.without(meant.raised));
        meant.denied = said.denied.without(raised).without(doubted);
        Some(meant)
    }

    /// Signs that a "no" at the beginning denies though it may answer what was asked: those that it
    /// raises, and those that are to be asked about. "Has it let go?" "No, chest hurts."
    fn behind_no(&self, said: &Understanding) -> (FlagSet, FlagSet) {
        let none = FlagSet::default();
        let after = said.after_no;
        match self.stage {
            Stage::Asking(question, _) if asks_for_signs(question) && said.question => {
                (none, asked_about(said))
            }
            Stage::Asking(question, _) if asks_for_signs(question) => {
                let pressing = |flag: &FlagId| self.is_pressing(*flag);
                let parted: FlagSet = after.parted.iter().filter(pressing).collect();
                let one = parted.iter().count() == 1;
                (none, if one { parted } else { after.told.iter().filter(pressing).collect() })
            }
            Stage::Asking(_, Some(flag)) => {
                let mut other = after.parted;
                other.remove(flag);
                (none, other)
            }
            Stage::Asking(..) | Stage::Waiting => (after.parted, after.all.without(after.parted)),
            Stage::Idle | Stage::Closed(_) => (none, none),
        }
    }

    /// "Brown pee??" to the check lists: a sign of theirs is asked back, so it is asked about.
    fn echoes(&self, said: &Understanding) -> bool {
        // "Ok, and for numbness?", after an answer, as well.
        let lists = match self.stage {
            Stage::Asking(question, None) => asks_for_signs(question),
            Stage::Idle => self.case.advised,
            Stage::Asking(..) | Stage::Waiting | Stage::Closed(_) => false,
        };
        let asks = said.question && !said.is_relevant() && !self.asks_topic(said);
        lists && asks && said.length <= AN_ECHO && !said.raised.is_empty()
    }

    /// "It got hot", "looks purple", while a plan runs or is offered: said of the leg that it is for. What
    /// it may be a sign of is asked about; how somebody walks the plan asks by itself.
    fn hinted_of_plan(&self, said: &Understanding) -> Option<Understanding> {
        let closed = matches!(self.stage, Stage::Closed(level) if level < Urgency::Urgent);
        let free = closed || self.stage == Stage::Idle;
        let offered = self.stage == Stage::Asking(Question::PlanOffer, None);
        let of_leg = self.case.plan.runs && free || offered;
        let mut named: FlagSet =
            said.named.there.iter().filter(|flag| self.is_pressing(*flag)).collect();
        named.remove(Flag::CannotBearWeight);
        let named = named.without(said.denied).without(circumstances());
        let asks = said.topics.first().is_some_and(|best| best.named);
        let brief = said.length <= BARE_ANSWER && !said.question && !asks;
        let tells = !said.raised.union(said.unsure).is_empty();
        (of_leg && brief && !tells && !named.is_empty())
            .then(|| Understanding { unsure: named, ..said.clone() })
    }

    /// "My chest" while a case is open: a piece of something that is said in many messages. What it
    /// may be an emergency of is asked about.
    fn hinted(&self, said: &Understanding) -> Option<Understanding> {
        let emergency = |flag: &FlagId| self.responses.urgency(*flag) == Urgency::Emergency;
        let named: FlagSet = said.named.there.iter().filter(emergency).collect();
        let tells = said.raised.union(said.unsure).union(said.denied) != FlagSet::default();
        let open = self.case.reported && !self.is_sent_to_doctor();
        let piece = said.length <= A_PIECE && !said.question && !tells;
        (open && piece && named != FlagSet::default())
            .then(|| Understanding { unsure: named, ..said.clone() })
    }

    /// What a bare word names, where the message is short enough and the question such: a sign of the
    /// lists ("warm"), or a circumstance.
    fn bare_names(&self, said: &Understanding) -> Option<Named> {
        let named = match self.stage {
            _ if self.of_sport_again(said) => None,
            Stage::Asking(_, Some(flag)) => Some(said.named).filter(|n| n.there.contains(flag)),
            Stage::Asking(Question::Context, None) => Some(said.named.among(circumstances())),
            Stage::Asking(question, None) => Some(said.named).filter(|_| asks_for_signs(question)),
            Stage::Idle | Stage::Waiting | Stage::Closed(_) => None,
        };
        let more = said.plainly == Plainly::NoAndMore;
        let brief = !more && (said.of_mine || said.length <= BARE_ANSWER && !said.question);
        named.filter(|named| brief && !named.is_empty())
    }
}

/// Whether a question asks for many signs or circumstances at once.
pub(super) const fn asks_for_signs(question: Question) -> bool {
    use Question::{Check, Context, List2, Rescreen, Rest, Which};
    matches!(question, Check | Rescreen | List2 | Which | Rest | Context)
}

/// "Is brown pee one of them or no?": the signs that a question names, denied or not.
fn asked_about(said: &Understanding) -> FlagSet {
    let named = said
        .claims
        .iter()
        .filter(|claim| matches!(claim.status, Status::Denied | Status::Hypothetical));
    let flags = named.filter_map(|claim| match claim.about {
        About::Flag(flag) => Some(flag),
        About::Fact(_) => None,
    });
    flags.filter(|flag: &FlagId| !said.raised.contains(*flag)).collect()
}
