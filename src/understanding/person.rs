//! Whom a message is about, as far as it takes to tell one person from another.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Reader;
use super::relation::{self, SELF};
use super::subject::{Subject, Subjects, is_aside};
use crate::message::{Boundary, Words};

/// Longest message, in words, in which a relation alone says whom all of it is about (`club-rule`).
const A_FEW: usize = 8;

/// Whom it may be, a bit for each relation to the one who writes; nothing where it is not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Who(u32);

impl Who {
    /// The one who writes.
    pub const WRITER: Self = Self(SELF);

    /// Whether nothing is said of it.
    #[must_use]
    pub const fn is_unsaid(self) -> bool {
        self.0 == 0
    }

    /// Whether both are said and cannot be the same person.
    #[must_use]
    pub const fn differs(self, other: Self) -> bool {
        self.0 != 0 && other.0 != 0 && self.0 & other.0 == 0
    }

    /// Whether nobody that it may be is under 18.
    #[must_use]
    pub const fn is_adult(self) -> bool {
        self.0 != 0 && self.0 & !relation::ADULT == 0
    }

    /// Whether nobody that it may be can be pregnant.
    #[must_use]
    pub const fn is_never_pregnant(self) -> bool {
        self.0 != 0 && self.0 & !relation::NEVER_PREGNANT == 0
    }

    /// What is known after both: of "the lad" and "my son" the son.
    #[must_use]
    pub const fn narrowed(self, other: Self) -> Self {
        match (self.0, other.0) {
            (0, said) => Self(said),
            (known, 0) => Self(known),
            (known, said) if known & said == 0 => Self(known),
            (known, said) => Self(known & said),
        }
    }
}

/// Whom a message is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each says another thing of a person")]
pub struct Person {
    /// Who it may be.
    pub who: Who,
    /// Whether it says that it is about somebody, and not about cramps as such.
    pub of_someone: bool,
    /// Whether it says that it is another one than before: "second runner now", "my other boy".
    pub another: bool,
    /// Whether it tells of a cramp by pointing at one: "my mum gets it in her feet".
    pub points: bool,
    /// Whether that is one besides another: "my husband had one too".
    pub too: bool,
    /// Whether it says whom all of it was about: "it's my mum".
    pub introduced: bool,
}

impl Person {
    /// Reads a message for it.
    pub(super) fn of(reader: &Reader<'_>, subjects: &Subjects) -> Self {
        let people = People { reader, words: reader.words, persons: persons(reader) };
        let pointed = people.pointed();
        let too = pointed.iter().any(|(_, too)| *too);
        let who = people.who(subjects, &pointed);
        Self {
            who,
            of_someone: !who.is_unsaid() || subjects.patient != Subject::Unsaid,
            another: people.another(too),
            points: !pointed.is_empty(),
            too,
            introduced: people.introduced(),
        }
    }
}

/// Everybody who is named and does not only speak or stand by.
fn persons(reader: &Reader<'_>) -> Vec<Range<usize>> {
    let words = reader.words;
    let before = |at: usize, back| words.before(at, back);
    let mut persons = reader.reading.entries(reader.responses.lists.person);
    persons.retain(|person| {
        let is_address = relation::is_address(words.at(person.start))
            && !relation::is_determiner(before(person.start, 1));
        let lead = if relation::is_determiner(before(person.start, 1)) { 2 } else { 1 };
        let lead = before(person.start, lead);
        !is_address && !is_aside("", words.at(person.end)) && !stands_by(lead)
    });
    persons
}

/// "With my wife", "told my mum": not whom it is about. "It is my mum" names her.
fn stands_by(before: &str) -> bool {
    is_aside(before, "") && !matches!(before, "was" | "as" | "had" | "see" | "of" | "need")
}

struct People<'p> {
    reader: &'p Reader<'p>,
    words: &'p Words,
    persons: Vec<Range<usize>>,
}

