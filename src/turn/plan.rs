//! The plan's part of a turn: what it says by itself, and what the interview means for it.

use jiff::{SignedDuration, Timestamp};

use super::{Audience, Conversation, Event, Turn, step, told};
use crate::message::Message;
use crate::plan::{Asks, Due, Habits, Outcome, Paused, Plan, Press, State, What, wished};
use crate::responses::{PlanText, Responses};
use crate::triage::{self, Answer, Choice, ForPlan, Input, Next, Schedule, Stage};
use crate::understanding::{About, Claim, Understanding};
use crate::vocabulary::{Card, Fact, FlagSet, Question, Status, Urgency};

/// A cramp that began so long after the one of the plan is another one (`club-rule`).
const ANOTHER: SignedDuration = SignedDuration::from_hours(1);

/// A check-in is due, or the day on which a plan is forgotten.
pub(super) fn fell_due(
    responses: &Responses,
    mut before: Conversation,
    due: &Due,
    event: &Event,
) -> Turn {
    let reminder = &due.reminder;
    let Some(plan) = before.plan.as_mut().filter(|plan| plan.run == reminder.run) else {
        return Turn::silence(before);
    };
    match &reminder.what {
        What::Forget => {
            // Somebody may have been heard since it was planned.
            if plan.forgotten_at().is_some_and(|at| at <= due.now) {
                before.plan = None;
            }
            Turn::silence(before)
        }
        What::CheckIn(step, time) => {
            let Some(text) = responses.plan(&plan.name) else { return Turn::silence(before) };
            let outcome = plan.due(text, step, *time, due.now);
            if outcome.says.is_empty() {
                return Turn { skipped: outcome.skipped, ..Turn::silence(before) };
            }
            before.last = Some(due.now);
            with_interview(responses, before, outcome, event)
        }
        What::Timer(_) => Turn::silence(before),
    }
}

/// Something was pressed on a plan, or said in other words.
pub(super) fn pressed(
    responses: &Responses,
    mut before: Conversation,
    press: &Press,
    event: &Event,
) -> Turn {
    let known = before.plan.as_ref().and_then(|plan| responses.plan(&plan.name));
    let outcome = match (before.plan.as_mut(), known) {
        (Some(plan), Some(text)) => plan.pressed(text, press, event.at()),
        // Its file is gone: it can be stopped, and nothing else.
        (Some(_), None) if *press == Press::Stop => Outcome::over(Card::PlanStopped),
        (Some(_), None) | (None, _) => Outcome::card(Card::PlanNone),
    };
    let begin = Choice::Answer(Question::Offer, Answer::Private, None);
    let instead = [(Press::Worse, Input::Worse), (Press::Start, Input::Chose(begin))];
    let instead = instead.into_iter().find(|(wish, _)| wish == press && before.plan.is_none());
    if let Some((_, input)) = instead {
        return step(responses, before, input, event, Audience::Person);
    }
    with_interview(responses, before, outcome, event)
}

/// Whoever answers the check of the check-in that waits, though hours or weeks later, is asked for it
/// anew and has answered at once: what they say, they say now. Where a sign is in doubt meanwhile,
/// they see the check-in once more. Where the plan rests because nothing was heard, it goes on.
pub(super) fn late_check(
    responses: &Responses,
    before: &mut Conversation,
    choice: Choice,
    now: Timestamp,
) -> Option<Press> {
    let late = !triage::is_open(&before.case, before.stage, choice) && !triage::is_danger(choice);
    let check = matches!(choice, Choice::Answer(Question::Rescreen, ..));
    let plan = before.plan.as_ref().filter(|_| check && late)?;
    if plan.state == State::Paused(Paused::BySilence) {
        return Some(Press::Resume);
    }
    let open = plan.open.as_ref().filter(|_| plan.state == State::Running)?;
    let again = Press::Open(open.step.clone(), open.time);
    let asks = responses.plan(&plan.name).and_then(|text| text.step(&open.step));
    let asks = asks.is_some_and(|step| step.check);
    let next = triage::next(responses, before.case.clone(), before.stage, Input::CheckIn, now);
    if !asks || !triage::is_open(&next.case, next.stage, choice) {
        return Some(again);
    }
    (before.case, before.stage) = (next.case, next.stage);
    before.case.plan.runs = true;
    None
}

