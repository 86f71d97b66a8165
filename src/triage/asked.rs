//! What was asked: topics, "what if", small talk, and what is not about leg cramps.

use super::advice::wants_plan;
use super::report::{is_general, is_vague_after};
use super::{Flow, Move, Stage};
use crate::responses::{Topic, TopicId};
use crate::understanding::{About, Scored, Understanding};
use crate::vocabulary::{Aspect, Card, Fact, Question, Status, Urgency};

/// What a long-term illness leaves of the remedies.
const WITH_ILLNESS: &str = "remedies_with_illness";

/// Share of a topic from which a message that puts no question is answered, without a phrase that
/// names the topic: "leg cramps" tells, it does not ask.
const SURE_STATEMENT: f32 = 0.6;
/// The same for a question that names no cramp.
const SURE_WITHOUT_CRAMP: f32 = 0.45;
/// The same for a question beside a report, by its own words.
pub(super) const SURE_BESIDE: f32 = 0.5;
/// The same for small talk.
pub(super) const SURE_CHAT: f32 = 0.2;
/// The same once a cramp was told: a question is about that.
const SURE_IN_CASE: f32 = 0.2;
/// Share below which a second topic was only touched.
const TOUCHED: f32 = 0.1;
/// Most questions of one message that are answered.
const MOST_QUESTIONS: usize = 3;

/// Where a topic is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// Next to the report of a cramp: the report matters more.
    InReport,
    /// By itself, or while a question is open.
    Alone,
}

