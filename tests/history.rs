//! A run's history takes the same memory whatever the number of its steps.
//!
//! This is a program with one test, so that nothing else allocates meanwhile.

use chalkgrad::descent::{Run, Timeline};
use chalkgrad::graph;
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

const SHORT: u64 = 10_000;
const LONG: u64 = 10_000_000;

/// So small that x falls from 2 to 0.9 in all the steps, and no two of them
/// have the same x.
const LEARNING_RATE: f64 = 1e-8;

fn parabola() -> Run {
    let graph = graph::read("param x = 2\ny = 4x^2").graph.expect("a graph");
    Run::new(&graph, Timeline::new(LEARNING_RATE).expect("above 0"))
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

/// The most that is alive on the heap meanwhile, beyond what was before.
fn peak<T>(work: impl FnOnce() -> T) -> (usize, T) {
    let before = HEAP.current_usage();
    HEAP.reset_peak_usage();
    let result = work();
    (HEAP.peak_usage() - before, result)
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
