//! The picture in the README: a real conversation, drawn from what members see.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use local_discord::Seen;

use super::town::Town;

/// Width of the picture, and how many characters of text fit into a line.
const WIDTH: usize = 720;
const LINE: usize = 84;

/// Height of a line of text, of a row of buttons, and between messages.
const TALL: usize = 20;
const BUTTONS: usize = 42;
const GAP: usize = 18;

#[test]
fn the_picture_shows_what_members_see() {
    let town = Town::new();
    let _charley = town.charley();
    let ana = &town.ana;
    let question =
        ana.says(town.general, "calf cramp at 30k, it let go but is still sore. what now?");
    let reply = town.reply(ana, question.unwrap());
    let press = ana.presses(reply.id, "Help me privately").unwrap();
    let asked = town.answer(ana, press);
    let press = ana.presses(asked.id, "None of these").unwrap();
    let next = town.answer(ana, press);

    let none = next.choices.iter().find(|choice| choice.starts_with("None")).unwrap();
    let press = ana.selects(next.id, &[none]).unwrap();
    let last = town.answer(ana, press);

    let mut seen = ana.sees(town.general);
    seen.retain(|seen| {
        [reply.id, asked.id, next.id, last.id].contains(&seen.id) || seen.by == "Ana"
    });
    let drawn = draw(&seen);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures/conversation.svg");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &drawn).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == drawn, "{} is old: BLESS=1 cargo test discord::picture", file.display());
}

fn draw(seen: &[Seen]) -> String {
    let mut body = String::new();
    let mut top = GAP;
    for message in seen {
        top = message_at(&mut body, message, top) + GAP;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{top}\" \
         viewBox=\"0 0 {WIDTH} {top}\" font-family=\"Helvetica, Arial, sans-serif\" \
         font-size=\"14\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#313338\"/>\n\
         {body}</svg>\n"
    )
}

/// One message; gives where it ends.
fn message_at(body: &mut String, message: &Seen, top: usize) -> usize {
    let ours = message.by != "Ana";
    let colour = if ours { "#5865f2" } else { "#3ba55c" };
    let initial = &message.by[..1];
    let _ = writeln!(body, "<circle cx=\"34\" cy=\"{}\" r=\"18\" fill=\"{colour}\"/>", top + 18);
    put(body, 29, top + 23, "#ffffff", initial);
    let tag = if ours { "  APP" } else { "" };
    put(body, 66, top + 12, "#ffffff", &format!("**{}**{tag}", message.by));
    let mut y = top + 14;
    for line in message.text.lines().flat_map(wrapped) {
        y += TALL;
        put(body, 66, y, "#dbdee1", &line);
    }
    if !message.buttons.is_empty() {
        y = buttons_at(body, &message.buttons, y + 12);
    }
    if !message.choices.is_empty() {
        y = menu_at(body, y + 12);
    }
    if message.only_me {
        y += TALL;
        put(body, 66, y, "#949ba4", "Only you can see this");
    }
    y
}

/// A menu that is closed; gives where it ends.
fn menu_at(body: &mut String, top: usize) -> usize {
    let _ = writeln!(
        body,
        "<rect x=\"66\" y=\"{top}\" width=\"400\" height=\"36\" rx=\"4\" fill=\"#1e1f22\"/>"
    );
    put(body, 79, top + 23, "#949ba4", "Pick one");
    put(body, 440, top + 23, "#dbdee1", "▾");
    top + 36
}

/// Rows of buttons; gives where they end.
fn buttons_at(body: &mut String, buttons: &[String], top: usize) -> usize {
    let (mut x, mut y) = (66, top);
    for (at, label) in buttons.iter().enumerate() {
        let width = 26 + label.chars().count() * 15 / 2;
        if x + width > WIDTH - 20 {
            (x, y) = (66, y + BUTTONS);
        }
        let colour = if at == 0 { "#5865f2" } else { "#4e5058" };
        let _ = writeln!(
            body,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"32\" rx=\"4\" fill=\"{colour}\"/>"
        );
        put(body, x + 13, y + 21, "#ffffff", label);
        x += width + 8;
    }
    y + 32
}

/// A line of text; what stands between `**` is bold.
fn put(body: &mut String, x: usize, y: usize, colour: &str, line: &str) {
    let escaped = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let parts = escaped.split("**").enumerate().map(|(at, part)| match at % 2 {
        0 => part.to_owned(),
        _ => format!("<tspan font-weight=\"bold\">{part}</tspan>"),
    });
    let text: String = parts.collect();
    let _ = writeln!(body, "<text x=\"{x}\" y=\"{y}\" fill=\"{colour}\">{text}</text>");
}

/// Lines of whole words.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().unwrap();
        if !last.is_empty() && last.chars().count() + word.chars().count() >= LINE {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}
