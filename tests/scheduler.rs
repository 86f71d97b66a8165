//! A reminder cannot vanish and does not come twice, whatever goes wrong on its way.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails has failed the test")]

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use charley::bot::Bot;
use charley::courier::{Courier, Outgoing, Route};
use charley::message::Message;
use charley::scheduler::{Scheduler, catch_up};
use charley::store::{Claim, LEASE, Opening, Sqlite, Store, StoreError};
use charley::turn::{Event, Press};
use jiff::{Timestamp, ToSpan};
use tempfile::TempDir;

use crate::store::{falls_due, member, noon, responses, said};

/// Remembers what it brought; loses as many as it is told to, and has room for a hundred until what
/// it holds was counted.
#[derive(Clone, Default)]
struct Post {
    brought: Arc<Mutex<Vec<Outgoing>>>,
    losses: Arc<Mutex<usize>>,
    holds: Arc<Mutex<usize>>,
    most: Arc<Mutex<usize>>,
}

impl Courier for Post {
    fn carry(&self, outgoing: Outgoing) {
        let mut holds = self.holds.lock().unwrap();
        *holds += 1;
        let mut most = self.most.lock().unwrap();
        *most = (*holds).max(*most);
        let mut losses = self.losses.lock().unwrap();
        if *losses > 0 {
            *losses -= 1;
        } else {
            self.brought.lock().unwrap().push(outgoing);
        }
    }

    async fn room(&self) {
        let mut holds = self.holds.lock().unwrap();
        if *holds >= 100 {
            *holds = 0;
        }
    }
}

impl Post {
    fn loses(&self, count: usize) {
        *self.losses.lock().unwrap() = count;
    }

    fn texts(&self) -> Vec<String> {
        let brought = self.brought.lock().unwrap();
        brought.iter().map(|outgoing| outgoing.reply.text.clone()).collect()
    }

    fn people(&self) -> Vec<u64> {
        self.brought.lock().unwrap().iter().map(|outgoing| outgoing.to.person.0).collect()
    }
}

/// A club: a file, and what was brought to its members.
struct Club {
    folder: TempDir,
    post: Post,
}

impl Club {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), post: Post::default() }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("charley.db")
    }

    /// A process of its own: what the one before had in memory is lost.
    async fn start(&self) -> Process {
        let store = Arc::new(Sqlite::open(&self.file(), Opening::default()).await.unwrap());
        let bot = Arc::new(Bot::new(responses(), store.clone()));
        let scheduler = Scheduler::new(bot.clone(), self.post.clone(), Route::Members);
        Process { store, bot, scheduler, post: self.post.clone() }
    }
}

struct Process {
    store: Arc<Sqlite>,
    bot: Arc<Bot>,
    scheduler: Scheduler<Post>,
    post: Post,
}

impl Process {
    /// All that is due is on its way, and what was brought is settled.
    async fn tick(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let ticked = self.scheduler.tick(now).await;
        let brought = self.post.brought.lock().unwrap().clone();
        self.settle(&brought).await;
        ticked?;
        self.store.next_due(Route::Members).await
    }

    /// Somebody's leg cramps at noon, and the answer reaches them; says when the first check-in is.
    async fn cramp(&self, person: u64) -> Timestamp {
        let event = said(person, member(person), "my calf is cramping right now", noon(0));
        self.settle(&self.bot.handle(&event, noon(0)).await.unwrap()).await;
        self.store.next_due(Route::Members).await.unwrap().expect("a check-in is planned")
    }

    /// Somebody agrees to a plan at noon: it looks in on the next day, at the time that is given back.
    async fn agree(&self, person: u64) -> Timestamp {
        let text = "my calf cramped on my run this morning, let go after 30 seconds, no pain since";
        let event = said(person * 10, member(person), text, noon(0));
        let mut sent = self.bot.handle(&event, noon(0)).await.unwrap();
        for (id, label) in
            (person * 10 + 1..).zip(["None of these", "None of these", "Yes, check on me"])
        {
            self.settle(&sent).await;
            let choices = sent.iter().flat_map(|outgoing| &outgoing.reply.choices);
            let choice = choices.clone().find(|choice| choice.label == label).unwrap().id.clone();
            let press = Press { id, from: member(person), choice, at: noon(0), in_public: false };
            sent = self.bot.handle(&Event::Pressed(press), noon(0)).await.unwrap();
        }
        self.settle(&sent).await;
        self.store.next_due(Route::Members).await.unwrap().expect("a check-in is planned")
    }

