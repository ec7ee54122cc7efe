//! A function of one parameter, sampled a few places at a time.

/// Places of the first, coarsest round lie this many apart.
const COARSE: usize = 32;

/// A function sampled at even distances: first coarsely over the whole range,
/// then at the places between, so that a slow function shows at once and
/// becomes finer from frame to frame.
#[derive(Clone, Debug)]
pub struct Samples {
    low: f64,
    high: f64,
    values: Vec<Option<f64>>,
    /// Distance of the places of this round; 0 when all are known.
    stride: usize,
    next: usize,
}

impl Samples {
    /// A function between two places, to be sampled at no fewer than so many.
    pub fn new(low: f64, high: f64, count: usize) -> Self {
        let count = count.clamp(2, 1 << 14).div_ceil(COARSE) * COARSE + 1;
        Self {
            low,
            high,
            values: vec![None; count],
            stride: COARSE,
            next: 0,
        }
    }

    /// The range.
    pub fn range(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// How many places there are.
    pub fn count(&self) -> usize {
        self.values.len()
    }

    /// Samples up to so many more places; says whether all are known.
    pub fn refine(&mut self, most: usize, mut function: impl FnMut(f64) -> f64) -> bool {
        let mut left = most;
        while self.stride > 0 && left > 0 {
            let index = self.next;
            self.next += self.stride;
            if self.values[index].is_none() {
                self.values[index] = Some(function(self.place(index)));
                left -= 1;
            }
            if self.next >= self.values.len() {
                self.stride /= 2;
                self.next = 0;
            }
        }
        self.stride == 0
    }

    /// What is known, by ascending places.
    pub fn points(&self) -> Vec<(f64, f64)> {
        let values = self.values.iter().enumerate();
        let known = values.filter_map(|(index, value)| Some((self.place(index), (*value)?)));
        known.collect()
    }

    /// Ends, and places in between that are exact where they can be: 0 is 0.
    fn place(&self, index: usize) -> f64 {
        let part = index as f64 / (self.values.len() - 1) as f64;
        self.low * (1.0 - part) + self.high * part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_becomes_finer_until_every_place_is_known_once() {
        let mut samples = Samples::new(-3.0, 3.0, 900);
        let mut asked = Vec::new();
        let square = |asked: &mut Vec<f64>, x: f64| {
            asked.push(x);
            x * x
        };
        assert!(!samples.refine(40, |x| square(&mut asked, x)));
        let coarse = samples.points();
        assert_eq!(coarse.len(), 40);
        assert_eq!((coarse[0].0, coarse.last().unwrap().0), (-3.0, 3.0));
        while !samples.refine(100, |x| square(&mut asked, x)) {}
        assert_eq!(asked.len(), samples.count());
        let points = samples.points();
        assert_eq!(points.len(), samples.count());
        assert!(points.is_sorted_by(|one, other| one.0 < other.0));
        assert!(points.iter().all(|&(x, y)| y == x * x));
        assert!(points.contains(&(0.0, 0.0)));
    }

    #[test]
    fn no_budget_asks_nothing() {
        let mut samples = Samples::new(0.0, 1.0, 0);
        assert!(!samples.refine(0, |_| unreachable!()));
        assert!(samples.points().is_empty());
    }
}
