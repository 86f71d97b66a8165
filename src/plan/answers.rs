//! What the answers to a check-in say: whether a row of the plan's file holds, and the figures that
//! its texts tell.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use leon::Template;

use super::count::{counted_at_once, counts};
use super::hints::Caution;
use super::reading::{self, Tone};
use super::{Open, Plan, Press, Progress, hints, wording};
use crate::responses::plans::raw::LAST_WEEK;
use crate::responses::plans::{Answers, AskText, CRAMPS, Condition, DAY, Rule, StepText};
use crate::responses::{PlanText, TalkLists};
use crate::understanding::Understanding;
use crate::vocabulary::{Answering, Talk};

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
    /// The answers that a message gives to the open check-in. Where the danger signs are still asked
    /// for, only what cannot be meant for them counts: a number, or words that say what they are
    /// about.
    #[must_use]
    pub fn in_words(
        &self,
        talk: &TalkLists,
        text: &PlanText,
        said: &str,
        meant: &Understanding,
        checking: bool,
    ) -> Option<Press> {
        let open = self.open.as_ref()?;
        let step = text.step(&open.step)?;
        let plain = wording::plainly(talk, said);
        let said = plain.as_str();
        let clauses = reading::yes_apart(talk, reading::clauses(said));
        let alone = clauses.len() < 2;
        let mut left: Vec<&String> =
            step.ask.iter().filter(|name| !open.answers.contains_key(*name)).collect();
        let mut answers = Vec::new();
        if alone && let Some(all) = counted_at_once(talk, text, &left, said) {
            let answer = |(name, answer): (String, String)| {
                Press::Answer(step.id.clone(), open.time, name, answer)
            };
            return Some(Press::Changes(all.into_iter().map(answer).collect()));
        }
        let one_counts = left.iter().filter(|name| counts(text, name)).count() == 1;
        let numbered = clauses.iter().any(|clause| has_number(talk, clause));
        for clause in clauses {
            let asked = left.iter().enumerate().find_map(|(at, name)| {
                let question = text.questions.get(*name)?;
                let counts = matches!(question.answers, Answers::UpTo(_));
                // "Bit sore, 3": the number answers, not the words beside it.
                let beside = counts && numbered && !has_number(talk, clause);
                let beside = beside && (one_counts || !denies(talk, clause));
                let of_task = hints::tells_of_task(talk, (said, clause), question, &step.text);
                let asks_so = at == 0
                    && (!checking || of_task)
                    && !is_of_other(step, text, (talk, clause), name);
                // "Nothing hurts" is about how sore it is, whatever else is asked.
                let scale = matches!(question.answers, Answers::UpTo(reading::SCALE));
                let is_about = asks_so
                    || counts && has_number(talk, clause)
                    || scale && hints::is_painless(talk, clause)
                    || speaks_of(talk, question, clause);
                let is_about = is_about && !beside;
                let meant = Some(meant).filter(|_| alone);
                let answer = is_about
                    .then(|| self.read(talk, name, question, (clause, &step.text), meant))??;
                Some((at, held_back(talk, question, (said, &step.text), answer)))
            });
            let Some((at, answer)) = asked else { continue };
            let name = left.remove(at).clone();
            answers.push(Press::Answer(step.id.clone(), open.time, name, answer));
        }
        if answers.len() > 1 { Some(Press::Changes(answers)) } else { answers.pop() }
    }

    pub(super) fn read(
        &self,
        talk: &TalkLists,
        name: &str,
        question: &AskText,
        (said, task): (&str, &str),
        meant: Option<&Understanding>,
    ) -> Option<String> {
        match &question.answers {
            Answers::UpTo(most) => {
                let last = self.numbers.get(name).and_then(|numbers| numbers.last()).copied();
                Some(reading::number(talk, said, *most, last)?.to_string())
            }
            Answers::Choices(choices) => {
                let not = || reading::tone(talk, said) == Some(Tone::No);
                let more =
                    choices.iter().any(|(key, _)| key == MORE) && hints::is_more(talk, said, task);
                let has = |wanted: &str| choices.iter().any(|(key, _)| key == wanted);
                let ran = || (has(RUNS) && hints::ran(talk, said)).then(|| RUNS.to_owned());
                let free = || {
                    let first = choices.first().is_some_and(|(key, _)| key == NO);
                    let bare = first && speaks_of(talk, question, said);
                    (bare && hints::begins_with_no(talk, said)).then(|| NO.to_owned())
                };
                // "Ran fine", of the run that was to be done.
                let of_run = || {
                    let fine = has(MORE) && hints::ran_well(talk, said, task);
                    fine.then(|| choices.first().map(|(key, _)| key.clone())).flatten()
                };
                let read = || {
                    let told = ran().or_else(of_run).or_else(free);
                    told.or_else(|| reading::choice(talk, choices, said, meant))
                };
                let more = || {
                    more.then(|| MORE.to_owned()).filter(|_| hints::caution(talk, said).is_none())
                };
                more().or_else(read).or_else(|| not().then(|| NO.to_owned()))
            }
        }
    }

    /// Whether a message tells of a cramp in what the open check-in asks about.
    #[must_use]
    pub fn cramped_in_stage(&self, talk: &TalkLists, text: &PlanText, said: &str) -> bool {
        let open = self.open.as_ref().and_then(|open| text.step(&open.step));
        let is_stage = open.is_some_and(|step| step.follows && step.check);
        is_stage && hints::has_cramped(talk, said) && !super::is_question(said)
    }

    /// Whether a message asks if some sport is allowed yet, of which the plan has something to say.
    #[must_use]
    pub fn asks_for_sport(talk: &TalkLists, text: &PlanText, said: &str) -> bool {
        !text.sport.is_empty() && hints::names_sport(talk, said) && hints::asks_leave(talk, said)
    }

    /// Whether a message tells of sport that was done, of which the plan has something to say.
    #[must_use]
    pub fn tells_of_sport(talk: &TalkLists, text: &PlanText, said: &str) -> bool {
        !text.sport.is_empty() && hints::is_more(talk, said, "") && !super::is_question(said)
    }

    /// What a message wishes of a step that is an offer, by its name: "can I have ice reminders?", "no
    /// more ice".
    #[must_use]
    pub fn offered_in_words(&self, talk: &TalkLists, text: &PlanText, said: &str) -> Option<Press> {
        let words = reading::words(said);
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        let says = |list: Talk| talk.list(list).is_in(&words);
        let step =
            text.steps.iter().find(|step| step.offer.is_some() && words.contains(&step.id))?;
        let coming = self.check_ins.iter().any(|one| one.step == step.id && one.is_planned());
        let ends = says(Talk::EndsOffer);
        let often = has(&["every"]) && has(&["hour", "hours", "h", "hrs", "hr", "3h", "day"]);
        let begins = words.first().is_some_and(|word| reading::is_yes(talk, word));
        let wants = says(Talk::WantsOffer)
            || (words.len() <= A_NOD || begins && words.len() <= A_WISH) && says(Talk::Nods)
            || often && !super::is_question(said);
        match (ends, wants, coming) {
            (true, _, true) => Some(Press::Without(step.id.clone())),
            (true, false, false) if words.len() <= LONGEST_EXCUSE && !super::is_question(said) => {
                Some(Press::Without(step.id.clone()))
            }
            (false, true, false) => Some(Press::Begin(step.id.clone())),
            _ => None,
        }
    }
}

