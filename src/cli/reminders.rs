//! `charley reminders`: what became of them, and another try for those that failed.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::bail;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::{Value, json};
use strum::VariantArray as _;

use crate::config::Settings;
use crate::store::{Entry, Fate, Opening, Sqlite, Store, StoreError, Summary, Which};

/// What is asked about them.
#[derive(Debug, Args)]
pub(super) struct Reminders {
    #[command(subcommand)]
    what: Option<What>,
    /// Write JSON.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List them, the earliest first; nothing of anybody's health is shown.
    List {
        /// Only these.
        #[arg(long, value_parser = super::one_of::<Fate>(Fate::VARIANTS))]
        state: Option<Fate>,
        /// At most so many.
        #[arg(long, default_value_t = 50)]
        most: u32,
    },
    /// Try again what has failed; whoever runs `charley run` sends it within seconds.
    #[group(required = true, multiple = false)]
    Retry {
        /// The number of one, as `list` shows it.
        id: Option<i64>,
        /// All that have failed.
        #[arg(long)]
        all_failed: bool,
    },
}

/// Says what became of them, or tries again.
#[expect(clippy::disallowed_methods, reason = "the real clock comes in here")]
pub(super) fn run(
    settings: &Settings,
    reminders: &Reminders,
    output: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let database = &settings.database;
    if !database.is_file() {
        let database = database.display();
        bail!("there is no database `{database}`; name the one of `charley run` in `DATABASE_URL`");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let now = Timestamp::now();
    let answer = runtime.block_on(async {
        let store = Sqlite::open(database, Opening::default()).await?;
        let answer = ask(&store, reminders.what.as_ref(), now).await;
        store.close().await;
        answer
    })?;
    match (&answer, &reminders.what) {
        (Answer::Retried(0), Some(What::Retry { id: Some(id), .. })) => {
            bail!("reminder {id} has not failed; see `charley reminders list --state failed`");
        }
        _ if reminders.json => writeln!(output, "{}", answer.json())?,
        _ => answer.write(output, now)?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn ask(
    store: &impl Store,
    what: Option<&What>,
    now: Timestamp,
) -> Result<Answer, StoreError> {
    Ok(match what {
        None => Answer::Summary(store.summary().await?),
        Some(What::List { state, most }) => Answer::Entries(store.entries(*state, *most).await?),
        Some(What::Retry { id, .. }) => {
            let which = id.map_or(Which::All, Which::One);
            Answer::Retried(store.retry(which, now).await?)
        }
    })
}

enum Answer {
    Summary(Summary),
    Entries(Vec<Entry>),
    Retried(u64),
}

impl Answer {
    fn json(&self) -> Value {
        match self {
            Self::Summary(summary) => {
                let counts = summary.counts.iter();
                let counts = counts.map(|(fate, count)| (fate.to_string(), Value::from(*count)));
                json!({
                    "counts": counts.collect::<serde_json::Map<String, Value>>(),
                    "oldest_due": summary.oldest_due,
                    "failures": summary.failures.iter()
                        .map(|(reason, count)| json!({"reason": reason, "count": count}))
                        .collect::<Vec<_>>(),
                })
            }
            Self::Entries(entries) => entries.iter().map(row).collect(),
            Self::Retried(count) => json!({"retried": count}),
        }
    }

    fn write(&self, output: &mut dyn Write, now: Timestamp) -> io::Result<()> {
        match self {
            Self::Summary(summary) => write_summary(summary, output, now),
            Self::Entries(entries) => write_entries(entries, output),
            Self::Retried(count) => writeln!(output, "{count} are tried again"),
        }
    }
}

/// The number of a person is a text: JSON readers round it.
fn row(entry: &Entry) -> Value {
    json!({
        "id": entry.id,
        "person": entry.person.0.to_string(),
        "due": entry.due,
        "state": entry.fate,
        "reason": entry.reason,
        "tried": entry.tried,
    })
}

fn write_summary(summary: &Summary, output: &mut dyn Write, now: Timestamp) -> io::Result<()> {
    for (fate, count) in &summary.counts {
        writeln!(output, "{:<9}{count:>9}", fate.to_string())?;
    }
    match summary.oldest_due {
        Some(due) if due <= now => {
            let late = now.duration_since(due).as_secs();
            writeln!(output, "\nThe oldest was due {}, {late} s ago.", moment(due))?;
        }
        Some(due) => writeln!(output, "\nThe next is due {}.", moment(due))?,
        None => writeln!(output, "\nNothing is due.")?,
    }
    for (reason, count) in &summary.failures {
        writeln!(output, "failed {count:>9}  {reason}")?;
    }
    Ok(())
}

fn write_entries(entries: &[Entry], output: &mut dyn Write) -> io::Result<()> {
    writeln!(
        output,
        "{:>8} {:>20} {:<20} {:<9}{:>5}  reason",
        "id", "person", "due", "state", "tried"
    )?;
    for entry in entries {
        let Entry { id, person, due, fate, reason, tried } = entry;
        let (due, fate) = (moment(*due), fate.to_string());
        let reason = reason.as_deref().unwrap_or("-");
        writeln!(output, "{id:>8} {:>20} {due:<20} {fate:<9}{tried:>5}  {reason}", person.0)?;
    }
    Ok(())
}

fn moment(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
