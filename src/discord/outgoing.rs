//! From a reply to what Discord shows. Pure.

use serenity::all::{
    ButtonStyle, CreateActionRow, CreateAllowedMentions, CreateAttachment, CreateButton,
    CreateInteractionResponseFollowup, CreateMessage, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, EditInteractionResponse, EditMessage, UserId,
};

use super::custom_id::CustomId;
use crate::message::{Address, PersonId};
use crate::picture;
use crate::plan::{Row, RowStage, Timeline};
use crate::reply::{Choice, Reply, ReplyKind, capital};
use crate::timestamps::{for_discord, in_words, mark};
use crate::vocabulary::Urgency;

/// Longest text of a message, in characters.
const LONGEST: usize = 2_000;

/// Room for what stands around lines of equal width, and for a sign that some are left out.
const AROUND_LINES: usize = 20;

/// Most buttons in a row; with more choices it is a menu.
const ROW: usize = 5;

/// Longest text on a button, and of an entry of a menu.
const LABEL: usize = 80;

/// Longest words for a picture.
const ALT: usize = 1_024;

/// Most entries of a menu.
const ENTRIES: usize = 25;

/// A reply as Discord shows it.
#[derive(Clone, Debug)]
pub(super) struct Look {
    /// The text.
    pub(super) content: String,
    /// What can be pressed.
    pub(super) rows: Vec<CreateActionRow>,
    /// What a press of these means.
    pub(super) choices: Vec<String>,
    /// What is shown below the text, if it could be drawn.
    pub(super) picture: Option<CreateAttachment>,
    /// Who is called by it, if anybody.
    calls: Option<PersonId>,
}

impl Look {
    /// How a reply looks to the person whose conversation it belongs to.
    pub(super) fn of(reply: &Reply, to: Address) -> Self {
        let choices = reply.choices.iter().map(|choice| choice.id.clone()).collect();
        let picture = reply.timeline.as_ref().and_then(drawn);
        Self { rows: rows(&reply.choices, to), choices, picture, ..Self::plain(&headed(reply)) }
    }

    /// A text with nothing to press.
    pub(super) fn plain(text: &str) -> Self {
        let content = cut(text, LONGEST);
        Self { content, rows: Vec::new(), choices: Vec::new(), picture: None, calls: None }
    }

    /// One line that calls one person and says nothing of their health; by its button only they see
    /// the rest.
    pub(super) fn knock(to: Address, choice: String) -> Self {
        let line = format!("<@{}>, there is something for you. Only you will see it.", to.person.0);
        let button = Choice { id: choice.clone(), label: "Show me".to_owned() };
        let rows = rows(&[button], to);
        Self { rows, choices: vec![choice], calls: Some(to.person), ..Self::plain(&line) }
    }

    /// The same below the name of one person; others who see it can help them.
    pub(super) fn naming(self, person: PersonId) -> Self {
        self.below(&format!("<@{}>, I could not bring you this in any other way:", person.0))
    }

    /// The same with nothing to press.
    pub(super) fn bare(self) -> Self {
        Self { rows: Vec::new(), choices: Vec::new(), ..self }
    }

    /// As many whole lines of a text as fit, in letters of equal width.
    pub(super) fn in_lines(text: &str) -> Self {
        let mut shown = String::new();
        for line in text.replace("```", "'''").lines() {
            if shown.chars().count() + line.chars().count() > LONGEST - AROUND_LINES {
                shown.push_str("…\n");
                break;
            }
            shown.push_str(line);
            shown.push('\n');
        }
        Self { content: format!("```\n{shown}```"), ..Self::plain("") }
    }

    /// The same below a line of its own.
    pub(super) fn below(self, line: &str) -> Self {
        Self { content: cut(&format!("{line}\n\n{}", self.content), LONGEST), ..self }
    }

    /// The same without its picture.
    pub(super) fn without_picture(self) -> Self {
        Self { picture: None, ..self }
    }

    /// As a new message. Nobody is pinged by it but whom it calls.
    pub(super) fn message(&self) -> CreateMessage {
        let called = self.calls.map(|person| UserId::new(person.0.max(1)));
        CreateMessage::new()
            .content(&self.content)
            .components(self.rows.clone())
            .add_files(self.picture.clone())
            .allowed_mentions(nobody().users(called))
    }

    /// Beside the answer to a press or command, for whoever pressed.
    pub(super) fn beside(&self) -> CreateInteractionResponseFollowup {
        CreateInteractionResponseFollowup::new()
            .content(&self.content)
            .components(self.rows.clone())
            .ephemeral(true)
            .add_files(self.picture.clone())
            .allowed_mentions(nobody())
    }

