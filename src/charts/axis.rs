//! Axes: which range is shown, where the ticks stand, what they say.
//!
//! A range is a pure function of the data's extent. Its ends lie on a grid of
//! 1, 2 or 5 times a power of ten, so while a run goes on the range stays as it
//! is for many frames and then grows by a whole tick.

use crate::number;

/// How an axis runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Equal differences are equally far.
    Linear,
    /// Equal ratios are equally far; only what is above 0 has a place.
    Log,
}

impl Scale {
    /// Whether a value has a place on the axis.
    pub fn holds(self, value: f64) -> bool {
        value.is_finite() && (self == Self::Linear || value > 0.0)
    }

    /// A value's place on the axis in the axis's own units: the value, or its
    /// decimal logarithm. None for what has no place there.
    pub fn unit(self, value: f64) -> Option<f64> {
        self.holds(value).then(|| match self {
            Self::Linear => value,
            Self::Log => libm::log10(value),
        })
    }
}

/// What part of an axis is shown, in the axis's own units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// From tick to tick.
    pub step: f64,
}

impl Range {
    /// This range on its way to another, a share of the way further, with the
    /// wider one's ticks; the other itself once what is left is too little to be
    /// seen, and at once where one is so much wider that there is no way to see.
    pub fn toward(self, goal: Self, share: f64) -> Self {
        const FAR: f64 = 30.0;
        let (from, to) = (self.high - self.low, goal.high - goal.low);
        let near = from <= FAR * to && to <= FAR * from;
        let part = |from: f64, to: f64| from + share.clamp(0.0, 1.0) * (to - from);
        let next = Self {
            low: part(self.low, goal.low),
            high: part(self.high, goal.high),
            step: self.step.max(goal.step),
        };
        let left = (next.low - goal.low).abs() + (next.high - goal.high).abs();
        if near && left > 0.004 * to {
            next
        } else {
            goal
        }
    }
}

/// Ticks on the widest of axes.
const MOST: usize = 50;

/// The range that shows values from `low` to `high` with at most `most` steps
/// between its ticks.
///
/// On a linear axis both ends are whole steps. On a logarithmic one, `low`
/// above 0, the lower end is a tick and the upper one just leaves some air.
pub fn range(low: f64, high: f64, scale: Scale, most: usize) -> Range {
    // Two at least: whole ticks on both sides of 0.
    let most = most.clamp(2, MOST) as f64;
    match scale {
        Scale::Linear => linear(low, high, most),
        Scale::Log => logarithmic(low, high, most),
    }
}

/// The steps that are shown one by one around the step at hand, of a run that
/// has been as far as `head`: all of them while they are few, else a stretch
/// that moves on by ten at a time.
pub fn steps_around(focus: u64, head: u64) -> (u64, u64) {
    const MOST: u64 = 40;
    const STRIDE: u64 = 10;
    if head <= MOST {
        return (0, head);
    }
    let first = focus.saturating_sub(MOST - STRIDE) / STRIDE * STRIDE;
    (first, first + MOST)
}

/// The range of the steps axis, from 0 to at least `last`. It grows by a
/// fifth to a half at a time, so a run that plays does not move it each frame.
pub fn steps(last: u64, most: usize) -> Range {
    /// Ends that leave little room, a good way apart, most of them on a tick.
    const ENDS: [f64; 8] = [1.0, 1.6, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0];
    let last = last.max(10) as f64;
    let power = number::power_of_ten(number::decade(last));
    let high = ENDS
        .iter()
        .map(|end| (end * power).round())
        .find(|&end| end >= last)
        .unwrap_or(10.0 * power);
    Range {
        low: 0.0,
        high,
        step: nice_step(high, most.clamp(1, MOST) as f64).max(1.0),
    }
}

/// The range of a steps axis that begins at a later step: its ends are whole
/// ticks.
pub(crate) fn stretch(first: u64, last: u64, most: usize) -> Range {
    if first == 0 {
        return steps(last, most);
    }
    range(
        first as f64,
        last.max(first + 1) as f64,
        Scale::Linear,
        most,
    )
}

fn linear(low: f64, high: f64, most: f64) -> Range {
    // Beyond these bounds the distance between whole ticks would overflow.
    const BOUND: f64 = f64::MAX / 64.0;
    let (low, high) = (low.clamp(-BOUND, BOUND), high.clamp(-BOUND, BOUND));
    let least = low.abs().max(high.abs()) * 1e-12;
    let (low, high) = match high - low {
        span if span > least && span >= f64::MIN_POSITIVE * 1e3 => (low, high),
        _ if high > f64::MIN_POSITIVE * 1e3 => (0.0, high),
        _ if low < -f64::MIN_POSITIVE * 1e3 => (low, 0.0),
        _ => (0.0, 1.0),
    };
    let mut step = nice_step(high - low, most);
    loop {
        let range = Range {
            low: (low / step).floor() * step,
            high: (high / step).ceil() * step,
            step,
        };
        // Rounding both ends outwards may have made one step too many.
        if range.high - range.low <= step * (most + 0.5) {
            return range;
        }
        step = nice_step(step * 1.5, 1.0);
    }
}

