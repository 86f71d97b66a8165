//! Folding of single characters: letters that look alike, accents, emoji that stand for a word.

use deunicode::deunicode_char;

/// What one character of a message turns into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folded {
    /// Letters and digits, already lower case, to be added to the word.
    Letters(&'static str),
    /// A word of its own, e.g. an emoji.
    Word(&'static str),
    /// Joins what stands around it, e.g. a combining accent or a zero-width space.
    Nothing,
    /// An apostrophe, straight or curly.
    Apostrophe,
    /// Ends the word.
    Space,
    /// A dash, which may end a clause.
    Dash,
    /// Three dots in one character.
    Ellipsis,
}

/// Folds a character outside ASCII.
pub(super) fn fold(c: char) -> Folded {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => {
            Folded::Nothing
        }
        '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ad}' => {
            Folded::Nothing
        }
        '\u{1f3fb}'..='\u{1f3ff}' | '\u{2640}' | '\u{2642}' => Folded::Nothing,
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{b4}' => Folded::Apostrophe,
        '\u{2012}'..='\u{2015}' | '\u{2212}' => Folded::Dash,
        '\u{2026}' => Folded::Ellipsis,
        '\u{2010}' | '\u{2011}' => Folded::Space,
        '\u{b0}' | '\u{ba}' => Folded::Word("degrees"),
        '\u{bd}' => Folded::Word("half"),
        _ => fold_letter(c),
    }
}

/// Whether a character outside ASCII is a letter or a picture.
pub(super) fn is_letter_or_picture(c: char) -> bool {
    let is_picture = matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}');
    !c.is_ascii() && (c.is_alphabetic() || is_picture)
}

fn fold_letter(c: char) -> Folded {
    if let Some(word) = emoji(c) {
        return Folded::Word(word);
    }
    if let Some(twin) = look_alike(c) {
        return Folded::Letters(twin);
    }
    match deunicode_char(c) {
        Some(ascii) if c.is_alphanumeric() && ascii.bytes().all(|b| b.is_ascii_alphanumeric()) => {
            Folded::Letters(ascii)
        }
        Some(_) | None => Folded::Space,
    }
}

/// Cyrillic and Greek letters that are drawn like Latin ones.
fn look_alike(c: char) -> Option<&'static str> {
    let twin = match c.to_lowercase().next().unwrap_or(c) {
        'а' | 'α' => "a",
        'в' => "b",
        'с' => "c",
        'ԁ' => "d",
        'е' | 'ё' | 'ε' => "e",
        'һ' | 'н' => "h",
        'і' | 'ι' => "i",
        'ј' => "j",
        'к' | 'κ' => "k",
        'м' => "m",
        'ո' => "n",
        'о' | 'ο' => "o",
        'р' | 'ρ' => "p",
        'ѕ' => "s",
        'т' | 'τ' => "t",
        'ν' => "v",
        'х' | 'χ' => "x",
        'у' => "y",
        _ => return None,
    };
    Some(twin)
}

/// Emoji that people use in place of a word in talk about legs and bodies.
fn emoji(c: char) -> Option<&'static str> {
    let word = match c {
        '🦵' | '🦿' => "leg",
        '🦶' => "foot",
        '🏃' => "run",
        '🚴' | '🚵' => "ride",
        '🏊' => "swim",
        '🩸' => "blood",
        '💊' => "pills",
        '🤰' => "pregnant",
        '🤮' => "vomiting",
        '🤢' => "nausea",
        '🤒' => "fever",
        '🥵' => "overheating",
        '🥶' => "freezing",
        '😵' => "dizzy",
        '🫁' => "lungs",
        '🥒' => "pickle",
        '🍌' => "banana",
        '🧂' => "salt",
        '🧊' => "ice",
        '💧' | '🚰' => "water",
        '🛌' | '🛏' => "bed",
        '🌙' => "night",
        '🆘' => "help",
        '🙏' => "please",
        '👍' | '👌' | '✅' => "yes",
        '👎' | '❌' => "no",
        _ => return None,
    };
    Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_look_alikes_become_plain_letters() {
        assert_eq!(fold('é'), Folded::Letters("e"));
        assert_eq!(fold('а'), Folded::Letters("a"), "the Cyrillic twin");
        assert_eq!(fold('𝐜'), Folded::Letters("c"), "a mathematical letter");
    }

    #[test]
    fn an_emoji_is_a_word_or_a_space() {
        assert_eq!(fold('🦵'), Folded::Word("leg"));
        assert_eq!(fold('😂'), Folded::Space);
    }
}
