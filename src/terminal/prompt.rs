//! The prompt: somebody types, and what falls due meanwhile appears by itself.

use std::io::{self, Write};
use std::time::Duration;

use jiff::tz::TimeZone;

use super::Chat;
use super::keyboard::Keyboard;
use super::screen::Screen;
use crate::input_line::{Command, InputLine};
use crate::reply::Reply;

/// How often the clock is looked at, which another terminal may have moved, and the response files.
const LOOK: Duration = Duration::from_secs(2);

const WELCOME: &str = "This is Charley. Say what hurts, in your own words. \
                       `/help` shows what else you can type.";

const HELP: &str = "\
Say what hurts, or ask about cramps, in your own words.

- A number, or the words beside it, presses that choice.
- `+10 min`, `+3 h` or `+2 d` moves the clock on; what falls due then appears.
- `/why` shows how your last message was understood.
- `/case` shows what Charley knows so far.
- `/quit` leaves, and so do Ctrl-C and Ctrl-D. The chat goes on when you come back.

Your words are not kept, only what Charley understood of them.";

const STILL_OPEN: &str = "(You are back. This was still open.)";

const SILENCE: &str = "(Charley says nothing to that.)";

/// Talks until the person leaves.
pub(super) async fn run(chat: &mut Chat, output: &mut dyn Write) -> anyhow::Result<()> {
    let (mut keyboard, width) = Keyboard::start()?;
    let mut table = Table { chat, output, screen: Screen { width, colour: colour() } };
    table.put(&table.screen.aside(WELCOME))?;
    table.show_open().await?;
    while let Some(text) = table.wait(&mut keyboard).await? {
        match InputLine::typed(&text, table.chat.choices()) {
            InputLine::Command(Command::Quit) => break,
            InputLine::Command(command) => table.look_up(command).await?,
            line => table.answer(line).await?,
        }
    }
    chat.settle().await
}

fn colour() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// The chat, and where it is shown.
struct Table<'a> {
    chat: &'a mut Chat,
    output: &'a mut dyn Write,
    screen: Screen,
}

impl Table<'_> {
    fn put(&mut self, page: &str) -> io::Result<()> {
        self.output.write_all(page.as_bytes())?;
        self.output.flush()
    }

    /// Whoever comes back sees what they were asked: a number presses a choice of it.
    async fn show_open(&mut self) -> anyhow::Result<()> {
        let Some(open) = self.chat.left_open().await? else { return Ok(()) };
        let page = self.screen.aside(STILL_OPEN) + &self.screen.replies(&[open]) + "\n";
        Ok(self.put(&page)?)
    }

    /// What is typed next; nothing when the person leaves.
    async fn wait(&mut self, keyboard: &mut Keyboard) -> anyhow::Result<Option<String>> {
        keyboard.ask();
        loop {
            // A fault comes up again with the next line; to leave now would spoil the terminal.
            let pause = self.show_due(keyboard).await.unwrap_or(LOOK);
            self.show_news(keyboard)?;
            tokio::select! {
                typed = keyboard.typed() => return self.take(typed?),
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    fn take(&mut self, typed: Option<(String, usize)>) -> anyhow::Result<Option<String>> {
        let Some((text, width)) = typed else {
            self.put("\n")?;
            return Ok(None);
        };
        self.screen.width = width;
        Ok(Some(text))
    }

    /// Shows what fell due, above what is being typed, and says when to look again.
    async fn show_due(&mut self, keyboard: &mut Keyboard) -> anyhow::Result<Duration> {
        let (answer, next) = self.chat.fallen_due().await?;
        if !answer.replies.is_empty() {
            let page = self.screen.replies(&answer.replies) + "\n";
            match keyboard.printer() {
                Some(printer) => printer.print(page)?,
                None => self.put(&page)?,
            }
            self.chat.shown(&answer).await;
        }
        let Some(next) = next else { return Ok(LOOK) };
        Ok(self.chat.until(next).await?.min(LOOK))
    }

    /// Shows what became of changed response files, above what is being typed.
    fn show_news(&mut self, keyboard: &mut Keyboard) -> anyhow::Result<()> {
        let Some(news) = self.chat.news() else { return Ok(()) };
        let page = self.screen.aside(&news) + "\n";
        match keyboard.printer() {
            Some(printer) => printer.print(page)?,
            None => self.put(&page)?,
        }
        Ok(())
    }

    async fn answer(&mut self, line: InputLine) -> anyhow::Result<()> {
        let (blank, moves) = (matches!(line, InputLine::Blank), matches!(line, InputLine::Move(_)));
        let (screen, output) = (self.screen, &mut self.output);
        let mut early = false;
        let mut show = |replies: &[Reply]| {
            early = true;
            output.write_all((screen.replies(replies) + "\n").as_bytes())?;
            Ok(output.flush()?)
        };
        let answer = self.chat.answer(line, &mut show).await?;
        let mut page = self.screen.replies(&answer.replies);
        if moves {
            let now = self.chat.now().await?.to_zoned(TimeZone::system());
            let now = now.strftime("%A %-d %B, %H:%M %Z");
            page.insert_str(0, &self.screen.aside(&format!("(It is now {now}.)")));
        } else if page.is_empty() && !blank && !early {
            page = self.screen.aside(SILENCE);
        }
        self.put(&(page + "\n"))?;
        self.chat.shown(&answer).await;
        Ok(())
    }

    async fn look_up(&mut self, command: Command) -> anyhow::Result<()> {
        let text = match command {
            Command::Help => HELP.to_owned(),
            Command::Why => self.chat.why(),
            Command::Case => self.chat.case().await?,
            Command::Quit => return Ok(()),
        };
        let page = format!("\n{}\n\n", text.trim_end());
        Ok(self.put(&page)?)
    }
}
