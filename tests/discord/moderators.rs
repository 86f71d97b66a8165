//! Response files that are edited while Charley runs.

use local_discord::{Permissions, Seen, Whom};

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

/// Takes a permission from Charley in the general channel.
fn takes(town: &Town, permission: Permissions) {
    town.discord.change(|world| {
        let me = Whom::Member(world.bot());
        world.overwrite(town.general, me, Permissions::empty(), permission);
    });
}

#[test]
fn a_channel_in_which_charley_may_not_write_is_told_once() {
    let town = town();
    let _charley = town.charley();
    takes(&town, Permissions::SEND_MESSAGES);
    for who in [&town.ana, &town.ben] {
        who.says(town.general, &format!("{} {HELP}", town.call())).unwrap();
        town.until("they are answered directly", |world| world.dm(who.id).is_some());
    }
    let told = |seen: &Seen| seen.text.contains(&format!("<#{}>", town.general));
    let told = town.sees(&town.cleo, town.training, "the moderators are told", told);
    assert!(told.text.contains("\"Send Messages\"") && told.text.contains("page Permissions"));
    town.is_through();
    town.stays_at(town.training, 1);
}

#[test]
fn a_channel_whose_history_charley_may_not_read_is_told_and_answered_all_the_same() {
    let town = town();
    let _charley = town.charley();
    takes(&town, Permissions::READ_MESSAGE_HISTORY);
    town.ana.says(town.general, HELP).unwrap();
    let relief = |seen: &Seen| seen.text.contains("toes towards your shin");
    town.sees(&town.ben, town.general, "the reply", relief);
    let told = |seen: &Seen| seen.text.contains("\"Read Message History\"");
    town.sees(&town.cleo, town.training, "the moderators are told", told);
}

#[test]
fn a_moderators_channel_that_is_shut_itself_is_only_logged() {
    let town = town();
    let _charley = town.charley();
    town.discord.change(|world| {
        let me = Whom::Member(world.bot());
        world.overwrite(town.training, me, Permissions::empty(), Permissions::SEND_MESSAGES);
    });
    town.ana.says(town.training, &format!("{} {HELP}", town.call())).unwrap();
    town.until("she is answered directly", |world| world.dm(town.ana.id).is_some());
    town.logs("we may not write there");
    town.is_through();
    assert_eq!(town.discord.look(|world| world.journal.answered(403)), 1);
}
