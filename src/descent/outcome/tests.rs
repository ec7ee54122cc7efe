//! What runs do whose course is known.

use super::*;
use crate::descent::{Method, Timeline, Updater};
use crate::graph;

fn outcome(program: &str, rate: f64) -> Outcome {
    of_run(program, &format!("gd:{rate}"))
}

/// What a run does that is written as in a link.
fn of_run(program: &str, run: &str) -> Outcome {
    let (name, rest) = run.split_once(':').expect(run);
    let (rate, options) = rest.split_once(';').unwrap_or((rest, ""));
    let mut method = Method::named(name).expect(name);
    if !options.is_empty() {
        method = method.with_options(options).expect(options);
    }
    let timeline: Timeline = rate.parse().expect(rate);
    let graph = graph::read(program).graph.expect(program);
    let mut tape = Tape::compile(&graph);
    let mut updater = Updater::new(method, tape.params_len());
    let mut watch = Watch::new(tape.params_len(), WATCHED_STEPS);
    loop {
        tape.forward();
        tape.backward();
        if let Some(outcome) = watch.take(&tape, &updater) {
            assert_eq!(watch.take(&tape, &updater), Some(outcome), "it stays known");
            return outcome;
        }
        let rate = timeline.at(updater.made());
        updater.update(&mut tape, rate);
    }
}

fn kind(program: &str, rate: f64) -> (Kind, bool) {
    let outcome = outcome(program, rate);
    (outcome.kind, outcome.swinging)
}

const LECTURE: &str = "param x = 2\ny = 4x^2";

#[test]
fn the_lectures_rates_do_what_the_lecture_says() {
    assert_eq!(kind(LECTURE, 0.26), (Kind::Diverges, true));
    assert_eq!(kind(LECTURE, 0.25), (Kind::Oscillates, true));
    assert_eq!(kind(LECTURE, 0.24), (Kind::Converges, true));
    assert_eq!(kind(LECTURE, 0.1), (Kind::Converges, false));
    assert_eq!(kind(LECTURE, 0.0001), (Kind::Slow, false));
    assert_eq!(kind(LECTURE, 1.0), (Kind::Diverges, true));
}

#[test]
fn what_the_legend_says_is_known() {
    let near = |one: Option<f64>, other: f64| (one.unwrap() - other).abs() < 1e-12;
    let falls = outcome(LECTURE, 0.1);
    assert_eq!(falls.step, Some(6));
    assert!(near(falls.factor, 0.2), "{falls:?}");
    assert!(near(outcome(LECTURE, 0.24).factor, -0.92));
    assert!(near(outcome(LECTURE, 0.26).factor, -1.08));
    assert_eq!(outcome(LECTURE, 0.26).step, None);
    let jumps = outcome(LECTURE, 0.25);
    assert_eq!(jumps.between, Some((2.0, -2.0)));
    assert_eq!(jumps.step, None);
    assert_eq!(outcome(LECTURE, 10.0).step, Some(81));
    assert_eq!(outcome(LECTURE, 0.125).factor, Some(0.0));
    assert_eq!(outcome("param x = 2\ny = x^4", 0.01).factor, None);
    assert!(near(outcome("param x = 7\ny = (x - 3)^2", 0.1).factor, 0.8));
}

#[test]
fn one_leap_and_small_steps_after_it_have_no_factor() {
    assert_eq!(outcome("param x = 5\ny = exp(x)", 0.1).factor, None);
}

#[test]
fn faster_descents_are_faster() {
    let speeds = [0.0001, 0.001, 0.01, 0.1, 0.125].map(|rate| outcome(LECTURE, rate).speed);
    assert!(
        speeds.windows(2).all(|pair| pair[0] < pair[1]),
        "{speeds:?}"
    );
    assert_eq!(speeds[4], 1.0);
}

#[test]
fn a_loss_that_falls_along_one_slope_falls_slowly() {
    let even = "param x = 2\ny = abs(x)";
    let falling = outcome(even, 0.001);
    assert_eq!((falling.kind, falling.speed), (Kind::Slow, SLOWEST));
    assert_eq!(outcome(even, 0.01).factor, Some(1.0));
    let jumping = outcome(even, 0.3);
    assert_eq!((jumping.kind, jumping.speed), (Kind::Slow, 0.0));
}

#[test]
fn a_run_that_begins_at_the_end_converges() {
    let still = outcome("param x = 0\ny = 4x^2", 0.3);
    assert_eq!((still.kind, still.swinging), (Kind::Converges, false));
    assert_eq!((still.step, still.factor), (None, None));
    let flat = outcome("param x = -1\ny = relu(x)", 0.1);
    assert_eq!((flat.kind, flat.swinging), (Kind::Converges, false));
}

