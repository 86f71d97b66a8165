//! What a message says by itself: a bare answer (yes, no, none, not sure, one of the two lists), or
//! something that is kept.

use super::{Answer, course};
use crate::understanding::{About, Claim, Understanding};
use crate::vocabulary::{Fact, Setting, Status};

/// Longest message, in words, that is taken as a bare answer ("no, nothing like that").
pub(super) const BARE_ANSWER: usize = 8;

/// What says the same only where it is the whole message.
pub(super) const fn short_form(fact: Fact) -> Option<Fact> {
    match fact {
        Fact::Yes => Some(Fact::ShortYes),
        Fact::No => Some(Fact::ShortNo),
        Fact::NoneOfThese => Some(Fact::ShortNone),
        _ => None,
    }
}

/// One of the two check lists.
pub(super) fn list_answer(says: &impl Fn(Fact) -> bool) -> Option<Answer> {
    if says(Fact::FirstList) {
        Some(Answer::List1)
    } else if says(Fact::SecondList) {
        Some(Answer::List2)
    } else {
        None
    }
}

/// Yes, no, none or not sure. Doubt goes first: "not sure, no" is no "no".
pub(super) fn plain_answer(says: &impl Fn(Fact) -> bool) -> Option<Answer> {
    if says(Fact::NotSure) {
        Some(Answer::NotSure)
    } else if says(Fact::NoneOfThese) {
        Some(Answer::None)
    } else if says(Fact::No) {
        Some(Answer::No)
    } else if says(Fact::Yes) {
        Some(Answer::Yes)
    } else {
        None
    }
}

/// Whether it takes back what was affirmed, without naming it: "wrong button", "that is only dye".
pub(super) fn takes_back(said: &Understanding) -> bool {
    let says = |fact| said.facts.contains(fact) || said.denied_facts.contains(fact);
    says(Fact::TakesBack) || says(Fact::LooksFine) && said.length <= BARE_ANSWER
}

/// Whether it takes back what sent to a doctor, or says what else it may come from. That only asks.
pub(super) fn explains(said: &Understanding) -> bool {
    let is_it = |claim: &Claim| claim.about == About::Fact(Fact::Explains);
    let told = |claim: &Claim| {
        is_it(claim) && !matches!(claim.status, Status::Hypothetical | Status::Denied)
    };
    takes_back(said) || said.length <= LONGEST_EXPLANATION && said.claims.iter().any(told)
}

/// Longest message, in words, that only explains what sent to a doctor (`club-rule`).
pub(super) const LONGEST_EXPLANATION: usize = 24;
/// Longest message, in words, that only doubts or answers a card (`club-rule`).
const LONGEST_DOUBT: usize = 14;

/// What is said after a card that sends to a doctor, the plainest first.
pub(super) fn after_sending(said: &Understanding) -> Option<Fact> {
    use Fact::{
        AsksIfSure, AsksMeanwhile, AsksNumber, CanWait, Costs, DoctorHasSeen, FarAway, GetsALift,
        HasCalled, InCare, NobodyOpen, ToldToGo, WillNotGo,
    };
    if asks_number(said) {
        return Some(AsksNumber);
    }
    let all = [
        InCare,
        DoctorHasSeen,
        ToldToGo,
        WillNotGo,
        FarAway,
        Costs,
        NobodyOpen,
        CanWait,
        GetsALift,
        AsksMeanwhile,
        HasCalled,
        AsksIfSure,
    ];
    // Who tells of a cramp, or at length, says more than this.
    let tells = said.length > LONGEST_DOUBT || said.is_relevant() && !said.question;
    all.into_iter().find(|fact| said.facts.contains(*fact) && !tells)
}

/// "Which number in Italy?": the question word is the question, and makes nothing a "what if".
fn asks_number(said: &Understanding) -> bool {
    let is_it = |claim: &Claim| claim.about == About::Fact(Fact::AsksNumber);
    said.length <= LONGEST_DOUBT && said.claims.iter().any(is_it)
}

