//! A small linear model over words, pairs of words and their beginnings and endings. It is trained
//! from the example messages of the response files whenever those are loaded.
//!
//! Softmax regression by stochastic gradient descent, in a fixed order, so that the same files
//! always give the same model. A known word's parts are added up once after training: at run time
//! a word costs one row.

mod features;
mod groups;
pub mod learned;
mod rows;
mod table;
mod training;

use std::ops::Range;
use std::sync::Arc;

use crate::message::Words;
use crate::phrases::WordId;
use rows::{Rows, Scale};
pub use table::Numbers;
use table::{Found, NONE, Table};
use training::Trained;

/// Numbers that are added at once: rows are filled up to a multiple of it.
const BLOCK: usize = 16;

/// Example messages, prepared to train models from.
#[derive(Clone, Debug)]
pub struct Examples {
    table: Arc<Table>,
    found: Found,
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
        Self { found: table.again(examples), table }
    }
}

/// A trained model.
#[derive(Clone, Debug, Default)]
pub struct Classifier {
    classes: usize,
    /// Row length: the classes, filled up to whole blocks.
    width: usize,
    /// The numbers of groups of features and of known words; models may share it.
    table: Arc<Table>,
    /// The row of each number.
    row_of: Vec<u32>,
    /// A weight for each class, row by row.
    rows: Rows,
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
        let width = classes.next_multiple_of(BLOCK);
        let table = &examples.table;
        let found = |at: usize| examples.found.get(at);
        let lessons: Vec<training::Example<'_>> = lessons
            .filter_map(|(at, class)| found(at).map(|(groups, key)| (groups, class, key)))
            .collect();
        let trained = training::train(classes, width, &examples.found.sizes, &lessons);
        let mut rows = Rows::with_room(width / BLOCK, trained.keenness.len() + table.parts().len());
        let weights = trained.weights.as_flattened().chunks(width);
        for (weights, keenness) in weights.zip(&trained.keenness) {
            rows.push(weights, keenness * keenness);
        }
        let mut model = Self {
            classes,
            width,
            table: Arc::clone(table),
            row_of: Vec::with_capacity(table.groups() + table.parts().len()),
            rows,
            bias: trained.bias.clone(),
        };
        model.row_of.extend_from_slice(&trained.row_of);
        model.add_up(&trained);
        model
    }

    /// Adds a row for each known word: what its parts add.
    fn add_up(&mut self, trained: &Trained) {
        let table = Arc::clone(&self.table);
        let mut sum = vec![0.0; self.width];
        for parts in table.parts() {
            let mut square = 0.0;
            sum.fill(0.0);
            for row in parts.iter().filter_map(|part| self.row(*part)) {
                let start = row as usize * self.width;
                let weights = trained.weights.as_flattened().get(start..start + self.width);
                add(&mut sum, weights.unwrap_or_default(), 1.0);
                square += self.rows.scale(row).square;
            }
            self.row_of.push(u32::try_from(self.rows.len()).unwrap_or(NONE));
            self.rows.push(&sum, square);
        }
    }

    /// The row of a group or known word.
    fn row(&self, number: u32) -> Option<u32> {
        self.row_of.get(number as usize).copied().filter(|row| *row != NONE)
    }

    /// Looks up a message, whose words are known as these, for this model and all that share its table.
    #[must_use]
    pub fn numbers(&self, words: &Words, known: &[WordId]) -> Numbers {
        self.table.numbers(words, known)
    }

    /// The row of a group or known word, with what holds for it.
    fn scaled(&self, number: u32) -> Option<(u32, Scale)> {
        self.row(number).map(|row| (row, self.rows.scale(row)))
    }

    /// The rows of some tokens, named in order.
    fn rows_of(&self, message: &Numbers, tokens: impl Iterator<Item = usize>) -> Vec<(u32, Scale)> {
        let mut rows = Vec::with_capacity(message.0.len() * 2);
        let mut expected = None;
        for at in tokens {
            let Some(token) = message.0.get(at) else { continue };
            rows.extend(token.word.iter().filter_map(|number| self.scaled(*number)));
            if expected == Some(at) {
                rows.extend(self.scaled(token.pair));
            }
            expected = Some(at + 1);
        }
        rows
    }

    /// What some rows add to each class: block by block, so that what is added up stays at hand.
    fn sum(&self, rows: &[(u32, Scale)]) -> Sum {
        let block = |at: usize| {
            let mut sum = [0.0; BLOCK];
            for row in rows {
                self.rows.add_block(*row, at, &mut sum);
            }
            sum
        };
        let classes = (0..self.width / BLOCK).flat_map(block).collect();
        Sum { classes, square: rows.iter().map(|(_, scale)| scale.square).sum() }
    }

    /// The score of each class for what was added up: not normalised, 0 for an unknown text.
    fn scored(&self, sum: Sum) -> Vec<f32> {
        let scale = scale(sum.square);
        let mut scores = sum.classes;
        for (score, bias) in scores.iter_mut().zip(&self.bias) {
            *score = *score * scale + bias;
        }
        scores.truncate(self.classes);
        scores
    }

    /// The score of each class for a run of tokens.
    #[must_use]
    pub fn scores(&self, message: &Numbers, tokens: impl Iterator<Item = usize>) -> Vec<f32> {
        self.scored(self.sum(&self.rows_of(message, tokens)))
    }

    /// The scores of each part of a message, and of all of them together: what they and the pairs between
    /// them add. The parts are named in order.
    #[must_use]
    pub fn scores_of_parts(
        &self,
        message: &Numbers,
        parts: impl Iterator<Item = Range<usize>>,
    ) -> Vec<Vec<f32>> {
        let mut whole = Sum { classes: vec![0.0; self.width], square: 0.0 };
        let (mut scores, mut between) = (Vec::new(), Vec::new());
        for part in parts {
            between.extend(message.0.get(part.start).and_then(|first| self.scaled(first.pair)));
            let sum = self.sum(&self.rows_of(message, part));
            whole.add(&sum);
            scores.push(self.scored(sum));
        }
        if scores.len() != 1 {
            whole.add(&self.sum(&between));
            scores.push(self.scored(whole));
        }
        scores
    }

    /// The words and pairs that pull a message most to a class, strongest first.
    #[must_use]
    pub fn pulls(&self, words: &Words, known: &[WordId], class: usize, most: usize) -> Vec<Pull> {
        let weight = |number: u32| self.row(number).map_or(0.0, |row| self.rows.weight(row, class));
        let mut pulls = Vec::new();
        for (at, token) in self.numbers(words, known).0.into_iter().enumerate() {
            let own = token.word.into_iter().map(weight).sum();
            pulls.push(Pull { words: words.at(at).to_owned(), weight: own });
            if token.pair != NONE {
                let pair = format!("{} {}", words.at(at - 1), words.at(at));
                pulls.push(Pull { words: pair, weight: weight(token.pair) });
            }
        }
        pulls.retain(|pull| pull.weight > 0.05);
        pulls.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        pulls.dedup_by(|a, b| a.words == b.words);
        pulls.truncate(most);
        pulls
    }
}

/// What some rows add up to.
struct Sum {
    classes: Vec<f32>,
    /// The squares of their keenness.
    square: f32,
}

impl Sum {
    fn add(&mut self, other: &Self) {
        add(&mut self.classes, &other.classes, 1.0);
        self.square += other.square;
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
