//! The data that Discord's app makes of what a person does.

use serde_json::{Value, json};
use twilight_model::application::command::{
    Command, CommandOption, CommandOptionChoiceValue, CommandOptionType, CommandType,
};
use twilight_model::channel::message::Component;
use twilight_model::channel::message::component::{ComponentType, TextInput};
use twilight_model::guild::Permissions;

use super::{Impossible, Outcome, all, impossible};
use crate::world::{ChannelId, UserId, World};

/// The id of the button that is meant.
pub(super) fn button(components: &[Component], which: &str) -> Outcome<String> {
    let buttons = all(components).into_iter().filter_map(|component| match component {
        Component::Button(button) => Some(button),
        _ => None,
    });
    let mut met = buttons.filter(|button| {
        button.label.as_deref() == Some(which) || button.custom_id.as_deref() == Some(which)
    });
    match met.next() {
        Some(button) if button.disabled => impossible(format!("[{which}] is disabled")),
        Some(button) => button.custom_id.clone().ok_or(Impossible("this is a link".into())),
        None => impossible(format!("there is no button [{which}]")),
    }
}

/// The id of the select that has these choices, and their values.
pub(super) fn choice(components: &[Component], wanted: &[&str]) -> Outcome<(String, Vec<String>)> {
    let menus = all(components).into_iter().filter_map(|component| match component {
        Component::SelectMenu(menu) if !menu.disabled => Some(menu),
        _ => None,
    });
    for menu in menus {
        let options = menu.options.as_deref().unwrap_or_default();
        let value = |wanted: &&str| {
            let met =
                options.iter().find(|option| option.label == *wanted || option.value == *wanted);
            met.map(|option| option.value.clone())
        };
        let Some(values) = wanted.iter().map(value).collect::<Option<Vec<String>>>() else {
            continue;
        };
        let least = usize::from(menu.min_values.unwrap_or(1));
        let most = usize::from(menu.max_values.unwrap_or(1));
        if !(least..=most).contains(&values.len()) {
            return impossible(format!("{least} to {most} choices are allowed"));
        }
        return Ok((menu.custom_id.clone(), values));
    }
    impossible(format!("no select offers {wanted:?}"))
}

/// The command that is meant, if this person may use it here.
fn known<'a>(
    world: &'a World,
    who: UserId,
    at: ChannelId,
    kind: CommandType,
    name: &str,
) -> Outcome<&'a Command> {
    let place = world.place(at).ok_or(Impossible("no such place".into()))?;
    let guild = place.channel.guild_id;
    let command = world.commands.named(guild, kind, name);
    let command = command.ok_or(Impossible(format!("there is no command {name}")))?;
    if !world.offers(command, who, at) {
        return impossible(format!("{name} is not offered here"));
    }
    let has = world.permissions(who, at);
    if !has.contains(Permissions::USE_SLASH_COMMANDS) {
        return impossible("they may not use commands here");
    }
    let admin = has.contains(Permissions::ADMINISTRATOR);
    let needed = command.default_member_permissions.filter(|_| guild.is_some() && !admin);
    // No permission at all in the list means administrators only.
    if needed.is_some_and(|needed| needed.is_empty() || !has.contains(needed)) {
        return impossible(format!("{name} is not open to them"));
    }
    Ok(command)
}

/// A command without options.
pub(super) fn bare_command(
    world: &World,
    who: UserId,
    at: ChannelId,
    kind: CommandType,
    name: &str,
) -> Outcome<Value> {
    let command = known(world, who, at, kind, name)?;
    let mut data = json!({"id": command.id, "name": command.name, "type": command.kind});
    if let Some(guild) = command.guild_id {
        data["guild_id"] = json!(guild);
    }
    Ok(data)
}

/// A slash command with its options.
pub(super) fn command(
    world: &World,
    who: UserId,
    at: ChannelId,
    name: &str,
    given: &[(&str, Value)],
) -> Outcome<Value> {
    let mut words = name.split(' ');
    let first = words.next().unwrap_or_default();
    let mut data = bare_command(world, who, at, CommandType::ChatInput, first)?;
    let command = known(world, who, at, CommandType::ChatInput, first)?;
    let rest: Vec<&str> = words.collect();
    data["options"] = json!(nested(&command.options, &rest, given)?);
    Ok(data)
}

/// A slash command while somebody is writing one of its options.
pub(super) fn half_a_command(
    world: &World,
    who: UserId,
    at: ChannelId,
    name: &str,
    (option, text): (&str, &str),
) -> Outcome<Value> {
    let mut words = name.split(' ');
    let first = words.next().unwrap_or_default();
    let mut data = bare_command(world, who, at, CommandType::ChatInput, first)?;
    let mut offered = &known(world, who, at, CommandType::ChatInput, first)?.options[..];
    let mut parts = Vec::new();
    for word in words {
        let part = offered.iter().find(|option| option.name == word);
        let part = part.ok_or(Impossible(format!("there is no subcommand {word}")))?;
        parts.push(part);
        offered = part.options.as_deref().unwrap_or_default();
    }
    let suggests = |one: &&CommandOption| one.name == option && one.autocomplete == Some(true);
    let Some(writing) = offered.iter().find(suggests) else {
        return impossible(format!("{option} suggests nothing"));
    };
    let value = json!([{
        "name": option, "type": writing.kind, "value": text, "focused": true,
    }]);
    data["options"] = parts.iter().rev().fold(
        value,
        |inner, part| json!([{"name": part.name, "type": part.kind, "options": inner}]),
    );
    Ok(data)
}

