//! What comes over the gateway, read only as far as it is needed: most of it is not for us.

use std::borrow::Cow;
use std::marker::PhantomData;

use jiff::Timestamp;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize, de};
use serde_json::value::RawValue;

/// One frame. Messages are most of them: where the name of the event stands before its payload, a
/// message is read in the same pass.
#[derive(Debug)]
pub(super) struct Frame<'f> {
    /// The number of an event, for resuming.
    pub(super) s: Option<u64>,
    /// The name of an event.
    pub(super) t: Option<&'f str>,
    /// The payload.
    pub(super) d: Payload<'f>,
}

/// What an event is about.
#[derive(Debug)]
pub(super) enum Payload<'f> {
    /// A new message.
    Message(Box<Posted<'f>>),
    /// Something else, not read yet.
    Raw(&'f RawValue),
    /// Nothing.
    Nothing,
}

/// A frame in which any payload is left as it is.
#[derive(Debug, Deserialize)]
pub(super) struct RawFrame<'f> {
    /// As in [`Frame`].
    pub(super) s: Option<u64>,
    /// As in [`Frame`].
    pub(super) t: Option<&'f str>,
    /// As in [`Frame`].
    #[serde(borrow)]
    pub(super) d: Option<&'f RawValue>,
}

impl<'f> RawFrame<'f> {
    /// The same, its payload as it is.
    pub(super) fn as_frame(&self) -> Frame<'f> {
        Frame { s: self.s, t: self.t, d: self.d.map_or(Payload::Nothing, Payload::Raw) }
    }
}

/// The name of the event that a new message is.
pub(super) const MESSAGE: &str = "MESSAGE_CREATE";

/// The name of the first event of a session.
pub(super) const READY: &str = "READY";

/// The name of the event that a press or a command is.
pub(super) const INTERACTION: &str = "INTERACTION_CREATE";

impl<'de: 'f, 'f> Deserialize<'de> for Frame<'f> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields(PhantomData))
    }
}

struct Fields<'f>(PhantomData<&'f ()>);

impl<'de: 'f, 'f> Visitor<'de> for Fields<'f> {
    type Value = Frame<'f>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a frame of the gateway")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Frame<'f>, M::Error> {
        let mut frame = Frame { s: None, t: None, d: Payload::Nothing };
        while let Some(key) = map.next_key::<&str>()? {
            match key {
                "s" => frame.s = map.next_value()?,
                "t" => frame.t = map.next_value()?,
                "d" if frame.t == Some(MESSAGE) => frame.d = Payload::Message(map.next_value()?),
                "d" => {
                    let raw: Option<&RawValue> = map.next_value()?;
                    frame.d = raw.map_or(Payload::Nothing, Payload::Raw);
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(frame)
    }
}

/// A number of Discord's, which it writes as text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub(super) struct Snowflake(pub(super) u64);

/// The first millisecond of Discord's numbers: the beginning of 2015.
const EPOCH: u64 = 1_420_070_400_000;

impl Snowflake {
    /// When it was given out.
    pub(super) fn at(self) -> Timestamp {
        let millisecond = i64::try_from((self.0 >> 22) + EPOCH).unwrap_or_default();
        Timestamp::from_millisecond(millisecond).unwrap_or_default()
    }

    /// The first that could be given out at this time.
    pub(super) fn from(at: Timestamp) -> Self {
        let millisecond = u64::try_from(at.as_millisecond()).unwrap_or_default();
        Self(millisecond.saturating_sub(EPOCH) << 22)
    }
}

impl<'de> Deserialize<'de> for Snowflake {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Digits)
    }
}

struct Digits;

impl Visitor<'_> for Digits {
    type Value = Snowflake;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a number, as text or plain")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Snowflake, E> {
        let wrong = || de::Error::invalid_value(de::Unexpected::Str(text), &self);
        text.parse().map(Snowflake).map_err(|_| wrong())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Snowflake, E> {
        Ok(Snowflake(number))
    }
}

