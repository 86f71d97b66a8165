//! A yes to a plan with a wish beside it: "yes please, but not in the mornings". It is a yes; what the
//! plan can hold of the wish is kept, and what it cannot hold is told.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::acts::EVENING;
use super::away::{begins, from};
use super::calendar::QuietHours;
use super::consent::{consent, is_question, is_request};
use super::reading::{has_phrase, is_in, words};
use super::{Plan, Press, place, wished};
use crate::responses::{PlanText, TalkLists};
use crate::understanding::weekday_of;
use crate::vocabulary::Talk;

/// Longest message, in words, that agrees and says how.
const LONGEST_YES: usize = 22;
/// So many of the words of a wish may be unknown.
const UNKNOWN: usize = 2;
/// "After work" (`club-rule`).
pub(super) const AFTER_WORK: Time = Time::constant(18, 0, 0, 0);

/// "Not too early" (`club-rule`).
const LATER: Time = Time::constant(10, 0, 0, 0);
/// What a wish is made of.
const WISH: [Talk; 7] = [
    Talk::BesideWish,
    Talk::SaysWhen,
    Talk::Few,
    Talk::Reminders,
    Talk::Refuses,
    Talk::Asleep,
    Talk::AtWork,
];

/// What is wished of a plan that somebody agrees to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// What its settings shall be.
    pub press: Option<Press>,
    /// What is to be told of it: a part of the card on wishes.
    pub line: Option<&'static str>,
}

/// How it shall come, where a message agrees and says that besides: "yes, but at 8pm".
#[must_use]
pub fn agrees_and_wishes<'t>(talk: &TalkLists, text: &'t str) -> Option<&'t str> {
    let said = words(text);
    if said.len() > LONGEST_YES || is_question(text) && !is_request(talk, &said) {
        return None;
    }
    let starts = text.char_indices().zip(text.char_indices().skip(1));
    let cuts =
        starts.filter(|((_, before), (_, c))| !before.is_alphanumeric() && c.is_alphanumeric());
    let cuts: Vec<usize> = cuts.map(|(_, (at, _))| at).collect();
    let parts: Vec<_> = cuts.into_iter().rev().filter_map(|at| text.split_at_checked(at)).collect();
    let at = parts.iter().position(|(yes, _)| agrees(talk, yes))?;
    // "Ok, start Monday": the start belongs to the day.
    let start = parts.get(at + 1).filter(|(yes, wish)| agrees(talk, yes) && begins(wish));
    let (_, wish) = *start.or_else(|| parts.get(at))?;
    (is_wish(talk, wish) || is_zone(talk, text, wish)).then_some(wish)
}

/// Whether a message says how a plan shall come that is offered, and neither agrees nor declines:
/// "mornings please".
#[must_use]
pub fn only_wishes(talk: &TalkLists, text: &str) -> bool {
    let said = words(text);
    let wants =
        said.iter().any(|word| is_in(WANTS, word)) || talk.list(Talk::Reminders).is_in(&said);
    let asks = is_question(text) && !is_request(talk, &said);
    said.len() <= LONGEST_YES && wants && !asks && is_wish(talk, text)
}

/// Says that it is wished.
const WANTS: &str = "please pls plz rather prefer preferably better best suit suits want like only";

/// "Sure, my timezone is Lisbon", "yes, I'm in New York": where somebody lives, and nothing else.
fn is_zone(talk: &TalkLists, text: &str, wish: &str) -> bool {
    let (all, said) = (words(text), words(wish));
    let named = talk.list(Talk::OfZone).is_in(&all) || said.len() <= LONGEST_PLACE;
    let other = talk.list(Talk::OfTheLeg).is_in(&all) || talk.list(Talk::Refuses).is_in(&said);
    named && !other && said.len() <= LONGEST_ZONE && place::named(wish).is_some()
}

/// Longest wish, in words, that is a place and nothing else.
const LONGEST_PLACE: usize = 2;
/// Longest wish, in words, that names a zone.
const LONGEST_ZONE: usize = 6;

/// Whether the beginning of a message agrees. "Fine" does where a wish follows.
fn agrees(talk: &TalkLists, text: &str) -> bool {
    let said = words(text);
    consent(talk, text) == Some(true) || !said.is_empty() && talk.hold_all([Talk::Fine], &said)
}

/// Whether it is about how and when it comes. Who wants nothing of it takes the yes back.
fn is_wish(talk: &TalkLists, wish: &str) -> bool {
    let said = words(wish);
    let any = |list| talk.list(list).is_in(&said);
    let day = |word: &str| weekday_of(word).or_else(|| weekday_of(word.trim_end_matches('s')));
    let clock = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let known = |word: &String| {
        WISH.iter().any(|list| talk.list(*list).has(word)) || clock(word) || day(word).is_some()
    };
    let unknown = said.iter().filter(|word| !known(word)).count();
    let ends = [",", ";", ". ", " but ", " and "];
    let clauses = ends.iter().fold(vec![wish], |parts, end| {
        parts.into_iter().flat_map(|part| part.split(end)).collect()
    });
    let refused = clauses.iter().any(|clause| is_refusal(talk, clause));
    !any(Talk::OfTheLeg) && unknown <= UNKNOWN && !refused && says_how(talk, wish)
}

