//! The shape of the loss around the parameters, where one or two numbers are trained:
//! how it is curved, and where its minimum is.

use crate::graph::Graph;
use crate::tape::Tape;

use super::updater::norm;

/// Programs whose passes take more multiply-adds are not looked at: all of it is done
/// within a frame.
const MOST_OPERATIONS: u64 = 20_000;

/// Central differences are taken over this share of a coordinate, which is about the
/// cube root of the rounding: a power of two, so that on a quadratic function with
/// whole numbers nothing is rounded.
const DIFFERENCE: f64 = 1.0 / 131_072.0;

/// Hessians that differ by less than this share of their largest entry are one: more
/// than the rounding of the entries, less than any change worth the name.
pub(super) const SAME: f64 = 1e-8;

/// How far away the Hessian is looked at, in sizes of the place.
const DISTANCES: [f64; 4] = [0.125, 1.0, 8.0, 1024.0];

/// Where the Hessian is looked at besides, in both directions.
const DIRECTIONS: [[f64; 2]; 4] = [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, -0.75]];

/// Newton's steps at most.
const MOST_STEPS: u32 = 100;

/// Halvings of a step that leads upwards.
const MOST_HALVINGS: u32 = 50;

/// The gradient of a minimum is at most this share of what the Hessian makes of the
/// place.
const FLAT: f64 = 1e-12;

/// How the loss is curved at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curvature {
    /// The largest eigenvalue of the Hessian.
    pub largest: f64,
    /// The smallest; of one number the same.
    pub smallest: f64,
    /// Whether the Hessian is the same everywhere: it was at 8 places of one number
    /// and 32 of two, up to 1,024 times as far away as the parameters are large, on
    /// both sides along straight lines. A function that is curved otherwise only
    /// between them, or farther off, is taken for a quadratic one.
    pub constant: bool,
}

/// The loss of a program with one or two trained numbers.
#[derive(Clone, Debug)]
pub struct Landscape {
    tape: Tape,
    /// One or two.
    pub(super) numbers: usize,
    pub(super) start: Place,
}

/// The numbers; of one, the second is 0 and stays so.
type Place = [f64; 2];

/// Of one number, that of the upper left corner.
#[derive(Clone, Copy, Debug)]
struct Hessian {
    upper: f64,
    mixed: f64,
    lower: f64,
    /// What the rounding of the gradients may make of an entry.
    noise: f64,
}

impl Landscape {
    /// The landscape of a program's loss; nothing where other than one or two numbers
    /// are trained, or a pass takes long.
    pub fn of(graph: &Graph) -> Option<Self> {
        let tape = Tape::compile(graph);
        let numbers = tape.params_len();
        if !(1..=2).contains(&numbers) || tape.operations() > MOST_OPERATIONS {
            return None;
        }
        let mut start = [0.0; 2];
        for (at, number) in start.iter_mut().zip(tape.read_params()) {
            *at = number;
        }
        Some(Self {
            tape,
            numbers,
            start,
        })
    }

    /// How the loss is curved where these are the parameters; nothing where that is
    /// not a finite number, or there are not as many of them.
    pub fn curvature(&mut self, params: &[f64]) -> Option<Curvature> {
        let mut place = [0.0; 2];
        place[..self.numbers].copy_from_slice(params.get(..self.numbers)?);
        let here = self.hessian(place)?;
        let (smallest, largest) = self.eigenvalues(here);
        Some(Curvature {
            largest,
            smallest,
            constant: self.is_constant(place, here),
        })
    }

    /// The minimum to which Newton's method leads downhill from the program's start:
    /// each step is halved until the loss falls, and where the Hessian is not positive
    /// definite enough is added to its diagonal. Nothing where that leads to no place
    /// with a positive definite Hessian and a gradient of 0 but for rounding.
    pub fn minimum(&mut self) -> Option<Box<[f64]>> {
        let mut place = self.start;
        let (mut loss, mut gradient) = self.look(place)?;
        for _ in 0..MOST_STEPS {
            let hessian = self.hessian(place)?;
            let (smallest, largest) = self.eigenvalues(hessian);
            let steepness = largest.abs().max(smallest.abs());
            let size = norm(place.into_iter()).max(DIFFERENCE);
            let slope = norm(gradient.into_iter());
            if slope <= FLAT * steepness * size {
                let certain = smallest > SAME * steepness;
                return certain.then(|| place[..self.numbers].into());
            }
            let lift = (SAME * steepness - smallest).max(0.0) * 2.0;
            let step = self.solve(hessian.lifted(lift), gradient)?;
            let mut share = 1.0;
            let next = (0..MOST_HALVINGS).find_map(|_| {
                let next = [place[0] - share * step[0], place[1] - share * step[1]];
                share /= 2.0;
                let (found, slope_there) = self.look(next)?;
                // Near the minimum losses differ by less than their rounding.
                let level = 4.0 * f64::EPSILON * loss.abs();
                let flatter = norm(slope_there.into_iter()) < slope;
                let falls = found < loss || found <= loss + level && flatter;
                falls.then_some((next, found, slope_there))
            });
            (place, loss, gradient) = next?;
        }
        None
    }

