//! Codes of bits (Huffman): the more frequent a symbol, the fewer.

/// A code: for each symbol its bits, and how many they are; none where it is
/// not used.
pub(super) struct Code {
    pub lengths: Vec<u32>,
    pub codes: Vec<usize>,
}

impl Code {
    /// The code whose lengths these are (RFC 1951, section 3.2.2): of two
    /// symbols the one with fewer bits has the lower code, of equally long ones
    /// the first.
    pub fn of(lengths: Vec<u32>) -> Self {
        let mut codes = vec![0; lengths.len()];
        let mut next = 0;
        for bits in 1..=lengths.iter().copied().max().unwrap_or(0) {
            next *= 2;
            let of_length = lengths.iter().zip(&mut codes);
            for (_, code) in of_length.filter(|(length, _)| **length == bits) {
                *code = next;
                next += 1;
            }
        }
        Self { lengths, codes }
    }

    /// The code that writes so many of each symbol in the fewest bits, or
    /// nearly so where a symbol would have more than `limit`. It has at least
    /// two symbols, since some inflaters refuse a code of one.
    pub fn shortest(counts: &[usize], limit: u32) -> Self {
        let mut counts = counts.to_vec();
        for symbol in 0..2 {
            let used = counts.iter().filter(|count| **count > 0).count();
            if used < 2 {
                counts[symbol] = counts[symbol].max(1);
            }
        }
        loop {
            let lengths = lengths(&counts);
            if lengths.iter().all(|&length| length <= limit) {
                return Self::of(lengths);
            }
            // The more alike the counts, the more alike the lengths.
            for count in &mut counts {
                *count = count.div_ceil(2);
            }
        }
    }
}

/// Huffman's own algorithm: the two rarest are joined, until all are.
fn lengths(counts: &[usize]) -> Vec<u32> {
    let mut weights = counts.to_vec();
    let mut parents = vec![0; counts.len()];
    let mut open: Vec<usize> = (0..counts.len()).filter(|&of| counts[of] > 0).collect();
    while open.len() > 1 {
        let joined = weights.len();
        let mut weight = 0;
        for _ in 0..2 {
            let rarest = (0..open.len()).min_by_key(|&place| weights[open[place]]);
            let rarest = open.swap_remove(rarest.unwrap_or(0));
            weight += weights[rarest];
            parents[rarest] = joined;
        }
        weights.push(weight);
        parents.push(0);
        open.push(joined);
    }
    // Whatever was joined stands behind what it was joined from.
    let mut depths = vec![0; weights.len()];
    for of in (0..weights.len()).rev().filter(|&of| parents[of] > 0) {
        depths[of] = depths[parents[of]] + 1;
    }
    depths.truncate(counts.len());
    depths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard() {
        let code = Code::of(vec![3, 3, 3, 3, 3, 2, 4, 4]);
        assert_eq!(code.codes, [2, 3, 4, 5, 6, 0, 14, 15]);
    }

    #[test]
    fn the_more_frequent_has_fewer_bits() {
        assert_eq!(
            Code::shortest(&[5, 0, 1, 2, 9], 15).lengths,
            [2, 0, 3, 3, 1]
        );
        assert_eq!(Code::shortest(&[0, 0, 7], 15).lengths, [1, 0, 1]);
        assert_eq!(Code::shortest(&[0; 4], 15).lengths, [1, 1, 0, 0]);
    }

    #[test]
    fn no_code_is_longer_than_the_limit() {
        // Counts that double make the deepest tree.
        let counts: Vec<usize> = (0..30).map(|power| 1 << power).collect();
        for limit in [5, 7, 15] {
            let lengths = Code::shortest(&counts, limit).lengths;
            assert!(lengths.iter().all(|length| (1..=limit).contains(length)));
            // Every code is used: the sum of 2⁻ˡᵉⁿᵍᵗʰ is 1.
            let sum: u32 = lengths.iter().map(|length| 1 << (limit - length)).sum();
            assert_eq!(sum, 1 << limit);
        }
    }
}
