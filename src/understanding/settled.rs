//! What the claims of a message come to: what is raised, denied and to be asked, and all that follows
//! from it.

use std::ops::Range;

use super::context::Context;
use super::cues::names_exception;
use super::subject::{Subject, Subjects};
use super::{
    About, Claim, Onset, Person, Reader, Understanding, answering, learned_opinion, plainly,
    setting, slots, under_way,
};
use crate::message::Boundary;
use crate::phrases::{Kinds, Quantity};
use crate::responses::{Role, Sign, Term};
use crate::vocabulary::{Fact, Flag, FlagId, FlagSet, Status};

/// Most words of a message that tells of one thing (`club-rule`).
const A_LINE: usize = 12;
/// Most words of a message in which years told of a sign leave it in doubt (`club-rule`).
const A_REMARK: usize = 16;
/// Minutes of a year.
const A_YEAR: f64 = 525_600.0;

impl Reader<'_> {
    /// What the claims come to, with all that follows from them.
    pub(super) fn settled(
        &self,
        claims: &[Claim],
        context: &Context<'_>,
        subjects: &Subjects,
    ) -> Understanding {
        let mut understanding = Understanding {
            has_words: !self.words.tokens().is_empty(),
            length: self.words.tokens().len(),
            for_other: subjects.patient == Subject::Other,
            setting: setting::of(self, context, claims),
            person: Person::of(self, subjects),
            bare_age: answering::bare_age(self.words, &self.known, self.reading),
            bare_minutes: answering::bare_minutes(self.words, &self.known, self.reading),
            named: self.named(context),
            explained: self.explained(context),
            of_mine: context.cases.any()
                || (1..self.words.tokens().len()).any(|at| names_exception(self.words, at)),
            after_no: answering::after_no(self.words, &self.known, claims),
            plainly: plainly::plainly(self, claims),
            ..Understanding::default()
        };
        tally(claims, &mut understanding);
        self.child_of_a_request(claims, &mut understanding);
        self.confirm(&mut understanding);
        self.doubt_both_sides(&mut understanding);
        self.doubt_what_is_old(claims, &mut understanding);
        walk_with_a_limp(claims, &mut understanding);
        slots::fill(self, subjects, claims, &mut understanding);
        self.doubt_what_is_young(claims, &mut understanding);
        self.doubt_what_just_began(&mut understanding);
        if under_way::is_on(self, claims, &understanding) || under_way::calls(self.words, claims) {
            understanding.facts.insert(Fact::Now);
        }
        self.doubt_what_a_cramp_does(&mut understanding);
        let guessed = understanding.raised.iter().filter(|flag| !self.is_found(*flag));
        understanding.guessed = guessed.collect();
        understanding.tense = under_way::tense(self, &understanding);
        understanding
    }

    /// Whether a phrase finds a sign, whatever is said of it.
    pub(super) fn is_found(&self, flag: FlagId) -> bool {
        self.found.iter().any(
            |hit| matches!(hit.owner, Sign::Flag(own, role) if own == flag && !matches!(role, Role::Not | Role::Explains)),
        )
    }

    /// What is too little alone counts together with another sign ("sickle trait" with weak legs).
    fn confirm(&self, into: &mut Understanding) {
        // "Sickle cell trait here" sounds like all that the trait may lead to: few words tell of what
        // confirms it only where a phrase finds that.
        let heard = |flag: &FlagId| self.is_found(*flag) || learned_opinion::is_long(self);
        let told: FlagSet = into.raised.iter().filter(heard).collect();
        let holds = |term: &Term| term.holds(told, into.facts);
        let confirmed: FlagSet = into
            .unsure
            .iter()
            .filter(|id| {
                // What no phrase finds in few words may sound like it because of that other sign.
                let heard = self.is_found(*id) || learned_opinion::is_long(self);
                let flag = self.responses.flag(*id).filter(|_| heard);
                flag.is_some_and(|flag| flag.confirmed_by.iter().any(holds))
            })
            .collect();
        into.raised = into.raised.union(confirmed);
        into.unsure = into.unsure.without(confirmed);
    }

    /// "Both feet are cold", "both ankles are puffy": what is told by comparing one side with the other
    /// is asked about where both are named, in few words that tell of nothing else. Both legs swollen
    /// is more than puffy.
    fn doubt_both_sides(&self, into: &mut Understanding) {
        let says = |fact| into.facts.contains(fact);
        let both = says(Fact::BothSides) && !says(Fact::OneSide);
        if !both || into.length > A_LINE || into.raised.iter().count() > 1 {
            return;
        }
        let mut words = self.words.tokens().iter().map(|token| self.words.word(token));
        let mild = words
            .any(|word| word.starts_with("puff") || matches!(word, "bit" | "little" | "slightly"));
        for (flag, doubtful) in [(Flag::ColdOrPaleFoot, true), (Flag::Swelling, mild)] {
            let flag = FlagId::from(flag);
            if doubtful && into.raised.contains(flag) {
                into.raised.remove(flag);
                into.unsure.insert(flag);
            }
        }
    }

    /// "Feet numb since 2010", "foot went numb for a minute", in few words: what was so for years may
    /// be as it always was, and what was so for a moment may be over, so it is asked about.
    fn doubt_what_is_old(&self, claims: &[Claim], into: &mut Understanding) {
        let worse = |at: usize| {
            let word = self.words.at(at);
            matches!(word, "worse" | "worsening" | "new" | "sudden" | "suddenly" | "spreading")
        };
        if into.length > A_REMARK || into.raised.is_empty() || (0..into.length).any(worse) {
            return;
        }
        for flag in [Flag::Numbness, Flag::Weakness, Flag::Swelling, Flag::ColdOrPaleFoot] {
            let flag = FlagId::from(flag);
            let own = |claim: &&Claim| claim.about == About::Flag(flag) && claim.status.raises();
            let old = |claim: &Claim| self.is_of_years_or_a_moment(&claim.tokens);
            if into.raised.contains(flag) && claims.iter().filter(own).all(old) {
                into.raised.remove(flag);
                into.unsure.insert(flag);
                into.perhaps_old.insert(flag);
            }
        }
    }

    /// "My runner is 16, can you send her reminders": the request that follows makes her age no
    /// supposition.
    fn child_of_a_request(&self, claims: &[Claim], into: &mut Understanding) {
        let child = FlagId::from(Flag::Child);
        let told = |claim: &&Claim| {
            let end = self.words.source(claim.tokens.clone()).end;
            claim.about == About::Flag(child)
                && claim.status == Status::Hypothetical
                && claim.cue.as_ref().is_some_and(|cue| cue.start >= end)
        };
        if claims.iter().any(|claim| told(&claim)) && !into.denied.contains(child) {
            into.raised.insert(child);
        }
    }

    /// "Calf hard like a stone since 2 minutes": every cramp is hard in its first minutes, so nothing is
    /// raised by that alone, and how it goes on is asked. Nor is a cramp of 12 minutes one that never
    /// lets go: it is watched until it is too long.
    fn doubt_what_is_young(&self, claims: &[Claim], into: &mut Understanding) {
        let Some(minutes) = into.minutes.filter(|minutes| *minutes < Fact::TOO_LONG) else {
            return;
        };
        let (tight, lasting) =
            (FlagId::from(Flag::CompartmentTight), FlagId::from(Flag::UnrelentingPain));
        let others = into.raised.union(into.unsure);
        let alone = others.iter().all(|flag| flag == tight || flag == lasting);
        if !alone || into.facts.contains(Fact::Worse) || into.length > A_REMARK {
            return;
        }
        let of = |flag: FlagId| {
            let own = move |claim: &&Claim| claim.about == About::Flag(flag);
            claims.iter().filter(own).filter(|claim| claim.status.raises())
        };
        let is_length = |at: usize| {
            let mut lengths = self.reading.quantities.iter();
            lengths.any(|q| q.kind.meets(Kinds::DURATION) && q.tokens.contains(&at))
        };
        // Words that tell of a hard muscle, how long, and what joins them.
        let is_plain = |at: usize| {
            let told = claims.iter().any(|claim| {
                let hard = matches!(claim.about, About::Fact(Fact::HardMuscle | Fact::CrampLike));
                hard && claim.tokens.contains(&at)
            });
            let word = self.words.at(at);
            let joins =
                matches!(word, "since" | "for" | "now" | "is" | "its" | "been" | "so" | "far");
            told || joins || is_length(at)
        };
        if minutes < Fact::LONGER_THAN_MOST
            && of(tight).all(|claim| claim.tokens.clone().all(is_plain))
        {
            if into.raised.contains(tight) {
                into.raised.remove(tight);
                into.facts.insert(Fact::CrampLike);
                into.facts.insert(Fact::Now);
            }
            into.unsure.remove(tight);
        }
        let counted = |claim: &Claim| claim.unsure && claim.tokens.clone().all(is_length);
        if of(lasting).all(counted) && into.facts.contains(Fact::Now) {
            into.unsure.remove(lasting);
        }
    }

    /// "It has just seized up and won't release": every cramp does not let go at first. Where no phrase
    /// finds pain that lasts and only the tone of it does, relief goes first; the lists below it ask for what
    /// lasts.
    fn doubt_what_just_began(&self, into: &mut Understanding) {
        let lasting = FlagId::from(Flag::UnrelentingPain);
        let says = |fact| into.facts.contains(fact);
        let alone = into.raised.union(into.unsure).iter().all(|flag| flag == lasting);
        let on = says(Fact::Now) && says(Fact::StillLocked) && !says(Fact::Worse);
        if !on || !alone || into.length > A_REMARK || self.is_found(lasting) {
            return;
        }
        let since = into.onset.map(Onset::minutes_at_least);
        let minutes = into.minutes.or(since);
        if minutes.is_some_and(|minutes| minutes >= Fact::LONGER_THAN_MOST) {
            return;
        }
        into.raised.remove(lasting);
        into.unsure.remove(lasting);
        into.facts.remove(Fact::Over15Minutes);
    }

    /// "Cramp right now, can't put weight on it": nobody stands on a leg that is locked, so relief goes
    /// first, and whether it bears weight is asked once it has let go.
    fn doubt_what_a_cramp_does(&self, into: &mut Understanding) {
        let weight = FlagId::from(Flag::CannotBearWeight);
        let says = |fact| into.facts.contains(fact);
        let others = into.raised.union(into.unsure);
        let alone = others.iter().all(|flag| flag == weight || flag.is_circumstance());
        let since = into.minutes.or(into.onset.map(Onset::minutes_at_least));
        let young = since.is_none_or(|minutes| minutes < Fact::LONGER_THAN_MOST);
        let cramp = self.reading.all_lists() & self.responses.lists.cramp != 0;
        let on = cramp && says(Fact::Now) && !says(Fact::Over) && !says(Fact::Released);
        if on && alone && young && into.length <= A_REMARK && into.raised.contains(weight) {
            into.raised.remove(weight);
            into.unsure.insert(weight);
        }
    }

    /// "Numb for ten years": such a time is told of a sign, and nothing stands between.
    fn is_of_years_or_a_moment(&self, sign: &Range<usize>) -> bool {
        const NEAR: usize = 4;
        let words = self.words;
        let is_long = |time: &Quantity| {
            let years = time.tokens.clone().any(|at| {
                let word = words.at(at);
                matches!(word, "years" | "yrs" | "decades" | "ages" | "childhood" | "forever")
            });
            time.kind.meets(Kinds::WEEKS) && (years || time.value >= A_YEAR)
        };
        let been = (sign.start.saturating_sub(2)..sign.end).any(|at| words.at(at) == "been");
        let is_moment = |time: &Quantity| {
            time.kind.meets(Kinds::UNDER_10_MIN) && words.at(time.tokens.end) != "ago" && !been
        };
        let joined = |from: usize, to: usize| {
            from <= to
                && to - from <= NEAR
                && (from..to).all(|at| !matches!(words.at(at), "and" | "but" | "with" | "then"))
                && (from + 1..=to).all(|at| words.boundary(at) < Boundary::Comma)
        };
        let within = |time: &Range<usize>| sign.start <= time.start && time.end <= sign.end;
        let usual = |at: usize| matches!(words.at(at), "always" | "usual" | "ever");
        let as_usual = |at: usize| words.at(at) == "as" && usual(at + 1);
        if (sign.end..sign.end + 3).any(as_usual) {
            return true;
        }
        let mut times = self.reading.quantities.iter().filter(|t| is_long(t) || is_moment(t));
        times.any(|time| {
            let time = &time.tokens;
            within(time) || joined(sign.end, time.start) || joined(time.end, sign.start)
        })
    }
}

