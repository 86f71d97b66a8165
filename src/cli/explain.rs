//! `charley explain`: what was understood and why, for people, or rows for programs.

use std::io::{self, BufRead, Read, Write};
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, ensure};
use serde::Deserialize;

use super::evaluate::in_line;
use crate::config::Settings;
use crate::message::LONGEST_TEXT;
use crate::responses::Responses;
use crate::triage::{self, Case, Input, Move, Stage};
use crate::understanding::{Attention, Understanding, explain, row};

/// One message to be read.
#[derive(Debug, Deserialize)]
struct Question {
    #[serde(default)]
    id: serde_json::Value,
    text: String,
}

/// Explains one text, or each row of the standard input.
///
/// # Errors
/// Names the line that is no row, or the text of which only the beginning would be read.
pub(super) fn run(
    settings: &Settings,
    text: Option<String>,
    jsonl: bool,
    output: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let responses = super::responses(&settings.responses)?;
    if jsonl {
        rows(&responses, text, output)?;
        return Ok(ExitCode::SUCCESS);
    }
    let text = match text {
        Some(text) => text,
        None => read_all()?,
    };
    let length = text.trim_end().chars().count();
    ensure!(
        length <= LONGEST_TEXT,
        "the message has {length} characters, and of one only {LONGEST_TEXT} are read; \
         explain it in parts"
    );
    write!(output, "{}", explain(&responses, text.trim_end()))?;
    writeln!(output, "next      {}", next_step(&responses, text.trim_end()))?;
    Ok(ExitCode::SUCCESS)
}

/// What would be said to somebody who begins with this message.
fn next_step(responses: &Responses, text: &str) -> String {
    let said = Understanding::of(responses, text, Attention::Addressed);
    let start = jiff::Timestamp::UNIX_EPOCH;
    let next = triage::next(responses, Case::default(), Stage::Idle, Input::Heard(&said), start);
    let name = |step: &Move| match step {
        Move::Show(card) => format!("shows {card}"),
        Move::Emergency(_) => "shows emergency".to_owned(),
        Move::SameDay(_) => "shows same_day".to_owned(),
        Move::Sent(Some(fact), _) => format!("answers {fact}"),
        Move::Sent(None, _) => "sends to a doctor again".to_owned(),
        Move::Answer(topic) | Move::More(topic) | Move::FollowUp(topic, _) => {
            format!("answers {}", responses.topic(*topic).map_or("", |topic| topic.id.as_str()))
        }
        Move::Ask(question, None) => format!("asks {question}"),
        Move::Ask(question, Some(flag)) => {
            format!("asks {question} {}", responses.flag(*flag).map_or("", |flag| flag.id.as_str()))
        }
        Move::Sources => "shows sources".to_owned(),
        Move::Advice => "gives advice".to_owned(),
        Move::Visit => "says why to book a visit".to_owned(),
        Move::Schedule(_) => "shows the schedule".to_owned(),
        Move::SafetyNet => "shows safety_net".to_owned(),
    };
    let steps: Vec<String> = next.moves.iter().map(name).collect();
    if steps.is_empty() { "stays quiet".to_owned() } else { steps.join(", then ") }
}

fn read_all() -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).context("cannot read the standard input")?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn rows(responses: &Responses, text: Option<String>, output: &mut dyn Write) -> anyhow::Result<()> {
    if let Some(text) = text {
        return write_row(responses, serde_json::Value::Null, &text, output);
    }
    for (at, line) in io::stdin().lock().split(b'\n').enumerate() {
        let line = line.context("cannot read the standard input")?;
        let line = String::from_utf8_lossy(&line);
        if line.trim().is_empty() {
            continue;
        }
        let question = serde_json::from_str(&line).map_err(|error| anyhow!("{}", in_line(&error)));
        let question: Question = question.with_context(|| {
            format!("line {} is no row: expected `{{\"id\": ..., \"text\": \"...\"}}`", at + 1)
        })?;
        if question.text.chars().count() > LONGEST_TEXT {
            let line = at + 1;
            writeln!(
                anstream::stderr(),
                "line {line}: only the first {LONGEST_TEXT} characters of the text are read"
            )?;
        }
        write_row(responses, question.id, &question.text, output)?;
    }
    Ok(())
}

fn write_row(
    responses: &Responses,
    id: serde_json::Value,
    text: &str,
    output: &mut dyn Write,
) -> anyhow::Result<()> {
    let row = row(responses, id, text);
    serde_json::to_writer(&mut *output, &row).context("cannot write a row")?;
    writeln!(output)?;
    output.flush()?;
    Ok(())
}
