//! The whole flow on one page: an event and what is known, to the whole effect of it, as a value.

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::message::{Address, Message};
use crate::plan::{Reminder, Step};
use crate::reply::{Reply, ReplyKind, Sourced, compose};
use crate::responses::Responses;
use crate::triage::{self, Case, Choice, Input, Stage, Timers};
use crate::understanding::{Attention, Understanding};
use crate::vocabulary::{Card, Urgency};

/// Everything that can happen to a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody said something.
    Said(Message),
    /// Somebody pressed a choice.
    Pressed(Press),
    /// A reminder is due.
    Due(Reminder),
}

/// A choice that was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// The number that tells this press from every other.
    pub id: u64,
    /// Who pressed where.
    pub from: Address,
    /// The choice's id.
    pub choice: String,
    /// When.
    pub at: Timestamp,
}

impl Event {
    /// Whose conversation it belongs to.
    #[must_use]
    pub const fn address(&self) -> Address {
        match self {
            Self::Said(message) => message.from,
            Self::Pressed(press) => press.from,
            Self::Due(reminder) => reminder.to,
        }
    }

    /// When it happened; a reminder happens when it is due.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        match self {
            Self::Said(message) => message.at,
            Self::Pressed(press) => press.at,
            Self::Due(reminder) => reminder.due,
        }
    }
}

/// How long a case stays open without a word; after that a message begins a new one
/// (`club-rule`).
const STALE: SignedDuration = SignedDuration::from_hours(12);

/// How long the answers on danger signs hold once the advice was given (`club-rule`).
const CHECK_HOLDS: SignedDuration = SignedDuration::from_mins(30);

/// All that is kept of one conversation. No message text is in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conversation {
    /// What is known of the cramp in question.
    pub case: Case,
    /// Where the interview is.
    pub stage: Stage,
    /// The number of the case: reminders and choices of an earlier one are void.
    pub number: u32,
    /// What the last answer rests on, for "says who?".
    pub sourced: Vec<Sourced>,
    /// When something was last said.
    pub last: Option<Timestamp>,
}

/// What becomes of a conversation's reminders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reminders {
    /// Nothing changes.
    Keep,
    /// These take the place of all that are still to come.
    Replace(Vec<Reminder>),
}

/// The whole effect of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// What is to be kept.
    pub next: Conversation,
    /// What is to be said.
    pub replies: Vec<Reply>,
    /// What becomes of the reminders.
    pub reminders: Reminders,
}

/// What an event does. Pure: it may run again after a lost race.
#[must_use]
pub fn turn(responses: &Responses, before: Conversation, event: &Event) -> Turn {
    let before = refreshed(responses, before, event);
    match event {
        Event::Said(message) => said(responses, before, message),
        Event::Pressed(press) => match press.choice.parse::<Choice>() {
            Ok(choice) => step(responses, before, Input::Chose(choice), event),
            Err(_) => unknown(responses, before),
        },
        Event::Due(reminder) if reminder.case != before.number => {
            Turn { next: before, replies: Vec::new(), reminders: Reminders::Keep }
        }
        Event::Due(reminder) => step(responses, before, Input::Due(reminder.step), event),
    }
}

fn said(responses: &Responses, before: Conversation, message: &Message) -> Turn {
    let open = before.stage != Stage::Idle;
    let attention =
        if message.addressed || open { Attention::Addressed } else { Attention::Overheard };
    let understanding = Understanding::of(responses, &message.text, attention);
    let emergency = understanding.urgency(responses) == Urgency::Emergency;
    let wanted = understanding.is_relevant() && (understanding.asked || emergency);
    if attention == Attention::Overheard && !wanted {
        return Turn { next: before, replies: Vec::new(), reminders: Reminders::Keep };
    }
    let event = Event::Said(message.clone());
    step(responses, before, Input::Heard(&understanding), &event)
}

