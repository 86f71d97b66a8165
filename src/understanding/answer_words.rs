//! What the words of a short answer are worth: fillers and courtesies that change nothing, words that
//! tell of no sign, and words that say yes, no or well.

use crate::responses::{Sayings, TalkLists};
use crate::vocabulary::Answering;

/// The lists that each word of a short answer is looked for in.
#[derive(Clone, Copy, Debug)]
pub(super) struct AnswerWords<'r> {
    small: &'r Sayings,
    courtesy: &'r Sayings,
    of_the_cramp: &'r Sayings,
    beside_yes: &'r Sayings,
    harmless: &'r Sayings,
    well: &'r Sayings,
    fit: &'r Sayings,
    as_it_should: &'r Sayings,
    checked: &'r Sayings,
    pee: &'r Sayings,
    pee_colour: &'r Sayings,
    of_the_body: &'r Sayings,
    before_no: &'r Sayings,
    after_no: &'r Sayings,
    beside_age: &'r Sayings,
    not_yet_of_age: &'r Sayings,
    beside_minutes: &'r Sayings,
    ouch: &'r Sayings,
    help: &'r Sayings,
    not_shouted: &'r Sayings,
    swears: &'r Sayings,
}

impl<'r> AnswerWords<'r> {
    pub(super) fn of(talk: &'r TalkLists) -> Self {
        Self {
            small: talk.list(Answering::Small),
            courtesy: talk.list(Answering::Courtesy),
            of_the_cramp: talk.list(Answering::OfTheCramp),
            beside_yes: talk.list(Answering::BesideYes),
            harmless: talk.list(Answering::Harmless),
            well: talk.list(Answering::Well),
            fit: talk.list(Answering::Fit),
            as_it_should: talk.list(Answering::AsItShould),
            checked: talk.list(Answering::Checked),
            pee: talk.list(Answering::Pee),
            pee_colour: talk.list(Answering::PeeColour),
            of_the_body: talk.list(Answering::OfTheBody),
            before_no: talk.list(Answering::BeforeNo),
            after_no: talk.list(Answering::AfterNo),
            beside_age: talk.list(Answering::BesideAge),
            not_yet_of_age: talk.list(Answering::NotYetOfAge),
            beside_minutes: talk.list(Answering::BesideMinutes),
            ouch: talk.list(Answering::Ouch),
            help: talk.list(Answering::Help),
            not_shouted: talk.list(Answering::NotShouted),
            swears: talk.list(Answering::Swears),
        }
    }

    /// Words that say nothing by themselves beside a "no".
    pub(super) fn is_filler(&self, word: &str) -> bool {
        self.is_small(word) || self.is_courtesy(word) || self.is_of_the_cramp(word)
    }

    pub(super) fn is_small(&self, word: &str) -> bool {
        self.small.has(word)
    }

    pub(super) fn is_courtesy(&self, word: &str) -> bool {
        self.courtesy.has(word)
    }

    pub(super) fn is_of_the_cramp(&self, word: &str) -> bool {
        self.of_the_cramp.has(word)
    }

    /// Words that go with a "yes" and add nothing.
    pub(super) fn is_beside_yes(&self, word: &str) -> bool {
        self.is_small(word) || self.is_of_the_cramp(word) || self.beside_yes.has(word)
    }

    /// Words that tell of no sign beside a "no".
    pub(super) fn is_harmless(&self, word: &str) -> bool {
        word.bytes().all(|byte| byte.is_ascii_digit()) || self.harmless.has(word)
    }

    /// What a danger sign may be about, unless it is well ("walking fine").
    pub(super) fn is_checked(&self, word: &str) -> bool {
        self.checked.has(word) || self.is_pee(word)
    }

    pub(super) fn is_pee(&self, word: &str) -> bool {
        self.pee.has(word)
    }

    pub(super) fn is_pee_colour(&self, word: &str) -> bool {
        self.pee_colour.has(word)
    }

    /// Says of what was asked about that nothing is wrong with it.
    pub(super) fn is_well(&self, word: &str) -> bool {
        self.well.has(word) || self.fit.has(word)
    }

    /// "Walking about", "foot is warm": how what was asked about is when it is well.
    pub(super) fn is_as_it_should(&self, word: &str) -> bool {
        self.is_well(word) || self.as_it_should.has(word)
    }

    /// Parts of the body that the danger signs are about.
    pub(super) fn is_of_the_body(&self, word: &str) -> bool {
        self.of_the_body.has(word)
    }

    /// Words before a "no" that answers: "wait, no", "actually no".
    pub(super) fn is_lead_in(&self, word: &str) -> bool {
        self.before_no.has(word)
    }

    /// Words behind a "no" that belong to it: "none on either list".
    pub(super) fn is_of_lists(&self, word: &str) -> bool {
        self.after_no.has(word) || self.is_courtesy(word)
    }

    /// Words beside an age that is all that is said.
    pub(super) fn is_beside_age(&self, word: &str) -> bool {
        self.is_small(word)
            || self.is_courtesy(word)
            || self.beside_age.has(word)
            || self.is_ahead(word)
    }

    /// "17 next week".
    pub(super) fn is_ahead(&self, word: &str) -> bool {
        self.not_yet_of_age.has(word)
    }

    /// Words beside a time that is all that is said.
    pub(super) fn is_beside_minutes(&self, word: &str) -> bool {
        self.is_small(word) || self.is_courtesy(word) || self.beside_minutes.has(word)
    }

    /// "Ow".
    pub(super) fn is_ouch(&self, word: &str) -> bool {
        self.ouch.has(word)
    }

    /// A cry for help.
    pub(super) fn is_help(&self, word: &str) -> bool {
        self.help.has(word)
    }

    /// Words with which nothing is shouted that is on.
    pub(super) fn is_not_shouted(&self, word: &str) -> bool {
        self.not_shouted.has(word)
    }

    /// Words that cry out, and may lead to a "no" that belongs to the cry.
    pub(super) fn swears(&self, word: &str) -> bool {
        self.swears.has(word)
    }
}

/// Says that something is not so.
pub(super) fn is_negation(word: &str) -> bool {
    matches!(word, "no" | "not" | "nothing" | "none" | "never" | "nor" | "without" | "neither")
        || matches!(word, "isnt" | "isn" | "aint" | "arent" | "dont" | "doesnt" | "didnt")
        || matches!(word, "havent" | "hasnt" | "hardly" | "barely")
}
