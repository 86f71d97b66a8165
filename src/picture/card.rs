//! Where everything stands on the card, and how it is drawn.

use tiny_skia::{
    FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform,
};

use super::colour::{self, CARD, Colour, EDGE, LIT, PLAIN, QUIET, RAIL, RAIL_DONE, STRONG};
use super::face::{Face, Faces};
use super::{MOST_ROWS, Row, State, Timeline, Undrawn};

/// How wide the picture is on a phone, and how many points it has there for one.
pub(super) const WIDTH: f32 = 400.0;
pub(super) const SCALE: f32 = 2.0;

/// The empty rim, the room within the card, and how round its corners are.
const RIM: f32 = 2.0;
const ROOM: f32 = 22.0;
const ROUND: f32 = 14.0;

/// Where the dots stand, where texts begin, and where they end.
pub(super) const DOTS: f32 = 36.0;
const LEFT: f32 = 60.0;
const RIGHT: f32 = WIDTH - RIM - ROOM;

/// The room above and below what a row says.
const ROW: f32 = 9.0;

/// How big a text is, how high its line, and in which font.
#[derive(Clone, Copy)]
struct Type {
    size: f32,
    line: f32,
    strong: bool,
}

const TITLE: Type = Type { size: 20.0, line: 26.0, strong: true };
const LABEL: Type = Type { size: 15.0, line: 20.0, strong: true };
const SMALL: Type = Type { size: 13.0, line: 18.0, strong: false };
/// The most room for the word of a state.
const LONGEST_WORD: f32 = 150.0;
const WORD: Type = Type { size: 11.5, line: 20.0, strong: true };

/// Everything at its place.
pub(super) struct Card {
    height: f32,
    texts: Vec<Text>,
    pub(super) steps: Vec<Step>,
}

/// A line of text.
struct Text {
    what: String,
    kind: Type,
    colour: Colour,
    left: f32,
    top: f32,
}

/// Where lines of text begin and end, and how many there may be.
#[derive(Clone, Copy)]
struct Column {
    left: f32,
    right: f32,
    most: usize,
}

impl Column {
    fn beside_dots(most: usize) -> Self {
        Self { left: LEFT, right: RIGHT, most }
    }
}

/// The room of a row, and the height of its dot.
pub(super) struct Step {
    state: State,
    word: String,
    top: f32,
    bottom: f32,
    pub(super) dot: f32,
}

impl Card {
    /// Lays a timeline out.
    pub(super) fn of(timeline: &Timeline, faces: &Faces) -> Self {
        let mut card = Self { height: RIM + ROOM - 3.0, texts: Vec::new(), steps: Vec::new() };
        let whole = |most| Column { left: RIM + ROOM, right: RIGHT, most };
        card.text(&timeline.title, TITLE, STRONG, whole(2), faces);
        if let Some(note) = &timeline.note {
            card.height += 3.0;
            card.text(note, SMALL, QUIET, whole(3), faces);
        }
        let (before, shown, after) = window(&timeline.rows);
        card.height += 7.0;
        card.left_out(before, "earlier", faces);
        for row in shown {
            card.row(row, faces);
        }
        card.left_out(after, "later", faces);
        card.height += ROOM - ROW + RIM;
        card
    }

    /// Lines of text below all that there is, in this column.
    fn text(&mut self, what: &str, kind: Type, colour: Colour, column: Column, faces: &Faces) {
        let Column { left, right, most } = column;
        for what in kind.face(faces).lines(what, kind.size, right - left, most) {
            self.texts.push(Text { what, kind, colour, left, top: self.height });
            self.height += kind.line;
        }
    }

    fn row(&mut self, row: &Row, faces: &Faces) {
        let top = self.height;
        let dot = top + ROW + LABEL.line / 2.0;
        self.height += ROW;
        let colour = match row.state {
            State::Now | State::Moved => STRONG,
            State::Done | State::Next => PLAIN,
            State::Skipped => QUIET,
        };
        let word = faces.strong.lines(&row.word, WORD.size, LONGEST_WORD, 1).concat();
        let width = faces.strong.width(&word, WORD.size);
        let beside = Column { right: RIGHT - width - 24.0, ..Column::beside_dots(2) };
        self.text(&row.label, LABEL, colour, beside, faces);
        self.height += 1.0;
        let when = match row.state {
            State::Now | State::Moved => colour::of(row.state),
            State::Done | State::Next | State::Skipped => QUIET,
        };
        self.text(&row.when, SMALL, when, Column::beside_dots(1), faces);
        if let Some(detail) = &row.detail {
            self.text(detail, SMALL, QUIET, Column::beside_dots(2), faces);
        }
        self.height = self.height.max(dot + LABEL.line / 2.0) + ROW;
        self.steps.push(Step { state: row.state, word, top, bottom: self.height, dot });
    }

