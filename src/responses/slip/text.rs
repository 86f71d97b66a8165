//! Slips within quotes.

use super::{BLANK, CURLY, Read, Reader, STRAIGHT, Stop, Within, begins_anew, slip};

/// What may stand behind a backslash.
const ESCAPED: &str = "btnrfeuUx\"\\";

impl Reader<'_> {
    /// A text in quotes, of one line or several.
    pub(super) fn text(&mut self, within: Within) -> Read {
        for quotes in ["\"\"\"", "'''"] {
            if self.rest().starts_with(quotes) {
                return self.long(quotes);
            }
        }
        let Some(quote) = self.next() else { return Err(Stop::End) };
        let (line, start) = (self.line(), self.at);
        let Some(end) = closing(line, quote) else {
            return self.unclosed(line, quote, within);
        };
        if quote == '"' {
            escapes(start + 1, line.get(1..end).unwrap_or_default())?;
        }
        self.at = start + end + 1;
        self.what_follows(start, quote)
    }

    fn unclosed(&self, line: &str, quote: char, within: Within) -> Read {
        let inner = line.trim_end_matches([',', ']', ' ']);
        if inner.ends_with(CURLY) {
            let (before, curly) = inner.split_at(inner.trim_end_matches(CURLY).len());
            let at = self.at + before.len();
            return slip(at..at + curly.len(), "this is a curly quote", STRAIGHT);
        }
        let end = self.at + if within == Within::List { inner.len() } else { line.len() };
        let remedy = match within {
            Within::List if line.ends_with(',') => format!("write `{quote}` before the comma"),
            Within::List => format!("write `{quote}` where it ends"),
            Within::Row => format!(
                "write `{quote}` where it ends; a text of several lines stands between `\"\"\"`"
            ),
        };
        slip(end..end, "this text has no closing quote", remedy)
    }

    /// What stands behind a text that is closed: nothing but what parts it from the next.
    fn what_follows(&mut self, start: usize, quote: char) -> Read {
        let end = self.at;
        self.skip(&BLANK);
        self.no_strange_space()?;
        let next = self.next();
        self.at = end;
        if next.is_none_or(|c| "\n,]}#=.\"'".contains(c)) {
            return Ok(());
        }
        let inner = self.text.get(start + 1..end - 1).unwrap_or_default();
        if let Some(before) = inner.trim_end().strip_suffix(',') {
            let at = start + 1 + before.len();
            let remedy = format!("write `{quote}` before the comma");
            return slip(at..at, "this text has no closing quote", remedy);
        }
        let remedy = if quote == '"' {
            "write `\\\"` for a quote inside, or put the whole text between `'`"
        } else {
            "put the whole text between `\"`"
        };
        slip(end - 1..end, format!("this `{quote}` closes the text too early"), remedy)
    }

    /// A text of several lines. One that lacks its end goes on to the beginning of the next.
    fn long(&mut self, quotes: &str) -> Read {
        let start = self.at;
        let body = self.rest().get(3..).unwrap_or_default();
        let mut end = body.find(quotes);
        while let Some(at) = end.filter(|at| quotes.starts_with('"') && is_escaped(body, *at)) {
            let next = body.get(at + 1..).unwrap_or_default().find(quotes);
            end = next.map(|next| at + 1 + next);
        }
        let closes = end.map(|end| body.get(..end).unwrap_or_default());
        // The beginning of the next text: `more = """`.
        let last = closes.and_then(|body| body.rsplit_once('\n')).map(|(_, last)| last);
        if let Some(inside) =
            closes.filter(|_| !last.is_some_and(|line| line.trim_end().ends_with('=')))
        {
            if quotes.starts_with('"') {
                escapes(start + 3, inside)?;
            }
            self.at += 3 + end.unwrap_or_default() + 3;
            self.skip(&['"']);
            return Ok(());
        }
        let what = format!("the text that begins here with `{quotes}` is not closed");
        let remedy = format!("write `{quotes}` where it ends");
        let told = slip(start..start + 3, what, remedy);
        let mut at = start + 3;
        for line in body.split_inclusive('\n') {
            if at > start + 3 && begins_anew(line) {
                let line = at..at + line.trim_end().len();
                return told.map_err(|stop| stop.also(line, "before this line"));
            }
            at += line.len();
        }
        told
    }
}

/// Where the quote closes that a line opens with.
fn closing(line: &str, quote: char) -> Option<usize> {
    let open = |at: &usize| quote == '\'' || !is_escaped(line, *at);
    line.match_indices(quote).map(|(at, _)| at).skip(1).find(open)
}

/// Backslashes that stand for nothing.
fn escapes(start: usize, inside: &str) -> Read {
    let mut chars = inside.char_indices();
    while let Some((at, char)) = chars.next() {
        let escaped = if char == '\\' { chars.next() } else { None };
        let Some((_, next)) = escaped else { continue };
        let digits = match next {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let number = chars.as_str().chars().take_while(char::is_ascii_hexdigit).take(digits);
        let stands = ESCAPED.contains(next) && number.count() == digits;
        // At the end of a line it joins the next one to it.
        let rest = inside.get(at + 1..).unwrap_or_default().trim_start_matches(BLANK);
        if !stands && !rest.starts_with('\n') {
            let at = start + at;
            let what = format!("`\\{next}` stands for nothing");
            // Signs of phrases, which need none: `(calf\|shin)`.
            let of_phrase = "|(){}?*~^$.".contains(next) && !inside.starts_with('/');
            let remedy = if next.is_whitespace() {
                "take the backslash out, or write it twice: `\\\\`".to_owned()
            } else if of_phrase {
                format!("take the backslash out: write `{next}`")
            } else {
                format!("take the backslash out, or write it twice: `\\\\{next}`")
            };
            return slip(at..at + 1 + next.len_utf8(), what, remedy);
        }
    }
    Ok(())
}

/// Whether an odd number of backslashes stands before a place.
fn is_escaped(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}
