//! Plans: agreed on, brought, answered, put off, ended; wherever somebody is.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use local_discord::{ChannelId, Fault, Refusal, Seen, Target, When};
use serde_json::{Value, json};

use super::database::Database;
use super::town::{Charley, Town};

const MARATHON: &str = "my left calf cramped at km 35 of my marathon today, it let go after \
    5 minutes but now its sore and im limping";

/// Ana agrees to a plan by buttons, in private, from the channel.
pub(super) fn agrees(town: &Town) -> Seen {
    let question = town.ana.says(town.general, MARATHON).unwrap();
    let reply = town.reply(&town.ana, question);
    let asked = town.pressed(&town.ana, &reply, "Help me privately");
    goes_on(town, asked)
}

/// From the first question of the interview to the plan.
pub(super) fn goes_on(town: &Town, asked: Seen) -> Seen {
    let mut seen = asked;
    for _ in 0..6 {
        let offered: Vec<&String> = seen.buttons.iter().chain(&seen.choices).collect();
        let answers = ["Yes, check on me", "None of these", "No"];
        let answer = answers.into_iter().find(|answer| offered.iter().any(|one| one == answer));
        let Some(answer) = answer else { break };
        seen = town.pressed(&town.ana, &seen, answer);
    }
    assert!(seen.text.contains("recovery plan is set"), "{}", seen.text);
    seen
}

/// Nothing is quiet now, whenever this runs.
pub(super) fn is_awake(town: &Town) {
    let hour = |hours: i64| {
        let at = Timestamp::now() + SignedDuration::from_hours(hours);
        at.strftime("%H:00").to_string()
    };
    let quiet = json!(format!("{}-{}", hour(3), hour(4)));
    let told = town.command(&town.ana, "recovery settings", &[("quiet", quiet)]);
    assert!(told.text.contains("Quiet hours"), "{}", told.text);
}

/// Where Charley writes to Ana directly.
pub(super) fn direct_channel(town: &Town) -> ChannelId {
    town.until("Charley writes directly", |world| world.dm(town.ana.id).is_some());
    town.discord.look(|world| world.dm(town.ana.id)).unwrap()
}

/// The time of a step has come.
pub(super) fn falls_due(town: &Town, step: &str) {
    let due = format!(
        "UPDATE reminders SET due = (unixepoch() - 60) * 1000000,
                next_try = (unixepoch() - 60) * 1000000
         WHERE step = 'check_in/{step}' AND state = 'planned'"
    );
    assert_eq!(town.database().does(&due), 1, "{step}");
}

/// Ana agrees to a plan, and its first check-in comes at the next start.
pub(super) fn reminded(town: &Town) -> (Charley, Seen) {
    let charley = town.charley();
    agrees(town);
    is_awake(town);
    assert!(charley.stops().success());
    falls_due(town, "day_1/0");
    let charley = town.charley();
    let asked = brought(town, DAY_1);
    (charley, asked)
}

/// The direct message that brings a step.
pub(super) fn brought(town: &Town, text: &str) -> Seen {
    let dm = direct_channel(town);
    town.sees(&town.ana, dm, text, |seen| seen.by == "Charley" && seen.text.contains(text))
}

const DAY_1: &str = "It is a day since your cramp";
const DAY_2: &str = "Soreness often peaks";

/// Time passes while Charley is away: whatever is kept is so much older.
fn time_passes(town: &Town, time: SignedDuration) {
    let mut database = town.database();
    for (table, id) in [("plans", "person"), ("conversations", "person")] {
        let body = database.reads(&format!("SELECT body FROM {table} ORDER BY {id} LIMIT 1"));
        let mut body: Value = serde_json::from_str(&body).unwrap();
        age(&mut body, time);
        let body = body.to_string().replace('\'', "''");
        assert_eq!(database.does(&format!("UPDATE {table} SET body = '{body}'")), 1, "{table}");
    }
    let micros = time.as_micros();
    let older =
        format!("UPDATE reminders SET due = due - {micros}, next_try = next_try - {micros}");
    assert!(database.does(&older) > 0);
}

