//! Something a message says of a flag or a fact, and when it holds.

use std::ops::Range;

use super::Reader;
use super::context::Context;
use super::cues::{is_of_years, overlaps};
use super::subject::Subjects;
use crate::message::Words;
use crate::phrases::Found;
use crate::responses::{Role, Sign};
use crate::vocabulary::{Fact, Flag, FlagId, Status, Urgency};

/// Most words of what is denied before an "and", and of what stands between that and the next sign
/// (`club-rule`).
const A_PHRASE: usize = 4;

/// How words begin that tell of something wrong, by whatever name.
const TROUBLES: [&str; 14] = [
    "symptom",
    "sign",
    "issue",
    "problem",
    "trouble",
    "injur",
    "illness",
    "rash",
    "lump",
    "stiff",
    "tight",
    "complaint",
    "wound",
    "bleed",
];

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// A red flag.
    Flag(FlagId),
    /// A fact.
    Fact(Fact),
}

/// Something a message says, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What is claimed.
    pub about: About,
    /// What is said of it.
    pub status: Status,
    /// Too little to raise a flag, enough to ask.
    pub unsure: bool,
    /// The evidence, in bytes of the message.
    pub span: Range<usize>,
    /// The words that set the status, in bytes of the message.
    pub cue: Option<Range<usize>>,
    /// The evidence, in prepared words.
    pub(super) tokens: Range<usize>,
}

impl Claim {
    /// A claim without its evidence.
    #[must_use]
    pub const fn bare(about: About, status: Status) -> Self {
        Self { about, status, unsure: false, span: 0..0, cue: None, tokens: 0..0 }
    }
}

/// What a find says of its flag or fact: "can walk fine" denies that somebody cannot walk. Anything
/// that is said of being fine ("not fine", "perhaps fine") says nothing.
pub(super) const fn status_of(role: Role, said: Status) -> Option<Status> {
    match (role, said) {
        (Role::Fine, Status::Affirmed) => Some(Status::Denied),
        (Role::Fine, _) => None,
        _ => Some(said),
    }
}

/// A condition, a trait or a past clot stays true, and an answer is given now ("yep, gone").
pub(super) fn stays_true(about: About) -> bool {
    use Flag::{Child, ClotRisk, Condition, ExertionalSickling, Pregnancy};
    let lasting = [Condition, ClotRisk, Pregnancy, Child, ExertionalSickling];
    match about {
        About::Flag(flag) => flag.core().is_some_and(|flag| lasting.contains(&flag)),
        About::Fact(fact) => {
            use Fact::{Assent, No, NoneOfThese, NotSure, Yes};
            matches!(fact, Yes | No | NotSure | NoneOfThese | Assent)
        }
    }
}

/// What is said of a find.
struct Said {
    status: Status,
    /// The words that say so.
    cue: Option<Range<usize>>,
    /// Whether it seems to be denied and may stand all the same: it is asked about.
    asked: bool,
}

impl Said {
    /// It seems to be denied and may stand.
    const fn asked() -> Self {
        Self { status: Status::Affirmed, cue: None, asked: true }
    }
}

