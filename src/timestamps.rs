//! A moment inside a text: written once, and shown by each adapter as its reader's clock has it.
//!
//! It is written as `<t:1780740000:f|Europe/London>`: what Discord turns into the reader's own time,
//! with the zone of the person it was written for.

use jiff::Timestamp;
use jiff::tz::TimeZone;

const OPENS: &str = "<t:";

/// A moment, for somebody in a zone.
#[must_use]
pub fn mark(at: Timestamp, zone: &str) -> String {
    format!("{OPENS}{}:f|{zone}>", at.as_second())
}

/// The text with its moments in words, each in the zone it was written for.
#[must_use]
pub fn in_words(text: &str) -> String {
    replaced(text, |second, zone| {
        let at = Timestamp::from_second(second).ok()?;
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        Some(at.to_zoned(zone).strftime("%a %-d %b, %H:%M").to_string())
    })
}

/// The text with its moments as Discord writes them: the reader's own time, and how far off it is.
#[must_use]
pub fn for_discord(text: &str) -> String {
    replaced(text, |second, _| Some(format!("{OPENS}{second}:f> ({OPENS}{second}:R>)")))
}

fn replaced(text: &str, show: impl Fn(i64, &str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, marked)) = rest.split_once(OPENS) {
        out.push_str(before);
        let read = marked.split_once('>').and_then(|(mark, after)| {
            let (second, zone) = mark.split_once(":f|")?;
            Some((show(second.parse().ok()?, zone)?, after))
        });
        let (shown, after) = read.unwrap_or_else(|| (OPENS.to_owned(), marked));
        out.push_str(&shown);
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_shown_in_the_zone_it_was_written_for() {
        let at = Timestamp::from_second(1_780_740_000).unwrap();
        let text = format!("at {}, then {}.", mark(at, "Europe/London"), mark(at, "Asia/Tokyo"));
        assert_eq!(in_words(&text), "at Sat 6 Jun, 11:00, then Sat 6 Jun, 19:00.");
        let discord = for_discord("x <t:1780740000:f|Europe/London> y");
        assert_eq!(discord, "x <t:1780740000:f> (<t:1780740000:R>) y");
    }

    #[test]
    fn what_is_no_moment_stays_as_it_is() {
        for text in ["", "<t:", "<t:x:f|y>", "a <t:12> b", "<t:99999999999999999:f|UTC>"] {
            assert_eq!(in_words(text), text);
        }
    }
}
