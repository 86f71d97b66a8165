//! The command about a recovery plan: what it offers, and what is chosen by it. Pure.

use jiff::Timestamp;
use serenity::all::{
    CommandDataOption, CommandDataOptionValue, CommandOptionType, CreateCommand,
    CreateCommandOption,
};

use super::commands::{Words, described, option, slash};
use crate::plan::zone::{self, Zone};
use crate::plan::{Press, Snooze, calendar::QuietHours};
use crate::responses::plans::{clock_time, hours};

/// The name of the command.
pub(super) const NAME: &str = "recovery";

/// Most places that Discord lets somebody pick from while they are typing.
const MOST_PLACES: usize = 25;

/// The command with everything below it.
pub(super) fn command() -> CreateCommand {
    let about = Words {
        en: "Your recovery plan: where you are, and how I remind you",
        es: "Tu plan de recuperación: dónde estás y cómo te lo recuerdo",
        de: "Dein Plan zur Erholung: wo du stehst und wie ich dich erinnere",
        fr: "Ton plan de récupération : où tu en es, comment je te le rappelle",
    };
    let name = Words { en: NAME, es: "recuperación", de: "erholung", fr: "récupération" };
    parts().into_iter().fold(slash(&name, &about), CreateCommand::add_option)
}

fn parts() -> Vec<CreateCommandOption> {
    let plain = PLAIN.iter().map(|(_, name, about)| part(name, about));
    plain.chain([snooze(), settings()]).collect()
}

/// What needs nothing further, and the choice it stands for.
const PLAIN: [(Press, Words, Words); 6] = [
    (
        Press::Status,
        Words { en: "status", es: "estado", de: "stand", fr: "état" },
        Words {
            en: "What is done, what is now and what comes next",
            es: "Qué está hecho, qué toca ahora y qué viene después",
            de: "Was getan ist, was jetzt ansteht und was als Nächstes kommt",
            fr: "Ce qui est fait, ce qui est en cours, ce qui vient ensuite",
        },
    ),
    (
        Press::Start,
        Words { en: "plan", es: "plan", de: "plan", fr: "plan" },
        Words {
            en: "Begin a plan, or change the one you have",
            es: "Empezar un plan o cambiar el que tienes",
            de: "Einen Plan beginnen oder deinen ändern",
            fr: "Commencer un plan, ou changer le tien",
        },
    ),
    (
        Press::Pause,
        Words { en: "pause", es: "pausa", de: "pause", fr: "pause" },
        Words {
            en: "No reminders until you say so",
            es: "Sin recordatorios hasta que lo digas",
            de: "Keine Erinnerungen, bis du es sagst",
            fr: "Pas de rappels jusqu'à ce que tu le dises",
        },
    ),
    (
        Press::Resume,
        Words { en: "resume", es: "reanudar", de: "weiter", fr: "reprendre" },
        Words {
            en: "Go on with your plan",
            es: "Seguir con tu plan",
            de: "Mit deinem Plan weitermachen",
            fr: "Continuer ton plan",
        },
    ),
    (
        Press::Worse,
        Words { en: "worse", es: "peor", de: "schlechter", fr: "pire" },
        Words {
            en: "The leg is worse: I ask about danger signs",
            es: "La pierna está peor: pregunto por señales de peligro",
            de: "Dem Bein geht es schlechter: ich frage nach Warnzeichen",
            fr: "La jambe va moins bien : je demande les signes de danger",
        },
    ),
    (
        Press::Fine,
        Words { en: "done", es: "listo", de: "fertig", fr: "fini" },
        Words {
            en: "You are fine again: the plan ends and is deleted",
            es: "Ya estás bien: el plan termina y se borra",
            de: "Es ist wieder gut: der Plan endet und wird gelöscht",
            fr: "Tout va bien : le plan se termine et est effacé",
        },
    ),
];

const SNOOZE: &str = "snooze";
const WHEN: &str = "when";