impl Reader<'_> {
    /// Every find of a flag or fact that is no look-alike, with what is said of it.
    pub(super) fn claims(&self, context: &Context<'_>, subjects: &Subjects) -> Vec<Claim> {
        let mut claims = Vec::with_capacity(self.found.len() / 4);
        let mut doubts = Vec::new();
        for hit in self.found {
            let (about, role) = match hit.owner {
                Sign::Flag(flag, role) => (About::Flag(flag), role),
                Sign::Fact(fact, role) => (About::Fact(fact), role),
                Sign::Topic(..) | Sign::FollowUp(..) | Sign::Cue(..) | Sign::End => continue,
            };
            if matches!(role, Role::Not | Role::Answer | Role::Explains) || self.is_look_alike(hit)
            {
                continue;
            }
            let Said { status: said, cue, asked } = self.said_of(context, about, hit, role);
            let Some(mut status) = status_of(role, said) else { continue };
            let else_ = subjects.is_someone_else(hit.tokens.end.saturating_sub(1));
            let holds = status.raises() || status == Status::Past;
            let flag = matches!(about, About::Flag(_));
            // What somebody else does not have says nothing of the one who writes.
            let denied =
                flag && status == Status::Denied && subjects.is_someone_else(hit.tokens.start);
            if denied || else_ && holds && Subjects::drops(self.words, about, &hit.tokens) {
                status = Status::SomeoneElse;
            }
            let long_over = about == About::Flag(Flag::Pregnancy.into())
                && cue.as_ref().is_some_and(|time| is_of_years(self.words, time));
            if status == Status::Past && stays_true(about) && !long_over {
                status = Status::Affirmed;
            }
            let claims = if asked { &mut doubts } else { &mut claims };
            claims.push(Claim {
                about,
                status,
                unsure: role.is_unsure() || asked,
                span: self.words.source(hit.tokens.clone()),
                cue: cue.map(|tokens| self.words.source(tokens)),
                tokens: hit.tokens.clone(),
            });
        }
        // Of two finds of the same words the one that is sure counts, and one that raises a sign.
        let raises = |c: &Claim| c.status.raises();
        let place = |c: &Claim| (c.about, c.tokens.start, c.tokens.end, c.unsure, !raises(c));
        claims.sort_by_key(place);
        claims.dedup_by(|a, b| a.about == b.about && a.tokens == b.tokens);
        soften(&mut claims);
        if !doubts.is_empty() {
            claims.extend(doubts);
            claims.sort_by_key(place);
        }
        claims
    }

    /// What is said of a find. What only seems to be denied stands.
    fn said_of(&self, context: &Context<'_>, about: About, hit: &Found<Sign>, role: Role) -> Said {
        let (status, cue) = context.status(&hit.tokens, role.denies());
        let denied = status == Status::Denied;
        let Some(no) = cue.as_ref().filter(|_| denied) else {
            let asked = denied && self.denies_one_half(context, about, hit);
            return if asked { Said::asked() } else { Said { status, cue, asked } };
        };
        let anew = self.begins_anew(context, about, hit, no);
        if anew && self.begins_a_sign(no.start) || self.answers_lists(about, hit, no) {
            Said { status: Status::Affirmed, cue: None, asked: false }
        } else if anew || self.denies_one_half(context, about, hit) {
            Said::asked()
        } else {
            Said { status, cue, asked: false }
        }
    }

    /// "Hot but not swollen", "not cold, just blue", found as one: the "no" is said of one half, and the
    /// other names the sign by itself.
    fn denies_one_half(&self, context: &Context<'_>, about: About, hit: &Found<Sign>) -> bool {
        let of_two = [Flag::RednessOrWarmth, Flag::ColdOrPaleFoot].map(FlagId::from);
        let About::Flag(flag) = about else { return false };
        let stands = |name: &Found<Sign>| {
            let tokens = &name.tokens;
            name.owner == Sign::Flag(flag, Role::Answer)
                && hit.tokens.start <= tokens.start
                && tokens.end <= hit.tokens.end
                && context.status(tokens, false).0 == Status::Affirmed
        };
        of_two.contains(&flag) && self.found.iter().any(stands)
    }

    /// "Not sweating and arguing with a tree", "no sleep and chest pain": what is denied is no sign and no
    /// pain, so the "and" may begin something else.
    fn begins_anew(
        &self,
        context: &Context<'_>,
        about: About,
        hit: &Found<Sign>,
        no: &Range<usize>,
    ) -> bool {
        let About::Flag(flag) = about else { return false };
        let start = hit.tokens.start;
        let near = (no.end + 1)..start.min(no.end + A_PHRASE + 1);
        let Some(and) = near.into_iter().find(|at| self.words.at(*at) == "and") else {
            return false;
        };
        let pressing = flag.core().is_none_or(|flag| flag.floor() >= Urgency::Urgent);
        pressing
            && start - and <= A_PHRASE
            && context.is_told_anew(and, &hit.tokens)
            && (self.begins_a_sign(no.start) || !self.names_trouble(no.end..and))
    }

    /// "Not sweating": the "not" is part of a sign, and denies none.
    fn begins_a_sign(&self, at: usize) -> bool {
        let own = |sign: &Found<Sign>| matches!(sign.owner, Sign::Flag(_, role) if role.denies());
        self.found.iter().any(|sign| sign.tokens.start == at && own(sign))
    }

    /// Whether some words are of a sign, of a pain, or of anything else that may be wrong.
    fn names_trouble(&self, words: Range<usize>) -> bool {
        let lists = &self.responses.lists;
        let hurts = lists.pain | lists.cramp | lists.leg | lists.clot;
        let wrong = |at: usize| TROUBLES.iter().any(|word| self.words.at(at).starts_with(word));
        let sign = |hit: &Found<Sign>| match hit.owner {
            Sign::Flag(_, role) => !matches!(role, Role::Not | Role::Explains) && !role.denies(),
            _ => false,
        };
        words.clone().any(|at| self.reading.lists_at(at) & hurts != 0 || wrong(at))
            || self.found.iter().any(|hit| overlaps(&hit.tokens, &words) && sign(hit))
    }

    /// "It's gone, none of those": that answers the lists, and takes back nothing of how the cramp went.
    fn answers_lists(&self, about: About, hit: &Found<Sign>, cue: &Range<usize>) -> bool {
        let of_course =
            matches!(about, About::Fact(Fact::Released | Fact::Over | Fact::StillLocked));
        let behind = hit.tokens.end <= cue.start;
        of_course && behind && matches!(self.words.at(cue.start), "none" | "nothing" | "neither")
    }
}