    /// Says how many rows are not drawn.
    fn left_out(&mut self, count: usize, which: &str, faces: &Faces) {
        if count > 0 {
            let steps = if count == 1 { "step" } else { "steps" };
            self.height += ROW;
            let told = format!("{count} {which} {steps}");
            self.text(&told, SMALL, QUIET, Column::beside_dots(1), faces);
            self.height += ROW;
        }
    }

    /// Draws it.
    pub(super) fn png(&self, faces: &Faces) -> Result<Vec<u8>, Undrawn> {
        let (width, height) = (super::WIDTH, (self.height * SCALE).ceil() as u32);
        let pixmap = Pixmap::new(width, height).ok_or(Undrawn::Size(width, height))?;
        let mut sheet = Sheet(pixmap);
        self.draw(&mut sheet, faces);
        sheet.0.encode_png().map_err(|fault| Undrawn::Png(fault.to_string()))
    }

    fn draw(&self, sheet: &mut Sheet, faces: &Faces) {
        let card = Rect::from_xywh(RIM, RIM, WIDTH - 2.0 * RIM, self.height - 2.0 * RIM);
        if let Some(card) = card.and_then(|card| rounded(card, ROUND)) {
            sheet.fill(&card, CARD);
            sheet.line(&card, EDGE, 1.5);
        }
        for step in &self.steps {
            sheet.ground(step);
        }
        self.rail(sheet);
        for step in &self.steps {
            sheet.dot(step);
            sheet.word(step, faces);
        }
        for text in &self.texts {
            let line = text.top + text.kind.line / 2.0;
            sheet.text(&text.what, text.kind, text.colour, text.left, line, faces);
        }
    }

    /// The line from dot to dot, which is green as far as all is done.
    fn rail(&self, sheet: &mut Sheet) {
        let mut done = true;
        for (from, to) in self.steps.iter().zip(self.steps.iter().skip(1)) {
            done &= matches!(from.state, State::Done | State::Skipped);
            let mut path = PathBuilder::new();
            path.move_to(DOTS, from.dot);
            path.line_to(DOTS, to.dot);
            if let Some(path) = path.finish() {
                sheet.line(&path, if done { RAIL_DONE } else { RAIL }, 2.5);
            }
        }
    }
}

impl Type {
    fn face(self, faces: &Faces) -> &Face {
        if self.strong { &faces.strong } else { &faces.plain }
    }
}

impl Step {
    /// What the row stands on.
    fn ground(&self) -> Colour {
        match self.state {
            State::Now => LIT,
            State::Done | State::Next | State::Skipped | State::Moved => CARD,
        }
    }
}

/// How many rows are left out above, the rows that are shown, and how many are left out below.
fn window(rows: &[Row]) -> (usize, &[Row], usize) {
    let open = rows.iter().position(|row| !matches!(row.state, State::Done | State::Skipped));
    let last = rows.len().saturating_sub(MOST_ROWS);
    let first = open.unwrap_or(rows.len()).saturating_sub(MOST_ROWS / 4).min(last);
    let shown = rows.iter().skip(first).count().min(MOST_ROWS);
    (first, rows.get(first..first + shown).unwrap_or_default(), rows.len() - first - shown)
}

/// What is drawn on; all places are those of the phone.
struct Sheet(Pixmap);

impl Sheet {
    fn fill(&mut self, path: &Path, colour: Colour) {
        self.0.fill_path(path, &paint(colour), FillRule::Winding, scaled(), None);
    }

    fn line(&mut self, path: &Path, colour: Colour, width: f32) {
        let round = (LineCap::Round, LineJoin::Round);
        let stroke = Stroke { width, line_cap: round.0, line_join: round.1, ..Stroke::default() };
        self.0.stroke_path(path, &paint(colour), &stroke, scaled(), None);
    }

    /// A text whose letters stand around the middle of a line.
    fn text(
        &mut self,
        what: &str,
        kind: Type,
        colour: Colour,
        left: f32,
        line: f32,
        faces: &Faces,
    ) {
        let line = line + kind.size * 0.36;
        if let Some(path) = kind.face(faces).outline(what, kind.size, left, line) {
            self.fill(&path, colour);
        }
    }

    /// The light behind the step of today.
    fn ground(&mut self, step: &Step) {
        let height = step.bottom - step.top;
        let room = Rect::from_xywh(RIM + 8.0, step.top, WIDTH - 2.0 * (RIM + 8.0), height);
        let lit = room.filter(|_| step.ground() != CARD).and_then(|room| rounded(room, 10.0));
        if let Some(lit) = lit {
            self.fill(&lit, step.ground());
        }
    }