    /// Loss and gradient at a place; nothing where these are not finite.
    fn look(&mut self, place: Place) -> Option<(f64, Place)> {
        self.tape.write_params(&place[..self.numbers]);
        self.tape.forward();
        self.tape.backward();
        if self.tape.not_finite().is_some() {
            return None;
        }
        let mut gradient = [0.0; 2];
        let found = self.tape.params().iter();
        let found = found.flat_map(|&param| self.tape.gradient(param));
        for (at, number) in gradient.iter_mut().zip(found) {
            *at = *number;
        }
        Some((self.tape.loss(), gradient))
    }

    /// From central differences of the gradient, which is exact.
    fn hessian(&mut self, place: Place) -> Option<Hessian> {
        let mut columns = [[0.0; 2]; 2];
        let (mut slope, mut narrowest) = (0.0_f64, f64::INFINITY);
        for at in 0..self.numbers {
            let width = DIFFERENCE * power_of_two(place[at].abs().max(1.0));
            let (mut ahead, mut behind) = (place, place);
            ahead[at] += width;
            behind[at] -= width;
            let (_, ahead) = self.look(ahead)?;
            let (_, behind) = self.look(behind)?;
            for row in 0..self.numbers {
                columns[at][row] = (ahead[row] - behind[row]) / (2.0 * width);
                slope = slope.max(ahead[row].abs()).max(behind[row].abs());
            }
            narrowest = narrowest.min(width);
        }
        let mut hessian = Hessian {
            upper: columns[0][0],
            mixed: (columns[0][1] + columns[1][0]) / 2.0,
            lower: columns[1][1],
            noise: 0.0,
        };
        // A gradient near 0 may be the difference of terms as large as what the Hessian
        // makes of the place.
        let terms = slope + hessian.size() * norm(place.into_iter());
        hessian.noise = 4.0 * f64::EPSILON * terms / narrowest;
        hessian
            .entries()
            .iter()
            .all(|entry| entry.is_finite())
            .then_some(hessian)
    }

    fn is_constant(&mut self, place: Place, here: Hessian) -> bool {
        let size = norm(place.into_iter()).max(1.0);
        let alike = SAME * here.size() + here.noise;
        let directions = &DIRECTIONS[..if self.numbers == 1 {
            1
        } else {
            DIRECTIONS.len()
        }];
        DISTANCES.iter().all(|distance| {
            directions.iter().all(|direction| {
                [1.0, -1.0].into_iter().all(|side| {
                    let far = side * distance * size;
                    let there = [place[0] + far * direction[0], place[1] + far * direction[1]];
                    let Some(there) = self.hessian(there) else {
                        return false;
                    };
                    let mut pairs = there.entries().into_iter().zip(here.entries());
                    pairs.all(|(one, other)| (one - other).abs() <= alike + there.noise)
                })
            })
        })
    }

    /// The smallest and the largest one.
    fn eigenvalues(&self, hessian: Hessian) -> (f64, f64) {
        let Hessian {
            upper,
            mixed,
            lower,
            ..
        } = hessian;
        if self.numbers == 1 {
            return (upper, upper);
        }
        let apart = libm::hypot((upper - lower) / 2.0, mixed);
        let middle = (upper + lower) / 2.0;
        (middle - apart, middle + apart)
    }

    /// Newton's step, to be taken away from the place.
    fn solve(&self, hessian: Hessian, gradient: Place) -> Option<Place> {
        let Hessian {
            upper,
            mixed,
            lower,
            ..
        } = hessian;
        let step = if self.numbers == 1 {
            [gradient[0] / upper, 0.0]
        } else {
            let determinant = upper * lower - mixed * mixed;
            [
                (lower * gradient[0] - mixed * gradient[1]) / determinant,
                (upper * gradient[1] - mixed * gradient[0]) / determinant,
            ]
        };
        step.iter().all(|number| number.is_finite()).then_some(step)
    }
}

impl Hessian {
    fn entries(self) -> [f64; 3] {
        [self.upper, self.mixed, self.lower]
    }

    /// Of its largest entry.
    fn size(self) -> f64 {
        let entries = self.entries().into_iter();
        entries.fold(0.0, |most, one| most.max(one.abs()))
    }

    fn lifted(self, by: f64) -> Self {
        Self {
            upper: self.upper + by,
            lower: self.lower + by,
            ..self
        }
    }
}

/// The minimum of a program's loss that is downhill from its start, see
/// [`Landscape::minimum`]; nothing where other than one or two numbers are trained.
pub fn minimum(graph: &Graph) -> Option<Box<[f64]>> {
    Landscape::of(graph)?.minimum()
}

