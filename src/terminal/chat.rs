//! One person's chat with Charley: what a line does, wherever it came from and is shown.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use jiff::{SignedDuration, Span, Timestamp, Unit};

use crate::bot::Bot;
use crate::clock::Clock;
use crate::courier::{Outgoing, OutgoingId, Route};
use crate::line::{self, Line};
use crate::message::{Address, Message, PlaceId};
use crate::reply::{Choice, Reply, ReplyKind};
use crate::scheduler::catch_up;
use crate::turn::{Conversation, Event, Press};
use crate::vocabulary::Urgency;

/// Whoever sits at the terminal, where they sit.
const YOU: Address = Address { person: Route::AT_THE_TERMINAL, place: PlaceId(0) };

/// By how much the clock was moved.
const MOVED: &str = "terminal.clock";

/// What was last on offer.
const CHOICES: &str = "terminal.choices";

/// What one may look up about the chat, in the words of the core.
pub struct Lookup {
    /// How a text is understood.
    pub why: Box<dyn Fn(&str) -> String>,
    /// What is known in a conversation.
    pub case: Box<dyn Fn(&Conversation) -> String>,
    /// What became of a change of the response files, if there was one since the last look.
    pub news: Box<dyn FnMut() -> Option<String>>,
}

/// What is to be shown; it counts as said once it was.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// In order.
    pub(super) replies: Vec<Reply>,
    unsettled: Vec<OutgoingId>,
}

impl Answer {
    fn add(&mut self, outgoing: Vec<Outgoing>) {
        self.unsettled.extend(outgoing.iter().map(|outgoing| outgoing.id));
        self.replies.extend(outgoing.into_iter().map(|outgoing| outgoing.reply));
    }

    fn notice(&mut self, text: String, choices: Vec<Choice>) {
        let (kind, urgency) = (ReplyKind::Notice, Urgency::None);
        self.replies.push(Reply::new(kind, urgency, text, choices));
    }
}

/// A chat on a clock that can be moved.
pub struct Chat {
    bot: Arc<Bot>,
    clock: Clock,
    lookup: Lookup,
    choices: Vec<Choice>,
    said: Option<String>,
    event: u64,
}

impl Chat {
    /// Goes on where the last chat in this database ended.
    ///
    /// # Errors
    /// What the store says.
    pub async fn open(bot: Arc<Bot>, clock: Clock, lookup: Lookup) -> anyhow::Result<Self> {
        let choices = bot.recall(CHOICES).await?.unwrap_or_default();
        let choices = serde_json::from_str(&choices).unwrap_or_default();
        Ok(Self { bot, clock, lookup, choices, said: None, event: 0 })
    }

    /// Forgets what was said before, and goes back to the real time.
    ///
    /// # Errors
    /// What the store says.
    pub async fn start_afresh(&mut self) -> anyhow::Result<()> {
        self.bot.forget(YOU.person).await?;
        self.bot.remember(MOVED, &SignedDuration::ZERO.to_string()).await?;
        self.offer(Vec::new()).await
    }

    /// What is on offer.
    pub(super) fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// The time, as moved, in whole milliseconds as chat services have it.
    pub(super) async fn now(&self) -> anyhow::Result<Timestamp> {
        let now = self.clock.now().round(Unit::Millisecond)?;
        Ok(now.checked_add(self.moved().await?)?)
    }

    /// By how much the clock was moved, also by another terminal.
    async fn moved(&self) -> anyhow::Result<SignedDuration> {
        let moved = self.bot.recall(MOVED).await?;
        Ok(moved.and_then(|moved| moved.parse().ok()).unwrap_or_default())
    }

    /// How long it really takes until the clock, as moved, shows this.
    pub(super) async fn until(&self, then: Timestamp) -> anyhow::Result<Duration> {
        let unmoved = then.checked_sub(self.moved().await?).unwrap_or(Timestamp::MIN);
        Ok(self.clock.until(unmoved))
    }

