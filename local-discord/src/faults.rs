//! Faults of the REST side, ordered in advance: which request, when, and what goes wrong.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use crate::rest::refusal::Refusal;
use crate::world::ChannelId;

/// What goes wrong.
#[derive(Clone, Debug)]
pub enum Fault {
    /// A JSON answer with this status, as 500 or 503.
    Status(u16),
    /// A page in HTML, as a proxy in front of Discord sends with 502.
    Html(u16),
    /// A refusal with one of Discord's own codes.
    Refuse(Refusal),
    /// Too many requests: of this kind, or of all together where it is global.
    TooMany {
        /// When the next may come.
        after: Duration,
        /// Whether that holds for all kinds.
        global: bool,
    },
    /// The connection is cut without an answer.
    Drop,
    /// Nothing happens for so long; then all goes on as if nothing had been.
    Stall(Duration),
}

/// Before or after the work was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The work is not done (a stall only delays it).
    Before,
    /// The work is done, only the answer suffers.
    After,
}

/// Which requests a fault meets.
#[derive(Clone, Debug)]
pub struct Target {
    method: Option<String>,
    path: Vec<String>,
}

/// A fault that waits for its request.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    target: Target,
    when: When,
    fault: Fault,
    spare: usize,
    times: usize,
}

/// All faults that wait.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    rules: Vec<Rule>,
}

impl Target {
    /// Any request.
    #[must_use]
    pub fn any() -> Self {
        Self { method: None, path: vec!["**".into()] }
    }

    /// Requests by method and path below `/api/v10`; `*` stands for one part, `**` for the rest.
    #[must_use]
    pub fn route(method: &str, path: &str) -> Self {
        let path = path.split('/').filter(|part| !part.is_empty()).map(Into::into).collect();
        Self { method: Some(method.into()), path }
    }

    /// New messages in `channel`.
    #[must_use]
    pub fn post(channel: ChannelId) -> Self {
        Self::route("POST", &format!("/channels/{channel}/messages"))
    }

    /// First answers to interactions.
    #[must_use]
    pub fn callback() -> Self {
        Self::route("POST", "/interactions/*/*/callback")
    }

    /// Follow-ups to interactions.
    #[must_use]
    pub fn followup() -> Self {
        Self::route("POST", "/webhooks/*/*")
    }

    fn meets(&self, method: &str, path: &[String]) -> bool {
        self.method.as_deref().is_none_or(|wanted| wanted == method) && fits(&self.path, path)
    }
}

fn fits(pattern: &[String], path: &[String]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((first, _)), _) if first == "**" => true,
        (Some((wanted, pattern)), Some((part, path))) => {
            (wanted == "*" || wanted == part) && fits(pattern, path)
        }
        (None, Some(_)) | (Some(_), None) => false,
    }
}

impl Faults {
    /// Orders a fault for `times` requests, after `spare` of them have passed unharmed.
    pub(crate) fn order(
        &mut self,
        target: Target,
        when: When,
        fault: Fault,
        spare: usize,
        times: usize,
    ) {
        self.rules.push(Rule { target, when, fault, spare, times });
    }

    /// Takes back all faults that still wait.
    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// The fault that meets this request, if any. It is used up by that.
    pub(crate) fn meet(&mut self, method: &str, path: &[String]) -> Option<(When, Fault)> {
        let rule = self.rules.iter_mut().find(|rule| rule.target.meets(method, path))?;
        if rule.spare > 0 {
            rule.spare -= 1;
            return None;
        }
        rule.times = rule.times.saturating_sub(1);
        let met = (rule.when, rule.fault.clone());
        self.rules.retain(|rule| rule.times > 0);
        Some(met)
    }

    /// How many faults still wait.
    pub(crate) fn waiting(&self) -> usize {
        self.rules.iter().map(|rule| rule.times).sum()
    }
}

impl Display for Fault {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Status(status) => write!(out, "status {status}"),
            Fault::Html(status) => write!(out, "a page in HTML with status {status}"),
            Fault::Refuse(refusal) => write!(out, "refusal {}", refusal.code),
            Fault::TooMany { after, global: false } => write!(out, "too many for {after:?}"),
            Fault::TooMany { after, global: true } => write!(out, "too many of all for {after:?}"),
            Fault::Drop => write!(out, "connection cut"),
            Fault::Stall(time) => write!(out, "no answer for {time:?}"),
        }
    }
}
