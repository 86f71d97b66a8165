//! Which topics a message asks for: a linear model over its words, and phrases that name a topic.

use std::ops::Range;

use serde::Serialize;

use super::{About, Claim, Reader, Understanding};
use crate::classifier::softmax;
use crate::phrases::Found;
use crate::responses::{Responses, Role, Sign, TopicId};
use crate::vocabulary::{Flag, Status, Urgency};

/// What one phrase that names a topic adds in the sentence that asks.
const NAMED_WHERE_ASKED: f32 = 1.5;
/// The same elsewhere in a message of several sentences.
const NAMED_ELSEWHERE: f32 = 1.2;
/// How much the asking sentences weigh against the message as a whole.
const ASKING_SHARE: f32 = 0.2;
/// What a report (a long story with a time, a sign to see a doctor for) adds to the topic of reports.
const REPORTED: f32 = 1.8;
/// The same for a sign that cannot wait, and for a message that asks nothing.
const PLAINLY_REPORTED: f32 = 2.5;
/// Words from which a message that tells of a cramp is a story, whatever it asks at its end.
const STORY: usize = 30;
/// Longest message, in words, that is too short to report anything.
const SHORTEST_REPORT: usize = 3;
/// Topics with less than this share are left out.
const LEAST_SHARE: f32 = 0.01;

/// A topic and its share of the message.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scored {
    /// The topic.
    pub topic: TopicId,
    /// Its share, 0 to 1.
    pub share: f32,
    /// Whether a phrase names it.
    pub named: bool,
}

/// How well each topic fits a message, before anything else is known of it.
#[derive(Clone, Debug)]
pub(super) struct Scores {
    of_topics: Vec<f32>,
    named: Vec<bool>,
    asks: bool,
    wanted: Option<Scored>,
}

impl Scores {
    /// Scores the topics: the clauses that ask weigh more than the story around them.
    pub(super) fn of(reader: &Reader<'_>, claims: &[Claim]) -> Self {
        let count = reader.words.tokens().len();
        let classifier = &reader.responses.classifier;
        let aside: Vec<&Range<usize>> = set_aside(claims).collect();
        let counted = (0..count).filter(|at| !aside.iter().any(|tokens| tokens.contains(at)));
        let mut scores = classifier.scores(&reader.numbers, counted);
        let asking = asking_tokens(reader);
        let split = !asking.is_empty() && asking.len() < count;
        let mut wanted = None;
        if split {
            let own = classifier.scores(&reader.numbers, asking.iter().copied());
            wanted = best(&own);
            for (score, own) in scores.iter_mut().zip(own) {
                *score = *score * (1.0 - ASKING_SHARE) + own * ASKING_SHARE;
            }
        }
        let named = vec![false; scores.len()];
        let asks = !asking.is_empty();
        let mut scores = Self { of_topics: scores, named, asks, wanted };
        for hit in reader.found {
            if let Some(topic) = named_by(reader, hit) {
                let at = hit.tokens.start;
                scores.name(topic, !split || asking.contains(&at));
            }
        }
        scores
    }

    /// Notes that a phrase names a topic; the first phrase counts.
    fn name(&mut self, topic: TopicId, where_asked: bool) {
        let at = usize::from(topic.0);
        let bonus = if where_asked { NAMED_WHERE_ASKED } else { NAMED_ELSEWHERE };
        let pair = (self.of_topics.get_mut(at), self.named.get_mut(at));
        if let (Some(score), Some(named)) = pair
            && !std::mem::replace(named, true)
        {
            *score += bonus;
        }
    }

    /// What is asked beside a story, by the words that ask alone.
    pub(super) const fn wanted(&self) -> Option<Scored> {
        self.wanted
    }

    /// How much of the message is talk of cramps: the share of all topics that are no small talk,
    /// 0 to 1.
    pub(super) fn cramp_talk(&self, responses: &Responses) -> f32 {
        let mut shares = self.of_topics.clone();
        let classes = shares.len();
        softmax(&mut shares, classes);
        let talk = responses.topics.iter().zip(shares).filter(|(topic, _)| !topic.chat);
        talk.map(|(_, share)| share).filter(|share| *share >= LEAST_SHARE).sum()
    }