    /// In place of what a message said.
    pub(super) fn edit(&self) -> EditMessage {
        let edit = EditMessage::new()
            .content(&self.content)
            .components(self.rows.clone())
            .allowed_mentions(nobody());
        self.picture.iter().cloned().fold(edit, EditMessage::new_attachment)
    }

    /// As the answer to a press or a command.
    pub(super) fn answer(&self) -> EditInteractionResponse {
        let answer = EditInteractionResponse::new()
            .content(&self.content)
            .components(self.rows.clone())
            .allowed_mentions(nobody());
        self.picture.iter().cloned().fold(answer, EditInteractionResponse::new_attachment)
    }
}

/// A plan as a picture, with its words for those who cannot see it. The text says the same, so that
/// nothing is lost without it.
fn drawn(plan: &Timeline) -> Option<CreateAttachment> {
    let shown = picture::Timeline {
        title: capital(&plan.name),
        note: Some(plan.state.clone()),
        rows: plan.rows.iter().map(|row| drawn_row(row, &plan.zone)).collect(),
    };
    let alt: String = picture::describe(&shown).chars().take(ALT).collect();
    match picture::timeline(&shown) {
        Ok(png) => Some(CreateAttachment::bytes(png, "plan.png").description(alt)),
        Err(error) => {
            tracing::error!(%error, "a plan is shown without its picture");
            None
        }
    }
}

fn drawn_row(row: &Row, zone: &str) -> picture::Row {
    let state = match row.stage {
        RowStage::Done => picture::State::Done,
        RowStage::Now => picture::State::Now,
        RowStage::Next => picture::State::Next,
        RowStage::Moved => picture::State::Moved,
        RowStage::LeftOut => picture::State::Skipped,
    };
    let when = in_words(&mark(row.at, zone));
    let (word, label) = (row.word.clone(), row.label.clone());
    picture::Row { state, word, label, when, detail: None }
}

/// Whoever a text may name, nobody is called by it.
pub(super) fn nobody() -> CreateAllowedMentions {
    CreateAllowedMentions::new().replied_user(false)
}

/// The text below what it is worth, as a colour and in words.
fn headed(reply: &Reply) -> String {
    let head = match (reply.urgency, reply.kind) {
        (Urgency::Emergency, _) => "🟥 **Emergency**",
        (Urgency::Urgent, _) => "🟧 **To be seen today**",
        (Urgency::SeeDoctor, ReplyKind::Card) => "🟨 **Worth a doctor's visit**",
        (Urgency::SelfCare, ReplyKind::Card) => "🟩 **What helps**",
        (Urgency::SeeDoctor | Urgency::SelfCare | Urgency::None, _) => {
            return for_discord(&reply.text);
        }
    };
    format!("{head}\n{}", for_discord(&reply.text))
}

/// At most so many characters: whole sentences if there are any, else whole words.
fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let most: String = text.chars().take(longest - 2).collect();
    let sentence = most.rmatch_indices(['.', '!', '?', '\n']).map(|(at, end)| at + end.len());
    let sentence = sentence.into_iter().find(|at| most[*at..].starts_with(char::is_whitespace));
    let end = sentence.or_else(|| most.rfind(' ')).unwrap_or(most.len());
    format!("{} …", most[..end].trim_end())
}

/// Buttons while there are few choices, a menu beyond; signs of a list may be picked together, and
/// what else can be answered stands below them as buttons.
fn rows(choices: &[Choice], to: Address) -> Vec<CreateActionRow> {
    let (signs, others): (Vec<&Choice>, Vec<&Choice>) =
        choices.iter().partition(|choice| choice.is_one_of_several());
    match (signs.len(), others.len()) {
        (0, 0) => Vec::new(),
        (0 | 1, _) if choices.len() <= ROW => {
            vec![buttons(&choices.iter().collect::<Vec<_>>(), to)]
        }
        (0 | 1, _) => vec![menu(&choices.iter().collect::<Vec<_>>(), 1, to)],
        (_, 0) => vec![menu(&signs, signs.len(), to)],
        (_, 1..=ROW) => vec![menu(&signs, signs.len(), to), buttons(&others, to)],
        (_, _) => vec![menu(&choices.iter().collect::<Vec<_>>(), 1, to)],
    }
}

fn buttons(choices: &[&Choice], to: Address) -> CreateActionRow {
    let button = |(at, choice): (usize, &&Choice)| {
        let style = if at == 0 { ButtonStyle::Primary } else { ButtonStyle::Secondary };
        CreateButton::new(CustomId::button(to, &choice.id).to_string())
            .label(shortened(&choice.label))
            .style(style)
    };
    CreateActionRow::Buttons(choices.iter().enumerate().map(button).collect())
}

