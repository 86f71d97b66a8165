//! Slots that are values: the muscle, how long ago, how many minutes, how old.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use strum::Display;

use super::onset;
use super::site::is_limb;
use super::subject::{Subject, Subjects};
use super::{About, Claim, Reader, Understanding};
use crate::message::{Boundary, Words};
use crate::phrases::{Kinds, Quantity};
use crate::vocabulary::{Fact, Flag, FlagId, Status};

/// The muscle that cramps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Display)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Muscle {
    /// The calf.
    Calf,
    /// The back of the thigh.
    Hamstring,
    /// The front of the thigh.
    Quad,
    /// Foot or toes.
    Foot,
    /// The inner thigh.
    Groin,
    /// Shin, buttock or the front of the hip.
    Other,
}

/// How old the person is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Display,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum AgeBand {
    /// Under 8: no leg cramps are expected at that age (`leung-1999`).
    Under8,
    /// 8 to 12.
    From8,
    /// 13 to 17.
    From13,
    /// 18 to 49.
    Adult,
    /// 50 and over (`aafp-2012`, `club-rule`).
    Over50,
}

impl AgeBand {
    /// The band of an age in years.
    #[must_use]
    pub fn of(years: f64) -> Self {
        match years {
            y if y < 8.0 => Self::Under8,
            y if y < 13.0 => Self::From8,
            y if y < 18.0 => Self::From13,
            y if y < 50.0 => Self::Adult,
            _ => Self::Over50,
        }
    }

    /// Whether under 18.
    #[must_use]
    pub const fn is_minor(self) -> bool {
        match self {
            Self::Under8 | Self::From8 | Self::From13 => true,
            Self::Adult | Self::Over50 => false,
        }
    }
}

/// Fills the slots from the words.
pub(super) fn fill(
    reader: &Reader<'_>,
    subjects: &Subjects,
    claims: &[Claim],
    into: &mut Understanding,
) {
    into.muscle = muscle(reader);
    if is_well_again(reader, claims) {
        into.facts.remove(Fact::Sore);
        into.denied_facts.insert(Fact::Sore);
    }
    into.onset = onset::of(reader);
    into.minutes = minutes(reader, claims);
    into.age = age(reader, subjects, into);
    if into.age == Some(AgeBand::Over50) {
        into.facts.insert(Fact::AgeOver50);
    }
    if into.minutes.is_some_and(|minutes| minutes >= Fact::TOO_LONG)
        || raised(into, Flag::UnrelentingPain)
    {
        into.facts.insert(Fact::Over15Minutes);
    }
    let days_ago = into.onset.is_some_and(|onset| onset.minutes_at_least() >= 1_440);
    if days_ago || lasts_for_days(reader, claims) || into.facts.contains(Fact::SoreForDays) {
        into.facts.insert(Fact::Over24Hours);
    }
    if into.facts.contains(Fact::BothSides) {
        into.facts.insert(Fact::BothLegs);
    }
    let (named, lists) = (reader.reading.all_lists(), &reader.responses.lists);
    let thigh = named & (lists.hamstring | lists.quad | lists.groin) != 0;
    let of_leg = matches!(into.muscle, Some(Muscle::Other) | None) && !thigh;
    let calf = into.muscle == Some(Muscle::Calf)
        || named & lists.calf != 0
        || of_leg && named & lists.leg != 0;
    let one = into.facts.contains(Fact::OneSide) && !into.facts.contains(Fact::BothSides);
    if calf && one {
        into.facts.insert(Fact::OneSidedCalfPain);
    }
    if is_one_calf(reader) && !into.facts.contains(Fact::BothSides) {
        into.facts.insert(Fact::OneCalf);
    }
}

