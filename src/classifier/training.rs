//! How the model is trained: softmax regression by stochastic gradient descent.
//!
//! Features that always come together (most pairs of words come once) have the same weights all
//! along: groups of them share a row, which counts as often as there are features in it. A row that few
//! classes have counts more: "quinine" says more than "what" or "my". An example that is
//! already told with near certainty rests for a pass, and a step changes only the classes it has
//! something to say about.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::table::NONE;
use super::{BLOCK, add, scale};

/// Passes over the examples. More made the held-out score worse.
const EPOCHS: usize = 4;
/// The pass from which on the weights are averaged: what the last steps did weighs no more than the
/// others, so that one more example moves little.
const SETTLED: usize = 2;
/// First step size; it falls with each pass. Smaller ones learnt less, whatever the passes.
const RATE: f32 = 4.0;
/// The share from which an example is told well enough to rest for a pass.
const CERTAIN: f32 = 0.9;
/// A class whose share is off by less is left as it is.
const NEGLIGIBLE: f32 = 0.01;
/// Steps that change at most so many classes change them one by one.
const FEW: usize = 20;

/// What training gives.
pub(super) struct Trained {
    /// The row of each group; [`NONE`] for one that no example holds.
    pub(super) row_of: Vec<u32>,
    /// The weights of each row, block by block, times its keenness.
    pub(super) weights: Vec<[f32; BLOCK]>,
    /// How much each row counts.
    pub(super) keenness: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

/// An example: its groups of features, each with how often it holds all of it, its class, and a
/// number that its words alone decide.
pub(super) type Example<'e> = (&'e [(u32, u32)], usize, u64);

