//! What was said while we were away, where the session could not be gone on with: read by REST,
//! oldest first, one channel after the other.

use std::sync::Arc;

use serenity::all::{ChannelId, Message, MessageId};
use serenity::http::MessagePagination;
use tokio::sync::mpsc::UnboundedReceiver;

use super::desk::{Desk, Missed};
use super::frame::Post;
use super::rest::{Failure, failure};

/// Most messages that are read of one channel.
const MOST: u8 = 100;

/// Reads the news of one channel after the other, for as long as the program runs.
pub(super) async fn read_news(desk: Arc<Desk>, mut news: UnboundedReceiver<Missed>) {
    while let Some(news) = news.recv().await {
        if let Err(failure) = read(&desk, news).await {
            tracing::debug!(channel = news.channel, %failure, "news could not be read");
        }
    }
}

async fn read(desk: &Desk, news: Missed) -> Result<(), Failure> {
    let after = MessagePagination::After(MessageId::new(news.since.0));
    let messages = desk.http.get_messages(ChannelId::new(news.channel), Some(after), Some(MOST));
    let mut messages = messages.await.map_err(|error| failure(&error))?;
    messages.sort_by_key(|message| message.id);
    let mut missed = 0_u32;
    for message in &messages {
        let Some(text) = as_event(message, news.guild) else { continue };
        let Ok(post) = serde_json::from_str::<Post<'_>>(&text) else { continue };
        if let Some(said) = desk.heard(&post) {
            missed += 1;
            desk.answer_message(said).await;
        }
    }
    if missed > 0 {
        tracing::info!(channel = news.channel, missed, "answering what was missed");
    }
    Ok(())
}

/// By REST a message does not say in which server it stands.
fn as_event(message: &Message, guild: Option<u64>) -> Option<String> {
    let mut event = serde_json::to_value(message).ok()?;
    event["guild_id"] = guild.map(|guild| guild.to_string()).into();
    Some(event.to_string())
}