/// When to come back, with the choice it stands for.
const TIMES: [(Press, Words); 4] = [
    (
        Press::Snooze(Snooze::Hour),
        Words { en: "In 1 hour", es: "En 1 hora", de: "In 1 Stunde", fr: "Dans 1 heure" },
    ),
    (
        Press::Snooze(Snooze::Tonight),
        Words { en: "Tonight", es: "Esta noche", de: "Heute Abend", fr: "Ce soir" },
    ),
    (
        Press::Snooze(Snooze::Tomorrow),
        Words { en: "Tomorrow", es: "Mañana", de: "Morgen", fr: "Demain" },
    ),
    (
        Press::Skip,
        Words {
            en: "Skip this one",
            es: "Saltar este",
            de: "Diesmal auslassen",
            fr: "Passer celui-ci",
        },
    ),
];

fn snooze() -> CreateCommandOption {
    let name = Words { en: SNOOZE, es: "posponer", de: "später", fr: "plus-tard" };
    let about = Words {
        en: "Ask me again later",
        es: "Pregúntame más tarde",
        de: "Frag mich später noch einmal",
        fr: "Redemande-moi plus tard",
    };
    let when = Words { en: WHEN, es: "cuándo", de: "wann", fr: "quand" };
    let times = TIMES.iter().map(|(press, label)| (press.id(), label));
    part(&name, &about).add_sub_option(choices(&when, &WHEN_ABOUT, times))
}

const WHEN_ABOUT: Words = Words {
    en: "When I ask again",
    es: "Cuándo vuelvo a preguntar",
    de: "Wann ich wieder frage",
    fr: "Quand je redemande",
};

const SETTINGS: &str = "settings";
const ZONE: &str = "zone";
const QUIET: &str = "quiet";
const BEDTIME: &str = "bedtime";
const WHERE: &str = "where";
const FEWER: &str = "fewer";

fn settings() -> CreateCommandOption {
    let name = Words { en: SETTINGS, es: "ajustes", de: "einstellungen", fr: "réglages" };
    let about = Words {
        en: "How and when I remind you",
        es: "Cómo y cuándo te lo recuerdo",
        de: "Wie und wann ich dich erinnere",
        fr: "Comment et quand je te le rappelle",
    };
    let part = part(&name, &about);
    [zone(), quiet(), bedtime(), place(), fewer()]
        .into_iter()
        .fold(part, CreateCommandOption::add_sub_option)
}

fn zone() -> CreateCommandOption {
    let name = Words { en: ZONE, es: "zona", de: "zeitzone", fr: "fuseau" };
    let about = Words {
        en: "A city near you, for your time zone",
        es: "Una ciudad cerca de ti, para tu zona horaria",
        de: "Eine Stadt in deiner Nähe, für deine Zeitzone",
        fr: "Une ville près de toi, pour ton fuseau horaire",
    };
    option(CommandOptionType::String, &name, &about).max_length(100).set_autocomplete(true)
}

fn quiet() -> CreateCommandOption {
    let name = Words { en: QUIET, es: "silencio", de: "ruhe", fr: "silence" };
    let about = Words {
        en: "When I keep quiet, such as 21:00-08:00",
        es: "Cuándo me callo, como 21:00-08:00",
        de: "Wann ich still bin, etwa 21:00-08:00",
        fr: "Quand je me tais, par exemple 21:00-08:00",
    };
    option(CommandOptionType::String, &name, &about).max_length(20)
}

fn bedtime() -> CreateCommandOption {
    let name = Words { en: BEDTIME, es: "dormir", de: "schlafenszeit", fr: "coucher" };
    let about = Words {
        en: "When you go to bed, such as 22:30",
        es: "Cuándo te acuestas, como 22:30",
        de: "Wann du ins Bett gehst, etwa 22:30",
        fr: "Quand tu te couches, par exemple 22:30",
    };
    option(CommandOptionType::String, &name, &about).max_length(20)
}

