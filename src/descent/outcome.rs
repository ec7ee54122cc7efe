//! What a run does, said from the run itself.

mod sole;
#[cfg(test)]
mod tests;

use crate::tape::Tape;

use super::rules::Bend;
use super::updater::norm;
use super::{Timeline, Updater};

use sole::Sole;

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

/// Decoupled decay and the gradient's pull hold a run where they cancel to this share of
/// the decay.
const HELD: f64 = 1e-3;

/// The kinds of outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The gradient with its penalties has become 0, as good as, or the loss is on its
    /// way to it; or decoupled decay and the gradient hold each other up.
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
/// It is judged by what its updates descend: loss and gradient ∇ are those with the L1
/// and L2 penalties, L + λ₁‖w‖₁ + λ₂‖w‖²/2, since a run with penalties settles where the
/// slope of L alone is not 0. Clipping, which changes how long a step is but not what it
/// descends, is left out. Only [`Outcome::step`] speaks of L itself, which is shown.
///
/// Over N steps, in quarters: a run *diverges* if a value is not finite, or if the
/// largest loss of the last quarter is over ten times the size of the first loss, and
/// above that of the second quarter. It *converges* if ‖∇‖ ≤ 10⁻⁶ max(1, ‖∇₀‖) in the
/// end, or if the last quarter's largest loss is under half the second quarter's,
/// which has to be above 0 for this to mean anything. Else it *oscillates* if steps
/// change direction each time, else it is *slow*. A loss that falls without bound,
/// faster and faster, is no descent to anywhere and counts as diverging.
///
/// Decoupled decay (AdamW's) is the slope of nothing: it stands beside the gradient that
/// the rule scales, so no function is there to be descended. Of such a run the steps are
/// asked besides: it has converged too where for a quarter of the run each was at most
/// 10⁻³ of what the decay alone takes, that is where decay and gradient hold each other
/// up. Nor does it diverge where in the last quarter the parameters are nowhere farther
/// from 0 than they began: then the decay pulled them up a slope.
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
    /// The first and the least loss without penalties.
    bare: [f64; 2],
    /// So many steps in a row the decay was held up.
    held: u64,
    /// With decoupled decay, how large the parameters were at first.
    first_size: f64,
    /// The same at most in the last quarter.
    size: f64,
    sole: Sole,
    outcome: Option<Outcome>,
}

/// The losses of a quarter, with penalties.
#[derive(Clone, Copy, Debug)]
struct Quarter {
    largest: f64,
    least: f64,
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
            bare: [0.0, f64::INFINITY],
            held: 0,
            first_size: 0.0,
            size: 0.0,
            sole: Sole::default(),
            outcome: None,
        }
    }

    /// So many steps are to be watched for the last rate to be in force for
    /// [`WATCHED_STEPS`]; nothing where that is farther than this.
    pub fn steps(timeline: &Timeline, farthest: u64) -> Option<u64> {
        let set = timeline.entries().last().map_or(0, |last| last.step);
        let steps = set.saturating_add(WATCHED_STEPS);
        (steps <= farthest).then_some(steps)
    }

    /// Another run of the same program.
    pub fn restart(&mut self) {
        self.taken = 0;
        self.quarters = [Quarter::EMPTY; 4];
        self.has_step = false;
        (self.pairs, self.turns) = (0, 0);
        (self.fallen, self.settled_at) = (None, None);
        self.bare = [0.0, f64::INFINITY];
        (self.held, self.first_size, self.size) = (0, 0.0, 0.0);
        self.sole = Sole::default();
        self.outcome = None;
    }

    /// Takes note of the next step, whose values and gradients a tape has and which was
    /// made by this updater; says what the run does once that is known.
    pub fn take(&mut self, tape: &Tape, updater: &Updater) -> Option<Outcome> {
        if self.outcome.is_some() {
            return self.outcome;
        }
        let at = self.taken;
        if tape.not_finite().is_some() {
            self.outcome = Some(self.tell(Kind::Diverges, Some(at)));
            return self.outcome;
        }
        let (bare, penalties) = (tape.loss(), updater.method().penalties());
        let loss = penalized(tape, penalties);
        let norm = penalized_norm(tape, penalties);
        if at == 0 {
            (self.first_loss, self.first_norm) = (loss, norm);
            self.bare[0] = bare;
        }
        self.bare[1] = self.bare[1].min(bare);
        self.norm = norm;
        self.move_to(tape.read_params());
        self.mind_decay(updater);
        self.settled = norm <= self.tolerance() || self.held >= self.steps / 4;
        self.quarters[self.quarter()].take(loss);
        if self.fallen.is_none() && bare < FALLEN {
            self.fallen = Some(at);
        }
        if self.settled {
            self.settled_at = self.settled_at.or(Some(at));
        }
        if self.is_last() {
            let kind = self.kind();
            let [first, least] = self.bare;
            let fell = least >= 0.0 && first >= FALLEN && kind != Kind::Diverges;
            self.outcome = Some(self.tell(kind, self.fallen.filter(|_| fell)));
        }
        self.taken += 1;
        self.outcome
    }

    /// What the run does; nothing while it is not known.
    pub fn outcome(&self) -> Option<Outcome> {
        self.outcome
    }

    fn is_last(&self) -> bool {
        self.taken == self.steps
    }

    fn quarter(&self) -> usize {
        (self.taken * 4 / self.steps).min(3) as usize
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
            self.sole.begin(self.place[0]);
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

    /// How far decoupled decay has been held up.
    fn mind_decay(&mut self, updater: &Updater) {
        if updater.method().decay() == 0.0 {
            return;
        }
        let size = norm(self.place.iter().copied());
        if self.taken == 0 {
            self.first_size = size;
            return;
        }
        if self.quarter() == 3 {
            self.size = self.size.max(size);
        }
        let still = HELD * updater.decayed();
        // Steps that rounding hides are not known to be none.
        let known = still > 4.0 * f64::EPSILON;
        let holds = known && norm(self.step.iter().copied()) <= still * size;
        self.held = if holds { self.held + 1 } else { 0 };
    }

    /// Whether it was decoupled decay that led upwards.
    fn is_pulled_in(&self) -> bool {
        self.first_size > 0.0 && self.size <= self.first_size
    }

    fn swinging(&self) -> bool {
        self.pairs > 0 && self.turns == self.pairs
    }

    fn kind(&self) -> Kind {
        let [_, second, _, last] = self.quarters;
        let grown = GROWN * self.first_loss.abs();
        let climbs = last.largest > grown && last.largest > second.largest && !self.is_pulled_in();
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
            factor: self.sole.factor(),
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

/// The loss with its penalties: what is not asked for is not computed either.
fn penalized(tape: &Tape, penalties: Bend) -> f64 {
    let mut loss = tape.loss();
    if penalties.l1 > 0.0 {
        loss += penalties.l1 * tape.read_params().map(f64::abs).sum::<f64>();
    }
    if penalties.l2 > 0.0 {
        let squares: f64 = tape.read_params().map(|w| w * w).sum();
        loss += penalties.l2 * squares / 2.0;
    }
    loss
}

/// The norm of its gradient.
fn penalized_norm(tape: &Tape, penalties: Bend) -> f64 {
    let gradients = tape.params().iter().flat_map(|&param| tape.gradient(param));
    norm(
        gradients
            .zip(tape.read_params())
            .map(|(&gradient, w)| penalties.gradient(gradient, w)),
    )
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
