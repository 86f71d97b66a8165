//! What is particular to one club, as `club.toml` says it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::raw::Text;
use crate::vocabulary::Manner;

/// The number of a channel, in quotes, as Discord copies it.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct ChannelNumber(pub u64);

impl TryFrom<String> for ChannelNumber {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let number = text.parse().ok().filter(|number| *number > 0);
        number.map(Self).ok_or(
            "this is no channel number; in Discord, right click on the channel and take \"Copy \
             Channel ID\"",
        )
    }
}

/// `club.toml`: what is particular to one club.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Club")]
pub struct Club {
    /// The club's name.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub name: Option<Text>,
    /// A region of `numbers.toml`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub region: Option<Text>,
    /// The IANA name of the time zone that the club lives in, such as `Europe/London`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub time_zone: Option<Text>,
    /// How Charley answers what is said in a channel.
    #[serde(default)]
    pub in_channels: Manner,
    /// Whether Charley offers help to somebody who only mentions a cramp in a channel.
    #[serde(default)]
    pub offer_on_mention: bool,
    /// The number of the channel in which moderators read what is wrong with the response files.
    #[serde(default)]
    pub moderators: Option<ChannelNumber>,
}