/// The largest power of two up to a number from 1 on.
fn power_of_two(number: f64) -> f64 {
    let (_, exponent) = libm::frexp(number);
    libm::ldexp(1.0, exponent - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph;

    fn landscape(program: &str) -> Landscape {
        let graph = graph::read(program).graph.expect(program);
        Landscape::of(&graph).expect(program)
    }

    fn curvature(program: &str) -> Option<Curvature> {
        let mut landscape = landscape(program);
        let start = landscape.start;
        let numbers = landscape.numbers;
        landscape.curvature(&start[..numbers])
    }

    const LECTURE: &str = "param x = 2\ny = 4x^2";
    const BOWL: &str = "param a = 1\nparam b = 1\nL = a^2 + 5b^2";

    #[test]
    fn on_quadratics_the_curvature_is_exact() {
        let found = curvature(LECTURE).unwrap();
        assert_eq!((found.largest, found.constant), (8.0, true));
        let found = curvature(BOWL).unwrap();
        assert_eq!(
            (found.smallest, found.largest, found.constant),
            (2.0, 10.0, true)
        );
        let turned = curvature("param w = [1; 2]\nL = sum(([3, 1; 1, 3] @ w)^2)").unwrap();
        assert!(
            (turned.largest - 32.0).abs() < 1e-9 && turned.constant,
            "{turned:?}"
        );
    }

    #[test]
    fn the_rounding_of_large_gradients_does_not_curve_a_quadratic() {
        for program in [
            "param w = 2\nL = (0.3w - 1000)^2",
            "param w = 3333.3\nL = (0.3w - 1000)^2",
            "param w = 0\nL = (0.1w - 100000)^2",
            "param a = 2\nparam b = 1\nL = (0.1a + 0.3b - 1000)^2",
            "param a = 1000\nparam b = 1\nL = (a + 0.3b - 1000.3)^2",
        ] {
            assert!(curvature(program).unwrap().constant, "{program}");
        }
        let bent = curvature("param w = 2\nL = (0.3w - 1000)^2 + 0.001w^4");
        assert!(!bent.unwrap().constant);
    }

    #[test]
    fn elsewhere_it_is_what_it_is_here() {
        for program in [
            "param x = 2\ny = x^4",
            "param x = 2\ny = exp(x)",
            "param x = 2\ny = relu(x)^2",
            "param x = 2\ny = log(x)^2",
            "param x = 1\nparam y = 2\nL = (1 - x)^2 + 100(y - x^2)^2",
        ] {
            assert!(!curvature(program).unwrap().constant, "{program}");
        }
        let quartic = curvature("param x = 2\ny = x^4").unwrap();
        assert!((quartic.largest - 48.0).abs() < 1e-6);
    }

    #[test]
    fn what_is_not_finite_has_no_curvature() {
        assert_eq!(curvature("param x = -1\ny = log(x)"), None);
        assert_eq!(curvature("param x = 0\ny = sqrt(x)"), None);
    }

    #[test]
    fn minima_are_found() {
        let minimum = |program: &str| landscape(program).minimum().map(Vec::from);
        assert_eq!(minimum(LECTURE), Some(vec![0.0]));
        assert_eq!(minimum("param x = 7\ny = (x - 3)^2"), Some(vec![3.0]));
        assert_eq!(minimum(BOWL), Some(vec![0.0, 0.0]));
        let near = |program: &str, places: &[f64]| {
            let found = minimum(program).expect(program);
            let close = |(one, other): (&f64, &f64)| (one - other).abs() < 1e-9;
            assert!(found.iter().zip(places).all(close), "{program}: {found:?}");
        };
        let rosenbrock = "param x = -1.2\nparam y = 1\nL = (1 - x)^2 + 100(y - x^2)^2";
        near(rosenbrock, &[1.0, 1.0]);
        near("param x = 3\ny = x - log(x)", &[1.0]);
        near("param x = 4\ny = cos(x)", &[std::f64::consts::PI]);
        near("param x = 0.1\ny = (x^2 - 1)^2", &[1.0]);
    }

    #[test]
    fn where_there_is_no_minimum_none_is_made_up() {
        for program in [
            "param x = 2\ny = -x^2",
            "param x = 2\ny = 3x",
            "param x = 2\ny = exp(x)",
            "param x = -1\ny = relu(x)",
            "param x = -1\ny = log(x)",
            "param a = 1\nparam b = 1\nL = a^2 - b^2",
            "param a = 1\nparam b = 1\nL = (a + b)^2",
        ] {
            assert_eq!(landscape(program).minimum(), None, "{program}");
        }
    }

    #[test]
    fn more_than_two_numbers_are_no_landscape_here() {
        let graph = graph::read("param w = [1; 2; 3]\nL = sum(w^2)")
            .graph
            .unwrap();
        assert!(Landscape::of(&graph).is_none());
        assert_eq!(minimum(&graph), None);
    }
}