/// Trains a model whose rows hold a number for each of `width` classes, the last ones unused.
pub(super) fn train(
    classes: usize,
    width: usize,
    sizes: &[u32],
    examples: &[Example<'_>],
) -> Trained {
    let (row_of, mut lessons) = Lessons::of(sizes, examples);
    let keenness = keenness(classes, &lessons);
    lessons.weigh(&keenness, width / BLOCK);
    let mut model = Model {
        classes,
        width,
        weights: vec![[0.0; BLOCK]; keenness.len() * width / BLOCK],
        bias: vec![0.0; width],
        scores: vec![0.0; width],
        off: Vec::with_capacity(width),
        averaged: 0.0,
        lag: Vec::new(),
    };
    let balance = balance(classes, examples);
    let mut rests = vec![false; lessons.all.len()];
    for epoch in 0..EPOCHS {
        let rate = RATE / (1.0 + epoch as f32);
        if epoch == SETTLED {
            model.begin_to_average();
        }
        for at in lessons.order(epoch) {
            let (Some(lesson), Some(rests)) = (lessons.all.get(at), rests.get_mut(at)) else {
                continue;
            };
            if std::mem::take(rests) {
                continue;
            }
            let weight = balance.get(lesson.class).copied().unwrap_or(1.0);
            *rests = model.step(lesson, lessons.rows(lesson), rate * weight) > CERTAIN;
        }
    }
    model.average();
    let rows = model.weights.as_flattened_mut().chunks_mut(width.max(1));
    for (weights, keenness) in rows.zip(&keenness) {
        for weight in weights {
            *weight *= keenness;
        }
    }
    let Model { weights, bias, .. } = model;
    Trained { row_of, weights, keenness, bias }
}

/// An example as rows of weights.
struct Lesson {
    /// Where its rows begin and end among all.
    rows: [usize; 2],
    class: usize,
    key: u64,
    /// What a feature counts: less in a long message.
    scale: f32,
}

/// A row of weights that an example has.
#[derive(Clone, Copy)]
struct Use {
    /// The row; once it is weighed, its first block among all blocks.
    row: u32,
    /// How many features share it; once it is weighed, how much it counts in the example.
    count: f32,
    keen: f32,
}

/// All examples as rows of weights.
struct Lessons {
    all: Vec<Lesson>,
    /// The rows, example by example.
    rows: Vec<Use>,
}

impl Lessons {
    /// The row of each group, and the examples made of them. Each group has so many features.
    fn of(sizes: &[u32], examples: &[Example<'_>]) -> (Vec<u32>, Self) {
        let row_of = rows(sizes.len(), examples);
        let of = |(group, times): &(u32, u32)| {
            let [row, size] = [&row_of, sizes].map(|all| all.get(*group as usize).copied());
            (row.unwrap_or_default(), size.unwrap_or_default() * times)
        };
        let count = examples.iter().map(|(found, ..)| found.len()).sum();
        let mut rows = Vec::with_capacity(count);
        let mut own: Vec<(u32, u32)> = Vec::new();
        let lesson = |(found, class, key): &Example<'_>| {
            own.clear();
            own.extend(found.iter().map(of));
            own.sort_unstable_by_key(|(row, _)| *row);
            let start = rows.len();
            let each = own.chunk_by(|a, b| a.0 == b.0);
            rows.extend(each.filter_map(|same| {
                let count: u32 = same.iter().map(|(_, count)| count).sum();
                Some(Use { row: same.first()?.0, count: count as f32, keen: 0.0 })
            }));
            Lesson { rows: [start, rows.len()], class: *class, key: *key, scale: 0.0 }
        };
        let all = examples.iter().map(lesson).collect();
        (row_of, Self { all, rows })
    }

    /// The rows of an example.
    fn rows(&self, lesson: &Lesson) -> &[Use] {
        let [start, end] = lesson.rows;
        self.rows.get(start..end).unwrap_or_default()
    }

    /// The order of a pass: it hangs on the words of each example, not on how many there are, so that
    /// one more example leaves the others where they were.
    fn order(&self, epoch: usize) -> Vec<usize> {
        let place = |at: &usize| {
            let mut hasher = FxHasher::default();
            hasher.write_u64(self.all.get(*at).map_or(0, |lesson| lesson.key));
            hasher.write_usize(epoch);
            hasher.finish()
        };
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_cached_key(place);
        order
    }

    /// Notes what a feature and each row counts in each example. A row has so many blocks.
    fn weigh(&mut self, keenness: &[f32], blocks: usize) {
        for own in &mut self.rows {
            own.keen = keenness.get(own.row as usize).copied().unwrap_or_default();
        }
        for lesson in &mut self.all {
            let [start, end] = lesson.rows;
            let rows = self.rows.get_mut(start..end).unwrap_or_default();
            lesson.scale = scale(rows.iter().map(|own| own.count * own.keen.powi(2)).sum());
            for own in rows {
                own.row *= blocks as u32;
                own.count *= lesson.scale;
                own.count *= own.keen;
            }
        }
    }
}

/// The row of each group: those that always come together share one.
fn rows(groups: usize, examples: &[Example<'_>]) -> Vec<u32> {
    let mut uses: Vec<Option<FxHasher>> = vec![None; groups];
    for (at, (found, ..)) in examples.iter().enumerate() {
        for (group, times) in *found {
            if let Some(uses) = uses.get_mut(*group as usize) {
                let uses = uses.get_or_insert_default();
                (0..*times).for_each(|_| uses.write_usize(at + 1));
            }
        }
    }
    let mut rows: FxHashMap<u64, u32> = FxHashMap::default();
    rows.reserve(groups);
    let mut row = |uses: FxHasher| {
        let next = u32::try_from(rows.len()).unwrap_or(NONE);
        *rows.entry(uses.finish()).or_insert(next)
    };
    uses.into_iter().map(|uses| uses.map_or(NONE, &mut row)).collect()
}

/// How much each row counts: the fewer classes have it among their examples, the more.
fn keenness(classes: usize, lessons: &Lessons) -> Vec<f32> {
    let rows = lessons.rows.iter().map(|own| own.row as usize + 1);
    // A bit for each class that has the row.
    let blocks = classes.div_ceil(64).max(1);
    let mut having = vec![0_u64; rows.max().unwrap_or(0) * blocks];
    for lesson in &lessons.all {
        for own in lessons.rows(lesson) {
            if let Some(bits) = having.get_mut(own.row as usize * blocks + lesson.class / 64) {
                *bits |= 1 << (lesson.class % 64);
            }
        }
    }
    let count = |bits: &[u64]| bits.iter().map(|bits| bits.count_ones()).sum::<u32>();
    having.chunks(blocks).map(|bits| (classes as f32 / count(bits) as f32).ln_1p()).collect()
}

struct Model {
    classes: usize,
    width: usize,
    /// Row by row, a weight for each class.
    weights: Vec<[f32; BLOCK]>,
    bias: Vec<f32>,
    scores: Vec<f32>,
    /// The classes of a step that are off, and how far.
    off: Vec<(usize, f32)>,
    /// How many steps were averaged.
    averaged: f32,
    /// What each weight was changed by, times the steps averaged before.
    lag: Vec<f32>,
}

impl Model {
    fn begin_to_average(&mut self) {
        self.lag = vec![0.0; self.weights.len() * BLOCK];
    }

    /// Puts the mean of each weight over the steps since in its place: a change counts for the steps
    /// after it.
    fn average(&mut self) {
        let steps = self.averaged.max(1.0);
        for (weight, lag) in self.weights.as_flattened_mut().iter_mut().zip(&self.lag) {
            *weight -= lag / steps;
        }
    }

    /// Adds up the scores of one example, block by block.
    fn score(&mut self, rows: &[Use]) {
        self.scores.copy_from_slice(&self.bias);
        let (scores, _) = self.scores.as_chunks_mut::<BLOCK>();
        for (scores, block) in scores.iter_mut().zip(0..) {
            let mut sum = *scores;
            for Use { row, count, .. } in rows {
                let own = self.weights.get(*row as usize + block).unwrap_or(&[0.0; BLOCK]);
                sum.iter_mut().zip(own).for_each(|(sum, own)| *sum += own * count);
            }
            *scores = sum;
        }
    }

    /// One step towards the class of one example, which has these rows; gives the share that class
    /// had.
    fn step(&mut self, lesson: &Lesson, rows: &[Use], rate: f32) -> f32 {
        self.score(rows);
        shares(&mut self.scores, self.classes);
        let Some(own) = self.scores.get_mut(lesson.class) else { return 1.0 };
        let share = *own;
        *own -= 1.0;
        add(&mut self.bias, &self.scores, -rate * 0.1);
        self.off.clear();
        let off = self.scores.iter().copied().enumerate();
        self.off.extend(off.filter(|(_, off)| off.abs() > NEGLIGIBLE));
        for own in rows {
            let start = own.row as usize * BLOCK;
            let weights = self.weights.as_flattened_mut().get_mut(start..start + self.width);
            let Some(weights) = weights else { continue };
            let by = -rate * lesson.scale * own.keen;
            let lag = self.lag.get_mut(start..start + self.width).unwrap_or_default();
            if self.off.len() > FEW {
                add(weights, &self.scores, by);
                add(lag, &self.scores, by * self.averaged);
                continue;
            }
            for (class, off) in &self.off {
                if let Some(weight) = weights.get_mut(*class) {
                    *weight += off * by;
                }
            }
            if lag.is_empty() {
                continue;
            }
            for (class, off) in &self.off {
                if let Some(lag) = lag.get_mut(*class) {
                    *lag += off * by * self.averaged;
                }
            }
        }
        if !self.lag.is_empty() {
            self.averaged += 1.0;
        }
        share
    }
}

/// Turns scores into shares that add up to 1, over the first `classes`; near enough to learn by.
fn shares(scores: &mut [f32], classes: usize) {
    let (real, padding) = scores.split_at_mut(classes.min(scores.len()));
    let top = real.iter().copied().fold(f32::MIN, f32::max);
    // (1 + x / 1024) ^ 1024 is e ^ x within 1 % for all that matters here, without a call.
    let mut sum = 0.0;
    for score in real.iter_mut() {
        let mut power = (1.0 + (*score - top) / 1_024.0).max(0.0);
        for _ in 0..10 {
            power *= power;
        }
        *score = power;
    }
    for score in real.iter() {
        sum += *score;
    }
    let share = 1.0 / sum;
    for score in real {
        *score *= share;
    }
    padding.fill(0.0);
}

/// Examples of small classes count more, so that a class with many does not swallow them.
fn balance(classes: usize, examples: &[Example<'_>]) -> Vec<f32> {
    let mut counts = vec![0.0_f32; classes];
    for example in examples {
        if let Some(count) = counts.get_mut(example.1) {
            *count += 1.0;
        }
    }
    let mean = examples.len() as f32 / classes.max(1) as f32;
    counts.iter().map(|count| (mean / count.max(1.0)).sqrt().clamp(0.5, 2.0)).collect()
}
