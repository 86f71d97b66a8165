//! When the cramp happens: exercise, night, neither, both. What stands nearest to the cramp counts;
//! a run in another sentence may be only the story around it, and the stairs on which a leg has
//! been weak since are no place of the cramp.

use std::ops::Range;

use super::context::Context;
use super::mentions::{Mention, Mentions};
use super::{About, Claim, Reader};
use crate::message::{Boundary, Words};
use crate::vocabulary::{Fact, Flag, FlagId, Setting, Status};

/// What a sentence end between two words counts for, in words.
const SENTENCE: usize = 6;
/// What a comma counts for, where something is told of everyday life.
const COMMA: usize = 3;
/// Words from the cramp within which "at my desk" counts.
const NEAR: usize = 15;
/// Words from the cramp beyond which a night is that of another trouble.
const SAME_NIGHT: usize = 16;
/// Words from the cramp beyond which exercise is only part of the person's life.
const SAME_OUTING: usize = 30;
/// Words from the cramp within which a night counts where no other time or place is told.
const ALONE: usize = 30;
/// How much nearer one setting must be to leave the other out.
const CLEARLY_NEARER: usize = 8;
/// Words within which a cramp is told together with its own place.
const OWN: usize = 4;

/// Decides from the claims of time and place.
pub(super) fn of(reader: &Reader<'_>, context: &Context<'_>, claims: &[Claim]) -> Setting {
    let places = Places::of(reader, context, claims);
    let within = |fact, most| places.nearest(fact).filter(|place| place.far <= most);
    let exercise = within(Fact::Exercise, SAME_OUTING);
    let night = within(Fact::Nocturnal, SAME_NIGHT);
    let elsewhere = within(Fact::Elsewhere, NEAR);
    let walking = claims
        .iter()
        .any(|c| c.about == About::Flag(FlagId::from(Flag::Claudication)) && c.status.raises());
    match (exercise, night) {
        (None, None) if elsewhere.is_some() && places.is_afterwards() => Setting::Exercise,
        (None, None) if elsewhere.is_some() || walking => Setting::Other,
        (None, None) => places.alone(),
        (Some(exercise), None)
            if is_nearer(elsewhere.as_ref(), exercise.far)
                && !places.comes_before(&exercise, elsewhere.as_ref()) =>
        {
            Setting::Other
        }
        (Some(exercise), None)
            if walking
                && elsewhere
                    .as_ref()
                    .is_some_and(|place| place.far < exercise.far + CLEARLY_NEARER) =>
        {
            Setting::Other
        }
        (Some(_), None) => Setting::Exercise,
        (None, Some(night)) if is_nearer(elsewhere.as_ref(), night.far.saturating_sub(6)) => {
            Setting::Other
        }
        (None, Some(night))
            if places.is_hour(&night.tokens)
                && elsewhere.as_ref().is_some_and(|place| place.far <= night.far) =>
        {
            Setting::Other
        }
        (None, Some(night))
            if elsewhere.is_some_and(|place| {
                places.is_added(&place.tokens) && places.have_their_own(&place, &night)
            }) =>
        {
            Setting::Both
        }
        (None, Some(_)) => Setting::Nocturnal,
        (Some(exercise), Some(night)) => places.between(&exercise, &night),
    }
}

fn is_nearer(elsewhere: Option<&Place>, far: usize) -> bool {
    elsewhere.is_some_and(|place| place.far + CLEARLY_NEARER < far)
}

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
struct Place {
    far: usize,
    tokens: Range<usize>,
    /// Whether it opens a time clause of a sentence that tells of a cramp.
    bound: bool,
}

/// How many sentences, and how many clauses within them, begin before each word.
struct Pauses(Vec<(usize, usize)>);

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
    fn between(&self, first: usize, last: usize) -> (usize, usize) {
        let before = |at: usize| self.0.get(at).or(self.0.last()).copied().unwrap_or_default();
        let ((s, c), (sentences, clauses)) = (before(first), before(last + 1));
        (sentences - s, clauses - c)
    }
}

struct Places<'p> {
    reader: &'p Reader<'p>,
    claims: &'p [Claim],
    cramps: Mentions,
    /// Clauses that ask what to do now, and do not speak of the cramp.
    plans: Vec<Range<usize>>,
    /// Whether any place is told that is not denied.
    tells: bool,
    pauses: Pauses,
}

