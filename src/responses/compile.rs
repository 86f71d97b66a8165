//! From raw files to compiled phrases. Faults of phrases are found here, with their places.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use strum::VariantArray;

use super::problem::{Place, Problem, did_you_mean_or};
use super::read::{File, RawSet};
use super::{Reach, Role, Sign, TopicId, fixed, raw};
use crate::message::Words;
use crate::phrases::syntax::{self, Part};
use crate::phrases::{PhraseError, PhraseId, PhraseSet, PhraseSetBuilder};
use crate::vocabulary::{Aspect, Fact, Flag, FlagId, Status};

/// All phrases, and where each stands.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) phrases: PhraseSet<Sign>,
    pub(super) places: Vec<Place>,
    /// The examples of all topics, prepared, in the order of the topics.
    pub(super) examples: Vec<Words>,
}

impl Compiled {
    pub(super) fn place(&self, phrase: PhraseId) -> Option<&Place> {
        self.places.get(phrase.0 as usize)
    }
}

/// The names of all flags: the core list in its order, then the others by name.
pub(super) fn flag_order(raw: &RawSet) -> Vec<String> {
    let core = Flag::VARIANTS.iter().map(|flag| flag.id().to_owned());
    let own = raw.red_flags.iter().map(|file| file.id.clone());
    let mut own: Vec<String> = own.filter(|id| Flag::from_str(id).is_err()).collect();
    own.sort();
    core.chain(own).take(FlagId::MOST).collect()
}

/// Whether every flag of the core list has its file, so that flags can be told by their number.
pub(super) fn has_core_flags(raw: &RawSet) -> bool {
    Flag::VARIANTS.iter().all(|flag| raw.red_flags.iter().any(|file| file.id == flag.id()))
}

/// The topics' files in the order of their ids.
pub(super) fn topic_files(raw: &RawSet) -> Vec<&File<raw::Topic>> {
    let mut files: Vec<&File<raw::Topic>> = raw.topics.iter().collect();
    files.sort_by(|a, b| a.id.cmp(&b.id));
    files
}

/// Adds all phrases and word lists and compiles them. Gives nothing when no set can be made at all.
pub(super) fn phrases(
    raw: &RawSet,
    files: &[(PathBuf, String)],
    problems: &mut Vec<Problem>,
) -> Option<Compiled> {
    let names: Vec<&str> = raw.words.iter().map(|file| file.id.as_str()).collect();
    let builder = match PhraseSetBuilder::new(names.iter().copied()) {
        Ok(builder) => builder,
        Err(error) => {
            let place = Place::whole(Path::new("words"));
            problems.push(Problem::new(place, error.to_string(), "merge some lists"));
            return None;
        }
    };
    let broken = raw.broken.iter().filter_map(|path| path.file_stem()?.to_str());
    let reported = broken.chain(fixed::WORD_LISTS.iter().copied()).collect();
    let (places, examples) = (Vec::new(), Vec::new());
    let lists_lack = raw.lacks("words");
    let mut compiler =
        Compiler { builder, places, examples, names, reported, lists_lack, files, problems };
    compiler.word_lists(raw);
    compiler.topics(raw);
    compiler.red_flags(raw);
    compiler.facts(raw);
    compiler.follow_ups(raw);
    compiler.context(raw);
    let Compiler { builder, places, examples, .. } = compiler;
    Some(Compiled { phrases: builder.build(), places, examples })
}

struct Compiler<'c> {
    builder: PhraseSetBuilder<Sign>,
    places: Vec<Place>,
    examples: Vec<Words>,
    names: Vec<&'c str>,
    /// Word lists whose fault is reported elsewhere.
    reported: Vec<&'c str>,
    /// Whether the folder of word lists is missing, so that each is unknown.
    lists_lack: bool,
    files: &'c [(PathBuf, String)],
    problems: &'c mut Vec<Problem>,
}

