//! What is said of a sign: denied, doubted, past, hypothetical. The idea is `ConText` (Harkema et
//! al. 2009): cues with a direction and a reach, and words that end the reach.

use std::cell::Cell;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::answer_words::AnswerWords;
use super::clause_words::{is_opener, is_subject, is_verb};
use super::cues::{
    Cases, Covering, Cue, SignsOfTheirOwn, breaths, is_afterthought, is_answer, is_degree,
    is_excepted, is_exception, is_of_years, is_postposed, overlaps, tells_of_own,
    without_swallowed,
};
use crate::message::{Boundary, Words};
use crate::phrases::Found;
use crate::responses::{Reach, Sign};
use crate::vocabulary::Status;

/// Words a cue reaches over when nothing ends it earlier.
const USUAL_REACH: usize = 9;
/// Words a cue reaches over within a list ("no swelling, redness, bruising or heat").
const LIST_REACH: usize = 30;
/// Words a condition ("if ...") reaches over.
const CONDITION_REACH: usize = 20;

/// All cues of a message.
pub(super) struct Context<'w> {
    words: &'w Words,
    cues: Vec<Cue>,
    /// Whether a reach ends at a word.
    ends: Vec<bool>,
    /// The number of the clause that each word stands in.
    breaths: Vec<usize>,
    /// Whether a clause begins at a word, once a cue's walk has come by: hundreds of cues may.
    begins: Vec<Cell<Option<bool>>>,
    /// Clauses that ask about the world at large.
    general: &'w [Range<usize>],
    /// Where it turns to a case at hand.
    pub(super) cases: Cases,
}

/// What is said of a sign, and the cue that says so.
pub(super) type Verdict = (Status, Option<Range<usize>>);

impl<'w> Context<'w> {
    pub(super) fn of(
        words: &'w Words,
        known: &'w AnswerWords<'w>,
        found: &[Found<Sign>],
        general: &'w [Range<usize>],
        cases: Cases,
    ) -> Self {
        let mut cues = Vec::new();
        let mut ends = vec![false; words.tokens().len()];
        for hit in found {
            match hit.owner {
                Sign::Cue(status, reach) => {
                    cues.push(Cue { status, reach, tokens: hit.tokens.clone(), limit: 0 });
                }
                Sign::End => {
                    if let Some(end) = ends.get_mut(hit.tokens.start) {
                        *end = true;
                    }
                }
                Sign::Flag(..) | Sign::Topic(..) | Sign::Fact(..) | Sign::FollowUp(..) => {}
            }
        }
        let mut cues = without_swallowed(cues);
        let mut kept = FxHashSet::default();
        cues.retain(|cue| kept.insert((cue.tokens.clone(), cue.status, cue.reach)));
        cues.retain(|cue| cue.reach != Reach::Nothing && !is_answer(words, known, cue));
        cues.retain(|cue| {
            cue.reach != Reach::Before || !is_postposed(words, &ends, cue.tokens.start)
        });
        while let Some(at) = cues.iter().position(|cue| is_afterthought(words, &cues, cue)) {
            cues.remove(at);
        }
        let begins = vec![Cell::new(None); words.tokens().len()];
        let breaths = breaths(words);
        let mut context = Self { words, cues: Vec::new(), ends, breaths, begins, general, cases };
        let own = SignsOfTheirOwn::of(words, found);
        for cue in &mut cues {
            cue.limit = context.limit(cue).min(own.end(cue));
        }
        context.cues = cues;
        context
    }

    /// What is said of the sign at `target`. A sign with a negation of its own ("cannot walk") is
    /// not denied by it.
    pub(super) fn status(&self, target: &Range<usize>, own_negation: bool) -> Verdict {
        let covering =
            Covering::of(self.cues.iter().filter(|cue| self.covers(cue, target, own_negation)));
        let first = |status| covering.first.iter().find(|cue| cue.status == status);
        let general = || self.general.iter().find(|clause| clause.contains(&target.start));
        let asks = first(Status::Hypothetical).map(|cue| cue.tokens.clone());
        let asks = asks.or_else(|| general().map(|clause| clause.start..clause.start + 1));
        if let Some(cue) = asks.filter(|_| !self.cases.hold(self.words, target)) {
            return (Status::Hypothetical, Some(cue));
        }
        match covering.denials {
            [None, _] => {}
            [Some(one), Some(two)] if covering.parted && self.is_double(one, two) => {
                return (Status::Doubted, Some(one.tokens.clone()));
            }
            [Some(one), _] => return (Status::Denied, Some(one.tokens.clone())),
        }
        if self.is_answered_no(target) {
            return (Status::Denied, None);
        }
        for status in [Status::Past, Status::Doubted] {
            if let Some(cue) = first(status) {
                return (status, Some(cue.tokens.clone()));
            }
        }
        match self.years_ago(target) {
            Some(cue) => (Status::Past, Some(cue.tokens.clone())),
            None => (Status::Affirmed, None),
        }
    }