impl People<'_> {
    /// Who it is: of the writer and others the one whom the cramp is about.
    fn who(&self, subjects: &Subjects, pointed: &[(usize, bool)]) -> Who {
        let (lists, reading) = (&self.reader.responses.lists, self.reader.reading);
        let mut told = reading.entries(lists.cramp | lists.leg | lists.pain);
        told.extend(pointed.iter().map(|(at, _)| *at..*at + 1));
        let own = told.iter().any(|range| self.is_own(range.start)) || self.turns_to_writer();
        let other = told.iter().map(|range| self.owner(range.start)).find(|who| *who != 0);
        match (subjects.patient, own, other) {
            (_, true, None) => Who::WRITER,
            (Subject::Self_, true, _) => Who::WRITER,
            (Subject::Self_, false, _) => Who(0),
            (Subject::Other | Subject::Unsaid, _, Some(who)) => Who(who),
            (Subject::Other | Subject::Unsaid, false, None)
                if self.words.tokens().len() <= A_FEW =>
            {
                Who(self.persons.first().map_or(0, |person| self.relation(person)))
            }
            (Subject::Other | Subject::Unsaid, false, None) => Who(0),
        }
    }

    /// "my calf", "I cramped": told of the writer.
    fn is_own(&self, at: usize) -> bool {
        let from = self.sentence(at).max(at.saturating_sub(4));
        let near = (from..at).rev();
        let mut near = near.take_while(|at| !self.persons.iter().any(|p| p.contains(at)));
        near.any(|near| match self.words.at(near) {
            "my" => near + 2 >= at,
            "i" | "ive" => !(near + 1..at).any(|at| is_of_another(self.words.at(at))),
            _ => false,
        })
    }

    /// "It's my mum", "asking for my dad".
    fn introduced(&self) -> bool {
        self.persons.first().is_some_and(|person| {
            let mut before = (person.start.saturating_sub(2)..person.start).rev();
            before.any(|at| matches!(self.words.at(at), "its" | "is" | "for" | "about" | "thats"))
        })
    }

    /// Whose leg or cramp it is: the nearest person before it in its sentence.
    fn owner(&self, at: usize) -> u32 {
        let from = self.sentence(at);
        let mut before = self.persons.iter().filter(|p| from <= p.start && p.end <= at);
        before.next_back().filter(|_| !self.is_own(at)).map_or(0, |person| self.relation(person))
    }

    fn relation(&self, person: &Range<usize>) -> u32 {
        relation::of(person.clone().map(|at| self.words.at(at)))
    }

    /// Places where a cramp is pointed at: "had one", "gets them", "had it as well"; and whether it
    /// is one besides another.
    fn pointed(&self) -> Vec<(usize, bool)> {
        let has = |at: &usize| {
            matches!(self.words.at(*at), "get" | "gets" | "got" | "had" | "has" | "have" | "having")
        };
        let it = |at: &usize| {
            let (word, next) = (self.words.at(*at + 1), self.words.at(*at + 2));
            matches!(word, "one" | "it" | "them" | "these" | "those")
                || word == "the" && next == "same"
        };
        let places = (0..self.words.tokens().len()).filter(|at| has(at) && it(at));
        places.map(|at| (at, self.says_too(at))).collect()
    }

    fn says_too(&self, at: usize) -> bool {
        (at..at + 7).take_while(|at| self.words.boundary(*at) < Boundary::Sentence).any(|at| {
            matches!(self.words.at(at), "too" | "also" | "same")
                || self.words.at(at) == "as" && self.words.at(at + 1) == "well"
        })
    }

    /// "Another runner", "second child", "my other boy", "one of the girls had it as well".
    fn another(&self, too: bool) -> bool {
        (0..self.words.tokens().len()).any(|at| {
            let next = || self.words.at(at + 1);
            let owned = || matches!(self.words.before(at, 1), "my" | "our" | "the" | "his" | "her");
            let noun = match self.words.at(at) {
                "another" | "next" | "different" | "second" | "third" => at + 1,
                "2" if next() == "nd" => at + 2,
                "3" if next() == "rd" => at + 2,
                "other" if owned() => at + 1,
                "one" if too && next() == "of" => return self.is_person_near(at),
                _ => return false,
            };
            relation::is_person(self.words.at(noun)) && !is_aside("", self.words.at(noun + 1))
        })
    }

    fn is_person_near(&self, at: usize) -> bool {
        (at..at + 4).any(|at| relation::is_person(self.words.at(at)))
    }

    /// "Now me", "me too", "what about me".
    fn turns_to_writer(&self) -> bool {
        (0..self.words.tokens().len()).any(|at| {
            if self.words.at(at) != "me" {
                return false;
            }
            let before = self.words.before(at, 1);
            let next = self.words.at(at + 1);
            let ends = self.words.boundary(at + 1) >= Boundary::Comma;
            matches!(before, "now" | "its" | "and" | "about") && (ends || next == "now")
                || at == 0 && matches!(next, "now" | "too" | "next")
        })
    }

    /// Where the sentence of a word begins.
    fn sentence(&self, at: usize) -> usize {
        let sentence = self.words.sentences().iter().find(|s| s.tokens.contains(&at));
        sentence.map_or(0, |sentence| sentence.tokens.start)
    }
}