/// Whether a plan went on after the last word here, so that a card that sent to a doctor is outdated:
/// it had let the plan rest until one had looked.
pub(super) fn is_outdated(before: &Conversation) -> bool {
    let sent = matches!(before.stage, Stage::Closed(level) if level >= Urgency::Urgent);
    before.plan.as_ref().zip(before.last).is_some_and(|(plan, last)| {
        sent && plan.state == State::Running && plan.since > last && plan.since > plan.began
    })
}

/// What a plan says, with the danger signs that it asks for, or the one that an answer told.
fn with_interview(
    responses: &Responses,
    mut kept: Conversation,
    mut outcome: Outcome,
    event: &Event,
) -> Turn {
    let input = match (outcome.raise, outcome.asks) {
        (Some(flag), _) => Some(Input::Chose(Choice::Signs(FlagSet::only(flag)))),
        (None, Some(Asks::InShort)) => Some(Input::CheckIn),
        (None, Some(Asks::InFull)) => Some(Input::Worse),
        (None, None) => None,
    };
    kept.case.plan.runs = kept.plan.is_some();
    let (case, stage) = (std::mem::take(&mut kept.case), kept.stage);
    let next = match input {
        Some(input) => triage::next(responses, case, stage, input, event.at()),
        None => Next::still(case, stage),
    };
    let followed = follow(responses, &mut kept, &next, event, Audience::Person);
    outcome.says.extend(followed.says);
    outcome.over |= followed.over;
    outcome.directly |= followed.directly;
    told(responses, kept, next, &outcome, event, Audience::Person)
}

/// What the interview means for the plan. A danger sign lets it rest, whatever it came from.
pub(super) fn follow(
    responses: &Responses,
    kept: &mut Conversation,
    next: &Next,
    event: &Event,
    to: Audience,
) -> Outcome {
    let now = event.at();
    if let Some(ForPlan::Begins(schedule)) = next.plan {
        return begin(responses, kept, next, schedule, event);
    }
    let Some(plan) = kept.plan.as_mut() else { return Outcome::default() };
    if matches!(next.stage, Stage::Closed(level) if level >= Urgency::Urgent) {
        if !plan.is_held() || plan.seen {
            plan.hold(now);
        }
        return Outcome::default();
    }
    // What was only overheard leads nowhere in a plan.
    let text = responses.plan(&plan.name).filter(|_| to == Audience::Person);
    let Some(text) = text else { return Outcome::default() };
    match next.plan {
        Some(ForPlan::IsClear) => plan.is_clear(text, now),
        Some(ForPlan::CrampTold) => cramp_told(plan, text, next, now),
        Some(ForPlan::Stops) => Outcome::over(Card::PlanStopped),
        Some(ForPlan::Begins(_)) | None => Outcome::default(),
    }
}

fn begin(
    responses: &Responses,
    kept: &mut Conversation,
    next: &Next,
    schedule: Schedule,
    event: &Event,
) -> Outcome {
    let Some(text) = responses.plan(schedule.plan()) else { return Outcome::card(Card::PlanNone) };
    let now = event.at();
    let cramp = next.case.began.unwrap_or(now);
    let habits = Habits::usual(&responses.zone);
    let (plan, outcome) = Plan::begin(text, habits, event.address(), cramp, now);
    kept.plan = Some(plan);
    outcome
}

/// Another cramp begins the plan anew; the same one told again changes nothing.
fn cramp_told(plan: &mut Plan, text: &PlanText, next: &Next, now: Timestamp) -> Outcome {
    let held = plan.is_held();
    let another = next.case.began.filter(|began| began.duration_since(plan.cramp) > ANOTHER);
    match another {
        Some(cramp) => plan.cramped_again(text, cramp, now),
        None if held => plan.is_clear(text, now),
        None => Outcome::default(),
    }
}

/// What a message says of the plan, and of nothing else.
pub(super) fn act(
    responses: &Responses,
    before: &Conversation,
    message: &Message,
    said: &Understanding,
    to: Audience,
) -> Option<Press> {
    let signs = !said.raised.is_empty() || !said.unsure.is_empty();
    if to != Audience::Person || signs {
        return None;
    }
    if before.plan.is_some() && wants_to_stop(message, said) {
        return Some(Press::Stop);
    }
    let asked = matches!(before.stage, Stage::Asking(..) | Stage::Waiting);
    let wish = wish(message, said);
    let Some(plan) = before.plan.as_ref() else {
        // It is told that there is none, where nothing else is meant.
        let other = said.is_relevant() || said.topics.iter().any(|topic| topic.named);
        return wish.filter(|_| !asked && !other);
    };
    let short = said.length <= LONGEST;
    let answer = || answer(responses, plan, message, said, asked);
    // Whoever has a plan is not told what one would be.
    let about_it = || speaks_of_it(responses, said) && !asked;
    wish.or_else(|| answer().filter(|_| short))
        .or_else(|| (about_it() && said.length <= LONGEST_WISH).then_some(Press::Status))
}

