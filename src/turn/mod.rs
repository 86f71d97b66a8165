//! The whole flow on one page: an event and what is known, to the whole effect of it, as a value.

mod plan;
mod public;
mod refresh;
mod spoken;

use jiff::{SignedDuration, Timestamp};

use crate::message::{Address, Message};
use crate::plan::{Due, Outcome, Press as PlanPress, Reminder, What, Why};
use crate::reply::{Audience, PlanWords, Reply, ReplyKind, Sourced, Told, compose};
use crate::responses::Responses;
use crate::responses::plans::{RELIEF, StepText, When};
use crate::triage::{self, Case, Choice, Input, Move, Next, Stage, Timers};
use crate::understanding::{Attention, Understanding};
use crate::vocabulary::{Card, FlagSet, Manner, Timer, Urgency};

use refresh::{Back, CHECK_HOLDS, STALE, comes_back, gone_on, refreshed};

pub use crate::conversation::Conversation;
pub use crate::triage::Quiet;

/// Everything that can happen to a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody said something.
    Said(Message),
    /// Somebody pressed a choice.
    Pressed(Press),
    /// A reminder is due.
    Due(Due),
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
    /// Whether others read what is answered.
    pub in_public: bool,
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
            Self::Due(due) => due.reminder.to,
        }
    }

    /// The number of what was said or pressed, which tells it from every other.
    #[must_use]
    pub const fn number(&self) -> Option<u64> {
        match self {
            Self::Said(message) => Some(message.id),
            Self::Pressed(press) => Some(press.id),
            Self::Due(_) => None,
        }
    }

    /// Whether others read it, and what is answered.
    #[must_use]
    pub const fn is_public(&self) -> bool {
        match self {
            Self::Said(message) => message.in_public,
            Self::Pressed(press) => press.in_public,
            Self::Due(_) => false,
        }
    }

    /// When it happened; a timer of a cramp happens when it is due, a check-in when it is taken up.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        match self {
            Self::Said(message) => message.at,
            Self::Pressed(press) => press.at,
            Self::Due(due) if due.reminder.is_of_plan() => due.now,
            Self::Due(due) => due.reminder.due,
        }
    }
}

/// How long we keep quiet in a place after "not about me" (`club-rule`).
const QUIET: SignedDuration = SignedDuration::from_hours(12);

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
    /// Why a reminder that was due is not said.
    pub skipped: Option<Why>,
}

impl Turn {
    /// Nothing is said, and nothing changes.
    const fn silence(before: Conversation) -> Self {
        Self {
            next: before,
            replies: Vec::new(),
            reminders: Reminders::Keep,
            quiet: None,
            skipped: None,
        }
    }
}

/// What an event does. Pure: it may run again after a lost race.
#[must_use]
pub fn turn(responses: &Responses, before: Conversation, event: &Event) -> Turn {
    let before = before.renumbered(responses);
    // What was told privately is not gone on with where others read it.
    let shown = event.is_public() && before.in_private;
    let back = if shown { Back::No } else { comes_back(responses, &before, event) };
    let before = refreshed(responses, before, event);
    let (was_private, known) = (before.in_private, before.case.clone());
    let mut turn = gone_on(responses, before, back, event);
    let adds = !event.is_public() && turn.next.case != known;
    turn.next.in_private = (was_private || adds) && turn.next.case != Case::default();
    turn.next = turn.next.named(responses);
    turn
}

/// Whether a text that was only overheard may be about a leg or a cramp: a glance at its bytes, by
/// which most talk is passed over.
#[must_use]
pub fn may_be_for_us(responses: &Responses, text: &str) -> bool {
    responses.in_channels != Manner::Private || responses.phrases.may_pass(&responses.gate, text)
}

/// Whether a message can have any effect, whatever was said before it: what was only overheard and
/// is about no leg and no cramp has none.
#[must_use]
pub fn may_matter(responses: &Responses, message: &Message) -> bool {
    message.addressed
        || responses.in_channels != Manner::Private
        || Understanding::of(responses, &message.text, Attention::Overheard).is_relevant()
}

/// Whether what is said goes on with a conversation that is open, so that nobody hears us unasked.
#[must_use]
pub fn goes_on(responses: &Responses, before: &Conversation, event: &Event) -> bool {
    responses.in_channels != Manner::Private
        && is_open(&refreshed(responses, before.clone(), event), event.at())
}

