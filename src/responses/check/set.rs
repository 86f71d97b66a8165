//! What the checks look at: all raw files, their texts, and the compiled phrases.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::responses::compile::Compiled;
use crate::responses::plans;
use crate::responses::problem::Place;
use crate::responses::raw;
use crate::responses::read::{File, RawSet};

/// Everything a check may look at.
pub(in crate::responses) struct Set<'s> {
    pub(super) raw: &'s RawSet,
    /// The phrases; nothing when one of them is faulty, so that what follows is not reported.
    pub(super) compiled: Option<&'s Compiled>,
    /// The day on which the files are read, where that is known.
    pub(super) today: Option<Date>,
    texts: BTreeMap<&'s Path, &'s str>,
}

/// What a text is to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text of its own.
    Body,
    /// A question.
    Question,
    /// Words that are put into another text.
    Fragment,
    /// What is written on a button.
    Label,
}

/// A text that members read.
pub(super) struct Said<'s> {
    pub(super) file: &'s Path,
    /// Which row of the file, where it has rows.
    pub(super) row: usize,
    pub(super) text: &'s raw::Text,
    pub(super) kind: Kind,
}

impl<'s> Set<'s> {
    pub(in crate::responses) fn new(
        raw: &'s RawSet,
        files: &'s [(PathBuf, String)],
        compiled: Option<&'s Compiled>,
        today: Option<Date>,
    ) -> Self {
        let texts = files.iter().map(|(path, text)| (path.as_path(), text.as_str())).collect();
        Self { raw, compiled, today, texts }
    }

    /// Whether a file is there and could not be read.
    pub(super) fn is_broken(&self, path: &str) -> bool {
        self.raw.broken.iter().any(|broken| broken == Path::new(path))
    }

    /// The names of files of a folder that could not be read.
    pub(super) fn broken_in(&self, folder: &'s str) -> impl Iterator<Item = &str> {
        let inside = move |path: &&PathBuf| path.parent() == Some(Path::new(folder));
        self.raw.broken.iter().filter(inside).filter_map(|path| path.file_stem()?.to_str())
    }

    fn source(&self, file: &Path) -> &'s str {
        self.texts.get(file).copied().unwrap_or_default()
    }

    /// A text: the first line of it.
    pub(super) fn place(&self, file: &Path, text: &raw::Text) -> Place {
        let span = text.span();
        let shown = self.source(file).get(span.clone()).unwrap_or_default();
        let line = shown.find('\n').unwrap_or(shown.len());
        Place::new(file, span.start..span.start + line)
    }

    /// Some bytes of a text, found again in the file as it is written.
    pub(super) fn place_in(&self, file: &Path, text: &raw::Text, part: Range<usize>) -> Place {
        let place = Place::part(file, self.source(file), &text.span(), text.get_ref(), part);
        if place.span == text.span() { self.place(file, text) } else { place }
    }

    /// The key before a value.
    pub(super) fn key_place(&self, file: &Path, key: &str, value: &raw::Text) -> Place {
        let before = self.source(file).get(..value.span().start).unwrap_or_default();
        before
            .rfind(key)
            .map_or_else(|| self.place(file, value), |at| Place::new(file, at..at + key.len()))
    }

    /// The name before a `=` at the beginning of a line.
    pub(super) fn row(&self, file: &Path, name: &str) -> Place {
        let text = self.source(file);
        let opens = |at: &usize| {
            let begins = *at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
            let behind = text.get(at + name.len()..).unwrap_or_default().trim_start();
            begins && behind.starts_with('=')
        };
        let mut places = text.match_indices(name).map(|(at, _)| at).filter(opens);
        places.next().map_or_else(|| Place::whole(file), |at| Place::new(file, at..at + name.len()))
    }

    /// The heading of a table, e.g. `[regions.uk]`.
    pub(super) fn heading(&self, file: &Path, name: &str) -> Place {
        let text = self.source(file);
        let heading = format!("[{name}]");
        let starts_line = |at: &usize| *at == 0 || text.as_bytes().get(at - 1) == Some(&b'\n');
        let mut places = text.match_indices(&heading).map(|(at, _)| at).filter(starts_line);
        places
            .next()
            .map_or_else(|| Place::whole(file), |at| Place::new(file, at + 1..at + 1 + name.len()))
    }

    /// The name before a `=` below the heading of a table.
    pub(super) fn below(&self, file: &Path, heading: &str, key: &str) -> Place {
        let place = self.heading(file, heading);
        let rest = self.source(file).get(place.span.end..).unwrap_or_default();
        let own = rest.find("\n[").map_or(rest, |end| rest.get(..end).unwrap_or_default());
        let line = own.find(&format!("\n{key}")).map(|at| place.span.end + at + 1);
        line.map_or(place, |at| Place::new(file, at..at + key.len()))
    }

    /// Every list of sources with its file.
    pub(super) fn source_lists(&self) -> impl Iterator<Item = (&'s Path, &'s [raw::Text])> {
        let raw = self.raw;
        let topics = raw.topics.iter().map(|f| (f.path.as_path(), f.raw.sources.as_slice()));
        let flags = raw.red_flags.iter().map(|f| (f.path.as_path(), f.raw.sources.as_slice()));
        let cards = raw.cards.iter().map(|f| (f.path.as_path(), f.raw.sources.as_slice()));
        let rows = raw.combinations.iter().flat_map(|file| {
            let path = file.path.as_path();
            file.raw.combination.iter().map(move |row| (path, row.sources.as_slice()))
        });
        let plans = raw.plans.iter().map(|f| (f.path.as_path(), f.raw.sources.as_slice()));
        topics.chain(flags).chain(cards).chain(rows).chain(plans)
    }

    /// Every text that members read.
    pub(super) fn said(&self) -> Vec<Said<'s>> {
        let raw = self.raw;
        let topics = raw.topics.iter().flat_map(of_topic);
        let flags = raw.red_flags.iter().flat_map(of_flag);
        let rows = raw.combinations.iter().flat_map(|file| {
            let rows = file.raw.combination.iter().enumerate();
            rows.flat_map(|(at, row)| of_combination(&file.path, at, row))
        });
        let cards = raw.cards.iter().flat_map(of_card);
        let questions = raw.questions.iter().flat_map(of_question);
        let plans = raw.plans.iter().flat_map(of_plan);
        topics.chain(flags).chain(rows).chain(cards).chain(questions).chain(plans).collect()
    }
}

