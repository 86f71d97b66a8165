//! How somebody is reminded: in which zone, in which hours, where; and what a change of it does.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::acts::with_buttons;
use super::dates::{before_bed, is_for_bedtime, is_of_morning};
use super::press::{Press, hours_text, time_text};
use super::zone::{self, Zone};
use super::{Days, Habits, Outcome, Plan, Saying, State, place};
use crate::responses::PlanText;
use crate::vocabulary::Card;

impl Plan {
    /// Other habits. What is still to come is dated anew where they change its time.
    pub(super) fn change(&mut self, text: &PlanText, changes: &[Press], now: Timestamp) -> Outcome {
        let before = self.habits.clone();
        let few = |change: &Press| match change {
            Press::Days(days) => !days.are_most(),
            Press::Fewer(fewer) => *fewer == Some(true),
            _ => false,
        };
        // Where each answer decides on the next step, it cannot wait for a week.
        let refused = !text.is_of_habits() && changes.iter().any(few);
        let changes: Vec<&Press> =
            changes.iter().filter(|change| !(refused && few(change))).collect();
        let asks = changes.iter().find_map(|change| match change {
            Press::ZonesOf(place) => Some(place),
            _ => None,
        });
        for change in &changes {
            self.habits.take(text, change);
            if matches!(change, Press::Zone(zone) if TimeZone::get(zone).is_ok()) {
                self.zone_pending = false;
            }
        }
        if before != (Habits { here: before.here, ..self.habits.clone() }) {
            self.redate(text, now);
        }
        if let Some(place) = asks {
            return self.zones_of(text, place, now);
        }
        let directly = changes.contains(&&Press::Direct) && !self.habits.here;
        let settings = if refused { self.other_times(text) } else { self.settings(text) };
        self.still_open(text, Outcome { directly, ..settings }, now)
    }

    /// The question that is open comes once more behind what was changed.
    fn still_open(&self, text: &PlanText, mut outcome: Outcome, now: Timestamp) -> Outcome {
        let free = self.state == State::Running && self.doubt.is_none();
        let open = self.open.as_ref().filter(|_| free).and_then(|open| text.step(&open.step));
        let asks = open.filter(|step| !step.check || self.is_clear_now(now));
        if let Some(question) = asks.and_then(|step| self.question(step)) {
            outcome.says.retain(|saying| !matches!(saying, Saying::Buttons(_)));
            outcome.says.push(question);
        }
        outcome
    }

    /// How it may come otherwise, and how it comes now.
    pub(super) fn other_times(&self, text: &PlanText) -> Outcome {
        let mut outcome = self.settings(text);
        outcome.says.insert(0, Saying::Card(Card::PlanTimes, Vec::new()));
        outcome.says.push(Saying::Buttons(&["stop"]));
        outcome
    }

    /// Who will be by another clock is told how it is changed then, and how it comes now.
    pub(super) fn travels(&self, text: &PlanText) -> Outcome {
        let mut outcome = self.settings(text);
        let line = vec![("line", "zone_later".to_owned())];
        outcome.says.insert(0, Saying::Card(Card::PlanWish, line));
        outcome
    }

    pub(super) fn settings(&self, text: &PlanText) -> Outcome {
        let by = if self.habits.here { "here" } else { "directly" };
        let often = if self.habits.fewer { "fewer" } else { "none" };
        let (days, names) = match self.habits.days.names().as_slice() {
            [] => ("none", String::new()),
            names => ("only", format!(" {}", names.join(", "))),
        };
        let (stretch, at) = if Self::is_of_evenings(text) {
            ("evening", format!(" {}", time_text(before_bed(&self.habits))))
        } else {
            ("none", String::new())
        };
        let values = vec![
            ("stretch", stretch.to_owned()),
            ("at", at),
            ("often", often.to_owned()),
            ("days", days.to_owned()),
            ("names", names),
            ("zone", Zone::shown(&self.habits.zone)),
            ("hours", hours_text(self.habits.quiet.awake())),
            ("quiet", hours_text(self.habits.quiet)),
            ("bedtime", time_text(self.habits.bedtime)),
            ("by", by.to_owned()),
            ("when", self.when_next()),
        ];
        let outcome = Outcome::say(Saying::Card(Card::PlanSettings, values));
        with_buttons(outcome, &["zones", "fewer", "status"])
    }

    /// The zones they most likely live in.
    pub(super) fn zones(&self, now: Timestamp) -> Vec<String> {
        let own = Zone::parse(&self.habits.zone).unwrap_or_else(|_| Zone::utc());
        zone::likely(&own, now).iter().map(Zone::to_string).collect()
    }

    /// The zones of a country, or those so far from the universal clock: the one there is, or which.
    pub(super) fn zones_of(&mut self, text: &PlanText, place: &str, now: Timestamp) -> Outcome {
        match place::zones(place, now).as_slice() {
            [zone] => self.change(text, &[Press::Zone(zone.clone())], now),
            [] => Outcome::say(Saying::Zones(self.zones(now))),
            zones => {
                self.asks_zone = true;
                Outcome::say(Saying::Zones(zones.to_vec()))
            }
        }
    }
}

impl Habits {
    /// The same with what somebody wishes who agrees to a plan.
    #[must_use]
    pub fn wishing(mut self, text: &PlanText, wish: &Press) -> Self {
        let several = |days: &Days| !text.is_of_habits() && !days.are_most();
        match wish {
            Press::Changes(all) => {
                for one in all {
                    self = self.wishing(text, one);
                }
            }
            Press::Days(days) if several(days) => {}
            Press::Fewer(Some(true)) if !text.is_of_habits() => {}
            one => self.take(text, one),
        }
        self
    }

    /// One of them anew.
    fn take(&mut self, text: &PlanText, press: &Press) {
        let before_bed = text.steps.iter().any(is_for_bedtime);
        match press {
            Press::Zone(zone) if TimeZone::get(zone).is_ok() => self.zone.clone_from(zone),
            Press::Quiet(hours) => self.quiet = *hours,
            Press::Bedtime(time) => {
                self.bedtime = *time;
                if before_bed {
                    self.keep_bedtime();
                }
            }
            // "Nothing before 8 in the morning" moves no stretch.
            Press::From(time) if before_bed && is_of_morning(*time) => self.quiet.until = *time,
            Press::At(time) | Press::From(time) if before_bed => self.remind_before_bed(*time),
            Press::At(time) => self.remind_at(*time),
            Press::From(time) => self.remind_from(*time),
            Press::Days(days) => self.days = *days,
            Press::Fewer(fewer) => self.fewer = fewer.unwrap_or(!self.fewer),
            Press::Here => self.here = true,
            Press::Direct => self.here = false,
            _ => {}
        }
    }
}
