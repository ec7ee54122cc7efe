//! Links: how an experiment is written, and what does not fit in one.

use chalkgrad::derivation::Form;
use chalkgrad::descent::{MAX_STEP, Timeline};
use chalkgrad::notation::Language;
use chalkgrad::share::*;

fn run(text: &str) -> RunSpec {
    text.parse().unwrap()
}

#[test]
fn the_default_has_the_shortest_link() {
    assert_eq!(write(&Experiment::default()).unwrap(), "v=1");
    for link in [
        "",
        "#",
        "v=1",
        "#v=1",
        "https://host/path/#v=1",
        "&",
        "#&&=&",
    ] {
        let reading = read(link);
        assert_eq!(reading.experiment, Experiment::default(), "{link}");
        assert_eq!(reading.notes, [], "{link}");
    }
}

#[test]
fn every_field_is_written_in_the_order_of_the_table() {
    let experiment = Experiment {
        lesson: Lesson::new("chain-rule").unwrap(),
        program: "minimize y".to_owned(),
        runs: vec![run("gd:0.26"), run("gd:0.1,0.03@120")],
        step: 12,
        check: Some(0x00c0_ffee),
        state: State::new([1.0, -0.5]),
        view: View {
            scale: Scale::Linear,
            gear: Gear::Operator,
            place: 3,
            form: Form::Prod,
            guess: true,
            language: Some(Language::Zh),
            selected: 1,
            hidden: 1,
        },
    };
    let link = "v=1&lesson=chain-rule&run=gd:0.26&run=gd:0.1,0.03@120&sel=2&off=1&step=12&check=00c0ffee&scale=linear&gear=operator&at=3\
                &form=prod&guess=1&lang=zh&p=y83My8zNrEpVqAQA&state=AAAAAAAA8D8AAAAAAADgvw";
    assert_eq!(write(&experiment).unwrap(), link);
    assert_eq!(read(link).experiment, experiment);
}

#[test]
fn defaults_are_left_out() {
    let link = "v=1&lesson=learning-rate&run=gd:0.10&sel=1&step=0&scale=log&gear=update&at=0&form=explicit";
    assert_eq!(write(&read(link).experiment).unwrap(), "v=1");
}

#[test]
fn a_lesson_s_own_program_does_not_travel() {
    let experiment = Experiment {
        lesson: Lesson::new("perceptron").unwrap(),
        step: 3,
        ..Experiment::default()
    };
    let link = "v=1&lesson=perceptron&step=3";
    assert_eq!(write(&experiment).unwrap(), link);
    assert_eq!(read(link).experiment, experiment);
}

#[test]
fn what_does_not_fit_is_not_written() {
    let default = Experiment::default;
    let check = |experiment: Experiment, expected| assert_eq!(write(&experiment), Err(expected));

    let program = "x".repeat(MAX_PROGRAM + 1);
    let (bytes, max) = (program.len(), MAX_PROGRAM);
    let too_long = WriteError::ProgramTooLong { bytes, max };
    check(
        Experiment {
            program,
            ..default()
        },
        too_long,
    );

    for count in [0, 9] {
        let runs = vec![RunSpec::default(); count];
        let max = MAX_RUNS;
        check(
            Experiment { runs, ..default() },
            WriteError::RunCount { count, max },
        );
    }

    let (step, max) = (MAX_REPLAYED_STEPS + 1, MAX_REPLAYED_STEPS);
    check(
        Experiment { step, ..default() },
        WriteError::StepTooFar { step, max },
    );
    let (step, max) = (MAX_STEP + 1, MAX_STEP);
    let state = State::new([1.0]);
    check(
        Experiment {
            step,
            state,
            ..default()
        },
        WriteError::StepTooFar { step, max },
    );

    let (place, max) = (MAX_PLACE + 1, MAX_PLACE);
    let view = View {
        place,
        ..View::default()
    };
    check(
        Experiment { view, ..default() },
        WriteError::PlaceTooFar { place, max },
    );
}

#[test]
fn a_link_is_written_up_to_32_kib() {
    // "v=1&run=gd:1" has 12 bytes, each entry ",2@step" three and its digits:
    // 12 + 9·4 + 90·5 + 900·6 = 5898 with those up to step 999, then 7 each.
    let with_entries = |count: u64| {
        let mut timeline = Timeline::new(1.0).unwrap();
        for step in 1..count {
            let rate = if step.is_multiple_of(2) { 1.0 } else { 2.0 };
            timeline.set(step, rate).unwrap();
        }
        let mut experiment = Experiment::default();
        experiment.runs[0].timeline = timeline;
        write(&experiment)
    };
    let longest = with_entries(4838).unwrap();
    assert_eq!(longest.len(), 5898 + 7 * 3838);
    assert_eq!(write(&read(&longest).experiment), Ok(longest));
    let too_long = |bytes| {
        let max = MAX_LINK;
        Err(WriteError::LinkTooLong { bytes, max })
    };
    assert_eq!(with_entries(4839), too_long(5898 + 7 * 3839));
    assert_eq!(with_entries(10_000), too_long(5898 + 7 * 9000));
}
