//! Whom each part of a message is about, and whom the help is wanted for.

use std::ops::Range;

use super::About;
use super::clause_words::{is_blood_relative, is_hearsay, is_past_verb, is_present_verb};
use crate::message::{Boundary, Words};
use crate::phrases::Reading;
use crate::responses::Lists;
use crate::vocabulary::Flag;

/// Whom a word is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The one who writes.
    Self_,
    /// Somebody else who was named.
    Other,
    /// Not said so far.
    Unsaid,
}

/// Whom each word is about.
pub(super) struct Subjects {
    of: Vec<Subject>,
    /// Whom the help is wanted for.
    pub(super) patient: Subject,
}

impl Subjects {
    pub(super) fn of(words: &Words, reading: &Reading, lists: &Lists) -> Self {
        let persons = reading.entries(lists.person);
        let mut of = Vec::with_capacity(words.tokens().len());
        let mut current = Subject::Unsaid;
        let mut named = false;
        for at in 0..words.tokens().len() {
            let person = persons.iter().find(|range| range.start == at);
            let before = words.before(at, 1);
            if let Some(range) = person
                && !is_aside(before, words.at(range.end))
                && !is_compared(words, at)
                && !(at > 1 && is_aside(words.at(at - 2), "") && is_owner(before))
            {
                current = Subject::Other;
                named = true;
            } else {
                let next_is_person = persons.iter().any(|range| range.start == at + 1);
                let next = subject_of(words.at(at), current, named, next_is_person);
                // "a girl at my gym": where she is from, and still she.
                let place = matches!(before, "at" | "from" | "in" | "of" | "on")
                    && persons.iter().any(|person| person.end + 1 == at);
                let next = if place { current } else { next };
                let helps = current == Subject::Other && next == Subject::Self_;
                if !(helps && (is_about_another(words, at) || is_object(words, at))) {
                    current = next;
                }
            }
            of.push(current);
        }
        let patient = if is_of_one_unnamed(words, &persons) {
            Subject::Other
        } else {
            patient(words, &of, reading, lists)
        };
        Self { of, patient }
    }

    pub(super) fn at(&self, at: usize) -> Subject {
        self.of.get(at).copied().unwrap_or(Subject::Unsaid)
    }

    /// Whether a sign of somebody else is no concern of the message: not where an emergency is
    /// happening, nor where it runs in the family.
    pub(super) fn drops(words: &Words, about: About, sign: &Range<usize>) -> bool {
        let About::Flag(flag) = about else { return false };
        match flag.core() {
            Some(Flag::ClotRisk) => !runs_in_family(words, sign),
            Some(Flag::ExertionalSickling) | None => true,
            Some(flag) if flag.is_emergency() => !is_happening(words, sign),
            Some(_) => true,
        }
    }

    /// Whether a word is about somebody whom the message does not ask help for.
    pub(super) fn is_someone_else(&self, at: usize) -> bool {
        self.patient != Subject::Other && self.at(at) == Subject::Other
    }
}

/// Whether a sign is told of somebody else as it happens: the first-aider, the coach or the
/// friend writes, and whoever it is needs help. A film, a news item and an old story do not.
fn is_happening(words: &Words, sign: &Range<usize>) -> bool {
    let clause = |at: &usize| words.boundary(*at + 1) < Boundary::Clause;
    let from = (0..sign.start).rev().take_while(clause).last().unwrap_or(sign.start);
    let near = sign.start.saturating_sub(4).max(from);
    let is_past = |at: usize| is_past_verb(words.at(at));
    let told = (from..sign.end).any(|at| is_hearsay(words.at(at)));
    let just =
        (sign.start.saturating_sub(2).max(from)..sign.start).any(|at| words.at(at) == "just");
    let now = just || (near..sign.end).any(|at| is_present_verb(words.at(at)));
    !told && (now && !(near..sign.start).any(is_past) || !(from..sign.end).any(is_past))
}

/// "my mum had clots": what runs in a family concerns the one who writes.
fn runs_in_family(words: &Words, sign: &Range<usize>) -> bool {
    let begins = |at: usize| words.boundary(at) >= Boundary::Comma;
    let owned = |at: usize| {
        let before = at.checked_sub(1).map_or("my", |at| words.at(at));
        begins(at) || matches!(before, "my" | "our" | "both" | "and")
    };
    (sign.start.saturating_sub(3)..sign.end).any(|at| is_blood_relative(words.at(at)) && owned(at))
}

fn subject_of(word: &str, current: Subject, named: bool, next_is_person: bool) -> Subject {
    match word {
        "i" | "im" | "ive" | "id" | "ill" | "me" | "myself" | "mine" => Subject::Self_,
        "my" if !next_is_person => Subject::Self_,
        "he" | "she" | "hes" | "shes" | "his" | "her" | "him" => Subject::Other,
        "they" | "their" | "theyre" if named => Subject::Other,
        _ => current,
    }
}

/// "I keep shaking him", "do I call", "cool to my hand": who writes only helps, and what follows
/// is still about the other.
fn is_about_another(words: &Words, at: usize) -> bool {
    let clause = (at + 1..at + 9).take_while(|at| words.boundary(*at) < Boundary::Clause);
    let others = |word: &str| {
        matches!(word, "him" | "her" | "his" | "he" | "she" | "them" | "hes" | "shes" | "hers")
    };
    let before = words.before(at, 1);
    let asks =
        matches!(before, "do" | "should" | "can" | "could" | "shall" | "may" | "must" | "if");
    let own = matches!(
        words.at(at + 1),
        "hand"
            | "hands"
            | "finger"
            | "fingers"
            | "thumb"
            | "arms"
            | "shoulder"
            | "name"
            | "voice"
            | "question"
            | "questions"
            | "group"
            | "club"
            | "team"
            | "squad"
            | "session"
            | "class"
            | "tent"
            | "car"
            | "house"
    );
    asks && words.at(at) == "i"
        || own && words.at(at) == "my"
        || clause.into_iter().any(|at| others(words.at(at)))
}

