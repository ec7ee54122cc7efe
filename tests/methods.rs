//! Runs of every optimizer: walked, steered, taken up and looked at, exact to the bit.

use chalkgrad::descent::{Method, RULES, Run, Timeline};
use chalkgrad::graph::{self, Graph};
use chalkgrad::share::{RunSpec, State};

const PROGRAM: &str = "param x = [1.3, -0.7]\nparam z = -0.4\n\
    y = sum((x - z)^2) + 0.3sin(3z) + x[1, 2]^2";

fn graph() -> Graph {
    graph::read(PROGRAM).graph.expect("a graph")
}

/// Every rule by itself, with constants changed, and with every option.
fn methods() -> Vec<Method> {
    let options = [
        ("schedule", "exponential/0.999"),
        ("clip", "0.5"),
        ("l1", "0.01"),
        ("l2", "0.02"),
    ];
    let mut methods = Vec::new();
    for rule in RULES {
        let usual = Method::named(rule.name).expect("a rule");
        let mut changed = usual.clone();
        for constant in rule.constants {
            changed = changed
                .with_constant(constant.key, constant.usual / 2.0)
                .expect("in range");
        }
        let mut all = changed.clone();
        for (key, text) in options {
            all = all.with_option(key, text).expect("in range");
        }
        methods.extend([usual, changed, all]);
    }
    methods
}

fn run(method: &Method) -> Run {
    let timeline = Timeline::new(0.02).expect("above 0");
    Run::new(&graph(), method.clone(), timeline)
}

/// Parameters and memory, to the bit.
fn bits(run: &Run) -> Vec<u64> {
    run.state().map(f64::to_bits).collect()
}

#[test]
fn every_step_is_reached_again_to_the_bit() {
    for method in methods() {
        let mut run = run(&method);
        let mut seen = vec![bits(&run)];
        for step in 0..300 {
            if step == 120 {
                run.set_learning_rate(0.01).expect("above 0");
            }
            assert_eq!(run.advance(1), 1, "{method:?}");
            seen.push(bits(&run));
        }
        for step in [299, 7, 121, 120, 300, 0, 1, 255, 256] {
            assert_eq!(run.seek(step, u64::MAX), 0);
            assert_eq!(bits(&run), seen[step as usize], "{method:?} at {step}");
        }
        run.reset();
        assert_eq!(bits(&run), seen[0], "{method:?}");
        assert!(run.memory().iter().all(|&number| number == 0.0));
    }
}

#[test]
fn a_walk_back_and_another_rate_replay_from_the_timeline() {
    for method in methods() {
        let mut run = run(&method);
        run.advance(200);
        run.seek(77, u64::MAX);
        run.set_learning_rate(0.05).expect("above 0");
        run.advance(60);
        let spec = RunSpec {
            method: run.method().clone(),
            timeline: run.timeline().clone(),
        };
        let read: RunSpec = spec.to_string().parse().expect("as written");
        assert_eq!(read, spec);
        let mut replayed = Run::new(&graph(), read.method, read.timeline);
        replayed.seek(137, u64::MAX);
        assert_eq!(bits(&replayed), bits(&run), "{spec}");
        assert_eq!(
            replayed.tape().loss().to_bits(),
            run.tape().loss().to_bits()
        );
    }
}

#[test]
fn a_run_is_taken_up_from_its_state() {
    for method in methods() {
        let mut run = run(&method);
        run.advance(123);
        let state = State::new(run.state()).expect("few enough");
        assert_eq!(state.numbers().len(), method.rule().state_len(3));
        let resume = |numbers: &[f64]| {
            let timeline = run.timeline().clone();
            Run::resume(&graph(), method.clone(), timeline, 123, numbers)
        };
        let mut taken_up = resume(state.numbers()).expect("it fits");
        assert!(resume(&state.numbers()[1..]).is_none());
        assert!(resume(&[state.numbers(), &[0.0]].concat()).is_none());
        assert_eq!((taken_up.step(), bits(&taken_up)), (123, bits(&run)));
        run.advance(40);
        taken_up.advance(40);
        assert_eq!(bits(&taken_up), bits(&run), "{method:?}");
        taken_up.seek(0, u64::MAX);
        assert_eq!(taken_up.step(), 123, "it begins there");
        taken_up.reset();
        assert_eq!(taken_up.step(), 0);
        let fresh = Run::new(&graph(), method.clone(), run.timeline().clone());
        assert_eq!(bits(&taken_up), bits(&fresh));
    }
}

#[test]
fn looking_ahead_and_elsewhere_does_not_move_the_run() {
    for method in methods() {
        let mut run = run(&method);
        run.advance(50);
        let here = bits(&run);
        let next = run.next_params();
        let mut seen = Vec::new();
        run.look(20, 10, |step, tape| seen.push((step, tape.loss())));
        assert_eq!((run.step(), bits(&run)), (50, here));
        run.advance(1);
        assert!(run.tape().read_params().eq(next), "{method:?}");
        for (step, loss) in seen {
            run.seek(step, u64::MAX);
            assert_eq!(run.tape().loss(), loss, "{method:?} at {step}");
        }
    }
}

#[test]
fn a_schedule_scales_what_is_set() {
    let spec: RunSpec = "gd:1,0.1@3;schedule=step/2/0.5".parse().expect("a run");
    let graph = graph::read("param x = 8\ny = x").graph.expect("a graph");
    let mut run = Run::new(&graph, spec.method, spec.timeline);
    let rates: Vec<f64> = (0..5).map(|step| run.rate_at(step)).collect();
    assert_eq!(rates, [1.0, 1.0, 0.5, 0.05, 0.025]);
    run.advance(3);
    assert_eq!(run.tape().read_params().next(), Some(8.0 - 2.5));
    assert_eq!(run.learning_rate(), 0.1, "as set");
}

#[test]
fn options_change_the_step_and_not_the_loss() {
    let after_one = |program: &str, spec: &str| {
        let spec: RunSpec = spec.parse().expect("a run");
        let graph = graph::read(program).graph.expect("a graph");
        let mut run = Run::new(&graph, spec.method, spec.timeline);
        let (loss, gradient) = (run.tape().loss(), run.tape().gradients().to_vec());
        assert_eq!((loss, gradient[0]), (4.0, 4.0), "as without options");
        run.advance(1);
        run.tape().read_params().next().expect("x")
    };
    let square = "param x = 2\ny = x^2";
    assert_eq!(after_one(square, "gd:0.5;l2=0.25"), 2.0 - 0.5 * 4.5);
    assert_eq!(after_one(square, "gd:0.5;l1=0.25"), 2.0 - 0.5 * 4.25);
    assert_eq!(after_one(square, "gd:0.5;clip=9"), 2.0 - 0.5 * 4.0);
    let clipped = 2.0 - 0.5 * (4.0 * (1.0 / (4.0 + 1e-6)) + 0.25 * 2.0);
    assert_eq!(after_one(square, "gd:0.5;clip=1;l2=0.25"), clipped);
}

#[test]
fn clipping_holds_where_squares_overflow() {
    let spec: RunSpec = "gd:1;clip=1".parse().expect("a run");
    let graph = graph::read("param x = [0, 0]\ny = 3e200x[1, 1] + 4e200x[1, 2]");
    let mut run = Run::new(&graph.graph.expect("a graph"), spec.method, spec.timeline);
    run.advance(1);
    let params: Vec<f64> = run.tape().read_params().collect();
    assert!((params[0] + 0.6).abs() < 1e-15 && (params[1] + 0.8).abs() < 1e-15);
}