fn logarithmic(low: f64, high: f64, most: f64) -> Range {
    let (low, high) = (libm::log10(low), libm::log10(high));
    let span = high - low;
    let step = nice_step(span, most).max(1.0);
    let low = (low / step).floor() * step;
    // The upper end grows by a fifth of a tick and leaves the line some air.
    let grain = step / 5.0;
    let air = (0.02 * span).max(0.12);
    let high = ((high + air) / grain).ceil() * grain;
    Range {
        low,
        high: high.max(low + 1.0),
        step,
    }
}

/// The least of 1, 2, 5, 10, … times a power of ten of which at most `most`
/// steps cover the span.
fn nice_step(span: f64, most: f64) -> f64 {
    let least = span / most;
    let exponent = number::decade(least);
    // Made from text, so that 5×10⁻⁵ is the number that is written so.
    let nice = ["1", "2", "5", "10"].map(|mantissa| format!("{mantissa}e{exponent}"));
    nice.iter()
        .filter_map(|text| number::parse(text))
        .find(|&step| step >= least)
        .unwrap_or(f64::MAX)
}

/// A mark on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where it stands, in CSS pixels along the axis.
    pub at: f64,
    /// What it says; empty where there is no room for words.
    pub label: String,
}

/// An axis laid out on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// How it runs.
    pub scale: Scale,
    /// What it shows.
    pub range: Range,
    /// CSS pixel of the range's lower end.
    pub from: f64,
    /// CSS pixel of the range's upper end.
    pub to: f64,
}

impl Axis {
    /// The CSS pixel of a value. It may lie beyond the ends; ∞ and, on a
    /// logarithmic axis, what is not above 0 have none.
    pub fn place(&self, value: f64) -> Option<f64> {
        self.scale.unit(value).map(|unit| self.place_unit(unit))
    }

    /// The value at a CSS pixel.
    pub fn value(&self, place: f64) -> f64 {
        let Range { low, high, .. } = self.range;
        let unit = low + (place - self.from) / (self.to - self.from) * (high - low);
        match self.scale {
            Scale::Linear => unit,
            // Not `exp10`, whose table of 4 KB nothing else needs.
            Scale::Log => libm::pow(10.0, unit),
        }
    }

    /// The ticks, from the lower end upwards.
    pub fn ticks(&self) -> Vec<Tick> {
        let Range { low, high, step } = self.range;
        let slack = (high - low) * 1e-9;
        let (first, last) = (
            ((low - slack) / step).ceil() as i64,
            ((high + slack) / step).floor() as i64,
        );
        match self.scale {
            Scale::Linear => {
                let largest = low.abs().max(high.abs());
                let values = (first..=last).map(|index| index as f64 * step);
                values
                    .map(|value| self.tick(value, number::tick(value, step, largest)))
                    .collect()
            }
            Scale::Log if high - low <= 1.5 => self.fine_ticks(),
            Scale::Log => (first..=last)
                .map(|index| (index as f64 * step) as i32)
                .map(|exponent| self.tick(f64::from(exponent), power(exponent)))
                .collect(),
        }
    }

    /// Where a logarithmic axis shows hardly more than a decade, its powers of
    /// ten are too few: 1, 2, 5, 10, 20.
    fn fine_ticks(&self) -> Vec<Tick> {
        let Range { low, high, .. } = self.range;
        let decades = low.floor() as i32..=high.ceil() as i32;
        decades
            .flat_map(|exponent| {
                [1.0, 2.0, 5.0].map(|mantissa| mantissa * number::power_of_ten(exponent))
            })
            .map(|value| (libm::log10(value), value))
            .filter(|(unit, _)| (low - 1e-9..=high + 1e-9).contains(unit))
            .map(|(unit, value)| self.tick(unit, number::short(value)))
            .collect()
    }

    fn tick(&self, unit: f64, label: String) -> Tick {
        Tick {
            at: self.place_unit(unit),
            label,
        }
    }

    fn place_unit(&self, unit: f64) -> f64 {
        /// Far beyond any screen; more would overflow in later sums.
        const FAR: f64 = 1e7;
        let Range { low, high, .. } = self.range;
        let place = self.from + (unit - low) / (high - low) * (self.to - self.from);
        place.clamp(-FAR, FAR)
    }
}

