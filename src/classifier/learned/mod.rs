//! What the labelled messages teach beside the response files: which words go with a leg cramp, which
//! with which time of it, and which with which red flag. Linear models over words, pairs of words, and
//! how words begin and end.
//! They are not trained when the response files are loaded: they were learned before (`charley
//! learn`), and their tables are part of the program.

mod features;
mod learning;

use std::ops::Range;

use rustc_hash::FxHashMap;
use strum::VariantArray;

use crate::message::Words;
use crate::vocabulary::{Flag, Setting, Urgency};
use features::Feature;

pub use learning::{Field, learn};

/// The one label of what is about a leg cramp.
const RELEVANT: &str = "relevant";

/// The labels beside the red flags: one for any that is of a level or above it.
const LEVELS: [Urgency; 2] = [Urgency::Emergency, Urgency::Urgent];

/// What was learned: a line for each feature, and `*` for none.
const SETTINGS: &str = include_str!("settings.tsv");
/// The same for what is about a leg cramp at all.
const RELEVANCE: &str = include_str!("relevance.tsv");
/// The same for red flags.
const FLAGS: &str = include_str!("flags.tsv");

/// What one step of a weight in a table is worth.
const STEP: f32 = 0.1;

/// Words and pairs that are known, from which a message tells that it is about a leg cramp.
const FEWEST_FOR_RELEVANCE: usize = 6;

/// Words and pairs that are known, from which a message tells a setting: less is mostly an answer.
const FEWEST_FOR_SETTING: usize = 8;

/// The same for red flags: in few words a phrase says more than they do.
const FEWEST_FOR_FLAGS: usize = 16;

/// All models.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    /// The row of each feature in each model, in their order.
    rows: FxHashMap<u64, RowOf>,
    relevance: Model,
    settings: Model,
    flags: Model,
}

/// The rows of a feature in the models; [`NO_ROW`] where one does not know it.
#[derive(Clone, Copy, Debug)]
struct RowOf {
    relevance: u32,
    settings: u32,
    flags: u32,
}

const NO_ROW: u32 = u32::MAX;

/// What is known of the features of a message, each once.
#[derive(Clone, Debug)]
pub struct Features {
    /// Of its words and pairs of words.
    whole: Vec<RowOf>,
    /// Of how its words begin and end.
    parts: Vec<RowOf>,
}

impl Learned {
    /// What was learned.
    #[must_use]
    pub fn shipped() -> Self {
        let mut learned = Self::default();
        let rows = &mut learned.rows;
        learned.relevance = Model::read(RELEVANCE, 1, rows, |rows| &mut rows.relevance);
        let labels = Setting::VARIANTS.len();
        learned.settings = Model::read(SETTINGS, labels, rows, |rows| &mut rows.settings);
        let labels = Flag::VARIANTS.len() + LEVELS.len();
        learned.flags = Model::read(FLAGS, labels, rows, |rows| &mut rows.flags);
        learned
    }

    /// Looks up the features of a message, or of a part of it.
    #[must_use]
    pub fn features(&self, words: &Words, tokens: Range<usize>) -> Features {
        Features {
            whole: self.known(features::whole(words, tokens.clone())),
            parts: self.known(features::parts(words, tokens)),
        }
    }

    /// The rows of the features that any model knows.
    fn known<'w>(&self, features: impl Iterator<Item = Feature<'w>>) -> Vec<RowOf> {
        let mut keys: Vec<u64> = features.map(Feature::key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.iter().filter_map(|key| self.rows.get(key).copied()).collect()
    }

    /// How much speaks for a leg cramp: above 0 it is likelier than not by these words alone, among
    /// messages of which most are about one. Nothing for a message of which too little is known.
    #[must_use]
    pub fn relevance(&self, features: &Features) -> Option<f32> {
        let scores =
            self.relevance.scores(features, FEWEST_FOR_RELEVANCE, |rows| rows.relevance)?;
        scores.first().copied()
    }

    /// The score of each setting, in their order; nothing for a message of which too little is known.
    #[must_use]
    pub fn settings(&self, features: &Features) -> Option<Vec<f32>> {
        self.settings.scores(features, FEWEST_FOR_SETTING, |rows| rows.settings)
    }

    /// How much speaks for each red flag. Nothing for a message of which too little is known.
    #[must_use]
    pub fn flags(&self, features: &Features) -> Option<FlagScores> {
        self.flags.scores(features, FEWEST_FOR_FLAGS, |rows| rows.flags).map(FlagScores)
    }

    /// The score of one red flag in a part of a message, however short.
    #[must_use]
    pub fn flag_in_part(&self, features: &Features, flag: Flag) -> f32 {
        let scores = self.flags.scores(features, 1, |rows| rows.flags);
        scores.map_or(f32::MIN, |scores| FlagScores(scores).of(flag))
    }
}

