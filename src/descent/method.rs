//! How a gradient becomes an update: a rule with its constants and options.

use std::fmt;

use super::rules::{Bend, GRADIENT_DESCENT, MOST_CONSTANTS};
use super::{Constant, HAS_OPTIONS, RULES, Rule, Schedule};

/// The key of the constant of decoupled decay.
const DECAY: &str = "decay";

/// How a gradient becomes an update: a rule with its constants, and options that
/// change the rate or the gradient which the rule takes.
///
/// The options never change the loss that is shown, nor its gradient: L1 and L2
/// are added to the gradient on its way into the rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    rule: &'static Rule,
    /// None where all is as usual.
    settings: Option<Box<Settings>>,
}

/// What can be set of a method.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Settings {
    /// In the order of the rule's; 0 behind them.
    pub constants: [f64; MOST_CONSTANTS],
    pub schedule: Schedule,
    pub clip: Option<f64>,
    pub l1: f64,
    pub l2: f64,
}

impl Settings {
    fn usual(rule: &Rule) -> Self {
        let mut constants = [0.0; MOST_CONSTANTS];
        for (value, constant) in constants.iter_mut().zip(rule.constants) {
            *value = constant.usual;
        }
        Self {
            constants,
            schedule: Schedule::Constant,
            clip: None,
            l1: 0.0,
            l2: 0.0,
        }
    }
}

impl Method {
    /// The method of a rule with its usual constants and no options; nothing where
    /// no rule is called so.
    pub fn named(name: &str) -> Option<Self> {
        let rule = RULES.iter().copied().find(|rule| rule.name == name)?;
        let settings = None;
        Some(Self { rule, settings })
    }

    pub(super) fn settings(&self) -> Settings {
        let usual = || Settings::usual(self.rule);
        self.settings.as_deref().copied().unwrap_or_else(usual)
    }

    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = self.settings();
        change(&mut settings);
        let is_usual = settings == Settings::usual(self.rule);
        self.settings = (!is_usual).then(|| Box::new(settings));
        self
    }

    /// The rule.
    pub fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// The rule's constants with what each is here.
    pub fn constants(&self) -> impl Iterator<Item = (&'static Constant, f64)> {
        let values = self.settings().constants;
        self.rule.constants.iter().zip(values)
    }

    /// Whether it is gradient descent and nothing else: w ← w − η ∂L/∂w, for which
    /// alone 1 − ηc is the factor of a step where the curvature is c.
    pub fn is_plain_descent(&self) -> bool {
        *self == Self::default()
    }

    /// How the rate goes with the steps.
    pub fn schedule(&self) -> Schedule {
        self.settings().schedule
    }

    /// The largest norm of the gradient of all parameters, if it is clipped:
    /// PyTorch's `clip_grad_norm_`, which multiplies it by
    /// clip/(norm + 10⁻⁶) where that is below 1.
    pub fn clip(&self) -> Option<f64> {
        self.settings().clip
    }

    /// λ₁: λ₁ sign(w) is added to the gradient, after clipping. 0 where w is 0.
    pub fn l1(&self) -> f64 {
        self.settings().l1
    }

    /// λ₂: λ₂ w is added to the gradient, after clipping: PyTorch's
    /// `weight_decay`.
    pub fn l2(&self) -> f64 {
        self.settings().l2
    }

    /// What is added to the gradient, clipping left out.
    pub(super) fn penalties(&self) -> Bend {
        let Settings { l1, l2, .. } = self.settings();
        Bend { scale: 1.0, l1, l2 }
    }

    /// Of a rule with decoupled decay, the share of w, times the rate, that each update
    /// takes away beside the gradient; else 0.
    pub(super) fn decay(&self) -> f64 {
        let mut constants = self.constants();
        let decay = constants.find(|(constant, _)| constant.key == DECAY);
        decay.map_or(0.0, |(_, value)| value)
    }

    /// The learning rate of the update that leads from a step to the next, where η
    /// has been set to `eta`.
    pub fn rate(&self, step: u64, eta: f64) -> f64 {
        if HAS_OPTIONS {
            eta * self.schedule().factor(step)
        } else {
            eta
        }
    }

    /// The same with another value of a constant, named by its key.
    pub fn with_constant(self, key: &str, value: f64) -> Result<Self, MethodFault> {
        let mut constants = self.rule.constants.iter();
        let place = constants.position(|constant| constant.key == key);
        let place = place.ok_or(MethodFault::UnknownOption)?;
        if !self.rule.constants[place].range.contains(&value) {
            return Err(MethodFault::OutOfRange);
        }
        // −0 is within a range that begins at 0, and is 0.
        Ok(self.with(|settings| settings.constants[place] = value.abs()))
    }

    /// The same with a schedule.
    pub fn with_schedule(self, schedule: Schedule) -> Result<Self, MethodFault> {
        if !schedule.is_valid() {
            return Err(MethodFault::OutOfRange);
        }
        Ok(self.with(|settings| settings.schedule = schedule))
    }

    /// The same with the gradient's norm clipped to this, which is finite and above
    /// 0; or not clipped.
    pub fn with_clip(self, clip: Option<f64>) -> Result<Self, MethodFault> {
        if clip.is_some_and(|most| !(most > 0.0 && most.is_finite())) {
            return Err(MethodFault::OutOfRange);
        }
        Ok(self.with(|settings| settings.clip = clip))
    }

    /// The same with this for λ₁: finite, at least 0.
    pub fn with_l1(self, l1: f64) -> Result<Self, MethodFault> {
        let l1 = penalty(l1)?;
        Ok(self.with(|settings| settings.l1 = l1))
    }

    /// The same with this for λ₂: finite, at least 0.
    pub fn with_l2(self, l2: f64) -> Result<Self, MethodFault> {
        let l2 = penalty(l2)?;
        Ok(self.with(|settings| settings.l2 = l2))
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
        Self {
            rule: &GRADIENT_DESCENT,
            settings: None,
        }
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