/// Anything of which only the number counts.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Numbered {
    /// Its number.
    pub(super) id: Snowflake,
}

/// Who wrote something.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Author {
    /// Their number.
    pub(super) id: Snowflake,
    /// Whether it is a program.
    #[serde(default)]
    pub(super) bot: bool,
}

/// A message that somebody wrote or edited.
#[derive(Debug, Deserialize)]
pub(super) struct Posted<'f> {
    /// Its number.
    pub(super) id: Snowflake,
    /// Where it stands.
    pub(super) channel_id: Snowflake,
    /// The server; `None` in a direct message.
    pub(super) guild_id: Option<Snowflake>,
    /// Who wrote it; absent where only something beside the text was changed.
    pub(super) author: Option<Author>,
    /// Set where a webhook wrote it.
    pub(super) webhook_id: Option<Snowflake>,
    /// The text; empty without the intent to read it.
    #[serde(borrow, default)]
    pub(super) content: Cow<'f, str>,
    /// Who is called by it.
    #[serde(default)]
    pub(super) mentions: Vec<Numbered>,
    /// Which roles are called by it.
    #[serde(default)]
    pub(super) mention_roles: Vec<Snowflake>,
    /// Whether everybody is called.
    #[serde(default)]
    pub(super) mention_everyone: bool,
    /// When it was edited, if it was.
    #[serde(borrow, default)]
    pub(super) edited_timestamp: Option<Cow<'f, str>>,
    /// What kind of message it is.
    #[serde(default, rename = "type")]
    pub(super) kind: u8,
    /// The message it is a reply to.
    #[serde(default)]
    pub(super) referenced_message: Option<Referenced>,
    /// The message that it replies to or forwards.
    #[serde(default)]
    pub(super) message_reference: Option<Reference>,
    /// The texts that it forwards.
    #[serde(borrow, default)]
    pub(super) message_snapshots: Vec<Snapshot<'f>>,
}

impl Posted<'_> {
    /// When it was edited, if it was.
    pub(super) fn edited_at(&self) -> Option<Timestamp> {
        self.edited_timestamp.as_deref()?.parse().ok()
    }
}

/// A message that another is a reply to.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Referenced {
    /// Who wrote it.
    pub(super) author: Numbered,
    /// What it is a reply to itself.
    #[serde(default)]
    pub(super) message_reference: Option<Reference>,
}

/// Where the message is that another one replies to or forwards.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Reference {
    /// Where it stands.
    #[serde(default)]
    pub(super) channel_id: Option<Snowflake>,
    /// Its number.
    #[serde(default)]
    pub(super) message_id: Option<Snowflake>,
}

/// A text that was forwarded.
#[derive(Debug, Deserialize)]
pub(super) struct Snapshot<'f> {
    /// The message as it was.
    #[serde(borrow)]
    pub(super) message: Forwarded<'f>,
}

/// See [`Snapshot`].
#[derive(Debug, Deserialize)]
pub(super) struct Forwarded<'f> {
    /// Its text.
    #[serde(borrow, default)]
    pub(super) content: Cow<'f, str>,
}

/// A press or command, as far as somebody waits for an answer to it.
#[derive(Debug, Deserialize)]
pub(super) struct Awaited {
    /// Its number.
    pub(super) id: Snowflake,
    /// What Discord takes the answer by.
    pub(super) token: String,
    /// What kind it is.
    #[serde(rename = "type")]
    pub(super) kind: u8,
    /// Where it was: in a server, in direct messages with us, among others.
    #[serde(default)]
    pub(super) context: Option<u8>,
    /// The server, if it was in one.
    #[serde(default)]
    pub(super) guild_id: Option<Snowflake>,
}

/// The number of direct messages with us among the places where a press or command may be.
const WITH_US: u8 = 1;

impl Awaited {
    /// Whether somebody waits for a message: a ping and a suggestion while typing get none.
    pub(super) const fn is_waited_for(&self) -> bool {
        matches!(self.kind, 2 | 3 | 5)
    }

