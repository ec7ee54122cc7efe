//! What a run does, said from the run itself.

use crate::tape::Tape;

use super::gradient_norm;

/// The steps that a run is watched for at least, and those that a cell of the map
/// takes.
pub const WATCHED_STEPS: u64 = 200;

/// Below this a loss has fallen as far as anybody looks.
pub const FALLEN: f64 = 1e-6;

/// A run has converged where its gradient's norm is this share of the first one's,
/// or of 1 where that was smaller.
const CONVERGED: f64 = 1e-6;

/// A loss that grew by this factor says that a run diverges.
const GROWN: f64 = 10.0;

/// A loss that falls without bound has grown by this factor in size from the second
/// quarter to the last; one that falls at a steady pace grows twofold, one that falls
/// faster by a steady amount a little over fourfold.
const RUNAWAY: f64 = 5.0;

/// The speed of what falls so slowly that it would take 10,000 steps.
const SLOWEST: f64 = 0.01;

/// Factors that differ by less than this share are one factor.
const SAME: f64 = 1e-9;

/// Places that differ by less than this share are one place.
const APART: f64 = 1e-4;

/// The kinds of outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The gradient has become 0, as good as, or the loss is on its way to it.
    Converges,
    /// Steps change direction each time, and get nowhere.
    Oscillates,
    /// None of the others.
    Slow,
    /// A value is not finite, or the loss grows without bound.
    Diverges,
}

/// What a run does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The kind.
    pub kind: Kind,
    /// Whether steps change direction each time: each step that is not 0 against the
    /// one before, until the gradient is as good as 0.
    pub swinging: bool,
    /// Of one number that is trained, the factor by which each step is the one
    /// before it, if that is the same for all.
    pub factor: Option<f64>,
    /// Whether it diverges by falling: the loss was never above the first one.
    pub bottomless: bool,
    /// Where it diverges, the step at which a value was not finite, if it came to
    /// that; else the first step whose loss is below [`FALLEN`].
    pub step: Option<u64>,
    /// Of one number that is trained, the two values between which it jumps for ever.
    pub between: Option<(f64, f64)>,
    /// How fast the gradient falls: 1 where it is as good as 0 after one step, 0.01 where
    /// that would take nearly 10,000 steps or where the loss alone falls, logarithmic
    /// between; 0 where neither falls.
    pub speed: f64,
}

/// Watches a run step by step, and allocates nothing meanwhile.
///
/// Over N steps, in quarters: a run *diverges* if a value is not finite, or if the
/// largest loss of the last quarter is over ten times the size of the first loss, and
/// above that of the second quarter. It *converges* if ‖∇‖ ≤ 10⁻⁶ max(1, ‖∇₀‖) in the
/// end, or if the last quarter's largest loss is under half the second quarter's,
/// which has to be above 0 for this to mean anything. Else it *oscillates* if steps
/// change direction each time, else it is *slow*. A loss that falls without bound,
/// faster and faster, is no descent to anywhere and counts as diverging.
#[derive(Clone, Debug)]
pub struct Watch {
    steps: u64,
    /// The steps that were taken note of; the first is where the run begins.
    taken: u64,
    first_loss: f64,
    first_norm: f64,
    norm: f64,
    quarters: [Quarter; 4],
    /// The parameters at the last step.
    place: Box<[f64]>,
    /// The last step; compared with the next one where it was not 0.
    step: Box<[f64]>,
    has_step: bool,
    /// Pairs of steps that were compared, while the gradient was not as good as 0.
    pairs: u64,
    turns: u64,
    settled: bool,
    fallen: Option<u64>,
    settled_at: Option<u64>,
    sole: Sole,
    outcome: Option<Outcome>,
}

/// The losses of a quarter.
#[derive(Clone, Copy, Debug)]
struct Quarter {
    largest: f64,
    least: f64,
}

/// What is known of the one number that is trained, where there is just one.
#[derive(Clone, Copy, Debug, Default)]
struct Sole {
    factor: Option<f64>,
    /// Some step was another factor times the one before.
    varies: bool,
    /// The last two places.
    last: [f64; 2],
    /// For so many steps it has been where it was two steps before.
    returned: u64,
}