    async fn settle(&self, sent: &[Outgoing]) {
        let sent: Vec<_> = sent.iter().map(|outgoing| outgoing.id).collect();
        self.bot.settle(&sent).await.unwrap();
    }

    async fn claim(&self, due: Timestamp) -> Event {
        let claim = Claim { route: Route::Members, due, now: due, most: 1 };
        falls_due(&self.store.claim_due(claim).await.unwrap()[0])
    }
}

#[tokio::test]
async fn a_reminder_comes_at_its_time_and_once() {
    let club = Club::new();
    let charley = club.start().await;
    let due = charley.cramp(1).await;

    assert_eq!(charley.tick(due - 1.millisecond()).await, Ok(Some(due)));
    assert!(club.post.texts().is_empty());

    let next = charley.tick(due).await.unwrap();
    assert_eq!(club.post.people(), [1]);
    assert!(next.is_none_or(|next| next > due));
    charley.tick(due).await.unwrap();
    assert_eq!(club.post.people(), [1]);
}

#[tokio::test]
async fn a_reminder_survives_a_failed_send_and_its_turn_does_not_run_again() {
    let club = Club::new();
    let charley = club.start().await;
    let due = charley.cramp(1).await;
    club.post.loses(1);

    charley.tick(due).await.unwrap();
    assert!(club.post.texts().is_empty());
    let answered = charley.store.load(member(1)).await.unwrap();

    charley.tick(due + LEASE).await.unwrap();
    assert_eq!(club.post.people(), [1]);
    assert_eq!(charley.store.load(member(1)).await.unwrap(), answered);
    charley.tick(due + LEASE + LEASE).await.unwrap();
    assert_eq!(club.post.people(), [1]);
}

#[tokio::test]
async fn a_repeated_send_carries_the_same_key() {
    let club = Club::new();
    let charley = club.start().await;
    let due = charley.cramp(1).await;
    let sent = charley.bot.handle(&charley.claim(due).await, due).await.unwrap();

    charley.tick(due + LEASE).await.unwrap();
    assert_eq!(club.post.brought.lock().unwrap()[0].id, sent[0].id);
}

#[tokio::test]
async fn a_crash_between_claim_and_turn_loses_nothing() {
    let club = Club::new();
    let due = {
        let crashing = club.start().await;
        let due = crashing.cramp(1).await;
        crashing.claim(due).await;
        due
    };
    let charley = club.start().await;
    assert_eq!(charley.tick(due).await, Ok(Some(due + LEASE)));
    charley.tick(due + LEASE).await.unwrap();
    assert_eq!(club.post.people(), [1]);
}

#[tokio::test]
async fn a_crash_between_turn_and_send_loses_nothing() {
    let club = Club::new();
    let (due, text) = {
        let crashing = club.start().await;
        let due = crashing.cramp(1).await;
        let sent = crashing.bot.handle(&crashing.claim(due).await, due).await.unwrap();
        (due, sent[0].reply.text.clone())
    };
    let charley = club.start().await;
    charley.tick(due + LEASE).await.unwrap();
    assert_eq!(club.post.texts(), [text]);
}

#[tokio::test]
async fn an_answer_whose_sender_died_is_brought_by_the_scheduler() {
    let club = Club::new();
    let event = said(1, member(1), "my calf is cramping right now", noon(0));
    let lost = club.start().await.bot.handle(&event, noon(0)).await.unwrap();

    let charley = club.start().await;
    charley.tick(noon(0) + LEASE).await.unwrap();
    let lost: Vec<_> = lost.into_iter().map(|outgoing| outgoing.reply.text).collect();
    assert_eq!(club.post.texts(), lost);
}

