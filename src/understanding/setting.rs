//! When the cramp happens: exercise, night, neither, both. What stands nearest to the cramp counts;
//! a run in another sentence may be only the story around it, and the stairs on which a leg has
//! been weak since are no place of the cramp.
//!
//! People also give it away by what they talk about otherwise: where all words of a message speak
//! plainly for another setting than the rules found, that one counts.

use std::ops::Range;

use strum::VariantArray;

use super::context::Context;
use super::mentions::Mention;
use super::places::{COMMA, OWN, Place, Places};
use super::{About, Claim, Reader};
use crate::vocabulary::{Fact, Flag, FlagId, Setting, Status};

/// Words from the cramp within which "at my desk" counts.
const NEAR: usize = 15;
/// Words from the cramp beyond which a night is that of another trouble.
const SAME_NIGHT: usize = 16;
/// Words from the cramp beyond which exercise is only part of the person's life.
const SAME_OUTING: usize = 30;
/// Words from the cramp within which a night counts where no other time or place is told.
const ALONE: usize = 30;
/// The same for exercise: a whole paragraph may stand between the game and the cramp.
const ALONE_IN_SPORT: usize = 60;
/// How much nearer one setting must be to leave the other out.
const CLEARLY_NEARER: usize = 8;
/// Words within which a place has a cramp of its own in its sentence.
const OWN_SENTENCE: usize = 8;
/// Words from the cramp beyond which exercise gives way to a place that stands right beside it.
const ASIDE: usize = 11;

/// How far the score of another setting must lie above that of the one that the rules found. On messages
/// that neither had seen, 3 was right once less in 400, and 2 took back what plain words tell.
const RULES: f32 = 2.3;

/// How much farther it must lie to take back what the rules found: "a calf cramp on my run" is told.
const UNTOLD: f32 = 0.5;

/// When it happens, from the rules and from the words as a whole.
pub(super) fn of(reader: &Reader<'_>, context: &Context<'_>, claims: &[Claim]) -> Setting {
    let found = by_rules(reader, context, claims);
    let Some(scores) = reader.responses.learned.settings(&reader.features) else { return found };
    let weighed = scores.into_iter().zip(Setting::VARIANTS).map(|(score, setting)| {
        let by_rules = match *setting {
            own if own == found => RULES,
            Setting::Unknown => -UNTOLD,
            _ => 0.0,
        };
        (score + by_rules, setting)
    });
    weighed.max_by(|one, other| one.0.total_cmp(&other.0)).map_or(found, |(_, setting)| *setting)
}

/// Decides from the claims of time and place.
fn by_rules(reader: &Reader<'_>, context: &Context<'_>, claims: &[Claim]) -> Setting {
    let places = Places::of(reader, context, claims);
    let within = |fact, most| places.nearest(fact).filter(|place| place.far <= most);
    let elsewhere = within(Fact::Elsewhere, NEAR);
    let elsewhere = elsewhere.as_ref();
    let walking = claims
        .iter()
        .any(|c| c.about == About::Flag(FlagId::from(Flag::Claudication)) && c.status.raises());
    match (within(Fact::Exercise, SAME_OUTING), within(Fact::Nocturnal, SAME_NIGHT)) {
        (None, None) if elsewhere.is_some() && places.is_afterwards() => Setting::Exercise,
        (None, None) if elsewhere.is_some() || walking => Setting::Other,
        (None, None) => places.alone(),
        (Some(exercise), None) => places.in_sport(&exercise, elsewhere, walking),
        (None, Some(night)) => places.at_night(&night, elsewhere),
        (Some(exercise), Some(night)) => places.between(&exercise, &night),
    }
}

fn is_nearer(elsewhere: Option<&Place>, far: usize) -> bool {
    elsewhere
        .is_some_and(|place| place.far + CLEARLY_NEARER < far || place.far < OWN && far >= ASIDE)
}

