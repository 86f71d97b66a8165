//! `charley evaluate FILE.jsonl`: scores of a labelled file, a line a field, and the wrong rows.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use anyhow::{Context as _, Result, anyhow};
use serde::Deserialize;

use crate::responses::Responses;
use crate::understanding::{self, Field, Row, row};

/// A labelled message, with the fields of `explain --jsonl`.
#[derive(Clone, Debug, Deserialize)]
pub struct Labelled {
    /// Its name.
    #[serde(default)]
    pub id: serde_json::Value,
    /// The message.
    pub text: String,
    /// Whether it is about a leg cramp.
    pub relevant: bool,
    /// Whether an answer is plainly wanted.
    #[serde(default)]
    pub asked: Option<bool>,
    /// When the cramp happens.
    #[serde(default)]
    pub setting: Option<String>,
    /// Red flags affirmed.
    #[serde(default)]
    pub red_flags: Option<Vec<String>>,
    /// The highest level affirmed.
    #[serde(default)]
    pub urgency: Option<String>,
    /// Labels of topics, every one a good first answer.
    #[serde(default)]
    pub intents: Option<Vec<String>>,
    /// The one label of a training row.
    #[serde(default)]
    pub intent: Option<String>,
}

impl Labelled {
    /// What it tells of a field; nothing where it does not say.
    fn labels(&self, field: Field) -> Option<Vec<&str>> {
        match field {
            Field::Relevance => Some(self.relevant.then_some("relevant").into_iter().collect()),
            Field::Setting => {
                self.setting.as_deref().filter(|_| self.relevant).map(|own| vec![own])
            }
            Field::Flags => Some(self.red_flags.as_ref()?.iter().map(String::as_str).collect()),
        }
    }
}

/// Reads labelled rows, one a line.
///
/// # Errors
/// Names the line that is no labelled row.
pub fn parse(text: &str) -> Result<Vec<Labelled>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let parse = |(at, line): (usize, &str)| {
        let row = serde_json::from_str(line).map_err(|error| anyhow!("{}", in_line(&error)));
        row.with_context(|| format!("line {} is no labelled row", at + 1))
    };
    lines.map(parse).collect()
}

/// What is wrong with the JSON of one line: only the column is its own.
pub(super) fn in_line(error: &serde_json::Error) -> String {
    error.to_string().replace("line 1 column", "column")
}

/// The table of words that go with what is learned, from the rows that tell it.
#[must_use]
pub fn learn(field: Field, rows: &[Labelled]) -> String {
    let told = rows.iter().filter_map(|row| Some((row.text.as_str(), row.labels(field)?)));
    understanding::learn(field, told)
}

/// Hits, false alarms and misses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Said and so.
    pub hit: u32,
    /// Said and not so.
    pub false_alarm: u32,
    /// Not said and so.
    pub missed: u32,
}

impl Count {
    fn add(&mut self, said: bool, so: bool) {
        match (said, so) {
            (true, true) => self.hit += 1,
            (true, false) => self.false_alarm += 1,
            (false, true) => self.missed += 1,
            (false, false) => {}
        }
    }

    /// Of what was said, how much is so; 1 when nothing was said.
    #[must_use]
    pub fn precision(self) -> f64 {
        share(self.hit, self.hit + self.false_alarm)
    }

    /// Of what is so, how much was said; 1 when there is nothing.
    #[must_use]
    pub fn recall(self) -> f64 {
        share(self.hit, self.hit + self.missed)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) }
}

/// A share of so many; none of nothing.
fn figure(share: f64, of: u32) -> String {
    if of == 0 { "-".to_owned() } else { format!("{share:.3}") }
}

/// Right answers of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Right {
    /// Right ones.
    pub right: u32,
    /// All.
    pub of: u32,
}

impl Right {
    fn add(&mut self, right: bool) {
        self.right += u32::from(right);
        self.of += 1;
    }

    /// The share of right ones; 1 when there are none at all.
    #[must_use]
    pub fn accuracy(self) -> f64 {
        share(self.right, self.of)
    }
}

/// The scores of a labelled file.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Relevance.
    pub relevance: Count,
    /// First intent within the accepted ones, on relevant rows.
    pub intent: Right,
    /// The very first intent.
    pub top_intent: Right,
    /// Setting, on relevant rows.
    pub setting: Right,
    /// Asked, on all rows.
    pub asked: Right,
    /// Red flags, on relevant rows.
    pub flags: Count,
    /// The same for each flag.
    pub by_flag: BTreeMap<String, Count>,
    /// Urgent or worse.
    pub urgent: Count,
    /// Emergency.
    pub emergency: Count,
    /// Rows with anything wrong, and what.
    pub wrong: Vec<(Labelled, Vec<String>)>,
}