impl<'p> Places<'p> {
    fn of(reader: &'p Reader<'p>, context: &Context<'_>, claims: &'p [Claim]) -> Self {
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
    fn nearest(&self, fact: Fact) -> Option<Place> {
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
    fn is_cleared(&self, tokens: &Range<usize>) -> bool {
        let words = self.reader.words;
        let begins = |at: usize| {
            let boundary = words.tokens().get(at).map_or(Boundary::Sentence, |t| t.boundary);
            boundary >= Boundary::Comma || matches!(words.at(at), "but" | "though")
        };
        let start = (0..=tokens.start).rev().find(|at| begins(*at)).unwrap_or(0);
        let length = words.tokens().len();
        let end = (tokens.end..length).find(|at| begins(*at)).unwrap_or(length);
        let clause = start..end;
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

    fn to_cramp(&self, range: &Range<usize>, fact: Fact) -> usize {
        let far = |cramp: &Mention| self.apart(range, &cramp.tokens, comma(fact)) + cramp.farther;
        self.cramps.told.iter().map(far).min().unwrap_or(NEAR)
    }

    /// How many words stand between two places, with more for a comma and for a sentence end.
    fn apart(&self, one: &Range<usize>, other: &Range<usize>, comma: usize) -> usize {
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

    /// "home from rugby, sat on the stairs": still right after the exercise.
    fn comes_before(&self, exercise: &Place, elsewhere: Option<&Place>) -> bool {
        let tokens = &exercise.tokens;
        let over = |at: usize| {
            matches!(
                self.reader.words.at(at),
                "after" | "from" | "following" | "post" | "finished" | "did" | "ran" | "back"
            )
        };
        elsewhere.is_some_and(|place| tokens.start < place.tokens.start)
            && (tokens.start.saturating_sub(2)..=tokens.start).any(over)
    }

    /// "the race was fine, then in the car park both quads locked": right after the exercise.
    fn is_afterwards(&self) -> bool {
        let words = self.reader.words;
        let follows = |at: usize| matches!(words.at(at), "then" | "after" | "afterwards");
        let leads = |claim: &&Claim| {
            let near = claim.tokens.end..claim.tokens.end + SAME_NIGHT;
            let tells = near.clone().any(|at| self.cramps.within(&(at..at + 1)));
            claim.status != Status::Denied && tells && near.clone().any(follows)
        };
        let mut sport = self.claims.iter().filter(|c| c.about == About::Fact(Fact::Exercise));
        sport.any(|claim| leads(&claim) && self.is_cleared(&claim.tokens))
    }

    /// The night of a message that tells no other time or place, even if it stands far.
    fn alone(&self) -> Setting {
        let tells = |fact| self.nearest(fact).is_some();
        let night = self.nearest(Fact::Nocturnal).is_some_and(|night| night.far <= ALONE);
        let alone = night && !tells(Fact::Exercise) && !tells(Fact::Elsewhere);
        if alone { Setting::Nocturnal } else { Setting::Unknown }
    }

    /// "half three", "around two": an hour of the day or of the night.
    fn is_hour(&self, tokens: &Range<usize>) -> bool {
        tokens.clone().map(|at| self.reader.words.at(at)).all(|word| {
            word.bytes().all(|b| b.is_ascii_digit())
                || matches!(
                    word,
                    "half"
                        | "quarter"
                        | "past"
                        | "to"
                        | "at"
                        | "around"
                        | "about"
                        | "am"
                        | "one"
                        | "two"
                        | "three"
                        | "four"
                        | "five"
                        | "a"
                        | "m"
                )
        })
    }

    /// Both exercise and night are named.
    fn between(&self, exercise: &Place, night: &Place) -> Setting {
        if self.is_weak_night(&night.tokens)
            && !self.is_in_bed()
            && !self.is_of_another_day(&exercise.tokens)
        {
            return Setting::Exercise;
        }
        if self.follows(&exercise.tokens) && night.far <= exercise.far + 12 {
            return Setting::Nocturnal;
        }
        if self.joined(&exercise.tokens, &night.tokens) || self.have_their_own(exercise, night) {
            return Setting::Both;
        }
        if night.far <= exercise.far { Setting::Nocturnal } else { Setting::Exercise }
    }

    /// "legs cramp in bed, legs cramp at football": each place has a cramp of its own.
    fn have_their_own(&self, exercise: &Place, night: &Place) -> bool {
        let own = |place: &Place| {
            let far =
                |cramp: &Mention| self.apart(&place.tokens, &cramp.tokens, COMMA) + cramp.farther;
            let nearest = self.cramps.told.iter().map(|c| (far(c), c.tokens.start)).min();
            nearest.filter(|(far, _)| place.bound || *far <= OWN).map(|(_, at)| at)
        };
        own(exercise).zip(own(night)).is_some_and(|(one, other)| one != other)
    }

    /// "while cooking also", "and then again in bed": told besides another place.
    fn is_added(&self, tokens: &Range<usize>) -> bool {
        let adds = |at: usize| {
            let word = self.reader.words.at(at);
            matches!(word, "also" | "again" | "sometimes" | "too" | "both" | "even" | "plus")
        };
        (tokens.start.saturating_sub(12)..tokens.end + 12).any(adds)
    }

    /// "Last night cramp in my hamstring in bed": a night that can be nothing else.
    fn is_in_bed(&self) -> bool {
        self.claims.iter().any(|claim| {
            claim.about == About::Fact(Fact::Nocturnal)
                && claim.status.raises()
                && !self.is_weak_night(&claim.tokens)
                && self.to_cramp(&claim.tokens, Fact::Nocturnal) <= OWN
        })
    }

    /// "last night" may be the evening's run.
    fn is_weak_night(&self, range: &Range<usize>) -> bool {
        let words: Vec<&str> = range.clone().map(|at| self.reader.words.at(at)).collect();
        let before = range.start.checked_sub(1).map_or("", |at| self.reader.words.at(at));
        matches!(words.as_slice(), ["last", ..] | ["tonight"]) || before == "last"
    }

    /// "cramp last night; he ran 20 miles yesterday".
    fn is_of_another_day(&self, exercise: &Range<usize>) -> bool {
        (exercise.start..exercise.end + 4).any(|at| self.reader.words.at(at) == "yesterday")
    }

    /// "the night after a hard session": the exercise came before.
    fn follows(&self, exercise: &Range<usize>) -> bool {
        (exercise.start.saturating_sub(3)..=exercise.start).any(|at| {
            let word = self.reader.words.at(at);
            matches!(word, "after" | "following" | "since" | "post" | "day" | "days" | "yesterday")
        })
    }

    /// Both in one breath: "on runs and in bed".
    fn joined(&self, exercise: &Range<usize>, night: &Range<usize>) -> bool {
        let (from, to) = if exercise.end <= night.start {
            (exercise.end, night.start)
        } else {
            (night.end, exercise.start)
        };
        let link = |at: usize| {
            matches!(
                self.reader.words.at(at),
                "and" | "also" | "or" | "plus" | "sometimes" | "then" | "both"
            )
        };
        to.saturating_sub(from) <= 12 && (from.saturating_sub(1)..=to).any(link)
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
