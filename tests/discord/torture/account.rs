//! What was to come, and what came.

use std::fmt::{self, Display, Formatter};

use local_discord::{Member, World};

use super::club::{CHECK_IN, Club, TIMERS};
use super::trouble::Trouble;

/// How often something came that was to come once.
#[derive(Debug, Default)]
struct Tally {
    what: &'static str,
    due: usize,
    once: usize,
    lost: Vec<String>,
    doubled: Vec<String>,
}

/// All of it.
pub(super) struct Account {
    tallies: Vec<Tally>,
    noted_as_sent: i64,
    still_waiting: i64,
    asked_of_discord: String,
    troubles: String,
}

impl Tally {
    fn of(what: &'static str) -> Self {
        Self { what, ..Self::default() }
    }

    fn counts(&mut self, who: &str, count: usize) {
        self.due += 1;
        match count {
            0 => self.lost.push(who.to_owned()),
            1 => self.once += 1,
            _ => self.doubled.push(format!("{who} x {count}")),
        }
    }
}

impl Account {
    pub(super) fn of(club: &Club, trouble: &Trouble) -> Self {
        let mut database = club.town.database();
        let noted = format!(
            "SELECT count(*) FROM reminders
             WHERE step = '{CHECK_IN}' AND state = 'sent' AND message IS NOT NULL"
        );
        Self {
            tallies: vec![check_ins(club), knocks(club), timers(club), answers(club)],
            noted_as_sent: database.counts(&noted),
            still_waiting: database.counts("SELECT count(*) FROM outbox"),
            asked_of_discord: club.town.discord.look(requests),
            troubles: trouble
                .kinds()
                .map(|(name, count)| format!("{name} {count}"))
                .collect::<Vec<_>>()
                .join(", "),
        }
    }

    /// Whether nothing was lost, and nothing came twice; else what did.
    pub(super) fn is_balanced(&self) -> Result<(), String> {
        for Tally { what, lost, doubled, .. } in &self.tallies {
            if !lost.is_empty() || !doubled.is_empty() {
                return Err(format!("{what}: lost {lost:?}, doubled {doubled:?}"));
            }
        }
        let of_plans: usize = self.tallies[..2].iter().map(|tally| tally.due).sum();
        let of_plans = i64::try_from(of_plans).unwrap();
        if (self.noted_as_sent, self.still_waiting) != (of_plans, 0) {
            let Self { noted_as_sent, still_waiting, .. } = self;
            return Err(format!(
                "{noted_as_sent} of {of_plans} are noted as sent, {still_waiting} still wait"
            ));
        }
        Ok(())
    }
}

/// Who is on a plan was asked how it goes.
fn check_ins(club: &Club) -> Tally {
    let mut tally = Tally::of("check-ins of a plan, directly");
    for member in &club.on_a_plan {
        tally.counts(&name(club, member), said(club, member).len());
    }
    tally
}

/// Who takes no direct messages was told in the channel that there is something.
fn knocks(club: &Club) -> Tally {
    let mut tally = Tally::of("check-ins of a plan, by a line in the channel");
    for member in &club.shut {
        let call = format!("<@{}>", member.id);
        let count = club.town.discord.look(|world| {
            let posts = world.by_bot(club.town.general);
            posts.filter(|post| post.message.content.starts_with(&call)).count()
        });
        tally.counts(&name(club, member), count);
    }
    tally
}

/// Who had a cramp was answered, and then asked or told something three times, always something else.
fn timers(club: &Club) -> Tally {
    let mut tally = Tally::of("timers of a cramp");
    for member in &club.cramping {
        let mut said = said(club, member);
        let answer = said.remove(0);
        for number in 0..TIMERS.len().max(said.len()) {
            let of = said.get(number);
            let same = |one: &&String| Some(*one) == of;
            let who = format!("{} {number}", name(club, member));
            tally.counts(&who, said.iter().chain([&answer]).filter(same).count());
        }
    }
    tally
}

/// Whoever asked was answered.
fn answers(club: &Club) -> Tally {
    let mut tally = Tally::of("answers to direct messages");
    for asked in &club.asked {
        let count = club.town.discord.look(|world| world.replies_to(*asked).count());
        tally.counts(&asked.to_string(), count);
    }
    tally
}

/// What Charley said to somebody directly.
fn said(club: &Club, member: &Member) -> Vec<String> {
    let Some(dm) = club.dm(member) else { return Vec::new() };
    let text = |world: &World| {
        let posts = world.by_bot(dm);
        posts.map(|post| post.message.content.clone()).collect()
    };
    club.town.discord.look(text)
}

fn name(club: &Club, member: &Member) -> String {
    club.town.discord.look(|world| world.name(member.id))
}

/// How hard it was: how often messages were sent that were there already, and how often it was looked
/// whether they are.
fn requests(world: &World) -> String {
    let is_send = |path: &str| path.starts_with("/channels/") && path.ends_with("/messages");
    let asked = |method: &str| {
        world.journal.requests().filter(|one| one.method == method && is_send(&one.path)).count()
    };
    let arrived: usize = world.places().keys().map(|place| world.by_bot(*place).count()).sum();
    let sessions = world.identifies() + world.resumes();
    format!(
        "{} sends for {arrived} messages, {} looks at what is there, {sessions} sessions begun or \
         gone on with",
        asked("POST"),
        asked("GET"),
    )
}

impl Display for Account {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for Tally { what, due, once, lost, doubled } in &self.tallies {
            let (lost, doubled) = (lost.len(), doubled.len());
            writeln!(out, "{what}: {due} due, {once} came once, {lost} lost, {doubled} doubled")?;
        }
        writeln!(out, "{}", self.asked_of_discord)?;
        write!(out, "{}", self.troubles)
    }
}
