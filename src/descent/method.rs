//! How a gradient becomes an update: a rule with its constants and options.

use std::fmt;

use super::rules::GRADIENT_DESCENT;
use super::{Constant, RULES, Rule, Schedule};

/// How a gradient becomes an update: a rule with its constants, and options that
/// change the rate or the gradient which the rule takes.
///
/// The options never change the loss that is shown, nor its gradient: L1 and L2
/// are added to the gradient on its way into the rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    rule: &'static Rule,
    /// In the order of the rule's.
    constants: Box<[f64]>,
    schedule: Schedule,
    clip: Option<f64>,
    l1: f64,
    l2: f64,
}

impl Method {
    /// The method of a rule with its usual constants and no options; nothing where
    /// no rule is called so.
    pub fn named(name: &str) -> Option<Self> {
        let rule = RULES.iter().copied().find(|rule| rule.name == name)?;
        Some(Self::of(rule))
    }

    fn of(rule: &'static Rule) -> Self {
        Self {
            rule,
            constants: rule.constants.iter().map(|one| one.usual).collect(),
            schedule: Schedule::Constant,
            clip: None,
            l1: 0.0,
            l2: 0.0,
        }
    }

    /// The rule.
    pub fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// The rule's constants with what each is here.
    pub fn constants(&self) -> impl Iterator<Item = (&'static Constant, f64)> {
        self.rule
            .constants
            .iter()
            .zip(self.constants.iter().copied())
    }

    /// What the constants are, in the order of the rule's.
    pub(super) fn constant_values(&self) -> &[f64] {
        &self.constants
    }

    /// Whether it is gradient descent and nothing else: w ← w − η ∂L/∂w, for which
    /// alone 1 − ηc is the factor of a step where the curvature is c.
    pub fn is_plain_descent(&self) -> bool {
        *self == Self::default()
    }

    /// How the rate goes with the steps.
    pub fn schedule(&self) -> Schedule {
        self.schedule
    }

    /// The largest norm of the gradient of all parameters, if it is clipped:
    /// PyTorch's `clip_grad_norm_`, which multiplies it by
    /// clip/(norm + 10⁻⁶) where that is below 1.
    pub fn clip(&self) -> Option<f64> {
        self.clip
    }

    /// λ₁: λ₁ sign(w) is added to the gradient, after clipping. 0 where w is 0.
    pub fn l1(&self) -> f64 {
        self.l1
    }

    /// λ₂: λ₂ w is added to the gradient, after clipping: PyTorch's
    /// `weight_decay`.
    pub fn l2(&self) -> f64 {
        self.l2
    }

    /// The learning rate of the update that leads from a step to the next, where η
    /// has been set to `eta`.
    pub fn rate(&self, step: u64, eta: f64) -> f64 {
        self.schedule.factor(step) * eta
    }

    /// The same with another value of a constant, named by its key.
    pub fn with_constant(mut self, key: &str, value: f64) -> Result<Self, MethodFault> {
        let mut constants = self.rule.constants.iter();
        let place = constants.position(|constant| constant.key == key);
        let place = place.ok_or(MethodFault::UnknownOption)?;
        if !self.rule.constants[place].range.contains(&value) {
            return Err(MethodFault::OutOfRange);
        }
        // −0 is within a range that begins at 0, and is 0.
        self.constants[place] = value.abs();
        Ok(self)
    }

    /// The same with a schedule.
    pub fn with_schedule(mut self, schedule: Schedule) -> Result<Self, MethodFault> {
        if !schedule.is_valid() {
            return Err(MethodFault::OutOfRange);
        }
        self.schedule = schedule;
        Ok(self)
    }

    /// The same with the gradient's norm clipped to this, which is finite and above
    /// 0; or not clipped.
    pub fn with_clip(mut self, clip: Option<f64>) -> Result<Self, MethodFault> {
        if clip.is_some_and(|most| !(most > 0.0 && most.is_finite())) {
            return Err(MethodFault::OutOfRange);
        }
        self.clip = clip;
        Ok(self)
    }

    /// The same with this for λ₁: finite, at least 0.
    pub fn with_l1(mut self, l1: f64) -> Result<Self, MethodFault> {
        self.l1 = penalty(l1)?;
        Ok(self)
    }

    /// The same with this for λ₂: finite, at least 0.
    pub fn with_l2(mut self, l2: f64) -> Result<Self, MethodFault> {
        self.l2 = penalty(l2)?;
        Ok(self)
    }
}

fn penalty(factor: f64) -> Result<f64, MethodFault> {
    if factor.is_finite() && factor >= 0.0 {
        Ok(factor.abs())
    } else {
        Err(MethodFault::OutOfRange)
    }
}

impl Default for Method {
    /// Gradient descent.
    fn default() -> Self {
        Self::of(&GRADIENT_DESCENT)
    }
}

/// Why an option of a method is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodFault {
    /// The method has no such option.
    UnknownOption,
    /// The option is there twice.
    RepeatedOption,
    /// What should be a number is none.
    NotANumber,
    /// The number is none that the option takes.
    OutOfRange,
    /// There is no such schedule.
    UnknownSchedule,
}

impl fmt::Display for MethodFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::UnknownOption => "the optimizer has no such option",
            Self::RepeatedOption => "the option is there twice",
            Self::NotANumber => "not a number",
            Self::OutOfRange => "out of the option's range",
            Self::UnknownSchedule => "no such schedule",
        })
    }
}

impl std::error::Error for MethodFault {}
