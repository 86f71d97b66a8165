//! How replies look at a terminal: wrapped, urgency in colour, choices with numbers.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::wrap::{BOLD, wrap};
use crate::reply::Reply;
use crate::timestamps::in_words;
use crate::vocabulary::Urgency;

/// Lines longer than this are hard to read, however wide the window is.
const WIDEST: usize = 88;

/// What the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Screen {
    /// In columns.
    pub(super) width: usize,
    /// Whether it shows colours and bold.
    pub(super) colour: bool,
}

impl Screen {
    /// The replies as lines, each reply after a blank one; choices are numbered through.
    pub(super) fn replies(self, replies: &[Reply]) -> String {
        let mut page = String::new();
        let mut number = 0;
        for reply in replies {
            page.push('\n');
            page.push_str(&self.text(&in_words(&reply.text), style(reply.urgency)));
            for choice in &reply.choices {
                number += 1;
                self.choice(&mut page, number, &choice.label);
            }
        }
        page
    }

    /// A number and what it presses; what does not fit stands below the label, not the number.
    fn choice(self, page: &mut String, number: usize, label: &str) {
        let mark = format!("  {number}) ");
        let room = self.width.min(WIDEST).saturating_sub(mark.len()).max(1);
        for (at, line) in wrap(label, room).into_iter().enumerate() {
            let before = if at == 0 { mark.clone() } else { " ".repeat(mark.len()) };
            let _ = writeln!(page, "{before}{line}");
        }
    }

    /// Something about the chat, set apart from what Charley says.
    pub(super) fn aside(self, text: &str) -> String {
        format!("\n{}", self.text(text, Style::new().dimmed()))
    }

    fn text(self, text: &str, plain: Style) -> String {
        let mut page = String::new();
        let mut bold = false;
        for line in wrap(text, self.width.min(WIDEST)) {
            for (position, part) in line.split(BOLD).enumerate() {
                bold ^= position > 0;
                let style = if bold { plain.bold() } else { plain };
                self.put(&mut page, style, part);
            }
            page.push('\n');
        }
        page
    }

    fn put(self, page: &mut String, style: Style, text: &str) {
        if self.colour && !text.is_empty() {
            let _ = write!(page, "{style}{text}{style:#}");
        } else {
            page.push_str(text);
        }
    }
}

fn style(urgency: Urgency) -> Style {
    match urgency {
        Urgency::None => Style::new(),
        Urgency::SelfCare => AnsiColor::Green.on_default(),
        Urgency::SeeDoctor => AnsiColor::Cyan.on_default(),
        Urgency::Urgent => AnsiColor::Yellow.on_default(),
        Urgency::Emergency => AnsiColor::BrightRed.on_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::{Choice, ReplyKind};

    fn reply(urgency: Urgency, text: &str, labels: &[&str]) -> Reply {
        let choice = |label: &&str| Choice { id: String::new(), label: (*label).to_owned() };
        let choices = labels.iter().map(choice).collect();
        Reply::new(ReplyKind::Card, urgency, text.to_owned(), choices)
    }

    #[test]
    fn without_colour_there_is_only_text_and_the_numbers_run_through() {
        let replies = [
            reply(Urgency::Emergency, "**Call 112** now.", &["Called"]),
            reply(Urgency::None, "Is it dark?", &["Yes", "No"]),
        ];
        let shown = Screen { width: 80, colour: false }.replies(&replies);
        assert_eq!(shown, "\nCall 112 now.\n  1) Called\n\nIs it dark?\n  2) Yes\n  3) No\n");
    }

    #[test]
    fn a_long_choice_goes_on_below_its_label() {
        let shown = Screen { width: 20, colour: false }.replies(&[reply(
            Urgency::None,
            "Any of these?",
            &["Yes, one from list 1", "No"],
        )]);
        assert_eq!(shown, "\nAny of these?\n  1) Yes, one from\n     list 1\n  2) No\n");
    }

    #[test]
    fn with_colour_each_line_ends_without_it_and_bold_goes_over_the_break() {
        let shown = Screen { width: 9, colour: true }.replies(&[reply(
            Urgency::Emergency,
            "**Call 112 now.**",
            &[],
        )]);
        let bold = AnsiColor::BrightRed.on_default().bold();
        assert_eq!(shown, format!("\n{bold}Call 112{bold:#}\n{bold}now.{bold:#}\n"));
    }
}
