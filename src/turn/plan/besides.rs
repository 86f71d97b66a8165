//! Who says "none" to the danger signs in short and asks something in the same breath: "None. Can I
//! cycle?" The check is clear, the question is answered, and what the check-in asks comes behind it.

use super::super::{Audience, Conversation, Event, Reminders, Turn, said, step};
use super::declined::cuts;
use crate::message::Message;
use crate::plan::{Plan, is_question};
use crate::responses::{Responses, TalkLists};
use crate::triage::{Answer, Choice, Input, Stage};
use crate::understanding::{About, Attention, Claim, Understanding};
use crate::vocabulary::{Fact, Question};

/// The turn after a message that clears the short check and asks something else; none where anything
/// in it is about a danger sign, or tells that it is worse.
pub(in crate::turn) fn asks_besides(
    responses: &Responses,
    before: &Conversation,
    message: &Message,
    whole: &Understanding,
) -> Option<Turn> {
    let checks = matches!(before.stage, Stage::Asking(Question::Rescreen, _));
    if !checks || before.plan.is_none() || !whole.raised.is_empty() || !whole.unsure.is_empty() {
        return None;
    }
    let (none, rest) = none_first(&responses.talk, &message.text)?;
    let heard = Understanding::of(responses, rest, Attention::Addressed);
    let of_sign = |claim: &Claim| {
        matches!(claim.about, About::Flag(_)) || claim.about == About::Fact(Fact::Worse)
    };
    // "None, did the walk" tells.
    let asks = (heard.question || is_question(rest)) && !Plan::tells_done(rest);
    let told = whole.claims.iter().chain(&heard.claims).any(of_sign);
    if !asks || told || !heard.raised.is_empty() || !heard.unsure.is_empty() {
        return None;
    }
    let part = |text: &str| Message { text: text.to_owned(), ..message.clone() };
    let clear = Choice::Answer(Question::Rescreen, Answer::None, None);
    let event = Event::Said(part(none));
    let first = step(responses, before.clone(), Input::Chose(clear), &event, Audience::Person);
    let waits = first.next.plan.as_ref().is_some_and(|plan| plan.open.is_some());
    let mut then = said(responses, first.next.clone(), &part(rest));
    if then.replies.is_empty() {
        then.replies = first.replies;
    } else if !waits {
        // What the clear check led to is not asked behind the answer.
        then.replies.splice(0..0, first.replies);
    }
    if then.reminders == Reminders::Keep {
        then.reminders = first.reminders;
    }
    Some(then)
}

/// The "none" at the beginning of a message, and what is said besides.
fn none_first<'t>(talk: &TalkLists, text: &'t str) -> Option<(&'t str, &'t str)> {
    let parts = cuts(talk, text).into_iter().rev().filter_map(|cut| text.split_at_checked(cut));
    let mut parts =
        parts.map(|(none, rest)| (none, rest.trim_start_matches(|c: char| !c.is_alphanumeric())));
    parts.find(|(none, rest)| Plan::denies_all(talk, none) && !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::super::super::turn;
    use super::*;
    use crate::message::{Address, PersonId, PlaceId};
    use crate::plan::Due;
    use crate::responses::shipped_talk;

    #[test]
    fn a_none_that_comes_first_leaves_the_rest() {
        let talk = shipped_talk();
        for (text, rest) in [
            ("none. can I cycle?", Some("can I cycle?")),
            (
                "none of those. how long till i can lift weights?",
                Some("how long till i can lift weights?"),
            ),
            ("nothing like that, is ibuprofen ok?", Some("is ibuprofen ok?")),
            ("none can i swim", Some("can i swim")),
            ("none", None),
            ("my foot is numb. none else", None),
            ("can i cycle?", None),
        ] {
            assert_eq!(none_first(&talk, text).map(|(_, rest)| rest), rest, "{text}");
        }
    }

    /// One person, and the time.
    struct Talk<'r> {
        responses: &'r Responses,
        kept: Conversation,
        now: Timestamp,
    }

    impl Talk<'_> {
        fn turn(&self, text: &str) -> Turn {
            let from = Address { person: PersonId(1), place: PlaceId(1) };
            let (text, at) = (text.to_owned(), self.now);
            let message =
                Message { id: 1, from, text, at, addressed: true, in_public: false, within: None };
            turn(self.responses, self.kept.clone(), &Event::Said(message))
        }

        fn say(&mut self, texts: &[&str]) {
            for text in texts {
                self.kept = self.turn(text).next;
            }
        }

        /// What falls due meanwhile is said.
        fn wait(&mut self, hours: i64) {
            let until = self.now + SignedDuration::from_hours(hours);
            let coming = |kept: &Conversation| {
                let all = kept.plan.iter().flat_map(crate::plan::Plan::reminders);
                all.filter(|one| one.due <= until).min_by_key(|one| one.due)
            };
            while let Some(reminder) = coming(&self.kept) {
                let now = reminder.due;
                self.kept =
                    turn(self.responses, self.kept.clone(), &Event::Due(Due { reminder, now }))
                        .next;
            }
            self.now = until;
        }
    }

    #[test]
    fn whoever_answers_a_check_in_hears_something() {
        let folder = std::path::Path::new("responses");
        let responses = crate::responses::disk::load(folder).unwrap();
        let now = "2026-06-01T10:00Z".parse().unwrap();
        let kept = Conversation::default();
        let mut first = Talk { responses: &responses, kept, now };
        first.say(&["calf cramp at football yesterday, sore", "none", "none", "yes", "3"]);
        assert!(first.kept.plan.is_some());
        first.wait(24);
        let mut stage = Talk { kept: first.kept.clone(), ..first };
        stage.wait(24);
        stage.say(&["none, 1, normal walk"]);
        stage.wait(24);
        let open =
            |talk: &Talk<'_>| talk.kept.plan.as_ref()?.open.as_ref().map(|one| one.step.clone());
        assert_eq!(open(&first).as_deref(), Some("day_2"));
        assert_eq!(open(&stage).as_deref(), Some("flat_walk"));
        let begins = ["none", "no", "no signs", "none of those", "nothing like that", "yes", ""];
        let ends = [
            "it got a lot worse after the walk",
            "much worse than before",
            "it hurt way more afterwards",
            "i had to stop halfway",
            "pain went up to 6",
            "limping a bit",
            "i can't walk on it",
            "soreness 4",
            "did it",
            "didn't do it",
            "can i cycle",
            "the kids were ill",
            "it cramped again",
            "stop",
            "",
        ];
        for talk in [&first, &stage] {
            for begin in begins {
                for end in ends {
                    for joins in [", ", ", but ", ". "] {
                        let text = format!("{begin}{joins}{end}");
                        assert!(!talk.turn(&text).replies.is_empty(), "{text}");
                    }
                }
            }
        }
        let worse = stage.turn("none, but it got a lot worse after the walk");
        assert!(worse.next.plan.is_some_and(|plan| plan.doubt.is_some()));
    }
}
