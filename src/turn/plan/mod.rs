//! The plan's part of a turn: what it says by itself, and what the interview means for it.

mod asides;
mod begins;
mod besides;
mod consent;
mod cramped;
mod declined;
mod ends;
mod late;
mod noted;
mod words;

use jiff::Timestamp;

use super::{Audience, Conversation, Event, Turn, step, told};
use crate::plan::{Asks, Doubt, Due, Outcome, Paused, Plan, Press, Saying, State, What};
use crate::responses::{PlanText, Responses};
use crate::triage::{self, Answer, Case, Choice, ForPlan, Input, Move, Next, Schedule, Stage};
use crate::understanding::{Attention, Understanding};
use crate::vocabulary::{Card, Fact, FlagSet, Question, Setting, Urgency};

pub(super) use besides::asks_besides;
pub(super) use consent::choice;
pub(super) use declined::declined;
pub(super) use ends::takes_leave;
pub(super) use noted::noted;
pub(super) use words::act;

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
        (Some(plan), Some(text)) if *press == Press::Cramped => {
            cramped::told(responses, plan, text, event)
        }
        (Some(plan), Some(text)) => plan.pressed(text, press, event.at()),
        // Its file is gone: it can be stopped, and nothing else.
        (Some(_), None) if *press == Press::Stop => Outcome::over(Card::PlanStopped),
        (Some(_), None) | (None, _) => Outcome::card(Card::PlanNone),
    };
    if *press == Press::Seen && before.plan.as_ref().is_some_and(Plan::is_held) {
        return step(responses, before, Input::Chose(Choice::Checked), event, Audience::Person);
    }
    if *press == Press::Ask
        && let Some((case, stage, said)) = late::answer(responses, &before, event)
    {
        (before.case, before.stage) = (case, stage);
        return step(responses, before, Input::Heard(&said), event, Audience::Person);
    }
    if *press == Press::Ask
        && let Some((case, stage)) = late::all_well(responses, &before, event)
    {
        (before.case, before.stage) = (case, stage);
        let none = Choice::Answer(Question::Rescreen, Answer::None, None);
        return step(responses, before, Input::Chose(none), event, Audience::Person);
    }
    let said = matches!(event, Event::Said(_));
    if *press == Press::Stop && (said || before.case.plan.checks_in) && !is_sent(before.stage) {
        // What was asked for the plan, or beside it, is over as well.
        (before.case, before.stage) = (Case::default(), Stage::Idle);
    }
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
    if is_offer_again(before, choice) {
        before.stage = Stage::Asking(Question::PlanOffer, None);
        return None;
    }
    let late = !triage::is_open(&before.case, before.stage, choice) && !triage::is_danger(choice);
    let check = matches!(choice, Choice::Answer(Question::Rescreen, ..));
    let plan = before.plan.as_ref().filter(|_| check && late)?;
    let silent = plan.state == State::Paused(Paused::BySilence);
    if silent && plan.open.is_none() {
        return Some(Press::Resume);
    }
    let open = plan.open.as_ref().filter(|_| silent || plan.state == State::Running)?;
    let again = Press::Open(open.step.clone(), open.time);
    if plan.doubt.is_some() {
        return Some(again);
    }
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

/// Whether somebody who had said no to a plan wants one after all, while the danger signs that they
/// answered still hold.
fn is_offer_again(before: &Conversation, choice: Choice) -> bool {
    let wants = Choice::Answer(Question::PlanOffer, Answer::Yes, None);
    let shows = Choice::Answer(Question::PlanOffer, Answer::Show, None);
    let declined = before.stage == Stage::Closed(Urgency::SelfCare)
        && before.case.checked
        && before.case.asked.contains(Question::PlanOffer);
    before.plan.is_none() && declined && (choice == wants || choice == shows)
}

/// Whether a plan went on after the last word here, so that a card that sent to a doctor is outdated:
/// it had let the plan rest until one had looked.
pub(super) fn is_outdated(before: &Conversation) -> bool {
    let sent = is_sent(before.stage);
    before.plan.as_ref().zip(before.last).is_some_and(|(plan, last)| {
        sent && plan.state == State::Running && plan.since > last && plan.since > plan.began
    })
}