    /// Whether nothing between an "and" and what is told behind it denies that once more.
    pub(super) fn is_told_anew(&self, from: usize, target: &Range<usize>) -> bool {
        let again = |cue: &&Cue| cue.status == Status::Denied && cue.tokens.start > from;
        !self.cues.iter().filter(again).any(|cue| self.covers(cue, target, false))
    }

    /// "I had a scan last year because my calf was swollen": what is told in the past tense, in a
    /// sentence about a year that is over and about nothing later.
    fn years_ago(&self, target: &Range<usize>) -> Option<&Cue> {
        let was = |at: usize| matches!(self.words.at(at), "was" | "were" | "had");
        if !(target.start.saturating_sub(2)..target.end).any(was) {
            return None;
        }
        let later = |at: usize| {
            let word = self.words.at(at);
            matches!(word, "today" | "now" | "this" | "since" | "still" | "again" | "yesterday")
        };
        self.cues.iter().find(|cue| {
            let (from, to) = (cue.tokens.start.min(target.start), cue.tokens.end.max(target.end));
            cue.status == Status::Past
                && is_of_years(self.words, &cue.tokens)
                && self.same_sentence(cue.tokens.start, target.start)
                && !(from..to).any(later)
        })
    }

    /// What is said of a sentence as a whole: the cue in it that leaves least of it.
    pub(super) fn mood(&self, sentence: &Range<usize>) -> Status {
        let inside = |tokens: &Range<usize>| overlaps(tokens, sentence);
        if self.general.iter().any(inside) {
            return Status::Hypothetical;
        }
        let says = |status| {
            let mut cues = self.cues.iter().filter(|c| c.status == status && inside(&c.tokens));
            cues.any(|cue| status != Status::Denied || !self.is_of_a_verb(cue))
        };
        let all = [Status::Hypothetical, Status::Past, Status::Denied];
        all.into_iter().find(|status| says(*status)).unwrap_or(Status::Affirmed)
    }

    /// "not answering", "won't wake": what is not done may be the sign itself.
    fn is_of_a_verb(&self, cue: &Cue) -> bool {
        let first = self.words.at(cue.tokens.start);
        first == "not" || first.ends_with("nt") || self.is_bare_auxiliary(cue)
    }

    /// Two denials of one sign, one reaching over the other: "can't say there is no swelling". A "no"
    /// that stands alone answers a question: "no, it's not swollen".
    fn is_double(&self, one: &Cue, two: &Cue) -> bool {
        let (first, second) =
            if one.tokens.start < two.tokens.start { (one, two) } else { (two, one) };
        let answers =
            first.tokens.len() == 1 && self.words.boundary(first.tokens.end) > Boundary::Space;
        !answers
            && first.reach != Reach::After
            && second.reach != Reach::After
            && (first.tokens.end..second.tokens.start).all(|at| {
                matches!(
                    self.words.at(at),
                    "its" | "is" | "it" | "that" | "thats" | "theres" | "say"
                )
            })
            && self.words.at(second.tokens.start) != "nor"
    }

    fn covers(&self, cue: &Cue, target: &Range<usize>, own_negation: bool) -> bool {
        let denies = cue.status == Status::Denied;
        if cue.status == Status::Hypothetical && tells_of_own(self.words, cue, target.start) {
            return false;
        }
        if own_negation && denies && cue.reach != Reach::BeforeClause {
            return false;
        }
        if target.start <= cue.tokens.start && cue.tokens.end <= target.end {
            let inside = cue.reach != Reach::After && cue.tokens.end < target.end;
            // "Calf sore, no cramp, long drive": what is denied is the cramp.
            let of_cramp = cue.tokens.end + 1 < target.end
                && self.words.at(cue.tokens.end).starts_with("cramp");
            return denies && !own_negation && inside && !of_cramp;
        }
        match cue.reach {
            Reach::Nothing => false,
            Reach::Sentence => self.same_breath(cue.tokens.start, target.start),
            Reach::Before | Reach::BeforeClause => {
                target.end > cue.tokens.end
                    && target.start >= cue.tokens.start
                    && target.start.max(cue.tokens.end) < cue.limit
            }
            Reach::After => target.end <= cue.tokens.start && self.reaches_back(cue, target),
        }
    }

