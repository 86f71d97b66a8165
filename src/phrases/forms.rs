//! Texts that phrases or examples hold, each kept once, with what it is known as. All letters lie in
//! one piece of memory; a table of places with open addressing finds them.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use super::lexicon::WordId;

/// What a text is known as: by itself, and with any ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ids {
    pub(super) exact: WordId,
    pub(super) open: WordId,
}

/// Texts by their numbers, all in one piece of memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    letters: String,
    /// Where the letters of each text end.
    ends: Vec<u32>,
}

impl Texts {
    pub(super) fn push(&mut self, text: &str) {
        self.letters.push_str(text);
        self.ends.push(u32::try_from(self.letters.len()).unwrap_or(u32::MAX));
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A text; the empty one for a number that none has.
    pub(super) fn at(&self, at: usize) -> &str {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        self.letters.get(start..end(at)).unwrap_or_default()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.at(at))
    }

    /// Gives back what is not needed. There are no more texts to come.
    pub(super) fn shrink(&mut self) {
        self.letters.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// The texts, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    texts: Texts,
    ids: Vec<Ids>,
    /// The places of texts among all, one more than they are; 0 is none.
    slots: Vec<u32>,
}

impl Forms {
    /// Keeps some texts, of which no two are equal.
    pub(super) fn of(mut texts: Texts, ids: Vec<Ids>) -> Self {
        texts.shrink();
        let mut forms = Self { slots: vec![0; ids.len() * 3 / 2 + 1], texts, ids };
        for (text, place) in forms.texts.iter().zip(1..) {
            let mut round = round_from(text, forms.slots.len());
            let free = round.find(|at| forms.slots.get(*at).is_some_and(|slot| *slot == 0));
            if let Some(slot) = free.and_then(|at| forms.slots.get_mut(at)) {
                *slot = place;
            }
        }
        forms
    }

    /// What a text is known as; nothing for one that was never added.
    pub(super) fn get(&self, text: &str) -> Option<Ids> {
        for at in round_from(text, self.slots.len()) {
            let place = (*self.slots.get(at)? as usize).checked_sub(1)?;
            if self.texts.at(place) == text {
                return self.ids.get(place).copied();
            }
        }
        None
    }

    /// What the text of this number is known as.
    pub(super) fn ids(&self, at: u32) -> Option<Ids> {
        self.ids.get(at as usize).copied()
    }

    /// All texts.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Ids)> {
        self.texts.iter().zip(self.ids.iter().copied())
    }
}

/// The slots, so many of them, from a text's own on, round and round.
fn round_from(text: &str, count: usize) -> impl Iterator<Item = usize> + use<> {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    let spread = u128::from(hasher.finish().wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let home = ((spread * count as u128) >> 64) as usize;
    (home..count).chain(0..home)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_found_and_no_other() {
        let texts = ["", "calf", "calves", "wadenkrampf ist da", "ñ"];
        let ids = (1..).map(|at| Ids { exact: WordId(at), open: WordId(at + 10) });
        let ids: Vec<Ids> = ids.take(texts.len()).collect();
        let mut kept = Texts::default();
        for text in texts {
            kept.push(text);
        }
        let forms = Forms::of(kept, ids.clone());
        assert_eq!(texts.map(|text| forms.get(text).unwrap()).as_slice(), ids);
        assert_eq!(forms.iter().map(|(text, _)| text).collect::<Vec<_>>(), texts);
        assert_eq!((forms.get("cal"), forms.get("calfcalves")), (None, None));
        assert_eq!(Forms::default().get("calf"), None);
    }
}