/// "won't look at me", "told me": the one who writes is only the object. "Me, I cramp" and "for
/// me" turn to the one who writes.
fn is_object(words: &Words, at: usize) -> bool {
    let boundary = words.boundary(at);
    let before = words.before(at, 1);
    let turns = matches!(
        before,
        "for" | "about" | "and" | "but" | "not" | "like" | "unlike" | "put" | "gave" | "started"
    );
    words.at(at) == "me" && boundary < Boundary::Comma && !turns
}

/// "like washing someone else", "thought someone had kicked me": nobody is there.
fn is_compared(words: &Words, at: usize) -> bool {
    let compares = |at: usize| matches!(words.at(at), "like" | "thought" | "swore" | "thinking");
    matches!(words.at(at), "someone" | "somebody" | "people" | "a")
        && (at.saturating_sub(3)..at).any(compares)
}

/// A person who only speaks or stands by is not whom it is about.
pub(super) fn is_aside(before: &str, after: &str) -> bool {
    matches!(
        before,
        "with"
            | "from"
            | "to"
            | "by"
            | "like"
            | "than"
            | "at"
            | "told"
            | "asked"
            | "beside"
            | "behind"
            | "of"
            | "was"
            | "as"
            | "had"
            | "since"
            | "im"
            | "am"
            | "holding"
            | "see"
            | "seeing"
            | "ask"
            | "call"
            | "find"
            | "need"
            | "without"
            | "were"
            | "are"
    ) || matches!(
        after,
        "says"
            | "said"
            | "thinks"
            | "told"
            | "swears"
            | "reckons"
            | "recommended"
            | "suggested"
            | "asked"
            | "suggests"
            | "recommends"
            | "thought"
            | "claims"
            | "tells"
            | "insists"
            | "keeps"
            | "laughed"
            | "uses"
            | "used"
            | "always"
            | "noticed"
            | "noticing"
            | "spotted"
            | "checked"
            | "looked"
    )
}

fn is_owner(word: &str) -> bool {
    matches!(word, "my" | "a" | "the" | "our" | "his" | "her" | "some")
}

/// "My goalie cramped and he fainted": where nobody is named whom "he" could mean, it is whoever the
/// message is about. One who only says something is not.
fn is_of_one_unnamed(words: &Words, persons: &[Range<usize>]) -> bool {
    let end = words.tokens().len();
    let named = persons.first().map_or(end, |person| person.start);
    // Who tells of themselves besides may speak of anybody.
    let asks = |at: usize| {
        let before = words.before(at, 1);
        matches!(before, "do" | "should" | "can" | "could" | "shall" | "may" | "must")
    };
    let tells = |at: usize| {
        matches!(words.at(at), "im" | "ive" | "mine" | "me") || words.at(at) == "i" && !asks(at)
    };
    !(0..end).any(tells)
        && (0..named).any(|at| {
            let is_he =
                matches!(words.at(at), "he" | "she" | "hes" | "shes" | "his" | "her" | "him");
            is_he && !is_aside("", words.at(at + 1))
        })
}

/// Whom the cramp is about; where no cramp is named, the legs and the pain.
fn patient(words: &Words, of: &[Subject], reading: &Reading, lists: &Lists) -> Subject {
    let persons = reading.entries(lists.person);
    // "I feel awful. Was it the cramp?": a sentence that names nobody tells nothing of whose it is.
    let names = |at: usize| {
        let is_one = |at: usize| {
            subject_of(words.at(at), Subject::Unsaid, true, false) != Subject::Unsaid
                || persons.iter().any(|person| person.contains(&at))
        };
        let sentence = words.sentences().iter().find(|s| s.tokens.contains(&at));
        sentence.is_none_or(|sentence| sentence.tokens.clone().any(is_one))
    };
    let about = |mask, subject| {
        let entries = reading.entries(mask);
        let own = |range: &&Range<usize>| of.get(range.start) == Some(&subject);
        let all = entries.iter().filter(own).count();
        let named = entries.iter().filter(own).filter(|range| names(range.start)).count();
        (named, all)
    };
    for mask in [lists.cramp, lists.leg | lists.pain] {
        let (own, others) = (about(mask, Subject::Self_), about(mask, Subject::Other));
        match (own.1, others.1) {
            (0, 0) => {}
            _ if (others.0, others.1) > (own.0, own.1) => return Subject::Other,
            _ => return Subject::Self_,
        }
    }
    let is_of = |subject, at: usize| of.get(at) == Some(&subject);
    // "Can I give my 12 year old ibuprofen?" asks for the child.
    let gives = |at: usize| {
        matches!(words.at(at + 1), "give" | "let" | "buy" | "offer")
            && (at + 2..at + 6).any(|at| is_of(Subject::Other, at))
    };
    let tells = |at: usize| {
        let word = words.at(at);
        matches!(word, "i" | "im" | "ive" | "id" | "ill" | "me" | "myself" | "mine") && !gives(at)
    };
    if (0..of.len()).any(|at| is_of(Subject::Self_, at) && tells(at)) {
        Subject::Self_
    } else if of.contains(&Subject::Other) {
        Subject::Other
    } else if of.contains(&Subject::Self_) {
        Subject::Self_
    } else {
        Subject::Unsaid
    }
}
