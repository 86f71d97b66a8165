//! What a message does to the interview: danger signs first, then an answer to the open question,
//! then what was asked, then the next question.

use super::{Answer, Flow, Move, Origin, Stage, Timers};
use crate::responses::{Topic, TopicId};
use crate::understanding::Understanding;
use crate::vocabulary::{Card, Fact, Flag, FlagId, Question, Setting, Urgency};

/// Longest message, in words, that is taken as a bare answer ("no, nothing like that").
const BARE_ANSWER: usize = 8;
/// Share of a topic from which it is answered without a phrase that names it.
const SURE_TOPIC: f32 = 0.25;

/// The same for a question that names no cramp.
const SURE_WITHOUT_CRAMP: f32 = 0.45;

impl Flow<'_> {
    /// A message.
    pub(super) fn heard(&mut self, said: &Understanding) {
        let before = self.case.clone();
        if self.is_crisis(said) {
            return;
        }
        if is_stop(said) {
            self.stop();
            return;
        }
        if said.facts.contains(Fact::AsksSource) && said.length <= BARE_ANSWER {
            self.say(Move::Sources);
            self.repeat_question();
            return;
        }
        self.case.learn(said, self.now);
        let news = self.case.flags != before.flags || said.is_relevant() || !said.raised.is_empty();
        if self.heard_after_close(said, news) {
            return;
        }
        if let Some(flag) = self.denied_again(said) {
            self.ask(Question::Clarify, Some(flag));
            return;
        }
        if self.is_maternity() {
            self.say(Move::Show(Card::Maternity));
            self.stage = Stage::Closed(Urgency::Urgent);
            self.timers = Timers::Cancel;
            return;
        }
        if self.is_about_the_person(said) && self.close_if_pressing() {
            return;
        }
        if self.heard_course(said, before.now) {
            return;
        }
        if let Stage::Asking(question, about) = self.stage {
            self.heard_answer(said, question, about);
            return;
        }
        self.heard_afresh(said);
    }

    /// Plain talk of wanting to die goes before everything else.
    fn is_crisis(&mut self, said: &Understanding) -> bool {
        let named =
            said.topics.iter().find(|scored| scored.named && self.is_named(scored.topic, "crisis"));
        let Some(scored) = named else { return false };
        self.say(Move::Answer(scored.topic));
        self.timers = Timers::Cancel;
        self.stage = Stage::Idle;
        true
    }

    fn is_named(&self, topic: TopicId, name: &str) -> bool {
        self.responses.topic(topic).is_some_and(|topic| topic.id == name)
    }

    fn stop(&mut self) {
        self.say(Move::Show(Card::Stopped));
        self.case = super::Case::default();
        self.stage = Stage::Idle;
        self.timers = Timers::Cancel;
    }

    fn repeat_question(&mut self) {
        if let Stage::Asking(question, about) = self.stage {
            self.say(Move::Ask(question, about));
        }
    }

    /// After a card that sends to a doctor there is no self-care until the person says otherwise.
    fn heard_after_close(&mut self, said: &Understanding, news: bool) -> bool {
        let Stage::Closed(level) = self.stage else { return false };
        let chat = self.small_talk(said);
        if level < Urgency::Urgent {
            return false;
        }
        if let Some(flag) = self.denied_again(said) {
            self.ask(Question::Clarify, Some(flag));
        } else if let Some(topic) = chat.filter(|_| !news && said.length <= BARE_ANSWER) {
            self.say(Move::Answer(topic));
        } else if !self.close_if_pressing() {
            self.close(level, Origin::Unsure);
        }
        true
    }

    /// A sign that was affirmed and is now denied: the question about it decides.
    fn denied_again(&self, said: &Understanding) -> Option<FlagId> {
        let both = self.case.flags.iter().filter(|flag| said.denied.contains(*flag));
        let pressing = both.filter(|flag| self.responses.urgency(*flag) >= Urgency::Urgent);
        pressing.max_by_key(|flag| self.responses.urgency(*flag))
    }

    fn is_maternity(&self) -> bool {
        self.case.has(Flag::Pregnancy)
            && (self.case.facts.contains(Fact::PreEclampsia)
                || self.case.facts.contains(Fact::Headache))
    }

    /// Signs count when the message is on a cramp, answers a question, or follows a report.
    fn is_about_the_person(&self, said: &Understanding) -> bool {
        let emergency =
            said.raised.iter().any(|flag| self.responses.urgency(flag) == Urgency::Emergency);
        emergency
            || said.is_relevant()
            || self.case.reported
            || matches!(self.stage, Stage::Asking(..) | Stage::Waiting)
            || self.case.level(self.responses) >= Urgency::Urgent && said.length > 0
    }

    /// Cramping now, still locked, let go: the course of a cramp goes before the interview.
    fn heard_course(&mut self, said: &Understanding, before: Option<bool>) -> bool {
        let says = |fact| said.facts.contains(fact);
        let running = matches!(self.stage, Stage::Waiting) || before == Some(true);
        let about_course = matches!(
            self.stage,
            Stage::Asking(Question::LetGo3 | Question::LetGo10 | Question::Released, _)
        );
        if running && (says(Fact::Released) || says(Fact::Over)) {
            self.answered_course(Question::LetGo3, Answer::Yes);
            return true;
        }
        if running && says(Fact::ComesAndGoes) && !about_course {
            self.answered_course(Question::LetGo3, Answer::ComesAndGoes);
            return true;
        }
        if running && says(Fact::StillLocked) && !about_course {
            self.still_locked();
            return true;
        }
        let relevant = said.is_relevant() || self.case.reported;
        if self.case.now == Some(true) && before != Some(true) && relevant {
            self.relief();
            self.answer_topics(said, true);
            self.order_moves();
            return true;
        }
        false
    }

    /// Relief stands first, the question last.
    fn order_moves(&mut self) {
        self.moves.sort_by_key(|step| match step {
            Move::Emergency(_) | Move::SameDay(_) => 0,
            Move::Show(_) => 1,
            Move::Answer(_) | Move::More(_) | Move::Sources => 2,
            Move::Advice | Move::Schedule => 3,
            Move::CloseGeneral | Move::SafetyNet => 4,
            Move::Ask(..) => 5,
        });
    }

    /// A message while a question is open.
    fn heard_answer(&mut self, said: &Understanding, question: Question, about: Option<FlagId>) {
        let asks = asks_topic(said);
        if !asks && let Some(answer) = bare_answer(said, question) {
            self.answered(question, answer, about);
            return;
        }
        if self.fills_question(said, question) {
            self.case.answered.insert(question);
            self.answer_topics(said, false);
            self.go_on();
            return;
        }
        if self.answer_topics(said, false) {
            self.repeat_question();
            return;
        }
        if said.is_relevant() || !said.raised.is_empty() || !said.denied.is_empty() {
            self.go_on_or_repeat(question, about);
            return;
        }
        if let Some(topic) = self.small_talk(said) {
            self.say(Move::Answer(topic));
        } else {
            self.say(Move::Show(Card::NotUnderstood));
        }
        self.repeat_question();
    }

    /// New facts may have settled the open question; otherwise it stays open.
    fn go_on_or_repeat(&mut self, question: Question, about: Option<FlagId>) {
        let settled = match question {
            Question::Check | Question::Rest => self.case.open_flags(self.responses).is_empty(),
            Question::When => self.case.setting != Setting::Unknown,
            Question::Released => self.case.now.is_some(),
            Question::Context => {
                super::order::CONTEXT_FLAGS.iter().any(|flag| self.case.has(*flag))
            }
            Question::Clarify | Question::StillThere => about.is_some_and(|flag| {
                self.case.flags.contains(flag) || self.case.cleared.contains(flag)
            }),
            Question::List2 | Question::LetGo3 | Question::LetGo10 | Question::PlanOffer => false,
        };
        if settled {
            self.go_on();
        } else {
            self.say(Move::Ask(question, about));
        }
    }

    /// Whether a message answers the open question by what it says, not by yes or no.
    fn fills_question(&mut self, said: &Understanding, question: Question) -> bool {
        match question {
            Question::When => said.setting != Setting::Unknown || said.onset.is_some(),
            Question::Context => {
                let any =
                    super::order::CONTEXT_FLAGS.iter().any(|flag| said.raised.contains(*flag));
                any || said.age.is_some()
            }
            Question::Check | Question::Rest => {
                self.case.open_flags(self.responses).is_empty() && !said.denied.is_empty()
            }
            Question::Released => {
                said.facts.contains(Fact::Released) || said.facts.contains(Fact::Over)
            }
            Question::List2
            | Question::Clarify
            | Question::LetGo3
            | Question::LetGo10
            | Question::StillThere
            | Question::PlanOffer => false,
        }
    }

    /// A message with no question open.
    fn heard_afresh(&mut self, said: &Understanding) {
        let report = self.is_report(said);
        if report {
            self.case.reported = true;
            self.answer_topics(said, true);
            self.go_on();
            return;
        }
        let general = said.is_relevant() && is_general(said);
        if self.answer_topics(said, false) {
            if general {
                self.say(Move::CloseGeneral);
            }
            if !matches!(self.stage, Stage::Closed(_) | Stage::Waiting) {
                self.stage = Stage::Idle;
            }
        } else if let Some(topic) = self.small_talk(said) {
            self.say(Move::Answer(topic));
        } else if said.is_relevant() {
            self.case.reported = true;
            self.go_on();
        } else if said.has_words && said.length > 2 && self.is_other(said) {
            self.say(Move::Show(Card::OffTopic));
        } else {
            self.say(Move::Show(Card::NotUnderstood));
        }
    }

    fn is_other(&self, said: &Understanding) -> bool {
        self.label(said.topics.first().map(|scored| scored.topic)) == Some("none")
    }

    /// Whether the message reports a cramp or a sign, not only asks about cramps in general.
    fn is_report(&self, said: &Understanding) -> bool {
        let general = is_general(said);
        let signs = !said.raised.is_empty() || !said.unsure.is_empty();
        let told = self.label(said.topics.first().map(|s| s.topic)) == Some("cramp_report");
        let course = said.onset.is_some()
            || said.facts.contains(Fact::Sore)
            || said.facts.contains(Fact::Limp);
        said.is_relevant()
            && !general
            && (signs || told || course && !said.denied.is_empty() || course && said.length > 4)
    }

    fn label(&self, topic: Option<TopicId>) -> Option<&str> {
        topic.and_then(|id| self.responses.topic(id)).map(|topic| topic.intent.as_str())
    }

    /// A "what if" about a danger sign is answered with what that sign calls for.
    fn answer_sign(&mut self, said: &Understanding) -> bool {
        use crate::understanding::About;
        use crate::vocabulary::Status;
        let spoken_of = said.claims.iter().filter(|c| c.status == Status::Hypothetical);
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

    /// Answers up to two topics; gives whether there was one.
    fn answer_topics(&mut self, said: &Understanding, within_report: bool) -> bool {
        if !within_report && is_general(said) && self.answer_sign(said) {
            return true;
        }
        let most = if within_report { 1 } else { 2 };
        let Some(best) = said.topics.first() else { return false };
        let sure = said.is_relevant() && (best.share >= SURE_TOPIC || said.asked)
            || said.asked && best.share > SURE_WITHOUT_CRAMP;
        let mut answered = false;
        for (at, scored) in said.topics.iter().take(3).enumerate() {
            let Some(topic) = self.responses.topic(scored.topic) else { continue };
            let wanted =
                if at == 0 { sure || scored.named } else { scored.named && scored.share > 0.1 };
            if !wanted || !is_answer(topic, within_report) || !said.asked && !scored.named {
                continue;
            }
            if self.moves.iter().filter(|step| matches!(step, Move::Answer(_))).count() < most {
                self.say(Move::Answer(scored.topic));
                answered = true;
            }
        }
        answered
    }

    /// Greeting, thanks, help, reminders, and what is not a leg cramp.
    fn small_talk(&self, said: &Understanding) -> Option<TopicId> {
        let best = said.topics.first()?;
        let topic = self.responses.topic(best.topic)?;
        let sure = best.share > 0.4 || best.named;
        (topic.chat && sure && !said.is_relevant() && topic.id != "other_chatter")
            .then_some(best.topic)
    }
}

