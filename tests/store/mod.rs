//! What every store keeps, whatever the database.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails has failed the test")]

pub(crate) mod plans;
mod sqlite;

use std::path::Path;
use std::sync::{Arc, OnceLock};

use charley::courier::{OutgoingId, Route};
use charley::message::{Address, Message, PersonId, PlaceId};
use charley::plan::{Due, Reminder, What};
use charley::reply::{Choice, Reply, ReplyKind};
use charley::responses::{Responses, disk};
use charley::store::{Claim, Effect, LEASE, Opening, Sent, Sqlite, Store, StoreError, Version};
use charley::turn::{Conversation, Event, Press, Quiet, Reminders, Turn, turn};
use charley::vocabulary::Timer;
use charley::vocabulary::Urgency;
use jiff::{SignedDuration, Timestamp, ToSpan};
use tempfile::TempDir;

/// The shipped responses, loaded once for the whole suite.
pub(crate) fn responses() -> Arc<Responses> {
    static SHIPPED: OnceLock<Arc<Responses>> = OnceLock::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("responses");
    let load = || disk::load(&folder).unwrap_or_else(|problems| panic!("{problems}"));
    Arc::clone(SHIPPED.get_or_init(|| Arc::new(load())))
}

/// Noon of a day, plus some minutes.
pub(crate) fn noon(minutes: i64) -> Timestamp {
    let noon: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
    noon + minutes.minutes()
}

/// One of the members.
pub(crate) fn member(person: u64) -> Address {
    Address { person: PersonId(person), place: PlaceId(7) }
}

/// Somebody says something to Charley.
pub(crate) fn said(id: u64, from: Address, text: &str, at: Timestamp) -> Event {
    Event::Said(Message {
        id,
        from,
        text: text.to_owned(),
        at,
        addressed: true,
        in_public: false,
        within: None,
    })
}

/// A conversation in which something was said.
fn conversation() -> Conversation {
    let event = said(1, member(1), "my calf is cramping right now", noon(0));
    let next = turn(&responses(), Conversation::default(), &event).next;
    assert_ne!(next, Conversation::default());
    next
}

fn hello(id: u64) -> Event {
    said(id, member(1), "hello", noon(0))
}

fn reminder(to: Address, minutes: i64) -> Reminder {
    Reminder { to, due: noon(minutes), what: What::Timer(Timer::LetGo3), run: 1 }
}

/// It is due, and taken up at once.
pub(crate) fn falls_due(reminder: &Reminder) -> Event {
    Event::Due(Due { reminder: reminder.clone(), now: reminder.due })
}

fn reply(text: &str) -> Reply {
    let choice = Choice { id: "yes".to_owned(), label: "Yes".to_owned() };
    let (kind, urgency) = (ReplyKind::Question, Urgency::Urgent);
    Reply::new(kind, urgency, text.to_owned(), vec![choice])
}

fn says(text: &str) -> Turn {
    Turn { replies: vec![reply(text)], ..keeps() }
}

fn keeps() -> Turn {
    Turn {
        next: conversation(),
        replies: Vec::new(),
        reminders: Reminders::Keep,
        quiet: None,
        skipped: None,
    }
}

fn plans(reminders: &[Reminder]) -> Turn {
    Turn { reminders: Reminders::Replace(reminders.to_vec()), ..keeps() }
}

/// What members may claim at so many minutes past noon.
fn at(minutes: i64) -> Claim {
    Claim { route: Route::Members, due: noon(minutes), now: noon(minutes), most: 100 }
}

/// What members may claim at a moment.
pub(crate) fn claim_at(now: Timestamp) -> Claim {
    Claim { route: Route::Members, due: now, now, most: 100 }
}

/// Commits on top of whatever is there.
async fn commit(store: &impl Store, event: &Event, turn: &Turn) {
    let (_, seen) = store.load(event.address()).await.unwrap();
    store.commit(seen, event, turn, None, noon(0)).await.unwrap();
}

