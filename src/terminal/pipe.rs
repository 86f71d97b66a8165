//! Line in, answer out, for programs and files.

use std::io::{self, BufRead, Read, Write};

use serde::Serialize;

use super::Chat;
use crate::input_line::InputLine;
use crate::message::LONGEST_TEXT;
use crate::reply::Reply;
use crate::timestamps::in_words;

/// Bytes that hold more characters than a line may have, whatever they are.
const TOO_LONG: u64 = 4 * (LONGEST_TEXT as u64 + 1);

/// How answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text for people, `[label]` for what can be pressed, a blank line between turns.
    Text,
    /// One JSON object a turn, on a line of its own.
    Json,
}

/// Answers line by line until the input ends.
pub(super) async fn run(
    chat: &mut Chat,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    format: Format,
) -> anyhow::Result<()> {
    let mut paper = Paper { output, format, turn: 0, written: false };
    while let Some(raw) = next_line(input)? {
        // Some editors begin a file with a mark of its encoding.
        let raw = raw.trim_start_matches('\u{feff}');
        let line = InputLine::piped(raw, chat.choices());
        if matches!(line, InputLine::Blank) {
            continue;
        }
        if let Some(news) = chat.news() {
            writeln!(anstream::stderr(), "{news}")?;
        }
        let mut early = false;
        let mut show = |replies: &[Reply]| {
            early = true;
            paper.write(replies)
        };
        let answer = chat.answer(line, &mut show).await?;
        // What could not wait for the database is the turn's whole answer, as a rule.
        if !early || !answer.replies.is_empty() {
            paper.write(&answer.replies)?;
        }
        chat.shown(&answer).await;
    }
    chat.settle().await
}

/// The next line. Of one that is far too long only the beginning is kept, and bytes that are no
/// text become replacement characters.
fn next_line(input: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    Read::take(&mut *input, TOO_LONG).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if !bytes.ends_with(b"\n") {
        skip_line(input)?;
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn skip_line(input: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|&byte| byte == b'\n');
        let read = end.map_or(buffer.len(), |end| end + 1);
        input.consume(read);
        if end.is_some() || read == 0 {
            return Ok(());
        }
    }
}

struct Paper<'a> {
    output: &'a mut dyn Write,
    format: Format,
    turn: u64,
    written: bool,
}

impl Paper<'_> {
    fn write(&mut self, replies: &[Reply]) -> anyhow::Result<()> {
        self.turn += 1;
        match self.format {
            Format::Text => self.text(replies)?,
            Format::Json => self.json(replies)?,
        }
        Ok(self.output.flush()?)
    }

    fn text(&mut self, replies: &[Reply]) -> io::Result<()> {
        if self.written && !replies.is_empty() {
            writeln!(self.output)?;
        }
        for reply in replies {
            self.written = true;
            writeln!(self.output, "{reply}")?;
        }
        Ok(())
    }

    fn json(&mut self, replies: &[Reply]) -> anyhow::Result<()> {
        let replies = replies.iter().map(JsonReply::from).collect();
        let turn = serde_json::to_string(&JsonTurn { turn: self.turn, replies })?;
        Ok(writeln!(self.output, "{turn}")?)
    }
}

#[derive(Serialize)]
struct JsonTurn<'a> {
    turn: u64,
    replies: Vec<JsonReply<'a>>,
}

#[derive(Serialize)]
struct JsonReply<'a> {
    text: String,
    choices: Vec<&'a str>,
    urgency: &'static str,
    kind: &'static str,
}

impl<'a> From<&'a Reply> for JsonReply<'a> {
    fn from(reply: &'a Reply) -> Self {
        Self {
            text: in_words(&reply.text),
            choices: reply.choices.iter().map(|choice| choice.label.as_str()).collect(),
            urgency: reply.urgency.into(),
            kind: reply.kind.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(mut input: &[u8]) -> Vec<String> {
        std::iter::from_fn(|| next_line(&mut input).unwrap()).collect()
    }

    #[test]
    fn lines_end_as_they_may_and_bad_bytes_do_not_stop_them() {
        assert_eq!(lines(b"a\r\nb\n\xffc"), ["a\r\n", "b\n", "\u{fffd}c"]);
        assert!(lines(b"").is_empty());
    }

    #[test]
    fn a_line_far_too_long_is_cut_and_the_next_is_whole() {
        let mut input = "x".repeat(100_000).into_bytes();
        input.extend_from_slice(b"\nnext\n");

        let read = lines(&input);

        assert_eq!(read.len(), 2);
        assert!(read[0].chars().count() > LONGEST_TEXT && read[0].len() < 20_000);
        assert_eq!(read[1], "next\n");
    }
}
