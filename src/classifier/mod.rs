//! A small linear model over words, pairs of words and their beginnings and endings. It is trained
//! from the example messages of the response files whenever those are loaded.
//!
//! Softmax regression by stochastic gradient descent, in a fixed order, so that the same files
//! always give the same model. A known word's parts are added up once after training: at run time
//! a word costs one row.

mod features;
mod training;

use rustc_hash::FxHashMap;

use crate::message::Words;
use crate::phrases::{Reading, WordId};
use features::{Feature, part_features};

/// Numbers that are added at once: rows are filled up to a multiple of it.
const BLOCK: usize = 8;

/// One training message and the class it is an example of.
#[derive(Clone, Copy, Debug)]
pub struct Example<'e> {
    /// The prepared message.
    pub words: &'e Words,
    /// Its words looked up.
    pub reading: &'e Reading,
    /// The class.
    pub class: usize,
}

/// A trained model.
#[derive(Clone, Debug, Default)]
pub struct Classifier {
    classes: usize,
    /// Row length: the classes, filled up to whole blocks.
    width: usize,
    rows: FxHashMap<Feature, u32>,
    weights: Vec<f32>,
    /// How much each row counts: one that few classes have says more than "what" or "my".
    keenness: Vec<f32>,
    /// For each known word, its own row and those of its parts, added up.
    known: Vec<u32>,
    sums: Vec<f32>,
    /// The squares of their keenness.
    squares: Vec<f32>,
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
    /// Trains a model for so many classes.
    #[must_use]
    pub fn train(classes: usize, examples: &[Example<'_>], known_words: usize) -> Self {
        let width = classes.next_multiple_of(BLOCK).max(BLOCK);
        let trained = training::train(classes, width, examples);
        let mut model = Self {
            classes,
            width,
            rows: trained.rows,
            weights: trained.weights,
            keenness: trained.keenness,
            bias: trained.bias,
            ..Self::default()
        };
        model.add_up(examples, known_words);
        model
    }

    fn weights_of(&self, row: u32) -> &[f32] {
        let start = row as usize * self.width;
        self.weights.get(start..start + self.width).unwrap_or_default()
    }

    /// The square of a row's keenness.
    fn square_of(&self, row: u32) -> f32 {
        self.keenness.get(row as usize).map_or(0.0, |keenness| keenness * keenness)
    }

    /// Adds up the rows of each known word and its parts.
    fn add_up(&mut self, examples: &[Example<'_>], known_words: usize) {
        self.known = vec![u32::MAX; known_words];
        for example in examples {
            for (token, id) in example.words.tokens().iter().zip(&example.reading.words) {
                let word = example.words.word(token);
                self.add_up_word(word, *id);
            }
        }
    }

    fn add_up_word(&mut self, word: &str, id: WordId) {
        let at = u32::try_from(self.sums.len() / self.width).unwrap_or(u32::MAX);
        let Some(known) = self.known.get_mut(id.0 as usize) else { return };
        if *known != u32::MAX || id == WordId::UNKNOWN {
            return;
        }
        *known = at;
        let start = self.sums.len();
        self.sums.resize(start + self.width, 0.0);
        let mut squares = 0.0;
        for feature in part_features(word, id) {
            if let (Some(row), Some(sum)) = (self.rows.get(&feature), self.sums.get_mut(start..)) {
                let from = *row as usize * self.width;
                add(sum, self.weights.get(from..from + self.width).unwrap_or_default(), 1.0);
                squares += self.square_of(*row);
            }
        }
        self.squares.push(squares);
    }

    /// The score of each class for a run of tokens: not normalised, 0 for an unknown text.
    #[must_use]
    pub fn scores(
        &self,
        words: &Words,
        reading: &Reading,
        tokens: impl Iterator<Item = usize>,
    ) -> Vec<f32> {
        let mut scores = vec![0.0; self.width];
        let mut squares = 0.0;
        let mut previous = None;
        for at in tokens {
            let id = reading.words.get(at).copied().unwrap_or(WordId::UNKNOWN);
            squares += self.add_word(&mut scores, words.at(at), id);
            let adjacent = previous.is_some_and(|(before, _)| before + 1 == at);
            if let Some((_, before)) = previous.filter(|_| adjacent)
                && let Some(row) = self.rows.get(&Feature::pair(before, id))
            {
                add(&mut scores, self.weights_of(*row), 1.0);
                squares += self.square_of(*row);
            }
            previous = Some((at, id));
        }
        let scale = scale(squares);
        for (score, bias) in scores.iter_mut().zip(&self.bias) {
            *score = *score * scale + bias;
        }
        scores.truncate(self.classes);
        scores
    }

    /// Adds one word and its parts; gives the squares of their keenness.
    fn add_word(&self, scores: &mut [f32], word: &str, id: WordId) -> f32 {
        let known = self.known.get(id.0 as usize).copied().unwrap_or(u32::MAX);
        if known != u32::MAX {
            let start = known as usize * self.width;
            add(scores, self.sums.get(start..start + self.width).unwrap_or_default(), 1.0);
            return self.squares.get(known as usize).copied().unwrap_or_default();
        }
        let mut squares = 0.0;
        for feature in part_features(word, id) {
            if let Some(row) = self.rows.get(&feature) {
                add(scores, self.weights_of(*row), 1.0);
                squares += self.square_of(*row);
            }
        }
        squares
    }

    /// The words and pairs that pull a message most to a class, strongest first.
    #[must_use]
    pub fn pulls(&self, words: &Words, reading: &Reading, class: usize, most: usize) -> Vec<Pull> {
        let mut pulls = Vec::new();
        for at in 0..words.tokens().len() {
            let id = reading.words.get(at).copied().unwrap_or(WordId::UNKNOWN);
            let mut own = vec![0.0; self.width];
            self.add_word(&mut own, words.at(at), id);
            pulls.push((words.at(at).to_owned(), own));
            let before = at.checked_sub(1).and_then(|before| reading.words.get(before));
            if let Some(row) = before.and_then(|b| self.rows.get(&Feature::pair(*b, id))) {
                let pair = format!("{} {}", words.at(at - 1), words.at(at));
                pulls.push((pair, self.weights_of(*row).to_vec()));
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