async fn what_was_kept_is_loaded_again(store: &impl Store) {
    let (before, seen) = store.load(member(1)).await.unwrap();
    assert_eq!((before, seen), (Conversation::default(), Version::default()));

    commit(store, &hello(1), &keeps()).await;

    let (after, now) = store.load(member(1)).await.unwrap();
    assert_eq!(after, conversation());
    assert_ne!(now, seen);
    let elsewhere = Address { place: PlaceId(8), ..member(1) };
    assert_eq!(store.load(elsewhere).await.unwrap().0, Conversation::default());
}

async fn a_stale_turn_is_a_conflict_and_changes_nothing(store: &impl Store) {
    let new = store.load(member(1)).await.unwrap().1;
    commit(store, &hello(1), &keeps()).await;
    let first = store.load(member(1)).await.unwrap().1;
    commit(store, &hello(2), &keeps()).await;

    let mut late = plans(&[reminder(member(1), 3)]);
    late.replies = vec![reply("late")];
    for stale in [new, first] {
        let refused = store.commit(stale, &hello(3), &late, None, noon(0)).await;
        assert_eq!(refused, Err(StoreError::Conflict));
    }

    assert_eq!(store.next_due(Route::Members).await.unwrap(), None);
    let seen = store.load(member(1)).await.unwrap().1;
    assert!(store.commit(seen, &hello(3), &late, None, noon(0)).await.is_ok());
}

async fn conversations_are_loaded_in_the_order_they_were_asked_for(store: &impl Store) {
    commit(store, &said(1, member(3), "hello", noon(0)), &keeps()).await;

    let asked = [member(3), member(1), Address { place: PlaceId(8), ..member(3) }, member(3)];
    let loaded = store.load_all(&asked).await.unwrap();

    let conversations: Vec<_> = loaded.iter().map(|(conversation, _)| conversation).collect();
    let none = &Conversation::default();
    assert_eq!(conversations, [&conversation(), none, none, &conversation()]);
    assert_eq!(loaded[0], store.load(member(3)).await.unwrap());
    assert_eq!(store.load_all(&[]).await.unwrap(), []);
}

async fn what_happens_to_several_is_kept_together_or_not_at_all(store: &impl Store) {
    commit(store, &said(1, member(1), "hello", noon(0)), &keeps()).await;
    let events: Vec<_> = (1..=3).map(|id| said(10 + id, member(id), "hello", noon(0))).collect();
    let turns = [says("one"), says("two"), says("three")];
    let people = [member(1), member(2), member(3)];
    let seen = store.load_all(&people).await.unwrap();
    let effects = |stale: &[(Conversation, Version)]| {
        let each = stale.iter().zip(&events).zip(&turns);
        let each = each.map(|((&(_, seen), event), turn)| Effect { seen, event, turn, way: None });
        each.collect::<Vec<_>>()
    };

    commit(store, &said(2, member(2), "me first", noon(0)), &keeps()).await;
    let before = store.load_all(&people).await.unwrap();
    let refused = store.commit_all(&effects(&seen), noon(0)).await;
    assert_eq!(refused, Err(StoreError::Conflict));
    assert_eq!(store.load_all(&people).await.unwrap(), before);
    assert_eq!(store.next_due(Route::Members).await.unwrap(), None);

    let sent = store.commit_all(&effects(&before), noon(0)).await.unwrap();
    let texts: Vec<_> = sent.iter().map(|sent| (sent.to, sent.reply.text.as_str())).collect();
    assert_eq!(texts, [(people[0], "one"), (people[1], "two"), (people[2], "three")]);
    let after = store.load_all(&people).await.unwrap();
    assert!(after.iter().all(|(after, _)| *after == conversation()));
    let again = store.commit_all(&effects(&after), noon(0)).await;
    assert_eq!(again, Err(StoreError::AlreadyHandled));
}

