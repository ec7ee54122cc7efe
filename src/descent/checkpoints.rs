//! Earlier states, kept so that they thin out with age.

/// Checkpoints a level holds at most.
const PER_LEVEL: usize = 8;
/// Numbers that one level may hold: with large states it keeps fewer.
const LEVEL_NUMBERS: usize = 1 << 17;

/// The states of some earlier steps.
///
/// A step, counted from the first, goes to the level of its trailing zero bits, and a level keeps its
/// last few: so of the steps d back about one in d/4 is there, n steps take
/// 8 log₂ n states, and a replay is at most a quarter as long as the way back.
#[derive(Clone, Debug)]
pub struct Checkpoints {
    origin: u64,
    start: Box<[f64]>,
    per_level: usize,
    levels: Vec<Level>,
}

#[derive(Clone, Debug)]
struct Level {
    steps: Vec<Option<u64>>,
    states: Vec<f64>,
}

impl Checkpoints {
    /// Checkpoints of a run that starts in this state at the step `origin`.
    pub fn new(origin: u64, start: Box<[f64]>) -> Self {
        let per_level = (LEVEL_NUMBERS / start.len().max(1)).clamp(1, PER_LEVEL);
        Self {
            origin,
            start,
            per_level,
            levels: Vec::new(),
        }
    }

    /// The first step, from which the run started.
    pub fn origin(&self) -> u64 {
        self.origin
    }

    /// Makes room, so that recording steps up to this one allocates nothing.
    pub fn reserve(&mut self, step: u64) {
        let after = step.saturating_sub(self.origin);
        let levels = after
            .checked_ilog2()
            .map_or(0, |highest| highest as usize + 1);
        while self.levels.len() < levels {
            self.levels.push(Level {
                steps: vec![None; self.per_level],
                states: vec![0.0; self.per_level * self.start.len()],
            });
        }
    }

    /// Keeps the state of a step behind the first, in place of an older one.
    pub fn record(&mut self, step: u64, state: impl Iterator<Item = f64>) {
        self.reserve(step);
        let after = step - self.origin;
        let level = after.trailing_zeros() as usize;
        let slot = (after >> (level + 1)) as usize % self.per_level;
        let size = self.start.len();
        let Level { steps, states } = &mut self.levels[level];
        steps[slot] = Some(step);
        let numbers = &mut states[slot * size..][..size];
        numbers
            .iter_mut()
            .zip(state)
            .for_each(|(kept, new)| *kept = new);
    }

    /// The last kept state at or before a step; the first one where there is
    /// none.
    pub fn nearest(&self, step: u64) -> (u64, &[f64]) {
        let size = self.start.len();
        let kept = self.levels.iter().flat_map(|level| {
            let states = (0..).map(move |slot: usize| &level.states[slot * size..][..size]);
            let pairs = level.steps.iter().zip(states);
            pairs.filter_map(|(&at, state)| Some((at?, state)))
        });
        kept.filter(|&(at, _)| at <= step)
            .max_by_key(|&(at, _)| at)
            .unwrap_or((self.origin, &self.start))
    }

    /// Forgets the states after a step.
    pub fn truncate(&mut self, step: u64) {
        for kept in self.levels.iter_mut().flat_map(|level| &mut level.steps) {
            if kept.is_some_and(|at| at > step) {
                *kept = None;
            }
        }
    }

    /// How many states are held, the start included.
    #[cfg(test)]
    fn len(&self) -> usize {
        let steps = self.levels.iter().flat_map(|level| &level.steps);
        1 + steps.flatten().count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descent::{Method, Run, Timeline};
    use crate::graph::read;

    fn after(steps: u64) -> Checkpoints {
        let mut kept = Checkpoints::new(0, [0.0].into());
        (1..=steps).for_each(|step| kept.record(step, [step as f64].into_iter()));
        kept
    }

    #[test]
    fn a_state_is_the_one_of_its_step() {
        let kept = after(1000);
        for step in 0..=1000 {
            let (at, state) = kept.nearest(step);
            assert_eq!(state, [at as f64]);
            assert!(at <= step);
        }
    }

    #[test]
    fn a_replay_is_at_most_a_quarter_as_long_as_the_way_back() {
        let kept = after(100_000);
        for back in 0..=100_000 {
            let step = 100_000 - back;
            let replay = step - kept.nearest(step).0;
            assert!(
                replay <= back / 4 + 1,
                "{replay} steps of replay for {back} back"
            );
        }
    }

    #[test]
    fn states_grow_with_the_logarithm_of_the_steps() {
        assert!(after(10_000).len() <= 8 * 14 + 1);
        assert!(after(1_000_000).len() <= 8 * 20 + 1);
    }

    #[test]
    fn what_lies_ahead_is_forgotten() {
        let mut kept = after(100);
        kept.truncate(40);
        assert_eq!(kept.nearest(u64::MAX).0, 40);
    }

    #[test]
    fn the_step_before_one_that_is_sought_is_kept() {
        let graph = read("param x = 2\ny = 4x^2").graph.expect("a graph");
        let mut run = Run::new(
            &graph,
            Method::default(),
            Timeline::new(1e-4).expect("a rate"),
        );
        run.advance(10_000);
        for target in [8192, 4096, 6144, 9000, 20_000, 1, 16_384, 10_240] {
            while run.seek(target, 1000) > 0 {}
            assert_eq!(run.step(), target);
            let before = run.checkpoints.nearest(target - 1).0;
            assert_eq!(before, target - 1, "after a seek to {target}");
        }
        assert_eq!(run.head(), 20_000);
    }

    #[test]
    fn a_run_that_has_stopped_is_sought_beyond_its_last_step_and_keeps_the_one_before() {
        let graph = read("param x = 2\ny = 4x^2").graph.expect("a graph");
        let mut run = Run::new(
            &graph,
            Method::default(),
            Timeline::new(100.0).expect("a rate"),
        );
        let last = run.advance(10_000);
        for start in 0..last {
            run.seek(start, u64::MAX);
            assert_eq!(run.seek(10_000, u64::MAX), 0);
            assert_eq!((run.step(), run.head()), (last, last));
            assert_eq!(run.checkpoints.nearest(last - 1).0, last - 1);
        }
    }
}