fn age(value: &mut Value, time: SignedDuration) {
    match value {
        Value::String(text) => {
            if let Ok(at) = text.parse::<Timestamp>() {
                *text = (at - time).to_string();
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|one| age(one, time)),
        Value::Object(fields) => fields.values_mut().for_each(|one| age(one, time)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn plans(database: &mut Database) -> i64 {
    database.counts("SELECT count(*) FROM plans")
}

#[test]
fn a_plan_is_agreed_on_in_private_and_charley_writes_directly_at_once() {
    let town = Town::new();
    let _charley = town.charley();
    let begun = agrees(&town);
    assert!(begun.only_me && begun.text.contains("24 hours: massage"), "{}", begun.text);
    let first = brought(&town, "This is where I write to you from now on");
    town.stays_at(first.message.channel_id, 1);
    // Words there go on with the plan.
    let status = town.direct(&town.ana, "my plan");
    assert!(status.text.contains("it runs"), "{}", status.text);
    assert_eq!(town.ben.sees(town.general).iter().filter(|seen| seen.by == "Charley").count(), 1);
}

#[test]
fn who_agrees_by_direct_message_is_told_nothing_twice() {
    let town = Town::new();
    let _charley = town.charley();
    let asked = town.direct(&town.ana, MARATHON);
    let begun = goes_on(&town, asked);
    town.is_through();
    let seen = town.ana.sees(begun.message.channel_id);
    assert!(seen.iter().all(|seen| !seen.text.contains("from now on")), "{seen:#?}");
}

#[test]
fn a_reminder_comes_directly_and_is_answered_by_its_buttons() {
    let town = Town::new();
    let (_charley, asked) = reminded(&town);
    assert!(asked.buttons.contains(&"Stop and delete".to_owned()), "{asked:?}");
    let sore = town.pressed(&town.ana, &asked, "None of these");
    assert!(sore.text.contains("How sore is it"), "{}", sore.text);
    let walk = town.pressed(&town.ana, &sore, "4");
    let next = town.pressed(&town.ana, &walk, "Yes");
    assert!(next.text.contains("gentle massage"), "{}", next.text);
}

#[test]
fn a_reminder_is_answered_weeks_and_a_restart_later() {
    let town = Town::new();
    let (charley, asked) = reminded(&town);
    assert!(charley.stops().success());

    time_passes(&town, SignedDuration::from_hours(12 * 24));
    let _charley = town.charley();
    let sore = town.pressed(&town.ana, &asked, "None of these");
    // However long ago it was asked, it is said now.
    assert!(sore.text.contains("How sore"), "{}", sore.text);
    let walk = town.pressed(&town.ana, &sore, "1");
    let next = town.pressed(&town.ana, &walk, "Yes");
    assert!(next.text.contains("gentle massage"), "{}", next.text);
}

#[test]
fn a_danger_sign_in_a_direct_answer_lets_the_plan_rest() {
    let town = Town::new();
    let (charley, asked) = reminded(&town);
    let sore = town.pressed(&town.ana, &asked, "None of these");
    assert!(sore.text.contains("How sore"), "{}", sore.text);
    let card = town.direct(&town.ana, "about a 4, but the calf is swollen and warm now");
    assert!(card.text.contains("To be seen today"), "{}", card.text);
    let status = town.command(&town.ana, "recovery status", &[]);
    assert!(status.text.contains("paused until a doctor has looked at it"), "{}", status.text);
    let held = town.command(&town.ana, "recovery resume", &[]);
    assert!(held.buttons.contains(&"A doctor has checked it".to_owned()), "{held:?}");
    assert!(charley.stops().success());
    let planned = "SELECT count(*) FROM reminders WHERE state = 'planned' AND step <> 'forget'";
    assert_eq!(town.database().counts(planned), 0, "nothing comes");
}

#[test]
fn a_danger_sign_told_by_the_button_shows_what_to_do() {
    let town = Town::new();
    let (_charley, asked) = reminded(&town);
    let lists = town.pressed(&town.ana, &asked, "Yes, or not sure");
    let list = town.pressed(&town.ana, &lists, "Yes, one from list 1");
    assert!(list.text.contains("Emergency"), "{}", list.text);
    let status = town.direct(&town.ana, "my plan");
    assert!(status.text.contains("paused until a doctor"), "{}", status.text);
}

#[test]
fn whoever_takes_no_direct_messages_is_told_at_once_and_chooses() {
    let town = Town::new();
    let _charley = town.charley();
    town.ana.closes_dms();
    agrees(&town);
    let told = |text: &'static str| {
        town.sees(&town.ana, town.general, text, |seen| seen.text.contains(text))
    };
    let shut = told("I cannot write to you directly");
    assert!(shut.only_me, "{shut:?}");
    assert_eq!(shut.buttons, ["Remind me here instead", "They are open, try again"]);
    // Still shut: the same once more.
    let again = town.pressed(&town.ana, &shut, "They are open, try again");
    assert!(again.text.contains("I write to you directly"), "{}", again.text);
    town.until("it is told again", |world| {
        let told = |post: &&local_discord::Post| post.message.content.starts_with("I cannot write");
        world.by_bot(town.general).filter(told).count() == 2
    });
    town.ana.opens_dms();
    std::thread::sleep(Duration::from_millis(10));
    let here = town.pressed(&town.ana, &shut, "Remind me here instead");
    assert!(here.text.contains("where we set it up"), "{}", here.text);
    let directly = town.pressed(&town.ana, &here, "Show my plan");
    assert!(directly.text.contains("it runs"), "{}", directly.text);
}

#[test]
fn who_opens_direct_messages_is_written_to_there() {
    let town = Town::new();
    let _charley = town.charley();
    town.ana.closes_dms();
    agrees(&town);
    let shut = "I cannot write to you directly";
    let shut = town.sees(&town.ana, town.general, shut, |seen| seen.text.contains(shut));
    town.ana.opens_dms();
    town.pressed(&town.ana, &shut, "They are open, try again");
    brought(&town, "This is where I write to you from now on");
}

#[test]
fn stop_ends_a_plan_and_nothing_of_it_is_kept() {
    let town = Town::new();
    let charley = town.charley();
    agrees(&town);
    brought(&town, "from now on");
    assert_eq!(plans(&mut town.database()), 1);
    let stopped = town.direct(&town.ana, "stop");
    assert!(stopped.text.contains("deleted your plan"), "{}", stopped.text);
    let page = town.command(&town.ana, "charley-me", &[]);
    assert!(page.text.contains("recovery plans: none"), "{}", page.text);
    assert!(page.text.contains("reminders to come: 0"), "{}", page.text);
    let file = exported(&town, &page);
    assert_eq!(file["plan"], Value::Null, "{file}");
    assert_eq!(file["reminders"], json!([]), "{file}");
    assert!(charley.stops().success());
    let mut database = town.database();
    assert_eq!(plans(&mut database), 0);
    assert_eq!(database.counts("SELECT count(*) FROM reminders"), 0);
}

/// What is saved as a file.
fn exported(town: &Town, page: &Seen) -> Value {
    let press = town.ana.presses(page.id, "Save as a file").unwrap();
    let answer = town.answer(&town.ana, press);
    let id = answer.message.attachments[0].id;
    let file = town.discord.look(|world| world.file(id).map(<[u8]>::to_vec)).unwrap();
    serde_json::from_slice(&file).unwrap()
}

#[test]
fn what_is_kept_of_a_plan_is_shown_saved_and_erased() {
    let town = Town::new();
    let (charley, asked) = reminded(&town);
    let sore = town.pressed(&town.ana, &asked, "None of these");
    town.pressed(&town.ana, &sore, "4");
    let page = town.command(&town.ana, "charley-me", &[]);
    assert!(page.text.contains("recovery plans: one"), "{}", page.text);
    let file = exported(&town, &page);
    assert_eq!(file["plan"]["numbers"]["sore"], json!([4]), "{file}");
    assert!(file["reminders"].as_array().unwrap().len() > 3, "{file}");
    assert!(!file.to_string().contains("marathon"), "no words are kept: {file}");
    let sure = town.pressed(&town.ana, &page, "Erase everything");
    town.pressed(&town.ana, &sure, "Yes, erase everything");
    assert!(charley.stops().success());
    let mut database = town.database();
    for table in ["plans", "reminders", "outbox", "conversations", "people"] {
        let ana = town.ana.id.get();
        let kept = format!("SELECT count(*) FROM {table} WHERE person = {ana}");
        assert_eq!(database.counts(&kept), 0, "{table}");
    }
}

#[test]
fn a_check_in_is_put_off_and_comes_again() {
    let town = Town::new();
    let (charley, asked) = reminded(&town);
    let when = town.pressed(&town.ana, &asked, "Later");
    assert_eq!(when.buttons, ["In 1 hour", "Tonight", "Tomorrow", "Skip this one"]);
    let told = town.pressed(&town.ana, &when, "In 1 hour");
    assert!(told.text.contains("I'll ask again"), "{}", told.text);
    assert!(charley.stops().success());
    falls_due(&town, "day_1/1");
    let _charley = town.charley();
    let dm = direct_channel(&town);
    town.until("it comes again", |world| {
        let of_day_1 = |post: &&local_discord::Post| post.message.content.contains(DAY_1);
        world.by_bot(dm).filter(of_day_1).count() == 2
    });
}

#[test]
fn two_unanswered_and_then_it_is_quiet() {
    let town = Town::new();
    let charley = town.charley();
    agrees(&town);
    is_awake(&town);
    assert!(charley.stops().success());
    for (step, text) in [("day_1/0", DAY_1), ("day_2/0", DAY_2), ("day_3/0", "I'll stop here")] {
        falls_due(&town, step);
        let charley = town.charley();
        brought(&town, text);
        town.is_through();
        assert!(charley.stops().success());
    }
    let planned = "SELECT count(*) FROM reminders WHERE state = 'planned' AND step <> 'forget'";
    assert_eq!(town.database().counts(planned), 0);
    let _charley = town.charley();
    let status = town.command(&town.ana, "recovery status", &[]);
    assert!(status.text.contains("since I did not hear from you"), "{}", status.text);
    let resumed = town.pressed(&town.ana, &status, "Resume");
    assert!(resumed.text.contains("Your plan goes on"), "{}", resumed.text);
}

#[test]
fn another_cramp_begins_the_plan_anew() {
    let town = Town::new();
    let charley = town.charley();
    agrees(&town);
    brought(&town, "from now on");
    assert!(charley.stops().success());
    time_passes(&town, SignedDuration::from_hours(20));
    let _charley = town.charley();
    let mut seen = town
        .direct(&town.ana, "my calf cramped again this morning on a run, it let go, it is sore");
    for _ in 0..5 {
        let offered: Vec<&String> = seen.buttons.iter().chain(&seen.choices).collect();
        if seen.text.contains("counts from this cramp now") {
            return;
        }
        let none =
            ["None of these", "No"].into_iter().find(|no| offered.iter().any(|one| one == no));
        let Some(none) = none else { break };
        seen = town.pressed(&town.ana, &seen, none);
    }
    panic!("the plan goes on as before: {}", seen.text);
}

#[test]
fn a_plan_is_shown_as_a_picture_with_its_words() {
    let town = Town::new();
    let _charley = town.charley();
    agrees(&town);
    let status = town.command(&town.ana, "recovery status", &[]);
    let [file] = status.message.attachments.as_slice() else { panic!("{status:?}") };
    assert_eq!(file.filename, "plan.png");
    let alt = file.description.as_deref().unwrap();
    assert!(alt.contains("Recovery plan") && alt.contains("24 hours: massage"), "{alt}");
    let png = town.discord.look(|world| world.file(file.id).map(<[u8]>::to_vec)).unwrap();
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n") && png.len() > 2_000, "{}", png.len());
    // The same by direct message.
    let status = town.direct(&town.ana, "my plan");
    assert_eq!(status.message.attachments.len(), 1, "{status:?}");
}

#[test]
fn where_no_file_may_be_sent_the_words_come_alone() {
    let town = Town::new();
    let _charley = town.charley();
    agrees(&town);
    let channel = Target::post(town.general);
    let missing = Fault::Refuse(Refusal::new(403, 50013, "Missing Permissions"));
    town.discord.fault(channel, When::Before, missing);
    let question = town.ana.says(town.general, &format!("{} my plan", town.call())).unwrap();
    let status = town.reply(&town.ana, question);
    assert!(status.text.contains("it runs"), "{}", status.text);
    assert_eq!(status.message.attachments.len(), 0, "{status:?}");
}