    /// The dot of a step, of another shape for each state.
    fn dot(&mut self, step: &Step) {
        let (colour, ground) = (colour::of(step.state), step.ground());
        let y = step.dot;
        // The line ends a little before a dot.
        self.disc(y, 12.0, ground);
        match step.state {
            State::Done => {
                self.disc(y, 9.0, colour);
                self.strokes(&[(-3.8, 0.2), (-1.2, 2.9), (4.0, -2.8)], y, CARD, 2.2);
            }
            State::Now => {
                self.ring(y, 8.0, colour, 2.5);
                self.disc(y, 4.0, colour);
            }
            State::Next => self.ring(y, 7.0, colour, 2.0),
            State::Skipped => {
                self.ring(y, 8.0, colour, 2.0);
                self.strokes(&[(-3.2, 0.0), (3.2, 0.0)], y, colour, 2.2);
            }
            State::Moved => {
                self.strokes(
                    &[(0.0, -9.0), (9.0, 0.0), (0.0, 9.0), (-9.0, 0.0), (0.0, -9.0)],
                    y,
                    colour,
                    2.0,
                );
                self.strokes(&[(-3.4, 0.0), (3.2, 0.0)], y, colour, 1.8);
                self.strokes(&[(0.8, -2.5), (3.3, 0.0), (0.8, 2.5)], y, colour, 1.8);
            }
        }
    }

    fn disc(&mut self, y: f32, radius: f32, colour: Colour) {
        if let Some(circle) = PathBuilder::from_circle(DOTS, y, radius) {
            self.fill(&circle, colour);
        }
    }

    fn ring(&mut self, y: f32, radius: f32, colour: Colour, width: f32) {
        if let Some(circle) = PathBuilder::from_circle(DOTS, y, radius) {
            self.line(&circle, colour, width);
        }
    }

    /// A line from point to point around a dot.
    fn strokes(&mut self, points: &[(f32, f32)], y: f32, colour: Colour, width: f32) {
        let mut path = PathBuilder::new();
        for (place, (right, down)) in points.iter().enumerate() {
            if place == 0 {
                path.move_to(DOTS + right, y + down);
            } else {
                path.line_to(DOTS + right, y + down);
            }
        }
        if let Some(path) = path.finish() {
            self.line(&path, colour, width);
        }
    }

    /// The word of a state at the right end of its row.
    fn word(&mut self, step: &Step, faces: &Faces) {
        let word = step.word.as_str();
        if word.is_empty() {
            return;
        }
        let width = faces.strong.width(word, WORD.size);
        let room = Rect::from_xywh(RIGHT - width - 16.0, step.dot - 10.0, width + 16.0, 20.0);
        let (ground, letters) = match step.state {
            State::Now => (colour::of(step.state), CARD),
            State::Done | State::Next | State::Skipped | State::Moved => {
                (colour::behind(step.state, step.ground()), colour::of(step.state))
            }
        };
        if let Some(pill) = room.and_then(|room| rounded(room, 10.0)) {
            self.fill(&pill, ground);
        }
        self.text(word, WORD, letters, RIGHT - width - 8.0, step.dot, faces);
    }
}

fn scaled() -> Transform {
    Transform::from_scale(SCALE, SCALE)
}

fn paint(Colour(red, green, blue): Colour) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(red, green, blue, 255);
    paint
}

/// A rectangle with round corners.
fn rounded(of: Rect, radius: f32) -> Option<Path> {
    let radius = radius.min(of.width() / 2.0).min(of.height() / 2.0);
    // So far from its end a curve is pulled to be a quarter of a circle.
    let pull = radius * 0.552_285;
    let (left, top, right, bottom) = (of.left(), of.top(), of.right(), of.bottom());
    let mut path = PathBuilder::new();
    path.move_to(left + radius, top);
    path.line_to(right - radius, top);
    path.cubic_to(right - radius + pull, top, right, top + radius - pull, right, top + radius);
    path.line_to(right, bottom - radius);
    path.cubic_to(
        right,
        bottom - radius + pull,
        right - radius + pull,
        bottom,
        right - radius,
        bottom,
    );
    path.line_to(left + radius, bottom);
    path.cubic_to(
        left + radius - pull,
        bottom,
        left,
        bottom - radius + pull,
        left,
        bottom - radius,
    );
    path.line_to(left, top + radius);
    path.cubic_to(left, top + radius - pull, left + radius - pull, top, left + radius, top);
    path.close();
    path.finish()
}
