//! What is kept of a person: shown, saved as a file, erased; and to be left alone.

use serde_json::Value;
use serenity::all::{
    CommandInteraction, ComponentInteraction, CreateAttachment, EditInteractionResponse,
};

use super::dispatcher::Dispatcher;
use super::incoming::ABOUT_ME;
use super::outgoing::{Look, nobody};
use super::rest::insist;
use crate::message::{Address, PersonId, PlaceId};
use crate::reply::{Choice, Reply, ReplyKind};
use crate::store::StoreError;
use crate::vocabulary::Urgency;

/// What can be done with it.
const EXPORT: &str = "export";
const ERASE: &str = "erase";
const ERASE_INDEED: &str = "erase-indeed";
const QUIET: &str = "quiet";
const SPEAK: &str = "speak";

/// Shows it.
pub(super) async fn show(dispatcher: &Dispatcher, command: &CommandInteraction) {
    let person = PersonId(command.user.id.get());
    let page = page(dispatcher, person, "").await;
    let look = Look::of(&page, of(person, command.channel_id.get()));
    dispatcher.say_later(&command.token, &look).await;
}

/// Does what was pressed on the page.
pub(super) async fn answer(dispatcher: &Dispatcher, press: &ComponentInteraction, choice: &str) {
    let person = PersonId(press.user.id.get());
    let done = match choice {
        EXPORT => return export(dispatcher, person, &press.token).await,
        ERASE => Ok(ask_first()),
        ERASE_INDEED => dispatcher.bot.forget(person).await.map(|()| {
            dispatcher.rest.forgets_direct(person.0);
            notice(
                "Done: nothing is kept of you any more. Reminders are called off too, and I no \
                 longer know whether you wanted to be left alone.",
                &[(QUIET, "Leave me alone")],
            )
        }),
        QUIET | SPEAK => set_quiet(dispatcher, person, choice == QUIET).await,
        _ => Ok(notice(super::commands::OUTDATED, &[])),
    };
    let reply = done.unwrap_or_else(|error| {
        tracing::error!(%error, "what is kept of a person cannot be changed");
        notice("My memory is out of order just now; nothing was changed. Try again later.", &[])
    });
    let look = Look::of(&reply, of(person, press.channel_id.get()));
    dispatcher.say_later(&press.token, &look).await;
}

async fn set_quiet(
    dispatcher: &Dispatcher,
    person: PersonId,
    quiet: bool,
) -> Result<Reply, StoreError> {
    dispatcher.bot.set_quiet(person, quiet).await?;
    let done = if quiet {
        "From now on I answer you only when you speak to me."
    } else {
        "I will help again where I can."
    };
    Ok(page(dispatcher, person, done).await)
}

const fn of(person: PersonId, channel: u64) -> Address {
    Address { person, place: PlaceId(channel) }
}

async fn page(dispatcher: &Dispatcher, person: PersonId, before: &str) -> Reply {
    match dispatcher.bot.export(person).await {
        Ok(kept) => described(&kept, before),
        Err(error) => {
            tracing::error!(%error, "what is kept of a person cannot be read");
            notice("My memory is out of order just now. Try again later.", &[])
        }
    }
}

/// The page in plain words: what there is, never what it says.
fn described(kept: &Value, before: &str) -> Reply {
    let count = |name: &str| kept[name].as_array().map_or(0, Vec::len);
    let quiet = kept["quiet"] == true;
    let reminders = kept["reminders"].as_array().map_or(&[][..], Vec::as_slice);
    let to_come = reminders.iter().filter(|reminder| reminder["state"] == "planned").count();
    let plan = if kept["plan"].is_null() { "none" } else { "one (steps, times, short answers)" };
    let mut lines = vec![
        "**What I keep about you**".to_owned(),
        format!("- conversations: {} (answers as facts; never your words)", count("conversations")),
        format!("- recovery plans: {plan}"),
        format!("- reminders to come: {to_come}, over: {}", reminders.len() - to_come),
        format!("- replies on their way: {}", count("unsent")),
        format!("- numbers of messages I answered in the last 7 days: {}", count("answered")),
        format!("- answer you only when you speak to me: {}", if quiet { "yes" } else { "no" }),
    ];
    if !before.is_empty() {
        lines.insert(0, before.to_owned());
    }
    let quiet = if quiet { (SPEAK, "Help me again") } else { (QUIET, "Leave me alone") };
    notice(&lines.join("\n"), &[(EXPORT, "Save as a file"), quiet, (ERASE, "Erase everything")])
}

fn ask_first() -> Reply {
    let text = "Erase everything that I keep about you? Open conversations and reminders go too, \
                and the wish to be left alone. This cannot be undone.";
    notice(text, &[(ERASE_INDEED, "Yes, erase everything")])
}

fn notice(text: &str, choices: &[(&str, &str)]) -> Reply {
    let choice = |(id, label): &(&str, &str)| Choice {
        id: format!("{ABOUT_ME}{id}"),
        label: (*label).to_owned(),
    };
    let choices = choices.iter().map(choice).collect();
    Reply::new(ReplyKind::Notice, Urgency::None, text.to_owned(), choices)
}

async fn export(dispatcher: &Dispatcher, person: PersonId, token: &str) {
    let kept = dispatcher.bot.export(person).await;
    let file = kept.ok().and_then(|kept| serde_json::to_vec_pretty(&kept).ok());
    let Some(file) = file else {
        let sorry = "My memory is out of order just now. Try again later.";
        return dispatcher.say_later(token, &Look::plain(sorry)).await;
    };
    let file = CreateAttachment::bytes(file, "charley-me.json");
    let answer = EditInteractionResponse::new()
        .content("Everything that I keep about you:")
        .allowed_mentions(nobody())
        .new_attachment(file.clone());
    let send = || dispatcher.rest.answer(token, &answer, Some(file.clone()));
    if let Err(failure) = insist(send).await {
        tracing::warn!(%failure, "a file did not arrive");
        let sorry = "I could not send you the file just now. Try again later.";
        dispatcher.say_later(token, &Look::plain(sorry)).await;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_page_says_how_much_and_offers_what_can_be_done() {
        let reminders = json!([{"state": "planned"}, {"state": "sent"}, {"state": "planned"}]);
        let kept = json!({"quiet": true, "conversations": [1, 2], "reminders": reminders});
        let page = described(&kept, "");
        assert!(page.text.contains("reminders to come: 2, over: 1"), "{}", page.text);
        assert!(page.text.contains("conversations: 2") && page.text.contains(": yes"));
        let ids: Vec<&str> = page.choices.iter().map(|choice| choice.id.as_str()).collect();
        assert_eq!(ids, ["me:export", "me:speak", "me:erase"]);
    }
}
