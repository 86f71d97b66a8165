//! What was said while we were away, where the session could not be gone on with: read by REST,
//! oldest first, one channel after the other.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::value::RawValue;
use serenity::all::ChannelId;
use serenity::http::{Http, LightMethod, Request, Route};
use tokio::sync::mpsc::UnboundedReceiver;

use super::desk::{Desk, Missed};
use super::frame::{Post, Snowflake};
use super::rest::{Failure, insist};

/// What was missed is looked for so far back; older questions have been answered by others.
const MISSED: SignedDuration = SignedDuration::from_mins(30);

/// What was seen so shortly before the end may have been in work still.
const IN_WORK: SignedDuration = SignedDuration::from_mins(1);

/// Most messages that Discord gives at once.
const PAGE: usize = 100;

/// Most pages that are read of one channel.
const PAGES: usize = 20;

/// Since when messages may have been missed, if this was the last that was seen.
pub(super) fn missed_since(seen: Snowflake, now: Timestamp) -> Snowflake {
    Snowflake::from((seen.at() - IN_WORK).max(now - MISSED))
}

/// Reads the news of one channel after the other, for as long as the program runs.
pub(super) async fn read_news(desk: Arc<Desk>, mut news: UnboundedReceiver<Missed>) {
    while let Some(news) = news.recv().await {
        let channel = news.channel;
        match read(&desk, news).await {
            Ok(0) => {}
            Ok(missed) => tracing::info!(channel, missed, "answered what was missed"),
            Err(failure) => tracing::warn!(channel, %failure, "what was missed cannot be read"),
        }
    }
}

/// Reads what is new in a channel; how much of it was for us.
async fn read(desk: &Desk, mut news: Missed) -> Result<usize, Failure> {
    let mut missed = 0;
    for _ in 0..PAGES {
        let page = insist(|| page(&desk.http, news)).await?;
        let mut posts: Vec<Post<'_>> = page.iter().filter_map(|post| read_post(post)).collect();
        posts.sort_by_key(|post| post.id);
        for post in &mut posts {
            // By REST a message does not say in which server it stands.
            post.guild_id = news.guild.map(Snowflake);
            if let Some(said) = desk.heard(post) {
                missed += 1;
                desk.answer_message(said).await;
            }
        }
        let Some(last) = posts.last().filter(|_| page.len() >= PAGE) else { break };
        news.since = last.id;
    }
    Ok(missed)
}

/// Only what is needed of a message is read, so that no odd part of one hides the others.
async fn page(http: &Http, news: Missed) -> serenity::Result<Vec<Box<RawValue>>> {
    let route = Route::ChannelMessages { channel_id: ChannelId::new(news.channel) };
    let params = vec![("after", news.since.0.to_string()), ("limit", PAGE.to_string())];
    http.fire(Request::new(route, LightMethod::Get).params(Some(params))).await
}

fn read_post(text: &RawValue) -> Option<Post<'_>> {
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
}
