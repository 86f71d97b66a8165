//! The commands of `charley`.

mod chat;
pub mod check;
pub mod evaluate;
mod explain;
mod log;
mod preflight;
mod reminders;
mod run;

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;

use anyhow::{Context, bail, ensure};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use strum::VariantArray as _;

use crate::config::{Faults, Settings};
use crate::reload::{self, Contents};
use crate::responses::{Problems, Responses};
use crate::understanding::Field;

/// Understands a leg cramp, finds the danger signs and says what helps.
#[derive(Debug, Parser)]
#[command(name = "charley", version)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Talk with Charley here; no Discord, no token.
    ///
    /// When the input is no terminal, each line is a turn: `[label]` presses a choice,
    /// `+3 min` or `+2 d` moves the clock. Response files that change meanwhile are read only at a
    /// terminal; from a pipe, at the next start.
    Chat {
        /// Write one JSON object a turn.
        #[arg(long)]
        json: bool,
        /// Forget what was said before.
        #[arg(long)]
        fresh: bool,
    },
    /// Be on Discord, as the bot of `DISCORD_TOKEN`.
    Run,
    /// Look at everything that has to be right before `run`, and say what to do.
    Preflight,
    /// Print the link by which a server takes Charley in.
    Invite,
    /// Show what is understood of a message, and why.
    Explain {
        /// The message; without it, the standard input.
        text: Option<String>,
        /// Rows `{"id","text"}` in, a row of what was understood out.
        #[arg(long)]
        jsonl: bool,
    },
    /// Find every fault of the response files, and every conversation that goes otherwise.
    Check {
        /// Their folder; without it, `RESPONSES_DIR`.
        folder: Option<PathBuf>,
        /// Write into the conversations what Charley says now; look at each change afterwards.
        #[arg(long)]
        rewrite_conversations: bool,
    },
    /// Show what became of the reminders of all plans, and try those again that failed.
    Reminders(reminders::Reminders),
    /// Score the understanding on labelled messages.
    Evaluate {
        /// The labelled messages, a JSON object a line.
        file: PathBuf,
    },
    /// Learn from labelled messages which words tell a leg cramp, its setting or a red flag.
    ///
    /// Prints the table that the program is built with.
    Learn {
        /// What to learn.
        #[arg(value_parser = one_of::<Field>(Field::VARIANTS))]
        field: Field,
        /// The labelled messages, a JSON object a line.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

/// Does what the arguments say. Whoever reads the output may stop at any time: that is no fault.
///
/// # Errors
/// What has to be mended first, with its remedy.
pub fn run(args: impl IntoIterator<Item = OsString>) -> anyhow::Result<ExitCode> {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    // Not locked: where a terminal cannot edit lines, the keyboard's thread writes the prompt to it.
    let done = command(args.command, &mut anstream::stdout());
    match done {
        Err(error) if is_closed_pipe(&error) => Ok(ExitCode::SUCCESS),
        done => done,
    }
}

fn command(command: Command, output: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let (settings, faults) = Settings::read();
    // What is wrong with them is shown among all else that is.
    if !faults.is_empty() && !matches!(command, Command::Preflight) {
        return Err(Faults(faults).into());
    }
    match command {
        Command::Chat { json, fresh } => chat::run(&settings, json, fresh, output),
        Command::Run => run::run(&settings),
        Command::Preflight => preflight::run(&settings, &faults, output),
        Command::Invite => preflight::print_link(&settings, output),
        Command::Explain { text, jsonl } => explain::run(&settings, text, jsonl, output),
        Command::Check { folder, rewrite_conversations } => {
            check::run(&folder.unwrap_or(settings.responses), rewrite_conversations, output)
        }
        Command::Reminders(reminders) => reminders::run(&settings, &reminders, output),
        Command::Evaluate { file } => evaluate(&settings, &file, output),
        Command::Learn { field, files } => learn(field, &files, output),
    }
}

fn evaluate(
    settings: &Settings,
    file: &Path,
    mut output: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let responses = responses(&settings.responses)?;
    evaluate::score(&responses, &labelled(file)?).write(&mut output)?;
    Ok(ExitCode::SUCCESS)
}

fn learn(field: Field, files: &[PathBuf], output: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let mut rows = Vec::new();
    for file in files {
        rows.extend(labelled(file)?);
    }
    output.write_all(evaluate::learn(field, &rows).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::disallowed_methods, reason = "the labelled messages are a file")]
fn labelled(file: &Path) -> anyhow::Result<Vec<evaluate::Labelled>> {
    let rows = fs::read_to_string(file).with_context(|| {
        format!("cannot read `{}`; name a file of labelled messages", file.display())
    })?;
    let rows = evaluate::parse(&rows).with_context(|| file.display().to_string())?;
    ensure!(!rows.is_empty(), "`{}` holds no labelled message", file.display());
    Ok(rows)
}

/// An argument that is one of a few words, which are named where it is another.
fn one_of<T>(all: &'static [T]) -> impl TypedValueParser<Value = T>
where
    T: FromStr + Clone + Send + Sync + 'static,
    &'static str: From<&'static T>,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    PossibleValuesParser::new(all.iter().map(<&'static str>::from)).try_map(|name| name.parse())
}

/// Help, the version, or what is wrong with the arguments.
fn usage(error: &clap::Error) -> anyhow::Result<ExitCode> {
    error.print()?;
    Ok(ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)))
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// How the response files of a folder are loaded.
type Load = fn(&Path) -> Result<(Responses, Contents), Problems>;

/// What Charley may say, from the folder of the settings.
fn responses(folder: &Path) -> anyhow::Result<Responses> {
    watched(folder).map(|(responses, _)| responses)
}

/// The same for whoever watches the folder from then on.
fn watched(folder: &Path) -> anyhow::Result<(Responses, Contents)> {
    loaded(folder, reload::load)
}

/// The same for whoever answers members: no danger sign may be lost.
fn rehearsed(folder: &Path) -> anyhow::Result<(Responses, Contents)> {
    loaded(folder, reload::load_rehearsed)
}

#[expect(clippy::disallowed_methods, reason = "tells a missing folder from a faulty one")]
fn loaded(folder: &Path, load: Load) -> anyhow::Result<(Responses, Contents)> {
    if folder.is_file() {
        bail!(
            "`{}` is a file; name in `RESPONSES_DIR` the folder with the response files",
            folder.display()
        );
    }
    if !folder.is_dir() {
        let here = std::env::current_dir().context("the working directory is gone")?;
        bail!(
            "there is no folder `{}` with response files in `{}`; \
             run charley from its checkout, or set `RESPONSES_DIR`",
            folder.display(),
            here.display()
        );
    }
    load(folder).map_err(|problems| {
        anyhow::anyhow!("the response files in `{}` have faults:\n{problems}", folder.display())
    })
}
