//! Words that Charley does not say, each with its reason, and the names of medicines.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::message::Words;

/// A word that is not said, where it stands, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::responses) struct Banned {
    /// The words as written in the list.
    pub(in crate::responses) words: &'static str,
    /// Where they stand in the text, in bytes.
    pub(in crate::responses) span: Range<usize>,
    /// What to write instead, and why.
    pub(in crate::responses) reason: &'static str,
}

const DIAGNOSIS: &str = "Charley gives no diagnosis: write \"could be\" or \"sounds like\"";
const SOOTHING: &str = "Charley cannot know that: say what to watch for instead";
const SIMPLER: &str = "write a plainer word";
const BRAND: &str = "name the kind of product, not a brand";
const PROMISE: &str = "nothing works for everybody: write \"may help\"";
const SHAMING: &str = "nobody is told to push through or feels small: leave it out";

/// Words that are not said, as prepared words, with the reason.
const NEVER: &[(&str, &str)] = &[
    ("its just", DIAGNOSIS),
    ("it is just", DIAGNOSIS),
    ("its only", DIAGNOSIS),
    ("it is only", DIAGNOSIS),
    ("this is just", DIAGNOSIS),
    ("this is only", DIAGNOSIS),
    ("just a cramp", DIAGNOSIS),
    ("only a cramp", DIAGNOSIS),
    ("you are suffering from", DIAGNOSIS),
    ("youre suffering from", DIAGNOSIS),
    ("you definitely", DIAGNOSIS),
    ("nothing to worry about", SOOTHING),
    ("no need to worry", SOOTHING),
    ("dont worry", SOOTHING),
    ("do not worry", SOOTHING),
    ("no cause for concern", SOOTHING),
    ("ruled out", SOOTHING),
    ("rules out", SOOTHING),
    ("safe", SOOTHING),
    ("perfectly fine", SOOTHING),
    ("guarantee", PROMISE),
    ("guaranteed", PROMISE),
    ("miracle", PROMISE),
    ("always works", PROMISE),
    ("never fails", PROMISE),
    ("no pain no gain", SHAMING),
    ("push through", SHAMING),
    ("man up", SHAMING),
    ("tough it out", SHAMING),
    ("lazy", SHAMING),
    ("overweight", SHAMING),
    ("dvt", SIMPLER),
    ("triage", SIMPLER),
    ("urine", "write \"pee\""),
    ("urinate", "write \"pee\""),
    ("prophylaxis", SIMPLER),
    ("contraindicated", SIMPLER),
    ("nurofen", BRAND),
    ("advil", BRAND),
    ("voltarol", BRAND),
    ("voltaren", BRAND),
    ("tylenol", BRAND),
    ("panadol", BRAND),
    ("gatorade", BRAND),
    ("lucozade", BRAND),
    ("powerade", BRAND),
    ("hotshot", BRAND),
    ("theraworx", BRAND),
    ("biofreeze", BRAND),
    ("deep heat", BRAND),
    ("theragun", BRAND),
];

/// Signs that do not belong in a text.
const SIGNS: &[(char, &str, &str)] =
    &[('—', "—", "write a full stop, a comma or a colon: no long dashes")];

/// Words after which "you have" is a condition, not a diagnosis.
const CONDITIONAL: &[&str] = &[
    "if",
    "do",
    "does",
    "when",
    "whether",
    "unless",
    "once",
    "until",
    "that",
    "what",
    "which",
    "anything",
    "everything",
    "any",
    "all",
    "while",
    "than",
    "how",
    "where",
    "after",
    "before",
];

/// What is not said, ready to be looked for.
pub(in crate::responses) struct Never {
    phrases: Runs,
    diagnosis: Runs,
}

impl Never {
    pub(in crate::responses) fn new() -> Self {
        let phrases = Runs::of(NEVER.iter().map(|(phrase, _)| *phrase));
        Self { phrases, diagnosis: Runs::of(["you have"].into_iter()) }
    }

    /// Everything in a text that is not said. A word in brackets after the plain one is allowed.
    pub(in crate::responses) fn banned(&self, text: &str) -> Vec<Banned> {
        let words = Words::of(text);
        let places = self.phrases.places(&words).into_iter().filter_map(|(at, tokens)| {
            let (phrase, reason) = NEVER.get(at)?;
            Some((*phrase, words.source(tokens), *reason))
        });
        let places =
            places.filter(|(_, span, reason)| *reason != SIMPLER || !in_brackets(text, span));
        let mut found: Vec<Banned> =
            places.map(|(words, span, reason)| Banned { words, span, reason }).collect();
        found.extend(self.diagnoses(&words));
        found.extend(doses(&words));
        found.extend(signs(text));
        found.sort_by_key(|banned| (banned.span.start, std::cmp::Reverse(banned.span.end)));
        found.dedup_by(|later, first| later.span.start < first.span.end);
        found
    }