/// "No reminders", without a word on when or how often.
fn is_refusal(talk: &TalkLists, clause: &str) -> bool {
    let said = words(clause);
    let any = |list| talk.list(list).is_in(&said);
    any(Talk::Refuses) && any(Talk::Reminders) && !says_how(talk, clause)
}

/// Whether a text says when, how often or where.
fn says_how(talk: &TalkLists, text: &str) -> bool {
    let said = words(text);
    let any = |list| talk.list(list).is_in(&said);
    let is = |list: &str| said.iter().any(|word| is_in(list, word));
    let day = |word: &String| weekday_of(word.trim_end_matches('s')).is_some();
    let half = |word: &String| {
        let digit = word.starts_with(|c: char| c.is_ascii_digit());
        digit && (word.ends_with("am") || word.ends_with("pm"))
    };
    let led = any(Talk::SaysWhen) || is("am pm") || said.iter().any(|word| day(word) || half(word));
    let timed = led && wished(talk, &plain(text), false) != Press::Settings;
    let refused =
        any(Talk::Refuses) && (any(Talk::Asleep) || any(Talk::AtWork) || is("early late"));
    timed
        || refused
        || talk.list(Talk::Few).is_in(&said)
        || is_after_work(&said)
        || is_until(&said)
        || starts(text)
        || is("ice") && !any(Talk::Refuses)
}

/// Whether it is told when it begins: "from Wednesday", "first one tomorrow".
fn starts(text: &str) -> bool {
    from(text, Timestamp::UNIX_EPOCH, &TimeZone::UTC).is_some()
}

/// At which hour of its first day a plan begins: "first one at 7 tomorrow evening".
#[must_use]
pub fn begins_at(talk: &TalkLists, wish: &str) -> Option<Time> {
    let said = words(wish);
    let at_night = || said.iter().any(|word| is_in("night tonight", word)).then_some(EVENING);
    let hour = |press: Press| match press {
        Press::At(time) | Press::From(time) => Some(time),
        _ => None,
    };
    let told = match wished(talk, &plain(wish), false) {
        Press::Changes(all) => all.into_iter().find_map(hour),
        one => hour(one),
    };
    told.or_else(at_night)
}

/// "Only till Friday", "stop before Christmas".
fn is_until(said: &[String]) -> bool {
    let stops = said.windows(3).any(|three| {
        let [end, by, day] = three else { return false };
        let clock = day.starts_with(|c: char| c.is_ascii_digit());
        is_in("stop end finish", end) && is_in("before by on after", by) && !clock
    });
    if stops {
        return true;
    }
    let ends = |word: &String| matches!(word.as_str(), "until" | "till" | "til");
    let day = |word: &String| weekday_of(word).is_some();
    said.windows(2).any(|two| matches!(two, [end, next] if ends(end) && day(next)))
}

/// "Bad 4 me" names no hour.
fn plain(text: &str) -> String {
    text.replace(" 4 me", " for me").replace(" 4 u", " for you")
}

fn is_after_work(said: &[String]) -> bool {
    has_phrase(said, &["after", "work"]) || has_phrase(said, &["after", "school"])
}

impl Wish {
    /// What a plan makes of it.
    #[must_use]
    pub fn of(talk: &TalkLists, wish: &str, text: &PlanText) -> Self {
        let said = words(wish);
        let any = |list| talk.list(list).is_in(&said);
        let habits = text.is_of_habits();
        let starts = starts(wish);
        let until = is_until(&said) && !starts;
        let fewer = talk.list(Talk::Few).is_in(&said);
        let told = wished(talk, &plain(wish), Plan::is_of_evenings(text));
        let told = Some(told).filter(|press| *press != Press::Settings && !until && !starts);
        let is = |wanted: &str| said.iter().any(|word| word == wanted);
        let refuses = any(Talk::Refuses) && !fewer;
        let timed = told.as_ref().is_some_and(Press::is_timed);
        let after = (is_after_work(&said) && !habits && !timed).then_some(Press::At(AFTER_WORK));
        let told = told.map(|press| if is_after_work(&said) { press.of_evening() } else { press });
        let work = (refuses && any(Talk::AtWork) && !habits).then_some(Press::At(AFTER_WORK));
        let early = (refuses && is("early") && !habits).then_some(Press::From(LATER));
        // Nothing comes then anyway.
        let night = refuses && (any(Talk::Asleep) || is("late") || is("early"));
        let night = night.then_some(Press::Quiet(QuietHours::default()));
        let press = after.or(told).or(work).or(early).or(night);
        let press = match press {
            Some(press) if fewer && habits => {
                Some(Press::Changes(vec![press, Press::Fewer(Some(true))]))
            }
            None if fewer && habits => Some(Press::Fewer(Some(true))),
            press => press,
        };
        let few_days = press.as_ref().is_some_and(Press::is_on_few_days) && !habits;
        let line = if until {
            Some("until")
        } else if fewer || few_days {
            Some(few(text))
        } else if press.as_ref().is_some_and(|it| it.is_of_zone() && it.zone_of_several().is_none())
        {
            Some("zone")
        } else if press.is_none() && !is("ice") && !starts {
            Some("unknown")
        } else {
            None
        };
        Self { press, line }
    }
}

