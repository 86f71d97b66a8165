//! Rows of parts: what the alternatives of a phrase are multiplied out to.

use super::{MOST_PATTERNS, Part, SyntaxError};

/// A part by its number.
pub(super) type PartId = u32;

/// All rows that a phrase stands for.
#[derive(Clone, Debug)]
pub struct Choices<'p> {
    pub(super) parts: Vec<Part<'p>>,
    pub(super) rows: Rows,
}

impl<'p> Choices<'p> {
    /// The parts, each of which a row may hold.
    #[must_use]
    pub fn parts(&self) -> &[Part<'p>] {
        &self.parts
    }

    /// The rows as the numbers of their parts.
    pub fn numbered(&self) -> impl Iterator<Item = &[u32]> {
        self.rows.iter()
    }

    /// The rows, part by part.
    pub fn rows(&self) -> impl Iterator<Item = Vec<&Part<'p>>> {
        self.rows.iter().map(|row| {
            let part = |id: &PartId| self.parts.get(*id as usize);
            row.iter().filter_map(part).collect()
        })
    }

    /// Whether there is a row every part of which is such a one. Each part is asked about once.
    #[must_use]
    pub fn holds_row_of(&self, is_such: impl Fn(&Part<'p>) -> bool) -> bool {
        let such: Vec<bool> = self.parts.iter().map(is_such).collect();
        let is_such = |id: &PartId| such.get(*id as usize).copied().unwrap_or(false);
        self.rows.iter().any(|row| row.iter().all(is_such))
    }
}

/// Rows of parts, one after the other in one vector.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    parts: Vec<PartId>,
    ends: Vec<usize>,
}

impl Rows {
    /// Room for so many parts, in so many rows.
    fn with_room(parts: usize, rows: usize) -> Self {
        Self { parts: Vec::with_capacity(parts), ends: Vec::with_capacity(rows) }
    }

    pub(super) fn one(row: &[PartId]) -> Self {
        let mut rows = Self::with_room(row.len(), 1);
        rows.push(row);
        rows
    }

    pub(super) fn push(&mut self, row: &[PartId]) {
        self.parts.extend_from_slice(row);
        self.ends.push(self.parts.len());
    }

    pub(super) fn extend(&mut self, other: &Self) {
        let before = self.parts.len();
        self.parts.extend_from_slice(&other.parts);
        self.ends.extend(other.ends.iter().map(|end| before + end));
    }

    /// Takes the rows from one on away.
    pub(super) fn split_off(&mut self, at: usize) -> Self {
        let kept = at.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(0);
        let parts = self.parts.split_off(kept);
        let ends = self.ends.split_off(at).into_iter().map(|end| end - kept).collect();
        Self { parts, ends }
    }

    /// Each row of this, followed by these parts.
    pub(super) fn then(self, parts: &[PartId]) -> Self {
        if parts.is_empty() {
            return self;
        }
        let mut rows = Self::with_room(self.parts.len() + parts.len() * self.len(), self.len());
        for row in self.iter() {
            rows.parts.extend_from_slice(row);
            rows.push(parts);
        }
        rows
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The one row, when there is but one.
    pub(super) fn only(&self) -> Option<&[PartId]> {
        (self.len() == 1).then_some(&self.parts)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[PartId]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.parts.get(start..*end).unwrap_or_default())
    }

    /// Each row of this, followed by each row of the other.
    pub(super) fn times(self, other: Self) -> Result<Self, SyntaxError> {
        if self.len() * other.len() > MOST_PATTERNS {
            return Err(SyntaxError::TooMany);
        }
        if self.only() == Some(&[]) {
            return Ok(other);
        }
        let parts = self.parts.len() * other.len() + other.parts.len() * self.len();
        let mut rows = Self::with_room(parts, self.len() * other.len());
        for left in self.iter() {
            for right in other.iter() {
                rows.parts.extend_from_slice(left);
                rows.push(right);
            }
        }
        Ok(rows)
    }

    pub(super) fn without_empty(self) -> Self {
        if self.iter().all(|row| !row.is_empty()) {
            return self;
        }
        let mut rows = Self::default();
        self.iter().filter(|row| !row.is_empty()).for_each(|row| rows.push(row));
        rows
    }

    /// The rows without the parts at both ends that are loose.
    pub(super) fn trimmed(self, is_loose: impl Fn(&PartId) -> bool) -> Self {
        let is_tight = |row: &[PartId]| {
            !row.first().is_some_and(&is_loose) && !row.last().is_some_and(&is_loose)
        };
        if self.iter().all(is_tight) {
            return self;
        }
        let mut rows = Self::default();
        for row in self.iter() {
            let start = row.iter().position(|part| !is_loose(part)).unwrap_or(0);
            let end = row.iter().rposition(|part| !is_loose(part)).map_or(0, |last| last + 1);
            rows.push(row.get(start..end).unwrap_or_default());
        }
        rows
    }
}

/// Every order of the rows, with a gap between each two.
pub(super) fn in_any_order(rows: &[Rows], gap: PartId) -> Result<Rows, SyntaxError> {
    if let [row] = rows {
        return Ok(row.clone());
    }
    let mut all = Rows::default();
    for first in 0..rows.len() {
        let mut others = rows.to_vec();
        let own = others.remove(first).then(&[gap]);
        all.extend(&own.times(in_any_order(&others, gap)?)?);
    }
    if all.len() > MOST_PATTERNS { Err(SyntaxError::TooMany) } else { Ok(all) }
}