const PLACES: [(Press, Words); 2] = [
    (
        Press::Direct,
        Words {
            en: "By direct message",
            es: "Por mensaje directo",
            de: "Per Direktnachricht",
            fr: "Par message privé",
        },
    ),
    (
        Press::Here,
        Words {
            en: "Where the plan was set up",
            es: "Donde se acordó el plan",
            de: "Wo der Plan vereinbart wurde",
            fr: "Là où le plan a été convenu",
        },
    ),
];

fn place() -> CreateCommandOption {
    let name = Words { en: WHERE, es: "dónde", de: "wo", fr: "où" };
    let about = Words {
        en: "Where I remind you",
        es: "Dónde te lo recuerdo",
        de: "Wo ich dich erinnere",
        fr: "Où je te le rappelle",
    };
    choices(&name, &about, PLACES.iter().map(|(press, label)| (press.id(), label)))
}

fn fewer() -> CreateCommandOption {
    let name = Words { en: FEWER, es: "menos", de: "weniger", fr: "moins" };
    let about = Words {
        en: "Only every other one of the daily reminders",
        es: "Solo uno de cada dos recordatorios diarios",
        de: "Nur jede zweite der täglichen Erinnerungen",
        fr: "Un rappel quotidien sur deux seulement",
    };
    option(CommandOptionType::Boolean, &name, &about)
}

fn part(name: &Words, about: &Words) -> CreateCommandOption {
    described(
        CreateCommandOption::new(CommandOptionType::SubCommand, name.en, about.en),
        name,
        about,
    )
}

fn choices<'w>(
    name: &Words,
    about: &Words,
    choices: impl Iterator<Item = (String, &'w Words)>,
) -> CreateCommandOption {
    let option = option(CommandOptionType::String, name, about);
    choices.fold(option, |option, (id, label)| {
        option.add_string_choice_localized(label.en, id, label.others())
    })
}

/// The choice that somebody made by the command; else why it means nothing, for them to read.
pub(super) fn asked(options: &[CommandDataOption]) -> Result<Option<String>, String> {
    let Some((name, values)) = options.iter().find_map(part_of) else { return Ok(None) };
    if name == SNOOZE {
        let when = values.iter().find_map(|value| text(value, WHEN));
        return Ok(Some(when.map_or_else(|| Press::Later.id(), str::to_owned)));
    }
    if name == SETTINGS {
        let changes = values.iter().map(change).collect::<Result<Vec<Press>, String>>()?;
        return Ok(Some(match changes.as_slice() {
            [] => Press::Settings.id(),
            [one] => one.id(),
            _ => Press::Changes(changes).id(),
        }));
    }
    Ok(PLAIN.iter().find(|(_, plain, _)| plain.en == name).map(|(press, _, _)| press.id()))
}

fn part_of(option: &CommandDataOption) -> Option<(&str, &[CommandDataOption])> {
    match &option.value {
        CommandDataOptionValue::SubCommand(values) => Some((option.name.as_str(), values)),
        _ => None,
    }
}

fn text<'o>(option: &'o CommandDataOption, name: &str) -> Option<&'o str> {
    option.value.as_str().filter(|_| option.name == name)
}

/// One thing to be changed.
fn change(option: &CommandDataOption) -> Result<Press, String> {
    let typed = option.value.as_str().unwrap_or_default().trim();
    match (option.name.as_str(), &option.value) {
        (ZONE, _) => zone_of(typed),
        (QUIET, _) => hours(typed).map(|(from, until)| Press::Quiet(QuietHours { from, until })),
        (BEDTIME, _) => clock_time(typed).map(Press::Bedtime),
        (FEWER, CommandDataOptionValue::Boolean(fewer)) => Ok(Press::Fewer(Some(*fewer))),
        (WHERE, _) => Press::read(typed).ok_or_else(|| format!("`{typed}` is no place I know.")),
        (name, _) => Err(format!("I do not know the setting `{name}`.")),
    }
}