fn nested(
    offered: &[CommandOption],
    words: &[&str],
    given: &[(&str, Value)],
) -> Outcome<Vec<Value>> {
    let Some((word, words)) = words.split_first() else { return options(offered, given) };
    let sub = offered.iter().find(|option| option.name == *word);
    let sub = sub.ok_or(Impossible(format!("there is no subcommand {word}")))?;
    let inner = nested(sub.options.as_deref().unwrap_or_default(), words, given)?;
    Ok(vec![json!({"name": sub.name, "type": sub.kind, "options": inner})])
}

fn options(offered: &[CommandOption], given: &[(&str, Value)]) -> Outcome<Vec<Value>> {
    let is_sub = |option: &CommandOption| {
        matches!(option.kind, CommandOptionType::SubCommand | CommandOptionType::SubCommandGroup)
    };
    if offered.iter().any(is_sub) {
        return impossible("a subcommand must be named");
    }
    let missing = offered.iter().find(|option| {
        option.required == Some(true) && !given.iter().any(|(name, _)| *name == option.name)
    });
    if let Some(missing) = missing {
        return impossible(format!("the option {} is needed", missing.name));
    }
    given.iter().map(|(name, value)| option(offered, name, value)).collect()
}

fn option(offered: &[CommandOption], name: &str, value: &Value) -> Outcome<Value> {
    let option = offered.iter().find(|option| option.name == name);
    let option = option.ok_or(Impossible(format!("there is no option {name}")))?;
    let right = match option.kind {
        CommandOptionType::Integer => value.is_i64() || value.is_u64(),
        CommandOptionType::Number => value.is_number(),
        CommandOptionType::Boolean => value.is_boolean(),
        _ => value.is_string(),
    };
    if !right {
        return impossible(format!("{value} does not fit the option {name}"));
    }
    let length = value.as_str().map_or(0, |text| text.chars().count());
    let most = option.max_length.map_or(6000, usize::from);
    if value.is_string() && !(option.min_length.map_or(0, usize::from)..=most).contains(&length) {
        return impossible(format!("{name} has the wrong length"));
    }
    let choices = option.choices.as_deref().unwrap_or_default();
    let met = choices.iter().any(|choice| match &choice.value {
        CommandOptionChoiceValue::String(text) => value == text,
        CommandOptionChoiceValue::Integer(number) => value == number,
        CommandOptionChoiceValue::Number(number) => value == number,
    });
    if !choices.is_empty() && !met {
        return impossible(format!("{value} is no choice of {name}"));
    }
    Ok(json!({"name": name, "type": option.kind, "value": value}))
}

/// A form, filled in.
pub(super) fn filled(fields: &[Component], given: &[(&str, &str)]) -> Outcome<Vec<Value>> {
    let mut filled = Vec::new();
    for field in fields {
        match field {
            Component::ActionRow(row) => {
                let inner = filled_inputs(&row.components, given)?;
                filled
                    .push(json!({"type": ComponentType::ActionRow, "id": 1, "components": inner}));
            }
            Component::Label(label) => {
                let inner = filled_inputs(std::slice::from_ref(&label.component), given)?;
                filled.push(json!({
                    "type": ComponentType::Label, "id": 1, "component": inner.first(),
                }));
            }
            _ => {}
        }
    }
    Ok(filled)
}

fn filled_inputs(fields: &[Component], given: &[(&str, &str)]) -> Outcome<Vec<Value>> {
    let inputs = fields.iter().filter_map(|field| match field {
        Component::TextInput(input) => Some(input),
        _ => None,
    });
    inputs.map(|input| filled_input(input, given)).collect()
}

fn filled_input(input: &TextInput, given: &[(&str, &str)]) -> Outcome<Value> {
    let given = given.iter().find(|(id, _)| *id == input.custom_id).map(|(_, text)| *text);
    let text = given.or(input.value.as_deref()).unwrap_or_default();
    if text.is_empty() && input.required != Some(false) {
        return impossible(format!("the field {} is needed", input.custom_id));
    }
    if text.chars().count() > usize::from(input.max_length.unwrap_or(4000)) {
        return impossible(format!("too long for the field {}", input.custom_id));
    }
    let kind = ComponentType::TextInput;
    Ok(json!({"type": kind, "id": 2, "custom_id": input.custom_id, "value": text}))
}