impl Compiler<'_> {
    fn word_lists(&mut self, raw: &RawSet) {
        for file in &raw.words {
            // A regular expression among them is told by the checks.
            let is_expression = |word: &&raw::Text| {
                word.get_ref().starts_with('/') && word.get_ref().ends_with('/')
            };
            for word in file.raw.words.iter().filter(|word| !is_expression(word)) {
                let added = self.builder.add_entry(&file.id, word.get_ref());
                if let Err(error) = added {
                    self.report(&error, &file.path, word);
                }
            }
        }
    }

    fn topics(&mut self, raw: &RawSet) {
        for (at, file) in topic_files(raw).into_iter().enumerate() {
            let id = TopicId(u16::try_from(at).unwrap_or(u16::MAX));
            self.phrases(&file.path, &file.raw.phrases, |role| Sign::Topic(id, role));
            self.look_alikes(&file.path, &file.raw.not, Sign::Topic(id, Role::Not));
            for example in &file.raw.examples {
                let words = Words::of(example.get_ref());
                if words.tokens().is_empty() {
                    self.wordless(&file.path, example);
                }
                self.builder.add_example(&words);
                self.examples.push(words);
            }
        }
    }

    fn red_flags(&mut self, raw: &RawSet) {
        let order = flag_order(raw);
        for file in &raw.red_flags {
            let at = order.iter().position(|id| *id == file.id).unwrap_or_default();
            let id = FlagId(u8::try_from(at).unwrap_or(u8::MAX));
            self.phrases(&file.path, &file.raw.phrases, |role| Sign::Flag(id, role));
            self.phrases(&file.path, &file.raw.unsure, |role| Sign::Flag(id, role.unsure()));
            self.look_alikes(&file.path, &file.raw.fine, Sign::Flag(id, Role::Fine));
            self.look_alikes(&file.path, &file.raw.answers, Sign::Flag(id, Role::Answer));
            self.look_alikes(&file.path, &file.raw.explained_by, Sign::Flag(id, Role::Explains));
            self.look_alikes(&file.path, &file.raw.not, Sign::Flag(id, Role::Not));
        }
    }

    fn facts(&mut self, raw: &RawSet) {
        for file in &raw.facts {
            for (name, fact) in &file.raw {
                let Ok(id) = Fact::from_str(name) else { continue };
                self.phrases(&file.path, &fact.phrases, |role| Sign::Fact(id, role));
                self.look_alikes(&file.path, &fact.not, Sign::Fact(id, Role::Not));
            }
        }
    }

    fn follow_ups(&mut self, raw: &RawSet) {
        for file in &raw.follow_ups {
            for (name, row) in &file.raw {
                let Ok(id) = Aspect::from_str(name) else { continue };
                self.look_alikes(&file.path, &row.phrases, Sign::FollowUp(id, Role::Says));
                self.look_alikes(&file.path, &row.not, Sign::FollowUp(id, Role::Not));
            }
        }
    }

    fn context(&mut self, raw: &RawSet) {
        for file in &raw.context {
            let path = &file.path;
            let kinds = [
                (Status::Denied, &file.raw.denied),
                (Status::Doubted, &file.raw.doubted),
                (Status::Hypothetical, &file.raw.hypothetical),
                (Status::Past, &file.raw.past),
            ];
            for (status, cues) in kinds {
                let cue = |reach| Sign::Cue(status, reach);
                self.look_alikes(path, &cues.before, cue(Reach::Before));
                self.look_alikes(path, &cues.before_clause, cue(Reach::BeforeClause));
                self.look_alikes(path, &cues.after, cue(Reach::After));
                self.look_alikes(path, &cues.sentence, cue(Reach::Sentence));
                self.look_alikes(path, &cues.not, cue(Reach::Nothing));
            }
            self.look_alikes(path, &file.raw.ends, Sign::End);
        }
    }

    /// Phrases that say something: those with a negation of their own are marked.
    fn phrases(&mut self, path: &Path, phrases: &[raw::Text], sign: impl Fn(Role) -> Sign) {
        for phrase in phrases {
            let added = self.builder.add_each(phrase.get_ref(), denies, |denies| {
                sign(if denies { Role::SaysByNegation } else { Role::Says })
            });
            self.added(added, path, phrase);
        }
    }

    fn look_alikes(&mut self, path: &Path, phrases: &[raw::Text], sign: Sign) {
        for phrase in phrases {
            let added = self.builder.add(phrase.get_ref(), sign);
            self.added(added, path, phrase);
        }
    }

    /// Keeps the place of a phrase; the set counts them in the same order.
    fn added(&mut self, added: Result<PhraseId, PhraseError>, path: &Path, phrase: &raw::Text) {
        match added {
            Ok(_) => self.places.push(Place::new(path, phrase.span())),
            Err(error) => self.report(&error, path, phrase),
        }
    }

    fn wordless(&mut self, path: &Path, example: &raw::Text) {
        let what = "no word of this example is read, so nothing is learned from it";
        let remedy = "write the message in words, or take it out";
        self.problems.push(Problem::new(Place::new(path, example.span()), what, remedy));
    }

    fn report(&mut self, error: &PhraseError, path: &Path, phrase: &raw::Text) {
        let typed: &str = phrase.get_ref();
        let (remedy, part) = match error {
            PhraseError::UnknownList(name)
                if self.lists_lack || self.reported.contains(&name.as_str()) =>
            {
                return;
            }
            PhraseError::UnknownList(name) => {
                let otherwise = "word lists are the files in `words/`; those of numbers stand in \
                                 responses/README.md";
                let remedy = did_you_mean_or(name, self.names.iter().copied(), otherwise);
                (remedy, typed.find(name.as_str()).map(|at| at..at + name.len()))
            }
            PhraseError::Syntax(error) => {
                let part = syntax::fault(typed).map(|(_, part)| part);
                (error.remedy(), part)
            }
            PhraseError::Circle(_) => ("take the list's own name out of it".to_owned(), None),
            PhraseError::TooManyLists => ("merge some word lists".to_owned(), None),
            PhraseError::Regex(_) => {
                ("write it as a phrase: words, `*`, `(a|b)`, `...`, `{list}`".to_owned(), None)
            }
        };
        let whole = |part: &std::ops::Range<usize>| *part == (0..typed.len());
        let place = match part.filter(|part| !whole(part)) {
            Some(part) => {
                let source = self.files.iter().find(|(file, _)| file == path);
                let source = source.map_or("", |(_, text)| text.as_str());
                Place::part(path, source, &phrase.span(), typed, part)
            }
            None => Place::new(path, phrase.span()),
        };
        self.problems.push(Problem::new(place, error.to_string(), remedy));
    }
}

