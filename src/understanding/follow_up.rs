//! Questions that lean on the answer before them: "how much?", "and for kids?".

use super::{Reader, Scored, Understanding};
use crate::phrases::Found;
use crate::responses::{Responses, Role, Sign, TopicId};
use crate::vocabulary::Aspect;

/// Longest message, in words, that can lean on an answer: a longer one says what it is about.
const LONGEST: usize = 10;
/// How many things one message asks.
const MOST: usize = 2;

/// What a message asks without saying of what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaning {
    /// What it asks, in its order.
    pub aspects: Vec<Aspect>,
    /// The topic that it names after all, in other words than those that ask.
    pub topic: Option<TopicId>,
    /// Whether the words that ask are part of longer ones that name a topic: "how long do cramps
    /// last".
    pub in_full: bool,
}

/// What a message asks of an answer before it, if it is short enough and tells nothing.
pub(super) fn leaning(reader: &Reader<'_>, so_far: &Understanding) -> Leaning {
    let tells = !so_far.raised.is_empty() || !so_far.unsure.is_empty() || so_far.onset.is_some();
    if tells || so_far.length > LONGEST {
        return Leaning::default();
    }
    let asks = |hit: &&Found<Sign>| matches!(hit.owner, Sign::FollowUp(_, Role::Says));
    let asks = reader.found.iter().filter(asks).filter(|hit| !reader.is_look_alike(hit));
    let mut asks: Vec<&Found<Sign>> = asks.collect();
    // "how long until it works" asks how soon, not how long.
    asks.sort_by_key(|hit| std::cmp::Reverse(hit.tokens.len()));
    let mut kept: Vec<&Found<Sign>> = Vec::new();
    for hit in asks {
        if !kept.iter().any(|other| overlap(other, hit)) {
            kept.push(hit);
        }
    }
    kept.sort_by_key(|hit| hit.tokens.start);
    let mut aspects: Vec<Aspect> = kept
        .iter()
        .filter_map(|hit| match hit.owner {
            Sign::FollowUp(aspect, _) => Some(aspect),
            _ => None,
        })
        .collect();
    aspects.dedup();
    aspects.truncate(MOST);
    let names = |hit: &&Found<Sign>| {
        let topic = matches!(hit.owner, Sign::Topic(_, Role::Says | Role::SaysByNegation));
        topic && !reader.is_look_alike(hit)
    };
    let apart = |hit: &&Found<Sign>| !kept.iter().any(|other| overlap(other, hit));
    let topic = reader.found.iter().filter(names).find(apart).and_then(|hit| match hit.owner {
        Sign::Topic(topic, _) => Some(topic),
        _ => None,
    });
    let mut names = reader.found.iter().filter(names);
    let in_full = names.any(|hit| {
        kept.iter().any(|other| overlap(other, hit) && other.tokens.len() < hit.tokens.len())
    });
    Leaning { aspects, topic, in_full }
}

fn overlap(a: &Found<Sign>, b: &Found<Sign>) -> bool {
    a.tokens.start < b.tokens.end && b.tokens.start < a.tokens.end
}

impl Understanding {
    /// The same, said after the answer to a topic: what leans on that answer asks about its topic,
    /// or about the one that answers such a question of any topic.
    #[must_use]
    pub fn after(mut self, responses: &Responses, last: TopicId) -> Self {
        let Some(topic) = responses.topic(last) else { return self };
        let leaning = std::mem::take(&mut self.leaning);
        let Some(first) = leaning.aspects.first().copied() else { return self };
        if leaning.topic.is_some_and(|named| named != last) {
            return self;
        }
        let own = leaning.aspects.iter().copied().filter(|aspect| topic.says_of(*aspect).is_some());
        let own: Vec<Aspect> = own.collect();
        let says_what = self.is_relevant() || leaning.in_full || leaning.topic.is_some();
        if !own.is_empty() {
            self.follow_up = own;
            self.asks_about(last);
        } else if !says_what {
            match responses.otherwise.get(&first).filter(|other| **other != last) {
                Some(other) => self.asks_about(*other),
                None => {
                    self.follow_up = vec![first];
                    self.asks_about(last);
                }
            }
        }
        self
    }

    /// It asks about this topic, and about no other.
    fn asks_about(&mut self, topic: TopicId) {
        self.topics = vec![Scored { topic, share: 1.0, named: true }];
        (self.asked, self.question) = (true, true);
    }
}
