//! Slips between square brackets.

use super::{CURLY, Read, Reader, STRAIGHT, Stop, Within, begins_anew, slip};

impl Reader<'_> {
    /// A list from its `[` to its `]`.
    pub(super) fn list(&mut self) -> Read {
        let opening = self.at;
        self.at += 1;
        loop {
            self.inside(opening)?;
            match self.next() {
                Some(']') => break,
                Some(',') => {
                    let what = "nothing stands before this comma";
                    return slip(self.at..self.at + 1, what, "take the comma out");
                }
                Some(c) if CURLY.contains(&c) => {
                    let whole = self.at..self.at + self.line().trim_end_matches(',').len();
                    return slip(whole, "these are curly quotes", STRAIGHT);
                }
                Some(_) => self.value(Within::List)?,
                None => return Err(Stop::End),
            }
            let end = self.at;
            self.inside(opening)?;
            match self.next() {
                Some(']') => break,
                Some(',') => self.at += 1,
                Some(_) | None => {
                    let remedy = "write `,` here; the entries of a list are parted by commas";
                    return slip(end..end, "a comma is missing here", remedy);
                }
            }
        }
        self.at += 1;
        Ok(())
    }

    /// Goes on to the next sign inside a list; where something new begins instead, the list was
    /// left open.
    fn inside(&mut self, opening: usize) -> Read {
        self.skip_lines();
        self.no_strange_space()?;
        let before = self.text.get(opening..self.at).unwrap_or_default();
        let (_, indent) = before.rsplit_once('\n').unwrap_or(("", "["));
        let anew = indent.trim().is_empty() && begins_anew(self.line());
        if !anew && self.next().is_some() {
            return Ok(());
        }
        let remedy = "write `]` behind its last entry";
        let left = slip(opening..opening + 1, "the list that opens here is not closed", remedy);
        let line = self.at..self.at + self.line().len();
        left.map_err(|stop| if anew { stop.also(line, "before this line") } else { stop })
    }
}
