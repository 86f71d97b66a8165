//! Commands: registered, listed and taken away, for everywhere or for one guild.

use serde_json::{Value, json};
use twilight_model::application::command::{Command, CommandOption, CommandType};
use twilight_validate::command as validate;

use super::ask::{Ask, id, typed};
use super::refusal::Refusal;
use super::{Answer, created, nothing, page};
use crate::world::{CommandId, GuildId, World};

/// The languages Discord knows.
const LOCALES: &[&str] = &[
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
    "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th",
    "zh-CN", "ja", "zh-TW", "ko",
];

pub(crate) fn answer(world: &mut World, ask: &Ask, method: &str, rest: &[&str]) -> Answer {
    let (guild, rest) = match rest {
        ["guilds", guild, rest @ ..] => (Some(id(guild)?), rest),
        rest => (None, rest),
    };
    if guild.is_some_and(|guild| world.guild_of(guild).is_none()) {
        return Err(Refusal::missing_access());
    }
    match (method, rest) {
        ("GET", ["commands"]) => page(world.commands.of(guild).collect::<Vec<_>>()),
        ("PUT", ["commands"]) => replace(world, ask, guild),
        ("POST", ["commands"]) => add(world, ask, guild),
        ("GET", ["commands", command]) => page(known(world, guild, id(command)?)?),
        ("DELETE", ["commands", command]) => {
            let command = id(command)?;
            known(world, guild, command)?;
            world.commands.remove(command);
            nothing()
        }
        _ => Err(Refusal::not_found()),
    }
}

fn known(world: &World, guild: Option<GuildId>, id: CommandId) -> Result<&Command, Refusal> {
    let command = world.commands.get(id).filter(|command| command.guild_id == guild);
    command.ok_or_else(Refusal::unknown_command)
}

fn add(world: &mut World, ask: &Ask, guild: Option<GuildId>) -> Answer {
    let command = read(world, &ask.body, guild)?;
    check(&command, "")?;
    world.commands.registrations += 1;
    let is_new = world.commands.twin(&command).is_none();
    let kept = keep(world, command);
    if is_new { created(&kept) } else { page(&kept) }
}

/// Puts a list in the place of all commands of a scope. Nothing changes where one is refused.
fn replace(world: &mut World, ask: &Ask, guild: Option<GuildId>) -> Answer {
    let Some(list) = ask.body.as_array() else {
        return Err(Refusal::form("body", "LIST_TYPE_CONVERT", "Only iterables may be used"));
    };
    let mut commands = Vec::new();
    for (number, body) in list.iter().enumerate() {
        let command = read(world, body, guild)?;
        check(&command, &format!("[{number}]"))?;
        commands.push(command);
    }
    unique(&commands)?;
    count(&commands)?;
    world.commands.registrations += 1;
    let kept: Vec<Command> = commands.into_iter().map(|command| keep(world, command)).collect();
    let ids: Vec<CommandId> = kept.iter().filter_map(|command| command.id).collect();
    world.commands.keep(guild, &ids);
    page(kept)
}

fn keep(world: &mut World, mut command: Command) -> Command {
    let id = world.commands.twin(&command).unwrap_or_else(|| world.id());
    command.id = Some(id);
    world.commands.put(id, command.clone());
    command
}

/// Reads a command as bots send it: without id and version, and with much left out.
fn read(world: &mut World, body: &Value, guild: Option<GuildId>) -> Result<Command, Refusal> {
    let mut body = body.clone();
    let Some(fields) = body.as_object_mut() else {
        return Err(Refusal::form("body", "DICT_TYPE_CONVERT", "Only dictionaries may be used"));
    };
    fields.retain(|_, value| !value.is_null());
    fields.entry("type").or_insert(json!(1));
    fields.entry("description").or_insert(json!(""));
    fields.entry("default_member_permissions").or_insert(Value::Null);
    fields.insert("version".into(), json!(world.id::<()>()));
    let mut command: Command = typed(&body)?;
    command.application_id = Some(world.application.id);
    command.guild_id = guild;
    command.id = None;
    Ok(command)
}

fn check(command: &Command, at: &str) -> Result<(), Refusal> {
    let refuse = |part: &str, text: &str| {
        Refusal::form(&format!("{at}.{part}"), "APPLICATION_COMMAND_INVALID", text)
    };
    if matches!(command.kind, CommandType::Unknown(_)) {
        return Err(refuse("type", "Value must be one of {1, 2, 3}."));
    }
    validate::command(command).map_err(|error| refuse("name", &error.to_string()))?;
    validate::options(&command.options).map_err(|error| refuse("options", &error.to_string()))?;
    if command.kind != CommandType::ChatInput && !command.options.is_empty() {
        return Err(refuse("options", "Context menu commands cannot have options"));
    }
    let names = command.name_localizations.iter().chain(&command.description_localizations);
    if let Some(odd) = names.flat_map(|all| all.keys()).find(|key| !is_locale(key)) {
        return Err(refuse(&format!("name_localizations.{odd}"), "This locale does not exist"));
    }
    if command.guild_id.is_some() && command.contexts.is_some() {
        return Err(refuse("contexts", "Contexts can only be set on global commands"));
    }
    options(&command.options).map_err(|text| refuse("options", text))
}

fn is_locale(key: &str) -> bool {
    LOCALES.contains(&key)
}

fn options(options: &[CommandOption]) -> Result<(), &'static str> {
    let mut optional = false;
    for (number, option) in options.iter().enumerate() {
        let required = option.required == Some(true);
        if required && optional {
            return Err("Required options must be placed before non-required options");
        }
        optional |= !required;
        if options.iter().take(number).any(|other| other.name == option.name) {
            return Err("Option names must be unique");
        }
        self::options(option.options.as_deref().unwrap_or_default())?;
    }
    Ok(())
}

fn unique(commands: &[Command]) -> Result<(), Refusal> {
    for (number, command) in commands.iter().enumerate() {
        let same = |other: &Command| other.kind == command.kind && other.name == command.name;
        if commands.iter().take(number).any(same) {
            let text = "Application command names must be unique";
            let code = "APPLICATION_COMMANDS_DUPLICATE_NAME";
            return Err(Refusal::form(&format!("[{number}]"), code, text));
        }
    }
    Ok(())
}

fn count(commands: &[Command]) -> Result<(), Refusal> {
    let of = |kind| commands.iter().filter(|command| command.kind == kind).count();
    let menus = of(CommandType::Message).max(of(CommandType::User));
    if of(CommandType::ChatInput) > 100 || menus > 15 {
        return Err(Refusal::new(400, 30032, "Maximum number of application commands reached"));
    }
    Ok(())
}
