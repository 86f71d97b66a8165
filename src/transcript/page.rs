//! A page of conversations: which lines are names, which the member's, and which Charley's.

use std::ops::Range;
use std::path::Path;

use super::QUIET;
use crate::input_line;
use crate::responses::{Place, Problem};

/// What a message begins with that was not said to Charley.
const OVERHEARD: &str = "(overheard)";

/// The page that explains the others need not hold a conversation.
const MANUAL: &str = "README";

/// What stands on a page, and what cannot be read there.
#[derive(Debug, Default)]
pub struct Page {
    /// Its conversations, in order.
    pub transcripts: Vec<Transcript>,
    /// What is wrong with how they are written.
    pub problems: Vec<Problem>,
}

/// One conversation as it is written.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Transcript {
    /// The heading, or the name of the page.
    pub name: String,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// Something that happens, and the place of what Charley says to it. Places are in bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    /// A message, `[what is pressed]`, or `+3 min`.
    pub input: String,
    /// Whether it is a message that was not said to Charley.
    pub overheard: bool,
    /// Where it stands.
    pub at: Range<usize>,
    /// Where what Charley says to it stands, up to the next step.
    pub reply: Range<usize>,
}

impl Page {
    /// Reads a page.
    #[must_use]
    pub fn read(path: &Path, text: &str) -> Self {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let transcript = Transcript { name: name.clone(), steps: Vec::new() };
        let page = Self::default();
        let mut reader = Reader { path, page, transcript, block: None, before: Kind::Blank };
        let mut at = 0;
        for whole in text.split_inclusive('\n') {
            let line = whole.trim_end();
            reader.line(line.trim_start_matches('\u{feff}'), at..at + line.len());
            at += whole.len();
        }
        reader.finish(at, &name)
    }
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind<'l> {
    Blank,
    /// `## name`
    Heading(&'l str),
    /// `> message`
    Said(&'l str),
    /// `+3 min`
    Time,
    /// `+3 minuets`
    NoTime,
    /// `[label]`, a press or the only choice of a reply.
    Label,
    /// `[label] [label]`
    Choices,
    Text,
}

impl<'l> Kind<'l> {
    fn of(line: &'l str) -> Self {
        if line.is_empty() {
            return Self::Blank;
        }
        if let Some(said) = line.strip_prefix('>') {
            return Self::Said(said.trim());
        }
        if let Some(span) = line.strip_prefix('+').map(str::trim_start) {
            let is_time = span.starts_with(|first: char| first.is_ascii_digit());
            return match input_line::span(span) {
                Some(_) => Self::Time,
                None if is_time => Self::NoTime,
                None => Self::Text,
            };
        }
        if line.starts_with('[') && line.ends_with(']') {
            return if line.matches('[').count() == 1 { Self::Label } else { Self::Choices };
        }
        let name = line.trim_start_matches('#');
        if name.len() < line.len() && (name.is_empty() || name.starts_with(' ')) {
            return Self::Heading(name.trim());
        }
        Self::Text
    }
}

/// A line of Charley's so that it cannot be taken for anything else; a backslash says so, as in all
/// of Markdown.
pub(super) fn escaped(line: &str) -> String {
    match Kind::of(line.trim_end()) {
        Kind::Text if line.trim() == QUIET => format!("\\{line}"),
        Kind::Blank | Kind::Text | Kind::Choices => line.to_owned(),
        Kind::Heading(_) | Kind::Said(_) | Kind::Time | Kind::NoTime | Kind::Label => {
            format!("\\{line}")
        }
    }
}

struct Reader<'p> {
    path: &'p Path,
    page: Page,
    transcript: Transcript,
    /// Where a block between fences began.
    block: Option<Range<usize>>,
    before: Kind<'p>,
}

impl<'p> Reader<'p> {
    fn line(&mut self, line: &'p str, at: Range<usize>) {
        let talking = !self.transcript.steps.is_empty();
        if !talking && self.is_in_block(line, &at) {
            return;
        }
        let kind = Kind::of(line);
        let before = std::mem::replace(&mut self.before, kind);
        match kind {
            Kind::Heading(name) => self.heading(name, &at),
            Kind::Said(more) if matches!(before, Kind::Said(_)) => self.say_more(more, at),
            Kind::Said(said) => self.say(said, at),
            Kind::Time if talking => self.step(line.to_owned(), false, at),
            Kind::NoTime if talking => {
                let what = format!("`{line}` is no time that passes");
                self.fault(at, what, "write `+3 min`, `+2 h` or `+1 d`");
            }
            // Right below a line of Charley's it is the only choice of that reply.
            Kind::Label if talking && before != Kind::Text => {
                self.step(line.to_owned(), false, at);
            }
            Kind::Blank | Kind::Time | Kind::NoTime | Kind::Label | Kind::Choices | Kind::Text => {}
        }
    }

