//! The times and places that a message tells, and how far each stands from the cramp.

use std::ops::Range;

use super::context::Context;
use super::mentions::{Mention, Mentions};
use super::{About, Claim, Reader};
use crate::message::{Boundary, Words};
use crate::vocabulary::{Fact, Flag, Status};

/// What a sentence end between two words counts for, in words.
pub(super) const SENTENCE: usize = 6;
/// What a comma counts for, where something is told of everyday life.
pub(super) const COMMA: usize = 3;
/// How far a place stands from a cramp that is not named at all.
const UNNAMED: usize = 15;
/// Words within which a cramp is told together with its own place.
pub(super) const OWN: usize = 4;

/// "no problem", "fine": nothing happens there.
fn clears(word: &str, next: &str) -> bool {
    matches!(word, "fine" | "grand" | "okay" | "never" | "nothing" | "painless" | "nowt" | "mint")
        || matches!(word, "no" | "without" | "any" | "zero")
            && matches!(next, "problem" | "problems" | "bother" | "trouble" | "issue" | "issues")
}

/// What a comma counts for between the cramp and a place of this kind.
fn comma(fact: Fact) -> usize {
    if fact == Fact::Elsewhere { COMMA } else { 0 }
}

/// What may be felt at a time and place of its own, apart from the cramp.
fn is_symptom(claim: &Claim) -> bool {
    match claim.about {
        About::Flag(flag) => flag.core().is_some_and(|flag| {
            matches!(
                flag,
                Flag::ChestPainOrBreathless
                    | Flag::CollapseOrConfusion
                    | Flag::DarkUrine
                    | Flag::BladderOrBowel
                    | Flag::ColdOrPaleFoot
                    | Flag::Swelling
                    | Flag::RednessOrWarmth
                    | Flag::Weakness
                    | Flag::Numbness
                    | Flag::Bruising
                    | Flag::CannotBearWeight
                    | Flag::FluidLoss
                    | Flag::MuscleWasting
            )
        }),
        About::Fact(fact) => {
            matches!(fact, Fact::Sore | Fact::Limp | Fact::Dizzy | Fact::Vomiting | Fact::Headache)
        }
    }
}

/// Whether a claim tells a time or place.
const fn is_place(claim: &Claim) -> bool {
    matches!(claim.about, About::Fact(Fact::Exercise | Fact::Nocturnal | Fact::Elsewhere))
}

/// A time or place, and how far it stands from the cramp.
pub(super) struct Place {
    pub(super) far: usize,
    pub(super) tokens: Range<usize>,
    /// Whether it opens a time clause of a sentence that tells of a cramp.
    pub(super) bound: bool,
}

/// How many sentences, and how many clauses within them, begin before each word.
pub(super) struct Pauses(Vec<(usize, usize)>);

impl Pauses {
    fn of(words: &Words) -> Self {
        let (mut sentences, mut clauses) = (0, 0);
        let begun = words.tokens().iter().map(|token| {
            match token.boundary {
                Boundary::Sentence => sentences += 1,
                Boundary::Comma | Boundary::Clause => clauses += 1,
                Boundary::Space => {}
            }
            (sentences, clauses)
        });
        Self(std::iter::once((0, 0)).chain(begun).collect())
    }

    /// Those that begin at a word from the first to the last.
    pub(super) fn between(&self, first: usize, last: usize) -> (usize, usize) {
        let before = |at: usize| self.0.get(at).or(self.0.last()).copied().unwrap_or_default();
        let ((s, c), (sentences, clauses)) = (before(first), before(last + 1));
        (sentences - s, clauses - c)
    }
}

pub(super) struct Places<'p> {
    pub(super) reader: &'p Reader<'p>,
    pub(super) claims: &'p [Claim],
    pub(super) cramps: Mentions,
    /// Clauses that ask what to do now, and do not speak of the cramp.
    pub(super) plans: Vec<Range<usize>>,
    /// Whether any place is told that is not denied.
    pub(super) tells: bool,
    pub(super) pauses: Pauses,
}

impl<'p> Places<'p> {
    pub(super) fn of(reader: &'p Reader<'p>, context: &Context<'_>, claims: &'p [Claim]) -> Self {
        let cramps = Mentions::of(reader, context, claims);
        let mut plans = reader.asking.clone();
        plans.retain(|clause| {
            let starts = || cramps.told.iter().map(|cramp| cramp.tokens.start);
            let tells = starts().any(|start| clause.contains(&start));
            let told = starts().any(|start| start < clause.start);
            told && !tells && !clause.clone().any(|at| points_at_cramp(reader.words.at(at)))
        });
        let pauses = Pauses::of(reader.words);
        let mut places = Self { reader, claims, cramps, plans, tells: false, pauses };
        places.tells = claims.iter().any(|claim| {
            is_place(claim) && claim.status != Status::Denied && !places.is_cleared(&claim.tokens)
        });
        places
    }

