//! What was understood and why: for people, and as a row for programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::{About, Attention, Relevance, Understanding, asked};
use crate::message::Words;
use crate::responses::Responses;
use crate::vocabulary::{Setting, Urgency};

/// One row of `explain --jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// As it came in.
    pub id: serde_json::Value,
    /// Whether it is about a leg cramp.
    pub relevant: bool,
    /// Whether an answer is plainly wanted.
    pub asked: bool,
    /// When the cramp happens.
    pub setting: Setting,
    /// Red flags affirmed.
    pub red_flags: Vec<String>,
    /// The highest level affirmed.
    pub urgency: String,
    /// Labels of the topics, best first.
    pub intents: Vec<String>,
    /// Everything claimed.
    pub claims: Vec<ClaimRow>,
}

/// One claim of a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimRow {
    /// The red flag or fact.
    pub about: String,
    /// What is said of it.
    pub status: String,
    /// The evidence, in characters of the text.
    pub span: (usize, usize),
    /// The words.
    pub text: String,
}

/// Reads a message as a row.
#[must_use]
pub fn row(responses: &Responses, id: serde_json::Value, text: &str) -> Row {
    let understanding = match Understanding::of(responses, text, Attention::Overheard) {
        passed_over if passed_over.relevance == Relevance::NoWord => {
            Understanding::of_chatter(text)
        }
        understanding => understanding,
    };
    let relevant = understanding.is_relevant();
    let flags = understanding.raised.iter().filter(|_| relevant);
    Row {
        id,
        relevant,
        asked: understanding.asked,
        setting: if relevant { understanding.setting } else { Setting::Unknown },
        red_flags: flags.map(|flag| flag_name(responses, flag)).collect(),
        urgency: understanding.urgency(responses).id().to_owned(),
        intents: intents(responses, text, &understanding),
        claims: understanding.claims.iter().map(|c| claim_row(responses, text, c)).collect(),
    }
}

impl Understanding {
    /// What can be told of a message that was passed over, without its meaning.
    fn of_chatter(text: &str) -> Self {
        let words = Words::of(text);
        let length = words.tokens().len();
        let asked = asked::of_chatter(&words);
        Self { asked, has_words: length > 0, length, ..Self::default() }
    }
}

fn flag_name(responses: &Responses, flag: crate::vocabulary::FlagId) -> String {
    responses.flag(flag).map_or_else(String::new, |flag| flag.id.clone())
}

fn name(responses: &Responses, about: About) -> String {
    match about {
        About::Flag(flag) => flag_name(responses, flag),
        About::Fact(fact) => fact.id().to_owned(),
    }
}

fn claim_row(responses: &Responses, text: &str, claim: &super::Claim) -> ClaimRow {
    let chars = |byte: usize| text.get(..byte).map_or(0, |before| before.chars().count());
    ClaimRow {
        about: name(responses, claim.about),
        status: claim.status.id().to_owned(),
        span: (chars(claim.span.start), chars(claim.span.end)),
        text: text.get(claim.span.clone()).unwrap_or_default().to_owned(),
    }
}

/// Labels that count for a message that is not about a leg cramp.
const SMALL_TALK: &[&str] = &["greeting", "thanks", "help", "reminders", "none"];

/// The labels of the topics, best first, each once.
fn intents(responses: &Responses, text: &str, understanding: &Understanding) -> Vec<String> {
    let full;
    let understanding = if understanding.topics.is_empty() && understanding.length <= 14 {
        full = Understanding::of(responses, text, Attention::Addressed);
        &full
    } else {
        understanding
    };
    let relevant = understanding.is_relevant();
    let mut shares: Vec<(&str, f32)> = Vec::new();
    for scored in &understanding.topics {
        let Some(topic) = responses.topic(scored.topic) else { continue };
        match shares.iter_mut().find(|(label, _)| *label == topic.intent) {
            Some((_, share)) => *share += scored.share,
            None => shares.push((&topic.intent, scored.share)),
        }
    }
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    let fits = |(label, share): &&(&str, f32)| {
        let small_talk = SMALL_TALK.contains(label);
        small_talk != relevant && *share > if relevant { 0.05 } else { 0.3 }
    };
    let mut labels: Vec<String> =
        shares.iter().filter(fits).map(|(label, _)| (*label).to_owned()).collect();
    match (labels.is_empty(), relevant) {
        (true, true) => vec!["cramp_report".to_owned()],
        (true, false) => vec!["none".to_owned()],
        (false, _) => {
            labels.truncate(5);
            labels
        }
    }
}

/// What was understood, for people.
#[must_use]
pub fn explain(responses: &Responses, text: &str) -> String {
    let understanding = Understanding::of(responses, text, Attention::Addressed);
    let mut out = String::new();
    let relevant = if understanding.is_relevant() { "yes" } else { "no" };
    let _ = writeln!(out, "relevant  {relevant}: {}", understanding.relevance);
    let _ = writeln!(out, "asked     {}", if understanding.asked { "yes" } else { "no" });
    let _ = writeln!(out, "setting   {}", understanding.setting);
    let urgency: Urgency = understanding.urgency(responses);
    let _ = writeln!(out, "urgency   {urgency}");
    out.push_str("claims\n");
    for claim in &understanding.claims {
        let words = text.get(claim.span.clone()).unwrap_or_default();
        let name = name(responses, claim.about);
        let unsure = if claim.unsure { ", to be asked" } else { "" };
        let cue = claim.cue.clone().and_then(|cue| text.get(cue));
        let rule = cue.map_or(" as it stands".to_owned(), |cue| format!(" by \"{cue}\""));
        let _ = writeln!(out, "  {name:<26}{}{unsure}{rule}: \"{words}\"", claim.status);
    }
    slots(&mut out, &understanding);
    topics(&mut out, responses, text, &understanding);
    out
}

fn slots(out: &mut String, understanding: &Understanding) {
    out.push_str("slots\n");
    let mut slot = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(out, "  {name:<10}{value}");
        }
    };
    slot("muscle", understanding.muscle.map(|muscle| muscle.to_string()));
    slot("onset", understanding.onset.map(|onset| format!("{onset:?}")));
    slot("minutes", understanding.minutes.map(|minutes| minutes.to_string()));
    slot("age", understanding.age.map(|age| age.to_string()));
    slot("for", understanding.for_other.then(|| "somebody else".to_owned()));
}

fn topics(out: &mut String, responses: &Responses, text: &str, understanding: &Understanding) {
    out.push_str("topics\n");
    let words = Words::of(text);
    let known = responses.phrases.know(&words);
    for scored in understanding.topics.iter().take(4) {
        let Some(topic) = responses.topic(scored.topic) else { continue };
        let pulls = responses.classifier.pulls(&words, &known, usize::from(scored.topic.0), 5);
        let pulls: Vec<String> =
            pulls.iter().map(|pull| format!("{} {:+.1}", pull.words, pull.weight)).collect();
        let named = if scored.named { " named;" } else { "" };
        let _ = writeln!(out, "  {:<26}{:.2}{named} {}", topic.id, scored.share, pulls.join(", "));
    }
}
