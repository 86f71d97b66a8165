//! The whole flow on one page: an event and what is known, to the whole effect of it, as a value.

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::message::{Address, Message};
use crate::plan::{Reminder, Step};
use crate::reply::{Audience, Reply, ReplyKind, Sourced, compose};
use crate::responses::Responses;
use crate::triage::{self, Case, Choice, Input, Stage, Timers};
use crate::understanding::{Attention, Understanding};
use crate::vocabulary::{Card, Manner, Urgency};

pub use crate::triage::Quiet;

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

/// How long we keep quiet in a place after "not about me" (`club-rule`).
const QUIET: SignedDuration = SignedDuration::from_hours(12);

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
    /// Until when we keep quiet here about what is not said to us.
    pub quiet_until: Option<Timestamp>,
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
    /// Whether the person wants to be left alone: what was said to the channel is taken back.
    pub quiet: Option<Quiet>,
}

impl Turn {
    /// Nothing is said, and nothing changes.
    const fn silence(before: Conversation) -> Self {
        Self { next: before, replies: Vec::new(), reminders: Reminders::Keep, quiet: None }
    }
}

/// What an event does. Pure: it may run again after a lost race.
#[must_use]
pub fn turn(responses: &Responses, before: Conversation, event: &Event) -> Turn {
    let before = refreshed(responses, before, event);
    match event {
        Event::Said(message) => said(responses, before, message),
        Event::Pressed(press) => match press.choice.parse::<Choice>() {
            Ok(choice) => step(responses, before, Input::Chose(choice), event, Audience::Person),
            Err(_) => unknown(responses, before),
        },
        Event::Due(reminder) if reminder.case != before.number => Turn::silence(before),
        Event::Due(reminder) => {
            step(responses, before, Input::Due(reminder.step), event, Audience::Person)
        }
    }
}

fn said(responses: &Responses, before: Conversation, message: &Message) -> Turn {
    let private = responses.in_channels == Manner::Private;
    let open = !private && is_open(&before, message.at);
    let attention =
        if message.addressed || open { Attention::Addressed } else { Attention::Overheard };
    let understanding = Understanding::of(responses, &message.text, attention);
    let emergency = understanding.urgency(responses) == Urgency::Emergency;
    let quiet = before.quiet_until.is_some_and(|until| message.at < until);
    let wanted = understanding.is_relevant() && (understanding.asked && !quiet || emergency);
    if attention == Attention::Overheard && !wanted {
        return Turn::silence(before);
    }
    let event = Event::Said(message.clone());
    let to = if message.addressed || !private { Audience::Person } else { Audience::Channel };
    step(responses, before, Input::Heard(&understanding), &event, to)
}

/// Whether what is said next belongs to the conversation: while something is open, and for a while
/// after the advice.
fn is_open(before: &Conversation, at: Timestamp) -> bool {
    let just_now = before.last.is_some_and(|last| at.duration_since(last) <= CHECK_HOLDS);
    match before.stage {
        Stage::Idle => false,
        Stage::Closed(level) if level < Urgency::Urgent => just_now,
        Stage::Asking(..) | Stage::Waiting | Stage::Closed(_) => true,
    }
}

/// One step of the interview, put into words.
fn step(
    responses: &Responses,
    before: Conversation,
    input: Input<'_>,
    event: &Event,
    to: Audience,
) -> Turn {
    let Conversation { case, stage, number, sourced, quiet_until, .. } = before;
    let next = triage::next(responses, case, stage, input, event.at());
    let from_timer = matches!(event, Event::Due(_));
    let (reply, sourced) = compose(responses, &next, to, from_timer, &sourced);
    let reminders = match next.timers {
        Timers::Cancel => Reminders::Replace(Vec::new()),
        // Nobody asked to be looked after in front of others.
        Timers::Start if to == Audience::Person => Reminders::Replace(relief_timers(event, number)),
        Timers::Keep | Timers::Start => Reminders::Keep,
    };
    let last = if from_timer { before.last } else { Some(event.at()) };
    let quiet_until = match next.quiet {
        Some(_) => event.at().checked_add(QUIET).ok(),
        None => quiet_until,
    };
    let (case, stage) = (next.case, next.stage);
    Turn {
        next: Conversation { case, stage, number, sourced, last, quiet_until },
        replies: reply.into_iter().collect(),
        reminders,
        quiet: next.quiet,
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
    Turn { replies: vec![reply], ..Turn::silence(before) }
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
