//! Regular expressions: nearly all speak of the whole message, so that a search mostly ends after a few
//! words, and where it does not the match is the whole text.

use std::panic::{RefUnwindSafe, UnwindSafe};

use regex::Regex;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{NFA, WhichCaptures, pikevm::PikeVM};
use regex_automata::util::pool::Pool;
use regex_automata::{Input, MatchKind, PatternSet};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::PhraseError;

/// Largest compiled regular expression, in bytes.
const LARGEST: usize = 64 * 1024;
/// Most bytes that one state of a compiled expression takes.
const STATE: usize = 32;
/// The same for a letter of one of several words, and for such a word besides.
const LETTER: usize = 80;
const WORD: usize = 48;
/// The same for what stands around every expression.
const AROUND: usize = 16 * STATE;
/// Largest memory, in bytes, that a search for all regular expressions may remember its states in: it
/// grows with what it meets. With 2 MiB, 1,200 of them took a message eleven times as long.
const LARGEST_CACHE: usize = 32 * 1024 * 1024;

/// One regular expression that is sound.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    text: Box<str>,
    hir: Hir,
    /// Finds its place; nothing for one that is the whole text wherever it is found.
    place: Option<Regex>,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// When it is none, is too large, or is found where nothing is.
    pub(super) fn of(pattern: &str) -> Result<Self, PhraseError> {
        let text = format!("(?-u){pattern}").into_boxed_str();
        // Whoever refuses it says why in the words of the library.
        let Ok(hir) = ParserBuilder::new().build().parse(&text) else { return Self::placed(text) };
        let is_never_empty = hir.properties().minimum_len() != Some(0);
        if is_whole(&hir) && is_never_empty && most_bytes(&hir) <= LARGEST {
            return Ok(Self { text, hir, place: None });
        }
        Self::placed(text)
    }

    /// The same for one that does not speak of the whole text, or has to be looked at closely.
    fn placed(text: Box<str>) -> Result<Self, PhraseError> {
        let built = regex::RegexBuilder::new(&text).size_limit(LARGEST).build();
        let because = |cause: &str| PhraseError::Regex(cause.to_owned());
        match built {
            Ok(regex) if regex.is_match("") => Err(because("it matches the empty text")),
            Ok(regex) => {
                let hir = ParserBuilder::new().build().parse(&text);
                let hir = hir.map_err(|error| because(&error.to_string()))?;
                Ok(Self { text, place: Some(regex).filter(|_| !is_whole(&hir)), hir })
            }
            Err(regex::Error::CompiledTooBig(limit)) => {
                Err(because(&format!("it compiles to more than {limit} bytes")))
            }
            Err(error) => {
                let text = error.to_string();
                let last = text.lines().last().unwrap_or_default();
                Err(because(last.trim_start_matches("error: ")))
            }
        }
    }
}

/// Whether an expression can only be found as the whole text.
fn is_whole(hir: &Hir) -> bool {
    begins_with_text(hir) && hir.properties().look_set_suffix().contains(Look::End)
}

/// Whether an expression can only be found at the very beginning.
fn begins_with_text(hir: &Hir) -> bool {
    hir.properties().look_set_prefix().contains(Look::Start)
}

/// How many bytes an expression takes at most once it is compiled, in whatever way: to compile it only
/// to see that takes longer.
fn most_bytes(hir: &Hir) -> usize {
    most_bytes_of(hir).saturating_add(AROUND)
}

