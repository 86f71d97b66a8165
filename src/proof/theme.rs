//! What a walk is about: one red flag, one row of the combination table, or the course of a cramp.

use strum::VariantArray;

use super::message::{COURSE, Spoken, Talk};
use crate::responses::{Responses, Term};
use crate::triage::{Answer, Case, listed};
use crate::vocabulary::{Fact, FactSet, Flag, FlagId, FlagSet, Question, Setting};

/// What a walk is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// The course of a cramp, by the clock.
    Course,
    /// Every slot that a question can fill.
    Slots,
    /// What a cramp left behind, and the schedule that fits.
    Trace,
    /// Check-ins of a plan, at any moment.
    CheckIn,
    /// A red flag.
    Sign(FlagId),
    /// A row of the combination table.
    Row(usize),
}

/// All themes of a set of responses.
#[must_use]
pub fn themes(responses: &Responses) -> Vec<Theme> {
    let flags = (0..responses.flags.len()).filter_map(|at| u8::try_from(at).ok());
    let signs = flags.map(|at| Theme::Sign(FlagId(at)));
    let rows = (0..responses.combinations.len()).map(Theme::Row);
    let first = [Theme::Course, Theme::Slots, Theme::Trace, Theme::CheckIn];
    first.into_iter().chain(signs).chain(rows).collect()
}

/// Talk beside the bare name of a sign.
const NAMING: &[Talk] = &[Talk::Gibberish, Talk::Yes, Talk::No, Talk::None];

/// Talk into which a sign is put when it is told in every way.
const ANY_TALK: &[Talk] = Talk::VARIANTS;
/// Talk into which the course is put. What else it says does not matter to the course, only
/// whether it is about a leg, short, an answer, or something that goes before everything.
const WITH_COURSE: &[Talk] = &[
    Talk::Report,
    Talk::Yes,
    Talk::No,
    Talk::None,
    Talk::Ask,
    Talk::AskBare,
    Talk::Gibberish,
    Talk::Stop,
    Talk::Source,
    Talk::Crisis,
];
/// Talk in which it is denied.
const DENYING: &[Talk] = &[Talk::Report, Talk::No, Talk::AskBare, Talk::Stop, Talk::Source];
/// Talk in which it is hinted at.
const HINTING: &[Talk] =
    &[Talk::Report, Talk::Yes, Talk::No, Talk::None, Talk::Ask, Talk::Stop, Talk::Source];

impl Theme {
    /// Whether the timers of a cramp run in this walk. A timer looks at no sign but the tight
    /// muscle and the cramp that does not let go, and these come up in the course by themselves.
    pub(super) fn has_timers(self) -> bool {
        self == Self::Course
    }

    /// Whether a message is left to another walk: a second cramp belongs to the course.
    pub(super) fn leaves(self, spoken: &Spoken, case: &Case) -> bool {
        let again = spoken.said.facts.contains(Fact::Now) && case.now == Some(false);
        again && matches!(self, Self::Sign(_) | Self::Row(_))
    }

    /// Whether a plan runs in this walk.
    pub(super) fn is_on_plan(self) -> bool {
        self == Self::CheckIn
    }

    /// Whether a second sign goes along: once for a sign on the lists, and for one that is not.
    fn has_companion(self) -> bool {
        let signs = [Flag::Weakness, Flag::HeatOrOverdrinking];
        matches!(self, Self::Sign(flag) if signs.iter().any(|sign| flag == FlagId::from(*sign)))
    }

