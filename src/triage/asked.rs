//! What was asked: topics, "what if", small talk, and what is not about leg cramps.

use super::advice::wants_plan;
use super::in_case::WITH_ILLNESS;
use super::{Flow, Move, Stage};
use crate::responses::{Topic, TopicId};
use crate::understanding::{About, Muscle, Relevance, Scored, Tense, Understanding};
use crate::vocabulary::{Aspect, Fact, Flag, FlagId, Question, Setting, Status, Urgency};

/// What is explained to whoever tells of it, asked or not.
const EXPLAINED: &[&str] = &["restless_legs", "changed_shoes", "dialysis"];

/// Share of a topic from which a message that puts no question is answered, without a phrase that
/// names the topic: "leg cramps" tells, it does not ask.
const SURE_STATEMENT: f32 = 0.6;
/// The same for a question that names no cramp.
const SURE_WITHOUT_CRAMP: f32 = 0.45;
/// The same for a question beside a report, by its own words.
const SURE_BESIDE: f32 = 0.5;
/// The same for small talk.
const SURE_CHAT: f32 = 0.2;
/// The same once a cramp was told: a question is about that.
const SURE_IN_CASE: f32 = 0.2;
/// Share below which a second topic was only touched.
const TOUCHED: f32 = 0.1;

/// Longest message, in words, that names a cramp and when it comes, and no more (`club-rule`).
const A_HEADLINE: usize = 6;

/// Where a topic is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// Next to the report of a cramp: the report matters more.
    InReport,
    /// By itself, or while a question is open.
    Alone,
}

