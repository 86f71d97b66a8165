//! The tables as they are kept in files: a line that names the labels, a line of what is known of nothing,
//! then a line a feature, its name and a letter for each of its weights.

use std::fmt::Write as _;

/// What one step of a weight is worth. 0.4 told unseen messages as well; 0.1 leaves too little room for
/// what tells most.
pub(super) const STEP: f32 = 0.25;

/// The most steps that a letter stands for.
const MOST_STEPS: i32 = 26;

/// The name of what is known of nothing.
const NONE: &str = "*";

/// A table that was read.
pub(super) struct Table<'t, const LABELS: usize> {
    /// The score of each label where no feature is known.
    pub(super) none: [f32; LABELS],
    /// The name of each feature, and its weights in steps: for a message, and for a clause.
    pub(super) rows: Vec<(&'t str, [i8; LABELS], [i8; LABELS])>,
}

impl<'t, const LABELS: usize> Table<'t, LABELS> {
    /// Reads a table; a line that is none is left out.
    pub(super) fn of(text: &'t str) -> Self {
        let mut table = Self { none: [0.0; LABELS], rows: Vec::new() };
        for (name, weights) in text.lines().skip(1).filter_map(|line| line.split_once('\t')) {
            let both = weights.as_bytes().split_first_chunk::<LABELS>();
            if name == NONE {
                let scores = weights.split('\t').filter_map(|own| own.parse().ok());
                table.none.iter_mut().zip(scores).for_each(|(none, score)| *none = score);
            } else if let Some((message, rest)) = both
                && let Ok(clause) = <[u8; LABELS]>::try_from(rest)
            {
                table.rows.push((name, all_steps(message), all_steps(&clause)));
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

/// The steps that some letters stand for: many at once, which mapping an array is not.
fn all_steps<const LABELS: usize>(letters: &[u8; LABELS]) -> [i8; LABELS] {
    let mut all = [0; LABELS];
    all.iter_mut().zip(letters).for_each(|(own, letter)| *own = steps(*letter));
    all
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
        let table = Table::<2>::of(&text);
        assert_eq!(format!("{:?}", table.none), "[-7.9, 0.5]");
        assert_eq!(table.rows, [("calf", [1, -1], [0, 26]), ("in bed", [-26, 4], [0, -12])]);
    }
}
