//! What the labelled messages teach beside the response files: which words go with a leg cramp, which
//! with which time of it, and which with which red flag. Linear models over words, pairs of words, and
//! how words begin and end: one weighs all of a message, the other its clauses, of which the one
//! counts that speaks most. What is said in one clause of a long letter is lost in the whole of it, and
//! what is told in many is in none of them.
//! They are not trained when the response files are loaded: they were learned before (`charley
//! learn`), and their tables are part of the program.

mod features;
mod known;
mod learning;
mod table;

use std::ops::Range;

use strum::VariantArray;

use crate::message::Words;
use crate::vocabulary::{Flag, Setting, Urgency};
use features::{Feature, MOST_PARTS, pair_key};
use known::{Known, Names, Once};
use table::Table;

pub use learning::{Field, learn};

/// The one label of what is about a leg cramp.
const RELEVANT: &str = "relevant";

/// The labels beside the red flags: one for any that is of a level or above it.
const LEVELS: [Urgency; 2] = [Urgency::Emergency, Urgency::Urgent];

/// How many settings there are to tell apart.
const SETTINGS: usize = Setting::VARIANTS.len();

/// How many labels say what red flags a message has.
const FLAGS: usize = Flag::VARIANTS.len() + LEVELS.len();

/// What was learned: a line for each feature, and `*` for none. See [`Table`].
const SETTING_TABLE: &str = include_str!("settings.tsv");
/// The same for what is about a leg cramp at all.
const RELEVANCE_TABLE: &str = include_str!("relevance.tsv");
/// The same for red flags.
const FLAG_TABLE: &str = include_str!("flags.tsv");

/// Words and pairs that are known, from which a message tells that it is about a leg cramp.
const FEWEST_FOR_RELEVANCE: usize = 6;

/// Words and pairs that are known, from which a message tells a setting: less is mostly an answer.
const FEWEST_FOR_SETTING: usize = 8;

/// The same for red flags: in few words a phrase says more than they do.
const FEWEST_FOR_FLAGS: usize = 16;

/// All models.
#[derive(Clone, Debug)]
pub struct Learned {
    /// The features that any model knows.
    known: Known,
    relevance: Model<1>,
    settings: Model<SETTINGS>,
    flags: Model<FLAGS>,
}

/// The numbers of the known features of a message, each once, in no order.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// Of its words and pairs of words.
    whole: Vec<u32>,
    /// Of how its words begin and end.
    parts: Vec<u32>,
    /// Both, clause by clause, once in each.
    of_clauses: Vec<u32>,
    /// The tokens of each clause that has any, and which of these are its own.
    clauses: Vec<(Range<usize>, Range<usize>)>,
}

impl Features {
    /// Room for those of so many words, so that it need not grow.
    fn with_room(words: usize) -> Self {
        Self {
            whole: Vec::with_capacity(words * 2),
            parts: Vec::with_capacity(words * MOST_PARTS),
            of_clauses: Vec::with_capacity(words * (MOST_PARTS + 2)),
            clauses: Vec::new(),
        }
    }

    /// The tokens of each clause that has any, with its own.
    fn by_clause(&self) -> impl Iterator<Item = (&Range<usize>, &[u32])> {
        let own = |own: &Range<usize>| self.of_clauses.get(own.clone()).unwrap_or_default();
        self.clauses.iter().map(move |(tokens, place)| (tokens, own(place)))
    }
}

impl Learned {
    /// What was learned.
    #[must_use]
    pub fn shipped() -> Self {
        let mut names = Names::default();
        let relevance = Model::read(RELEVANCE_TABLE, &mut names);
        let settings = Model::read(SETTING_TABLE, &mut names);
        let flags = Model::read(FLAG_TABLE, &mut names);
        Self { known: names.known(), relevance, settings, flags }
    }

