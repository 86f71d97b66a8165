//! From what to say to the words: texts of the response files, filled in for this case.

use std::collections::BTreeMap;

use jiff::Timestamp;
use leon::Template;

use super::kind::{kind, shows_a_card};
use super::parts::{HEADING, LONGEST_REPLY, Parts};
use super::{Choice as Pressable, PlanWords, Reply, ReplyKind};
use crate::plan::{Saying, Timeline};
use crate::responses::{Responses, Topic, TopicId};
use crate::triage::{Case, Move, Next};
use crate::vocabulary::{Aspect, Card, Flag, Question, Urgency};

/// Who reads a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// The person alone, or whoever is there while they talk with us.
    Person,
    /// A channel in which nobody spoke to us.
    Channel,
    /// A channel in which somebody only mentioned a cramp: they are offered help, and no more.
    Passers,
}

/// What the sources of an answer can be asked for later, by name: it outlives a change of the
/// response files.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sourced {
    /// A topic.
    Topic(String),
    /// A card.
    Card(Card),
    /// A red flag.
    Flag(String),
    /// A row of the combination table.
    Combination(String),
}

/// How a reply is to be told.
#[derive(Clone, Copy, Debug)]
pub struct Told<'t> {
    /// Who reads it.
    pub to: Audience,
    /// Whether it comes of itself, at its time.
    pub from_timer: bool,
    /// What the last answer rests on.
    pub last: &'t [Sourced],
    /// The time at which it is told.
    pub now: Timestamp,
}

/// The reply to what comes next, and what its sources are; nothing is silence.
///
/// What sends to a doctor is told alone; else the words of a plan go before the question that is
/// asked for it, and after advice.
#[must_use]
pub fn compose(
    responses: &Responses,
    next: &Next,
    plan: &PlanWords<'_>,
    told: Told<'_>,
) -> (Option<Reply>, Vec<Sourced>) {
    let Told { to, from_timer, last, now } = told;
    let sends =
        |step: &Move| matches!(step, Move::Emergency(_) | Move::SameDay(_) | Move::Sent(..));
    let pressing = next.moves.iter().any(sends);
    let says = if pressing || to != Audience::Person { &[] } else { plan.says };
    if next.moves.is_empty() && says.is_empty() {
        return (None, last.to_vec());
    }
    let moves = &if next.moves.is_empty() { Vec::new() } else { for_audience(&next.moves, to) };
    let mut composer = Composer {
        responses,
        case: &next.case,
        last,
        now,
        again: moves.iter().any(is_no_answer),
        parts: Parts::default(),
        choices: Vec::new(),
        sourced: Vec::new(),
        timeline: None,
    };
    composer.tell(plan, says, moves, to);
    let kind = if moves.is_empty() { of_plan(says, from_timer) } else { kind(moves, from_timer) };
    let urgency = urgency(responses, &next.case, moves);
    let headed = kind == ReplyKind::Card || urgency >= Urgency::Urgent;
    let longest = if headed { LONGEST_REPLY - HEADING } else { LONGEST_REPLY };
    let (text, left_out) = std::mem::take(&mut composer.parts).joined(longest);
    composer.instead(&left_out);
    let sourced = if composer.sourced.is_empty() { last.to_vec() } else { composer.sourced };
    let Composer { choices, timeline, .. } = composer;
    let directly = plan.directly && !says.is_empty();
    (Some(Reply { kind, urgency, text, choices, timeline, directly }), sourced)
}

/// What sort of thing the words of a plan are.
fn of_plan(says: &[Saying], from_timer: bool) -> ReplyKind {
    let asks = says.iter().any(|saying| matches!(saying, Saying::Ask(..)));
    if from_timer {
        ReplyKind::Reminder
    } else if asks {
        ReplyKind::Question
    } else {
        ReplyKind::Notice
    }
}

/// A channel hears what helps and what is dangerous, and nothing that asks a person or is offered
/// to them; where nothing is left, that there is help.
fn for_audience(moves: &[Move], to: Audience) -> Vec<Move> {
    let told = |step: &Move| match to {
        Audience::Person => true,
        Audience::Channel => !matches!(step, Move::Ask(..) | Move::Advice | Move::Schedule(_)),
        Audience::Passers => false,
    };
    let mut left: Vec<Move> = moves.iter().copied().filter(told).collect();
    if left.is_empty() {
        left.push(Move::Ask(Question::Offer, None));
    }
    left
}