/// Words that deny: a phrase with one of them is found as it stands.
pub(super) fn is_negation(word: &syntax::Word<'_>) -> bool {
    matches!(
        &*word.text,
        "no" | "not"
            | "cant"
            | "cannot"
            | "wont"
            | "never"
            | "without"
            | "nothing"
            | "none"
            | "isnt"
            | "arent"
            | "doesnt"
            | "dont"
            | "didnt"
            | "hasnt"
            | "havent"
            | "hadnt"
            | "wasnt"
            | "werent"
            | "wouldnt"
            | "couldnt"
            | "aint"
            | "unable"
            | "lost"
            | "loss"
            | "zero"
            | "barely"
            | "hardly"
            | "neither"
            | "nor"
            | "stopped"
            | "lack"
            | "stop"
            | "stops"
            | "unbearable"
            | "cnt"
            | "w"
    )
}

/// Whether a part of a phrase denies.
fn denies(part: &Part<'_>) -> bool {
    match part {
        Part::Words(words) => {
            words.iter().all(is_negation) || words.iter().filter(|w| is_negation(w)).count() > 1
        }
        Part::List(name) => matches!(*name, "cannot" | "wont" | "no_longer"),
        Part::Quantity(_) | Part::Gap(_) | Part::Edge => false,
    }
}
