//! Breaking text into lines of a width, at words; lists stay indented.

/// What is not counted: two asterisks switch bold on and off.
pub(super) const BOLD: &str = "**";

/// The lines of a text, none wider than `width` unless a single word is.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    text.lines().flat_map(|line| wrap_line(line, width)).collect()
}

fn wrap_line(line: &str, width: usize) -> Vec<String> {
    let text = line.trim_start();
    let mut current = line[..line.len() - text.len()].to_owned();
    let mut lines = Vec::new();
    for word in text.split(' ') {
        let begun = !current.trim().is_empty();
        if begun && columns(&current) + 1 + columns(word) > width {
            lines.push(std::mem::replace(&mut current, " ".repeat(hanging(line))));
        } else if begun {
            current.push(' ');
        }
        current.push_str(word);
    }
    lines.push(current);
    lines
}

/// How far the lines after the first are indented: as far as the text of `- ` or `1. ` begins.
fn hanging(line: &str) -> usize {
    let text = line.trim_start();
    let spaces = columns(line) - columns(text);
    let number = text.trim_start_matches(|mark: char| mark.is_ascii_digit());
    let marks = columns(text) - columns(number);
    let mark = match (text.starts_with("- "), marks > 0 && number.starts_with(". ")) {
        (true, _) => 2,
        (false, true) => marks + 2,
        (false, false) => 0,
    };
    spaces + mark
}

fn columns(text: &str) -> usize {
    text.chars().count() - BOLD.len() * text.matches(BOLD).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(wrap(text, 12), expected);
    }

    #[test]
    fn lines_break_between_words() {
        check("", &[]);
        check("stretch it gently now", &["stretch it", "gently now"]);
        check("one\n\ntwo", &["one", "", "two"]);
        check("a gastrocnemius cramp", &["a", "gastrocnemius", "cramp"]);
    }

    #[test]
    fn bold_marks_take_no_room() {
        check("**stretch** it now", &["**stretch** it", "now"]);
        check("**stretch it now**", &["**stretch it", "now**"]);
    }

    #[test]
    fn lists_stay_indented() {
        check("- no bouncing at all", &["- no", "  bouncing", "  at all"]);
        check("  - hold it on", &["  - hold it", "    on"]);
        check("10. hold it there", &["10. hold it", "    there"]);
    }
}
