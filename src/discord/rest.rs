//! The REST side: how it is reached, and what went wrong, as what one can do about it.

use std::time::Duration;

use serenity::http::{Http, HttpBuilder, HttpError};

use super::outgoing::nobody;
use super::post::jittered;
use crate::config::DiscordSettings;

/// Where Discord is.
pub(super) const DISCORD: &str = "https://discord.com";

/// How long one request may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);

/// Pauses between the tries of what is in no outbox, so that nobody else tries it again.
const PAUSES: [Duration; 4] = [
    Duration::from_millis(250),
    Duration::from_secs(1),
    Duration::from_secs(3),
    Duration::from_secs(9),
];

/// The way to Discord, or to what stands in its place.
pub(super) fn http(settings: &DiscordSettings) -> Result<Http, serenity::Error> {
    let client = reqwest::Client::builder().timeout(PATIENCE).build();
    let client = client.map_err(HttpError::from)?;
    let http =
        HttpBuilder::new(settings.token.secret()).client(client).default_allowed_mentions(nobody());
    Ok(match &settings.api_url {
        // serenity goes by such a root only without its own limiter.
        Some(root) => http.proxy(root).ratelimiter_disabled(true).build(),
        None => http.build(),
    })
}

/// Why a request failed, as what one can do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    /// It was not done, or nobody knows: it may work in a moment.
    #[error("{0}")]
    Passing(String),
    /// There is too much of it: it works after a while.
    #[error("too many requests")]
    Slower,
    /// The person takes no direct messages of ours, or shares no server with us.
    #[error("this person takes no direct messages of ours")]
    ClosedToUs,
    /// We may not do that there; the permission is missing.
    #[error("a permission is missing ({0})")]
    Forbidden(String),
    /// This one is not let through; others may be.
    #[error("it is not let through ({0})")]
    Blocked(String),
    /// What it was about is gone: trying again would be the same.
    #[error("it is gone")]
    Gone,
    /// The answer to a press or command came too late.
    #[error("it came too late")]
    TooLate,
    /// We may not read the history of the channel, so that we cannot reply to a message.
    #[error("the permission to read the history is missing")]
    NoHistory,
    /// Direct messages are opened too fast.
    #[error("too many direct messages are opened")]
    TooManyDirect,
    /// The token is no longer good.
    #[error("the token is not good")]
    Unauthorized,
    /// Discord does not take what we sent: a fault of ours.
    #[error("Discord does not take it ({0})")]
    Refused(String),
    /// It was done before: only the answer to that was lost.
    #[error("it was done before")]
    Already,
    /// It was done, but the answer cannot be read.
    #[error("the answer cannot be read")]
    Unreadable,
}

/// Asks, and asks again a few times where that may help.
pub(super) async fn insist<T, F>(mut ask: impl FnMut() -> F) -> Result<T, Failure>
where
    F: Future<Output = serenity::Result<T>>,
{
    for pause in PAUSES {
        match ask().await.map_err(|error| failure(&error)) {
            Err(Failure::Passing(_) | Failure::Slower) => tokio::time::sleep(jittered(pause)).await,
            asked => return asked,
        }
    }
    ask().await.map_err(|error| failure(&error))
}

/// What an error of serenity's means.
pub(super) fn failure(error: &serenity::Error) -> Failure {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            let error = &response.error;
            if error.errors.iter().any(|error| error.path.starts_with("message_reference")) {
                return Failure::Gone;
            }
            refusal(response.status_code.as_u16(), error.code, &error.message)
        }
        serenity::Error::Http(HttpError::Request(error)) => {
            let what = if error.is_timeout() { "no answer in time" } else { "no connection" };
            Failure::Passing(what.to_owned())
        }
        // It is known as soon as the session stands.
        serenity::Error::Http(HttpError::ApplicationIdMissing) => {
            Failure::Passing("we do not know yet who we are".to_owned())
        }
        serenity::Error::Json(_) => Failure::Unreadable,
        _ => Failure::Refused("the request could not be made".to_owned()),
    }
}

/// By status, and by the numbers that Discord documents.
fn refusal(status: u16, code: isize, message: &str) -> Failure {
    let told = || format!("{status} {code}: {message}");
    match (status, code) {
        (429, _) => Failure::Slower,
        (500.. | 408, _) => Failure::Passing(format!("status {status}")),
        (_, 40_003) => Failure::TooManyDirect,
        (_, 50_007 | 50_278) => Failure::ClosedToUs,
        (_, 160_002) => Failure::NoHistory,
        (_, 10_062 | 10_015 | 50_027) => Failure::TooLate,
        (_, 40_060 | 160_004) => Failure::Already,
        (_, 50_001 | 50_013) => Failure::Forbidden(told()),
        (401, _) => Failure::Unauthorized,
        (403, 0) => Failure::Forbidden(told()),
        (403, _) => Failure::Blocked(told()),
        (404, _) | (_, 10_003 | 10_008 | 50_083) => Failure::Gone,
        _ => Failure::Refused(told()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_is_what_one_can_do_about_it() {
        for (status, code, failure) in [
            (429, 0, Failure::Slower),
            (502, 0, Failure::Passing("status 502".to_owned())),
            (403, 50_007, Failure::ClosedToUs),
            (403, 50_278, Failure::ClosedToUs),
            (403, 50_013, Failure::Forbidden("403 50013: no".to_owned())),
            (403, 200_000, Failure::Blocked("403 200000: no".to_owned())),
            (404, 10_003, Failure::Gone),
            (404, 10_062, Failure::TooLate),
            (429, 40_003, Failure::Slower),
            (400, 40_003, Failure::TooManyDirect),
            (400, 40_060, Failure::Already),
            (400, 160_004, Failure::Already),
            (401, 0, Failure::Unauthorized),
            (400, 50_035, Failure::Refused("400 50035: no".to_owned())),
        ] {
            assert_eq!(refusal(status, code, "no"), failure, "{status} {code}");
        }
    }
}
