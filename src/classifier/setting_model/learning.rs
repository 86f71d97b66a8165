//! How the table is learned: softmax regression by stochastic gradient descent with a step size for
//! each feature, in a fixed order, so that the same messages always give the same table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{SETTINGS, STEP, features};
use crate::classifier::training::order;
use crate::message::Words;
use crate::vocabulary::Setting;

/// Messages that must have a feature for it to be learned.
const LEAST_MESSAGES: usize = 2;

/// Features that are kept: more told unseen messages no better.
const KEPT: usize = 4_000;

/// Passes over all messages.
const PASSES: usize = 60;

/// How far each step goes.
const RATE: f64 = 0.5;

/// How strongly a weight is drawn to zero in each pass.
const DECAY: f64 = 0.15;

/// Learns which words go with which setting, and writes the table.
pub fn learn<'m>(messages: impl Iterator<Item = (&'m str, Setting)>) -> String {
    let messages: Vec<(Vec<String>, Setting)> =
        messages.map(|(text, setting)| (names(&Words::of(text)), setting)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in messages.iter().flat_map(|(features, _)| features) {
        *counts.entry(feature).or_default() += 1;
    }
    counts.retain(|_, count| *count >= LEAST_MESSAGES);
    let all: Vec<&str> = counts.into_keys().collect();
    let first = Model::of(&all, &messages);
    let mut telling: Vec<(f64, &str)> =
        first.rows.iter().map(Row::tells).zip(all.iter().copied()).collect();
    telling.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    telling.truncate(KEPT);
    let mut kept: Vec<&str> = telling.into_iter().map(|(_, name)| name).collect();
    kept.sort_unstable();
    Model::of(&kept, &messages).table(&kept)
}

type Weights = [f64; SETTINGS.len()];

/// A message as the numbers of its known features, and the number of its setting.
type Lesson = (Vec<usize>, usize);

/// What is known of a feature.
#[derive(Clone, Debug, Default)]
struct Row {
    weights: Weights,
    /// How far it was off so far, squared: the more, the smaller its steps.
    off: f64,
    /// How many messages have it.
    messages: f64,
}

impl Row {
    /// One step away from what was off.
    fn step(&mut self, off: &Weights, scale: f64, decay: f64) {
        self.off += off.iter().map(|off| (off * scale).powi(2)).sum::<f64>();
        let rate = RATE / self.off.sqrt().max(f64::MIN_POSITIVE);
        for (weight, off) in self.weights.iter_mut().zip(off) {
            *weight -= rate * (off * scale + *weight * decay);
        }
    }

    /// How much it tells: how far its weights lie from their mean, and a little how common it is.
    fn tells(&self) -> f64 {
        let mean = self.weights.iter().sum::<f64>() / self.weights.len() as f64;
        let far = self.weights.iter().map(|weight| (weight - mean).abs()).fold(0.0, f64::max);
        far * self.messages.powf(0.25)
    }
}

struct Model {
    rows: Vec<Row>,
    none: Row,
}

impl Model {
    /// Learns the weights of these features, which are in order.
    fn of(features: &[&str], messages: &[(Vec<String>, Setting)]) -> Self {
        let lesson = |(own, setting): &(Vec<String>, Setting)| {
            let known = own.iter().filter_map(|name| features.binary_search(&name.as_str()).ok());
            let class = SETTINGS.iter().position(|known| known == setting);
            (known.collect(), class.unwrap_or_default())
        };
        let lessons: Vec<Lesson> = messages.iter().map(lesson).collect();
        let mut model = Self { rows: vec![Row::default(); features.len()], none: Row::default() };
        for at in lessons.iter().flat_map(|(known, _)| known) {
            model.change(*at, |row| row.messages += 1.0);
        }
        for pass in 0..PASSES {
            for lesson in order(lessons.len(), pass).filter_map(|at| lessons.get(at)) {
                model.step(lesson);
            }
        }
        model
    }

    fn step(&mut self, (known, class): &Lesson) {
        let scale = (known.len().max(1) as f64).sqrt().recip();
        let mut off = self.shares(known, scale);
        if let Some(own) = off.get_mut(*class) {
            *own -= 1.0;
        }
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

    /// The share of each setting for a message with these features.
    fn shares(&self, known: &[usize], scale: f64) -> Weights {
        let mut scores = self.none.weights;
        for row in known.iter().filter_map(|at| self.rows.get(*at)) {
            scores.iter_mut().zip(row.weights).for_each(|(score, own)| *score += own * scale);
        }
        let top = scores.iter().copied().fold(f64::MIN, f64::max);
        let powers = scores.map(|score| (score - top).exp());
        let sum: f64 = powers.iter().sum();
        powers.map(|power| power / sum)
    }

    /// The table, a line a feature.
    fn table(&self, features: &[&str]) -> String {
        let mut table = String::new();
        let rows = features.iter().copied().zip(&self.rows);
        for (name, row) in std::iter::once(("*", &self.none)).chain(rows) {
            table.push_str(name);
            for weight in row.weights {
                let steps = (weight / f64::from(STEP)).round().clamp(-127.0, 127.0);
                let _ = write!(table, "\t{steps:.0}");
            }
            table.push('\n');
        }
        table
    }
}

/// The names of the features of a message, each once.
fn names(words: &Words) -> Vec<String> {
    let name = |(word, next): (&str, &str)| format!("{word} {next}").trim_end().to_owned();
    let mut names: Vec<String> = features(words).map(name).collect();
    names.sort_unstable();
    names.dedup();
    names
}
