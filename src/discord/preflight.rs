//! Everything that has to be right on Discord's side before a start, looked at one by one, each with
//! its remedy.

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp, Unit};
use serenity::all::{
    ApplicationFlags, ChannelType, CreateMessage, CurrentApplicationInfo, GuildChannel, GuildId,
    Member, PartialGuild, Permissions, UserId,
};

use super::failure::Failure;
use super::invite::{NEEDED, link};
use super::outgoing::nobody;
use super::rest::{Rest, date};
use crate::config::DiscordSettings;

/// How far our clock may be from Discord's.
const CLOCK: SignedDuration = SignedDuration::from_secs(10);

/// Sessions that should be left for today.
const SESSIONS: u64 = 50;

/// How good something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should be.
    Good,
    /// Charley runs, but not as well as it could.
    Weak,
    /// Charley cannot run so.
    Bad,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub what: String,
    /// How good it is.
    pub verdict: Verdict,
    /// What was found.
    pub found: String,
    /// What to do, where something is to be done.
    pub remedy: String,
}

impl Finding {
    /// As it should be.
    pub fn good(what: impl Into<String>, found: impl Into<String>) -> Self {
        let (what, found) = (what.into(), found.into());
        Self { what, verdict: Verdict::Good, found, remedy: String::new() }
    }

    /// Not as it should be.
    pub fn fault(
        verdict: Verdict,
        what: impl Into<String>,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { what: what.into(), verdict, found: found.into(), remedy: remedy.into() }
    }
}

/// Looks at the token, the application, the servers with their channels, the way to the owner, and
/// the clock.
pub async fn preflight(settings: &DiscordSettings, clock: fn() -> Timestamp) -> Vec<Finding> {
    let rest = match Rest::new(settings) {
        Ok(rest) => rest,
        Err(failure) => return vec![no_token(&failure)],
    };
    let application = match rest.own_application().await {
        Ok(application) => application,
        Err(failure) => return vec![no_token(&failure)],
    };
    let mut findings = vec![
        Finding::good("token", format!("Discord knows it as {}", application.name)),
        content(&application),
        sessions(&rest).await,
    ];
    findings.extend(servers(&rest, &application).await);
    findings.push(owner(&rest, &application).await);
    findings.push(clocks(settings, clock).await);
    findings
}

/// The link by which a server takes in the application of this token.
///
/// # Errors
/// What the token or the network is wrong with.
pub async fn invite(settings: &DiscordSettings) -> Result<String, Finding> {
    let application = async { Rest::new(settings)?.own_application().await };
    match application.await {
        Ok(application) => Ok(link(application.id.get())),
        Err(failure) => Err(no_token(&failure)),
    }
}

fn no_token(failure: &Failure) -> Finding {
    if *failure == Failure::Unauthorized {
        let remedy = "copy it again from https://discord.com/developers/applications, your \
                      application, page \"Bot\", \"Reset Token\", into `DISCORD_TOKEN`";
        return Finding::fault(Verdict::Bad, "token", "Discord does not know it", remedy);
    }
    let remedy = "check the network, and `DISCORD_API_URL` if it is set";
    Finding::fault(Verdict::Bad, "Discord", format!("it does not answer: {failure}"), remedy)
}

fn content(application: &CurrentApplicationInfo) -> Finding {
    const WHAT: &str = "message content intent";
    let allowed = ApplicationFlags::GATEWAY_MESSAGE_CONTENT
        | ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED;
    if application.flags.is_some_and(|flags| flags.intersects(allowed)) {
        return Finding::good(WHAT, "allowed");
    }
    let found = "not allowed: Charley answers only mentions, replies, direct messages and commands";
    let remedy = "switch on \"Message Content Intent\" on the page \"Bot\" of \
                  https://discord.com/developers/applications";
    Finding::fault(Verdict::Weak, WHAT, found, remedy)
}

async fn sessions(rest: &Rest) -> Finding {
    const WHAT: &str = "gateway";
    let limit = match rest.gateway().await {
        Ok(gateway) => gateway.session_start_limit,
        Err(failure) => {
            let found = format!("its address cannot be asked for: {failure}");
            return Finding::fault(Verdict::Bad, WHAT, found, "try again in a few minutes");
        }
    };
    let found = format!("{} of {} new sessions are left today", limit.remaining, limit.total);
    if limit.remaining > SESSIONS {
        return Finding::good(WHAT, found);
    }
    let remedy = "find out why Charley was started so often, and wait";
    Finding::fault(Verdict::Weak, WHAT, found, remedy)
}

async fn servers(rest: &Rest, application: &CurrentApplicationInfo) -> Vec<Finding> {
    let guilds = match rest.guilds().await {
        Ok(guilds) => guilds,
        Err(failure) => {
            let found = format!("they cannot be listed: {failure}");
            return vec![Finding::fault(Verdict::Bad, "servers", found, "try again later")];
        }
    };
    if guilds.is_empty() {
        let remedy = format!("open {} and pick the club's server", link(application.id.get()));
        return vec![Finding::fault(Verdict::Weak, "servers", "none has taken Charley in", remedy)];
    }
    let me = rest.own_user().await.unwrap_or(UserId::new(application.id.get()));
    let mut findings = Vec::new();
    for guild in guilds {
        match channels(rest, guild.id, me).await {
            Ok(found) => findings.extend(found),
            Err(failure) => {
                let found = format!("cannot be looked at: {failure}");
                let remedy = "take Charley in again by the link of `charley invite`";
                findings.push(Finding::fault(Verdict::Weak, guild.name, found, remedy));
            }
        }
    }
    findings
}

