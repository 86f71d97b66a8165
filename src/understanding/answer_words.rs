//! What the words of a short answer are worth: fillers and courtesies that change nothing, words that
//! tell of no sign, and words that say yes, no or well.

/// Words that say nothing by themselves beside a "no".
pub(super) fn is_filler(word: &str) -> bool {
    is_small(word) || is_courtesy(word) || is_of_the_cramp(word)
}

#[rustfmt::skip]
pub(super) fn is_small(word: &str) -> bool {
    matches!(
        word,
        "no" | "nope" | "nah" | "none" | "not" | "nothing" | "neither" | "nor" | "never" | "any" | "anything"
        | "i" | "im" | "ive" | "me" | "myself" | "my" | "he" | "hes" | "she" | "shes" | "they" | "theyre" | "we" | "it"
        | "its" | "his" | "her" | "their" | "son" | "daughter" | "wife" | "husband" | "mum" | "dad" | "mate"
        | "a" | "an" | "the" | "this" | "that" | "thats" | "these" | "those" | "them" | "there" | "here"
        | "is" | "are" | "am" | "was" | "has" | "have" | "had" | "got" | "do" | "does" | "can" | "be" | "been"
        | "dont" | "doesnt" | "didnt" | "havent" | "hasnt" | "isnt" | "arent" | "wasnt"
        | "of" | "on" | "in" | "at" | "to" | "for" | "from" | "with" | "as" | "and" | "or" | "so" | "than"
        | "far" | "all" | "both" | "either" | "other" | "others" | "else" | "list" | "lists" | "above" | "one"
        | "just" | "only" | "really" | "very" | "now" | "today" | "yet" | "ever" | "right" | "moment" | "still"
        | "know" | "aware" | "notice" | "noticed" | "see" | "seen" | "feel" | "feeling" | "say" | "says" | "said"
        | "think" | "tell" | "would" | "apply" | "applies" | "like"
    )
}

#[rustfmt::skip]
pub(super) fn is_courtesy(word: &str) -> bool {
    matches!(
        word,
        "thank" | "you" | "thanks" | "asking" | "thankfully" | "luckily" | "fortunately" | "thx" | "ta" | "cheers" | "god"
        | "goodness" | "sorry" | "please" | "lol" | "haha" | "tbh" | "honestly" | "mate" | "bro" | "man" | "phew"
        | "fine" | "good" | "ok" | "okay" | "okey" | "alright" | "well" | "great" | "normal" | "clear" | "healthy"
        | "dear" | "love" | "pal" | "doctor" | "nurse" | "teh"
        | "whatsoever" | "absolutely" | "definitely" | "certainly" | "otherwise" | "perfectly" | "everything"
        | "everythings" | "sign" | "signs" | "symptom" | "symptoms" | "flag" | "flags" | "problem" | "problems"
        | "issue" | "issues" | "worries" | "sir" | "doc" | "charley" | "oh" | "um" | "er" | "hmm" | "yeah" | "btw"
        | "x" | "xx" | "xo"
    )
}

#[rustfmt::skip]
pub(super) fn is_of_the_cramp(word: &str) -> bool {
    matches!(
        word,
        "cramp" | "cramps" | "cramping" | "cramped" | "sore" | "soreness" | "tight" | "stiff" | "pain" | "ache"
        | "achy" | "hurt" | "leg" | "legs" | "calf" | "calves" | "foot" | "feet" | "muscle" | "hamstring" | "thigh" | "quad"
        | "quads" | "toe" | "toes" | "ankle" | "hurts" | "plain" | "simple" | "usual"
    )
}

/// Words that go with a "yes" and add nothing.
pub(super) fn is_beside_yes(word: &str) -> bool {
    is_small(word)
        || is_of_the_cramp(word)
        || matches!(word, "some" | "few" | "couple" | "two" | "three" | "afraid" | "sadly" | "oh")
        || matches!(
            word,
            "unfortunately" | "actually" | "definitely" | "sure" | "ok" | "okay" | "well"
        )
        || matches!(word, "bot" | "mate" | "please" | "thanks" | "lol" | "haha" | "sorry" | "wait")
}

/// Words that tell of no sign beside a "no".
#[rustfmt::skip]
pub(super) fn is_harmless(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
        || matches!(
            word,
            "old" | "year" | "years" | "yr" | "yrs" | "male" | "female" | "man" | "woman" | "guy" | "bloke" | "girl"
            | "fit" | "tired" | "knackered" | "hungry" | "thirsty" | "sweaty" | "bored" | "embarrassed" | "ego"
            | "pride" | "doms" | "bit" | "little" | "slightly" | "slight" | "first" | "time" | "again" | "happy"
            | "glad" | "running" | "run" | "eating" | "talking" | "hop" | "jump" | "around" | "about" | "poke" | "press" | "touch" | "when" | "stand" | "stairs"
            | "hay" | "fever" | "round" | "week" | "weeks" | "day" | "days" | "ago" | "last" | "club" | "race" | "training"
            | "though" | "tho" | "but" | "smoke" | "drink" | "work" | "bed" | "home" | "usually" | "kinda"
            | "morning" | "afternoon" | "evening" | "tonight" | "yesterday" | "walked" | "slept" | "sleep" | "shop"
            | "shops" | "went" | "dog" | "told" | "stretches" | "after" | "before" | "during" | "always" | "every" | "from"
        )
}

/// What a danger sign may be about, unless it is well ("walking fine").
pub(super) fn is_checked(word: &str) -> bool {
    matches!(word, "walking" | "walk" | "walks" | "breathing" | "skin" | "foot") || is_pee(word)
}

pub(super) fn is_pee(word: &str) -> bool {
    matches!(word, "pee" | "wee" | "urine")
}

pub(super) fn is_pee_colour(word: &str) -> bool {
    matches!(word, "pale" | "yellow" | "clear" | "straw" | "light" | "colour" | "color")
        || word == "lemonade"
}

/// Says of what was asked about that nothing is wrong with it.
pub(super) fn is_well(word: &str) -> bool {
    matches!(word, "fine" | "ok" | "okay" | "alright" | "normal" | "normally" | "good" | "well")
        || matches!(word, "clear" | "healthy" | "usual" | "great" | "perfect" | "easy")
}

/// "Walking about", "foot is warm": how what was asked about is when it is well.
pub(super) fn is_as_it_should(word: &str) -> bool {
    is_well(word) || matches!(word, "around" | "about" | "pale" | "yellow" | "warm" | "pink")
}

/// Says that something is not so.
pub(super) fn is_negation(word: &str) -> bool {
    matches!(word, "no" | "not" | "nothing" | "none" | "never" | "nor" | "without" | "neither")
        || matches!(word, "isnt" | "isn" | "aint" | "arent" | "dont" | "doesnt" | "didnt")
        || matches!(word, "havent" | "hasnt" | "hardly" | "barely")
}

/// Parts of the body that the danger signs are about.
pub(super) fn is_of_the_body(word: &str) -> bool {
    matches!(
        word,
        "chest" | "breath" | "breathe" | "pee" | "wee" | "urine" | "skin" | "shin" | "head"
    ) || matches!(word, "heart" | "back" | "arm" | "bladder" | "bowel" | "knee" | "heel" | "eyes")
}
