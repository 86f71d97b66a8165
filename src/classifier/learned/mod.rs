//! What the labelled messages teach beside the response files: which words go with a leg cramp, which
//! with which time of it, and which with which red flag. Linear models over words, pairs of words, and
//! how words begin and end: one weighs all of a message, the other its clauses, of which the one
//! counts that speaks most. What is said in one clause of a long letter is lost in the whole of it, and
//! what is told in many is in none of them.
//! They are not trained when the response files are loaded: they were learned before (`charley
//! learn`), and their tables are part of the program.

mod features;
mod learning;
mod table;

use std::ops::Range;

use rustc_hash::FxHashMap;
use strum::VariantArray;

use crate::message::Words;
use crate::vocabulary::{Flag, Setting, Urgency};
use features::Feature;
use table::Table;

pub use learning::{Field, learn};

/// The one label of what is about a leg cramp.
const RELEVANT: &str = "relevant";

/// The labels beside the red flags: one for any that is of a level or above it.
const LEVELS: [Urgency; 2] = [Urgency::Emergency, Urgency::Urgent];

/// What was learned: a line for each feature, and `*` for none. See [`Table`].
const SETTINGS: &str = include_str!("settings.tsv");
/// The same for what is about a leg cramp at all.
const RELEVANCE: &str = include_str!("relevance.tsv");
/// The same for red flags.
const FLAGS: &str = include_str!("flags.tsv");

/// Words and pairs that are known, from which a message tells that it is about a leg cramp.
const FEWEST_FOR_RELEVANCE: usize = 6;

/// Words and pairs that are known, from which a message tells a setting: less is mostly an answer.
const FEWEST_FOR_SETTING: usize = 8;

/// The same for red flags: in few words a phrase says more than they do.
const FEWEST_FOR_FLAGS: usize = 16;

/// All models.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    /// The number of each feature that any model knows.
    numbers: FxHashMap<u64, u32>,
    relevance: Model,
    settings: Model,
    flags: Model,
}

/// The numbers of the known features of a message, each once.
#[derive(Clone, Debug)]
pub struct Features {
    /// Of its words and pairs of words.
    whole: Vec<u32>,
    /// Of how its words begin and end.
    parts: Vec<u32>,
    /// Both, of each clause that has any, with its tokens.
    clauses: Vec<(Range<usize>, Vec<u32>)>,
}

impl Learned {
    /// What was learned.
    #[must_use]
    pub fn shipped() -> Self {
        let mut learned = Self::default();
        let numbers = &mut learned.numbers;
        learned.relevance = Model::read(RELEVANCE, 1, numbers);
        learned.settings = Model::read(SETTINGS, Setting::VARIANTS.len(), numbers);
        learned.flags = Model::read(FLAGS, Flag::VARIANTS.len() + LEVELS.len(), numbers);
        learned
    }

    /// Looks up the features of a message.
    #[must_use]
    pub fn features(&self, words: &Words) -> Features {
        let number = |feature: Feature<'_>| self.numbers.get(&feature.key()).copied();
        let mut all = Features { whole: Vec::new(), parts: Vec::new(), clauses: Vec::new() };
        for tokens in features::clauses(words) {
            let (whole, parts) = (all.whole.len(), all.parts.len());
            all.whole.extend(features::whole(words, tokens.clone()).filter_map(number));
            all.parts.extend(features::parts(words, tokens.clone()).filter_map(number));
            let known = |all: &[u32], from| all.get(from..).unwrap_or_default().to_vec();
            let mut own = [known(&all.whole, whole), known(&all.parts, parts)].concat();
            all.whole.extend(features::across(words, tokens.start).and_then(number));
            each_once(&mut own);
            if !own.is_empty() {
                all.clauses.push((tokens, own));
            }
        }
        each_once(&mut all.whole);
        each_once(&mut all.parts);
        all
    }

    /// How much speaks for a leg cramp: above 0 it is likelier than not by these words alone, among
    /// messages of which most are about one. Nothing for a message of which too little is known.
    #[must_use]
    pub fn relevance(&self, features: &Features) -> Option<f32> {
        self.relevance.scores(features, FEWEST_FOR_RELEVANCE)?.first().copied()
    }

    /// The score of each setting, in their order; nothing for a message of which too little is known.
    #[must_use]
    pub fn settings(&self, features: &Features) -> Option<Vec<f32>> {
        self.settings.scores(features, FEWEST_FOR_SETTING)
    }

    /// How much speaks for each red flag. Nothing for a message of which too little is known.
    #[must_use]
    pub fn flags(&self, features: &Features) -> Option<FlagScores> {
        self.flags.scores(features, FEWEST_FOR_FLAGS).map(FlagScores)
    }

    /// The clause that speaks most for a red flag.
    #[must_use]
    pub fn clause(&self, features: &Features, flag: Flag) -> Option<Range<usize>> {
        let score = |known: &[u32]| {
            self.flags.of_clause(known).and_then(|scores| scores.get(flag as usize).copied())
        };
        let clauses = features.clauses.iter();
        let scored = clauses.filter_map(|(tokens, known)| Some((score(known)?, tokens)));
        let best = scored.max_by(|one, other| one.0.total_cmp(&other.0));
        best.map(|(_, tokens)| tokens.clone())
    }
}

