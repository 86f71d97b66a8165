//! From sound raw files and their compiled phrases to the checked set.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

use toml::Spanned;

use super::compile::{Compiled, flag_order, topic_files};
use super::problem::Place;
use super::read::{File, RawSet};
use super::talk::TalkLists;
use super::{
    CardText, Combination, Example, Instead, Lists, Numbers, QuestionText, RedFlag, Responses,
    Source, Term, Topic, TopicId, plans, raw, training_examples,
};
use crate::classifier::Classifier;
use crate::classifier::learned::Learned;
use crate::message::{PlaceId, Words};
use crate::vocabulary::{Aspect, Fact, FlagId};

/// What a club is called that does not say.
pub(super) const OUR_CLUB: &str = "our club";

/// The checked set. The files are sound; what was read of them goes before the models are trained, which
/// takes the most memory of all.
pub(super) fn responses(raw: RawSet, compiled: Compiled) -> Responses {
    let (mut responses, examples) = untrained(&raw, compiled);
    drop(raw);
    let Responses { topics, flags, phrases, .. } = &responses;
    let lessons = training_examples::training_examples(topics, examples.into_iter(), phrases);
    (responses.classifier, responses.signs) =
        training_examples::train(topics.len(), lessons, flags, phrases);
    responses
}

/// The same with models that know nothing yet, and the examples of all topics to train them with.
fn untrained(raw: &RawSet, compiled: Compiled) -> (Responses, Vec<Words>) {
    let Compiled { phrases, places, examples } = compiled;
    let flag_ids = flag_order(raw);
    let topics = topics(raw, &flag_ids);
    let club = raw.club.first().map(|file| file.raw.clone()).unwrap_or_default();
    let lists = Lists::of(&phrases);
    let gate = phrases.gate(lists.of_cramps());
    let numbers = numbers_of(raw.numbers.first(), club.region.as_ref().map(Spanned::get_ref));
    let combinations = raw.combinations.iter().flat_map(|file| &file.raw.combination);
    let combinations = combinations.map(|row| combination(row, &flag_ids)).collect();
    let flags = flag_ids.iter().filter_map(|id| raw.red_flags.iter().find(|f| f.id == *id));
    let flags: Vec<RedFlag> = flags.map(|file| red_flag(file, &flag_ids)).collect();
    let plans = raw.plans.iter().map(|file| plans::plan(file, &flag_ids, &mut Vec::new()));
    let plans = plans.collect();
    let responses = Responses {
        flags,
        topics,
        combinations,
        cards: by_id(&raw.cards, |card| CardText {
            text: card.text.get_ref().trim().to_owned(),
            parts: card.parts.iter().map(|(key, part)| (key.clone(), plain(part))).collect(),
            sources: texts(&card.sources),
        }),
        questions: by_id(&raw.questions, |question| QuestionText {
            text: trimmed(&question.text),
            text_if_told: question.text_if_told.as_ref().map(trimmed),
            text_again: question.text_again.as_ref().map(trimmed),
            choices: plain(&question.choices),
        }),
        otherwise: otherwise(raw),
        sources: raw.sources.iter().flat_map(|file| &file.raw).map(source).collect(),
        numbers,
        fallback: numbers_of(raw.numbers.first(), None),
        club: club.name.as_ref().map_or_else(|| OUR_CLUB.to_owned(), trimmed),
        in_channels: club.in_channels,
        offer_on_mention: club.offer_on_mention,
        moderators: club.moderators.map(|channel| PlaceId(channel.0)),
        zone: club.time_zone.map_or_else(|| "UTC".to_owned(), |zone| zone.get_ref().clone()),
        plans,
        talk: TalkLists::of(
            raw.talk.first().map(|file| &file.raw),
            raw.answers.first().map(|file| &file.raw),
        ),
        phrases,
        places,
        denying: Vec::new(),
        classifier: Classifier::default(),
        signs: Classifier::default(),
        learned: Learned::shipped(),
        lists,
        gate,
        empty_card: CardText { text: String::new(), parts: BTreeMap::new(), sources: Vec::new() },
        empty_question: QuestionText::default(),
    };
    (responses, examples)
}

fn by_id<K: FromStr + Ord, R, V>(files: &[File<R>], make: impl Fn(&R) -> V) -> BTreeMap<K, V> {
    files.iter().filter_map(|file| Some((file.id.parse().ok()?, make(&file.raw)))).collect()
}

fn by_name<K: FromStr + Ord, R, V>(
    rows: &BTreeMap<String, R>,
    make: impl Fn(&R) -> Option<V>,
) -> BTreeMap<K, V> {
    rows.iter().filter_map(|(name, row)| Some((name.parse().ok()?, make(row)?))).collect()
}

fn plain(map: &BTreeMap<String, raw::Text>) -> BTreeMap<String, String> {
    map.iter().map(|(key, text)| (key.clone(), text.get_ref().trim().to_owned())).collect()
}

fn texts(list: &[raw::Text]) -> Vec<String> {
    list.iter().map(|text| text.get_ref().clone()).collect()
}

fn trimmed(text: &raw::Text) -> String {
    text.get_ref().trim().to_owned()
}

fn examples(path: &Path, list: &[raw::Text]) -> Vec<Example> {
    let example = |text: &raw::Text| Example {
        text: text.get_ref().clone(),
        place: Place::new(path, text.span()),
    };
    list.iter().map(example).collect()
}