fn said<'s>(file: &'s Path, kind: Kind, text: &'s raw::Text) -> Said<'s> {
    Said { file, row: 0, text, kind }
}

fn of_topic(file: &File<raw::Topic>) -> Vec<Said<'_>> {
    let raw = &file.raw;
    let body = [Some(&raw.answer), raw.more.as_ref(), raw.minor.as_ref(), raw.pregnant.as_ref()];
    let body = body.into_iter().flatten().chain(raw.follow_ups.values());
    let body = body.map(|text| said(&file.path, Kind::Body, text));
    body.chain([said(&file.path, Kind::Label, &raw.title)]).collect()
}

fn of_flag(file: &File<raw::RedFlag>) -> Vec<Said<'_>> {
    let raw = &file.raw;
    let fragments = [Some(&raw.name), Some(&raw.sign), raw.short.as_ref(), Some(&raw.reason)];
    let fragments = fragments.into_iter().flatten();
    let fragments = fragments.map(|text| said(&file.path, Kind::Fragment, text));
    let questions = [&raw.question, &raw.question_if_told].into_iter().flatten();
    let question = questions.map(|text| said(&file.path, Kind::Question, text));
    fragments.chain(question).chain([said(&file.path, Kind::Fragment, &raw.advice)]).collect()
}

fn of_combination<'s>(
    file: &'s Path,
    row: usize,
    raw: &'s raw::Combination,
) -> impl Iterator<Item = Said<'s>> {
    let texts = [&raw.sign, &raw.advice].into_iter().chain(&raw.reason);
    texts.map(move |text| Said { row, ..said(file, Kind::Fragment, text) })
}

fn of_card(file: &File<raw::Card>) -> Vec<Said<'_>> {
    let parts = file.raw.parts.values().flatten();
    let parts = parts.filter(|(case, text)| *case != "none" || !text.get_ref().is_empty());
    let parts = parts.map(|(_, text)| said(&file.path, Kind::Fragment, text));
    [said(&file.path, Kind::Body, &file.raw.text)].into_iter().chain(parts).collect()
}

fn of_question(file: &File<raw::Question>) -> Vec<Said<'_>> {
    let labels = file.raw.choices.values().map(|text| said(&file.path, Kind::Label, text));
    let texts = [&file.raw.text].into_iter().chain(&file.raw.text_if_told);
    let texts = texts.chain(&file.raw.text_again);
    texts.map(|text| said(&file.path, Kind::Question, text)).chain(labels).collect()
}

fn of_plan(file: &File<plans::raw::Plan>) -> Vec<Said<'_>> {
    let raw = &file.raw;
    let bodies = raw.steps.iter().enumerate().flat_map(|(row, step)| {
        let says = step.then.iter().filter_map(|rule| rule.say.as_ref());
        step.text.iter().chain(says).map(move |text| (row, text))
    });
    let bodies = bodies.map(|(row, text)| Said { row, ..said(&file.path, Kind::Body, text) });
    let labels = raw.steps.iter().flat_map(|step| step.label.iter().chain(&step.offer));
    let questions = raw.questions.values();
    let choices = questions.clone().flat_map(|question| question.choices.values());
    let labels = labels.chain(choices).map(|text| said(&file.path, Kind::Label, text));
    let questions = questions.map(|one| said(&file.path, Kind::Question, &one.text));
    let asked = raw.how.iter().chain(&raw.seated).chain(&raw.hurts);
    let intro = raw.intro.iter().chain(&raw.sport).chain(asked);
    let intro = intro.map(|text| said(&file.path, Kind::Body, text));
    let name = [said(&file.path, Kind::Fragment, &raw.name)];
    name.into_iter().chain(intro).chain(bodies).chain(questions).chain(labels).collect()
}
