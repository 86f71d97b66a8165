//! What leans on the answer before it: "how much?", "and for kids?", "mine does".

use super::{About, Claim, Reader, Relevance, Scored, Understanding};
use crate::message::Words;
use crate::phrases::Found;
use crate::responses::{Responses, Role, Sign, TopicId};
use crate::vocabulary::{Aspect, Fact, FlagId, FlagSet, Status, Urgency};

/// Longest message, in words, that can lean on an answer: a longer one says what it is about.
const LONGEST: usize = 10;
/// Longest one that leans on it though it names a cramp or a muscle.
const BRIEF: usize = 3;
/// Longest one that leans on it though it sounds like a question on another topic.
const SHORT: usize = 4;
/// Longest one that names a topic and asks but one thing of it.
const ONE_THING: usize = 8;
/// Share from which a topic is plainly another one.
const SURE_OF_ANOTHER: f32 = 0.9;
/// Share up to which a topic is but a guess.
const A_GUESS: f32 = 0.35;
/// The topic that lists all danger signs.
const DANGER_SIGNS: &str = "emergency_signs";
/// How many things one message asks.
const MOST: usize = 2;

/// What a message asks without saying of what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaning {
    /// What it asks, in its order.
    pub aspects: Vec<Aspect>,
    /// The topic that it names after all, in other words than those that ask.
    pub topic: Option<TopicId>,
    /// The topic that longer words name which those that ask are part of: "how long do cramps last".
    pub in_full: Option<TopicId>,
    /// How it holds on to what was said before.
    pub link: Link,
    /// Whether it adds something to what was asked before: "and coffee", "or a bath".
    pub adds: bool,
    /// Whether the words that ask are all of it, the cramp in them too: "how soon after a cramp".
    pub whole: bool,
}

/// How words hold on to what was said before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// By nothing.
    #[default]
    None,
    /// "My gp used to prescribe it": they point at something.
    Points,
    /// "But it is hot here", "what if I am nearly there": they go on from it.
    GoesOn,
}

fn link(words: &Words) -> Link {
    let all = || words.tokens().iter().map(|token| words.word(token));
    let first =
        all().find(|word| !matches!(*word, "ok" | "okay" | "yeah" | "yes" | "right" | "oh"));
    let mut two = all().zip(all().skip(1));
    if matches!(first, Some("but" | "so" | "even" | "although" | "though"))
        || two.next() == Some(("what", "if"))
    {
        Link::GoesOn
    } else if all().any(|word| matches!(word, "it" | "them" | "they" | "ones" | "those")) {
        Link::Points
    } else {
        Link::None
    }
}

/// "And coffee", "or a bath".
fn adds(words: &Words) -> bool {
    let two = words.tokens().len() > 1 && matches!(words.at(0), "and" | "or" | "plus");
    two && !matches!(words.at(1), "i" | "im" | "ive" | "my" | "no" | "it" | "its" | "now" | "not")
}

/// What a message asks of an answer before it, if it is short enough and tells nothing.
pub(super) fn leaning(reader: &Reader<'_>, so_far: &Understanding) -> Leaning {
    let pressing = |flag: FlagId| reader.responses.urgency(flag) >= Urgency::Urgent;
    let tells = so_far.onset.is_some()
        || so_far.unsure.iter().any(pressing)
        || !so_far.raised.iter().all(FlagId::is_circumstance);
    if tells || so_far.length > LONGEST {
        return Leaning::default();
    }
    let link = if so_far.length > 2 { link(reader.words) } else { Link::None };
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
        let says = matches!(hit.owner, Sign::Topic(_, Role::Says | Role::SaysByNegation));
        let topic = topic_of(hit).and_then(|id| reader.responses.topic(id));
        says && topic.is_some_and(|topic| !topic.chat) && !reader.is_look_alike(hit)
    };
    let apart = |hit: &&Found<Sign>| !kept.iter().any(|other| overlap(other, hit));
    let topic = reader.found.iter().filter(names).find(apart).and_then(topic_of);
    let in_full = |hit: &&Found<Sign>| {
        kept.iter().any(|other| overlap(other, hit) && other.tokens.len() < hit.tokens.len())
    };
    let in_full = reader.found.iter().filter(names).find(in_full).and_then(topic_of);
    let adds = so_far.length <= SHORT && adds(reader.words);
    let all = reader.words.tokens().len();
    let whole = kept.iter().any(|hit| hit.tokens.len() >= all);
    Leaning { aspects, topic, in_full, link, adds, whole }
}

