//! The conversations of `responses/conversations` go as written, and leave nothing out.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what fails has failed the test")]
#![expect(clippy::disallowed_methods, reason = "a test reads the files of the project")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use charley::responses::{Problems, Responses, disk};
use charley::transcript::{self, Page, Play, Transcript};
use charley::vocabulary::{Card, Flag, FlagSet, Question};
use strum::VariantArray;

/// How many there are at least.
const FEWEST: usize = 60;

/// What the project says.
static RESPONSES: LazyLock<Responses> = LazyLock::new(|| disk::load(&folder()).unwrap());

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("responses")
}

fn pages() -> Vec<(PathBuf, String)> {
    let pages = disk::texts(&folder(), "md").unwrap().into_iter();
    pages.filter(|(path, _)| path.starts_with("conversations")).collect()
}

fn transcripts(pages: &[(PathBuf, String)]) -> Vec<Transcript> {
    pages.iter().flat_map(|(path, text)| Page::read(path, text).transcripts).collect()
}

/// `BLESS=1` writes into the pages what Charley says now.
#[test]
fn every_conversation_goes_as_written() {
    let mut pages = pages();
    if std::env::var_os("BLESS").is_some() {
        for (path, text) in &mut pages {
            *text = transcript::rewritten(&RESPONSES, path, text);
            fs::write(folder().join(path), &text).unwrap();
        }
    }
    let problems = Problems::new(transcript::faults(&RESPONSES, &pages), &pages);
    assert!(problems.is_empty(), "\n{problems}\nBLESS=1 writes what came into the pages");
}

#[test]
fn every_conversation_goes_so_whatever_a_club_fills_in() {
    let mut files = disk::texts(&folder(), "toml").unwrap();
    let club = files.iter_mut().find(|(path, _)| path == Path::new("club.toml")).unwrap();
    club.1 = "name = \"Riverside Runners\"\nin-channels = \"thread\"\noffer-on-mention = true\n\
              time-zone = \"Europe/London\"\nregion = \"uk\"\n"
        .to_owned();
    let responses = Responses::parse(&files).unwrap();
    assert_eq!(responses.numbers.emergency, "999");

    let pages = pages();
    let problems = Problems::new(transcript::faults(&responses.of_any_club(), &pages), &pages);
    assert!(problems.is_empty(), "\n{problems}");
}

/// What comes up in a number of conversations.
#[derive(Default)]
struct Heard {
    flags: FlagSet,
    said: String,
}

impl Heard {
    fn of(transcripts: &[Transcript]) -> Self {
        let mut heard = Self::default();
        for transcript in transcripts {
            let mut play = Play::new(&RESPONSES);
            for step in &transcript.steps {
                let Ok(replies) = play.answer(step) else { break };
                heard.said.extend(replies.iter().map(|reply| format!("{}\n", reply.text)));
                heard.flags = heard.flags.union(play.conversation().case.flags);
            }
        }
        heard
    }

    /// Whether a text was said, as far as it has no placeholders.
    fn holds(&self, text: &str) -> bool {
        let pieces = text.lines().flat_map(|line| line.split(['{', '}']).step_by(2));
        let longest = pieces.max_by_key(|piece| piece.len()).unwrap_or_default();
        !longest.trim().is_empty() && self.said.contains(longest.trim())
    }
}

#[test]
fn every_card_question_flag_and_group_of_topics_comes_up() {
    let transcripts = transcripts(&pages());
    let heard = Heard::of(&transcripts);
    let flags = Flag::VARIANTS.iter().filter(|flag| !heard.flags.contains(**flag));
    let mut missing: Vec<String> = flags.map(|flag| format!("red flag {flag}")).collect();
    // In a transcript nothing comes late, and what was answered cannot be pressed again.
    let unseen = [Card::PlanLate, Card::PlanPast];
    let cards = Card::VARIANTS.iter().filter(|card| !unseen.contains(card));
    let cards = cards.filter(|card| !heard.holds(&RESPONSES.card(**card).text));
    missing.extend(cards.map(|card| format!("card {card}")));
    // One is the question of the sign it is about, the other is not asked so far.
    let others = [Question::Clarify, Question::StillThere];
    let questions = Question::VARIANTS.iter().filter(|question| {
        let text = &RESPONSES.question(**question).text;
        !others.contains(question) && !heard.holds(text)
    });
    missing.extend(questions.map(|question| format!("question {question}")));
    let answered = RESPONSES.topics.iter().filter(|topic| heard.holds(&topic.answer));
    let answered: BTreeSet<&str> = answered.map(|topic| topic.intent.as_str()).collect();
    // The report of a cramp is answered by the interview.
    let groups = RESPONSES.topics.iter().filter(|topic| topic.intent != "cramp_report");
    let groups: BTreeSet<&str> = groups.map(|topic| topic.intent.as_str()).collect();
    missing.extend(groups.difference(&answered).map(|group| format!("topics on {group}")));
    assert!(missing.is_empty(), "no conversation shows these: {missing:#?}");
    assert!(transcripts.len() >= FEWEST, "{} conversations", transcripts.len());
}

