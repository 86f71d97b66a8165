//! The answer to the offer of a plan, in words: it is begun by a clear yes and by nothing else. And a
//! clear check among the answers to a check-in.

use super::super::Conversation;
use crate::message::{Message, plain_words};
use crate::plan::{
    Plan, Press, Wish, agrees_and_wishes, asks_after_all, consent, is_question, names_none,
    only_wishes,
};
use crate::reply::Audience;
use crate::responses::{PlanText, Responses, TalkLists};
use crate::triage::{Answer, Choice, Schedule, Stage};
use crate::understanding::{About, Attention, Claim, Understanding};
use crate::vocabulary::{Fact, Flag, FlagSet, Question, Status, Talk, Urgency};

/// The choice that a message means: where a plan was offered it agrees or declines, and where the danger
/// signs are asked for in short it may say "none" in one part and answer the check-in in another. A
/// yes or no that is not clear is taken out, so that what is said besides is heard and the offer made
/// once more.
pub(in crate::turn) fn choice(
    responses: &Responses,
    before: &mut Conversation,
    message: &Message,
    to: Audience,
    said: &mut Understanding,
) -> Option<Choice> {
    if to != Audience::Person {
        return None;
    }
    if clears_check(responses, before, message, said) {
        return Some(Choice::Answer(Question::Rescreen, Answer::None, None));
    }
    let sign = said.unsure.iter().any(|flag| responses.urgency(flag) >= Urgency::Urgent);
    if before.stage == Stage::Asking(Question::Sore, None) && !sign && said.raised.is_empty() {
        return soreness(responses, message, said);
    }
    let (talk, text) = (&responses.talk, &message.text);
    // Who has agreed and says before it begins that they want none.
    let agreed =
        before.case.plan.agreed && matches!(before.stage, Stage::Asking(Question::Context, _));
    let named = || talk.list(Talk::Reminders).is_in(&plain_words(text));
    if agreed && named() && consent(talk, text) == Some(false) {
        before.stage = Stage::Asking(Question::PlanOffer, None);
    }
    // What may be a danger sign goes first; there is no consent beside it.
    let offers = matches!(before.stage, Stage::Asking(Question::PlanOffer, _));
    let free = (before.plan.is_none() || offers) && !sign && said.raised.is_empty();
    let yes = Choice::Answer(Question::PlanOffer, Answer::Yes, None);
    // Whoever has seen the schedule says a bare yes to it.
    let named_yes = || talk.list(Talk::Yes).is_in(&plain_words(text));
    let plainly =
        || (said.facts.contains(Fact::Yes) || named_yes()) && consent(talk, text) == Some(true);
    // "Message me at 3 in the afternoon" asks for it, and says when.
    let said_words = plain_words(text);
    let asks = talk.list(Talk::CheckOnMe).is_in(&said_words)
        && !talk.list(Talk::Refuses).is_in(&said_words)
        && only_wishes(talk, text)
        && wish(responses, before, message).is_some();
    let wants = || asks_after_all(talk, text) || asks || before.case.plan.only_shown && plainly();
    let after_all = free && super::is_offer_again(before, yes) && wants();
    if after_all {
        before.stage = Stage::Asking(Question::PlanOffer, None);
    }
    if !matches!(before.stage, Stage::Asking(Question::PlanOffer, _)) {
        return None;
    }
    let of_it = |claim: &Claim| claim.about == About::Fact(Fact::PlanShow);
    if free && said.claims.iter().any(of_it) {
        return Some(Choice::Answer(Question::PlanOffer, Answer::Show, None));
    }
    let in_words = || said.facts.contains(Fact::PlanAgrees).then_some(true);
    let when = || agrees_and_wishes(talk, text).map(|_| true);
    let choice = consent(talk, text).or_else(in_words).or_else(when);
    let choice = choice.or_else(|| (after_all || asks).then_some(true)).filter(|_| free);
    if choice == Some(false) {
        before.wish = None;
    } else if free {
        let wished = wish(responses, before, message);
        before.wish = wished.map(|press| press.id()).or(before.wish.take());
    }
    if choice.is_none() {
        withdraw(talk, message, said);
        if !said.question && is_later_aside(message, said) {
            said.facts.remove(Fact::Later);
        }
    }
    let no = Choice::Answer(Question::PlanOffer, Answer::No, None);
    choice.map(|agrees| if agrees { yes } else { no })
}