impl Watch {
    /// Before the first step of a run with so many trained numbers, which is followed
    /// for so many steps, at least [`WATCHED_STEPS`].
    pub fn new(params: usize, steps: u64) -> Self {
        Self {
            steps: steps.max(WATCHED_STEPS),
            taken: 0,
            first_loss: 0.0,
            first_norm: 0.0,
            norm: 0.0,
            quarters: [Quarter::EMPTY; 4],
            place: vec![0.0; params].into(),
            step: vec![0.0; params].into(),
            has_step: false,
            pairs: 0,
            turns: 0,
            settled: false,
            fallen: None,
            settled_at: None,
            sole: Sole::default(),
            outcome: None,
        }
    }

    /// Another run of the same program.
    pub fn restart(&mut self) {
        self.taken = 0;
        self.quarters = [Quarter::EMPTY; 4];
        self.has_step = false;
        (self.pairs, self.turns) = (0, 0);
        (self.fallen, self.settled_at) = (None, None);
        self.sole = Sole::default();
        self.outcome = None;
    }

    /// Takes note of the next step, whose values and gradients a tape has; says what
    /// the run does once that is known.
    pub fn take(&mut self, tape: &Tape) -> Option<Outcome> {
        let broken = tape.not_finite().is_some();
        self.take_numbers(tape.loss(), gradient_norm(tape), tape.read_params(), broken)
    }

    /// What the run does; nothing while it is not known.
    pub fn outcome(&self) -> Option<Outcome> {
        self.outcome
    }

    fn is_last(&self) -> bool {
        self.taken == self.steps
    }

    fn take_numbers(
        &mut self,
        loss: f64,
        norm: f64,
        params: impl Iterator<Item = f64>,
        broken: bool,
    ) -> Option<Outcome> {
        if self.outcome.is_some() {
            return self.outcome;
        }
        let at = self.taken;
        if broken {
            self.outcome = Some(self.tell(Kind::Diverges, Some(at)));
            return self.outcome;
        }
        if at == 0 {
            (self.first_loss, self.first_norm) = (loss, norm);
        }
        self.norm = norm;
        self.settled = norm <= self.tolerance();
        self.move_to(params);
        self.quarters[(at * 4 / self.steps).min(3) as usize].take(loss);
        if self.fallen.is_none() && loss < FALLEN {
            self.fallen = Some(at);
        }
        if self.settled {
            self.settled_at = self.settled_at.or(Some(at));
        }
        if self.is_last() {
            let kind = self.kind();
            let all = self.quarters.iter();
            let positive = all.fold(f64::INFINITY, |least, one| least.min(one.least)) >= 0.0;
            let fell = positive && self.first_loss >= FALLEN && kind != Kind::Diverges;
            self.outcome = Some(self.tell(kind, self.fallen.filter(|_| fell)));
        }
        self.taken += 1;
        self.outcome
    }

    fn tolerance(&self) -> f64 {
        CONVERGED * self.first_norm.max(1.0)
    }

    /// Compares the step to this place with the one before it.
    fn move_to(&mut self, params: impl Iterator<Item = f64>) {
        let (mut moved, mut dot) = (false, 0.0);
        let started = self.taken > 0;
        let before = self.step.first().copied().unwrap_or_default();
        for ((place, step), to) in self.place.iter_mut().zip(&mut self.step).zip(params) {
            let taken = to - *place;
            *place = to;
            dot += taken * *step;
            moved |= started && taken != 0.0;
            *step = taken;
        }
        if self.place.len() == 1 && started {
            self.sole
                .take(self.place[0], self.step[0], before, self.has_step);
        } else if self.place.len() == 1 {
            self.sole.last = [f64::NAN, self.place[0]];
        }
        if !moved {
            self.has_step = false;
            return;
        }
        if self.has_step && self.settled_at.is_none() {
            self.pairs += 1;
            self.turns += u64::from(dot < 0.0);
        }
        self.has_step = true;
    }

    fn swinging(&self) -> bool {
        self.pairs > 0 && self.turns == self.pairs
    }