    /// Looks up the features of a message.
    #[must_use]
    pub fn features(&self, words: &Words) -> Features {
        let mut all = Features::with_room(words.tokens().len());
        let mut before = None;
        let mut once = Once::of(self.known.len());
        for tokens in features::clauses(words) {
            let start = all.of_clauses.len();
            let mut note = |number: u32, of_message: &mut Vec<u32>| {
                if once.is_new_in_clause(number) {
                    all.of_clauses.push(number);
                    of_message.extend(once.is_new_in_message(number).then_some(number));
                }
            };
            let mut between = None;
            for at in tokens.clone() {
                let word = words.at(at);
                let key = Feature::Word(word).key();
                match self.known.number(key) {
                    Some(known) => {
                        note(known, &mut all.whole);
                        self.known.parts(known).for_each(|number| note(number, &mut all.parts));
                    }
                    None => features::parts_of(word)
                        .filter_map(|part| self.known.number(part.key()))
                        .for_each(|number| note(number, &mut all.parts)),
                }
                let pair = before.replace(key);
                let pair = pair.and_then(|before| self.known.number(pair_key([before, key])));
                match pair {
                    Some(pair) if at > tokens.start => note(pair, &mut all.whole),
                    Some(_) | None => between = between.or(pair),
                }
            }
            all.whole.extend(between.filter(|pair| once.is_new_in_message(*pair)));
            let own = start..all.of_clauses.len();
            once.begin_clause(all.of_clauses.get(own.clone()).unwrap_or_default());
            if !own.is_empty() {
                all.clauses.push((tokens, own));
            }
        }
        all
    }

    /// How much speaks for a leg cramp: above 0 it is likelier than not by these words alone, among
    /// messages of which most are about one. Nothing for a message of which too little is known.
    #[must_use]
    pub fn relevance(&self, features: &Features) -> Option<f32> {
        self.relevance.scores(features, FEWEST_FOR_RELEVANCE).map(|[score]| score)
    }

    /// The score of each setting, in their order; nothing for a message of which too little is known.
    #[must_use]
    pub fn settings(&self, features: &Features) -> Option<[f32; SETTINGS]> {
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
        let clauses = features.by_clause();
        let scored = clauses.filter_map(|(tokens, known)| Some((score(known)?, tokens)));
        let best = scored.max_by(|one, other| one.0.total_cmp(&other.0));
        best.map(|(_, tokens)| tokens.clone())
    }
}

/// How much speaks for each red flag, and for one of a level whatever it is: above 0 it is likelier than
/// not by these words alone.
#[derive(Clone, Debug)]
pub struct FlagScores([f32; FLAGS]);

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
#[derive(Clone, Debug)]
struct Model<const LABELS: usize> {
    /// Of each number of a feature its row, or [`NO_ROW`].
    rows: Vec<u32>,
    /// In steps.
    weights: Vec<Weights<LABELS>>,
    /// The score of a message of which nothing is known.
    none: [f32; LABELS],
}

/// The weights of a feature of a message, and those of one of a clause.
#[derive(Clone, Debug)]
struct Weights<const LABELS: usize> {
    message: [i8; LABELS],
    clause: [i8; LABELS],
}

/// Where a model does not know a feature.
const NO_ROW: u32 = u32::MAX;

impl<const LABELS: usize> Model<LABELS> {
    /// Reads a table, and numbers its features.
    fn read<'t>(table: &'t str, names: &mut Names<'t>) -> Self {
        let table = Table::of(table);
        let (mut rows, mut weights) = (Vec::new(), Vec::with_capacity(table.rows.len()));
        for (row, (name, message, clause)) in (0..).zip(table.rows) {
            let number = names.number(name) as usize;
            if rows.len() <= number {
                rows.resize(number + 1, NO_ROW);
            }
            if let Some(own) = rows.get_mut(number) {
                *own = row;
            }
            weights.push(Weights { message, clause });
        }
        Self { rows, weights, none: table.none }
    }

    /// The score of each label, where at least so many words and pairs are known: the mean of what the
    /// message says and what the clause says that speaks most for it.
    fn scores(&self, features: &Features, fewest: usize) -> Option<[f32; LABELS]> {
        let mut message = Sum::new();
        self.known(&features.whole).for_each(|weights| message.add(&weights.message));
        if message.known < fewest {
            return None;
        }
        self.known(&features.parts).for_each(|weights| message.add(&weights.message));
        let clauses = features.by_clause().filter_map(|(_, known)| self.of_clause(known));
        let best = clauses.reduce(|mut best, own| {
            best.iter_mut().zip(own).for_each(|(best, own)| *best = best.max(own));
            best
        });
        let mut scores = self.none;
        let both = message.scaled().into_iter().zip(best.unwrap_or([0.0; LABELS]));
        scores.iter_mut().zip(both).for_each(|(score, (message, clause))| {
            *score += f32::midpoint(message, clause);
        });
        Some(scores)
    }

    /// The score of each label in a clause; nothing if no feature of it is known.
    fn of_clause(&self, features: &[u32]) -> Option<[f32; LABELS]> {
        let mut clause = Sum::new();
        self.known(features).for_each(|weights| clause.add(&weights.clause));
        (clause.known > 0).then(|| clause.scaled())
    }

    /// The weights of those features that it knows.
    fn known(&self, features: &[u32]) -> impl Iterator<Item = &Weights<LABELS>> {
        let rows = features.iter().filter_map(|number| self.rows.get(*number as usize));
        rows.filter_map(|row| self.weights.get(*row as usize))
    }
}

