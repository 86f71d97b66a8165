//! What a message means, with the words that are the evidence.

mod answer_words;
mod answering;
mod asked;
mod asking;
mod asking_of;
mod claim;
mod clause_words;
mod context;
mod cues;
mod explain;
mod follow_up;
mod formula;
mod learned_opinion;
mod mentions;
mod named;
mod onset;
mod person;
mod places;
mod plainly;
mod relation;
mod relevance;
mod second_opinion;
mod setting;
mod settled;
mod site;
mod slots;
mod subject;
mod topics;
mod under_way;

use std::ops::Range;

use crate::classifier::Numbers;
use crate::classifier::learned::Features;
use crate::message::{Boundary, Words};
use crate::phrases::{Found, Reading};
use crate::responses::{LookAlikes, Responses, Role, Sign, TopicId};
use crate::vocabulary::{Aspect, Fact, FactSet, FlagSet, Setting, Urgency};

use answer_words::AnswerWords;
use claim::{settle_past, stays_true};
use context::Context;
use cues::{Cases, begins_with_an_answer};
use second_opinion::Opinions;
use subject::Subjects;

pub use answering::AfterNo;
pub use claim::{About, Claim};
pub use explain::{Row, explain, row};
pub use follow_up::{Before, Leaning};
pub use named::Named;
pub use onset::{Onset, weekday_of};
pub use person::{Person, Who};
pub use plainly::Plainly;
pub use relevance::Relevance;
pub use slots::{AgeBand, Muscle};
pub use topics::Scored;
pub use under_way::Tense;

pub use crate::classifier::learned::{Field, learn};

/// How closely a message is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attention {
    /// Overheard: reading ends as soon as it cannot be about a leg cramp; of such a message
    /// nothing is understood at all.
    Overheard,
    /// Spoken to, or in the middle of an interview: everything is read.
    Addressed,
}

/// One message's meaning.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each says another thing of a message")]
pub struct Understanding {
    /// Whether, and why, it is about a leg cramp.
    pub relevance: Relevance,
    /// Whether an answer is plainly wanted.
    pub asked: bool,
    /// Whether a question is put in it.
    pub question: bool,
    /// When the cramp happens.
    pub setting: Setting,
    /// Everything claimed of red flags and facts.
    pub claims: Vec<Claim>,
    /// Topics, best first, with their share.
    pub topics: Vec<Scored>,
    /// The topic of the words that ask, where a story stands beside them.
    pub wanted: Option<Scored>,
    /// The topic of each of its questions, in their order, where it puts several.
    pub questions: Vec<Scored>,
    /// What it asks without saying of what.
    pub leaning: Leaning,
    /// What it asks of its first topic, which is the one spoken of before.
    pub follow_up: Vec<Aspect>,
    /// Red flags that are affirmed or doubted.
    pub raised: FlagSet,
    /// Those of them that no phrase finds: the message sounds like them.
    pub guessed: FlagSet,
    /// Red flags that are denied and nowhere affirmed.
    pub denied: FlagSet,
    /// Red flags to ask about.
    pub unsure: FlagSet,
    /// Those of them that may be over, or as they always were.
    pub perhaps_old: FlagSet,
    /// Red flags that it names as an answer to the check lists; nothing elsewhere.
    pub named: Named,
    /// Red flags that it tells what else they may come from: "that is only sunburn".
    pub explained: FlagSet,
    /// Whether it turns from all to the own case: "cos mine is", "unless you count the cold toes".
    pub of_mine: bool,
    /// Red flags that a "no" at the very beginning denies, and nothing else.
    pub after_no: AfterNo,
    /// How it answers yes or no to what was asked, as a whole.
    pub plainly: Plainly,
    /// Facts that hold.
    pub facts: FactSet,
    /// Facts that are said not to hold.
    pub denied_facts: FactSet,
    /// The muscle, if one is named.
    pub muscle: Option<Muscle>,
    /// How long ago it began.
    pub onset: Option<Onset>,
    /// Minutes the cramp has lasted.
    pub minutes: Option<u32>,
    /// How old the person is.
    pub age: Option<AgeBand>,
    /// Where its words place the cramp in time, beside how long ago it was.
    pub tense: Tense,
    /// Whether it is about somebody else.
    pub for_other: bool,
    /// Who that is, as far as it is said.
    pub person: Person,
    /// The age that it is where it says nothing besides but yes or no: "14", "27 lol no".
    pub bare_age: Option<f64>,
    /// Minutes, if it is a length of time or how long ago, and nothing besides.
    pub bare_minutes: Option<u32>,
    /// Whether it holds any word at all.
    pub has_words: bool,
    /// Whether it is written in letters that are not read.
    pub unread: bool,
    /// The topic that was answered before, where it goes on from that: "but my gp gave it to me".
    pub goes_on: Option<TopicId>,
    /// The topic that was answered just before.
    pub last: Option<TopicId>,
    /// Whether its last words are a stop and nothing else: "it was never a cramp lol. Stop".
    pub ends_in_stop: bool,
    /// How many words there are.
    pub length: usize,
}

/// Whether a text is written in letters that are not read, such as Chinese, Japanese, Korean and Thai
/// ones, and in none of ours.
fn is_unread(text: &str) -> bool {
    let unread = |c: &char| match c {
        '\u{1e00}'..='\u{2fff}' => false,
        c => *c >= '\u{0e00}' && c.is_alphabetic(),
    };
    !text.bytes().any(|byte| byte.is_ascii_alphabetic()) && text.chars().filter(unread).count() > 1
}

