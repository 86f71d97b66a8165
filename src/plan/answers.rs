//! What the answers to a check-in say: whether a row of the plan's file holds, and the figures that
//! its texts tell.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use leon::Template;

use super::{Open, Plan, Press, Progress};
use crate::responses::PlanText;
use crate::responses::plans::raw::LAST_WEEK;
use crate::responses::plans::{Answers, CRAMPS, Condition, DAY, Rule};
use crate::understanding::Understanding;
use crate::vocabulary::Fact;

const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Plan {
    /// Whether all conditions of a row hold.
    pub(super) fn holds(&self, rule: &Rule, open: &Open, now: Timestamp) -> bool {
        rule.when.iter().all(|condition| self.is_so(condition, open, now))
    }

    fn is_so(&self, condition: &Condition, open: &Open, now: Timestamp) -> bool {
        match condition {
            Condition::Is(name, keys) => {
                open.answers.get(name).is_some_and(|answer| keys.contains(answer))
            }
            Condition::AtMost(name, most) => {
                self.number(name, now).is_some_and(|number| number <= *most)
            }
            Condition::AtLeast(name, least) => {
                self.number(name, now).is_some_and(|number| number >= *least)
            }
            Condition::Rising(name) => {
                self.last_two(name).is_some_and(|(before, last)| last > before)
            }
            Condition::Falling(name) => {
                self.last_two(name).is_some_and(|(before, last)| last < before)
            }
            Condition::AThirdBelow(name, first) => {
                let first = self.numbers.get(first).and_then(|numbers| numbers.first());
                let last = self.numbers.get(name).and_then(|numbers| numbers.last());
                first.zip(last).is_some_and(|(first, last)| {
                    *first > 0 && u16::from(*last) * 3 <= u16::from(*first) * 2
                })
            }
        }
    }

    /// The last number given to a question, or what is counted.
    fn number(&self, name: &str, now: Timestamp) -> Option<u16> {
        match name {
            CRAMPS => Some(self.cramps),
            DAY => Some(self.day(now)),
            _ => self.numbers.get(name)?.last().copied().map(u16::from),
        }
    }

    /// Which day of the plan it is; the day of the cramp is 0.
    pub(super) fn day(&self, now: Timestamp) -> u16 {
        let zone = self.habits.time_zone();
        let date = |at| zone.to_datetime(at).date();
        let days = date(self.cramp).until(date(now)).map(|span| span.get_days());
        days.ok().and_then(|days| u16::try_from(days).ok()).unwrap_or_default()
    }

    fn last_two(&self, name: &str) -> Option<(u8, u8)> {
        match self.numbers.get(name)?.as_slice() {
            [.., before, last] => Some((*before, *last)),
            _ => None,
        }
    }

    /// A text of the plan's file with its figures; one that was never given is a dash.
    pub(super) fn filled(&self, text: &str, now: Timestamp) -> String {
        if !text.contains('{') {
            return text.to_owned();
        }
        let mut values: BTreeMap<String, String> = BTreeMap::new();
        values.insert(LAST_WEEK.to_owned(), self.done_lately(now).to_string());
        for (name, numbers) in &self.numbers {
            let last = numbers.last().map(u8::to_string);
            values.insert(name.clone(), last.unwrap_or_default());
        }
        let Ok(template) = Template::parse(text) else { return text.to_owned() };
        for key in template.keys() {
            // What is filled in later (the emergency number) stays as it is.
            let unknown = || if is_general(key) { format!("{{{key}}}") } else { "-".to_owned() };
            values.entry((*key).to_owned()).or_insert_with(unknown);
        }
        template.render(&values).unwrap_or_else(|_| text.to_owned())
    }

    /// How many check-ins that come again and again were answered in the last 7 days.
    fn done_lately(&self, now: Timestamp) -> usize {
        let since = now.checked_sub(WEEK).unwrap_or(Timestamp::MIN);
        let lately = self.check_ins.iter().filter(|one| match one.progress {
            Progress::Answered(at) => at >= since && self.recurs(&one.step),
            Progress::Planned | Progress::Said(_) | Progress::Skipped(_) => false,
        });
        lately.count()
    }

    fn recurs(&self, step: &str) -> bool {
        self.check_ins.iter().filter(|one| one.step == step).nth(1).is_some()
    }
}

impl Plan {
    /// The answer that a message gives to the open check-in: a number, the words on a choice, or what
    /// they mean.
    #[must_use]
    pub fn in_words(&self, text: &PlanText, said: &str, meant: &Understanding) -> Option<Press> {
        let open = self.open.as_ref()?;
        let step = text.step(&open.step)?;
        let question = step.ask.iter().find(|name| !open.answers.contains_key(*name))?;
        let answer = match &text.questions.get(question)?.answers {
            Answers::UpTo(most) => number_in(said).filter(|n| n <= most)?.to_string(),
            Answers::Choices(choices) => choice_in(choices, said, meant)?,
        };
        Some(Press::Answer(step.id.clone(), open.time, question.clone(), answer))
    }
}

/// The only number of a message; "none" and "not at all" are 0.
fn number_in(said: &str) -> Option<u8> {
    let said = said.to_lowercase();
    let mut numbers = said.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    match (numbers.next(), numbers.next()) {
        (Some(number), None) => number.parse().ok(),
        // "4 out of 10".
        (Some(number), Some("10")) if numbers.next().is_none() => number.parse().ok(),
        (None, _) if NONE.iter().any(|none| plain(&said) == *none) => Some(0),
        _ => None,
    }
}

const NONE: [&str; 6] = ["none", "no", "zero", "not at all", "nothing", "no pain"];

/// The choice whose words a message says, or means.
fn choice_in(choices: &[(String, String)], said: &str, meant: &Understanding) -> Option<String> {
    let said = plain(said);
    let named = |(_, label): &&(String, String)| {
        let label = plain(label);
        said == label || label.split_whitespace().count() > 1 && said.contains(&label)
    };
    let of_key =
        |key: &str| choices.iter().find(|(choice, _)| choice == key).map(|_| key.to_owned());
    let says = |fact| meant.facts.contains(fact);
    let means = [
        (Fact::Limp, "limp"),
        (Fact::Worse, "worse"),
        (Fact::NotSure, "not-sure"),
        (Fact::Sore, "sore"),
        (Fact::NoneOfThese, "none"),
        (Fact::ShortNone, "none"),
        (Fact::No, "no"),
        (Fact::ShortNo, "no"),
        (Fact::Yes, "yes"),
        (Fact::ShortYes, "yes"),
    ];
    let named = choices.iter().find(named).map(|(key, _)| key.clone());
    named.or_else(|| means.iter().filter(|(fact, _)| says(*fact)).find_map(|(_, key)| of_key(key)))
}

/// Lower-case words without marks.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join(" ")
}

fn is_general(key: &str) -> bool {
    crate::responses::fixed::GENERAL.contains(&key)
}
