//! Things kept by number, all in one piece of memory: what stands on a shelf is one slice.

use std::ops::Range;

/// Shelves, numbered from 0. On each, things stand in the order in which they came.
#[derive(Clone, Debug)]
pub(super) struct Shelves<T> {
    /// Where each shelf begins; one more than there are shelves.
    starts: Vec<u32>,
    things: Vec<T>,
}

impl<T> Default for Shelves<T> {
    fn default() -> Self {
        Self { starts: Vec::new(), things: Vec::new() }
    }
}

impl<T: Copy> Shelves<T> {
    /// Puts each thing on its shelf; there are `count` shelves, and no thing for any other.
    pub(super) fn of(count: usize, things: &[(u32, T)]) -> Self {
        let Some((_, any)) = things.first() else { return Self::default() };
        let mut starts = vec![0_u32; count + 1];
        for (shelf, _) in things {
            if let Some(next) = starts.get_mut(*shelf as usize + 1) {
                *next += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut free = starts.clone();
        let mut sorted = vec![*any; sum as usize];
        for (shelf, thing) in things {
            let Some(at) = free.get_mut(*shelf as usize) else { continue };
            if let Some(place) = sorted.get_mut(*at as usize) {
                *place = *thing;
                *at += 1;
            }
        }
        Self { starts, things: sorted }
    }

    /// Everything, shelf by shelf.
    pub(super) fn all(&self) -> &[T] {
        &self.things
    }

    /// Where the things of a shelf begin and end among all of them.
    pub(super) fn range(&self, shelf: usize) -> Range<u32> {
        let (start, end) = (self.starts.get(shelf), self.starts.get(shelf + 1));
        start.zip(end).map_or(0..0, |(start, end)| *start..*end)
    }

    /// The shelves alone, for things that are kept elsewhere.
    pub(super) fn emptied(self) -> Shelves<()> {
        Shelves { starts: self.starts, things: Vec::new() }
    }

    /// What stands on a shelf.
    pub(super) fn at(&self, shelf: usize) -> &[T] {
        let range = self.range(shelf);
        self.things.get(range.start as usize..range.end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_stands_on_its_shelf_in_order() {
        let shelves = Shelves::of(4, &[(2, 'a'), (0, 'b'), (2, 'c'), (3, 'd')]);
        let all: Vec<&[char]> = (0..5).map(|shelf| shelves.at(shelf)).collect();
        assert_eq!(all, [&['b'][..], &[], &['a', 'c'], &['d'], &[]]);
    }

    #[test]
    fn no_things_no_shelves() {
        assert_eq!(Shelves::<u8>::of(3, &[]).at(1), [0; 0]);
    }
}
