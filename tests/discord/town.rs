//! A club on a stand-in for Discord, and the real program in it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use local_discord::{
    ChannelId, GuildId, InteractionId, Member, MessageId, Request, Seen, Server, World,
};
use serde_json::Value;
use tempfile::TempDir;

use super::database::Database;
use super::secrets;

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
    responses: PathBuf,
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
        let responses = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/responses"));
        let settings = vec![("LOG_FORMAT", log_format().to_owned())];
        Self { discord, club, general, training, ana, ben, cleo, folder, settings, responses }
    }

    /// A town whose club has settings of its own: lines of `club.toml`.
    pub(super) fn with_club(settings: &str) -> Self {
        let mut town = Self::new();
        town.has_own_responses();
        town.writes("club.toml", &format!("name = \"our club\"\n{settings}\n"));
        town
    }

    /// From now on this club's response files can be edited.
    pub(super) fn has_own_responses(&mut self) {
        let own = self.path("responses");
        copy(&self.responses, &own);
        self.responses = own;
    }

    /// A moderator saves a response file.
    pub(super) fn writes(&self, file: &str, text: &str) {
        fs::write(self.responses.join(file), text).unwrap();
    }

    /// What stands in a response file.
    pub(super) fn reads(&self, file: &str) -> String {
        fs::read_to_string(self.responses.join(file)).unwrap()
    }

    /// Everybody else in this club.
    pub(super) fn member(&self, name: &str) -> Member {
        let id = self.discord.change(|world| world.member(self.club, name));
        self.discord.who(id)
    }

    /// Charley's name, as members call it.
    pub(super) fn call(&self) -> String {
        format!("<@{}>", self.discord.look(World::bot))
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
        let sessions = |world: &World| world.identifies() + world.resumes();
        let before = self.discord.look(sessions);
        let charley = self.start();
        self.until("Charley is connected", |world| sessions(world) > before);
        charley
    }

    /// Starts Charley.
    pub(super) fn start(&self) -> Charley {
        let log = File::options().create(true).append(true).open(self.path("log")).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_charley"));
        command
            .arg("run")
            .current_dir(self.folder.path())
            .env("DISCORD_TOKEN", TOKEN)
            .env("DISCORD_API_URL", self.discord.url())
            .env("DATABASE_URL", format!("sqlite:{}", self.path("charley.db").display()))
            .env("RESPONSES_DIR", &self.responses)
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

    /// The reply to somebody's direct message.
    pub(super) fn direct(&self, who: &Member, text: &str) -> Seen {
        let message = who.dms(text).unwrap();
        self.reply(who, message)
    }

    /// What answers a press of a button, or a pick in a menu.
    pub(super) fn pressed(&self, who: &Member, on: &Seen, which: &str) -> Seen {
        let in_menu = on.choices.iter().any(|choice| choice == which);
        let press = if in_menu { who.selects(on.id, &[which]) } else { who.presses(on.id, which) };
        self.answer(who, press.unwrap())
    }

    /// What answers a command.
    pub(super) fn command(&self, who: &Member, name: &str, options: &[(&str, Value)]) -> Seen {
        self.until("the commands are known", |world| world.commands().count() > 0);
        let run = who.runs(self.general, name, options).unwrap();
        self.answer(who, run)
    }

    /// What answers an entry of a message's menu.
    pub(super) fn menu(&self, who: &Member, name: &str, on: MessageId) -> Seen {
        self.until("the commands are known", |world| world.commands().count() > 0);
        let used = who.uses(name, on).unwrap();
        self.answer(who, used)
    }

    /// How often Charley asked for this; `*` stands for one part of the path.
    pub(super) fn asked(&self, method: &str, path: &str) -> usize {
        self.discord.look(|world| {
            let asked = |request: &&Request| request.method == method && fits(path, &request.path);
            world.journal.requests().filter(asked).count()
        })
    }

    /// Waits for a line in the log.
    pub(super) fn logs(&self, what: &str) {
        let end = Instant::now() + SOON;
        while !self.log().contains(what) {
            assert!(Instant::now() < end, "never logged: {what}\n{}", self.log_end());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The database of this club.
    pub(super) fn database(&self) -> Database {
        Database::open(&self.path("charley.db"))
    }

    /// Charley has dealt with all that was said before: a newcomer asks and is answered.
    pub(super) fn is_through(&self) {
        let newcomer = self.member("Newcomer");
        self.direct(&newcomer, "help");
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

impl Drop for Town {
    /// At the end of every story: nobody was pinged, and the log holds nothing that was said.
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        self.discord.look(secrets::nobody_was_pinged);
        let secrets = self.discord.look(secrets::of);
        let log = self.log();
        assert!(!log.is_empty(), "nothing was logged");
        for secret in secrets.iter().chain([&TOKEN.to_owned()]) {
            let line = log.lines().find(|line| line.contains(secret));
            assert!(line.is_none(), "{secret:?} is in the log: {line:?}");
        }
    }
}

/// Half of the stories write their log for programs, always the same ones.
fn log_format() -> &'static str {
    let name = std::thread::current().name().map_or(0, str::len);
    if name.is_multiple_of(2) { "json" } else { "text" }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (from, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        let to = to.join(name);
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).map(drop).unwrap();
        }
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    let (wanted, parts): (Vec<&str>, Vec<&str>) =
        (pattern.split('/').collect(), path.split('/').collect());
    let same = |(wanted, part): (&&str, &&str)| *wanted == "*" || wanted == part;
    wanted.len() == parts.len() && wanted.iter().zip(&parts).all(same)
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
        self.gets("-TERM")
    }

    /// As somebody at its terminal does it.
    pub(super) fn interrupted(self) -> ExitStatus {
        self.gets("-INT")
    }

    fn gets(self, signal: &str) -> ExitStatus {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
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
