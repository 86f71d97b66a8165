//! The log: a line or an object for each thing that happened. Ids are told; what people write, what
//! they press and the token never are.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::panic::PanicHookInfo;

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{EnvFilter, FilterFn, LevelFilter};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use crate::config::LogFormat;

/// Libraries that print whole payloads in their warnings; only their errors are told, however much
/// is asked for.
const TELL_TOO_MUCH: [&str; 4] = ["serenity", "hyper", "reqwest", "twilight"];

/// Words of a filter that stand alone.
const LEVELS: [&str; 6] = ["error", "warn", "info", "debug", "trace", "off"];

/// Why there can be no log.
#[derive(Debug, thiserror::Error)]
pub(super) enum LogError {
    /// A lone word is no level; taken as the name of a part, it would silence all others.
    #[error("`RUST_LOG` is `{0}`, which is no level; write `{1}`")]
    NoLevel(String, &'static str),
    /// The filter means nothing.
    #[error("`RUST_LOG` cannot be understood ({0}); write such as `info` or `charley=debug`")]
    Filter(String),
    /// There is one already.
    #[error("the log cannot begin: {0}")]
    Begun(String),
}

/// What is wanted in the log.
pub(super) fn wanted(filter: &str) -> Result<EnvFilter, LogError> {
    for word in filter.split(',').map(str::trim) {
        let is_part = word.is_empty() || word.contains(['=', '[', ':']) || word == "charley";
        let is_level = word.parse::<LevelFilter>().is_ok();
        if !is_part && !is_level {
            return Err(LogError::NoLevel(word.to_owned(), likeliest(word)));
        }
    }
    let parsed = EnvFilter::builder().parse(filter);
    parsed.map_err(|error| LogError::Filter(error.to_string()))
}

/// The level that was meant; the usual one where that is anybody's guess.
fn likeliest(word: &str) -> &'static str {
    let slips = |level: &&str| strsim::osa_distance(level, &word.to_lowercase());
    LEVELS.into_iter().min_by_key(slips).filter(|level| slips(level) <= 2).unwrap_or("info")
}

/// Begins the log, on the standard error.
pub(super) fn begin(filter: &str, format: LogFormat) -> Result<(), LogError> {
    let wanted = wanted(filter)?;
    let lines = fmt::layer().with_writer(std::io::stderr).with_target(false);
    let lines = match format {
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let lines = lines.with_filter(FilterFn::new(is_told));
    let begun = tracing_subscriber::registry().with(wanted).with(lines).try_init();
    begun.map_err(|error| LogError::Begun(error.to_string()))
}

/// Why the program ends: in the log, or where that was asked to be silent on the standard error all
/// the same.
pub(super) fn last_word(error: &dyn Display) -> io::Result<()> {
    if tracing::enabled!(Level::ERROR) {
        tracing::error!("{error}");
        return Ok(());
    }
    writeln!(anstream::stderr(), "charley: {error}")
}

/// A fault of the program: only where it is. What it says of itself may hold what somebody wrote.
pub(super) fn say_where(fault: &PanicHookInfo<'_>) {
    let place = fault.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
    tracing::error!(place, "a fault of the program; what was in work there is given up");
}

fn is_told(event: &Metadata<'_>) -> bool {
    let tells_too_much = TELL_TOO_MUCH.iter().any(|name| event.target().starts_with(name));
    *event.level() == Level::ERROR || !tells_too_much
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_word_that_is_no_level_is_refused_with_the_level_that_was_meant() {
        for (slip, meant) in
            [("inof", "info"), ("wran", "warn"), ("loud", "info"), ("Debgu", "debug")]
        {
            let told = wanted(slip).unwrap_err().to_string();
            assert_eq!(told, format!("`RUST_LOG` is `{slip}`, which is no level; write `{meant}`"));
        }
        assert!(wanted("warn,charely").is_err());
    }

    #[test]
    fn levels_and_parts_with_a_level_are_taken() {
        for filter in ["info", "INFO", "off", "trace,sqlx=warn", "charley", "charley::discord", ""]
        {
            assert!(wanted(filter).is_ok(), "{filter}");
        }
        let told = wanted("charley=foo").unwrap_err().to_string();
        assert!(told.contains("cannot be understood") && told.contains("`info`"), "{told}");
    }
}
