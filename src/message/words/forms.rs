//! Words that people write in one piece or in two, in one form.

/// Words that keep their joined "s": its, thats, hes.
pub(super) const IS_JOINED: &[&str] =
    &["it", "that", "what", "he", "she", "who", "there", "here", "let", "how", "where", "whats"];

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
        "have" if before == "i" => "ive",
        _ => return None,
    };
    Some(form)
}

/// Words that may be the second of such a pair.
pub(super) fn may_be_joined(word: &str) -> bool {
    matches!(word, "not" | "is" | "am" | "have")
}
