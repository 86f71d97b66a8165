//! One person's chat with Charley: what a line does, wherever it came from and is shown.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use jiff::{SignedDuration, Span, Timestamp, Unit};
use tokio::time::timeout;

use crate::bot::{Bot, DANGER_WAITS};
use crate::clock::Clock;
use crate::courier::{Outgoing, OutgoingId, Route};
use crate::input_line::{self, InputLine};
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

/// What is said of choices that belong to no question of the interview.
const STILL_ON_OFFER: &str = "What was last on offer can still be pressed:";

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

/// Shows replies at once.
pub(super) type Show<'s> = &'s mut dyn FnMut(&[Reply]) -> anyhow::Result<()>;

/// What of a line has to be acted on though it cannot be kept.
struct Danger {
    bot: Arc<Bot>,
    event: Option<Event>,
}

impl Danger {
    /// Shows it; whether there was any.
    fn show(&self, show: Show<'_>) -> anyhow::Result<bool> {
        let replies = self.event.as_ref().map_or_else(Vec::new, |event| self.bot.unkept(event));
        if !replies.is_empty() {
            show(&replies)?;
        }
        Ok(!replies.is_empty())
    }
}

impl Answer {
    /// Adds replies. One that is here already may be claimed once more before it was shown, where the
    /// clock is moved meanwhile.
    fn add(&mut self, mut outgoing: Vec<Outgoing>) {
        outgoing.retain(|outgoing| !self.unsettled.contains(&outgoing.id));
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
    /// Shown, and not yet noted as such: the store could not be written.
    unsettled: Vec<OutgoingId>,
}

impl Chat {
    /// Goes on where the last chat in this database ended.
    ///
    /// # Errors
    /// What the store says.
    pub async fn open(bot: Arc<Bot>, clock: Clock, lookup: Lookup) -> anyhow::Result<Self> {
        let choices = bot.recall(CHOICES).await?.unwrap_or_default();
        let choices = serde_json::from_str(&choices).unwrap_or_default();
        let unsettled = Vec::new();
        let mut chat = Self { bot, clock, lookup, choices, said: None, event: 0, unsettled };
        // Whoever was cut off before the question was noted can answer it nevertheless.
        if let Some(asked) = chat.asked().await? {
            let known = |choice: &Choice| chat.choices.iter().any(|one| one.id == choice.id);
            if !asked.choices.iter().all(known) {
                chat.choices = asked.choices;
            }
        }
        Ok(chat)
    }

    /// What the last chat left open, with all that can still be pressed, in the same numbers.
    ///
    /// # Errors
    /// What the store says.
    pub async fn left_open(&self) -> anyhow::Result<Option<Reply>> {
        let asked = self.asked().await?;
        if asked.is_none() && self.choices.is_empty() {
            return Ok(None);
        }
        let text = asked.map_or_else(|| STILL_ON_OFFER.to_owned(), |asked| asked.text);
        let (kind, urgency) = (ReplyKind::Question, Urgency::None);
        Ok(Some(Reply::new(kind, urgency, text, self.choices.clone())))
    }