/// Whether an answer still needs the safety net: no card and no check list says it.
fn owes_net(responses: &Responses, moves: &[Move]) -> bool {
    let is = |wanted: fn(&Move) -> bool| moves.iter().any(wanted);
    let facts = moves.iter().any(|step| match step {
        Move::Answer(topic) => responses.topic(*topic).is_some_and(|topic| !topic.chat),
        Move::Schedule(_) | Move::FollowUp(_, Aspect::WhileSore | Aspect::OnceWell) => true,
        _ => false,
    });
    facts
        && !is(|m| matches!(m, Move::Emergency(_) | Move::SameDay(_) | Move::SafetyNet))
        && !is(|m| matches!(m, Move::Advice))
        && !is(|m| matches!(m, Move::Ask(Question::Check, _)))
}

/// Whether it tells somebody that they answered something else than was asked.
const fn is_no_answer(step: &Move) -> bool {
    matches!(step, Move::Show(Card::Noted | Card::WhichFits | Card::UnclearAnswer))
}

/// How pressing the reply is: the level of its card, or of the case once a cramp was reported.
fn urgency(responses: &Responses, case: &Case, moves: &[Move]) -> Urgency {
    let card = moves.iter().find_map(|step| match step {
        Move::Emergency(_) => Some(Urgency::Emergency),
        Move::SameDay(_) | Move::Show(Card::Maternity) => Some(Urgency::Urgent),
        Move::Sent(_, level) => Some(*level),
        _ => None,
    });
    let self_care = moves.iter().any(|step| match step {
        Move::Answer(topic) => responses.topic(*topic).is_some_and(|topic| !topic.chat),
        Move::Show(card) => shows_a_card(&Move::Show(*card)),
        Move::Advice
        | Move::Visit
        | Move::Schedule(_)
        | Move::SafetyNet
        | Move::More(_)
        | Move::FollowUp(..)
        | Move::Ask(..) => true,
        Move::Sources | Move::Emergency(_) | Move::SameDay(_) | Move::Sent(..) => false,
    });
    match card {
        Some(level) => level,
        None if !self_care => Urgency::None,
        None => case.level(responses).clamp(Urgency::SelfCare, Urgency::SeeDoctor),
    }
}

pub(super) struct Composer<'c> {
    pub(super) responses: &'c Responses,
    pub(super) case: &'c Case,
    pub(super) last: &'c [Sourced],
    /// The time at which it is told.
    pub(super) now: Timestamp,
    /// Whether a question comes again, and the one before is just above.
    pub(super) again: bool,
    pub(super) parts: Parts,
    pub(super) choices: Vec<Pressable>,
    pub(super) sourced: Vec<Sourced>,
    pub(super) timeline: Option<Timeline>,
}

