//! The loss curve.

use chalkgrad::charts::{Colour, CurvePoint, Look, LossChart, LossSeries, Marker, Scale};

use super::{
    FALLS, descent,
    picture::{Picture, RATIO, check_texts, hex, look},
};

const HOLDS: Colour = Colour(0x19, 0x1c, 0x1f);
const SWINGS: Colour = Colour(0x6f, 0x6c, 0x00);
const DIVERGES: Colour = Colour(0xb0, 0x20, 0x3a);

fn points(values: impl IntoIterator<Item = f64>) -> Vec<CurvePoint> {
    let values = (0..).zip(values);
    values
        .map(|(step, value)| CurvePoint {
            first_step: step,
            last_step: step,
            min: value,
            max: value,
        })
        .collect()
}

fn losses(rate: f64, steps: u64) -> Vec<CurvePoint> {
    points(descent(rate, steps).iter().map(|iterate| iterate.y))
}

/// The lesson's four runs, the last one at hand.
const RUNS: [(&str, f64, Colour, Marker); 4] = [
    ("0.26", 0.26, DIVERGES, Marker::Triangle),
    ("0.25", 0.25, HOLDS, Marker::Diamond),
    ("0.24", 0.24, SWINGS, Marker::Square),
    ("0.1", 0.1, FALLS, Marker::Circle),
];

fn series<'a>(points: &'a [CurvePoint], label: &'a str) -> LossSeries<'a> {
    LossSeries {
        points,
        at_focus: None,
        colour: FALLS,
        marker: Marker::Circle,
        selected: true,
        label,
    }
}

fn loss<'a>(series: &'a [LossSeries<'a>], scale: Scale, look: &'a Look) -> LossChart<'a> {
    LossChart {
        width: 434.0,
        height: 170.0,
        pixel_ratio: RATIO,
        series,
        focus: Some(1),
        scale,
        step_word: "step",
        look,
    }
}

#[test]
fn four_runs_at_every_size() {
    let look = look();
    let curves = RUNS.map(|run| losses(run.1, 16));
    let series: Vec<_> = RUNS
        .iter()
        .zip(&curves)
        .map(|(&(label, rate, colour, marker), points)| LossSeries {
            points,
            at_focus: None,
            colour,
            marker,
            selected: rate == 0.1,
            label,
        })
        .collect();
    for (width, height) in [(434.0, 170.0), (620.0, 240.0), (358.0, 190.0)] {
        for scale in [Scale::Linear, Scale::Log] {
            let chart = LossChart {
                width,
                height,
                ..loss(&series, scale, &look)
            };
            let picture = Picture::loss(&chart);
            check_texts(&picture, width, height, &format!("{width} {scale:?}"));
            for (label, _, colour, _) in RUNS {
                assert!(picture.says(label));
                assert_eq!(picture.lines(colour).len(), 1);
            }
        }
    }
}

#[test]
fn logarithmic_numbers_have_real_signs() {
    let (look, points) = (look(), losses(0.1, 3));
    let series = [series(&points, "")];
    let picture = Picture::loss(&loss(&series, Scale::Log, &look));
    for text in ["10⁻³", "10⁻²", "1", "10", "step"] {
        assert!(picture.says(text), "{text}");
    }
    assert!(!picture.0.contains(">-"));
}

#[test]
fn a_chart_has_no_colours_but_the_look_s() {
    let (look, points) = (look(), losses(0.1, 16));
    let series = [series(&points, "0.1")];
    let picture = Picture::loss(&loss(&series, Scale::Log, &look));
    let known = [
        look.paper,
        look.ink,
        look.ink_3,
        look.rule,
        look.rule_strong,
        FALLS,
    ];
    let known = known.map(hex);
    for element in picture.elements() {
        for colour in [element.get("fill"), element.get("stroke")] {
            let named = colour.is_empty() || colour == "none";
            assert!(named || known.contains(&colour.to_owned()), "{colour}");
        }
    }
}

#[test]
fn no_line_runs_across_a_gap() {
    let look = look();
    let values = [
        1.0,
        2.0,
        f64::NAN,
        3.0,
        f64::NAN,
        4.0,
        f64::INFINITY,
        3.0,
        2.0,
        1.0,
    ];
    let points = points(values);
    let series = [series(&points, "")];
    let picture = Picture::loss(&loss(&series, Scale::Linear, &look));
    let lines = picture.lines(FALLS);
    let lengths: Vec<_> = lines.iter().map(|line| line.points().len()).collect();
    assert_eq!(lengths, [2, 3], "single points are dots");
    assert!(picture.says("∞ ↑"));
}

