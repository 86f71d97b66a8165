//! A yes to a plan with a wish beside it: "yes please, but not in the mornings". It is a yes; what the
//! plan can hold of the wish is kept, and what it cannot hold is told.

use jiff::civil::Time;

use super::calendar::QuietHours;
use super::consent::{consent, is_question, is_request};
use super::reading::{has_phrase, is_in, words};
use super::{Plan, Press, wished};
use crate::responses::PlanText;
use crate::understanding::weekday_of;

/// Longest message, in words, that agrees and says how.
const LONGEST_YES: usize = 22;
/// So many of the words of a wish may be unknown.
const UNKNOWN: usize = 2;
/// "After work" (`club-rule`).
const AFTER_WORK: Time = Time::constant(18, 0, 0, 0);

/// "Not too early" (`club-rule`).
const LATER: Time = Time::constant(10, 0, 0, 0);

/// It is told of the leg, or of a time that is over, and is no wish.
const OF_THE_LEG: &str = "calf calfs calves leg legs foot feet thigh thighs hamstring hammy quad quads toe \
    toes muscle cramp cramps cramped cramping spasm hurt hurts hurting pain painful sore soreness swollen \
    swelling numb limp limping ache aches aching ago month months year years since mg tablet tablets \
    pill pills worse doctor gp";
/// Takes something out.
const NOT: &str = "no not dont never without nothing except avoid";
/// What is sent.
const SENT: &str = "reminder reminders remind message messages messaging msg msgs text texts ping pings \
    dm dms check checks checkin checkins contact notification notifications nudge nudges plan plans";
/// Says when by itself, or stands before the time.
const WHEN: &str = "at from after before between around about by only not until till til earliest latest \
    weekend weekends weekday weekdays workdays morning mornings afternoon afternoons evening evenings noon \
    midday lunch lunchtime breakfast here channel dm dms direct directly privately midnight";
/// So little of it.
const FEW: &str = "spam spamming spammed bombard bombarding swamp flood flooding overdo overkill pester \
    pestering nag nagging hassle annoy annoying sparingly occasionally minimum minimal fewer less seldom \
    rarely";
/// The same in several words.
const FEWER: &[&[&str]] = &[
    &["too", "many"],
    &["to", "many"],
    &["too", "much"],
    &["to", "much"],
    &["too", "often"],
    &["to", "often"],
    &["so", "many"],
    &["so", "often"],
    &["not", "many"],
    &["not", "often"],
    &["not", "much"],
    &["not", "a", "lot"],
    &["not", "loads"],
    &["not", "tons"],
    &["not", "every"],
    &["not", "all", "the", "time"],
    &["not", "constantly"],
    &["it", "matters"],
    &["really", "matters"],
    &["its", "important"],
    &["something", "important"],
    &["only", "important"],
    &["when", "necessary"],
    &["when", "needed"],
    &["if", "necessary"],
    &["if", "needed"],
    &["now", "and", "then"],
    &["once", "a", "day"],
    &["one", "a", "day"],
    &["1", "a", "day"],
    &["twice", "a", "day"],
    &["a", "few"],
];
/// Asleep, or at night: nothing comes then anyway.
const ASLEEP: &str = "night nights nighttime overnight sleep sleeping asleep";
/// Where nobody looks at messages.
const WORK: &str = "work working office school class lessons shift daytime";
/// What may stand in a wish.
const BESIDE: &str = "yes yeah please pls plz thanks thank you thx ta cheers but and so then just only if when \
    while in on the a an my me i im ill id am is are it its that them to too for of or with be do can could \
    u ur would will want like prefer rather need works better best fine good ok okay great though tho cos \
    because as less more most many much often every each day days daily week hour hours half past quarter \
    late later early earlier evening time times once twice one two three four five six seven eight nine ten \
    eleven twelve am pm oclock ish up get getting bed bedtime wake kids busy nights phone tomorrow today \
    tonight home bad hectic difficult all also ice reminder reminders send sent come write ask suits suit \
    matters matter important necessary needed really something max maximum keep light short low few around \
    everyday allowed mind not off run during day through there this week two free dinner tea wont cant \
    day loads lot tons constantly again between instead preferably possible usually run training";

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
pub fn agrees_and_wishes(text: &str) -> Option<&str> {
    let said = words(text);
    if said.len() > LONGEST_YES || is_question(text) && !is_request(&said) {
        return None;
    }
    let starts = text.char_indices().zip(text.char_indices().skip(1));
    let cuts =
        starts.filter(|((_, before), (_, c))| !before.is_alphanumeric() && c.is_alphanumeric());
    let cuts: Vec<usize> = cuts.map(|(_, (at, _))| at).collect();
    let mut parts = cuts.into_iter().rev().filter_map(|at| text.split_at_checked(at));
    let (_, wish) = parts.find(|(yes, _)| agrees(yes))?;
    is_wish(wish).then_some(wish)
}

