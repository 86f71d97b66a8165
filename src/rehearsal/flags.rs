//! Red flags: each example raises its flag, no harmless message does.

use std::ops::Range;

use crate::message::Words;
use crate::phrases::Found;
use crate::responses::{Denying, Example, Place, Problem, RedFlag, Responses, Role, Sign};
use crate::understanding::{About, Attention, Claim, Understanding};
use crate::vocabulary::{FlagId, Status};

/// Rehearses every red flag with its own messages.
pub(super) fn rehearse(responses: &Responses) -> Vec<Problem> {
    let ids = (0..=u8::MAX).map(FlagId);
    let flags = ids.zip(&responses.flags).map(|(id, flag)| Rehearsal { responses, id, flag });
    flags.flat_map(|rehearsal| rehearsal.problems()).collect()
}

/// Phrases of `fine` whose own "no" keeps them from counting.
pub(super) fn rehearse_denying(responses: &Responses) -> Vec<Problem> {
    responses.denying.iter().filter_map(|phrase| never_counts(responses, phrase)).collect()
}

/// A phrase that is found in some way of saying it and then does not do what its list is for.
fn never_counts(responses: &Responses, phrase: &Denying) -> Option<Problem> {
    let lost = phrase.said.iter().find(|said| is_lost(responses, phrase, said))?;
    let what = format!("a \"no\" in this phrase of `fine` takes it back: \"{lost}\" says nothing");
    let remedy =
        "take that out: a \"no\" before a phrase of the sign says by itself that it is not there";
    Some(Problem::new(phrase.place.clone(), what, remedy))
}

fn is_lost(responses: &Responses, phrase: &Denying, said: &str) -> bool {
    let message = Words::of(said);
    let mut reading = responses.phrases.read(&message);
    let found = responses.phrases.find(&message, &mut reading);
    let own = |hit: &Found<Sign>| {
        hit.owner == Sign::Flag(phrase.flag, Role::Fine)
            && responses.phrase_place(hit.phrase) == Some(&phrase.place)
            && !hit.is_look_alike(&found)
    };
    if !found.iter().any(own) {
        return false;
    }
    let understanding = Understanding::of(responses, said, Attention::Addressed);
    let about = About::Flag(phrase.flag);
    let denies = |claim: &Claim| claim.about == about && claim.status == Status::Denied;
    !understanding.claims.iter().any(denies)
}

struct Rehearsal<'r> {
    responses: &'r Responses,
    id: FlagId,
    flag: &'r RedFlag,
}

impl Rehearsal<'_> {
    fn problems(&self) -> Vec<Problem> {
        let missed = self.flag.examples.iter().filter_map(|example| self.missed(example));
        let alarms = self.flag.harmless.iter().filter_map(|example| self.false_alarm(example));
        missed.chain(alarms).collect()
    }

    fn read(&self, example: &Example) -> Understanding {
        Understanding::of(self.responses, &example.text, Attention::Addressed)
    }

    /// The claims of this flag in a message.
    fn claims<'u>(&self, understanding: &'u Understanding) -> impl Iterator<Item = &'u Claim> {
        let about = About::Flag(self.id);
        understanding.claims.iter().filter(move |claim| claim.about == about)
    }

    fn missed(&self, example: &Example) -> Option<Problem> {
        let understanding = self.read(example);
        if understanding.raised.contains(self.id) {
            return None;
        }
        let claim = self.claims(&understanding).max_by_key(|claim| claim.unsure);
        let (cause, remedy) = claim.map_or_else(
            || {
                (
                    "nothing in it is found".to_owned(),
                    "add its words to `phrases`, or move the message to `harmless`",
                )
            },
            |claim| cause(claim, &example.text),
        );
        let what = format!("this example does not raise `{}`: {cause}", self.flag.id);
        let problem = Problem::new(example.place.clone(), what, remedy);
        let phrase = claim.and_then(|claim| self.phrase(example, &claim.span));
        Some(match phrase {
            Some(place) => problem.also(place, "found by this phrase"),
            None => problem,
        })
    }

    fn false_alarm(&self, example: &Example) -> Option<Problem> {
        let understanding = self.read(example);
        if !understanding.raised.contains(self.id) {
            return None;
        }
        let claim =
            self.claims(&understanding).find(|claim| claim.status.raises() && !claim.unsure);
        let cause = claim.map_or_else(
            || "code works it out from the message".to_owned(),
            |claim| format!("\"{}\" is found in it", words(&example.text, &claim.span)),
        );
        let what = format!("this harmless message raises `{}`: {cause}", self.flag.id);
        let remedy = "make the phrase more exact, or add a look-alike to `not`";
        let problem = Problem::new(example.place.clone(), what, remedy);
        let phrase = claim.and_then(|claim| self.phrase(example, &claim.span));
        Some(match phrase {
            Some(place) => problem.also(place, "found by this phrase"),
            None => problem,
        })
    }

    /// Where the phrase stands that found these bytes of a message.
    fn phrase(&self, example: &Example, span: &Range<usize>) -> Option<Place> {
        let message = Words::of(&example.text);
        let mut reading = self.responses.phrases.read(&message);
        let found = self.responses.phrases.find(&message, &mut reading);
        let hit = found.iter().find(|hit| {
            let own = matches!(hit.owner, Sign::Flag(flag, _) if flag == self.id);
            own && message.source(hit.tokens.clone()) == *span
        });
        hit.and_then(|hit| self.responses.phrase_place(hit.phrase)).cloned()
    }
}

fn words<'t>(text: &'t str, span: &Range<usize>) -> &'t str {
    text.get(span.clone()).unwrap_or_default()
}

/// Why what was found does not raise the flag, and what to do.
fn cause(claim: &Claim, text: &str) -> (String, &'static str) {
    let found = words(text, &claim.span);
    if claim.unsure && claim.status.raises() {
        let cause = format!("\"{found}\" is only found by `unsure`");
        return (cause, "add more of its words to `phrases`, or move the message to `harmless`");
    }
    let said = match claim.status {
        Status::Affirmed | Status::Doubted => "said",
        Status::Denied => "denied",
        Status::Past => "past",
        Status::Hypothetical => "thought up",
        Status::SomeoneElse => "somebody else's",
    };
    let cue = claim.cue.as_ref().map(|cue| format!(", by \"{}\"", words(text, cue)));
    let cause = format!("\"{found}\" is taken as {said}{}", cue.unwrap_or_default());
    (
        cause,
        "move the message to `harmless` if that is right; else put the words around it into a phrase",
    )
}