async fn an_event_is_answered_once(store: &impl Store) {
    let press =
        Press { id: 2, from: member(1), choice: "yes".to_owned(), at: noon(0), in_public: false };
    for event in [hello(1), Event::Pressed(press)] {
        commit(store, &event, &keeps()).await;
        let seen = store.load(member(1)).await.unwrap().1;
        let again = store.commit(seen, &event, &says("again"), None, noon(1)).await;
        assert_eq!(again, Err(StoreError::AlreadyHandled));
    }
    assert_eq!(store.next_due(Route::Members).await.unwrap(), None);
}

async fn a_reminder_is_claimed_by_one_until_the_lease_ends(store: &impl Store) {
    let planned = reminder(member(1), 3);
    commit(store, &hello(1), &plans(std::slice::from_ref(&planned))).await;

    assert_eq!(store.claim_due(at(2)).await.unwrap(), []);
    assert_eq!(store.claim_due(at(3)).await.unwrap(), std::slice::from_ref(&planned));
    assert_eq!(store.claim_due(at(3)).await.unwrap(), []);
    let end = noon(3) + LEASE;
    assert_eq!(store.next_due(Route::Members).await.unwrap(), Some(end));
    assert_eq!(store.claim_due(Claim { due: end, now: end, ..at(3) }).await.unwrap(), [planned]);
}

async fn the_earliest_reminders_come_first_and_no_more_than_asked_for(store: &impl Store) {
    let planned = [9, 3, 6].map(|minutes| reminder(member(1), minutes));
    commit(store, &hello(1), &plans(&planned)).await;

    let first = store.claim_due(Claim { most: 2, ..at(10) }).await.unwrap();
    assert_eq!(first, [planned[1].clone(), planned[2].clone()]);
    assert_eq!(store.claim_due(at(10)).await.unwrap(), [planned[0].clone()]);
}

async fn an_answered_reminder_is_gone(store: &impl Store) {
    let planned = reminder(member(1), 3);
    commit(store, &hello(1), &plans(&[planned.clone(), reminder(member(1), 10)])).await;
    store.claim_due(at(3)).await.unwrap();
    commit(store, &falls_due(&planned), &keeps()).await;

    let seen = store.load(member(1)).await.unwrap().1;
    let again = store.commit(seen, &falls_due(&planned), &says("again"), None, noon(3)).await;
    assert_eq!(again, Err(StoreError::AlreadyHandled));
    assert_eq!(store.next_due(Route::Members).await.unwrap(), Some(noon(10)));
}

async fn a_reminder_that_was_called_off_is_not_answered(store: &impl Store) {
    let planned = reminder(member(1), 3);
    commit(store, &hello(1), &plans(std::slice::from_ref(&planned))).await;
    store.claim_due(at(3)).await.unwrap();
    commit(store, &hello(2), &plans(&[])).await;

    let seen = store.load(member(1)).await.unwrap().1;
    let late = store.commit(seen, &falls_due(&planned), &says("late"), None, noon(3)).await;
    assert_eq!(late, Err(StoreError::AlreadyHandled));
}

async fn reminders_are_kept_or_replaced_for_their_own_conversation(store: &impl Store) {
    let theirs = reminder(member(2), 5);
    commit(store, &hello(1), &plans(&[reminder(member(1), 3)])).await;
    commit(store, &said(2, member(2), "hello", noon(0)), &plans(std::slice::from_ref(&theirs)))
        .await;

    commit(store, &hello(3), &keeps()).await;
    assert_eq!(store.next_due(Route::Members).await.unwrap(), Some(noon(3)));

    let moved = reminder(member(1), 4);
    commit(store, &hello(4), &plans(&[moved.clone(), moved.clone()])).await;
    assert_eq!(store.claim_due(at(9)).await.unwrap(), [moved, theirs]);
}