    /// "You have a clot" is a diagnosis, "if you have a clot" is none.
    fn diagnoses(&self, words: &Words) -> Vec<Banned> {
        let mut found = Vec::new();
        for (_, tokens) in self.diagnosis.places(words) {
            let sentence = words.sentences().iter().find(|s| s.tokens.contains(&tokens.start));
            let start = sentence.map_or(0, |s| s.tokens.start);
            let conditional = |at: usize| CONDITIONAL.contains(&words.at(at));
            let asks = sentence.is_some_and(|s| s.asks);
            let follows = matches!(words.at(tokens.end), "to" | "had" | "been");
            if !asks && !follows && !(start..tokens.start).any(conditional) {
                let span = words.source(tokens);
                found.push(Banned { words: "you have", span, reason: DIAGNOSIS });
            }
        }
        found
    }
}

/// Runs of words, by the first word of each.
struct Runs(FxHashMap<&'static str, Vec<(usize, &'static str)>>);

impl Runs {
    fn of(runs: impl Iterator<Item = &'static str>) -> Self {
        let mut by_first: FxHashMap<&str, Vec<(usize, &str)>> = FxHashMap::default();
        for (at, run) in runs.enumerate() {
            let first = run.split(' ').next().unwrap_or_default();
            by_first.entry(first).or_default().push((at, run));
        }
        Self(by_first)
    }

    /// Where they stand, in tokens, each with which run it is; never across a sentence end.
    fn places(&self, words: &Words) -> Vec<(usize, Range<usize>)> {
        let mut found = Vec::new();
        for sentence in words.sentences() {
            for start in sentence.tokens.clone() {
                for (at, run) in self.0.get(words.at(start)).into_iter().flatten() {
                    let mut end = start;
                    let fits = run.split(' ').all(|word| {
                        end += 1;
                        end <= sentence.tokens.end && words.at(end - 1) == word
                    });
                    if fits {
                        found.push((*at, start..end));
                    }
                }
            }
        }
        found
    }
}

fn in_brackets(text: &str, span: &Range<usize>) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    before.rfind('(') > before.rfind(')')
}

/// "400 mg": no doses of medicines or supplements.
fn doses(words: &Words) -> Vec<Banned> {
    let unit = |at: &usize| matches!(words.at(*at), "mg" | "mcg" | "milligrams" | "micrograms");
    let number = |at: usize| words.at(at).starts_with(|c: char| c.is_ascii_digit());
    let units = (1..words.tokens().len()).filter(unit).filter(|at| number(at - 1));
    let reason = "Charley gives no doses: send to a pharmacist or doctor";
    units.map(|at| Banned { words: "a dose", span: words.source(at - 1..at + 1), reason }).collect()
}

fn signs(text: &str) -> impl Iterator<Item = Banned> + '_ {
    SIGNS.iter().flat_map(move |(sign, words, reason)| {
        let places = text.match_indices(*sign);
        places.map(|(at, sign)| Banned { words, span: at..at + sign.len(), reason })
    })
}

/// Names of medicines and supplements, as prepared words.
const MEDICINES: &[&str] = &[
    "ibuprofen",
    "paracetamol",
    "acetaminophen",
    "naproxen",
    "aspirin",
    "diclofenac",
    "codeine",
    "anti inflammatory",
    "anti inflammatories",
    "painkiller",
    "painkillers",
    "quinine",
    "statin",
    "statins",
    "diuretic",
    "diuretics",
    "water tablet",
    "water tablets",
    "muscle relaxant",
    "muscle relaxants",
    "magnesium",
    "potassium",
    "supplement",
    "supplements",
    "vitamin",
    "vitamins",
    "salt tablet",
    "salt tablets",
    "salt tab",
    "salt tabs",
    "creatine",
];

/// The names of medicines and supplements, ready to be looked for.
pub(in crate::responses) struct Medicines(Runs);

impl Medicines {
    pub(in crate::responses) fn new() -> Self {
        Self(Runs::of(MEDICINES.iter().copied()))
    }

    /// Where a text first names one, in bytes.
    pub(in crate::responses) fn named(&self, text: &str) -> Option<Range<usize>> {
        let words = Words::of(text);
        self.0.places(&words).into_iter().next().map(|(_, tokens)| words.source(tokens))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> =
            Never::new().banned(text).into_iter().map(|b| &text[b.span]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_diagnosis_is_not_given() {
        check("It's just a cramp. You have a clot.", &["It's just", "You have"]);
        check("If you have a clot, call. Do you have pain? You have to rest.", &[]);
        check("Tell them what medicines you have at home.", &[]);
    }

    #[test]
    fn plain_words_and_no_brands_or_doses() {
        check("A clot (DVT) can do that.", &[]);
        check("A DVT can do that.", &["DVT"]);
        check("Take 400 mg of Nurofen — it is safe.", &["400 mg", "Nurofen", "—", "safe"]);
        check("Get to a safer place. The safety net.", &[]);
    }

    #[test]
    fn medicines_are_seen() {
        assert_eq!(Medicines::new().named("Try an anti-inflammatory or salt."), Some(7..24));
        assert_eq!(Medicines::new().named("Ask about your medicines."), None);
    }
}
