//! How much Discord lets us ask: what its answers say is kept to before the next request, so that
//! hardly any is refused, and none while it said to wait. Pure.

use std::collections::HashMap;
use std::time::Duration;

use serenity::http::LightMethod;
use tokio::time::Instant;

/// So many requests go in a second to whoever says anything about limits; Discord refuses more than
/// fifty.
const A_SECOND: u32 = 45;

/// Refusals within such a time ban an address if they are ten thousand.
const BAN_WINDOW: Duration = Duration::from_mins(10);

/// After so many refusals nothing is asked until the window is over; two windows that touch stay
/// below what bans.
const MOST_REFUSED: u32 = 4_000;

/// How long we wait where an answer says only that it was too much.
const UNTOLD: Duration = Duration::from_secs(1);

/// With so many kinds of requests known, those that nothing holds up are forgotten.
const MANY: usize = 256;

/// What an answer says about the next requests.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Told {
    /// Its status.
    pub(super) status: u16,
    /// How many of the kind go in one window.
    pub(super) limit: Option<u32>,
    /// How many are left in this one.
    pub(super) remaining: Option<u32>,
    /// When the next window begins.
    pub(super) reset_after: Option<Duration>,
    /// When the refused one may come again.
    pub(super) retry_after: Option<Duration>,
    /// Whether it was too much of everything together.
    pub(super) global: bool,
    /// Whether others have used up what we share with them, which is not held against us.
    pub(super) shared: bool,
}

/// One kind of requests.
#[derive(Clone, Copy, Debug)]
struct Window {
    limit: u32,
    remaining: u32,
    period: Duration,
    reset: Instant,
}

/// A time in which something is counted.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    begun: Option<Instant>,
    count: u32,
}

impl Count {
    /// The count as of now, and when it begins anew.
    fn at(&mut self, now: Instant, length: Duration) -> (&mut u32, Instant) {
        let begun = self.begun.filter(|begun| now < *begun + length);
        if begun.is_none() {
            self.count = 0;
        }
        let begun = begun.unwrap_or(now);
        self.begun = Some(begun);
        (&mut self.count, begun + length)
    }
}

/// What is known of all limits.
#[derive(Debug, Default)]
pub(super) struct RateLimits {
    windows: HashMap<String, Window>,
    everything: Option<Instant>,
    are_told: bool,
    second: Count,
    refused: Count,
}

impl RateLimits {
    /// How long a request of this kind waits; where it does not, it counts as sent.
    pub(super) fn wait(&mut self, kind: &str, now: Instant) -> Duration {
        let (refused, over) = self.refused.at(now, BAN_WINDOW);
        if *refused >= MOST_REFUSED {
            return over - now;
        }
        let counts_with_all = !is_of_a_press(kind);
        if counts_with_all && let Some(until) = self.everything.filter(|until| now < *until) {
            return until - now;
        }
        if let Some(window) = self.windows.get_mut(kind) {
            if now >= window.reset {
                (window.remaining, window.reset) = (window.limit, now + window.period);
            }
            if window.remaining == 0 {
                return window.reset - now;
            }
        }
        if counts_with_all && self.are_told {
            let (sent, next) = self.second.at(now, Duration::from_secs(1));
            if *sent >= A_SECOND {
                return next - now;
            }
            *sent += 1;
        }
        if let Some(window) = self.windows.get_mut(kind) {
            window.remaining -= 1;
        }
        Duration::ZERO
    }

    /// An answer came; whether it is the refusal after which nothing more is asked for a while.
    pub(super) fn hears(&mut self, kind: &str, told: &Told, now: Instant) -> bool {
        let too_many = told.status == 429;
        self.are_told |= told.limit.is_some();
        if too_many {
            self.is_too_much(kind, told, now);
        } else if let (Some(remaining), Some(period)) = (told.remaining, told.reset_after) {
            self.stands(kind, told.limit, remaining, now, period);
        } else if told.status < 400 {
            // There is no limit any more.
            self.windows.remove(kind);
        }
        let refused = matches!(told.status, 401 | 403) || too_many && !told.shared;
        if !refused {
            return false;
        }
        let (count, _) = self.refused.at(now, BAN_WINDOW);
        *count += 1;
        *count == MOST_REFUSED
    }