fn topic_of(hit: &Found<Sign>) -> Option<TopicId> {
    match hit.owner {
        Sign::Topic(topic, _) => Some(topic),
        _ => None,
    }
}

fn overlap(a: &Found<Sign>, b: &Found<Sign>) -> bool {
    a.tokens.start < b.tokens.end && b.tokens.start < a.tokens.end
}

/// What was spoken of before a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// The topic that was answered last.
    pub topic: Option<TopicId>,
    /// The topic of the advice that was given last, where no answer came after it.
    pub advice: Option<TopicId>,
    /// The topic of an answer that was given earlier, since when the interview went on.
    pub earlier: Option<TopicId>,
    /// Red flags that were asked about, of nobody.
    pub signs: FlagSet,
    /// Whether the open question is whether any of it is so.
    pub asked: bool,
}

impl Understanding {
    /// The same, said after all this: "mine does" says of oneself what was spoken of, and "how
    /// much?" asks it of the topic that was answered.
    #[must_use]
    pub fn after(mut self, responses: &Responses, before: Before) -> Self {
        let topic = before.topic.and_then(|id| responses.topic(id));
        self.goes_on = before.topic.filter(|_| self.holds_on(responses));
        let told = !self.raised.is_empty() || !self.denied.is_empty();
        let says = |fact| self.facts.contains(fact) && !self.denied_facts.contains(fact);
        let agrees = before.asked && self.agrees_to_it();
        let names = self.named.there.iter().any(|flag| before.signs.contains(flag));
        if !told && !self.question && self.length <= SHORT && says(Fact::No) {
            // "No pop", after an answer that spoke of one.
            let listed = topic.map(|topic| topic.signs).unwrap_or_default();
            let named = self.named.there.union(self.named.well);
            self.denied = named.iter().filter(|flag| listed.contains(*flag)).collect();
        }
        let told = told || !self.denied.is_empty();
        let points = says(Fact::PointsBack) || agrees || names;
        if points && !told && !self.question && self.length <= LONGEST {
            let listed = topic.map(|topic| topic.signs).unwrap_or_default();
            self.points_at(before.signs, listed);
        } else if let Some(last) = before.topic {
            self.asks_besides();
            if !self.asks_of_effects(responses, last) {
                self.leans_on(responses, last);
            }
        } else if let Some(advice) = before.advice {
            self.leans_on_advice(responses, advice);
        }
        if self.follow_up.is_empty() {
            self.asks_one_thing(responses);
        }
        if let Some(earlier) = before.earlier.filter(|_| self.leans_on_earlier(before)) {
            self.leans_on(responses, earlier);
        }
        self.last = before.topic.or(before.earlier);
        self
    }

    /// "Yes", "it is", to whether it is so: "its clear" and "no its fine" are no yes.
    fn agrees_to_it(&self) -> bool {
        let says = |fact| self.facts.contains(fact);
        let well = says(Fact::No) || says(Fact::LooksFine) || says(Fact::ShortNone);
        let is_short = |claim: &Claim| {
            claim.about == About::Fact(Fact::ShortYes) && claim.tokens.len() == self.length
        };
        let yes = says(Fact::Yes) || self.claims.iter().any(is_short);
        yes && !well && self.named.well.is_empty()
    }

    /// "Why does stretching work", "which foods are good on keto": a topic is named, and one thing is
    /// asked of it.
    fn asks_one_thing(&mut self, responses: &Responses) {
        use Aspect::{Which, Why};
        let best = self.topics.first().filter(|best| best.named && self.question);
        let topic = best.and_then(|best| responses.topic(best.topic));
        let mut aspects = self.leaning.aspects.iter();
        let aspect = aspects.find(|aspect| matches!(aspect, Why | Which));
        let (Some(topic), Some(aspect)) = (topic, aspect.copied()) else { return };
        let one = self.leaning.topic.is_some();
        let of_it = responses.topic_id(&topic.id) == self.leaning.topic;
        // One word on a medicine would leave out for whom it is not, and "which people" is all of the
        // answer on who gets them.
        let plain = (!topic.medicine || topic.intent == "keto") && topic.intent != "nocturnal_info";
        if one && of_it && plain && self.length <= ONE_THING && topic.intent != "cause" {
            self.follow_up.extend(topic.says_of(aspect).map(|_| aspect));
        }
    }

