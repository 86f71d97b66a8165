//! The questions of the interview: their words, and the choices below them.

use super::compose::Composer;
use crate::triage::{self, Answer, Choice, Schedule};
use crate::understanding::AgeBand;
use crate::vocabulary::{Fact, Flag, FlagId, FlagSet, Question};

impl Composer<'_> {
    /// The words of a check list that are still open; some hold a comma or an "or" themselves.
    pub(super) fn list(&self, list: u8) -> String {
        let words: Vec<String> = self.open_signs(list).into_iter().map(|(_, word)| word).collect();
        words.join("; ")
    }

    fn open_signs(&self, list: u8) -> Vec<(FlagId, String)> {
        let flags = triage::listed(self.responses).without(self.case.cleared);
        flags
            .iter()
            .filter_map(|id| {
                let (on, word) = self.responses.flag(id)?.on_list.clone()?;
                (on == list).then_some((id, word))
            })
            .collect()
    }

    pub(super) fn question(&mut self, question: Question, about: Option<FlagId>) {
        let texts = self.responses.question(question);
        let told = texts.text_if_told.as_ref().filter(|_| self.knows_half(question));
        let again = texts.text_again.as_ref().filter(|_| self.again);
        let text = again.or(told).unwrap_or(&texts.text);
        let (one, two) = (self.list(1), self.list(2));
        let flag = about.and_then(|flag| self.responses.flag(flag));
        let told = about.is_some_and(|flag| self.case.told.contains(flag));
        let if_told = flag.and_then(|flag| flag.question_if_told.as_deref());
        let asked = if_told.filter(|_| told).or(flag.map(|flag| flag.question.as_str()));
        let asked = asked.unwrap_or_default();
        let sign = flag.map_or("", |flag| flag.sign.as_str());
        let lists = [("list-1", one.as_str()), ("list-2", two.as_str())];
        let days = self.days();
        let values =
            [lists[0], lists[1], ("question", asked), ("sign", sign), ("days", days.as_str())];
        let mut filled = self.fill(text, &values);
        if one.is_empty() || two.is_empty() {
            let empty = if one.is_empty() { "List 1" } else { "List 2" };
            let lines: Vec<&str> = filled.lines().filter(|line| !line.contains(empty)).collect();
            filled = lines.join("\n");
        }
        self.parts.push(filled);
        self.answers(question, about, one.is_empty(), two.is_empty());
    }

    /// How long the plan lasts that is offered; the longer one, where soreness decides.
    fn days(&self) -> String {
        let schedule = self.case.schedule();
        let name = schedule.unwrap_or(Schedule::Full).plan();
        let days = self.responses.plan(name).map_or(0, |plan| plan.days);
        if schedule.is_some() { format!("{days} days") } else { format!("up to {days} days") }
    }

    /// The choices of a question; what is known is not offered.
    pub(super) fn answers(
        &mut self,
        question: Question,
        about: Option<FlagId>,
        no_one: bool,
        no_two: bool,
    ) {
        let lists: &[u8] = match question {
            Question::List2 => &[2],
            Question::Which => &[1, 2],
            _ => &[],
        };
        for (flag, word) in lists.iter().flat_map(|l| self.open_signs(*l)).collect::<Vec<_>>() {
            self.press(Choice::Signs(FlagSet::only(flag)), &capital(&word));
        }
        let labels = &self.responses.question(question).choices;
        let known = question.choices().iter().filter_map(|key| key.parse::<Answer>().ok());
        for answer in known {
            let Some(label) = labels.get(answer.key()) else { continue };
            let left_out = match answer {
                Answer::List1 => no_one,
                Answer::List2 => no_two,
                Answer::Today | Answer::Yesterday | Answer::Days | Answer::Longer => {
                    self.knows_half(question)
                }
                _ => question == Question::Context && self.is_known(answer),
            };
            if !left_out {
                let label = label.clone();
                self.press(Choice::Answer(question, answer, about), &label);
            }
        }
    }

    /// Whether it was told when the last cramp was, or that they keep coming: only in what setting is
    /// open.
    fn knows_half(&self, question: Question) -> bool {
        let holds = |fact| self.case.facts.contains(fact);
        let often = holds(Fact::Habit) || self.case.has(Flag::Recurrent);
        let known = self.case.began.is_some() || holds(Fact::Over24Hours) || often;
        question == Question::When && known
    }

    fn is_known(&self, answer: Answer) -> bool {
        let told = match answer {
            Answer::Minor => self.case.age.is_some() || self.case.who.is_adult(),
            Answer::Pregnant => {
                self.case.age == Some(AgeBand::Over50) || self.case.who.is_never_pregnant()
            }
            Answer::Recurrent => self.case.facts.contains(Fact::FirstEver),
            _ => false,
        };
        let settled = |flag| self.case.has(flag) || self.case.cleared.contains(flag);
        told || answer.circumstance().is_some_and(settled)
    }
}

/// The same with a capital at its beginning.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
