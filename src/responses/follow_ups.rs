//! `follow_ups.toml` as it is written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::raw::Text;

/// `follow_ups.toml`: what is asked after an answer, in words that lean on it.
pub type FollowUps = BTreeMap<String, FollowUp>;

/// One row of `follow_ups.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FollowUp {
    /// Phrases that ask it.
    #[schemars(with = "Vec<String>")]
    pub phrases: Vec<Text>,
    /// Look-alikes.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub not: Vec<Text>,
    /// The topic that answers it where the topic before has nothing of its own to say.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub otherwise: Option<Text>,
}
