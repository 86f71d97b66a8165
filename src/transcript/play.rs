//! One conversation being played, on a clock that only moves when it is told to.

use std::collections::BTreeSet;
use std::mem;

use jiff::{Span, Timestamp};

use super::Step;
use crate::input_line::{self, InputLine};
use crate::message::{Address, Message, PersonId, PlaceId};
use crate::plan::{Due, Plan, Reminder};
use crate::reply::{Choice, Reply};
use crate::responses::Responses;
use crate::turn::{Conversation, Event, Press, Reminders, turn};

/// When every conversation begins: Saturday, 6 June 2026, 10:00.
pub const BEGIN: Timestamp = Timestamp::constant(1_780_740_000, 0);

/// Who talks, and where.
const MEMBER: Address = Address { person: PersonId(1), place: PlaceId(1) };

/// Why a step cannot be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPlayed {
    /// What is wrong: lower case, no full stop.
    pub why: String,
    /// What to do about it.
    pub remedy: &'static str,
}

/// A member and Charley, in memory.
#[derive(Debug)]
pub struct Play<'r> {
    responses: &'r Responses,
    conversation: Conversation,
    timers: Vec<Reminder>,
    /// Reminders of a plan that were taken up; each comes once.
    taken: BTreeSet<Reminder>,
    choices: Vec<Choice>,
    now: Timestamp,
    events: u64,
}

impl<'r> Play<'r> {
    /// Somebody who never talked with Charley.
    #[must_use]
    pub fn new(responses: &'r Responses) -> Self {
        Self {
            responses,
            conversation: Conversation::default(),
            timers: Vec::new(),
            taken: BTreeSet::new(),
            choices: Vec::new(),
            now: BEGIN,
            events: 0,
        }
    }

    /// What is known by now.
    #[must_use]
    pub fn conversation(&self) -> &Conversation {
        &self.conversation
    }

    /// What Charley says to a step, in order.
    ///
    /// # Errors
    /// That it presses what is not on offer, or cannot be said.
    pub fn answer(&mut self, step: &Step) -> Result<Vec<Reply>, NotPlayed> {
        let replies = match InputLine::piped(&step.input, &self.choices) {
            InputLine::Say(text) => self.say(text, !step.overheard),
            InputLine::Press(choice) => self.press(choice.id),
            InputLine::Move(span) => self.go_on(span)?,
            InputLine::NotOnOffer(_) => return Err(self.not_on_offer(&step.input)),
            InputLine::Refused(why) => {
                let remedy = "say it in less, or in another way";
                return Err(NotPlayed { why: format!("it cannot be said: {why}"), remedy });
            }
            InputLine::Blank | InputLine::Command(_) => Vec::new(),
        };
        let choices: Vec<Choice> =
            replies.iter().flat_map(|reply| reply.choices.iter().cloned()).collect();
        if !choices.is_empty() {
            self.choices = choices;
        }
        Ok(replies)
    }

    fn not_on_offer(&self, label: &str) -> NotPlayed {
        let offered: Vec<String> =
            self.choices.iter().map(|choice| format!("[{}]", choice.label)).collect();
        let offered = match offered.as_slice() {
            [] => "nothing is".to_owned(),
            some => format!("these are: {}", some.join(" ")),
        };
        let why = format!("`{label}` is not on offer here, {offered}");
        NotPlayed { why, remedy: "press what is on offer, by its whole label or how it begins" }
    }

    fn say(&mut self, text: String, addressed: bool) -> Vec<Reply> {
        let id = self.next_event();
        self.happen(&Event::Said(Message {
            id,
            from: MEMBER,
            text,
            at: self.now,
            addressed,
            in_public: !addressed,
            within: None,
        }))
    }

    fn press(&mut self, choice: String) -> Vec<Reply> {
        let id = self.next_event();
        self.happen(&Event::Pressed(Press {
            id,
            from: MEMBER,
            choice,
            at: self.now,
            in_public: false,
        }))
    }

    /// Moves the clock; what falls due on the way happens at its own time.
    fn go_on(&mut self, span: Span) -> Result<Vec<Reply>, NotPlayed> {
        let then = input_line::later(self.now, span).ok_or_else(|| NotPlayed {
            why: "the clock cannot go on that far".to_owned(),
            remedy: "let less time pass",
        })?;
        let mut replies = Vec::new();
        while let Some(reminder) = self.next_due(then) {
            let now = self.now.max(reminder.due);
            self.now = now;
            replies.extend(self.happen(&Event::Due(Due { reminder, now })));
        }
        self.now = then;
        Ok(replies)
    }

    /// Takes the earliest reminder that is due by then.
    fn next_due(&mut self, then: Timestamp) -> Option<Reminder> {
        let plan = self.conversation.plan.iter().flat_map(Plan::reminders);
        let open = self.timers.iter().cloned().chain(plan);
        let due = open.filter(|one| one.due <= then && !self.taken.contains(one));
        let next = due.min_by_key(|one| one.due)?;
        self.timers.retain(|timer| *timer != next);
        self.taken.insert(next.clone());
        Some(next)
    }

    fn happen(&mut self, event: &Event) -> Vec<Reply> {
        let turn = turn(self.responses, mem::take(&mut self.conversation), event);
        self.conversation = turn.next;
        if let Reminders::Replace(reminders) = turn.reminders {
            self.timers = reminders;
        }
        turn.replies
    }

    fn next_event(&mut self) -> u64 {
        self.events += 1;
        self.events
    }
}
