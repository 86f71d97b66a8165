//! Words that begin a clause of its own: subjects, openers and verbs.

pub(super) fn is_subject(word: &str) -> bool {
    matches!(
        word,
        "i" | "im"
            | "ive"
            | "my"
            | "he"
            | "she"
            | "hes"
            | "shes"
            | "they"
            | "we"
            | "its"
            | "it"
            | "theres"
            | "his"
            | "her"
            | "id"
            | "ill"
    )
}

pub(super) fn is_opener(word: &str) -> bool {
    matches!(
        word,
        "but"
            | "just"
            | "only"
            | "still"
            | "now"
            | "then"
            | "so"
            | "however"
            | "though"
            | "foot"
            | "calf"
            | "leg"
            | "this"
            | "that"
            | "you"
            | "the"
            | "there"
            | "what"
            | "why"
            | "how"
            | "should"
            | "can"
            | "could"
            | "when"
            | "where"
            | "also"
            | "plus"
            | "except"
            | "yet"
            | "although"
            | "legs"
            | "thigh"
            | "skin"
            | "toes"
            | "yes"
            | "please"
            | "because"
    )
}

pub(super) fn is_verb(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "feel"
            | "feels"
            | "felt"
            | "has"
            | "have"
            | "had"
            | "got"
            | "gone"
            | "went"
            | "goes"
            | "looks"
            | "look"
            | "keep"
            | "keeps"
            | "hurts"
            | "started"
            | "cant"
            | "wont"
            | "gets"
            | "get"
            | "came"
            | "comes"
            | "cramped"
            | "cramps"
            | "turned"
            | "became"
            | "lost"
            | "wakes"
            | "woke"
            | "seems"
            | "does"
            | "did"
            | "do"
            | "tingles"
            | "can"
            | "will"
            | "would"
    )
}

/// Words that tell of something seen, read or heard of.
pub(super) fn is_hearsay(word: &str) -> bool {
    matches!(
        word,
        "saw"
            | "watched"
            | "film"
            | "movie"
            | "telly"
            | "tv"
            | "paper"
            | "papers"
            | "news"
            | "book"
            | "documentary"
            | "video"
            | "youtube"
            | "footage"
            | "story"
            | "article"
            | "podcast"
            | "telling"
            | "decades"
            | "character"
            | "late"
            | "ago"
            | "once"
            | "always"
            | "sometimes"
            | "usually"
            | "often"
    )
}

pub(super) fn is_past_verb(word: &str) -> bool {
    matches!(
        word,
        "was"
            | "were"
            | "had"
            | "got"
            | "did"
            | "didnt"
            | "went"
            | "came"
            | "lost"
            | "tore"
            | "took"
            | "fell"
            | "felt"
            | "died"
            | "said"
            | "told"
            | "heard"
            | "ended"
            | "wasnt"
            | "couldnt"
            | "wouldnt"
            | "used"
            | "last"
            | "yesterday"
            | "years"
            | "found"
    ) || word.len() > 5 && word.ends_with("ed") && !is_state(word)
}

pub(super) fn is_present_verb(word: &str) -> bool {
    matches!(
        word,
        "is" | "are"
            | "hes"
            | "shes"
            | "theyre"
            | "its"
            | "isnt"
            | "arent"
            | "cant"
            | "cannot"
            | "wont"
            | "doesnt"
            | "dont"
            | "has"
            | "hasnt"
            | "keeps"
            | "keep"
            | "now"
            | "still"
            | "looks"
            | "says"
    )
}

pub(super) fn is_blood_relative(word: &str) -> bool {
    matches!(
        word,
        "mum"
            | "mom"
            | "mam"
            | "mother"
            | "dad"
            | "father"
            | "sister"
            | "sisters"
            | "brother"
            | "brothers"
            | "nan"
            | "nana"
            | "gran"
            | "grandma"
            | "granny"
            | "grandad"
            | "grandfather"
            | "grandmother"
            | "grandpa"
            | "aunt"
            | "auntie"
            | "uncle"
            | "son"
            | "daughter"
            | "parents"
    )
}

/// What looks like a past tense and is a state: "he is confused".
fn is_state(word: &str) -> bool {
    matches!(
        word,
        "confused"
            | "muddled"
            | "dazed"
            | "glazed"
            | "jumbled"
            | "slurred"
            | "mottled"
            | "blurred"
            | "disoriented"
            | "disorientated"
            | "agitated"
            | "distressed"
    )
}
