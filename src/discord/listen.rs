//! From the address of the gateway to the end of reading: which session is gone on with, and when a
//! new one may begin.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;
use twilight_gateway::Intents;

use super::failure::Failure;
use super::gateway::{Connection, Ended, Reader, Standing, read};
use super::rest::{Rest, root};
use super::run::{RunError, unreachable};
use super::session_starts::{Begun, SessionStarts, Waiting};
use crate::config::DiscordSettings;

/// With fewer new sessions left for today, each start waits: a program that starts again and again
/// would use them up and be shut out.
const FEW_SESSIONS: u64 = 200;

/// How long it waits then, at least and at most.
const SPARING: Duration = Duration::from_mins(1);
const MOST_SPARING: Duration = Duration::from_mins(15);

/// What is read: servers with their channels, and what people write.
const INTENTS: Intents = Intents::GUILDS
    .union(Intents::GUILD_MESSAGES)
    .union(Intents::DIRECT_MESSAGES)
    .union(Intents::MESSAGE_CONTENT);

/// Connects, and reads to the end.
pub(super) async fn listen(
    rest: &Rest,
    settings: &DiscordSettings,
    standing: Option<Standing>,
    mut reader: impl Reader,
    mut stop: watch::Receiver<bool>,
) -> Result<Ended, RunError> {
    // A session in which less is read than we want is not gone on with unless it has to be.
    let (standing, reduced) = match standing {
        Some(standing) if standing.intents != INTENTS.bits() => (None, Some(standing)),
        standing => (standing, None),
    };
    let needs_session = standing.is_none();
    let Some(url) = gateway(rest, settings, needs_session, &mut stop).await? else {
        return Ok(Ended::Stopped);
    };
    let asked = needs_session.then(Instant::now);
    let (session_starts, waiting) = SessionStarts::new();
    let token = settings.token.secret().to_owned();
    let connection = Connection { token, intents: INTENTS, url, session_starts };
    tokio::select! {
        ended = read_on(connection, (standing, reduced), &mut reader, stop.clone()) => Ok(ended),
        error = let_in(rest, settings, waiting, asked, stop) => Err(error),
    }
}

/// Reads all that we want to read, or else all that Discord lets us.
async fn read_on(
    mut connection: Connection,
    (standing, reduced): (Option<Standing>, Option<Standing>),
    reader: &mut impl Reader,
    stop: watch::Receiver<bool>,
) -> Ended {
    let ended = read(&connection, standing, reader, stop.clone()).await;
    if ended != Ended::WithoutContent {
        return ended;
    }
    tracing::warn!(
        "I may not read what people write, so I answer only when I am mentioned, replied to with \
         a ping or written to directly, and by commands; to change that switch on \"Message Content \
         Intent\" on the page \"Bot\" of https://discord.com/developers/applications, and start \
         again"
    );
    connection.intents = INTENTS.difference(Intents::MESSAGE_CONTENT);
    read(&connection, reduced, reader, stop).await
}

/// Lets new sessions begin, one after the other, as long as Discord allows any; ends only where it
/// does not. `asked` is when it was last asked, if it was.
async fn let_in(
    rest: &Rest,
    settings: &DiscordSettings,
    mut waiting: Waiting,
    mut asked: Option<Instant>,
    mut stop: watch::Receiver<bool>,
) -> RunError {
    let mut begun = Begun::default();
    while let Some(go) = waiting.recv().await {
        tokio::time::sleep(begun.pause(Instant::now())).await;
        if asked.take().is_none_or(|asked| asked.elapsed() > SPARING) {
            match gateway(rest, settings, true, &mut stop).await {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(error) => return error,
            }
        }
        if go.send(()).is_ok() {
            begun.another(Instant::now());
        }
    }
    // Whoever reads ends by itself when it is told to.
    std::future::pending().await
}

/// The address of the gateway, asked for until there is an answer; nothing if we are told to stop.
async fn gateway(
    rest: &Rest,
    settings: &DiscordSettings,
    needs_session: bool,
    stop: &mut watch::Receiver<bool>,
) -> Result<Option<String>, RunError> {
    let mut pause = Duration::from_millis(500);
    loop {
        let answer = tokio::select! {
            answer = rest.gateway() => answer,
            _ = stop.wait_for(|stop| *stop) => return Ok(None),
        };
        let failure = match answer {
            Ok(gateway) if needs_session && gateway.session_start_limit.remaining == 0 => {
                let left = gateway.session_start_limit.reset_after / 1_000;
                return Err(RunError::NoSessionsLeft(left));
            }
            Ok(gateway) => {
                let limit = &gateway.session_start_limit;
                let left = limit.remaining;
                if needs_session && left < FEW_SESSIONS {
                    // As many as are left, spread over the time until there are more.
                    let share = Duration::from_millis(limit.reset_after / left);
                    let wait = share.clamp(SPARING, MOST_SPARING);
                    tracing::warn!(left, ?wait, "few new sessions are left today; waiting first");
                    if tokio::time::timeout(wait, stop.wait_for(|stop| *stop)).await.is_ok() {
                        return Ok(None);
                    }
                }
                return Ok(Some(gateway.url));
            }
            Err(failure) => failure,
        };
        match failure {
            Failure::Unauthorized => return Err(RunError::WrongToken),
            failure if failure.may_pass() => {
                tracing::warn!(
                    %failure,
                    at = place(settings),
                    "Discord does not answer yet; trying again. Should it stay so, check the \
                     network, and `DISCORD_API_URL` if it is set"
                );
            }
            failure => return Err(unreachable(&failure)),
        }
        if tokio::time::timeout(pause, stop.wait_for(|stop| *stop)).await.is_ok() {
            return Ok(None);
        }
        pause = (pause * 2).min(Duration::from_mins(1));
    }
}

/// Where Discord is looked for; of a name and a password in it nothing is shown.
fn place(settings: &DiscordSettings) -> &str {
    let root = root(settings);
    root.rsplit_once('@').map_or(root, |(_, host)| host)
}
