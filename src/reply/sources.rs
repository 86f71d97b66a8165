//! Where an answer comes from, for "says who?".

use std::fmt::Write as _;

use super::LONGEST_REPLY;
use super::compose::{Composer, Sourced};
use crate::responses::Source;
use crate::vocabulary::Card;

/// Characters that are kept free for a word on how many more there are.
const ROOM: usize = 20;

impl Composer<'_> {
    pub(super) fn sources(&mut self) {
        let mut ids: Vec<&str> = Vec::new();
        for sourced in self.last {
            let own: &[String] = match sourced {
                Sourced::Topic(name) => self
                    .responses
                    .topic_id(name)
                    .and_then(|topic| self.responses.topic(topic))
                    .map_or(&[], |topic| &topic.sources),
                Sourced::Card(card) => &self.responses.card(*card).sources,
                Sourced::Flag(name) => self
                    .responses
                    .flag_id(name)
                    .and_then(|flag| self.responses.flag(flag))
                    .map_or(&[], |flag| &flag.sources),
                Sourced::Combination(name) => {
                    self.responses.combination(name).map_or(&[], |row| &row.sources)
                }
            };
            ids.extend(
                own.iter().map(String::as_str).filter(|id| !ids.contains(id)).collect::<Vec<_>>(),
            );
        }
        let sources = ids.iter().filter_map(|id| self.responses.sources.get(*id));
        let lines: Vec<String> = sources.map(source_line).collect();
        if lines.is_empty() {
            self.card(Card::NotUnderstood, &[]);
            return;
        }
        let mut text = self.responses.card(Card::SourcesHeading).text.clone();
        for (at, line) in lines.iter().enumerate() {
            if text.chars().count() + line.chars().count() + ROOM > LONGEST_REPLY {
                let _ = write!(text, "\n- … +{}", lines.len() - at);
                break;
            }
            let _ = write!(text, "\n{line}");
        }
        self.parts.push(text);
    }
}

fn source_line(source: &Source) -> String {
    let year = source.year.map_or(String::new(), |year| format!(" ({year})"));
    let url = source.url.as_ref().map_or(String::new(), |url| format!(" <{url}>"));
    format!("- {}{year}, {}. Evidence: {}.{url}", source.by, source.title, source.level)
}
