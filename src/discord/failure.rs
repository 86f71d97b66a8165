//! What went wrong with a request, as what one can do about it. Pure.

use serde::Deserialize;
use serenity::http::DiscordJsonError;

/// Why a request failed, as what one can do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    /// It was not done, or nobody knows: it may work in a moment.
    #[error("{0}")]
    Passing(String),
    /// There is too much of it: it works after a while.
    #[error("too many requests")]
    Slower,
    /// Something on the way to Discord, or before it, turns us away; that says nothing about what we
    /// may do there, and counts against our address.
    #[error("something on the way to Discord turns us away ({0})")]
    Walled(String),
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

impl Failure {
    /// Whether the same may work a little later.
    pub(super) const fn may_pass(&self) -> bool {
        matches!(self, Self::Passing(_) | Self::Slower | Self::Walled(_))
    }

    /// Why no answer came.
    pub(super) fn without_answer(error: &reqwest::Error) -> Self {
        let what = if error.is_timeout() { "no answer in time" } else { "no connection" };
        Self::Passing(what.to_owned())
    }

    /// A request that could not even be written.
    pub(super) fn unwritten() -> Self {
        Self::Refused("the request could not be made".to_owned())
    }
}

/// What an answer that is no good means. A page that is not in Discord's form is not Discord's.
pub(super) fn refused(status: u16, body: &[u8]) -> Failure {
    let Ok(error) = serde_json::from_slice::<DiscordJsonError>(body) else {
        return refusal(status, None, "a page that is not Discord's");
    };
    if error.errors.iter().any(|error| error.path.starts_with("message_reference")) {
        return Failure::Gone;
    }
    refusal(status, Some(error.code), &error.message)
}

/// By status, and by the numbers that Discord documents; it gives 0 where there is nothing to say.
fn refusal(status: u16, code: Option<isize>, message: &str) -> Failure {
    let told = || format!("{status} {}: {message}", code.unwrap_or_default());
    match (status, code.unwrap_or(-1)) {
        (429, _) => Failure::Slower,
        (500.. | 408, _) => Failure::Passing(format!("status {status}")),
        (400..500, ..0) | (403 | 404, 0) => Failure::Walled(format!("status {status}")),
        (_, 40_003) => Failure::TooManyDirect,
        (_, 50_007 | 50_278) => Failure::ClosedToUs,
        (_, 160_002) => Failure::NoHistory,
        (_, 10_062 | 10_015 | 50_027) => Failure::TooLate,
        (_, 40_060 | 160_004) => Failure::Already,
        (_, 50_001 | 50_013) => Failure::Forbidden(told()),
        (401, _) => Failure::Unauthorized,
        (403, _) => Failure::Blocked(told()),
        (404, _) | (_, 10_003 | 10_008 | 50_083) => Failure::Gone,
        _ => Failure::Refused(told()),
    }
}

/// What an answer to too many requests says beside its headers.
#[derive(Debug, Default, Deserialize)]
pub(super) struct TooMany {
    /// After how many seconds the next may come.
    #[serde(default)]
    pub(super) retry_after: Option<f64>,
    /// Whether that holds for all requests.
    #[serde(default)]
    pub(super) global: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_is_what_one_can_do_about_it() {
        let walled = |status: u16| Failure::Walled(format!("status {status}"));
        for (status, code, failure) in [
            (429, 0, Failure::Slower),
            (502, 0, Failure::Passing("status 502".to_owned())),
            (403, 50_007, Failure::ClosedToUs),
            (403, 50_278, Failure::ClosedToUs),
            (403, 50_013, Failure::Forbidden("403 50013: no".to_owned())),
            (403, 200_000, Failure::Blocked("403 200000: no".to_owned())),
            (403, 0, walled(403)),
            (404, 0, walled(404)),
            (404, 10_003, Failure::Gone),
            (404, 10_062, Failure::TooLate),
            (429, 40_003, Failure::Slower),
            (400, 40_003, Failure::TooManyDirect),
            (400, 40_060, Failure::Already),
            (400, 160_004, Failure::Already),
            (401, 0, Failure::Unauthorized),
            (400, 50_035, Failure::Refused("400 50035: no".to_owned())),
        ] {
            assert_eq!(refusal(status, Some(code), "no"), failure, "{status} {code}");
        }
    }

    #[test]
    fn a_page_of_somebody_elses_says_nothing_about_what_we_may_do() {
        for status in [400, 401, 403, 404] {
            let failure = refused(status, b"<html>Access denied</html>");
            assert_eq!(failure, Failure::Walled(format!("status {status}")));
        }
        assert_eq!(refused(429, b"error code: 1015"), Failure::Slower);
        let body = br#"{"code": 50013, "message": "Missing Permissions"}"#;
        let forbidden = Failure::Forbidden("403 50013: Missing Permissions".to_owned());
        assert_eq!(refused(403, body), forbidden);
    }

    #[test]
    fn a_reply_to_what_is_gone_is_told_by_the_part_that_is_wrong() {
        let body = br#"{"code": 50035, "message": "Invalid Form Body", "errors":
            {"message_reference": {"_errors": [{"code": "REPLIES_UNKNOWN", "message": "x"}]}}}"#;
        assert_eq!(refused(400, body), Failure::Gone);
    }
}
