//! How somebody takes their leave, and how much of a plan they want no more. An end cannot be undone:
//! what may mean less is no end of all of it.

use super::reading::words;
use crate::responses::TalkLists;
use crate::understanding::weekday_of;
use crate::vocabulary::Talk;

/// Whether a message takes leave, and says nothing else.
#[must_use]
pub fn is_farewell(talk: &TalkLists, text: &str) -> bool {
    let said = words(text);
    let (goodbye, beside) = (talk.list(Talk::Goodbye), talk.list(Talk::BesideGoodbye));
    goodbye.is_in(&said) && said.iter().all(|word| goodbye.has(word) || beside.has(word))
}

/// Whether a message drops something, and nobody knows if the plan is meant.
#[must_use]
pub fn is_half_stop(talk: &TalkLists, text: &str) -> bool {
    let said = words(text);
    let beside = talk.list(Talk::BesideHalfStop);
    let mut stops = talk.list(Talk::HalfStop).found(&said);
    stops.any(|stop| said.iter().all(|word| stop.contains(word) || beside.has(word)))
}

/// Whether a message keeps some of what it stops, or names days or a part of the day.
#[must_use]
pub fn keeps_some(talk: &TalkLists, text: &str) -> bool {
    let day = |word: &str| weekday_of(word).or_else(|| weekday_of(word.trim_end_matches('s')));
    let some = talk.list(Talk::KeepsSome);
    words(text).iter().any(|word| some.has(word) || word.len() > 3 && day(word).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::responses::shipped_talk;

    #[test]
    fn who_takes_leave_says_nothing_else() {
        let talk = shipped_talk();
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
            assert!(is_farewell(&talk, said), "{said}");
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
            assert!(!is_farewell(&talk, said), "{said}");
        }
    }

    #[test]
    fn what_may_mean_less_ends_nothing() {
        let talk = shipped_talk();
        for said in ["forget it", "never mind, found it", "ok im done", "no more questions please"]
        {
            assert!(is_half_stop(&talk, said), "{said}");
        }
        for said in ["stop", "forget me", "im done with the reminders", "never", "drop it off"] {
            assert!(!is_half_stop(&talk, said), "{said}");
        }
        for said in [
            "stop the nightly ones but keep sunday",
            "stop the messages on sundays",
            "stop only the evening ones",
            "stop for tonight",
        ] {
            assert!(keeps_some(&talk, said), "{said}");
        }
        for said in ["stop", "stop all reminders please", "i dont want reminders anymore"] {
            assert!(!keeps_some(&talk, said), "{said}");
        }
    }
}
