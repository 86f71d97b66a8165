//! From raw files to a compiled set. Faults of phrases are found here, with their places.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

use strum::VariantArray;
use toml::Spanned;

use super::problem::{Place, Problem, did_you_mean};
use super::read::{File, RawSet};
use super::{
    CardText, Combination, Example, Lists, Numbers, QuestionText, Reach, RedFlag, Responses, Role,
    Sign, Source, Term, Topic, TopicId, raw,
};
use super::{fixed, lessons};
use crate::message::Words;
use crate::phrases::syntax::{self, Part};
use crate::phrases::{PhraseError, PhraseId, PhraseSet, PhraseSetBuilder};
use crate::vocabulary::{Fact, Flag, FlagId, Status};

/// All phrases, and where each stands.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) phrases: PhraseSet<Sign>,
    places: Vec<Place>,
    /// The examples of all topics, prepared, in the order of the topics.
    examples: Vec<Words>,
}

impl Compiled {
    pub(super) fn place(&self, phrase: PhraseId) -> Option<&Place> {
        self.places.get(phrase.0 as usize)
    }
}

/// The checked set. The files are sound.
pub(super) fn responses(raw: &RawSet, compiled: Compiled) -> Responses {
    let Compiled { phrases, places, examples } = compiled;
    let topics = topics(raw);
    let lessons = lessons::lessons(&topics, examples.into_iter(), &phrases);
    let classifier = lessons::train(topics.len(), lessons.iter(), &phrases);
    let club = raw.club.first().map(|file| file.raw.clone()).unwrap_or_default();
    let flag_ids = flag_order(raw);
    let lists = lists(&phrases);
    let numbers = numbers(raw.numbers.first(), club.region.as_ref().map(Spanned::get_ref));
    let combinations = raw.combinations.iter().flat_map(|file| &file.raw.combination);
    let combinations = combinations.map(|row| combination(row, &flag_ids)).collect();
    let flags = flag_ids.iter().filter_map(|id| raw.red_flags.iter().find(|f| f.id == *id));
    Responses {
        flags: flags.map(|file| red_flag(file, &flag_ids)).collect(),
        topics,
        combinations,
        cards: by_id(&raw.cards, |card| CardText {
            text: card.text.get_ref().trim().to_owned(),
            parts: card.parts.iter().map(|(key, part)| (key.clone(), plain(part))).collect(),
            sources: texts(&card.sources),
        }),
        questions: by_id(&raw.questions, |question| QuestionText {
            text: question.text.get_ref().trim().to_owned(),
            choices: plain(&question.choices),
        }),
        sources: raw.sources.iter().flat_map(|file| &file.raw).map(source).collect(),
        numbers,
        club: club.name,
        phrases,
        places,
        classifier,
        lists,
        empty_card: CardText { text: String::new(), parts: BTreeMap::new(), sources: Vec::new() },
        empty_question: QuestionText { text: String::new(), choices: BTreeMap::new() },
    }
}

/// The names of all flags: the core list in its order, then the others by name.
fn flag_order(raw: &RawSet) -> Vec<String> {
    let core = Flag::VARIANTS.iter().map(|flag| flag.id().to_owned());
    let own = raw.red_flags.iter().map(|file| file.id.clone());
    let mut own: Vec<String> = own.filter(|id| Flag::from_str(id).is_err()).collect();
    own.sort();
    core.chain(own).take(FlagId::MOST).collect()
}

fn by_id<K: FromStr + Ord, R, V>(files: &[File<R>], make: impl Fn(&R) -> V) -> BTreeMap<K, V> {
    files.iter().filter_map(|file| Some((file.id.parse().ok()?, make(&file.raw)))).collect()
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

/// The topics' files in the order of their ids.
pub(super) fn topic_files(raw: &RawSet) -> Vec<&File<raw::Topic>> {
    let mut files: Vec<&File<raw::Topic>> = raw.topics.iter().collect();
    files.sort_by(|a, b| a.id.cmp(&b.id));
    files
}

fn topics(raw: &RawSet) -> Vec<Topic> {
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
        examples: examples(&file.path, &file.raw.examples),
    };
    files.iter().map(topic).collect()
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
        sources: texts(&row.sources),
    }
}

fn alternatives(terms: &str, flags: &[String]) -> Vec<Term> {
    terms.split('|').filter_map(|term| term_of(term.trim(), flags)).collect()
}