/// The channels of a server in which people write, with what is missing there.
async fn channels(rest: &Rest, id: GuildId, me: UserId) -> Result<Vec<Finding>, Failure> {
    let guild = rest.guild(id).await?;
    let member = rest.member(id, me).await?;
    let channels = rest.channels(id).await?;
    let looked = channels.iter().filter_map(|channel| {
        Some(of_channel(&guild, &member, channel, &needed_in(channel.kind)?))
    });
    Ok(looked.collect())
}

/// What is needed in a channel of this kind, and what for; `None` where nobody writes.
fn needed_in(kind: ChannelType) -> Option<Vec<(Permissions, &'static str)>> {
    const THREADS: Permissions =
        Permissions::SEND_MESSAGES_IN_THREADS.union(Permissions::CREATE_PUBLIC_THREADS);
    let but = |not: Permissions| NEEDED.into_iter().filter(move |(one, _)| !not.contains(*one));
    match kind {
        ChannelType::Text | ChannelType::News => Some(NEEDED.to_vec()),
        // It has no threads, and nobody takes part in its text who may not come in.
        ChannelType::Voice | ChannelType::Stage => {
            let comes_in =
                (Permissions::CONNECT, "to take part in what is written beside the talk");
            Some(but(THREADS).chain([comes_in]).collect())
        }
        // Each post is a thread that a member opens.
        ChannelType::Forum | MEDIA => {
            let opens = Permissions::SEND_MESSAGES.union(Permissions::CREATE_PUBLIC_THREADS);
            Some(but(opens).collect())
        }
        _ => None,
    }
}

/// A forum of pictures, which serenity has no name for.
const MEDIA: ChannelType = ChannelType::Unknown(16);

fn of_channel(
    guild: &PartialGuild,
    member: &Member,
    channel: &GuildChannel,
    needed: &[(Permissions, &'static str)],
) -> Finding {
    let what = format!("{} #{}", guild.name, channel.name);
    let may = guild.user_permissions_in(channel, member);
    if !may.contains(Permissions::VIEW_CHANNEL) {
        return Finding::good(what, "not open to Charley, so it is left alone");
    }
    let missing = needed.iter().filter(|(needed, _)| !may.contains(*needed));
    let missing: Vec<String> = missing.map(|(needed, why)| format!("{needed} ({why})")).collect();
    if missing.is_empty() {
        return Finding::good(what, "all permissions");
    }
    let remedy = "in the settings of the channel, page Permissions, allow these for Charley";
    Finding::fault(Verdict::Weak, what, format!("without {}", missing.join(", ")), remedy)
}

/// A message to the owner shows the way.
async fn owner(rest: &Rest, application: &CurrentApplicationInfo) -> Finding {
    const WHAT: &str = "direct messages";
    // The owner of a team's application is a user that nobody can write to.
    let (id, name) = match (&application.team, &application.owner) {
        (Some(team), _) => (team.owner_user_id, format!("the owner of the team {}", team.name)),
        (None, Some(owner)) => (owner.id, owner.name.clone()),
        (None, None) => return Finding::good(WHAT, "Discord names no owner; not tried"),
    };
    let sent = async {
        let channel = rest.direct(id.get()).await?;
        let text = "Preflight: direct messages from Charley arrive here.";
        let message = CreateMessage::new().content(text).allowed_mentions(nobody());
        rest.write(channel, &message, None).await
    };
    match sent.await {
        Ok(_) => Finding::good(WHAT, format!("one reached {name}")),
        Err(failure) => {
            let found = format!("none reaches {name}: {failure}");
            let remedy = "share a server with Charley, and allow direct messages from its members";
            Finding::fault(Verdict::Weak, WHAT, found, remedy)
        }
    }
}

/// Our clock beside the date on an answer of Discord's.
async fn clocks(settings: &DiscordSettings, clock: fn() -> Timestamp) -> Finding {
    let told = date(settings).await;
    match told.and_then(|told| DateTimeParser::new().parse_timestamp(told).ok()) {
        Some(theirs) => judged(clock().duration_since(theirs).abs()),
        None => Finding::fault(
            Verdict::Weak,
            "clock",
            "Discord did not tell the time",
            "look again in a while; until then see that the machine sets its clock by the network",
        ),
    }
}

fn judged(far: SignedDuration) -> Finding {
    let found = format!("{:#} from Discord's", far.round(Unit::Millisecond).unwrap_or(far));
    if far <= CLOCK {
        return Finding::good("clock", found);
    }
    let remedy = "let the machine set its clock by the network (NTP); reminders go by it";
    Finding::fault(Verdict::Weak, "clock", found, remedy)
}