/// The question that a conversation has come to, once more, in the same words; none where the next
/// word would begin a new case.
#[must_use]
pub fn asked(responses: &Responses, before: Conversation, now: Timestamp) -> Option<Reply> {
    let before = before.renumbered(responses);
    let over = before.last.is_some_and(|last| now.duration_since(last).abs() > STALE);
    let Stage::Asking(question, about) = before.stage else { return None };
    if over {
        return None;
    }
    let moves = vec![Move::Ask(question, about)];
    let next = Next { moves, ..Next::still(before.case, before.stage) };
    let told = Told { to: Audience::Person, from_timer: false, last: &before.sourced, now };
    compose(responses, &next, &PlanWords::default(), told).0
}

fn answered(responses: &Responses, mut before: Conversation, event: &Event) -> Turn {
    match event {
        Event::Said(message) => said(responses, before, message),
        Event::Pressed(press) => match PlanPress::read(&press.choice) {
            Some(act) => plan::pressed(responses, before, &act, event),
            None => match Choice::read(responses, &press.choice) {
                Ok(choice) => match plan::late_check(responses, &mut before, choice, press.at) {
                    Some(again) => plan::pressed(responses, before, &again, event),
                    None => step(responses, before, Input::Chose(choice), event, Audience::Person),
                },
                Err(_) => unknown(responses, before),
            },
        },
        Event::Due(due) => fell_due(responses, before, due, event),
    }
}

/// A reminder whose time has come.
fn fell_due(responses: &Responses, before: Conversation, due: &Due, event: &Event) -> Turn {
    match due.reminder.what {
        What::Timer(_) if due.reminder.run != i64::from(before.number) => Turn::silence(before),
        What::Timer(timer) if is_void(responses, timer, due) => Turn::silence(before),
        What::Timer(timer) => step(responses, before, Input::Due(timer), event, Audience::Person),
        What::CheckIn(..) | What::Forget => plan::fell_due(responses, before, due, event),
    }
}

fn said(responses: &Responses, mut before: Conversation, message: &Message) -> Turn {
    let private = responses.in_channels == Manner::Private;
    let open = !private && is_open(&before, message.at);
    let attention =
        if message.addressed || open { Attention::Addressed } else { Attention::Overheard };
    let mut understanding = Understanding::of(responses, &message.text, attention);
    if attention == Attention::Addressed {
        let signs = understanding.spoken_of();
        understanding = understanding.after(responses, spoken::before(responses, &before));
        if !signs.is_empty() {
            before.signs = signs;
        }
    }
    let emergency = understanding.urgency(responses) == Urgency::Emergency;
    let quiet = before.quiet_until.is_some_and(|until| message.at < until);
    let wanted = understanding.is_relevant() && (understanding.asked && !quiet || emergency);
    let mention = understanding.is_relevant() && !quiet && responses.offer_on_mention;
    let to = match attention {
        Attention::Overheard if !wanted && mention => Audience::Passers,
        Attention::Overheard if !wanted => return Turn::silence(before),
        Attention::Overheard if private => Audience::Channel,
        Attention::Overheard | Attention::Addressed => Audience::Person,
    };
    before.within = before.within.or(message.within);
    let event = Event::Said(message.clone());
    plan::takes_leave(&responses.talk, &before, message, &mut understanding);
    if message.in_public && before.in_private {
        return public::said(responses, before, message, &understanding, wanted);
    }
    let declined = || plan::declined(responses, &before, message, &understanding);
    if let Some(turn) = (to == Audience::Person).then(declined).flatten() {
        return turn;
    }
    let besides = || plan::asks_besides(responses, &before, message, &understanding);
    if let Some(turn) = (to == Audience::Person).then(besides).flatten() {
        return turn;
    }
    if let Some(turn) = plan::noted(responses, &mut before, message, &mut understanding, to) {
        return turn;
    }
    if let Some(choice) = plan::choice(responses, &mut before, message, to, &mut understanding) {
        return step(responses, before, Input::Chose(choice), &event, to);
    }
    if let Some(act) = plan::act(responses, &before, message, &understanding, to) {
        return plan::pressed(responses, before, &act, &event);
    }
    step(responses, before, Input::Heard(&understanding), &event, to)
}

/// Whether what is said next belongs to the conversation: while something is open, and for a while
/// after the advice.
fn is_open(before: &Conversation, at: Timestamp) -> bool {
    let just_now = || before.last.is_some_and(|last| at.duration_since(last) <= CHECK_HOLDS);
    before.is_open() || matches!(before.stage, Stage::Closed(_)) && just_now()
}

/// One step of the interview, put into words.
fn step(
    responses: &Responses,
    before: Conversation,
    input: Input<'_>,
    event: &Event,
    to: Audience,
) -> Turn {
    let mut kept = before;
    kept.case.plan.runs = kept.plan.is_some();
    if let (Input::Chose(Choice::Checked), Some(plan)) = (input, kept.plan.as_mut()) {
        plan.doctor_has_looked();
    }
    let (case, stage) = (std::mem::take(&mut kept.case), kept.stage);
    let mut next = triage::next(responses, case, stage, input, event.at());
    let outcome = plan::follow(responses, &mut kept, &next, event, to);
    if outcome.leads_on() && next.moves.is_empty() {
        return plan::leads_on(responses, kept, next, outcome, event);
    }
    plan::offer_longer(&mut next, &kept, &outcome);
    told(responses, kept, next, &outcome, event, to)
}

