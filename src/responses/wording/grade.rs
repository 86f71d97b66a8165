//! The reading grade of a text (Flesch-Kincaid), for short plain texts with lists in them.
//!
//! Each line ends a sentence, as does a label such as "**Today:**". A number, an abbreviation in
//! capitals and a placeholder count as one short word; hyphens part words.

/// How hard a text is to read, and what makes it so.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_field_names, reason = "the grade is what the type is named for")]
pub(in crate::responses) struct Grade {
    /// The school grade that reads it with ease.
    pub(in crate::responses) grade: f64,
    /// How many words it has.
    pub(in crate::responses) words: usize,
    /// Its longest sentences, longest first.
    pub(in crate::responses) sentences: Vec<String>,
    /// Its words of most syllables, longest first.
    pub(in crate::responses) long_words: Vec<String>,
}

/// The grade of a text; 0 for one without words.
pub(in crate::responses) fn grade(text: &str) -> Grade {
    let sentences: Vec<Vec<String>> = text.lines().flat_map(sentences_of_line).collect();
    let words = sentences.iter().map(Vec::len).sum::<usize>();
    let syllables = sentences.iter().flatten().map(|word| syllables(word)).sum::<usize>();
    let grade = if words == 0 {
        0.0
    } else {
        let (count, words) = (sentences.len() as f64, words as f64);
        0.39 * words / count + 11.8 * syllables as f64 / words - 15.59
    };
    Grade { grade, words, sentences: longest(&sentences), long_words: longest_words(&sentences) }
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
            let parts = word.split(['-', '/', '–']).map(core);
            open.extend(parts.filter(|part| !part.is_empty()).map(str::to_owned));
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

/// The letters and digits of a word, without the punctuation around it.
fn core(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// A line without Markdown; a label ends a sentence, a placeholder is a short word.
fn plain(line: &str) -> String {
    let line = line.trim().trim_start_matches(['-', '*', '#', '>', ' ']);
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let numbered = line.get(digits..).and_then(|rest| rest.strip_prefix(". "));
    let line = numbered.filter(|_| digits > 0).unwrap_or(line).replace(":**", ". ");
    let mut out = String::with_capacity(line.len());
    let mut rest = line.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push_str("this");
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.replace(['*', '_', '`'], "")
}

/// How many syllables a word has, by its letters.
fn syllables(word: &str) -> usize {
    let capitals = word.len() > 1 && word.len() <= 5 && !word.contains(|c: char| !c.is_uppercase());
    if capitals || word.starts_with(|c: char| c.is_ascii_digit()) {
        return 1;
    }
    let letters: Vec<char> = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let starts = |at: usize| is_vowel(&letters, at) && (at == 0 || !is_vowel(&letters, at - 1));
    let groups = (0..letters.len()).filter(|at| starts(*at)).count();
    let word: String = letters.iter().collect();
    let split = SPLIT.iter().map(|pair| word.matches(pair).count()).sum::<usize>();
    let joined = JOINED.iter().map(|pair| word.matches(pair).count()).sum::<usize>();
    (groups + split).saturating_sub(joined + usize::from(has_silent_e(&word))).max(1)
}

fn is_vowel(letters: &[char], at: usize) -> bool {
    letters.get(at).is_some_and(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
}

/// Neighbouring vowels that are said apart.
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
        let read = grade(hard);
        assert!(read.grade > 15.0);
        assert_eq!(read.long_words[0], "characteristically");
    }

    #[test]
    fn no_words_no_grade() {
        assert_eq!(grade(" - ").words, 0);
    }
}