    /// "Do they make the leg cold", after an answer: asked of what was spoken of, and told of nobody.
    fn asks_of_effects(&mut self, responses: &Responses, last: TopicId) -> bool {
        let pressing = |flag: FlagId| responses.urgency(flag) >= Urgency::Urgent;
        let told = self.raised.union(self.unsure).iter().any(pressing);
        let of_sign = self.spoken_of().iter().any(pressing);
        let other = self.topics.first().is_some_and(|best| best.named && best.topic != last);
        let asks = self.question && self.leaning.aspects.contains(&Aspect::Effects);
        let leans = asks && of_sign && !told && !other && self.length <= LONGEST;
        if leans {
            self.follow_up = vec![Aspect::Effects];
            self.asks_about(last);
        }
        leans
    }

    /// "And coffee", after an answer, asks the same of something else.
    fn asks_besides(&mut self) {
        let told = self.raised.union(self.unsure).union(self.denied);
        if self.leaning.adds && told.is_empty() {
            (self.asked, self.question) = (true, true);
        }
    }

    /// Whether a short question leans on what was answered before the interview went on, and on
    /// nothing else.
    fn leans_on_earlier(&self, before: Before) -> bool {
        let named = self.topics.first().is_some_and(|best| best.named);
        let free = before.topic.is_none() && self.follow_up.is_empty();
        free && self.question && !named && self.length <= ONE_THING
    }

    /// After the advice, "what else can I try" and "why" ask about it; "how often" and "sure" may be
    /// meant for the offer below it.
    fn leans_on_advice(&mut self, responses: &Responses, advice: TopicId) {
        use Aspect::{
            AtNight, ForMinors, ForOlder, HowTo, InPregnancy, InSport, Safety, Verdict, WhatElse,
            Why, WithMedicine,
        };
        let of_advice = |aspect: &Aspect| {
            matches!(
                aspect,
                WhatElse
                    | Why
                    | Safety
                    | WithMedicine
                    | ForOlder
                    | ForMinors
                    | InPregnancy
                    | AtNight
                    | InSport
            ) || matches!(aspect, HowTo | Verdict) && self.question
        };
        let leans = self.leaning.aspects.iter().all(of_advice);
        let named = self.topics.first().is_some_and(|best| best.named);
        let offers = self.facts.contains(Fact::PlanAbout);
        // "Should I stop wearing them?" asks of something else.
        let of_deed = |aspect: &Aspect| matches!(aspect, HowTo | Verdict);
        let long = self.length > SHORT && self.leaning.aspects.iter().all(of_deed);
        if leans && !named && !offers && !long {
            self.leans_on(responses, advice);
        }
    }

    /// Whether it goes on from an answer, and is not plainly about something else.
    fn holds_on(&self, responses: &Responses) -> bool {
        let best = self.topics.first();
        let other = best.filter(|best| responses.topic(best.topic).is_some_and(|t| t.chat));
        match self.leaning.link {
            Link::GoesOn => !best.is_some_and(|best| best.named),
            Link::Points => !other.is_some_and(|best| best.named || best.share > A_GUESS),
            Link::None => false,
        }
    }

    /// Of the signs that it points at: the one that somebody asked about holds, the one that an
    /// answer spoke of is asked for, and of many all are.
    fn points_at(&mut self, told: FlagSet, listed: FlagSet) {
        let named: FlagSet =
            self.named.there.iter().filter(|flag| listed.contains(*flag)).collect();
        let one = |flags: FlagSet| (flags.iter().count() == 1).then_some(flags);
        match (one(told), one(named).or(one(listed))) {
            (Some(sign), _) => self.raised = sign,
            (None, Some(sign)) => self.unsure = sign,
            (None, None) if told.is_empty() && listed.is_empty() => return,
            (None, None) => {}
        }
        self.topics.clear();
        self.relevance = Relevance::Told;
    }