/// Scores labelled rows.
#[must_use]
pub fn score(responses: &Responses, rows: &[Labelled]) -> Scores {
    let mut scores = Scores::default();
    for labelled in rows {
        let read = row(responses, labelled.id.clone(), &labelled.text);
        let wrong = scores.add(labelled, &read);
        if !wrong.is_empty() {
            scores.wrong.push((labelled.clone(), wrong));
        }
    }
    scores
}

impl Scores {
    fn add(&mut self, labelled: &Labelled, read: &Row) -> Vec<String> {
        let mut wrong = Vec::new();
        self.relevance.add(read.relevant, labelled.relevant);
        if read.relevant != labelled.relevant {
            wrong.push(format!("relevant {} not {}", read.relevant, labelled.relevant));
        }
        if let Some(asked) = labelled.asked {
            self.asked.add(read.asked == asked);
        }
        self.add_flags(labelled, read, &mut wrong);
        if labelled.relevant {
            self.add_setting(labelled, read, &mut wrong);
            self.add_intents(labelled, read, &mut wrong);
        }
        wrong
    }

    fn add_flags(&mut self, labelled: &Labelled, read: &Row, wrong: &mut Vec<String>) {
        let Some(expected) = &labelled.red_flags else { return };
        let said: BTreeSet<&str> = read.red_flags.iter().map(String::as_str).collect();
        let so: BTreeSet<&str> = expected.iter().map(String::as_str).collect();
        if labelled.relevant {
            for flag in said.union(&so) {
                self.flags.add(said.contains(flag), so.contains(flag));
                let count = self.by_flag.entry((*flag).to_owned()).or_default();
                count.add(said.contains(flag), so.contains(flag));
            }
            wrong.extend(said.difference(&so).map(|flag| format!("+{flag}")));
            wrong.extend(so.difference(&said).map(|flag| format!("-{flag}")));
        }
        let Some(urgency) = &labelled.urgency else { return };
        let urgent = |level: &str| matches!(level, "urgent" | "emergency");
        self.urgent.add(urgent(&read.urgency), urgent(urgency));
        self.emergency.add(read.urgency == "emergency", urgency == "emergency");
    }

    fn add_setting(&mut self, labelled: &Labelled, read: &Row, wrong: &mut Vec<String>) {
        let Some(setting) = &labelled.setting else { return };
        self.setting.add(read.setting.id() == setting);
        if read.setting.id() != setting {
            wrong.push(format!("setting {} not {setting}", read.setting));
        }
    }

    fn add_intents(&mut self, labelled: &Labelled, read: &Row, wrong: &mut Vec<String>) {
        let accepted = match (&labelled.intents, &labelled.intent) {
            (Some(intents), _) => intents.clone(),
            (None, Some(intent)) => vec![intent.clone()],
            (None, None) => return,
        };
        let first = read.intents.first().map_or("", String::as_str);
        let right = accepted.iter().any(|intent| intent == first);
        self.intent.add(right);
        self.top_intent.add(accepted.first().is_some_and(|best| best == first));
        if !right {
            wrong.push(format!("intent {first} not {}", accepted.join("|")));
        }
    }

    /// Writes a line a field, then the rows that were wrong.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let count = |out: &mut dyn Write, name: &str, c: Count| {
            let Count { hit, false_alarm, missed } = c;
            let p = figure(c.precision(), hit + false_alarm);
            let r = figure(c.recall(), hit + missed);
            writeln!(
                out,
                "{name:<29} precision {p:<5}  recall {r:<5}  hit {hit}  false {false_alarm}  missed {missed}"
            )
        };
        let right = |out: &mut dyn Write, name: &str, r: Right| {
            let accuracy = figure(r.accuracy(), r.of);
            writeln!(out, "{name:<29} accuracy  {accuracy:<5}  right {} of {}", r.right, r.of)
        };
        count(out, "relevance", self.relevance)?;
        right(out, "first intent", self.intent)?;
        right(out, "best intent", self.top_intent)?;
        right(out, "setting", self.setting)?;
        right(out, "asked", self.asked)?;
        count(out, "red flags", self.flags)?;
        count(out, "urgent or worse", self.urgent)?;
        count(out, "emergency", self.emergency)?;
        for (flag, of) in &self.by_flag {
            count(out, &format!("  {flag}"), *of)?;
        }
        for (row, wrong) in &self.wrong {
            let id = row.id.as_str().map_or_else(|| row.id.to_string(), str::to_owned);
            writeln!(out, "{id}: {}\n    {}", wrong.join(", "), row.text.replace('\n', " "))?;
        }
        Ok(())
    }
}
