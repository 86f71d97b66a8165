//! Slips of the pen: where a TOML file stops being one, found by looking at its text as a person
//! does, line by line.

mod list;
mod strange;
mod text;

use std::ops::Range;
use std::str::FromStr;

use strange::no_leading_zero;
pub(super) use strange::unseen;
use toml::value::Datetime;

/// A slip: where it is, what is wrong there, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// The bytes.
    pub(super) span: Range<usize>,
    /// What is wrong.
    pub(super) what: String,
    /// What to do about it.
    pub(super) remedy: String,
    /// A second place that belongs to it, and what is there.
    pub(super) also: Option<(Range<usize>, String)>,
}

/// The first slip of a text that is no TOML, if it is one that people make. Whether the text is
/// TOML is for the library to say; this only knows how what it says comes about.
pub(super) fn first(text: &str) -> Option<Slip> {
    match (Reader { text, at: 0 }).file() {
        Err(Stop::Slip(slip)) => Some(*slip),
        Err(Stop::End) | Ok(()) => None,
    }
}

/// Why reading ends.
enum Stop {
    Slip(Box<Slip>),
    /// The end of the file, or something that this does not know.
    End,
}

impl Stop {
    /// The same with a second place.
    fn also(mut self, span: Range<usize>, what: &str) -> Self {
        if let Self::Slip(slip) = &mut self {
            slip.also = Some((span, what.to_owned()));
        }
        self
    }
}

type Read<T = ()> = Result<T, Stop>;

fn slip<T>(span: Range<usize>, what: impl Into<String>, remedy: impl Into<String>) -> Read<T> {
    let (what, remedy) = (what.into(), remedy.into());
    Err(Stop::Slip(Box::new(Slip { span, what, remedy, also: None })))
}

/// Where a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Row,
    List,
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

const CURLY: [char; 10] = ['“', '”', '„', '‟', '‘', '’', '‚', '«', '»', '″'];

