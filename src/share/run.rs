//! A run as a link has it.

use std::fmt;
use std::str::FromStr;

use crate::descent::{Method, RULES, Timeline, TimelineError};

/// What one descent is made from: `gd:0.1,0.03@120`.
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
        write!(out, "{}:{}", self.method.rule().name, self.timeline)
    }
}

impl FromStr for RunSpec {
    type Err = RunError;

    fn from_str(text: &str) -> Result<Self, RunError> {
        let (name, timeline) = text.split_once(':').unwrap_or((text, ""));
        let method =
            Method::named(name).ok_or_else(|| RunError::UnknownOptimizer(name.to_owned()))?;
        let timeline = timeline.parse().map_err(RunError::Timeline)?;
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
        }
    }
}

impl std::error::Error for RunError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descent::TimelineFault;

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
    fn what_cannot_be_read_names_its_piece() {
        let check = |text: &str, expected: &str| {
            let error = text.parse::<RunSpec>().unwrap_err();
            assert_eq!(error.to_string(), expected);
        };
        check("", r#""": no such optimizer; there is gd"#);
        check("0.1", r#""0.1": no such optimizer; there is gd"#);
        check("GD:0.1", r#""GD": no such optimizer; there is gd"#);
        check("gd", r#""": not a number"#);
        check("gd:", r#""": not a number"#);
        check("gd:0.1:2", r#""0.1:2": not a number"#);
        let fault = TimelineFault::LearningRateOutOfRange;
        check("gd:0.1,-1@3", &format!(r#""-1": {fault}"#));
    }
}