/// One step of the interview, put into words.
fn step(responses: &Responses, before: Conversation, input: Input<'_>, event: &Event) -> Turn {
    let Conversation { case, stage, number, sourced, .. } = before;
    let next = triage::next(responses, case, stage, input, event.at());
    let from_timer = matches!(event, Event::Due(_));
    let (reply, sourced) = compose(responses, &next, from_timer, &sourced);
    let reminders = match next.timers {
        Timers::Keep => Reminders::Keep,
        Timers::Cancel => Reminders::Replace(Vec::new()),
        Timers::Start => Reminders::Replace(relief_timers(event, number)),
    };
    let last = if from_timer { before.last } else { Some(event.at()) };
    Turn {
        next: Conversation { case: next.case, stage: next.stage, number, sourced, last },
        replies: reply.into_iter().collect(),
        reminders,
    }
}

/// The timers of a cramp that is on: 3, 10 and 15 minutes (`nhs-cramp-10min`, `club-rule`).
fn relief_timers(event: &Event, case: u32) -> Vec<Reminder> {
    let steps = [(Step::LetGo3, 3), (Step::LetGo10, 10), (Step::LetGo15, 15)];
    let reminder = |(step, minutes)| {
        let due = event.at().checked_add(SignedDuration::from_mins(minutes)).ok()?;
        Some(Reminder { to: event.address(), due, step, case })
    };
    steps.into_iter().filter_map(reminder).collect()
}

/// A case that lay still for hours is over; the next word begins a new one. After advice the danger
/// signs are asked for again as soon as some time went by, as things change.
fn refreshed(responses: &Responses, mut conversation: Conversation, event: &Event) -> Conversation {
    let still = conversation.last.map(|last| event.at().duration_since(last));
    // "A doctor has checked it" comes a day later; it begins the check anew by itself.
    let checked = matches!(event, Event::Pressed(press) if is_checked(press));
    let Some(still) = still.filter(|_| !checked && !matches!(event, Event::Due(_))) else {
        return conversation;
    };
    if still > STALE {
        conversation.case = Case::default();
        conversation.stage = Stage::Idle;
        conversation.number += 1;
    } else if still > CHECK_HOLDS && conversation.stage == Stage::Closed(Urgency::SelfCare) {
        conversation.case.reopen(responses);
    }
    conversation
}

fn is_checked(press: &Press) -> bool {
    press.choice.parse() == Ok(Choice::Checked)
}

/// A press that means nothing to this program changes nothing.
fn unknown(responses: &Responses, before: Conversation) -> Turn {
    let text = responses.card(Card::NotUnderstood).text.clone();
    let reply =
        Reply { kind: ReplyKind::Notice, urgency: Urgency::None, text, choices: Vec::new() };
    Turn { next: before, replies: vec![reply], reminders: Reminders::Keep }
}

impl Conversation {
    /// What is known, in plain lines, for the person it is about.
    #[must_use]
    pub fn describe(&self, responses: &Responses) -> String {
        let mut out = String::new();
        let case = &self.case;
        let names = |flags: crate::vocabulary::FlagSet| {
            let names = flags.iter().filter_map(|flag| responses.flag(flag));
            names.map(|flag| flag.name.clone()).collect::<Vec<_>>().join(", ")
        };
        let mut line = |name: &str, value: String| {
            if !value.is_empty() {
                let _ = writeln!(out, "{name:<12}{value}");
            }
        };
        line("stage", format!("{:?}", self.stage));
        line("signs", names(case.flags));
        line("said no to", names(case.cleared));
        line("to be asked", names(case.unsure));
        line("setting", case.setting.to_string());
        line("muscle", case.muscle.map_or_else(String::new, |muscle| muscle.to_string()));
        line("now", case.now.map_or_else(String::new, |now| now.to_string()));
        line("age", case.age.map_or_else(String::new, |age| age.to_string()));
        let facts: Vec<&str> = case.facts.iter().map(crate::vocabulary::Fact::id).collect();
        line("facts", facts.join(", "));
        out
    }
}
