//! Whether somebody agrees to a plan. A consent is clear, or it is none: a yes with other content is
//! asked for once more, and a question answers nothing.

use super::reading::{has_phrase, is_in, words};

/// Agrees by itself.
const YES: &str = "yes y yep yeah yea yup ya yh ye yess yeh aye sure definitely absolutely \
    certainly affirmative si oui ja mhm";
/// Agrees where nobody is thanked: "ok thanks" may end the talk as well.
const ALL_RIGHT: &str = "ok okay k kk alright right great perfect cool lovely brilliant deal";
/// Ways to agree of several words.
const AGREEING: [&[&str]; 28] = [
    &["set", "it", "up"],
    &["sounds", "ok"],
    &["please", "do"],
    &["pls", "do"],
    &["plz", "do"],
    &["go", "on"],
    &["go", "ahead"],
    &["go", "for", "it"],
    &["do", "it"],
    &["why", "not"],
    &["if", "you", "like"],
    &["if", "you", "want"],
    &["if", "you", "must"],
    &["sounds", "good"],
    &["sounds", "great"],
    &["sounds", "useful"],
    &["sounds", "helpful"],
    &["of", "course"],
    &["count", "me", "in"],
    &["sign", "me", "up"],
    &["im", "in"],
    &["id", "like", "that"],
    &["id", "love", "that"],
    &["happy", "to"],
    &["works", "for", "me"],
    &["i", "guess"],
    &["thats", "fine"],
    &["lets", "go"],
];
/// Asks for it, also where it was declined before.
const ASKING: [&[&str]; 5] = [
    &["check", "on", "me"],
    &["check", "in"],
    &["remind", "me"],
    &["keep", "an", "eye"],
    &["message", "me"],
];
/// Says so after a refusal.
const AFTER_ALL: [&[&str]; 16] = [
    &["after", "all"],
    &["changed", "my", "mind"],
    &["meant", "yes"],
    &["mean", "yes"],
    &["yes", "to"],
    &["take", "the", "plan"],
    &["take", "it"],
    &["have", "the", "plan"],
    &["want", "the", "plan"],
    &["want", "the", "reminders"],
    &["want", "the", "check"],
    &["want", "reminders"],
    &["have", "the", "reminders"],
    &["lets", "do"],
    &["set", "it", "up"],
    &["sign", "me", "up"],
];
/// What may stand beside that.
const BESIDE_ALL: &str = "i id ill we can could may ive changed change my mind meant mean take want have \
    had like get try start begin give go set sign the a it that this up in one plan plans schedule \
    reminder reminders check checks ins after all too think would will wanna want lets do sorry wait no \
    said was wrong pressed button";
/// Begins a wish, and no question.
const REQUESTS: [&[&str]; 4] =
    [&["can", "you"], &["can", "u"], &["could", "you"], &["will", "you"]];
const NO: &str = "no n nope nah na nay naw never non nein nup noo";
/// Ways to decline of several words.
const DECLINING: [&[&str]; 15] = [
    &["not", "now"],
    &["not", "today"],
    &["not", "really"],
    &["not", "needed"],
    &["not", "interested"],
    &["do", "not", "bother"],
    &["do", "not", "worry"],
    &["do", "not", "need"],
    &["id", "rather", "not"],
    &["ill", "be", "fine"],
    &["ill", "be", "ok"],
    &["ill", "manage"],
    &["maybe", "later"],
    &["another", "time"],
    &["leave", "it"],
];
/// What may stand beside it, and changes nothing.
const BESIDES: &str = "please pls plz thanks thank you thx ta ty cheers mate that would wd be great \
    good nice lovely helpful then so very much just do me us for it the a an and to too can could u \
    ur i ill id we lets check checks checking in ins on remind reminder reminders message messages \
    with by direct directly up keep eye of actually well oh haha lol now go ahead all charley bot \
    man love bro dude sounds guess thats this fine is as plan later today tomorrow again really \
    bother worry need any not im its good ok okay sorry will whenever wenever anytime";
const THANKS: &str = "thanks thank thx ta ty cheers bye";
/// Puts a question where it stands first or last.
const WONDERS: &str = "is are am was does did what when where who why how which whats whens hows should will would may \
     can could";

/// What may be told to be done, behind "did".
const DONE: &str = "a an my some one two three both 5k 10k parkrun";

/// What a message says to the offer of a plan: yes, no, or neither of both.
#[must_use]
pub fn consent(text: &str) -> Option<bool> {
    let said = words(text);
    let any_of = |list: &str| said.iter().any(|word| is_in(list, word));
    let first_of = |list: &str| said.first().is_some_and(|word| is_in(list, word));
    let phrase = |phrases: &[&[&str]]| phrases.iter().any(|one| has_phrase(&said, one));
    let refuses = any_of("not");
    let declines = first_of(NO) || phrase(&DECLINING) || first_of("actually") && any_of(NO);
    if declines && !is_question(text) && rest_is(&said, &[NO, BESIDES], &DECLINING) {
        return Some(false);
    }
    let plain = any_of(YES);
    let right = any_of(ALL_RIGHT) && !any_of(THANKS);
    let agrees = plain || right || phrase(&AGREEING) || phrase(&ASKING);
    let only = rest_is(&said, &[YES, ALL_RIGHT, BESIDES], &AGREEING);
    // "Check in?" and "ok?" ask something.
    let asks = is_question(text) && !first_of(YES) && !is_request(&said);
    let meant =
        agrees && only && !asks && !any_of(NO) && (!refuses || has_phrase(&said, &["why", "not"]));
    // "I'm ok, thanks" and "it's fine" are none.
    let of_oneself = first_of("im its i ill") && !plain && !phrase(&AGREEING);
    (meant && !of_oneself).then_some(true)
}

