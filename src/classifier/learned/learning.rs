//! How a table is learned: logistic regression by stochastic gradient descent with a step size for
//! each weight, in a fixed order, so that the same messages always give the same table.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::str::FromStr;

use strum::{EnumString, VariantArray};

use super::{LEVELS, STEP, features};
use crate::classifier::training::order;
use crate::message::Words;
use crate::vocabulary::{Flag, Setting};

/// Messages that must have a feature for it to be learned.
const LEAST_MESSAGES: usize = 2;

/// Passes over all messages.
const PASSES: usize = 60;

/// How far each step goes.
const RATE: f64 = 0.5;

/// What each weight counts as having been off from the start, squared: without it the first step of a
/// weight would be a whole one, however little was off.
const OFF: f64 = 0.1;

/// How strongly a weight is drawn to zero in each pass.
const DECAY: f64 = 0.1;

/// A label that is off by less is left as it is.
const NEGLIGIBLE: f64 = 0.002;

/// What is learned of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
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
            Self::Relevance | Self::Setting => 4_000,
            Self::Flags => 8_000,
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
        messages.map(|(text, own)| (names(&Words::of(text)), numbers(own))).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in messages.iter().flat_map(|(features, _)| features) {
        *counts.entry(feature).or_default() += 1;
    }
    counts.retain(|_, count| *count >= LEAST_MESSAGES);
    let all: Vec<&str> = counts.into_keys().collect();
    let first = Learner::of(field, &all, &messages);
    let mut telling: Vec<(f64, &str)> =
        first.rows.iter().map(Row::tells).zip(all.iter().copied()).collect();
    telling.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    telling.truncate(field.kept());
    let mut kept: Vec<&str> = telling.into_iter().map(|(_, name)| name).collect();
    kept.sort_unstable();
    Learner::of(field, &kept, &messages).table(&kept)
}

/// The names of the features of a message, and the numbers of its labels.
type Message = (Vec<String>, Vec<usize>);

/// A message as the numbers of its known features, and those of its labels.
type Lesson<'m> = (Vec<usize>, &'m [usize]);

/// What is known of a feature.
#[derive(Clone, Debug)]
struct Row {
    weights: Vec<f64>,
    /// How far each was off so far, squared: the more, the smaller its steps.
    off: Vec<f64>,
    /// How many messages have it.
    messages: f64,
}

impl Row {
    fn new(labels: usize) -> Self {
        Self { weights: vec![0.0; labels], off: vec![0.0; labels], messages: 0.0 }
    }

    /// One step away from what was off.
    fn step(&mut self, off: &[(usize, f64)], scale: f64, decay: f64) {
        for (label, off) in off {
            let pair = (self.weights.get_mut(*label), self.off.get_mut(*label));
            let (Some(weight), Some(sum)) = pair else { continue };
            *sum += (off * scale).powi(2);
            let rate = RATE / (*sum + OFF).sqrt();
            *weight -= rate * (off * scale + *weight * decay);
        }
    }

    /// How much it tells: how far its weights lie from their mean, or the only one from zero, and a
    /// little how common it is.
    fn tells(&self) -> f64 {
        let mean = match self.weights.len() {
            ..2 => 0.0,
            labels => self.weights.iter().sum::<f64>() / labels as f64,
        };
        let far = self.weights.iter().map(|weight| (weight - mean).abs()).fold(0.0, f64::max);
        far * self.messages.powf(0.25)
    }
}

struct Learner {
    field: Field,
    rows: Vec<Row>,
    none: Row,
}

impl Learner {
    /// Learns the weights of these features, which are in order.
    fn of(field: Field, features: &[&str], messages: &[Message]) -> Self {
        let lesson = |(own, labels)| Self::lesson(features, own, labels);
        let lessons: Vec<Lesson<'_>> =
            messages.iter().map(|(own, labels)| lesson((own, labels))).collect();
        let row = Row::new(field.labels().len());
        let mut learner = Self { field, rows: vec![row.clone(); features.len()], none: row };
        for at in lessons.iter().flat_map(|(known, _)| known) {
            learner.change(*at, |row| row.messages += 1.0);
        }
        for pass in 0..PASSES {
            for lesson in order(lessons.len(), pass).filter_map(|at| lessons.get(at)) {
                learner.step(lesson);
            }
        }
        learner
    }

    fn lesson<'m>(features: &[&str], own: &[String], labels: &'m [usize]) -> Lesson<'m> {
        let known = own.iter().filter_map(|name| features.binary_search(&name.as_str()).ok());
        (known.collect(), labels)
    }

    fn step(&mut self, (known, labels): &Lesson<'_>) {
        let scale = (known.len().max(1) as f64).sqrt().recip();
        let mut off = self.shares(known, scale);
        for label in *labels {
            if let Some(own) = off.get_mut(*label) {
                *own -= 1.0;
            }
        }
        let off: Vec<(usize, f64)> =
            off.into_iter().enumerate().filter(|(_, off)| off.abs() > NEGLIGIBLE).collect();
        self.none.step(&off, 1.0, 0.0);
        for at in known {
            self.change(*at, |row| row.step(&off, scale, DECAY / row.messages));
        }
    }

    fn change(&mut self, at: usize, by: impl FnOnce(&mut Row)) {
        if let Some(row) = self.rows.get_mut(at) {
            by(row);
        }
    }

    /// The share of each label for a message with these features.
    fn shares(&self, known: &[usize], scale: f64) -> Vec<f64> {
        let mut scores = self.none.weights.clone();
        for row in known.iter().filter_map(|at| self.rows.get(*at)) {
            scores.iter_mut().zip(&row.weights).for_each(|(score, own)| *score += own * scale);
        }
        self.field.shares(&mut scores);
        scores
    }

    /// The table: a line that names the labels, then a line a feature.
    fn table(&self, features: &[&str]) -> String {
        let mut table = String::new();
        for label in self.field.labels() {
            let _ = write!(table, "\t{label}");
        }
        table.push('\n');
        let rows = features.iter().copied().zip(&self.rows);
        for (name, row) in std::iter::once(("*", &self.none)).chain(rows) {
            table.push_str(name);
            for weight in &row.weights {
                let steps = (weight / f64::from(STEP)).round().clamp(-127.0, 127.0) as i32;
                let _ = if steps == 0 { write!(table, "\t") } else { write!(table, "\t{steps}") };
            }
            table.push('\n');
        }
        table
    }
}

/// The names of the features of a message, each once.
fn names(words: &Words) -> Vec<String> {
    let tokens = 0..words.tokens().len();
    let all = features::whole(words, tokens.clone()).chain(features::parts(words, tokens));
    let mut names: Vec<String> = all.map(|feature| feature.to_string()).collect();
    names.sort_unstable();
    names.dedup();
    names
}