async fn a_reply_waits_with_its_sender_and_then_for_others_until_it_is_settled(store: &impl Store) {
    let seen = Version::default();
    let sent = store.commit(seen, &hello(1), &says("stretch"), None, noon(0)).await.unwrap();
    assert_eq!((sent[0].to, &sent[0].reply), (member(1), &reply("stretch")));

    assert_eq!(store.claim_unsent(at(0)).await.unwrap(), []);
    assert_eq!(store.next_due(Route::Members).await.unwrap(), Some(noon(0) + LEASE));
    assert_eq!(store.claim_unsent(at(2)).await.unwrap(), sent);
    assert_eq!(store.claim_unsent(at(2)).await.unwrap(), []);

    store.settle(&[sent[0].id, OutgoingId(999)]).await.unwrap();
    assert_eq!(store.claim_unsent(at(60)).await.unwrap(), []);
    assert_eq!(store.next_due(Route::Members).await.unwrap(), None);
}

async fn the_way_back_waits_with_a_reply_and_its_message_is_known_afterwards(store: &impl Store) {
    let seen = Version::default();
    let sent = store.commit(seen, &hello(1), &says("hi"), Some("by post"), noon(0)).await.unwrap();
    assert_eq!((sent[0].answers, sent[0].posted), (Some(1), noon(0)));
    assert_eq!(sent[0].way.as_deref(), Some("by post"));
    assert_eq!(store.claim_unsent(at(2)).await.unwrap(), sent);

    assert_eq!(store.answer_to(1).await.unwrap(), None);
    store.settle_as(sent[0].id, arrived(99)).await.unwrap();
    let answered = store.answer_to(1).await.unwrap().unwrap();
    assert_eq!((answered.of, answered.channel), (member(1), member(1).place));
    assert_eq!((answered.reply, answered.unasked, answered.at), (99, true, noon(0)));
    assert_eq!(store.answer_to(2).await.unwrap(), None);
    assert_eq!(store.claim_unsent(at(60)).await.unwrap(), []);

    assert!(store.is_handled(PersonId(1), 1).await.unwrap());
    assert!(!store.is_handled(PersonId(1), 2).await.unwrap());
}

async fn a_message_that_stands_elsewhere_is_known_with_its_channel(store: &impl Store) {
    let seen = Version::default();
    let sent = store.commit(seen, &hello(1), &says("hi"), None, noon(0)).await.unwrap();
    let elsewhere = Sent { channel: Some(PlaceId(77)), ..arrived(99) };
    store.settle_as(sent[0].id, elsewhere).await.unwrap();
    let answered = store.answer_to(1).await.unwrap().unwrap();
    assert_eq!((answered.of, answered.channel), (member(1), PlaceId(77)));
}

async fn what_a_person_said_is_answered_once_though_it_belongs_to_another_place_now(
    store: &impl Store,
) {
    let Event::Said(said) = hello(1) else { panic!("it is said") };
    let elsewhere = Address { place: PlaceId(77), ..said.from };
    let again = Event::Said(Message { from: elsewhere, ..said });
    store.commit(Version::default(), &hello(1), &says("hi"), None, noon(0)).await.unwrap();
    let twice = store.commit(Version::default(), &again, &says("hi"), None, noon(1)).await;
    assert_eq!(twice, Err(StoreError::AlreadyHandled));
}

/// A reply that arrived in the place of its conversation; nobody had spoken to us.
const fn arrived(message: u64) -> Sent {
    Sent { message, channel: None, unasked: true }
}

async fn what_cannot_be_sent_is_tried_less_and_less_often_and_set_aside_after_days(
    store: &impl Store,
) {
    store.commit(Version::default(), &hello(1), &says("hi"), None, noon(0)).await.unwrap();
    let mut tried = Vec::new();
    while let Some(next) = store.next_due(Route::Members).await.unwrap() {
        let claim = Claim { route: Route::Members, due: next, now: next, most: 1 };
        assert_eq!(store.claim_unsent(claim).await.unwrap().len(), 1);
        tried.push(next);
    }
    assert_eq!(tried[1].duration_since(tried[0]), LEASE);
    assert_eq!(tried[2].duration_since(tried[1]), LEASE * 2);
    let last = tried[tried.len() - 1].duration_since(noon(0));
    assert!(last > SignedDuration::from_hours(72), "{last:?}");
    let aside = store.export(PersonId(1)).await.unwrap();
    assert_eq!(aside["unsent"].as_array().map(Vec::len), Some(1));
}