/// What is to be asked in more words knows more than what is sure in some of these: "always a bit
/// breathless" beside "breathless".
fn soften(claims: &mut [Claim]) {
    let asked: Vec<(About, Range<usize>)> = claims
        .iter()
        .filter(|claim| claim.unsure && claim.status.raises())
        .map(|claim| (claim.about, claim.tokens.clone()))
        .collect();
    for claim in claims.iter_mut().filter(|claim| !claim.unsure) {
        let covers = |(about, tokens): &(About, Range<usize>)| {
            *about == claim.about
                && tokens.len() > claim.tokens.len()
                && tokens.start <= claim.tokens.start
                && claim.tokens.end <= tokens.end
        };
        claim.unsure = asked.iter().any(covers);
    }
}

/// "…, all good now": signs said before it in the past tense are over. What stands for weeks is not.
pub(super) fn settle_past(claims: &mut [Claim], words: &Words) {
    settle_gone(claims, words);
    let over = claims
        .iter()
        .filter(|c| c.about == About::Fact(Fact::Over) && c.status == Status::Affirmed)
        .map(|claim| claim.tokens.start)
        .max();
    let Some(over) = over else { return };
    for claim in claims.iter_mut() {
        let About::Flag(flag) = claim.about else { continue };
        let lasting = flag.core().is_none_or(|flag| flag.floor() < Urgency::Urgent);
        let fainted = flag.core() == Some(Flag::CollapseOrConfusion);
        let present = fainted || is_present(words, claim.tokens.clone());
        if claim.tokens.end <= over && claim.status.raises() && !lasting && !present {
            claim.status = Status::Past;
        }
    }
}

/// "It did swell up. Since Wednesday the swelling has gone down": the later word on a sign counts.
fn settle_gone(claims: &mut [Claim], words: &Words) {
    let is_gone = |claim: &Claim| {
        let after = claim.cue.as_ref().is_some_and(|cue| cue.start >= claim.span.end);
        claim.status == Status::Past && after
    };
    let gone: Vec<(About, usize)> =
        claims.iter().filter(|c| is_gone(c)).map(|c| (c.about, c.tokens.start)).collect();
    for claim in claims.iter_mut() {
        let later = |(about, at): &(About, usize)| *about == claim.about && claim.tokens.end <= *at;
        let flag = matches!(claim.about, About::Flag(_));
        let settled = flag && claim.status.raises() && gone.iter().any(later);
        if settled && !is_present(words, claim.tokens.clone()) {
            claim.status = Status::Past;
        }
    }
}

/// Whether the clause around a claim is in the present tense.
fn is_present(words: &Words, tokens: Range<usize>) -> bool {
    let from = tokens.start.saturating_sub(3);
    (from..tokens.end + 3).any(|at| {
        matches!(
            words.at(at),
            "is" | "are"
                | "now"
                | "still"
                | "keeps"
                | "today"
                | "its"
                | "am"
                | "im"
                | "since"
                | "has"
                | "have"
                | "cant"
                | "ive"
        )
    })
}
