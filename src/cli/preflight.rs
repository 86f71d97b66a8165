//! `charley preflight` and `charley invite`: what has to be right before a start.

use std::io::Write;
use std::process::ExitCode;

use jiff::Timestamp;

use super::log;
use super::run::token;
use crate::config::{ConfigFault, DATABASE_URL, DISCORD_API_URL, DISCORD_TOKEN, Setting, Settings};
use crate::discord::{Finding, Verdict, invite, preflight};
use crate::store::{Opening, Sqlite, Store};

/// Looks at everything, and prints a line for each; exit 1 where Charley could not run. What a faulty
/// setting leads to is not looked at.
pub(super) fn run(
    settings: &Settings,
    faults: &[ConfigFault],
    output: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let is_sound = |names: &[Setting]| {
        !names.iter().any(|name| faults.iter().any(|fault| fault.setting == name.name))
    };
    let mut findings: Vec<Finding> = faults.iter().map(of_fault).collect();
    findings.extend(filter(settings));
    findings.push(responses(settings));
    runtime.block_on(async {
        if is_sound(&[DATABASE_URL]) {
            findings.push(database(settings).await);
        }
        if is_sound(&[DISCORD_TOKEN, DISCORD_API_URL]) {
            findings.extend(on_discord(settings).await);
        }
    });
    write(&findings, output)?;
    let bad = findings.iter().any(|finding| finding.verdict == Verdict::Bad);
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

#[expect(clippy::disallowed_methods, reason = "the real clock comes in here")]
async fn on_discord(settings: &Settings) -> Vec<Finding> {
    match token(settings) {
        Ok(discord) => preflight(discord, Timestamp::now).await,
        Err(error) => {
            let remedy = "copy it from https://discord.com/developers/applications, your \
                          application, page \"Bot\"";
            let found = error.to_string();
            let found = found.split(';').next().unwrap_or_default();
            vec![Finding::fault(Verdict::Bad, "token", found, remedy)]
        }
    }
}

fn of_fault(fault: &ConfigFault) -> Finding {
    let fault = fault.to_string();
    let (found, remedy) = fault.split_once("; ").unwrap_or((&fault, ""));
    Finding::fault(Verdict::Bad, "settings", found, remedy)
}

/// The log, where something is wrong with it.
fn filter(settings: &Settings) -> Option<Finding> {
    let error = log::wanted(&settings.log).err()?.to_string();
    let (found, remedy) = error.split_once("; ").unwrap_or((&error, ""));
    Some(Finding::fault(Verdict::Bad, "log", found, remedy))
}

/// Prints the link by which a server takes Charley in.
pub(super) fn print_link(settings: &Settings, output: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let discord = token(settings)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match runtime.block_on(invite(discord)) {
        Ok(link) => writeln!(output, "{link}")?,
        Err(finding) => anyhow::bail!("{}: {}; {}", finding.what, finding.found, finding.remedy),
    }
    Ok(ExitCode::SUCCESS)
}

fn responses(settings: &Settings) -> Finding {
    const WHAT: &str = "response files";
    match super::rehearsed(&settings.responses) {
        Ok((responses, _)) => {
            Finding::good(WHAT, format!("sound, {} topics", responses.topics.len()))
        }
        Err(error) => {
            let found = error.to_string();
            let first = found.lines().next().unwrap_or_default().to_owned();
            Finding::fault(Verdict::Bad, WHAT, first, "run `charley check`, which shows each fault")
        }
    }
}

async fn database(settings: &Settings) -> Finding {
    const WHAT: &str = "database";
    match Sqlite::open(&settings.database, Opening::default()).await {
        Ok(store) => {
            store.close().await;
            Finding::good(WHAT, format!("`{}` can be written", settings.database.display()))
        }
        Err(error) => {
            let error = error.to_string();
            let (found, remedy) = error.split_once("; ").unwrap_or((&error, ""));
            Finding::fault(Verdict::Bad, WHAT, found, remedy)
        }
    }
}

/// A line each: how good, what, and below it what to do.
fn write(findings: &[Finding], output: &mut dyn Write) -> std::io::Result<()> {
    let widest = findings.iter().map(|finding| finding.what.chars().count()).max().unwrap_or(0);
    for finding in findings {
        let mark = match finding.verdict {
            Verdict::Good => "ok   ",
            Verdict::Weak => "weak ",
            Verdict::Bad => "BAD  ",
        };
        writeln!(output, "{mark} {:widest$}  {}", finding.what, finding.found)?;
        if !finding.remedy.is_empty() {
            writeln!(output, "      {:widest$}  -> {}", "", finding.remedy)?;
        }
    }
    Ok(())
}