impl Flow<'_> {
    /// Answers up to two topics; gives whether there was one.
    pub(super) fn answer_topics(&mut self, said: &Understanding, place: Where) -> bool {
        if let Some(best) = said.topics.first().filter(|_| !said.follow_up.is_empty()) {
            let told = said.facts.contains(Fact::SaltRisk);
            if let Some(topic) = self.with_illness(best.topic).filter(|_| !told) {
                self.say(Move::Answer(topic));
                return true;
            }
            let asked = said.follow_up.iter().map(|aspect| Move::FollowUp(best.topic, *aspect));
            asked.for_each(|step| self.say(step));
            return true;
        }
        if place == Where::Alone && is_general(said) && self.answer_sign(said) {
            return true;
        }
        if place == Where::InReport && !said.question {
            return false;
        }
        let most = if place == Where::InReport { 1 } else { 2 };
        let fitting = self.fitting(said);
        let wanted = fitting.iter().take(3).enumerate().filter_map(|(at, scored)| {
            let topic = self.responses.topic(scored.topic)?;
            let sure = if at == 0 {
                scored.named || is_sure(said) || self.is_sure_of_case(said, *scored)
            } else {
                scored.named && scored.share > TOUCHED
            };
            let asked = said.asked || scored.named;
            // Whoever tells of a cramp and wants a plan hears that it is offered at the end.
            let comes = place == Where::InReport && topic.intent == "reminders";
            (sure && asked && has_answer(topic, place) && !(comes && wants_plan(said)))
                .then_some(scored.topic)
        });
        let beside = said.wanted.filter(|scored| place == Where::InReport && is_plain(*scored));
        let beside = beside.map(|scored| scored.topic).filter(|topic| {
            self.responses.topic(*topic).is_some_and(|topic| has_answer(topic, place))
        });
        let wanted = wanted.chain(beside).map(|topic| self.with_illness(topic).unwrap_or(topic));
        let mut wanted: Vec<TopicId> = wanted.take(most).collect();
        wanted.dedup();
        for topic in &wanted {
            let again = said.last == Some(*topic);
            self.say(if again { self.once_more(*topic) } else { self.in_case(*topic) });
        }
        !wanted.is_empty()
    }

    /// The topics that a message may ask for. Whoever told of a cramp and puts a question asks about
    /// that, however much of small talk is in the words: "can i do parkrun saturday".
    fn fitting(&self, said: &Understanding) -> Vec<Scored> {
        let open = (self.case.reported || self.case.advised) && said.question;
        let is_chat = |scored: &Scored| {
            let topic = self.responses.topic(scored.topic);
            topic.is_some_and(|topic| topic.chat || topic.intent == "none")
        };
        let fits = |scored: &&Scored| !open || scored.named || !is_chat(scored);
        said.topics.iter().filter(fits).copied().collect()
    }

    /// The same, where the best of them needs no word of a cramp.
    fn is_sure_of_case(&self, said: &Understanding, scored: Scored) -> bool {
        let open = self.case.reported || self.case.advised;
        open && said.question && scored.share > SURE_IN_CASE
    }

    /// What was answered just now is not told over again, but what to make of it.
    fn once_more(&self, topic: TopicId) -> Move {
        let verdict = self.responses.topic(topic).and_then(|topic| topic.says_of(Aspect::Verdict));
        verdict.map_or(Move::Answer(topic), |_| Move::FollowUp(topic, Aspect::Verdict))
    }

    /// A question that a report holds beside it, and which had to wait for a danger sign, is kept.
    pub(super) fn keep_question(&mut self, said: &Understanding) {
        let told = said.is_relevant() && !said.question;
        // What is asked waits for the one sign in doubt; what is explained, for the first check.
        let waits = match self.stage {
            Stage::Asking(Question::Clarify | Question::StillThere, _) => !told,
            Stage::Asking(Question::Check, _) => told,
            Stage::Asking(..) | Stage::Idle | Stage::Waiting | Stage::Closed(_) => false,
        };
        let answers = |step: &Move| {
            matches!(step, Move::Answer(_) | Move::FollowUp(..) | Move::More(_) | Move::Sources)
        };
        if !waits || !(said.question || told) || self.moves.iter().any(answers) {
            return;
        }
        let fitting = self.fitting(said);
        let best = fitting.iter().find(|scored| scored.named && scored.share > TOUCHED);
        let best = best.or_else(|| fitting.first().filter(|best| best.share > SURE_IN_CASE));
        // "Cramps since the new shoes" tells, and asks what that has to do with it.
        let best = best.filter(|best| !told || best.named && best.share >= SURE_STATEMENT);
        let topic = best.and_then(|best| self.responses.topic(best.topic));
        let fits = |topic: &&Topic| {
            let kept = !matches!(topic.intent.as_str(), "see_doctor" | "relief");
            let asked = !told || EXPLAINED.contains(&topic.id.as_str());
            kept && asked && has_answer(topic, Where::Alone)
        };
        let topic = topic.filter(fits);
        if let Some(topic) = topic {
            self.case.wanted = Some(topic.id.clone());
        }
    }

    /// Answers it, once no danger sign is in doubt.
    pub(super) fn answer_kept(&mut self) {
        let doubted = self.case.unsure.iter().any(|flag| self.is_pressing(flag));
        if doubted || self.case.now == Some(true) {
            return;
        }
        let kept = self.case.wanted.take();
        let topic = kept.and_then(|name| self.responses.topic_id(&name));
        // What is to be said of sport stands in the advice then.
        let topic = topic.filter(|topic| !(self.is_after_care() && self.is_of_sport(*topic)));
        if let Some(topic) = topic {
            let topic = self.with_illness(topic).unwrap_or(topic);
            self.say(self.in_case(topic));
        }
    }

    /// "I have bad kidneys", after an answer on a remedy.
    pub(super) fn heard_of_illness(&mut self, said: &Understanding) -> bool {
        let tells = said.facts.contains(Fact::SaltRisk) && !said.is_relevant() && !said.question;
        let topic = self.responses.topic_id(WITH_ILLNESS);
        let topic = topic.filter(|_| tells && self.case.advised && !self.case.reported);
        if let Some(topic) = topic {
            self.say(Move::Answer(topic));
        }
        topic.is_some()
    }

    /// A "what if" about a danger sign is answered with what that sign calls for.
    fn answer_sign(&mut self, said: &Understanding) -> bool {
        let spoken_of = said.claims.iter().filter(|claim| claim.status == Status::Hypothetical);
        let flags = spoken_of.filter_map(|claim| match claim.about {
            About::Flag(flag) => Some(self.responses.urgency(flag)),
            About::Fact(_) => None,
        });
        let name = match flags.max() {
            Some(Urgency::Emergency) => "emergency_signs",
            Some(Urgency::Urgent) => "see_doctor",
            Some(Urgency::SeeDoctor | Urgency::SelfCare | Urgency::None) | None => return false,
        };
        let named = said.topics.first().is_some_and(|best| best.named);
        let Some(topic) = self.responses.topic_id(name).filter(|_| !named) else { return false };
        self.say(Move::Answer(topic));
        true
    }

    /// Greeting, thanks, help, reminders, and what is not a leg cramp.
    pub(super) fn small_talk(&self, said: &Understanding) -> Option<TopicId> {
        let best = said.topics.first()?;
        let topic = self.responses.topic(best.topic)?;
        let sure = best.share > SURE_CHAT || best.named;
        let plain = best.named || topic.id != "crisis";
        (topic.chat && sure && plain && !said.is_relevant() && topic.id != "other_chatter")
            .then_some(best.topic)
    }

    /// Whether a topic is thanks.
    pub(super) fn is_thanks(&self, topic: TopicId) -> bool {
        self.responses.topic(topic).is_some_and(|topic| topic.id == "thanks")
    }

    /// Whether the message asks for a topic, so that a "no" in it is no answer. "None, thanks" does
    /// not.
    pub(super) fn asks_topic(&self, said: &Understanding) -> bool {
        let Some(best) = said.topics.first().filter(|_| said.asked) else { return false };
        let topic = self.responses.topic(best.topic);
        let asks = topic.is_some_and(|topic| !topic.chat && topic.intent != "cramp_report");
        asks && (best.named || said.is_relevant() && best.share > 0.5)
    }

    /// Plain talk of wanting to die.
    pub(super) fn crisis(&self, said: &Understanding) -> Option<TopicId> {
        let is_crisis = |topic| self.responses.topic(topic).is_some_and(|t| t.id == "crisis");
        let named = said.topics.iter().find(|scored| scored.named && is_crisis(scored.topic));
        named.map(|scored| scored.topic)
    }

    /// Whether the message reports a cramp or a sign, not only asks about cramps in general. A
    /// question that tells no more than whom it is for ("I'm 15, does magnesium help?") does not.
    pub(super) fn is_report(&self, said: &Understanding) -> bool {
        let says = |fact| said.facts.contains(fact);
        let hurts = says(Fact::Sore) || says(Fact::Limp);
        // "Calf sore for days, no cramp": what it is, the danger signs tell.
        let denied = said.relevance == Relevance::Denied && said.muscle.is_some();
        // "Achy calf after the holiday".
        let one_calf = said.muscle == Some(Muscle::Calf)
            && (says(Fact::OneSide) || says(Fact::OneCalf))
            && !said.question;
        let sore = said.relevance == Relevance::NoCramp && (said.onset.is_some() || one_calf);
        let hurting_calf = hurts && one_calf;
        let lasting = says(Fact::Over24Hours) && one_calf && !self.is_other(said);
        let leg = hurts && (denied || sore) || lasting;
        // "My calf is bruised, can I stretch it?"
        let thinner = said.raised.contains(Flag::MuscleWasting);
        let sign = said.muscle.is_some() && (self.doubts_danger(said) || thinner);
        if !(said.is_relevant() || leg || sign) || is_general(said) {
            return false;
        }
        // "My calf cramps at night", "my son is 12 and gets leg cramps": told, and nothing is asked.
        let of_someone = said.person.of_someone && !said.question && !says(Fact::AsksHelp);
        let told =
            of_someone || self.doubts_danger(said) || self.best_label(said) == Some("cramp_report");
        let asks = said.question || says(Fact::AsksHelp);
        if !told && said.asked && asks && asks_for_somebody(said) {
            return false;
        }
        let signs = said.raised.iter().any(|flag| !flag.is_circumstance());
        let trace = hurts || says(Fact::ShortAndPainless);
        let hints = !said.raised.is_empty() || !said.unsure.is_empty();
        let course = said.onset.is_some() || trace;
        let plain = hints || course && (!said.denied.is_empty() || said.length > 4);
        // "It let go but is still sore, what now?"
        let over = says(Fact::Released) && hurts;
        let in_odd_words = said.relevance == Relevance::Told && self.is_leg_and_time(said);
        // "Calf cramps at night".
        let named = said.topics.first().is_some_and(|best| best.named);
        let timed = said.setting != Setting::Unknown;
        let in_few_words = said.length <= A_HEADLINE && timed && !asks && !named;
        told || signs
            || over
            || in_odd_words
            || in_few_words
            || (hurting_calf || lasting) && !named
            || said.onset.is_some()
            || said.tense == Tense::Since && !asks
            || plain && !said.question
    }

    /// Whether what was said is plainly about something else.
    pub(super) fn is_other(&self, said: &Understanding) -> bool {
        let sure = said.topics.first().is_some_and(|best| best.share > SURE_CHAT);
        said.length > 2 && sure && self.best_label(said) == Some("none")
    }

    /// "Both calves, every night": to a bot on leg cramps, a leg and when it comes are a report.
    pub(super) fn is_leg_and_time(&self, said: &Understanding) -> bool {
        let timed = said.setting != Setting::Unknown || said.onset.is_some();
        said.muscle.is_some() && timed && !self.is_other(said)
    }

    fn best_label(&self, said: &Understanding) -> Option<&str> {
        let best = said.topics.first()?;
        self.responses.topic(best.topic).map(|topic| topic.intent.as_str())
    }
}

