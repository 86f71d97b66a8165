//! `charley check`: every fault of the response files, and the proof that the flow is safe with them.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use crate::proof::prove;
use crate::responses::disk;

/// Checks the response files of a folder; a fault of them is exit code 1.
///
/// # Errors
/// When the result cannot be written.
pub(super) fn run(folder: &Path, output: &mut dyn Write) -> anyhow::Result<ExitCode> {
    match disk::load(folder) {
        Ok(responses) => {
            let (topics, flags) = (responses.topics.len(), responses.flags.len());
            writeln!(output, "{topics} topics and {flags} red flags are sound")?;
            let proof = prove(&responses);
            writeln!(output, "{proof}")?;
            let safe = proof.breaches.is_empty();
            Ok(if safe { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Err(problems) => {
            writeln!(output, "{problems}")?;
            Ok(ExitCode::FAILURE)
        }
    }
}