/// A red flag or a fact by its name.
pub(super) fn term_of(name: &str, flags: &[String]) -> Option<Term> {
    let flag = flags.iter().position(|id| id == name);
    if let Some(at) = flag.and_then(|at| u8::try_from(at).ok()) {
        return Some(Term::Flag(FlagId(at)));
    }
    Fact::from_str(name).ok().map(Term::Fact)
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

fn numbers(file: Option<&File<raw::Numbers>>, region: Option<&String>) -> Numbers {
    let Some(file) = file else { return Numbers::default() };
    let row = region.and_then(|name| file.raw.regions.get(name));
    let nurse_line = row.and_then(|row| row.nurse_line.as_ref());
    Numbers {
        emergency: trimmed(row.map_or(&file.raw.fallback.emergency, |row| &row.emergency)),
        nurse_line: trimmed(nurse_line.unwrap_or(&file.raw.fallback.nurse_line)),
    }
}

fn lists(phrases: &PhraseSet<Sign>) -> Lists {
    Lists {
        cramp: phrases.list_bit("cramp"),
        leg: phrases.list_bit("leg"),
        calf: phrases.list_bit("calf"),
        hamstring: phrases.list_bit("hamstring"),
        quad: phrases.list_bit("quad"),
        foot: phrases.list_bit("foot"),
        other_body: phrases.list_bit("other_body"),
        person: phrases.list_bit("person"),
        exercise: phrases.list_bit("exercise"),
        night: phrases.list_bit("night"),
        figurative: phrases.list_bit("figurative"),
        pain: phrases.list_bit("pain"),
        clot: phrases.list_bit("clot"),
        muscle: phrases.list_bit("muscle"),
        other_context: phrases.list_bit("other_context"),
    }
}

/// Adds all phrases and word lists and compiles them. Gives nothing when no set can be made at all.
pub(super) fn phrases(raw: &RawSet, problems: &mut Vec<Problem>) -> Option<Compiled> {
    let names: Vec<&str> = raw.words.iter().map(|file| file.id.as_str()).collect();
    let builder = match PhraseSetBuilder::new(names.iter().copied()) {
        Ok(builder) => builder,
        Err(error) => {
            let place = Place::whole(Path::new("words"));
            problems.push(Problem::new(place, error.to_string(), "merge some lists"));
            return None;
        }
    };
    let broken = raw.broken.iter().filter_map(|path| path.file_stem()?.to_str());
    let reported = broken.chain(fixed::WORD_LISTS.iter().copied()).collect();
    let mut compiler =
        Compiler { builder, places: Vec::new(), examples: Vec::new(), names, reported, problems };
    compiler.word_lists(raw);
    compiler.topics(raw);
    compiler.red_flags(raw);
    compiler.facts(raw);
    compiler.context(raw);
    let Compiler { builder, places, examples, .. } = compiler;
    Some(Compiled { phrases: builder.build(), places, examples })
}

struct Compiler<'c> {
    builder: PhraseSetBuilder<Sign>,
    places: Vec<Place>,
    examples: Vec<Words>,
    names: Vec<&'c str>,
    /// Word lists whose fault is reported elsewhere.
    reported: Vec<&'c str>,
    problems: &'c mut Vec<Problem>,
}