    /// Nothing of this kind is asked for so long: Discord said that it was too much, and not for how
    /// long.
    pub(super) fn rests(&mut self, kind: &str, rest: Duration, now: Instant) {
        self.stands(kind, None, 0, now, rest);
    }

    fn is_too_much(&mut self, kind: &str, told: &Told, now: Instant) {
        let wait = told.retry_after.or(told.reset_after).unwrap_or(UNTOLD);
        if told.global {
            let until = now + wait;
            self.everything = Some(self.everything.map_or(until, |known| known.max(until)));
        } else {
            self.stands(kind, told.limit, 0, now, wait);
        }
    }

    /// What is left of a kind. Others of it may be on their way.
    fn stands(
        &mut self,
        kind: &str,
        limit: Option<u32>,
        remaining: u32,
        now: Instant,
        period: Duration,
    ) {
        if self.windows.len() >= MANY {
            self.windows.retain(|_, window| now < window.reset);
        }
        let limit = limit.unwrap_or(1).max(1);
        let reset = now + period;
        let fresh = Window { limit, remaining, period, reset };
        let window = self.windows.entry(kind.to_owned()).or_insert(fresh);
        let same = now < window.reset;
        let left = if same { window.remaining.min(remaining) } else { remaining };
        let period = window.period.max(period);
        *window = Window { limit, remaining: left, period, reset };
    }
}

/// Answers to presses and commands do not count among all requests.
fn is_of_a_press(kind: &str) -> bool {
    kind.contains("/interactions/") || kind.contains("/webhooks/")
}

