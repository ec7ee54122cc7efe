//! How a gradient becomes an update.

use crate::tape::Tape;

/// An update rule: one entry in [`RULES`].
#[derive(Debug)]
pub struct Rule {
    /// What a link and the command line call it.
    pub name: &'static str,
    /// The sign of each number that it keeps for a parameter's number, from one
    /// update to the next: 0 at first.
    pub states: &'static [&'static str],
    /// Its constants.
    pub constants: &'static [Constant],
    /// Makes an update.
    step: fn(Numbers<'_>),
}

/// A constant of an update rule.
#[derive(Debug)]
pub struct Constant {
    /// What a link calls it.
    pub key: &'static str,
    /// How it is written in formulas.
    pub sign: &'static str,
    /// What it is unless said otherwise.
    pub usual: f64,
}

/// What an update works on: some numbers of the parameters, their gradients, and as
/// many of each state.
struct Numbers<'a> {
    values: &'a mut [f64],
    gradients: &'a [f64],
    rate: f64,
}

/// Every update rule.
pub static RULES: &[&Rule] = &[&GRADIENT_DESCENT];

/// w ← w − η ∂L/∂w.
static GRADIENT_DESCENT: Rule = Rule {
    name: "gd",
    states: &[],
    constants: &[],
    step: |numbers| {
        for (value, gradient) in numbers.values.iter_mut().zip(numbers.gradients) {
            *value -= numbers.rate * gradient;
        }
    },
};

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// How a gradient becomes an update: a rule with its constants.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    rule: &'static Rule,
}

impl Method {
    /// The method of a rule with its usual constants; nothing where no rule is called so.
    pub fn named(name: &str) -> Option<Self> {
        let rule = RULES.iter().copied().find(|rule| rule.name == name)?;
        Some(Self { rule })
    }

    /// The rule.
    pub fn rule(&self) -> &'static Rule {
        self.rule
    }
}

impl Default for Method {
    /// Gradient descent.
    fn default() -> Self {
        Self {
            rule: &GRADIENT_DESCENT,
        }
    }
}

/// A method at work, with what it keeps from one update to the next.
#[derive(Clone, Debug)]
pub struct Updater {
    method: Method,
    /// So many updates were made.
    made: u64,
    /// For each state of the rule as many numbers as the parameters have.
    memory: Box<[f64]>,
}

impl Updater {
    /// A method before its first update, for parameters of so many numbers.
    pub fn new(method: Method, params: usize) -> Self {
        let memory = vec![0.0; params * method.rule.states.len()].into();
        Self {
            method,
            made: 0,
            memory,
        }
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Updates the parameters of a tape, whose gradients are those of a backward pass,
    /// with a learning rate.
    pub fn update(&mut self, tape: &mut Tape, rate: f64) {
        let step = self.method.rule.step;
        tape.update_params(|_, values, gradients| {
            step(Numbers {
                values,
                gradients,
                rate,
            })
        });
        self.made += 1;
    }

    /// What it keeps, one state after the other.
    pub fn memory(&self) -> &[f64] {
        &self.memory
    }

    /// Goes back, or on, to where so many updates had been made and this was kept.
    ///
    /// # Panics
    /// Where it is not as many numbers as [`memory`](Self::memory) has.
    pub fn restore(&mut self, made: u64, memory: &[f64]) {
        self.made = made;
        self.memory.copy_from_slice(memory);
    }
}