/// What is said, and what is kept.
fn told(
    responses: &Responses,
    mut kept: Conversation,
    mut next: Next,
    outcome: &Outcome,
    event: &Event,
    to: Audience,
) -> Turn {
    let from_timer = matches!(event, Event::Due(_));
    // Whoever has a plan and speaks to us is never left without a word.
    let nothing = next.moves.is_empty() && outcome.says.is_empty() && next.quiet.is_none();
    if nothing && !from_timer && to == Audience::Person && kept.plan.is_some() {
        next.moves.push(Move::Show(Card::PlanUnclear));
    }
    let words = PlanWords::of(responses, kept.plan.as_ref(), outcome);
    let told = Told { to, from_timer, last: &kept.sourced, now: event.at() };
    let (reply, sourced) = compose(responses, &next, &words, told);
    let reply = reply.filter(|reply| is_news(&mut kept, reply, &sourced, event, to));
    let reminders = match next.timers {
        Timers::Cancel => Reminders::Replace(Vec::new()),
        // Nobody asked to be looked after in front of others.
        Timers::Start if to == Audience::Person => {
            Reminders::Replace(relief_timers(responses, event, &next.case, kept.number))
        }
        Timers::Keep | Timers::Start => Reminders::Keep,
    };
    if outcome.over {
        kept.plan = None;
    }
    if !from_timer {
        kept.last = Some(event.at());
    }
    if next.quiet.is_some() {
        kept.quiet_until = event.at().checked_add(QUIET).ok();
    }
    kept.topic = spoken::topic(responses, &next.moves, kept.topic);
    if kept.topic.is_none() {
        kept.signs = FlagSet::default();
    } else {
        kept.earlier.clone_from(&kept.topic);
    }
    (kept.case, kept.stage, kept.sourced) = (next.case, next.stage, sourced);
    let replies = reply.into_iter().collect();
    Turn { next: kept, replies, reminders, quiet: next.quiet, skipped: outcome.skipped }
}

/// Whether a reply is one that a channel was not told lately about the same person.
fn is_news(
    kept: &mut Conversation,
    reply: &Reply,
    sourced: &[Sourced],
    event: &Event,
    to: Audience,
) -> bool {
    // Where each talk has a thread of its own, a new one is told to the channel too.
    let begins = matches!(event, Event::Said(message) if message.within.is_some());
    if to == Audience::Person && !begins {
        return true;
    }
    let news = !kept.was_told(sourced, reply.urgency, event.at());
    if news {
        kept.tell(sourced.to_vec(), event.at());
    }
    news
}

/// The timers of a cramp that is on, as their file has them. When it is too long counts from when it
/// began, where that was told; a moment is left to answer first.
fn relief_timers(responses: &Responses, event: &Event, case: &Case, number: u32) -> Vec<Reminder> {
    const A_MOMENT: SignedDuration = SignedDuration::from_mins(4);
    let gone = SignedDuration::from_mins(i64::from(case.minutes(event.at())));
    let steps = responses.plan(RELIEF).map_or(&[][..], |plan| &plan.steps);
    let reminder = |step: &StepText| {
        let When::After(length) = step.when else { return None };
        let (to, run) = (event.address(), i64::from(number));
        let timer = step.id.parse().ok()?;
        let length = match timer {
            Timer::LetGo15 => length.saturating_sub(gone).max(A_MOMENT.min(length)),
            Timer::LetGo3 | Timer::LetGo10 => length,
        };
        let due = event.at().checked_add(length).ok()?;
        Some(Reminder { to, due, what: What::Timer(timer), run })
    };
    steps.iter().filter_map(reminder).collect()
}

/// Whether it is too late for a timer: nobody wants to be asked hours later.
fn is_void(responses: &Responses, timer: Timer, due: &Due) -> bool {
    let step = responses.plan(RELIEF).and_then(|plan| plan.step(timer.id()));
    step.is_some_and(|step| due.now.duration_since(due.reminder.due) > step.grace)
}

/// A press that means nothing to this program changes nothing.
fn unknown(responses: &Responses, before: Conversation) -> Turn {
    let text = responses.card(Card::NotUnderstood).text.clone();
    let reply = Reply::new(ReplyKind::Notice, Urgency::None, text, Vec::new());
    Turn { replies: vec![reply], ..Turn::silence(before) }
}
