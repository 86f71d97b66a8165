//! Everything that has to be right on Discord's side before a start, looked at one by one, each with
//! its remedy.

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp, Unit};
use serenity::all::{
    ApplicationFlags, ChannelType, CreateMessage, CurrentApplicationInfo, GuildChannel, GuildId,
    Member, PartialGuild, Permissions, UserId,
};
use serenity::http::Http;

use super::delivery::direct;
use super::invite::{NEEDED, link};
use super::outgoing::nobody;
use super::rest::{DISCORD, Failure, PATIENCE, failure, http};
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
    let http = match http(settings) {
        Ok(http) => http,
        Err(error) => return vec![no_token(&failure(&error))],
    };
    let application = match http.get_current_application_info().await {
        Ok(application) => application,
        Err(error) => return vec![no_token(&failure(&error))],
    };
    http.set_application_id(application.id);
    let mut findings = vec![
        Finding::good("token", format!("Discord knows it as {}", application.name)),
        content(&application),
        sessions(&http).await,
    ];
    findings.extend(servers(&http, &application).await);
    findings.push(owner(&http, &application).await);
    findings.push(clocks(settings, clock).await);
    findings
}

/// The link by which a server takes in the application of this token.
///
/// # Errors
/// What the token or the network is wrong with.
pub async fn invite(settings: &DiscordSettings) -> Result<String, Finding> {
    let application = async {
        let http = http(settings)?;
        http.get_current_application_info().await
    };
    match application.await {
        Ok(application) => Ok(link(application.id.get())),
        Err(error) => Err(no_token(&failure(&error))),
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

async fn sessions(http: &Http) -> Finding {
    const WHAT: &str = "gateway";
    let limit = match http.get_bot_gateway().await {
        Ok(gateway) => gateway.session_start_limit,
        Err(error) => {
            let found = format!("its address cannot be asked for: {}", failure(&error));
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

async fn servers(http: &Http, application: &CurrentApplicationInfo) -> Vec<Finding> {
    let guilds = match http.get_guilds(None, None).await {
        Ok(guilds) => guilds,
        Err(error) => {
            let found = format!("they cannot be listed: {}", failure(&error));
            return vec![Finding::fault(Verdict::Bad, "servers", found, "try again later")];
        }
    };
    if guilds.is_empty() {
        let remedy = format!("open {} and pick the club's server", link(application.id.get()));
        return vec![Finding::fault(Verdict::Weak, "servers", "none has taken Charley in", remedy)];
    }
    let me = http.get_current_user().await.map_or(UserId::new(application.id.get()), |me| me.id);
    let mut findings = Vec::new();
    for guild in guilds {
        match channels(http, guild.id, me).await {
            Ok(found) => findings.extend(found),
            Err(error) => {
                let found = format!("cannot be looked at: {}", failure(&error));
                let remedy = "take Charley in again by the link of `charley invite`";
                findings.push(Finding::fault(Verdict::Weak, guild.name, found, remedy));
            }
        }
    }
    findings
}

/// The channels of a server in which people write, with what is missing there.
async fn channels(http: &Http, id: GuildId, me: UserId) -> serenity::Result<Vec<Finding>> {
    let guild = http.get_guild(id).await?;
    let member = http.get_member(id, me).await?;
    let channels = http.get_channels(id).await?;
    let text = channels.iter().filter(|channel| {
        matches!(channel.kind, ChannelType::Text | ChannelType::News | ChannelType::Voice)
    });
    Ok(text.map(|channel| of_channel(&guild, &member, channel)).collect())
}

fn of_channel(guild: &PartialGuild, member: &Member, channel: &GuildChannel) -> Finding {
    let what = format!("{} #{}", guild.name, channel.name);
    let may = guild.user_permissions_in(channel, member);
    if !may.contains(Permissions::VIEW_CHANNEL) {
        return Finding::good(what, "not open to Charley, so it is left alone");
    }
    let missing = NEEDED.iter().filter(|(needed, _)| !may.contains(*needed));
    let missing: Vec<String> = missing.map(|(needed, why)| format!("{needed} ({why})")).collect();
    if missing.is_empty() {
        return Finding::good(what, "all permissions");
    }
    let remedy = "in the settings of the channel, page Permissions, allow these for Charley";
    Finding::fault(Verdict::Weak, what, format!("without {}", missing.join(", ")), remedy)
}

/// A message to the owner shows the way.
async fn owner(http: &Http, application: &CurrentApplicationInfo) -> Finding {
    const WHAT: &str = "direct messages";
    let Some(owner) = &application.owner else {
        return Finding::good(WHAT, "the application belongs to a team; not tried");
    };
    let sent = async {
        let channel = direct(http, owner.id.get()).await?;
        let text = "Preflight: direct messages from Charley arrive here.";
        let message = CreateMessage::new().content(text).allowed_mentions(nobody());
        channel.send_message(http, message).await.map_err(|error| failure(&error))
    };
    match sent.await {
        Ok(_) => Finding::good(WHAT, format!("one reached {}", owner.name)),
        Err(failure) => {
            let found = format!("none reaches {}: {failure}", owner.name);
            let remedy = "share a server with Charley, and allow direct messages from its members";
            Finding::fault(Verdict::Weak, WHAT, found, remedy)
        }
    }
}

/// Our clock beside the date on an answer of Discord's.
async fn clocks(settings: &DiscordSettings, clock: fn() -> Timestamp) -> Finding {
    match date(settings).await {
        Some(theirs) => judged(clock().duration_since(theirs).abs()),
        None => Finding::fault(
            Verdict::Weak,
            "clock",
            "Discord did not tell the time",
            "look again in a while; until then see that the machine sets its clock by the network",
        ),
    }
}

async fn date(settings: &DiscordSettings) -> Option<Timestamp> {
    let root = settings.api_url.as_deref().unwrap_or(DISCORD).trim_end_matches('/');
    let client = reqwest::Client::builder().timeout(PATIENCE).build().ok()?;
    let answer = client.get(format!("{root}/api/v10/gateway")).send().await.ok()?;
    let date = answer.headers().get(reqwest::header::DATE)?.to_str().ok()?;
    DateTimeParser::new().parse_timestamp(date).ok()
}

fn judged(far: SignedDuration) -> Finding {
    let found = format!("{:#} from Discord's", far.round(Unit::Millisecond).unwrap_or(far));
    if far <= CLOCK {
        return Finding::good("clock", found);
    }
    let remedy = "let the machine set its clock by the network (NTP); reminders go by it";
    Finding::fault(Verdict::Weak, "clock", found, remedy)
}
