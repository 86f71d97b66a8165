//! serenity, another client than twilight, reads all that is served and is understood.

use local_discord::{Limits, Server};
use serde_json::{Value, json};
use serenity::all::{
    AutocompleteChoice, ButtonStyle, ChannelId, Command, CommandType, CreateActionRow,
    CreateAllowedMentions, CreateAutocompleteResponse, CreateButton, CreateCommand,
    CreateCommandOption, CreateEmbed, CreateInputText, CreateInteractionResponse,
    CreateInteractionResponseFollowup, CreateInteractionResponseMessage, CreateMessage,
    CreateModal, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption, CreateThread,
    EditInteractionResponse, EditMessage, GetMessages, GuildId, Http, HttpBuilder, HttpError,
    InputTextStyle, InstallationContext, Interaction, InteractionContext, Message, Nonce, UserId,
};

use crate::bot::{Bot, USUAL};
use crate::town::{TOKEN, Town, town, town_with};

fn http(server: &Server, town: &Town) -> Http {
    let http = HttpBuilder::new(TOKEN).proxy(server.url()).ratelimiter_disabled(true).build();
    http.set_application_id(town.bot.get().into());
    http
}

fn run<T>(work: impl Future<Output = serenity::Result<T>>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(work).unwrap()
}

fn general(town: &Town) -> ChannelId {
    ChannelId::new(town.general.get())
}

/// The latest interaction, as serenity reads it from the raw event.
fn latest(bot: &Bot, number: usize) -> Interaction {
    let heard = bot.hears_some("INTERACTION_CREATE", number).pop().unwrap();
    serde_json::from_value(heard).unwrap()
}

fn commands() -> Vec<CreateCommand> {
    let text = serenity::all::CommandOptionType::String;
    let option = CreateCommandOption::new(text, "text", "What happened").set_autocomplete(true);
    vec![
        CreateCommand::new("cramp")
            .description("Talk about a cramp")
            .name_localized("de", "krampf")
            .add_context(InteractionContext::Guild)
            .add_context(InteractionContext::BotDm)
            .add_integration_type(InstallationContext::Guild)
            .add_option(option),
        CreateCommand::new("Ask Charley about this").kind(CommandType::Message),
    ]
}

#[test]
fn pages_are_read() {
    let town = town();
    let http = http(&town.server, &town);
    let (club, ana) = (GuildId::new(town.club.get()), UserId::new(town.ana.id.get()));
    assert_eq!(run(http.get_bot_gateway()).url, town.server.gateway_url());
    assert_eq!(run(http.get_current_user()).name, "Charley");
    assert!(run(http.get_current_application_info()).flags.is_some());
    assert_eq!(run(club.to_partial_guild(&http)).name, "Riverside Runners");
    assert_eq!(run(club.channels(&http)).len(), 1);
    assert_eq!(run(club.roles(&http)).len(), 1);
    assert!(run(club.get_active_threads(&http)).threads.is_empty());
    assert_eq!(run(club.member(&http, ana)).user.name, "Ana");
    assert_eq!(run(http.get_guilds(None, None)).len(), 1);
    assert!(run(general(&town).to_channel(&http)).guild().is_some());
    assert_eq!(run(ana.create_dm_channel(&http)).recipient.name, "Ana");
}

#[test]
fn messages_are_written_and_read() {
    let town = town();
    let bot = Bot::listening(&town.server, USUAL);
    let (http, at) = (http(&town.server, &town), general(&town));
    town.ana.says(town.general, "ouch").unwrap();
    let question: Message = serde_json::from_value(bot.hears("MESSAGE_CREATE")).unwrap();
    let reply = CreateMessage::new()
        .content("stretch")
        .embed(
            CreateEmbed::new().title("Relief").description("Pull the toes up").colour(0x11_22_33),
        )
        .reference_message(&question)
        .allowed_mentions(CreateAllowedMentions::new())
        .nonce(Nonce::String("n1".into()))
        .enforce_nonce(true);
    let first = run(at.send_message(&http, reply.clone()));
    let again = run(at.send_message(&http, reply));
    assert_eq!(first.id, again.id);
    assert_eq!(first.referenced_message.unwrap().content, "ouch");
    let edit = EditMessage::new().content("stretch gently");
    assert_eq!(run(at.edit_message(&http, first.id, edit)).embeds.len(), 1);
    assert_eq!(run(at.messages(&http, GetMessages::new().limit(10))).len(), 2);
    run(at.broadcast_typing(&http));
    run(at.create_reaction(&http, first.id, '✅'));
    let thread = run(at.create_thread_from_message(&http, question.id, CreateThread::new("calf")));
    assert_eq!(thread.parent_id, Some(at));
    let file = serenity::all::CreateAttachment::bytes(*b"{}", "me.json");
    let sent = run(at.send_message(&http, CreateMessage::new().add_file(file)));
    assert_eq!(sent.attachments[0].filename, "me.json");
    run(at.delete_message(&http, sent.id));
    assert!(!town.ana.sees(town.general)[1].pinged);
}

