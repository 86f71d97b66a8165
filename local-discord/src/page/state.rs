//! What the page shows to one person.

use serde_json::{Value, json};
use twilight_model::application::command::{Command, CommandType};
use twilight_model::channel::message::Component;
use twilight_model::guild::Permissions;

use crate::member::Seen;
use crate::world::interaction::{Interaction, State};
use crate::world::place::Place;
use crate::world::{UserId, World};

/// All that a person sees; the first person, where none is named.
pub(super) fn of(world: &World, who: Option<UserId>) -> Value {
    let people = world.people.values().filter(|person| !person.user.bot);
    let people: Vec<_> = people.map(|person| (person.user.id, &person.user.name)).collect();
    let first = people.iter().find(|(id, _)| *id != world.application.owner).map(|(id, _)| *id);
    let who = who.or(first).unwrap_or(world.application.owner);
    let places = world
        .places
        .values()
        .filter(|place| world.may(who, place.channel.id, Permissions::VIEW_CHANNEL));
    let names = people.iter().map(|(id, name)| json!({"id": id, "name": name}));
    let named = |kind| move |command: &&Command| command.kind == kind;
    let menus = world.commands().filter(named(CommandType::Message)).map(|one| &one.name);
    let last = world.interactions.values().rev().find(|one| one.by == who);
    json!({
        "who": who,
        "bot": {"id": world.bot(), "name": world.name(world.bot()), "here": world.is_connected()},
        "people": names.collect::<Vec<_>>(),
        "places": places.map(|place| page(world, who, place)).collect::<Vec<_>>(),
        "commands": world.commands().filter(named(CommandType::ChatInput)).collect::<Vec<_>>(),
        "menus": menus.collect::<Vec<_>>(),
        "form": last.filter(|one| one.state == State::ShowedForm).map(form),
        "unanswered": last.is_some_and(|one| world.went_unanswered(one.id)),
    })
}

fn page(world: &World, who: UserId, place: &Place) -> Value {
    let posts = world.seen_by(who, place.channel.id);
    let messages = posts.map(|post| {
        let seen = Seen::of(post, who);
        json!({
            "id": seen.id, "by": seen.by, "bot": post.message.author.bot, "text": seen.text,
            "components": post.message.components, "only_me": seen.only_me,
            "own": post.message.author.id == who, "pinged": seen.pinged,
            "thinking": seen.thinking, "edited": post.message.edited_timestamp.is_some(),
            "colour": post.message.embeds.first().and_then(|embed| embed.color),
            "reply_to": post.message.referenced_message.as_ref().map(|message| &message.content),
        })
    });
    json!({
        "id": place.channel.id, "name": world.place_name(place.channel.id), "dm": place.is_dm(),
        "messages": messages.collect::<Vec<_>>(),
    })
}

fn form(asked: &Interaction) -> Value {
    let Some(form) = &asked.form else { return Value::Null };
    let parts = crate::member::all(&form.components);
    let fields = parts.iter().filter_map(|part| match part {
        Component::TextInput(input) => Some(json!(Component::TextInput(input.clone()))),
        _ => None,
    });
    json!({"interaction": asked.id, "title": form.title, "fields": fields.collect::<Vec<_>>()})
}
