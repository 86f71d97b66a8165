//! Rows of weights in half the room: a weight is a whole number of steps, and each row has a step of
//! its own, as large as its largest weight asks for. Steps that fit into a byte would change what some
//! messages are taken for; these change nothing.

use super::BLOCK;

/// Most steps that a weight is.
const MOST: f32 = i16::MAX as f32;

/// Rows of weights, by their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// How many blocks a row has.
    blocks: usize,
    weights: Vec<[i16; BLOCK]>,
    scales: Vec<Scale>,
}

/// What holds for a whole row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scale {
    /// What one step weighs.
    step: f32,
    /// The square of the row's keenness.
    pub(super) square: f32,
}

impl Rows {
    /// Room for so many rows of so many blocks.
    pub(super) fn with_room(blocks: usize, rows: usize) -> Self {
        let weights = Vec::with_capacity(blocks * rows);
        Self { blocks, weights, scales: Vec::with_capacity(rows) }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.scales.len()
    }

    /// Adds a row of as many weights as its blocks hold.
    pub(super) fn push(&mut self, weights: &[f32], square: f32) {
        let (blocks, _) = weights.as_chunks::<BLOCK>();
        let larger = |one: f32, other: f32| if other > one { other } else { one };
        let mut largest = [0.0; BLOCK];
        for block in blocks {
            let both = largest.iter_mut().zip(block);
            both.for_each(|(most, weight)| *most = larger(*most, weight.abs()));
        }
        let largest = largest.into_iter().fold(0.0, larger);
        let per_step = if largest > 0.0 { MOST / largest } else { 0.0 };
        // By way of a wider number, which a processor makes of several weights at once.
        let nearest = |steps: f32| (steps + 0.5_f32.copysign(steps)) as i32 as i16;
        let small = |block: &[f32; BLOCK]| block.map(|weight| nearest(weight * per_step));
        self.weights.extend(blocks.iter().map(small));
        self.scales.push(Scale { step: largest / MOST, square });
    }

    /// What holds for a row.
    pub(super) fn scale(&self, row: u32) -> Scale {
        self.scales.get(row as usize).copied().unwrap_or_default()
    }

    /// Adds one block of a row to a sum.
    pub(super) fn add_block(&self, (row, scale): (u32, Scale), at: usize, sum: &mut [f32; BLOCK]) {
        let own = self.weights.get(row as usize * self.blocks + at).unwrap_or(&[0; BLOCK]);
        sum.iter_mut().zip(own).for_each(|(sum, own)| *sum += f32::from(*own) * scale.step);
    }

    /// The weight of a row in one column.
    pub(super) fn weight(&self, row: u32, column: usize) -> f32 {
        let block = self.weights.get(row as usize * self.blocks + column / BLOCK);
        let steps = block.and_then(|block| block.get(column % BLOCK)).copied().unwrap_or_default();
        f32::from(steps) * self.scale(row).step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row of two blocks.
    fn row(weight: impl Fn(usize) -> f32) -> Vec<f32> {
        (0..2 * BLOCK).map(weight).collect()
    }

    #[test]
    fn a_weight_is_kept_within_half_a_step_of_its_row() {
        let weights = [row(|at| at as f32 - 20.0), row(|at| 0.001 * at as f32), row(|_| 0.0)];
        let mut rows = Rows::with_room(2, 3);
        for row in &weights {
            rows.push(row, 1.0);
        }
        for (at, weights) in weights.iter().enumerate() {
            let largest = weights.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
            for (column, weight) in weights.iter().enumerate() {
                let off = (rows.weight(at as u32, column) - weight).abs();
                assert!(off <= largest / MOST * 0.501, "{at} {column} {off}");
            }
        }
    }

    #[test]
    fn blocks_add_up_to_what_the_weights_are() {
        let mut rows = Rows::with_room(2, 2);
        rows.push(&row(|at| at as f32), 1.0);
        rows.push(&row(|at| -(at as f32) / 2.0), 4.0);
        let mut sum = [1.0; BLOCK];
        for row in [0, 1] {
            rows.add_block((row, rows.scale(row)), 1, &mut sum);
        }
        for (at, sum) in sum.iter().enumerate() {
            let expected = 1.0 + rows.weight(0, BLOCK + at) + rows.weight(1, BLOCK + at);
            assert!((sum - expected).abs() < 1e-5, "{at}");
        }
        assert_eq!(
            [1, 2].map(|row| rows.scale(row).square.to_bits()),
            [4.0_f32, 0.0].map(f32::to_bits)
        );
    }
}
