//! How somebody takes their leave, and how much of a plan they want no more. An end cannot be undone:
//! what may mean less is no end of all of it.

use super::reading::{has_phrase, is_in, words};
use crate::understanding::weekday_of;

/// Says goodbye by itself.
const BYE: &str = "bye byebye goodbye cya ttyl toodles";
/// Says so in several words.
const LEAVING: [&[&str]; 20] = [
    &["that", "was", "all"],
    &["that", "is", "all"],
    &["thats", "all"],
    &["thats", "it", "for"],
    &["that", "is", "it", "for"],
    &["enough", "for", "today"],
    &["enough", "for", "now"],
    &["enough", "for", "tonight"],
    &["done", "for", "today"],
    &["done", "for", "now"],
    &["done", "for", "tonight"],
    &["see", "you"],
    &["see", "ya"],
    &["talk", "later"],
    &["talk", "soon"],
    &["talk", "tomorrow"],
    &["speak", "soon"],
    &["good", "night"],
    &["night", "night"],
    &["nothing", "else"],
];
const BESIDE_BYE: &str = "ok okay k kk right well oh thanks thank you thx ta ty cheers for now today \
    tonight tomorrow everything all your the help that was is it thats im i am will ill be back later \
    soon then charley bot mate x xx see ya have a nice good great lovely day evening night one and so \
    very much talk speak to enough done gotta got go going must off bed need really nothing else no \
    from me here up";
/// Wants no more of something, and perhaps not of all.
const HALF: [&[&str]; 12] = [
    &["forget", "it"],
    &["forget", "about", "it"],
    &["forget", "that"],
    &["never", "mind"],
    &["nevermind"],
    &["nvm"],
    &["leave", "it"],
    &["drop", "it"],
    &["im", "done"],
    &["i", "am", "done"],
    &["all", "done"],
    &["no", "more", "questions"],
];
const BESIDE_HALF: &str = "ok okay oh well just please pls thanks thank you ta cheers sorry then now for \
    actually mate charley bot found i it got sorted here there at the moment right";
/// Keeps some of it.
const SOME: &str = "keep keeping except only apart besides tonight today evening evenings morning \
    mornings weekend weekends weekday weekdays nightly";

/// Whether a message takes leave, and says nothing else.
#[must_use]
pub fn is_farewell(text: &str) -> bool {
    let said = words(text);
    let bye = said.iter().any(|word| is_in(BYE, word));
    let leaves = bye || LEAVING.iter().any(|phrase| has_phrase(&said, phrase));
    leaves && said.iter().all(|word| is_in(BYE, word) || is_in(BESIDE_BYE, word))
}

/// Whether a message drops something, and nobody knows if the plan is meant.
#[must_use]
pub fn is_half_stop(text: &str) -> bool {
    let said = words(text);
    HALF.iter().any(|phrase| {
        let of_phrase = |word: &String| phrase.contains(&word.as_str());
        has_phrase(&said, phrase)
            && said.iter().all(|word| of_phrase(word) || is_in(BESIDE_HALF, word))
    })
}

/// Whether a message keeps some of what it stops, or names days or a part of the day.
#[must_use]
pub fn keeps_some(text: &str) -> bool {
    let day = |word: &str| weekday_of(word).or_else(|| weekday_of(word.trim_end_matches('s')));
    words(text).iter().any(|word| is_in(SOME, word) || word.len() > 3 && day(word).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_takes_leave_says_nothing_else() {
        for said in [
            "bye",
            "that was all, bye",
            "ok bye for now",
            "enough for today thanks",
            "thanks, bye!",
            "im done for today",
            "thats it for now",
            "ok good night charley",
            "see you tomorrow",
        ] {
            assert!(is_farewell(said), "{said}");
        }
        for said in [
            "stop",
            "enough",
            "bye, and stop the reminders",
            "good night cramps",
            "bye bye calf, it locked",
            "thats enough",
            "see you in the doctors",
            "no more, bye, my leg is numb",
            "thanks",
        ] {
            assert!(!is_farewell(said), "{said}");
        }
    }

    #[test]
    fn what_may_mean_less_ends_nothing() {
        for said in ["forget it", "never mind, found it", "ok im done", "no more questions please"]
        {
            assert!(is_half_stop(said), "{said}");
        }
        for said in ["stop", "forget me", "im done with the reminders", "never", "drop it off"] {
            assert!(!is_half_stop(said), "{said}");
        }
        for said in [
            "stop the nightly ones but keep sunday",
            "stop the messages on sundays",
            "stop only the evening ones",
            "stop for tonight",
        ] {
            assert!(keeps_some(said), "{said}");
        }
        for said in ["stop", "stop all reminders please", "i dont want reminders anymore"] {
            assert!(!keeps_some(said), "{said}");
        }
    }
}
