//! A small linear model over words, pairs of words and their beginnings and endings. It is trained
//! from the example messages of the response files whenever those are loaded.
//!
//! Softmax regression by stochastic gradient descent, in a fixed order, so that the same files
//! always give the same model. A known word's parts are added up once after training: at run time
//! a word costs one row.

mod features;
mod table;
mod training;

use std::ops::Range;
use std::sync::Arc;

use crate::message::Words;
use crate::phrases::WordId;
pub use table::Numbers;
use table::{NONE, Table};

/// Numbers that are added at once: rows are filled up to a multiple of it.
const BLOCK: usize = 16;

/// Example messages, prepared to train models from.
#[derive(Clone, Debug)]
pub struct Examples {
    table: Arc<Table>,
    /// The features of each.
    found: Vec<Vec<u32>>,
}

impl Examples {
    /// Examples and the table of what they hold. The words of the first `known` of them cost one
    /// row each at run time; there are so many words in the lexicon.
    pub fn of<'e>(
        examples: impl Iterator<Item = (&'e Words, &'e [WordId])>,
        known: usize,
        known_words: usize,
    ) -> Self {
        let (table, found) = Table::of(examples, known, known_words);
        Self { table: Arc::new(table), found }
    }

    /// Some of the examples that a model was trained from.
    pub fn again<'e>(
        model: &Classifier,
        examples: impl Iterator<Item = (&'e Words, &'e [WordId])>,
    ) -> Self {
        let table = Arc::clone(&model.table);
        let found = examples.map(|(words, known)| table.features_of(words, known)).collect();
        Self { table, found }
    }
}

/// A trained model.
#[derive(Clone, Debug, Default)]
pub struct Classifier {
    classes: usize,
    /// Row length: the classes and one number more, filled up to whole blocks.
    width: usize,
    /// The numbers of features and known words; models may share it.
    table: Arc<Table>,
    /// The row of each number.
    row_of: Vec<u32>,
    /// All rows: a weight for each class, then the square of the row's keenness, so that both are
    /// added up in one go.
    weights: Vec<f32>,
    bias: Vec<f32>,
}

/// What one word or pair adds to one class.
#[derive(Clone, Debug, PartialEq)]
pub struct Pull {
    /// The word, or the pair of words.
    pub words: String,
    /// How far it pulls the message to the class.
    pub weight: f32,
}

impl Classifier {
    /// Trains a model for so many classes, of which each example named has one.
    #[must_use]
    pub fn train(
        classes: usize,
        examples: &Examples,
        lessons: impl Iterator<Item = (usize, usize)>,
    ) -> Self {
        let width = (classes + 1).next_multiple_of(BLOCK);
        let table = &examples.table;
        let found = |at: usize| examples.found.get(at).map(Vec::as_slice);
        let lessons: Vec<(&[u32], usize)> =
            lessons.filter_map(|(at, class)| Some((found(at)?, class))).collect();
        let trained = training::train(classes, width, table.features(), &lessons);
        let mut model = Self {
            classes,
            width,
            table: Arc::clone(table),
            row_of: trained.row_of,
            weights: trained.weights,
            bias: trained.bias,
        };
        model.add_up();
        model
    }

    /// Adds a row for each known word: what its parts add.
    fn add_up(&mut self) {
        let table = Arc::clone(&self.table);
        let mut sum = vec![0.0; self.width];
        self.row_of.reserve(table.parts().len());
        self.weights.reserve(table.parts().len() * self.width);
        for parts in table.parts() {
            sum.fill(0.0);
            for part in parts {
                add(&mut sum, self.weights_of(*part), 1.0);
            }
            self.row_of.push(u32::try_from(self.weights.len() / self.width).unwrap_or(NONE));
            self.weights.extend_from_slice(&sum);
        }
    }

    /// The weights of a feature or known word; none when the model has none for it.
    fn weights_of(&self, number: u32) -> &[f32] {
        let Some(row) = self.row(number) else { return &[] };
        let start = row as usize * self.width;
        self.weights.get(start..start + self.width).unwrap_or_default()
    }

    /// The row of a feature or known word.
    fn row(&self, number: u32) -> Option<u32> {
        self.row_of.get(number as usize).copied().filter(|row| *row != NONE)
    }

    /// Looks up a message, whose words are known as these, for this model and all that share its table.
    #[must_use]
    pub fn numbers(&self, words: &Words, known: &[WordId]) -> Numbers {
        self.table.numbers(words, known)
    }