/// What the interview means for a plan may lead back to the interview: an answer beside the "none"
/// tells that it is worse, or that a danger sign is there after all.
pub(super) fn leads_on(
    responses: &Responses,
    mut kept: Conversation,
    next: Next,
    outcome: Outcome,
    event: &Event,
) -> Turn {
    (kept.case, kept.stage) = (next.case, next.stage);
    with_interview(responses, kept, outcome, event)
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
    let mut next = match input {
        Some(input) => triage::next(responses, case, stage, input, event.at()),
        None => Next::still(case, stage),
    };
    let followed = follow(responses, &mut kept, &next, event, Audience::Person);
    offer_longer(&mut next, &kept, &followed);
    let below = |saying: &Saying| matches!(saying, Saying::Buttons(_));
    let has_buttons = outcome.says.iter().any(below);
    outcome.says.extend(followed.says.into_iter().filter(|one| !(has_buttons && below(one))));
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
        return begins::begin(responses, kept, next, schedule, event);
    }
    let Some(plan) = kept.plan.as_mut() else { return Outcome::default() };
    let file = responses.plan(&plan.name);
    if let (Some(text), Event::Said(message), Audience::Person) = (file, event, to) {
        let said = Understanding::of(responses, &message.text, Attention::Addressed);
        let cramp = cramped::another(plan, next, &said, now);
        if let Some(cramp) = cramp.filter(|_| !is_in_bed_beside(text, next)) {
            plan.cramp_is_told(text, cramp, now);
        }
    }
    if is_sent(next.stage) {
        if !plan.is_held() || plan.seen {
            plan.hold(now);
        }
        return Outcome::default();
    }
    // What was only overheard leads nowhere in a plan.
    let Some(text) = file.filter(|_| to == Audience::Person) else { return Outcome::default() };
    let from_person = !matches!(event, Event::Due(_));
    if from_person && asks_in_full(responses, next) {
        plan.is_in_doubt(now);
    } else if next.plan.is_none() && next.case.checked && !asks_in_full(responses, next) {
        // The interview asked for them, for another cramp.
        plan.doubt = None;
    }
    match next.plan {
        Some(ForPlan::IsClear) => is_clear(responses, plan, text, event),
        Some(ForPlan::CrampTold) => cramp_told(plan, text, next, now),
        Some(ForPlan::Stops) => Outcome::over(Card::PlanStopped),
        // What becomes of it was told already.
        Some(ForPlan::Ends) => Outcome { over: true, ..Outcome::default() },
        Some(ForPlan::Rests) => {
            plan.hold(now);
            Outcome::default()
        }
        // Whoever talks with us while a check-in waits can still put it off.
        Some(ForPlan::Begins(_)) | None if next.moves.contains(&RESCREEN) => {
            plan.buttons_below(true)
        }
        // What was asked before something else was answered is still open.
        Some(ForPlan::Begins(_)) | None => {
            let answered = matches!(event, Event::Said(_)) && is_aside(next);
            if answered { plan.still_asks(text, now) } else { Outcome::default() }
        }
    }
}

/// Whether something was answered besides, and the interview asks nothing by itself.
fn is_aside(next: &Next) -> bool {
    let asks = matches!(next.stage, Stage::Asking(..) | Stage::Waiting);
    let answers = |step: &Move| match step {
        Move::Answer(_) | Move::FollowUp(..) | Move::More(_) | Move::Sources => true,
        Move::Show(card) => {
            matches!(card, Card::PlanThinner | Card::PlanMedicine | Card::EmergencyNumbers)
        }
        _ => false,
    };
    !asks && next.moves.iter().any(answers)
}

/// The question on the danger signs in short.
const RESCREEN: Move = Move::Ask(Question::Rescreen, None);

/// Whether somebody was sent to a doctor.
fn is_sent(stage: Stage) -> bool {
    matches!(stage, Stage::Closed(level) if level >= Urgency::Urgent)
}

