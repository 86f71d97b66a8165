//! Lengths: everything fits into Discord, with the longest values filled in.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

use leon::{Item, Template};

use super::Set;
use super::set::Kind;
use super::templates::is_plain;
use crate::responses::problem::{Place, Problem};
use crate::responses::raw;
use crate::responses::read::File;
use crate::vocabulary::{Card, Question};

/// Characters Discord shows in one message.
const LONGEST_MESSAGE: usize = 2_000;
/// Characters on a button.
const LONGEST_LABEL: usize = 80;
/// Characters of a title, which must be read at a glance.
const LONGEST_TITLE: usize = 60;
/// Choices under one message: five rows of five.
const MOST_CHOICES: usize = 25;
/// Related topics: with [Tell me more] and [Sources] they fill a row of five.
const MOST_RELATED: usize = 3;
/// What stands between two parts of a message: a blank line.
const BETWEEN: usize = 2;
/// How many reasons to see a doctor are thought to meet.
const MOST_REASONS: usize = 3;

/// What is shown in one message with a card, besides it.
const TOGETHER: &[(Card, &[Card])] = &[
    (Card::AdviceExercise, WITH_ADVICE),
    (Card::AdviceNocturnal, WITH_ADVICE),
    (Card::AdviceOther, WITH_ADVICE),
    (Card::ScheduleShort, &[Card::SafetyNet]),
    (Card::ScheduleFull, &[Card::SafetyNet]),
    (Card::ScheduleNight, &[Card::SafetyNet]),
    (Card::Relief, &[Card::MinorNote, Card::PregnancyNote]),
];
const WITH_ADVICE: &[Card] =
    &[Card::PregnancyNote, Card::SeeDoctor, Card::DoctorVisit, Card::SafetyNet];
/// What ends the answer to a topic.
const WITH_ANSWER: &[Card] = &[Card::SafetyNet];

/// Labels that do not fit on a button.
pub(super) fn labels(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for said in set.said().iter().filter(|said| said.kind == Kind::Label) {
        let topic = said.file.starts_with("topics");
        let most = if topic { LONGEST_TITLE } else { LONGEST_LABEL };
        let count = said.text.get_ref().chars().count();
        if count > most {
            let what = format!("this label is {count} characters long, a button holds {most}");
            let remedy = format!("shorten it by {}", characters(count - most));
            problems.push(Problem::new(set.place(said.file, said.text), what, remedy));
        }
    }
}

/// More choices than Discord shows under one message, or than stand in a row.
pub(super) fn choices(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in &set.raw.topics {
        if let Some(surplus) = file.raw.related.get(MOST_RELATED) {
            let what = format!("more than {MOST_RELATED} related topics do not fit into one row");
            let place = Place::new(&file.path, surplus.span());
            problems.push(Problem::new(place, what, "take the least useful ones out"));
        }
    }
    let listed = |lists: &[u8]| {
        let on = |file: &&File<raw::RedFlag>| list_of(file).is_some_and(|on| lists.contains(&on));
        set.raw.red_flags.iter().filter(on).count()
    };
    for file in &set.raw.questions {
        let signs = match Question::from_str(&file.id) {
            Ok(Question::List2) => listed(&[2]),
            Ok(Question::Which) => listed(&[1, 2]),
            Ok(_) | Err(_) => 0,
        };
        let count = file.raw.choices.len() + signs;
        if count > MOST_CHOICES {
            let what = format!("this question has {count} choices, Discord shows {MOST_CHOICES}");
            let remedy =
                "take red flags off the lists: they are found and asked one by one all the same";
            problems.push(Problem::new(set.place(&file.path, &file.raw.text), what, remedy));
        }
    }
}

fn list_of(file: &File<raw::RedFlag>) -> Option<u8> {
    file.raw.list.as_ref().map(|list| *list.get_ref())
}

/// Messages that are too long with the longest values.
pub(super) fn messages(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let measure = Measure::of(set);
    for file in &set.raw.topics {
        let raw = &file.raw;
        let texts =
            [Some(&raw.answer), raw.more.as_ref(), raw.minor.as_ref(), raw.pregnant.as_ref()];
        let with = if raw.chat { &[] } else { WITH_ANSWER };
        for text in texts.into_iter().flatten().chain(raw.follow_ups.values()) {
            problems.extend(measure.fault(&file.path, text, with, 0));
        }
    }
    for file in &set.raw.cards {
        let Ok(card) = Card::from_str(&file.id) else { continue };
        let with = TOGETHER.iter().find(|(main, _)| *main == card);
        let with = with.map_or(&[][..], |(_, with)| with);
        let check = if card == Card::Relief { measure.question(Question::Check) } else { 0 };
        problems.extend(measure.fault(&file.path, &file.raw.text, with, check));
    }
    for file in &set.raw.questions {
        problems.extend(measure.fault(&file.path, &file.raw.text, &[], 0));
    }
    for file in &set.raw.plans {
        let asked = file.raw.questions.values().map(|question| &question.text);
        let asked = asked.map(|text| measure.length(text.get_ref()) + BETWEEN).max();
        let with = asked.unwrap_or(0).max(measure.question(Question::Check));
        let steps = file.raw.steps.iter();
        let texts = steps.flat_map(|step| {
            step.text.iter().chain(step.then.iter().filter_map(|rule| rule.say.as_ref()))
        });
        let raw = &file.raw;
        let asked = raw.how.iter().chain(&raw.seated).chain(&raw.hurts);
        for text in raw.intro.iter().chain(&raw.sport).chain(asked).chain(texts) {
            problems.extend(measure.fault(&file.path, text, &[], with));
        }
    }
}

