//! The picture of a recovery plan: what is done, what is now, and what comes next.
//!
//! It is drawn in process, with the two fonts that come with it, so that it looks the same on every
//! machine. The same timeline can be read as plain text by those who cannot see it.

mod card;
mod colour;
mod face;

use strum::VariantArray;

use self::card::Card;
use self::face::{Faces, tidy};

/// What the picture shows, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Timeline {
    /// What it is a timeline of: `Your recovery plan`.
    pub title: String,
    /// What is to be known about the whole of it.
    pub note: Option<String>,
    /// Its steps in their order.
    pub rows: Vec<Row>,
}

/// One step of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// How it stands with the step.
    pub state: State,
    /// The word for it, so that nobody has to tell it by its colour.
    pub word: String,
    /// What it is.
    pub label: String,
    /// When it is, as its reader says it: `Tuesday, 08:00`.
    pub when: String,
    /// What else is to be known about it.
    pub detail: Option<String>,
}

/// How it stands with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, VariantArray)]
pub enum State {
    /// It is behind us.
    Done,
    /// It is what matters today.
    Now,
    /// It is still to come.
    Next,
    /// It was left out.
    Skipped,
    /// It comes later than was planned.
    Moved,
}

/// Why there is no picture; the timeline can still be told in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undrawn {
    /// A font of the program cannot be read.
    #[error("a font of the picture cannot be read; build the program anew")]
    Font,
    /// There is no memory for so many points.
    #[error("a picture of {0} by {1} points cannot be held; draw fewer rows")]
    Size(u32, u32),
    /// The picture cannot be written as a PNG.
    #[error("the picture cannot be written as a PNG: {0}")]
    Png(String),
}

/// How many points wide every picture is: twice what a phone shows, for its sharp screen.
pub const WIDTH: u32 = card::WIDTH as u32 * card::SCALE as u32;

/// How many points high a picture can become, whatever it says.
pub const TALLEST: u32 = 3_200;

/// The most rows that are drawn; of a longer timeline those around the first that is not done.
pub const MOST_ROWS: usize = 12;

/// The timeline as a PNG that can be read on a light and on a dark page.
///
/// Texts are cut to the room they have. Letters that the fonts lack are spelt in Latin ones, and
/// what is no letter is left out.
///
/// # Errors
///
/// Where there is no memory for it.
pub fn timeline(of: &Timeline) -> Result<Vec<u8>, Undrawn> {
    let faces = Faces::read().ok_or(Undrawn::Font)?;
    Card::of(of, &faces).png(&faces)
}

