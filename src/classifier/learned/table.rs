//! The tables as they are kept in files: a line that names the labels, a line of what is known of nothing,
//! then a line a feature, its name and a letter for each of its weights.

use std::fmt::Write as _;

/// What one step of a weight is worth. Half of it told unseen messages no better.
pub(super) const STEP: f32 = 0.25;

/// The most steps that a letter stands for.
const MOST_STEPS: i32 = 26;

/// The name of what is known of nothing.
const NONE: &str = "*";

/// A table that was read.
pub(super) struct Table<'t> {
    /// The score of each label where no feature is known.
    pub(super) none: Vec<f32>,
    /// The name of each feature, and its weights in steps: for a message, and for a clause.
    pub(super) rows: Vec<(&'t str, Vec<i8>)>,
}

impl<'t> Table<'t> {
    /// Reads a table of so many labels; a line that is none of them is left out.
    pub(super) fn of(text: &'t str, labels: usize) -> Self {
        let mut table = Self { none: vec![0.0; labels], rows: Vec::new() };
        for (name, weights) in text.lines().skip(1).filter_map(|line| line.split_once('\t')) {
            if name == NONE {
                table.none = weights.split('\t').filter_map(|own| own.parse().ok()).collect();
                table.none.resize(labels, 0.0);
            } else if weights.len() == labels * 2 {
                table.rows.push((name, weights.bytes().map(steps).collect()));
            }
        }
        table
    }
}

/// Writes a table.
pub(super) fn write<'n>(
    labels: &[&str],
    none: &[f64],
    rows: impl Iterator<Item = (&'n str, Vec<f64>)>,
) -> String {
    let mut table = format!("\t{}\n{NONE}", labels.join("\t"));
    for score in none {
        let _ = write!(table, "\t{score:.1}");
    }
    table.push('\n');
    for (name, weights) in rows {
        let letters: String = weights.into_iter().map(letter).collect();
        let _ = writeln!(table, "{name}\t{letters}");
    }
    table
}

/// The letter of a weight: from `a` on what speaks for a label, from `A` on what speaks against it.
fn letter(weight: f64) -> char {
    let steps = (weight / f64::from(STEP)).round() as i32;
    let own = |first: u8| char::from(first + (steps.abs().min(MOST_STEPS) - 1) as u8);
    match steps {
        0 => '.',
        1.. => own(b'a'),
        _ => own(b'A'),
    }
}

/// The steps that a letter stands for.
fn steps(letter: u8) -> i8 {
    match letter {
        b'a'..=b'z' => (letter - b'a').cast_signed() + 1,
        b'A'..=b'Z' => -((letter - b'A').cast_signed() + 1),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_is_written_reads_the_same() {
        let rows =
            [("calf", vec![0.25, -0.25, 0.0, 6.5]), ("in bed", vec![-100.0, 1.0, 0.1, -3.0])];
        let text = write(&["one", "two"], &[-7.94, 0.5], rows.into_iter());
        assert_eq!(text, "\tone\ttwo\n*\t-7.9\t0.5\ncalf\taA.z\nin bed\tZd.L\n");
        let table = Table::of(&text, 2);
        assert_eq!(table.none, [-7.9, 0.5]);
        assert_eq!(table.rows, [("calf", vec![1, -1, 0, 26]), ("in bed", vec![-26, 4, 0, -12])]);
    }
}