/// The same of a part of an expression.
fn most_bytes_of(hir: &Hir) -> usize {
    let all = |own: &[Hir]| own.iter().map(most_bytes_of).fold(STATE, usize::saturating_add);
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => STATE,
        HirKind::Literal(letters) => letters.0.len().saturating_mul(STATE),
        HirKind::Class(Class::Bytes(class)) => STATE + class.ranges().len() * STATE,
        HirKind::Class(Class::Unicode(_)) => usize::MAX,
        HirKind::Repetition(own) => {
            let times = own.max.unwrap_or(own.min).max(1) as usize;
            most_bytes_of(&own.sub).saturating_add(4 * STATE).saturating_mul(times)
        }
        HirKind::Capture(own) => most_bytes_of(&own.sub).saturating_add(2 * STATE),
        HirKind::Concat(own) => all(own),
        HirKind::Alternation(own) => {
            let word = |own: &Hir| match own.kind() {
                HirKind::Literal(letters) => Some(letters.0.len().saturating_mul(LETTER) + WORD),
                _ => None,
            };
            let words: Option<Vec<usize>> = own.iter().map(word).collect();
            let words = words.map(|words| words.into_iter().fold(STATE, usize::saturating_add));
            words.unwrap_or_else(|| all(own).saturating_add(own.len().saturating_mul(STATE)))
        }
    }
}

/// Regular expressions that are searched for at once, by their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Expressions {
    all: Vec<(Box<str>, Option<Regex>)>,
    /// Those that can only be found at the very beginning: a search ends where none goes on.
    at_start: Option<Search>,
    anywhere: Option<Search>,
}

impl Expressions {
    /// Compiles some. Each was looked at by itself before, so all of them together have no limit of
    /// their own.
    pub(super) fn of(expressions: impl Iterator<Item = Expression>) -> Self {
        let (mut all, mut at_start, mut anywhere) = (Vec::new(), Vec::new(), Vec::new());
        for (at, Expression { text, hir, place }) in expressions.enumerate() {
            let own = if begins_with_text(&hir) { &mut at_start } else { &mut anywhere };
            own.push((at, hir));
            all.push((text, place));
        }
        Self { all, at_start: Search::of(at_start), anywhere: Search::of(anywhere) }
    }

    /// How each is written.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|(text, _)| &**text)
    }

    /// Which are found in a text, in their order, and where in it.
    pub(super) fn find(&self, text: &str) -> Vec<(usize, [usize; 2])> {
        let mut found = Vec::new();
        for search in [&self.at_start, &self.anywhere].into_iter().flatten() {
            search.find(text, &mut found);
        }
        found.sort_unstable();
        let place = |at: usize| match self.all.get(at)? {
            (_, Some(regex)) => regex.find(text).map(|hit| (at, [hit.start(), hit.end()])),
            (_, None) => Some((at, [0, text.len()])),
        };
        found.into_iter().filter_map(place).collect()
    }
}

type NewCache = Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// A search for several expressions at once, which remembers the states that it meets.
#[derive(Debug)]
struct Search {
    numbers: Vec<usize>,
    automaton: DFA,
    /// What has met what the automaton cannot tell.
    machine: PikeVM,
    caches: Pool<Cache, NewCache>,
}

impl Search {
    fn of(expressions: Vec<(usize, Hir)>) -> Option<Self> {
        if expressions.is_empty() {
            return None;
        }
        let (numbers, expressions): (Vec<usize>, Vec<Hir>) = expressions.into_iter().unzip();
        let config = NFA::config().which_captures(WhichCaptures::None);
        let nfa = NFA::compiler().configure(config).build_many_from_hir(&expressions).ok()?;
        let config = DFA::config()
            .match_kind(MatchKind::All)
            .unicode_word_boundary(true)
            .skip_cache_capacity_check(true)
            .cache_capacity(LARGEST_CACHE);
        let automaton = DFA::builder().configure(config).build_from_nfa(nfa.clone()).ok()?;
        let config = PikeVM::config().match_kind(MatchKind::All);
        let machine = PikeVM::builder().configure(config).build_from_nfa(nfa).ok()?;
        Some(Self::new(numbers, automaton, machine))
    }

    fn new(numbers: Vec<usize>, automaton: DFA, machine: PikeVM) -> Self {
        let own = automaton.clone();
        let caches = Pool::new(Box::new(move || own.create_cache()) as NewCache);
        Self { numbers, automaton, machine, caches }
    }

