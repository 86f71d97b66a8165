//! What is wrong with response files: every fault with its place, its cause and the remedy.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// A place in a file, in bytes; an empty range at 0 stands for the file as a whole.
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

    /// The same with a second place.
    #[must_use]
    pub fn also(mut self, place: Place, what: impl Into<String>) -> Self {
        self.also = Some((place, what.into()));
        self
    }
}

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

    fn snippet<'p>(
        &'p self,
        place: &'p Place,
        kind: AnnotationKind,
        label: &'p str,
    ) -> Snippet<'p, annotate_snippets::Annotation<'p>> {
        let text = self.texts.get(&place.file).map_or("", String::as_str);
        let end = place.span.end.min(text.len());
        let span = place.span.start.min(end)..end;
        let annotation =
            if label.is_empty() { kind.span(span) } else { kind.span(span).label(label) };
        Snippet::source(text).path(place.file.to_string_lossy().into_owned()).annotation(annotation)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.list {
            writeln!(f, "{}\n", self.show(problem))?;
        }
        let count = self.list.len();
        let faults = if count == 1 { "fault" } else { "faults" };
        write!(f, "{count} {faults} in the response files")
    }
}

impl std::error::Error for Problems {}

/// "did you mean `x`?" when one of the known names is near, else a list of them.
#[must_use]
pub fn did_you_mean<'n>(typed: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_unstable();
    let near = known
        .iter()
        .max_by(|a, b| strsim::jaro_winkler(typed, a).total_cmp(&strsim::jaro_winkler(typed, b)));
    match near {
        Some(near) if strsim::jaro_winkler(typed, near) > 0.8 => format!("did you mean `{near}`?"),
        Some(_) if known.len() <= 12 => format!("one of: {}", known.join(", ")),
        Some(_) | None => format!("there are {} to choose from", known.len()),
    }
}