async fn a_key_is_never_used_twice(store: &impl Store) {
    let mut keys = Vec::new();
    for id in 1..4 {
        let (_, seen) = store.load(member(1)).await.unwrap();
        let sent = store.commit(seen, &hello(id), &says("hi"), None, noon(0)).await.unwrap();
        store.settle(&[sent[0].id]).await.unwrap();
        keys.push(sent[0].id);
    }
    keys.dedup();
    assert_eq!(keys.len(), 3);
}

async fn the_terminal_and_the_members_leave_each_others_things_alone(store: &impl Store) {
    let you = Address { person: Route::AT_THE_TERMINAL, place: PlaceId(0) };
    let (mine, theirs) = (reminder(you, 4), reminder(member(1), 3));
    let both = |reminder: &Reminder| Turn {
        replies: vec![reply("hi")],
        ..plans(std::slice::from_ref(reminder))
    };
    commit(store, &said(1, you, "hello", noon(0)), &both(&mine)).await;
    commit(store, &hello(2), &both(&theirs)).await;

    let terminal = Claim { route: Route::Terminal, ..at(60) };
    assert_eq!(store.claim_due(terminal).await.unwrap(), [mine]);
    assert_eq!(store.claim_unsent(terminal).await.unwrap().len(), 1);
    assert_eq!(store.claim_due(at(60)).await.unwrap(), [theirs]);
    assert_eq!(store.claim_unsent(at(60)).await.unwrap()[0].to, member(1));
}

async fn a_person_is_shown_everything_and_erased_wholly(store: &impl Store) {
    let all = Turn { replies: vec![reply("stretch it")], ..plans(&[reminder(member(1), 3)]) };
    commit(store, &hello(11), &all).await;
    commit(store, &said(12, member(2), "hello", noon(0)), &all).await;

    let kept = store.export(PersonId(1)).await.unwrap();
    assert_eq!(kept["person"], "1");
    assert_eq!(kept["conversations"][0]["place"], "7");
    let shown: Conversation =
        serde_json::from_value(kept["conversations"][0]["conversation"].clone()).unwrap();
    assert_eq!(shown, conversation());
    assert_eq!(kept["reminders"][0]["due"], noon(3).as_second());
    assert_eq!(kept["reminders"][0]["case"], 1);
    assert_eq!(kept["unsent"][0]["reply"]["text"], "stretch it");
    assert_eq!(kept["answered"][0]["event"], "11");

    store.forget(PersonId(1)).await.unwrap();

    let nothing = store.export(PersonId(1)).await.unwrap();
    for table in ["conversations", "reminders", "unsent", "answered"] {
        assert_eq!(nothing[table], serde_json::json!([]), "{table}");
    }
    assert_ne!(store.load(member(2)).await.unwrap().0, Conversation::default());
}

async fn a_wish_for_quiet_holds_until_it_is_taken_back_or_erased(store: &impl Store) {
    assert!(!store.is_quiet(PersonId(1)).await.unwrap());
    let quiet = Turn { quiet: Some(Quiet::Always), ..keeps() };
    commit(store, &hello(1), &quiet).await;
    assert!(store.is_quiet(PersonId(1)).await.unwrap());
    assert!(!store.is_quiet(PersonId(2)).await.unwrap());
    assert_eq!(store.export(PersonId(1)).await.unwrap()["quiet"], true);

    store.set_quiet(PersonId(1), false).await.unwrap();
    assert!(!store.is_quiet(PersonId(1)).await.unwrap());

    commit(store, &hello(2), &quiet).await;
    store.forget(PersonId(1)).await.unwrap();
    assert!(!store.is_quiet(PersonId(1)).await.unwrap());

    let here = Turn { quiet: Some(Quiet::Here), ..keeps() };
    commit(store, &hello(3), &here).await;
    assert!(!store.is_quiet(PersonId(1)).await.unwrap());
}

