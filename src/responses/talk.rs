//! `talk.toml`: what people say around a plan, in plain words that are compared as they stand.

use std::collections::BTreeMap;

use super::raw::Text;
use crate::message::plain_words;
use crate::vocabulary::Talk;

/// `talk.toml` as it is written: lists of words by their names.
pub(super) type RawTalk = BTreeMap<String, Vec<Text>>;

/// The checked lists of `talk.toml`.
#[derive(Clone, Debug, Default)]
pub struct TalkLists {
    lists: BTreeMap<Talk, Sayings>,
    empty: Sayings,
}

impl TalkLists {
    /// The lists of a sound file.
    pub(super) fn of(raw: &RawTalk) -> Self {
        let list = |(name, entries): (&String, &Vec<Text>)| {
            let entries = entries.iter().map(|entry| entry.get_ref().as_str());
            Some((name.parse().ok()?, Sayings::new(entries)))
        };
        Self { lists: raw.iter().filter_map(list).collect(), empty: Sayings::default() }
    }

    /// The list of that name.
    #[must_use]
    pub fn list(&self, list: Talk) -> &Sayings {
        self.lists.get(&list).unwrap_or(&self.empty)
    }
}

/// The lists that are shipped, for tests.
#[cfg(test)]
pub(crate) fn shipped() -> TalkLists {
    let raw = toml::from_str(include_str!("../../responses/talk.toml"));
    TalkLists::of(&raw.unwrap_or_default())
}

/// Single words, and words that stand side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sayings {
    /// In their order.
    entries: Vec<Vec<String>>,
}

impl Sayings {
    /// Every entry counts as it stands and as it is read: "don't" as "dont" and as "do not".
    #[must_use]
    pub fn new<'e>(entries: impl Iterator<Item = &'e str>) -> Self {
        let forms = |entry: &str| {
            let bare = entry.to_lowercase().replace(['\'', '’'], "");
            let whole = bare.split_whitespace().map(str::to_owned);
            [whole.collect(), plain_words(entry)]
        };
        let mut entries: Vec<Vec<String>> = entries.flat_map(forms).collect();
        entries.retain(|entry| !entry.is_empty());
        entries.sort_unstable();
        entries.dedup();
        Self { entries }
    }

    /// Whether a word is an entry by itself.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        let by_words = |entry: &Vec<String>| entry.iter().map(String::as_str).cmp([word]);
        self.entries.binary_search_by(by_words).is_ok()
    }

    /// Whether any entry stands in a message.
    #[must_use]
    pub fn is_in(&self, said: &[String]) -> bool {
        self.found(said).next().is_some()
    }

    /// The entries that stand in a message.
    pub fn found(&self, said: &[String]) -> impl Iterator<Item = &[String]> {
        let stands = |entry: &&Vec<String>| said.windows(entry.len()).any(|part| part == *entry);
        self.entries.iter().filter(stands).map(Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_counts_as_it_stands_and_as_it_is_read() {
        let sayings = Sayings::new(["never", "don't bother"].into_iter());
        assert!(sayings.has("never") && !sayings.has("do") && !sayings.has("bother"));
        for said in ["no never", "do not bother", "please dont bother", "Don't bother!"] {
            assert!(sayings.is_in(&plain_words(said)), "{said}");
        }
        for said in ["bother", "do not please bother", ""] {
            assert!(!sayings.is_in(&plain_words(said)), "{said}");
        }
    }
}
