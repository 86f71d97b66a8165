//! Something a message says of a flag or a fact, and when it holds.

use std::ops::Range;

use crate::message::Words;
use crate::responses::Role;
use crate::vocabulary::{Fact, Flag, FlagId, Status, Urgency};

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
