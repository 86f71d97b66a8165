//! What was said while we were away, where the session could not be gone on with: read by REST,
//! oldest first, one channel after the other.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::value::RawValue;
use serenity::all::ChannelId;

use super::backlog::{Missed, Next};
use super::dispatcher::Dispatcher;
use super::failure::Failure;
use super::frame::{Posted, Snowflake};
use super::rest::insist;
use crate::message::PlaceId;

/// What was missed is looked for so far back; older questions have been answered by others.
const MISSED: SignedDuration = SignedDuration::from_mins(30);

/// What was seen so shortly before the end may have been in work still.
const IN_WORK: SignedDuration = SignedDuration::from_mins(1);

/// Most messages that Discord gives at once.
const PAGE: usize = 100;

/// Most pages that are read of one channel.
const PAGES: usize = 20;

/// A channel that could not be read is tried again after so long.
const AGAIN: Duration = Duration::from_secs(5);

/// Since when messages may have been missed, if this was the last that was seen.
pub(super) fn missed_since(seen: Snowflake, now: Timestamp) -> Snowflake {
    Snowflake::from(seen.at() - IN_WORK).max(earliest(now))
}

/// What was said before is not read any more.
pub(super) fn earliest(now: Timestamp) -> Snowflake {
    Snowflake::from(now - MISSED)
}

/// Reads what was missed, one channel after the other, for as long as the program runs.
pub(super) async fn read_backlog(dispatcher: Arc<Dispatcher>) {
    loop {
        let done = match dispatcher.backlog.next().await {
            Next::Directly(since) => list_direct(&dispatcher, since).await,
            Next::Channel(missed) => read_missed(&dispatcher, missed).await,
        };
        if !done {
            tokio::time::sleep(AGAIN).await;
        }
    }
}

/// Finds out who writes to us directly; whether it is known now.
async fn list_direct(dispatcher: &Dispatcher, since: Snowflake) -> bool {
    match dispatcher.bot.direct_channels().await {
        Ok(channels) => {
            let missed = |channel: PlaceId| Missed { channel: channel.0, guild: None, since };
            dispatcher.backlog.knows_direct(channels.into_iter().map(missed));
            true
        }
        Err(error) => {
            tracing::error!(%error, "who may have written directly cannot be looked up yet");
            false
        }
    }
}

/// Reads one channel; whether that is the end of it.
async fn read_missed(dispatcher: &Dispatcher, missed: Missed) -> bool {
    let channel = missed.channel;
    match read(dispatcher, missed).await {
        Ok(0) => {}
        Ok(missed) => tracing::info!(channel, missed, "answered what was missed"),
        Err(failure) if failure.may_pass() => {
            tracing::warn!(channel, %failure, "what was missed cannot be read yet");
            dispatcher.backlog.comes_later(missed);
            return false;
        }
        Err(failure) => tracing::warn!(channel, %failure, "what was missed cannot be read"),
    }
    dispatcher.backlog.is_read(missed);
    true
}

/// Reads what is new in a channel; how much of it was for us, and not answered yet.
async fn read(dispatcher: &Dispatcher, news: Missed) -> Result<usize, Failure> {
    let mut news = not_long_ago(news, dispatcher.clock.real());
    let mut missed = 0;
    for _ in 0..PAGES {
        // Only what is needed of a message is read, so that no odd part of one hides the others.
        let channel = ChannelId::new(news.channel);
        let page: Vec<Box<RawValue>> =
            insist(|| dispatcher.rest.messages(channel, news.since.0, PAGE)).await?;
        let mut posts: Vec<Posted<'_>> = page.iter().filter_map(|post| read_post(post)).collect();
        posts.sort_by_key(|post| post.id);
        for post in &mut posts {
            // By REST a message does not say in which server it stands.
            post.guild_id = news.guild.map(Snowflake);
            if let Some(said) = dispatcher.heard(post) {
                let is_edited = post.edited_at().is_some();
                missed += usize::from(dispatcher.answer_missed(said, is_edited).await);
            }
        }
        let Some(last) = posts.last().filter(|_| page.len() >= PAGE) else { return Ok(missed) };
        news.since = last.id;
    }
    let (channel, most) = (news.channel, PAGE * PAGES);
    tracing::warn!(channel, most, "more was missed than is read up; the newest is passed over");
    Ok(missed)
}

/// What is still worth reading of a channel that may have been waiting since an earlier start.
fn not_long_ago(missed: Missed, now: Timestamp) -> Missed {
    Missed { since: missed.since.max(earliest(now)), ..missed }
}

fn read_post(text: &RawValue) -> Option<Posted<'_>> {
    let post = serde_json::from_str(text.get());
    if post.is_err() {
        tracing::warn!("a message that was missed cannot be read");
    }
    post.ok()
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    #[test]
    fn what_was_missed_is_read_from_the_last_that_was_seen_but_not_from_long_ago() {
        let now: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        let since = |minutes: i64| missed_since(Snowflake::from(now - minutes.minutes()), now).at();
        assert_eq!(since(10), now - 11.minutes());
        assert_eq!(since(29), now - 30.minutes());
        assert_eq!(since(10_000), now - 30.minutes());
    }

    #[test]
    fn a_channel_that_has_been_waiting_for_days_is_read_from_half_an_hour_ago() {
        let now: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
        let since = |minutes: i64| {
            let since = Snowflake::from(now - minutes.minutes());
            not_long_ago(Missed { channel: 1, guild: None, since }, now).since.at()
        };
        assert_eq!(since(10_000), now - 30.minutes());
        assert_eq!(since(10), now - 10.minutes());
    }
}