/// A page of a moderator's own, with one conversation.
fn faults(text: &str) -> Vec<String> {
    let pages = [(PathBuf::from("conversations/own.md"), text.to_owned())];
    let list = transcript::faults(&RESPONSES, &pages);
    list.iter()
        .map(|problem| {
            let line = text[..problem.place.span.start].lines().count();
            format!("{line}: {} | {}", problem.what, problem.remedy)
        })
        .collect()
}

#[test]
fn what_comes_otherwise_is_named_with_both_and_a_remedy() {
    let [fault] = faults("## Hello\n\n> hello\n\nHello! I'm Charlie.\n").try_into().unwrap();
    let expected =
        "`Hello` no longer goes so: expected \"Hello! I'm Charlie.\", came \"Hello! I'm Charley";
    assert!(fault.starts_with("5: ") && fault.contains(expected), "{fault}");
    assert!(fault.ends_with("if not, mend the response files"), "{fault}");
}

#[test]
fn silence_is_written_down_and_nothing_written_is_a_fault() {
    assert_eq!(
        faults("## Mention\n\n> (overheard) my calf cramped yesterday\n\n(quiet)\n"),
        [""; 0]
    );
    let [fault] = faults("## Hello\n> hello\n").try_into().unwrap();
    assert!(fault.contains("expected nothing, came \"Hello!"), "{fault}");
    let [fault] = faults("## Hello\n> hello\n\n(quiet)\n").try_into().unwrap();
    assert!(fault.contains("expected \"(quiet)\", came \"Hello!"), "{fault}");
}

#[test]
fn a_press_of_what_is_not_on_offer_is_named_with_what_is() {
    let [fault] = faults("## Hello\n> hello\n\n(quiet)\n\n[Yes]\n").try_into().unwrap();
    assert!(fault.contains("expected \"(quiet)\""), "{fault}");
    let [fault] =
        faults("## Nothing yet\n> (overheard) nice day\n\n(quiet)\n\n[Yes]\n").try_into().unwrap();
    assert!(fault.contains("`[Yes]` is not on offer here, nothing is"), "{fault}");
}

#[test]
fn a_page_that_cannot_be_read_says_where_and_what_to_write() {
    let [fault] = faults("# Only a title\n\nAnd some prose.\n").try_into().unwrap();
    assert!(fault.contains("there is no conversation on this page"), "{fault}");
    let [fault] =
        faults("## T\n> (overheard) nice day\n\n(quiet)\n\n+3 minuets\n").try_into().unwrap();
    assert!(fault.contains("`+3 minuets` is no time that passes"), "{fault}");
    let [fault] = faults("## T\n> (overheard) nice day\n\n(quiet)\n\n>\n").try_into().unwrap();
    assert!(fault.contains("the member says nothing here"), "{fault}");
    let [fault] = faults("# T\n\n```\n> not a message\n").try_into().unwrap();
    assert!(fault.contains("the block that begins here does not end"), "{fault}");
}

#[test]
fn a_page_rewritten_goes_as_written_and_keeps_its_names_prose_and_steps() {
    let path = Path::new("conversations/own.md");
    let own = "# Mine\n\nWhy I wrote it.\n\n## One\n\n> my calf is cramping right now\n\n+3 min\n\n## Two\nMore prose.\n> hello\nwrong";
    let page = transcript::rewritten(&RESPONSES, path, own);
    assert_eq!(transcript::faults(&RESPONSES, &[(path.to_owned(), page.clone())]), []);
    assert_eq!(transcript::rewritten(&RESPONSES, path, &page), page);
    for kept in [
        "# Mine\n\nWhy I wrote it.\n\n## One\n\n> my",
        "\n\n+3 min\n\n",
        "## Two\nMore prose.\n> hello\n\nHello!",
    ] {
        assert!(page.contains(kept), "{page}");
    }
    assert!(page.ends_with('\n') && !page.contains("wrong") && !page.ends_with("\n\n"), "{page}");
}