async fn where_somebody_talks_in_private_is_kept_until_it_is_erased(store: &impl Store) {
    use charley::store::PrivatePlaces;
    let none = PrivatePlaces::default();
    assert_eq!(store.private_places(PersonId(1)).await.unwrap(), none);
    let in_club = PrivatePlaces { talks_in: Some(PlaceId(7)), ..none };
    let directly = PrivatePlaces { direct: Some(PlaceId(8)), ..none };
    store.note_private_places(PersonId(1), in_club).await.unwrap();
    store.note_private_places(PersonId(1), directly).await.unwrap();
    store.set_quiet(PersonId(1), true).await.unwrap();

    let both = PrivatePlaces { talks_in: Some(PlaceId(7)), direct: Some(PlaceId(8)) };
    assert_eq!(store.private_places(PersonId(1)).await.unwrap(), both);
    assert_eq!(store.direct_channels().await.unwrap(), [PlaceId(8)]);
    let export = store.export(PersonId(1)).await.unwrap();
    assert_eq!(
        (&export["direct"], &export["talks_in"]),
        (&serde_json::json!("8"), &serde_json::json!("7"))
    );

    store.forget(PersonId(1)).await.unwrap();
    assert_eq!(store.private_places(PersonId(1)).await.unwrap(), none);
    assert_eq!(store.direct_channels().await.unwrap(), []);
}

async fn a_turn_that_began_before_the_erasure_brings_nothing_back(store: &impl Store) {
    commit(store, &hello(1), &keeps()).await;
    let seen = store.load(member(1)).await.unwrap().1;
    store.forget(PersonId(1)).await.unwrap();
    let late = store.commit(seen, &hello(2), &keeps(), None, noon(0)).await;
    assert_eq!(late, Err(StoreError::Conflict));

    commit(store, &hello(3), &keeps()).await;
    let late = store.commit(seen, &hello(2), &keeps(), None, noon(0)).await;
    assert_eq!(late, Err(StoreError::Conflict));
}

async fn a_note_is_kept_until_the_next(store: &impl Store) {
    assert_eq!(store.recall("clock").await.unwrap(), None);
    store.remember("clock", "1").await.unwrap();
    store.remember("clock", "2").await.unwrap();
    assert_eq!(store.recall("clock").await.unwrap().as_deref(), Some("2"));
}

async fn the_largest_numbers_come_back_as_they_were(store: &impl Store) {
    let far = Address { person: PersonId(u64::MAX), place: PlaceId(u64::MAX - 1) };
    let planned = Reminder { run: i64::from(u32::MAX), ..reminder(far, 1) };
    commit(store, &said(u64::MAX, far, "hello", noon(0)), &plans(std::slice::from_ref(&planned)))
        .await;
    assert_eq!(store.claim_due(at(1)).await.unwrap(), [planned]);
    assert_eq!(store.export(far.person).await.unwrap()["person"], u64::MAX.to_string());
}

async fn what_was_handled_long_ago_is_forgotten(store: &impl Store) {
    commit(store, &hello(1), &keeps()).await;
    let seen = store.load(member(1)).await.unwrap().1;
    let later = noon(0) + SignedDuration::from_hours(8 * 24);
    store.commit(seen, &hello(2), &keeps(), None, later).await.unwrap();
    let kept = store.export(PersonId(1)).await.unwrap();
    assert_eq!(kept["answered"].as_array().map(Vec::len), Some(1));
}

use plans::{
    a_check_in_is_said_once_and_sent_as_a_message,
    a_check_in_of_which_the_plan_knows_nothing_fails_and_can_come_again,
    a_lease_holds_though_another_check_in_of_the_plan_is_said,
    a_new_plan_leaves_nothing_of_the_one_before, a_plan_is_kept_for_its_person_wherever_they_are,
    a_reminder_that_nobody_could_send_for_days_is_held, a_turn_that_saw_another_plan_is_a_conflict,
    a_wish_to_be_reminded_in_place_goes_with_each_reminder,
    nothing_that_was_held_comes_beside_what_has_to_be_acted_on,
    of_several_that_are_held_only_the_newest_comes,
    the_erasure_of_a_plan_is_not_undone_by_a_late_turn, the_last_word_of_a_plan_outlives_it,
    the_reminders_of_a_plan_follow_it, the_timers_of_a_cramp_and_the_plan_leave_each_other_alone,
    the_timers_of_a_cramp_come_before_the_check_ins_of_plans,
    what_cannot_be_brought_is_held_until_the_next_word,
    what_waits_of_a_plan_that_was_stopped_is_not_sent, what_was_answered_or_skipped_is_noted,
    what_was_held_is_not_said_twice_nor_after_it_was_answered,
};

