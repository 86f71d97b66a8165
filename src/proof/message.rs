//! Messages as the flow sees them: kinds of talk, and what each can tell.

use crate::responses::{Responses, Term, Topic, TopicId};
use crate::triage::Answer;
use crate::understanding::{About, Claim, Onset, Plainly, Relevance, Scored, Understanding};
use crate::vocabulary::{Fact, FactSet, FlagId, FlagSet, Setting, Status};

/// What is said of the course of a cramp.
pub(super) const COURSE: &[Fact] = &[
    Fact::Now,
    Fact::Released,
    Fact::StillLocked,
    Fact::ComesAndGoes,
    Fact::Worse,
    Fact::Over,
    Fact::NothingHelps,
];

/// A message of a walk.
#[derive(Clone, Debug)]
pub(super) struct Spoken {
    /// How it reads in a transcript.
    pub(super) label: String,
    /// What is understood of it.
    pub(super) said: Understanding,
    /// Whether it tells nothing besides.
    pub(super) is_bare: bool,
    /// Its facts that a row of the combination table weighs.
    pub(super) weighed: FactSet,
    /// What kind of talk it is.
    pub(super) talk: Talk,
    /// Whether it only answers or tells of the course, so that nobody has to find new signs for it.
    pub(super) plain: bool,
}

/// A kind of talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub(super) enum Talk {
    /// Tells of a cramp in a leg.
    Report,
    /// Something about a leg that is no report.
    Remark,
    /// "yes"
    Yes,
    /// "no"
    No,
    /// "none of these"
    None,
    /// "not sure"
    NotSure,
    /// Asks about cramps.
    Ask,
    /// Asks about a topic without naming a cramp.
    AskBare,
    /// "what if", "can it"
    WhatIf,
    /// "hello", "thanks"
    Chat,
    /// Something else altogether.
    Other,
    /// No word that means anything.
    Gibberish,
    /// No word at all.
    Wordless,
    /// "stop", "forget it"
    Stop,
    /// "says who?"
    Source,
    /// Wants to die.
    Crisis,
}

impl Talk {
    /// The answer it is.
    pub(super) const fn answer(self) -> Option<Answer> {
        match self {
            Self::Yes => Some(Answer::Yes),
            Self::No => Some(Answer::No),
            Self::None => Some(Answer::None),
            Self::NotSure => Some(Answer::NotSure),
            Self::Report
            | Self::Remark
            | Self::Ask
            | Self::AskBare
            | Self::WhatIf
            | Self::Chat
            | Self::Other
            | Self::Gibberish
            | Self::Wordless
            | Self::Stop
            | Self::Source
            | Self::Crisis => None,
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Report => "my calf cramped",
            Self::Remark => "it is the leg",
            Self::Yes => "yes",
            Self::No => "no",
            Self::None => "none of these",
            Self::NotSure => "not sure",
            Self::Ask => "what helps against cramps?",
            Self::AskBare => "what about pickle juice?",
            Self::WhatIf => "what if a leg swells?",
            Self::Chat => "thanks",
            Self::Other => "my printer is broken again today",
            Self::Gibberish => "qwx",
            Self::Wordless => "(no words)",
            Self::Stop => "stop",
            Self::Source => "says who?",
            Self::Crisis => "I want to die",
        }
    }

    /// What is understood of it.
    fn said(self, responses: &Responses) -> Understanding {
        let topic = |wanted: fn(&Topic) -> bool, named| {
            let at = responses.topics.iter().position(wanted);
            let id = at.and_then(|at| u16::try_from(at).ok()).map(TopicId);
            id.map(|topic| Scored { topic, share: 0.9, named }).into_iter().collect()
        };
        let is_plain = |topic: &Topic| {
            !topic.chat && !matches!(topic.intent.as_str(), "cramp_report" | "relief")
        };
        let mut said = Understanding { has_words: true, length: 4, ..Understanding::default() };
        match self {
            Self::Report => {
                said.topics = topic(|topic| topic.intent == "cramp_report", true);
                (said.relevance, said.asked, said.length) = (Relevance::LegCramp, true, 12);
            }
            Self::Remark => said.relevance = Relevance::LegCramp,
            Self::Yes => {
                said.facts.insert(Fact::Yes);
                said.plainly = Plainly::Yes;
            }
            Self::No => {
                said.facts.insert(Fact::No);
                said.plainly = Plainly::No;
            }
            Self::None => {
                said.facts.insert(Fact::NoneOfThese);
                said.plainly = Plainly::No;
            }
            Self::NotSure => said.facts.insert(Fact::NotSure),
            Self::Ask => {
                said.topics = topic(is_plain, true);
                (said.relevance, said.asked) = (Relevance::LegCramp, true);
                said.question = true;
            }
            Self::AskBare => {
                said.topics = topic(is_plain, true);
                (said.asked, said.question) = (true, true);
            }
            Self::WhatIf => {
                said.topics = topic(is_plain, false);
                (said.relevance, said.asked) = (Relevance::LegCramp, true);
                said.question = true;
                said.facts.insert(Fact::General);
            }
            Self::Chat => said.topics = topic(|topic| topic.id == "thanks", true),
            Self::Other => {
                said.topics = topic(|topic| topic.intent == "none", false);
                said.length = 6;
            }
            Self::Gibberish => {}
            Self::Wordless => (said.has_words, said.length) = (false, 0),
            Self::Stop => said.facts.insert(Fact::Stop),
            Self::Source => said.facts.insert(Fact::AsksSource),
            Self::Crisis => said.topics = topic(|topic| topic.id == "crisis", true),
        }
        said
    }
}