    /// What leans on the answer to a topic asks about it, or about the one that answers such a
    /// question of any topic.
    fn leans_on(&mut self, responses: &Responses, last: TopicId) {
        let Some(topic) = responses.topic(last) else { return };
        let leaning = std::mem::take(&mut self.leaning);
        let Some(first) = leaning.aspects.first().copied() else { return };
        if leaning.topic.or(leaning.in_full).is_some_and(|named| named != last) {
            return;
        }
        let general = responses.otherwise.get(&first).copied();
        let other = self.topics.first();
        let other = other.filter(|best| best.topic != last && Some(best.topic) != general);
        let sure = other.is_some_and(|best| best.share > SURE_OF_ANOTHER);
        let names = self.is_relevant() || self.muscle.is_some();
        // "What are the signs", after an answer that names none, are the danger signs.
        let danger = responses.topic_id(DANGER_SIGNS);
        let of_danger = topic.signs.is_empty() && other.is_some_and(|it| Some(it.topic) == danger);
        let names = names && self.length > BRIEF && !leaning.whole;
        // "How long does it last" is asked of the soreness that was spoken of, not of any cramp.
        let long = self.length > SHORT && !leaning.whole;
        if names || sure && (long || of_danger) {
            return;
        }
        let own = leaning.aspects.iter().copied().filter(|aspect| topic.says_of(*aspect).is_some());
        let own: Vec<Aspect> = own.collect();
        let says_what = self.is_relevant() || leaning.in_full.or(leaning.topic).is_some();
        if !own.is_empty() {
            self.follow_up = own;
            self.asks_about(last);
        } else if !says_what {
            let other = responses.otherwise.get(&first).filter(|other| **other != last);
            if other.is_none() {
                self.follow_up = vec![first];
            }
            self.asks_about(other.copied().unwrap_or(last));
        }
    }

    /// It asks about this topic, and about no other.
    fn asks_about(&mut self, topic: TopicId) {
        self.topics = vec![Scored { topic, share: 1.0, named: true }];
        (self.asked, self.question) = (true, true);
        // "What do I do now?" tells of no cramp that is on.
        self.facts.remove(Fact::Now);
    }

    /// The red flags that it speaks of in general.
    #[must_use]
    pub fn spoken_of(&self) -> FlagSet {
        let general = self
            .claims
            .iter()
            .filter(|claim| claim.status == Status::Hypothetical && !claim.unsure);
        let flags = general.filter_map(|claim| match claim.about {
            About::Flag(flag) => Some(flag),
            About::Fact(_) => None,
        });
        flags.collect()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::responses::disk;
    use crate::understanding::Attention;
    use crate::vocabulary::Flag;

    #[test]
    fn what_leans_on_an_answer_asks_about_its_topic() {
        let responses = disk::load(Path::new("responses")).unwrap();
        let ice = responses.topic_id("ice");
        let read = |text: &str| {
            let said = Understanding::of(&responses, text, Attention::Addressed);
            said.after(&responses, Before { topic: ice, ..Before::default() })
        };
        for (text, aspect) in [
            ("how long for?", Aspect::HowLong),
            ("and how often", Aspect::HowOften),
            ("really?", Aspect::Proof),
            ("so should i or not", Aspect::Verdict),
            ("how long until it helps", Aspect::HowSoon),
        ] {
            let said = read(text);
            assert_eq!(said.follow_up, [aspect], "{text}");
            assert_eq!(said.topics.first().map(|best| best.topic), ice, "{text}");
        }
        for text in ["how long does magnesium take to work", "which doctor do i see for leg cramps"]
        {
            assert!(read(text).follow_up.is_empty(), "{text}");
        }
    }

    #[test]
    fn what_points_back_says_of_oneself_what_was_asked_about() {
        let responses = disk::load(Path::new("responses")).unwrap();
        let dark = FlagSet::only(Flag::DarkUrine);
        let read = |text: &str, before| {
            Understanding::of(&responses, text, Attention::Addressed).after(&responses, before)
        };
        let asked = Before { signs: dark, ..Before::default() };
        assert_eq!(read("mine is like cola", asked).raised, dark);
        assert_eq!(read("i do", asked).raised, dark);
        assert_eq!(read("i do", Before::default()).raised, FlagSet::default());
        assert_eq!(read("does it?", asked).raised, FlagSet::default());
        let told = Before { topic: responses.topic_id("rhabdo"), ..Before::default() };
        let unsure = read("think i got it", told);
        assert_eq!((unsure.raised, unsure.unsure), (FlagSet::default(), dark));
    }
}
