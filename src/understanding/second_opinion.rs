//! A second opinion on danger signs. A phrase finds a sign wherever its words stand; a model that
//! knows whole examples says whether the wording as such sounds like it. What only a phrase says is
//! not dropped: it is asked about. Never doubted are signs of an emergency, and what is true of a
//! person whatever the words around it: age, pregnancy, medicines, conditions.

use super::{About, Claim, Reader};
use crate::classifier::softmax;
use crate::vocabulary::{Flag, FlagId, Urgency};

/// What is true of a person, and told in passing.
const OF_THE_PERSON: &[Flag] = &[Flag::Child, Flag::Pregnancy, Flag::Medication, Flag::Condition];

/// Share of a same-day sign, in the sentence that fits it best, below which its phrase stands alone.
const LEAST_SHARE: f32 = 0.002;
/// The same for a sign that can wait for an appointment.
const LEAST_SHARE_OF_LESSER: f32 = 0.004;

/// Words before and after a sign that are looked at with it, as in a list of complaints.
const AROUND: usize = 4;
/// Words from which a sentence may tell of so many things that each is lost in it.
const LONG: usize = 24;

/// How far a sign's score lies above that of none when it is likely whatever else is told.
const LIKELY: f32 = 1.0;

/// Marks the claims that only a phrase supports as to be asked.
pub(super) fn doubt(reader: &Reader<'_>, claims: &mut [Claim]) {
    if !claims.iter().any(is_open_to_doubt) {
        return;
    }
    let shares = shares(reader, claims);
    for claim in claims.iter_mut().filter(|claim| is_open_to_doubt(claim)) {
        let About::Flag(FlagId(at)) = claim.about else { continue };
        let share = shares.get(usize::from(at)).copied().unwrap_or(1.0);
        claim.unsure = share < least_share(FlagId(at));
    }
}

fn least_share(flag: FlagId) -> f32 {
    let can_wait = flag.core().is_some_and(|flag| flag.floor() < Urgency::Urgent);
    if can_wait { LEAST_SHARE_OF_LESSER } else { LEAST_SHARE }
}

fn is_open_to_doubt(claim: &Claim) -> bool {
    let About::Flag(flag) = claim.about else { return false };
    let is_sure = |flag: Flag| flag.floor() == Urgency::Emergency || OF_THE_PERSON.contains(&flag);
    claim.status.raises() && !claim.unsure && !flag.core().is_some_and(is_sure)
}

/// The share of each sign in the sentence that fits it best, or in the message as a whole. A sign
/// that is likely when it is held against none alone is not made less likely by another one.
fn shares(reader: &Reader<'_>, claims: &[Claim]) -> Vec<f32> {
    let length = reader.words.tokens().len();
    let whole = 0..length;
    let sentences = reader.words.sentences().iter().map(|sentence| sentence.tokens.clone());
    let in_long = |claim: &&Claim| {
        let at = claim.tokens.start;
        let mut sentences = reader.words.sentences().iter();
        let own = sentences.find(|sentence| sentence.tokens.contains(&at));
        own.is_some_and(|sentence| sentence.tokens.len() >= LONG)
    };
    let open = claims.iter().filter(|claim| is_open_to_doubt(claim)).filter(in_long);
    let around = open.map(|claim| {
        claim.tokens.start.saturating_sub(AROUND)..(claim.tokens.end + AROUND).min(length)
    });
    let model = &reader.responses.signs;
    let mut best: Vec<f32> = Vec::new();
    for tokens in sentences.chain(around).chain([whole]) {
        let mut scores = model.scores(reader.words, reader.reading, tokens);
        let classes = scores.len();
        let none = scores.last().copied().unwrap_or_default();
        let likely: Vec<bool> = scores.iter().map(|score| score - none > LIKELY).collect();
        softmax(&mut scores, classes);
        best.resize(classes, 0.0);
        for ((best, share), likely) in best.iter_mut().zip(scores).zip(likely) {
            *best = best.max(if likely { 1.0 } else { share });
        }
    }
    best
}
