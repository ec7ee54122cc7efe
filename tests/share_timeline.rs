//! The learning rates of a run: what setting one does, and how they are written.

use chalkgrad::descent::{DEFAULT_LEARNING_RATE, MAX_STEP, Timeline, TimelineFault};

fn timeline(text: &str) -> Timeline {
    text.parse().unwrap()
}

/// Sets a learning rate and says what the timeline is afterwards.
fn after_set(text: &str, step: u64, learning_rate: f64) -> String {
    let mut timeline = timeline(text);
    timeline.set(step, learning_rate).unwrap();
    timeline.to_string()
}

fn after_truncate(text: &str, step: u64) -> String {
    let mut timeline = timeline(text);
    timeline.truncate(step);
    timeline.to_string()
}

fn fault(text: &str) -> (TimelineFault, String) {
    let error = text.parse::<Timeline>().unwrap_err();
    (error.fault, error.text)
}

#[test]
fn the_default_is_a_valid_timeline() {
    assert_eq!(
        Timeline::new(DEFAULT_LEARNING_RATE),
        Ok(Timeline::default())
    );
}

#[test]
fn a_rate_holds_until_the_next_entry() {
    let timeline = timeline("0.1,0.03@120,5@121");
    let rates = [0, 119, 120, 121, u64::MAX].map(|step| timeline.at(step));
    assert_eq!(rates, [0.1, 0.1, 0.03, 5.0, 5.0]);
}

#[test]
fn setting_adds_an_entry_and_drops_what_lay_ahead() {
    assert_eq!(after_set("0.1", 5, 0.2), "0.1,0.2@5");
    assert_eq!(after_set("0.1,0.2@5,0.3@9", 7, 0.4), "0.1,0.2@5,0.4@7");
    assert_eq!(after_set("0.1,0.2@5,0.3@9", 0, 0.4), "0.4");
}

#[test]
fn a_step_has_one_entry() {
    assert_eq!(after_set("0.1,0.2@5", 5, 0.4), "0.1,0.4@5");
    assert_eq!(after_set("0.1", 0, 0.4), "0.4");
}

#[test]
fn the_rate_in_force_adds_nothing() {
    assert_eq!(after_set("0.1", 0, 0.1), "0.1");
    assert_eq!(after_set("0.1,0.2@5", 7, 0.2), "0.1,0.2@5");
    assert_eq!(after_set("0.1,0.2@5", 5, 0.2), "0.1,0.2@5");
    assert_eq!(after_set("0.1,0.2@5", 5, 0.1), "0.1");
    assert_eq!(timeline("0.1,0.1@5,0.2@7"), timeline("0.1,0.2@7"));
}

#[test]
fn truncating_keeps_what_was_set_at_the_step() {
    assert_eq!(after_truncate("0.1,0.2@5,0.3@9", 9), "0.1,0.2@5,0.3@9");
    assert_eq!(after_truncate("0.1,0.2@5,0.3@9", 8), "0.1,0.2@5");
    assert_eq!(after_truncate("0.1,0.2@5,0.3@9", 0), "0.1");
}

#[test]
fn a_change_is_at_the_step_of_an_entry() {
    let timeline = timeline("0.1,0.2@5");
    let changes = [0, 1, 4, 5, 6].map(|step| timeline.changes_at(step));
    assert_eq!(changes, [true, false, false, true, false]);
}

#[test]
fn a_restarted_timeline_keeps_what_is_in_force() {
    let restarted = timeline("0.1,0.2@5,0.3@9").restarted(7);
    assert_eq!(restarted, timeline("0.2"));
}

#[test]
fn a_refused_change_leaves_the_timeline_as_it_was() {
    let mut timeline = timeline("0.1,0.2@5");
    for rate in [0.0, -0.0, -1.0, f64::NAN, f64::INFINITY] {
        let refused = timeline.set(0, rate);
        assert_eq!(refused, Err(TimelineFault::LearningRateOutOfRange));
        assert!(Timeline::new(rate).is_err());
    }
    let refused = timeline.set(MAX_STEP + 1, 1.0);
    assert_eq!(refused, Err(TimelineFault::StepOutOfRange));
    assert_eq!(timeline.to_string(), "0.1,0.2@5");
}

