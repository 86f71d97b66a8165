//! What can be pressed on a plan. A choice travels as a short id of names, so that it means the same
//! weeks and restarts later.

use jiff::civil::{Date, Time};

use super::Days;
use super::calendar::QuietHours;
use crate::responses::plans::{clock_time, hours};

/// Something that was pressed, or said in other words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Press {
    /// An answer to a check-in: which step, which time, which question, and the answer's key.
    Answer(String, u16, String, String),
    /// A check-in shown again.
    Open(String, u16),
    /// A step that somebody asks for themselves.
    Begin(String),
    /// A plan: the interview that leads to one, or the one there is.
    Start,
    /// What is done, what is now, what comes next.
    Status,
    /// When to come back to it: the choices.
    Later,
    /// In an hour, this evening, or tomorrow.
    Snooze(Snooze),
    /// Leave this one out.
    Skip,
    /// Nothing for a while.
    Pause,
    /// Nothing until the morning of that day.
    PauseUntil(Date),
    /// Go on.
    Resume,
    /// No more of it.
    Stop,
    /// It is worse.
    Worse,
    /// All is well again.
    Fine,
    /// Fewer of those that come again and again, or all of them; the other of both where it is not
    /// said.
    Fewer(Option<bool>),
    /// What to show a doctor.
    Summary,
    /// How somebody is reminded.
    Settings,
    /// Another time zone, by its IANA name.
    Zone(String),
    /// Which time zones there are.
    Zones,
    /// Which of several time zones: those of a country, or so far from the universal clock.
    ZonesOf(String),
    /// Other quiet hours.
    Quiet(QuietHours),
    /// Another bedtime.
    Bedtime(Time),
    /// At about this time of the day.
    At(Time),
    /// Not before this time of the day.
    From(Time),
    /// In the place where it was agreed on.
    Here,
    /// By direct message.
    Direct,
    /// Several changes of how somebody is reminded, or several answers to one check-in, at once.
    Changes(Vec<Press>),
    /// No more of a step that somebody had asked for themselves.
    Without(String),
    /// What is asked and not answered yet, once more: something was said that answers nothing.
    Ask,
    /// A doctor has looked at it.
    Seen,
    /// It cramped in what the plan had them do.
    Cramped,
    /// Whether sport is allowed yet.
    Sport,
    /// What the plan has them do hurts.
    Hurts,
    /// How it is done.
    How,
    /// How it is done sitting down.
    Seated,
    /// What is asked for is done later, or in part.
    NotYet,
    /// Some of the reminders, or their time, are not wanted.
    Times,
    /// How the check-ins work.
    About,
    /// All is well, between two check-ins.
    Told,
    /// It is sore or limps, between two check-ins.
    Sore,
    /// On these days of the week.
    Days(Days),
    /// Another clock, from a day that is still to come.
    Travels,
}

/// How long a check-in waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Snooze {
    /// An hour.
    Hour,
    /// Until this evening.
    Tonight,
    /// Until the next morning.
    Tomorrow,
    /// 20 minutes.
    Soon,
    /// So many minutes.
    Minutes(u16),
}

/// Stands between the ids of changes that are made at once; no id holds it.
const AND: char = ' ';

