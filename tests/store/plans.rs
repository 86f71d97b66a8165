//! What every store keeps of a plan, and what becomes of its reminders.

use std::collections::BTreeMap;

use charley::courier::{Outgoing, Route};
use charley::message::{Address, PersonId, PlaceId};
use charley::plan::{CheckIn, Habits, Plan, Progress, Reminder, State, What, Why};
use charley::reply::{Choice, Reply};
use charley::store::{Claim, Store, StoreError, Which};
use charley::turn::{Event, Turn};
use charley::vocabulary::Urgency;
use jiff::{SignedDuration, Timestamp};

use super::{arrived, at, falls_due, keeps, member, noon, reply, said};

/// How the adapter of these tests gets back to where the plan was agreed on.
const THERE: &str = "to the channel";

/// A plan of a person with a check-in at each of these minutes past noon.
pub(crate) fn plan(person: u64, minutes: &[i64]) -> Plan {
    let check_in = |(number, minutes): (usize, &i64)| CheckIn {
        step: format!("day_{number}"),
        time: 0,
        due: noon(*minutes),
        moved: false,
        progress: Progress::Planned,
    };
    Plan {
        name: "recovery".to_owned(),
        run: 5,
        to: member(person),
        cramp: noon(0),
        began: noon(0),
        habits: Habits::usual("Europe/London"),
        state: State::Running,
        check_ins: minutes.iter().enumerate().map(check_in).collect(),
        open: None,
        since: noon(0),
        seen: false,
        doubt: None,
        asks_zone: false,
        zone_pending: false,
        numbers: BTreeMap::new(),
        earlier: BTreeMap::new(),
        cramps: 0,
        unanswered: 0,
        heard: noon(0),
    }
}

/// The check-in of this number.
pub(crate) fn check_in(plan: &Plan, number: usize) -> Reminder {
    let CheckIn { step, time, due, .. } = plan.check_ins[number].clone();
    Reminder { to: plan.to, due, what: What::CheckIn(step, time), run: plan.run }
}

/// A turn that leaves this plan.
pub(crate) fn leaves(plan: Option<&Plan>) -> Turn {
    let mut turn = keeps();
    turn.next.plan = plan.cloned();
    turn
}

/// The same, and says something that can be answered by these choices.
pub(crate) fn asks(text: &str, choices: &[&str], plan: Option<&Plan>) -> Turn {
    let choice = |id: &&str| Choice { id: (*id).to_owned(), label: "Yes".to_owned() };
    let choices = choices.iter().map(choice).collect();
    let reply = Reply { urgency: Urgency::None, choices, ..reply(text) };
    Turn { replies: vec![reply], ..leaves(plan) }
}

/// Somebody says something that changes nothing by itself.
pub(crate) fn hello(id: u64, person: u64) -> Event {
    said(id, member(person), "hello", noon(0))
}

/// Commits on top of whatever is there.
async fn commit(
    store: &impl Store,
    event: &Event,
    turn: &Turn,
    now: Timestamp,
) -> Result<Vec<Outgoing>, StoreError> {
    let (_, seen) = store.load(event.address()).await.unwrap();
    store.commit(seen, event, turn, Some(THERE), now).await
}

async fn agrees(store: &impl Store, plan: &Plan) {
    let event = said(1, plan.to, "yes", noon(0));
    commit(store, &event, &leaves(Some(plan)), noon(0)).await.unwrap();
}

/// The check-in is said, and the plan knows it.
async fn is_said(store: &impl Store, plan: &mut Plan, number: usize) -> Vec<Outgoing> {
    let reminder = check_in(plan, number);
    plan.check_ins[number].progress = Progress::Said(reminder.due);
    let id = format!("step:day_{number}:0:walk:yes");
    let turn = asks("Can you walk?", &[&id], Some(plan));
    let seen = store.load(plan.to).await.unwrap().1;
    store.commit(seen, &falls_due(&reminder), &turn, None, reminder.due).await.unwrap()
}

