//! Every word that any phrase or example knows, with what it stands for, found by one look-up.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::forms::{Forms, Ids, Texts};
use super::known::Known;
use super::packed::{PackedWords, shortened};
use super::spelling::{Spelling, drops_g};
use super::syntax::Word;
use crate::message::{Token, Words, pack};

/// A word of the lexicon. Words it does not know share [`WordId::UNKNOWN`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no phrase and no example holds.
    pub const UNKNOWN: Self = Self(0);
}

/// One thing a phrase can ask of a single word: that it is it, or begins with it.
pub(super) type Atom = u32;

#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    forms: Forms,
    /// Short plain words, ours and common English ones, with what they are known as.
    short: PackedWords,
    endings: Endings,
    /// What each word stands for.
    pub(super) known: Known,
    spelling: Spelling,
}

/// Collects words before the lexicon is made.
#[derive(Clone, Debug, Default)]
pub(super) struct LexiconBuilder {
    /// The forms that are short and plain, by their packed letters, and the others.
    short: FxHashMap<u64, u32>,
    long: FxHashMap<Box<str>, u32>,
    texts: Texts,
    forms: Vec<Form>,
    /// The form of each atom.
    atoms: Vec<u32>,
}

/// What one text that phrases or examples hold is to them.
#[derive(Clone, Copy, Debug, Default)]
struct Form {
    exact: Option<Atom>,
    open: Option<Atom>,
    /// How often the examples hold it.
    count: u32,
}

impl LexiconBuilder {
    fn form(&mut self, text: &str) -> u32 {
        let next = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        let form = match pack(text.as_bytes()) {
            Some(key) => *self.short.entry(key).or_insert(next),
            None => self.long.get(text).copied().unwrap_or_else(|| {
                self.long.insert(text.into(), next);
                next
            }),
        };
        if form == next {
            self.texts.push(text);
            self.forms.push(Form::default());
        }
        form
    }

    fn known(&self, text: &str) -> Option<&Form> {
        let at = match pack(text.as_bytes()) {
            Some(key) => self.short.get(&key),
            None => self.long.get(text),
        };
        self.forms.get(*at? as usize)
    }

    /// The atom for a word of a phrase.
    pub(super) fn atom(&mut self, word: &Word<'_>) -> Atom {
        let at = self.form(&word.text);
        let next = u32::try_from(self.atoms.len()).unwrap_or(u32::MAX);
        let Some(form) = self.forms.get_mut(at as usize) else { return next };
        let known = if word.open { &mut form.open } else { &mut form.exact };
        if let Some(atom) = known {
            return *atom;
        }
        *known = Some(next);
        self.atoms.push(at);
        next
    }

    /// A word of an example: it gets an id, and its uses are counted.
    pub(super) fn count(&mut self, word: &str) {
        let at = self.form(word);
        if let Some(form) = self.forms.get_mut(at as usize) {
            form.count += 1;
        }
    }

    pub(super) fn len(&self) -> usize {
        self.atoms.len()
    }

    /// The words that a slip may lead to, those first that the examples hold most often.
    fn targets(&self) -> Vec<&str> {
        let of_phrases = |(_, form): &(&str, &Form)| form.exact.is_some() || form.open.is_some();
        let forms = self.texts.iter().zip(&self.forms).filter(of_phrases);
        let mut forms: Vec<(&str, u32)> = forms.map(|(text, form)| (text, form.count)).collect();
        forms.sort_by_key(|(_, count)| Reverse(*count));
        forms.into_iter().map(|(text, _)| text).collect()
    }

    /// Makes the lexicon; `lists` says for an atom which lists hold it alone. With it come the words
    /// of the examples, each with how often it was used.
    pub(super) fn build(self, lists: impl Fn(Atom) -> u128) -> (Lexicon, Vec<(WordId, u32)>) {
        let mut lexicon = Lexicon::default();
        let forms = || self.texts.iter().zip(&self.forms);
        let open = forms().filter(|(_, form)| form.open.is_some());
        lexicon.endings = Endings::of(open.map(|(text, _)| text));
        lexicon.spelling = Spelling::new(self.targets().into_iter());
        let open = |text: &str| self.known(text).and_then(|form| form.open);
        let mut atoms = Vec::new();
        let mut ids = Vec::with_capacity(self.forms.len());
        for (text, form) in forms() {
            atoms.clear();
            atoms.extend(lexicon.endings.beginnings(text).filter_map(open));
            let with_ending = form.open.map(|_| lexicon.add(&mut atoms, &lists));
            atoms.extend(form.exact);
            if form.exact.is_none() && form.count > 0 {
                // A slip is one, and "givin" is giving, although an example holds it.
                let meant = lexicon.spelling.correct(text);
                let meant = meant.filter(|target| atoms.is_empty() || drops_g(text, target));
                atoms.extend(meant.and_then(|target| self.known(target)?.exact));
            }
            let alone = form.exact.is_some() || form.count > 0;
            let exact = alone.then(|| lexicon.add(&mut atoms, &lists));
            let or_unknown = |id: Option<WordId>| id.unwrap_or(WordId::UNKNOWN);
            ids.push(Ids { exact: or_unknown(exact), open: or_unknown(with_ending) });
        }
        let used = self.forms.iter().zip(&ids).filter(|(form, _)| form.count > 0);
        let counts = used.map(|(form, ids)| (ids.exact, form.count)).collect();
        lexicon.forms = Forms::of(self.texts, ids);
        lexicon.pack(&self.short);
        (lexicon, counts)
    }
}

