//! Runs of plain letters as numbers: a word of up to 12 letters fits into 60 bits, five for each letter,
//! so that looking one up compares one number and follows no pointer. Of a text, eight bytes are
//! looked at together: most words end within them, and where they do costs no guess.

/// Longest run that has a number.
const LONGEST: usize = 12;
/// The bits of a letter.
const BITS: usize = 5;

/// A word of 1 to 12 letters from a to z, as a number that no other word has.
#[must_use]
pub fn pack(word: &[u8]) -> Option<u64> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let mut key = 0;
    for letter in word {
        if !letter.is_ascii_lowercase() {
            return None;
        }
        key = push(key, *letter);
    }
    Some(key)
}

/// Adds a letter, small or capital, to a packed word.
const fn push(key: u64, letter: u8) -> u64 {
    key << BITS | (letter & 31) as u64
}

/// A word of letters, small or capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letters<'t> {
    /// The word as it stands; one of two runs has an apostrophe in it.
    pub text: &'t str,
    /// Its number; 0 for a word that is too long for one.
    key: u64,
}

impl<'t> Letters<'t> {
    /// No letters at all.
    pub(super) const NONE: Self = Self { text: "", key: 0 };

    /// The run of letters from a place on; nothing when one of them is drawn out.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "handed back through memory, it is waited for")]
    pub(super) fn of(text: &'t str, start: usize) -> Option<Self> {
        let run = Run::of(text.as_bytes().get(start..)?);
        let text = text.get(start..start + run.length as usize).filter(|_| !run.is_drawn_out)?;
        Some(Self { text, key: run.key })
    }

    /// A word of small letters.
    pub(super) fn plain(word: &'t str) -> Self {
        Self { text: word, key: pack(word.as_bytes()).unwrap_or_default() }
    }

    /// Both runs as one word, which stands there with an apostrophe.
    pub(super) fn with(self, other: Self, text: &'t str) -> Self {
        let [one, two] = [self, other].map(|run| run.text.len());
        let fits = one + two <= LONGEST;
        Self { text, key: if fits { self.key << (BITS * two) | other.key } else { 0 } }
    }

    /// What [`pack`] makes of its letters in small ones.
    #[must_use]
    pub fn packed(self) -> Option<u64> {
        (self.key != 0).then_some(self.key)
    }
}

/// What is seen of a run of letters: no more than two registers hold.
struct Run {
    key: u64,
    length: u32,
    /// Whether three equal letters stand side by side.
    is_drawn_out: bool,
}

/// A bit for each of eight bytes: the lowest one, and the highest one.
const LOW: u64 = u64::from_le_bytes([1; 8]);
const HIGH: u64 = LOW << 7;

impl Run {
    #[inline]
    fn of(bytes: &[u8]) -> Self {
        let within = bytes.first_chunk().and_then(|eight| Self::within(u64::from_le_bytes(*eight)));
        within.unwrap_or_else(|| Self::one_by_one(bytes))
    }

    /// A run that ends within eight bytes, of which the first is the lowest.
    #[inline]
    fn within(bytes: u64) -> Option<Self> {
        let small = bytes | LOW << 5;
        let seven = small & !HIGH;
        let from_a = seven + LOW * u64::from(0x80 - b'a');
        let past_z = seven + LOW * u64::from(0x7f - b'z');
        let others = !(from_a & !past_z & !bytes) & HIGH;
        if others == 0 {
            return None;
        }
        let length = others.trailing_zeros() / 8;
        let own = (others & others.wrapping_neg()).wrapping_sub(1) >> 7;
        // A byte of this is 0 where its letter and the next two are the same.
        let unlike_next = small ^ small >> 8;
        let unlike = unlike_next | unlike_next >> 8;
        let zero = unlike.wrapping_sub(LOW) & !unlike & HIGH;
        Some(Self {
            length,
            key: squeezed((bytes & own).swap_bytes()) >> (BITS as u32 * (8 - length)),
            is_drawn_out: zero & own >> 16 != 0,
        })
    }

    #[inline(never)]
    fn one_by_one(bytes: &[u8]) -> Self {
        let mut run = Self { key: 0, length: 0, is_drawn_out: false };
        let (mut last, mut equal) = (0, 0);
        for byte in bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()) {
            let letter = byte.to_ascii_lowercase();
            equal = if letter == last { equal + 1 } else { 0 };
            run.is_drawn_out |= equal == 2;
            run.key = push(run.key, letter);
            run.length += 1;
            last = letter;
        }
        if run.length as usize > LONGEST {
            run.key = 0;
        }
        run
    }
}

/// The letters of eight bytes, side by side; the highest byte stays the highest.
const fn squeezed(bytes: u64) -> u64 {
    let two = bytes & 0x001f_001f_001f_001f | bytes >> 3 & 0x03e0_03e0_03e0_03e0;
    let four = two & 0x0000_03ff_0000_03ff | two >> 6 & 0x000f_fc00_000f_fc00;
    four & 0x000f_ffff | four >> 12 & 0x00ff_fff0_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_have_different_numbers() {
        let words = ["a", "aa", "ab", "ba", "z", "zzzzzzzzzzzz", "hamstring"];
        let mut keys: Vec<u64> = words.iter().map(|word| pack(word.as_bytes()).unwrap()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), words.len());
    }

    #[test]
    fn what_is_long_or_not_plain_is_not_packed() {
        for word in ["", "zzzzzzzzzzzzz", "3am", "Calf", "café"] {
            assert_eq!(pack(word.as_bytes()), None, "{word}");
        }
    }

    #[test]
    fn a_run_is_read_the_same_in_one_go_and_letter_by_letter() {
        let letters = ["calf", "CalF", "a", "az", "AZ", "aabbaab", "abcdefgh", "abcdefghijklm", ""];
        let drawn_out = ["aaa", "sooo", "sOoO", "aaab", "abccc", "abbba", "hamsttting"];
        for run in letters.iter().chain(&drawn_out) {
            for rest in ["", " ", " and the rest", "@[`{\u{e9}", "1234567", "\0\0\0\0\0\0\0"] {
                let text = format!("{run}{rest}");
                let met = Letters::of(&text, 0);
                assert_eq!(met.is_none(), drawn_out.contains(run), "{text}");
                let packed = pack(run.to_lowercase().as_bytes());
                let same = met.is_none_or(|met| met.packed() == packed && met.text == *run);
                assert!(same, "{text}");
            }
        }
    }

    #[test]
    fn two_runs_are_packed_as_one() {
        let run = |text: &'static str| Letters::of(text, 0).unwrap();
        assert_eq!(run("don").with(run("T"), "don'T").packed(), pack(b"dont"));
        assert_eq!(run("hamstrings").with(run("are"), "hamstrings'are").packed(), None);
    }
}
