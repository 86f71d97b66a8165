//! Whom each part of a message is about, and whom the help is wanted for.

use crate::message::Words;
use crate::phrases::Reading;
use crate::responses::Lists;

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
            let before = at.checked_sub(1).map_or("", |b| words.at(b));
            if let Some(range) = person
                && !is_aside(before, words.at(range.end))
                && !(at > 1 && is_aside(words.at(at - 2), "") && is_owner(before))
            {
                current = Subject::Other;
                named = true;
            } else {
                let next_is_person = persons.iter().any(|range| range.start == at + 1);
                current = subject_of(words.at(at), current, named, next_is_person);
            }
            of.push(current);
        }
        let patient = patient(words, &of, reading, lists);
        Self { of, patient }
    }

    pub(super) fn at(&self, at: usize) -> Subject {
        self.of.get(at).copied().unwrap_or(Subject::Unsaid)
    }

    /// Whether a word is about somebody whom the message does not ask help for.
    pub(super) fn is_someone_else(&self, at: usize) -> bool {
        self.patient != Subject::Other && self.at(at) == Subject::Other
    }
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

/// A person who only speaks or stands by is not whom it is about.
fn is_aside(before: &str, after: &str) -> bool {
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
    )
}

fn is_owner(word: &str) -> bool {
    matches!(word, "my" | "a" | "the" | "our" | "his" | "her" | "some")
}

fn is_own(word: &str) -> bool {
    matches!(word, "i" | "im" | "ive" | "id" | "ill" | "me" | "myself" | "mine" | "my")
}

/// Words after which "me" is only the one who is spoken to or stands by.
fn is_told(before: &str) -> bool {
    matches!(
        before,
        "tell"
            | "tells"
            | "telling"
            | "told"
            | "answer"
            | "answers"
            | "answering"
            | "recognise"
            | "recognize"
            | "hear"
            | "see"
            | "with"
            | "beside"
            | "near"
            | "to"
            | "at"
            | "for"
    )
}

/// Whom the words on cramps and legs are about.
fn patient(words: &Words, of: &[Subject], reading: &Reading, lists: &Lists) -> Subject {
    let mask = lists.cramp | lists.leg | lists.pain;
    let about = |subject| {
        let entries = reading.entries(mask);
        entries.iter().filter(|range| of.get(range.start) == Some(&subject)).count()
    };
    let (own, others) = (about(Subject::Self_), about(Subject::Other));
    if others > 0 && own == 0 {
        return Subject::Other;
    }
    // "She can't tell me her name": whoever only hears or sees it is not the one it is about.
    let spoken_to =
        |at: usize| words.at(at) == "me" && is_told(at.checked_sub(1).map_or("", |b| words.at(b)));
    let speaks = |at: usize| of[at] == Subject::Self_ && is_own(words.at(at)) && !spoken_to(at);
    let other = of.contains(&Subject::Other);
    if own > 0 || (0..of.len()).any(speaks) || of.contains(&Subject::Self_) && !other {
        Subject::Self_
    } else if of.contains(&Subject::Other) {
        Subject::Other
    } else {
        Subject::Unsaid
    }
}
