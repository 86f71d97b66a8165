//! An answer as far as it depends on the case: in bed, while sore, with an illness, after an emergency.

use super::{Flow, Move};
use crate::responses::TopicId;
use crate::understanding::{AgeBand, Muscle};
use crate::vocabulary::{Aspect, Card, Fact, Flag, FlagId, Setting, Urgency};

/// What a long-term illness leaves of the remedies.
pub(super) const WITH_ILLNESS: &str = "remedies_with_illness";

impl Flow<'_> {
    /// The answer to a topic, as far as it depends on the case.
    pub(super) fn in_case(&self, topic: TopicId) -> Move {
        let books = self.responses.topic(topic).is_some_and(|topic| topic.id == "book_a_visit");
        let doctor = |flag: FlagId| self.responses.urgency(flag) == Urgency::SeeDoctor;
        if books && self.case.checked && self.case.flags.iter().any(doctor) {
            return Move::Visit;
        }
        if self.is_after_care() && self.is_of_sport(topic) {
            return Move::Show(Card::AfterCare);
        }
        if let Some(card) = self.for_little(topic) {
            return card;
        }
        let topic = self.strength_of_late(topic).unwrap_or(topic);
        let of_sport = self.of_sport(topic);
        let of_groin = self.of_groin(topic);
        self.in_bed(topic).or(of_sport).or(of_groin).unwrap_or(Move::Answer(topic))
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

    /// "How do I stretch that", of a groin that cramped.
    fn of_groin(&self, topic: TopicId) -> Option<Move> {
        let stretches = self.responses.topic(topic).is_some_and(|topic| topic.id == "stretching");
        let groin = self.case.muscle == Some(Muscle::Groin);
        let topic = self.responses.topic_id("inner_thigh").filter(|_| stretches && groin);
        topic.map(Move::Answer)
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

    /// Whoever cramps in bed and asks what causes or prevents cramps reads of the bed, not of sport.
    fn in_bed(&self, topic: TopicId) -> Option<Move> {
        const IN_GENERAL: &[&str] = &["cause", "prevention", "what_to_do"];
        let asked = self.responses.topic(topic)?;
        let night = self.case.setting == Setting::Nocturnal;
        let plain = !self.case.is_minor() && !self.case.has(Flag::Pregnancy);
        let says =
            IN_GENERAL.contains(&asked.id.as_str()) && asked.says_of(Aspect::AtNight).is_some();
        (night && plain && says).then_some(Move::FollowUp(topic, Aspect::AtNight))
    }

    /// Whoever has an illness that salts, potassium or painkillers may harm reads of that, whichever
    /// of those was asked about.
    pub(super) fn with_illness(&self, topic: TopicId) -> Option<TopicId> {
        const HARMFUL: &[&str] = &["electrolytes", "hydration", "pickle_juice", "pain_medicine"];
        let asked = self.responses.topic(topic)?;
        let other = matches!(asked.id.as_str(), "paracetamol" | "quinine");
        let food = asked.id == "bananas";
        let harmful = HARMFUL.contains(&asked.intent.as_str()) && asked.medicine && !other || food;
        let ill = self.case.facts.contains(Fact::SaltRisk);
        self.responses.topic_id(WITH_ILLNESS).filter(|_| ill && harmful)
    }
}