macro_rules! contract {
    ($backend:ident opened by $open:path: $($behaviour:ident),+ $(,)?) => {
        mod $backend {
            $(#[tokio::test]
            async fn $behaviour() {
                let (store, _guard) = $open().await;
                super::$behaviour(&store).await;
            })+
        }
    };
}

contract! { on_sqlite opened by super::sqlite_store:
    what_was_kept_is_loaded_again,
    a_stale_turn_is_a_conflict_and_changes_nothing,
    conversations_are_loaded_in_the_order_they_were_asked_for,
    what_happens_to_several_is_kept_together_or_not_at_all,
    an_event_is_answered_once,
    a_reminder_is_claimed_by_one_until_the_lease_ends,
    the_earliest_reminders_come_first_and_no_more_than_asked_for,
    an_answered_reminder_is_gone,
    a_reminder_that_was_called_off_is_not_answered,
    reminders_are_kept_or_replaced_for_their_own_conversation,
    a_reply_waits_with_its_sender_and_then_for_others_until_it_is_settled,
    the_way_back_waits_with_a_reply_and_its_message_is_known_afterwards,
    a_message_that_stands_elsewhere_is_known_with_its_channel,
    what_a_person_said_is_answered_once_though_it_belongs_to_another_place_now,
    what_cannot_be_sent_is_tried_less_and_less_often_and_set_aside_after_days,
    a_key_is_never_used_twice,
    the_terminal_and_the_members_leave_each_others_things_alone,
    a_person_is_shown_everything_and_erased_wholly,
    a_wish_for_quiet_holds_until_it_is_taken_back_or_erased,
    where_somebody_talks_in_private_is_kept_until_it_is_erased,
    a_turn_that_began_before_the_erasure_brings_nothing_back,
    a_note_is_kept_until_the_next,
    the_largest_numbers_come_back_as_they_were,
    what_was_handled_long_ago_is_forgotten,
    a_check_in_of_which_the_plan_knows_nothing_fails_and_can_come_again,
    the_timers_of_a_cramp_come_before_the_check_ins_of_plans,
    a_plan_is_kept_for_its_person_wherever_they_are,
    a_turn_that_saw_another_plan_is_a_conflict,
    the_erasure_of_a_plan_is_not_undone_by_a_late_turn,
    the_reminders_of_a_plan_follow_it,
    a_lease_holds_though_another_check_in_of_the_plan_is_said,
    the_timers_of_a_cramp_and_the_plan_leave_each_other_alone,
    a_check_in_is_said_once_and_sent_as_a_message,
    what_was_answered_or_skipped_is_noted,
    a_new_plan_leaves_nothing_of_the_one_before,
    what_waits_of_a_plan_that_was_stopped_is_not_sent,
    the_last_word_of_a_plan_outlives_it,
    a_wish_to_be_reminded_in_place_goes_with_each_reminder,
    what_cannot_be_brought_is_held_until_the_next_word,
    of_several_that_are_held_only_the_newest_comes,
    nothing_that_was_held_comes_beside_what_has_to_be_acted_on,
    what_was_held_is_not_said_twice_nor_after_it_was_answered,
    a_reminder_that_nobody_could_send_for_days_is_held,
}

/// A new store in a folder of its own.
pub(crate) async fn sqlite_store() -> (Sqlite, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Sqlite::open(&folder.path().join("charley.db"), Opening::default()).await.unwrap();
    (store, folder)
}
