//! From what Discord says to what happened. Pure.

use std::sync::Arc;

use serenity::all::{
    CommandDataOptionValue, CommandInteraction, CommandType, ComponentInteraction,
    ComponentInteractionDataKind, ResolvedTarget,
};

use super::commands;
use super::custom_id::{CustomId, Outdated};
use super::frame::Posted;
use super::recovery;
use super::way::Way;
use crate::message::{Address, LONGEST_TEXT, Message, PersonId, PlaceId};
use crate::reply;
use crate::turn::Press;
use crate::vocabulary::Manner;

/// Who we are on Discord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Me {
    /// Our user.
    pub(super) user: u64,
    /// Our application.
    pub(super) application: u64,
    /// The roles that servers gave us alone: they bear our name, and are easily called instead.
    pub(super) roles: Arc<[u64]>,
}

/// Something that was said, and how an answer gets there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    /// What was said.
    pub(super) message: Message,
    /// How the answer gets there.
    pub(super) way: Way,
    /// Whether it was said by direct message.
    pub(super) directly: bool,
    /// The message that we had replied to, where this is a reply to that reply.
    pub(super) goes_on_from: Option<u64>,
    /// What it forwards, where that may be ours.
    pub(super) forwards: Option<Original>,
    /// Whether it is a reply to us without any words, and without our name in it. Its words may have
    /// been kept from us.
    pub(super) is_blank_reply: bool,
}

/// The message that somebody forwarded; Discord does not say who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Original {
    /// Where it stands.
    pub(super) channel: u64,
    /// The message.
    pub(super) message: u64,
    /// What whoever forwarded it wrote beside it.
    pub(super) beside: String,
}

/// An ordinary message, and one that is a reply.
const KINDS: [u8; 2] = [0, 19];

/// What somebody said, if it is for us to read: no program's, no call to everybody, nothing empty.
pub(super) fn said(post: &Posted<'_>, me: &Me, manner: Manner) -> Option<Said> {
    let author = post.author.filter(|author| !author.bot && author.id.0 != me.user)?;
    if post.webhook_id.is_some() || !KINDS.contains(&post.kind) || post.mention_everyone {
        return None;
    }
    let directly = post.guild_id.is_none();
    let addressed = is_addressed(post, me);
    let forwarded = post.message_snapshots.iter().map(|snapshot| &*snapshot.message.content);
    let text = text_of(std::iter::once(&*post.content).chain(forwarded), me);
    if !addressed && (text.trim().is_empty() || calls_everybody(&text)) {
        return None;
    }
    let is_blank_reply = addressed && !directly && !is_called(post, me) && text.is_empty();
    let (channel, message) = (post.channel_id.0, post.id.0);
    let in_thread = manner == Manner::Thread && !addressed;
    let place = if in_thread { message } else { channel };
    let from = Address { person: PersonId(author.id.0), place: PlaceId(place) };
    let within = in_thread.then_some(PlaceId(channel));
    let way = if in_thread {
        Way::Thread { channel, message }
    } else {
        Way::Reply { channel, message, unasked: !addressed }
    };
    let (at, in_public) = (post.id.at(), !directly);
    let message = Message { id: message, from, text, at, addressed, in_public, within };
    let goes_on_from = answered_by_us(post, me).filter(|_| !directly);
    let forwards = original(post, me);
    Some(Said { message, way, directly, goes_on_from, forwards, is_blank_reply })
}

fn original(post: &Posted<'_>, me: &Me) -> Option<Original> {
    let from = post.message_reference.filter(|_| !post.message_snapshots.is_empty())?;
    let (channel, message) = (from.channel_id?.0, from.message_id?.0);
    Some(Original { channel, message, beside: text_of(std::iter::once(&*post.content), me) })
}

/// What we had answered by the message that this one replies to.
fn answered_by_us(post: &Posted<'_>, me: &Me) -> Option<u64> {
    let ours = post.referenced_message.filter(|message| message.author.id.0 == me.user)?;
    ours.message_reference?.message_id.map(|message| message.0)
}

