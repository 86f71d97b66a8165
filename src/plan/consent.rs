//! Whether somebody agrees to a plan. A consent is clear, or it is none: a yes with other content is
//! asked for once more, and a question answers nothing.

use super::reading::{has_phrase, is_in, words};
use crate::responses::TalkLists;
use crate::vocabulary::Talk;

/// Puts a question where it stands first or last.
const WONDERS: &str = "is are am was does did what when where who why how which whats whens hows should will would may \
     can could";

/// What may be told to be done, behind "did".
const DONE: &str = "a an my some one two three both 5k 10k parkrun";

/// What a message says to the offer of a plan: yes, no, or neither of both.
#[must_use]
pub fn consent(talk: &TalkLists, text: &str) -> Option<bool> {
    let said = words(text);
    let says = |list| talk.list(list).is_in(&said);
    let begins = |list| said.first().is_some_and(|word| talk.list(list).has(word));
    let actually = said.first().is_some_and(|word| word == "actually");
    let declines = begins(Talk::No) || says(Talk::Declining) || actually && says(Talk::No);
    if declines && !is_question(text) && is_only(talk, &said, &DECLINES, Talk::Declining) {
        return Some(false);
    }
    let yes = says(Talk::Yes);
    let right = says(Talk::AllRight) && !says(Talk::Thanks);
    let agrees = yes || right || says(Talk::CheckOnMe);
    // "Check in?" and "ok?" ask something.
    let asks = is_question(text) && !begins(Talk::Yes) && !is_request(talk, &said);
    let refuses = said.iter().any(|word| word == "not") && !has_phrase(&said, &["why", "not"]);
    // "I'm ok, thanks" and "it's fine" are none.
    let of_oneself = said.first().is_some_and(|word| is_in("im its i ill", word)) && !yes;
    let only = is_only(talk, &said, &AGREES, Talk::Yes);
    let meant = agrees && only && !asks && !says(Talk::No) && !refuses && !of_oneself;
    meant.then_some(true)
}

/// What a message that declines is made of.
const DECLINES: [Talk; 2] = [Talk::No, Talk::BesideAnswer];
/// What a message that agrees is made of.
const AGREES: [Talk; 3] = [Talk::Yes, Talk::AllRight, Talk::BesideAnswer];
/// What a message that agrees after a refusal is made of.
const AGREES_AFTER_ALL: [Talk; 4] =
    [Talk::Yes, Talk::AllRight, Talk::BesideAnswer, Talk::BesideAfterAll];

/// Whether a message holds a request: "can you check on me".
pub(super) fn is_request(talk: &TalkLists, said: &[String]) -> bool {
    [Talk::CanYou, Talk::CheckOnMe].iter().all(|list| talk.list(*list).is_in(said))
}

/// Whether somebody who declined asks for it after all: "actually, do check on me".
#[must_use]
pub fn asks_after_all(talk: &TalkLists, text: &str) -> bool {
    let said = words(text);
    let says = |list| talk.list(list).is_in(&said);
    let wants = says(Talk::CheckOnMe) || has_phrase(&said, &["actually"]);
    let not = said.iter().any(|word| is_in("not never", word))
        || said.first().is_some_and(|word| talk.list(Talk::No).has(word));
    let meant = has_phrase(&said, &["meant", "yes"]) || has_phrase(&said, &["mean", "yes"]);
    let all = says(Talk::AfterAll) && is_only(talk, &said, &AGREES_AFTER_ALL, Talk::AfterAll);
    wants && consent(talk, text) == Some(true) || all && (!not || meant)
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

/// Whether every word of a message stands in one of these lists by itself, or belongs to an entry of the
/// last one.
fn is_only(talk: &TalkLists, said: &[String], lists: &[Talk], last: Talk) -> bool {
    let found: Vec<&[String]> = talk.list(last).found(said).collect();
    let is_known = |word: &String| {
        lists.iter().any(|list| talk.list(*list).has(word))
            || found.iter().any(|entry| entry.contains(word))
    };
    said.iter().all(is_known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::responses::shipped_talk;

    #[test]
    fn a_clear_yes_or_no_is_an_answer_to_the_offer() {
        let talk = shipped_talk();
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
            assert_eq!(consent(&talk, said), Some(answer), "{said}");
        }
    }

    #[test]
    fn a_yes_with_other_content_and_a_question_are_none() {
        let talk = shipped_talk();
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
            assert_eq!(consent(&talk, said), None, "{said}");
        }
    }

    #[test]
    fn who_declined_may_ask_for_it_after_all() {
        let talk = shipped_talk();
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
            assert!(asks_after_all(&talk, said), "{said}");
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
            assert!(!asks_after_all(&talk, said), "{said}");
        }
    }
}