#[test]
fn what_is_not_finite_at_the_start_diverges_there() {
    let broken = outcome("param x = 0\ny = log(x)", 0.1);
    assert_eq!((broken.kind, broken.step), (Kind::Diverges, Some(0)));
}

#[test]
fn losses_below_zero_are_told_by_the_gradient() {
    let under = "param x = 2\ny = 4x^2 - 100";
    assert_eq!(kind(under, 0.1), (Kind::Converges, false));
    assert_eq!(kind(under, 0.0001), (Kind::Slow, false));
    assert_eq!(kind(under, 0.25), (Kind::Oscillates, true));
    assert_eq!(kind(under, 0.27), (Kind::Diverges, true));
    assert_eq!(outcome(under, 0.1).step, None, "it is below from the start");
    let from_zero = "param x = 2\ny = 4x^2 - 16";
    assert_eq!(kind(from_zero, 0.1), (Kind::Converges, false));
    assert_eq!(kind(from_zero, 0.0001), (Kind::Slow, false));
}

#[test]
fn falling_without_bound_is_no_descent() {
    assert_eq!(kind("param x = 2\ny = -x^2", 0.1), (Kind::Diverges, false));
    assert!(outcome("param x = 2\ny = -x^2", 0.1).bottomless);
    assert!(!outcome(LECTURE, 0.26).bottomless);
    assert_eq!(kind("param x = 2\ny = -x", 0.1), (Kind::Slow, false));
}

#[test]
fn a_run_with_penalties_settles_where_these_hold_the_slope() {
    let from = |start: &str| format!("param x = {start}\ny = (x - 3)^2");
    let near = |one: Option<f64>, other: f64| (one.unwrap() - other).abs() < 1e-9;
    let ridge = of_run(&from("7"), "gd:0.1;l2=0.1");
    assert_eq!((ridge.kind, ridge.step), (Kind::Converges, None));
    assert!(near(ridge.factor, 0.79) && ridge.speed > 0.0, "{ridge:?}");
    let swinging = of_run(&from("7"), "gd:0.9;l2=0.1");
    assert_eq!((swinging.kind, swinging.swinging), (Kind::Converges, true));
    let lasso = of_run(&from("7"), "gd:0.1;l1=0.5");
    assert_eq!(lasso.kind, Kind::Converges);
    let clipped = of_run(&from("7"), "gd:0.1;l2=0.1;clip=1");
    assert_eq!(clipped.kind, Kind::Converges);
    for run in ["gd:0.1;l2=0.1", "gd:0.1;l1=0.5"] {
        let away = of_run(&from("3"), run);
        assert_eq!((away.kind, away.step), (Kind::Converges, None), "{run}");
    }
    let diverging = of_run(&from("3"), "gd:1.1;l2=0.1");
    assert_eq!(diverging.kind, Kind::Diverges);
    assert_eq!(of_run(&from("7"), "gd:0.0001;l2=0.1").kind, Kind::Slow);
}

#[test]
fn where_decay_holds_the_slope_a_run_has_settled() {
    let from = |start: &str| format!("param x = {start}\ny = (x - 3)^2");
    // No x beyond 1/λ is held, so it stays at 1, where the slope is −4.
    for start in ["1", "7"] {
        let held = of_run(&from(start), "adamw:0.1;decay=1");
        assert_eq!(held.kind, Kind::Converges, "{start}: {held:?}");
    }
    let pulled = of_run(&from("3"), "adamw:0.1;decay=1");
    assert_eq!(pulled.kind, Kind::Slow, "{pulled:?}");
    let usual = of_run(&from("7"), "adamw:0.1");
    assert_eq!(usual.kind, Kind::Converges);
    assert_eq!(of_run(&from("7"), "adamw:0.0001").kind, Kind::Slow);
    assert_eq!(
        of_run("param x = 0\ny = -x^6 - x", "adamw:1").kind,
        Kind::Diverges
    );
}

#[test]
fn of_a_rate_that_is_set_too_late_nothing_is_said() {
    let steps = |timeline: &str| Watch::steps(&timeline.parse().expect(timeline), 10_000);
    assert_eq!(steps("0.1"), Some(200));
    assert_eq!(steps("0.1,0.2@9800"), Some(10_000));
    assert_eq!(steps("0.1,0.2@9801"), None);
    assert_eq!(steps("0.1,0.2@20000"), None);
}