/// "Sore on Sunday, ran today and it was fine": of how the muscle is the last word counts. How short the
/// cramp was says nothing of that.
fn is_well_again(reader: &Reader<'_>, claims: &[Claim]) -> bool {
    let is_length = |claim: &Claim| {
        let lengths = reader.reading.quantities.iter().filter(|q| q.kind.meets(Kinds::DURATION));
        lengths.into_iter().any(|q| claim.tokens.contains(&q.tokens.start))
    };
    let last = |facts: &[Fact]| {
        let of_it = |claim: &&Claim| match claim.about {
            About::Fact(fact) => {
                facts.contains(&fact) && (claim.status.raises() || claim.status == Status::Past)
            }
            About::Flag(_) => false,
        };
        claims.iter().filter(of_it).filter(|claim| !is_length(claim)).map(|c| c.tokens.start).max()
    };
    let well = last(&[Fact::ShortAndPainless, Fact::PlanFine]);
    let sore = last(&[Fact::Sore, Fact::Limp]);
    sore.is_some() && well > sore && !reader.words.text().contains("still")
}

/// "calf cramp", "my calf": not two of them.
fn is_one_calf(reader: &Reader<'_>) -> bool {
    let calves = reader.reading.entries(reader.responses.lists.calf);
    let mut words = calves.iter().map(|calf| reader.words.at(calf.start));
    let one = words.clone().any(|word| word == "calf");
    one && !words.any(|word| matches!(word, "calves" | "calfs" | "calfes"))
}

/// "for two days", "3 days now": going on, not merely so long ago.
fn lasts_for_days(reader: &Reader<'_>, claims: &[Claim]) -> bool {
    let days = Kinds(Kinds::DAYS.0 | Kinds::WEEKS.0);
    // "Calf is cramping, 30 weeks": of a pregnancy.
    let along = |at: usize| {
        let pregnant = About::Flag(Flag::Pregnancy.into());
        claims.iter().any(|claim| claim.about == pregnant && claim.tokens.contains(&at))
    };
    reader.reading.quantities.iter().filter(|q| q.kind.meets(days)).any(|q| {
        if along(q.tokens.start) {
            return false;
        }
        let before = reader.words.before(q.tokens.start, 1);
        let first = reader.words.at(q.tokens.start);
        let going_on =
            |word| matches!(word, "for" | "since" | "past" | "these" | "over" | "nearly");
        // "Sore calf, 5 days": by itself.
        let end = q.tokens.end;
        let alone = end == reader.words.tokens().len() && q.tokens.start > 0 && q.value >= 2.0;
        let alone = alone && reader.words.boundary(q.tokens.start) >= Boundary::Comma;
        // "Calf pain 10 days".
        let hurts =
            matches!(before, "pain" | "pains" | "sore" | "ache" | "aches" | "hurts" | "painful");
        let hurts = hurts && reader.words.at(end) != "ago";
        going_on(before) || going_on(first) || reader.words.at(end) == "now" || alone || hurts
    })
}

fn raised(understanding: &Understanding, flag: Flag) -> bool {
    understanding.raised.contains(FlagId::from(flag))
}

/// The muscle named beside a word for a cramp; without such a word, the first one named.
fn muscle(reader: &Reader<'_>) -> Option<Muscle> {
    const BESIDE: usize = 3;
    let lists = &reader.responses.lists;
    let kinds = [
        (lists.calf, Muscle::Calf),
        (lists.hamstring, Muscle::Hamstring),
        (lists.quad, Muscle::Quad),
        (lists.foot, Muscle::Foot),
        (lists.groin, Muscle::Groin),
        (lists.other_muscle, Muscle::Other),
    ];
    let named = kinds.into_iter().flat_map(|(mask, muscle)| {
        let entries = reader.reading.entries(mask).into_iter();
        entries.filter(|part| is_limb(reader.words, part)).map(move |part| (part, muscle))
    });
    let cramps = reader.reading.entries(lists.cramp);
    let is_beside = |part: &Range<usize>| {
        let near = |cramp: &Range<usize>| {
            cramp.start <= part.end + BESIDE && part.start <= cramp.end + BESIDE
        };
        cramps.iter().any(near)
    };
    named.min_by_key(|(part, _)| (!is_beside(part), part.start)).map(|(_, muscle)| muscle)
}

