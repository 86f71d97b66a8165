//! Nothing delays an emergency: whatever came before, the emergency card comes and nothing else.
#![allow(clippy::assigning_clones, reason = "a plain copy reads better in a test")]

use charley::message::{Address, Message, PersonId, PlaceId};
use charley::plan::{Due, Reminder};
use charley::reply::ReplyKind;
use charley::responses::RedFlag;
use charley::triage::Case;
use charley::turn::{Conversation, Event, Press, Reminders, Turn, turn};
use charley::understanding::{Attention, Understanding};
use charley::vocabulary::{Card, FlagId, FlagSet, Setting, Urgency};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::sample::Index;

use super::{RESPONSES, cases};

const FROM: Address = Address { person: PersonId(1), place: PlaceId(2) };

/// What people write before and after what they tell, and which changes nothing of it.
const OPENERS: &[&str] = &[
    "",
    "hi all. ",
    "Hello! ",
    "so ",
    "ok ",
    "help please. ",
    "Guys, ",
    "hey\n",
    "oh no, ",
    "ooh no ",
    "ohhh no, ",
    "oh no no no, ",
    "argh no, ",
];
const CLOSERS: &[&str] =
    &["", " thanks", " please help", " 😩", "!!", "\nany ideas?", " what do i do"];

/// All messages that must raise a flag of an emergency.
fn emergencies() -> Vec<&'static str> {
    examples(|flag| flag.urgency == Urgency::Emergency)
}

fn examples(of: impl Fn(&RedFlag) -> bool) -> Vec<&'static str> {
    let flags = RESPONSES.flags.iter().filter(|flag| of(flag));
    flags.flat_map(|flag| &flag.examples).map(|example| example.text.as_str()).collect()
}

/// Anything that people say to Charley: examples of topics and flags, and what is harmless.
fn anything() -> Vec<&'static str> {
    let topics = RESPONSES.topics.iter().flat_map(|topic| &topic.examples);
    let harmless = RESPONSES.flags.iter().flat_map(|flag| &flag.harmless);
    let texts = topics.chain(harmless).map(|example| example.text.as_str());
    texts.chain(examples(|_| true)).collect()
}

/// One event of a conversation.
#[derive(Clone, Debug)]
enum Act {
    Say(&'static str),
    /// One of the choices that were offered last.
    Press(Index),
    /// The next reminder.
    Wait,
    /// Hours pass.
    Later(i64),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => prop::sample::select(anything()).prop_map(Act::Say),
        4 => any::<Index>().prop_map(Act::Press),
        1 => Just(Act::Wait),
        1 => (0_i64..30).prop_map(Act::Later),
    ]
}

/// A conversation as it was led so far.
#[derive(Default)]
struct Led {
    conversation: Conversation,
    offered: Vec<String>,
    reminders: Vec<Reminder>,
    now: Timestamp,
}

impl Led {
    fn along(acts: &[Act]) -> Self {
        let mut led = Self::default();
        for act in acts {
            led.act(act);
        }
        led
    }

    fn act(&mut self, act: &Act) {
        self.now += SignedDuration::from_secs(50);
        match act {
            Act::Say(text) => {
                self.say(text);
            }
            Act::Press(index) if !self.offered.is_empty() => {
                let choice = index.get(&self.offered).clone();
                self.event(&Event::Pressed(Press {
                    id: 4,
                    from: FROM,
                    choice,
                    at: self.now,
                    in_public: false,
                }));
            }
            Act::Wait if !self.reminders.is_empty() => {
                let reminder = self.reminders.remove(0);
                self.now = self.now.max(reminder.due);
                let now = self.now;
                self.event(&Event::Due(Due { reminder, now }));
            }
            Act::Later(hours) => self.now += SignedDuration::from_hours(*hours),
            Act::Press(_) | Act::Wait => {}
        }
    }

    fn say(&mut self, text: &str) -> Turn {
        let text = text.to_owned();
        let message = Message {
            id: 3,
            from: FROM,
            text,
            at: self.now,
            addressed: true,
            in_public: false,
            within: None,
        };
        self.event(&Event::Said(message))
    }

    fn event(&mut self, event: &Event) -> Turn {
        let turn = turn(&RESPONSES, std::mem::take(&mut self.conversation), event);
        self.conversation = turn.next.clone();
        let choices = turn.replies.iter().flat_map(|reply| &reply.choices);
        self.offered = choices.map(|choice| choice.id.clone()).collect();
        if let Reminders::Replace(reminders) = &turn.reminders {
            self.reminders.clone_from(reminders);
        }
        turn
    }
}

