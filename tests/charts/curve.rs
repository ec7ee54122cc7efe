//! The function curve.

use chalkgrad::charts::{
    CurveChart, CurveRun, CurveWords, Iterate, Look, Marker, Update, Windows, heights,
};

use super::{
    FALLS, descent,
    picture::{Picture, RATIO, check_texts, look},
};

const WORDS: CurveWords = CurveWords {
    parameter: "x",
    value: &[("y", true)],
    slope: "slope 16",
    start: "start",
    step: "step",
};

/// The chart of a function with a run on it, and its update to the step at
/// hand.
fn draw(
    function: fn(f64) -> f64,
    iterates: &[Iterate],
    focus: usize,
    check: impl FnOnce(&CurveChart),
) {
    let look = look();
    let been = &iterates[..=focus];
    let mut windows = Windows::new(been[0].step, been[0].x);
    been[1..]
        .iter()
        .for_each(|iterate| windows.push(iterate.step, iterate.x));
    let window = windows.at(been[focus].step);
    let across = (0..=1000).map(|part| f64::from(part) / 1000.0);
    let across = across.map(|part| window.low + part * (window.high - window.low));
    let samples: Vec<_> = across.map(|x| (x, function(x))).collect();
    let been: Vec<_> = been.iter().map(|iterate| (iterate.x, iterate.y)).collect();
    let [from, to] = [focus.saturating_sub(1), focus].map(|step| iterates[step]);
    let runs = [CurveRun {
        iterates,
        colour: FALLS,
        marker: Marker::Circle,
        selected: true,
        label: "",
    }];
    check(&CurveChart {
        width: 500.0,
        height: 470.0,
        pixel_ratio: RATIO,
        window,
        heights: heights(&samples, window, &been),
        samples: &samples,
        runs: &runs,
        focus: to.step,
        update: Some(Update {
            x: from.x,
            y: from.y,
            slope: 8.0 * from.x,
            new_x: to.x,
            new_y: to.y,
        }),
        rows: true,
        words: WORDS,
        look: &look,
    });
}

fn parabola(x: f64) -> f64 {
    4.0 * x * x
}

#[test]
fn the_update_is_drawn_in_its_colours() {
    draw(parabola, &descent(0.1, 6), 1, |chart| {
        let picture = Picture::curve(chart);
        check_texts(&picture, 500.0, 470.0, "curve");
        assert!(picture.says("−1.6") && picture.says("slope 16") && picture.says("start"));
        assert_eq!(picture.lines(chart.look.backward).len(), 1, "the tangent");
        assert_eq!(picture.lines(chart.look.param).len(), 1, "along the axis");
        assert_eq!(picture.count("polygon", chart.look.param), 1, "its head");
    });
}

#[test]
fn a_point_far_outside_stands_at_the_rim_with_its_value() {
    draw(parabola, &descent(1.0, 1), 1, |chart| {
        let picture = Picture::curve(chart);
        assert!(picture.says("784 ↑") && picture.says("← −14"));
        check_texts(&picture, 500.0, 470.0, "rim");
    });
    draw(parabola, &descent(1.0, 2), 2, |chart| {
        let picture = Picture::curve(chart);
        assert!(picture.says("38416 ↑") && picture.says("98 →"));
    });
}

#[test]
fn a_name_at_the_bottom_of_the_valley_does_not_cover_the_size_of_the_update() {
    let falling = descent(0.1, 30);
    draw(parabola, &descent(0.24999, 30), 30, |chart| {
        let [swinging] = *chart.runs else {
            panic!("one run");
        };
        let runs = [
            CurveRun {
                label: "0.25",
                ..swinging
            },
            CurveRun {
                iterates: &falling,
                label: "0.1",
                selected: false,
                ..swinging
            },
        ];
        let picture = Picture::curve(&CurveChart {
            runs: &runs,
            ..*chart
        });
        assert!(picture.says("+3.991"), "the size of the update");
        check_texts(&picture, 500.0, 470.0, "two runs");
    });
}

/// Draws runs of gradient descent on the parabola, with the update of the first at hand;
/// no text covers another, and each run whose point is in the plot has its name.
fn check_runs(rates: &[f64], focus: usize, (width, height): (f64, f64)) {
    let paths: Vec<_> = rates
        .iter()
        .map(|&rate| descent(rate, focus as u64))
        .collect();
    let names: Vec<_> = rates.iter().map(f64::to_string).collect();
    let slope = format!("slope {:.3}", 8.0 * paths[0][focus - 1].x);
    draw(parabola, &paths[0], focus, |chart| {
        let of = |index: usize| CurveRun {
            iterates: &paths[index],
            label: &names[index],
            selected: index == 0,
            ..chart.runs[0]
        };
        let runs: Vec<_> = (0..rates.len()).map(of).collect();
        let chart = CurveChart {
            width,
            height,
            runs: &runs,
            words: CurveWords {
                slope: &slope,
                ..WORDS
            },
            ..*chart
        };
        let picture = Picture::curve(&chart);
        let what = format!("{rates:?} at step {focus}, {width} × {height}");
        check_texts(&picture, width, height, &what);
        let layout = chart.layout();
        for run in &runs {
            let Iterate { x, y, .. } = run.iterates[focus];
            let place = (layout.across.place(x).unwrap(), layout.up.place(y).unwrap());
            let is_told = picture.says(run.label) || !layout.plot.holds(place, 0.5);
            assert!(is_told, "{what}: {} has no name", run.label);
        }
    });
}