/// Puts numbers in order, and drops all but one of the same.
fn each_once(numbers: &mut Vec<u32>) {
    numbers.sort_unstable();
    numbers.dedup();
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

/// What a table says, as the weights of each feature for each label.
#[derive(Clone, Debug, Default)]
struct Model {
    labels: usize,
    /// Of each number of a feature its row, or [`NO_ROW`].
    rows: Vec<u32>,
    /// Row by row, in steps: first those for a message, then those for a clause.
    weights: Vec<i8>,
    /// The score of a message of which nothing is known.
    none: Vec<f32>,
}

/// Where a model does not know a feature.
const NO_ROW: u32 = u32::MAX;

impl Model {
    /// Reads a table of so many labels, and numbers its features.
    fn read(table: &str, labels: usize, numbers: &mut FxHashMap<u64, u32>) -> Self {
        let table = Table::of(table, labels);
        let mut model = Self { labels, none: table.none, ..Self::default() };
        for (row, (name, weights)) in (0..).zip(table.rows) {
            let next = numbers.len() as u32;
            let number = *numbers.entry(Feature::named(name).key()).or_insert(next) as usize;
            if model.rows.len() <= number {
                model.rows.resize(number + 1, NO_ROW);
            }
            if let Some(own) = model.rows.get_mut(number) {
                *own = row;
            }
            model.weights.extend(weights);
        }
        model
    }

    /// The score of each label, where at least so many words and pairs are known: the mean of what the
    /// message says and what the clause says that speaks most for it.
    fn scores(&self, features: &Features, fewest: usize) -> Option<Vec<f32>> {
        let mut sum = vec![0; self.labels];
        let whole = self.add_up(&features.whole, Side::Message, &mut sum);
        if whole < fewest {
            return None;
        }
        let known = whole + self.add_up(&features.parts, Side::Message, &mut sum);
        let message = scaled(sum, known);
        let clauses = features.clauses.iter().filter_map(|(_, known)| self.of_clause(known));
        let best = clauses.reduce(|mut best, own| {
            best.iter_mut().zip(own).for_each(|(best, own)| *best = best.max(own));
            best
        });
        let best = best.unwrap_or_else(|| vec![0.0; self.labels]);
        let both = message.zip(best).zip(&self.none);
        Some(both.map(|((message, clause), none)| f32::midpoint(message, clause) + none).collect())
    }

    /// The score of each label in a clause; nothing if no feature of it is known.
    fn of_clause(&self, features: &[u32]) -> Option<Vec<f32>> {
        let mut sum = vec![0; self.labels];
        let known = self.add_up(features, Side::Clause, &mut sum);
        (known > 0).then(|| scaled(sum, known).collect())
    }

    /// Adds up the weights of those features that it knows, and counts them.
    fn add_up(&self, features: &[u32], side: Side, sum: &mut [i32]) -> usize {
        let rows = features.iter().filter_map(|number| self.rows.get(*number as usize));
        let known = rows.filter(|row| **row != NO_ROW);
        let add = |row: &u32| {
            let start = (*row as usize * 2 + side as usize) * self.labels;
            let weights = self.weights.get(start..start + self.labels).unwrap_or_default();
            sum.iter_mut().zip(weights).for_each(|(sum, steps)| *sum += i32::from(*steps));
        };
        known.map(add).count()
    }
}

/// The weights for a message, or those for a clause.
#[derive(Clone, Copy)]
enum Side {
    Message,
    Clause,
}

/// Sums of weights as scores: the more features there are, the less does each count.
fn scaled(sum: Vec<i32>, known: usize) -> impl Iterator<Item = f32> {
    let scale = table::STEP / (known.max(1) as f32).sqrt();
    sum.into_iter().map(move |sum| sum as f32 * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeliest(text: &str) -> Option<Setting> {
        let (words, learned) = (Words::of(text), Learned::shipped());
        let scores = learned.settings(&learned.features(&words))?;
        let all = scores.into_iter().zip(Setting::VARIANTS);
        all.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, setting)| *setting)
    }

    #[test]
    fn every_line_of_a_table_has_a_key_of_its_own() {
        let (settings, flags) = (Setting::VARIANTS.len(), Flag::VARIANTS.len() + LEVELS.len());
        for (table, labels) in [(RELEVANCE, 1), (SETTINGS, settings), (FLAGS, flags)] {
            let mut numbers = FxHashMap::default();
            let model = Model::read(table, labels, &mut numbers);
            assert_eq!(numbers.len(), table.lines().count() - 2, "one line names, one is none");
            assert_eq!(model.weights.len(), numbers.len() * labels * 2);
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
    fn one_clause_of_a_long_message_is_heard() {
        let learned = Learned::shipped();
        let text = "we went to my sister's and had a long lunch in the garden, then the train home, \
                    my calf cramped on the stairs, and my pee is brown, otherwise a nice day out";
        let words = Words::of(text);
        let features = learned.features(&words);
        let clause = learned.clause(&features, Flag::DarkUrine).unwrap();
        assert_eq!(&words.text()[words.prepared(clause)], "and my pee is brown");
        assert!(learned.flags(&features).unwrap().of(Flag::DarkUrine) > 0.0);
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