#[test]
fn interactions_are_read_and_answered() {
    let town = town();
    let bot = Bot::listening(&town.server, USUAL);
    let (http, at) = (http(&town.server, &town), general(&town));
    assert_eq!(run(Command::set_global_commands(&http, commands())).len(), 2);
    assert_eq!(run(Command::get_global_commands(&http)).len(), 2);

    town.ana.runs(town.general, "cramp", &[("text", json!("calf"))]).unwrap();
    let Interaction::Command(command) = latest(&bot, 1) else { panic!("not a command") };
    assert_eq!(command.data.options[0].value.as_str(), Some("calf"));
    let message = CreateInteractionResponseMessage::new().ephemeral(true);
    run(command.create_response(&http, CreateInteractionResponse::Defer(message)));
    let select = CreateSelectMenuKind::String {
        options: vec![
            CreateSelectMenuOption::new("Calf", "calf"),
            CreateSelectMenuOption::new("Foot", "foot"),
        ],
    };
    let rows = vec![
        CreateActionRow::Buttons(vec![
            CreateButton::new("help").label("Help").style(ButtonStyle::Primary),
        ]),
        CreateActionRow::SelectMenu(CreateSelectMenu::new("where", select)),
    ];
    let edit = EditInteractionResponse::new().content("Where?").components(rows);
    let shown = run(command.edit_response(&http, edit));
    assert_eq!(run(command.get_response(&http)).id, shown.id);
    let follow = CreateInteractionResponseFollowup::new().content("more").ephemeral(true);
    run(command.create_followup(&http, follow));

    let shown = twilight_model::id::Id::new(shown.id.get());
    town.ana.selects(shown, &["Calf"]).unwrap();
    let Interaction::Component(chosen) = latest(&bot, 2) else { panic!("not a component") };
    run(chosen.create_response(&http, CreateInteractionResponse::Acknowledge));
    let press = town.ana.presses(shown, "Help").unwrap();
    let Interaction::Component(pressed) = latest(&bot, 3) else { panic!("not a component") };
    let input = CreateInputText::new(InputTextStyle::Short, "When?", "when");
    let form =
        CreateModal::new("f", "About it").components(vec![CreateActionRow::InputText(input)]);
    run(pressed.create_response(&http, CreateInteractionResponse::Modal(form)));
    town.ana.fills(press, &[("when", "today")]).unwrap();
    let Interaction::Modal(filled) = latest(&bot, 4) else { panic!("not a form") };
    let update = CreateInteractionResponseMessage::new().content("Noted.").components(vec![]);
    run(filled.create_response(&http, CreateInteractionResponse::UpdateMessage(update)));
    assert_eq!(town.ana.sees(town.general)[0].text, "Noted.");

    town.ana.starts_writing(town.general, "cramp", "text", "ca").unwrap();
    let Interaction::Autocomplete(typed) = latest(&bot, 5) else { panic!("not typing") };
    let choices = vec![AutocompleteChoice::new("Calf", "calf")];
    let choices = CreateAutocompleteResponse::new().set_choices(choices);
    run(typed.create_response(&http, CreateInteractionResponse::Autocomplete(choices)));

    let question = town.ben.says(town.general, "cramp at night").unwrap();
    town.ana.uses("Ask Charley about this", question).unwrap();
    let Interaction::Command(asked) = latest(&bot, 6) else { panic!("not a command") };
    assert_eq!(asked.data.resolved.messages.values().next().unwrap().content, "cramp at night");
    let message = CreateInteractionResponseMessage::new().content("Yes.");
    run(asked.create_response(&http, CreateInteractionResponse::Message(message)));
    assert_eq!(run(at.messages(&http, GetMessages::new())).len(), 2);

    town.ana.dms("hi").unwrap();
    let dm = town.server.look(|world| world.dm(town.ana.id)).unwrap();
    town.ana.runs(dm, "cramp", &[]).unwrap();
    let Interaction::Command(private) = latest(&bot, 7) else { panic!("not a command") };
    assert!(private.guild_id.is_none() && private.user.name == "Ana");
}

#[test]
fn refusals_are_read() {
    let town = town_with(|world| world.limits = Limits::Real);
    let http = http(&town.server, &town);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // The builders check the length themselves, so the body goes past them.
    let body: Value = json!({"content": "x".repeat(2001)});
    let outcome = runtime.block_on(http.send_message(general(&town), Vec::new(), &body));
    let Err(serenity::Error::Http(HttpError::UnsuccessfulRequest(refused))) = outcome else {
        panic!("not refused")
    };
    assert_eq!((refused.status_code.as_u16(), refused.error.code), (400, 50035));
    assert_eq!(refused.error.errors[0].path, "content");
}
