//! Gradient descent on the lecture's function, and the walk through its steps.

use chalkgrad::charts::Windows;
use chalkgrad::descent::{Method, Run, Timeline};
use chalkgrad::graph;
use chalkgrad::tape::Tape;
use proptest::prelude::*;

fn parabola(learning_rate: f64) -> Run {
    of("param x = 2\ny = 4x^2", learning_rate)
}

fn of(program: &str, learning_rate: f64) -> Run {
    let graph = graph::read(program).graph.expect("a graph");
    Run::new(
        &graph,
        Method::default(),
        Timeline::new(learning_rate).expect("above 0"),
    )
}

fn x(run: &Run) -> f64 {
    place(run.tape())
}

fn place(tape: &Tape) -> f64 {
    tape.read_params().next().expect("a parameter")
}

/// x and y of the first steps.
fn walk(mut run: Run, steps: usize) -> Vec<(f64, f64)> {
    let mut seen = vec![(x(&run), run.tape().loss())];
    for _ in 0..steps {
        run.advance(1);
        seen.push((x(&run), run.tape().loss()));
    }
    seen
}

#[test]
fn a_rate_of_1_climbs_as_on_the_board() {
    assert_eq!(
        walk(parabola(1.0), 2),
        [(2.0, 16.0), (-14.0, 784.0), (98.0, 38416.0)]
    );
}

#[test]
fn a_rate_of_a_quarter_jumps_for_ever() {
    let walk = walk(parabola(0.25), 7);
    for (step, &(x, y)) in walk.iter().enumerate() {
        assert_eq!((x, y), (if step % 2 == 0 { 2.0 } else { -2.0 }, 16.0));
    }
}

#[test]
fn a_tenth_falls() {
    let mut run = parabola(0.1);
    run.advance(1);
    assert_eq!(x(&run), 2.0 - 0.1 * 16.0);
    run.advance(40);
    assert!(run.tape().loss() < 1e-50);
}

#[test]
fn moving_the_rate_acts_on_the_next_step_and_resets_nothing() {
    let mut run = parabola(0.1);
    run.advance(3);
    let before = x(&run);
    run.set_learning_rate(0.2).expect("above 0");
    assert_eq!((run.step(), x(&run)), (3, before));
    run.advance(1);
    assert_eq!(x(&run), before - 0.2 * (8.0 * before));
    assert_eq!(run.timeline().to_string(), "0.1,0.2@3");
}

#[test]
fn divergence_is_a_result_and_another_rate_goes_on() {
    let mut run = parabola(1.0);
    let made = run.advance(10_000);
    let stopped = run.stopped().expect("it overflows");
    assert!(made < 10_000 && stopped.value == f64::INFINITY && !stopped.in_gradient);
    assert_eq!((run.step(), run.head()), (made, made));
    assert_eq!(run.advance(5), 0, "it stays where it stopped");
    let at = x(&run);
    run.set_learning_rate(0.125).expect("above 0");
    assert_eq!(run.advance(1), 1);
    assert_eq!(x(&run), at - 0.125 * (8.0 * at));
    assert!(run.stopped().is_none());
    assert_eq!(run.curve().steps(), made + 2, "all history stays");
    assert_eq!(run.seek(made - 1, u64::MAX), 0);
    assert!(run.tape().loss().is_finite());
}

#[test]
fn a_gradient_that_is_not_finite_stops_a_run_at_its_start() {
    let mut run = of("param x = 0\ny = sqrt(x)", 0.1);
    assert_eq!(run.advance(1), 0);
    let stopped = run.stopped().expect("the slope is infinite");
    assert!(stopped.in_gradient && stopped.value == f64::INFINITY);
}

#[test]
fn setting_the_rate_after_a_step_back_drops_what_lay_ahead() {
    let mut run = parabola(0.1);
    run.advance(5000);
    assert_eq!(run.seek(2500, u64::MAX), 0);
    assert_eq!((run.step(), run.head()), (2500, 5000));
    run.set_learning_rate(0.1).expect("above 0");
    assert_eq!(run.head(), 5000, "the same rate changes nothing");
    run.set_learning_rate(0.2).expect("above 0");
    assert_eq!((run.head(), run.curve().steps()), (2500, 2501));
    run.advance(1);
    assert_eq!(run.timeline().to_string(), "0.1,0.2@2500");
}

