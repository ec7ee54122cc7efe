//! The table of update rules: each with its formulas and its kernel, which a test
//! holds to each other.

use std::array;
use std::ops::Range;

use super::HAS_OPTIONS;

/// An update rule: one entry in [`RULES`].
///
/// All of it is said of one number w of the parameters. What it takes for the
/// gradient g and for the rate η has been through the options of a
/// [`Method`](super::Method): clipping, L1, L2, schedule.
#[derive(Debug)]
pub struct Rule {
    /// What a link and the command line call it.
    pub name: &'static str,
    /// The sign of each number that it keeps for a parameter's number, from one
    /// update to the next: 0 at first.
    pub states: &'static [&'static str],
    /// Its constants.
    pub constants: &'static [Constant],
    /// An update in the notation, in the order in which it is computed. The names
    /// are w, its gradient g, the learning rate η, t, which counts the updates from
    /// 1 on, and the signs of the states and the constants.
    pub lines: &'static [&'static str],
    /// Makes an update.
    pub(super) step: fn(Numbers<'_>),
}

/// A constant of an update rule.
#[derive(Debug, PartialEq)]
pub struct Constant {
    /// What a link and the command line call it.
    pub key: &'static str,
    /// How it is written in formulas.
    pub sign: &'static str,
    /// What it is unless said otherwise.
    pub usual: f64,
    /// What it may be: from the start on, below the end.
    pub range: Range<f64>,
}

/// So many constants a rule has at most.
pub(super) const MOST_CONSTANTS: usize = 4;

/// Every update rule, with PyTorch's conventions and constants; RMSProp alone has
/// decay 0.9, as in Hinton's lecture, where PyTorch has 0.99. Where
/// options are left out (without the feature `whole`), so are all but the first.
pub static RULES: &[&Rule] = if HAS_OPTIONS {
    &[
        &GRADIENT_DESCENT,
        &MOMENTUM,
        &NESTEROV,
        &ADAGRAD,
        &RMSPROP,
        &ADAM,
        &ADAMW,
    ]
} else {
    &[&GRADIENT_DESCENT]
};

pub(super) static GRADIENT_DESCENT: Rule = Rule {
    name: "gd",
    states: &[],
    constants: &[],
    lines: &["w = w - η * g"],
    step: |numbers| {
        let rate = numbers.rate;
        numbers.each(|w, g, []| w - rate * g);
    },
};

/// Polyak's heavy ball, without dampening.
static MOMENTUM: Rule = Rule {
    name: "momentum",
    states: &["v"],
    constants: &[BETA],
    lines: &["v = β * v + g", "w = w - η * v"],
    step: |numbers| {
        let (rate, [beta]) = (numbers.rate, numbers.constants());
        numbers.each(|w, g, [v]| {
            *v = beta * *v + g;
            w - rate * *v
        });
    },
};

/// Nesterov's momentum as g + βv, which looks ahead from the new velocity.
static NESTEROV: Rule = Rule {
    name: "nesterov",
    states: &["v"],
    constants: &[BETA],
    lines: &["v = β * v + g", "w = w - η * (g + β * v)"],
    step: |numbers| {
        let (rate, [beta]) = (numbers.rate, numbers.constants());
        numbers.each(|w, g, [v]| {
            *v = beta * *v + g;
            w - rate * (g + beta * *v)
        });
    },
};

static ADAGRAD: Rule = Rule {
    name: "adagrad",
    states: &["s"],
    constants: &[epsilon(1e-10)],
    lines: &["s = s + g^2", "w = w - η * g / (sqrt(s) + ε)"],
    step: |numbers| {
        let (rate, [eps]) = (numbers.rate, numbers.constants());
        numbers.each(|w, g, [s]| {
            *s += g * g;
            w - rate * g / (libm::sqrt(*s) + eps)
        });
    },
};

static RMSPROP: Rule = Rule {
    name: "rmsprop",
    states: &["s"],
    constants: &[share("rho", "ρ", 0.9), epsilon(1e-8)],
    lines: &["s = ρ * s + (1 - ρ) * g^2", "w = w - η * g / (sqrt(s) + ε)"],
    step: |numbers| {
        let (rate, [rho, eps]) = (numbers.rate, numbers.constants());
        numbers.each(|w, g, [s]| {
            *s = rho * *s + (1.0 - rho) * (g * g);
            w - rate * g / (libm::sqrt(*s) + eps)
        });
    },
};