impl Compiler<'_> {
    fn word_lists(&mut self, raw: &RawSet) {
        for file in &raw.words {
            for word in &file.raw.words {
                let added = self.builder.add_entry(&file.id, word.get_ref());
                if let Err(error) = added {
                    self.report(&error, &file.path, word);
                }
            }
        }
    }

    fn topics(&mut self, raw: &RawSet) {
        for (at, file) in topic_files(raw).into_iter().enumerate() {
            let id = TopicId(u16::try_from(at).unwrap_or(u16::MAX));
            self.phrases(&file.path, &file.raw.phrases, |role| Sign::Topic(id, role));
            self.look_alikes(&file.path, &file.raw.not, Sign::Topic(id, Role::Not));
            for example in &file.raw.examples {
                let words = Words::of(example.get_ref());
                self.builder.add_example(&words);
                self.examples.push(words);
            }
        }
    }

    fn red_flags(&mut self, raw: &RawSet) {
        let order = flag_order(raw);
        for file in &raw.red_flags {
            let at = order.iter().position(|id| *id == file.id).unwrap_or_default();
            let id = FlagId(u8::try_from(at).unwrap_or(u8::MAX));
            self.phrases(&file.path, &file.raw.phrases, |role| Sign::Flag(id, role));
            self.look_alikes(&file.path, &file.raw.unsure, Sign::Flag(id, Role::Unsure));
            self.look_alikes(&file.path, &file.raw.not, Sign::Flag(id, Role::Not));
        }
    }

    fn facts(&mut self, raw: &RawSet) {
        for file in &raw.facts {
            for (name, fact) in &file.raw {
                let Ok(id) = Fact::from_str(name) else { continue };
                self.phrases(&file.path, &fact.phrases, |role| Sign::Fact(id, role));
                self.look_alikes(&file.path, &fact.not, Sign::Fact(id, Role::Not));
            }
        }
    }

    fn context(&mut self, raw: &RawSet) {
        for file in &raw.context {
            let path = &file.path;
            let kinds = [
                (Status::Denied, &file.raw.denied),
                (Status::Doubted, &file.raw.doubted),
                (Status::Hypothetical, &file.raw.hypothetical),
                (Status::Past, &file.raw.past),
            ];
            for (status, cues) in kinds {
                let cue = |reach| Sign::Cue(status, reach);
                self.look_alikes(path, &cues.before, cue(Reach::Before));
                self.look_alikes(path, &cues.before_clause, cue(Reach::BeforeClause));
                self.look_alikes(path, &cues.after, cue(Reach::After));
                self.look_alikes(path, &cues.sentence, cue(Reach::Sentence));
                self.look_alikes(path, &cues.not, cue(Reach::Nothing));
            }
            self.look_alikes(path, &file.raw.ends, Sign::End);
        }
    }

    /// Phrases that say something: those with a negation of their own are marked.
    fn phrases(&mut self, path: &Path, phrases: &[raw::Text], sign: impl Fn(Role) -> Sign) {
        for phrase in phrases {
            let added = self.builder.add_each(phrase.get_ref(), denies, |denies| {
                sign(if denies { Role::SaysByNegation } else { Role::Says })
            });
            self.added(added, path, phrase);
        }
    }

    fn look_alikes(&mut self, path: &Path, phrases: &[raw::Text], sign: Sign) {
        for phrase in phrases {
            let added = self.builder.add(phrase.get_ref(), sign);
            self.added(added, path, phrase);
        }
    }

    /// Keeps the place of a phrase; the set counts them in the same order.
    fn added(&mut self, added: Result<PhraseId, PhraseError>, path: &Path, phrase: &raw::Text) {
        match added {
            Ok(_) => self.places.push(Place::new(path, phrase.span())),
            Err(error) => self.report(&error, path, phrase),
        }
    }

    fn report(&mut self, error: &PhraseError, path: &Path, phrase: &raw::Text) {
        let remedy = match error {
            PhraseError::UnknownList(name) if self.reported.contains(&name.as_str()) => return,
            PhraseError::UnknownList(name) => did_you_mean(name, self.names.iter().copied()),
            PhraseError::Syntax(_) => {
                "see \"How to write a phrase\" in responses/README.md".to_owned()
            }
            PhraseError::Circle(_) => "take the list's own name out of it".to_owned(),
            PhraseError::TooManyLists => "merge some word lists".to_owned(),
            PhraseError::Regex(_) => {
                "write it as a phrase: words, `*`, `(a|b)`, `...`, `{list}`".to_owned()
            }
        };
        let place = Place::new(path, phrase.span());
        self.problems.push(Problem::new(place, error.to_string(), remedy));
    }
}

/// Words that deny: a phrase with one of them is found as it stands.
fn is_negation(word: &syntax::Word<'_>) -> bool {
    matches!(
        &*word.text,
        "no" | "not"
            | "cant"
            | "cannot"
            | "wont"
            | "never"
            | "without"
            | "nothing"
            | "none"
            | "isnt"
            | "arent"
            | "doesnt"
            | "dont"
            | "didnt"
            | "hasnt"
            | "havent"
            | "hadnt"
            | "wasnt"
            | "werent"
            | "wouldnt"
            | "couldnt"
            | "aint"
            | "unable"
            | "lost"
            | "loss"
            | "zero"
            | "barely"
            | "hardly"
            | "neither"
            | "nor"
            | "stopped"
            | "lack"
            | "stop"
            | "stops"
            | "unbearable"
            | "cnt"
            | "w"
    )
}

/// Whether a part of a phrase denies.
fn denies(part: &Part<'_>) -> bool {
    match part {
        Part::Words(words) => {
            words.iter().all(is_negation) || words.iter().filter(|w| is_negation(w)).count() > 1
        }
        Part::List(name) => matches!(*name, "cannot" | "wont" | "no_longer"),
        Part::Quantity(_) | Part::Gap(_) => false,
    }
}