#[test]
fn a_timeline_holds_ten_thousand_entries() {
    let rate = |step: u64| if step.is_multiple_of(2) { 1.0 } else { 2.0 };
    let mut timeline = Timeline::new(1.0).unwrap();
    for step in 1..10_000 {
        timeline.set(step, rate(step)).unwrap();
    }
    let full = timeline.to_string();
    assert_eq!(
        timeline.set(10_000, 1.0),
        Err(TimelineFault::TooManyEntries)
    );
    timeline.set(10_000, 2.0).unwrap();
    assert_eq!(timeline.to_string(), full);
    assert_eq!(full.parse(), Ok(timeline));
    let over = fault(&format!("{full},1@10000"));
    assert_eq!(over, (TimelineFault::TooManyEntries, "1@10000".into()));
}

#[test]
fn numbers_are_written_as_short_as_they_read_back() {
    let written = [
        0.1,
        0.25,
        1.0,
        0.01,
        0.001,
        1e-7,
        123.456,
        1e300,
        5e-324,
        f64::MAX,
        1.0 / 3.0,
    ]
    .map(|rate| Timeline::new(rate).unwrap().to_string());
    let expected = [
        "0.1",
        "0.25",
        "1",
        "0.01",
        "1e-3",
        "1e-7",
        "123.456",
        "1e300",
        "5e-324",
        "1.7976931348623157e308",
        "0.3333333333333333",
    ];
    assert_eq!(written, expected);
}

#[test]
fn numbers_are_read_exactly_in_any_decimal_form() {
    let rates = ["1e-1", "1E-1", ".1", "+0.1", "00.100", "0.1@0"];
    for text in rates {
        assert_eq!(timeline(text), timeline("0.1"), "{text}");
    }
    let long = format!("0.1{}", "0".repeat(1_000));
    assert_eq!(timeline(&long), timeline("0.1"));
    // 2⁵³ + 1 lies midway between two numbers: the even one is taken, unless
    // a digit far behind tips the balance.
    let midway = "9007199254740993";
    let above = format!("{midway}.{}1", "0".repeat(100));
    assert_eq!(timeline(midway).at(0), 9007199254740992.0);
    assert_eq!(timeline(&above).at(0), 9007199254740994.0);
}

#[test]
fn what_cannot_be_read_names_its_piece() {
    use TimelineFault::*;
    let check = |text: &str, kind, piece: &str| {
        assert_eq!(fault(text), (kind, piece.to_owned()), "{text}");
    };
    check("", NotANumber, "");
    check("abc", NotANumber, "abc");
    check("nan", NotANumber, "nan");
    check("inf", NotANumber, "inf");
    check("1e", NotANumber, "1e");
    check("０.1", NotANumber, "０.1");
    check("0.1,", NotANumber, "");
    check("0.1@", NotANumber, "");
    check("0.1@1.5", NotANumber, "1.5");
    check("0.1@+5", NotANumber, "+5");
    check("0.1,0.2@3@4", NotANumber, "3@4");
    check("-1", LearningRateOutOfRange, "-1");
    check("0", LearningRateOutOfRange, "0");
    check("-0", LearningRateOutOfRange, "-0");
    check("1e400", LearningRateOutOfRange, "1e400");
    check("1e-400", LearningRateOutOfRange, "1e-400");
    check(
        "0.1,0.2@9007199254740993",
        StepOutOfRange,
        "9007199254740993",
    );
    check(
        "0.1,1@99999999999999999999",
        StepOutOfRange,
        "99999999999999999999",
    );
    check("0.1@1", FirstStepNotZero, "0.1@1");
    check("0.1,0.2", StepsNotRising, "0.2");
    check("0.1,0.2@5,0.3@5", StepsNotRising, "0.3@5");
    check("0.1,0.1@5,0.2@3", StepsNotRising, "0.2@3");
}
