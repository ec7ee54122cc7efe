//! The options of a method as text: what a link and the command line say of it
//! beside the rule.

use std::fmt;

use crate::number;

use super::timeline::{read_step, shortest};
use super::{HAS_OPTIONS, Method, MethodFault, Schedule, USUAL_STEP_FACTOR};

/// An option that every rule has.
struct Common {
    key: &'static str,
    /// What it may be, for a sentence.
    takes: &'static str,
    read: fn(Method, &str) -> Result<Method, MethodFault>,
    /// Nothing where it is not in use.
    write: fn(&Method) -> Option<String>,
}

/// They are written in this order, behind the rule's constants.
const COMMON: &[Common] = if HAS_OPTIONS {
    &[
        Common {
            key: "schedule",
            takes: "constant, step/30/0.1, exponential/0.99, cosine/100 or warmup/10",
            read: |method, text| method.with_schedule(read_schedule(text)?),
            write: |method| write_schedule(method.schedule()),
        },
        Common {
            key: "clip",
            takes: "a number above 0",
            read: |method, text| method.with_clip(Some(read_number(text)?)),
            write: |method| method.clip().map(shortest),
        },
        Common {
            key: "l1",
            takes: "a number of at least 0",
            read: |method, text| method.with_l1(read_number(text)?),
            write: |method| (method.l1() > 0.0).then(|| shortest(method.l1())),
        },
        Common {
            key: "l2",
            takes: "a number of at least 0",
            read: |method, text| method.with_l2(read_number(text)?),
            write: |method| (method.l2() > 0.0).then(|| shortest(method.l2())),
        },
    ]
} else {
    &[]
};

impl Method {
    /// The same with options as a link has them: `beta=0.5;clip=1`, none of them twice.
    pub fn with_options(self, text: &str) -> Result<Self, OptionError> {
        let mut method = self;
        let mut seen: Vec<&str> = Vec::new();
        for piece in text.split(';') {
            let (key, value) = piece.split_once('=').unwrap_or((piece, ""));
            let read = if HAS_OPTIONS && seen.contains(&key) {
                Err(MethodFault::RepeatedOption)
            } else {
                method.with_option(key, value)
            };
            method = read.map_err(|fault| OptionError {
                fault,
                text: piece.to_owned(),
            })?;
            seen.push(key);
        }
        Ok(method)
    }

    /// The same with an option as a link has it: a constant of the rule by its key,
    /// `schedule`, `clip`, `l1` or `l2`. A schedule is `constant`,
    /// `step/30/0.5` (or `step/30`, × 0.1), `exponential/0.99`, `cosine/100` or
    /// `warmup/10`.
    pub fn with_option(self, key: &str, text: &str) -> Result<Self, MethodFault> {
        if !HAS_OPTIONS {
            return Err(MethodFault::UnknownOption);
        }
        if let Some(common) = COMMON.iter().find(|option| option.key == key) {
            return (common.read)(self, text);
        }
        if !self.keys().any(|known| known == key) {
            return Err(MethodFault::UnknownOption);
        }
        self.with_constant(key, read_number(text)?)
    }

    /// The keys of all options.
    pub fn keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        let constants = self.rule().constants.iter().map(|constant| constant.key);
        constants.chain(COMMON.iter().map(|option| option.key))
    }

    /// What an option may be, for a sentence: `a number from 0 to below 1`; nothing
    /// where there is no such option.
    pub fn takes(&self, key: &str) -> Option<String> {
        let common = COMMON.iter().find(|option| option.key == key);
        let constant = || {
            let (constant, _) = self.constants().find(|(constant, _)| constant.key == key)?;
            let (least, end) = (constant.range.start, constant.range.end);
            Some(if end.is_finite() {
                format!(
                    "a number from {} to below {}",
                    shortest(least),
                    shortest(end)
                )
            } else {
                format!("a number of at least {}", shortest(least))
            })
        };
        common
            .map(|option| option.takes.to_owned())
            .or_else(constant)
    }

    /// Keys and texts of the options that are not as usual, in a fixed order: with
    /// them, [`with_option`](Self::with_option) makes an equal method.
    pub fn options(&self) -> Vec<(&'static str, String)> {
        if !HAS_OPTIONS {
            return Vec::new();
        }
        let changed = self
            .constants()
            .filter(|(constant, value)| *value != constant.usual);
        let constants = changed.map(|(constant, value)| (constant.key, shortest(value)));
        let common = COMMON
            .iter()
            .filter_map(|option| Some((option.key, (option.write)(self)?)));
        constants.chain(common).collect()
    }
}

/// An option's text that can't be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionError {
    /// What is wrong.
    pub fault: MethodFault,
    /// The option as it stands: `beta=2`.
    pub text: String,
}

impl fmt::Display for OptionError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "\"{}\": {}", self.text, self.fault)
    }
}

impl std::error::Error for OptionError {}

fn read_number(text: &str) -> Result<f64, MethodFault> {
    number::parse(text).ok_or(MethodFault::NotANumber)
}

fn read_count(text: &str) -> Result<u64, MethodFault> {
    read_step(text).map_err(|fault| match fault {
        super::TimelineFault::NotANumber => MethodFault::NotANumber,
        _ => MethodFault::OutOfRange,
    })
}