/// Whether a topic has an answer to give here: small talk and the report itself have none.
fn is_answer(topic: &Topic, within_report: bool) -> bool {
    let interview = matches!(topic.intent.as_str(), "cramp_report");
    let relief = within_report && matches!(topic.intent.as_str(), "relief");
    !topic.chat && !interview && !relief
}

/// A short message that answers the open question with yes, no, none or not sure.
fn bare_answer(said: &Understanding, question: Question) -> Option<Answer> {
    let says = |fact| said.facts.contains(fact) || said.denied_facts.contains(fact);
    if said.length > BARE_ANSWER || !said.has_words {
        return None;
    }
    let list = matches!(question, Question::Check | Question::Rest | Question::Context);
    if says(Fact::NoneOfThese) && list {
        return Some(Answer::None);
    }
    if says(Fact::NotSure) {
        return Some(Answer::NotSure);
    }
    match question {
        Question::Released | Question::LetGo3 | Question::LetGo10 => course_answer(said),
        Question::Check | Question::Context | Question::Rest if says(Fact::No) => {
            Some(Answer::None)
        }
        Question::Rest if says(Fact::Yes) => Some(Answer::Some),
        Question::When => None,
        _ if says(Fact::No) => Some(Answer::No),
        _ if says(Fact::Yes) => Some(Answer::Yes),
        _ => None,
    }
}