/// "I can walk, just a limp": who walks with a limp bears weight.
fn walk_with_a_limp(claims: &[Claim], into: &mut Understanding) {
    let flag = FlagId::from(Flag::CannotBearWeight);
    let walks = |claim: &Claim| {
        claim.about == About::Flag(flag) && claim.status == Status::Denied && !claim.unsure
    };
    if into.unsure.contains(flag) && into.facts.contains(Fact::Limp) && claims.iter().any(walks) {
        into.unsure.remove(flag);
        into.denied.insert(flag);
    }
}

/// Sets what is raised, denied and asked; what is affirmed once is not denied.
fn tally(claims: &[Claim], into: &mut Understanding) {
    for claim in claims {
        match claim.about {
            About::Flag(flag) if claim.status.raises() && claim.unsure => into.unsure.insert(flag),
            About::Flag(flag) if claim.status.raises() => into.raised.insert(flag),
            About::Flag(flag) if claim.status == Status::Denied => into.denied.insert(flag),
            About::Flag(_) => {}
            About::Fact(fact) if claim.status.raises() => into.facts.insert(fact),
            // "Let go in seconds, fine now".
            About::Fact(fact @ (Fact::Released | Fact::ShortAndPainless))
                if claim.status == Status::Past =>
            {
                into.facts.insert(fact);
            }
            About::Fact(fact) if claim.status == Status::Denied => into.denied_facts.insert(fact),
            About::Fact(_) => {}
        }
    }
    into.unsure = into.unsure.without(into.raised);
    into.denied = into.denied.without(into.raised).without(into.unsure);
}
