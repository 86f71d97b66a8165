//! Near misses: one slip away from one of our own words, and never from a common English word.
//!
//! Only our words with one letter left out are stored, and only the message's word with one letter
//! left out is looked up (the idea of `SymSpell`), so an unknown word costs a few look-ups.

use std::cmp::Ordering;

use super::grouped::Grouped;

/// Shortest word that is corrected; shorter ones are one slip from too many others.
const SHORTEST: usize = 5;
/// Longest word that is corrected; a target may have one letter more.
const LONGEST: usize = 24;

/// How many slots share a bucket, at the least.
const IN_A_BUCKET: usize = 2;

/// Common English words, one a line in order, from SCOWL (public word lists); never corrected.
const ENGLISH: &str = include_str!("english.txt");

/// Our own words, to be found in spite of one slip.
#[derive(Clone, Debug, Default)]
pub(super) struct Spelling {
    /// The targets with one letter left out, by their keys.
    slots: Grouped<Slot>,
    buckets: usize,
    /// The targets' letters, one after the other, and where each ends.
    letters: String,
    ends: Vec<u32>,
}

/// A target with one letter left out: the target's number, and of the key what its bucket does not
/// tell. Keys that look alike by that cost a comparison more, no more.
#[derive(Clone, Copy, Debug)]
struct Slot(u32);

impl Slot {
    const BITS: u32 = 20;
    /// The last target there can be.
    const LAST: u32 = (1 << Self::BITS) - 1;

    const fn new(key: u32, target: u32) -> Self {
        Self(key & !Self::LAST | target & Self::LAST)
    }

    const fn may_be(self, key: u32) -> bool {
        (self.0 ^ key) & !Self::LAST == 0
    }

    const fn target(self) -> u32 {
        self.0 & Self::LAST
    }
}

impl Spelling {
    /// Learns the words that a slip may lead to. Of several that fit, the first one is found.
    pub(super) fn new<'w>(targets: impl Iterator<Item = &'w str>) -> Self {
        let mut spelling = Self::default();
        let fits = |word: &&str| (SHORTEST..=LONGEST + 1).contains(&word.len()) && word.is_ascii();
        let mut slots = Vec::new();
        for (word, target) in targets.filter(fits).zip(0..=Slot::LAST) {
            spelling.letters.push_str(word);
            spelling.ends.push(u32::try_from(spelling.letters.len()).unwrap_or(u32::MAX));
            slots.extend(keys(word.as_bytes()).map(|key| (key, Slot::new(key, target))));
        }
        spelling.buckets = (slots.len() / IN_A_BUCKET).next_power_of_two();
        for (bucket, _) in &mut slots {
            *bucket &= (spelling.buckets - 1) as u32;
        }
        spelling.slots = Grouped::of(spelling.buckets, &slots);
        spelling.letters.shrink_to_fit();
        spelling.ends.shrink_to_fit();
        spelling
    }

    /// Common English words.
    pub(super) fn english() -> impl Iterator<Item = &'static str> {
        ENGLISH.lines()
    }

    /// Whether a word is plain English and must be left as it is.
    pub(super) fn is_english(word: &str) -> bool {
        let mut left = ENGLISH;
        while !left.is_empty() {
            let middle = left.get(..left.len() / 2).unwrap_or_default();
            let (before, from) = left.split_at(middle.rfind('\n').map_or(0, |at| at + 1));
            let line = from.lines().next().unwrap_or_default();
            match word.cmp(line) {
                Ordering::Equal => return true,
                Ordering::Less => left = before,
                Ordering::Greater => left = from.get(line.len() + 1..).unwrap_or_default(),
            }
        }
        false
    }

    /// The one of our words that `word` is a slip of: a letter too many, too few, wrong or swapped.
    pub(super) fn correct(&self, word: &str) -> Option<&str> {
        if !(SHORTEST..=LONGEST).contains(&word.len()) || !is_word(word) {
            return None;
        }
        let candidates = keys(word.as_bytes()).flat_map(|key| {
            let slots = self.slots.at(key as usize & self.buckets.wrapping_sub(1));
            slots.iter().filter(move |slot| slot.may_be(key)).map(|slot| slot.target())
        });
        let near = |target: &str| {
            target.as_bytes().first() == word.as_bytes().first()
                && strsim::osa_distance(target, word) == 1
        };
        // A dropped g is how people talk, and letters that changed places are the likelier slip.
        let sum = |word: &str| word.bytes().map(u32::from).sum::<u32>();
        let is_swap = |target: &str| target.len() == word.len() && sum(target) == sum(word);
        let near = candidates.filter(|at| near(self.target(*at)));
        let likelier = |target: &str| (!drops_g(word, target), !is_swap(target));
        let first = near.min_by_key(|at| (likelier(self.target(*at)), *at))?;
        // Looked up last: few words come so far.
        (!Self::is_english(word)).then(|| self.target(first))
    }

    fn target(&self, at: u32) -> &str {
        let end = self.ends.get(at as usize).map_or(0, |end| *end as usize);
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before as usize));
        self.letters.get(start.map_or(0, |start| *start as usize)..end).unwrap_or_default()
    }
}