fn menu(choices: &[&Choice], most: usize, to: Address) -> CreateActionRow {
    let entry =
        |choice: &&Choice| CreateSelectMenuOption::new(shortened(&choice.label), &choice.id);
    let options: Vec<_> = choices.iter().take(ENTRIES).map(entry).collect();
    let most = u8::try_from(most.min(options.len())).unwrap_or(1);
    let asks = if most > 1 { "Pick all that fit" } else { "Pick one" };
    let kind = CreateSelectMenuKind::String { options };
    CreateActionRow::SelectMenu(
        CreateSelectMenu::new(CustomId::menu(to).to_string(), kind)
            .placeholder(asks)
            .min_values(1)
            .max_values(most),
    )
}

fn shortened(label: &str) -> String {
    if label.chars().count() <= LABEL {
        return label.to_owned();
    }
    label.chars().take(LABEL - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::message::PlaceId;

    const TO: Address = Address { person: PersonId(8), place: PlaceId(6) };

    fn reply(text: &str, ids: &[&str]) -> Reply {
        let choice = |id: &&str| Choice { id: (*id).to_owned(), label: id.to_uppercase() };
        let choices = ids.iter().map(choice).collect();
        let (kind, urgency) = (ReplyKind::Question, Urgency::SelfCare);
        Reply::new(kind, urgency, text.to_owned(), choices)
    }

    fn shown(reply: &Reply) -> Value {
        serde_json::to_value(Look::of(reply, TO).message()).unwrap()
    }

    #[test]
    fn nobody_is_pinged_whatever_the_text_says() {
        let shown = shown(&reply("@everyone <@1>", &[]));
        assert_eq!(
            shown["allowed_mentions"],
            json!({"parse": [], "users": [], "roles": [], "replied_user": false})
        );
    }

    #[test]
    fn a_knock_calls_one_person_and_says_nothing() {
        let shown = serde_json::to_value(Look::knock(TO, "plan:open:a:0".to_owned()).message());
        let shown = shown.unwrap();
        assert_eq!(shown["content"], "<@8>, there is something for you. Only you will see it.");
        assert_eq!(
            shown["allowed_mentions"],
            json!({"parse": [], "users": ["8"], "roles": [], "replied_user": false})
        );
        assert_eq!(shown["components"][0]["components"][0]["custom_id"], "1.8.6.plan:open:a:0");
    }

    #[test]
    fn few_choices_are_buttons_and_many_are_a_menu() {
        let few = shown(&reply("?", &["a", "b"]));
        assert_eq!(few["components"][0]["components"][1]["custom_id"], "1.8.6.b");
        let many = shown(&reply("?", &["a", "b", "c", "d", "e", "f"]));
        let menu = &many["components"][0]["components"][0];
        assert_eq!((&menu["type"], &menu["custom_id"]), (&json!(3), &json!("1.8.6.*")));
        assert_eq!((&menu["max_values"], &menu["options"][5]["value"]), (&json!(1), &json!("f")));
    }

    #[test]
    fn signs_are_picked_together_with_none_of_these_beside_them() {
        let shown = shown(&reply("?", &["sign:a", "sign:b", "none"]));
        let rows = &shown["components"];
        assert_eq!(rows[0]["components"][0]["max_values"], 2);
        assert_eq!(rows[1]["components"][0]["custom_id"], "1.8.6.none");
    }

    #[test]
    fn urgency_is_a_colour_and_a_word() {
        let urgent = Reply { urgency: Urgency::Emergency, ..reply("Call now.", &[]) };
        assert_eq!(Look::of(&urgent, TO).content, "🟥 **Emergency**\nCall now.");
        assert_eq!(Look::of(&reply("When?", &[]), TO).content, "When?");
    }

    #[test]
    fn lines_that_do_not_fit_are_left_out_whole() {
        let few = Look::in_lines("one\n```two");
        assert_eq!(few.content, "```\none\n'''two\n```");
        let many = Look::in_lines(&"a line of the report\n".repeat(200)).content;
        assert!(many.chars().count() <= LONGEST && many.ends_with("report\n…\n```"), "{many}");
    }

    #[test]
    fn what_is_too_long_ends_with_a_whole_sentence() {
        let text = "One thing. ".repeat(300);
        let cut = Look::of(&reply(&text, &[]), TO).content;
        assert!(cut.chars().count() <= 2_000 && cut.ends_with("thing. …"), "{cut}");
        let word = Look::of(&reply(&"word ".repeat(500), &[]), TO).content;
        assert!(word.ends_with("word …") && word.chars().count() <= 2_000);
        assert_eq!(super::cut(&"x".repeat(30), 10).chars().count(), 10);
    }
}
