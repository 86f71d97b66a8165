//! How the model is trained: softmax regression by stochastic gradient descent.
//!
//! Features that always come together (most pairs of words come once) have the same weights all
//! along: they share a row, which counts as often as there are features in it. A row that few
//! classes have counts more: "quinine" says more than "what" or "my". An example that is
//! already told with near certainty rests for a pass, and a step changes only the classes it has
//! something to say about.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::features::{Feature, part_features};
use super::{Example, add, scale};
use crate::phrases::WordId;

/// Passes over the examples. More made the held-out score worse.
const EPOCHS: usize = 4;
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
    pub(super) rows: FxHashMap<Feature, u32>,
    /// The weights of each row, times its keenness, then the square of that.
    pub(super) weights: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

/// Trains a model whose rows hold a number for each of `width` classes, the last ones unused.
pub(super) fn train(classes: usize, width: usize, examples: &[Example<'_>]) -> Trained {
    let (rows, mut lessons) = lessons(examples);
    let keenness = keenness(classes, &lessons);
    for lesson in &mut lessons {
        let square = |(row, count): &(u32, f32)| count * keen(&keenness, *row).powi(2);
        lesson.scale = scale(lesson.rows.iter().map(square).sum());
    }
    let mut model = Model {
        classes,
        width,
        weights: vec![0.0; keenness.len() * width],
        keenness,
        bias: vec![0.0; width],
        scores: vec![0.0; width],
        off: Vec::with_capacity(width),
    };
    let balance = balance(classes, examples);
    let mut rests = vec![false; lessons.len()];
    for epoch in 0..EPOCHS {
        let rate = RATE / (1.0 + epoch as f32);
        for at in order(lessons.len(), epoch) {
            let (Some(lesson), Some(rests)) = (lessons.get(at), rests.get_mut(at)) else {
                continue;
            };
            if std::mem::take(rests) {
                continue;
            }
            let weight = balance.get(lesson.class).copied().unwrap_or(1.0);
            *rests = model.step(lesson, rate * weight) > CERTAIN;
        }
    }
    for (weights, keenness) in model.weights.chunks_mut(width).zip(&model.keenness) {
        weights.iter_mut().for_each(|weight| *weight *= keenness);
        if let Some(square) = weights.get_mut(classes) {
            *square = keenness * keenness;
        }
    }
    Trained { rows, weights: model.weights, bias: model.bias }
}

/// An example as rows of weights, each with how many features share it.
struct Lesson {
    rows: Vec<(u32, f32)>,
    class: usize,
    /// What a feature counts: less in a long message.
    scale: f32,
}

/// The row of each feature, and the examples made of them.
fn lessons(examples: &[Example<'_>]) -> (FxHashMap<Feature, u32>, Vec<Lesson>) {
    let mut features = Features::default();
    let words: usize = examples.iter().map(|example| example.reading.words.len()).sum();
    features.ids.reserve(words);
    let found: Vec<Vec<u32>> = examples.iter().map(|example| features.of(example)).collect();
    let mut uses = vec![FxHasher::default(); features.ids.len()];
    for (at, id) in
        found.iter().enumerate().flat_map(|(at, ids)| ids.iter().map(move |id| (at, id)))
    {
        if let Some(uses) = uses.get_mut(*id as usize) {
            at.hash(uses);
        }
    }
    let mut groups: FxHashMap<u64, u32> = FxHashMap::default();
    groups.reserve(uses.len() / 2);
    let group = |uses: FxHasher| {
        let next = u32::try_from(groups.len()).unwrap_or(u32::MAX);
        *groups.entry(uses.finish()).or_insert(next)
    };
    let group_of: Vec<u32> = uses.into_iter().map(group).collect();
    let of = |id: &u32| group_of.get(*id as usize).copied().unwrap_or_default();
    let lessons = found.iter().zip(examples).map(|(found, example)| {
        let mut groups: Vec<u32> = found.iter().map(of).collect();
        groups.sort_unstable();
        let rows = groups
            .chunk_by(|a, b| a == b)
            .filter_map(|same| Some((*same.first()?, same.len() as f32)));
        Lesson { rows: rows.collect(), class: example.class, scale: 0.0 }
    });
    let lessons = lessons.collect();
    features.ids.values_mut().for_each(|id| *id = of(id));
    (features.ids, lessons)
}

/// The number of each feature, in the order in which they were first met.
#[derive(Default)]
struct Features<'e> {
    ids: FxHashMap<Feature, u32>,
    /// What each known word was last seen as, and the numbers of its parts.
    parts: Vec<(&'e str, Vec<u32>)>,
}

impl<'e> Features<'e> {
    fn id(&mut self, feature: Feature) -> u32 {
        let next = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        *self.ids.entry(feature).or_insert(next)
    }

    /// The features of a message: those of each word, and of each with the one before it.
    fn of(&mut self, example: &Example<'e>) -> Vec<u32> {
        let mut found = Vec::with_capacity(example.words.tokens().len() * 5);
        let mut previous = None;
        for (token, id) in example.words.tokens().iter().zip(&example.reading.words) {
            self.add_parts(example.words.word(token), *id, &mut found);
            if let Some(before) = previous.replace(*id) {
                found.push(self.id(Feature::pair(before, *id)));
            }
        }
        found
    }

    /// Adds the parts of a word, which are looked up once as long as it is written the same.
    fn add_parts(&mut self, word: &'e str, id: WordId, found: &mut Vec<u32>) {
        let at = id.0 as usize;
        if at >= self.parts.len() {
            self.parts.resize(at + 1, ("", Vec::new()));
        }
        if self.parts.get(at).is_none_or(|(known, _)| *known != word) {
            let parts = part_features(word, id).map(|part| self.id(part)).collect();
            if let Some(known) = self.parts.get_mut(at) {
                *known = (word, parts);
            }
        }
        found.extend(self.parts.get(at).into_iter().flat_map(|(_, parts)| parts));
    }
}

/// How much each row counts: the fewer classes have it among their examples, the more.
fn keenness(classes: usize, lessons: &[Lesson]) -> Vec<f32> {
    let rows = lessons.iter().flat_map(|lesson| &lesson.rows).map(|(row, _)| *row as usize + 1);
    // A bit for each class that has the row.
    let blocks = classes.div_ceil(64).max(1);
    let mut having = vec![0_u64; rows.max().unwrap_or(0) * blocks];
    for lesson in lessons {
        for (row, _) in &lesson.rows {
            if let Some(bits) = having.get_mut(*row as usize * blocks + lesson.class / 64) {
                *bits |= 1 << (lesson.class % 64);
            }
        }
    }
    let count = |bits: &[u64]| bits.iter().map(|bits| bits.count_ones()).sum::<u32>();
    having.chunks(blocks).map(|bits| (classes as f32 / count(bits) as f32).ln_1p()).collect()
}

fn keen(keenness: &[f32], row: u32) -> f32 {
    keenness.get(row as usize).copied().unwrap_or_default()
}

struct Model {
    classes: usize,
    width: usize,
    weights: Vec<f32>,
    keenness: Vec<f32>,
    bias: Vec<f32>,
    scores: Vec<f32>,
    /// The classes of a step that are off, and how far.
    off: Vec<(usize, f32)>,
}

impl Model {
    /// One step towards the class of one example; gives the share that class had.
    fn step(&mut self, lesson: &Lesson, rate: f32) -> f32 {
        self.scores.copy_from_slice(&self.bias);
        for (row, count) in &lesson.rows {
            let start = *row as usize * self.width;
            let weights = self.weights.get(start..start + self.width).unwrap_or_default();
            add(&mut self.scores, weights, lesson.scale * count * keen(&self.keenness, *row));
        }
        shares(&mut self.scores, self.classes);
        let Some(own) = self.scores.get_mut(lesson.class) else { return 1.0 };
        let share = *own;
        *own -= 1.0;
        add(&mut self.bias, &self.scores, -rate * 0.1);
        self.off.clear();
        let off = self.scores.iter().copied().enumerate();
        self.off.extend(off.filter(|(_, off)| off.abs() > NEGLIGIBLE));
        for (row, _) in &lesson.rows {
            let start = *row as usize * self.width;
            let Some(weights) = self.weights.get_mut(start..start + self.width) else { continue };
            let by = -rate * lesson.scale * keen(&self.keenness, *row);
            if self.off.len() > FEW {
                add(weights, &self.scores, by);
                continue;
            }
            for (class, off) in &self.off {
                if let Some(weight) = weights.get_mut(*class) {
                    *weight += off * by;
                }
            }
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
        if let Some(count) = counts.get_mut(example.class) {
            *count += 1.0;
        }
    }
    let mean = examples.len() as f32 / classes.max(1) as f32;
    counts.iter().map(|count| (mean / count.max(1.0)).sqrt().clamp(0.5, 2.0)).collect()
}

/// A fixed order for each pass, that runs through the examples in strides.
fn order(count: usize, epoch: usize) -> impl Iterator<Item = usize> {
    let stride = [7_919, 6_841, 5_501, 4_409][epoch % 4];
    (0..count).map(
        move |at| if count.is_multiple_of(stride) { at } else { (at * stride + epoch) % count },
    )
}
