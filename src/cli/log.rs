//! The log: a line or an object for each thing that happened. Ids are told; what people write, what
//! they press and the token never are.

use std::io::IsTerminal;

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{EnvFilter, FilterFn, ParseError};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};
use tracing_subscriber::{Layer, fmt};

use crate::config::LogFormat;

/// Libraries that print whole payloads in their warnings; only their errors are told, however much
/// is asked for.
const TELL_TOO_MUCH: [&str; 4] = ["serenity", "hyper", "reqwest", "twilight"];

/// Why there can be no log.
#[derive(Debug, thiserror::Error)]
pub(super) enum LogError {
    /// The filter means nothing.
    #[error("`RUST_LOG` cannot be understood ({0}); write such as `info` or `charley=debug`")]
    Filter(#[from] ParseError),
    /// There is one already.
    #[error("the log cannot begin: {0}")]
    Begun(#[from] TryInitError),
}

/// Begins the log, on the standard error.
pub(super) fn begin(filter: &str, format: LogFormat) -> Result<(), LogError> {
    let wanted = EnvFilter::builder().parse(filter)?;
    let lines = fmt::layer().with_writer(std::io::stderr).with_target(false);
    let lines = match format {
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let lines = lines.with_filter(FilterFn::new(is_told));
    tracing_subscriber::registry().with(wanted).with(lines).try_init()?;
    Ok(())
}

fn is_told(event: &Metadata<'_>) -> bool {
    let tells_too_much = TELL_TOO_MUCH.iter().any(|name| event.target().starts_with(name));
    *event.level() == Level::ERROR || !tells_too_much
}
