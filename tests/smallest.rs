//! The smallest set of response files that is sound: everything that code asks for by name, a few
//! words each. A fault is planted into it by laying other files over it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use charley::responses::{fixed, parts};
use charley::vocabulary::{Answering, Aspect, Card, Fact, Flag, Question, Talk};
use jiff::civil::Date;
use strum::VariantArray;

/// Texts by their paths, as seen from the folder of response files.
pub(crate) type Files = BTreeMap<PathBuf, String>;

/// The day on which it is checked.
pub(crate) const TODAY: Date = Date::constant(2026, 11, 30);

/// All files of the smallest set.
pub(crate) fn files() -> Files {
    let cards = Card::VARIANTS.iter().map(|card| (format!("cards/{}", card.id()), of_card(*card)));
    let questions = Question::VARIANTS.iter();
    let questions = questions.map(|q| (format!("questions/{}", q.id()), of_question(*q)));
    let flags = Flag::VARIANTS.iter();
    let flags = flags.map(|flag| (format!("red_flags/{}", flag.id()), of_flag(*flag)));
    let topics = fixed::TOPICS.iter().map(|id| (format!("topics/{id}"), of_topic(id)));
    let words = fixed::WORD_LISTS.iter().map(|id| (format!("words/{id}"), of_list(id)));
    let facts = Fact::VARIANTS.iter().filter(|fact| !fact.is_derived());
    let facts = facts.map(|f| format!("[{}]\nphrases = [\"{}\"]\n", f.id(), plain(f.id())));
    let follow_ups = Aspect::VARIANTS.iter();
    let follow_ups =
        follow_ups.map(|a| format!("[{}]\nphrases = [\"{}\"]\n", a.id(), plain(a.id())));
    let talk = Talk::VARIANTS.iter().map(|t| format!("{} = [\"{}\"]\n", t.id(), plain(t.id())));
    let answers = Answering::VARIANTS.iter();
    let answers = answers.map(|a| format!("{} = [\"{}\"]\n", a.id(), plain(a.id())));
    let single = [
        ("facts", facts.collect::<String>()),
        ("follow_ups", follow_ups.collect::<String>()),
        ("talk", talk.collect::<String>()),
        ("answers", answers.collect::<String>()),
        ("combinations", String::new()),
        ("context", CONTEXT.to_owned()),
        ("sources", SOURCES.to_owned()),
        ("numbers", NUMBERS.to_owned()),
        ("club", "name = \"our club\"\n".to_owned()),
    ];
    let single = single.map(|(id, text)| (id.to_owned(), text));
    let plans = fixed::PLANS.iter().map(|id| (format!("plans/{id}"), of_plan(id)));
    let all = cards.chain(questions).chain(flags).chain(topics).chain(words);
    let all = all.chain(plans).chain(single);
    all.map(|(path, text)| (PathBuf::from(path + ".toml"), text)).collect()
}

const CONTEXT: &str = r#"ends = ["but"]
denied = { before = ["no"] }
doubted = { before = ["maybe"] }
hypothetical = { before = ["if"] }
past = { after = ["ago"] }
"#;

const SOURCES: &str = r#"[book]
title = "The book of cramps"
by = "A. Runner"
url = "https://example.org/book"
level = "moderate"
says = "Cramps let go."

[club-rule]
title = "How our club does it"
by = "The club"
level = "expert"
says = "A gentle stretch has helped us."
"#;

const NUMBERS: &str = r#"[fallback]
emergency = "112"
nurse-line = "your doctor"

[regions.uk]
name = "United Kingdom"
emergency = "999"
nurse-line = "NHS 111"
status = "known"
checked = 2026-01-31
"#;

fn plain(id: &str) -> String {
    id.replace('_', " ")
}

fn filled_in(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!(" {{{name}}}")).collect();
    names.concat()
}

fn of_card(card: Card) -> String {
    let text = format!("text = \"Some words.{}\"\n", filled_in(card.placeholders()));
    let part = |(part, cases): &parts::Part| {
        let cases = cases.iter().map(|case| format!("{case} = \"Words.\"\n"));
        format!("[parts.{part}]\n{}", cases.collect::<String>())
    };
    text + &card.parts().iter().map(part).collect::<String>()
}

fn of_question(question: Question) -> String {
    let text = format!("text = \"Well?{}\"\n[choices]\n", filled_in(question.placeholders()));
    let choice = |key: &&str| format!("{key} = \"{}\"\n", key.replace('-', " "));
    text + &question.choices().iter().map(choice).collect::<String>()
}

fn of_flag(flag: Flag) -> String {
    let (id, name) = (flag.id(), plain(flag.id()).replace("urine", "pee"));
    let urgency = flag.floor().to_string().replace('_', "-");
    let list = flag.list().map(|list| format!("list = {list}\nshort = \"{name}\"\n"));
    format!(
        r#"urgency = "{urgency}"
name = "{name}"
sign = "{name}"
{}reason = "of {name}"
phrases = ["signal {id}"]
question = "Is there {name}?"
advice = "Wait."
sources = ["book"]
examples = ["cramp in my leg and signal {id}"]
harmless = ["cramp in my leg"]
"#,
        list.unwrap_or_default()
    )
}

fn of_topic(id: &str) -> String {
    let name = plain(id);
    let (label, chat) = match id {
        "cramp_report" => ("cramp_report", ""),
        "emergency_signs" | "see_doctor" => ("see_doctor", ""),
        _ => ("none", "chat = true\n"),
    };
    format!(
        r#"intent = "{label}"
title = "{name}"
examples = ["tell me about {name}", "more on {name}"]
phrases = ["about {name}"]
answer = "Some words."
sources = ["book"]
{chat}"#
    )
}

fn of_list(id: &str) -> String {
    let words = match id {
        "cramp" => "\"cramp*\"",
        "leg" => "\"leg*\", \"calf\"",
        "other_body" => "\"arm*\"",
        "other_context" => "\"stomach\"",
        one => return format!("words = [\"{one}\"]\n"),
    };
    format!("words = [{words}]\n")
}

fn of_plan(id: &str) -> String {
    let steps = match id {
        "relief" => {
            let timers = [("let_go_3", 3), ("let_go_10", 10), ("let_go_15", 15)];
            let step =
                |(id, minutes)| format!("[[steps]]\nid = \"{id}\"\nafter = \"{minutes} min\"\n");
            timers.map(step).concat()
        }
        _ => r#"[[steps]]
id = "day_1"
after = "24 h"
check = true
text = "How is it?"
[[steps.then]]
say = "Good."
ends = true
"#
        .to_owned(),
    };
    format!("name = \"{} plan\"\ndays = 2\nsources = [\"book\"]\n{steps}", plain(id))
}
