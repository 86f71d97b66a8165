//! Which topics a message asks for: a linear model over its words, and phrases that name a topic.

use serde::Serialize;

use super::{Reader, Understanding};
use crate::classifier::softmax;
use crate::responses::{Role, Sign, TopicId};

/// What one phrase that names a topic adds in the sentence that asks.
const NAMED_WHERE_ASKED: f32 = 3.0;
/// The same elsewhere in a message of several sentences.
const NAMED_ELSEWHERE: f32 = 1.2;
/// How much the asking sentences weigh against the message as a whole.
const ASKING_SHARE: f32 = 0.5;
/// What a report (a danger sign, a long story with a time) adds to the topic of reports.
const REPORTED: f32 = 1.2;
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

/// All topics with a share worth naming, best first.
pub(super) fn rank(reader: &Reader<'_>, so_far: &Understanding) -> Vec<Scored> {
    let responses = reader.responses;
    let count = reader.words.tokens().len();
    if count == 0 {
        return Vec::new();
    }
    let classifier = &responses.classifier;
    let mut scores = classifier.scores(reader.words, reader.reading, 0..count);
    let asking = asking_tokens(reader);
    let split = !asking.is_empty() && asking.len() < count;
    if split {
        let own = classifier.scores(reader.words, reader.reading, asking.iter().copied());
        for (score, own) in scores.iter_mut().zip(own) {
            *score = *score * (1.0 - ASKING_SHARE) + own * ASKING_SHARE;
        }
    }
    let mut named = vec![false; scores.len()];
    for hit in reader.found {
        let Sign::Topic(topic, Role::Says | Role::SaysByNegation) = hit.owner else { continue };
        if reader.is_look_alike(hit) {
            continue;
        }
        let at = usize::from(topic.0);
        let bonus = if !split || asking.contains(&hit.tokens.start) {
            NAMED_WHERE_ASKED
        } else {
            NAMED_ELSEWHERE
        };
        let (Some(score), Some(named)) = (scores.get_mut(at), named.get_mut(at)) else { continue };
        if !std::mem::replace(named, true) {
            *score += bonus;
        }
    }
    if is_report(so_far)
        && let Some(report) = responses.topic_id("cramp_report")
        && let Some(score) = scores.get_mut(usize::from(report.0))
    {
        *score += REPORTED;
    }
    let classes = scores.len();
    softmax(&mut scores, classes);
    let mut ranked: Vec<Scored> = scores
        .iter()
        .zip(named)
        .enumerate()
        .filter(|(_, (share, _))| **share >= LEAST_SHARE)
        .filter_map(|(at, (share, named))| {
            Some(Scored { topic: TopicId(u16::try_from(at).ok()?), share: *share, named })
        })
        .collect();
    ranked.sort_by(|a, b| b.share.total_cmp(&a.share));
    ranked
}

/// Whether somebody tells of a cramp or a sign, whatever is asked besides.
fn is_report(so_far: &Understanding) -> bool {
    !so_far.raised.is_empty() || so_far.onset.is_some() && so_far.length > 25
}

/// The tokens of sentences that ask.
fn asking_tokens(reader: &Reader<'_>) -> Vec<usize> {
    let words = reader.words;
    let asks = |first: &str| {
        matches!(
            first,
            "why"
                | "what"
                | "how"
                | "when"
                | "which"
                | "should"
                | "can"
                | "could"
                | "does"
                | "do"
                | "is"
                | "are"
                | "whats"
                | "anyone"
                | "any"
                | "will"
                | "would"
                | "please"
                | "who"
                | "where"
        )
    };
    words
        .sentences()
        .iter()
        .filter(|sentence| sentence.asks || asks(words.at(sentence.tokens.start)))
        .flat_map(|sentence| sentence.tokens.clone())
        .collect()
}
