//! A second opinion on when the cramp comes, from all words of a message.
//!
//! The rules look at what stands nearest to the cramp; people also give it away by what they talk
//! about otherwise. A small linear model over words and pairs of words has learned that from the
//! labelled messages (`charley learn`); its table is part of the program. What the rules say weighs
//! much more, so that it only decides where they found little.

mod learning;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::message::Words;
use crate::vocabulary::Setting;

pub use learning::learn;

/// What was learned: a line for each word or pair of words, and `*` for none.
const TABLE: &str = include_str!("table.tsv");

/// The settings, in the order of the table's columns.
const SETTINGS: [Setting; 5] =
    [Setting::Unknown, Setting::Exercise, Setting::Nocturnal, Setting::Other, Setting::Both];

/// What one step of a weight in the table is worth.
const STEP: f32 = 0.1;

/// How far the score of another setting must lie above that of the one that the rules found. On
/// messages that neither had seen, each by itself was right in three of four; together they gained
/// two to five in a hundred, with 2 to 3 here.
const RULES: f32 = 3.0;

/// Features that are known, from which a message is judged at all: less is mostly an answer.
const FEWEST: usize = 8;

static WORDING: LazyLock<Wording> = LazyLock::new(|| Wording::read(TABLE));

/// What the rules found, or another setting that the words as a whole speak for more plainly.
pub(super) fn weigh(words: &Words, found: Setting) -> Setting {
    let Some(mut scores) = WORDING.scores(words) else { return found };
    for (score, setting) in scores.iter_mut().zip(SETTINGS) {
        *score += if setting == found { RULES } else { 0.0 };
    }
    let all = scores.into_iter().zip(SETTINGS);
    all.max_by(|one, other| one.0.total_cmp(&other.0)).map_or(found, |(_, setting)| setting)
}

/// Weights of each word and pair for each setting.
struct Wording {
    weights: FxHashMap<Box<str>, Weights>,
    none: Weights,
}

type Weights = [f32; SETTINGS.len()];

impl Wording {
    /// Reads the table; a line that is none is left out.
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
    fn scores(&self, words: &Words) -> Option<Weights> {
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
