//! Reading lines with editing, on a thread of its own, so that others may print meanwhile.

use std::sync::mpsc;
use std::thread;

use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;
use rustyline::{Config, Editor, ExternalPrinter};
use tokio::sync::mpsc as answers;

/// When the window does not say how wide it is.
const USUAL_WIDTH: usize = 80;

/// What is typed is remembered for the arrow keys, in memory only.
type LineEditor = Editor<(), MemHistory>;

/// A line and the width of the window it was typed in.
type Typed = Result<(String, usize), ReadlineError>;

/// Somebody typing.
pub(super) struct Keyboard {
    asked: mpsc::Sender<()>,
    typed: answers::Receiver<Typed>,
    printer: Option<Box<dyn ExternalPrinter + Send>>,
}

impl Keyboard {
    /// The keyboard, and the width of the window.
    pub(super) fn start() -> anyhow::Result<(Self, usize)> {
        let mut editor = LineEditor::with_history(Config::default(), MemHistory::new())?;
        let width = width(&mut editor);
        let printer = editor.create_external_printer().ok();
        let printer = printer.map(|printer| Box::new(printer) as Box<dyn ExternalPrinter + Send>);
        let (asked, asks) = mpsc::channel();
        let (lines, typed) = answers::channel(1);
        thread::Builder::new()
            .name("keyboard".to_owned())
            .spawn(move || read(editor, &asks, &lines))?;
        Ok((Self { asked, typed, printer }, width))
    }

    /// Shows the prompt.
    pub(super) fn ask(&self) {
        // Nobody there to be asked is the end of typing, which `typed` tells.
        let _ = self.asked.send(());
    }

    /// The next line; nothing when the person leaves.
    pub(super) async fn typed(&mut self) -> anyhow::Result<Option<(String, usize)>> {
        match self.typed.recv().await {
            None | Some(Err(ReadlineError::Eof | ReadlineError::Interrupted)) => Ok(None),
            Some(typed) => Ok(Some(typed?)),
        }
    }

    /// Prints above what is being typed; not where the output is no terminal.
    pub(super) fn printer(&mut self) -> Option<&mut (dyn ExternalPrinter + Send)> {
        self.printer.as_deref_mut().map(|printer| printer as _)
    }
}

fn read(mut editor: LineEditor, asks: &mpsc::Receiver<()>, lines: &answers::Sender<Typed>) {
    while asks.recv().is_ok() {
        let line = editor.readline("> ");
        if let Ok(text) = &line {
            // History is a comfort: to go without is no fault.
            let _ = editor.add_history_entry(text.as_str());
        }
        let width = width(&mut editor);
        if lines.blocking_send(line.map(|text| (text, width))).is_err() {
            return;
        }
    }
}

fn width(editor: &mut LineEditor) -> usize {
    editor.dimensions().map_or(USUAL_WIDTH, |(columns, _)| usize::from(columns))
}
