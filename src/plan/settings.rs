//! How somebody is reminded: in which zone, in which hours, where; and what a change of it does.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::acts::with_buttons;
use super::dates::is_for_bedtime;
use super::press::{Press, hours_text, time_text};
use super::zone::{self, Zone};
use super::{Habits, Outcome, Plan, Saying, place};
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
            self.set(change);
            let before_bed = text.steps.iter().any(is_for_bedtime);
            match change {
                Press::At(time) if before_bed => self.habits.remind_before_bed(*time),
                Press::At(time) => self.habits.remind_from(*time),
                Press::Bedtime(_) if before_bed => self.habits.keep_bedtime(),
                _ => {}
            }
        }
        if before != (Habits { here: before.here, ..self.habits.clone() }) {
            self.redate(text, now);
        }
        if let Some(place) = asks {
            return self.zones_of(text, place, now);
        }
        let directly = changes.contains(&&Press::Direct) && !self.habits.here;
        let settings = if refused { self.other_times() } else { self.settings() };
        Outcome { directly, ..settings }
    }

    fn set(&mut self, press: &Press) {
        match press {
            Press::Zone(zone) if TimeZone::get(zone).is_ok() => {
                self.habits.zone.clone_from(zone);
                self.zone_pending = false;
            }
            Press::Quiet(hours) => self.habits.quiet = *hours,
            Press::Bedtime(time) => self.habits.bedtime = *time,
            Press::Days(days) => self.habits.days = *days,
            Press::Fewer(fewer) => self.habits.fewer = fewer.unwrap_or(!self.habits.fewer),
            Press::Here => self.habits.here = true,
            Press::Direct => self.habits.here = false,
            _ => {}
        }
    }

    /// How it may come otherwise, and how it comes now.
    pub(super) fn other_times(&self) -> Outcome {
        let mut outcome = self.settings();
        outcome.says.insert(0, Saying::Card(Card::PlanTimes, Vec::new()));
        outcome.says.push(Saying::Buttons(&["stop"]));
        outcome
    }

    pub(super) fn settings(&self) -> Outcome {
        let by = if self.habits.here { "here" } else { "directly" };
        let often = if self.habits.fewer { "fewer" } else { "none" };
        let (days, names) = match self.habits.days.names().as_slice() {
            [] => ("none", String::new()),
            names => ("only", format!(" {}", names.join(", "))),
        };
        let values = vec![
            ("often", often.to_owned()),
            ("days", days.to_owned()),
            ("names", names),
            ("zone", self.habits.zone.replace('_', " ")),
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