    fn kind(&self) -> Kind {
        let [_, second, _, last] = self.quarters;
        let grown = GROWN * self.first_loss.abs();
        let climbs = last.largest > grown && last.largest > second.largest;
        // Of losses below 0 alone.
        let deep = -last.largest > grown.max(GROWN) && last.largest < RUNAWAY * second.least;
        if climbs || deep {
            Kind::Diverges
        } else if self.settled || second.largest > 0.0 && last.largest < second.largest / 2.0 {
            Kind::Converges
        } else if self.swinging() {
            Kind::Oscillates
        } else {
            Kind::Slow
        }
    }

    fn tell(&self, kind: Kind, step: Option<u64>) -> Outcome {
        Outcome {
            kind,
            swinging: self.swinging(),
            bottomless: kind == Kind::Diverges
                && step != Some(0)
                && self.quarters.iter().all(|it| it.largest <= self.first_loss),
            factor: self.sole.factor.filter(|_| !self.sole.varies).map(rounded),
            step,
            between: self.sole.between(self.steps / 4),
            speed: self.speed(kind),
        }
    }

    fn is_falling(&self) -> bool {
        let [_, second, _, last] = self.quarters;
        second.largest - last.largest > SAME * second.largest.abs()
    }

    fn speed(&self, kind: Kind) -> f64 {
        let share = self.norm / self.first_norm;
        let steps = match self.settled_at {
            _ if kind == Kind::Diverges => return 0.0,
            Some(at) => at as f64,
            None if share < 1.0 => self.steps as f64 * libm::log(CONVERGED) / libm::log(share),
            // On |x| the slope is one and the same all the way down.
            None if self.is_falling() => return SLOWEST,
            None => return 0.0,
        };
        (1.0 - libm::log10(steps.max(1.0)) / 4.0).clamp(SLOWEST, 1.0)
    }
}

/// A factor that is 1 or −1 but for rounding is that.
fn rounded(factor: f64) -> f64 {
    if (factor.abs() - 1.0).abs() <= SAME {
        1.0_f64.copysign(factor)
    } else {
        factor
    }
}

impl Quarter {
    const EMPTY: Self = Self {
        largest: f64::NEG_INFINITY,
        least: f64::INFINITY,
    };

    fn take(&mut self, loss: f64) {
        self.largest = self.largest.max(loss);
        self.least = self.least.min(loss);
    }
}

impl Sole {
    fn take(&mut self, place: f64, step: f64, before: f64, has_before: bool) {
        let noise = 8.0 * f64::EPSILON * place.abs().max(self.last[1].abs());
        if has_before && before.abs() > noise / SAME {
            let factor = *self.factor.get_or_insert(step / before + 0.0);
            let off = (step - factor * before).abs();
            self.varies |= off.is_nan() || off > SAME * before.abs();
        }
        let size = place.abs().max(self.last[1].abs());
        let returns = (place - self.last[0]).abs() <= SAME * size && place != self.last[1];
        self.returned = if returns { self.returned + 1 } else { 0 };
        self.last = [self.last[1], place];
    }

