//! The question flow is safe in every state, and a flow that is wrong in one respect is seen, with
//! the shortest way to where it goes wrong.

use charley::proof::{Rule, Theme, prove, prove_of};
use charley::responses::Responses;
use charley::triage::{self, Answer, Case, Choice, Input, Move, Next, Stage, Timers};
use charley::vocabulary::{Card, Flag, FlagId, Question, Urgency};
use jiff::Timestamp;

use crate::store::responses;

/// The shortest way to break a rule, in a flow whose every next step is changed like this.
fn broken(
    rule: Rule,
    theme: Theme,
    change: impl Fn(&Case, Stage, Input<'_>, Next) -> Next,
) -> Vec<String> {
    let next =
        |responses: &Responses, case: Case, stage: Stage, input: Input<'_>, now: Timestamp| {
            let next = triage::next(responses, case.clone(), stage, input, now);
            change(&case, stage, input, next)
        };
    let proof = prove_of(&responses(), &next, &[theme]);
    let breach = proof.breaches.into_iter().find(|breach| breach.rule == rule);
    breach.map(|breach| breach.path).unwrap_or_default()
}

fn sign(flag: Flag) -> Theme {
    Theme::Sign(FlagId::from(flag))
}

fn asks(next: &Next, question: Question) -> bool {
    next.moves.contains(&Move::Ask(question, None))
}

/// Asks another question instead of what was to be said.
fn ask_instead(next: &mut Next, question: Question) {
    next.moves = vec![Move::Ask(question, None)];
    next.stage = Stage::Asking(question, None);
    next.case.asked.insert(question);
}

#[test]
fn the_flow_that_is_shipped_is_safe() {
    let proof = prove(&responses());
    let shown = proof.to_string();
    assert!(proof.breaches.is_empty(), "{shown}");
    assert!(shown.ends_with("steps, no unsafe path"), "{shown}");
    // A walk that reaches much less proves nothing.
    assert!(proof.states > 50_000 && proof.steps > 5_000_000, "{shown}");
}

#[test]
fn self_care_with_a_sign_affirmed_is_seen() {
    let path = broken(Rule::NoCareWithSign, sign(Flag::Swelling), |_, _, _, mut next| {
        if next.stage == Stage::Closed(Urgency::Urgent) {
            next.moves = vec![Move::Advice];
            next.stage = Stage::Closed(Urgency::SelfCare);
        }
        next
    });
    assert_eq!(path, ["> my calf cramped (and: swelling)"]);
}

#[test]
fn self_care_before_the_check_was_answered_is_seen() {
    let path = broken(Rule::NoCareUnchecked, Theme::Trace, |_, _, _, mut next| {
        if asks(&next, Question::Check) {
            next.moves = vec![Move::Advice];
        }
        next
    });
    assert_eq!(path, ["> my calf cramped"]);
}

#[test]
fn an_emergency_that_is_not_told_alone_is_seen() {
    let path = broken(Rule::SignAtOnce, sign(Flag::DarkUrine), |_, _, _, mut next| {
        if next.moves.iter().any(|step| matches!(step, Move::Emergency(_))) {
            next.moves.push(Move::SafetyNet);
        }
        next
    });
    assert_eq!(path, ["> my calf cramped (and: brown, red or very little pee)"]);
}

#[test]
fn an_emergency_that_waits_for_an_answer_is_seen() {
    let path = broken(Rule::SignAtOnce, Theme::Slots, |case, stage, input, next| {
        let pressed = matches!(input, Input::Chose(Choice::Answer(_, Answer::List1, _)));
        if pressed { Next { case: case.clone(), stage, ..next } } else { next }
    });
    assert_eq!(path, ["[Yes, one from list 1]"]);
}

#[test]
fn a_row_of_the_table_that_is_overlooked_is_seen() {
    let responses = responses();
    let row = responses.combinations.iter().position(|row| row.id == "walking_pain_at_rest");
    let path = broken(Rule::SignAtOnce, Theme::Row(row.unwrap()), |_, stage, _, next| {
        let sent = next.moves.iter().any(|step| matches!(step, Move::SameDay(_)));
        if sent { Next { moves: vec![Move::SafetyNet], stage, ..next } } else { next }
    });
    assert_eq!(
        path,
        ["> my calf cramped (and: pain that comes with walking and goes with rest) (pain at rest)"]
    );
}

#[test]
fn not_sure_taken_for_no_is_seen() {
    let path = broken(Rule::OwnAnswerLowers, Theme::Slots, |_, _, input, mut next| {
        let unsure = Choice::Answer(Question::Check, Answer::NotSure, None);
        next.case.checked |= matches!(input, Input::Chose(choice) if choice == unsure);
        next
    });
    assert_eq!(path, ["> my calf cramped", "[Not sure]"]);
}

#[test]
fn silence_taken_for_no_is_seen() {
    let path = broken(Rule::OwnAnswerLowers, Theme::Course, |_, _, input, mut next| {
        next.case.checked |= matches!(input, Input::Due(charley::vocabulary::Timer::LetGo15));
        next
    });
    assert_eq!(path, ["> it is the leg (now)", "+3 min", "+7 min", "+5 min"]);
}