impl Composer<'_> {
    /// Everything in its order: the words of a plan before what is asked, and after advice.
    fn tell(&mut self, plan: &PlanWords<'_>, says: &[Saying], moves: &[Move], to: Audience) {
        let is_advice = moves.iter().any(|step| matches!(step, Move::Advice));
        // What is asked stands behind what is answered.
        let asks = matches!(says, [Saying::Ask(..)]) && !moves.is_empty();
        let (before, after) = if is_advice || asks { (&[][..], says) } else { (says, &[][..]) };
        for saying in before {
            self.saying(plan, saying);
        }
        // The buttons of a plan stand behind those of the question.
        let buttons = std::mem::take(&mut self.choices);
        self.steps(moves);
        self.choices.extend(buttons);
        for saying in after {
            self.saying(plan, saying);
        }
        if !moves.is_empty() {
            self.closing(moves, to);
        }
    }

    /// The moves, and the safety net where it is owed: what is asked stands last.
    fn steps(&mut self, moves: &[Move]) {
        let mut owes_net = owes_net(self.responses, moves);
        for step in moves {
            if owes_net && matches!(step, Move::Ask(..)) {
                self.card(Card::SafetyNet, &[]);
                owes_net = false;
            }
            self.step(*step);
        }
        if owes_net {
            self.card(Card::SafetyNet, &[]);
        }
    }

    fn step(&mut self, step: Move) {
        match step {
            Move::Show(Card::Relief) => self.relief(),
            Move::Show(card @ (Card::StillLocked | Card::KeepHolding)) => self.hold(card),
            Move::Show(Card::SecondCramp) => self.second_cramp(),
            Move::Show(Card::WalkOut) => {
                self.walk_out();
                self.notes();
            }
            Move::Show(card) => self.card(card, &[]),
            Move::Emergency(from) => self.emergency(from),
            Move::SameDay(from) => self.same_day(from),
            Move::Sent(fact, level) => self.sent(fact, level),
            Move::Answer(topic) => self.answer(topic),
            Move::More(topic) => self.more(topic),
            Move::FollowUp(topic, aspect) => self.follow_up(topic, aspect),
            Move::Sources => self.sources(),
            Move::Ask(question, about) => self.question(question, about),
            Move::Advice => self.advice(),
            Move::Visit => self.see_doctor(),
            Move::Schedule(schedule) => self.schedule(schedule),
            Move::SafetyNet => self.card(Card::SafetyNet, &[]),
        }
    }

    pub(super) fn card(&mut self, card: Card, values: &[(&str, &str)]) {
        let text = &self.responses.card(card).text;
        let filled = self.fill(text, values);
        self.parts.push(filled);
        if !self.responses.card(card).sources.is_empty() {
            self.sourced.push(Sourced::Card(card));
        }
    }

    /// Fills placeholders; the checker has seen that each has a value.
    pub(super) fn fill(&self, text: &str, values: &[(&str, &str)]) -> String {
        if !text.contains('{') {
            return text.to_owned();
        }
        let numbers = &self.responses.numbers;
        let mut all: BTreeMap<&str, &str> = values.iter().copied().collect();
        all.insert("emergency", &numbers.emergency);
        all.insert("nurse-line", &numbers.nurse_line);
        all.insert("club", &self.responses.club);
        let rendered = Template::parse(text).ok().and_then(|template| template.render(&all).ok());
        rendered.unwrap_or_else(|| text.to_owned())
    }

    pub(super) fn part(&self, card: Card, part: &str, key: &str) -> String {
        let parts = &self.responses.card(card).parts;
        parts.get(part).and_then(|keys| keys.get(key)).cloned().unwrap_or_default()
    }

    fn answer(&mut self, id: TopicId) {
        let Some(topic) = self.responses.topic(id) else { return };
        let text = self.answer_for(topic);
        // What is told to minors and in pregnancy alone has no other form.
        let in_short = topic.says_of(Aspect::Verdict).filter(|_| text == topic.answer);
        let in_short =
            in_short.map(|text| format!("**{}:** {}", topic.title, self.fill(text, &[])));
        let text = self.fill(text, &[]);
        self.parts.push_answer(id, text, in_short);
        if !topic.sources.is_empty() {
            self.sourced.push(Sourced::Topic(topic.id.clone()));
        }
    }

    /// Minors and pregnant members get no text on medicines or supplements.
    pub(super) fn is_careful(&self, topic: &Topic) -> bool {
        topic.medicine && (self.case.is_minor() || self.case.has(Flag::Pregnancy))
    }

    fn answer_for<'t>(&self, topic: &'t Topic) -> &'t str {
        let pregnant = topic.pregnant.as_ref().filter(|_| self.case.has(Flag::Pregnancy));
        let minor = topic.minor.as_ref().filter(|_| self.case.is_minor());
        pregnant.or(minor).unwrap_or(&topic.answer)
    }

    fn more(&mut self, id: TopicId) {
        let Some(topic) = self.responses.topic(id) else { return };
        let careful = self.is_careful(topic);
        let text = topic.more.as_ref().filter(|_| !careful);
        let text = text.map_or_else(|| self.answer_for(topic).to_owned(), Clone::clone);
        let text = self.fill(&text, &[]);
        self.parts.push_answer(id, text, None);
        self.sourced.push(Sourced::Topic(topic.id.clone()));
    }

    /// What a topic says of one aspect. Where it says nothing, a question whether it is so gets the
    /// sources, and any other that there is no more.
    fn follow_up(&mut self, id: TopicId, aspect: Aspect) {
        let Some(topic) = self.responses.topic(id) else { return };
        let own = topic.says_of(aspect);
        let text = if self.is_careful(topic) { Some(self.answer_for(topic)) } else { own };
        match text {
            Some(text) => {
                let text = self.fill(text, &[]);
                self.parts.push_answer(id, text, None);
                self.sourced.push(Sourced::Topic(topic.id.clone()));
            }
            None if aspect == Aspect::More && topic.more.is_some() => self.more(id),
            None if matches!(aspect, Aspect::Proof | Aspect::Verdict) => self.sources(),
            None => self.card(Card::NoMore, &[]),
        }
    }
}
