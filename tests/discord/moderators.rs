//! Response files that are edited while Charley runs.

use local_discord::Seen;

use super::town::Town;

const HELP: &str = "my calf is cramping right now, help";

/// A club whose moderators are told in the training channel.
fn town() -> Town {
    let mut town = Town::new();
    town.has_own_responses();
    town.writes("club.toml", &club(&town, ""));
    town
}

fn club(town: &Town, more: &str) -> String {
    format!("name = \"our club\"\nmoderators = \"{}\"\n{more}\n", town.training)
}

#[test]
fn an_edit_is_taken_over_and_old_buttons_mean_the_same() {
    let town = town();
    let _charley = town.charley();
    let question = town.ana.says(town.general, HELP).unwrap();
    let old = town.reply(&town.ana, question);
    let file = "cards/relief.toml";
    let text = town.reads(file).replace("toes towards your shin", "toes up to your shin");
    town.writes(file, &text);
    let told = |seen: &Seen| seen.text.contains("are in use") && seen.text.contains("relief.toml");
    town.sees(&town.ben, town.training, "the change is told", told);

    let question = town.ben.says(town.general, HELP).unwrap();
    let new = town.reply(&town.ben, question);
    assert!(new.text.contains("toes up to your shin"), "{}", new.text);
    let check = town.pressed(&town.ana, &old, "Help me privately");
    assert!(check.buttons.contains(&"None of these".to_owned()), "{check:?}");
}

#[test]
fn a_faulty_edit_changes_nothing_and_is_told_once() {
    let town = town();
    let _charley = town.charley();
    let sound = town.reads("club.toml");
    town.writes("club.toml", &format!("{sound}in-chanels = \"open\"\n"));
    let told = |seen: &Seen| seen.text.contains("faulty") && seen.text.contains("in-chanels");
    town.sees(&town.ben, town.training, "the fault is told", told);
    let question = town.ana.says(town.general, HELP).unwrap();
    town.reply(&town.ben, question);
    town.writes("club.toml", &club(&town, "offer-on-mention = true"));
    town.sees(&town.ben, town.training, "the change is told", |seen| {
        seen.text.contains("changed and are in use")
    });
    town.stays_at(town.training, 2);
}
