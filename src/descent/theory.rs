//! What is known of the learning rates before the first step, from the curvature.

use super::landscape::{Curvature, Landscape, SAME};
use super::{Growth, Method, Schedule};

/// What is known beforehand of the learning rates of a method.
#[derive(Clone, Debug, PartialEq)]
pub struct Theory {
    /// c: the curvature as the method sees it, with the λ of L2 in it.
    pub curvature: f64,
    /// Whether that holds everywhere; else here, locally.
    pub exact: bool,
    /// 1/c: below, gradient descent does not swing. Of other methods nothing.
    pub monotone: Option<f64>,
    /// Above, the method diverges.
    pub edge: f64,
    /// What a step of plain gradient descent does to one number.
    pub factor: Option<Factor>,
}

/// Each step multiplies the distance from the centre by 1 − cη.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// `1 − 8η`.
    pub formula: String,
    /// Where the slope is 0.
    pub centre: f64,
}

impl Theory {
    /// The theory of a method where the loss is curved so; nothing where none is
    /// known, or the curvature is not positive.
    ///
    /// On a quadratic function gradient descent multiplies the distance from the
    /// minimum along each eigenvector by 1 − ηλ: see Goh, “Why Momentum Really Works”
    /// (Distill 2017, doi:10.23915/distill.00006), also for momentum's
    /// 0 < ηλ < 2(1 + β). Nesterov's momentum as PyTorch has it, w ← w − η(g + βv)
    /// with v ← βv + g, has the characteristic polynomial
    /// z² − ((1 + β) − ηλ(1 + β))z + β(1 − ηλ), whose root reaches −1 at
    /// ηλ = 2(1 + β)/(1 + 2β).
    ///
    /// Clipping, L1 and a schedule change what a step is from one to the next, so that
    /// nothing is said of them; L2 adds its λ to the curvature. A saddle that is the
    /// same everywhere has no rate that leads anywhere; an eigenvalue that is 0 but for
    /// rounding makes none.
    pub fn of(method: &Method, curvature: Curvature) -> Option<Self> {
        let plain = method.schedule() == Schedule::Constant
            && method.clip().is_none()
            && method.l1() == 0.0;
        let c = curvature.largest + method.l2();
        let steepness = curvature.largest.abs().max(curvature.smallest.abs());
        let saddle = curvature.constant && curvature.smallest + method.l2() < -SAME * steepness;
        if !plain || saddle || !(c > 0.0 && c.is_finite()) {
            return None;
        }
        let (_, beta) = method.constants().next().unzip();
        let (monotone, edge) = match (method.rule().name, beta) {
            ("gd", _) => (Some(1.0 / c), 2.0 / c),
            ("momentum", Some(beta)) => (None, 2.0 * (1.0 + beta) / c),
            ("nesterov", Some(beta)) => (None, 2.0 * (1.0 + beta) / (c * (1.0 + 2.0 * beta))),
            _ => return None,
        };
        Some(Self {
            curvature: c,
            exact: curvature.constant,
            monotone,
            edge,
            factor: None,
        })
    }
}

impl Landscape {
    /// What is known beforehand of a method's rates where these are the parameters.
    pub fn theory(&mut self, method: &Method, params: &[f64]) -> Option<Theory> {
        let curvature = self.curvature(params)?;
        let mut theory = Theory::of(method, curvature)?;
        if self.numbers == 1 && theory.exact && method.is_plain_descent() {
            let centre = self.minimum()?;
            theory.factor = Some(Factor {
                formula: Growth::formula(theory.curvature),
                centre: centre[0],
            });
        }
        Some(theory)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph;

    fn theory(program: &str, method: Method) -> Option<Theory> {
        let mut landscape = {
            let graph = graph::read(program).graph.expect(program);
            Landscape::of(&graph).expect(program)
        };
        let start = landscape.start;
        let numbers = landscape.numbers;
        landscape.theory(&method, &start[..numbers])
    }

    fn named(name: &str) -> Method {
        Method::named(name).expect(name)
    }

    const LECTURE: &str = "param x = 2\ny = 4x^2";
    const BOWL: &str = "param a = 1\nparam b = 1\nL = a^2 + 5b^2";

    #[test]
    fn the_edges_are_those_of_the_theory() {
        let gd = theory(LECTURE, named("gd")).unwrap();
        assert_eq!((gd.monotone, gd.edge, gd.exact), (Some(0.125), 0.25, true));
        let momentum = theory(LECTURE, named("momentum")).unwrap();
        assert!((momentum.edge - 0.475).abs() < 1e-15);
        let nesterov = theory(LECTURE, named("nesterov")).unwrap();
        assert!((nesterov.edge - 3.8 / 22.4).abs() < 1e-15);
        assert_eq!(theory(LECTURE, named("adam")), None);
        assert_eq!(theory(BOWL, named("gd")).unwrap().edge, 0.2);
    }

    #[test]
    fn options_are_minded() {
        let plain = || named("gd");
        let l2 = theory(LECTURE, plain().with_l2(2.0).unwrap()).unwrap();
        assert_eq!((l2.edge, l2.factor), (0.2, None));
        assert_eq!(theory(LECTURE, plain().with_l1(1.0).unwrap()), None);
        assert_eq!(theory(LECTURE, plain().with_clip(Some(1.0)).unwrap()), None);
        let schedule = Schedule::Exponential { factor: 0.5 };
        assert_eq!(
            theory(LECTURE, plain().with_schedule(schedule).unwrap()),
            None
        );
    }

    #[test]
    fn where_nothing_curves_upwards_nothing_is_said() {
        for program in [
            "param x = 2\ny = -x^2",
            "param x = 2\ny = 3x",
            "param a = 1\nparam b = 1\nL = a^2 - b^2",
        ] {
            assert_eq!(theory(program, named("gd")), None, "{program}");
        }
    }

    #[test]
    fn along_a_valley_an_eigenvalue_of_zero_is_no_saddle() {
        let valley = "param a = 2\nparam b = 1\nL = (0.1a + 0.3b - 1)^2\nminimize L";
        let found = theory(valley, named("gd")).expect("a theory");
        assert!(found.exact);
        assert!((found.curvature - 0.2).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn the_factor_of_a_step_is_known_before_the_first() {
        let factor = theory(LECTURE, named("gd")).unwrap().factor.unwrap();
        assert_eq!(factor.formula.replace('\u{a0}', " "), "1 − 8η");
        assert_eq!(factor.centre, 0.0);
        let moved = theory("param x = 7\ny = (x - 3)^2 + 1", named("gd")).unwrap();
        assert_eq!(moved.factor.unwrap().centre, 3.0);
        assert_eq!(theory(BOWL, named("gd")).unwrap().factor, None);
        assert_eq!(
            theory("param x = 2\ny = x^4", named("gd")).unwrap().factor,
            None
        );
    }
}