    /// The place of a setting nearest to the cramp. A denied one counts only where none else is
    /// told: "no cramps in the race: how?".
    pub(super) fn nearest(&self, fact: Fact) -> Option<Place> {
        let said = self.claims.iter().filter(|claim| claim.about == About::Fact(fact));
        let spare = fact == Fact::Elsewhere || self.tells;
        said.filter(|claim| !spare || claim.status != Status::Denied)
            .filter(|claim| !self.is_cleared(&claim.tokens) && !self.is_spared(&claim.tokens, fact))
            .filter(|claim| !self.plans.iter().any(|plan| plan.contains(&claim.tokens.start)))
            .map(|claim| Place {
                far: self.to_cramp(&claim.tokens, fact),
                tokens: claim.tokens.clone(),
                bound: false,
            })
            .filter(|place| fact == Fact::Exercise || !self.is_of_symptom(place, comma(fact)))
            .map(|place| self.bound(place))
            .min_by_key(|place| (place.far, place.tokens.start))
    }

    /// "When I drive any distance, over about forty minutes, the foot cramps": a time clause is
    /// as near as can be to the cramp of its sentence.
    fn bound(&self, place: Place) -> Place {
        let words = self.reader.words;
        let near = place.tokens.start.saturating_sub(2)..=place.tokens.start;
        let opens = |at: usize| matches!(words.at(at), "when" | "whenever" | "while" | "soon");
        let sentence = words.sentences().iter().find(|s| s.tokens.contains(&place.tokens.start));
        let of_cramp = sentence.is_some_and(|sentence| self.cramps.within(&sentence.tokens));
        let bound = of_cramp && near.into_iter().any(opens);
        let far = if bound { place.far.min(OWN) } else { place.far };
        Place { far, bound, ..place }
    }

    /// "in bed he is fine": a clause that clears a place, and does not speak of the cramp.
    pub(super) fn is_cleared(&self, tokens: &Range<usize>) -> bool {
        let words = self.reader.words;
        let begins = |at: usize| {
            let boundary = words.boundary(at);
            boundary >= Boundary::Comma || matches!(words.at(at), "but" | "though")
        };
        let start = (0..=tokens.start).rev().find(|at| begins(*at)).unwrap_or(0);
        let length = words.tokens().len();
        let end = (tokens.end..length).find(|at| begins(*at)).unwrap_or(length);
        let clause = start..end;
        // "in the bunk at night, never"
        let bare = |word: &str| matches!(word, "never" | "no" | "nothing" | "none" | "fine");
        let closed = begins(end + 1) || end + 1 >= length;
        if end < length && bare(words.at(end)) && closed && !self.cramps.within(&clause) {
            return true;
        }
        let until = |at: usize| matches!(self.reader.words.at(at), "till" | "until");
        !self.cramps.within(&clause)
            && !clause.clone().any(until)
            && clause.clone().any(|at| clears(words.at(at), words.at(at + 1)))
    }

    /// "I don't get it in bed": what stands nearest is a cramp that does not come.
    fn is_spared(&self, tokens: &Range<usize>, fact: Fact) -> bool {
        let far = |cramp: &Range<usize>| self.apart(tokens, cramp, COMMA);
        let nearest = self.cramps.denied.iter().map(far).min();
        nearest.is_some_and(|far| far < SENTENCE && far < self.to_cramp(tokens, fact))
    }

    /// Whether another symptom of the same sentence stands nearer.
    fn is_of_symptom(&self, place: &Place, comma: usize) -> bool {
        self.claims
            .iter()
            .filter(|claim| is_symptom(claim) && !self.cramps.within(&claim.tokens))
            .map(|claim| self.apart(&place.tokens, &claim.tokens, comma))
            .any(|far| far < place.far && far < SENTENCE)
    }

    pub(super) fn to_cramp(&self, range: &Range<usize>, fact: Fact) -> usize {
        let far = |cramp: &Mention| self.apart(range, &cramp.tokens, comma(fact)) + cramp.farther;
        self.cramps.told.iter().map(far).min().unwrap_or(UNNAMED)
    }

    /// How many words stand between two places, with more for a comma and for a sentence end.
    pub(super) fn apart(&self, one: &Range<usize>, other: &Range<usize>, comma: usize) -> usize {
        let between = |from: usize, to: usize| {
            let (sentences, clauses) = self.pauses.between(from, to);
            (to - from) + sentences * SENTENCE + clauses * comma
        };
        if one.end <= other.start {
            between(one.end, other.start)
        } else if other.end <= one.start {
            between(other.end, one.start)
        } else {
            0
        }
    }
}

/// Words by which a question is about the cramp itself: "why does it come when I run".
fn points_at_cramp(word: &str) -> bool {
    matches!(
        word,
        "it" | "its"
            | "this"
            | "that"
            | "they"
            | "them"
            | "these"
            | "those"
            | "why"
            | "one"
            | "happen"
            | "happens"
            | "cause"
            | "causes"
            | "caused"
            | "prevent"
            | "avoid"
            | "stop"
            | "during"
            | "next"
            | "else"
            | "related"
            | "linked"
    )
}