/// What a short message answers, or tells of the leg.
fn answer(
    responses: &Responses,
    plan: &Plan,
    message: &Message,
    said: &Understanding,
    asked: bool,
) -> Option<Press> {
    let says = |fact| wishes(message, said, fact);
    if says(Fact::PlanFine) && plan.open.is_none() {
        return Some(Press::Fine);
    }
    if let Some(press) = plan.zone_in_words(&message.text, said).filter(|_| !asked) {
        return Some(press);
    }
    let text = responses.plan(&plan.name)?;
    // "Cramped again, 2 km in" is no number of soreness.
    let cramp = [Fact::Now, Fact::StillLocked, Fact::CrampedAgain].into_iter().any(says);
    if asked || cramp {
        return None;
    }
    let answer = plan.in_words(text, &message.text, said);
    answer.or_else(|| says(Fact::Worse).then_some(Press::Worse))
}

/// Whether a message is about reminders, or tells how sore the leg is when nobody asked.
fn speaks_of_it(responses: &Responses, said: &Understanding) -> bool {
    let best = said.topics.first().and_then(|best| responses.topic(best.topic));
    let reminders = best.is_some_and(|topic| topic.intent == "reminders");
    !said.is_relevant() && (reminders || said.facts.contains(Fact::Sore))
}

/// What somebody wishes of a plan, whichever it is.
fn wish(message: &Message, said: &Understanding) -> Option<Press> {
    // "When is the next one?" is a question, and no condition.
    let next = |claim: &Claim| claim.about == About::Fact(Fact::PlanNext);
    let asks_next = said.claims.iter().any(next);
    let says = |fact| wishes(message, said, fact) || fact == Fact::PlanNext && asks_next;
    let short = [
        (Fact::PlanNext, Press::Status),
        (Fact::PlanPause, Press::Pause),
        (Fact::PlanResume, Press::Resume),
        (Fact::PlanFewer, Press::Fewer(None)),
    ];
    let mut short = short.into_iter().filter(|_| said.length <= LONGEST);
    let settings = || said.length <= LONGEST_WISH && says(Fact::PlanSettings);
    let wish = short.find(|(fact, _)| says(*fact)).map(|(_, press)| press);
    wish.or_else(|| settings().then(|| wished(&message.text)))
}

/// Whether somebody wants no more of a plan, whatever else they wish for in the same breath. A rest
/// from it is none.
fn wants_to_stop(message: &Message, said: &Understanding) -> bool {
    let says = |fact| wishes(message, said, fact);
    let next = |claim: &Claim| claim.about == About::Fact(Fact::PlanNext);
    let other = [Fact::PlanResume, Fact::PlanFewer, Fact::PlanFine, Fact::PlanSettings]
        .into_iter()
        .any(says)
        || said.claims.iter().any(next);
    let stop = says(Fact::Stop) && other && said.length <= LONGEST;
    (says(Fact::PlanStop) || stop) && said.length <= LONGEST_WISH
}

/// Whether a message says so, or asks for it: "can you pause my plan?" is a wish, and "if I pause it"
/// is none.
fn wishes(message: &Message, said: &Understanding, fact: Fact) -> bool {
    let asks = |claim: &Claim| {
        let cue = claim.cue.clone().and_then(|cue| message.text.get(cue)).unwrap_or_default();
        let first = cue.split_whitespace().next().unwrap_or_default().to_lowercase();
        claim.status == Status::Hypothetical && REQUESTS.contains(&first.as_str())
    };
    let of_it = |claim: &&Claim| claim.about == About::Fact(fact);
    said.facts.contains(fact) || said.claims.iter().filter(of_it).any(asks)
}

/// How a polite request begins.
const REQUESTS: [&str; 2] = ["can", "could"];

/// Longest message, in words, that is taken as a wish to stop or for another time of day; nobody tells
/// a long story to say so.
const LONGEST_WISH: usize = 25;

/// Longest message, in words, that is taken as an answer to a check-in or a wish about the plan.
const LONGEST: usize = 10;