/// The timeline in words, a line a step: what the terminal shows and a screen reader reads.
#[must_use]
pub fn describe(of: &Timeline) -> String {
    let mut lines = vec![tidy(&of.title)];
    lines.extend(of.note.as_deref().map(tidy));
    lines.extend(of.rows.iter().map(in_words));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn in_words(row: &Row) -> String {
    let told = |text: &str| Some(tidy(text)).filter(|text| !text.is_empty());
    let when = told(&row.when).map(|when| format!(" ({when})")).unwrap_or_default();
    let detail = row.detail.as_deref().and_then(told);
    let detail = detail.map(|detail| format!(". {detail}")).unwrap_or_default();
    let word = told(&row.word).map(|word| format!("{word}: ")).unwrap_or_default();
    format!("{word}{}{when}{detail}", tidy(&row.label))
}

#[cfg(test)]
mod tests {
    use tiny_skia::Pixmap;

    use super::colour::{CARD, Colour, EDGE, LIT, RAIL, RAIL_DONE};
    use super::*;

    fn row(state: State, label: &str) -> Row {
        let (label, when) = (label.to_owned(), "Tuesday, 08:00".to_owned());
        Row { state, word: format!("{state:?}"), label, when, detail: None }
    }

    fn of(states: &[State]) -> Timeline {
        let rows = states.iter().map(|state| row(*state, "Flat, easy walk")).collect();
        Timeline { title: "Your recovery plan".to_owned(), note: None, rows }
    }

    fn faces() -> Faces {
        Faces::read().unwrap()
    }

    fn drawn(timeline: &Timeline) -> Pixmap {
        Pixmap::decode_png(&super::timeline(timeline).unwrap()).unwrap()
    }

    /// The colour of the point at a place on the phone.
    #[track_caller]
    fn at(picture: &Pixmap, x: f32, y: f32) -> Colour {
        let point = picture.pixel((x * card::SCALE) as u32, (y * card::SCALE) as u32).unwrap();
        assert_eq!(point.alpha(), 255, "{x}, {y}");
        Colour(point.red(), point.green(), point.blue())
    }

    #[test]
    fn each_state_has_a_dot_of_its_own_shape_and_colour_at_its_row() {
        let timeline = of(State::VARIANTS);
        let (card, picture) = (Card::of(&timeline, &faces()), drawn(&timeline));
        for (state, step) in State::VARIANTS.iter().zip(&card.steps) {
            let own = colour::of(*state);
            // The points to the right of the middle of the dot and below it, and their colours.
            let shape: &[(f32, f32, Colour)] = match state {
                State::Done => &[(0.0, -6.5, own), (0.0, 6.5, own), (-1.2, 2.4, CARD)],
                State::Now => &[(0.0, 0.0, own), (0.0, 5.5, LIT), (0.0, -8.0, own)],
                State::Next => &[(0.0, 0.0, CARD), (7.0, 0.0, own), (-7.0, 0.0, own)],
                State::Skipped => &[(0.0, 0.0, own), (0.0, 4.0, CARD), (8.0, 0.0, own)],
                State::Moved => &[(0.0, 0.0, own), (4.5, 4.5, own), (7.0, 6.0, CARD)],
            };
            for (right, down, colour) in shape {
                let seen = at(&picture, card::DOTS + right, step.dot + down);
                assert_eq!(seen, *colour, "{state:?} at {right}, {down}");
            }
        }
    }

    #[test]
    fn each_row_has_its_word_at_its_right_end_in_the_colour_of_its_state() {
        let timeline = of(State::VARIANTS);
        let (card, picture) = (Card::of(&timeline, &faces()), drawn(&timeline));
        for (state, step) in State::VARIANTS.iter().zip(&card.steps) {
            let across = (2 * 300..2 * 380).map(|x| at(&picture, x as f32 / 2.0, step.dot));
            let own = across.filter(|colour| *colour == colour::of(*state)).count();
            assert!(own > 4, "{state:?}: {own}");
        }
    }

    #[test]
    fn the_line_is_green_as_far_as_all_is_done() {
        use State::{Done, Next, Now, Skipped};
        let timeline = of(&[Done, Skipped, Now, Done, Next]);
        let (card, picture) = (Card::of(&timeline, &faces()), drawn(&timeline));
        let between = card.steps.windows(2).map(|steps| f32::midpoint(steps[0].dot, steps[1].dot));
        let seen: Vec<Colour> = between.map(|y| at(&picture, card::DOTS, y)).collect();
        assert_eq!(seen, [RAIL_DONE, RAIL_DONE, RAIL, RAIL]);
    }

    #[test]
    fn the_card_is_whole_has_round_corners_and_grows_with_its_rows() {
        let mut last = 0;
        for count in [0, 1, 2, 5, MOST_ROWS] {
            let picture = drawn(&of(&vec![State::Next; count]));
            let (width, height) = (picture.width(), picture.height());
            assert_eq!(width, WIDTH);
            assert!(height > last, "{count} rows: {height}");
            last = height;
            for (x, y) in [(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)] {
                assert_eq!(picture.pixel(x, y).unwrap().alpha(), 0);
            }
            assert_eq!(at(&picture, 200.0, 2.0), EDGE);
            assert_eq!(at(&picture, 200.0, 8.0), CARD);
            let inside = (20..width - 20).flat_map(|x| (20..height - 20).map(move |y| (x, y)));
            let holes = inside.filter(|(x, y)| picture.pixel(*x, *y).unwrap().alpha() < 255);
            assert_eq!(holes.count(), 0);
        }
    }

    #[test]
    fn what_is_too_long_stays_within_its_column_and_the_picture_within_its_size() {
        let endless = ["x".repeat(10_000), "endless words ".repeat(1_000)];
        for text in endless {
            let mut timeline = of(&[State::Next; 200]);
            (timeline.title, timeline.note) = (text.clone(), Some(text.clone()));
            for row in &mut timeline.rows {
                (row.label, row.when) = (text.clone(), text.clone());
                row.detail = Some(text.clone());
            }
            let picture = drawn(&timeline);
            assert!(picture.height() <= TALLEST, "{}", picture.height());
            let right = (40..picture.height() - 40).map(|y| at(&picture, 380.0, y as f32 / 2.0));
            assert_eq!(right.filter(|colour| *colour != CARD).count(), 0);
        }
    }

    #[test]
    fn a_long_plan_shows_what_is_around_the_first_step_that_is_open() {
        use State::{Done, Next, Now};
        let plan = |done: usize, next: usize| {
            of(&[vec![Done; done], vec![Now], vec![Next; next]].concat())
        };
        for (done, next, shown) in [(0, 3, 4), (30, 0, MOST_ROWS), (30, 30, MOST_ROWS)] {
            let card = Card::of(&plan(done, next), &faces());
            assert_eq!(card.steps.len(), shown);
            let picture = drawn(&plan(done, next));
            let now = |step: &&card::Step| at(&picture, card::DOTS, step.dot) == colour::of(Now);
            assert_eq!(card.steps.iter().filter(now).count(), 1, "{done} done, {next} next");
        }
    }

    #[test]
    fn no_text_falls_over_and_markup_is_only_text() {
        let plain = drawn(&of(&[State::Now]));
        for text in [
            "<b>&amp;\"'",
            "a\nb\r\n\tc\0\u{7}",
            "🦵🏽👨‍👩‍👧",
            "שלום عربي",
            "東京 ไทย",
            "",
            " ",
            "\u{301}",
        ] {
            let mut timeline = of(&[State::Now]);
            timeline.title = text.to_owned();
            timeline.rows[0].label = text.to_owned();
            timeline.rows[0].detail = Some(text.to_owned());
            assert!(drawn(&timeline) != plain, "{text:?}");
        }
    }

    #[test]
    fn whoever_cannot_see_it_reads_every_step() {
        let mut timeline = of(&[State::Done, State::Moved]);
        timeline.note = Some("Your leg\ndecides.".to_owned());
        timeline.rows[1].detail = Some("Only if you do not limp.".to_owned());
        assert_eq!(
            describe(&timeline),
            "Your recovery plan\nYour leg decides.\nDone: Flat, easy walk (Tuesday, 08:00)\n\
             Moved: Flat, easy walk (Tuesday, 08:00). Only if you do not limp."
        );
        assert_eq!(describe(&Timeline::default()), "");
        timeline.rows[0].label = "\u{1b}[31m\u{202e}".to_owned() + &"é".repeat(10_000);
        timeline.rows[0].when = String::new();
        let told = describe(&timeline);
        let line = told.lines().nth(2).unwrap();
        assert!(line.starts_with("Done: [31mé") && line.chars().count() <= 306, "{line}");
        assert!(!told.contains(|c: char| c.is_control() && c != '\n'));
    }
}
