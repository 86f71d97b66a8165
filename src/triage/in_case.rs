//! An answer as far as it depends on the case: in bed, while sore, with an illness, after an emergency.

use super::{Flow, Move};
use crate::responses::TopicId;
use crate::understanding::{AgeBand, Muscle};
use crate::vocabulary::{Aspect, Card, Fact, Flag, FlagId, FlagSet, Setting, Urgency};

impl Flow<'_> {
    /// The answer to a topic, as far as it depends on the case.
    pub(super) fn in_case(&self, topic: TopicId) -> Move {
        let is = |name: &str| self.responses.topic(topic).is_some_and(|topic| topic.id == name);
        let doctor = |flag: &FlagId| self.responses.urgency(*flag) == Urgency::SeeDoctor;
        let known: FlagSet = self.case.flags.iter().filter(doctor).collect();
        let books = is("book_a_visit") && self.case.checked && !known.is_empty();
        // "Is that normal?", of legs that stop somebody on every walk, gets no comfort.
        let worries = is("is_it_dangerous") && known.iter().any(|flag| !flag.is_circumstance());
        if books || worries {
            return Move::Visit;
        }
        if self.is_after_care() && self.is_of_sport(topic) {
            return Move::Show(Card::AfterCare);
        }
        if let Some(card) = self.for_little(topic) {
            return card;
        }
        let topic = self.instead(topic);
        let own = self.on_blood_thinner(topic).or_else(|| self.in_bed(topic));
        own.or_else(|| self.of_sport(topic)).unwrap_or(Move::Answer(topic))
    }

    /// Whoever asks what to do for a child under 8 reads that a doctor has to look, and no plan that is
    /// made for others.
    pub(super) fn for_little(&self, topic: TopicId) -> Option<Move> {
        let little = self.case.age == Some(AgeBand::Under8);
        let topic = self.responses.topic(topic).filter(|topic| little && topic.doctor_under_8);
        topic.map(|_| Move::Show(Card::ChildUnder8))
    }

    /// Whether a topic depends on how the muscle is.
    pub(super) fn is_of_sport(&self, topic: TopicId) -> bool {
        self.responses.topic(topic).is_some_and(|topic| topic.by_soreness)
    }

    /// The topic that answers in this case: "how do I stretch that" of a groin, strength work while the
    /// cramp is not two weeks old. That rule is for cramps in sport.
    fn instead(&self, topic: TopicId) -> TopicId {
        let other = self.responses.topic(topic).map(|topic| topic.instead).unwrap_or_default();
        let groin = self.case.muscle == Some(Muscle::Groin);
        let in_sport = self.case.setting != Setting::Nocturnal;
        let lately = in_sport && self.case.is_within_two_weeks(self.now);
        let groin = other.groin.filter(|_| groin);
        groin.or(other.lately.filter(|_| lately)).unwrap_or(topic)
    }

    /// Whoever asks for sport and told how the muscle is reads of that alone.
    fn of_sport(&self, topic: TopicId) -> Option<Move> {
        let asked = self.responses.topic(topic)?;
        let careful = self.case.is_minor() || self.case.has(Flag::Pregnancy);
        let over = self.case.sore == Some(false) && self.case.is_days_ago(self.now);
        let aspect = match self.case.sore {
            _ if careful || self.case.now == Some(true) => None,
            Some(true) => Some(Aspect::WhileSore),
            _ => over.then_some(Aspect::OnceWell),
        }?;
        let fits = self.is_of_sport(topic) && asked.says_of(aspect).is_some();
        fits.then_some(Move::FollowUp(topic, aspect))
    }

    /// Whoever takes a blood thinner and asks for a massage reads of that alone.
    fn on_blood_thinner(&self, topic: TopicId) -> Option<Move> {
        let takes = self.case.facts.contains(Fact::BloodThinner);
        let asked = self.responses.topic(topic).filter(|topic| takes && topic.by_blood_thinner)?;
        asked.says_of(Aspect::WithMedicine)?;
        Some(Move::FollowUp(topic, Aspect::WithMedicine))
    }

    /// Whoever cramps in bed and asks what causes or prevents cramps reads of the bed, not of sport.
    fn in_bed(&self, topic: TopicId) -> Option<Move> {
        let asked = self.responses.topic(topic)?;
        let night = self.case.setting == Setting::Nocturnal;
        let plain = !self.case.is_minor() && !self.case.has(Flag::Pregnancy);
        let says = asked.by_night && asked.says_of(Aspect::AtNight).is_some();
        (night && plain && says).then_some(Move::FollowUp(topic, Aspect::AtNight))
    }

    /// Whoever has an illness that salts, potassium or painkillers may harm reads of that, whichever
    /// of those was asked about.
    pub(super) fn with_illness(&self, topic: TopicId) -> Option<TopicId> {
        let ill = self.case.facts.contains(Fact::SaltRisk);
        self.responses.topic(topic)?.instead.illness.filter(|_| ill)
    }
}
