//! A question put into words, with its choices: what is known is neither listed nor offered.

use strum::VariantArray;

use super::compose::Composer;
use crate::triage::{self, Answer, Choice};
use crate::vocabulary::{Flag, FlagId, Question};

impl Composer<'_> {
    pub(super) fn question(&mut self, question: Question, about: Option<FlagId>) {
        let text = &self.responses.question(question).text;
        let (one, two) = (self.list(1, " or "), self.list(2, " or "));
        let flag = about.and_then(|flag| self.responses.flag(flag));
        let asked = flag.map_or("", |flag| flag.question.as_str());
        let values = [("list-1", one.as_str()), ("list-2", two.as_str()), ("question", asked)];
        let mut filled = self.fill(text, &values);
        if one.is_empty() || two.is_empty() {
            let empty = if one.is_empty() { "List 1" } else { "List 2" };
            let lines: Vec<&str> = filled.lines().filter(|line| !line.contains(empty)).collect();
            filled = lines.join("\n");
        }
        self.parts.push(filled);
        self.answers(question, about, one.is_empty(), two.is_empty());
    }

    /// The choices of a question; what is known is not offered.
    fn answers(&mut self, question: Question, about: Option<FlagId>, no_one: bool, no_two: bool) {
        let lists: &[u8] = match question {
            Question::List2 => &[2],
            Question::Which => &[1, 2],
            Question::Check
            | Question::Clarify
            | Question::StillThere
            | Question::Rest
            | Question::Released
            | Question::When
            | Question::Context
            | Question::LetGo3
            | Question::LetGo10
            | Question::PlanOffer
            | Question::WhatIf
            | Question::Sore => &[],
        };
        let signs: Vec<_> = lists.iter().flat_map(|list| self.open_signs(*list)).collect();
        for (flag, word) in signs {
            self.press(Choice::Sign(flag), &capital(&word));
        }
        let labels = &self.responses.question(question).choices;
        for answer in Answer::VARIANTS {
            let Some(label) = labels.get(answer.key()) else { continue };
            let left_out = match answer {
                Answer::List1 => no_one,
                Answer::List2 => no_two,
                _ => question == Question::Context && self.is_known(*answer),
            };
            if !left_out {
                let label = label.clone();
                self.press(Choice::Answer(question, *answer, about), &label);
            }
        }
    }

    fn is_known(&self, answer: Answer) -> bool {
        let flag = match answer {
            Answer::Minor => Flag::Child,
            Answer::Pregnant => Flag::Pregnancy,
            Answer::Medicine => Flag::Medication,
            Answer::Condition => Flag::Condition,
            Answer::Recurrent => Flag::Recurrent,
            Answer::ClotRisk => Flag::ClotRisk,
            _ => return false,
        };
        self.case.has(flag) || self.case.cleared.contains(flag)
    }

    /// The words of a check list that are still open.
    pub(super) fn list(&self, list: u8, last_link: &str) -> String {
        let words: Vec<String> = self.open_signs(list).into_iter().map(|(_, word)| word).collect();
        match words.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{}{last_link}{last}", rest.join(", ")),
            None => String::new(),
        }
    }

    pub(super) fn open_signs(&self, list: u8) -> Vec<(FlagId, String)> {
        let flags = triage::listed(self.responses).without(self.case.cleared);
        flags
            .iter()
            .filter_map(|id| {
                let (on, word) = self.responses.flag(id)?.on_list.clone()?;
                (on == list).then_some((id, word))
            })
            .collect()
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
