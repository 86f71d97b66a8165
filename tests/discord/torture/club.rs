//! Who is in it: members on a plan, some of whom take no direct messages; members with a cramp; and
//! members who just talk.

use std::time::{Duration, Instant};

use fastrand::Rng;
use local_discord::{ChannelId, Member, MessageId, UserId, World};

use crate::discord::plan::{agrees, is_awake};
use crate::discord::town::Town;

/// What somebody with a cramp writes.
const HELP: &str = "my calf is cramping right now, help";

/// What somebody asks who only wants to know.
const QUESTIONS: [&str; 4] = [
    "do bananas help against cramps?",
    "what is a cramp?",
    "does magnesium help against cramps?",
    "does pickle juice help against cramps?",
];

/// How long the program is away when nobody remembers what it had sent.
const LONG: Duration = Duration::from_mins(10);

/// The check-in of the plan that comes, and the timers of a cramp.
pub(super) const CHECK_IN: &str = "check_in/day_1/0";
pub(super) const TIMERS: [&str; 3] = ["let_go_3", "let_go_10", "let_go_15"];

/// Of ten people so many are on a plan, have closed their direct messages, have a cramp; the others
/// talk.
const OF_TEN: [usize; 3] = [4, 1, 3];

/// A club in trouble.
pub(super) struct Club {
    pub(super) town: Town,
    pub(super) on_a_plan: Vec<Member>,
    pub(super) shut: Vec<Member>,
    pub(super) cramping: Vec<Member>,
    pub(super) talking: Vec<Member>,
    pub(super) asked: Vec<MessageId>,
    /// When all that falls due has fallen due.
    all_due: Instant,
}

impl Club {
    /// So many people.
    pub(super) fn of(count: usize) -> Self {
        let mut town = Town::with(|world| {
            let settings = &mut world.settings;
            (settings.identifies, settings.new_dms) = (100_000, 100_000);
        });
        town.set("RUST_LOG", "warn");
        let mut people = (0..count).map(|number| town.member(&format!("Runner{number}")));
        let [on_a_plan, shut, cramping] =
            OF_TEN.map(|share| people.by_ref().take((count * share / 10).max(1)).collect());
        let talking = people.collect();
        let (asked, all_due) = (Vec::new(), Instant::now());
        let club = Self { town, on_a_plan, shut, cramping, talking, asked, all_due };
        club.begins();
        club
    }

    /// All that is due has to do with what they said before.
    fn begins(&self) {
        let charley = self.town.charley();
        agrees(&self.town);
        is_awake(&self.town);
        for member in &self.cramping {
            self.town.direct(member, HELP);
        }
        // Who has written directly before is heard even when a session was lost.
        for member in &self.talking {
            self.town.direct(member, "help");
        }
        assert!(charley.stops().success());
        self.shut.iter().for_each(Member::closes_dms);
        for member in self.on_a_plan.iter().chain(&self.shut) {
            self.agrees_as_ana_did(member.id);
        }
    }

    fn agrees_as_ana_did(&self, member: UserId) {
        let ana = self.town.ana.id;
        let mut database = self.town.database();
        for copy in [
            "INSERT INTO plans (person, version, body, way, changed)
             SELECT {member}, version, json_set(body, '$.to.person', {member}), way, changed
             FROM plans WHERE person = {ana}",
            "INSERT INTO conversations (person, place, version, body, changed)
             SELECT {member}, place, version, body, changed
             FROM conversations WHERE person = {ana}",
            "INSERT INTO reminders (person, place, due, step, case_number, next_try, of_plan)
             SELECT {member}, place, due, step, case_number, next_try, of_plan
             FROM reminders WHERE person = {ana}",
        ] {
            let copy = copy.replace("{member}", &member.to_string());
            assert!(database.does(&copy.replace("{ana}", &ana.to_string())) > 0, "{copy}");
        }
    }

    /// How many reminders there are.
    pub(super) fn reminders(&self) -> u64 {
        let count = self.on_a_plan.len() + self.shut.len() + TIMERS.len() * self.cramping.len();
        count as u64
    }

    /// All of them fall due at some time from now on, those of a cramp in their order.
    pub(super) fn falls_due(&mut self, dice: &mut Rng, within: Duration) {
        let mut database = self.town.database();
        let mut falls_due = |member: &Member, step: &str, after: Duration| {
            let (person, after) = (member.id, after.as_micros());
            let due = format!(
                "UPDATE reminders SET due = unixepoch() * 1000000 + {after},
                        next_try = unixepoch() * 1000000 + {after}
                 WHERE step = '{step}' AND person = {person} AND state = 'planned'"
            );
            assert_eq!(database.does(&due), 1, "{step} of {person}");
        };
        let mut some_time = || within.mul_f64(dice.f64());
        for member in self.on_a_plan.iter().chain(&self.shut) {
            falls_due(member, CHECK_IN, some_time());
        }
        for member in &self.cramping {
            let mut times = TIMERS.map(|_| some_time());
            times.sort();
            for (step, after) in TIMERS.into_iter().zip(times) {
                falls_due(member, step, after);
            }
        }
        self.all_due = Instant::now() + within;
    }

    /// Somebody asks something.
    pub(super) fn asks(&mut self, dice: &mut Rng) {
        let member = &self.talking[dice.usize(..self.talking.len())];
        self.asked.push(member.dms(QUESTIONS[dice.usize(..QUESTIONS.len())]).unwrap());
    }

    /// Ten minutes go by in which nothing runs: Discord has forgotten what it was sent last.
    pub(super) fn is_away_for_long(&self) {
        self.town.discord.passes(LONG);
        let mut database = self.town.database();
        let micros = LONG.as_micros();
        for older in [
            "UPDATE outbox SET posted = posted - {micros}, due = due - {micros},
                    next_try = next_try - {micros}",
            "UPDATE reminders SET due = due - {micros}, next_try = next_try - {micros}
             WHERE state IN ('said', 'sent')",
        ] {
            database.does(&older.replace("{micros}", &micros.to_string()));
        }
    }

    /// Waits until all that has fallen due was dealt with.
    pub(super) fn comes_to_rest(&self, within: Duration) {
        std::thread::sleep(self.all_due.saturating_duration_since(Instant::now()));
        let end = Instant::now() + within;
        let mut database = self.town.database();
        while Instant::now() < end {
            let unsent = database.counts("SELECT count(*) FROM outbox WHERE held IS NULL");
            let due = database.counts(
                "SELECT count(*) FROM reminders
                 WHERE state IN ('planned', 'said') AND due <= unixepoch() * 1000000",
            );
            let answered = |world: &World| {
                self.asked.iter().all(|asked| world.replies_to(*asked).next().is_some())
            };
            if unsent + due == 0 && self.town.discord.look(answered) {
                return;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Where Charley writes to somebody directly.
    pub(super) fn dm(&self, member: &Member) -> Option<ChannelId> {
        self.town.discord.look(|world| world.dm(member.id))
    }
}
