//! How a table is learned: logistic regression by stochastic gradient descent with a step size for
//! each weight, in a fixed order, so that the same messages always give the same table. Each step leaves
//! out some of what a message has (`dropout`, Srivastava et al. 2014), so that what tells of a label in
//! the words of these people tells of it in the words of others.

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

use strum::{EnumString, IntoStaticStr, VariantArray};

use super::{LEVELS, features, table};
use crate::message::Words;
use crate::vocabulary::{Flag, Setting};

/// Messages that must have a feature for it to be learned.
const LEAST_MESSAGES: usize = 2;

/// Passes over all messages by which features are chosen.
const PASSES_TO_CHOOSE: usize = 10;

/// Passes over all messages by which the chosen ones are weighed. On messages that were not known, 30
/// found one true sign in 150 fewer.
const PASSES: usize = 60;

/// How far each step goes.
const RATE: f64 = 0.8;

/// Share of the features of a message that a step leaves out. On messages that were not known, with as
/// many false signs, one more true sign in forty is found than where nothing is left out.
const LEFT_OUT: f64 = 0.4;

/// What each weight counts as having been off from the start, squared: without it the first step of a
/// weight would be a whole one, however little was off.
const OFF: f64 = 0.1;

/// A label that is off by less is left as it is.
const NEGLIGIBLE: f64 = 0.002;

/// What is learned of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Field {
    /// Whether it is about a leg cramp.
    Relevance,
    /// When the cramp happens: one of them.
    Setting,
    /// Its red flags: any number of them; and whether any of them cannot wait.
    Flags,
}

impl Field {
    /// What the columns of its table are called.
    fn labels(self) -> Vec<&'static str> {
        match self {
            Self::Relevance => vec![super::RELEVANT],
            Self::Setting => Setting::VARIANTS.iter().map(<&str>::from).collect(),
            Self::Flags => {
                let flags = Flag::VARIANTS.iter().map(<&str>::from);
                flags.chain(LEVELS.iter().map(<&str>::from)).collect()
            }
        }
    }

    /// Features that are kept: more told unseen messages no better.
    const fn kept(self) -> usize {
        match self {
            Self::Relevance | Self::Setting => 8_000,
            Self::Flags => 14_000,
        }
    }

    /// Turns scores into shares.
    fn shares(self, scores: &mut [f64]) {
        let change = |scores: &mut [f64], to: &dyn Fn(f64) -> f64| {
            for score in scores {
                *score = to(*score);
            }
        };
        match self {
            Self::Setting => {
                let top = scores.iter().copied().fold(f64::MIN, f64::max);
                change(scores, &|score| (score - top).exp());
                let sum: f64 = scores.iter().sum();
                change(scores, &|score| score / sum);
            }
            Self::Relevance | Self::Flags => change(scores, &|score| 1.0 / (1.0 + (-score).exp())),
        }
    }
}