impl Plan {
    /// A step that is an offer and is wished for beside the yes to the plan: "yes, and ice please".
    #[must_use]
    pub fn offered_beside(&self, talk: &TalkLists, text: &PlanText, wish: &str) -> Option<String> {
        let words = reading::words(wish);
        let refuses = talk.list(Answering::No).is_in(&words);
        let step = text.steps.iter().find(|step| step.offer.is_some() && words.contains(&step.id));
        step.filter(|_| !refuses).map(|step| step.id.clone())
    }
}

/// An answer in the light of all that is said: where one clause says that all is well and another that
/// something is amiss, that one counts; so does what was done instead.
fn held_back(
    talk: &TalkLists,
    question: &AskText,
    (said, task): (&str, &str),
    answer: String,
) -> String {
    let Answers::Choices(choices) = &question.answers else { return answer };
    let is_well = answer == "yes" && choices.first().is_some_and(|(key, _)| *key == answer);
    let undone = answer == "not_done";
    let has = |key: &str| choices.iter().any(|(other, _)| other == key);
    if (is_well || undone) && has(MORE) && hints::is_more(talk, said, task) {
        return MORE.to_owned();
    }
    let hurt = answer == "sore" && has("worse") && hints::caution(talk, said) == Some(Caution::Bad);
    if hurt {
        return "worse".to_owned();
    }
    // How somebody walks is told by the words about that.
    if !is_well || has("limp") || hints::caution(talk, said).is_none() {
        return answer;
    }
    reading::choice(talk, choices, said, None).filter(|key| *key != "yes").unwrap_or(answer)
}

