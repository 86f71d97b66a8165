//! What the labelled messages teach beside the response files: which words go with a leg cramp, which
//! with which time of it, and which with which red flag. Linear models over words and pairs of words.
//! They are not trained when the response files are loaded: they were learned before (`charley
//! learn`), and their tables are part of the program.

mod learning;

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};
use strum::VariantArray;

use crate::message::Words;
use crate::vocabulary::{Flag, Setting};

pub use learning::{Field, learn};

/// The one label of what is about a leg cramp.
const RELEVANT: &str = "relevant";

/// What was learned: a line for each word or pair of words, and `*` for none.
const SETTINGS: &str = include_str!("settings.tsv");
/// The same for what is about a leg cramp at all.
const RELEVANCE: &str = include_str!("relevance.tsv");
/// The same for red flags.
const FLAGS: &str = include_str!("flags.tsv");

/// What one step of a weight in a table is worth.
const STEP: f32 = 0.1;

/// Features that are known, from which a message tells that it is about a leg cramp.
const FEWEST_FOR_RELEVANCE: usize = 6;

/// Features that are known, from which a message tells a setting: less is mostly an answer.
const FEWEST_FOR_SETTING: usize = 8;

/// The same for red flags: in few words a phrase says more than they do.
const FEWEST_FOR_FLAGS: usize = 16;

/// All models.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    relevance: Model,
    settings: Model,
    flags: Model,
}

/// The words and pairs of words of a message, by their keys, each once.
#[derive(Clone, Debug)]
pub struct Features(Vec<u64>);

impl Features {
    /// Those of a message or of a part of it.
    #[must_use]
    pub fn of(words: &Words, tokens: std::ops::Range<usize>) -> Self {
        let mut keys: Vec<u64> =
            features(words, tokens).map(|(word, next)| key(word, next)).collect();
        keys.sort_unstable();
        keys.dedup();
        Self(keys)
    }
}

impl Learned {
    /// What was learned.
    #[must_use]
    pub fn shipped() -> Self {
        Self {
            relevance: Model::read(RELEVANCE, 1),
            settings: Model::read(SETTINGS, Setting::VARIANTS.len()),
            flags: Model::read(FLAGS, Flag::VARIANTS.len()),
        }
    }

    /// How much speaks for a leg cramp: above 0 it is likelier than not by these words alone, among
    /// messages of which most are about one. Nothing for a message of which too little is known.
    #[must_use]
    pub fn relevance(&self, features: &Features) -> Option<f32> {
        let scores = self.relevance.scores(features, FEWEST_FOR_RELEVANCE)?;
        scores.first().copied()
    }

    /// The score of each setting, in their order; nothing for a message of which too little is known.
    #[must_use]
    pub fn settings(&self, features: &Features) -> Option<Vec<f32>> {
        self.settings.scores(features, FEWEST_FOR_SETTING)
    }

    /// The score of each red flag, in their order: above 0 it is likelier than not by these words
    /// alone. Nothing for a message of which too little is known.
    #[must_use]
    pub fn flags(&self, features: &Features) -> Option<Vec<f32>> {
        self.flags.scores(features, FEWEST_FOR_FLAGS)
    }

    /// The score of one red flag in a part of a message, however short.
    #[must_use]
    pub fn flag_in_part(&self, features: &Features, flag: Flag) -> f32 {
        let scores = self.flags.scores(features, 1);
        scores.and_then(|scores| scores.get(flag as usize).copied()).unwrap_or(f32::MIN)
    }
}

/// Weights of each word and pair for each label.
#[derive(Clone, Debug, Default)]
struct Model {
    labels: usize,
    /// The row of each key.
    rows: FxHashMap<u64, u32>,
    /// Row by row, in steps.
    weights: Vec<i8>,
    none: Vec<f32>,
}

