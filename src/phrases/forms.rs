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

/// The texts, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    letters: String,
    /// Where the letters of each text end.
    ends: Vec<u32>,
    ids: Vec<Ids>,
    /// The places of texts among all, one more than they are; 0 is none.
    slots: Vec<u32>,
}

impl Forms {
    /// Keeps some texts, of which no two are equal.
    pub(super) fn of<'f>(texts: impl Iterator<Item = &'f str>, ids: Vec<Ids>) -> Self {
        let mut forms = Self { ids, ..Self::default() };
        forms.slots = vec![0; forms.ids.len() * 3 / 2 + 1];
        forms.ends.reserve_exact(forms.ids.len());
        for (text, place) in texts.zip(1..) {
            forms.letters.push_str(text);
            forms.ends.push(u32::try_from(forms.letters.len()).unwrap_or(u32::MAX));
            let mut round = forms.round_from(text);
            let free = round.find(|at| forms.slots.get(*at).is_some_and(|slot| *slot == 0));
            if let Some(slot) = free.and_then(|at| forms.slots.get_mut(at)) {
                *slot = place;
            }
        }
        forms.letters.shrink_to_fit();
        forms
    }

    /// The slots from a text's own on, round and round.
    fn round_from(&self, text: &str) -> impl Iterator<Item = usize> + use<> {
        let mut hasher = FxHasher::default();
        hasher.write(text.as_bytes());
        let count = self.slots.len();
        let spread = u128::from(hasher.finish().wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let home = ((spread * count as u128) >> 64) as usize;
        (home..count).chain(0..home)
    }

    fn text(&self, at: usize) -> &str {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        self.letters.get(start..end(at)).unwrap_or_default()
    }

    /// What a text is known as; nothing for one that was never added.
    pub(super) fn get(&self, text: &str) -> Option<Ids> {
        for at in self.round_from(text) {
            let place = (*self.slots.get(at)? as usize).checked_sub(1)?;
            if self.text(place) == text {
                return self.ids.get(place).copied();
            }
        }
        None
    }

    /// All texts.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Ids)> {
        self.ids.iter().enumerate().map(|(at, ids)| (self.text(at), *ids))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_found_and_no_other() {
        let texts = ["", "calf", "calves", "wadenkrampf ist da", "ñ"];
        let ids = (1..).map(|at| Ids { exact: WordId(at), open: WordId(at + 10) });
        let ids: Vec<Ids> = ids.take(texts.len()).collect();
        let forms = Forms::of(texts.into_iter(), ids.clone());
        assert_eq!(texts.map(|text| forms.get(text).unwrap()).as_slice(), ids);
        assert_eq!(forms.iter().map(|(text, _)| text).collect::<Vec<_>>(), texts);
        assert_eq!((forms.get("cal"), forms.get("calfcalves")), (None, None));
        assert_eq!(Forms::default().get("calf"), None);
    }
}
