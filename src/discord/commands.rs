//! The commands and menu entries, and the few sentences that are about Discord and not about legs.

use serde_json::{Value, json};
use serenity::all::{
    CommandOptionType, CommandType, CreateCommand, CreateCommandOption, InstallationContext,
    InteractionContext,
};

use super::dispatcher::Dispatcher;
use super::recovery;
use super::rest::insist;

/// Said to somebody who presses what is somebody else's.
pub(super) const NOT_THEIRS: &str = "These buttons belong to somebody else. \
    For your own leg, write to me directly or use `/cramp`.";

/// Said where a button or command is from another time.
pub(super) const OUTDATED: &str = "I no longer know what this belongs to. \
    Write to me, or begin again with `/cramp`.";

/// Said to whoever replies to us where Discord does not let us read it.
pub(super) const UNREAD: &str = "Discord lets me read messages here only where I am mentioned. \
    Write it again with my name (@) in it, write to me directly, or use `/cramp`.";

/// Said where nothing can be kept, and nothing was said that has to be acted on.
pub(super) const OUT_OF_ORDER: &str = "My memory is out of order just now, so I cannot go on \
    with your question. Please try again in a few minutes. \
    If something feels very wrong, do not wait for me: call the emergency number.";

/// The same above what has to be acted on.
pub(super) const OUT_OF_ORDER_SHORT: &str =
    "(My memory is out of order just now, but this does not wait:)";

/// Which commands Discord was told of, as a note.
const KNOWN: &str = "discord.commands";

/// A name or description in the languages of the club's members.
pub(super) struct Words {
    pub(super) en: &'static str,
    pub(super) es: &'static str,
    pub(super) de: &'static str,
    pub(super) fr: &'static str,
}

impl Words {
    /// Each with Discord's name of the language.
    pub(super) fn others(&self) -> [(&'static str, &'static str); 4] {
        [("es-ES", self.es), ("es-419", self.es), ("de", self.de), ("fr", self.fr)]
    }
}

/// A slash command: its names and what it does.
pub(super) fn slash(name: &Words, about: &Words) -> CreateCommand {
    let command = CreateCommand::new(name.en).description(about.en).kind(CommandType::ChatInput);
    let command = about
        .others()
        .into_iter()
        .fold(command, |command, (language, text)| command.description_localized(language, text));
    everywhere(named(command, name))
}

/// An entry in the menu of a message.
fn entry(name: &Words) -> CreateCommand {
    everywhere(named(CreateCommand::new(name.en).kind(CommandType::Message), name))
}

fn named(command: CreateCommand, name: &Words) -> CreateCommand {
    name.others()
        .into_iter()
        .fold(command, |command, (language, text)| command.name_localized(language, text))
}

/// In servers, in direct messages with us, and wherever somebody has added us to themselves.
fn everywhere(command: CreateCommand) -> CreateCommand {
    command.integration_types(vec![InstallationContext::Guild, InstallationContext::User]).contexts(
        vec![
            InteractionContext::Guild,
            InteractionContext::BotDm,
            InteractionContext::PrivateChannel,
        ],
    )
}

fn text(name: &Words, about: &Words, required: bool) -> CreateCommandOption {
    option(CommandOptionType::String, name, about).required(required).max_length(2_000)
}

/// Something that may be given with a command.
pub(super) fn option(kind: CommandOptionType, name: &Words, about: &Words) -> CreateCommandOption {
    described(CreateCommandOption::new(kind, name.en, about.en).required(false), name, about)
}

/// The same in the other languages.
pub(super) fn described(
    option: CreateCommandOption,
    name: &Words,
    about: &Words,
) -> CreateCommandOption {
    let named = name
        .others()
        .into_iter()
        .fold(option, |option, (language, text)| option.name_localized(language, text));
    about
        .others()
        .into_iter()
        .fold(named, |option, (language, text)| option.description_localized(language, text))
}

