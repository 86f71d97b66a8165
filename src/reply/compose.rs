//! From what to say to the words: texts of the response files, filled in for this case.

use std::collections::BTreeMap;

use leon::Template;

use super::{Choice as Pressable, Reply, ReplyKind};
use crate::responses::{Responses, Topic, TopicId};
use crate::triage::{Case, Choice, Move, Next, Origin, Schedule};
use crate::understanding::{AgeBand, Muscle};
use crate::vocabulary::{Card, Fact, Flag, FlagId, Question, Setting, Urgency};

/// Longest text of one message (Discord's limit).
pub const LONGEST_REPLY: usize = 2_000;

/// What the sources of an answer can be asked for later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sourced {
    /// A topic.
    Topic(TopicId),
    /// A card.
    Card(Card),
    /// A red flag.
    Flag(FlagId),
    /// A row of the combination table.
    Combination(usize),
}

/// The reply to what comes next, and what its sources are; nothing is silence.
#[must_use]
pub fn compose(
    responses: &Responses,
    next: &Next,
    from_timer: bool,
    last: &[Sourced],
) -> (Option<Reply>, Vec<Sourced>) {
    if next.moves.is_empty() {
        return (None, last.to_vec());
    }
    let mut composer = Composer {
        responses,
        case: &next.case,
        last,
        parts: Vec::new(),
        choices: Vec::new(),
        sourced: Vec::new(),
    };
    let (asked, told): (Vec<Move>, Vec<Move>) =
        next.moves.iter().partition(|step| matches!(step, Move::Ask(..)));
    told.iter().for_each(|step| composer.step(*step));
    composer.safety_net(&next.moves);
    asked.iter().for_each(|step| composer.step(*step));
    composer.closing(&next.moves);
    let kind = kind(&next.moves, from_timer);
    let urgency = urgency(responses, next);
    let text = joined(&composer.parts);
    let sourced = if composer.sourced.is_empty() { last.to_vec() } else { composer.sourced };
    (Some(Reply { kind, urgency, text, choices: composer.choices }), sourced)
}

/// The parts with blank lines between; the later ones go when it gets too long.
fn joined(parts: &[String]) -> String {
    let mut text = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if text.chars().count() + part.chars().count() + 2 > LONGEST_REPLY {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(part);
    }
    text
}

fn kind(moves: &[Move], from_timer: bool) -> ReplyKind {
    let is = |wanted: fn(&Move) -> bool| moves.iter().any(wanted);
    if is(|m| matches!(m, Move::Emergency(_) | Move::SameDay(_))) {
        ReplyKind::Card
    } else if from_timer {
        ReplyKind::Reminder
    } else if is(|m| matches!(m, Move::Sources)) {
        ReplyKind::Sources
    } else if is(|m| matches!(m, Move::Answer(_) | Move::More(_))) {
        ReplyKind::Answer
    } else if is(|m| matches!(m, Move::Advice | Move::Schedule(_))) || is(shows_a_card) {
        ReplyKind::Card
    } else if is(|m| matches!(m, Move::Ask(..))) {
        ReplyKind::Question
    } else {
        ReplyKind::Notice
    }
}

fn shows_a_card(step: &Move) -> bool {
    let Move::Show(card) = step else { return false };
    !matches!(card, Card::NotUnderstood | Card::OffTopic | Card::Stopped | Card::WelcomeBack)
}

/// How pressing the reply is: the level of its card, or of the case once a cramp was reported.
fn urgency(responses: &Responses, next: &Next) -> Urgency {
    let card = next.moves.iter().find_map(|step| match step {
        Move::Emergency(_) => Some(Urgency::Emergency),
        Move::SameDay(_) | Move::Show(Card::Maternity) => Some(Urgency::Urgent),
        _ => None,
    });
    let self_care = next.moves.iter().any(|step| match step {
        Move::Answer(topic) => responses.topic(*topic).is_some_and(|topic| !topic.chat),
        Move::Show(card) => shows_a_card(&Move::Show(*card)),
        Move::Advice | Move::Schedule(_) | Move::SafetyNet | Move::More(_) => true,
        Move::Ask(..) => true,
        Move::Sources | Move::Emergency(_) | Move::SameDay(_) => false,
    });
    match card {
        Some(level) => level,
        None if !self_care => Urgency::None,
        None => next.case.level(responses).clamp(Urgency::SelfCare, Urgency::SeeDoctor),
    }
}

/// A reply in the making.
pub(super) struct Composer<'c> {
    pub(super) responses: &'c Responses,
    pub(super) case: &'c Case,
    pub(super) last: &'c [Sourced],
    pub(super) parts: Vec<String>,
    choices: Vec<Pressable>,
    sourced: Vec<Sourced>,
}