#[test]
fn reset_keeps_the_rate_in_force() {
    let mut run = parabola(0.1);
    run.advance(3);
    run.set_learning_rate(1.0).expect("above 0");
    run.reset();
    assert_eq!((run.step(), run.head(), run.learning_rate()), (0, 0, 1.0));
    assert_eq!(run.curve().steps(), 1);
    run.advance(1);
    assert_eq!(x(&run), -14.0);
}

#[test]
fn looking_at_other_steps_does_not_move_the_run() {
    let mut run = parabola(0.24);
    run.advance(100);
    let mut seen = Vec::new();
    run.look(40, 3, |step, tape| seen.push((step, tape.loss())));
    assert_eq!(run.step(), 100);
    for (step, loss) in seen {
        run.seek(step, u64::MAX);
        assert_eq!(run.tape().loss(), loss);
    }
}

#[test]
fn a_fork_is_shown_where_a_replay_of_it_would_be() {
    // It leaps out, and settles far away once the rate is smaller.
    let mut run = of("param x = 2\ny = 4x^2", 0.26);
    let mut windows = Windows::new(0, x(&run));
    run.advance(40);
    run.set_learning_rate(0.2).expect("above 0");
    run.advance(40);
    run.look(1, u64::MAX, |step, tape| windows.push(step, place(tape)));
    for step in [0, 1, 17, 39, 40, 41, 80] {
        run.seek(step, u64::MAX);
        let mut fork = run.fork();
        let mut copied = windows.clone();
        let mut last = [f64::NAN; 2];
        fork.look(step.saturating_sub(1), 2, |_, tape| {
            last = [last[1], place(tape)]
        });
        copied.truncate(step, last);
        let mut replayed = Windows::new(0, 2.0);
        fork.set_learning_rate(0.3).expect("above 0");
        fork.advance_watched(60, |step, tape| copied.push(step, place(tape)));
        fork.look(1, u64::MAX, |step, tape| replayed.push(step, place(tape)));
        for shown in 0..=fork.head() {
            assert_eq!(copied.at(shown), replayed.at(shown), "{shown} of {step}");
        }
    }
}

#[test]
fn a_small_budget_reaches_the_step_in_several_calls() {
    let mut run = parabola(0.001);
    let mut calls = 1;
    while run.seek(1000, 100 * run.tape().operations()) > 0 {
        calls += 1;
    }
    assert_eq!((run.step(), calls), (1000, 10));
}

proptest! {
    /// However a run was steered and walked, its timeline replays it to the bit.
    #[test]
    fn the_timeline_replays_a_run_exactly(
        moves in proptest::collection::vec((0u8..4, 0.001..0.24f64, 1u64..400), 1..24),
    ) {
        let mut run = of("param x = 1.3\nparam z = -0.4\ny = (x - z)^2 + 0.3sin(3x) + z^2", 0.05);
        for (what, rate, steps) in moves {
            match what {
                0 => run.set_learning_rate(rate).expect("above 0"),
                1 => { run.seek(run.step().saturating_sub(steps), u64::MAX); }
                2 => { run.seek(run.head(), u64::MAX); }
                _ => { run.advance(steps); }
            }
        }
        let graph = graph::read("param x = 1.3\nparam z = -0.4\ny = (x - z)^2 + 0.3sin(3x) + z^2").graph.expect("a graph");
        let timeline: Timeline = run.timeline().to_string().parse().expect("as written");
        let mut replayed = Run::new(&graph, Method::default(), timeline);
        prop_assert_eq!(replayed.seek(run.step(), u64::MAX), 0);
        let bits = |run: &Run| run.tape().read_params().map(f64::to_bits).collect::<Vec<_>>();
        prop_assert_eq!(bits(&run), bits(&replayed));
        let (head, step) = (run.head(), run.step());
        run.seek(head, u64::MAX);
        replayed.seek(head, u64::MAX);
        // A run that was once longer may have wider buckets.
        prop_assert_eq!(run.curve().steps(), replayed.curve().steps());
        for (first, last, bucket) in run.curve().buckets() {
            let within = replayed.curve().buckets().filter(|b| b.0 >= first && b.1 <= last);
            let (min, max) = within.fold((f64::INFINITY, f64::NEG_INFINITY), |(min, max), b| {
                (min.min(b.2.min), max.max(b.2.max))
            });
            prop_assert_eq!((bucket.min, bucket.max), (min, max), "steps {} to {}", first, last);
        }
        run.seek(step, u64::MAX);
        prop_assert_eq!(run.step(), step);
    }
}