/// All commands.
pub(super) fn all() -> Vec<CreateCommand> {
    let what_happened = Words {
        en: "What happened, in your own words",
        es: "Qué ha pasado, con tus palabras",
        de: "Was passiert ist, in deinen Worten",
        fr: "Ce qui s'est passé, avec tes mots",
    };
    let message = Words { en: "text", es: "texto", de: "text", fr: "texte" };
    let question = Words { en: "question", es: "pregunta", de: "frage", fr: "question" };
    let your_question = Words {
        en: "Your question about leg cramps",
        es: "Tu pregunta sobre calambres en las piernas",
        de: "Deine Frage zu Wadenkrämpfen",
        fr: "Ta question sur les crampes aux jambes",
    };
    vec![
        slash(
            &Words { en: "cramp", es: "calambre", de: "krampf", fr: "crampe" },
            &Words {
                en: "A leg cramp, now or lately: what helps, and what to watch for",
                es: "Un calambre en la pierna, ahora o hace poco: qué ayuda y qué vigilar",
                de: "Ein Beinkrampf, jetzt oder kürzlich: was hilft und worauf zu achten ist",
                fr: "Une crampe à la jambe, maintenant ou récemment : que faire, que surveiller",
            },
        )
        .add_option(text(&message, &what_happened, false)),
        slash(
            &Words { en: "ask", es: "preguntar", de: "frage", fr: "demander" },
            &Words {
                en: "Ask anything about leg cramps",
                es: "Pregunta lo que quieras sobre calambres en las piernas",
                de: "Frag alles zu Beinkrämpfen",
                fr: "Pose une question sur les crampes aux jambes",
            },
        )
        .add_option(text(&question, &your_question, true)),
        recovery::command(),
        slash(
            &Words { en: "sources", es: "fuentes", de: "quellen", fr: "sources" },
            &Words {
                en: "Where my last answer comes from",
                es: "De dónde viene mi última respuesta",
                de: "Woher meine letzte Antwort stammt",
                fr: "D'où vient ma dernière réponse",
            },
        ),
        slash(
            &Words { en: "charley-me", es: "charley-yo", de: "charley-ich", fr: "charley-moi" },
            &Words {
                en: "What is kept about you: see it, save it, erase it, or be left alone",
                es: "Lo que se guarda sobre ti: verlo, descargarlo, borrarlo, o que te deje en paz",
                de: "Was über dich gespeichert ist: ansehen, sichern, löschen, oder Ruhe haben",
                fr: "Ce qui est gardé sur toi : le voir, l'enregistrer, l'effacer, être tranquille",
            },
        ),
        slash(
            &Words { en: "help", es: "ayuda", de: "hilfe", fr: "aide" },
            &Words {
                en: "What Charley can do",
                es: "Qué puede hacer Charley",
                de: "Was Charley kann",
                fr: "Ce que Charley sait faire",
            },
        ),
        entry(&Words {
            en: ASK_ABOUT,
            es: "Preguntar a Charley",
            de: "Charley dazu fragen",
            fr: "Demander à Charley",
        }),
        entry(&Words {
            en: WHY,
            es: "¿Por qué esta respuesta?",
            de: "Warum diese Antwort?",
            fr: "Pourquoi cette réponse ?",
        }),
    ]
}

/// The menu entry that asks us about a message.
pub(super) const ASK_ABOUT: &str = "Ask Charley about this";

/// The menu entry that shows how a message was understood.
pub(super) const WHY: &str = "Why this answer?";

/// Tells Discord the commands, unless it knows them as they are.
pub(super) async fn make_known(dispatcher: &Dispatcher) {
    let commands = all();
    let (Ok(wanted), Some(me)) = (serde_json::to_value(&commands), dispatcher.me()) else { return };
    // Another application has none of them yet.
    let wanted = json!({"application": me.application, "commands": wanted});
    let known = dispatcher.bot.recall(KNOWN).await.ok().flatten();
    // The languages come in any order.
    if known.and_then(|known| serde_json::from_str::<Value>(&known).ok()).as_ref() == Some(&wanted)
    {
        return;
    }
    let told = insist(|| dispatcher.rest.set_commands(&commands)).await;
    match told {
        Ok(known) => {
            tracing::info!(count = known.len(), "the commands are known to Discord");
            if let Err(error) = dispatcher.bot.remember(KNOWN, &wanted.to_string()).await {
                tracing::error!(%error, "that cannot be kept");
            }
        }
        Err(failure) => {
            tracing::error!(%failure, "the commands could not be made known to Discord");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_speaks_four_languages_and_keeps_to_the_lengths() {
        let commands = serde_json::to_value(all()).unwrap();
        for command in commands.as_array().unwrap() {
            for language in ["es-ES", "es-419", "de", "fr"] {
                let name = command["name_localizations"][language].as_str().unwrap();
                assert!((1..=32).contains(&name.chars().count()), "{name}");
            }
            let described = command["type"] == 1;
            let about = command["description_localizations"]["de"].as_str();
            assert_eq!(about.is_some(), described, "{command}");
            let longest = about.map_or(0, |about| about.chars().count());
            assert!(longest <= 100, "{command}");
            assert_eq!(command["contexts"], serde_json::json!([0, 1, 2]));
        }
    }

    #[test]
    fn every_option_speaks_four_languages_too() {
        fn look(option: &Value) {
            for language in ["es-ES", "es-419", "de", "fr"] {
                let name = option["name_localizations"][language].as_str().unwrap();
                assert!((1..=32).contains(&name.chars().count()), "{name}");
                assert_eq!(name, name.to_lowercase());
                let about = option["description_localizations"][language].as_str().unwrap();
                assert!((1..=100).contains(&about.chars().count()), "{about}");
            }
            option["options"].as_array().into_iter().flatten().for_each(look);
        }
        let commands = serde_json::to_value(all()).unwrap();
        let options = commands.as_array().unwrap().iter();
        let options: Vec<&Value> =
            options.flat_map(|command| command["options"].as_array().unwrap()).collect();
        assert!(options.len() > 8, "{options:?}");
        options.into_iter().for_each(look);
    }
}