/// Learns which words go with which label of a field, and writes the table. Each message comes with
/// the labels that hold for it.
pub fn learn<'m>(field: Field, messages: impl Iterator<Item = (&'m str, Vec<&'m str>)>) -> String {
    let labels = field.labels();
    let numbers = |mut own: Vec<&'m str>| {
        let highest =
            own.iter().filter_map(|name| Flag::from_str(name).ok()).map(Flag::floor).max();
        for level in LEVELS.iter().filter(|level| highest >= Some(**level)) {
            let name: &'static str = level.into();
            own.push(name);
        }
        own.iter().filter_map(|name| labels.iter().position(|label| label == name)).collect()
    };
    let messages: Vec<Message> =
        messages.map(|(text, own)| Message::of(text, numbers(own))).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in messages.iter().flat_map(|message| &message.whole) {
        *counts.entry(feature).or_default() += 1;
    }
    counts.retain(|_, count| *count >= LEAST_MESSAGES);
    let all: Vec<&str> = counts.keys().copied().collect();
    let first = Learner::both(field, &all, &messages, PASSES_TO_CHOOSE);
    let told = |at: usize| first.iter().filter_map(move |learner| learner.rows.get(at));
    let tells = |at: usize, messages: usize| {
        told(at).map(Row::tells).sum::<f64>() * (messages as f64).powf(0.25)
    };
    let counted = counts.values().enumerate();
    let mut telling: Vec<(f64, &str)> =
        counted.map(|(at, messages)| tells(at, *messages)).zip(all.iter().copied()).collect();
    telling.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    telling.truncate(field.kept());
    let mut kept: Vec<&str> = telling.into_iter().map(|(_, name)| name).collect();
    kept.sort_unstable();
    let [message, clause] = Learner::both(field, &kept, &messages, PASSES);
    let both = message.rows.into_iter().zip(clause.rows);
    let rows = both.map(|(message, clause)| [message.weights, clause.weights].concat());
    let none = message.none.weights.iter().zip(&clause.none.weights);
    let none: Vec<f64> = none.map(|(message, clause)| f64::midpoint(*message, *clause)).collect();
    table::write(&labels, &none, kept.iter().copied().zip(rows))
}

/// A message of which is learned.
struct Message {
    /// The names of its features, each once.
    whole: Vec<String>,
    /// The same for each of its clauses.
    clauses: Vec<Vec<String>>,
    /// The numbers of its labels.
    labels: Vec<usize>,
}

impl Message {
    fn of(text: &str, labels: Vec<usize>) -> Self {
        let words = Words::of(text);
        let names = |tokens: Range<usize>| {
            let whole = features::whole(&words, tokens.clone());
            let all = whole.chain(features::parts(&words, tokens));
            let mut names: Vec<String> = all.map(|feature| feature.to_string()).collect();
            names.sort_unstable();
            names.dedup();
            names
        };
        let clauses = features::clauses(&words).into_iter().map(names).collect();
        Self { whole: names(0..words.tokens().len()), clauses, labels }
    }
}

/// A message as the numbers of the known features of its parts, and those of its labels.
struct Lesson<'m> {
    parts: Vec<Vec<usize>>,
    labels: &'m [usize],
}

impl Lesson<'_> {
    /// The same without [`LEFT_OUT`] of its features.
    fn without_some(&self, random: &mut fastrand::Rng) -> Self {
        let mut some = |part: &Vec<usize>| -> Vec<usize> {
            part.iter().copied().filter(|_| random.f64() >= LEFT_OUT).collect()
        };
        let parts = self.parts.iter().map(&mut some).filter(|part| !part.is_empty()).collect();
        Self { parts, labels: self.labels }
    }
}

/// What is known of a feature.
#[derive(Clone, Debug)]
struct Row {
    weights: Vec<f64>,
    /// How far each was off so far, squared: the more, the smaller its steps.
    off: Vec<f64>,
}

impl Row {
    fn new(labels: usize) -> Self {
        Self { weights: vec![0.0; labels], off: vec![0.0; labels] }
    }

    /// One step of a weight away from what was off.
    fn step(&mut self, label: usize, off: f64) {
        let pair = (self.weights.get_mut(label), self.off.get_mut(label));
        let (Some(weight), Some(sum)) = pair else { return };
        *sum += off.powi(2);
        *weight -= RATE / (*sum + OFF).sqrt() * off;
    }

    /// How much it tells: how far its weights lie from their mean, or the only one from zero.
    fn tells(&self) -> f64 {
        let mean = match self.weights.len() {
            ..2 => 0.0,
            labels => self.weights.iter().sum::<f64>() / labels as f64,
        };
        self.weights.iter().map(|weight| (weight - mean).abs()).fold(0.0, f64::max)
    }
}

/// A model that learns: the score of a label is that of the part of a message that speaks most for it.
struct Learner {
    field: Field,
    rows: Vec<Row>,
    none: Row,
}