/// Whether more than the short check is open on the danger signs.
fn asks_in_full(responses: &Responses, next: &Next) -> bool {
    let Stage::Asking(question, about) = next.stage else { return false };
    let sign = about.is_some_and(|flag| responses.urgency(flag) >= Urgency::Urgent);
    match question {
        Question::Clarify | Question::StillThere => sign,
        Question::Check | Question::List2 | Question::Which | Question::Rest => true,
        Question::Released
        | Question::LetGo3
        | Question::LetGo10
        | Question::When
        | Question::Context
        | Question::PlanOffer
        | Question::Sore
        | Question::WhatIf
        | Question::Offer
        | Question::Rescreen
        | Question::Reminder
        | Question::Zone => false,
    }
}

/// No danger sign is there: the check-in goes on. What the same message answers besides is not asked
/// again.
fn is_clear(responses: &Responses, plan: &mut Plan, text: &PlanText, event: &Event) -> Outcome {
    let (now, anew) = (event.at(), plan.doubt == Some(Doubt::Cramp));
    let sore = plan.doubt == Some(Doubt::Sore) && plan.name == Schedule::Short.plan();
    let rest = match event {
        Event::Said(message) => consent::besides(responses, plan, text, &message.text),
        Event::Pressed(_) | Event::Due(_) => None,
    };
    let mut outcome = plan.is_clear(text, now);
    outcome.offers_longer = sore && plan.state == State::Running;
    if anew && !text.intro.is_empty() {
        let at = outcome.says.len().min(1);
        outcome.says.insert(at, Saying::Text(text.intro.clone()));
    }
    let Event::Said(message) = event else { return outcome };
    let of_answers = |text: &str| Understanding::of(responses, text, Attention::Addressed);
    let talk = &responses.talk;
    // Where the rest of it is known for what it is, all of that is for the questions.
    let told = rest.as_ref().unwrap_or(&message.text);
    let heard = of_answers(told);
    let answer = plan.in_words(talk, text, told, &heard, rest.is_none());
    let worse = heard.facts.contains(Fact::Worse) && !heard.question;
    let answer = match answer {
        Some(answer) if !worse || answer.tells_worse() => Some(answer),
        _ if worse => Some(Press::Worse),
        _ => None,
    };
    match answer {
        Some(answer) if !outcome.over => plan.pressed(text, &answer, now),
        Some(_) | None => outcome,
    }
}

/// Offers the longer plan to whoever is sore after all. The one they have runs on until they say yes.
pub(super) fn offer_longer(next: &mut Next, kept: &Conversation, outcome: &Outcome) {
    let Some(plan) = kept.plan.as_ref().filter(|_| outcome.offers_longer) else { return };
    (next.case.sore, next.case.began) = (Some(true), Some(plan.cramp));
    next.case.asked.insert(Question::PlanOffer);
    next.stage = Stage::Asking(Question::PlanOffer, None);
    next.moves.push(Move::Ask(Question::PlanOffer, None));
}

/// Whether a cramp in bed is told beside a plan after sport: that plan counts from none of it.
fn is_in_bed_beside(text: &PlanText, next: &Next) -> bool {
    !text.is_of_habits() && next.case.setting == Setting::Nocturnal
}

/// Another cramp begins the plan anew; the same one told again changes nothing.
fn cramp_told(plan: &mut Plan, text: &PlanText, next: &Next, now: Timestamp) -> Outcome {
    // It was counted when it was told, and the danger signs were asked for since.
    let counted = plan.cramp > plan.began;
    let waits = plan.is_held() || plan.doubt.is_some();
    let another = next.case.began.filter(|began| cramped::is_another(plan, *began));
    let rests = matches!(plan.state, State::Paused(Paused::ByMember | Paused::BySilence));
    let in_bed = is_in_bed_beside(text, next);
    match another {
        Some(_) if rests => plan.still_rests(),
        Some(_) if in_bed && !waits => plan.goes_on_as_planned(),
        Some(cramp) if !in_bed => plan.cramped_again(text, cramp, now),
        Some(_) => plan.is_clear(text, now),
        None if waits => plan.is_clear(text, now),
        None if counted => plan.counts_from_cramp(),
        None => Outcome::default(),
    }
}
