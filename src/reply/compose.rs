//! From what to say to the words: texts of the response files, filled in for this case.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use leon::Template;
use strum::VariantArray;

use super::{Choice as Pressable, Reply, ReplyKind};
use crate::responses::{Responses, Source, Topic, TopicId};
use crate::triage::{self, Answer, Case, Choice, Move, Next, Origin, Schedule};
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
    for step in &next.moves {
        composer.step(*step);
    }
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
        Move::Advice | Move::Schedule(_) | Move::SafetyNet | Move::More(_) | Move::Ask(..) => true,
        Move::Sources | Move::Emergency(_) | Move::SameDay(_) => false,
    });
    match card {
        Some(level) => level,
        None if !self_care => Urgency::None,
        None => next.case.level(responses).clamp(Urgency::SelfCare, Urgency::SeeDoctor),
    }
}

struct Composer<'c> {
    responses: &'c Responses,
    case: &'c Case,
    last: &'c [Sourced],
    parts: Vec<String>,
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

    /// What ends a reply whatever it holds: the safety net, and the choice of sources.
    fn closing(&mut self, moves: &[Move]) {
        let pressing = moves.iter().any(|m| matches!(m, Move::Emergency(_) | Move::SameDay(_)));
        let facts = moves.iter().any(|step| match step {
            Move::Answer(topic) => self.responses.topic(*topic).is_some_and(|topic| !topic.chat),
            Move::Schedule(_) => true,
            _ => false,
        });
        let checking = moves.iter().any(|m| matches!(m, Move::Ask(Question::Check, _)));
        if facts && !pressing && !checking && !moves.contains(&Move::SafetyNet) {
            self.card(Card::SafetyNet, &[]);
        }
        let asking = moves.iter().any(|m| matches!(m, Move::Ask(q, _) if *q != Question::WhatIf));
        for step in moves.iter().filter(|_| !asking) {
            if let Move::Answer(topic) = step {
                self.further(*topic);
            }
        }
        let emergency = moves.iter().any(|m| matches!(m, Move::Emergency(_)));
        if !self.sourced.is_empty() && !emergency {
            self.press(Choice::Sources, "Sources");
        }
    }

    fn press(&mut self, choice: Choice, label: &str) {
        self.choices.push(Pressable { id: choice.to_string(), label: label.to_owned() });
    }

    fn card(&mut self, card: Card, values: &[(&str, &str)]) {
        let text = &self.responses.card(card).text;
        let filled = self.fill(text, values);
        self.parts.push(filled);
        if !self.responses.card(card).sources.is_empty() {
            self.sourced.push(Sourced::Card(card));
        }
    }

    /// Fills placeholders; the checker has seen that each has a value.
    fn fill(&self, text: &str, values: &[(&str, &str)]) -> String {
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

    /// The words of a check list that are still open.
    fn list(&self, list: u8, last_link: &str) -> String {
        let words: Vec<String> = self.open_signs(list).into_iter().map(|(_, word)| word).collect();
        match words.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{}{last_link}{last}", rest.join(", ")),
            None => String::new(),
        }
    }

    fn open_signs(&self, list: u8) -> Vec<(FlagId, String)> {
        let flags = triage::listed(self.responses).without(self.case.cleared);
        flags
            .iter()
            .filter_map(|id| {
                let (on, word) = self.responses.flag(id)?.on_list.clone()?;
                (on == list).then_some((id, word))
            })
            .collect()
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

    fn question(&mut self, question: Question, about: Option<FlagId>) {
        let text = &self.responses.question(question).text;
        let (one, two) = (self.list(1, " or "), self.list(2, " or "));
        let flag = about.and_then(|flag| self.responses.flag(flag));
        let asked = flag.map_or("", |flag| flag.question.as_str());
        let values = [("list-1", one.as_str()), ("list-2", two.as_str()), ("question", asked)];
        let mut filled = self.fill(text, &values);
        if one.is_empty() || two.is_empty() {
            let empty = if one.is_empty() { "List 1" } else { "List 2" };
            let lines: Vec<&str> = filled.lines().filter(|line| !line.contains(empty)).collect();
            filled = lines.join("\n");
        }
        self.parts.push(filled);
        self.answers(question, about, one.is_empty(), two.is_empty());
    }

    /// The choices of a question; what is known is not offered.
    fn answers(&mut self, question: Question, about: Option<FlagId>, no_one: bool, no_two: bool) {
        let lists: &[u8] = match question {
            Question::List2 => &[2],
            Question::Which => &[1, 2],
            _ => &[],
        };
        for (flag, word) in lists.iter().flat_map(|l| self.open_signs(*l)).collect::<Vec<_>>() {
            self.press(Choice::Sign(flag), &capital(&word));
        }
        let labels = &self.responses.question(question).choices;
        for answer in Answer::VARIANTS {
            let Some(label) = labels.get(answer.key()) else { continue };
            let left_out = match answer {
                Answer::List1 => no_one,
                Answer::List2 => no_two,
                _ => question == Question::Context && self.is_known(*answer),
            };
            if !left_out {
                let label = label.clone();
                self.press(Choice::Answer(question, *answer, about), &label);
            }
        }
    }

    fn is_known(&self, answer: Answer) -> bool {
        let flag = match answer {
            Answer::Minor => Flag::Child,
            Answer::Pregnant => Flag::Pregnancy,
            Answer::Medicine => Flag::Medication,
            Answer::Condition => Flag::Condition,
            Answer::Recurrent => Flag::Recurrent,
            Answer::ClotRisk => Flag::ClotRisk,
            _ => return false,
        };
        self.case.has(flag) || self.case.cleared.contains(flag)
    }

    fn advice(&mut self) {
        let card = match self.case.setting {
            Setting::Exercise => Card::AdviceExercise,
            Setting::Nocturnal => Card::AdviceNocturnal,
            Setting::Both => Card::AdviceExercise,
            Setting::Other | Setting::Unknown => Card::AdviceOther,
        };
        self.card(card, &[]);
        if self.case.setting == Setting::Both {
            self.card(Card::AdviceNocturnal, &[]);
        }
        if self.case.age == Some(AgeBand::Under8) {
            self.card(Card::ChildUnder8, &[]);
        }
        self.notes();
        self.see_doctor();
        self.card(Card::SafetyNet, &[]);
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

    fn sources(&mut self) {
        let mut ids: Vec<&str> = Vec::new();
        for sourced in self.last {
            let own: &[String] = match sourced {
                Sourced::Topic(topic) => {
                    self.responses.topic(*topic).map_or(&[], |topic| &topic.sources)
                }
                Sourced::Card(card) => &self.responses.card(*card).sources,
                Sourced::Flag(flag) => self.responses.flag(*flag).map_or(&[], |flag| &flag.sources),
                Sourced::Combination(at) => {
                    self.responses.combinations.get(*at).map_or(&[], |row| &row.sources)
                }
            };
            ids.extend(
                own.iter().map(String::as_str).filter(|id| !ids.contains(id)).collect::<Vec<_>>(),
            );
        }
        let sources = ids.iter().filter_map(|id| self.responses.sources.get(*id));
        let lines: Vec<String> = sources.map(source_line).collect();
        if lines.is_empty() {
            self.card(Card::NotUnderstood, &[]);
            return;
        }
        let mut text = self.responses.card(Card::SourcesHeading).text.clone();
        for line in lines {
            if text.chars().count() + line.chars().count() + 1 > LONGEST_REPLY - 200 {
                break;
            }
            let _ = write!(text, "\n{line}");
        }
        self.parts.push(text);
    }
}

fn card_of(schedule: Schedule) -> Card {
    match schedule {
        Schedule::Short => Card::ScheduleShort,
        Schedule::Full => Card::ScheduleFull,
        Schedule::Night => Card::ScheduleNight,
    }
}

fn source_line(source: &Source) -> String {
    let year = source.year.map_or(String::new(), |year| format!(" ({year})"));
    let url = source.url.as_ref().map_or(String::new(), |url| format!(" <{url}>"));
    format!("- {}{year}, {}. Evidence: {}.{url}", source.by, source.title, source.level)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