    /// What some tokens, named in order, add to each class: block by block, so that what is added up
    /// stays at hand.
    fn sum(&self, message: &Numbers, tokens: impl Iterator<Item = usize>) -> Vec<f32> {
        let mut rows = Vec::with_capacity(message.0.len() * 2);
        let mut expected = None;
        for at in tokens {
            let Some(token) = message.0.get(at) else { continue };
            rows.extend(token.word.iter().filter_map(|number| self.row(*number)));
            if expected == Some(at) {
                rows.extend(self.row(token.pair));
            }
            expected = Some(at + 1);
        }
        let (weights, _) = self.weights.as_chunks::<BLOCK>();
        let blocks = self.width / BLOCK;
        let block = |at: usize| {
            let mut sum = [0.0; BLOCK];
            for own in rows.iter().filter_map(|row| weights.get(*row as usize * blocks + at)) {
                sum.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
            }
            sum
        };
        (0..blocks).flat_map(block).collect()
    }

    /// The score of each class for what was added up: not normalised, 0 for an unknown text.
    fn scored(&self, mut sum: Vec<f32>) -> Vec<f32> {
        let scale = scale(sum.get(self.classes).copied().unwrap_or_default());
        for (score, bias) in sum.iter_mut().zip(&self.bias) {
            *score = *score * scale + bias;
        }
        sum.truncate(self.classes);
        sum
    }

    /// The score of each class for a run of tokens.
    #[must_use]
    pub fn scores(&self, message: &Numbers, tokens: impl Iterator<Item = usize>) -> Vec<f32> {
        self.scored(self.sum(message, tokens))
    }

    /// The scores of each part of a message, and of the message as a whole. The parts are named in
    /// order and leave nothing out, so that the whole is what they add together.
    #[must_use]
    pub fn scores_of_parts(
        &self,
        message: &Numbers,
        parts: impl Iterator<Item = Range<usize>>,
    ) -> Vec<Vec<f32>> {
        let mut whole = vec![0.0; self.width];
        let mut scores = Vec::new();
        for part in parts {
            if let Some(first) = message.0.get(part.start) {
                add(&mut whole, self.weights_of(first.pair), 1.0);
            }
            let sum = self.sum(message, part);
            add(&mut whole, &sum, 1.0);
            scores.push(self.scored(sum));
        }
        if scores.len() != 1 {
            scores.push(self.scored(whole));
        }
        scores
    }

    /// The words and pairs that pull a message most to a class, strongest first.
    #[must_use]
    pub fn pulls(&self, words: &Words, known: &[WordId], class: usize, most: usize) -> Vec<Pull> {
        let mut pulls = Vec::new();
        for (at, token) in self.numbers(words, known).0.into_iter().enumerate() {
            let mut own = vec![0.0; self.width];
            token.word.into_iter().for_each(|row| add(&mut own, self.weights_of(row), 1.0));
            pulls.push((words.at(at).to_owned(), own));
            if token.pair != NONE {
                let pair = format!("{} {}", words.at(at - 1), words.at(at));
                pulls.push((pair, self.weights_of(token.pair).to_vec()));
            }
        }
        let weight = |row: Vec<f32>| row.get(class).copied().unwrap_or(0.0);
        let mut pulls: Vec<Pull> = pulls
            .into_iter()
            .map(|(words, row)| Pull { words, weight: weight(row) })
            .filter(|pull| pull.weight > 0.05)
            .collect();
        pulls.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        pulls.dedup_by(|a, b| a.words == b.words);
        pulls.truncate(most);
        pulls
    }
}

/// Turns scores into shares that add up to 1, over the first `classes`.
pub fn softmax(scores: &mut [f32], classes: usize) {
    let (real, padding) = scores.split_at_mut(classes.min(scores.len()));
    let top = real.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in real.iter_mut() {
        *score = (*score - top).exp();
        sum += *score;
    }
    for score in real.iter_mut() {
        *score /= sum;
    }
    padding.fill(0.0);
}

/// What makes a long message weigh no more than a short one.
fn scale(squares: f32) -> f32 {
    1.0 / squares.max(1.0).sqrt()
}

/// Adds a row to another, a multiple of it.
fn add(into: &mut [f32], from: &[f32], by: f32) {
    for (into, from) in into.iter_mut().zip(from) {
        *into += from * by;
    }
}