fn topics(raw: &RawSet, flags: &[String]) -> Vec<Topic> {
    let files = topic_files(raw);
    let id_of = |name: &raw::Text| {
        let at = files.iter().position(|file| file.id == *name.get_ref())?;
        u16::try_from(at).ok().map(TopicId)
    };
    let topic = |file: &&File<raw::Topic>| Topic {
        id: file.id.clone(),
        intent: trimmed(&file.raw.intent),
        title: trimmed(&file.raw.title),
        answer: trimmed(&file.raw.answer),
        more: file.raw.more.as_ref().map(trimmed),
        minor: file.raw.minor.as_ref().map(trimmed),
        pregnant: file.raw.pregnant.as_ref().map(trimmed),
        medicine: file.raw.medicine,
        sources: texts(&file.raw.sources),
        related: file.raw.related.iter().filter_map(id_of).collect(),
        chat: file.raw.chat,
        signs: file.raw.signs.iter().filter_map(|name| flag_of(name.get_ref(), flags)).collect(),
        by_soreness: file.raw.by_soreness,
        by_night: file.raw.by_night,
        by_blood_thinner: file.raw.by_blood_thinner,
        doctor_under_8: file.raw.doctor_under_8,
        when_told: file.raw.when_told,
        instead: Instead {
            illness: file.raw.instead.illness.as_ref().and_then(id_of),
            groin: file.raw.instead.groin.as_ref().and_then(id_of),
            lately: file.raw.instead.lately.as_ref().and_then(id_of),
        },
        follow_ups: by_name(&file.raw.follow_ups, |text| Some(trimmed(text))),
        examples: examples(&file.path, &file.raw.examples),
    };
    files.iter().map(topic).collect()
}

/// What answers a question after an answer, by topic.
fn otherwise(raw: &RawSet) -> BTreeMap<Aspect, TopicId> {
    let files = topic_files(raw);
    let rows = raw.follow_ups.first().map(|file| &file.raw);
    let topic = |row: &raw::FollowUp| {
        let name = row.otherwise.as_ref()?.get_ref();
        let at = files.iter().position(|file| file.id == *name)?;
        u16::try_from(at).ok().map(TopicId)
    };
    rows.map(|rows| by_name(rows, topic)).unwrap_or_default()
}

fn red_flag(file: &File<raw::RedFlag>, flags: &[String]) -> RedFlag {
    let raw = &file.raw;
    let list = raw.list.as_ref().map_or(0, |list| *list.get_ref());
    RedFlag {
        id: file.id.clone(),
        urgency: *raw.urgency.get_ref(),
        name: trimmed(&raw.name),
        sign: trimmed(&raw.sign),
        on_list: raw.short.as_ref().filter(|_| list > 0).map(|short| (list, trimmed(short))),
        reason: trimmed(&raw.reason),
        confirmed_by: raw
            .confirmed_by
            .iter()
            .filter_map(|name| term_of(name.get_ref(), flags))
            .collect(),
        question: raw.question.as_ref().map(trimmed).unwrap_or_default(),
        question_if_told: raw.question_if_told.as_ref().map(trimmed),
        advice: trimmed(&raw.advice),
        sources: texts(&raw.sources),
        examples: examples(&file.path, &raw.examples),
        harmless: examples(&file.path, &raw.harmless),
    }
}

fn combination(row: &raw::Combination, flags: &[String]) -> Combination {
    Combination {
        id: trimmed(&row.id),
        when: row.when.iter().map(|terms| alternatives(terms.get_ref(), flags)).collect(),
        urgency: row.urgency,
        sign: trimmed(&row.sign),
        advice: trimmed(&row.advice),
        reason: row.reason.as_ref().map(trimmed),
        sources: texts(&row.sources),
    }
}

fn alternatives(terms: &str, flags: &[String]) -> Vec<Term> {
    terms.split('|').filter_map(|term| term_of(term.trim(), flags)).collect()
}

fn flag_of(name: &str, flags: &[String]) -> Option<FlagId> {
    let at = flags.iter().position(|id| id == name)?;
    u8::try_from(at).ok().map(FlagId)
}

/// A red flag or a fact by its name.
fn term_of(name: &str, flags: &[String]) -> Option<Term> {
    let fact = || Fact::from_str(name).ok().map(Term::Fact);
    flag_of(name, flags).map(Term::Flag).or_else(fact)
}

fn source((id, raw): (&String, &raw::Source)) -> (String, Source) {
    let source = Source {
        title: trimmed(&raw.title),
        by: trimmed(&raw.by),
        year: raw.year,
        url: raw.url.as_ref().map(trimmed),
        level: raw.level,
        says: trimmed(&raw.says),
    };
    (id.clone(), source)
}

fn numbers_of(file: Option<&File<raw::Numbers>>, region: Option<&String>) -> Numbers {
    let Some(file) = file else { return Numbers::default() };
    let row = region.and_then(|name| file.raw.regions.get(name));
    let nurse_line = row.and_then(|row| row.nurse_line.as_ref());
    Numbers {
        emergency: trimmed(row.map_or(&file.raw.fallback.emergency, |row| &row.emergency)),
        nurse_line: trimmed(nurse_line.unwrap_or(&file.raw.fallback.nurse_line)),
    }
}
