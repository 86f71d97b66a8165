//! `charley run`: the bot on Discord.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::log;
use crate::bot::Bot;
use crate::clock::Clock;
use crate::config::{DiscordSettings, Settings};
use crate::discord::{self, Charley, Lookup};
use crate::reload::{Contents, Reloader};
use crate::responses::Responses;
use crate::store::{Opening, Sqlite, Store};
use crate::understanding;

/// Runs until it is told to stop.
pub(super) fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let discord = token(settings)?;
    log::begin(&settings.log, settings.log_format)?;
    std::panic::set_hook(Box::new(log::say_where));
    // One thread is plenty for one club, and a quarter cheaper.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // What takes longest at a start; Discord is called meanwhile.
    let folder = settings.responses.clone();
    let loading = runtime.spawn_blocking(move || super::rehearsed(&folder));
    // Members wait for an answer: a database that somebody holds for longer is out of order.
    let speed = settings.clock_speed;
    let opening =
        Opening { patience: Duration::from_secs(2), speed: i32::from(speed), ..Opening::default() };
    if speed > 1 {
        tracing::warn!(speed, "this is a rehearsal: time goes so many times faster");
    }
    runtime.block_on(async {
        let store = Arc::new(Sqlite::open(&settings.database, opening).await?);
        let ran = on_discord(loading, store.clone(), discord, settings).await;
        store.close().await;
        ran
    })
}

/// How Discord is reached; there is a token.
pub(super) fn token(settings: &Settings) -> anyhow::Result<&DiscordSettings> {
    settings.discord.as_ref().context(
        "`DISCORD_TOKEN` is not set; copy it from \
         https://discord.com/developers/applications, your application, page \"Bot\", \
         into the environment or a file `.env`",
    )
}

#[expect(clippy::disallowed_methods, reason = "the real clock comes in here")]
async fn on_discord(
    loading: JoinHandle<anyhow::Result<(Responses, Contents)>>,
    store: Arc<Sqlite>,
    discord: &DiscordSettings,
    settings: &Settings,
) -> anyhow::Result<ExitCode> {
    let (stop, stopping) = watch::channel(false);
    tokio::spawn(async move {
        stop_signal().await;
        tracing::info!("stopping");
        let _ = stop.send(true);
    });
    let charley = load(loading, store.clone(), &settings.responses);
    let clock = Clock::new(Timestamp::now, settings.clock_speed);
    match discord::run(charley, store, discord, clock, stopping).await? {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => {
            log::last_word(&error)?;
            Ok(ExitCode::from(error.code()))
        }
    }
}

/// Charley, once the response files are loaded; or what is wrong with them.
async fn load(
    loading: JoinHandle<anyhow::Result<(Responses, Contents)>>,
    store: Arc<Sqlite>,
    folder: &Path,
) -> anyhow::Result<Charley> {
    let (responses, contents) = loading.await.context("loading the response files ended")??;
    let bot = Arc::new(Bot::new(Arc::new(responses), store));
    let for_why = Arc::clone(&bot);
    let why = move |text: &str| understanding::explain(&for_why.responses(), text);
    let live = Reloader::new(folder.to_owned(), Arc::clone(&bot), contents);
    Ok(Charley { bot, lookup: Lookup { why: Box::new(why) }, live })
}

/// Ctrl-C, or what an init system sends.
async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            return drop(tokio::signal::ctrl_c().await);
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    drop(tokio::signal::ctrl_c().await);
}