#[tokio::test]
async fn a_repeated_event_is_answered_once() {
    let club = Club::new();
    let charley = club.start().await;
    let message = said(1, member(1), "my calf is cramping right now", noon(0));
    let press = Press {
        id: 2,
        from: member(1),
        choice: "no such".to_owned(),
        at: noon(0),
        in_public: false,
    };
    for event in [message, Event::Pressed(press)] {
        charley.bot.handle(&event, noon(0)).await.unwrap();
        let before = charley.store.load(member(1)).await.unwrap();
        assert_eq!(charley.bot.handle(&event, noon(0)).await, Ok(Vec::new()));
        assert_eq!(charley.store.load(member(1)).await.unwrap(), before);
    }
}

#[tokio::test]
async fn a_late_reminder_of_a_called_off_plan_is_dropped() {
    let club = Club::new();
    let charley = club.start().await;
    let due = charley.cramp(1).await;
    let claimed = charley.claim(due).await;
    charley.bot.forget(member(1).person).await.unwrap();
    assert_eq!(charley.bot.handle(&claimed, due).await, Ok(Vec::new()));
}

#[tokio::test]
async fn two_schedulers_at_once_bring_each_reminder_once() {
    let club = Club::new();
    let (one, two) = (club.start().await, club.start().await);
    let mut due = noon(0);
    for person in 1..=60 {
        due = one.cramp(person).await;
    }
    let (first, second) = tokio::join!(one.tick(due), two.tick(due));
    first.unwrap();
    second.unwrap();

    let mut people = club.post.people();
    people.sort_unstable();
    assert_eq!(people, (1..=60).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_is_due_all_at_once_waits_in_the_store_until_there_is_room() {
    let club = Club::new();
    let charley = club.start().await;
    let mut due = noon(0);
    for person in 1..=400 {
        due = charley.cramp(person).await;
    }
    charley.tick(due).await.unwrap();
    assert_eq!(club.post.people().len(), 400);
    let most = *club.post.most.lock().unwrap();
    assert!((100..200).contains(&most), "{most} were handed over at once");
}

#[tokio::test]
async fn what_is_due_for_others_changes_nothing_of_what_is_said_to_one() {
    let mut said = Vec::new();
    for people in [1..=1, 1..=3] {
        let club = Club::new();
        let charley = club.start().await;
        for person in people {
            charley.cramp(person).await;
        }
        // Two timers of each are due by now.
        charley.tick(noon(11)).await.unwrap();
        let brought = club.post.brought.lock().unwrap().clone();
        let mine = brought.into_iter().filter(|outgoing| outgoing.to == member(1));
        said.push(mine.map(|outgoing| outgoing.reply).collect::<Vec<_>>());
    }
    assert_eq!(said[0], said[1]);
    assert!(!said[0].is_empty());
}

#[tokio::test]
async fn one_bad_row_does_not_hold_up_the_others() {
    let club = Club::new();
    let charley = club.start().await;
    let mut due = noon(0);
    for person in 1..=3 {
        due = charley.cramp(person).await;
    }
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(club.file());
    let mut other = sqlx::ConnectOptions::connect(&options).await.unwrap();
    let spoil = sqlx::query("UPDATE reminders SET step = '{' WHERE person = 2");
    spoil.execute(&mut other).await.unwrap();

    charley.tick(due).await.unwrap();
    assert_eq!(club.post.people(), [1, 3]);
}

#[tokio::test]
async fn one_that_fails_by_itself_comes_after_the_others_and_says_so() {
    let club = Club::new();
    let charley = club.start().await;
    let mut due = noon(0);
    for person in 1..=3 {
        due = charley.cramp(person).await;
    }
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(club.file());
    let mut other = sqlx::ConnectOptions::connect(&options).await.unwrap();
    let trap = "CREATE TRIGGER trap BEFORE UPDATE ON conversations WHEN old.person = 2
                BEGIN SELECT raise(ABORT, 'trapped'); END";
    sqlx::query(trap).execute(&mut other).await.unwrap();

    let failed = charley.tick(due).await;
    assert!(matches!(&failed, Err(StoreError::Other(fault)) if fault.cause == "trapped"));
    assert_eq!(club.post.people(), [1, 3]);

    sqlx::query("DROP TRIGGER trap").execute(&mut other).await.unwrap();
    charley.tick(due + LEASE).await.unwrap();
    assert_eq!(club.post.people(), [1, 3, 2]);
}

#[tokio::test]
async fn after_a_long_sleep_everything_comes_in_the_order_of_its_time() {
    let club = Club::new();
    let charley = club.start().await;
    charley.cramp(1).await;
    let (caught_up, next) = catch_up(&charley.bot, Route::Members, noon(24 * 60)).await.unwrap();
    assert!(!caught_up.is_empty());
    assert!(caught_up.is_sorted_by_key(|outgoing| outgoing.id));
    assert!(next.is_none_or(|next| next > noon(24 * 60)));
    let leased = charley.tick(noon(24 * 60)).await.unwrap();
    assert_eq!(leased, Some(noon(24 * 60) + LEASE));
    assert!(club.post.texts().is_empty());
}

#[tokio::test]
async fn somebody_who_wants_quiet_is_answered_only_when_they_speak_to_charley() {
    let club = Club::new();
    let process = club.start().await;
    // An hour apart, so that none is held back as told before.
    let overheard = |id: u64| {
        let at = noon(i64::try_from(id).unwrap() * 60);
        match said(id, member(1), "help, my calf is cramping right now", at) {
            Event::Said(message) => {
                Event::Said(Message { addressed: false, in_public: true, ..message })
            }
            other => other,
        }
    };
    let replies = process.bot.handle(&overheard(1), noon(0)).await.unwrap();
    assert_eq!(replies.len(), 1);

    process.bot.set_quiet(member(1).person, true).await.unwrap();
    assert_eq!(process.bot.handle(&overheard(2), noon(0)).await.unwrap(), []);
    let spoken = said(3, member(1), "my calf is cramping right now", noon(0));
    assert_eq!(process.bot.handle(&spoken, noon(0)).await.unwrap().len(), 1);

    process.bot.set_quiet(member(1).person, false).await.unwrap();
    assert_eq!(process.bot.handle(&overheard(4), noon(0)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_clock_that_is_set_back_says_nothing_twice_and_loses_nothing() {
    let club = Club::new();
    let charley = club.start().await;
    let first = charley.cramp(1).await;
    let second = charley.tick(first).await.unwrap().unwrap();
    for back in [1.hour(), (30 * 24).hours()] {
        assert_eq!(charley.tick(first - back).await, Ok(Some(second)));
        assert_eq!(club.post.people(), [1]);
    }
    charley.tick(first).await.unwrap();
    assert_eq!(club.post.people(), [1]);
    charley.tick(second).await.unwrap();
    assert_eq!(club.post.people(), [1, 1]);
}

#[tokio::test]
async fn what_was_leased_by_a_clock_that_was_wrong_does_not_wait_for_that_time() {
    let club = Club::new();
    let charley = club.start().await;
    let due = charley.agree(1).await;
    club.post.loses(1);
    charley.tick(due + 24.hours()).await.unwrap();
    assert!(club.post.people().is_empty());

    charley.tick(due + 1.minute()).await.unwrap();
    assert_eq!(club.post.people(), [1]);
    charley.tick(due + 2.minutes()).await.unwrap();
    assert_eq!(club.post.people(), [1]);
}

#[tokio::test]
async fn a_check_in_of_a_plan_comes_once_whichever_way_the_clock_jumps() {
    let club = Club::new();
    let charley = club.start().await;
    let due = charley.agree(1).await;
    // A laptop that slept for a day, whose clock was then put right twice.
    for jump in [24.hours(), 23.hours(), (-24 * 30).hours(), 24.hours(), 25.hours()] {
        charley.tick(due + jump).await.unwrap();
        assert_eq!(club.post.people(), [1]);
    }
    assert!(club.post.texts()[0].contains("This comes late"), "{:?}", club.post.texts());
}

#[tokio::test]
async fn a_year_later_nobody_is_flooded_and_the_plan_is_forgotten() {
    let club = Club::new();
    let charley = club.start().await;
    for person in 1..=3 {
        charley.agree(person).await;
    }
    let year = noon(60 * 24 * 365);
    assert_eq!(charley.tick(year).await, Ok(None));
    assert!(club.post.people().is_sorted_by(|one, next| one < next), "{:?}", club.post.texts());
    let kept = charley.store.load(member(1)).await.unwrap();
    assert!(kept.0.plan.is_none());
}
