//! A request, read: its path, its query, its body and its files.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Query, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::Value;
use twilight_model::id::Id;

use super::refusal::Refusal;

/// A request of the bot.
#[derive(Debug, Default)]
pub(crate) struct Ask {
    pub(crate) method: String,
    /// The path below `/api/v10`.
    pub(crate) path: Vec<String>,
    pub(crate) query: BTreeMap<String, String>,
    pub(crate) body: Value,
    pub(crate) files: Vec<File>,
    pub(crate) token: Option<String>,
}

/// A file that came with a body.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Ask {
    /// Reads a request. What cannot be read is told apart, so that the journal has it too.
    pub(crate) async fn read(request: Request) -> (Self, Option<Refusal>) {
        let (mut ask, is_form) = Self::head(&request);
        let outcome =
            if is_form { ask.read_form(request).await } else { ask.read_json(request).await };
        (ask, outcome.err())
    }

    /// All but the body, and whether that is a form.
    fn head(request: &Request) -> (Self, bool) {
        let path = request.uri().path().trim_start_matches("/api/v10");
        let decode = |part: &str| percent_decode_str(part).decode_utf8_lossy().into_owned();
        let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
        let query = Query::try_from_uri(request.uri()).map(|Query(query)| query);
        let ask = Self {
            method: request.method().to_string(),
            path: path.split('/').filter(|part| !part.is_empty()).map(decode).collect(),
            query: query.unwrap_or_default(),
            token: header(AUTHORIZATION).map(Into::into),
            ..Self::default()
        };
        let is_form = header(CONTENT_TYPE).is_some_and(|kind| kind.starts_with("multipart/"));
        (ask, is_form)
    }

    async fn read_json(&mut self, request: Request) -> Result<(), Refusal> {
        let bytes = Bytes::from_request(request, &()).await.map_err(|_| Refusal::bad_json())?;
        if !bytes.is_empty() {
            self.body = serde_json::from_slice(&bytes).map_err(|_| Refusal::bad_json())?;
        }
        Ok(())
    }

    async fn read_form(&mut self, request: Request) -> Result<(), Refusal> {
        let bad = |_| Refusal::bad_json();
        let form = Multipart::from_request(request, &()).await;
        let mut form = form.map_err(|_| Refusal::bad_json())?;
        while let Some(field) = form.next_field().await.map_err(bad)? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(ToOwned::to_owned);
            let bytes = field.bytes().await.map_err(bad)?;
            if name == "payload_json" {
                self.body = serde_json::from_slice(&bytes).map_err(|_| Refusal::bad_json())?;
            } else {
                let file = file.unwrap_or_default();
                self.files.push(File { name: file, bytes: bytes.to_vec() });
            }
        }
        Ok(())
    }

    pub(crate) fn path(&self) -> String {
        format!("/{}", self.path.join("/"))
    }

    /// A number of the query.
    pub(crate) fn number(&self, name: &str) -> Result<Option<u64>, Refusal> {
        let Some(text) = self.query.get(name) else { return Ok(None) };
        let bad = |_| {
            let message = format!("Value \"{text}\" is not int.");
            Refusal::form(name, "NUMBER_TYPE_COERCE", &message)
        };
        text.parse().map(Some).map_err(bad)
    }

    /// Whether the query says `name=true`.
    pub(crate) fn wants(&self, name: &str) -> bool {
        self.query.get(name).is_some_and(|text| text == "true" || text == "1")
    }

    /// The body as a type of Discord's; what does not fit is refused with its place.
    pub(crate) fn body<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        typed(&self.body)
    }
}

/// A value as a type of Discord's.
pub(crate) fn typed<T: DeserializeOwned>(value: &Value) -> Result<T, Refusal> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { "body".into() } else { path };
        Refusal::form(&path, "MODEL_TYPE_CONVERT", &error.inner().to_string())
    })
}

/// A part of a path as an id.
pub(crate) fn id<T>(text: &str) -> Result<Id<T>, Refusal> {
    let id = text.parse().ok().and_then(Id::new_checked);
    id.ok_or_else(|| {
        let message = format!("Value \"{text}\" is not snowflake.");
        Refusal::form("id", "NUMBER_TYPE_COERCE", &message)
    })
}
