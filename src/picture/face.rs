//! Text: which letters there are, how wide they run, where a line is cut, and what it looks like.

use std::iter;

use deunicode::deunicode_char;
use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use harfrust::{Buffer, Font, ShapeOptions, ShaperFont, shape};
use tiny_skia::{Path, PathBuilder, Transform};

/// As much of a text as is looked at; no picture has room for more.
const LONGEST: usize = 300;

/// The two fonts of the picture.
pub(super) struct Faces {
    pub plain: Face,
    pub strong: Face,
}

/// One font.
pub(super) struct Face(Font);

impl Faces {
    pub(super) fn read() -> Option<Self> {
        let plain = Face::read(include_bytes!("fonts/Inter-Regular.otf"))?;
        let strong = Face::read(include_bytes!("fonts/Inter-SemiBold.otf"))?;
        Some(Self { plain, strong })
    }
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        Font::new(bytes, 0).map(Self)
    }

    /// How wide a text is in one line.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        let laid_out = self.laid_out(text);
        let units: i32 = laid_out.glyph_positions().iter().map(|place| place.x_advance).sum();
        units as f32 * self.scale(size)
    }

    /// A text in lines of this width, as even as they can be; what does not fit into so many is
    /// cut.
    pub(super) fn lines(&self, text: &str, size: f32, width: f32, most: usize) -> Vec<String> {
        let text = self.drawable(text);
        let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        let widths: Vec<f32> = words.iter().map(|word| self.width(word, size)).collect();
        let mut ends = even_ends(&widths, self.width(" ", size), width);
        if ends.len() > most {
            ends.truncate(most);
            ends.pop();
            ends.push(words.len());
        }
        let starts = iter::once(0).chain(ends.iter().copied());
        let lines = iter::zip(starts, &ends).filter_map(|(start, end)| words.get(start..*end));
        lines.map(|line| self.cut(&line.join(" "), size, width)).collect()
    }

    /// What a text looks like, from the left end of the line that its letters stand on.
    pub(super) fn outline(&self, text: &str, size: f32, left: f32, line: f32) -> Option<Path> {
        let laid_out = self.laid_out(text);
        let outlines = self.0.outline_glyphs();
        let mut path = PathBuilder::new();
        let mut run = 0;
        for (glyph, place) in iter::zip(laid_out.glyph_infos(), laid_out.glyph_positions()) {
            let (right, up) = ((run + place.x_offset) as f32, place.y_offset as f32);
            let mut pen = Pen { path: &mut path, right, up };
            if let Some(outline) = outlines.get(glyph.glyph_id.into()) {
                // A glyph that is broken stays away; the fonts are ours and tested.
                let _ = outline.draw(&DrawOptions::new(), DrawMemory::Scratch, &mut pen);
            }
            run += place.x_advance;
        }
        let scale = self.scale(size);
        path.finish()?.transform(Transform::from_row(scale, 0.0, 0.0, -scale, left, line))
    }

    /// As much of a text as fits, with an ellipsis where it is not all.
    fn cut(&self, text: &str, size: f32, width: f32) -> String {
        if self.width(text, size) <= width {
            return text.to_owned();
        }
        let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let shortened = |at: usize| format!("{}…", text.get(..at).unwrap_or_default().trim_end());
        let fit = cuts.partition_point(|at| self.width(&shortened(*at), size) <= width);
        cuts.get(fit.saturating_sub(1)).map_or_else(String::new, |at| shortened(*at))
    }

    /// A text of letters that the font has, in one line. Others are spelt in Latin letters, emoji
    /// and marks of direction are left out, and no letter has more than one accent on it.
    fn drawable(&self, text: &str) -> String {
        let letters = self.0.charmap();
        let mut marked = false;
        let mut drawable = String::new();
        for c in tidy(text).chars() {
            let mark = is_mark(c);
            if letters.map_unicode(c).is_none() {
                let latin = deunicode_char(c).filter(|_| c.is_alphanumeric()).unwrap_or_default();
                drawable.extend(latin.chars().filter(|c| letters.map_unicode(*c).is_some()));
            } else if !(mark && marked) {
                drawable.push(c);
            }
            marked = mark;
        }
        drawable
    }

    /// How many points a unit of the font is.
    fn scale(&self, size: f32) -> f32 {
        size / f32::from(self.0.units_per_em().max(1))
    }

    /// The glyphs of a text, in units of the font. What cannot be laid out has none.
    fn laid_out(&self, text: &str) -> Buffer {
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        match shape(&ShaperFont::new(&self.0), &mut buffer, ShapeOptions::new()) {
            Ok(()) => buffer,
            Err(_) => Buffer::new(),
        }
    }
}

/// Where lines of words end, as counts of words: as few lines as there can be, and narrower ones
/// rather than a last one that is short.
fn even_ends(words: &[f32], space: f32, width: f32) -> Vec<usize> {
    let fewest = ends(words, space, width);
    let even = |ends: &Vec<usize>| {
        let last = ends.iter().rev().nth(1).and_then(|start| words.get(*start..));
        let long: f32 = last.unwrap_or_default().iter().map(|word| word + space).sum();
        ends.len() == fewest.len() && (ends.len() < 2 || long > width / 3.0)
    };
    let narrower = (10_u8..=20).rev().map(|part| width * f32::from(part) / 20.0);
    let found = narrower.map(|width| ends(words, space, width)).find(even);
    found.unwrap_or(fewest)
}