    fn same_sentence(&self, one: usize, two: usize) -> bool {
        let (from, to) = (one.min(two), one.max(two));
        !(from + 1..=to).any(|at| self.words.boundary(at) == Boundary::Sentence)
    }

    /// The same sentence, and no dash, colon or three dots between.
    fn same_breath(&self, one: usize, two: usize) -> bool {
        self.breaths.get(one) == self.breaths.get(two)
    }

    fn ends_at(&self, at: usize) -> bool {
        self.ends.get(at).copied().unwrap_or(false)
    }

    /// Walks on from a cue to the first word it does not reach; a list goes on, a new clause does
    /// not.
    fn limit(&self, cue: &Cue) -> usize {
        let condition = cue.status == Status::Hypothetical;
        let clause = cue.reach == Reach::BeforeClause || condition;
        let mut room = if condition { CONDITION_REACH } else { USUAL_REACH };
        for at in cue.tokens.end..self.words.tokens().len() {
            let boundary = self.words.boundary(at);
            let ends = self.ends_at(at) && !(condition && self.is_and_then(at));
            let excepts = cue.status == Status::Denied && is_exception(self.words, at);
            let parted = boundary == Boundary::Comma && cue.status == Status::Denied;
            let told = parted && is_degree(self.words, at);
            if boundary >= Boundary::Clause
                || told
                || (ends && (at > cue.tokens.end || excepts || parted))
            {
                return at;
            }
            let now = cue.status == Status::Past && self.turns_to_now(at);
            if boundary == Boundary::Comma && (at > cue.tokens.end || now || self.is_closed(cue)) {
                let past = now || cue.status == Status::Past && !self.heads_a_year(cue);
                let alone = cue.status == Status::Denied && self.is_bare_auxiliary(cue);
                let ends_here = past || alone || condition && !self.goes_on(at);
                if ends_here || self.clause_at(at) {
                    return at;
                }
                room = LIST_REACH;
            }
            let word = self.words.at(at);
            if matches!(word, "or" | "nor" | "and") {
                room = room.max(USUAL_REACH + 4);
            }
            if at > cue.tokens.end && !clause && is_subject(self.words.at(at)) {
                return at;
            }
            if word == "and" && !condition && self.clause_at(at + 1) {
                return at;
            }
            if room == 0 {
                return at;
            }
            room -= 1;
        }
        self.words.tokens().len()
    }

    /// "operated on 2 weeks ago, coughed blood today": the time belongs to what stands before it.
    /// "2 weeks ago, my calf cramped": it opens the clause, and reaches over its comma. What is
    /// years old is told to its end: "cellulitis in 2020, the shin all red, a week in bed". What
    /// stopped is told: "though the cramp stopped, I have chest pain".
    fn is_closed(&self, cue: &Cue) -> bool {
        let leads = |at: &usize| {
            matches!(self.words.at(*at), "and" | "but" | "about" | "around" | "some" | "then")
        };
        let before = (0..cue.tokens.start).rev().take_while(leads).last();
        let start = before.unwrap_or(cue.tokens.start);
        let is_recent = |at| matches!(self.words.at(at), "week" | "weeks" | "month" | "months");
        let recent = cue.tokens.clone().any(is_recent);
        let last = self.words.at(cue.tokens.end.saturating_sub(1));
        let over = matches!(last, "stopped" | "finished" | "quit");
        let inside = recent && start > 0 && self.words.boundary(start) < Boundary::Comma;
        cue.status == Status::Past && (over || inside)
    }

    /// "diagnosed in 2020, he's on tablets": what holds now begins here.
    fn turns_to_now(&self, at: usize) -> bool {
        let word = self.words.at(at);
        matches!(word, "im" | "hes" | "shes" | "theyre" | "now" | "today" | "currently")
    }

    /// "2015 slipped disc, numb foot, operation": a sentence of somebody's history.
    fn heads_a_year(&self, cue: &Cue) -> bool {
        let opens =
            cue.tokens.start == 0 || self.words.boundary(cue.tokens.start) == Boundary::Sentence;
        opens && cue.tokens.len() == 1 && is_of_years(self.words, &cue.tokens)
    }