const BLANK: [char; 3] = [' ', '\t', '\r'];

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// What is left of this line, without blanks at its end.
    fn line(&self) -> &'t str {
        self.rest().lines().next().unwrap_or_default().trim_end()
    }

    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip(&mut self, what: &[char]) {
        self.at += self.rest().len() - self.rest().trim_start_matches(what).len();
    }

    /// Skips blanks, ends of lines and remarks.
    fn skip_lines(&mut self) {
        loop {
            self.skip(&[' ', '\t', '\r', '\n', '\u{feff}']);
            if self.next() != Some('#') {
                return;
            }
            self.at += self.line().len();
        }
    }

    fn file(&mut self) -> Read {
        loop {
            self.skip_lines();
            match self.next() {
                None => return Err(Stop::End),
                Some('[') => self.heading()?,
                Some(_) => self.row()?,
            }
            self.end_of_line()?;
        }
    }

    fn heading(&mut self) -> Read {
        let line = self.line();
        self.no_list_without_a_name(line)?;
        self.nothing_strange_in(line.split(']').next().unwrap_or_default())?;
        let (opens, closes) = if line.starts_with("[[") { ("[[", "]]") } else { ("[", "]") };
        let Some(end) = line.find(closes) else {
            let end = self.at + line.len();
            let what = format!("this heading opens with `{opens}` and is not closed");
            let name = line.trim_matches(['[', ']']);
            return slip(end..end, what, format!("write `{opens}{name}{closes}`"));
        };
        self.no_strange_name(line.get(opens.len()..end).unwrap_or_default(), (opens, closes))?;
        self.at += end + closes.len();
        Ok(())
    }

    /// `[regions.Isle of Man]`: the name of a table holds no spaces.
    fn no_strange_name(&self, name: &str, (opens, closes): (&str, &str)) -> Read {
        let is_bare = |part: &str| key_at(part).len() == part.len() && !part.is_empty();
        if name.contains(['"', '\'']) || name.split('.').all(|part| is_bare(part.trim())) {
            return Ok(());
        }
        let start = self.at + opens.len();
        let what = format!("`{}` cannot be the name of a table", name.trim());
        let letters = name.to_lowercase();
        let words = |part: &str| {
            let words = part.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
        };
        let parts: Vec<String> = letters.split('.').map(words).collect();
        let remedy = if parts.iter().any(String::is_empty) {
            "write a name of a-z, digits, `-` and `_`".to_owned()
        } else {
            format!("write `{opens}{}{closes}`", parts.join("."))
        };
        slip(start..start + name.len(), what, remedy)
    }

    fn row(&mut self) -> Read {
        let (line, start) = (self.line(), self.at);
        let whole = start..start + line.len();
        let key = self.key()?;
        self.skip(&BLANK);
        match self.next() {
            Some('=') => self.at += 1,
            Some(',') if key.starts_with(['"', '\'']) => {
                let remedy = "write the key and `[` above the first of these lines, such as \
                              `examples = [`; if they belong to the list above, move them in \
                              front of its `]`";
                return slip(whole, "this text stands in no list", remedy);
            }
            Some(sign) if !sign.is_ascii() && line.contains('=') => return self.strange_key(),
            Some(':') => {
                let remedy = format!("write `{key} = ...`");
                return slip(self.at..self.at + 1, format!("`:` stands behind `{key}`"), remedy);
            }
            Some(']') if key.is_empty() => {
                let remedy = "take it out, or look above for a `]` that closes the list too early";
                return slip(whole, "no list is open that this `]` could close", remedy);
            }
            Some('"' | '\'' | '[') if !key.is_empty() => {
                let remedy = format!("write `{key} = ...`");
                return slip(self.at..self.at, format!("`=` is missing after `{key}`"), remedy);
            }
            _ if line.contains('=') => return Err(Stop::End),
            _ => {
                let remedy = "if it belongs to the text or list above, move it in front of the \
                              quotes or the `]` that close it; a remark begins with `#`";
                return slip(whole, "this line does not say what it is for", remedy);
            }
        }
        self.skip(&BLANK);
        if matches!(self.next(), None | Some('\n' | '#')) {
            let remedy = format!("write `{key} = \"...\"`, or take the line out");
            return slip(self.at..self.at, "nothing stands behind this `=`", remedy);
        }
        self.value(Within::Row)
    }

    /// The name before a `=`.
    fn key(&mut self) -> Read<&'t str> {
        if matches!(self.next(), Some('"' | '\'')) {
            let start = self.at;
            self.text(Within::Row)?;
            return Ok(self.text.get(start..self.at).unwrap_or_default());
        }
        let key = key_at(self.rest());
        self.at += key.len();
        Ok(key)
    }

    fn value(&mut self, within: Within) -> Read {
        self.no_strange_space()?;
        match self.next() {
            Some('"' | '\'') => self.text(within),
            Some('[') => self.list(),
            Some('{') | None => Err(Stop::End),
            Some(_) => self.bare(within),
        }
    }

    /// A value without quotes: a number, a day, `true`; or a text that lacks them.
    fn bare(&mut self, within: Within) -> Read {
        let line = self.line();
        let ends = |c: char| c == '#' || within == Within::List && (c == ',' || c == ']');
        let token = line.split(ends).next().unwrap_or_default().trim_end();
        let span = self.at..self.at + token.len();
        no_leading_zero(token, &span)?;
        if is_plain(token) {
            self.at = span.end;
            return Ok(());
        }
        if token.contains(CURLY) {
            let whole = self.at..self.at + line.len();
            return slip(whole, "these are curly quotes", STRAIGHT);
        }
        if let Some(word) = truth(token) {
            let remedy = format!("write `{word}`, in small letters and without quotes");
            return slip(span, format!("`{token}` cannot be read"), remedy);
        }
        if token.chars().all(|c| c.is_ascii_digit() || strange::is_dash(c)) {
            self.nothing_strange_in(token)?;
        }
        if looks_like_a_day(token) {
            return slip(span, "this is not how a day is written", DAY);
        }
        if line.contains('"') {
            let remedy = "write `\"` where it begins";
            return slip(span.start..span.start, "this text has no opening quote", remedy);
        }
        slip(span, "a text stands between quotes", format!("write `\"{token}\"`"))
    }

    fn end_of_line(&mut self) -> Read {
        self.skip(&BLANK);
        self.no_strange_space()?;
        match self.next() {
            None | Some('\n' | '#') => Ok(()),
            Some(',') => {
                let remedy = "take the comma out; only the entries of a list are parted by commas";
                slip(self.at..self.at + 1, "a comma stands behind the end of this line", remedy)
            }
            Some(_) => Err(Stop::End),
        }
    }
}

/// How a day is written.
pub(super) const DAY: &str = "write year, month and day, such as `2026-01-31`, without quotes";

const STRAIGHT: &str = "write straight ones: `\"`";

fn key_at(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// Whether a line begins something new: `key =` or a heading.
fn begins_anew(line: &str) -> bool {
    let line = line.trim();
    let key = key_at(line);
    let row = line.get(key.len()..).unwrap_or_default().trim_start().starts_with('=');
    let head = line.trim_start_matches('[');
    let name = key_at(head);
    let heading = head.get(name.len()..).unwrap_or_default().starts_with(']');
    !key.is_empty() && row || head.len() < line.len() && !name.is_empty() && heading
}

/// Whether a value needs no quotes.
fn is_plain(token: &str) -> bool {
    let number = token.replace('_', "");
    matches!(token, "true" | "false")
        || number.parse::<f64>().is_ok_and(f64::is_finite)
        || Datetime::from_str(token).is_ok()
}

fn truth(token: &str) -> Option<&'static str> {
    match token.to_lowercase().as_str() {
        "true" | "yes" | "on" => Some("true"),
        "false" | "no" | "off" => Some("false"),
        _ => None,
    }
}

fn looks_like_a_day(token: &str) -> bool {
    let parts: Vec<&str> = token.split(['.', '/', '-']).collect();
    let digits = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    parts.len() == 3 && parts.iter().all(digits)
}