    /// The question that is open.
    async fn asked(&self) -> anyhow::Result<Option<Reply>> {
        Ok(self.bot.asked(YOU, self.now().await?).await?)
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
    ///
    /// What has to be acted on today or at once is shown by `show` where the database keeps it
    /// waiting or fails, before it is said that it does; it is not in the answer then.
    pub(super) async fn answer(
        &mut self,
        line: InputLine,
        show: Show<'_>,
    ) -> anyhow::Result<Answer> {
        let danger = self.danger(&line);
        let mut answering = pin!(self.keep(line));
        let in_time = timeout(DANGER_WAITS, &mut answering).await.ok();
        let mut shown = in_time.is_none() && danger.show(&mut *show)?;
        let answered = match in_time {
            Some(answered) => answered,
            None => answering.await,
        };
        if answered.is_err() && !shown {
            shown = danger.show(show)?;
        }
        let mut answer = answered?;
        if shown {
            answer.replies.retain(|reply| reply.urgency < Urgency::Urgent);
        }
        Ok(answer)
    }

    /// What is said or pressed, as it is now.
    fn danger(&self, line: &InputLine) -> Danger {
        let (id, at) = (self.event, self.clock.now());
        let event = match line {
            InputLine::Say(text) => {
                let text = text.clone();
                Some(Event::Said(Message {
                    id,
                    from: YOU,
                    text,
                    at,
                    addressed: true,
                    in_public: false,
                    within: None,
                }))
            }
            InputLine::Press(choice) => Some(Event::Pressed(Press {
                id,
                from: YOU,
                choice: choice.id.clone(),
                at,
                in_public: false,
            })),
            InputLine::Move(_)
            | InputLine::NotOnOffer(_)
            | InputLine::Refused(_)
            | InputLine::Blank
            | InputLine::Command(_) => None,
        };
        Danger { bot: Arc::clone(&self.bot), event }
    }

    async fn keep(&mut self, line: InputLine) -> anyhow::Result<Answer> {
        let mut answer = self.fallen_due().await?.0;
        match line {
            InputLine::Say(text) => answer.add(self.say(text).await?),
            InputLine::Press(choice) => answer.add(self.press(choice).await?),
            InputLine::Move(span) => self.go_on(span, &mut answer).await?,
            InputLine::NotOnOffer(why) => answer.notice(why, self.choices.clone()),
            InputLine::Refused(why) => answer.notice(why, Vec::new()),
            InputLine::Blank | InputLine::Command(_) => {}
        }
        self.offer_of(&answer).await?;
        Ok(answer)
    }

    /// What fell due up to now, and when there will be more.
    pub(super) async fn fallen_due(&mut self) -> anyhow::Result<(Answer, Option<Timestamp>)> {
        let (outgoing, next) = catch_up(&self.bot, Route::Terminal, self.now().await?).await?;
        // What was shown before and is not settled comes again from the store: it is not shown twice.
        let mut answer = Answer { replies: Vec::new(), unsettled: self.unsettled.clone() };
        answer.add(outgoing);
        self.offer_of(&answer).await?;
        Ok((answer, next))
    }

    async fn say(&mut self, text: String) -> anyhow::Result<Vec<Outgoing>> {
        let at = self.now().await?;
        let id = self.next_event();
        let message = Message {
            id,
            from: YOU,
            text: text.clone(),
            at,
            addressed: true,
            in_public: false,
            within: None,
        };
        self.said = Some(text);
        Ok(self.bot.handle(&Event::Said(message), at).await?)
    }

    async fn press(&mut self, choice: Choice) -> anyhow::Result<Vec<Outgoing>> {
        let at = self.now().await?;
        let press =
            Press { id: self.next_event(), from: YOU, choice: choice.id, at, in_public: false };
        Ok(self.bot.handle(&Event::Pressed(press), at).await?)
    }

    /// Moves the clock; what falls due on the way happens at its own time.
    async fn go_on(&mut self, span: Span, answer: &mut Answer) -> anyhow::Result<()> {
        let now = self.now().await?;
        let then = input_line::later(now, span).filter(|then| then.checked_add(TEN_YEARS).is_ok());
        let Some(further) = then.map(|then| then.duration_since(now)) else {
            answer.notice(input_line::TOO_FAR.to_owned(), Vec::new());
            return Ok(());
        };
        let moved =
            self.moved().await?.checked_add(further).context("the clock was moved too far")?;
        self.bot.remember(MOVED, &moved.to_string()).await?;
        answer.add(catch_up(&self.bot, Route::Terminal, self.now().await?).await?.0);
        Ok(())
    }

    /// The choices of what is about to be shown are on offer: whoever sees them can press them,
    /// whatever becomes of this program.
    async fn offer_of(&mut self, answer: &Answer) -> anyhow::Result<()> {
        let choices: Vec<Choice> =
            answer.replies.iter().flat_map(|reply| reply.choices.iter().cloned()).collect();
        if choices.is_empty() || choices == self.choices {
            Ok(())
        } else {
            self.offer(choices).await
        }
    }

    /// The answer was shown: it is not shown again. Where that cannot be noted, the next line is
    /// heard nevertheless, as there may be danger in it, and it is noted with that or at the end.
    pub(super) async fn shown(&mut self, answer: &Answer) {
        self.unsettled.clone_from(&answer.unsettled);
        self.settle().await.ok();
    }

    /// Notes whatever was shown and is not noted yet.
    ///
    /// # Errors
    /// What the store says.
    pub(super) async fn settle(&mut self) -> anyhow::Result<()> {
        if !self.unsettled.is_empty() {
            self.bot.settle(&self.unsettled).await?;
            self.unsettled.clear();
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
