//! A permuted congruential generator: PCG-XSH-RR with 64 bits of state and 32
//! of output.
//!
//! Source: M. E. O'Neill, “PCG: A Family of Simple Fast Space-Efficient
//! Statistically Good Algorithms for Random Number Generation”, 2014.

/// The multiplier of its linear congruential step (O'Neill, 2014).
const MULTIPLIER: u64 = 6_364_136_223_846_793_005;

/// A stream of random numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pcg {
    state: u64,
    /// Which of 2⁶³ streams: odd.
    increment: u64,
}

impl Pcg {
    /// The stream of this number, started with this seed.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut pcg = Self {
            state: 0,
            increment: stream << 1 | 1,
        };
        pcg.next_u32();
        pcg.state = pcg.state.wrapping_add(seed);
        pcg.next_u32();
        pcg
    }

    /// The stream of a declaration: made from the program's seed, the name and
    /// which declaration of the name it is (from 0).
    pub fn of(seed: u64, name: &str, occurrence: u64) -> Self {
        Self::new(seed, hash(name.as_bytes(), occurrence))
    }

    /// 32 random bits.
    pub fn next_u32(&mut self) -> u32 {
        let old = self.state;
        self.state = old.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
        let mixed = ((old >> 18 ^ old) >> 27) as u32;
        mixed.rotate_right((old >> 59) as u32)
    }

    /// From 0 to below 1, with all 53 bits of a float64.
    pub fn unit(&mut self) -> f64 {
        let high = u64::from(self.next_u32() >> 5);
        let low = u64::from(self.next_u32() >> 6);
        ((high << 26) + low) as f64 / (1u64 << 53) as f64
    }

    /// Two independent standard normal numbers, by Box and Muller (1958).
    pub fn normal_pair(&mut self) -> [f64; 2] {
        // 1 − u is never 0, whose logarithm is none.
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.unit()));
        let angle = std::f64::consts::TAU * self.unit();
        [radius * libm::cos(angle), radius * libm::sin(angle)]
    }
}

/// FNV-1a of the bytes and the number behind them.
fn hash(bytes: &[u8], number: u64) -> u64 {
    let all = bytes.iter().copied().chain(number.to_le_bytes());
    all.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first outputs of the reference implementation's demo, seed 42 and
    /// stream 54.
    #[test]
    fn it_is_the_published_generator() {
        let mut pcg = Pcg::new(42, 54);
        let found: Vec<u32> = (0..6).map(|_| pcg.next_u32()).collect();
        assert_eq!(
            found,
            [
                0xa15c_02b7,
                0x7b47_f409,
                0xba1d_3330,
                0x83d2_f293,
                0xbfa4_784b,
                0xcbed_606e
            ]
        );
    }

    #[test]
    fn units_are_even_and_normals_normal() {
        let mut pcg = Pcg::of(1, "W", 0);
        let units: Vec<f64> = (0..100_000).map(|_| pcg.unit()).collect();
        assert!(units.iter().all(|unit| (0.0..1.0).contains(unit)));
        let mean = units.iter().sum::<f64>() / 1e5;
        assert!((mean - 0.5).abs() < 0.005, "{mean}");
        let normals: Vec<f64> = (0..50_000).flat_map(|_| pcg.normal_pair()).collect();
        let mean = normals.iter().sum::<f64>() / 1e5;
        let variance = normals.iter().map(|x| x * x).sum::<f64>() / 1e5;
        assert!(
            mean.abs() < 0.015 && (variance - 1.0).abs() < 0.03,
            "{mean} {variance}"
        );
    }

    #[test]
    fn names_occurrences_and_seeds_have_their_own_streams() {
        let mut firsts: Vec<u32> = Vec::new();
        for (seed, name, occurrence) in [(1, "W1", 0), (1, "W2", 0), (1, "W1", 1), (2, "W1", 0)] {
            firsts.push(Pcg::of(seed, name, occurrence).next_u32());
        }
        firsts.sort_unstable();
        firsts.dedup();
        assert_eq!(firsts.len(), 4);
    }
}