const SIZES: [(f64, f64); 3] = [(500.0, 470.0), (350.0, 300.0), (700.0, 600.0)];

#[test]
fn a_run_that_leaves_does_not_cover_the_one_that_stays() {
    for size in SIZES {
        (1..=3).for_each(|step| check_runs(&[1.0, 0.1], step, size));
        (1..=3).for_each(|step| check_runs(&[0.1, 1.0], step, size));
    }
}

#[test]
fn four_runs_are_told_apart_at_every_step() {
    for size in SIZES {
        (1..=20).for_each(|step| check_runs(&[0.26, 0.25, 0.24, 0.1], step, size));
        (1..=20).for_each(|step| check_runs(&[0.1, 0.24, 0.25, 0.26], step, size));
    }
}

#[test]
fn eight_runs_in_one_valley_are_told_apart() {
    let rates = [0.1, 0.48, 0.24, 0.25, 0.01, 0.11, 0.2, 0.15];
    SIZES
        .iter()
        .for_each(|&size| check_runs(&rates[2..], 12, size));
    SIZES.iter().for_each(|&size| check_runs(&rates, 12, size));
    let falling = [0.1, 0.11, 0.12, 0.13, 0.14, 0.15, 0.16, 0.17];
    SIZES
        .iter()
        .for_each(|&size| check_runs(&falling, 12, size));
}

#[test]
fn a_slope_of_almost_nothing_covers_neither_the_update_nor_the_axis() {
    for size in SIZES {
        (10..=30).for_each(|step| check_runs(&[0.1], step, size));
        (10..=30).for_each(|step| check_runs(&[0.1, 0.24], step, size));
    }
}

#[test]
fn an_infinite_value_stands_at_the_rim_too() {
    let mut iterates = descent(1.0, 2);
    iterates[2].y = f64::INFINITY;
    draw(parabola, &iterates, 2, |chart| {
        let picture = Picture::curve(&CurveChart {
            update: None,
            ..*chart
        });
        assert!(picture.says("∞ ↑") && picture.says("98 →"));
    });
}

#[test]
fn no_line_runs_across_a_pole_or_out_of_the_plot() {
    let iterates = [1.0, 0.9].map(|x| Iterate {
        step: u64::from(x < 1.0),
        x,
        y: 1.0 / x,
    });
    draw(
        |x| 1.0 / (x - 0.0004),
        &iterates,
        1,
        |chart| {
            let picture = Picture::curve(chart);
            let lines = picture.lines(chart.look.ink);
            assert_eq!(lines.len(), 2);
            let plot = chart.layout().plot;
            for line in lines {
                let points = line.points();
                assert!(points.iter().all(|&point| plot.holds(point, 0.2)));
                let heights = points.iter().map(|point| point.1);
                let (low, high) = heights.fold((f64::MAX, 0.0), |(low, high), y: f64| {
                    (y.min(low), y.max(high))
                });
                assert!(high - low < 0.6 * plot.height());
            }
        },
    );
}

#[test]
fn the_pointer_reads_iterates_on_the_curve_and_in_the_rows() {
    let iterates = descent(0.24, 8);
    draw(parabola, &iterates, 8, |chart| {
        let layout = chart.layout();
        let (x, y) = layout.point(iterates[1].x, iterates[1].y).unwrap();
        let reading = chart.at(&layout, x - 9.0, y + 9.0).unwrap();
        assert_eq!(reading.iterate, iterates[1]);
        assert_eq!(chart.at(&layout, x + 60.0, layout.plot.top), None);
        let (frame, rows) = layout.rows.unwrap();
        let y = rows.place(5.0).unwrap();
        let reading = chart.at(&layout, frame.left + 3.0, y + 2.0).unwrap();
        assert_eq!((reading.run, reading.iterate), (0, iterates[5]));
    });
}

#[test]
fn a_low_chart_has_no_rows() {
    draw(parabola, &descent(0.1, 6), 1, |chart| {
        let chart = CurveChart {
            height: 240.0,
            ..*chart
        };
        assert!(chart.layout().rows.is_none());
        check_texts(&Picture::curve(&chart), 500.0, 240.0, "low");
    });
}

#[test]
fn no_size_breaks_a_chart() {
    draw(parabola, &descent(1.0, 300), 300, |chart| {
        for size in [0.0, 1.0, f64::NAN, f64::INFINITY, -3.0] {
            let look = Look {
                text_size: size,
                ..chart.look.clone()
            };
            let chart = CurveChart {
                width: size,
                height: size,
                look: &look,
                ..*chart
            };
            Picture::new(80.0, 60.0, |area| {
                chart.draw(&chart.layout(), area).unwrap();
            });
            chart.at(&chart.layout(), 1.0, 1.0);
        }
    });
}
