//! `charley check`: every fault of the response files.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::rehearsal::{HeldOut, rehearse};
use crate::responses::{Problem, Problems, Responses, disk};

/// What holds of a sound set of response files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// How many topics there are.
    pub topics: usize,
    /// How many red flags.
    pub flags: usize,
    /// How the topics are told apart.
    pub held_out: HeldOut,
}

/// Checks response files, given as paths seen from their folder and texts, and rehearses them.
///
/// # Errors
/// All that is wrong with them.
pub fn check(files: &[(PathBuf, String)]) -> Result<Sound, Problems> {
    let (responses, mut problems) = Responses::to_rehearse(files);
    let Some(responses) = responses else { return Err(Problems::new(problems, files)) };
    let rehearsal = rehearse(&responses);
    let first = problems.clone();
    problems.extend(rehearsal.problems.into_iter().filter(|problem| !follows(problem, &first)));
    if !problems.is_empty() {
        return Err(Problems::new(problems, files));
    }
    let (topics, flags) = (responses.topics.len(), responses.flags.len());
    Ok(Sound { topics, flags, held_out: rehearsal.topics })
}

/// Whether what the engine finds may only follow from faults of the same files.
fn follows(found: &Problem, first: &[Problem]) -> bool {
    let files = |problem: &Problem| {
        let also = problem.also.iter().map(|(place, _)| place.file.clone());
        also.chain([problem.place.file.clone()]).collect::<Vec<_>>()
    };
    let found = files(found);
    first.iter().any(|problem| files(problem).iter().any(|file| found.contains(file)))
}

/// Checks the response files of a folder; a fault of them is exit code 1.
///
/// # Errors
/// When the result cannot be written.
pub(super) fn run(folder: &Path, output: &mut dyn Write) -> anyhow::Result<ExitCode> {
    match disk::texts(folder, "toml").and_then(|files| check(&files)) {
        Ok(Sound { topics, flags, held_out }) => {
            writeln!(output, "{held_out}")?;
            writeln!(output, "{topics} topics and {flags} red flags are sound")?;
            Ok(ExitCode::SUCCESS)
        }
        Err(problems) => {
            writeln!(output, "{problems}")?;
            Ok(ExitCode::FAILURE)
        }
    }
}