/// Minutes a cramp has lasted: a duration in a sentence that says it is locked, or let go after.
fn minutes(reader: &Reader<'_>, claims: &[Claim]) -> Option<u32> {
    let lasting = |fact| {
        matches!(fact, Fact::StillLocked | Fact::Now | Fact::Released | Fact::CrampLike)
            || fact == Fact::NothingHelps
    };
    let near = |at: usize| {
        claims.iter().any(|claim| match claim.about {
            About::Fact(fact) => {
                lasting(fact)
                    && claim.status != Status::Denied
                    && claim.tokens.start.abs_diff(at) <= 8
            }
            About::Flag(_) => false,
        })
    };
    let mut durations = reader.reading.quantities.iter().filter(|q| {
        let short = Kinds(Kinds::UNDER_10_MIN.0 | Kinds::FROM_10_MIN.0 | Kinds::FROM_15_MIN.0);
        let other = || {
            is_of_activity(reader.words, &q.tokens) || is_into_activity(reader.words, q.tokens.end)
        };
        let of_cramp = || near(q.tokens.start) && !other();
        q.kind.meets(short) && reader.words.at(q.tokens.end) != "ago" && of_cramp()
    });
    durations.next().map(|q| q.value.round() as u32)
}

/// Words before "half an hour in" within which a cramp that is told is the one that lasts so long.
const SAME_CRAMP: usize = 8;

/// "2 hours into the marathon", "9 hours in, my calf cramped": how far along something else is. "20
/// minutes into this cramp", "into stretching it" and "still locked 30 minutes in" are none.
fn is_into_activity(words: &Words, end: usize) -> bool {
    let is_cramp = |at: usize| {
        let own = ["cramp", "spasm", "stretch", "lock", "seiz", "hold"];
        let word = words.at(at);
        word == "still" || word != "cramped" && own.iter().any(|own| word.starts_with(own))
    };
    let of_cramp = || (end + 1..end + 4).any(is_cramp);
    let lasts = || (end.saturating_sub(SAME_CRAMP)..end).any(is_cramp);
    let is_over = || words.boundary(end + 1) >= Boundary::Comma;
    let goes_on = || matches!(words.at(end + 1), "to" | "on" | "at" | "when");
    match words.at(end) {
        "into" => !of_cramp(),
        "in" => !lasts() && (is_over() || goes_on() && !of_cramp()),
        _ => false,
    }
}

/// "long ride, 5 hours", "driving 3 hours", "on my feet all day": how long something else took.
#[rustfmt::skip]
fn is_of_activity(words: &Words, length: &std::ops::Range<usize>) -> bool {
    let is_activity = |word: &str| {
        matches!(
            word,
            "ride" | "riding" | "rode" | "cycled" | "cycling" | "bike" | "biking" | "run" | "ran" | "running" | "race"
            | "raced" | "walk" | "walked" | "walking" | "hike" | "hiked" | "hiking" | "swim" | "swam" | "swimming"
            | "drive" | "drove" | "driving" | "car" | "flight" | "flew" | "train" | "training" | "trained" | "gym"
            | "session" | "match" | "game" | "played" | "playing" | "danced" | "dancing" | "climbed" | "climbing"
            | "work" | "worked" | "working" | "shift" | "desk" | "feet" | "sat" | "sitting" | "stood" | "standing"
            | "slept" | "sleep" | "asleep" | "queue" | "queued" | "gardening" | "dug" | "digging" | "skied" | "skiing"
        )
    };
    let is_cramp = |word: &str| {
        matches!(word, "cramp" | "cramped" | "cramping" | "locked" | "seized" | "spasm" | "calf" | "leg" | "its")
    };
    let before = (length.start.saturating_sub(4)..length.start).rev();
    let after = length.end..length.end + 4;
    // "Can't shift it" is no shift at work.
    let is_activity = |at: usize| {
        let moves = words.at(at) == "shift" && matches!(words.at(at + 1), "it" | "this" | "that");
        is_activity(words.at(at)) && !moves
    };
    let is_either = |at: &usize| is_activity(*at) || is_cramp(words.at(*at));
    let nearest = [before.into_iter().find(is_either), after.into_iter().find(is_either)];
    nearest.into_iter().flatten().any(is_activity)
}