/// How long the open words are that begin with the same two letters, longest first.
#[derive(Clone, Debug, Default)]
struct Endings(FxHashMap<[u8; 2], Vec<usize>>);

impl Endings {
    fn of<'w>(open: impl Iterator<Item = &'w str>) -> Self {
        let mut lengths: FxHashMap<[u8; 2], Vec<usize>> = FxHashMap::default();
        for word in open {
            lengths.entry(head(word)).or_default().push(word.len());
        }
        for lengths in lengths.values_mut() {
            lengths.sort_unstable_by(|a, b| b.cmp(a));
            lengths.dedup();
        }
        Self(lengths)
    }

    /// How long the beginnings of a word are that may be open words, longest first.
    fn lengths(&self, word: &str) -> &[usize] {
        self.0.get(&head(word)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The beginnings of a word that may be open words, longest first.
    fn beginnings<'w>(&self, word: &'w str) -> impl Iterator<Item = &'w str> {
        self.lengths(word).iter().filter_map(|length| word.get(..*length))
    }
}

fn head(word: &str) -> [u8; 2] {
    let mut bytes = word.bytes();
    [bytes.next().unwrap_or(0), bytes.next().unwrap_or(0)]
}

impl Lexicon {
    fn add(&mut self, atoms: &mut [Atom], lists: impl Fn(Atom) -> u128) -> WordId {
        atoms.sort_unstable();
        let lists = atoms.iter().fold(0, |bits, atom| bits | lists(*atom));
        self.known.add(atoms, lists)
    }

    /// Files all short words, so that ordinary words of a message cost one look each. The forms that
    /// are short are given by their packed letters.
    fn pack(&mut self, short: &FxHashMap<u64, u32>) {
        let packed = |word: &str| pack(word.as_bytes());
        let own = self.forms.iter();
        let own = own.filter_map(|(word, ids)| Some((packed(word)?, self.known_as(word, ids))));
        let others = Spelling::english().filter_map(|word| Some((word, packed(word)?)));
        let others = others.filter(|(_, key)| !short.contains_key(key));
        let by_beginning = |(word, key): (&str, u64)| {
            let mut open = self.endings.lengths(word).iter().filter_map(|length| {
                let form = short.get(&shortened(key, word.len().checked_sub(*length)?))?;
                self.forms.ids(*form).map(|ids| ids.open).filter(|id| *id != WordId::UNKNOWN)
            });
            (key, open.next().unwrap_or(WordId::UNKNOWN))
        };
        self.short = PackedWords::of(&own.chain(others.map(by_beginning)).collect::<Vec<_>>());
    }

    /// Words that are not plain letters, as they stand and as beginnings.
    pub(super) fn not_plain(&self) -> impl Iterator<Item = WordId> {
        let plain = |word: &str| word.bytes().all(|letter| letter.is_ascii_lowercase());
        let forms = self.forms.iter().filter(move |(word, _)| !plain(word));
        forms.flat_map(|(_, ids)| [ids.exact, ids.open])
    }

    /// What a packed word is known as; nothing when it is neither ours nor common English.
    pub(super) fn packed(&self, key: u64) -> Option<WordId> {
        self.short.get(key)
    }

    /// Finds a word of a message: as it stands, by a known beginning, or in spite of a slip.
    pub(super) fn find(&self, words: &Words, token: &Token) -> WordId {
        let word = words.word(token);
        match pack(word.as_bytes()).and_then(|key| self.packed(key)) {
            // A common English word is no slip of ours.
            Some(WordId::UNKNOWN) if token.drawn_out => self.near(words, token),
            Some(id) => id,
            None => match self.exact(word) {
                WordId::UNKNOWN => self.near(words, token),
                id if self.forms.get(word).is_some() => id,
                id => self.mended(word, id),
            },
        }
    }

