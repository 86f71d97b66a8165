//! `numbers.toml` as it is written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::raw::Text;

/// `numbers.toml`: whom to call where.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(title = "Numbers")]
pub struct Numbers {
    /// What is said when the region is unknown.
    pub fallback: Fallback,
    /// One table a region.
    pub regions: BTreeMap<String, Region>,
}

/// What is said when the region is unknown.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Fallback {
    /// Completes "Call ... now".
    #[schemars(with = "String")]
    pub emergency: Text,
    /// Completes "Call ... today".
    #[schemars(with = "String")]
    pub nurse_line: Text,
}

/// The numbers of one region.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Region {
    /// Its name.
    pub name: String,
    /// The emergency number.
    #[schemars(with = "String")]
    pub emergency: Text,
    /// The advice line, if there is one.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub nurse_line: Option<Text>,
    /// How well the row is known.
    pub status: NumberStatus,
    /// When it was last looked at.
    #[schemars(with = "String", extend("format" = "date"))]
    pub checked: toml::value::Datetime,
}

/// How well a number is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NumberStatus {
    /// Seen in a published source.
    Verified,
    /// Common knowledge, not seen in a source.
    Known,
    /// Sources disagree.
    Unsure,
}
