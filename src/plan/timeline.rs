//! A plan as it is shown: what is done, what is now, what comes next; and what a doctor may want to
//! see of it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CheckIn, Paused, Plan, Progress, Saying, State, Why};
use crate::responses::PlanText;
use crate::vocabulary::Card;

/// One line of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// How far it is.
    pub stage: RowStage,
    /// The word for that; in a plan its key is enough.
    #[serde(default)]
    pub word: String,
    /// What it is.
    pub label: String,
    /// When it was, or will be.
    pub at: Timestamp,
}

/// How far a line of a timeline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RowStage {
    /// It was answered.
    Done,
    /// It waits for an answer.
    Now,
    /// It is still to come.
    Next,
    /// It is still to come, and later than it would be, because of quiet hours.
    Moved,
    /// It was left out.
    LeftOut,
}

/// A plan as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    /// What the plan is called.
    pub name: String,
    /// Whether it runs, or why it rests: the key of the card's words, and in a reply those words.
    pub state: String,
    /// The zone in which its times are shown.
    pub zone: String,
    /// Its lines, by time.
    pub rows: Vec<Row>,
}

/// More lines than a phone shows at once are not shown.
const MOST_ROWS: usize = 14;

impl Plan {
    /// The plan as it is shown.
    pub(super) fn timeline(&self, text: &PlanText, now: Timestamp) -> Timeline {
        let state = match self.state {
            State::Running => "running",
            State::Paused(why) => <&str>::from(why),
        };
        let mut rows: Vec<Row> =
            self.check_ins.iter().filter_map(|one| self.row(text, one)).collect();
        let past = rows.iter().filter(|row| row.at <= now).count();
        let surplus = rows.len().saturating_sub(MOST_ROWS).min(past);
        rows.drain(..surplus);
        rows.truncate(MOST_ROWS);
        let zone = self.habits.zone.clone();
        Timeline { name: text.name.clone(), state: state.to_owned(), zone, rows }
    }

    /// The line of a check-in. Of a step that comes again and again only what is now and next is
    /// shown; what was put off is shown where it comes.
    fn row(&self, text: &PlanText, one: &CheckIn) -> Option<Row> {
        let step = text.step(&one.step)?;
        let (stage, at) = match one.progress {
            Progress::Planned if one.moved => (RowStage::Moved, one.due),
            Progress::Planned => (RowStage::Next, one.due),
            Progress::Said(at) => (self.is_open(one).then_some(RowStage::Now)?, at),
            Progress::Answered(at) => (RowStage::Done, at),
            Progress::Skipped(Why::Moved) => return None,
            // It is dated anew, and shown there.
            Progress::Skipped(Why::NotNeeded | Why::Overtaken) if self.comes_later(one) => {
                return None;
            }
            Progress::Skipped(_) => (RowStage::LeftOut, one.due),
        };
        let past = matches!(stage, RowStage::Done | RowStage::LeftOut);
        if past && step.recurs() {
            return None;
        }
        let label =
            if step.label.is_empty() { one.step.replace('_', " ") } else { step.label.clone() };
        Some(Row { stage, word: String::new(), label, at })
    }

    fn comes_later(&self, one: &CheckIn) -> bool {
        let later = |other: &CheckIn| other.step == one.step && other.time > one.time;
        self.check_ins.iter().any(later) || one.due < self.cramp
    }

    fn is_open(&self, one: &CheckIn) -> bool {
        let open = self.open.as_ref();
        open.is_some_and(|open| open.step == one.step && open.time == one.time)
    }

    /// What comes.
    pub(super) fn to_come(&self, text: &PlanText) -> Timeline {
        let coming = self.check_ins.iter().filter(|one| one.is_planned());
        let rows = coming.filter_map(|one| self.row(text, one)).collect();
        let (name, zone) = (text.name.clone(), self.habits.zone.clone());
        Timeline { name, state: "running".to_owned(), zone, rows }
    }

    /// What to show a doctor: when it began, how often it cramped, and the numbers given.
    pub(super) fn summary(&self, text: &PlanText) -> Saying {
        let names: BTreeSet<&String> = self.earlier.keys().chain(self.numbers.keys()).collect();
        let numbers = names.into_iter().map(|name| {
            let given = [&self.earlier, &self.numbers].into_iter().filter_map(|all| all.get(name));
            let given = given.flatten().map(u8::to_string).collect::<Vec<_>>().join(", ");
            format!("- {}: {given}", name.replace('_', " "))
        });
        let done =
            self.check_ins.iter().filter(|one| matches!(one.progress, Progress::Answered(_)));
        let done = done.filter_map(|one| {
            let step = text.step(&one.step).filter(|step| !step.recurs())?;
            let Progress::Answered(at) = one.progress else { return None };
            Some(format!("- {}: {}", self.mark_of(at), step.label))
        });
        let rows = numbers.chain(done).collect::<Vec<_>>().join("\n");
        let values = vec![
            ("plan", text.name.clone()),
            ("began", self.mark_of(self.cramp)),
            ("cramps", (u32::from(self.cramps) + 1).to_string()),
            ("rows", if rows.is_empty() { "-".to_owned() } else { rows }),
        ];
        Saying::Card(Card::PlanSummary, values)
    }
}

impl Paused {
    /// The key of its words.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.into()
    }
}