static ADAM: Rule = Rule {
    name: "adam",
    states: &["m", "v"],
    constants: &[
        share("beta1", "β₁", 0.9),
        share("beta2", "β₂", 0.999),
        epsilon(1e-8),
    ],
    lines: &[
        "m = β₁ * m + (1 - β₁) * g",
        "v = β₂ * v + (1 - β₂) * g^2",
        "m̂ = m / (1 - β₁^t)",
        "v̂ = v / (1 - β₂^t)",
        "w = w - η * m̂ / (sqrt(v̂) + ε)",
    ],
    step: |numbers| {
        let [beta1, beta2, eps] = numbers.constants();
        adam(numbers, beta1, beta2, eps, 0.0);
    },
};

/// Adam with decoupled decay: the decay is not part of the gradient, so the root
/// does not scale it.
static ADAMW: Rule = Rule {
    name: "adamw",
    states: &["m", "v"],
    constants: &[
        share("beta1", "β₁", 0.9),
        share("beta2", "β₂", 0.999),
        epsilon(1e-8),
        Constant {
            key: "decay",
            sign: "λ",
            usual: 0.01,
            range: 0.0..f64::INFINITY,
        },
    ],
    lines: &[
        "w = w - η * λ * w",
        "m = β₁ * m + (1 - β₁) * g",
        "v = β₂ * v + (1 - β₂) * g^2",
        "m̂ = m / (1 - β₁^t)",
        "v̂ = v / (1 - β₂^t)",
        "w = w - η * m̂ / (sqrt(v̂) + ε)",
    ],
    step: |numbers| {
        let [beta1, beta2, eps, decay] = numbers.constants();
        adam(numbers, beta1, beta2, eps, decay);
    },
};

/// The share of the velocity that stays.
const BETA: Constant = share("beta", "β", 0.9);

const fn share(key: &'static str, sign: &'static str, usual: f64) -> Constant {
    Constant {
        key,
        sign,
        usual,
        range: 0.0..1.0,
    }
}

/// What keeps a quotient finite, beside the root, not under it.
const fn epsilon(usual: f64) -> Constant {
    Constant {
        key: "eps",
        sign: "ε",
        usual,
        range: 0.0..f64::INFINITY,
    }
}

fn adam(numbers: Numbers<'_>, beta1: f64, beta2: f64, eps: f64, decay: f64) {
    let rate = numbers.rate;
    let share1 = 1.0 - libm::pow(beta1, numbers.made);
    let share2 = 1.0 - libm::pow(beta2, numbers.made);
    numbers.each(|w, g, [m, v]| {
        let w = w - rate * decay * w;
        *m = beta1 * *m + (1.0 - beta1) * g;
        *v = beta2 * *v + (1.0 - beta2) * (g * g);
        w - rate * (*m / share1) / (libm::sqrt(*v / share2) + eps)
    });
}

impl Rule {
    /// How many numbers a run's state has, where the parameters have so many: the
    /// parameters and what the rule keeps.
    pub fn state_len(&self, params: usize) -> usize {
        params * (1 + self.states.len())
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// What an update works on: some numbers of the parameters, their gradients, and
/// what is kept for them.
pub(super) struct Numbers<'a> {
    pub values: &'a mut [f64],
    pub gradients: &'a [f64],
    /// What the options make of a gradient.
    pub bend: Bend,
    pub rate: f64,
    /// Which update this is, from 1 on.
    pub made: f64,
    pub constants: [f64; MOST_CONSTANTS],
    /// All of the updater's memory: one state of all parameters after the other.
    pub memory: &'a mut [f64],
    /// How many numbers all parameters have.
    pub params: usize,
    /// Which of them the first value is.
    pub first: usize,
}

impl Numbers<'_> {
    /// As many of the constants as there are names for.
    fn constants<const COUNT: usize>(&self) -> [f64; COUNT] {
        array::from_fn(|index| self.constants[index])
    }

