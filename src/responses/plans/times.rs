//! Times as moderators write them: `24 h`, `3 days`, `08:00`, `22:30-08:00`.

use jiff::civil::Time;
use jiff::{SignedDuration, Span};

/// A length of time, such as `24 h` or `3 days`; a day has 24 hours.
///
/// # Errors
/// What cannot be read, with the remedy.
pub fn time_span(text: &str) -> Result<SignedDuration, String> {
    let wrong =
        || format!("`{text}` is no length of time, write it like `10 min`, `24 h` or `3 days`");
    let span: Span = text.parse().map_err(|_| wrong())?;
    let length = span.to_duration(jiff::SpanRelativeTo::days_are_24_hours());
    length.ok().filter(SignedDuration::is_positive).ok_or_else(wrong)
}

/// A time by the clock, such as `08:00`.
///
/// # Errors
/// What cannot be read, with the remedy.
pub fn clock_time(text: &str) -> Result<Time, String> {
    let wrong = || format!("`{text}` is no time of day, write it like `08:00` or `21:30`");
    let (hour, minute) = text.trim().split_once(':').ok_or_else(wrong)?;
    let number = |digits: &str| digits.parse::<i8>().map_err(|_| wrong());
    Time::new(number(hour)?, number(minute)?, 0, 0).map_err(|_| wrong())
}

/// From and until, such as `21:00-08:00`.
///
/// # Errors
/// What cannot be read, with the remedy.
pub fn hours(text: &str) -> Result<(Time, Time), String> {
    let (from, until) = text
        .split_once('-')
        .ok_or_else(|| format!("`{text}` is no stretch of hours, write it like `21:00-08:00`"))?;
    let (from, until) = (clock_time(from)?, clock_time(until)?);
    if from == until {
        return Err(format!("`{text}` begins when it ends"));
    }
    Ok((from, until))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_they_are_written() {
        assert_eq!(time_span("24 h"), Ok(SignedDuration::from_hours(24)));
        assert_eq!(time_span("3 days"), Ok(SignedDuration::from_hours(72)));
        assert_eq!(time_span("10 min"), Ok(SignedDuration::from_mins(10)));
        assert_eq!(clock_time("08:05").unwrap().to_string(), "08:05:00");
        assert_eq!(hours("21:00-8:00").map(|(from, _)| from.hour()), Ok(21));
        for wrong in ["", "soon", "-3 h", "0 h", "1 month"] {
            assert!(time_span(wrong).is_err(), "{wrong}");
        }
        for wrong in ["8", "24:00", "08:60", "8 pm", "x:y"] {
            assert!(clock_time(wrong).is_err(), "{wrong}");
        }
        assert!(hours("08:00-08:00").is_err());
        assert!(hours("08:00").is_err());
    }
}