impl Flow<'_> {
    /// Answers what is asked; gives whether there was anything.
    pub(super) fn answer_topics(&mut self, said: &Understanding, place: Where) -> bool {
        if let Some(best) = said.topics.first().filter(|_| !said.follow_up.is_empty()) {
            self.answer_follow_up(said, best.topic);
            return true;
        }
        if place == Where::Alone && is_general(said) && self.answer_sign(said) {
            return true;
        }
        if place == Where::InReport && !said.question {
            return false;
        }
        let wanted = self.wanted(said, place);
        for topic in &wanted {
            let again = said.last == Some(*topic);
            let step = if again { self.once_more(*topic) } else { self.in_case(*topic) };
            if !self.says_of_soreness(step) {
                self.say(step);
            }
        }
        !wanted.is_empty()
    }

    /// Whether it was said already what soreness means for sport: two topics say nearly the same of it.
    fn says_of_soreness(&self, step: Move) -> bool {
        let of_it =
            |step: &Move| matches!(step, Move::FollowUp(_, Aspect::WhileSore | Aspect::OnceWell));
        of_it(&step) && self.moves.iter().any(of_it)
    }

    /// "How much?", after an answer. Who tells of an illness with it hears of that first.
    fn answer_follow_up(&mut self, said: &Understanding, topic: TopicId) {
        let told = said.facts.contains(Fact::SaltRisk);
        if let Some(of_illness) = self.with_illness(topic).filter(|_| !told) {
            return self.say(Move::Answer(of_illness));
        }
        for aspect in &said.follow_up {
            let unknown = self.of_unknown_effect(said, topic, *aspect);
            let step = self.for_little(topic).or(unknown);
            self.say(step.unwrap_or(Move::FollowUp(topic, *aspect)));
        }
    }

    /// "Do they make the leg cold", of a topic that says nothing of it: what that sign calls for.
    fn of_unknown_effect(
        &self,
        said: &Understanding,
        topic: TopicId,
        aspect: Aspect,
    ) -> Option<Move> {
        let says = self.responses.topic(topic).is_some_and(|it| it.says_of(aspect).is_some());
        let asked = aspect == Aspect::Effects && !says;
        let level = said.spoken_of().iter().map(|flag| self.responses.urgency(flag)).max();
        let card = match level.filter(|_| asked)? {
            Urgency::Emergency => Card::SignAskedNow,
            Urgency::Urgent => Card::SignAskedToday,
            Urgency::SeeDoctor | Urgency::SelfCare | Urgency::None => return None,
        };
        Some(Move::Show(card))
    }

    /// The topics to be answered: of each question where several are put; else one beside a report,
    /// and two at most.
    fn wanted(&self, said: &Understanding, place: Where) -> Vec<TopicId> {
        let in_report = place == Where::InReport;
        let each = self.of_each_question(said, place);
        if each.len() > 1 {
            return each;
        }
        let fitting = self.fitting(said);
        let named = fitting.iter().take(3).enumerate().filter(|(at, scored)| {
            let sure = if *at == 0 {
                let sure = is_sure(said) || self.is_sure_of_case(said, **scored);
                scored.named || sure && !(in_report && is_vague_after(said))
            } else {
                scored.named && scored.share > TOUCHED
            };
            // Whoever tells of a cramp and wants a plan hears that it is offered at the end.
            let topic = self.responses.topic(scored.topic);
            let comes = in_report && topic.is_some_and(|topic| topic.intent == "reminders");
            sure && (said.asked || scored.named) && !(comes && wants_plan(said))
        });
        let named = named.map(|(_, scored)| scored.topic);
        let beside = said.wanted.filter(|scored| in_report && is_plain(*scored));
        let why = self.cause_beside(said, &fitting).filter(|_| in_report);
        let wanted = named.chain(beside.map(|scored| scored.topic)).chain(why);
        let answered = |topic: &TopicId| {
            self.responses.topic(*topic).is_some_and(|topic| has_answer(topic, place))
        };
        let wanted = wanted.filter(answered);
        let wanted = wanted.map(|topic| self.with_illness(topic).unwrap_or(topic));
        let mut wanted: Vec<TopicId> = wanted.take(if in_report { 1 } else { 2 }).collect();
        wanted.dedup();
        wanted
    }

    /// "Why does my calf cramp when I wear heels": what fits best of all that is no report, where that is
    /// a cause and the question is not surely for anything else.
    fn cause_beside(&self, said: &Understanding, fitting: &[Scored]) -> Option<TopicId> {
        let others = fitting.iter().filter(|scored| {
            let topic = self.responses.topic(scored.topic);
            topic.is_some_and(|topic| has_answer(topic, Where::Alone))
        });
        let best = others.max_by(|a, b| a.share.total_cmp(&b.share))?;
        let cause = self.responses.topic(best.topic).is_some_and(|topic| topic.intent == "cause");
        (said.question && cause && best.share > TOUCHED).then_some(best.topic)
    }

    /// The topics of several questions, in the order in which they are put.
    fn of_each_question(&self, said: &Understanding, place: Where) -> Vec<TopicId> {
        let is_sure = |scored: &&Scored| scored.named || is_plain(**scored);
        let asked = said.questions.iter().filter(is_sure).map(|scored| scored.topic);
        let answered = asked.filter(|topic| {
            self.responses.topic(*topic).is_some_and(|topic| has_answer(topic, place))
        });
        let mut each: Vec<TopicId> = Vec::new();
        for topic in answered.map(|topic| self.with_illness(topic).unwrap_or(topic)) {
            if !each.contains(&topic) {
                each.push(topic);
            }
        }
        each.truncate(MOST_QUESTIONS);
        each
    }

    /// The topics that a message may ask for. Whoever told of a cramp and puts a question asks about
    /// that, however much of small talk is in the words: "can i do parkrun saturday".
    fn fitting(&self, said: &Understanding) -> Vec<Scored> {
        let open = (self.case.reported || self.case.advised) && said.question;
        let is_chat = |scored: &Scored| {
            let topic = self.responses.topic(scored.topic);
            topic.is_some_and(|topic| topic.chat || topic.intent == "none")
        };
        let fits = |scored: &&Scored| {
            scored.named || !(open && is_chat(scored) || self.is_of_no_pregnancy(said, **scored))
        };
        said.topics.iter().filter(fits).copied().collect()
    }

    /// The same, where the best of them needs no word of a cramp.
    fn is_sure_of_case(&self, said: &Understanding, scored: Scored) -> bool {
        let open = self.case.reported || self.case.advised || self.case.plan.runs;
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
        let each = self.of_each_question(said, Where::Alone);
        let each = each.into_iter().filter_map(|topic| self.responses.topic(topic));
        let mut kept: Vec<&Topic> = each.filter(|topic| may_wait(topic)).collect();
        if kept.len() < 2 {
            kept = self.to_keep(said, told).into_iter().collect();
        }
        if !kept.is_empty() {
            self.case.wanted = kept.into_iter().map(|topic| topic.id.clone()).collect();
        }
    }

    /// The topic of a question that has to wait, or of what is explained to whoever only tells of it.
    fn to_keep(&self, said: &Understanding, told: bool) -> Option<&Topic> {
        let fitting = self.fitting(said);
        let best = fitting.iter().find(|scored| scored.named && scored.share > TOUCHED);
        let best = best.or_else(|| fitting.first().filter(|best| best.share > SURE_IN_CASE))?;
        let topic = self.responses.topic(best.topic)?;
        // "Cramps since the new shoes" tells, and asks what that has to do with it.
        let explained = best.named && best.share >= SURE_STATEMENT && topic.when_told;
        (may_wait(topic) && (!told || explained) && has_answer(topic, Where::Alone))
            .then_some(topic)
    }

    /// Answers what had to wait, once no danger sign is in doubt.
    pub(super) fn answer_kept(&mut self) {
        let doubted = self.case.unsure.iter().any(|flag| self.is_pressing(flag));
        if doubted || self.case.now == Some(true) {
            return;
        }
        for name in std::mem::take(&mut self.case.wanted) {
            let topic = self.responses.topic_id(&name);
            // What is to be said of sport stands in the advice then.
            let topic = topic.filter(|topic| !(self.is_after_care() && self.is_of_sport(*topic)));
            if let Some(topic) = topic {
                let topic = self.with_illness(topic).unwrap_or(topic);
                self.say(self.in_case(topic));
            }
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
}

fn is_sure(said: &Understanding) -> bool {
    let share = said.topics.first().map_or(0.0, |best| best.share);
    said.is_relevant() && (said.question || share >= SURE_STATEMENT)
        || said.asked && said.question && share > SURE_WITHOUT_CRAMP
}

/// Whether the answer may come after the check: what helps now and when to see a doctor stand in it.
fn may_wait(topic: &Topic) -> bool {
    !matches!(topic.intent.as_str(), "see_doctor" | "relief")
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
