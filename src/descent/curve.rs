//! A curve of bounded size over any number of steps.

/// Buckets after which pairs are merged.
const MOST_BUCKETS: usize = 2048;

/// The smallest and the largest value of a span of steps, so that no spike is
/// lost where many steps share a pixel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// Smallest value; NaN where all are.
    pub min: f64,
    /// Largest value; NaN where all are.
    pub max: f64,
}

impl Bucket {
    fn of(value: f64) -> Self {
        Self {
            min: value,
            max: value,
        }
    }

    /// f64's own minimum and maximum leave NaN out where they can.
    fn and(self, other: Self) -> Self {
        Self {
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }
}

/// One value a step, in buckets of equally many steps. When there are too many
/// buckets, they are merged by pairs.
#[derive(Clone, Debug)]
pub struct Curve {
    origin: u64,
    buckets: Vec<Bucket>,
    width: u64,
    steps: u64,
}

impl Curve {
    /// A curve whose first value will be that of the step `origin`.
    pub fn new(origin: u64) -> Self {
        Self {
            origin,
            buckets: Vec::with_capacity(MOST_BUCKETS),
            width: 1,
            steps: 0,
        }
    }

    /// Adds the value of the next step.
    pub fn push(&mut self, value: f64) {
        if !self.steps.is_multiple_of(self.width) {
            if let Some(last) = self.buckets.last_mut() {
                *last = last.and(Bucket::of(value));
            }
        } else {
            if self.buckets.len() == MOST_BUCKETS {
                self.merge_pairs();
            }
            self.buckets.push(Bucket::of(value));
        }
        self.steps += 1;
    }

    /// How many steps each bucket covers; the last one may be short.
    pub fn width(&self) -> u64 {
        self.width
    }

    /// How many values there are.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Each bucket with its first and last step.
    pub fn buckets(&self) -> impl Iterator<Item = (u64, u64, Bucket)> + '_ {
        self.rows(usize::MAX)
    }

    /// The buckets, joined so that there are at most so many.
    pub fn rows(&self, most: usize) -> impl Iterator<Item = (u64, u64, Bucket)> + '_ {
        let joined = self.buckets.len().div_ceil(most.max(1)).max(1);
        self.buckets
            .chunks(joined)
            .enumerate()
            .map(move |(index, chunk)| {
                let width = self.width * joined as u64;
                let first = index as u64 * width;
                let last = (first + width).min(self.steps) - 1;
                let bucket = chunk[1..].iter().fold(chunk[0], |all, &one| all.and(one));
                (self.origin + first, self.origin + last, bucket)
            })
    }

    /// Drops the values after a step. A bucket that would be cut is dropped
    /// whole, and its first step returned: from there values are to be pushed
    /// again.
    pub fn truncate(&mut self, step: u64) -> Option<u64> {
        let steps = step + 1 - self.origin;
        if steps >= self.steps {
            return None;
        }
        let whole = steps / self.width;
        self.buckets.truncate(whole as usize);
        self.steps = whole * self.width;
        (self.steps < steps).then_some(self.origin + self.steps)
    }

    fn merge_pairs(&mut self) {
        for pair in 0..self.buckets.len() / 2 {
            self.buckets[pair] = self.buckets[2 * pair].and(self.buckets[2 * pair + 1]);
        }
        self.buckets.truncate(self.buckets.len() / 2);
        self.width *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: impl IntoIterator<Item = f64>) -> Curve {
        let mut curve = Curve::new(0);
        values.into_iter().for_each(|value| curve.push(value));
        curve
    }

    #[test]
    fn a_spike_survives_merging() {
        let curve = of((0..100_000).map(|step| if step == 77_777 { 9.0 } else { 1.0 }));
        let spike = curve.buckets().find(|(_, _, bucket)| bucket.max == 9.0);
        let (first, last, bucket) = spike.expect("the spike");
        assert!((first..=last).contains(&77_777));
        assert_eq!(bucket.min, 1.0);
    }

    #[test]
    fn the_number_of_buckets_is_bounded() {
        let curve = of((0..1_000_000).map(f64::from));
        assert!(curve.buckets().count() <= MOST_BUCKETS);
        assert_eq!(curve.buckets().last().expect("a bucket").1, 999_999);
    }

    #[test]
    fn rows_join_buckets_and_lose_no_step() {
        let curve = of((0..5000).map(f64::from));
        for most in [1, 7, 200, 10_000] {
            let rows: Vec<_> = curve.rows(most).collect();
            assert!(rows.len() <= most);
            assert_eq!((rows[0].0, rows[rows.len() - 1].1), (0, 4999));
            assert!(rows.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0));
            for (first, last, bucket) in rows {
                assert_eq!((bucket.min, bucket.max), (first as f64, last as f64));
            }
        }
        assert!(curve.rows(usize::MAX).eq(curve.buckets()));
    }

    #[test]
    fn a_cut_bucket_is_pushed_again() {
        let mut curve = of((0..5000).map(f64::from));
        assert_eq!(curve.width(), 4);
        assert_eq!(curve.truncate(4001), Some(4000));
        assert_eq!(curve.steps(), 4000);
        curve.push(4000.0);
        let (first, last, bucket) = curve.buckets().last().expect("a bucket");
        assert_eq!((first, last, bucket), (4000, 4000, Bucket::of(4000.0)));
        assert_eq!(curve.truncate(3999), None, "no bucket is cut");
    }

    #[test]
    fn nan_alone_stays_and_beside_a_number_is_left_out() {
        let bucket = Bucket::of(f64::NAN).and(Bucket::of(2.0));
        assert_eq!(bucket, Bucket::of(2.0));
        assert!(Bucket::of(f64::NAN).and(Bucket::of(f64::NAN)).min.is_nan());
    }
}
