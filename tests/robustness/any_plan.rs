//! Plans at random: any number of steps of every kind, with answers that begin, repeat, stop and end
//! them, as far as a plan's file may say it.

use std::collections::BTreeMap;

use charley::responses::PlanText;
use charley::responses::plans::{
    Answers, AskText, At, CRAMPS, Condition, DAY, Rule, StepText, When,
};
use jiff::SignedDuration;
use jiff::civil::{Time, Weekday};
use proptest::prelude::*;

/// A plan.
pub(super) fn any_plan() -> impl Strategy<Value = PlanText> {
    any::<u64>().prop_map(|seed| Maker(fastrand::Rng::with_seed(seed)).plan())
}

struct Maker(fastrand::Rng);

impl Maker {
    fn plan(&mut self) -> PlanText {
        let follows: Vec<String> = (0..self.0.usize(..3)).map(|n| format!("then_{n}")).collect();
        let mut steps = Vec::new();
        let mut hours = 0;
        let count = self.0.usize(1..5);
        for n in 0..count {
            hours += self.0.i64(1..90);
            let when = self.once(hours);
            steps.push(self.step(&format!("step_{n}"), when, &follows));
        }
        if let Some(last) = steps.last_mut() {
            last.rules.iter_mut().for_each(|rule| rule.ends = true);
        }
        for name in &follows {
            let when = self.once(hours);
            steps.push(StepText { follows: true, ..self.step(name, when, &follows) });
        }
        steps.extend(self.recurring(&follows));
        let number = AskText { text: "How sore?".to_owned(), answers: Answers::UpTo(10) };
        let choices = ["yes", "no", "maybe"].map(|key| (key.to_owned(), key.to_owned()));
        let choice =
            AskText { text: "Well?".to_owned(), answers: Answers::Choices(choices.to_vec()) };
        let questions =
            BTreeMap::from([("number".to_owned(), number), ("choice".to_owned(), choice)]);
        let (id, name, intro) = ("any".to_owned(), "any plan".to_owned(), String::new());
        let sport = String::new();
        PlanText {
            id,
            name,
            days: 60,
            intro,
            sport,
            how: String::new(),
            seated: String::new(),
            hurts: String::new(),
            quiet: None,
            steps,
            questions,
            sources: Vec::new(),
        }
    }

    fn once(&mut self, hours: i64) -> When {
        if self.0.bool() {
            return When::After(SignedDuration::from_hours(hours));
        }
        let at = Time::new(self.0.i8(0..24), self.0.i8(0..60), 0, 0).unwrap();
        let at = if self.0.u8(..5) == 0 { At::Bedtime } else { At::Clock(at) };
        When::Day(u16::try_from(hours / 24).unwrap() + 1, at)
    }

    fn recurring(&mut self, follows: &[String]) -> Option<StepText> {
        let until = self.0.u16(5..40);
        let on = self.0.bool().then_some(Weekday::Sunday);
        let when = match self.0.u8(..4) {
            0 => When::Often { on, at: At::Bedtime, until },
            1 => When::Often { on, at: At::Clock(Time::constant(12, 0, 0, 0)), until },
            2 => When::Every(SignedDuration::from_hours(self.0.i64(1..8)), until),
            _ => return None,
        };
        let step = self.step("often", when, follows);
        let every = matches!(when, When::Every(..));
        let offer = every.then(|| "More".to_owned());
        Some(StepText { missable: self.0.bool(), follows: every, offer, ..step })
    }

    fn step(&mut self, id: &str, when: When, follows: &[String]) -> StepText {
        let mut rules: Vec<Rule> =
            (0..self.0.usize(..3)).map(|n| self.rule(&format!("{id} {n}"), follows)).collect();
        rules.push(Rule { when: Vec::new(), ..self.rule(&format!("{id} last"), follows) });
        let gate = rules.iter().any(|rule| rule.opens || !rule.begin.is_empty());
        let asks: &[&[&str]] = &[&["number"], &["choice"], &["number", "choice"]];
        let ask = self.0.choice(asks).copied().unwrap_or_default();
        StepText {
            id: id.to_owned(),
            label: String::new(),
            when,
            grace: SignedDuration::from_hours(self.0.i64(1..200)),
            follows: false,
            offer: None,
            check: gate || self.0.bool(),
            missable: false,
            text: format!("This is {id}."),
            ask: ask.iter().map(|name| (*name).to_owned()).collect(),
            rules,
        }
    }

    fn rule(&mut self, say: &str, follows: &[String]) -> Rule {
        let hours = self.0.i64(1..90);
        let begin = follows.iter().filter(|_| self.0.u8(..4) == 0).cloned().collect();
        Rule {
            when: vec![self.condition()],
            say: say.to_owned(),
            opens: self.0.bool(),
            raise: None,
            again: (self.0.u8(..3) == 0).then(|| SignedDuration::from_hours(hours)),
            begin,
            stop: if self.0.u8(..6) == 0 { vec!["often".to_owned()] } else { Vec::new() },
            ends: self.0.u8(..8) == 0,
        }
    }

    fn condition(&mut self) -> Condition {
        let number = self.0.u16(..10);
        match self.0.u8(..6) {
            0 => Condition::Is("choice".to_owned(), vec!["no".to_owned()]),
            1 => Condition::AtMost("number".to_owned(), number),
            2 => Condition::AtLeast("number".to_owned(), number),
            3 => Condition::Rising("number".to_owned()),
            4 => Condition::AtLeast(CRAMPS.to_owned(), 1),
            _ => Condition::AtLeast(DAY.to_owned(), number),
        }
    }
}