/// Whether a message begins with a request: "can you check on me".
pub(super) fn is_request(said: &[String]) -> bool {
    let has = |phrases: &[&[&str]]| phrases.iter().any(|phrase| has_phrase(said, phrase));
    has(&REQUESTS) && has(&ASKING)
}

/// Whether somebody who declined asks for it after all: "actually, do check on me".
#[must_use]
pub fn asks_after_all(text: &str) -> bool {
    let said = words(text);
    let wants = ASKING.iter().any(|one| has_phrase(&said, one)) || has_phrase(&said, &["actually"]);
    let all = AFTER_ALL.iter().any(|one| has_phrase(&said, one));
    let not = said.iter().any(|word| is_in("not never", word))
        || is_in(NO, said.first().map_or("", String::as_str));
    let meant = has_phrase(&said, &["meant", "yes"]) || has_phrase(&said, &["mean", "yes"]);
    let only = rest_is(&said, &[YES, ALL_RIGHT, BESIDES, BESIDE_ALL], &AFTER_ALL);
    wants && consent(text) == Some(true) || all && only && (!not || meant)
}

/// Whether a message asks something: by its mark, its first word or its last.
#[must_use]
pub fn is_question(text: &str) -> bool {
    let said = words(text);
    // "Did a 10k" tells.
    let tells = matches!(said.as_slice(), [did, next, ..] if did == "did" && is_in(DONE, next));
    let wonders = |word: Option<&String>| word.is_some_and(|word| is_in(WONDERS, word)) && !tells;
    let why_not = has_phrase(&said, &["why", "not"]);
    text.contains('?')
        || (wonders(said.first()) || wonders(said.last())) && !why_not
        || has_phrase(&said, &["or", "no"])
        || has_phrase(&said, &["no", "or", "yes"])
}

/// Whether every word is of these lists, or of one of these phrases.
fn rest_is(said: &[String], lists: &[&str], phrases: &[&[&str]]) -> bool {
    let of_phrase = |word: &String| {
        phrases.iter().any(|phrase| has_phrase(said, phrase) && phrase.contains(&word.as_str()))
    };
    said.iter().all(|word| lists.iter().any(|of| is_in(of, word)) || of_phrase(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clear_yes_or_no_is_an_answer_to_the_offer() {
        for (said, answer) in [
            ("yes", true),
            ("Yes please!", true),
            ("yes pls", true),
            ("yeah check on me", true),
            ("please do", true),
            ("please do, that would be great", true),
            ("ok do it", true),
            ("ok", true),
            ("go on then", true),
            ("why not", true),
            ("if you like", true),
            ("aye go for it", true),
            ("can you check on me?", true),
            ("can you just remind me tomorrow", true),
            ("actually yeah go on", true),
            ("no", false),
            ("nah ur ok", false),
            ("no thanks", false),
            ("actually no check ins thanks", false),
            ("dont bother", false),
            ("ill be fine", false),
            ("maybe later", false),
            ("no im good", false),
        ] {
            assert_eq!(consent(said), Some(answer), "{said}");
        }
    }

    #[test]
    fn a_yes_with_other_content_and_a_question_are_none() {
        for said in [
            "yes, furosemide",
            "yes she takes bisoprolol too",
            "yeah about 2 months ago",
            "is swimming ok",
            "is yoga ok",
            "ok but is coffee allowed",
            "so football tonight yes or no",
            "no running till when",
            "ok thanks",
            "how often",
            "do i have to?",
            "im ok thanks",
            "it is",
            "🦵",
            "",
        ] {
            assert_eq!(consent(said), None, "{said}");
        }
    }

    #[test]
    fn who_declined_may_ask_for_it_after_all() {
        for said in [
            "yes please check on me",
            "actually yeah go on",
            "check on me then",
            "sorry i meant yes to the check ins",
            "no wait i meant yes",
            "ok lets do it after all",
            "changed my mind, check on me",
            "ok ill take the plan",
            "can i have the plan after all",
            "i want the reminders now",
        ] {
            assert!(asks_after_all(said), "{said}");
        }
        for said in [
            "ok",
            "great",
            "yes",
            "check my calf",
            "i dont want the reminders after all",
            "no reminders after all",
            "do i need to see a doctor after all",
            "ill take magnesium",
            "lets do some stretches in the pool",
        ] {
            assert!(!asks_after_all(said), "{said}");
        }
    }
}