/// Whether a turn says the emergency card and nothing else.
fn is_emergency_card(turn: &Turn) -> bool {
    let card = &RESPONSES.card(Card::Emergency).text;
    let opening = card.split('{').next().unwrap_or_default();
    let is_card =
        |text: &str| text.starts_with(opening) && text.contains(&RESPONSES.numbers.emergency);
    match turn.replies.as_slice() {
        [reply] => {
            reply.kind == ReplyKind::Card
                && reply.urgency == Urgency::Emergency
                && is_card(&reply.text)
        }
        _ => false,
    }
}

fn understood(text: &str) -> Understanding {
    Understanding::of(&RESPONSES, text, Attention::Addressed)
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn an_emergency_gets_its_card_from_wherever_one_stands(
        acts in prop::collection::vec(act(), 0..8),
        opener in prop::sample::select(OPENERS),
        emergency in prop::sample::select(emergencies()),
        other in prop::option::of(prop::sample::select(anything())),
        closer in prop::sample::select(CLOSERS),
    ) {
        let other = other.map_or_else(String::new, |other| format!("\n{other}"));
        let text = format!("{opener}{emergency}{other}{closer}");
        if understood(&text).urgency(&RESPONSES) == Urgency::Emergency {
            let mut led = Led::along(&acts);
            let before = led.conversation.clone();
            let turn = led.say(&text);
            prop_assert!(is_emergency_card(&turn), "{text:?} in {before:?} gets {:?}", turn.replies);
        }
    }

    #[test]
    fn a_case_only_learns(texts in prop::collection::vec(prop::sample::select(anything()), 1..6)) {
        let mut case = Case::default();
        for (text, minutes) in texts.into_iter().zip(0..) {
            let before = case.clone();
            let said = understood(text);
            case.learn(&said, Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes), "UTC");
            prop_assert_eq!(before.flags.without(case.flags), FlagSet::default(), "{:?}", text);
            prop_assert!(before.facts.iter().all(|fact| case.facts.contains(fact)), "{text:?}");
            // A cramp that is told of another muscle changes it; nothing takes it away.
            let told = case.muscle == before.muscle || case.muscle == said.muscle;
            prop_assert!(case.muscle.is_some() && told || before.muscle.is_none(), "{text:?}");
            prop_assert!(before.age.is_none() || case.age == before.age, "{text:?}");
            // A cramp that is told anew began anew.
            let anew = case.now != before.now || said.onset.is_some() || said.minutes.is_some();
            let began = before.began.is_none() || case.began == before.began;
            prop_assert!(began || anew, "{text:?}");
            prop_assert!(case.sore == Some(true) || before.sore != Some(true), "{text:?}");
            let is_set = |case: &Case| case.setting != Setting::default();
            prop_assert!(!is_set(&before) || is_set(&case), "{text:?}");
            prop_assert!(case.now.is_some() || before.now.is_none(), "{text:?}");
            prop_assert!(case.answered.count() >= before.answered.count(), "{text:?}");
        }
    }
}

/// What a greeting before a danger sign, or a plea after it, keeps from being seen. Beside an
/// emergency a lesser sign may be left to be asked about, and so may one that the example is not
/// about: where no phrase holds the words, a word more or less can tip the balance.
fn missed(opener: &str, (flag, emergency): (FlagId, &str), closer: &str) -> Option<String> {
    let alone = understood(emergency);
    let text = format!("{opener}{emergency}{closer}");
    let said = understood(&text);
    let same = said.urgency(&RESPONSES) == alone.urgency(&RESPONSES);
    let kept = said.raised.union(said.unsure);
    let own = !alone.raised.contains(flag) || kept.contains(flag);
    (!same || !own).then(|| format!("{text:?}"))
}

/// The examples of the emergencies, each with the sign it is about.
fn signs() -> Vec<(FlagId, &'static str)> {
    let flags = (0..).map(FlagId).zip(&RESPONSES.flags);
    let emergencies = flags.filter(|(_, flag)| flag.urgency == Urgency::Emergency);
    let examples =
        emergencies.flat_map(|(id, flag)| flag.examples.iter().map(move |e| (id, e.text.as_str())));
    examples.collect()
}

#[test]
fn a_danger_sign_is_seen_among_a_greeting_and_a_plea() {
    let before = signs().into_iter().flat_map(|e| OPENERS.iter().map(move |o| (*o, e, "")));
    let after = signs().into_iter().flat_map(|e| CLOSERS.iter().map(move |c| ("", e, *c)));
    let missed: Vec<String> = before.chain(after).filter_map(|(o, e, c)| missed(o, e, c)).collect();
    assert!(missed.is_empty(), "{} are missed:\n{}", missed.len(), missed.join("\n"));
}