/// Whether a text calls everybody, also where Discord lets its author call nobody by that.
fn calls_everybody(text: &str) -> bool {
    ["@everyone", "@here"].iter().any(|call| {
        text.match_indices(call).any(|(at, call)| {
            let (before, after) = (&text[..at], &text[at + call.len()..]);
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
        })
    })
}

fn is_addressed(post: &Posted<'_>, me: &Me) -> bool {
    let answers_us = post.referenced_message.is_some_and(|message| message.author.id.0 == me.user);
    post.guild_id.is_none() || is_called(post, me) || answers_us
}

/// Whether it calls us, or a role that is ours alone; Discord lists that only where its author may
/// call it.
fn is_called(post: &Posted<'_>, me: &Me) -> bool {
    post.mentions.iter().any(|mention| mention.id.0 == me.user)
        || post.mention_roles.iter().any(|role| me.roles.contains(&role.0))
        || post.content.contains("<@&") && role_calls(me).any(|call| post.content.contains(&call))
}

/// How a text calls the roles that are ours alone.
fn role_calls(me: &Me) -> impl Iterator<Item = String> {
    me.roles.iter().map(|role| format!("<@&{role}>"))
}

/// Whether a message is nothing but words to others.
pub(super) fn is_overheard(post: &Posted<'_>, me: &Me) -> bool {
    !is_addressed(post, me) && post.message_snapshots.is_empty()
}

/// The number under which an edited message is answered once more.
pub(super) const fn edited(message: u64) -> u64 {
    message ^ (1 << 63)
}

/// What somebody wrote and what they forward, without what they quote, code, and our name.
fn text_of<'t>(texts: impl Iterator<Item = &'t str>, me: &Me) -> String {
    let own: Vec<String> = texts.map(own_words).collect();
    let mut text = own.join("\n");
    if text.contains("<@") {
        let user = [format!("<@{}>", me.user), format!("<@!{}>", me.user)];
        let calls = user.into_iter().chain(role_calls(me));
        text = calls.fold(text, |text, call| text.replace(&call, " "));
    }
    text.trim().chars().take(LONGEST_TEXT).collect()
}

/// A text without code and without the words of others that it quotes.
fn own_words(text: &str) -> String {
    if !text.contains(['`', '>']) {
        return text.to_owned();
    }
    let own = without_code(text);
    let quotes_rest = own.lines().position(|line| line.starts_with(">>> "));
    let lines = own.lines().take(quotes_rest.unwrap_or(usize::MAX));
    lines.filter(|line| !line.starts_with("> ")).collect::<Vec<_>>().join("\n")
}

/// A text without code. Backticks that stand for apostrophes open none, nor do those that are not
/// closed.
fn without_code(text: &str) -> String {
    let mut own = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('`') {
        let (before, from) = rest.split_at(at);
        own.push_str(before);
        let inside = from.trim_start_matches('`');
        let ticks = &from[..from.len() - inside.len()];
        let opens = !own.ends_with(char::is_alphanumeric);
        if let Some(end) = opens.then(|| closing(inside, ticks)).flatten() {
            own.push(' ');
            rest = &inside[end + ticks.len()..];
        } else {
            own.push_str(ticks);
            rest = inside;
        }
    }
    own.push_str(rest);
    own
}

/// Where as many backticks close what is inside: before no word, and a few of them in their line.
fn closing(inside: &str, ticks: &str) -> Option<usize> {
    let block = ticks.len() >= BLOCK;
    let line = if block { inside } else { inside.lines().next().unwrap_or_default() };
    let ends_word = |end: &usize| !line[end + ticks.len()..].starts_with(char::is_alphanumeric);
    line.match_indices(ticks).map(|(end, _)| end).find(|end| block || ends_word(end))
}