    /// The two places between which it has jumped for so many steps.
    fn between(&self, steps: u64) -> Option<(f64, f64)> {
        let [one, other] = self.last;
        let apart = (one - other).abs() > APART * one.abs().max(other.abs());
        (self.returned >= steps && apart).then_some((one.max(other), one.min(other)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descent::{Method, Updater};
    use crate::graph;

    fn outcome(program: &str, rate: f64) -> Outcome {
        let graph = graph::read(program).graph.expect(program);
        let mut tape = Tape::compile(&graph);
        let mut updater = Updater::new(Method::default(), tape.params_len());
        let mut watch = Watch::new(tape.params_len(), WATCHED_STEPS);
        loop {
            tape.forward();
            tape.backward();
            if let Some(outcome) = watch.take(&tape) {
                assert_eq!(watch.take(&tape), Some(outcome), "it stays known");
                return outcome;
            }
            updater.update(&mut tape, rate);
        }
    }

    fn kind(program: &str, rate: f64) -> (Kind, bool) {
        let outcome = outcome(program, rate);
        (outcome.kind, outcome.swinging)
    }

    const LECTURE: &str = "param x = 2\ny = 4x^2";

    #[test]
    fn the_lectures_rates_do_what_the_lecture_says() {
        assert_eq!(kind(LECTURE, 0.26), (Kind::Diverges, true));
        assert_eq!(kind(LECTURE, 0.25), (Kind::Oscillates, true));
        assert_eq!(kind(LECTURE, 0.24), (Kind::Converges, true));
        assert_eq!(kind(LECTURE, 0.1), (Kind::Converges, false));
        assert_eq!(kind(LECTURE, 0.0001), (Kind::Slow, false));
        assert_eq!(kind(LECTURE, 1.0), (Kind::Diverges, true));
    }

    #[test]
    fn what_the_legend_says_is_known() {
        let near = |one: Option<f64>, other: f64| (one.unwrap() - other).abs() < 1e-12;
        let falls = outcome(LECTURE, 0.1);
        assert_eq!(falls.step, Some(6));
        assert!(near(falls.factor, 0.2), "{falls:?}");
        assert!(near(outcome(LECTURE, 0.24).factor, -0.92));
        assert!(near(outcome(LECTURE, 0.26).factor, -1.08));
        assert_eq!(outcome(LECTURE, 0.26).step, None);
        let jumps = outcome(LECTURE, 0.25);
        assert_eq!(jumps.between, Some((2.0, -2.0)));
        assert_eq!(jumps.step, None);
        assert_eq!(outcome(LECTURE, 10.0).step, Some(81));
        assert_eq!(outcome(LECTURE, 0.125).factor, Some(0.0));
        assert_eq!(outcome("param x = 2\ny = x^4", 0.01).factor, None);
        assert!(near(outcome("param x = 7\ny = (x - 3)^2", 0.1).factor, 0.8));
    }

    #[test]
    fn faster_descents_are_faster() {
        let speeds = [0.0001, 0.001, 0.01, 0.1, 0.125].map(|rate| outcome(LECTURE, rate).speed);
        assert!(
            speeds.windows(2).all(|pair| pair[0] < pair[1]),
            "{speeds:?}"
        );
        assert_eq!(speeds[4], 1.0);
    }

    #[test]
    fn a_loss_that_falls_along_one_slope_falls_slowly() {
        let even = "param x = 2\ny = abs(x)";
        let falling = outcome(even, 0.001);
        assert_eq!((falling.kind, falling.speed), (Kind::Slow, SLOWEST));
        assert_eq!(outcome(even, 0.01).factor, Some(1.0));
        let jumping = outcome(even, 0.3);
        assert_eq!((jumping.kind, jumping.speed), (Kind::Slow, 0.0));
    }

    #[test]
    fn a_run_that_begins_at_the_end_converges() {
        let still = outcome("param x = 0\ny = 4x^2", 0.3);
        assert_eq!((still.kind, still.swinging), (Kind::Converges, false));
        assert_eq!((still.step, still.factor), (None, None));
        let flat = outcome("param x = -1\ny = relu(x)", 0.1);
        assert_eq!((flat.kind, flat.swinging), (Kind::Converges, false));
    }

    #[test]
    fn what_is_not_finite_at_the_start_diverges_there() {
        let broken = outcome("param x = 0\ny = log(x)", 0.1);
        assert_eq!((broken.kind, broken.step), (Kind::Diverges, Some(0)));
    }

    #[test]
    fn losses_below_zero_are_told_by_the_gradient() {
        let under = "param x = 2\ny = 4x^2 - 100";
        assert_eq!(kind(under, 0.1), (Kind::Converges, false));
        assert_eq!(kind(under, 0.0001), (Kind::Slow, false));
        assert_eq!(kind(under, 0.25), (Kind::Oscillates, true));
        assert_eq!(kind(under, 0.27), (Kind::Diverges, true));
        assert_eq!(outcome(under, 0.1).step, None, "it is below from the start");
        let from_zero = "param x = 2\ny = 4x^2 - 16";
        assert_eq!(kind(from_zero, 0.1), (Kind::Converges, false));
        assert_eq!(kind(from_zero, 0.0001), (Kind::Slow, false));
    }

    #[test]
    fn falling_without_bound_is_no_descent() {
        assert_eq!(kind("param x = 2\ny = -x^2", 0.1), (Kind::Diverges, false));
        assert!(outcome("param x = 2\ny = -x^2", 0.1).bottomless);
        assert!(!outcome(LECTURE, 0.26).bottomless);
        assert_eq!(kind("param x = 2\ny = -x", 0.1), (Kind::Slow, false));
    }
}