fn course_answer(said: &Understanding) -> Option<Answer> {
    let says = |fact| said.facts.contains(fact);
    if says(Fact::Worse) {
        Some(Answer::Worse)
    } else if says(Fact::ComesAndGoes) {
        Some(Answer::ComesAndGoes)
    } else if says(Fact::StillLocked) || says(Fact::No) {
        Some(Answer::No)
    } else if says(Fact::Released) || says(Fact::Yes) || says(Fact::Over) {
        Some(Answer::Yes)
    } else {
        None
    }
}

fn is_stop(said: &Understanding) -> bool {
    said.facts.contains(Fact::Stop) && said.length <= 6 && said.raised.is_empty()
}

/// Whether red flags were only spoken of in general.
fn is_general(said: &Understanding) -> bool {
    use crate::vocabulary::Status;
    let hypothetical = said.claims.iter().any(|c| {
        c.status == Status::Hypothetical && matches!(c.about, crate::understanding::About::Flag(_))
    });
    let general = said.facts.contains(Fact::General);
    (hypothetical || general) && said.raised.is_empty() && said.onset.is_none()
}

/// Whether the message asks for a topic, so that a "no" in it is no answer.
fn asks_topic(said: &Understanding) -> bool {
    said.asked
        && said.topics.first().is_some_and(|s| s.named || said.is_relevant() && s.share > 0.5)
}