impl Composer<'_> {
    fn step(&mut self, step: Move) {
        match step {
            Move::Show(Card::Relief) => self.relief(),
            Move::Show(card) => self.card(card, &[]),
            Move::Emergency(from) => self.emergency(from),
            Move::SameDay(from) => self.same_day(from),
            Move::Answer(topic) => self.answer(topic),
            Move::More(topic) => self.more(topic),
            Move::Sources => self.sources(),
            Move::Ask(question, about) => self.question(question, about),
            Move::Advice => self.advice(),
            Move::Schedule(schedule) => self.card(card_of(schedule), &[]),
            Move::SafetyNet => self.card(Card::SafetyNet, &[]),
        }
    }

    /// What to watch for ends every answer, unless the danger signs stand below it anyway.
    fn safety_net(&mut self, moves: &[Move]) {
        let pressing = moves.iter().any(|m| matches!(m, Move::Emergency(_) | Move::SameDay(_)));
        let facts = moves.iter().any(|step| match step {
            Move::Answer(topic) => self.responses.topic(*topic).is_some_and(|topic| !topic.chat),
            Move::Schedule(_) => true,
            _ => false,
        });
        let checking = moves.iter().any(|m| matches!(m, Move::Ask(Question::Check, _)));
        let given = moves.iter().any(|m| matches!(m, Move::SafetyNet | Move::Advice));
        if facts && !pressing && !checking && !given {
            self.card(Card::SafetyNet, &[]);
        }
    }

    /// What can be pressed besides the answers: more of a topic, and the sources.
    fn closing(&mut self, moves: &[Move]) {
        let asks = |step: &Move| matches!(step, Move::Ask(question, _) if *question != Question::WhatIf);
        if !moves.iter().any(asks) {
            for step in moves {
                if let Move::Answer(topic) = step {
                    self.further(*topic);
                }
            }
        }
        let emergency = moves.iter().any(|m| matches!(m, Move::Emergency(_)));
        if !self.sourced.is_empty() && !emergency {
            self.press(Choice::Sources, "Sources");
        }
    }

    pub(super) fn press(&mut self, choice: Choice, label: &str) {
        self.choices.push(Pressable { id: choice.to_string(), label: label.to_owned() });
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

    fn part(&self, card: Card, part: &str, key: &str) -> String {
        let parts = &self.responses.card(card).parts;
        parts.get(part).and_then(|keys| keys.get(key)).cloned().unwrap_or_default()
    }

    fn relief(&mut self) {
        let holds = |fact| self.case.facts.contains(fact);
        let night = self.case.setting == Setting::Nocturnal || holds(Fact::InBed);
        let place = if holds(Fact::Swimming) {
            "swimming"
        } else if holds(Fact::Driving) {
            "driving"
        } else if holds(Fact::Running) || self.case.setting == Setting::Exercise {
            "running"
        } else if night {
            "in_bed"
        } else {
            "elsewhere"
        };
        let stretch = match self.case.muscle {
            Some(Muscle::Calf) => "calf",
            Some(Muscle::Hamstring) => "hamstring",
            Some(Muscle::Quad) => "quad",
            Some(Muscle::Foot) => "foot",
            None => "unknown",
        };
        let careful = self.case.is_minor()
            || self.case.has(Flag::Pregnancy)
            || holds(Fact::SaltRisk)
            || self.case.has(Flag::Condition);
        let taste = match (place, careful) {
            ("driving" | "swimming" | "in_bed", _) => "none",
            (_, true) => "taste_only",
            (_, false) => "anyone",
        };
        let taste = if self.case.has(Flag::Pregnancy) { "none" } else { taste };
        let after = match place {
            "running" => "running",
            "in_bed" => "in_bed",
            _ => "elsewhere",
        };
        let parts = [
            ("place", self.part(Card::Relief, "place", place)),
            ("stretch", self.part(Card::Relief, "stretch", stretch)),
            ("taste", self.part(Card::Relief, "taste", taste)),
            ("after", self.part(Card::Relief, "after", after)),
        ];
        let values: Vec<(&str, &str)> = parts.iter().map(|(k, v)| (*k, v.trim())).collect();
        self.card(Card::Relief, &values);
        if let Some(text) = self.parts.last_mut() {
            *text = text.replace("\n\n", "\n");
        }
        self.notes();
    }

    /// What is added for minors and in pregnancy.
    fn notes(&mut self) {
        if self.case.is_minor() {
            self.card(Card::MinorNote, &[]);
        }
        if self.case.has(Flag::Pregnancy) {
            self.card(Card::PregnancyNote, &[]);
        }
    }

    fn emergency(&mut self, from: Origin) {
        let (sign, first_aid) = self.sign(from);
        self.card(Card::Emergency, &[("sign", &sign), ("first-aid", &first_aid)]);
    }

    fn same_day(&mut self, from: Origin) {
        let (sign, until) = self.sign(from);
        self.card(Card::SameDay, &[("sign", &sign), ("until", &until)]);
        self.press(Choice::Checked, "A doctor has checked it");
    }

    /// What to say on the phone, and the first-aid line or what not to do.
    fn sign(&mut self, from: Origin) -> (String, String) {
        match from {
            Origin::Flag(flag) => {
                self.sourced.push(Sourced::Flag(flag));
                let flag = self.responses.flag(flag);
                flag.map(|flag| (flag.sign.clone(), flag.advice.clone())).unwrap_or_default()
            }
            Origin::Combination(at) => {
                self.sourced.push(Sourced::Combination(at));
                let row = self.responses.combinations.get(at);
                row.map(|row| (row.sign.clone(), row.advice.clone())).unwrap_or_default()
            }
            Origin::List(list) => (self.list(list, " or "), self.usual_advice(list)),
            Origin::Unsure | Origin::Maternity => (self.named_signs(), self.usual_advice(2)),
        }
    }

    /// The signs that are known, or the list they are asked from.
    fn named_signs(&self) -> String {
        let known = self.case.flags.iter().filter_map(|flag| self.responses.flag(flag));
        let pressing = known.filter(|flag| flag.urgency >= Urgency::Urgent);
        let names: Vec<&str> = pressing.map(|flag| flag.sign.as_str()).collect();
        if names.is_empty() { self.list(2, " or ") } else { names.join(", ") }
    }

    fn usual_advice(&self, list: u8) -> String {
        let flag = if list == 1 { Flag::ChestPainOrBreathless } else { Flag::Swelling };
        let flag = self.responses.flag(FlagId::from(flag));
        flag.map(|flag| flag.advice.clone()).unwrap_or_default()
    }

    fn answer(&mut self, id: TopicId) {
        let Some(topic) = self.responses.topic(id) else { return };
        let text = self.answer_for(topic).to_owned();
        let text = self.fill(&text, &[]);
        self.parts.push(text);
        if !topic.sources.is_empty() {
            self.sourced.push(Sourced::Topic(id));
        }
    }

    /// More of a topic, and topics next to it; not offered while a question is open.
    fn further(&mut self, id: TopicId) {
        let Some(topic) = self.responses.topic(id) else { return };
        if topic.more.is_some() && !self.is_careful(topic) {
            self.press(Choice::More(id), "Tell me more");
        }
        for related in topic.related.iter().take(2) {
            if let Some(other) = self.responses.topic(*related) {
                let title = other.title.clone();
                self.press(Choice::Topic(*related), &title);
            }
        }
    }

    /// Minors and pregnant members get no text on medicines or supplements.
    fn is_careful(&self, topic: &Topic) -> bool {
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
        self.parts.push(text);
        self.sourced.push(Sourced::Topic(id));
    }

    fn advice(&mut self) {
        if self.case.age == Some(AgeBand::Under8) {
            self.card(Card::ChildUnder8, &[]);
        } else {
            self.self_care();
        }
        self.notes();
        self.see_doctor();
        self.card(Card::SafetyNet, &[]);
    }

    fn self_care(&mut self) {
        match self.case.setting {
            Setting::Exercise => self.card(Card::AdviceExercise, &[]),
            Setting::Nocturnal => self.card(Card::AdviceNocturnal, &[]),
            Setting::Both => {
                self.card(Card::AdviceExercise, &[]);
                self.card(Card::AdviceNocturnal, &[]);
            }
            Setting::Other | Setting::Unknown => self.card(Card::AdviceOther, &[]),
        }
    }

    fn see_doctor(&mut self) {
        let flags = self.case.flags.iter().filter(|flag| {
            self.responses.urgency(*flag) == Urgency::SeeDoctor
                || *flag == FlagId::from(Flag::ClotRisk)
        });
        let reasons: Vec<&str> =
            flags.filter_map(|flag| self.responses.flag(flag)).map(|f| f.reason.as_str()).collect();
        if reasons.is_empty() {
            return;
        }
        let reason = reasons.join(", and ");
        self.card(Card::SeeDoctor, &[("reason", &reason)]);
        self.card(Card::DoctorVisit, &[]);
    }
}

fn card_of(schedule: Schedule) -> Card {
    match schedule {
        Schedule::Short => Card::ScheduleShort,
        Schedule::Full => Card::ScheduleFull,
        Schedule::Night => Card::ScheduleNight,
    }
}