    /// What a line brings about; before it, what fell due meanwhile.
    pub(super) async fn answer(&mut self, line: Line) -> anyhow::Result<Answer> {
        let mut answer = self.fallen_due().await?.0;
        match line {
            Line::Say(text) => answer.add(self.say(text).await?),
            Line::Press(choice) => answer.add(self.press(choice).await?),
            Line::Move(span) => self.go_on(span, &mut answer).await?,
            Line::NotOnOffer(why) => answer.notice(why, self.choices.clone()),
            Line::Refused(why) => answer.notice(why, Vec::new()),
            Line::Blank | Line::Command(_) => {}
        }
        Ok(answer)
    }

    /// What fell due up to now, and when there will be more.
    pub(super) async fn fallen_due(&self) -> anyhow::Result<(Answer, Option<Timestamp>)> {
        let (outgoing, next) = catch_up(&self.bot, Route::Terminal, self.now().await?).await?;
        let mut answer = Answer::default();
        answer.add(outgoing);
        Ok((answer, next))
    }

    async fn say(&mut self, text: String) -> anyhow::Result<Vec<Outgoing>> {
        let at = self.now().await?;
        let id = self.next_event();
        let message = Message { id, from: YOU, text: text.clone(), at, addressed: true };
        self.said = Some(text);
        Ok(self.bot.handle(&Event::Said(message), at).await?)
    }

    async fn press(&mut self, choice: Choice) -> anyhow::Result<Vec<Outgoing>> {
        let at = self.now().await?;
        let press = Press { id: self.next_event(), from: YOU, choice: choice.id, at };
        Ok(self.bot.handle(&Event::Pressed(press), at).await?)
    }

    /// Moves the clock; what falls due on the way happens at its own time.
    async fn go_on(&mut self, span: Span, answer: &mut Answer) -> anyhow::Result<()> {
        let now = self.now().await?;
        let then = line::later(now, span).filter(|then| then.checked_add(TEN_YEARS).is_ok());
        let Some(further) = then.map(|then| then.duration_since(now)) else {
            answer.notice("The clock cannot go on that far.".to_owned(), Vec::new());
            return Ok(());
        };
        let moved =
            self.moved().await?.checked_add(further).context("the clock was moved too far")?;
        self.bot.remember(MOVED, &moved.to_string()).await?;
        answer.add(catch_up(&self.bot, Route::Terminal, self.now().await?).await?.0);
        Ok(())
    }

    /// The answer was shown: it is not shown again, and its choices are on offer.
    pub(super) async fn shown(&mut self, answer: &Answer) -> anyhow::Result<()> {
        let choices: Vec<Choice> =
            answer.replies.iter().flat_map(|reply| reply.choices.iter().cloned()).collect();
        if !choices.is_empty() && choices != self.choices {
            self.offer(choices).await?;
        }
        if !answer.unsettled.is_empty() {
            self.bot.settle(&answer.unsettled).await?;
        }
        Ok(())
    }

    async fn offer(&mut self, choices: Vec<Choice>) -> anyhow::Result<()> {
        self.bot.remember(CHOICES, &serde_json::to_string(&choices)?).await?;
        self.choices = choices;
        Ok(())
    }

    /// What became of a change of the response files, told once.
    pub(super) fn news(&mut self) -> Option<String> {
        (self.lookup.news)()
    }

    /// How the last message was understood; its text is in memory only.
    pub(super) fn why(&self) -> String {
        let nothing = || "Nothing was said yet since you came in.".to_owned();
        self.said.as_deref().map_or_else(nothing, &*self.lookup.why)
    }

    /// What Charley knows so far.
    pub(super) async fn case(&self) -> anyhow::Result<String> {
        Ok((self.lookup.case)(&self.bot.conversation(YOU).await?))
    }

    /// A number that no other event has, in this run or another: the time in microseconds, with
    /// twelve bits of the process below it, for two terminals at the same moment.
    fn next_event(&mut self) -> u64 {
        let time = self.clock.real().as_microsecond().unsigned_abs() << 12;
        let here = u64::from(std::process::id() & 0xfff);
        self.event = (time | here).max(self.event + (1 << 12));
        self.event
    }
}

/// Room for plans beyond the end of a move.
const TEN_YEARS: SignedDuration = SignedDuration::from_hours(10 * 365 * 24);
