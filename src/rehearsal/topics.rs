//! Topics: which ones the engine takes for each other, by cross-validation over their examples.
//!
//! The examples are dealt into five parts. Each part is read by a model trained on the other four,
//! so every message is new to the model that reads it. Nothing is drawn by chance. A topic that loses
//! more of its examples to one other than it keeps is no topic of its own.

use std::collections::BTreeMap;

use super::{HeldOut, Pair};
use crate::message::Words;
use crate::phrases::PhraseId;
use crate::responses::{Problem, Responses, Role, Sign, TopicId, TrainingExample};
use crate::understanding::{Attention, Understanding};

/// Parts the examples are dealt into.
const FOLDS: usize = 5;
/// Fewer than this are no pattern.
const FEWEST_TAKEN: usize = 3;
/// How many pulling words are named.
const MOST_PULLS: usize = 4;
/// How many of the confused examples are named.
const MOST_NAMED: usize = 3;

/// Cross-validates the topics of a set: what it shows, and the faults.
pub(super) fn rehearse(responses: &Responses) -> (HeldOut, Vec<Problem>) {
    let lessons = responses.training_examples();
    let confusions = confusions(responses, &lessons);
    let mut counts: BTreeMap<TopicId, usize> = BTreeMap::new();
    for lesson in &lessons {
        *counts.entry(lesson.topic).or_default() += 1;
    }
    let count = |topic: &TopicId| counts.get(topic).copied().unwrap_or_default();
    let lost = |topic: &TopicId| {
        let of_topic = confusions.iter().filter(|((own, _), _)| own == topic);
        of_topic.map(|(_, taken)| taken.lessons.len()).sum::<usize>()
    };
    let problems = confusions.iter().filter_map(|((own, other), taken)| {
        let (count, all) = (taken.lessons.len(), count(own));
        let is_fault = count >= FEWEST_TAKEN && count > all - lost(own);
        is_fault.then(|| problem(responses, (*own, *other), taken, all)).flatten()
    });
    let problems = problems.collect();
    let wrong: usize = confusions.values().map(|taken| taken.lessons.len()).sum();
    let pairs = confusions.iter().filter_map(|((own, other), taken)| {
        let name = |id: &TopicId| Some(responses.topic(*id)?.id.clone());
        let (topic, other) = (name(own)?, name(other)?);
        Some(Pair { topic, other, taken: taken.lessons.len(), of: count(own) })
    });
    let mut pairs: Vec<Pair> = pairs.collect();
    pairs.sort_by_key(|pair| std::cmp::Reverse(100 * pair.taken / pair.of.max(1)));
    (HeldOut { of: lessons.len(), right: lessons.len() - wrong, pairs }, problems)
}

/// Examples of one topic that were taken for one other.
#[derive(Default)]
struct Taken<'l> {
    lessons: Vec<&'l TrainingExample<'l>>,
    /// How far each word or phrase pulled them there.
    pulls: BTreeMap<String, f32>,
    /// A phrase of the other topic that was found.
    phrase: Option<PhraseId>,
}

type Confusions<'l> = BTreeMap<(TopicId, TopicId), Taken<'l>>;

fn confusions<'l>(responses: &Responses, lessons: &'l [TrainingExample<'l>]) -> Confusions<'l> {
    let mut trial = responses.clone();
    let mut confusions = Confusions::new();
    for fold in 0..FOLDS {
        let in_fold = |at: usize| at % FOLDS == fold;
        let known = lessons.iter().enumerate().filter(|(at, _)| !in_fold(*at));
        trial.classifier = responses.trained_on(known.map(|(_, lesson)| lesson));
        for (_, lesson) in lessons.iter().enumerate().filter(|(at, _)| in_fold(*at)) {
            let Some(other) = taken_for(&trial, lesson) else { continue };
            confusions.entry((lesson.topic, other)).or_default().add(&trial, lesson, other);
        }
    }
    confusions
}

/// The topic a message is taken for, if it is not its own.
fn taken_for(trial: &Responses, lesson: &TrainingExample<'_>) -> Option<TopicId> {
    let read = Understanding::of(trial, &lesson.example.text, Attention::Addressed);
    read.topics.first().map(|best| best.topic).filter(|best| *best != lesson.topic)
}

impl<'l> Taken<'l> {
    fn add(&mut self, trial: &Responses, lesson: &'l TrainingExample<'l>, other: TopicId) {
        self.lessons.push(lesson);
        let class = usize::from(other.0);
        let pulls = trial.classifier.pulls(&lesson.words, &lesson.known, class, MOST_PULLS);
        for pull in pulls {
            *self.pulls.entry(pull.words).or_default() += pull.weight;
        }
        self.phrase = self.phrase.or_else(|| naming_phrase(trial, &lesson.words, other));
    }

    /// The words that pulled most, strongest first.
    fn words(&self) -> String {
        let mut pulls: Vec<(&String, f32)> = self.pulls.iter().map(|(w, p)| (w, *p)).collect();
        pulls.sort_by(|a, b| b.1.total_cmp(&a.1));
        let words = pulls.iter().take(MOST_PULLS).map(|(words, _)| words.as_str());
        words.collect::<Vec<_>>().join("`, `")
    }
}

/// A phrase that names a topic in a message.
fn naming_phrase(trial: &Responses, words: &Words, topic: TopicId) -> Option<PhraseId> {
    let mut reading = trial.phrases.read(words);
    let found = trial.phrases.find(words, &mut reading);
    let names = |sign: Sign| matches!(sign, Sign::Topic(t, Role::Says | Role::SaysByNegation) if t == topic);
    found.iter().find(|hit| names(hit.owner) && !hit.is_look_alike(&found)).map(|hit| hit.phrase)
}

fn problem(
    responses: &Responses,
    (own, other): (TopicId, TopicId),
    taken: &Taken<'_>,
    all: usize,
) -> Option<Problem> {
    let (own, other) = (&responses.topic(own)?.id, &responses.topic(other)?.id);
    let first = taken.lessons.first()?;
    let count = taken.lessons.len();
    let texts = taken.lessons.iter().take(MOST_NAMED);
    let texts: Vec<String> = texts.map(|lesson| format!("\"{}\"", lesson.example.text)).collect();
    let what = format!(
        "{count} of {all} examples of `{own}` are taken for `{other}` when they are new: {}; what pulls them: `{}`",
        texts.join(", "),
        taken.words(),
    );
    let remedy = format!(
        "give `{own}` examples and phrases of its own, move to `{other}` what asks for it, or make one topic of the two"
    );
    let problem = Problem::new(first.example.place.clone(), what, remedy);
    let phrase = taken.phrase.and_then(|phrase| responses.phrase_place(phrase));
    Some(match phrase {
        Some(place) => problem.also(place.clone(), format!("this phrase names `{other}`")),
        None => problem,
    })
}
