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
