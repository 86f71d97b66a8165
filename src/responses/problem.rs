//! What is wrong with response files: every fault with its place, its cause and the remedy.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

/// A place in a file, in bytes; an empty range at 0 stands for the file as a whole, which may be
/// missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, as seen from the folder of response files.
    pub file: PathBuf,
    /// The bytes.
    pub span: Range<usize>,
}

impl Place {
    /// A place in a file.
    #[must_use]
    pub fn new(file: &Path, span: Range<usize>) -> Self {
        Self { file: file.to_owned(), span }
    }

    /// Some bytes of a text that stands at `span` of a file, found again as they are written there;
    /// the whole text where they are not.
    #[must_use]
    pub fn part(
        file: &Path,
        source: &str,
        span: &Range<usize>,
        text: &str,
        part: Range<usize>,
    ) -> Self {
        let written = source.get(span.clone()).unwrap_or_default();
        let whole = written.find(text).map(|start| start + part.start);
        let at = whole.or_else(|| written.find(text.get(part.clone())?));
        let at = at.map(|at| span.start + at..span.start + at + part.len());
        Self::new(file, at.unwrap_or_else(|| span.clone()))
    }

    /// A file as a whole.
    #[must_use]
    pub fn whole(file: &Path) -> Self {
        Self::new(file, 0..0)
    }
}

impl PartialOrd for Problem {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Problem {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |p: &Self| (p.place.file.clone(), p.place.span.start, p.what.clone());
        key(self).cmp(&key(other))
    }
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What is wrong: lower case, no full stop.
    pub what: String,
    /// A second place that belongs to it, and what is there.
    pub also: Option<(Place, String)>,
    /// What to do about it.
    pub remedy: String,
}

impl Problem {
    /// A fault with its remedy.
    #[must_use]
    pub fn new(place: Place, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { place, what: what.into(), also: None, remedy: remedy.into() }
    }

    /// The file it is in, and what is wrong without the names in it.
    fn kind(&self) -> (&Path, String) {
        let around: Vec<&str> = self.what.split('`').step_by(2).collect();
        (&self.place.file, around.join("`...`"))
    }

    /// The same with a second place.
    #[must_use]
    pub fn also(mut self, place: Place, what: impl Into<String>) -> Self {
        self.also = Some((place, what.into()));
        self
    }
}

/// Most faults of one file that are shown in full where they differ only in what they name.
const MOST_ALIKE: usize = 5;

/// All faults of a set of files, sorted by place, with the texts to show them in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    list: Vec<Problem>,
    texts: BTreeMap<PathBuf, String>,
}

impl Problems {
    /// Sorts the faults and keeps the texts of the files they are in.
    #[must_use]
    pub fn new(mut list: Vec<Problem>, files: &[(PathBuf, String)]) -> Self {
        list.sort();
        list.dedup();
        Self { list, texts: files.iter().cloned().collect() }
    }

    /// The faults in order.
    #[must_use]
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    fn show(&self, problem: &Problem) -> String {
        let mut group = Group::with_title(Level::ERROR.primary_title(problem.what.as_str()));
        group = group.element(self.snippet(&problem.place, AnnotationKind::Primary, ""));
        if let Some((place, what)) = &problem.also {
            group = group.element(self.snippet(place, AnnotationKind::Context, what));
        }
        group = group.element(Level::HELP.message(problem.remedy.as_str()));
        Renderer::plain().render(&[group])
    }

    /// The lines of a place; only the path of a file as a whole.
    fn snippet<'p>(
        &'p self,
        place: &'p Place,
        kind: AnnotationKind,
        label: &'p str,
    ) -> Element<'p> {
        let path = place.file.to_string_lossy().into_owned();
        let text = self.texts.get(&place.file).map_or("", String::as_str);
        if place.span == (0..0) || text.is_empty() {
            return Origin::path(path).into();
        }
        let end = place.span.end.min(text.len());
        let span = place.span.start.min(end)..end;
        let annotation =
            if label.is_empty() { kind.span(span) } else { kind.span(span).label(label) };
        Snippet::source(text).path(path).annotation(annotation).into()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown: BTreeMap<(&Path, String), usize> = BTreeMap::new();
        for problem in &self.list {
            let seen = shown.entry(problem.kind()).or_default();
            *seen += 1;
            if *seen <= MOST_ALIKE {
                writeln!(f, "{}\n", self.show(problem))?;
            }
        }
        for ((file, kind), count) in shown.iter().filter(|(_, count)| **count > MOST_ALIKE) {
            let more = count - MOST_ALIKE;
            writeln!(f, "and {more} more in `{}`: {kind}\n", file.display())?;
        }
        let count = self.list.len();
        let faults = if count == 1 { "fault" } else { "faults" };
        write!(f, "{count} {faults} in the response files")
    }
}

impl std::error::Error for Problems {}

/// "did you mean `x`?" when one of the known names is near, else those to choose from.
#[must_use]
pub fn did_you_mean<'n>(typed: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_unstable();
    known.dedup();
    let all = || format!("one of: {}", known.join(", "));
    nearest(typed, known.iter().copied()).map_or_else(all, meant)
}

/// The same where there are too many to choose from: when none is near, what else to do.
#[must_use]
pub fn did_you_mean_or<'n>(
    typed: &str,
    known: impl IntoIterator<Item = &'n str>,
    otherwise: impl Into<String>,
) -> String {
    nearest(typed, known).map_or_else(|| otherwise.into(), meant)
}

fn meant(near: &str) -> String {
    format!("did you mean `{near}`?")
}

/// The known name that was most likely meant, if any is near.
#[must_use]
pub fn nearest<'n>(typed: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let scored = known.into_iter().map(|name| (likeness(typed, name), name));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(score, _)| *score > 0.8).map(|(_, name)| name)
}

/// How like two names are. One letter wrong, missing, too many, or two swapped is a slip, however
/// short the name.
fn likeness(typed: &str, name: &str) -> f64 {
    let slip = typed.len() > 2 && strsim::osa_distance(typed, name) == 1;
    strsim::jaro_winkler(typed, name) + f64::from(u8::from(slip))
}
