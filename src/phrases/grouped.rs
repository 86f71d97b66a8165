//! Things kept by number, all in one piece of memory: each group is one slice.

use std::ops::Range;

/// Groups, numbered from 0. On each, things stand in the order in which they came.
#[derive(Clone, Debug)]
pub(super) struct Grouped<T> {
    /// Where each group begins; one more than there are groups.
    starts: Vec<u32>,
    things: Vec<T>,
}

impl<T> Default for Grouped<T> {
    fn default() -> Self {
        Self { starts: Vec::new(), things: Vec::new() }
    }
}

impl<T: Copy> Grouped<T> {
    /// Puts each thing into its group; there are `count` groups, and no thing for any other.
    pub(super) fn of(count: usize, things: &[(u32, T)]) -> Self {
        let Some((_, any)) = things.first() else { return Self::default() };
        let mut starts = vec![0_u32; count + 1];
        for (group, _) in things {
            if let Some(next) = starts.get_mut(*group as usize + 1) {
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
        for (group, thing) in things {
            let Some(at) = free.get_mut(*group as usize) else { continue };
            if let Some(place) = sorted.get_mut(*at as usize) {
                *place = *thing;
                *at += 1;
            }
        }
        Self { starts, things: sorted }
    }

    /// Everything, group by group.
    pub(super) fn all(&self) -> &[T] {
        &self.things
    }

    /// Where the things of a group begin and end among all of them.
    pub(super) fn range(&self, group: usize) -> Range<u32> {
        let (start, end) = (self.starts.get(group), self.starts.get(group + 1));
        start.zip(end).map_or(0..0, |(start, end)| *start..*end)
    }

    /// The groups alone, for things that are kept elsewhere.
    pub(super) fn emptied(self) -> Grouped<()> {
        Grouped { starts: self.starts, things: Vec::new() }
    }

    /// What a group holds.
    pub(super) fn at(&self, group: usize) -> &[T] {
        let range = self.range(group);
        self.things.get(range.start as usize..range.end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_stands_on_its_shelf_in_order() {
        let groups = Grouped::of(4, &[(2, 'a'), (0, 'b'), (2, 'c'), (3, 'd')]);
        let all: Vec<&[char]> = (0..5).map(|group| groups.at(group)).collect();
        assert_eq!(all, [&['b'][..], &[], &['a', 'c'], &['d'], &[]]);
    }

    #[test]
    fn no_things_no_groups() {
        assert_eq!(Grouped::<u8>::of(3, &[]).at(1), [0; 0]);
    }
}
