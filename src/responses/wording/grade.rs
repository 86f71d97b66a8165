//! The reading grade of a text (Flesch-Kincaid), for short plain texts with lists in them.
//!
//! Each line ends a sentence, as does a label such as "**Today:**". A number, an abbreviation in
//! capitals and a placeholder count as one short word; hyphens part words.

use std::borrow::Cow;

/// How hard a text is to read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::responses) struct Grade {
    /// The school grade that reads it with ease; 0 for a text without words.
    pub(in crate::responses) grade: f64,
    /// How many words it has.
    pub(in crate::responses) words: usize,
}

/// What makes a text hard to read.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::responses) struct Hardest {
    /// Its longest sentences, longest first.
    pub(in crate::responses) sentences: Vec<String>,
    /// Its words of most syllables, longest first.
    pub(in crate::responses) long_words: Vec<String>,
}

/// The grade of a text.
pub(in crate::responses) fn grade(text: &str) -> Grade {
    let (mut sentences, mut words, mut spoken) = (0_usize, 0_usize, 0_usize);
    for line in text.lines().map(plain) {
        let mut is_open = false;
        for word in line.split_whitespace() {
            for part in parts(word) {
                sentences += usize::from(!std::mem::replace(&mut is_open, true));
                words += 1;
                spoken += syllables(part);
            }
            is_open &= !ends_sentence(word);
        }
    }
    if words == 0 {
        return Grade::default();
    }
    let count = words as f64;
    let grade = 0.39 * count / sentences as f64 + 11.8 * spoken as f64 / count - 15.59;
    Grade { grade, words }
}

/// What makes a text hard to read: the places to mend first.
pub(in crate::responses) fn hardest(text: &str) -> Hardest {
    let sentences: Vec<Vec<String>> = text.lines().flat_map(sentences_of_line).collect();
    Hardest { sentences: longest(&sentences), long_words: longest_words(&sentences) }
}

fn longest(sentences: &[Vec<String>]) -> Vec<String> {
    let mut sorted: Vec<&Vec<String>> = sentences.iter().collect();
    sorted.sort_by_key(|words| std::cmp::Reverse(words.len()));
    sorted.into_iter().take(3).map(|words| words.join(" ")).collect()
}

fn longest_words(sentences: &[Vec<String>]) -> Vec<String> {
    let mut words: Vec<String> = sentences.iter().flatten().map(|w| w.to_lowercase()).collect();
    words.sort();
    words.dedup();
    words.retain(|word| syllables(word) > 2);
    words.sort_by_key(|word| std::cmp::Reverse(syllables(word)));
    words.truncate(3);
    words
}

/// Words that end with a full stop which ends no sentence.
const ABBREVIATIONS: &[&str] =
    &["e.g", "i.e", "dr", "mr", "mrs", "st", "vs", "etc", "approx", "no", "a.m", "p.m", "min"];

fn sentences_of_line(line: &str) -> Vec<Vec<String>> {
    let mut sentences = vec![Vec::new()];
    for word in plain(line).split_whitespace() {
        if let Some(open) = sentences.last_mut() {
            open.extend(parts(word).map(str::to_owned));
        }
        if ends_sentence(word) {
            sentences.push(Vec::new());
        }
    }
    sentences.retain(|words| !words.is_empty());
    sentences
}

fn ends_sentence(word: &str) -> bool {
    let bare = word.trim_end_matches(['"', '\'', ')', ']', '”', '’']);
    let stem = bare.trim_end_matches('.').trim_start_matches(['(', '"', '“']);
    bare.ends_with(['.', '!', '?']) && !ABBREVIATIONS.contains(&stem.to_lowercase().as_str())
}

/// The words that hyphens and slashes join.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split(['-', '/', '–']).map(core).filter(|part| !part.is_empty())
}

/// The letters and digits of a word, without the punctuation around it.
fn core(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// A line without Markdown; a label ends a sentence, a placeholder is a short word.
fn plain(line: &str) -> Cow<'_, str> {
    let line = line.trim().trim_start_matches(['-', '*', '#', '>', ' ']);
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let numbered = line.get(digits..).and_then(|rest| rest.strip_prefix(". "));
    let line = numbered.filter(|_| digits > 0).unwrap_or(line);
    if !line.contains(['{', '*', '_', '`']) {
        return line.into();
    }
    let line = line.replace(":**", ". ");
    let mut out = String::with_capacity(line.len());
    let mut rest = line.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push_str("this");
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.replace(['*', '_', '`'], "").into()
}

