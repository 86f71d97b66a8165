//! A second opinion on danger signs. A phrase finds a sign wherever its words stand; a model that
//! knows whole examples says whether the wording as such sounds like it. What only a phrase says is
//! not dropped: it is asked about. Never doubted are signs of an emergency, and what is true of a
//! person whatever the words around it: age, pregnancy, medicines, conditions.

use super::{About, Claim, Reader};
use crate::classifier::softmax;
use crate::vocabulary::{Flag, FlagId, Urgency};

/// What is true of a person, and told in passing.
const OF_THE_PERSON: &[Flag] = &[Flag::Child, Flag::Pregnancy, Flag::Medication, Flag::Condition];

/// Share of a sign, in the sentence that fits it best, below which its phrase stands alone.
const LEAST_SHARE: f32 = 0.001;

/// Marks the claims that only a phrase supports as to be asked.
pub(super) fn doubt(reader: &Reader<'_>, claims: &mut [Claim]) {
    if !claims.iter().any(is_open_to_doubt) {
        return;
    }
    let shares = shares(reader);
    for claim in claims.iter_mut().filter(|claim| is_open_to_doubt(claim)) {
        let About::Flag(FlagId(at)) = claim.about else { continue };
        let share = shares.get(usize::from(at)).copied().unwrap_or(1.0);
        claim.unsure = share < LEAST_SHARE;
    }
}

fn is_open_to_doubt(claim: &Claim) -> bool {
    let About::Flag(flag) = claim.about else { return false };
    let is_sure = |flag: Flag| flag.floor() == Urgency::Emergency || OF_THE_PERSON.contains(&flag);
    claim.status.raises() && !claim.unsure && !flag.core().is_some_and(is_sure)
}

/// The share of each sign in the sentence that fits it best, or in the message as a whole.
fn shares(reader: &Reader<'_>) -> Vec<f32> {
    let sentences = reader.words.sentences().iter().map(|sentence| sentence.tokens.clone());
    let model = &reader.responses.signs;
    let mut best: Vec<f32> = Vec::new();
    for mut scores in model.scores_of_parts(&reader.numbers, sentences) {
        let classes = scores.len();
        softmax(&mut scores, classes);
        best.resize(classes, 0.0);
        best.iter_mut().zip(scores).for_each(|(best, share)| *best = best.max(share));
    }
    best
}
