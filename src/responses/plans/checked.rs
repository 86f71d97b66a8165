//! From a plan as it is written to the checked one, with every fault that a single line can have.

use std::path::Path;

use jiff::SignedDuration;
use jiff::civil::Weekday;
use toml::Spanned;

use super::raw::{self, Question};
use super::{
    Answers, AskText, At, CRAMPS, Condition, DAY, PlanText, Rule, StepText, When, clock_time,
    hours, time_span,
};
use crate::responses::problem::{Place, Problem, did_you_mean, did_you_mean_or};
use crate::responses::raw::Text;
use crate::responses::read::File;
use crate::vocabulary::FlagId;

/// How late a step may still be said where its file does not say so: a day (`club-rule`).
const GRACE: SignedDuration = SignedDuration::from_hours(24);
/// Highest number that can be asked for, so that each is a choice of its own.
const HIGHEST: u8 = 20;

/// The checked plan; what is faulty is left out of it, and told.
pub(in crate::responses) fn plan(
    file: &File<raw::Plan>,
    flags: &[String],
    problems: &mut Vec<Problem>,
) -> PlanText {
    let mut reader = Reader { path: &file.path, raw: &file.raw, flags, problems };
    let raw = &file.raw;
    PlanText {
        id: file.id.clone(),
        name: trimmed(&raw.name),
        days: *raw.days.get_ref(),
        intro: raw.intro.as_ref().map(trimmed).unwrap_or_default(),
        sport: raw.sport.as_ref().map(trimmed).unwrap_or_default(),
        how: raw.how.as_ref().map(trimmed).unwrap_or_default(),
        seated: raw.seated.as_ref().map(trimmed).unwrap_or_default(),
        hurts: raw.hurts.as_ref().map(trimmed).unwrap_or_default(),
        quiet: raw.quiet.as_ref().and_then(|text| reader.read(text, hours)),
        steps: raw.steps.iter().map(|step| reader.step(step)).collect(),
        questions: raw
            .questions
            .iter()
            .map(|(name, question)| (name.clone(), reader.question(question)))
            .collect(),
        sources: raw.sources.iter().map(|source| source.get_ref().clone()).collect(),
    }
}

struct Reader<'r> {
    path: &'r Path,
    raw: &'r raw::Plan,
    flags: &'r [String],
    problems: &'r mut Vec<Problem>,
}

