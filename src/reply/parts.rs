//! The parts of a reply, and what gives way where not all of them fit one message.

use crate::responses::TopicId;

/// Longest text of one message (Discord's limit).
pub const LONGEST_REPLY: usize = 2_000;

/// Room for the word on how pressing it is, which stands above a card and what is pressing.
pub(super) const HEADING: usize = 40;

/// What stands between two parts.
const BLANK_LINE: &str = "\n\n";

/// The parts of a reply, in their order.
#[derive(Debug, Default)]
pub(super) struct Parts(Vec<Part>);

#[derive(Debug)]
struct Part {
    text: String,
    /// The topic it answers.
    answers: Option<TopicId>,
    /// What it comes down to, in a sentence or two.
    in_short: Option<String>,
}

impl Parts {
    /// Adds a card, a question, a line.
    pub(super) fn push(&mut self, text: String) {
        self.0.push(Part { text, answers: None, in_short: None });
    }

    /// Adds the answer to a topic, and what it comes down to where there is no room for all of it.
    pub(super) fn push_answer(&mut self, topic: TopicId, text: String, in_short: Option<String>) {
        self.0.push(Part { text, answers: Some(topic), in_short });
    }

    /// The text of the part that was added last.
    pub(super) fn last_mut(&mut self) -> Option<&mut String> {
        self.0.last_mut().map(|part| &mut part.text)
    }

    /// The parts with blank lines between, and the topics whose answers found no room: they are told
    /// in short, and give way to cards and questions. What is asked stands last and always stays, as
    /// its choices do.
    pub(super) fn joined(mut self, longest: usize) -> (String, Vec<TopicId>) {
        self.0.retain(|part| !part.text.is_empty());
        let mut left_out = Vec::new();
        while self.0.len() > 1 && self.length() > longest {
            if let Some(topic) = self.shorten() {
                left_out.insert(0, topic);
                continue;
            }
            let answer = self.0.iter().rposition(|part| part.answers.is_some());
            let part = self.0.remove(answer.unwrap_or(self.0.len() - 2));
            left_out.extend(part.answers.filter(|topic| !left_out.contains(topic)));
        }
        let texts: Vec<&str> = self.0.iter().map(|part| part.text.as_str()).collect();
        (texts.join(BLANK_LINE), left_out)
    }

    /// Puts the last answer that can be told in short in its short form.
    fn shorten(&mut self) -> Option<TopicId> {
        let part = self.0.iter_mut().rfind(|part| part.in_short.is_some())?;
        part.text = part.in_short.take()?;
        part.answers
    }

    fn length(&self) -> usize {
        let texts: usize = self.0.iter().map(|part| part.text.chars().count()).sum();
        texts + self.0.len().saturating_sub(1) * BLANK_LINE.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_gives_way_to_what_is_asked() {
        let mut parts = Parts::default();
        parts.push("relief".repeat(200));
        parts.push_answer(TopicId(3), "answer".repeat(200), None);
        parts.push("Is any of this happening now?".to_owned());
        let (text, left_out) = parts.joined(LONGEST_REPLY);
        assert!(text.ends_with("Is any of this happening now?"), "{text}");
        assert!(text.starts_with("relief") && !text.contains("answer"), "{text}");
        assert_eq!(left_out, [TopicId(3)]);
    }

    #[test]
    fn the_last_answers_are_told_in_short_before_any_is_left_out() {
        let mut parts = Parts::default();
        parts.push_answer(TopicId(1), "first ".repeat(200), Some("in short 1".to_owned()));
        parts.push_answer(TopicId(2), "second ".repeat(200), Some("in short 2".to_owned()));
        parts.push_answer(TopicId(3), "third ".repeat(100), None);
        let (text, left_out) = parts.joined(LONGEST_REPLY);
        assert!(
            text.starts_with("first first") && text.contains("\n\nin short 2\n\nthird"),
            "{text}"
        );
        assert_eq!(left_out, [TopicId(2)]);
    }

    #[test]
    fn what_is_asked_stays_whatever_there_is() {
        let mut parts = Parts::default();
        parts.push("relief".repeat(300));
        parts.push("a note".repeat(300));
        parts.push("Is any of this happening now?".to_owned());
        let (text, _) = parts.joined(LONGEST_REPLY);
        assert!(text.starts_with("relief"), "{text}");
        assert!(text.ends_with("Is any of this happening now?"), "{text}");
    }
}