/// How many syllables a word has, by its letters.
fn syllables(word: &str) -> usize {
    let capitals = word.len() > 1 && word.len() <= 5 && !word.contains(|c: char| !c.is_uppercase());
    if capitals || word.starts_with(|c: char| c.is_ascii_digit()) {
        return 1;
    }
    let letters: Cow<'_, str> = if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        word.into()
    } else {
        word.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphabetic()).collect()
    };
    let bytes = letters.as_bytes();
    let (mut groups, mut split, mut joined, mut in_vowels) = (0, 0, 0, false);
    for (at, letter) in bytes.iter().enumerate() {
        let is_vowel = matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
        groups += usize::from(is_vowel && !in_vowels);
        in_vowels = is_vowel;
        let rest = bytes.get(at..).unwrap_or_default();
        if is_vowel {
            split += starting(rest, SPLIT);
        }
        joined += starting(rest, JOINED);
    }
    (groups + split).saturating_sub(joined + usize::from(has_silent_e(&letters))).max(1)
}

/// How many of some groups of letters a text begins with.
fn starting(text: &[u8], groups: &[&str]) -> usize {
    let begins = |group: &&&str| {
        let group = group.as_bytes();
        text.first() == group.first() && text.starts_with(group)
    };
    groups.iter().filter(begins).count()
}

/// Neighbouring vowels that are said apart; all begin with one.
const SPLIT: &[&str] = &[
    "ia", "io", "iu", "ienc", "iet", "uid", "area", "idea", "oing", "eing", "aying", "uing", "eo",
];
/// The same letters where they are said as one.
const JOINED: &[&str] = &["tio", "cia", "tia", "sio", "gio", "eop", "quid"];

/// "ice", "calves", "stopped": the last e is not said.
fn has_silent_e(word: &str) -> bool {
    let before = |ending: &str| word.strip_suffix(ending).and_then(|stem| stem.chars().last());
    let said_after = |c: char, said: &str| said.contains(c);
    if let Some(c) = before("ed") {
        !said_after(c, "aeiouydt")
    } else if let Some(c) = before("es") {
        !said_after(c, "aeiouyszxcghl")
    } else if let Some(c) = before("e") {
        let consonant_l = c == 'l' && !word.ends_with("ole") && !word.ends_with("ile");
        !said_after(c, "aeiouy") && (!consonant_l || word.ends_with("ale"))
    } else {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_near_enough() {
        let words = [
            ("cramp", 1),
            ("muscle", 2),
            ("ice", 1),
            ("calves", 1),
            ("stopped", 1),
            ("doctor", 2),
            ("people", 2),
            ("massage", 2),
            ("fluid", 2),
            ("doing", 2),
            ("question", 2),
            ("area", 3),
            ("ibuprofen", 4),
            ("emergency", 4),
            ("sole", 1),
            ("needed", 2),
            ("GP", 1),
            ("10", 1),
        ];
        for (word, expected) in words {
            assert_eq!(syllables(word), expected, "{word}");
        }
    }

    #[test]
    fn lines_and_labels_end_sentences_and_abbreviations_do_not() {
        let text = "- **Today:** walk, e.g. at 10 a.m. on the flat\n1. Call {emergency} now. Go!";
        let lines: Vec<usize> = text.lines().flat_map(sentences_of_line).map(|s| s.len()).collect();
        assert_eq!(lines, [1, 8, 3, 1]);
    }

    #[test]
    fn plain_words_read_easily_and_learned_ones_do_not() {
        assert!(grade("Stop and hold on. Pull your toes up. Breathe out and wait.").grade < 3.0);
        let hard = "Physiological manifestations of neuromuscular dysregulation characteristically \
                    necessitate comprehensive interdisciplinary evaluation.";
        assert!(grade(hard).grade > 15.0);
        assert_eq!(hardest(hard).long_words[0], "characteristically");
    }

    #[test]
    fn no_words_no_grade() {
        assert_eq!(grade(" - ").words, 0);
    }
}