/// So many backticks begin a block of lines.
const BLOCK: usize = 3;

/// What a press on one of our messages means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    /// A choice of a conversation.
    Choice(Press, Way),
    /// Something of the page about what is kept of a person.
    AboutMe(String),
    /// It is somebody else's.
    NotTheirs,
    /// A version that is no longer known, or nothing was picked.
    Outdated,
}

/// Begins the choices of the page about what is kept of a person.
pub(super) const ABOUT_ME: &str = "me:";

/// What a press means.
pub(super) fn pressed(press: &ComponentInteraction, at: jiff::Timestamp) -> Pressed {
    let person = press.user.id.get();
    let Ok(CustomId { of, choice }) = CustomId::read(&press.data.custom_id) else {
        return Pressed::Outdated;
    };
    if of.person.0 != person {
        return Pressed::NotTheirs;
    }
    let Ok(choice) = choice.map_or_else(|| picked(&press.data.kind), Ok) else {
        return Pressed::Outdated;
    };
    if let Some(choice) = choice.strip_prefix(ABOUT_ME) {
        return Pressed::AboutMe(choice.to_owned());
    }
    let everybody = !is_private(press.message.flags);
    let way = Way::Interaction {
        token: press.token.clone(),
        channel: press.channel_id.get(),
        pressed: (everybody && reply::is_answer(&choice)).then(|| press.message.id.get()),
        take_back: reply::takes_back(&choice),
    };
    let in_public = everybody && press.guild_id.is_some();
    Pressed::Choice(Press { id: press.id.get(), from: of, choice, at, in_public }, way)
}

/// Whether only one person sees a message.
pub(super) fn is_private(flags: Option<serenity::all::MessageFlags>) -> bool {
    flags.is_some_and(|flags| flags.contains(serenity::all::MessageFlags::EPHEMERAL))
}

/// The choice that was picked in a menu, or all of them together.
fn picked(kind: &ComponentInteractionDataKind) -> Result<String, Outdated> {
    match kind {
        ComponentInteractionDataKind::StringSelect { values } => {
            reply::together(values).ok_or(Outdated)
        }
        _ => Err(Outdated),
    }
}

/// What a command asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Something is said to us.
    Say(String),
    /// What is said in a message that somebody wrote.
    SayOf(Target),
    /// A choice is pressed.
    Press(String),
    /// Something was typed that means nothing; what to write instead.
    Slip(String),
    /// What is kept of the person.
    AboutMe,
    /// How a message is understood: its text, or the message that it replies to.
    Why(Target),
    /// A command of another version.
    Unknown,
}

/// A message that a menu entry was used on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// Its words.
    pub(super) text: String,
    /// The message itself.
    pub(super) id: u64,
    /// Who wrote it.
    pub(super) author: u64,
    /// Whether we wrote it.
    pub(super) ours: bool,
    /// What it is a reply to: channel and message.
    pub(super) replies_to: Option<(u64, u64)>,
}

/// What a command asks for.
pub(super) fn asked(command: &CommandInteraction, me: &Me) -> Asked {
    let data = &command.data;
    match (data.kind, data.name.as_str()) {
        (CommandType::Message, commands::ASK_ABOUT) => {
            match target(command, me) {
                // Our own words name the signs that they ask for.
                Some(target) if target.ours => Asked::Press(reply::HELP.to_owned()),
                target => target.map_or(Asked::Unknown, Asked::SayOf),
            }
        }
        (CommandType::Message, commands::WHY) => {
            target(command, me).map_or(Asked::Unknown, Asked::Why)
        }
        (CommandType::ChatInput, "cramp") => match option(command) {
            Some(text) => Asked::Say(text),
            None => Asked::Press(reply::BEGIN.to_owned()),
        },
        (CommandType::ChatInput, "ask") => option(command).map_or(Asked::Unknown, Asked::Say),
        (CommandType::ChatInput, "sources") => Asked::Press(reply::SOURCES.to_owned()),
        (CommandType::ChatInput, recovery::NAME) => match recovery::asked(&data.options) {
            Ok(choice) => choice.map_or(Asked::Unknown, Asked::Press),
            Err(slip) => Asked::Slip(slip),
        },
        (CommandType::ChatInput, "charley-me") => Asked::AboutMe,
        // In the middle of a talk "help" would be a cry for it.
        (CommandType::ChatInput, "help") => Asked::Press(reply::HELP.to_owned()),
        _ => Asked::Unknown,
    }
}