/// "I'm 14, does pickle juice help cramps": it names its topic, and tells no more than whom it is for.
fn asks_for_somebody(said: &Understanding) -> bool {
    let named = said.topics.first().is_some_and(|best| best.named);
    let course = [
        Fact::Habit,
        Fact::Now,
        Fact::UnderWay,
        Fact::Sore,
        Fact::Limp,
        Fact::Released,
        Fact::Over,
    ];
    let told = course.into_iter().any(|fact| said.facts.contains(fact));
    let signs = said.raised.union(said.unsure);
    let circumstances = !signs.is_empty() && signs.iter().all(FlagId::is_circumstance);
    named && circumstances && !told && said.onset.is_none()
}

fn is_sure(said: &Understanding) -> bool {
    let share = said.topics.first().map_or(0.0, |best| best.share);
    said.is_relevant() && (said.question || share >= SURE_STATEMENT)
        || said.asked && said.question && share > SURE_WITHOUT_CRAMP
}

/// Whether the words that ask are plain enough by themselves.
fn is_plain(scored: Scored) -> bool {
    scored.share >= SURE_BESIDE
}

/// Whether a topic has an answer to give here: small talk and the report itself have none.
fn has_answer(topic: &Topic, place: Where) -> bool {
    let interview = topic.intent == "cramp_report";
    let relief = place == Where::InReport && topic.intent == "relief";
    !topic.chat && !interview && !relief
}

/// Whether red flags were only spoken of in general.
pub(super) fn is_general(said: &Understanding) -> bool {
    let hypothetical = said
        .claims
        .iter()
        .any(|claim| claim.status == Status::Hypothetical && matches!(claim.about, About::Flag(_)));
    let general = said.facts.contains(Fact::General);
    (hypothetical || general) && said.raised.is_empty() && said.onset.is_none()
}
