//! A run's history takes the same memory whatever the number of its steps, and
//! a step allocates nothing.

use std::fmt::Write as _;

use chalkgrad::descent::{Method, RULES, Run, Timeline};
use chalkgrad::graph;
use chalkgrad::ops::{self, Written};

const SHORT: u64 = 10_000;
const LONG: u64 = 10_000_000;

/// So small that x falls from 2 to 0.9 in all the steps, and no two of them
/// have the same x.
const LEARNING_RATE: f64 = 1e-8;

fn parabola() -> Run {
    run("param x = 2\ny = 4x^2")
}

fn run(program: &str) -> Run {
    run_by(Method::default(), program)
}

fn run_by(method: Method, program: &str) -> Run {
    let graph = graph::read(program).graph.expect("a graph");
    let timeline = Timeline::new(LEARNING_RATE).expect("above 0");
    Run::new(&graph, method, timeline)
}

/// Every rule, as it is and with every option there is.
fn methods() -> impl Iterator<Item = Method> {
    let options = [
        ("schedule", "cosine/300"),
        ("clip", "1"),
        ("l1", "0.1"),
        ("l2", "0.1"),
    ];
    RULES.iter().flat_map(move |rule| {
        let plain = Method::named(rule.name).expect("a rule");
        let with = |method: Method, (key, text)| method.with_option(key, text).expect(key);
        [plain.clone(), options.into_iter().fold(plain, with)]
    })
}

/// Makes steps up to this one, a thousand at a time as a page would, and gives
/// the bits of x there.
fn go_on(run: &mut Run, step: u64) -> u64 {
    while run.step() < step {
        run.advance((step - run.step()).min(1000));
    }
    bits(run)
}

fn bits(run: &Run) -> u64 {
    run.tape().read_params().next().expect("x").to_bits()
}

/// The most bytes that are alive on the heap meanwhile, beyond what was before.
fn peak<T>(work: impl FnOnce() -> T) -> (u64, T) {
    let mut result = None;
    let heap = allocation_counter::measure(|| result = Some(work()));
    (heap.bytes_max, result.expect("it was measured"))
}

/// Checkpoints are kept eight to each power of 2, so a thousand times as many
/// steps have ten times eight more of them, of one number each: 3 KB. The curve
/// has as many buckets as before, each for more steps.
#[test]
fn ten_million_steps_in_the_memory_of_ten_thousand() {
    let (short, _) = peak(|| go_on(&mut parabola(), SHORT));
    let (long, (mut run, seen)) = peak(|| {
        let mut run = parabola();
        let steps = [
            1,
            12_345,
            LONG - 999_999,
            LONG - 1000,
            LONG - 2,
            LONG - 1,
            LONG,
        ];
        let seen = steps.map(|step| (step, go_on(&mut run, step)));
        (run, seen)
    });
    assert!(short > 1000, "{short} bytes: nothing was counted");
    assert!(
        long * 4 <= short * 5,
        "{LONG} steps took {long} bytes, {SHORT} steps {short}"
    );

    let (walk, ()) = peak(|| {
        for &(step, x) in seen.iter().rev().chain(&seen) {
            assert_eq!(run.seek(step, u64::MAX), 0);
            assert_eq!((run.step(), bits(&run)), (step, x), "exact to the bit");
        }
    });
    assert!(walk <= 1000, "walking through the steps took {walk} bytes");
    assert!(seen.windows(2).all(|pair| pair[0].1 > pair[1].1));
}

/// A network of so many operators between numbers: x ← tanh(w x + b), again and
/// again.
fn scalar_net(operators: usize) -> String {
    let layers = operators / 3;
    let mut program = String::from("param w = 0.9\nparam b = 0.1\nx = 0.5\n");
    for _ in 0..layers {
        program += "x = tanh(w * x + b)\n";
    }
    for _ in 3 * layers..operators {
        program += "x = -x\n";
    }
    program
}

const PERCEPTRON: &str = "data x = [1; 0.5; -1; 2]\nparam W1 = normal(5, 4)\n\
    param W2 = normal(3, 5)\ndata y = [1; 0; 0]\nz = W1 @ x\nh = tanh(z)\no = W2 @ h\n\
    L = squared_error(o, y)\nminimize L";

/// All of the table: no operator takes memory of its own.
fn every_operator() -> String {
    let mut program = String::from("param A = [0.2, 0.4; 0.3, 0.5]\ns = 0\n");
    for row in ops::table() {
        let written = match row.written {
            Written::Infix(sign) => format!("A {sign} A"),
            Written::Prefix(sign) => format!("{sign}A"),
            Written::Postfix(sign) => format!("A{sign}"),
            Written::Index => "A[2, :]".into(),
            Written::Function => {
                let operands = vec!["A"; row.arity.least()];
                format!("{}({})", row.name, operands.join(", "))
            }
        };
        writeln!(program, "s = s + sum({written})").expect("a string");
    }
    program
}

#[test]
fn a_step_allocates_nothing() {
    let (every, net) = (every_operator(), scalar_net(1000));
    for (program, steps) in [
        ("param x = 2\ny = 4x^2", 1_u64 << 17),
        (PERCEPTRON, 1 << 13),
        (&net, 1 << 10),
        (&every, 1 << 10),
    ] {
        check_allocations(run(program), steps, program);
    }
    for method in methods() {
        let what = format!("{method:?}");
        check_allocations(run_by(method, PERCEPTRON), 1 << 10, &what);
    }
}

/// Checkpoints make room before the first of the steps that are asked for: for
/// twice as many, when these are a power of 2.
fn check_allocations(mut run: Run, steps: u64, what: &str) {
    let mut go_on = |steps: u64| {
        let heap = allocation_counter::measure(|| assert_eq!(run.advance(steps), steps));
        heap.count_total
    };
    let levels = u64::from(steps.ilog2()) + 1;
    let room = go_on(steps);
    assert!(
        (1..=4 * levels).contains(&room),
        "{room} for {levels} levels: {what}"
    );
    assert_eq!(go_on(steps - 1), 0, "{what}");
}