impl Spoken {
    /// Notes which of its facts the combination table weighs.
    pub(super) fn weighed(mut self, responses: &Responses) -> Self {
        let terms = responses.combinations.iter().flat_map(|row| row.when.iter().flatten());
        let facts = terms.filter_map(|term| match term {
            Term::Fact(fact) => Some(*fact),
            Term::Flag(_) => None,
        });
        let said = self.said.facts;
        facts.filter(|fact| said.contains(*fact)).for_each(|fact| self.weighed.insert(fact));
        self
    }

    /// A kind of talk by itself.
    pub(super) fn plain(responses: &Responses, talk: Talk) -> Self {
        Self {
            label: talk.label().to_owned(),
            said: talk.said(responses),
            weighed: FactSet::default(),
            is_bare: true,
            talk,
            plain: talk.answer().is_some() || matches!(talk, Talk::Report | Talk::Remark),
        }
    }

    fn telling(mut self, what: &str, change: impl FnOnce(&mut Understanding)) -> Self {
        self.label = format!("{} ({what})", self.label);
        (self.plain, self.is_bare) = (false, false);
        change(&mut self.said);
        self
    }

    /// It tells of a sign.
    pub(super) fn raising(self, name: &str, flag: FlagId) -> Self {
        self.telling(&format!("and: {name}"), |said| said.raised.insert(flag))
    }

    /// It says that a sign is not there.
    pub(super) fn denying(self, name: &str, flags: FlagSet) -> Self {
        let mut spoken = self.telling(&format!("and not: {name}"), |said| said.denied = flags);
        spoken.plain = true;
        spoken
    }

    /// It hints at a sign.
    pub(super) fn doubting(self, name: &str, flag: FlagId) -> Self {
        self.telling(&format!("perhaps: {name}"), |said| said.unsure.insert(flag))
    }

    /// It names a sign as an answer to the lists does.
    pub(super) fn naming(self, name: &str, flag: FlagId) -> Self {
        self.telling(&format!("just: {name}"), |said| said.named.there.insert(flag))
    }

    /// It says that a sign was there.
    pub(super) fn past(self, name: &str, flag: FlagId) -> Self {
        let claim = Claim::bare(About::Flag(flag), Status::Past);
        self.telling(&format!("yesterday: {name}"), |said| said.claims.push(claim))
    }

    /// It is about another person than before.
    pub(super) fn of_another(self) -> Self {
        self.telling("of another person", |said| said.person.another = true)
    }

    /// It says something of the course, or another fact.
    pub(super) fn fact(self, fact: Fact) -> Self {
        let mut spoken = self.telling(&fact.id().replace('_', " "), |said| said.facts.insert(fact));
        spoken.plain = true;
        spoken
    }

    /// It says when it hits.
    pub(super) fn setting(self, setting: Setting) -> Self {
        self.telling(setting.id(), |said| said.setting = setting)
    }

    /// It says that it was yesterday.
    pub(super) fn yesterday(self) -> Self {
        self.telling("since yesterday", |said| {
            said.onset = Some(Onset::Yesterday);
            said.facts.insert(Fact::Over24Hours);
        })
    }

    /// It says for how many minutes it has been locked.
    pub(super) fn locked_for(self, minutes: u32) -> Self {
        self.telling(&format!("locked for {minutes} minutes"), |said| {
            said.minutes = Some(minutes);
            said.facts.insert(Fact::StillLocked);
        })
    }
}