impl Model {
    /// Reads a table of so many labels; a line that is none is left out.
    fn read(table: &str, labels: usize) -> Self {
        let mut model = Self { labels, none: vec![0.0; labels], ..Self::default() };
        for line in table.lines().skip(1) {
            let Some((name, weights)) = row(line, labels) else { continue };
            if name == "*" {
                model.none = weights.into_iter().map(|steps| f32::from(steps) * STEP).collect();
                continue;
            }
            let Ok(row) = u32::try_from(model.rows.len()) else { break };
            let (word, next) = name.split_once(' ').unwrap_or((name, ""));
            model.rows.insert(key(word, next), row);
            model.weights.extend(weights);
        }
        model
    }

    fn scores(&self, Features(keys): &Features, fewest: usize) -> Option<Vec<f32>> {
        let mut sum = vec![0_i32; self.labels];
        let mut known = 0_usize;
        for row in keys.iter().filter_map(|key| self.rows.get(key)) {
            let start = *row as usize * self.labels;
            let own = self.weights.get(start..start + self.labels).unwrap_or_default();
            sum.iter_mut().zip(own).for_each(|(sum, steps)| *sum += i32::from(*steps));
            known += 1;
        }
        let scale = STEP / (known as f32).sqrt();
        let scores = sum.into_iter().zip(&self.none).map(|(sum, none)| sum as f32 * scale + none);
        (known >= fewest).then(|| scores.collect())
    }
}

/// The name and the weights of a line; a weight that is left out is none.
fn row(line: &str, labels: usize) -> Option<(&str, Vec<i8>)> {
    let mut fields = line.split('\t');
    let name = fields.next()?;
    let steps = |field: &str| if field.is_empty() { Some(0) } else { field.parse().ok() };
    let weights: Vec<i8> = fields.map(steps).collect::<Option<_>>()?;
    (weights.len() == labels).then_some((name, weights))
}

/// What stands for a word, or for a pair of words.
fn key(word: &str, next: &str) -> u64 {
    let mut hasher = FxHasher::default();
    (word, next).hash(&mut hasher);
    hasher.finish()
}

/// The words of a message, each alone and with the one behind it.
fn features(words: &Words, tokens: std::ops::Range<usize>) -> impl Iterator<Item = (&str, &str)> {
    let alone = tokens.clone().map(|at| (words.at(at), ""));
    alone.chain(tokens.skip(1).map(|at| (words.at(at - 1), words.at(at))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(text: &str) -> Features {
        let words = Words::of(text);
        Features::of(&words, 0..words.tokens().len())
    }

    fn likeliest(text: &str) -> Option<Setting> {
        let scores = Learned::shipped().settings(&features(text))?;
        let all = scores.into_iter().zip(Setting::VARIANTS);
        all.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, setting)| *setting)
    }

    #[test]
    fn every_line_of_a_table_has_a_key_of_its_own() {
        let (settings, flags) = (Setting::VARIANTS.len(), Flag::VARIANTS.len());
        for (table, labels) in [(RELEVANCE, 1), (SETTINGS, settings), (FLAGS, flags)] {
            let model = Model::read(table, labels);
            assert_eq!(model.rows.len(), table.lines().count() - 2, "one line names, one is none");
            assert_eq!(model.weights.len(), model.rows.len() * labels);
        }
    }

    #[test]
    fn the_columns_of_a_table_are_in_the_order_of_what_they_name() {
        let names = |table: &'static str| table.lines().next().unwrap().split('\t').skip(1);
        assert!(names(RELEVANCE).eq([RELEVANT]));
        assert!(names(SETTINGS).eq(Setting::VARIANTS.iter().map(<&str>::from)));
        assert!(names(FLAGS).eq(Flag::VARIANTS.iter().map(<&str>::from)));
    }

    #[test]
    fn what_somebody_talks_about_tells_when_it_cramps() {
        let night = "woke up again in the night with my calf, my wife had to rub it in bed";
        assert_eq!(likeliest(night), Some(Setting::Nocturnal));
        let race = "both calves went in the last km of the marathon and I walked to the finish";
        assert_eq!(likeliest(race), Some(Setting::Exercise));
        assert_eq!(likeliest("yes"), None, "an answer tells too little");
    }
}