/// The kind of a request, as Discord counts: by method and path, apart for each channel, server and
/// token, together for all messages and members there.
pub(super) fn kind(method: LightMethod, path: &str) -> String {
    let mut kind = method.reqwest_method().to_string();
    let mut apart = 0;
    for part in path.split('/').skip_while(|part| *part != "api") {
        kind.push('/');
        let number = part.parse::<u64>().is_ok();
        kind.push_str(if number && apart == 0 { "*" } else { part });
        apart = match part {
            "channels" | "guilds" => 1,
            "webhooks" | "interactions" => 2,
            _ => u32::saturating_sub(apart, 1),
        };
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: &str = "POST/api/v10/channels/7/messages";

    fn ok(remaining: u32, seconds: u64) -> Told {
        let reset_after = Some(Duration::from_secs(seconds));
        let (limit, remaining) = (Some(5), Some(remaining));
        Told { status: 200, limit, remaining, reset_after, ..Told::default() }
    }

    fn too_many(seconds: u64) -> Told {
        let retry_after = Some(Duration::from_secs(seconds));
        Told { status: 429, limit: Some(5), retry_after, ..Told::default() }
    }

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn what_is_counted_apart_is_of_another_kind() {
        let of =
            |path: &str| kind(LightMethod::Post, &format!("https://discord.com/api/v10{path}"));
        assert_eq!(of("/channels/7/messages"), KIND);
        assert_eq!(of("/channels/7/messages/9"), of("/channels/7/messages/8"));
        assert_ne!(of("/channels/7/messages/9"), of("/channels/6/messages/9"));
        assert_eq!(of("/guilds/7/members/1"), of("/guilds/7/members/2"));
        assert_ne!(of("/webhooks/5/abc"), of("/webhooks/5/def"));
        assert_ne!(of("/interactions/5/abc/callback"), of("/interactions/6/abd/callback"));
    }

    #[test]
    fn what_is_used_up_waits_for_the_next_window() {
        let (mut limits, now) = (RateLimits::default(), Instant::now());
        assert_eq!(limits.wait(KIND, now), Duration::ZERO);
        limits.hears(KIND, &ok(1, 3), now);
        assert_eq!(limits.wait(KIND, now), Duration::ZERO);
        assert_eq!(limits.wait(KIND, now + SECOND), SECOND * 2);
        assert_eq!(limits.wait("another", now), Duration::ZERO);
        for _ in 0..5 {
            assert_eq!(limits.wait(KIND, now + SECOND * 3), Duration::ZERO);
        }
        assert!(limits.wait(KIND, now + SECOND * 3) > Duration::ZERO);
        limits.hears(KIND, &Told { status: 200, ..Told::default() }, now);
        assert_eq!(limits.wait(KIND, now + SECOND * 3), Duration::ZERO);
    }

    #[test]
    fn an_answer_that_comes_late_does_not_give_back_what_is_on_its_way() {
        let (mut limits, now) = (RateLimits::default(), Instant::now());
        limits.hears(KIND, &ok(2, 3), now);
        assert_eq!(limits.wait(KIND, now), Duration::ZERO);
        assert_eq!(limits.wait(KIND, now), Duration::ZERO);
        limits.hears(KIND, &ok(1, 3), now);
        assert_eq!(limits.wait(KIND, now), SECOND * 3);
    }

    #[test]
    fn too_much_of_one_kind_holds_up_that_kind_alone() {
        let (mut limits, now) = (RateLimits::default(), Instant::now());
        limits.hears(KIND, &too_many(7), now);
        assert_eq!(limits.wait(KIND, now), SECOND * 7);
        assert_eq!(limits.wait("another", now), Duration::ZERO);
        assert_eq!(limits.wait(KIND, now + SECOND * 7), Duration::ZERO);
    }

    #[test]
    fn what_rests_is_not_asked_and_goes_on_as_before() {
        let (mut limits, now) = (RateLimits::default(), Instant::now());
        limits.rests(KIND, SECOND * 60, now);
        assert_eq!(limits.wait(KIND, now + SECOND), SECOND * 59);
        assert_eq!(limits.wait("another", now), Duration::ZERO);
        assert_eq!(limits.wait(KIND, now + SECOND * 60), Duration::ZERO);
        limits.hears(KIND, &Told { status: 200, ..Told::default() }, now + SECOND * 60);
        assert_eq!(limits.wait(KIND, now + SECOND * 60), Duration::ZERO);
    }

    #[test]
    fn too_much_of_everything_holds_up_all_but_answers_to_presses() {
        let press = "POST/api/v10/interactions/1/a/callback";
        for told in [
            Told { global: true, ..too_many(7) },
            Told { global: true, limit: None, retry_after: None, ..too_many(7) },
        ] {
            let (mut limits, now) = (RateLimits::default(), Instant::now());
            limits.hears(KIND, &told, now);
            assert_eq!(limits.wait("another", now), told.retry_after.unwrap_or(UNTOLD));
            assert_eq!(limits.wait(press, now), Duration::ZERO);
        }
    }

    #[test]
    fn no_more_goes_in_a_second_than_discord_takes() {
        let (mut limits, now) = (RateLimits::default(), Instant::now());
        assert!((0..100).all(|_| limits.wait(KIND, now).is_zero()), "nobody speaks of limits");
        limits.hears("another", &ok(1, 0), now);
        let went = (0..100).filter(|_| limits.wait(KIND, now).is_zero()).count();
        assert_eq!(went, 45);
        assert_eq!(limits.wait(KIND, now + SECOND), Duration::ZERO);
    }

    #[test]
    fn refusals_stop_everything_long_before_they_ban_the_address() {
        let (mut limits, now) = (RateLimits::default(), Instant::now());
        let no = Told { status: 403, ..Told::default() };
        let others = Told { shared: true, ..too_many(0) };
        for _ in 0..MOST_REFUSED {
            assert!(!limits.hears(KIND, &others, now));
        }
        let last = (1..=MOST_REFUSED).find(|_| limits.hears("another", &no, now));
        assert_eq!(last, Some(MOST_REFUSED));
        assert_eq!(limits.wait("POST/api/v10/interactions/1/a/callback", now), BAN_WINDOW);
        assert_eq!(limits.wait("another", now + BAN_WINDOW), Duration::ZERO);
    }
}