/// The choice for more than was to be done.
const MORE: &str = "more";

/// The choice of whoever runs again.
const RUNS: &str = "running";

/// Longest message, in words, that puts off what waits by one word.
const A_WISH: usize = 4;

/// Longest message, in words, in which "too" asks for what is named.
const A_NOD: usize = 3;

/// Longest message, in words, that is taken as the reason why something was left out.
pub(super) const LONGEST_EXCUSE: usize = 6;

/// A "no" to a question that has no such choice: how it is then is to be asked.
pub(super) const NO: &str = "no";
/// The end of the name of the question that is asked then.
const HOW: &str = "_how";

/// The question that asks how it is instead, after a "no"; a plan's file may have one.
pub(super) fn how_instead(text: &PlanText, question: &str) -> Option<String> {
    let how = format!("{question}{HOW}");
    text.questions.contains_key(&how).then_some(how)
}

/// The question that an answer belongs to.
pub(super) fn asked_first(question: &str) -> &str {
    question.strip_suffix(HOW).unwrap_or(question)
}

fn denies(talk: &TalkLists, said: &str) -> bool {
    talk.list(Answering::No).is_in(&reading::words(said))
}

/// Whether a message counts something.
#[must_use]
pub fn has_number(talk: &TalkLists, said: &str) -> bool {
    let words = reading::words(said);
    // "One night" counts, "that one" does not.
    let one_night = words.windows(2).any(
        |two| matches!(two, [one, unit] if one == "one" && (unit == "night" || unit == "time")),
    );
    let words = words.into_iter().filter(|word| word != "one").collect::<Vec<_>>();
    one_night || !reading::counted_in(talk, &words, reading::NIGHTS).is_empty()
}

/// Whether a message names what a question asks about: "walking" of "Do you walk normally?".
fn speaks_of(talk: &TalkLists, question: &AskText, said: &str) -> bool {
    let mut asked = reading::words(&question.text);
    if let Answers::Choices(choices) = &question.answers {
        asked.extend(choices.iter().flat_map(|(_, label)| reading::words(label)));
    }
    let telling = |word: &&String| {
        word.as_str() == NEW || word.len() > 3 && !talk.has(Answering::Common, word)
    };
    let said = reading::words(said);
    let told =
        asked.iter().filter(telling).any(|asked| said.iter().any(|word| word.starts_with(asked)));
    told || asked.iter().any(|word| word == "limp")
        && said.iter().any(|word| hints::is_of_limp(talk, word))
}

/// Whether a part of a message names what another question of a check-in asks about, and not what this one
/// does: "no cramp" answers no "Do you walk without pain?"
fn is_of_other(
    step: &StepText,
    text: &PlanText,
    (talk, clause): (&TalkLists, &str),
    name: &str,
) -> bool {
    let speaks = |name: &String| {
        text.questions.get(name).is_some_and(|question| speaks_of(talk, question, clause))
    };
    let (own, others): (Vec<&String>, Vec<&String>) =
        step.ask.iter().partition(|other| other.as_str() == name);
    others.into_iter().any(speaks) && !own.into_iter().any(speaks)
}

/// What a short word may ask for: "anything new?"
const NEW: &str = "new";

fn is_general(key: &str) -> bool {
    crate::responses::fixed::GENERAL.contains(&key)
}
