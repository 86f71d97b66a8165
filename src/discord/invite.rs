//! The link by which a club's server takes Charley in, with the least it needs.

use serenity::all::Permissions;

/// What Charley needs in a server, and what for.
pub(super) const NEEDED: [(Permissions, &str); 5] = [
    (Permissions::VIEW_CHANNEL, "to read where it may answer"),
    (Permissions::SEND_MESSAGES, "to answer"),
    (Permissions::SEND_MESSAGES_IN_THREADS, "to answer in threads"),
    (Permissions::CREATE_PUBLIC_THREADS, "to open a thread, if the club wants it so"),
    (Permissions::READ_MESSAGE_HISTORY, "to reply to a message, and to catch up after an outage"),
];

/// All that is needed.
pub(super) fn needed() -> Permissions {
    NEEDED.iter().fold(Permissions::empty(), |all, (one, _)| all | *one)
}

/// The link for an application.
pub(super) fn link(application: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}\
         &scope=bot+applications.commands&permissions={}",
        needed().bits()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_asks_for_the_least() {
        let bits = 1 << 10 | 1 << 11 | 1 << 16 | 1 << 35 | 1_u64 << 38;
        let end = format!("client_id=7&scope=bot+applications.commands&permissions={bits}");
        assert!(link(7).ends_with(&end), "{}", link(7));
        assert!(!needed().contains(Permissions::ADMINISTRATOR));
    }
}