/// "I rubbed his calf", "I think her leg": the writer does something to somebody.
fn is_of_another(word: &str) -> bool {
    matches!(
        word,
        "his" | "her" | "him" | "he" | "she" | "hes" | "shes" | "their" | "they" | "them"
    ) || matches!(word, "the" | "think" | "hold" | "held" | "rub" | "rubbed" | "stretched")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::responses::disk;
    use crate::understanding::{AgeBand, Attention, Plainly, Understanding};
    use crate::vocabulary::Flag;

    #[test]
    fn one_person_is_told_from_another() {
        let responses = disk::load(Path::new("responses")).unwrap();
        let read = |text| Understanding::of(&responses, text, Attention::Addressed).person;
        let son = read("my son had a calf cramp yesterday, gone now").who;
        for text in [
            "my husband had a calf cramp this morning on his run",
            "now me, I ran yesterday and my calf cramped",
            "and I get them too after football",
            "my mum now, she gets it in her feet",
            "my daughter 13 had a cramp in her calf today too",
        ] {
            assert!(son.differs(read(text).who), "{text}");
        }
        for text in [
            "he says it's gone",
            "the lad has cramp again",
            "my boy's calf is cramping",
            "I rubbed his calf and it cramped",
            "my wife says he had cramp",
            "I think it's the calf",
        ] {
            assert!(!son.differs(read(text).who), "{text}");
        }
    }

    #[test]
    fn words_say_that_it_is_another_one() {
        let responses = disk::load(Path::new("responses")).unwrap();
        let read = |text| Understanding::of(&responses, text, Attention::Addressed).person;
        for text in [
            "second runner now, hamstring locked",
            "another runner, her hamstring is locked",
            "and my other boy gets them after football",
            "one of the girls had it as well",
            "the 2nd kid has cramp",
        ] {
            assert!(read(text).another, "{text}");
        }
        for text in [
            "the second cramp today",
            "another one",
            "my other calf cramped",
            "another runner told me to try mustard",
            "one of my calves had it",
        ] {
            assert!(!read(text).another, "{text}");
        }
    }

    #[test]
    fn a_sign_of_he_or_she_is_one_of_whom_the_message_is_about() {
        let responses = disk::load(Path::new("responses")).unwrap();
        let read = |text| Understanding::of(&responses, text, Attention::Addressed);
        assert!(
            read("my goalie cramped and he fainted").raised.contains(Flag::CollapseOrConfusion)
        );
        let foot = read("my 13yo cramped, her foot is cold and white");
        assert!(foot.raised.contains(Flag::ColdOrPaleFoot));
        assert!(read("he cant stand on his own").raised.contains(Flag::CannotBearWeight));
        let beside = read("my calf cramped on my run. my mate had brown pee last year");
        assert!(!beside.raised.contains(Flag::DarkUrine));
    }

    #[test]
    fn an_age_is_that_of_whom_the_message_is_about() {
        let responses = disk::load(Path::new("responses")).unwrap();
        let read = |text| Understanding::of(&responses, text, Attention::Addressed);
        for (text, age) in [
            ("15 here, cramp in my calf", AgeBand::From13),
            ("it's my mum, she's 80", AgeBand::Over50),
            ("he's 6", AgeBand::Under8),
            ("my dad is 71 and his calf cramps", AgeBand::Over50),
            ("I'm 44, my son, 14, had a cramp in his calf", AgeBand::From13),
        ] {
            assert_eq!(read(text).age, Some(age), "{text}");
        }
        assert_eq!(read("14").bare_age, Some(14.0));
        assert_eq!(read("27 lol no").bare_age, Some(27.0));
        for text in ["no, 44", "none, im 44"] {
            assert_eq!(read(text).plainly, Plainly::No, "{text}");
        }
        for text in ["no, 3", "14 minutes", "it hurts 7 of 10"] {
            let said = read(text);
            assert!(said.bare_age.is_none() || said.bare_age < Some(10.0), "{text}");
        }
    }
}
