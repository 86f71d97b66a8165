//! A club on a stand-in for Discord, and the real program in it.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use local_discord::{ChannelId, GuildId, InteractionId, Member, MessageId, Seen, Server, World};
use tempfile::TempDir;

/// Longest wait for what has to happen; the machine may be busy.
pub(super) const SOON: Duration = Duration::from_secs(30);

/// What can no longer happen after so long.
pub(super) const A_WHILE: Duration = Duration::from_millis(700);

pub(super) const TOKEN: &str = "MTIzNDU2.Gabcde.s3cr3t-of-the-club";

/// A club with two channels and three members, and Charley's folder.
pub(super) struct Town {
    pub(super) discord: Server,
    pub(super) club: GuildId,
    pub(super) general: ChannelId,
    pub(super) training: ChannelId,
    pub(super) ana: Member,
    pub(super) ben: Member,
    pub(super) cleo: Member,
    folder: TempDir,
    settings: Vec<(&'static str, String)>,
}

impl Town {
    pub(super) fn new() -> Self {
        Self::with(|_| {})
    }

    /// Something is different about this town.
    pub(super) fn with(change: impl FnOnce(&mut World)) -> Self {
        let mut world = World::new("Charley", TOKEN);
        world.settings.identify_gap = Duration::ZERO;
        let club = world.guild("Riverside Runners");
        let (general, training) = (world.channel(club, "general"), world.channel(club, "training"));
        let [ana, ben, cleo] = ["Ana", "Ben", "Cleo"].map(|name| world.member(club, name));
        change(&mut world);
        let discord = Server::start(world).unwrap();
        let [ana, ben, cleo] = [ana, ben, cleo].map(|id| discord.who(id));
        let folder = tempfile::tempdir().unwrap();
        Self { discord, club, general, training, ana, ben, cleo, folder, settings: Vec::new() }
    }

    /// Another value of a setting, from the next start on.
    pub(super) fn set(&mut self, name: &'static str, value: &str) {
        self.settings.push((name, value.to_owned()));
    }

    /// The folder of the database and the log.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts Charley and waits until it is connected.
    pub(super) fn charley(&self) -> Charley {
        let charley = self.start();
        self.until("Charley is connected", World::is_connected);
        charley
    }

    /// Starts Charley.
    pub(super) fn start(&self) -> Charley {
        let log = File::options().create(true).append(true).open(self.path("log")).unwrap();
        let responses = concat!(env!("CARGO_MANIFEST_DIR"), "/responses");
        let mut command = Command::new(env!("CARGO_BIN_EXE_charley"));
        command
            .arg("run")
            .current_dir(self.folder.path())
            .env("DISCORD_TOKEN", TOKEN)
            .env("DISCORD_API_URL", self.discord.url())
            .env("DATABASE_URL", format!("sqlite:{}", self.path("charley.db").display()))
            .env("RESPONSES_DIR", responses)
            .env("RUST_LOG", "trace")
            .envs(self.settings.iter().map(|(name, value)| (*name, value.clone())))
            .stdout(Stdio::null())
            .stderr(log);
        Charley { child: command.spawn().unwrap() }
    }

    /// Everything that was logged.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    /// Waits until something is so.
    pub(super) fn until(&self, what: &str, holds: impl Fn(&World) -> bool) {
        let waited = self.discord.until(holds, SOON);
        waited.unwrap_or_else(|story| panic!("in vain: {what}\n{story}\n{}", self.log_end()));
    }

    /// Waits until somebody sees something in a place.
    pub(super) fn sees(
        &self,
        who: &Member,
        at: ChannelId,
        what: &str,
        wanted: impl Fn(&Seen) -> bool,
    ) -> Seen {
        let end = Instant::now() + SOON;
        loop {
            let seen = who.sees(at);
            if let Some(found) = seen.iter().rev().find(|seen| wanted(seen)) {
                return found.clone();
            }
            let shown: Vec<_> = seen.iter().map(|seen| (&seen.by, &seen.text)).collect();
            assert!(Instant::now() < end, "in vain: {what}, but {shown:#?}\n{}", self.log_end());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The reply to a message, once it is there.
    pub(super) fn reply(&self, who: &Member, question: MessageId) -> Seen {
        let found = self
            .discord
            .find(|world| world.replies_to(question).next().map(|post| post.message.clone()), SOON);
        let reply = found.unwrap_or_else(|story| panic!("no reply\n{story}\n{}", self.log_end()));
        self.sees(who, reply.channel_id, "the reply", |seen| seen.id == reply.id)
    }

    /// What answers a press or command, once it is there.
    pub(super) fn answer(&self, who: &Member, press: InteractionId) -> Seen {
        let found = self.discord.find(
            |world| {
                let answer = world.answers_to(press).find(|post| !post.is_thinking());
                answer.map(|post| post.message.clone())
            },
            SOON,
        );
        let answer = found.unwrap_or_else(|story| panic!("no answer\n{story}\n{}", self.log_end()));
        self.sees(who, answer.channel_id, "the answer", |seen| seen.id == answer.id)
    }

    /// Nothing more comes from Charley in a place.
    pub(super) fn stays_at(&self, at: ChannelId, count: usize) {
        let counted = |world: &World| world.by_bot(at).count();
        let more = self.discord.until(|world| counted(world) > count, A_WHILE);
        let story = self.discord.story();
        assert!(more.is_err(), "more than {count} came\n{story}");
        assert_eq!(self.discord.look(counted), count, "{story}");
    }

    fn log_end(&self) -> String {
        let log = self.log();
        let lines: Vec<&str> = log.lines().filter(|line| !line.contains("TRACE")).collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }
}

/// The program. It dies with its test.
pub(super) struct Charley {
    child: Child,
}

impl Charley {
    /// As the power cut does it.
    pub(super) fn dies(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// As an init system does it.
    pub(super) fn stops(self) -> ExitStatus {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.ends()
    }

    /// Waits until it ends by itself.
    pub(super) fn ends(mut self) -> ExitStatus {
        let end = Instant::now() + SOON;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < end, "it goes on and on");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Charley {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
