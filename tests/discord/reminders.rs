//! Reminders of a plan reach their person: directly, by a line in the place where the plan was agreed
//! on, or with their next word.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use local_discord::{ChannelId, Fault, Member, MessageId, Permissions, Seen, Target, When, Whom};

use super::town::{A_WHILE, SOON, Town};

const QUESTION: &str = "How is the leg today?";

/// A check-in of a plan that was agreed on in a channel, decided on just now.
struct CheckIn<'t> {
    town: &'t Town,
    id: i64,
    member: &'t Member,
    agreed: ChannelId,
    late: Duration,
    here: bool,
}

impl<'t> CheckIn<'t> {
    fn of(town: &'t Town, id: i64, member: &'t Member) -> Self {
        Self { town, id, member, agreed: town.general, late: Duration::ZERO, here: false }
    }

    /// It waits in the outbox for whoever sends it.
    fn is_due(&self) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let (due, now) = (now.checked_sub(self.late).unwrap().as_micros(), now.as_micros());
        let (id, person, place, here) = (self.id, self.member.id, self.agreed, self.here);
        let mut database = self.town.database();
        database.does(&format!(
            "INSERT INTO reminders
                 (id, person, place, due, step, case_number, next_try, of_plan, state)
             VALUES ({id}, {person}, {place}, {due}, 'check_in/day_{id}/0', 5, {due}, 1, 'said')"
        ));
        let body = serde_json::json!({
            "kind": "reminder", "urgency": "none", "text": QUESTION,
            "choices": [{"id": format!("step:day_{id}:0:leg:good"), "label": "Good"},
                        {"id": "plan:worse", "label": "I am worse"}],
        });
        let way = serde_json::json!({
            "by": "reply", "channel": place.get(), "message": 1, "unasked": false,
        });
        database.does(&format!(
            "INSERT INTO outbox (person, place, body, next_try, posted, reminder, step, due,
                 fallback, here)
             VALUES ({person}, {place}, '{body}', {now}, {now}, {id}, 'check_in/day_{id}/0', {due},
                 '{way}', {here})"
        ));
    }

    /// Waits until this has become of it.
    fn becomes(&self, state: &str) {
        let mut database = self.town.database();
        let is =
            format!("SELECT count(*) FROM reminders WHERE id = {} AND state = '{state}'", self.id);
        let end = Instant::now() + SOON;
        while database.counts(&is) == 0 {
            assert!(Instant::now() < end, "never {state}: {}", self.town.discord.story());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Town {
    /// What Charley wrote to somebody directly, once it is there.
    fn is_told_directly(&self, who: &Member) -> Seen {
        self.until("Charley writes directly", |world| {
            world.dm(who.id).is_some_and(|dm| world.by_bot(dm).count() > 0)
        });
        let dm = self.discord.look(|world| world.dm(who.id)).unwrap();
        self.sees(who, dm, "the check-in", |seen| seen.by == "Charley")
    }

    /// The line in the channel by which somebody is told that there is something.
    fn knock(&self, who: &Member, at: ChannelId) -> Seen {
        self.sees(who, at, "a line for them", |seen| seen.text.contains("something for you"))
    }

    /// Charley may not write in this channel.
    fn shuts(&self, channel: ChannelId) {
        self.discord.change(|world| {
            let (none, writing) = (Permissions::empty(), Permissions::SEND_MESSAGES);
            world.overwrite(channel, Whom::Member(world.bot()), none, writing);
        });
    }
}

/// What somebody says who is then looked after.
const SORE: &str = "my left calf cramped at km 35 of my marathon today, it let go after 5 minutes \
                    but now its sore and im limping";

/// What they press, whichever of it is on offer.
const ANSWERS: [&str; 3] = ["Yes, check on me", "None of these", "No"];

/// Somebody agrees to a plan, by a command in the channel that only they see answered.
fn agrees(town: &Town, who: &Member) {
    let mut shown = town.command(who, "cramp", &[("text", SORE.into())]);
    loop {
        let on_offer = |label: &&&str| {
            shown.buttons.iter().chain(&shown.choices).any(|choice| choice == **label)
        };
        let Some(label) = ANSWERS.iter().find(on_offer) else { break };
        shown = town.pressed(who, &shown, label);
    }
    assert_eq!(town.database().counts("SELECT count(*) FROM plans"), 1, "{}", shown.text);
}

#[test]
fn the_line_in_the_channel_opens_the_check_in_for_its_person_alone() {
    let town = Town::new();
    let _charley = town.charley();
    agrees(&town, &town.ana);
    town.ana.closes_dms();
    let due = "UPDATE reminders SET next_try = 0 WHERE id =
        (SELECT id FROM reminders WHERE step LIKE 'check_in/%' ORDER BY due LIMIT 1)";
    assert_eq!(town.database().does(due), 1);
    let knock = town.knock(&town.ana, town.general);
    let opened = town.pressed(&town.ana, &knock, "Show me");
    assert!(opened.only_me && opened.text.contains("the leg"), "{}", opened.text);
    let sent = "SELECT count(*) FROM reminders WHERE state = 'sent'";
    assert_eq!(town.database().counts(sent), 1);
}

#[test]
fn a_check_in_comes_directly_and_once() {
    let town = Town::new();
    let _charley = town.charley();
    let check_in = CheckIn::of(&town, 1, &town.ana);
    check_in.is_due();
    let told = town.is_told_directly(&town.ana);
    assert_eq!((told.text.as_str(), told.buttons.len()), (QUESTION, 2));
    check_in.becomes("sent");
    let message = "SELECT message FROM reminders WHERE id = 1";
    assert_eq!(MessageId::new(town.database().counts(message).cast_unsigned()), told.id);
    town.stays_at(town.general, 0);
}

#[test]
fn who_takes_no_direct_messages_is_called_where_they_agreed_and_nobody_else_learns_why() {
    let town = Town::new();
    let _charley = town.charley();
    town.ana.closes_dms();
    let check_in = CheckIn::of(&town, 1, &town.ana);
    check_in.is_due();
    let knock = town.knock(&town.ana, town.general);
    check_in.becomes("sent");
    assert!(knock.pinged && knock.buttons == ["Show me"], "{knock:?}");
    assert!(!knock.text.contains("leg"), "{}", knock.text);
    let others = town.sees(&town.ben, town.general, "the line", |seen| seen.id == knock.id);
    assert!(!others.pinged);

    let refused = town.pressed(&town.ben, &knock, "Show me");
    assert!(refused.only_me && !refused.text.contains(QUESTION), "{}", refused.text);
    let opened = town.pressed(&town.ana, &knock, "Show me");
    assert!(opened.only_me, "{opened:?}");
    town.stays_at(town.general, 3);
}

#[test]
fn whose_cramp_is_on_is_called_where_they_told_of_it_if_they_take_no_direct_messages() {
    let mut town = Town::new();
    town.set("CLOCK_SPEED", "60");
    let _charley = town.charley();
    town.ana.closes_dms();
    let told = town.ana.says(town.general, "help my calf is cramping right now").unwrap();
    let relief = town.reply(&town.ana, told);
    let asked = town.pressed(&town.ana, &relief, "Help me privately");
    assert!(asked.only_me, "{asked:?}");

    let knock = town.knock(&town.ana, town.general);
    assert!(knock.pinged && !knock.text.contains("cramp"), "{knock:?}");
    let opened = town.pressed(&town.ana, &knock, "Show me");
    assert!(opened.only_me && opened.text.contains("let go"), "{opened:?}");
}

#[test]
fn what_cannot_be_brought_at_all_comes_with_the_next_word_and_says_why() {
    let town = Town::new();
    let _charley = town.charley();
    town.ana.closes_dms();
    town.shuts(town.general);
    let check_in = CheckIn::of(&town, 1, &town.ana);
    check_in.is_due();
    check_in.becomes("failed");
    let reason = "SELECT count(*) FROM reminders WHERE reason =
        'direct messages are closed, and I may not write in the channel'";
    assert_eq!(town.database().counts(reason), 1);

    town.until("the commands are known", |world| world.commands().count() > 0);
    let command = town.ana.runs(town.training, "help", &[]).unwrap();
    town.answer(&town.ana, command);
    let shown =
        town.sees(&town.ana, town.training, "what was held", |seen| seen.text.contains(QUESTION));
    assert!(shown.only_me, "{shown:?}");
    assert!(shown.text.starts_with("This was meant for <t:"), "{}", shown.text);
    assert!(shown.text.contains("I could not bring it then: direct messages are closed"));
    check_in.becomes("sent");
    let again = town.ana.runs(town.training, "help", &[]).unwrap();
    town.answer(&town.ana, again);
    let shown = town.ana.sees(town.training);
    assert_eq!(shown.iter().filter(|seen| seen.text.contains(QUESTION)).count(), 1);
}

#[test]
fn of_what_was_held_only_the_newest_comes_when_they_write_directly_again() {
    let town = Town::new();
    let _charley = town.charley();
    town.ana.closes_dms();
    town.discord.change(|world| world.closes(town.general));
    for (id, hours) in [(1, 2), (2, 1)] {
        let late = Duration::from_hours(hours);
        let check_in = CheckIn { late, ..CheckIn::of(&town, id, &town.ana) };
        check_in.is_due();
        check_in.becomes("failed");
    }
    town.ana.opens_dms();
    town.direct(&town.ana, "hello");
    CheckIn::of(&town, 2, &town.ana).becomes("sent");
    CheckIn::of(&town, 1, &town.ana).becomes("skipped");
    let dm = town.discord.look(|world| world.dm(town.ana.id)).unwrap();
    let told = town.sees(&town.ana, dm, "what was held", |seen| seen.text.contains(QUESTION));
    assert!(told.text.contains("and the channel is gone"), "{}", told.text);
    town.stays_at(dm, 2);
}

#[test]
fn who_wants_it_in_place_is_called_there_first() {
    let town = Town::new();
    let _charley = town.charley();
    let check_in = CheckIn { here: true, ..CheckIn::of(&town, 1, &town.ana) };
    check_in.is_due();
    town.knock(&town.ana, town.general);
    check_in.becomes("sent");
    assert_eq!(town.asked("POST", "/users/@me/channels"), 0);
}

#[test]
fn a_shut_door_holds_up_nobody_else() {
    let town = Town::new();
    let _charley = town.charley();
    town.ana.closes_dms();
    let gone = town.discord.change(|world| {
        let gone = world.channel(town.club, "gone");
        world.closes(gone);
        gone
    });
    CheckIn { agreed: gone, ..CheckIn::of(&town, 1, &town.ana) }.is_due();
    CheckIn::of(&town, 2, &town.ben).is_due();
    town.is_told_directly(&town.ben);
    CheckIn::of(&town, 1, &town.ana).becomes("failed");
    CheckIn::of(&town, 2, &town.ben).becomes("sent");
}

#[test]
fn what_a_database_of_yesterday_holds_is_not_said_again() {
    for closed in [false, true] {
        let town = Town::new();
        let _charley = town.charley();
        if closed {
            town.ana.closes_dms();
        }
        let hour = Duration::from_hours(1);
        let check_in = CheckIn { late: hour, ..CheckIn::of(&town, 1, &town.ana) };
        check_in.is_due();
        check_in.becomes("sent");
        for number in 0..120 {
            town.ben.says(town.general, &format!("easy run number {number}")).unwrap();
        }
        // The older database knows of it as of something still to be said, under another number.
        town.database().does("DELETE FROM reminders");
        check_in.is_due();
        check_in.becomes("sent");
        let dm = town.discord.look(|world| world.dm(town.ana.id)).unwrap();
        let places = [(dm, usize::from(!closed)), (town.general, usize::from(closed))];
        for (place, count) in places {
            town.stays_at(place, count);
        }
    }
}

#[test]
fn a_send_of_which_nobody_knows_whether_it_arrived_is_no_second_message() {
    let town = Town::new();
    let _charley = town.charley();
    // The private channel exists already, so that the fault can be laid in its way.
    town.direct(&town.ana, "hello");
    let dm = town.discord.look(|world| world.dm(town.ana.id)).unwrap();
    town.discord.faults(Target::post(dm), When::After, Fault::Drop, 0, 2);
    let check_in = CheckIn::of(&town, 1, &town.ana);
    check_in.is_due();
    check_in.becomes("sent");
    town.until("all faults struck", |world| world.faults_waiting() == 0);
    town.stays_at(dm, 2);
    std::thread::sleep(A_WHILE);
}