fn read_schedule(text: &str) -> Result<Schedule, MethodFault> {
    let mut pieces = text.split('/');
    let name = pieces.next().unwrap_or_default();
    let schedule = match (name, pieces.next(), pieces.next()) {
        ("constant", None, None) => Schedule::Constant,
        ("step", Some(every), factor) => Schedule::Step {
            every: read_count(every)?,
            factor: factor.map_or(Ok(USUAL_STEP_FACTOR), read_number)?,
        },
        ("exponential", Some(factor), None) => Schedule::Exponential {
            factor: read_number(factor)?,
        },
        ("cosine", Some(steps), None) => Schedule::Cosine {
            steps: read_count(steps)?,
        },
        ("warmup", Some(steps), None) => Schedule::WarmUp {
            steps: read_count(steps)?,
        },
        _ => return Err(MethodFault::UnknownSchedule),
    };
    match pieces.next() {
        Some(_) => Err(MethodFault::UnknownSchedule),
        None => Ok(schedule),
    }
}

fn write_schedule(schedule: Schedule) -> Option<String> {
    Some(match schedule {
        Schedule::Constant => return None,
        Schedule::Step { every, factor } if factor == USUAL_STEP_FACTOR => format!("step/{every}"),
        Schedule::Step { every, factor } => format!("step/{every}/{}", shortest(factor)),
        Schedule::Exponential { factor } => format!("exponential/{}", shortest(factor)),
        Schedule::Cosine { steps } => format!("cosine/{steps}"),
        Schedule::WarmUp { steps } => format!("warmup/{steps}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_read_as_it_is_written() {
        let check = |rule: &str, key: &str, text: &str| {
            let method = Method::named(rule).expect(rule);
            let method = method.with_option(key, text).expect(text);
            assert_eq!(method.options(), [(key, text.to_owned())]);
        };
        check("momentum", "beta", "0.5");
        check("nesterov", "beta", "0");
        check("adam", "beta2", "0.99");
        check("adamw", "decay", "3");
        check("adagrad", "eps", "1e-7");
        for text in [
            "step/30",
            "step/30/0.5",
            "exponential/0.99",
            "cosine/100",
            "warmup/10",
            "cosine/9007199254740992",
        ] {
            check("gd", "schedule", text);
        }
        check("gd", "clip", "1");
        check("gd", "l1", "0.01");
        check("gd", "l2", "0.01");
    }

    #[test]
    fn every_option_says_what_it_takes() {
        for rule in crate::descent::RULES {
            let method = Method::named(rule.name).expect("a rule");
            assert!(method.keys().all(|key| method.takes(key).is_some()));
        }
        let method = Method::named("adagrad").expect("it");
        assert_eq!(method.takes("beta"), None);
        assert_eq!(method.takes("eps"), method.takes("l1"));
    }

    #[test]
    fn what_is_as_usual_is_not_written() {
        let method = Method::named("adam").expect("adam");
        let same = [
            ("beta1", "0.90"),
            ("schedule", "constant"),
            ("l1", "0"),
            ("l2", "-0"),
        ];
        for (key, text) in same {
            let read = method.clone().with_option(key, text);
            assert_eq!(read.as_ref(), Ok(&method), "{key}={text}");
            assert_eq!(read.map(|read| read.options()), Ok(Vec::new()));
        }
        let step = Method::default().with_option("schedule", "step/3/0.1");
        let options = step.expect("a schedule").options();
        assert_eq!(options, [("schedule", "step/3".to_owned())]);
    }

    #[test]
    fn what_cannot_be_an_option_is_refused() {
        use MethodFault::*;
        let check = |key: &str, text: &str, fault| {
            let read = Method::named("momentum")
                .expect("it")
                .with_option(key, text);
            assert_eq!(read.err(), Some(fault), "{key}={text}");
        };
        check("beta1", "0.5", UnknownOption);
        check("beta1", "", UnknownOption);
        check("", "", UnknownOption);
        check("beta", "", NotANumber);
        check("beta", "nan", NotANumber);
        check("beta", "1", OutOfRange);
        check("beta", "-0.1", OutOfRange);
        check("clip", "0", OutOfRange);
        check("clip", "-1", OutOfRange);
        check("l1", "-1", OutOfRange);
        check("l2", "x", NotANumber);
        check("schedule", "", UnknownSchedule);
        check("schedule", "step", UnknownSchedule);
        check("schedule", "step/3/0.1/2", UnknownSchedule);
        check("schedule", "cosine/3/4", UnknownSchedule);
        check("schedule", "constant/3", UnknownSchedule);
        check("schedule", "Cosine/3", UnknownSchedule);
        check("schedule", "cosine/0", OutOfRange);
        check("schedule", "cosine/1.5", NotANumber);
        check("schedule", "cosine/99999999999999999999", OutOfRange);
        check("schedule", "step/0/0.1", OutOfRange);
        check("schedule", "step/1/0", OutOfRange);
        check("schedule", "exponential/-1", OutOfRange);
        check("schedule", "exponential/x", NotANumber);
    }
}
