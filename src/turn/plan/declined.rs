//! Who declines the offer of a plan and says more in the same breath: "No thanks. Is it normal to be
//! worse on stairs?" The offer is over, and what is said besides is heard for itself.

use super::super::{Audience, Conversation, Event, Turn, said, step};
use crate::message::{Message, plain_words};
use crate::plan::{consent, is_question};
use crate::responses::{Responses, TalkLists};
use crate::triage::{self, Answer, Choice, Input, Move, Stage};
use crate::understanding::{About, Attention, Understanding};
use crate::vocabulary::{Card, Fact, Question, Talk, Urgency};

/// The turn after a message that declines the offer and says more; none where it does not, or where
/// anything in it may be a danger sign: that goes first.
pub(in crate::turn) fn declined(
    responses: &Responses,
    before: &Conversation,
    message: &Message,
    whole: &Understanding,
) -> Option<Turn> {
    let offers = matches!(before.stage, Stage::Asking(Question::PlanOffer, _));
    let sign = whole.unsure.iter().any(|flag| responses.urgency(flag) >= Urgency::Urgent);
    if !offers
        || sign
        || !whole.raised.is_empty()
        || consent(&responses.talk, &message.text).is_some()
    {
        return None;
    }
    let of_plan = [Fact::PlanAbout, Fact::PlanShow, Fact::PlanAgrees, Fact::PlanSettings];
    let of_plan = |about: About| of_plan.into_iter().any(|fact| about == About::Fact(fact));
    if whole.claims.iter().any(|claim| of_plan(claim.about)) {
        return None;
    }
    let rest = beside_no(&responses.talk, &message.text)?;
    let message = Message { text: rest.to_owned(), ..message.clone() };
    let mut after = before.clone();
    after.stage = Stage::Closed(Urgency::SelfCare);
    if is_answered(responses, &after, &message) {
        return Some(said(responses, after, &message));
    }
    let no = Choice::Answer(Question::PlanOffer, Answer::No, None);
    let event = Event::Said(message);
    Some(step(responses, before.clone(), Input::Chose(no), &event, Audience::Person))
}

/// Whether there is more to say to it than that it was read.
fn is_answered(responses: &Responses, after: &Conversation, message: &Message) -> bool {
    let heard = Understanding::of(responses, &message.text, Attention::Addressed);
    let (case, stage) = (after.case.clone(), after.stage);
    let next = triage::next(responses, case, stage, Input::Heard(&heard), message.at);
    let is_chat = |topic| {
        let topic = responses.topic(topic);
        topic.is_none_or(|topic| topic.chat || topic.intent == "reminders")
    };
    next.moves.iter().any(|step| match step {
        Move::Show(
            Card::NotUnderstood
            | Card::PlanUnclear
            | Card::UnclearAnswer
            | Card::Noted
            | Card::OffTopic,
        ) => false,
        Move::Answer(topic) => !is_chat(*topic),
        Move::SafetyNet | Move::Sources => false,
        _ => true,
    })
}

/// What a message says besides a clear "no" that stands first or last in it. A bare "no" first may
/// belong to what follows, unless that asks something.
fn beside_no<'t>(talk: &TalkLists, text: &'t str) -> Option<&'t str> {
    let declines = |part: &str| consent(talk, part) == Some(false);
    let names_no = |no: &str| talk.list(Talk::NamesNo).is_in(&plain_words(no));
    let part = |cut: usize| text.split_at_checked(cut);
    let first = cuts(talk, text).into_iter().rev().filter_map(part).find_map(|(no, rest)| {
        let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let plain = is_question(rest) || names_no(no);
        (declines(no) && plain && !rest.is_empty()).then_some(rest)
    });
    let last = || {
        let mut ends = cuts(talk, text).into_iter().filter_map(part);
        let end = ends.find_map(|(rest, no)| (declines(no) && names_no(no)).then_some(rest.trim()));
        // "Yes, but no reminders" is asked for once more.
        end.filter(|rest| consent(talk, rest.trim_end_matches("but").trim()) != Some(true))
    };
    first.or_else(last).filter(|rest| !rest.is_empty())
}

/// Where a message may be cut: behind a mark, and before a word that joins or asks.
pub(super) fn cuts(talk: &TalkLists, text: &str) -> Vec<usize> {
    let marks = text.char_indices().filter(|(_, c)| ".!?;,:\n".contains(*c));
    let mut cuts: Vec<usize> = marks.map(|(at, c)| at + c.len_utf8()).collect();
    let spaces = text.char_indices().filter(|(_, c)| c.is_whitespace());
    cuts.extend(spaces.map(|(at, _)| at).filter(|at| {
        let next = text.get(*at..).unwrap_or_default().split_whitespace().next();
        next.is_some_and(|word| talk.has(Talk::Joins, &word.to_lowercase()))
    }));
    cuts.sort_unstable();
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::responses::shipped_talk;

    #[test]
    fn a_no_first_or_last_leaves_the_rest() {
        let talk = shipped_talk();
        for (text, rest) in [
            ("No thanks. normal to be worse on stairs?", "normal to be worse on stairs?"),
            ("no check ins. how many secs do i hold", "how many secs do i hold"),
            ("nah can i run tomorrow", "can i run tomorrow"),
            ("No thanks, what do i do when it happens", "what do i do when it happens"),
            ("no thanks but is a hot bath ok", "but is a hot bath ok"),
            ("so no salt then. ok no check ins", "so no salt then. ok"),
            ("is it ok to swim? no thanks", "is it ok to swim?"),
        ] {
            assert_eq!(beside_no(&talk, text), Some(rest), "{text}");
        }
    }

    #[test]
    fn a_no_of_something_else_is_none() {
        let talk = shipped_talk();
        for text in [
            "no, it still hurts",
            "no running till when",
            "that is not what i asked. why do hills give me cramp",
            "the race is a week away not today",
            "yes please. can i run tomorrow",
            "how sore is it? no",
        ] {
            assert_eq!(beside_no(&talk, text), None, "{text}");
        }
    }
}
