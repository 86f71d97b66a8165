//! Which words go with which time of a cramp: a linear model over words and pairs of words. It is not
//! trained when the response files are loaded: it was learned from the labelled messages
//! (`charley learn`), and its table is part of the program.

mod learning;

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

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
pub struct SettingModel {
    /// By the key of the word or pair, in their order.
    numbers: FxHashMap<u64, u16>,
    rows: Vec<Weights>,
    none: Weights,
}

/// A number for each setting.
pub type Weights = [f32; SETTINGS.len()];

impl SettingModel {
    /// What was learned.
    #[must_use]
    pub fn shipped() -> Self {
        Self::read(TABLE)
    }

    /// Reads a table; a line that is none is left out.
    fn read(table: &str) -> Self {
        let mut model = Self::default();
        for line in table.lines() {
            let Some((name, weights)) = row(line) else { continue };
            let Ok(number) = u16::try_from(model.rows.len()) else { break };
            if name == "*" {
                model.none = weights;
                continue;
            }
            let (word, next) = name.split_once(' ').unwrap_or((name, ""));
            model.numbers.insert(key(word, next), number);
            model.rows.push(weights);
        }
        model
    }

    /// The score of each setting; nothing for a message of which too little is known.
    #[must_use]
    pub fn scores(&self, words: &Words) -> Option<Weights> {
        let number = |(word, next)| self.numbers.get(&key(word, next)).copied();
        let mut known: Vec<u16> = features(words).filter_map(number).collect();
        known.sort_unstable();
        known.dedup();
        if known.len() < FEWEST {
            return None;
        }
        let mut sum = Weights::default();
        for weights in known.iter().filter_map(|number| self.rows.get(usize::from(*number))) {
            sum.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
        let scale = (known.len() as f32).sqrt().recip();
        for (sum, none) in sum.iter_mut().zip(self.none) {
            *sum = *sum * scale + none;
        }
        Some(sum)
    }
}

/// The name and the weights of a line.
fn row(line: &str) -> Option<(&str, Weights)> {
    let mut fields = line.split('\t');
    let name = fields.next()?;
    let mut weights = Weights::default();
    for weight in &mut weights {
        *weight = f32::from(fields.next()?.parse::<i8>().ok()?) * STEP;
    }
    Some((name, weights))
}

/// What stands for a word, or for a pair of words.
fn key(word: &str, next: &str) -> u64 {
    let mut hasher = FxHasher::default();
    (word, next).hash(&mut hasher);
    hasher.finish()
}

/// The words of a message, each alone and with the one behind it.
fn features(words: &Words) -> impl Iterator<Item = (&str, &str)> {
    let all = 0..words.tokens().len();
    let alone = all.clone().map(|at| (words.at(at), ""));
    alone.chain(all.skip(1).map(|at| (words.at(at - 1), words.at(at))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeliest(text: &str) -> Option<Setting> {
        let scores = SettingModel::shipped().scores(&Words::of(text))?;
        let all = scores.into_iter().zip(SETTINGS);
        all.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, setting)| setting)
    }

    #[test]
    fn every_line_of_the_table_has_a_key_of_its_own() {
        let model = SettingModel::shipped();
        assert_eq!(model.numbers.len(), TABLE.lines().count() - 1);
        assert_eq!(model.rows.len(), model.numbers.len());
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
