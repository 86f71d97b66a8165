//! Charley, brought along by somebody who added it to themselves: among friends who write to each
//! other, in servers that have not taken it in, and directly.

use local_discord::{ChannelId, Fault, Member, Seen, Target, When};
use serde_json::{Value, json};

use super::town::Town;

const RUN: &str = "I had a calf cramp while running this morning";
const DANGER: &str = "my calf is cramping and I have chest pain, can't breathe";

/// Ana has added Charley to herself, and writes with Ben and Cleo.
fn friends(town: &Town) -> ChannelId {
    town.until("the commands are known", |world| world.commands().count() > 0);
    town.discord.change(|world| {
        world.takes_along(town.ana.id);
        world.group(&[town.ana.id, town.ben.id, town.cleo.id])
    })
}

fn runs(town: &Town, who: &Member, at: ChannelId, name: &str, options: &[(&str, Value)]) -> Seen {
    let run = who.runs(at, name, options).unwrap();
    town.answer(who, run)
}

#[test]
fn among_friends_only_whoever_asks_sees_the_whole_interview() {
    let town = Town::new();
    let _charley = town.charley();
    let group = friends(&town);
    let asked = runs(&town, &town.ana, group, "cramp", &[("text", json!(RUN))]);
    assert!(asked.only_me && asked.buttons.contains(&"None of these".to_owned()), "{asked:?}");
    let next = town.pressed(&town.ana, &asked, "None of these");
    assert!(next.only_me && next.choices.len() > 5, "{next:?}");
    let advice = town.pressed(&town.ana, &next, "None of these");
    assert!(advice.only_me && advice.text.contains("What helps"), "{}", advice.text);
    assert!(town.ben.sees(group).is_empty());
}

#[test]
fn every_command_answers_among_friends_and_only_who_brought_charley_along_can_use_it() {
    let town = Town::new();
    let _charley = town.charley();
    let group = friends(&town);
    let question = json!("do bananas help with cramps?");
    for (name, options) in [
        ("cramp", vec![]),
        ("ask", vec![("question", question)]),
        ("sources", vec![]),
        ("recovery status", vec![]),
        ("charley-me", vec![]),
        ("help", vec![]),
    ] {
        let answer = runs(&town, &town.ana, group, name, &options);
        assert!(answer.only_me && !answer.text.is_empty(), "{name}: {answer:?}");
        assert!(town.ben.runs(group, name, &options).is_err(), "{name} is not Ben's");
    }
    let said = town.ben.says(group, "how can one prevent calf cramps when running?").unwrap();
    let answer = town.menu(&town.ana, "Ask Charley about this", said);
    assert!(answer.only_me && answer.text.len() > 100, "{}", answer.text);
    let why = town.menu(&town.ana, "Why this answer?", said);
    assert!(why.only_me && why.text.contains("calf"), "{}", why.text);
    assert!(town.ben.sees(group).iter().all(|seen| seen.by != "Charley"));
}

#[test]
fn in_a_server_that_has_not_taken_charley_in_only_who_asks_is_answered() {
    let town = Town::new();
    let _charley = town.charley();
    town.until("the commands are known", |world| world.commands().count() > 0);
    let elsewhere = town.discord.change(|world| {
        let other = world.guild("Hill Runners");
        let channel = world.channel(other, "chat");
        world.joins(other, town.ana.id);
        world.joins(other, town.ben.id);
        world.leaves(other, world.bot());
        world.takes_along(town.ana.id);
        channel
    });
    let said = town.ben.says(elsewhere, RUN).unwrap();
    let answer = town.menu(&town.ana, "Ask Charley about this", said);
    assert!(answer.only_me && !answer.buttons.is_empty(), "{answer:?}");
    let next = town.pressed(&town.ana, &answer, "None of these");
    assert!(next.only_me, "{next:?}");
    assert!(town.ben.uses("Ask Charley about this", said).is_err(), "Ben has not brought it along");
    assert!(town.ben.sees(elsewhere).iter().all(|seen| seen.by != "Charley"));
}

#[test]
fn somebody_who_shares_no_server_with_charley_is_answered_directly() {
    let town = Town::new();
    let _charley = town.charley();
    let dora = town.discord.change(|world| {
        let dora = world.person("Dora");
        world.takes_along(dora);
        dora
    });
    let dora = town.discord.who(dora);
    let asked = town.direct(&dora, RUN);
    assert!(asked.buttons.contains(&"None of these".to_owned()), "{asked:?}");
}

#[test]
fn an_emergency_among_friends_is_told_at_once_to_who_asked() {
    let town = Town::new();
    let _charley = town.charley();
    let group = friends(&town);
    let told = runs(&town, &town.ana, group, "cramp", &[("text", json!(DANGER))]);
    assert!(told.only_me && told.text.contains("Emergency"), "{told:?}");
}

#[test]
fn what_cannot_be_brought_back_among_friends_comes_directly_and_moderators_are_not_bothered() {
    let mut town = Town::new();
    town.has_own_responses();
    town.writes("club.toml", &format!("name = \"our club\"\nmoderators = \"{}\"\n", town.training));
    let _charley = town.charley();
    let group = friends(&town);
    let asked = runs(&town, &town.ana, group, "cramp", &[("text", json!(RUN))]);
    town.discord.faults(Target::callback(), When::Before, Fault::Status(503), 0, 100);
    town.ana.presses(asked.id, "Yes, one from list 1").unwrap();
    town.until("Charley writes directly", |world| world.dm(town.ana.id).is_some());
    let dm = town.discord.look(|world| world.dm(town.ana.id)).unwrap();
    let told = town.sees(&town.ana, dm, "the emergency", |seen| seen.by == "Charley");
    assert!(told.text.contains("Emergency"), "{}", told.text);

    // Where she takes no direct messages either, nobody tries again and again.
    town.ana.closes_dms();
    town.ana.presses(asked.id, "Yes, one from list 2").unwrap();
    town.logs("we may not write there");
    town.is_through();
    assert!(town.discord.look(|world| world.journal.answered(403)) < 4);
    town.stays_at(town.training, 0);
}