    /// "Hamsring" begins as "ham*" does, and is "hamstring" in spite of a slip, as "draggin" is
    /// "dragging": what says more counts, where it says all that the beginning does. "Surfers" are
    /// none that "suffers".
    fn mended(&self, word: &str, by_beginning: WordId) -> WordId {
        let corrected = self.spelling.correct(word);
        let is_slip = |target: &&str| is_lost_or_swapped(word, target) || drops_g(word, target);
        let corrected = corrected.filter(is_slip);
        let corrected = corrected.map(|target| self.exact(target));
        let says_more = |id: &WordId| {
            let atoms = self.known.atoms(*id);
            self.known.atoms(by_beginning).iter().all(|atom| atoms.contains(atom))
        };
        corrected.filter(says_more).unwrap_or(by_beginning)
    }

    /// The same for a word that stands by itself and holds no drawn-out letter.
    pub(super) fn find_plain(&self, word: &str) -> WordId {
        let known = match self.exact(word) {
            WordId::UNKNOWN => self.spelling.correct(word).map(|target| self.exact(target)),
            id => Some(id),
        };
        known.unwrap_or(WordId::UNKNOWN)
    }

    /// Finds a word as it stands, or by a known beginning.
    pub(super) fn exact(&self, word: &str) -> WordId {
        self.forms.get(word).map_or_else(|| self.by_beginning(word), |ids| self.known_as(word, ids))
    }

    /// What a form is known as by itself.
    fn known_as(&self, word: &str, ids: Ids) -> WordId {
        if ids.exact == WordId::UNKNOWN { self.by_beginning(word) } else { ids.exact }
    }

    fn by_beginning(&self, word: &str) -> WordId {
        let known = self.endings.beginnings(word).filter_map(|beginning| self.forms.get(beginning));
        let mut open = known.map(|ids| ids.open).filter(|id| *id != WordId::UNKNOWN);
        open.next().unwrap_or(WordId::UNKNOWN)
    }

    /// Finds a word in spite of drawn-out letters or one slip.
    fn near(&self, words: &Words, token: &Token) -> WordId {
        let word = words.word(token);
        if token.drawn_out {
            let single = undouble(word);
            let id = self.exact(&single);
            if id != WordId::UNKNOWN || Spelling::is_english(&single) {
                return id;
            }
        }
        let corrected = self.spelling.correct(word);
        corrected.map_or(WordId::UNKNOWN, |target| self.exact(target))
    }
}

/// Whether a word is another one of which a letter is lost within it, or two changed places: what a
/// hasty finger does, and no ending.
fn is_lost_or_swapped(word: &str, target: &str) -> bool {
    let letters = |word: &str| word.bytes().map(u32::from).sum::<u32>();
    let lost = target.len() > word.len() && !target.starts_with(word);
    lost || target.len() == word.len() && letters(target) == letters(word)
}

/// "soo" is so, "swollenn" is swollen: each pair of equal letters at the end or overall is one.
fn undouble(word: &str) -> String {
    let mut single = String::with_capacity(word.len());
    let mut last_pair = None;
    let bytes = word.as_bytes();
    for (at, pair) in bytes.windows(2).enumerate() {
        if pair.first() == pair.last() {
            last_pair = Some(at);
        }
    }
    for (at, letter) in word.char_indices() {
        if Some(at) != last_pair {
            single.push(letter);
        }
    }
    single
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(words: &[(&str, bool)]) -> Lexicon {
        let mut builder = LexiconBuilder::default();
        for (text, open) in words {
            builder.atom(&Word { text: (*text).into(), open: *open });
        }
        builder.build(|_| 0).0
    }

    fn atoms(lexicon: &Lexicon, text: &str) -> usize {
        let words = Words::of(text);
        let token = words.tokens()[0];
        lexicon.known.atoms(lexicon.find(&words, &token)).len()
    }

    #[test]
    fn a_word_satisfies_itself_and_its_beginnings() {
        let lexicon = lexicon(&[("swell", true), ("swe", true), ("swelling", false)]);
        assert_eq!(atoms(&lexicon, "swelling"), 3);
        assert_eq!(atoms(&lexicon, "swells"), 2);
        assert_eq!(atoms(&lexicon, "swerve"), 1);
        assert_eq!(atoms(&lexicon, "run"), 0);
    }

    #[test]
    fn a_mistyped_word_is_more_than_its_beginning() {
        let lexicon = lexicon(&[("ham", true), ("hamstring", false), ("hammers", false)]);
        assert_eq!(atoms(&lexicon, "hamsring"), 2);
        assert_eq!(atoms(&lexicon, "hamstrign"), 2);
        for another in ["hamlets", "hammer", "hampers"] {
            assert_eq!(atoms(&lexicon, another), 1, "{another}");
        }
    }

    #[test]
    fn drawn_out_and_mistyped_words_are_found() {
        let lexicon = lexicon(&[("swollen", false), ("numb", false)]);
        assert_eq!(atoms(&lexicon, "swollennnn"), 1);
        assert_eq!(atoms(&lexicon, "nummmb"), 1);
        assert_eq!(atoms(&lexicon, "swolen"), 1);
    }
}
