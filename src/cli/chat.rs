//! `charley chat`: the whole bot here, on a file of its own.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

use crate::bot::Bot;
use crate::clock::Clock;
use crate::config::Settings;
use crate::reload::{Contents, LOOK, Reloader};
use crate::responses::Responses;
use crate::store::{Opening, PowerCut, Sqlite, Store};
use crate::terminal::{self, Chat, Format, Lookup};
use crate::understanding;

/// Talks at the terminal, or answers what is piped in.
pub(super) fn run(
    settings: &Settings,
    json: bool,
    fresh: bool,
    output: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let loaded = super::watched(&settings.responses)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    // One person, at hand: speed counts for more than the last seconds before a power cut.
    let opening = Opening {
        power_cut: PowerCut::TakesSeconds,
        speed: i32::from(settings.clock_speed),
        ..Opening::default()
    };
    runtime.block_on(async {
        let store = Arc::new(Sqlite::open(&settings.database, opening).await?);
        let talked = talk(loaded, settings, store.clone(), json, fresh, output).await;
        store.close().await;
        talked.map(|()| ExitCode::SUCCESS)
    })
}

#[expect(clippy::disallowed_methods, reason = "the real clock comes in here")]
async fn talk(
    (responses, contents): (Responses, Contents),
    settings: &Settings,
    store: Arc<Sqlite>,
    json: bool,
    fresh: bool,
    output: &mut dyn Write,
) -> anyhow::Result<()> {
    let bot = Arc::new(Bot::new(Arc::new(responses), store));
    let live = Reloader::new(settings.responses.clone(), Arc::clone(&bot), contents);
    let clock = Clock::new(Timestamp::now, settings.clock_speed);
    let mut chat = Chat::open(Arc::clone(&bot), clock, lookup(&bot, live)).await?;
    if fresh {
        chat.start_afresh().await?;
    }
    let input = io::stdin();
    let format = if json { Format::Json } else { Format::Text };
    if input.is_terminal() && !json {
        terminal::at_keyboard(&mut chat, output).await
    } else {
        terminal::from_pipe(&mut chat, &mut input.lock(), output, format).await
    }
}

fn lookup(bot: &Arc<Bot>, live: Reloader) -> Lookup {
    let (for_why, for_case) = (Arc::clone(bot), Arc::clone(bot));
    Lookup {
        why: Box::new(move |text| understanding::explain(&for_why.responses(), text)),
        case: Box::new(move |conversation| conversation.describe(&for_case.responses())),
        news: news(live),
    }
}

/// Looks at the response files now and then.
#[expect(clippy::disallowed_methods, reason = "a pause is measured by the real clock")]
fn news(mut live: Reloader) -> Box<dyn FnMut() -> Option<String>> {
    let mut last = Instant::now();
    Box::new(move || {
        if last.elapsed() < LOOK {
            return None;
        }
        last = Instant::now();
        live.look().map(|news| news.to_string())
    })
}
