//! Words that people write in one piece or in two, in one form.

/// Words that keep their joined "s": its, thats, hes.
pub(super) const IS_JOINED: &[&str] =
    &["it", "that", "what", "he", "she", "who", "there", "here", "let", "how", "where", "whats"];

/// The one form of a pair that people also write as one word.
pub(super) fn joined(before: &str, word: &str) -> Option<&'static str> {
    let form = match (before, word) {
        ("can", "not") => "cant",
        ("could", "not") => "couldnt",
        ("do", "not") => "dont",
        ("does", "not") => "doesnt",
        ("did", "not") => "didnt",
        ("is", "not") => "isnt",
        ("are", "not") => "arent",
        ("was", "not") => "wasnt",
        ("were", "not") => "werent",
        ("will", "not") => "wont",
        ("would", "not") => "wouldnt",
        ("should", "not") => "shouldnt",
        ("has", "not") => "hasnt",
        ("have", "not") => "havent",
        ("had", "not") => "hadnt",
        ("i", "am") => "im",
        ("i", "have") => "ive",
        ("it", "is") => "its",
        ("that", "is") => "thats",
        ("what", "is") => "whats",
        ("he", "is") => "hes",
        ("she", "is") => "shes",
        ("there", "is") => "theres",
        _ => return None,
    };
    Some(form)
}