    /// Updates every number: `update` takes a number and its gradient, gives the
    /// new number, and changes what is kept.
    fn each<const STATES: usize>(self, update: impl Fn(f64, f64, [&mut f64; STATES]) -> f64) {
        let places = self.first..;
        for ((place, value), gradient) in places.zip(self.values).zip(self.gradients) {
            let gradient = self.bend.gradient(*gradient, *value);
            let place = |state| state * self.params + place;
            let mut kept: [f64; STATES] = array::from_fn(|state| self.memory[place(state)]);
            *value = update(*value, gradient, kept.each_mut());
            for (state, new) in kept.into_iter().enumerate() {
                self.memory[place(state)] = new;
            }
        }
    }
}

/// What the options make of each gradient.
#[derive(Clone, Copy)]
pub(super) struct Bend {
    /// The factor by which it is clipped; at most 1.
    pub scale: f64,
    pub l1: f64,
    pub l2: f64,
}

impl Default for Bend {
    /// Nothing else.
    fn default() -> Self {
        Self {
            scale: 1.0,
            l1: 0.0,
            l2: 0.0,
        }
    }
}

impl Bend {
    /// What is not asked for is not computed either: 0 · ∞ is not 0.
    pub fn gradient(self, gradient: f64, value: f64) -> f64 {
        let mut bent = gradient;
        if self.scale < 1.0 {
            bent *= self.scale;
        }
        if self.l2 > 0.0 {
            bent += self.l2 * value;
        }
        if self.l1 > 0.0 && value != 0.0 {
            bent += self.l1.copysign(value);
        }
        bent
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph;
    use crate::tape::Tape;

    /// What a rule's lines make of these names' values: the last value of each.
    fn by_lines(rule: &Rule, names: &[(&str, f64)]) -> Vec<f64> {
        let mut program = String::new();
        for (name, value) in names {
            let kind = if *name == "w" { "param" } else { "data" };
            program += &format!("{kind} {name} = {value:?}\n");
        }
        program += &rule.lines.join("\n");
        program += "\nminimize w";
        let read = graph::read(&program);
        let graph = read
            .graph
            .unwrap_or_else(|| panic!("{program}\n{:?}", read.faults));
        let mut tape = Tape::compile(&graph);
        tape.forward();
        let value = |name: &str| {
            let mut bindings = graph.bindings().iter();
            let last = bindings.find(|binding| binding.key == name);
            tape.value(last.unwrap_or_else(|| panic!("{name}")).node)[0]
        };
        names.iter().map(|(name, _)| value(name)).collect()
    }

    #[test]
    fn a_rule_computes_what_its_lines_say() {
        for rule in RULES {
            let mut constants = [0.0; MOST_CONSTANTS];
            for (value, constant) in constants.iter_mut().zip(rule.constants) {
                *value = constant.usual;
            }
            let mut memory = vec![0.0; rule.states.len()];
            let mut w = 1.5;
            for update in 1..=20 {
                let made = f64::from(update);
                let g = 3.0 * libm::sin(2.0 * made) - 0.5 * w;
                let rate = 0.3 / made;
                let mut names = vec![("w", w)];
                names.extend(rule.states.iter().copied().zip(memory.iter().copied()));
                names.extend([("g", g), ("η", rate), ("t", made)]);
                let signs = rule.constants.iter().map(|constant| constant.sign);
                names.extend(signs.zip(constants));
                let expected = by_lines(rule, &names);
                (rule.step)(Numbers {
                    values: std::slice::from_mut(&mut w),
                    gradients: &[g],
                    bend: Bend::default(),
                    rate,
                    made,
                    constants,
                    memory: &mut memory,
                    params: 1,
                    first: 0,
                });
                let computed = std::iter::once(&w).chain(&memory);
                for (computed, expected) in computed.zip(&expected) {
                    let tolerance = 1e-14 * expected.abs();
                    assert!(
                        (computed - expected).abs() <= tolerance,
                        "{} at update {update}: {computed} is not {expected}",
                        rule.name
                    );
                }
            }
        }
    }

    #[test]
    fn names_are_ascii_and_no_two_are_alike() {
        let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), RULES.len());
        let keys = RULES.iter().flat_map(|rule| rule.constants);
        for name in names.into_iter().chain(keys.map(|constant| constant.key)) {
            assert!(
                name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
                "{name}"
            );
        }
    }

    #[test]
    fn the_usual_constants_are_within_their_ranges() {
        for constant in RULES.iter().flat_map(|rule| rule.constants) {
            assert!(constant.range.contains(&constant.usual), "{constant:?}");
        }
    }
}