    /// Whether it was in direct messages with us.
    pub(super) fn is_direct(&self) -> bool {
        self.context.map_or(self.guild_id.is_none(), |context| context == WITH_US)
    }
}

/// Messages that were deleted.
#[derive(Debug, Deserialize)]
pub(super) struct Deleted {
    /// One of them.
    pub(super) id: Option<Snowflake>,
    /// Many at once.
    #[serde(default)]
    pub(super) ids: Vec<Snowflake>,
    /// Where they stood.
    pub(super) channel_id: Snowflake,
}

impl Deleted {
    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = Snowflake> {
        self.id.into_iter().chain(self.ids.iter().copied())
    }
}

/// Who we are, as the first event of a session says.
#[derive(Debug, Deserialize)]
pub(super) struct Ready {
    /// Our user.
    pub(super) user: Numbered,
    /// Our application.
    pub(super) application: Numbered,
}

/// A server with its channels, as it comes after [`Ready`].
#[derive(Debug, Deserialize)]
pub(super) struct Guild {
    /// Its number.
    pub(super) id: Snowflake,
    /// When we came into it.
    #[serde(default)]
    pub(super) joined_at: Option<String>,
    /// Its channels.
    #[serde(default)]
    pub(super) channels: Vec<Channel>,
    /// The threads in them.
    #[serde(default)]
    pub(super) threads: Vec<Channel>,
    /// Its roles.
    #[serde(default)]
    pub(super) roles: Vec<Role>,
}

/// A role of a server.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Role {
    /// Its number.
    pub(super) id: Snowflake,
    /// What it is for, if for something.
    #[serde(default)]
    tags: Option<Tags>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Tags {
    #[serde(default)]
    bot_id: Option<Snowflake>,
}

impl Role {
    /// Whether it was made for this user alone.
    pub(super) fn is_of(&self, user: u64) -> bool {
        self.tags.and_then(|tags| tags.bot_id) == Some(Snowflake(user))
    }
}

/// A channel or thread.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Channel {
    /// Its number.
    pub(super) id: Snowflake,
    /// The last message in it, which may be gone by now.
    #[serde(default)]
    pub(super) last_message_id: Option<Snowflake>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_tells_its_time() {
        let id = Snowflake(175_928_847_299_117_063);
        assert_eq!(id.at().to_string(), "2016-04-30T11:18:25.796Z");
        assert_eq!(Snowflake::from(id.at()).at(), id.at());
    }

    #[test]
    fn where_somebody_waits_for_an_answer_is_known_from_old_and_new_events() {
        let awaited = |more: &str| {
            let text = format!(r#"{{"id":"5","token":"a","type":3{more}}}"#);
            serde_json::from_str::<Awaited>(&text).unwrap()
        };
        assert!(awaited("").is_direct() && awaited(r#","context":1"#).is_direct());
        assert!(!awaited(r#","context":2"#).is_direct());
        assert!(!awaited(r#","guild_id":"7""#).is_direct());
        assert!(awaited("").is_waited_for());
    }

    #[test]
    fn a_message_is_read_without_copying_its_text() {
        let text = r#"{"op":0,"s":7,"t":"MESSAGE_CREATE","d":{"id":"5","channel_id":"6",
            "author":{"id":"8","username":"a"},"content":"my calf","flags":0,"new":{"a":[1]},
            "mentions":[{"id":"9","username":"b"}],"type":19,
            "referenced_message":{"id":"1","author":{"id":"9"}}}}"#;
        let frame: Frame<'_> = serde_json::from_str(text).unwrap();
        assert_eq!((frame.s, frame.t), (Some(7), Some("MESSAGE_CREATE")));
        let Payload::Message(post) = frame.d else { panic!("{:?}", frame.d) };
        assert!(matches!(post.content, Cow::Borrowed("my calf")));
        assert_eq!(post.referenced_message.unwrap().author.id, Snowflake(9));
        assert_eq!(post.mentions[0].id, Snowflake(9));
    }
}