/// "Is 112 right here?", before any card sent there.
pub(super) fn asks_emergency_number(said: &Understanding) -> bool {
    let is_it = |claim: &Claim| claim.about == About::Fact(Fact::EmergencyNumber);
    let told = said.is_relevant() || !tells_nothing(said);
    said.length <= LONGEST_DOUBT && said.claims.iter().any(is_it) && !told
}

pub(super) fn says_now(said: &Understanding) -> bool {
    said.facts.contains(Fact::Now) || said.facts.contains(Fact::StillLocked)
}

pub(super) fn says_source(said: &Understanding) -> bool {
    said.facts.contains(Fact::AsksSource) && said.length <= BARE_ANSWER
}

/// Whether it says something that is kept, or that is not so.
pub(super) fn tells(said: &Understanding) -> bool {
    said.muscle.is_some() || tells_more(said)
}

/// The same, for more than a name: "no, the foot feels odd" only names the foot.
pub(super) fn tells_more(said: &Understanding) -> bool {
    let slots = said.age.is_some() || said.onset.is_some() || said.setting != Setting::Unknown;
    // "Pulled over", to the relief, only makes it another one.
    let more = |fact| is_kept(fact) && !names_side(fact) && fact != Fact::GotOut;
    !tells_nothing(said) || slots || said.facts.iter().any(more)
}

/// Whether it says nothing of signs and of the course of a cramp.
pub(super) fn tells_nothing(said: &Understanding) -> bool {
    let signs = said.raised.union(said.denied).union(said.unsure);
    signs.is_empty() && course::course(said).is_none() && !says_now(said)
}

/// Facts of the talk itself (yes, stop, now) are not kept.
pub(super) fn is_kept(fact: Fact) -> bool {
    !matches!(
        fact,
        Fact::Yes
            | Fact::No
            | Fact::NotSure
            | Fact::NoneOfThese
            | Fact::SomeOfThese
            | Fact::Assent
            | Fact::TakesBack
            | Fact::UnderWay
            | Fact::ShortYes
            | Fact::ShortNo
            | Fact::ShortNone
            | Fact::Healthy
            | Fact::Reservation
            | Fact::LooksFine
            | Fact::NotQuite
            | Fact::Later
            | Fact::FirstList
            | Fact::SecondList
            | Fact::Stop
            | Fact::StartOver
            | Fact::AsksSource
            | Fact::PointsBack
            | Fact::OwnCase
            | Fact::Corrects
            | Fact::CanWait
            | Fact::AsksIfSure
            | Fact::AsksMeanwhile
            | Fact::NobodyOpen
            | Fact::WillNotGo
            | Fact::HasCalled
            | Fact::InCare
            | Fact::ToldToGo
            | Fact::AsksNumber
            | Fact::EmergencyNumber
            | Fact::GetsALift
            | Fact::FarAway
            | Fact::Costs
            | Fact::Skips
            | Fact::DoctorHasSeen
            | Fact::Explains
            | Fact::AsksHelp
            | Fact::InPassing
            | Fact::General
            | Fact::Now
            | Fact::StillLocked
            | Fact::NothingHelps
            | Fact::Released
            | Fact::Over
            | Fact::PlanHurts
            | Fact::PlanHow
            | Fact::PlanSeated
            | Fact::PlanLimit
            | Fact::PlanAbout
            | Fact::PlanWish
            | Fact::PlanShow
            | Fact::PlanAgrees
            | Fact::PlanNotYet
            | Fact::PlanLeave
            | Fact::PlanStop
            | Fact::Unchanged
            | Fact::AllWell
            | Fact::Well
    )
}

/// Whether a fact says no more than which leg it is.
pub(super) const fn names_side(fact: Fact) -> bool {
    use Fact::{BothLegs, BothSides, OneCalf, OneSide, OneSidedCalfPain};
    matches!(fact, OneSide | BothSides | BothLegs | OneSidedCalfPain | OneCalf)
}