    /// Whether a line is an example between fences, which nothing is read from.
    fn is_in_block(&mut self, line: &str, at: &Range<usize>) -> bool {
        let fence = line.starts_with("```");
        let inside = self.block.is_some();
        if fence {
            self.block = if inside { None } else { Some(at.clone()) };
        }
        fence || inside
    }

    fn heading(&mut self, name: &str, at: &Range<usize>) {
        self.end_step(at.start);
        let next = Transcript { name: name.to_owned(), steps: Vec::new() };
        let done = std::mem::replace(&mut self.transcript, next);
        self.keep(done);
    }

    fn say(&mut self, said: &str, at: Range<usize>) {
        let to_others = said.strip_prefix(OVERHEARD);
        let message = to_others.unwrap_or(said).trim();
        if message.is_empty() {
            let remedy = "write the message after the `>`, or take the line away";
            self.fault(at, "the member says nothing here".to_owned(), remedy);
            return;
        }
        self.step(message.to_owned(), to_others.is_some(), at);
    }

    /// The next line of a message that has several.
    fn say_more(&mut self, more: &str, at: Range<usize>) {
        match self.transcript.steps.last_mut() {
            Some(step) => {
                step.input.push('\n');
                step.input.push_str(more);
                step.at.end = at.end;
                step.reply = at.end..at.end;
            }
            None => self.say(more, at),
        }
    }

    fn step(&mut self, input: String, overheard: bool, at: Range<usize>) {
        self.end_step(at.start);
        let reply = at.end..at.end;
        self.transcript.steps.push(Step { input, overheard, at, reply });
    }

    fn end_step(&mut self, at: usize) {
        if let Some(step) = self.transcript.steps.last_mut() {
            step.reply.end = at;
        }
    }

    fn keep(&mut self, transcript: Transcript) {
        if !transcript.steps.is_empty() {
            self.page.transcripts.push(transcript);
        }
    }

    fn fault(&mut self, at: Range<usize>, what: String, remedy: &str) {
        self.page.problems.push(Problem::new(Place::new(self.path, at), what, remedy));
    }

    fn finish(mut self, end: usize, name: &str) -> Page {
        self.end_step(end);
        let last = std::mem::take(&mut self.transcript);
        self.keep(last);
        if let Some(at) = self.block.take() {
            let what = "the block that begins here does not end".to_owned();
            self.fault(at, what, "close it with a line of three backticks");
        } else if self.page.transcripts.is_empty() && name != MANUAL {
            let remedy = "what a member says stands on a line that begins with `> `";
            self.fault(0..0, "there is no conversation on this page".to_owned(), remedy);
        }
        self.page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The inputs of a page's conversations, each with what stands below it.
    fn steps(text: &str) -> Vec<(String, String)> {
        let page = Page::read(Path::new("own.md"), text);
        assert_eq!(page.problems, []);
        let steps = page.transcripts.iter().flat_map(|transcript| &transcript.steps);
        let below = |step: &Step| text[step.reply.clone()].trim().to_owned();
        steps.map(|step| (step.input.clone(), below(step))).collect()
    }

    #[track_caller]
    fn reads(text: &str, expected: &[(&str, &str)]) {
        let steps = steps(text);
        let steps: Vec<_> = steps.iter().map(|(one, two)| (one.as_str(), two.as_str())).collect();
        assert_eq!(steps, expected, "{text}");
    }

    #[test]
    fn a_press_stands_by_itself_and_choices_stand_below_a_text() {
        reads("> a\n\nB\n[C]\n\n[C]\n\nD", &[("a", "B\n[C]"), ("[C]", "D")]);
        reads("> a\n\nB\n[C] [D]\n[C]\n", &[("a", "B\n[C] [D]"), ("[C]", "")]);
        reads("> a\n[C]\n+1 h\n", &[("a", ""), ("[C]", ""), ("+1 h", "")]);
    }

    #[test]
    fn prose_examples_and_headings_are_no_part_of_a_talk() {
        let text = "# T\n\n[link]\n+3 min\n\n```\n> not this\n```\n\n## A\n> a\n\nB\n## C\n> c\n";
        reads(text, &[("a", "B"), ("c", "")]);
        reads("\u{feff}> one\r\n> two\r\n\r\nB\r\n", &[("one\ntwo", "B")]);
    }

    #[test]
    fn a_page_without_a_heading_has_its_own_name() {
        let page = Page::read(Path::new("night/cramps.md"), "> a\n");
        assert_eq!(page.transcripts[0].name, "cramps");
        assert!(Page::read(Path::new("README.md"), "# How\n").problems.is_empty());
    }

    #[test]
    fn what_charley_says_is_never_read_as_something_else() {
        for line in ["> quoted", "# heading", "+3 min", "+3 minuets", "[one]", "(quiet)"] {
            reads(&format!("> a\n\n{}\n", escaped(line)), &[("a", &format!("\\{line}"))]);
        }
        for line in ["- plain", "1. plain", "#1 of all", "+ more", "[one] [two]"] {
            assert_eq!(escaped(line), line);
        }
    }
}
