//! Programs that are measured from outside.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use local_discord::Server;
use tempfile::TempDir;

use crate::{TOKEN, reader};

/// Something that rests for so long has done its work.
const REST: Duration = Duration::from_millis(700);

/// A program that runs until this is dropped.
pub(crate) struct Running {
    child: Child,
    folder: TempDir,
}

impl Running {
    /// The real program.
    pub(crate) fn charley(server: &Server) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_charley"));
        command
            .arg("run")
            .env("DISCORD_TOKEN", TOKEN)
            .env("DISCORD_API_URL", server.url())
            .env("DATABASE_URL", "sqlite:charley.db")
            .env("RUST_LOG", "warn")
            .env("RESPONSES_DIR", concat!(env!("CARGO_MANIFEST_DIR"), "/responses"));
        Self::start(command)
    }

    /// The least that reads a gateway: frames are received, and nothing is done with them.
    pub(crate) fn reader(server: &Server) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([reader::NAME, &server.gateway_url()]);
        Self::start(command)
    }

    /// A discord.js bot that keeps nothing and does nothing.
    pub(crate) fn discord_js(server: &Server, folder: &str) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/discord/idle.cjs");
        let mut command = Command::new("node");
        command
            .arg(script)
            .env("NODE_PATH", format!("{folder}/node_modules"))
            .env("DISCORD_TOKEN", TOKEN)
            .env("DISCORD_API_URL", server.url());
        Self::start(command)
    }

    fn start(mut command: Command) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let child = command.current_dir(folder.path()).stdout(Stdio::null()).spawn().unwrap();
        Self { child, folder }
    }

    /// A file of its folder.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The CPU time of all its threads, once it rests.
    pub(crate) fn rests(&self) -> Duration {
        let mut last = self.cpu();
        loop {
            thread::sleep(REST);
            let now = self.cpu();
            if now.saturating_sub(last) < Duration::from_millis(5) {
                return now;
            }
            last = now;
        }
    }

    fn cpu(&self) -> Duration {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        let time = |task: std::io::Result<fs::DirEntry>| {
            let spent = fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
            spent.split(' ').next()?.parse::<u64>().ok()
        };
        Duration::from_nanos(tasks.filter_map(time).sum())
    }

    /// What it holds in memory, in MiB.
    pub(crate) fn memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        let kibibytes: f64 = line.split_whitespace().next().unwrap().parse().unwrap();
        kibibytes / 1_024.0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
