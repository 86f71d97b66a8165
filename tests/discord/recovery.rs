//! The command about a plan, part by part.

use local_discord::Seen;
use serde_json::{Value, json};

use super::plan::{agrees, reminded};
use super::town::Town;

fn runs(town: &Town, part: &str, options: &[(&str, Value)]) -> Seen {
    town.command(&town.ana, &format!("recovery {part}"), options)
}

#[test]
fn without_a_plan_it_says_how_to_come_to_one_and_plan_begins_to_ask() {
    let town = Town::new();
    let _charley = town.charley();
    for part in ["status", "snooze", "pause", "resume", "done", "settings"] {
        let told = runs(&town, part, &[]);
        assert!(
            told.only_me && told.text.contains("There is no plan yet"),
            "{part}: {}",
            told.text
        );
    }
    let worse = runs(&town, "worse", &[]);
    assert!(worse.buttons.contains(&"Yes, one from list 1".to_owned()), "{worse:?}");
    let asked = town.command(&town.ben, "recovery plan", &[]);
    assert!(asked.only_me && asked.text.contains("which muscle"), "{asked:?}");
}

#[test]
fn with_a_plan_each_part_does_what_it_says() {
    let town = Town::new();
    let _charley = town.charley();
    agrees(&town);
    let status = runs(&town, "status", &[]);
    assert!(status.only_me && status.text.contains("it runs"), "{}", status.text);
    let plan = runs(&town, "plan", &[]);
    assert_eq!(plan.text, status.text);
    assert!(plan.buttons.contains(&"Settings".to_owned()), "{plan:?}");
    assert!(runs(&town, "pause", &[]).text.contains("Paused"));
    assert!(runs(&town, "status", &[]).text.contains("paused by you"));
    assert!(runs(&town, "resume", &[]).text.contains("Your plan goes on"));
    let worse = runs(&town, "worse", &[]);
    let told = town.pressed(&town.ana, &worse, "None of these");
    assert!(told.text.contains("rest it for 24 hours"), "{}", told.text);
    assert!(runs(&town, "done", &[]).text.contains("Your plan is over"));
    assert!(runs(&town, "status", &[]).text.contains("There is no plan yet"));
}

#[test]
fn a_plan_is_begun_by_the_command() {
    let town = Town::new();
    let _charley = town.charley();
    let asked = runs(&town, "plan", &[]);
    assert!(asked.text.contains("which muscle"), "{}", asked.text);
    let mine = "my left calf cramped at km 35 of my marathon today, it let go, it is sore now";
    let asked = town.direct(&town.ana, mine);
    super::plan::goes_on(&town, asked);
}

#[test]
fn a_check_in_is_put_off_by_the_command() {
    let town = Town::new();
    let (_charley, _) = reminded(&town);
    let when = runs(&town, "snooze", &[]);
    assert!(when.buttons.contains(&"Tonight".to_owned()), "{when:?}");
    let told = runs(&town, "snooze", &[("when", json!("plan:snooze:tomorrow"))]);
    assert!(told.only_me && told.text.contains("I'll ask again"), "{}", told.text);
    assert!(town.ana.runs(town.general, "recovery snooze", &[("when", json!("never"))]).is_err());
}

#[test]
fn settings_are_changed_together() {
    let town = Town::new();
    let _charley = town.charley();
    agrees(&town);
    let shown = runs(&town, "settings", &[]);
    assert!(shown.text.contains("Time zone: UTC"), "{}", shown.text);
    let changed = runs(
        &town,
        "settings",
        &[
            ("zone", json!("America/New_York")),
            ("quiet", json!("22:30-07:00")),
            ("bedtime", json!("23:00")),
            ("where", json!("plan:here")),
            ("fewer", json!(true)),
        ],
    );
    for line in [
        "Time zone: America/New York",
        "Quiet hours: 22:30-07:00",
        "Bedtime: 23:00",
        "I write where we set it up",
    ] {
        assert!(changed.text.contains(line), "{line}: {}", changed.text);
    }
    let typed = runs(&town, "settings", &[("zone", json!("munich"))]);
    assert!(typed.text.contains("Europe/Berlin"), "{}", typed.text);
    assert!(typed.text.contains("22:30-07:00"), "the rest stays: {}", typed.text);
}

#[test]
fn a_zone_is_picked_from_a_menu_or_written_where_it_is_asked_for() {
    let town = Town::new();
    let _charley = town.charley();
    agrees(&town);
    let settings = runs(&town, "settings", &[]);
    let zones = town.pressed(&town.ana, &settings, "Change time zone");
    assert!(zones.choices.contains(&"Europe/Berlin".to_owned()), "{zones:?}");
    let picked = town.pressed(&town.ana, &zones, "Europe/Berlin");
    assert!(picked.only_me && picked.text.contains("Time zone: Europe/Berlin"), "{picked:?}");

    let asked = runs(&town, "settings", &[]);
    town.pressed(&town.ana, &asked, "Change time zone");
    let written = town.direct(&town.ana, "new york");
    assert!(written.text.contains("Time zone: America/New York"), "{}", written.text);
}

#[test]
fn a_slip_in_a_setting_is_told_and_changes_nothing() {
    let town = Town::new();
    let _charley = town.charley();
    agrees(&town);
    for (name, typed, told) in [
        ("quiet", "ten to seven", "write it like"),
        ("quiet", "21:00-21:00", "begins when it ends"),
        ("bedtime", "25:00", "write it like"),
        ("zone", "qqqqqq", "no place I know"),
    ] {
        let slip = runs(&town, "settings", &[(name, json!(typed)), ("fewer", json!(true))]);
        assert!(slip.only_me && slip.text.contains(told), "{typed}: {}", slip.text);
    }
    let shown = runs(&town, "settings", &[]);
    assert!(shown.text.contains("Quiet hours: 21:00-08:00"), "{}", shown.text);
}

#[test]
fn a_zone_is_found_by_its_city_while_somebody_types() {
    let town = Town::new();
    let _charley = town.charley();
    town.until("the commands are known", |world| world.commands().count() > 0);
    let offered = |text: &str| {
        let typing =
            town.ana.starts_writing(town.general, "recovery settings", "zone", text).unwrap();
        let choices = |world: &local_discord::World| {
            let typing = world.interaction(typing)?;
            let answered = typing.state == local_discord::State::Suggested;
            let names = typing.choices.iter().map(|choice| choice.name.clone());
            answered.then(|| names.collect::<Vec<_>>())
        };
        town.discord.find(choices, super::town::SOON).unwrap()
    };
    assert!(offered("mun").contains(&"Munich (Europe/Berlin)".to_owned()));
    let around = offered("");
    assert!(around.len() > 5 && around.len() <= 25, "{around:?}");
    assert_eq!(offered("qqqqqqqq"), Vec::<String>::new());
}

#[test]
fn in_a_direct_message_the_answer_stays() {
    let town = Town::new();
    let _charley = town.charley();
    agrees(&town);
    let dm = super::plan::direct_channel(&town);
    let run = town.ana.runs(dm, "recovery status", &[]).unwrap();
    let status = town.answer(&town.ana, run);
    assert!(!status.only_me && status.text.contains("it runs"), "{status:?}");
}
