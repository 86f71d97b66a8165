//! What a line means, typed or written down: a message, a press, a move of the clock or a command.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::message::LONGEST_TEXT;
use crate::reply::Choice;

/// What a line means.
#[derive(Clone, Debug)]
pub enum InputLine {
    /// Nothing.
    Blank,
    /// A message.
    Say(String),
    /// A choice, pressed.
    Press(Choice),
    /// The clock goes on by so much.
    Move(Span),
    /// Something about the chat itself, at a keyboard.
    Command(Command),
    /// A press of something that is not there, with what to say of it before what is there.
    NotOnOffer(String),
    /// It cannot be done, for this reason.
    Refused(String),
}

/// What one can ask about the chat itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// What can be typed.
    Help,
    /// How the last message was understood.
    Why,
    /// What Charley knows so far.
    Case,
    /// Leave.
    Quit,
}

/// What is said of a move beyond all calendars.
pub const TOO_FAR: &str = "The clock cannot go on that far.";

impl InputLine {
    /// A line of piped input, where `[label]` presses a choice of those last shown.
    #[must_use]
    pub fn piped(raw: &str, choices: &[Choice]) -> Self {
        let text = raw.trim();
        if text.is_empty() {
            return Self::Blank;
        }
        if text.chars().count() > LONGEST_TEXT {
            let why = "A line may have 4,000 characters at most. Please say it more briefly.";
            return Self::Refused(why.to_owned());
        }
        if let Some(label) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
            return press(label.trim(), choices);
        }
        match text.strip_prefix('+').and_then(span) {
            Some(span) => Self::Move(span),
            None if text.strip_prefix('+').is_some_and(is_too_far) => {
                Self::Refused(TOO_FAR.to_owned())
            }
            None => Self::Say(text.to_owned()),
        }
    }

    /// A line typed at the prompt: besides, a command, or a choice by its number or its whole label.
    #[must_use]
    pub fn typed(raw: &str, choices: &[Choice]) -> Self {
        let text = raw.trim();
        if let Some(command) = text.strip_prefix('/') {
            return by_name(command);
        }
        match numbered(text, choices).or_else(|| labelled(text, choices)) {
            Some(choice) => Self::Press(choice.clone()),
            None => Self::piped(raw, choices),
        }
    }
}

/// The time after a move of the clock; nothing when it cannot go on that far.
#[must_use]
pub fn later(now: Timestamp, span: Span) -> Option<Timestamp> {
    Some(now.to_zoned(TimeZone::UTC).checked_add(span).ok()?.timestamp())
}

fn by_name(command: &str) -> InputLine {
    match command.to_lowercase().as_str() {
        "help" | "?" => InputLine::Command(Command::Help),
        "why" => InputLine::Command(Command::Why),
        "case" => InputLine::Command(Command::Case),
        "quit" | "exit" => InputLine::Command(Command::Quit),
        _ => InputLine::Refused(format!("There is no `/{command}`. `/help` shows what there is.")),
    }
}

fn press(label: &str, choices: &[Choice]) -> InputLine {
    let found = labelled(label, choices)
        .or_else(|| numbered(label, choices))
        .or_else(|| beginning(label, choices));
    match found {
        Some(choice) => InputLine::Press(choice.clone()),
        None if choices.is_empty() => InputLine::NotOnOffer(format!(
            "`[{label}]` cannot be pressed: nothing is on offer now."
        )),
        None => InputLine::NotOnOffer(format!("`[{label}]` is not on offer. These are:")),
    }
}

/// The choice last shown with this label.
fn labelled<'a>(label: &str, choices: &'a [Choice]) -> Option<&'a Choice> {
    let label = label.to_lowercase();
    choices.iter().rev().find(|choice| choice.label.to_lowercase() == label)
}

fn numbered<'a>(number: &str, choices: &'a [Choice]) -> Option<&'a Choice> {
    let number: usize = number.parse().ok()?;
    choices.get(number.checked_sub(1)?)
}

/// The only choice whose label begins so.
fn beginning<'a>(start: &str, choices: &'a [Choice]) -> Option<&'a Choice> {
    let start = start.to_lowercase();
    let mut fitting =
        choices.iter().filter(|choice| choice.label.to_lowercase().starts_with(&start));
    let only = fitting.next().filter(|_| !start.is_empty())?;
    fitting.next().is_none().then_some(only)
}