/// How a plan shall come that is offered, as a message says beside its yes or before it: "mornings
/// please".
fn wish(responses: &Responses, before: &Conversation, message: &Message) -> Option<Press> {
    let (talk, text) = (&responses.talk, &message.text);
    let alone = || only_wishes(talk, text).then_some(text.as_str());
    let said = agrees_and_wishes(talk, text).or_else(alone)?;
    let schedule = before.case.schedule().unwrap_or(Schedule::Full);
    Wish::of(talk, said, responses.plan(schedule.plan())?).press
}

/// "7 out of 10", "3, walking normal", "worse than yesterday", to the question whether it is sore.
fn soreness(responses: &Responses, message: &Message, said: &Understanding) -> Option<Choice> {
    let worse = said.facts.contains(Fact::Worse) && !said.question;
    let number = Plan::soreness(&responses.talk, &message.text).or(worse.then_some(1))?;
    let answer = if number == 0 { Answer::No } else { Answer::Yes };
    Some(Choice::Answer(Question::Sore, answer, None))
}

/// Whether a message says "none of those" to the danger signs that are asked for in short, among answers
/// to the check-in.
fn clears_check(
    responses: &Responses,
    before: &Conversation,
    message: &Message,
    said: &Understanding,
) -> bool {
    let asks = matches!(before.stage, Stage::Asking(Question::Rescreen, _));
    // How somebody walks is one of the answers, where they limp.
    let limps =
        said.facts.contains(Fact::Limp) && said.unsure == FlagSet::only(Flag::CannotBearWeight);
    let unsure = !said.unsure.is_empty() && !limps;
    let wonders = said.question && !Plan::tells_done(&message.text);
    let told = !said.raised.is_empty() || unsure || wonders;
    let plan = before.plan.as_ref().filter(|_| asks && !told);
    let text = plan.and_then(|plan| responses.plan(&plan.name));
    plan.zip(text).is_some_and(|(plan, text)| clears(responses, plan, text, &message.text))
}

/// The same, of a check that may have been asked for long ago.
pub(super) fn clears(responses: &Responses, plan: &Plan, text: &PlanText, message: &str) -> bool {
    besides(responses, plan, text, message).is_some()
}

/// What a message that clears the check answers besides.
pub(super) fn besides(
    responses: &Responses,
    plan: &Plan,
    text: &PlanText,
    message: &str,
) -> Option<String> {
    let of = |clause: &str| Understanding::of(responses, clause, Attention::Addressed);
    let denies = |clause: &str| {
        let said = of(clause);
        !said.denied.is_empty() && said.raised.is_empty() && said.unsure.is_empty()
    };
    plan.besides_clear(&responses.talk, text, message, |clause| is_well(&of(clause)), denies)
}

/// That all is well, where a part of a message says that and nothing else. The "no" of "no problems" is
/// part of it.
pub(super) fn is_well(said: &Understanding) -> bool {
    [Fact::AllWell, Fact::Well].into_iter().any(|fact| {
        let of_it = |claim: &Claim| claim.about == About::Fact(fact);
        said.claims.iter().any(|claim| of_it(claim) && claim.status != Status::Hypothetical)
    })
}

/// "The race is a week away, not today": a "not today" that ends what is told of something else.
fn is_later_aside(message: &Message, said: &Understanding) -> bool {
    const FIRST: usize = 3;
    let own = |claim: &&Claim| claim.about == About::Fact(Fact::Later);
    let aside = |claim: &Claim| {
        let before = message.text.get(..claim.span.start).unwrap_or_default().trim_end();
        before.split_whitespace().count() >= FIRST
            && !before.ends_with(['.', ',', '!', ';', '-', '\n'])
    };
    said.claims.iter().filter(own).all(aside)
}

/// No yes counts that is not clear, and no "no" within a question.
fn withdraw(talk: &TalkLists, message: &Message, said: &mut Understanding) {
    let yes = [Fact::Yes, Fact::ShortYes, Fact::Assent];
    // "Gone after a bit" is not in two minds about a plan.
    if !talk.list(Talk::InTwoMinds).is_in(&plain_words(&message.text)) {
        said.facts.remove(Fact::NotSure);
    }
    let no = [Fact::No, Fact::ShortNo, Fact::NoneOfThese, Fact::ShortNone, Fact::Later];
    let no = no.into_iter().filter(|_| is_question(&message.text));
    // "None of that" is said once more to the lists, and "no swelling" of the leg: neither answers an
    // offer.
    let list = [Fact::No, Fact::ShortNo, Fact::NoneOfThese, Fact::ShortNone]
        .into_iter()
        .filter(|_| names_none(talk, &message.text) || !said.denied.is_empty());
    let no: Vec<Fact> = no.chain(list).collect();
    for fact in yes.into_iter().chain(no) {
        said.facts.remove(fact);
        said.denied_facts.remove(fact);
    }
}