/// The zone of what was picked, or of the likeliest place of what was typed.
fn zone_of(typed: &str) -> Result<Press, String> {
    let named = Zone::parse(typed).ok();
    let zone = named.or_else(|| zone::search(typed, 1).pop().map(|place| place.zone));
    let zone = zone.ok_or_else(|| {
        format!("`{typed}` is no place I know; write a large city near you, such as `Madrid`.")
    })?;
    Ok(Press::Zone(zone.name().to_owned()))
}

/// Places to pick from while somebody is typing: how each is shown, and its zone.
pub(super) fn places(typed: &str, club: &str, now: Timestamp) -> Vec<(String, String)> {
    if typed.trim().is_empty() {
        let club = Zone::parse(club).unwrap_or_else(|_| Zone::utc());
        let zones = zone::likely(&club, now).into_iter().take(MOST_PLACES);
        return zones.map(|zone| (zone.to_string(), zone.to_string())).collect();
    }
    let found = zone::search(typed, MOST_PLACES).into_iter();
    found.map(|place| (place.to_string(), place.zone.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn choice(part: &str, values: &serde_json::Value) -> Result<Option<String>, String> {
        let option = json!({"name": part, "type": 1, "options": values});
        let option: CommandDataOption = serde_json::from_value(option).unwrap();
        asked(&[option])
    }

    fn setting(name: &str, value: &str) -> Result<Option<String>, String> {
        choice(SETTINGS, &json!([{"name": name, "type": 3, "value": value}]))
    }

    #[test]
    fn each_part_is_a_choice_of_the_plan() {
        for (press, name, _) in &PLAIN {
            assert_eq!(choice(name.en, &json!([])), Ok(Some(press.id())));
        }
        assert_eq!(choice(SNOOZE, &json!([])), Ok(Some("plan:later".to_owned())));
        let tonight = json!([{"name": WHEN, "type": 3, "value": "plan:snooze:tonight"}]);
        assert_eq!(choice(SNOOZE, &tonight), Ok(Some("plan:snooze:tonight".to_owned())));
        assert_eq!(choice(SETTINGS, &json!([])), Ok(Some("plan:settings".to_owned())));
        assert_eq!(choice("dance", &json!([])), Ok(None));
    }

    #[test]
    fn a_zone_may_be_picked_or_typed() {
        for (typed, zone) in [
            ("Europe/Berlin", "Europe/Berlin"),
            ("munich", "Europe/Berlin"),
            ("Amsterdm", "Europe/Amsterdam"),
        ] {
            assert_eq!(setting(ZONE, typed), Ok(Some(format!("plan:zone:{zone}"))), "{typed}");
        }
        assert!(setting(ZONE, "qqqqqq").unwrap_err().contains("no place I know"));
    }

    #[test]
    fn a_slip_in_a_time_says_how_to_write_it() {
        assert_eq!(setting(QUIET, "22:00-7:30"), Ok(Some("plan:quiet:22:00-07:30".to_owned())));
        assert!(setting(QUIET, "22-7").unwrap_err().contains("write it like"));
        assert!(setting(BEDTIME, "late").unwrap_err().contains("`08:00`"));
    }

    #[test]
    fn several_changes_are_made_at_once() {
        let several = json!([
            {"name": QUIET, "type": 3, "value": "22:00-07:00"},
            {"name": WHERE, "type": 3, "value": "plan:here"},
            {"name": FEWER, "type": 5, "value": true},
        ]);
        let id = "plan:quiet:22:00-07:00 plan:here plan:fewer:yes";
        assert_eq!(choice(SETTINGS, &several), Ok(Some(id.to_owned())));
        assert!(Press::read(id).is_some());
    }

    #[test]
    fn places_are_offered_around_the_club_and_by_city() {
        let now = Timestamp::UNIX_EPOCH;
        let around = places("", "Europe/London", now);
        assert_eq!(around.first().map(|(_, zone)| zone.as_str()), Some("Europe/London"));
        assert!(around.len() > 5 && around.len() <= MOST_PLACES);
        let munich = ("Munich (Europe/Berlin)".to_owned(), "Europe/Berlin".to_owned());
        assert!(places("mun", "UTC", now).contains(&munich));
    }
}
