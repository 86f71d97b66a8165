//! Before a start: what is right on Discord's side, what is not, and the link that invites Charley.
#![allow(clippy::unwrap_used, reason = "what fails has failed the test")]

use std::process::{Command, Output};

use local_discord::{ChannelType, Permissions, Server, Whom, World};
use tempfile::TempDir;

const TOKEN: &str = "MTIzNDU2.Gabcde.s3cr3t-of-the-club";

fn charley(name: &str, discord: &Server, token: &str, folder: &TempDir) -> Output {
    command(name, discord, token, folder).output().unwrap()
}

fn command(name: &str, discord: &Server, token: &str, folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_charley"));
    command
        .arg(name)
        .current_dir(folder.path())
        .env("DISCORD_TOKEN", token)
        .env("DISCORD_API_URL", discord.url())
        .env("RESPONSES_DIR", concat!(env!("CARGO_MANIFEST_DIR"), "/responses"))
        .env("DATABASE_URL", "sqlite:charley.db");
    command
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn everything_that_is_right_is_said_so() {
    let mut world = World::new("Charley", TOKEN);
    let club = world.guild("Riverside Runners");
    world.channel(club, "general");
    let discord = Server::start(world).unwrap();
    let folder = tempfile::tempdir().unwrap();

    let looked = charley("preflight", &discord, TOKEN, &folder);
    let table = text(&looked);
    assert!(looked.status.success(), "{table}");
    for line in
        ["response files", "database", "token", "message content", "gateway", "#general", "clock"]
    {
        let found = table.lines().find(|found| found.contains(line));
        assert!(found.is_some_and(|found| found.starts_with("ok ")), "{line}\n{table}");
    }
    let owner = discord.look(|world| world.application.owner);
    let told = discord.who(owner).sees_in_private();
    assert_eq!(told.len(), 1, "{table}");
}

#[test]
fn a_faulty_setting_is_named_among_all_else_and_what_it_leads_to_is_left_out() {
    let discord = Server::start(World::new("Charley", TOKEN)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let looked = command("preflight", &discord, "hunter2", &folder)
        .env("LOG_FORMAT", "xml")
        .env("RUST_LOG", "inof")
        .output()
        .unwrap();
    let table = text(&looked);
    assert_eq!(looked.status.code(), Some(1), "{table}");
    for line in [
        "BAD   settings        `LOG_FORMAT` is `xml`, but there is no such format",
        "-> write `text` or `json`",
        "BAD   settings        `DISCORD_TOKEN`: a token has three parts",
        "BAD   log             `RUST_LOG` is `inof`, which is no level",
        "ok    response files",
        "ok    database",
    ] {
        assert!(table.contains(line), "{line}\n{table}");
    }
    assert!(!table.contains("hunter2") && !table.contains("gateway"), "{table}");
}

#[test]
fn each_thing_that_is_missing_is_named_with_its_remedy() {
    let mut world = World::new("Charley", TOKEN);
    world.application.message_content = false;
    let club = world.guild("Riverside Runners");
    let silent = world.channel(club, "announcements");
    let (me, send) = (Whom::Member(world.bot()), Permissions::SEND_MESSAGES);
    world.overwrite(silent, me, Permissions::empty(), send);
    let owner = world.application.owner;
    let discord = Server::start(world).unwrap();
    discord.who(owner).closes_dms();
    let folder = tempfile::tempdir().unwrap();

    let looked = charley("preflight", &discord, TOKEN, &folder);
    let table = text(&looked);
    assert!(looked.status.success(), "Charley can run so\n{table}");
    for (line, remedy) in [
        ("message content intent", "page \"Bot\""),
        ("#announcements", "page Permissions"),
        ("direct messages", "share a server"),
    ] {
        let lines: Vec<&str> = table.lines().collect();
        let at = lines.iter().position(|found| found[..40].contains(line)).unwrap();
        assert!(lines[at].starts_with("weak "), "{line}\n{table}");
        assert!(lines[at + 1].contains(remedy), "{line}\n{table}");
    }
}

#[test]
fn each_kind_of_channel_in_which_people_write_is_looked_at_for_what_is_needed_there() {
    let mut world = World::new("Charley", TOKEN);
    let club = world.guild("Riverside Runners");
    let none = Permissions::empty();
    // Nobody but a member of the club opens posts, and a talk has no threads.
    let unneeded = Permissions::CREATE_PUBLIC_THREADS;
    world.everyone_may(
        club,
        Permissions::VIEW_CHANNEL
            | Permissions::READ_MESSAGE_HISTORY
            | Permissions::SEND_MESSAGES
            | Permissions::SEND_MESSAGES_IN_THREADS
            | Permissions::CONNECT,
    );
    let everyone = Whom::Role(club.cast());
    for (kind, name, allow, deny) in [
        (ChannelType::GuildText, "good-text", unneeded, none),
        (ChannelType::GuildForum, "good-forum", none, Permissions::SEND_MESSAGES),
        (ChannelType::GuildForum, "shut-forum", none, Permissions::SEND_MESSAGES_IN_THREADS),
        (ChannelType::GuildVoice, "good-voice", none, Permissions::SEND_MESSAGES_IN_THREADS),
        (ChannelType::GuildVoice, "shut-voice", none, Permissions::CONNECT),
        (ChannelType::GuildStageVoice, "shut-stage", none, Permissions::SEND_MESSAGES),
        (ChannelType::GuildCategory, "heading", none, none),
    ] {
        let channel = world.channel_of(kind, club, name);
        world.overwrite(channel, everyone, allow, deny);
    }
    let discord = Server::start(world).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let table = text(&charley("preflight", &discord, TOKEN, &folder));
    for (channel, verdict, missing) in [
        ("#good-text", "ok ", ""),
        ("#good-forum", "ok ", ""),
        ("#shut-forum", "weak ", "Send Messages in Threads"),
        ("#good-voice", "ok ", ""),
        ("#shut-voice", "weak ", "Connect"),
        ("#shut-stage", "weak ", "Send Messages"),
    ] {
        let line = table.lines().find(|line| line.contains(channel)).unwrap_or_default();
        assert!(line.starts_with(verdict) && line.contains(missing), "{channel}: {line}\n{table}");
    }
    assert!(!table.contains("heading"), "{table}");
}

#[test]
fn a_wrong_token_is_the_first_thing_to_mend() {
    let discord = Server::start(World::new("Charley", TOKEN)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let looked = charley("preflight", &discord, "MTIz.abc.wrong", &folder);
    let table = text(&looked);
    assert_eq!(looked.status.code(), Some(1), "{table}");
    assert!(table.contains("BAD   token") && table.contains("Reset Token"), "{table}");
}

#[test]
fn the_invitation_is_a_link_for_this_application() {
    let discord = Server::start(World::new("Charley", TOKEN)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let link = text(&charley("invite", &discord, TOKEN, &folder));
    let id = discord.look(|world| world.application.id);
    let begin = format!("https://discord.com/oauth2/authorize?client_id={id}&scope=bot");
    assert!(link.starts_with(&begin), "{link}");
}