    /// What is said of the course of a cramp in this walk.
    fn course(self) -> &'static [Fact] {
        match self {
            Self::Course => COURSE,
            Self::Slots => &[Fact::Released],
            Self::CheckIn | Self::Trace | Self::Sign(_) | Self::Row(_) => {
                &[Fact::Now, Fact::Released]
            }
        }
    }

    /// The signs that are picked from a list in this walk.
    pub(super) fn signs(self, responses: &Responses) -> Vec<FlagId> {
        let on_list = listed(responses);
        match self {
            Self::Slots => on_list.iter().collect(),
            Self::Sign(flag) => on_list.iter().filter(|on| *on == flag).collect(),
            Self::Course | Self::Trace | Self::CheckIn | Self::Row(_) => Vec::new(),
        }
    }

    /// Whether an answer is given in this walk. Which circumstance holds, when it hits, and whether
    /// it is sore have their own walks; in the others one answer stands for all.
    pub(super) fn takes(self, question: Question, answer: Answer) -> bool {
        let plain = matches!(answer, Answer::None | Answer::No);
        match (self, question) {
            (Self::Slots, Question::When) => true,
            (_, Question::When) => answer == Answer::Running,
            (Self::Course, Question::Context) => plain,
            (Self::Course, Question::Check) => answer != Answer::NotSure,
            (Self::Course, Question::PlanOffer) => answer != Answer::Yes,
            (Self::Course, _) => true,
            (Self::Slots, Question::Context) => {
                plain || matches!(answer, Answer::ClotRisk | Answer::NotSure)
            }
            (Self::Slots, Question::Released) => answer == Answer::Yes,
            (Self::Slots, Question::PlanOffer) => answer != Answer::Yes,
            (Self::Slots, _) => true,
            (Self::Trace | Self::CheckIn, Question::Context) => plain,
            (Self::Trace, Question::Check) => plain,
            (Self::Trace | Self::CheckIn, _) => true,
            (Self::Sign(flag), Question::Context) => plain || circumstance(answer) == Some(flag),
            (Self::Row(_), Question::Context) => plain,
            (Self::Sign(flag), Question::Check) if is_likeliest(flag) => true,
            (Self::Sign(_) | Self::Row(_), Question::Check) => answer != Answer::NotSure,
            (Self::Sign(_) | Self::Row(_), Question::PlanOffer) => answer != Answer::Yes,
            (Self::Sign(_) | Self::Row(_), _) => true,
        }
    }

    /// Whether time goes by after the advice.
    pub(super) const fn has_later(self) -> bool {
        match self {
            Self::Slots | Self::Trace | Self::CheckIn => true,
            Self::Course | Self::Sign(_) | Self::Row(_) => false,
        }
    }

    /// Facts that are told apart in this walk: those that decide something, and those of the row.
    pub(super) fn facts(self, responses: &Responses) -> FactSet {
        let decide = [
            Fact::SecondCramp,
            Fact::ComesAndGoes,
            Fact::Over15Minutes,
            Fact::Over24Hours,
            Fact::OneSidedCalfPain,
            Fact::OneCalf,
            Fact::NoClearCramp,
            Fact::AgeOver50,
            Fact::BothSides,
            Fact::ShortAndPainless,
            Fact::BigEffort,
            Fact::Headache,
            Fact::PreEclampsia,
        ];
        let row = match self {
            Self::Row(at) => responses.combinations.get(at),
            Self::Course | Self::Slots | Self::Trace | Self::CheckIn | Self::Sign(_) => None,
        };
        let terms = row.into_iter().flat_map(|row| row.when.iter().flatten());
        let own = terms.filter_map(|term| match term {
            Term::Fact(fact) => Some(*fact),
            Term::Flag(_) => None,
        });
        let mut facts = FactSet::default();
        decide.into_iter().chain(own).for_each(|fact| facts.insert(fact));
        facts
    }

    /// Messages that are tried in every state of this walk, and followed in their own.
    pub(super) fn probes(self, responses: &Responses) -> Vec<Spoken> {
        let talk = Spoken::plain(responses, Talk::Remark);
        let flags = (0..responses.flags.len()).filter_map(|at| u8::try_from(at).ok()).map(FlagId);
        let signs = flags.map(|flag| talk.clone().raising(&name(responses, flag), flag));
        let rows = responses.combinations.iter().map(|row| {
            let terms: Vec<Term> = row.when.iter().filter_map(|t| t.first().copied()).collect();
            tell(responses, Talk::Remark, &terms)
        });
        match self {
            Self::Course | Self::Slots | Self::Trace | Self::CheckIn => {
                let taken_back = talk.clone().fact(Fact::TakesBack);
                signs.chain(rows).chain([taken_back]).collect()
            }
            Self::Sign(_) | Self::Row(_) => Vec::new(),
        }
    }

    /// The messages of this walk.
    pub(super) fn spoken(self, responses: &Responses) -> Vec<Spoken> {
        let plain = |talk: &Talk| Spoken::plain(responses, *talk);
        let mut spoken: Vec<Spoken> = Talk::VARIANTS.iter().map(plain).collect();
        let told = self.course().iter();
        spoken.extend(told.map(|fact| plain(&Talk::Remark).fact(*fact)));
        spoken.push(plain(&Talk::Remark).denying("anything of both lists", listed(responses)));
        spoken.push(plain(&Talk::Report).of_another());
        match self {
            Self::Course => spoken.extend(course(responses)),
            Self::Slots => spoken.extend(slots(responses)),
            Self::Trace => spoken.extend(trace(responses)),
            Self::CheckIn => {}
            Self::Sign(flag) => {
                spoken.extend(sign(responses, flag, self.course()));
                if self.has_companion() {
                    spoken.push(plain(&Talk::Report).past(&name(responses, flag), flag));
                    spoken.extend(companion(responses));
                }
            }
            Self::Row(at) => spoken.extend(row(responses, at)),
        }
        spoken
    }
}

/// Every kind of talk with everything said of the course.
fn course(responses: &Responses) -> Vec<Spoken> {
    let plain = |talk: Talk| Spoken::plain(responses, talk);
    let told =
        WITH_COURSE.iter().flat_map(|talk| COURSE.iter().map(|fact| plain(*talk).fact(*fact)));
    let on = plain(Talk::Report).fact(Fact::Now).of_another();
    told.chain([plain(Talk::Remark).locked_for(20), on]).collect()
}