/// A power of ten on a logarithmic axis: `1`, `100`, `10⁻²`.
fn power(exponent: i32) -> String {
    match exponent {
        0..=3 => number::short(number::power_of_ten(exponent)),
        _ => format!("10{}", number::superscript(exponent)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(low: f64, high: f64, scale: Scale) -> Vec<String> {
        let axis = Axis {
            scale,
            range: range(low, high, scale, 5),
            from: 0.0,
            to: 100.0,
        };
        axis.ticks().into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn linear_axes_have_whole_steps() {
        for (low, high, expected) in [
            (0.0, 16.0, "0 5 10 15 20"),
            (0.0, 0.4, "0 0.1 0.2 0.3 0.4"),
            (-1.2, 0.7, "−1.5 −1 −0.5 0 0.5 1"),
            (0.0, 38416.0, "0 10000 20000 30000 40000"),
            (0.0, 1.88e6, "0 0.5×10⁶ 1×10⁶ 1.5×10⁶ 2×10⁶"),
            (1000.1, 1000.2, "1000.1 1000.15 1000.2"),
            (3.0, 3.0, "0 1 2 3"),
            (0.0, 0.0, "0 0.2 0.4 0.6 0.8 1"),
        ] {
            assert_eq!(labels(low, high, Scale::Linear).join(" "), expected);
        }
    }

    #[test]
    fn logarithmic_axes_have_whole_decades() {
        for (low, high, expected) in [
            (1.6e-5, 198.0, "10⁻⁶ 10⁻⁴ 10⁻² 1 100"),
            (1.1, 16.0, "1 2 5 10 20"),
            (16.0, 16.0, "10 20 50 100"),
            (1e-300, 1e300, "10⁻⁴⁰⁰ 10⁻²⁰⁰ 1 10²⁰⁰"),
            (0.5, 900.0, "10⁻¹ 1 10 100 1000"),
        ] {
            assert_eq!(labels(low, high, Scale::Log).join(" "), expected);
        }
    }

    #[test]
    fn the_ends_of_f64_do_not_overflow() {
        for scale in [Scale::Linear, Scale::Log] {
            for (low, high) in [
                (5e-324, f64::MAX),
                (5e-324, 5e-324),
                (f64::MAX, f64::MAX),
                (f64::MIN_POSITIVE, 1.0),
            ] {
                let Range { low, high, step } = range(low, high, scale, 5);
                assert!(low.is_finite() && high.is_finite() && low < high && step > 0.0);
                assert!((high - low) / step < 12.0, "{low} {high} {step}");
            }
        }
        for most in [0, 1, 5] {
            let Range { low, high, .. } = range(-f64::MAX, f64::MAX, Scale::Linear, most);
            assert!((high - low).is_finite());
        }
    }

    #[test]
    fn a_range_stays_for_many_steps_and_then_grows() {
        for (scale, low) in [(Scale::Linear, 0.0), (Scale::Log, 16.0)] {
            let mut changes = 0;
            let mut before = range(low, 16.0, scale, 5);
            let mut loss = 16.0;
            for _ in 0..1000 {
                loss *= 1.0023; // tenfold in all
                let now = range(low, loss, scale, 5);
                assert!(now.high >= before.high);
                changes += usize::from(now != before);
                before = now;
            }
            assert!(changes <= 9, "{changes} changes in 1000 steps");
        }
    }

    #[test]
    fn the_steps_axis_grows_by_a_fifth_or_more() {
        let mut ends = vec![steps(0, 8).high];
        for last in 1..100_000 {
            let Range { high, step, .. } = steps(last, 8);
            assert!(high >= last as f64 && step >= 1.0 && step.fract() == 0.0);
            if ends.last() != Some(&high) {
                ends.push(high);
            }
        }
        assert_eq!(ends[..5], [10.0, 16.0, 20.0, 30.0, 40.0]);
        assert!(ends.windows(2).all(|pair| pair[1] >= 1.19 * pair[0]));
    }

    #[test]
    fn a_range_glides_to_another_and_arrives() {
        let range = |low, high, step| Range { low, high, step };
        let (goal, mut at) = (range(-6.0, 6.0, 2.0), range(-3.0, 3.0, 1.0));
        assert_eq!(at.toward(goal, 1.0), goal);
        let mut frames = 0;
        while at != goal {
            let next = at.toward(goal, 0.25);
            assert!(next.low < at.low && next.high > at.high && next.step == 2.0);
            at = next;
            frames += 1;
        }
        assert!((10..30).contains(&frames), "{frames}");
        assert_eq!(goal.toward(range(-3.0, 3.0, 1.0), 0.5).step, 2.0);
        for far in [1e3, 1e150, f64::MAX] {
            assert_eq!(range(-far, far, 1.0).toward(goal, 0.1), goal, "{far}");
            let axis = range(-far, far, far / 4.0);
            assert_eq!(goal.toward(axis, 0.1), axis);
        }
    }

    #[test]
    fn the_steps_around_hold_the_one_at_hand_and_move_by_tens() {
        assert_eq!(steps_around(3, 25), (0, 25));
        assert_eq!(steps_around(3, 1000), (0, 40));
        let mut before = steps_around(0, 1000);
        for focus in 1..=1000 {
            let (first, last) = steps_around(focus, 1000);
            assert!((first..=last).contains(&focus) && last - first == 40);
            assert!([0, 10].contains(&(first - before.0)));
            before = (first, last);
        }
    }

    #[test]
    fn places_and_values_agree() {
        for scale in [Scale::Linear, Scale::Log] {
            let axis = Axis {
                scale,
                range: range(0.01, 16.0, scale, 5),
                from: 150.0,
                to: 10.0,
            };
            let place = axis.place(2.5).expect("a place");
            assert!((axis.value(place) - 2.5).abs() < 1e-9);
        }
    }
}
