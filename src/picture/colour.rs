//! The colours of the picture. It stands on a card of its own, so that one picture does for a light
//! and a dark page; every text has a contrast of 4.5 to 1 or more to what it stands on.

use super::State;

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub u8, pub u8, pub u8);

/// What everything stands on.
pub(super) const CARD: Colour = Colour(0x1e, 0x22, 0x29);
/// The line around the card, which parts it from a dark page.
pub(super) const EDGE: Colour = Colour(0x47, 0x4e, 0x5b);
/// What the step of today stands on.
pub(super) const LIT: Colour = Colour(0x2b, 0x33, 0x42);
/// The line that joins the steps.
pub(super) const RAIL: Colour = Colour(0x4d, 0x55, 0x63);
/// The part of that line which lies behind us.
pub(super) const RAIL_DONE: Colour = Colour(0x2f, 0x7d, 0x5d);
/// The title and what matters.
pub(super) const STRONG: Colour = Colour(0xf5, 0xf6, 0xf8);
/// What matters no more, or not yet.
pub(super) const PLAIN: Colour = Colour(0xd3, 0xd8, 0xe0);
/// Times, notes and details.
pub(super) const QUIET: Colour = Colour(0xaf, 0xb7, 0xc3);

/// The colour of a state, for its dot and its word.
pub(super) fn of(state: State) -> Colour {
    match state {
        State::Done => Colour(0x57, 0xd1, 0x9b),
        State::Now => Colour(0x8a, 0xb8, 0xff),
        State::Next => Colour(0xb0, 0xb9, 0xc6),
        State::Skipped => Colour(0xbf, 0xa8, 0xe0),
        State::Moved => Colour(0xf2, 0xb8, 0x5c),
    }
}

/// What the word of a state stands on: a breath of its colour.
pub(super) fn behind(state: State, ground: Colour) -> Colour {
    let colour = of(state);
    let mix = |a: u8, b: u8| ((u16::from(a) * 14 + u16::from(b) * 86) / 100) as u8;
    Colour(mix(colour.0, ground.0), mix(colour.1, ground.1), mix(colour.2, ground.2))
}

#[cfg(test)]
pub(super) mod tests {
    use strum::VariantArray;

    use super::*;

    /// The contrast of two colours as the Web Content Accessibility Guidelines reckon it.
    pub(in crate::picture) fn contrast(a: Colour, b: Colour) -> f64 {
        let (a, b) = (light(a), light(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn light(Colour(red, green, blue): Colour) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    #[track_caller]
    fn stands_out(colour: Colour, ground: Colour, least: f64) {
        let contrast = contrast(colour, ground);
        assert!(contrast >= least, "{colour:?} on {ground:?}: {contrast:.2}");
    }

    #[test]
    fn contrast_is_reckoned_as_its_authors_do() {
        let (white, black) = (Colour(255, 255, 255), Colour(0, 0, 0));
        assert!((contrast(white, black) - 21.0).abs() < 0.001);
        assert!((contrast(Colour(0x76, 0x76, 0x76), white) - 4.54).abs() < 0.01);
    }

    #[test]
    fn every_text_stands_out_from_what_it_stands_on() {
        for ground in [CARD, LIT] {
            for text in [STRONG, PLAIN, QUIET] {
                stands_out(text, ground, 4.5);
            }
            for state in State::VARIANTS.iter().copied() {
                stands_out(of(state), ground, 4.5);
                stands_out(of(state), behind(state, ground), 4.5);
            }
        }
        stands_out(CARD, of(State::Now), 4.5);
        stands_out(CARD, of(State::Done), 4.5);
    }

    #[test]
    fn the_card_stands_out_from_a_light_page_and_its_edge_from_a_dark_one() {
        stands_out(CARD, Colour(0xff, 0xff, 0xff), 4.5);
        stands_out(EDGE, CARD, 1.5);
        stands_out(EDGE, Colour(0x31, 0x33, 0x38), 1.4);
    }

    #[test]
    fn no_two_states_have_one_colour() {
        for (place, a) in State::VARIANTS.iter().enumerate() {
            for b in &State::VARIANTS[place + 1..] {
                assert_ne!(of(*a), of(*b));
            }
        }
    }
}