/// What fills the slots.
fn slots(responses: &Responses) -> Vec<Spoken> {
    let plain = |talk: Talk| Spoken::plain(responses, talk);
    let told = [Talk::Report, Talk::Ask].into_iter();
    let told =
        told.flat_map(|talk| [plain(talk).setting(Setting::Nocturnal), plain(talk).yesterday()]);
    let calf = plain(Talk::Report).fact(Fact::OneSidedCalfPain).fact(Fact::NoClearCramp);
    let older = plain(Talk::Report).fact(Fact::OneCalf).fact(Fact::AgeOver50);
    told.chain([calf, older]).collect()
}

/// What a cramp left behind.
fn trace(responses: &Responses) -> Vec<Spoken> {
    let plain = |talk: Talk| Spoken::plain(responses, talk);
    let told = [Talk::Report, Talk::Ask, Talk::Remark].into_iter();
    let facts = [Fact::Sore, Fact::ShortAndPainless];
    told.flat_map(|talk| facts.map(|fact| plain(talk).fact(fact))).collect()
}

/// One sign told, denied, hinted at and past, in every kind of talk.
fn sign(responses: &Responses, flag: FlagId, course: &[Fact]) -> Vec<Spoken> {
    let plain = |talk: Talk| Spoken::plain(responses, talk);
    let name = name(responses, flag);
    let own: FlagSet = [flag].into_iter().collect();
    let told = ANY_TALK.iter().map(|talk| plain(*talk).raising(&name, flag));
    let denied = DENYING.iter().map(|talk| plain(*talk).denying(&name, own));
    let hinted = HINTING.iter().map(|talk| plain(*talk).doubting(&name, flag));
    let named = NAMING.iter().map(|talk| plain(*talk).naming(&name, flag));
    let course = course.iter().map(|fact| plain(Talk::Remark).fact(*fact)).flat_map(|spoken| {
        [
            spoken.clone().raising(&name, flag),
            spoken.clone().denying(&name, own),
            spoken.doubting(&name, flag),
        ]
    });
    told.chain(denied).chain(hinted).chain(named).chain(course).collect()
}

/// Another sign beside it.
fn companion(responses: &Responses) -> Vec<Spoken> {
    let plain = |talk: Talk| Spoken::plain(responses, talk);
    let other = FlagId::from(Flag::Bruising);
    let name = name(responses, other);
    let others = [other].into_iter().collect();
    vec![
        plain(Talk::Report).raising(&name, other),
        plain(Talk::Report).doubting(&name, other),
        plain(Talk::Remark).denying(&name, others),
    ]
}

fn name(responses: &Responses, flag: FlagId) -> String {
    responses.flag(flag).map_or_else(String::new, |flag| flag.name.to_lowercase())
}

/// The terms of a row: all at once with each alternative, and in two parts.
fn row(responses: &Responses, at: usize) -> Vec<Spoken> {
    let Some(row) = responses.combinations.get(at) else { return Vec::new() };
    let first: Vec<Term> = row.when.iter().filter_map(|terms| terms.first().copied()).collect();
    let tell = |talk: Talk, terms: &[Term]| tell(responses, talk, terms);
    let mut spoken: Vec<Spoken> = ANY_TALK.iter().map(|talk| tell(*talk, &first)).collect();
    for (group, terms) in row.when.iter().enumerate() {
        for term in terms {
            let mut whole = first.clone();
            whole.splice(group..=group, [*term]);
            spoken.push(tell(Talk::Remark, &whole));
        }
    }
    for part in 0..first.len() {
        let (before, after) = (&first[..part], &first[part + 1..]);
        spoken.push(tell(Talk::Report, &[before, after].concat()));
        spoken.push(tell(Talk::Report, &first[part..=part]));
    }
    spoken
}

/// A message with some terms of a row.
fn tell(responses: &Responses, talk: Talk, terms: &[Term]) -> Spoken {
    let spoken = Spoken::plain(responses, talk);
    terms.iter().fold(spoken, |spoken, term| match term {
        Term::Flag(flag) => spoken.raising(&name(responses, *flag), *flag),
        Term::Fact(fact) => spoken.fact(*fact),
    })
}

/// The signs that are asked about when the lists were answered "not sure".
fn is_likeliest(flag: FlagId) -> bool {
    let likeliest = [Flag::Swelling, Flag::ColdOrPaleFoot];
    likeliest.iter().any(|sign| flag == FlagId::from(*sign))
}

/// The circumstance that an answer names.
fn circumstance(answer: Answer) -> Option<FlagId> {
    let flag = match answer {
        Answer::Minor => Flag::Child,
        Answer::Pregnant => Flag::Pregnancy,
        Answer::Medicine => Flag::Medication,
        Answer::Condition => Flag::Condition,
        Answer::Recurrent => Flag::Recurrent,
        Answer::ClotRisk => Flag::ClotRisk,
        _ => return None,
    };
    Some(flag.into())
}