fn option(command: &CommandInteraction) -> Option<String> {
    command.data.options.iter().find_map(|option| match &option.value {
        CommandDataOptionValue::String(text) => Some(text.chars().take(LONGEST_TEXT).collect()),
        _ => None,
    })
}

fn target(command: &CommandInteraction, me: &Me) -> Option<Target> {
    let ResolvedTarget::Message(message) = command.data.target()? else { return None };
    let reference = message.message_reference.as_ref();
    let replies_to = reference.and_then(|to| Some((to.channel_id.get(), to.message_id?.get())));
    let forwarded = message.message_snapshots.iter().map(|one| one.content.as_str());
    let text = text_of(std::iter::once(message.content.as_str()).chain(forwarded), me);
    let (id, author) = (message.id.get(), message.author.id.get());
    Some(Target { text, id, author, ours: author == me.user, replies_to })
}

/// The conversation of a command, and how its answer gets there.
pub(super) fn of_command(command: &CommandInteraction) -> (Address, Way) {
    let channel = command.channel_id.get();
    let from = Address { person: PersonId(command.user.id.get()), place: PlaceId(channel) };
    let token = command.token.clone();
    (from, Way::Interaction { token, channel, pressed: None, take_back: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me() -> Me {
        Me { user: 9, application: 9, roles: [7].into() }
    }

    fn heard(fields: &str) -> Option<Said> {
        let text = format!(
            r#"{{"id":"50","channel_id":"6","guild_id":"3","author":{{"id":"8"}},"content":"my calf"{fields}}}"#
        );
        let text = keep_last(&text);
        said(&serde_json::from_str(&text).unwrap(), &me(), Manner::Private)
    }

    /// Later fields take the place of earlier ones.
    fn keep_last(text: &str) -> String {
        serde_json::from_str::<serde_json::Value>(text).unwrap().to_string()
    }

    #[test]
    fn what_a_person_says_in_a_channel_is_overheard() {
        let said = heard("").unwrap();
        assert_eq!(said.message.from, Address { person: PersonId(8), place: PlaceId(6) });
        assert!(!said.message.addressed && !said.directly);
        assert_eq!(said.way, Way::Reply { channel: 6, message: 50, unasked: true });
    }

    #[test]
    fn a_call_a_reply_and_a_direct_message_are_to_us() {
        for fields in [
            r#","mentions":[{"id":"9"}]"#,
            r#","type":19,"referenced_message":{"author":{"id":"9"}}"#,
            r#","guild_id":null"#,
        ] {
            assert!(heard(fields).unwrap().message.addressed, "{fields}");
        }
        assert!(!heard(r#","mentions":[{"id":"4"}]"#).unwrap().message.addressed);
    }

    #[test]
    fn the_role_that_bears_our_name_calls_us() {
        let listed = heard(r#","mention_roles":["7"]"#).unwrap();
        assert!(listed.message.addressed);
        let named = heard(r#","content":"<@&7> my calf""#).unwrap();
        assert!(named.message.addressed);
        assert_eq!(named.message.text, "my calf");
        assert!(
            !heard(r#","content":"<@&4> my calf","mention_roles":["4"]"#)
                .unwrap()
                .message
                .addressed
        );
    }

    #[test]
    fn a_reply_without_words_may_be_one_that_we_may_not_read() {
        let blank = |fields: &str| heard(fields).unwrap().is_blank_reply;
        let reply = r#","type":19,"content":"","referenced_message":{"author":{"id":"9"}}"#;
        assert!(blank(reply));
        assert!(!blank(&format!(r#"{reply},"mentions":[{{"id":"9"}}]"#)), "we are called");
        assert!(!blank(&format!(r#"{reply},"guild_id":null"#)), "directly all can be read");
        assert!(!blank(r#","type":19,"referenced_message":{"author":{"id":"9"}}"#));
    }

    #[test]
    fn programs_webhooks_calls_to_everybody_and_system_messages_are_not_for_us() {
        for fields in [
            r#","author":{"id":"8","bot":true}"#,
            r#","author":{"id":"9"}"#,
            r#","webhook_id":"4""#,
            r#","mention_everyone":true,"mentions":[{"id":"9"}]"#,
            r#","type":7"#,
            r#","content":"""#,
            r#","content":"```my calf```""#,
        ] {
            assert_eq!(heard(fields), None, "{fields}");
        }
    }

    #[test]
    fn a_call_to_everybody_is_known_by_its_words_too() {
        for text in ["@everyone my calf", "hey @here, my calf", "my calf! @everyone"] {
            let fields = format!(r#","content":"{text}""#);
            assert_eq!(heard(&fields), None, "{text}");
            // Nobody was called but we.
            let to_us = format!(r#"{fields},"mentions":[{{"id":"9"}}]"#);
            assert!(heard(&to_us).is_some(), "{text}");
            let directly = format!(r#"{fields},"guild_id":null"#);
            assert!(heard(&directly).is_some(), "{text}");
        }
        for text in ["ana@everyone.example my calf", "@hereford my calf", "`@everyone` my calf"] {
            assert!(heard(&format!(r#","content":"{text}""#)).is_some(), "{text}");
        }
    }

    #[test]
    fn a_reply_to_a_reply_of_ours_says_what_that_one_answered() {
        let replied = |author: u64| {
            let fields = format!(
                r#","type":19,"referenced_message":{{"author":{{"id":"{author}"}},
                   "message_reference":{{"message_id":"44"}}}}"#
            );
            heard(&fields).unwrap().goes_on_from
        };
        assert_eq!((replied(9), replied(4)), (Some(44), None));
        assert_eq!(heard("").unwrap().goes_on_from, None);
    }

    #[test]
    fn a_forwarded_text_is_read() {
        let fields = r#","content":"","message_snapshots":[{"message":{"content":"my calf"}}]"#;
        assert_eq!(heard(fields).unwrap().message.text, "my calf");
    }

    #[test]
    fn in_a_club_with_threads_what_is_overheard_belongs_to_its_thread() {
        let text =
            r#"{"id":"50","channel_id":"6","guild_id":"3","author":{"id":"8"},"content":"a"}"#;
        let said = said(&serde_json::from_str(text).unwrap(), &me(), Manner::Thread).unwrap();
        assert_eq!(said.message.from.place, PlaceId(50));
        assert_eq!(said.way, Way::Thread { channel: 6, message: 50 });
    }

    #[test]
    fn quotes_code_and_our_name_are_left_out() {
        for (text, own) in [
            ("<@9> my calf", "my calf"),
            ("> my calf hurts\nsame", "same"),
            ("me too\n>>> my calf\nhurts", "me too"),
            ("see `calf` there", "see   there"),
            ("a ```\ncalf\n``` b", "a   b"),
            ("don`t know, my calf, can`t", "don`t know, my calf, can`t"),
            ("`cause my calf can`t", "`cause my calf can`t"),
            ("I can`t, see `calf`, don`t", "I can`t, see  , don`t"),
            ("a ``` my calf", "a ``` my calf"),
            ("``my ` calf`` b", "b"),
            ("x > y", "x > y"),
        ] {
            assert_eq!(text_of(std::iter::once(text), &me()), own);
        }
    }
}