#[test]
fn a_spike_in_a_long_history_reaches_its_height() {
    let look = look();
    let points: Vec<_> = (0..2000)
        .map(|bucket| CurvePoint {
            first_step: bucket * 64,
            last_step: bucket * 64 + 63,
            min: 1.0,
            max: if bucket == 1234 { 9.0 } else { 1.5 },
        })
        .collect();
    let series = [series(&points, "")];
    let chart = loss(&series, Scale::Linear, &look);
    let picture = Picture::loss(&chart);
    let spike = chart.layout().up.place(9.0).unwrap();
    let tops = picture
        .lines(FALLS)
        .into_iter()
        .flat_map(|line| line.points());
    let top = tops.map(|point| point.1).fold(f64::MAX, f64::min);
    assert!((top - spike).abs() < 0.5, "{top} {spike}");
    assert_eq!(picture.count("polygon", FALLS), 1, "the band");
}

#[test]
fn a_run_that_leaves_the_range_is_said_at_the_rim() {
    let look = look();
    let (falling, holding) = (losses(0.1, 16), losses(0.25, 16));
    let series = [series(&holding, "0.25"), series(&falling, "0.1")];
    let chart = LossChart {
        focus: Some(12),
        ..loss(&series, Scale::Log, &look)
    };
    let picture = Picture::loss(&chart);
    let value = chalkgrad::number::short(falling[12].min);
    assert!(picture.says(&format!("{value} ↓")));
    let plot = chart.layout().plot;
    for line in picture.lines(FALLS) {
        assert!(line.points().iter().all(|&point| plot.holds(point, 0.2)));
    }
}

#[test]
fn a_logarithmic_chart_says_where_it_ends() {
    let look = look();
    let points = points([4.0, 2.0, 0.0, -2.0]);
    let series = [series(&points, "")];
    let chart = loss(&series, Scale::Log, &look);
    let layout = chart.layout();
    let place = layout.across.place(2.0).unwrap();
    assert_eq!(chart.not_shown(&layout), Some((place, layout.plot.bottom)));
    let chart = loss(&series, Scale::Linear, &look);
    assert_eq!(chart.not_shown(&chart.layout()), None);
}

#[test]
fn the_pointer_reads_the_point_that_is_drawn() {
    let look = look();
    let (falling, holding) = (losses(0.1, 16), losses(0.25, 16));
    let series = [series(&holding, "0.25"), series(&falling, "0.1")];
    let chart = loss(&series, Scale::Log, &look);
    let layout = chart.layout();
    let (x, y) = (
        layout.across.place(3.0).unwrap(),
        layout.up.place(falling[3].min).unwrap(),
    );
    let reading = chart.at(&layout, x + 4.0, y - 5.0).unwrap();
    assert_eq!((reading.series, reading.point), (1, falling[3]));
    assert!((reading.x - x).abs() < 1e-9 && (reading.y - y).abs() < 1e-9);
    let above = chart.at(&layout, x, layout.plot.top).unwrap();
    assert_eq!((above.series, above.point.first_step), (0, 3));
    assert_eq!(chart.at(&layout, 0.0, 0.0), None);
    assert_eq!(chart.at(&layout, f64::NAN, 20.0), None);
}

#[test]
fn the_axes_stay_while_a_run_plays() {
    let look = look();
    let all = losses(0.24, 300);
    let axes = (1..all.len()).map(|count| {
        let series = [series(&all[..count], "0.24")];
        let chart = LossChart {
            focus: Some(count as u64 - 1),
            ..loss(&series, Scale::Linear, &look)
        };
        let layout = chart.layout();
        (layout.plot, layout.across, layout.up)
    });
    let axes: Vec<_> = axes.collect();
    let changes = axes.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!(changes <= 15, "{changes} changes in 300 steps");
}

#[test]
fn no_size_and_no_values_break_a_chart() {
    let mut look = look();
    let curves = [
        Vec::new(),
        points([f64::NAN]),
        points([f64::MAX, -f64::MAX]),
        points([5e-324, f64::MAX]),
        points([f64::NEG_INFINITY, 0.0]),
    ];
    for size in [0.0, 1.0, 50.0, f64::NAN, f64::INFINITY, -3.0] {
        look.text_size = size;
        for (points, scale) in curves
            .iter()
            .flat_map(|points| [Scale::Linear, Scale::Log].map(|scale| (points, scale)))
        {
            let series = [series(points, "run")];
            let chart = LossChart {
                width: size,
                height: size,
                ..loss(&series, scale, &look)
            };
            Picture::new(80.0, 60.0, |area| {
                chart.draw(&chart.layout(), area).unwrap();
            });
            chart.at(&chart.layout(), 1.0, 1.0);
        }
    }
}
