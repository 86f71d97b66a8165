//! What must not be in a log: what people said and pressed, and what only Discord and Charley know.

use std::collections::BTreeSet;

use local_discord::World;
use local_discord::journal::What;
use serde_json::Value;

/// Shorter ones stand in any log by chance.
const SHORTEST: usize = 5;

/// Everything of a world that must not be logged.
pub(super) fn of(world: &World) -> BTreeSet<String> {
    let mut secrets = BTreeSet::new();
    said(world, &mut secrets);
    for entry in world.journal.entries() {
        match &entry.what {
            What::Did { deed, .. } => pressed(deed, &mut secrets),
            What::Asked(request) => {
                choices(&request.body, &mut secrets);
                token(&request.path, &mut secrets);
            }
            What::Sent(_) | What::Received(_) | What::Struck(_) => {}
        }
    }
    secrets.retain(|secret| secret.trim().len() >= SHORTEST);
    secrets
}

fn said(world: &World, secrets: &mut BTreeSet<String>) {
    let posts = world.places().values().flat_map(|place| place.posts.values());
    for post in posts.filter(|post| post.message.author.id != world.bot()) {
        let texts = post.earlier.iter().chain([&post.message.content]);
        secrets.extend(texts.flat_map(|text| text.lines()).map(str::to_owned));
    }
}

/// `presses [Yes]`, `chooses ["Weak"]`, `runs /ask [("question", String("why"))]`.
fn pressed(deed: &str, secrets: &mut BTreeSet<String>) {
    if let Some(label) = deed.strip_prefix("presses [") {
        secrets.insert(label.trim_end_matches(']').to_owned());
    }
    if deed.starts_with("chooses ") || deed.starts_with("runs ") {
        let quoted = deed.split('"').skip(1).step_by(2).filter(|quoted| !is_name(quoted));
        secrets.extend(quoted.map(str::to_owned));
    }
}

/// The names of options are no secret.
fn is_name(text: &str) -> bool {
    ["text", "question", "when", "zone", "quiet", "bedtime", "where", "fewer"].contains(&text)
}

/// What can be pressed, as it travels.
fn choices(body: &Value, secrets: &mut BTreeSet<String>) {
    match body {
        Value::Object(fields) => {
            if let Some(id) = fields.get("custom_id").and_then(Value::as_str) {
                secrets.insert(id.to_owned());
                secrets.extend(id.splitn(4, '.').nth(3).map(str::to_owned));
            }
            fields.values().for_each(|field| choices(field, secrets));
        }
        Value::Array(all) => all.iter().for_each(|one| choices(one, secrets)),
        _ => {}
    }
}

/// `/webhooks/{application}/{token}/…` and `/interactions/{id}/{token}/callback`.
fn token(path: &str, secrets: &mut BTreeSet<String>) {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if let ["webhooks" | "interactions", _, token, ..] = parts.as_slice() {
        secrets.insert((*token).to_owned());
    }
}

/// Every message that was sent or changed says that nobody is called by it; only who can press its
/// button is, where a line in a channel says that there is something for them.
pub(super) fn nobody_was_pinged(world: &World) {
    for request in world.journal.requests() {
        let body = request.body.get("data").unwrap_or(&request.body);
        if body.get("content").is_none() && body.get("components").is_none() {
            continue;
        }
        let allowed = &body["allowed_mentions"];
        assert_eq!(allowed["parse"], serde_json::json!([]), "{request}");
        let users = allowed["users"].as_array().cloned().unwrap_or_default();
        assert!(users.iter().all(|user| is_theirs(user, body)), "{request}");
        assert!(allowed["roles"].as_array().is_none_or(Vec::is_empty), "{request}");
        assert_ne!(allowed["replied_user"], true, "{request}");
    }
}

/// Whether a message is one neutral line with one button, which only this user can press.
fn is_theirs(user: &Value, body: &Value) -> bool {
    let button = body["components"][0]["components"][0]["custom_id"].as_str().unwrap_or_default();
    let user: u64 = user.as_str().and_then(|user| user.parse().ok()).unwrap_or_default();
    let line = format!("<@{user}>, there is something for you. Only you will see it.");
    button.starts_with(&format!("1.{user:x}.")) && body["content"] == line
}