impl Reader<'_> {
    fn fault(&mut self, at: &Text, what: String, remedy: impl Into<String>) {
        self.problems.push(Problem::new(Place::new(self.path, at.span()), what, remedy));
    }

    /// The same of one word of a text, which is marked where it is written as it is read.
    fn fault_at(&mut self, at: &Text, word: &str, what: String, remedy: impl Into<String>) {
        let (text, span): (&str, _) = (at.get_ref(), at.span());
        let begins = text.rmatch_indices(word).map(|(at, _)| at).find(|at| {
            let before = text.get(..*at).is_some_and(|text| text.ends_with(' ') || text.is_empty());
            let behind = text.get(at + word.len()..).unwrap_or_default();
            before && (behind.is_empty() || behind.starts_with(' '))
        });
        let is_plain = span.len() == text.len() + 2;
        let span = match begins.filter(|_| is_plain) {
            Some(begins) => span.start + 1 + begins..span.start + 1 + begins + word.len(),
            None => span,
        };
        self.problems.push(Problem::new(Place::new(self.path, span), what, remedy));
    }

    fn read<T>(&mut self, text: &Text, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        match read(text.get_ref().trim()) {
            Ok(value) => Some(value),
            Err(why) => {
                let (what, remedy) = why.split_once(", ").unwrap_or((&why, "write it anew"));
                self.fault(text, what.to_owned(), remedy);
                None
            }
        }
    }

    fn step(&mut self, step: &raw::Step) -> StepText {
        StepText {
            id: trimmed(&step.id),
            label: step.label.as_ref().map(trimmed).unwrap_or_default(),
            when: self.when(step),
            grace: step.grace.as_ref().and_then(|text| self.read(text, time_span)).unwrap_or(GRACE),
            follows: step.follows,
            offer: step.offer.as_ref().map(trimmed),
            check: step.check,
            missable: step.missable,
            text: step.text.as_ref().map(trimmed).unwrap_or_default(),
            ask: self.questions(&step.ask),
            rules: step.then.iter().map(|rule| self.rule(rule)).collect(),
        }
    }

    /// One of four: so long after, on a day, again and again by the clock, again after so long.
    fn when(&mut self, step: &raw::Step) -> When {
        let at = step.at.as_ref().and_then(|text| self.read(text, at));
        let until = step.until_day.unwrap_or(*self.raw.days.get_ref());
        match (&step.after, step.day, &step.every, at) {
            (Some(after), None, None, None) => {
                When::After(self.read(after, time_span).unwrap_or_default())
            }
            (None, Some(day), None, Some(at)) => When::Day(day, at),
            (None, None, Some(every), at) => self.often(every, at, until),
            _ => {
                if step.at.is_none() || at.is_some() {
                    let what = format!("it is not clear when `{}` comes", step.id.get_ref());
                    let remedy = "write either `after = \"24 h\"`, or `day = 3` and `at = \"08:00\"`, or `every = \"day\"` and `at = \"21:30\"`, or `every = \"3 h\"`";
                    self.fault(&step.id, what, remedy);
                }
                When::After(SignedDuration::ZERO)
            }
        }
    }

    fn often(&mut self, every: &Text, at: Option<At>, until: u16) -> When {
        let word = every.get_ref().trim().to_lowercase();
        match (at, weekday(&word)) {
            (Some(at), Some(day)) => When::Often { on: Some(day), at, until },
            (Some(at), None) if word == "day" => When::Often { on: None, at, until },
            (Some(_), None) => {
                let remedy = "write `day` or the name of a weekday; `at` goes with these only";
                self.fault(every, format!("`{word}` is no day"), remedy);
                When::After(SignedDuration::ZERO)
            }
            (None, _) => When::Every(self.read(every, time_span).unwrap_or_default(), until),
        }
    }

    fn questions(&mut self, names: &[Text]) -> Vec<String> {
        let known: Vec<&str> = self.raw.questions.keys().map(String::as_str).collect();
        for name in names.iter().filter(|name| !known.contains(&name.get_ref().as_str())) {
            let remedy = did_you_mean(name.get_ref(), known.iter().copied());
            let remedy = format!("{remedy} (a new question is a table `[questions.NAME]`)");
            self.fault(name, format!("unknown question `{}`", name.get_ref()), remedy);
        }
        names.iter().map(trimmed).collect()
    }

    fn question(&mut self, question: &Question) -> AskText {
        // In the order in which they are written.
        let mut choices: Vec<(&String, &Text)> = question.choices.iter().collect();
        choices.sort_by_key(|(_, label)| label.span().start);
        let choices: Vec<(String, String)> =
            choices.into_iter().map(|(key, label)| (key.clone(), trimmed(label))).collect();
        let answers = match &question.up_to {
            Some(up_to) if choices.is_empty() && (1..=HIGHEST).contains(up_to.get_ref()) => {
                Answers::UpTo(*up_to.get_ref())
            }
            Some(up_to) => {
                let what = "a question has either choices, or a number from 1 to 20".to_owned();
                let place = Place::new(self.path, up_to.span());
                self.problems.push(Problem::new(place, what, "take one of the two out"));
                Answers::UpTo(HIGHEST)
            }
            None if choices.is_empty() => {
                let what = "this question cannot be answered".to_owned();
                let remedy = "give it `choices`, or `up-to = 10` for a number from 0 to 10";
                self.fault(&question.text, what, remedy);
                Answers::UpTo(HIGHEST)
            }
            None => Answers::Choices(choices),
        };
        AskText { text: trimmed(&question.text), answers }
    }

    fn rule(&mut self, rule: &raw::Rule) -> Rule {
        let raise = rule.raise.as_ref().and_then(|name| self.flag(name));
        Rule {
            when: rule.when.iter().filter_map(|text| self.condition(text)).collect(),
            say: rule.say.as_ref().map(trimmed).unwrap_or_default(),
            opens: rule.opens,
            raise,
            again: rule.again.as_ref().and_then(|text| self.read(text, time_span)),
            begin: self.steps(&rule.begin),
            stop: self.steps(&rule.stop),
            ends: rule.ends,
        }
    }

    fn flag(&mut self, name: &Text) -> Option<FlagId> {
        let at = self.flags.iter().position(|flag| flag == name.get_ref());
        if at.is_none() {
            let remedy = did_you_mean_or(
                name.get_ref(),
                self.flags.iter().map(String::as_str),
                "write the name of a file in `red_flags/`",
            );
            self.fault(name, format!("unknown red flag `{}`", name.get_ref()), remedy);
        }
        at.and_then(|at| u8::try_from(at).ok()).map(FlagId)
    }

    fn steps(&mut self, names: &[Text]) -> Vec<String> {
        let known: Vec<&str> =
            self.raw.steps.iter().map(|step| step.id.get_ref().as_str()).collect();
        for name in names.iter().filter(|name| !known.contains(&name.get_ref().as_str())) {
            let remedy = did_you_mean(name.get_ref(), known.iter().copied());
            self.fault(name, format!("unknown step `{}`", name.get_ref()), remedy);
        }
        names.iter().map(trimmed).collect()
    }

    /// `walk is limp or cannot`, `sore at most 2`, `sore rising`, `nights a third below nights`.
    fn condition(&mut self, text: &Text) -> Option<Condition> {
        let words: Vec<&str> = text.get_ref().split_whitespace().collect();
        let condition = match words.as_slice() {
            [name, "is", keys @ ..] if !keys.is_empty() => {
                let keys = keys.iter().filter(|word| **word != "or");
                Condition::Is((*name).to_owned(), keys.map(|key| (*key).to_owned()).collect())
            }
            [name, "at", "most", number] => {
                Condition::AtMost((*name).to_owned(), self.number(text, number)?)
            }
            [name, "at", "least", number] => {
                Condition::AtLeast((*name).to_owned(), self.number(text, number)?)
            }
            [name, "rising"] => Condition::Rising((*name).to_owned()),
            [name, "falling"] => Condition::Falling((*name).to_owned()),
            [name, "a", "third", "below", other] => {
                Condition::AThirdBelow((*name).to_owned(), (*other).to_owned())
            }
            _ => {
                let what = format!("`{}` is no condition", text.get_ref());
                let remedy = "write it like `walk is limp or cannot`, `sore at most 2`, `sore at least 7`, `sore rising`, `sore falling`, `nights a third below nights`, `cramps at least 2` or `day at least 5`";
                self.fault(text, what, remedy);
                return None;
            }
        };
        (self.is_sound(text, &condition) && self.may_differ(text, &condition)).then_some(condition)
    }

    /// Whether a number that something is compared with leaves it open how that ends.
    fn may_differ(&mut self, text: &Text, condition: &Condition) -> bool {
        let (Condition::AtMost(name, number) | Condition::AtLeast(name, number)) = condition else {
            return true;
        };
        let least = matches!(condition, Condition::AtLeast(..));
        let asked = self.raw.questions.get(name).and_then(|question| question.up_to.as_ref());
        let highest = match asked {
            Some(up_to) => u16::from(*up_to.get_ref()),
            None if name == DAY => *self.raw.days.get_ref(),
            None => u16::MAX,
        };
        let (always, never) =
            if least { (*number == 0, *number > highest) } else { (*number >= highest, false) };
        if !always && !never {
            return true;
        }
        let how = if least { "least" } else { "most" };
        let outcome = if always { "always" } else { "never" };
        let what =
            format!("`{name}` goes from 0 to {highest}, so `at {how} {number}` {outcome} holds");
        let what = if highest == u16::MAX {
            format!("`at {how} {number}` {outcome} holds of `{name}`")
        } else {
            what
        };
        let remedy = "write a number between the ends, or take the condition out";
        self.fault_at(text, &number.to_string(), what, remedy);
        false
    }

    fn number(&mut self, text: &Text, number: &str) -> Option<u16> {
        let read = number.parse().ok();
        if read.is_none() {
            self.fault_at(text, number, format!("`{number}` is no number"), "write it in figures");
        }
        read
    }

    /// Whether a condition is about a question of the plan, and one that can be answered so.
    fn is_sound(&mut self, text: &Text, condition: &Condition) -> bool {
        let (names, keys): (Vec<&str>, &[String]) = match condition {
            Condition::Is(name, keys) => (vec![name], keys),
            Condition::AtMost(name, _) | Condition::AtLeast(name, _) => {
                if [CRAMPS, DAY].contains(&name.as_str()) {
                    return true;
                }
                (vec![name], &[])
            }
            Condition::Rising(name) | Condition::Falling(name) => (vec![name], &[]),
            Condition::AThirdBelow(name, other) => (vec![name, other], &[]),
        };
        let counts = !matches!(condition, Condition::Is(..));
        for name in names {
            let Some(question) = self.raw.questions.get(name) else {
                let known = self.raw.questions.keys().map(String::as_str).chain([CRAMPS, DAY]);
                let remedy = did_you_mean(name, known);
                self.fault_at(text, name, format!("unknown question `{name}`"), remedy);
                return false;
            };
            if counts != question.up_to.is_some() {
                let what = format!(
                    "`{name}` is answered by {}",
                    if counts { "a choice" } else { "a number" }
                );
                let remedy = if counts {
                    "compare it with `is`"
                } else {
                    "compare it with `at most` or `at least`"
                };
                self.fault(text, what, remedy);
                return false;
            }
            if let Some(key) = keys.iter().find(|key| !question.choices.contains_key(*key)) {
                let remedy = did_you_mean(key, question.choices.keys().map(String::as_str));
                self.fault_at(text, key, format!("`{name}` has no choice `{key}`"), remedy);
                return false;
            }
        }
        true
    }
}

fn at(text: &str) -> Result<At, String> {
    if text == "bedtime" { Ok(At::Bedtime) } else { clock_time(text).map(At::Clock) }
}

fn weekday(word: &str) -> Option<Weekday> {
    let days = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    days.into_iter().find(|(name, _)| *name == word).map(|(_, day)| day)
}

fn trimmed(text: &Spanned<String>) -> String {
    text.get_ref().trim().to_owned()
}
