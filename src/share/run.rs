//! A run as a link has it.

use std::fmt;
use std::str::FromStr;

use crate::descent::{Method, OptionError, RULES, Timeline, TimelineError};

/// What one descent is made from: `gd:0.1,0.03@120`, or with options, of which only
/// those stand there that are not as usual:
/// `adam:0.1;beta1=0.8;schedule=cosine/100;clip=1;l2=0.01`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunSpec {
    /// How a gradient becomes an update.
    pub method: Method,
    /// The learning rates.
    pub timeline: Timeline,
}

impl fmt::Display for RunSpec {
    /// It reads back to an equal run.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.method.rule().name, self.timeline)?;
        for (key, text) in self.method.options() {
            write!(out, ";{key}={text}")?;
        }
        Ok(())
    }
}

impl FromStr for RunSpec {
    type Err = RunError;

    fn from_str(text: &str) -> Result<Self, RunError> {
        let (name, rest) = text.split_once(':').unwrap_or((text, ""));
        let method =
            Method::named(name).ok_or_else(|| RunError::UnknownOptimizer(name.to_owned()))?;
        let (timeline, options) = match rest.split_once(';') {
            Some((timeline, options)) => (timeline, Some(options)),
            None => (rest, None),
        };
        let timeline = timeline.parse().map_err(RunError::Timeline)?;
        let method = match options {
            Some(options) => method.with_options(options).map_err(RunError::Option)?,
            None => method,
        };
        Ok(Self { method, timeline })
    }
}

/// A run's text that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunError {
    /// No optimizer is called so.
    UnknownOptimizer(String),
    /// The learning rates can't be read.
    Timeline(TimelineError),
    /// An option can't be taken.
    Option(OptionError),
}

impl fmt::Display for RunError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownOptimizer(name) => {
                let known: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
                let known = known.join(", ");
                write!(out, "\"{name}\": no such optimizer; there is {known}")
            }
            Self::Timeline(error) => error.fmt(out),
            Self::Option(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for RunError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descent::{MethodFault, TimelineFault};

    #[test]
    fn a_run_reads_back() {
        let run = RunSpec {
            method: Method::default(),
            timeline: "0.1,0.03@120".parse().unwrap(),
        };
        assert_eq!(run.to_string(), "gd:0.1,0.03@120");
        assert_eq!(run.to_string().parse(), Ok(run));
        assert_eq!(RunSpec::default().to_string(), "gd:0.1");
    }

    #[test]
    fn a_run_with_options_reads_back() {
        let check = |text: &str, written: &str| {
            let run: RunSpec = text.parse().expect(text);
            assert_eq!(run.to_string(), written);
            assert_eq!(run.to_string().parse(), Ok(run));
        };
        let all = "adam:0.1,0.03@120;beta1=0.8;schedule=cosine/100;clip=1;l1=0.1;l2=0.01";
        check(all, all);
        check(
            "adam:0.1;l2=0.01;clip=1;beta2=0.999;beta1=0.8;schedule=constant",
            "adam:0.1;beta1=0.8;clip=1;l2=0.01",
        );
        check("gd:0.1;schedule=step/30/0.1", "gd:0.1;schedule=step/30");
    }

    #[test]
    fn what_cannot_be_read_names_its_piece() {
        let check = |text: &str, expected: &str| {
            let error = text.parse::<RunSpec>().unwrap_err();
            assert_eq!(error.to_string(), expected);
        };
        let names = "gd, momentum, nesterov, adagrad, rmsprop, adam, adamw";
        for name in ["", "0.1", "GD"] {
            let expected = format!(r#""{name}": no such optimizer; there is {names}"#);
            check(&format!("{name}:0.1"), &expected);
        }
        check("gd", r#""": not a number"#);
        check("gd:", r#""": not a number"#);
        check("gd:0.1:2", r#""0.1:2": not a number"#);
        let fault = TimelineFault::LearningRateOutOfRange;
        check("gd:0.1,-1@3", &format!(r#""-1": {fault}"#));
        let check = |text: &str, piece: &str, fault: MethodFault| {
            check(text, &format!(r#""{piece}": {fault}"#));
        };
        check("gd:0.1;", "", MethodFault::UnknownOption);
        check("gd:0.1;beta=0.5", "beta=0.5", MethodFault::UnknownOption);
        check("momentum:0.1;beta=2", "beta=2", MethodFault::OutOfRange);
        check("momentum:0.1;beta", "beta", MethodFault::NotANumber);
        check(
            "momentum:0.1;l1=1;beta=0.5;l1=2",
            "l1=2",
            MethodFault::RepeatedOption,
        );
        check(
            "gd:0.1;schedule=sine/3",
            "schedule=sine/3",
            MethodFault::UnknownSchedule,
        );
    }
}