/// What became of each check-in, by due time: state, reason, message.
pub(crate) async fn states(store: &impl Store, person: u64) -> Vec<String> {
    let kept = store.export(PersonId(person)).await.unwrap();
    let rows = kept["reminders"].as_array().cloned().unwrap_or_default();
    let check_ins = rows.iter().filter(|row| row["step"] != "forget");
    let said = |row: &serde_json::Value| {
        let words = ["state", "reason", "message"].map(|name| row[name].as_str());
        words.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    check_ins.map(said).collect()
}

async fn due_at(store: &impl Store, minutes: i64) -> Vec<Reminder> {
    store.claim_due(at(minutes)).await.unwrap()
}

pub(super) async fn a_plan_is_kept_for_its_person_wherever_they_are(store: &impl Store) {
    let plan = plan(1, &[10, 20]);
    agrees(store, &plan).await;

    let elsewhere = Address { place: PlaceId(8), ..member(1) };
    for place in [member(1), elsewhere] {
        assert_eq!(store.load(place).await.unwrap().0.plan.as_ref(), Some(&plan));
    }
    assert_eq!(store.load(member(2)).await.unwrap().0.plan, None);
    assert_eq!(store.export(PersonId(1)).await.unwrap()["plan"]["name"], "recovery");

    store.forget(PersonId(1)).await.unwrap();
    assert_eq!(store.load(member(1)).await.unwrap().0.plan, None);
    assert_eq!(store.export(PersonId(1)).await.unwrap()["plan"], serde_json::Value::Null);
    assert_eq!(store.next_due(Route::Members).await.unwrap(), None);
}

pub(super) async fn a_turn_that_saw_another_plan_is_a_conflict(store: &impl Store) {
    let elsewhere = Address { place: PlaceId(8), ..member(1) };
    let none = store.load(elsewhere).await.unwrap().1;
    let mut plan = plan(1, &[10]);
    agrees(store, &plan).await;
    let first = store.load(elsewhere).await.unwrap().1;
    plan.cramps = 1;
    commit(store, &hello(2, 1), &leaves(Some(&plan)), noon(0)).await.unwrap();

    let event = said(3, elsewhere, "hello", noon(0));
    for stale in [none, first] {
        let late = store.commit(stale, &event, &leaves(None), None, noon(0)).await;
        assert_eq!(late, Err(StoreError::Conflict));
    }
    assert_eq!(store.load(elsewhere).await.unwrap().0.plan, Some(plan));
}

pub(super) async fn the_erasure_of_a_plan_is_not_undone_by_a_late_turn(store: &impl Store) {
    let plan = plan(1, &[10]);
    agrees(store, &plan).await;
    let seen = store.load(member(1)).await.unwrap().1;
    store.forget(PersonId(1)).await.unwrap();
    agrees(store, &plan).await;
    let late = store.commit(seen, &hello(2, 1), &leaves(Some(&plan)), None, noon(0)).await;
    assert_eq!(late, Err(StoreError::Conflict));
}

pub(super) async fn the_reminders_of_a_plan_follow_it(store: &impl Store) {
    let mut plan = plan(1, &[10, 20]);
    agrees(store, &plan).await;
    assert_eq!(store.next_due(Route::Members).await.unwrap(), Some(noon(10)));

    plan.check_ins[0].due = noon(15);
    commit(store, &hello(2, 1), &leaves(Some(&plan)), noon(0)).await.unwrap();
    assert_eq!(due_at(store, 14).await, []);
    assert_eq!(due_at(store, 30).await, [check_in(&plan, 0), check_in(&plan, 1)]);

    plan.state = State::Paused(charley::plan::Paused::ByMember);
    commit(store, &hello(3, 1), &leaves(Some(&plan)), noon(0)).await.unwrap();
    let idle = noon(0) + SignedDuration::from_hours(30 * 24);
    assert_eq!(store.next_due(Route::Members).await.unwrap(), Some(idle));

    plan.state = State::Running;
    commit(store, &hello(4, 1), &leaves(Some(&plan)), noon(0)).await.unwrap();
    assert_eq!(store.next_due(Route::Members).await.unwrap(), Some(noon(15)));

    commit(store, &hello(5, 1), &leaves(None), noon(0)).await.unwrap();
    assert_eq!(store.next_due(Route::Members).await.unwrap(), None);
    assert_eq!(store.load(member(1)).await.unwrap().0.plan, None);
}

pub(super) async fn a_lease_holds_though_another_check_in_of_the_plan_is_said(store: &impl Store) {
    let mut plan = plan(1, &[10, 20]);
    agrees(store, &plan).await;
    assert_eq!(due_at(store, 20).await.len(), 2);
    is_said(store, &mut plan, 0).await;
    assert_eq!(due_at(store, 20).await, []);
    assert_eq!(due_at(store, 22).await, [check_in(&plan, 1)]);
}

pub(super) async fn the_timers_of_a_cramp_and_the_plan_leave_each_other_alone(store: &impl Store) {
    let plan = plan(1, &[10]);
    agrees(store, &plan).await;
    let timer = super::reminder(member(1), 3);
    let with_timer =
        Turn { next: leaves(Some(&plan)).next, ..super::plans(std::slice::from_ref(&timer)) };
    commit(store, &hello(2, 1), &with_timer, noon(0)).await.unwrap();
    assert_eq!(due_at(store, 30).await, [timer, check_in(&plan, 0)]);

    let calm = Turn { next: leaves(Some(&plan)).next, ..super::plans(&[]) };
    commit(store, &hello(3, 1), &calm, noon(0)).await.unwrap();
    assert_eq!(due_at(store, 60).await, [check_in(&plan, 0)]);
}

pub(super) async fn the_timers_of_a_cramp_come_before_the_check_ins_of_plans(store: &impl Store) {
    for person in 2..5 {
        agrees(store, &plan(person, &[1])).await;
    }
    let timer = super::reminder(member(1), 3);
    commit(store, &hello(9, 1), &super::plans(std::slice::from_ref(&timer)), noon(0))
        .await
        .unwrap();
    let two = store.claim_due(Claim { most: 2, ..at(9) }).await.unwrap();
    assert_eq!(two[1], timer);
    assert!(two[0].is_of_plan() && two[0].to == member(2));
    assert_eq!(due_at(store, 9).await.len(), 2);
}

pub(super) async fn a_check_in_is_said_once_and_sent_as_a_message(store: &impl Store) {
    let mut plan = plan(1, &[10, 20]);
    agrees(store, &plan).await;
    let sent = is_said(store, &mut plan, 0).await;
    assert_eq!(states(store, 1).await, ["said", "planned"]);
    let reminding = sent[0].reminder.clone().unwrap();
    assert_eq!(reminding.due, noon(10));
    assert_eq!((reminding.fallback.as_deref(), reminding.held), (Some(THERE), None));
    assert_eq!(sent[0].way, None);

    let due = falls_due(&check_in(&plan, 0));
    let again = commit(store, &due, &leaves(Some(&plan)), noon(11)).await;
    assert_eq!(again, Err(StoreError::AlreadyHandled));

    assert_eq!(store.claim_unsent(at(12)).await.unwrap(), sent);
    store.settle_as(sent[0].id, arrived(99)).await.unwrap();
    assert_eq!(states(store, 1).await, ["sent 99", "planned"]);
    assert_eq!(store.claim_unsent(at(90)).await.unwrap(), []);

    let sent = is_said(store, &mut plan, 1).await;
    store.settle(&[sent[0].id]).await.unwrap();
    assert_eq!(states(store, 1).await, ["sent 99", "sent"]);
}

pub(super) async fn what_was_answered_or_skipped_is_noted(store: &impl Store) {
    let mut plan = plan(1, &[10, 20, 30]);
    agrees(store, &plan).await;
    is_said(store, &mut plan, 0).await;
    plan.check_ins[0].progress = Progress::Answered(noon(11));
    plan.check_ins[1].progress = Progress::Skipped(Why::ByMember);
    commit(store, &hello(2, 1), &leaves(Some(&plan)), noon(11)).await.unwrap();
    assert_eq!(states(store, 1).await, ["answered", "skipped by_member", "planned"]);

    plan.check_ins[2].progress = Progress::Skipped(Why::TooLate);
    let too_late = Turn { skipped: Some(Why::TooLate), ..leaves(Some(&plan)) };
    let due = falls_due(&check_in(&plan, 2));
    assert_eq!(commit(store, &due, &too_late, noon(30)).await.unwrap(), []);
    assert_eq!(states(store, 1).await[2], "skipped too_late");
    assert_eq!(store.claim_unsent(at(90)).await.unwrap().len(), 1);
}

pub(super) async fn a_check_in_of_which_the_plan_knows_nothing_fails_and_can_come_again(
    store: &impl Store,
) {
    let plan = plan(1, &[10]);
    agrees(store, &plan).await;
    let due = falls_due(&check_in(&plan, 0));
    commit(store, &due, &leaves(Some(&plan)), noon(10)).await.unwrap();
    let state = states(store, 1).await;
    assert_eq!(state, ["failed the file of its plan is gone or has no such step"]);
    assert_eq!(due_at(store, 600).await, []);

    assert_eq!(store.retry(Which::All, noon(20)).await.unwrap(), 1);
    assert_eq!(due_at(store, 20).await, [check_in(&plan, 0)]);
    assert_eq!(store.retry(Which::All, noon(20)).await.unwrap(), 0);
}

pub(super) async fn a_new_plan_leaves_nothing_of_the_one_before(store: &impl Store) {
    let mut plan = plan(1, &[10, 20]);
    agrees(store, &plan).await;
    is_said(store, &mut plan, 0).await;
    plan.run = 6;
    let first = check_in(&plan, 0);
    plan.check_ins[0].progress = Progress::Planned;
    commit(store, &hello(2, 1), &leaves(Some(&plan)), noon(11)).await.unwrap();
    assert_eq!(states(store, 1).await, ["planned", "planned"]);
    assert_eq!(store.claim_unsent(at(60)).await.unwrap(), []);
    assert_eq!(due_at(store, 10).await, [first]);
}

pub(super) async fn what_waits_of_a_plan_that_was_stopped_is_not_sent(store: &impl Store) {
    let mut plan = plan(1, &[10]);
    agrees(store, &plan).await;
    is_said(store, &mut plan, 0).await;
    commit(store, &hello(2, 1), &leaves(None), noon(11)).await.unwrap();
    assert_eq!(store.claim_unsent(at(60)).await.unwrap(), []);
    assert_eq!(states(store, 1).await, Vec::<String>::new());
}

pub(super) async fn the_last_word_of_a_plan_outlives_it(store: &impl Store) {
    let plan = plan(1, &[10]);
    agrees(store, &plan).await;
    let seen = store.load(plan.to).await.unwrap().1;
    let last = asks("That was it.", &[], None);
    let due = falls_due(&check_in(&plan, 0));
    let sent = store.commit(seen, &due, &last, None, noon(10)).await.unwrap();
    assert_eq!(sent[0].reminder.clone().unwrap().fallback.as_deref(), Some(THERE));
    assert_eq!(store.claim_unsent(at(60)).await.unwrap(), sent);
    store.settle_as(sent[0].id, arrived(99)).await.unwrap();
    assert_eq!(store.next_due(Route::Members).await.unwrap(), None);
}

pub(super) async fn a_wish_to_be_reminded_in_place_goes_with_each_reminder(store: &impl Store) {
    let mut plan = plan(1, &[10]);
    plan.habits.here = true;
    agrees(store, &plan).await;
    let sent = is_said(store, &mut plan, 0).await;
    assert!(sent[0].reminder.as_ref().unwrap().here);
    assert_eq!(store.claim_unsent(at(60)).await.unwrap(), sent);
}

pub(super) async fn what_cannot_be_brought_is_held_until_the_next_word(store: &impl Store) {
    let mut plan = plan(1, &[10]);
    agrees(store, &plan).await;
    let sent = is_said(store, &mut plan, 0).await;
    store.hold(sent[0].id, "direct messages are closed").await.unwrap();
    assert_eq!(states(store, 1).await, ["failed direct messages are closed"]);
    assert_eq!(store.claim_unsent(at(9_000)).await.unwrap(), []);

    // Somebody else's word frees nothing.
    assert_eq!(commit(store, &hello(2, 2), &keeps(), noon(20)).await.unwrap(), []);
    let freed = commit(store, &hello(3, 1), &leaves(Some(&plan)), noon(20)).await.unwrap();
    assert_eq!((freed[0].id, &freed[0].reply), (sent[0].id, &sent[0].reply));
    assert_eq!((freed[0].way.as_deref(), freed[0].posted), (Some(THERE), noon(10)));
    let held = freed[0].reminder.as_ref().unwrap().held.as_deref();
    assert_eq!(held, Some("direct messages are closed"));
    assert_eq!(states(store, 1).await, ["said"]);

    // It comes along once, and to others when that word's sender dies.
    assert_eq!(commit(store, &hello(4, 1), &leaves(Some(&plan)), noon(20)).await.unwrap(), []);
    assert_eq!(store.claim_unsent(at(21)).await.unwrap(), freed);
    store.settle_as(freed[0].id, arrived(77)).await.unwrap();
    assert_eq!(states(store, 1).await, ["sent 77"]);
}

pub(super) async fn of_several_that_are_held_only_the_newest_comes(store: &impl Store) {
    let mut plan = plan(1, &[10, 20, 30]);
    agrees(store, &plan).await;
    for number in 0..3 {
        let sent = is_said(store, &mut plan, number).await;
        store.hold(sent[0].id, "closed").await.unwrap();
    }
    let freed = commit(store, &hello(2, 1), &leaves(Some(&plan)), noon(40)).await.unwrap();
    assert_eq!(freed.len(), 1);
    assert_eq!(freed[0].reminder.as_ref().unwrap().due, noon(30));
    assert_eq!(states(store, 1).await, ["skipped overtaken", "skipped overtaken", "said"]);
}

pub(super) async fn nothing_that_was_held_comes_beside_what_has_to_be_acted_on(store: &impl Store) {
    let mut plan = plan(1, &[10]);
    agrees(store, &plan).await;
    let sent = is_said(store, &mut plan, 0).await;
    store.hold(sent[0].id, "closed").await.unwrap();
    let card = Turn { replies: vec![reply("Call now.")], ..leaves(Some(&plan)) };
    let said = commit(store, &hello(2, 1), &card, noon(20)).await.unwrap();
    assert_eq!(said.len(), 1);
    assert_eq!(states(store, 1).await, ["failed closed"]);
    assert_eq!(commit(store, &hello(3, 1), &leaves(Some(&plan)), noon(21)).await.unwrap().len(), 1);
}

pub(super) async fn what_was_held_is_not_said_twice_nor_after_it_was_answered(store: &impl Store) {
    for answers in [false, true] {
        let person = 1 + u64::from(answers);
        let mut plan = plan(person, &[10]);
        agrees(store, &plan).await;
        let sent = is_said(store, &mut plan, 0).await;
        store.hold(sent[0].id, "closed").await.unwrap();
        let (turn, state) = if answers {
            plan.check_ins[0].progress = Progress::Answered(noon(20));
            (leaves(Some(&plan)), "answered")
        } else {
            (asks("Can you walk?", &["step:day_0:0:walk:yes"], Some(&plan)), "sent")
        };
        let said = commit(store, &hello(9, person), &turn, noon(20)).await.unwrap();
        assert_eq!(said.len(), turn.replies.len());
        assert_eq!(states(store, person).await, [state]);
    }
}

pub(super) async fn a_reminder_that_nobody_could_send_for_days_is_held(store: &impl Store) {
    let mut plan = plan(1, &[10]);
    agrees(store, &plan).await;
    is_said(store, &mut plan, 0).await;
    for _ in 0..200 {
        let next = store.next_due(Route::Members).await.unwrap().unwrap();
        store
            .claim_unsent(Claim { route: Route::Members, due: next, now: next, most: 1 })
            .await
            .unwrap();
    }
    assert_eq!(states(store, 1).await, ["failed could not be sent for days"]);
    let freed = commit(store, &hello(2, 1), &leaves(Some(&plan)), noon(9_000)).await.unwrap();
    assert_eq!(freed.len(), 1);
}