/// The lengths of all values that may be filled in.
struct Measure<'m> {
    set: &'m Set<'m>,
    values: BTreeMap<&'m str, usize>,
}

impl<'m> Measure<'m> {
    fn of(set: &'m Set<'_>) -> Self {
        let raw = set.raw;
        let mut values = BTreeMap::new();
        let regions = || raw.numbers.iter().flat_map(|file| file.raw.regions.values());
        let fallback = || raw.numbers.iter().map(|file| &file.raw.fallback);
        let emergency = regions().map(|r| &r.emergency).chain(fallback().map(|f| &f.emergency));
        let nurse = regions().filter_map(|r| r.nurse_line.as_ref());
        values.insert("emergency", longest(emergency));
        values.insert("nurse-line", longest(nurse.chain(fallback().map(|f| &f.nurse_line))));
        let club = raw.club.iter().filter_map(|file| file.raw.name.as_ref());
        let club = club.map(|name| name.get_ref().trim().chars().count());
        values.insert("club", club.max().unwrap_or(0));
        signs(set, &mut values);
        for file in &raw.cards {
            for (part, cases) in &file.raw.parts {
                values.insert(part, longest(cases.values()));
            }
        }
        Self { set, values }
    }

    fn length(&self, text: &str) -> usize {
        if is_plain(text) {
            return text.trim().chars().count();
        }
        let Ok(template) = Template::parse(text.trim()) else { return 0 };
        let item = |item: &Item<'_>| match item {
            Item::Text(text) => text.chars().count(),
            Item::Key(key) => self.values.get(*key).copied().unwrap_or(0),
        };
        template.items.iter().map(item).sum()
    }

    fn card(&self, card: Card) -> usize {
        let file = self.set.raw.cards.iter().find(|file| file.id == card.id());
        file.map_or(0, |file| self.length(file.raw.text.get_ref()) + BETWEEN)
    }

    fn question(&self, question: Question) -> usize {
        let file = self.set.raw.questions.iter().find(|file| file.id == question.id());
        file.map_or(0, |file| self.length(file.raw.text.get_ref()) + BETWEEN)
    }

    /// Too long a message, made of a text, the cards shown with it, and so much more.
    fn fault(&self, file: &Path, text: &raw::Text, with: &[Card], more: usize) -> Option<Problem> {
        let own = self.length(text.get_ref());
        let others: usize = with.iter().map(|card| self.card(*card)).sum::<usize>() + more;
        let surplus = (own + others).checked_sub(LONGEST_MESSAGE + 1)? + 1;
        let what = format!(
            "with the longest values this makes a message of {} characters, Discord shows {LONGEST_MESSAGE}",
            own + others,
        );
        let shown: Vec<String> =
            with.iter().map(|card| format!("{} ({})", card.id(), self.card(*card))).collect();
        let shown = if shown.is_empty() {
            String::new()
        } else {
            format!("; shown with it: {}", shown.join(", "))
        };
        let remedy = format!("shorten it by {}{shown}", characters(surplus));
        Some(Problem::new(self.set.place(file, text), what, remedy))
    }
}

fn longest<'t>(texts: impl Iterator<Item = &'t raw::Text>) -> usize {
    texts.map(|text| text.get_ref().trim().chars().count()).max().unwrap_or(0)
}

/// What red flags and combinations fill in.
fn signs(set: &Set<'_>, values: &mut BTreeMap<&str, usize>) {
    let raw = set.raw;
    let rows = || raw.combinations.iter().flat_map(|file| &file.raw.combination);
    let flags = || raw.red_flags.iter().map(|file| &file.raw);
    let on_list = |list| {
        let flags = raw.red_flags.iter().filter(move |file| list_of(file) == Some(list));
        let words = flags.filter_map(|file| file.raw.short.as_ref());
        words.map(|short| short.get_ref().chars().count() + " or ".len()).sum::<usize>()
    };
    let (one, two) = (on_list(1), on_list(2));
    let sign = longest(flags().map(|flag| &flag.sign).chain(rows().map(|row| &row.sign)));
    let advice = longest(flags().map(|flag| &flag.advice).chain(rows().map(|row| &row.advice)));
    values.insert("sign", sign.max(one).max(two));
    values.insert("first-aid", advice);
    values.insert("until", advice);
    values.insert("list-1", one);
    values.insert("list-2", two);
    let questions = flags().flat_map(|flag| [&flag.question, &flag.question_if_told]);
    values.insert("question", longest(questions.filter_map(Option::as_ref)));
    let mut reasons: Vec<usize> =
        flags().map(|flag| flag.reason.get_ref().chars().count() + ", and ".len()).collect();
    reasons.sort_unstable_by_key(|length| std::cmp::Reverse(*length));
    values.insert("reason", reasons.iter().take(MOST_REASONS).sum());
}

fn characters(count: usize) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{count} characters") }
}