/// "Givin" for giving.
pub(super) fn drops_g(word: &str, target: &str) -> bool {
    word.ends_with("in") && target.strip_suffix('g') == Some(word)
}

fn is_word(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase())
}

const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The keys of a word itself and of the word with each one letter left out: a polynomial of its
/// letters, from which one letter's share can be taken away.
fn keys(word: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let letter = |at: usize| word.get(at).map_or(0, |b| u64::from(*b));
    let mut whole: u64 = 0;
    for at in 0..word.len() {
        whole = whole.wrapping_mul(BASE).wrapping_add(letter(at));
    }
    // What stands before the place and what stands after it, moved up by one where a letter goes.
    let mut before: u64 = 0;
    let mut power = (1..word.len()).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let inverse = inverse(BASE);
    let without = (0..word.len()).filter_map(move |at| {
        let with = before.wrapping_mul(BASE).wrapping_add(letter(at));
        let key = whole.wrapping_sub(with.wrapping_sub(before).wrapping_mul(power));
        before = with;
        power = power.wrapping_mul(inverse);
        let doubled = at > 0 && letter(at - 1) == letter(at);
        (!doubled).then_some(key)
    });
    without.chain([whole]).map(|key| ((key ^ key >> 29).wrapping_mul(BASE) >> 32) as u32)
}

/// The number that takes back a multiplication by an odd one, modulo 2^64 (Newton's method).
const fn inverse(odd: u64) -> u64 {
    let mut inverse = odd;
    let mut step = 0;
    while step < 6 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse)));
        step += 1;
    }
    inverse
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_mended() {
        let spelling = Spelling::new(["swollen", "cramp", "cramping", "hamstring"].into_iter());
        assert_eq!(spelling.correct("swolen"), Some("swollen"));
        assert_eq!(spelling.correct("crmap"), Some("cramp"));
        assert_eq!(spelling.correct("hamstrng"), Some("hamstring"));
        assert_eq!(spelling.correct("crampign"), Some("cramping"));
    }

    #[test]
    fn a_dropped_g_is_likelier_than_another_slip() {
        let spelling = Spelling::new(["given", "giving", "swollen"].into_iter());
        assert_eq!(spelling.correct("givin"), Some("giving"));
        assert_eq!(spelling.correct("givn"), None, "too short to tell");
        assert_eq!(spelling.correct("givenn"), Some("given"));
    }

    #[test]
    fn common_words_are_left_alone() {
        let spelling = Spelling::new(["cramp", "calves", "spasm"].into_iter());
        for word in ["camp", "clamp", "tramp", "crap", "calm", "carve", "cramps", "valves"] {
            assert_eq!(spelling.correct(word), None, "{word}");
        }
    }

    #[test]
    fn every_line_of_the_english_words_is_found_and_nothing_else() {
        assert!(ENGLISH.lines().is_sorted());
        assert!(ENGLISH.lines().all(Spelling::is_english));
        for word in ["", "a a", "swolen", "zzzzz", "crampe", "\n"] {
            assert!(!Spelling::is_english(word), "{word}");
        }
    }

    #[test]
    fn a_key_is_that_of_the_word_with_the_letter_left_out() {
        let own = |word: &[u8]| keys(word).last();
        let word = b"hamstring";
        let shorter = |at: usize| [&word[..at], &word[at + 1..]].concat();
        let expected: Vec<_> = (0..word.len()).map(|at| own(&shorter(at))).collect();
        assert_eq!(keys(word).map(Some).take(word.len()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn nothing_is_near_when_there_is_no_word() {
        assert_eq!(Spelling::new(std::iter::empty()).correct("swolen"), None);
        assert_eq!(Spelling::default().correct("swolen"), None);
    }
}
