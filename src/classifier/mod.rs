//! A small linear model over words, pairs of words and their beginnings and endings. It is trained
//! from the example messages of the response files whenever those are loaded.
//!
//! Softmax regression by stochastic gradient descent, in a fixed order, so that the same files
//! always give the same model. A known word's parts are added up once after training: at run time
//! a word costs one row.

mod features;
mod training;

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::message::{Token, Words};
use crate::phrases::{Reading, WordId};
use features::{Feature, MOST_PARTS, part_features};

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
    /// Row length: the classes and one number more, filled up to whole blocks.
    width: usize,
    rows: FxHashMap<Feature, u32>,
    /// All rows: a weight for each class, then the square of the row's keenness, so that both are
    /// added up in one go.
    weights: Vec<f32>,
    /// For each known word, the row of what it and its parts add.
    known: Vec<u32>,
    bias: Vec<f32>,
}

/// The rows of a message, looked up once, however many of its parts are scored.
#[derive(Clone, Debug, Default)]
pub struct Rows(Vec<TokenRows>);

/// The rows of one token: a known word has one, an unknown one those of its parts.
#[derive(Clone, Copy, Debug)]
struct TokenRows {
    word: [u32; MOST_PARTS],
    /// Together with the token before it.
    pair: u32,
}

/// No row.
const NONE: u32 = u32::MAX;

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
        let width = (classes + 1).next_multiple_of(BLOCK);
        let trained = training::train(classes, width, examples);
        let mut model = Self {
            classes,
            width,
            rows: trained.rows,
            weights: trained.weights,
            known: vec![NONE; known_words],
            bias: trained.bias,
        };
        for example in examples {
            for (token, id) in example.words.tokens().iter().zip(&example.reading.words) {
                model.add_up(example.words.word(token), *id);
            }
        }
        model
    }

    fn weights_of(&self, row: u32) -> &[f32] {
        let start = row as usize * self.width;
        self.weights.get(start..start + self.width).unwrap_or_default()
    }

    fn row(&self, feature: Feature) -> u32 {
        self.rows.get(&feature).copied().unwrap_or(NONE)
    }

    /// Adds up the rows of a known word and its parts, once.
    fn add_up(&mut self, word: &str, id: WordId) {
        let row = u32::try_from(self.weights.len() / self.width).unwrap_or(NONE);
        let Some(known) = self.known.get_mut(id.0 as usize) else { return };
        if *known != NONE || id == WordId::UNKNOWN {
            return;
        }
        *known = row;
        let mut sum = vec![0.0; self.width];
        for feature in part_features(word, id) {
            add(&mut sum, self.weights_of(self.row(feature)), 1.0);
        }
        self.weights.extend(sum);
    }

    /// Looks up the rows of a message.
    #[must_use]
    pub fn rows(&self, words: &Words, reading: &Reading) -> Rows {
        let mut before = None;
        let of_token = |(token, id): (&Token, &WordId)| {
            let mut word = [NONE; MOST_PARTS];
            match self.known.get(id.0 as usize) {
                Some(known) if *known != NONE => word[0] = *known,
                Some(_) | None => {
                    let parts = part_features(words.word(token), *id);
                    word.iter_mut().zip(parts).for_each(|(row, part)| *row = self.row(part));
                }
            }
            let pair = before.replace(*id).map_or(NONE, |b| self.row(Feature::pair(b, *id)));
            TokenRows { word, pair }
        };
        Rows(words.tokens().iter().zip(&reading.words).map(of_token).collect())
    }

    /// What some tokens, named in order, add to each class.
    fn sum(&self, rows: &Rows, tokens: impl Iterator<Item = usize>) -> Vec<f32> {
        let mut sum = vec![0.0; self.width];
        let mut expected = None;
        for at in tokens {
            let Some(token) = rows.0.get(at) else { continue };
            for row in token.word {
                add(&mut sum, self.weights_of(row), 1.0);
            }
            if expected == Some(at) {
                add(&mut sum, self.weights_of(token.pair), 1.0);
            }
            expected = Some(at + 1);
        }
        sum
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
    pub fn scores(&self, rows: &Rows, tokens: impl Iterator<Item = usize>) -> Vec<f32> {
        self.scored(self.sum(rows, tokens))
    }

    /// The scores of each part of a message, and of the message as a whole. The parts are named in
    /// order and leave nothing out, so that the whole is what they add together.
    #[must_use]
    pub fn scores_of_parts(
        &self,
        rows: &Rows,
        parts: impl Iterator<Item = Range<usize>>,
    ) -> Vec<Vec<f32>> {
        let mut whole = vec![0.0; self.width];
        let mut scores = Vec::new();
        for part in parts {
            if let Some(first) = rows.0.get(part.start) {
                add(&mut whole, self.weights_of(first.pair), 1.0);
            }
            let sum = self.sum(rows, part);
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
    pub fn pulls(&self, words: &Words, reading: &Reading, class: usize, most: usize) -> Vec<Pull> {
        let mut pulls = Vec::new();
        for (at, token) in self.rows(words, reading).0.into_iter().enumerate() {
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