    /// Adds the numbers of those that are found in a text.
    fn find(&self, text: &str, found: &mut Vec<usize>) {
        let (input, mut patterns) = (Input::new(text), PatternSet::new(self.numbers.len()));
        let cache = &mut self.caches.get();
        let told = self.automaton.try_which_overlapping_matches(cache, &input, &mut patterns);
        if told.is_err() {
            patterns.clear();
            let cache = &mut self.machine.create_cache();
            self.machine.which_overlapping_matches(cache, &input, &mut patterns);
        }
        found.extend(patterns.iter().filter_map(|at| self.numbers.get(at.as_usize())));
    }
}

impl Clone for Search {
    /// With nothing remembered yet.
    fn clone(&self) -> Self {
        Self::new(self.numbers.clone(), self.automaton.clone(), self.machine.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expressions(patterns: &[&str]) -> Expressions {
        Expressions::of(patterns.iter().map(|pattern| Expression::of(pattern).unwrap()))
    }

    #[test]
    fn all_are_found_in_their_order_with_their_places() {
        let all = expressions(&["b c", "^a [a-z ]*$", "^a b", "(^| )c$", r"^a$|^b", "x"]);
        let found = all.find("a b c");
        assert_eq!(found, [(0, [2, 5]), (1, [0, 5]), (2, [0, 3]), (3, [3, 5])]);
        assert_eq!(all.find("b c"), [(0, [0, 3]), (3, [1, 3]), (4, [0, 1])]);
        assert_eq!(all.clone().find("ax"), [(5, [1, 2])]);
        assert!(all.find("").is_empty() && Expressions::default().find("a").is_empty());
    }

    #[test]
    fn what_a_single_search_finds_is_found_together() {
        let patterns = ["^ ?(so |and )*(why|how) ?$", "how", r"\bw[a-z]y\b", "^so (and )*$", "y$"];
        let all = expressions(&patterns);
        for text in ["so and why", "how", "so and", "so and ", " why ", "whyy", "y", "é why", ""] {
            let single = patterns.iter().enumerate().filter_map(|(at, pattern)| {
                let hit = Regex::new(&format!("(?-u){pattern}")).unwrap().find(text)?;
                Some((at, [hit.start(), hit.end()]))
            });
            assert_eq!(all.find(text), single.collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn no_expression_takes_more_than_is_reckoned() {
        for pattern in [
            "a",
            "^ ?(so |and )*(why|how) ?$",
            "[a-z0-9]+( [a-wyz,.])?",
            "(a|b|cd|ce|c|cde|xyz){3,7}",
            "(ab?|(cd)*|e{2,}){4}(|x)$",
            r"\bw[0-9]{1,3}(hour|hours|h|hr)s*\b",
        ] {
            let pattern = format!("(?-u){pattern}");
            let hir = regex_syntax::parse(&pattern).unwrap();
            let most = most_bytes(&hir);
            for (reverse, captures) in [(false, WhichCaptures::All), (true, WhichCaptures::None)] {
                let config = NFA::config().which_captures(captures).reverse(reverse);
                let config = config.nfa_size_limit(Some(most));
                assert!(
                    NFA::compiler().configure(config).build_from_hir(&hir).is_ok(),
                    "{pattern}"
                );
            }
        }
    }

    #[test]
    fn faulty_empty_and_endless_ones_are_refused() {
        for (pattern, cause) in [
            ("^(a", "unclosed group"),
            ("^a*$", "it matches the empty text"),
            ("a*", "it matches the empty text"),
            ("^(abcdef{100}){100}$", "it compiles to more than 65536 bytes"),
        ] {
            let refused = Expression::of(pattern).unwrap_err();
            assert_eq!(refused, PhraseError::Regex(cause.to_owned()), "{pattern}");
        }
    }
}
