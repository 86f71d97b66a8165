//! `talk.toml` and `answers.toml`: what people say around a plan and in short answers, in plain words that
//! are compared as they stand.

use std::collections::BTreeMap;
use std::str::FromStr;

use rustc_hash::FxHashSet;

use super::raw::Text;
use crate::message::plain_words;
use crate::vocabulary::{Answering, Talk};

/// A file of plain words as it is written: lists by their names.
pub(super) type RawLists = BTreeMap<String, Vec<Text>>;

/// A list of either file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlainList {
    /// Of `talk.toml`.
    Talk(Talk),
    /// Of `answers.toml`.
    Answering(Answering),
}

impl From<Talk> for PlainList {
    fn from(list: Talk) -> Self {
        Self::Talk(list)
    }
}

impl From<Answering> for PlainList {
    fn from(list: Answering) -> Self {
        Self::Answering(list)
    }
}

/// The checked lists of both files.
#[derive(Clone, Debug, Default)]
pub struct TalkLists {
    lists: BTreeMap<PlainList, Sayings>,
    empty: Sayings,
}

impl TalkLists {
    /// The lists of sound files.
    pub(super) fn of(talk: Option<&RawLists>, answers: Option<&RawLists>) -> Self {
        let talk = talk.into_iter().flat_map(lists::<Talk>);
        let answers = answers.into_iter().flat_map(lists::<Answering>);
        Self { lists: talk.chain(answers).collect(), empty: Sayings::default() }
    }

    /// The list of that name.
    #[must_use]
    pub fn list(&self, list: impl Into<PlainList>) -> &Sayings {
        self.lists.get(&list.into()).unwrap_or(&self.empty)
    }

    /// Whether a word is an entry of that list by itself.
    #[must_use]
    pub fn has(&self, list: impl Into<PlainList>, word: &str) -> bool {
        self.list(list).has(word)
    }

    /// Whether every word of a message is an entry of one of these lists by itself.
    #[must_use]
    pub fn hold_all<const N: usize>(
        &self,
        lists: [impl Into<PlainList>; N],
        said: &[String],
    ) -> bool {
        let lists = lists.map(|list| self.list(list));
        said.iter().all(|word| lists.iter().any(|list| list.has(word)))
    }
}

/// The lists of one file.
fn lists<L>(raw: &RawLists) -> impl Iterator<Item = (PlainList, Sayings)>
where
    L: FromStr + Into<PlainList>,
{
    raw.iter().filter_map(|(name, entries)| {
        let entries = entries.iter().map(|entry| entry.get_ref().as_str());
        let list: L = name.parse().ok()?;
        Some((list.into(), Sayings::new(entries)))
    })
}

/// The lists that are shipped, for tests.
#[cfg(test)]
pub(crate) fn shipped() -> TalkLists {
    let file = |text: &str| toml::from_str::<RawLists>(text).unwrap_or_default();
    let talk = file(include_str!("../../responses/talk.toml"));
    let answers = file(include_str!("../../responses/answers.toml"));
    TalkLists::of(Some(&talk), Some(&answers))
}

/// Single words, and words that stand side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sayings {
    /// Entries of one word: they are asked for with each word of many messages.
    words: FxHashSet<String>,
    /// Entries of several.
    rows: Vec<Vec<String>>,
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
        let (words, rows): (Vec<_>, Vec<_>) = entries.into_iter().partition(|row| row.len() == 1);
        Self { words: words.into_iter().flatten().collect(), rows }
    }

    /// Whether a word is an entry by itself.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether any entry stands in a message.
    #[must_use]
    pub fn is_in(&self, said: &[String]) -> bool {
        self.found(said).next().is_some()
    }

    /// The entries that stand in a message.
    pub fn found<'f>(&'f self, said: &'f [String]) -> impl Iterator<Item = &'f [String]> {
        let words = said.iter().filter(|word| self.has(word)).map(std::slice::from_ref);
        let stands = |row: &&Vec<String>| said.windows(row.len()).any(|part| part == *row);
        words.chain(self.rows.iter().filter(stands).map(Vec::as_slice))
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