#[test]
fn a_sign_that_is_lowered_in_passing_is_seen() {
    let path = broken(Rule::OwnAnswerLowers, sign(Flag::Swelling), |_, _, input, mut next| {
        if let Input::Heard(said) = input
            && said.denied.contains(Flag::Swelling)
        {
            next.case.clear(Flag::Swelling.into());
        }
        next
    });
    assert_eq!(
        path,
        ["> my calf cramped (and: swelling)", "> it is the leg (and not: anything of both lists)"]
    );
}

#[test]
fn a_fact_that_is_forgotten_is_seen() {
    let path = broken(Rule::Remembered, sign(Flag::Recurrent), |_, _, _, mut next| {
        next.case.flags.remove(Flag::Recurrent);
        next
    });
    assert_eq!(path, ["> my calf cramped (and: cramps that keep coming back)"]);
}

#[test]
fn a_question_that_comes_twice_is_seen() {
    let path = broken(Rule::NotTwice, Theme::Trace, |case, _, _, mut next| {
        if asks(&next, Question::PlanOffer) && case.answered.contains(Question::When) {
            ask_instead(&mut next, Question::When);
        }
        next
    });
    assert_eq!(path, ["> it is the leg (released)", "> no", "[While running]", "> no"]);
}

#[test]
fn a_fifth_question_is_seen() {
    let path = broken(Rule::FourQuestions, Theme::Trace, |case, _, _, mut next| {
        let more = [Question::Released, Question::When, Question::Context, Question::LetGo3];
        let more = more.into_iter().find(|question| !case.asked.contains(*question));
        if let Some(question) = more.filter(|_| asks(&next, Question::PlanOffer)) {
            ask_instead(&mut next, question);
        }
        next
    });
    assert_eq!(path, ["> my calf cramped", "> no", "> no", "[While running]", "> no"]);
}

#[test]
fn a_question_before_relief_is_seen() {
    let path = broken(Rule::ReliefFirst, Theme::Course, |_, _, _, mut next| {
        next.moves.reverse();
        next
    });
    assert_eq!(path, ["> it is the leg (now)"]);
}

#[test]
fn a_topic_that_is_not_answered_in_between_is_seen() {
    let path = broken(Rule::AnsweredInBetween, Theme::Trace, |_, stage, _, mut next| {
        if matches!(stage, Stage::Asking(..)) {
            next.moves.retain(|step| !matches!(step, Move::Answer(_)));
        }
        next
    });
    assert_eq!(path, ["> my calf cramped", "> what about pickle juice?"]);
}

#[test]
fn an_interview_that_nobody_asked_for_is_seen() {
    let path = broken(Rule::NoInterviewUnasked, Theme::Trace, |_, _, _, mut next| {
        if asks(&next, Question::WhatIf) {
            ask_instead(&mut next, Question::Check);
        }
        next
    });
    assert_eq!(path, ["> what if a leg swells?"]);
}

#[test]
fn silence_is_seen() {
    let path = broken(Rule::NeverSilent, Theme::Trace, |_, _, _, mut next| {
        next.moves.retain(|step| *step != Move::Show(Card::NotUnderstood));
        next
    });
    assert_eq!(path, ["> yes"]);
}

#[test]
fn a_choice_that_leads_nowhere_is_seen() {
    let path = broken(Rule::ChoicesAreTaken, Theme::Trace, |_, _, _, mut next| {
        if asks(&next, Question::Context) {
            next.stage = Stage::Waiting;
        }
        next
    });
    assert_eq!(path, ["> it is the leg (released)", "> no", "[While running]"]);
}

#[test]
fn a_question_without_a_way_on_is_seen() {
    let path = broken(Rule::QuestionsLeadOn, Theme::Trace, |case, stage, _, next| {
        let open = stage == Stage::Asking(Question::Released, None);
        let moves = vec![Move::Ask(Question::Released, None)];
        if open {
            Next { case: case.clone(), stage, moves, timers: Timers::Keep, quiet: None, plan: None }
        } else {
            next
        }
    });
    assert_eq!(path, ["> it is the leg (and not: anything of both lists)"]);
}

#[test]
fn two_questions_that_only_lead_to_each_other_are_seen() {
    let path = broken(Rule::NoDeadEnd, Theme::Trace, |case, stage, _, mut next| {
        match stage {
            Stage::Asking(Question::When, _) => ask_instead(&mut next, Question::Context),
            Stage::Asking(Question::Context, _) => ask_instead(&mut next, Question::When),
            Stage::Asking(..) | Stage::Idle | Stage::Waiting | Stage::Closed(_) => return next,
        }
        Next { case: case.clone(), ..next }
    });
    assert_eq!(path, ["> it is the leg (released)", "> no"]);
}

#[test]
fn a_broken_flow_reads_as_a_transcript() {
    let next =
        |responses: &Responses, case: Case, stage: Stage, input: Input<'_>, now: Timestamp| {
            let mut next = triage::next(responses, case, stage, input, now);
            next.case.checked |= matches!(input, Input::Due(_));
            next
        };
    let shown = prove_of(&responses(), &next, &[Theme::Course]).to_string();
    let lines: Vec<&str> = shown.lines().skip(1).take(4).collect();
    assert_eq!(
        lines,
        [
            "",
            "a danger sign is lowered without the person's own answer; the shortest way there:",
            "  > it is the leg (now)",
            "  +3 min",
        ]
    );
}