impl Places<'_> {
    /// Exercise is named, and perhaps an everyday place.
    fn in_sport(&self, exercise: &Place, elsewhere: Option<&Place>, walking: bool) -> Setting {
        let near = elsewhere.is_some_and(|place| place.far < exercise.far + CLEARLY_NEARER);
        let aside = is_nearer(elsewhere, exercise.far) && !self.comes_before(exercise, elsewhere);
        if aside || walking && near { Setting::Other } else { Setting::Exercise }
    }

    /// A night is named, and perhaps an everyday place.
    fn at_night(&self, night: &Place, elsewhere: Option<&Place>) -> Setting {
        if self.is_round_the_clock() {
            return Setting::Both;
        }
        let Some(place) = elsewhere else { return Setting::Nocturnal };
        let hour = self.is_hour(&night.tokens) && place.far <= night.far;
        if hour || is_nearer(elsewhere, night.far.saturating_sub(6)) {
            return Setting::Other;
        }
        let both = self.is_added(&place.tokens) && self.have_their_own(place, night);
        if both { Setting::Both } else { Setting::Nocturnal }
    }

    /// "both quads on the stairs after the marathon": told of the same cramp.
    fn is_right_after(&self, exercise: &Range<usize>) -> bool {
        let from = exercise.start.saturating_sub(2)..exercise.start;
        let after = from.into_iter().any(|at| self.reader.words.at(at) == "after");
        after
            && self.cramps.told.iter().any(|cramp| {
                let (one, two) = (cramp.tokens.start.min(exercise.start), exercise.end);
                self.pauses.between(one, two.max(cramp.tokens.end)).0 == 0
            })
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
        let first = elsewhere.is_some_and(|place| tokens.start < place.tokens.start);
        (first || self.is_right_after(tokens))
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

    /// The night or the exercise of a message that tells no other time or place, even if it
    /// stands far.
    fn alone(&self) -> Setting {
        if self.nearest(Fact::Elsewhere).is_some() {
            return Setting::Unknown;
        }
        match (self.nearest(Fact::Exercise), self.nearest(Fact::Nocturnal)) {
            (None, Some(night)) if night.far <= ALONE => Setting::Nocturnal,
            (Some(exercise), None) if self.is_of_today(&exercise) => Setting::Exercise,
            _ => Setting::Unknown,
        }
    }

    /// Exercise that is neither over for long nor too far off.
    fn is_of_today(&self, exercise: &Place) -> bool {
        let mut own = self.claims.iter().filter(|claim| claim.tokens == exercise.tokens);
        exercise.far <= ALONE_IN_SPORT
            && own.any(|c| c.about == About::Fact(Fact::Exercise) && c.status.raises())
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
                        | "in"
                        | "the"
                        | "morning"
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
        if self.is_round_the_clock() {
            return Setting::Both;
        }
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
        match (self.is_with_cramp(&exercise.tokens), self.is_with_cramp(&night.tokens)) {
            (true, false) => return Setting::Exercise,
            (false, true) => return Setting::Nocturnal,
            (true, true) | (false, false) => {}
        }
        if night.far <= exercise.far { Setting::Nocturnal } else { Setting::Exercise }
    }

    /// "legs cramp in bed, legs cramp at football": each place has a cramp of its own.
    fn have_their_own(&self, exercise: &Place, night: &Place) -> bool {
        let own = |place: &Place| {
            let far =
                |cramp: &Mention| self.apart(&place.tokens, &cramp.tokens, COMMA) + cramp.farther;
            let nearest = self.cramps.told.iter().map(|c| (far(c), c.tokens.start)).min();
            let own =
                |far: usize| far <= OWN || far <= OWN_SENTENCE && self.is_with_cramp(&place.tokens);
            nearest.filter(|(far, _)| place.bound || own(*far)).map(|(_, at)| at)
        };
        own(exercise).zip(own(night)).is_some_and(|(one, other)| one != other)
    }

    /// Whether the sentence of a place speaks of the cramp.
    fn is_with_cramp(&self, tokens: &Range<usize>) -> bool {
        let mut sentences = self.reader.words.sentences().iter();
        let own = sentences.find(|sentence| sentence.tokens.contains(&tokens.start));
        own.is_some_and(|own| self.cramps.within(&own.tokens))
    }

    /// "at all times of the day and night": said where it speaks of the cramp.
    fn is_round_the_clock(&self) -> bool {
        let words = self.reader.words;
        let day = |at: usize| matches!(words.at(at), "day" | "daytime");
        let night = |at: usize| matches!(words.at(at), "night" | "nighttime");
        let link = |at: usize| matches!(words.at(at), "and" | "or" | "n");
        let all = |at: &usize| {
            let pair = day(*at) && night(at + 2) || night(*at) && day(at + 2);
            pair && link(at + 1) && self.is_with_cramp(&(*at..at + 3))
        };
        (0..words.tokens().len()).any(|at| all(&at))
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
        let before = self.reader.words.before(range.start, 1);
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
