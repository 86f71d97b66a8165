//! Which words go with which time of a cramp: a linear model over words and pairs of words. It is not
//! trained when the response files are loaded: it was learned from the labelled messages
//! (`charley learn`), and its table is part of the program.

mod learning;

use rustc_hash::FxHashMap;

use crate::message::Words;
use crate::vocabulary::Setting;

pub use learning::learn;

/// What was learned: a line for each word or pair of words, and `*` for none.
const TABLE: &str = include_str!("table.tsv");

/// The settings, in the order of the table's columns and of all scores.
pub const SETTINGS: [Setting; 5] =
    [Setting::Unknown, Setting::Exercise, Setting::Nocturnal, Setting::Other, Setting::Both];

/// What one step of a weight in the table is worth.
const STEP: f32 = 0.1;

/// Features that are known, from which a message is judged at all: less is mostly an answer.
const FEWEST: usize = 8;

/// Weights of each word and pair for each setting.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    weights: FxHashMap<Box<str>, Weights>,
    none: Weights,
}

/// A number for each setting.
pub type Weights = [f32; SETTINGS.len()];

impl Wording {
    /// What was learned.
    #[must_use]
    pub fn shipped() -> Self {
        Self::read(TABLE)
    }

    /// Reads a table; a line that is none is left out.
    fn read(table: &str) -> Self {
        let row = |line: &str| {
            let mut fields = line.split('\t');
            let name = fields.next()?;
            let mut weights = Weights::default();
            for weight in &mut weights {
                *weight = f32::from(fields.next()?.parse::<i8>().ok()?) * STEP;
            }
            Some((Box::from(name), weights))
        };
        let mut weights: FxHashMap<Box<str>, Weights> = table.lines().filter_map(row).collect();
        let none = weights.remove("*").unwrap_or_default();
        Self { weights, none }
    }

    /// The score of each setting; nothing for a message of which too little is known.
    #[must_use]
    pub fn scores(&self, words: &Words) -> Option<Weights> {
        let mut sum = Weights::default();
        let mut known = 0;
        for feature in features(words) {
            let Some(weights) = self.weights.get(feature.as_str()) else { continue };
            known += 1;
            sum.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
        let scale = (known as f32).sqrt().recip();
        for (sum, none) in sum.iter_mut().zip(self.none) {
            *sum = *sum * scale + none;
        }
        (known >= FEWEST).then_some(sum)
    }
}

/// The words and pairs of neighbours of a message, each once.
fn features(words: &Words) -> Vec<String> {
    let all = || (0..words.tokens().len()).map(|at| words.at(at));
    let pairs = all().zip(all().skip(1)).map(|(one, two)| format!("{one} {two}"));
    let mut features: Vec<String> = all().map(str::to_owned).chain(pairs).collect();
    features.sort_unstable();
    features.dedup();
    features
}