/// How old the one is whom it is about: of several ages that person's, of a child's a young one.
fn age(reader: &Reader<'_>, subjects: &Subjects, so_far: &Understanding) -> Option<AgeBand> {
    let child = raised(so_far, Flag::Child);
    let (own, others): (Vec<Told>, Vec<Told>) =
        ages(reader, subjects).partition(|told| told.subject == subjects.patient);
    let bands = own.iter().chain(&others).map(|told| AgeBand::of(told.years));
    let mut bands = bands.filter(|band| child == band.is_minor());
    let alone = || age_alone(reader).map(AgeBand::of).filter(|band| !band.is_minor() && !child);
    bands.next().or_else(alone)
}

/// "Calf cramps in bed, 45", "34, never had it before": the only number that stands between two commas.
fn age_alone(reader: &Reader<'_>) -> Option<f64> {
    let words = reader.words;
    let end = words.tokens().len();
    let mut numbers = reader.reading.quantities.iter().filter(|q| {
        let (from, to) = (q.tokens.start, q.tokens.end);
        let parted =
            words.boundary(from) >= Boundary::Comma && words.boundary(to) >= Boundary::Comma;
        let whole = q.value.fract() == 0.0 && (18.0..=95.0).contains(&q.value);
        q.kind == Kinds::NUMBER && to == from + 1 && parted && whole && (from > 0 || to < end)
    });
    let age = numbers.next()?;
    numbers.next().is_none().then_some(age.value)
}

/// An age that is told, and of whom.
struct Told {
    years: f64,
    subject: Subject,
}

/// "61 years old", "she's 80"; next to a person a bare number too: "my son is 5", "my husband, 52,".
fn ages(reader: &Reader<'_>, subjects: &Subjects) -> impl Iterator<Item = Told> {
    let persons = reader.reading.entries(reader.responses.lists.person);
    let patient = subjects.patient;
    let is_next_to = move |number: &Quantity| {
        patient != Subject::Self_
            && (1.0..110.0).contains(&number.value)
            && !is_measure(reader.words.at(number.tokens.end))
            && persons.iter().any(|person| {
                let gap = person.end..number.tokens.start;
                person.end <= number.tokens.start
                    && gap.len() <= 2
                    && gap.clone().all(|at| leads_to_an_age(reader.words.at(at)))
            })
    };
    reader.reading.quantities.iter().filter_map(move |q| {
        let bare = q.kind == Kinds::NUMBER && is_next_to(q);
        let subject =
            if bare { Subject::Other } else { subjects.at(q.tokens.end.saturating_sub(1)) };
        (bare || q.kind == Kinds::AGE).then_some(Told { years: q.value, subject })
    })
}

fn leads_to_an_age(word: &str) -> bool {
    matches!(word, "is" | "aged" | "age" | "just" | "turned" | "nearly" | "almost" | "about")
        || matches!(word, "of" | "who" | "whos" | "around" | "only" | "now")
}

/// "my mate 20 kg", "the runner 3 to go": a number of something else.
fn is_measure(word: &str) -> bool {
    matches!(
        word,
        "kg" | "kilos" | "lbs" | "stone" | "cm" | "percent" | "of" | "to" | "out" | "times"
    ) || matches!(word, "x" | "reps" | "sets" | "points" | "degrees" | "others" | "people" | "more")
}