    /// All topics with a share worth naming, best first. What is told of a cramp counts as a
    /// report, whatever is asked besides.
    pub(super) fn ranked(mut self, reader: &Reader<'_>, so_far: &Understanding) -> Vec<Scored> {
        if self.of_topics.is_empty() || !so_far.has_words {
            return Vec::new();
        }
        let asks = self.asks || self.named.contains(&true);
        let report = reader.responses.topic_id("cramp_report").map(|topic| usize::from(topic.0));
        if so_far.is_relevant()
            && let Some(score) = report.and_then(|at| self.of_topics.get_mut(at))
        {
            *score += reported(so_far, tells_at_length(reader), asks);
        }
        let classes = self.of_topics.len();
        softmax(&mut self.of_topics, classes);
        let shares = self.of_topics.into_iter().zip(self.named).enumerate();
        let mut ranked: Vec<Scored> = shares
            .filter(|(_, (share, _))| *share >= LEAST_SHARE)
            .filter_map(|(at, (share, named))| {
                let topic = TopicId(u16::try_from(at).ok()?);
                Some(Scored { topic, share, named })
            })
            .collect();
        ranked.sort_by(|a, b| b.share.total_cmp(&a.share));
        ranked
    }
}

/// What each of several questions asks for, in their order, by its own words alone.
pub(super) fn of_each_question(reader: &Reader<'_>) -> Vec<Scored> {
    if reader.asking.len() < 2 {
        return Vec::new();
    }
    let of_clause = |clause: &Range<usize>| {
        let mut scores = reader.responses.classifier.scores(&reader.numbers, clause.clone());
        let mut named = vec![false; scores.len()];
        for hit in reader.found.iter().filter(|hit| clause.contains(&hit.tokens.start)) {
            let Some(topic) = named_by(reader, hit) else { continue };
            let at = usize::from(topic.0);
            if let (Some(score), Some(named)) = (scores.get_mut(at), named.get_mut(at))
                && !std::mem::replace(named, true)
            {
                *score += NAMED_WHERE_ASKED;
            }
        }
        let best = best(&scores)?;
        Some(Scored { named: named.get(usize::from(best.topic.0)).copied()?, ..best })
    };
    reader.asking.iter().filter_map(of_clause).collect()
}

/// The topic that a phrase names.
fn named_by(reader: &Reader<'_>, hit: &Found<Sign>) -> Option<TopicId> {
    let Sign::Topic(topic, Role::Says | Role::SaysByNegation) = hit.owner else { return None };
    (!reader.is_look_alike(hit)).then_some(topic)
}

/// The topic that fits best by these scores alone.
fn best(scores: &[f32]) -> Option<Scored> {
    let mut shares = scores.to_vec();
    softmax(&mut shares, scores.len());
    let best = shares.into_iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b));
    let (at, share) = best?;
    Some(Scored { topic: TopicId(u16::try_from(at).ok()?), share, named: false })
}

/// How plainly somebody tells of a cramp or a sign, whatever is asked besides.
fn reported(so_far: &Understanding, tells: bool, asks: bool) -> f32 {
    let level = |flag: crate::vocabulary::FlagId| flag.core().map_or(Urgency::Urgent, Flag::floor);
    let pressing = so_far.raised.iter().any(|flag| level(flag) >= Urgency::Urgent);
    if pressing || tells || !asks && so_far.length > SHORTEST_REPORT {
        PLAINLY_REPORTED
    } else if !so_far.raised.is_empty() || so_far.onset.is_some() && so_far.length > 25 {
        REPORTED
    } else {
        0.0
    }
}

/// A long message in which a cramp happens to somebody, not only in a question about the world.
fn tells_at_length(reader: &Reader<'_>) -> bool {
    if reader.words.tokens().len() < STORY {
        return false;
    }
    let cramps = reader.reading.entries(reader.responses.lists.cramp);
    cramps.iter().any(|cramp| !reader.general.iter().any(|clause| clause.contains(&cramp.start)))
}

/// The tokens of clauses that ask.
fn asking_tokens(reader: &Reader<'_>) -> Vec<usize> {
    reader.asking.iter().cloned().flatten().collect()
}

/// The signs that are denied, or another person's: what somebody does not have is not what they ask
/// about.
fn set_aside(claims: &[Claim]) -> impl Iterator<Item = &Range<usize>> {
    let is_aside = |claim: &&Claim| {
        matches!(claim.about, About::Flag(_))
            && matches!(claim.status, Status::Denied | Status::SomeoneElse)
    };
    claims.iter().filter(is_aside).map(|claim| &claim.tokens)
}
