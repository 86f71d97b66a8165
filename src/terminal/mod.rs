//! The whole of Charley for one person at a terminal or in a pipe.

mod chat;
mod pipe;

mod keyboard;
mod prompt;
mod screen;
mod wrap;

use std::io::{BufRead, Write};

pub use chat::{Chat, Lookup};
pub use pipe::Format;

/// Answers line by line, without a prompt, until the input ends.
///
/// # Errors
/// What the store says, or that the output can no longer be written.
pub async fn from_pipe(
    chat: &mut Chat,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    format: Format,
) -> anyhow::Result<()> {
    pipe::run(chat, input, output, format).await
}

/// Talks with somebody at a keyboard until they leave.
///
/// # Errors
/// What the store says, or that the terminal can no longer be used.
pub async fn at_keyboard(chat: &mut Chat, output: &mut dyn Write) -> anyhow::Result<()> {
    prompt::run(chat, output).await
}