    /// "if it cramps and then goes numb": one condition.
    fn is_and_then(&self, at: usize) -> bool {
        let pair = |at: usize| self.words.at(at) == "and" && self.words.at(at + 1) == "then";
        pair(at) || at.checked_sub(1).is_some_and(pair)
    }

    /// "my rings don't come off, threw up twice": what is not done ends at the comma, whereas what
    /// is not there goes on ("no swelling, redness or heat").
    fn is_bare_auxiliary(&self, cue: &Cue) -> bool {
        let word = self.words.at(cue.tokens.start);
        let verb = matches!(word, "dont" | "doesnt" | "didnt" | "wont" | "hasnt" | "havent");
        cue.tokens.len() == 1 && (verb || matches!(word, "never" | "nobody" | "noone"))
    }

    /// Walks from the sign to a cue after it.
    fn reaches_back(&self, cue: &Cue, target: &Range<usize>) -> bool {
        let gap = cue.tokens.start - target.end;
        let past = cue.status == Status::Past;
        let limit = if past { 10 } else { 5 };
        if gap > limit || !self.same_sentence(target.start, cue.tokens.start) {
            return false;
        }
        let single = cue.tokens.len() == 1 && matches!(cue.status, Status::Denied | Status::Past);
        let excepted = cue.status == Status::Denied && is_excepted(self.words, target);
        let postposed = is_postposed(self.words, &self.ends, cue.tokens.start);
        if excepted || single && !postposed && self.words.boundary(cue.tokens.end) < Boundary::Comma
        {
            return false;
        }
        if !self.resumes(target.end, cue.tokens.start) {
            return false;
        }
        let between = target.end..cue.tokens.start;
        let stops = |at| self.ends_at(at) || self.words.boundary(at) >= Boundary::Clause;
        let ended = !past && between.clone().any(stops);
        let another =
            postposed && between.clone().any(|at| matches!(self.words.at(at), "no" | "yes"));
        let other = between.skip(1).any(|at| past && is_subject(self.words.at(at)));
        !ended && !another && !other
    }

    /// After a comma the cue follows at once, or by way of "it": what has a subject of its own
    /// speaks of something else.
    fn resumes(&self, from: usize, to: usize) -> bool {
        let last = (from..=to).rev().find(|at| self.words.boundary(*at) >= Boundary::Comma);
        last.is_none_or(|at| {
            let word = self.words.at(at);
            at == to
                || word == "the" && self.words.at(at + 1) == "last"
                || matches!(word, "it" | "its" | "that" | "thats" | "all" | "which" | "but")
                || matches!(word, "now" | "then" | "has" | "is" | "was")
        })
    }

    /// "any swelling? no": a short question that the next sentence answers.
    fn is_answered_no(&self, target: &Range<usize>) -> bool {
        let sentences = self.words.sentences();
        let Some(at) = sentences.iter().position(|s| s.tokens.contains(&target.start)) else {
            return false;
        };
        let (Some(own), Some(next)) = (sentences.get(at), sentences.get(at + 1)) else {
            return false;
        };
        let sighs = matches!(self.words.at(next.tokens.start), "well" | "ah" | "oh" | "ooh");
        let no = next.tokens.start + usize::from(sighs);
        own.asks
            && own.tokens.len() <= 6
            && matches!(self.words.at(no), "no" | "ohno" | "nope" | "none" | "nah")
            && (no + 2 >= next.tokens.end || self.words.boundary(no + 1) > Boundary::Space)
    }

    /// Whether what begins here has a subject or a verb of its own, found out once.
    fn clause_at(&self, at: usize) -> bool {
        let Some(known) = self.begins.get(at) else { return self.begins_clause(at) };
        let begins = known.get().unwrap_or_else(|| self.begins_clause(at));
        known.set(Some(begins));
        begins
    }

    /// Whether what begins here has a subject or a verb of its own.
    fn begins_clause(&self, at: usize) -> bool {
        let first = self.words.at(at);
        if is_subject(first) || is_opener(first) {
            return true;
        }
        (at..at + 4)
            .take_while(|i| *i == at || self.words.boundary(*i) == Boundary::Space)
            .any(|i| is_verb(self.words.at(i)))
    }

    fn goes_on(&self, at: usize) -> bool {
        matches!(self.words.at(at), "or" | "and" | "nor")
    }
}