/// Whether the beginning of a message agrees. "Fine" does where a wish follows.
fn agrees(text: &str) -> bool {
    let said = words(text);
    let fine = |word: &String| matches!(word.as_str(), "fine" | "ok" | "okay" | "yes" | "sure");
    consent(text) == Some(true) || !said.is_empty() && said.iter().all(fine)
}

/// Whether it is about how and when it comes. Who wants nothing of it takes the yes back.
fn is_wish(wish: &str) -> bool {
    let said = words(wish);
    let any = |list: &str| said.iter().any(|word| is_in(list, word));
    let day = |word: &str| weekday_of(word).or_else(|| weekday_of(word.trim_end_matches('s')));
    let clock = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let known = |word: &String| {
        [BESIDE, WHEN, FEW, SENT, NOT, ASLEEP, WORK].iter().any(|of| is_in(of, word))
            || clock(word)
            || day(word).is_some()
    };
    let unknown = said.iter().filter(|word| !known(word)).count();
    let ends = [",", ";", ". ", " but ", " and "];
    let clauses = ends.iter().fold(vec![wish], |parts, end| {
        parts.into_iter().flat_map(|part| part.split(end)).collect()
    });
    let refused = clauses.iter().any(|clause| is_refusal(clause));
    !any(OF_THE_LEG) && unknown <= UNKNOWN && !refused && says_how(wish)
}

/// "No reminders", without a word on when or how often.
fn is_refusal(clause: &str) -> bool {
    let said = words(clause);
    let any = |list: &str| said.iter().any(|word| is_in(list, word));
    any(NOT) && any(SENT) && !says_how(clause)
}

/// Whether a text says when, how often or where.
fn says_how(text: &str) -> bool {
    let said = words(text);
    let any = |list: &str| said.iter().any(|word| is_in(list, word));
    let day = |word: &String| weekday_of(word.trim_end_matches('s')).is_some();
    let half = |word: &String| {
        let digit = word.starts_with(|c: char| c.is_ascii_digit());
        digit && (word.ends_with("am") || word.ends_with("pm"))
    };
    let led = any(WHEN) || any("am pm") || said.iter().any(|word| day(word) || half(word));
    let timed = led && wished(&plain(text), false) != Press::Settings;
    let refused = any(NOT) && (any(ASLEEP) || any(WORK) || any("early late"));
    timed
        || refused
        || asks_fewer(&said)
        || is_after_work(&said)
        || is_until(&said)
        || any("ice") && !any(NOT)
}

/// "Not too many", "don't spam me", "only when it matters".
fn asks_fewer(said: &[String]) -> bool {
    said.iter().any(|word| is_in(FEW, word)) || FEWER.iter().any(|few| has_phrase(said, few))
}

/// "Only till Friday".
fn is_until(said: &[String]) -> bool {
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
    pub fn of(wish: &str, text: &PlanText) -> Self {
        let said = words(wish);
        let any = |list: &str| said.iter().any(|word| is_in(list, word));
        let habits = text.is_of_habits();
        let until = is_until(&said);
        let fewer = asks_fewer(&said);
        let told = wished(&plain(wish), Plan::is_of_evenings(text));
        let told = Some(told).filter(|press| *press != Press::Settings && !until);
        let refuses = |list: &str| any(NOT) && any(list) && !fewer;
        let after = (is_after_work(&said) && !habits).then_some(Press::At(AFTER_WORK));
        let work = (refuses(WORK) && !habits).then_some(Press::At(AFTER_WORK));
        let early = (refuses("early") && !habits).then_some(Press::At(LATER));
        // Nothing comes then anyway.
        let night = refuses(ASLEEP) || refuses("late") || refuses("early");
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
        } else if press.is_none() && !any("ice") {
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

    #[test]
    fn who_agrees_may_say_when_and_how() {
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
            "yes yes but no message in the night please",
            "can you check on me but not every day",
            "ok but plz not so many msgs",
        ] {
            assert!(agrees_and_wishes(said).is_some(), "{said}");
        }
    }

    #[test]
    fn a_yes_that_is_taken_back_or_tells_of_the_leg_is_none() {
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
        ] {
            assert_eq!(agrees_and_wishes(said), None, "{said}");
        }
    }
}
