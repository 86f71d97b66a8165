//! The words of a plan: what its file says, with what can be pressed below.

use super::Choice as Pressable;
use super::compose::Composer;
use crate::plan::zone::Zone;
use crate::plan::{Outcome, Plan, Press, Row, RowStage, Saying, Timeline};
use crate::responses::plans::Answers;
use crate::responses::{PlanText, Responses, fixed};
use crate::triage::Choice;
use crate::vocabulary::{Card, Question};

/// What a plan adds to a reply.
#[derive(Clone, Debug, Default)]
pub struct PlanWords<'p> {
    /// What is said of it.
    pub says: &'p [Saying],
    /// Its file, while it is there.
    pub text: Option<&'p PlanText>,
    /// Whether it promises that what is to come is said directly.
    pub directly: bool,
}

impl<'p> PlanWords<'p> {
    /// The words of an outcome.
    #[must_use]
    pub fn of(responses: &'p Responses, plan: Option<&Plan>, outcome: &'p Outcome) -> Self {
        let text = plan.and_then(|plan| responses.plan(&plan.name));
        Self { says: &outcome.says, text, directly: outcome.directly }
    }
}

impl Composer<'_> {
    pub(super) fn saying(&mut self, words: &PlanWords<'_>, saying: &Saying) {
        match saying {
            Saying::Text(text) => {
                let text = self.fill(text, &[]);
                self.parts.push(text);
            }
            Saying::Card(card, values) => {
                let values: Vec<(&str, &str)> =
                    values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                self.plan_card(*card, &values);
            }
            Saying::Begun(coming, quiet) => self.begun(coming, quiet),
            Saying::Ask(step, time, question) => self.plan_question(words, step, *time, question),
            Saying::Buttons(keys) => self.buttons(keys),
            Saying::AskWhen(keys) => {
                let text = self.responses.question(Question::Reminder).text.clone();
                self.parts.push(text);
                self.buttons(keys);
            }
            Saying::Checked => self.press(Choice::Checked, fixed::CHECKED),
            Saying::Timeline(timeline) => self.timeline(timeline),
            Saying::Offers => self.offers(words),
            Saying::Zone => self.zone(),
            Saying::Zones(zones) => self.zones(zones),
        }
    }

    /// A card whose `by` or `state` is one of its own words.
    fn plan_card(&mut self, card: Card, values: &[(&str, &str)]) {
        let own = |name: &str, key: &str| {
            let has = card.parts().iter().any(|part| part.0 == name && part.1.contains(&key));
            has.then(|| self.part(card, name, key))
        };
        let told: Vec<(&str, String)> = values
            .iter()
            .map(|(name, value)| (*name, own(name, value).unwrap_or_else(|| (*value).to_owned())))
            .collect();
        let values: Vec<(&str, &str)> =
            told.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.card(card, &values);
    }

    fn plan_question(&mut self, words: &PlanWords<'_>, step: &str, time: u16, question: &str) {
        let Some(asked) = words.text.and_then(|text| text.questions.get(question)) else { return };
        let text = self.fill(&asked.text, &[]);
        self.parts.push(text);
        let numbers = |most: u8| (0..=most).map(|n| (n.to_string(), n.to_string())).collect();
        let answers: Vec<(String, String)> = match &asked.answers {
            Answers::Choices(choices) => choices.clone(),
            Answers::UpTo(most) => numbers(*most),
        };
        for (key, label) in answers {
            let press = Press::Answer(step.to_owned(), time, question.to_owned(), key);
            self.choices.push(Pressable { id: press.id(), label });
        }
    }

    fn buttons(&mut self, keys: &[&str]) {
        let labels = &self.responses.question(Question::Reminder).choices;
        for key in keys {
            if let (Some(press), Some(label)) = (Press::of_key(key), labels.get(*key)) {
                self.choices.push(Pressable { id: press.id(), label: label.clone() });
            }
        }
    }

    /// Steps that somebody may ask for themselves.
    fn offers(&mut self, words: &PlanWords<'_>) {
        let steps = words.text.into_iter().flat_map(|text| &text.steps);
        for step in steps {
            if let Some(label) = &step.offer {
                let id = Press::Begin(step.id.clone()).id();
                self.choices.push(Pressable { id, label: label.clone() });
            }
        }
    }

    /// Whether the club's zone is theirs too.
    fn zone(&mut self) {
        let zone = Zone::shown(&self.responses.zone);
        let text = self.responses.question(Question::Zone).text.clone();
        let text = self.fill(&text, &[("zone", &zone)]);
        self.parts.push(text);
        let labels = self.responses.question(Question::Zone).choices.clone();
        let presses =
            [("right", Press::Zone(self.responses.zone.clone())), ("other", Press::Zones)];
        for (key, press) in presses {
            if let Some(label) = labels.get(key) {
                self.choices.push(Pressable { id: press.id(), label: label.clone() });
            }
        }
    }

    /// Zones to pick from.
    fn zones(&mut self, zones: &[String]) {
        self.plan_card(Card::PlanZones, &[]);
        for zone in zones {
            let label = zone.replace('_', " ");
            self.choices.push(Pressable { id: Press::Zone(zone.clone()).id(), label });
        }
    }

    /// A plan that begins, with its times; those that were moved say so.
    fn begun(&mut self, coming: &Timeline, quiet: &str) {
        let line = |row: &Row| {
            let at = crate::timestamps::mark(row.at, &coming.zone);
            let moved = if row.stage == RowStage::Moved {
                format!(" ({})", self.part(Card::PlanBegun, "row", "moved"))
            } else {
                String::new()
            };
            format!("- {at}: {}{moved}", row.label)
        };
        let rows = coming.rows.iter().map(line).collect::<Vec<_>>().join("\n");
        let rows = if rows.is_empty() { self.part(Card::PlanBegun, "row", "none") } else { rows };
        let values = [("plan", coming.name.as_str()), ("quiet", quiet), ("rows", &rows)];
        self.card(Card::PlanBegun, &values);
    }

    fn timeline(&mut self, timeline: &Timeline) {
        let state = self.part(Card::PlanStatus, "state", &timeline.state);
        let rows: Vec<String> = timeline.rows.iter().map(|row| self.row(timeline, row)).collect();
        let rows = if rows.is_empty() { "-".to_owned() } else { rows.join("\n") };
        let values = [("plan", timeline.name.as_str()), ("state", &state), ("rows", &rows)];
        self.card(Card::PlanStatus, &values);
        let mut shown = Timeline { state, ..timeline.clone() };
        for row in &mut shown.rows {
            row.word = self.word(row);
        }
        self.timeline = Some(shown);
    }

    /// How far a line is, in the words of the card.
    fn word(&self, row: &Row) -> String {
        self.part(Card::PlanStatus, "stage", row.stage.into())
    }

    fn row(&self, timeline: &Timeline, row: &Row) -> String {
        let stage = self.word(row);
        let at = crate::timestamps::mark(row.at, &timeline.zone);
        format!("- {stage}: {} ({at})", row.label)
    }
}