/// How much speaks for each red flag, and for one of a level whatever it is: above 0 it is likelier than
/// not by these words alone.
#[derive(Clone, Debug)]
pub struct FlagScores(Vec<f32>);

impl FlagScores {
    /// For one red flag.
    #[must_use]
    pub fn of(&self, flag: Flag) -> f32 {
        self.0.get(flag as usize).copied().unwrap_or(f32::MIN)
    }

    /// For any of a level or above it; known of what cannot wait.
    #[must_use]
    pub fn of_level(&self, level: Urgency) -> f32 {
        let at = LEVELS.iter().position(|known| *known == level);
        let score = at.and_then(|at| self.0.get(Flag::VARIANTS.len() + at));
        score.copied().unwrap_or(f32::MIN)
    }

    /// The one of a level that most speaks for.
    #[must_use]
    pub fn likeliest(&self, level: Urgency) -> Option<Flag> {
        let of_level = Flag::VARIANTS.iter().copied().filter(|flag| flag.floor() == level);
        of_level.max_by(|one, other| self.of(*one).total_cmp(&self.of(*other)))
    }
}

/// Weights of each feature for each label.
#[derive(Clone, Debug, Default)]
struct Model {
    labels: usize,
    /// Row by row, in steps.
    weights: Vec<i8>,
    none: Vec<f32>,
}

impl Model {
    /// Reads a table of so many labels, and files the row of each feature; a line that is none is
    /// left out.
    fn read(
        table: &str,
        labels: usize,
        rows: &mut FxHashMap<u64, RowOf>,
        own: impl Fn(&mut RowOf) -> &mut u32,
    ) -> Self {
        const NOWHERE: RowOf = RowOf { relevance: NO_ROW, settings: NO_ROW, flags: NO_ROW };
        let mut model = Self { labels, weights: Vec::new(), none: vec![0.0; labels] };
        for (name, weights) in table.lines().skip(1).filter_map(|line| row(line, labels)) {
            if name == "*" {
                model.none = weights.into_iter().map(|steps| f32::from(steps) * STEP).collect();
                continue;
            }
            let Ok(row) = u32::try_from(model.weights.len() / labels.max(1)) else { break };
            *own(rows.entry(Feature::named(name).key()).or_insert(NOWHERE)) = row;
            model.weights.extend(weights);
        }
        model
    }

    /// The score of each label, where at least so many words and pairs are known.
    fn scores(
        &self,
        features: &Features,
        fewest: usize,
        own: impl Fn(&RowOf) -> u32,
    ) -> Option<Vec<f32>> {
        let mut sum = vec![0_i32; self.labels];
        let mut add_up = |rows: &[RowOf]| {
            let known = rows.iter().map(&own).filter(|row| *row != NO_ROW);
            let add = |row: u32| {
                let start = row as usize * self.labels;
                let weights = self.weights.get(start..start + self.labels).unwrap_or_default();
                sum.iter_mut().zip(weights).for_each(|(sum, steps)| *sum += i32::from(*steps));
            };
            known.map(add).count()
        };
        let whole = add_up(&features.whole);
        let known = whole + add_up(&features.parts);
        let scale = STEP / (known as f32).sqrt();
        let scores = sum.into_iter().zip(&self.none).map(|(sum, none)| sum as f32 * scale + none);
        (whole >= fewest).then(|| scores.collect())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn likeliest(text: &str) -> Option<Setting> {
        let (words, learned) = (Words::of(text), Learned::shipped());
        let scores = learned.settings(&learned.features(&words, 0..words.tokens().len()))?;
        let all = scores.into_iter().zip(Setting::VARIANTS);
        all.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, setting)| *setting)
    }

    #[test]
    fn every_line_of_a_table_has_a_key_of_its_own() {
        let (settings, flags) = (Setting::VARIANTS.len(), Flag::VARIANTS.len() + LEVELS.len());
        for (table, labels) in [(RELEVANCE, 1), (SETTINGS, settings), (FLAGS, flags)] {
            let mut rows = FxHashMap::default();
            let model = Model::read(table, labels, &mut rows, |rows| &mut rows.flags);
            assert_eq!(rows.len(), table.lines().count() - 2, "one line names, one is none");
            assert_eq!(model.weights.len(), rows.len() * labels);
        }
    }

    #[test]
    fn the_columns_of_a_table_are_in_the_order_of_what_they_name() {
        let names = |table: &'static str| table.lines().next().unwrap().split('\t').skip(1);
        assert!(names(RELEVANCE).eq([RELEVANT]));
        assert!(names(SETTINGS).eq(Setting::VARIANTS.iter().map(<&str>::from)));
        let flags = Flag::VARIANTS.iter().map(<&str>::from);
        assert!(names(FLAGS).eq(flags.chain(LEVELS.iter().map(<&str>::from))));
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