/// What is said to who wants fewer of them.
fn few(text: &PlanText) -> &'static str {
    if text.is_of_habits() {
        "every_other"
    } else if text.steps.len() == 1 {
        "one_look"
    } else {
        "one_a_day"
    }
}

impl Press {
    /// Whether it names a time of the day.
    const fn is_timed(&self) -> bool {
        matches!(self, Self::At(_) | Self::From(_))
    }

    /// "After work, at 5": no hour of the morning.
    fn of_evening(self) -> Self {
        match self {
            Self::At(time) | Self::From(time) if time.hour() < 12 => {
                Self::At(time.wrapping_add(Span::new().hours(12)))
            }
            other => other,
        }
    }

    /// Whether it names the clock that somebody lives by.
    #[must_use]
    pub fn is_of_zone(&self) -> bool {
        match self {
            Self::Zone(_) | Self::ZonesOf(_) => true,
            Self::Changes(all) => all.iter().any(Self::is_of_zone),
            _ => false,
        }
    }

    /// The place of which it is open by which of its clocks somebody lives.
    #[must_use]
    pub fn zone_of_several(&self) -> Option<&str> {
        match self {
            Self::ZonesOf(place) => Some(place),
            Self::Changes(all) => all.iter().find_map(Self::zone_of_several),
            _ => None,
        }
    }

    /// Whether it is a wish for some days of the week.
    fn is_on_few_days(&self) -> bool {
        match self {
            Self::Days(days) => !days.are_most(),
            Self::Changes(all) => all.iter().any(Self::is_on_few_days),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::responses::shipped_talk;

    #[test]
    fn who_agrees_may_say_when_and_how() {
        let talk = shipped_talk();
        for said in [
            "yes but at 8pm",
            "yes, 9pm please",
            "ok set it up but not before 9",
            "yes please, weekdays only",
            "sure, and not on sundays",
            "yes please but not in the mornings im on nights",
            "yes at 10pm please",
            "you can check in but dont spam me",
            "fine, just not too many messages",
            "yes but not mornings",
            "sure, not before noon",
            "yes but only when it matters",
            "ok but mornings are bad",
            "yes but not when i'm asleep",
            "yeah after work pls",
            "yes but only till friday",
            "yes please and ice reminders",
            "yes from wednesday",
            "ok start monday",
            "yes, first one at 7 tomorrow evening",
            "yes but start it tomorrow night",
            "yes but dont start til wednesday",
            "ok yes, but stop before christmas",
            "yes but around 9 in the morning pls",
            "sounds good, tomorrow morning please",
            "yes yes but no message in the night please",
            "can you check on me but not every day",
            "sure, my timezone is Lisbon",
            "yes, im in New York",
            "go ahead, I live in Melbourne",
            "yes, tz is CET",
            "yes between 9 and 6",
            "yes but mornings only",
            "ok but plz not so many msgs",
        ] {
            assert!(agrees_and_wishes(&talk, said).is_some(), "{said}");
        }
    }

    #[test]
    fn a_wish_by_itself_is_kept_for_the_yes() {
        let talk = shipped_talk();
        for said in
            ["mornings please", "id rather you message at lunchtime", "only weekends please"]
        {
            assert!(only_wishes(&talk, said), "{said}");
        }
        for said in [
            "in the mornings it hurts",
            "mostly at night",
            "at night",
            "no reminders please",
            "please tell me more",
            "what about evenings?",
        ] {
            assert!(!only_wishes(&talk, said), "{said}");
        }
    }

    #[test]
    fn a_yes_that_is_taken_back_or_tells_of_the_leg_is_none() {
        let talk = shipped_talk();
        for said in [
            "yes",
            "no, 9pm",
            "yes, furosemide",
            "yes, but is 9pm ok?",
            "yes it cramped, at 3am",
            "yes, and my calf is swollen",
            "yes but no reminders",
            "yeah no",
            "yes but dont message me",
            "yes but no check ins please",
            "yes but not yet",
            "ok but i dont want reminders",
            "yes but no reminders, i look at it in the evening",
            "yes about 2 months ago",
            "yes in the mornings it hurts",
            "ok and what about 9pm?",
            "yes she takes bisoprolol at night",
            "yes in Berlin my calf went again",
        ] {
            assert_eq!(agrees_and_wishes(&talk, said), None, "{said}");
        }
    }
}
