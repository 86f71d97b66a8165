//! Words that people write in one piece or in two, in one form.

/// Words that keep their joined "s": its, thats, hes.
pub(super) const IS_JOINED: &[&str] =
    &["it", "that", "what", "he", "she", "who", "there", "here", "let", "how", "where", "whats"];

/// Words that preparing makes of others or of signs, beside those it finds as they stand: "it's" is its, "can
/// not" is cant, "&" is and.
pub const MADE_WORDS: &[&str] = &[
    "and", "percent", "with", "without", "will", "are", "have", "would", "ive", "im", "cant",
    "couldnt", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "wont", "wouldnt",
    "shouldnt", "hasnt", "havent", "hadnt", "its", "thats", "whats", "hes", "shes", "whos",
    "theres", "heres", "lets", "hows", "wheres", "whatss", "ohno",
];

/// The one form of a pair that people also write as one word.
pub(super) fn joined(before: &str, word: &str) -> Option<&'static str> {
    let form = match word {
        "not" => match before {
            "can" => "cant",
            "could" => "couldnt",
            "do" => "dont",
            "does" => "doesnt",
            "did" => "didnt",
            "is" => "isnt",
            "are" => "arent",
            "was" => "wasnt",
            "were" => "werent",
            "will" => "wont",
            "would" => "wouldnt",
            "should" => "shouldnt",
            "has" => "hasnt",
            "have" => "havent",
            "had" => "hadnt",
            _ => return None,
        },
        "is" => match before {
            "it" => "its",
            "that" => "thats",
            "what" => "whats",
            "he" => "hes",
            "she" => "shes",
            "there" => "theres",
            _ => return None,
        },
        "am" if before == "i" => "im",
        // A cry, that denies nothing.
        "no" if is_oh(before) => "ohno",
        "have" if before == "i" => "ive",
        _ => return None,
    };
    Some(form)
}

/// An "oh", however long it is drawn: "oh", "ooh", "ohh".
fn is_oh(word: &str) -> bool {
    let rest = word.trim_start_matches('o');
    rest.len() < word.len() && !rest.is_empty() && rest.bytes().all(|byte| byte == b'h')
}

/// Words that may be the second of such a pair.
pub(super) fn may_be_joined(word: &str) -> bool {
    matches!(word, "not" | "is" | "am" | "have" | "no")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Words;

    #[test]
    fn words_that_are_made_of_others_are_named() {
        for word in IS_JOINED.iter().map(|base| format!("{base}s")) {
            assert!(MADE_WORDS.contains(&word.as_str()), "{word}");
        }
        let text = "it's i've can not is not i am i have w/o w/ 5% & i'll you're i'd they've oh no";
        for token in Words::of(text).tokens() {
            let words = Words::of(text);
            let word = words.word(token);
            let plain = ["i", "is", "5", "you", "they"].contains(&word);
            assert!(plain || MADE_WORDS.contains(&word), "{word}");
        }
    }
}