fn ends(words: &[f32], space: f32, width: f32) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut filled = 0.0;
    for (place, word) in words.iter().enumerate() {
        match ends.last_mut() {
            Some(end) if filled + space + word <= width => {
                *end = place + 1;
                filled += space + word;
            }
            Some(_) | None => {
                ends.push(place + 1);
                filled = *word;
            }
        }
    }
    ends
}

/// A text in one line, without what steers a terminal or the direction of writing, and no longer
/// than is looked at.
pub(super) fn tidy(text: &str) -> String {
    let steers = |c: char| match c {
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        _ => c.is_control() || c == '\u{feff}',
    };
    let plain = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let mut tidy = String::new();
    for c in plain.filter(|c| !steers(*c)) {
        if c != ' ' || !(tidy.is_empty() || tidy.ends_with(' ')) {
            tidy.push(c);
        }
        if tidy.len() >= LONGEST * 4 {
            break;
        }
    }
    let end = tidy.char_indices().nth(LONGEST).map_or(tidy.len(), |(at, _)| at);
    tidy.get(..end).unwrap_or_default().trim_end().to_owned()
}

/// Whether a character stands above or below the one before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Moves the outline of a glyph to its place in the line.
struct Pen<'p> {
    path: &'p mut PathBuilder,
    right: f32,
    up: f32,
}

impl PathSink for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.right + x, self.up + y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.right + x, self.up + y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path.quad_to(self.right + x1, self.up + y1, self.right + x, self.up + y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (right, up) = (self.right, self.up);
        self.path.cubic_to(right + x1, up + y1, right + x2, up + y2, right + x, up + y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: f32, most: usize) -> Vec<String> {
        Faces::read().unwrap().plain.lines(text, 15.0, width, most)
    }

    #[test]
    fn a_text_is_as_wide_as_its_letters_and_their_kerning() {
        let faces = Faces::read().unwrap();
        let width = |text: &str| faces.plain.width(text, 20.0);
        assert!((width("il") - width("i") - width("l")).abs() < 0.01);
        assert!(width("To") < width("T") + width("o") - 0.3, "no kerning");
        assert!((width("e\u{301}") - width("é")).abs() < 0.01, "an accent takes room");
        assert!(faces.strong.width("walk", 20.0) > width("walk"));
        assert!(faces.plain.width("walk", 40.0) > 1.99 * width("walk"));
    }

    #[test]
    fn an_outline_stands_where_it_was_put_and_is_as_wide_as_it_says() {
        let face = Faces::read().unwrap().plain;
        let bounds = face.outline("Hamburg", 20.0, 100.0, 50.0).unwrap().bounds();
        let width = face.width("Hamburg", 20.0);
        assert!((100.0..103.0).contains(&bounds.left()), "{bounds:?}");
        assert!((bounds.right() - 100.0 - width).abs() < 3.0, "{bounds:?}, {width}");
        assert!(bounds.top() > 30.0 && bounds.top() < 38.0, "{bounds:?}");
        assert!(bounds.bottom() > 51.0 && bounds.bottom() < 57.0, "{bounds:?}");
        assert_eq!(face.outline(" ", 20.0, 0.0, 0.0), None);
    }

    #[test]
    fn a_line_breaks_between_words_and_the_last_is_not_one_short_word() {
        assert_eq!(lines("Walk easily", 200.0, 2), ["Walk easily"]);
        let even = lines("Soreness usually peaks about now, rest.", 250.0, 2);
        assert_eq!(even.len(), 2);
        assert!(even[1].split(' ').count() > 1, "{even:?}");
        assert_eq!(even.join(" "), "Soreness usually peaks about now, rest.");
        assert_eq!(lines("", 200.0, 2), [""; 0]);
    }

    #[test]
    fn what_does_not_fit_is_cut_with_an_ellipsis_as_late_as_can_be() {
        let face = Faces::read().unwrap().plain;
        for text in ["x".repeat(10_000), "many words ".repeat(1_000), "é".repeat(400)] {
            let cut = lines(&text, 200.0, 2);
            let last = cut.last().unwrap();
            assert!(last.ends_with('…'), "{last}");
            for line in &cut {
                assert!(face.width(line, 15.0) <= 200.0, "{line}");
            }
            assert!(face.width(last, 15.0) > 180.0, "{last}");
            assert!(cut.len() <= 2);
        }
        assert_eq!(lines("long", 1.0, 1), ["…"]);
    }

    #[test]
    fn letters_that_the_font_lacks_are_spelt_and_the_rest_is_left_out() {
        let plain = |text: &str| Faces::read().unwrap().plain.drawable(text);
        assert_eq!(plain("Ünïcødé Привет Ωμέγα Việt"), "Ünïcødé Привет Ωμέγα Việt");
        assert_eq!(plain("walk 🦵🏽 easy"), "walk  easy");
        assert_eq!(plain("\u{202e}a\u{200b}b\n\tc"), "ab c");
        assert_eq!(plain("e\u{301}\u{302}\u{303}"), "e\u{301}");
        let spelt = plain("東京 שלום");
        assert!(spelt.is_ascii() && spelt.chars().any(char::is_alphabetic), "{spelt}");
    }
}