impl Understanding {
    /// Reads a message.
    #[must_use]
    pub fn of(responses: &Responses, text: &str, attention: Attention) -> Self {
        let overheard = attention == Attention::Overheard;
        if overheard && !responses.phrases.may_pass(&responses.gate, text) {
            return Self::default();
        }
        let words = Words::of(text);
        let mut reading = responses.phrases.read(&words);
        if overheard && !relevance::may_be(&reading, &responses.lists) {
            return Self::default();
        }
        let mut found = responses.phrases.find(&words, &mut reading);
        found.retain(|hit| !begins_with_an_answer(&words, hit));
        let look_alikes = LookAlikes::of(&found);
        let asking = asking::clauses(&words);
        let reader = Reader {
            responses,
            words: &words,
            reading: &reading,
            found: &found,
            look_alikes,
            known: AnswerWords::of(&responses.talk),
            numbers: responses.classifier.numbers(&words, &reading.words),
            features: responses.learned.features(&words),
            general: asking::general_clauses(&words, &asking),
            asking,
        };
        Self { unread: is_unread(text), ..reader.understand() }
    }

    /// Whether it is about a cramp in a leg or foot.
    #[must_use]
    pub const fn is_relevant(&self) -> bool {
        self.relevance.is_relevant()
    }

    /// The same, said in answer to the check lists: the signs that it names by a bare word are
    /// raised, and denied where it says that they are well. With a "no" beside it a name is too
    /// little, and enough to ask.
    #[must_use]
    pub fn in_answer_to_lists(&self, named: Named) -> Self {
        let mut said = self.clone();
        let denies = said.facts.contains(Fact::No) || said.facts.contains(Fact::NoneOfThese);
        let into = if denies { &mut said.unsure } else { &mut said.raised };
        *into = into.union(named.there.without(self.denied));
        said.unsure = said.unsure.union(named.doubted).without(said.raised);
        let told = said.raised.union(said.unsure);
        said.denied = said.denied.union(named.well.without(told));
        said
    }

    /// The highest level of its raised flags, without combinations.
    #[must_use]
    pub fn urgency(&self, responses: &Responses) -> Urgency {
        let highest = self.raised.iter().map(|flag| responses.urgency(flag)).max();
        match (self.is_relevant(), highest) {
            (false, _) => Urgency::None,
            (true, None) => Urgency::SelfCare,
            (true, Some(level)) => level,
        }
    }
}

/// A prepared message with all that was found in it.
struct Reader<'r> {
    responses: &'r Responses,
    words: &'r Words,
    reading: &'r Reading,
    found: &'r [Found<Sign>],
    look_alikes: LookAlikes,
    /// What the words of a short answer are worth.
    known: AnswerWords<'r>,
    /// The message as the models see it that are trained with the response files.
    numbers: Numbers,
    /// The same for those that were learned before.
    features: Features,
    /// The clauses that ask.
    asking: Vec<Range<usize>>,
    /// Those of them that ask about the world at large.
    general: Vec<Range<usize>>,
}

impl Reader<'_> {
    fn understand(&self) -> Understanding {
        let cases = Cases::of(self);
        let context = Context::of(self.words, &self.known, self.found, &self.general, cases);
        let subjects = Subjects::of(self.words, self.reading, &self.responses.lists);
        let mut claims = self.claims(&context, &subjects);
        let opinions = Opinions::of(self);
        opinions.add(self, &context, &subjects, &mut claims);
        settle_past(&mut claims, self.words);
        opinions.doubt(self, &mut claims);
        let plain = relevance::tells_an_emergency(&claims);
        learned_opinion::weigh(self, &opinions, &mut claims);
        answering::doubt_other_names(self.words, &self.known, &mut claims);
        let mut understanding = self.settled(&claims, &context, &subjects);
        let topics = topics::Scores::of(self, &claims);
        understanding.relevance = relevance::of(self, &claims, &understanding, &topics, plain);
        understanding.wanted = topics.wanted();
        understanding.questions = topics::of_each_question(self);
        understanding.topics = topics.ranked(self, &understanding);
        understanding.question = asked::is_question(self.words, &self.asking);
        understanding.asked = asked::of(self.words, &understanding);
        understanding.leaning = follow_up::leaning(self, &understanding);
        understanding.ends_in_stop = asked::ends_in_stop(self.words, &claims);
        understanding.claims = claims;
        understanding
    }

    fn is_look_alike(&self, hit: &Found<Sign>) -> bool {
        self.look_alikes.hide(hit) && !self.is_still_there(hit)
    }

    /// "Foot numb from tight laces, loosened them and it is still numb": told again, and still there,
    /// whatever it came from.
    fn is_still_there(&self, hit: &Found<Sign>) -> bool {
        let start = hit.tokens.start;
        let told_before = |other: &Found<Sign>| match (other.owner, hit.owner) {
            (Sign::Flag(one, role), Sign::Flag(two, _)) => {
                one == two && role != Role::Not && other.tokens.end < start
            }
            _ => false,
        };
        self.words.before(start, 1) == "still" && self.found.iter().any(told_before)
    }

    /// Whether words stand on both sides of a comma or more.
    fn crosses_a_comma(&self, tokens: &Range<usize>) -> bool {
        let own = self.words.tokens().get(tokens.clone()).unwrap_or_default();
        own.iter().skip(1).any(|token| token.boundary >= Boundary::Comma)
    }
}

#[cfg(test)]
mod tests {
    use super::is_unread;

    #[test]
    fn letters_that_are_not_read_are_known_as_such() {
        for text in ["胸口痛，腿抽筋", "胸が痛くて、足もつる", "다리에 쥐가 났어요", "ขาเป็นตะคริว"]
        {
            assert!(is_unread(text), "{text}");
        }
        for text in ["", "😵", "3", "calf 胸口痛", "судорога в икре", "पिंडली में ऐंठन", "تشنج", "ﬁn"]
        {
            assert!(!is_unread(text), "{text}");
        }
    }
}