/// `3 min`, `2 d`, `1 h 30 min`; what merely begins with a plus is a message.
#[must_use]
pub fn span(text: &str) -> Option<Span> {
    let text = text.trim();
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|span: &Span| !span.is_negative())
}

/// A span, but for a number that is larger than any calendar.
fn is_too_far(text: &str) -> bool {
    let mut before = ' ';
    let shortened: String = text
        .chars()
        .filter(|&this| {
            let goes_on = this.is_ascii_digit() && before.is_ascii_digit();
            before = this;
            !goes_on
        })
        .collect();
    span(&shortened).is_some()
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    fn choices() -> Vec<Choice> {
        ["None of these", "Brown pee", "Brown spots", "2"]
            .map(|label| Choice { id: format!("id of {label}"), label: label.to_owned() })
            .to_vec()
    }

    fn shown(line: &InputLine) -> String {
        match line {
            InputLine::Blank => "blank".to_owned(),
            InputLine::Say(text) => format!("say {text}"),
            InputLine::Press(choice) => format!("press {}", choice.label),
            InputLine::Move(span) => format!("move {span:#}"),
            InputLine::Command(command) => format!("{command:?}"),
            InputLine::NotOnOffer(why) => format!("not on offer: {why}"),
            InputLine::Refused(why) => format!("refused: {why}"),
        }
    }

    #[track_caller]
    fn piped(raw: &str, expected: &str) {
        assert_eq!(shown(&InputLine::piped(raw, &choices())), expected, "{raw}");
    }

    #[track_caller]
    fn typed(raw: &str, expected: &str) {
        assert_eq!(shown(&InputLine::typed(raw, &choices())), expected, "{raw}");
    }

    #[test]
    fn a_piped_line_is_a_message_a_press_or_a_move_of_the_clock() {
        piped("  \t", "blank");
        piped(" my calf is cramping ", "say my calf is cramping");
        piped("/help", "say /help");
        piped("1", "say 1");
        piped("+3 min", "move 3m");
        piped("+ 2 d", "move 2d");
        piped("+1 h 30 min", "move 1h 30m");
        piped("+1 for stretching", "say +1 for stretching");
        piped("+3 min ago it stopped", "say +3 min ago it stopped");
        piped("+3 min ago", "say +3 min ago");
    }

    #[test]
    fn a_press_goes_by_label_then_number_then_beginning() {
        piped("[none OF these]", "press None of these");
        piped("[ None ]", "press None of these");
        piped("[2]", "press 2");
        piped("[3]", "press Brown spots");
        piped("[brown p]", "press Brown pee");
        piped("[brown]", "not on offer: `[brown]` is not on offer. These are:");
        piped("[]", "not on offer: `[]` is not on offer. These are:");
        piped("[9]", "not on offer: `[9]` is not on offer. These are:");
        let nothing = shown(&InputLine::piped("[Yes]", &[]));
        assert_eq!(nothing, "not on offer: `[Yes]` cannot be pressed: nothing is on offer now.");
    }

    #[test]
    fn at_the_prompt_a_number_or_a_whole_label_presses() {
        typed("1", "press None of these");
        typed("brown pee", "press Brown pee");
        typed("brown", "say brown");
        typed("[brown p]", "press Brown pee");
        typed("5", "say 5");
        typed("/why", "Why");
        typed("/QUIT", "Quit");
        typed("/wy", "refused: There is no `/wy`. `/help` shows what there is.");
    }

    #[test]
    fn a_line_over_the_limit_is_refused_and_one_at_the_limit_is_not() {
        let longest = "é".repeat(LONGEST_TEXT);
        assert!(matches!(InputLine::piped(&longest, &[]), InputLine::Say(_)));
        assert!(matches!(InputLine::piped(&format!("{longest}é"), &[]), InputLine::Refused(_)));
    }

    #[test]
    fn a_span_is_what_it_says() {
        assert_eq!(span("10 min").map(Span::fieldwise), Some(10.minutes().fieldwise()));
        assert!(span("").is_none() && span("min").is_none());
    }
}