/// So many weights fit into the small numbers that they are added up in.
const FEW: usize = i16::MAX as usize / (i8::MAX as usize + 1);

/// Weights that are added up.
struct Sum<const LABELS: usize> {
    steps: [i32; LABELS],
    /// The last ones, not many: more of these are added at once.
    few: [i16; LABELS],
    /// Of how many features.
    known: usize,
}

impl<const LABELS: usize> Sum<LABELS> {
    const fn new() -> Self {
        Self { steps: [0; LABELS], few: [0; LABELS], known: 0 }
    }

    fn add(&mut self, weights: &[i8; LABELS]) {
        if self.known.is_multiple_of(FEW) {
            self.keep();
        }
        self.few.iter_mut().zip(weights).for_each(|(sum, steps)| *sum += i16::from(*steps));
        self.known += 1;
    }

    fn keep(&mut self) {
        let few = std::mem::replace(&mut self.few, [0; LABELS]);
        self.steps.iter_mut().zip(few).for_each(|(sum, steps)| *sum += i32::from(steps));
    }

    /// As scores: the more features there are, the less does each count.
    fn scaled(mut self) -> [f32; LABELS] {
        self.keep();
        let scale = table::STEP / (self.known.max(1) as f32).sqrt();
        self.steps.map(|sum| sum as f32 * scale)
    }
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
        fn check<const LABELS: usize>(table: &str) {
            let mut names = Names::default();
            let model = Model::<LABELS>::read(table, &mut names);
            let count = names.known().len();
            assert_eq!(count, table.lines().count() - 2, "one line names, one is none");
            assert_eq!(model.weights.len(), count);
        }
        check::<1>(RELEVANCE_TABLE);
        check::<SETTINGS>(SETTING_TABLE);
        check::<FLAGS>(FLAG_TABLE);
    }

    #[test]
    fn the_features_of_a_message_are_those_that_are_known_each_once() {
        let learned = Learned::shipped();
        let words = Words::of("my calf, my calf and xqcramps, so my calf and the calf went hard");
        let features = learned.features(&words);
        let number = |own: Feature<'_>| learned.known.number(own.key());
        let sorted = |numbers: &mut dyn Iterator<Item = u32>| -> Vec<u32> {
            let mut all: Vec<u32> = numbers.collect();
            all.sort_unstable();
            all
        };
        let expected = |own: &mut dyn Iterator<Item = Feature<'_>>| {
            let mut all = sorted(&mut own.filter_map(number));
            all.dedup();
            all
        };
        let all = 0..words.tokens().len();
        let whole = expected(&mut features::whole(&words, all.clone()));
        assert_eq!(sorted(&mut features.whole.iter().copied()), whole);
        let parts = expected(&mut features::parts(&words, all));
        assert_eq!(sorted(&mut features.parts.iter().copied()), parts);
        assert_eq!(features.clauses.len(), 3);
        for (tokens, own) in features.by_clause() {
            let (whole, parts) =
                (features::whole(&words, tokens.clone()), features::parts(&words, tokens.clone()));
            assert_eq!(sorted(&mut own.iter().copied()), expected(&mut whole.chain(parts)));
        }
    }

    #[test]
    fn the_columns_of_a_table_are_in_the_order_of_what_they_name() {
        let names = |table: &'static str| table.lines().next().unwrap().split('\t').skip(1);
        assert!(names(RELEVANCE_TABLE).eq([RELEVANT]));
        assert!(names(SETTING_TABLE).eq(Setting::VARIANTS.iter().map(<&str>::from)));
        let flags = Flag::VARIANTS.iter().map(<&str>::from);
        assert!(names(FLAG_TABLE).eq(flags.chain(LEVELS.iter().map(<&str>::from))));
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