impl Learner {
    /// Learns the weights of these features, which are in order: those for a message, of which all is
    /// one part, and those for its clauses.
    fn both(field: Field, features: &[&str], messages: &[Message], passes: usize) -> [Self; 2] {
        let of = |parts: fn(&Message) -> &[Vec<String>]| {
            let lesson = |message| Self::lesson(features, parts(message), message);
            let lessons: Vec<Lesson<'_>> = messages.iter().map(lesson).collect();
            Self::of(field, features.len(), &lessons, passes)
        };
        [of(|message| std::slice::from_ref(&message.whole)), of(|message| &message.clauses)]
    }

    fn of(field: Field, features: usize, lessons: &[Lesson<'_>], passes: usize) -> Self {
        let row = Row::new(field.labels().len());
        let mut learner = Self { field, rows: vec![row.clone(); features], none: row };
        let mut random = fastrand::Rng::with_seed(0);
        for pass in 0..passes {
            for lesson in order(lessons.len(), pass).filter_map(|at| lessons.get(at)) {
                learner.step(&lesson.without_some(&mut random));
            }
        }
        learner
    }

    /// What there is to learn from a message: the parts of which any feature is known.
    fn lesson<'m>(features: &[&str], parts: &[Vec<String>], message: &'m Message) -> Lesson<'m> {
        let known = |names: &Vec<String>| -> Vec<usize> {
            let found = |name: &String| features.binary_search(&name.as_str()).ok();
            names.iter().filter_map(found).collect()
        };
        let parts = parts.iter().map(known).filter(|known| !known.is_empty()).collect();
        Lesson { parts, labels: &message.labels }
    }

    fn step(&mut self, Lesson { parts, labels }: &Lesson<'_>) {
        let (mut off, best) = self.scores(parts);
        self.field.shares(&mut off);
        for label in *labels {
            if let Some(own) = off.get_mut(*label) {
                *own -= 1.0;
            }
        }
        let off = off.into_iter().enumerate().filter(|(_, off)| off.abs() > NEGLIGIBLE);
        for ((label, off), best) in off.filter_map(|own| Some((own, *best.get(own.0)?))) {
            self.none.step(label, off);
            let part = parts.get(best).map_or(&[][..], Vec::as_slice);
            for at in part {
                if let Some(row) = self.rows.get_mut(*at) {
                    row.step(label, off * scale(part));
                }
            }
        }
    }

    /// The score of each label, and which part speaks most for it.
    fn scores(&self, parts: &[Vec<usize>]) -> (Vec<f64>, Vec<usize>) {
        let mut best = vec![(f64::MIN, 0); self.none.weights.len()];
        for (at, part) in parts.iter().enumerate() {
            let mut scores = vec![0.0; best.len()];
            for row in part.iter().filter_map(|at| self.rows.get(*at)) {
                scores.iter_mut().zip(&row.weights).for_each(|(score, own)| *score += own);
            }
            for (score, best) in scores.into_iter().zip(&mut best) {
                if score * scale(part) > best.0 {
                    *best = (score * scale(part), at);
                }
            }
        }
        let score = |(best, none): (&(f64, usize), &f64)| {
            if parts.is_empty() { *none } else { best.0 + none }
        };
        let scores = best.iter().zip(&self.none.weights).map(score).collect();
        (scores, best.into_iter().map(|(_, at)| at).collect())
    }
}

/// How much each feature of a part counts.
fn scale(part: &[usize]) -> f64 {
    (part.len().max(1) as f64).sqrt().recip()
}

/// A fixed order for each pass, that runs through the examples in strides.
fn order(count: usize, epoch: usize) -> impl Iterator<Item = usize> {
    let stride = [7_919, 6_841, 5_501, 4_409][epoch % 4];
    (0..count).map(
        move |at| if count.is_multiple_of(stride) { at } else { (at * stride + epoch) % count },
    )
}