impl Press {
    /// The id that travels through the chat service.
    #[must_use]
    pub fn id(&self) -> String {
        let plain = match self {
            Self::Answer(step, time, question, answer) => {
                return format!("step:{step}:{time}:{question}:{answer}");
            }
            Self::Open(step, time) => return format!("plan:open:{step}:{time}"),
            Self::Begin(step) => return format!("plan:begin:{step}"),
            Self::Without(step) => return format!("plan:without:{step}"),
            Self::Zone(zone) => return format!("plan:zone:{zone}"),
            Self::ZonesOf(place) => return format!("plan:zones:{place}"),
            Self::PauseUntil(day) => return format!("plan:pause:{day}"),
            Self::Quiet(hours) => return format!("plan:quiet:{}", hours_text(*hours)),
            Self::Bedtime(time) => return format!("plan:bedtime:{}", time_text(*time)),
            Self::At(time) => return format!("plan:at:{}", time_text(*time)),
            Self::From(time) => return format!("plan:from:{}", time_text(*time)),
            Self::Days(days) => return format!("plan:days:{}", days.names().join(",")),
            Self::Snooze(Snooze::Minutes(minutes)) => return format!("plan:snooze:{minutes}"),
            Self::Changes(changes) => {
                let ids: Vec<String> = changes.iter().map(Self::id).collect();
                return ids.join(&AND.to_string());
            }
            Self::Start => "start",
            Self::Status => "status",
            Self::Later => "later",
            Self::Snooze(Snooze::Hour) => "snooze:hour",
            Self::Snooze(Snooze::Tonight) => "snooze:tonight",
            Self::Snooze(Snooze::Tomorrow) => "snooze:tomorrow",
            Self::Snooze(Snooze::Soon) => "snooze:soon",
            Self::Skip => "skip",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Stop => "stop",
            Self::Worse => "worse",
            Self::Fine => "fine",
            Self::Fewer(None) => "fewer",
            Self::Fewer(Some(true)) => "fewer:yes",
            Self::Fewer(Some(false)) => "fewer:no",
            Self::Summary => "summary",
            Self::Settings => "settings",
            Self::Zones => "zones",
            Self::Here => "here",
            Self::Direct => "direct",
            Self::Ask => "ask",
            Self::Seen => "seen",
            Self::Cramped => "cramped",
            Self::Sport => "sport",
            Self::Hurts => "hurts",
            Self::How => "how",
            Self::Seated => "seated",
            Self::NotYet => "not_yet",
            Self::Times => "times",
            Self::About => "about",
            Self::Told => "told",
            Self::Sore => "sore",
            Self::Travels => "travels",
        };
        format!("plan:{plain}")
    }

    /// What an id means; `None` if it is not about a plan.
    #[must_use]
    pub fn read(id: &str) -> Option<Self> {
        let owned = |text: &str| text.to_owned();
        if id.contains(AND) {
            let changes: Option<Vec<Self>> = id.split(AND).map(Self::read).collect();
            let alike = |changes: &Vec<Self>| {
                changes.iter().all(Self::is_change) || changes.iter().all(Self::is_answer)
            };
            let changes = changes.filter(alike)?;
            return Some(Self::Changes(changes));
        }
        if let Some(answer) = id.strip_prefix("step:") {
            let mut parts = answer.splitn(4, ':');
            let (step, time) = (owned(parts.next()?), parts.next()?.parse().ok()?);
            return Some(Self::Answer(step, time, owned(parts.next()?), owned(parts.next()?)));
        }
        let act = id.strip_prefix("plan:")?;
        let (name, value) = act.split_once(':').unwrap_or((act, ""));
        let press = match (name, value) {
            ("open", check_in) => {
                let (step, time) = check_in.split_once(':')?;
                Self::Open(owned(step), time.parse().ok()?)
            }
            ("begin", step) => Self::Begin(owned(step)),
            ("without", step) => Self::Without(owned(step)),
            ("ask", _) => Self::Ask,
            ("seen", _) => Self::Seen,
            ("cramped", _) => Self::Cramped,
            ("sport", _) => Self::Sport,
            ("hurts", _) => Self::Hurts,
            ("how", _) => Self::How,
            ("seated", _) => Self::Seated,
            ("not_yet", _) => Self::NotYet,
            ("times", _) => Self::Times,
            ("about", _) => Self::About,
            ("told", _) => Self::Told,
            ("sore", _) => Self::Sore,
            ("travels", _) => Self::Travels,
            ("days", names) => Self::Days(Days::read(names)?),
            ("start", _) => Self::Start,
            ("status", _) => Self::Status,
            ("later", _) => Self::Later,
            ("snooze", "hour") => Self::Snooze(Snooze::Hour),
            ("snooze", "tonight") => Self::Snooze(Snooze::Tonight),
            ("snooze", "tomorrow") => Self::Snooze(Snooze::Tomorrow),
            ("snooze", "soon") => Self::Snooze(Snooze::Soon),
            ("snooze", minutes) => Self::Snooze(Snooze::Minutes(minutes.parse().ok()?)),
            ("skip", _) => Self::Skip,
            ("pause", "") => Self::Pause,
            ("pause", day) => Self::PauseUntil(day.parse().ok()?),
            ("resume", _) => Self::Resume,
            ("stop", _) => Self::Stop,
            ("worse", _) => Self::Worse,
            ("fine", _) => Self::Fine,
            ("fewer", "yes") => Self::Fewer(Some(true)),
            ("fewer", "no") => Self::Fewer(Some(false)),
            ("fewer", _) => Self::Fewer(None),
            ("summary", _) => Self::Summary,
            ("settings", _) => Self::Settings,
            ("zone", zone) => Self::Zone(owned(zone)),
            ("zones", "") => Self::Zones,
            ("zones", place) => Self::ZonesOf(owned(place)),
            ("quiet", text) => {
                let (from, until) = hours(text).ok()?;
                Self::Quiet(QuietHours { from, until })
            }
            ("bedtime", text) => Self::Bedtime(clock_time(text).ok()?),
            ("at", text) => Self::At(clock_time(text).ok()?),
            ("from", text) => Self::From(clock_time(text).ok()?),
            ("here", _) => Self::Here,
            ("direct", _) => Self::Direct,
            _ => return None,
        };
        Some(press)
    }

    /// What can be pressed below a check-in and a plan, by its key in `questions/reminder.toml`.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        let press = match key {
            "worse" => Self::Worse,
            "later" => Self::Later,
            "hour" => Self::Snooze(Snooze::Hour),
            "tonight" => Self::Snooze(Snooze::Tonight),
            "tomorrow" => Self::Snooze(Snooze::Tomorrow),
            "skip" => Self::Skip,
            "fewer" => Self::Fewer(None),
            "pause" => Self::Pause,
            "resume" => Self::Resume,
            "stop" => Self::Stop,
            "status" => Self::Status,
            "fine" => Self::Fine,
            "settings" => Self::Settings,
            "summary" => Self::Summary,
            "zones" => Self::Zones,
            _ => return None,
        };
        Some(press)
    }

    /// Whether it answers a check-in with "worse".
    #[must_use]
    pub fn tells_worse(&self) -> bool {
        match self {
            Self::Answer(.., key) => key == "worse",
            Self::Changes(all) => all.iter().any(Self::tells_worse),
            _ => false,
        }
    }

    /// Whether it answers a check-in.
    pub(super) const fn is_answer(&self) -> bool {
        matches!(self, Self::Answer(..))
    }

    /// Whether it changes how somebody is reminded.
    const fn is_change(&self) -> bool {
        matches!(
            self,
            Self::Zone(_)
                | Self::ZonesOf(_)
                | Self::Quiet(_)
                | Self::Bedtime(_)
                | Self::At(_)
                | Self::From(_)
                | Self::Fewer(_)
                | Self::Days(_)
                | Self::Here
                | Self::Direct
        )
    }
}

/// As `21:00-08:00`.
#[must_use]
pub(super) fn hours_text(hours: QuietHours) -> String {
    format!("{}-{}", time_text(hours.from), time_text(hours.until))
}

/// As `08:00`.
#[must_use]
pub(super) fn time_text(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_comes_back_as_it_went() {
        let all = [
            "step:day_1:0:walk:limp",
            "plan:open:day_1:3",
            "plan:begin:ice",
            "plan:zone:America/Argentina/Buenos_Aires",
            "plan:quiet:22:30-07:00",
            "plan:bedtime:23:15",
            "plan:at:07:00",
            "plan:from:09:00",
            "plan:snooze:tonight",
            "plan:status",
            "plan:snooze:soon",
            "plan:snooze:120",
            "plan:zones:usa",
            "plan:zones",
            "plan:pause",
            "plan:pause:2026-06-08",
            "plan:stop",
            "plan:start",
            "plan:fewer:no",
            "plan:without:ice",
            "plan:ask",
            "plan:cramped",
            "plan:sport",
            "plan:hurts",
            "plan:days:Sun",
            "plan:days:Mon,Wed plan:here",
            "step:day_1:0:sore:3 step:day_1:0:walk:yes",
            "plan:zone:Etc/GMT+5 plan:quiet:22:30-07:00 plan:here",
        ];
        for id in all {
            assert_eq!(Press::read(id).map(|press| press.id()).as_deref(), Some(id));
            assert!(id.contains(AND) || id.len() <= 60, "{id}");
        }
        for other in [
            "answer:check:none",
            "plan:",
            "plan:dance",
            "step:x:y:z:a",
            "plan:quiet:x",
            "plan:here plan:stop",
        ] {
            assert_eq!(Press::read(other), None, "{other}");
        }
    }
}
