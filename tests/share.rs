//! Links: what they are read to, the bad ones above all.

use chalkgrad::share::*;
use data_encoding::BASE64URL_NOPAD;
use miniz_oxide::deflate::compress_to_vec;

/// What `p=` is for these bytes.
fn packed(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(&compress_to_vec(bytes, 10))
}

/// The text as a note quotes it.
fn quoted(text: &str) -> String {
    if text.chars().count() > 40 {
        text.chars().take(39).chain(['…']).collect()
    } else {
        text.to_owned()
    }
}

/// A note as `kind key=text`.
fn shown(note: &Note) -> String {
    let name = note.kind.name();
    match (&note.key, &note.text) {
        (Some(key), Some(text)) => format!("{name} {key}={text}"),
        (None, Some(text)) => format!("{name} {text}"),
        _ => name.to_owned(),
    }
}

/// Reads `link`, expects these notes, and that what was understood is what
/// `understood` says, without a note.
#[track_caller]
fn check(link: &str, understood: &str, notes: &[&str]) {
    let reading = read(link);
    let found: Vec<String> = reading.notes.iter().map(shown).collect();
    assert_eq!(found, notes, "{link}");
    let expected = read(understood);
    assert_eq!(expected.notes, [], "{understood}");
    assert_eq!(reading.experiment, expected.experiment, "{link}");
}

#[test]
fn a_link_of_a_newer_version_is_read_as_far_as_it_is_known() {
    check(
        "v=99&step=3&run=gd:0.2",
        "step=3&run=gd:0.2",
        &["newer-version v=99"],
    );
    let found = read("v=99").notes[0].kind;
    assert_eq!(found, NoteKind::NewerVersion { found: 99 });
    check(
        "v=99999999999999999999",
        "",
        &["newer-version v=99999999999999999999"],
    );
    check("v=0", "", &["unknown-value v=0"]);
    check("v=", "", &["not-a-number v="]);
    check("v=1.0", "", &["not-a-number v=1.0"]);
}

#[test]
fn a_learning_rate_is_a_finite_number_above_0() {
    check("run=gd:abc", "", &["not-a-number run=abc"]);
    check("run=gd:nan", "", &["not-a-number run=nan"]);
    check("run=gd:", "", &["not-a-number run="]);
    check("run=gd", "", &["not-a-number run="]);
    check("run=gd:-1", "", &["learning-rate-out-of-range run=-1"]);
    check("run=gd:0", "", &["learning-rate-out-of-range run=0"]);
    check(
        "run=gd:1e400",
        "",
        &["learning-rate-out-of-range run=1e400"],
    );
    check("run=gd:0.1,x@5", "", &["not-a-number run=x"]);
}

#[test]
fn a_timeline_rises_from_step_0() {
    check("run=gd:0.1@5", "", &["first-step-not-zero run=0.1@5"]);
    check("run=gd:0.1,0.2", "", &["steps-not-rising run=0.2"]);
    check(
        "run=gd:0.1,0.2@5,0.3@5",
        "",
        &["steps-not-rising run=0.3@5"],
    );
    check("run=gd:0.1,0.2@-5", "", &["not-a-number run=-5"]);
    check(
        "run=gd:0.1,0.2@9007199254740993",
        "",
        &["step-out-of-range run=9007199254740993"],
    );
}

#[test]
fn a_run_that_cannot_be_read_is_left_out() {
    check("run=", "", &["unknown-optimizer run="]);
    check("run=sgd:0.2", "", &["unknown-optimizer run=sgd"]);
    check(
        "run=gd:0.2&run=sgd:0.2&run=adam:0.3",
        "run=gd:0.2&run=adam:0.3",
        &["unknown-optimizer run=sgd"],
    );
}

#[test]
fn a_run_with_a_bad_option_is_left_out_and_the_option_named() {
    let check = |options: &str, note: &str| {
        let link = format!("run=momentum:0.2;{options}&run=adam:0.3");
        check(&link, "run=adam:0.3", &[note]);
    };
    check("beta1=0.5", "unknown-option run=beta1=0.5");
    check("beta=0.5;beta=0.5", "repeated-option run=beta=0.5");
    check("l2=0.1;beta=1", "option-out-of-range run=beta=1");
    check("clip=much", "not-a-number run=clip=much");
    check("schedule=step", "unknown-schedule run=schedule=step");
}

#[test]
fn a_check_and_a_state_go_with_their_runs_and_their_step() {
    check(
        "run=gd:0&step=7&check=00c0ffee&state=AAAAAAAA8D8&lang=zh",
        "step=7&lang=zh",
        &["learning-rate-out-of-range run=0"],
    );
    check(
        "run=gd:0.2&step=x&check=00c0ffee&state=AAAAAAAA8D8",
        "run=gd:0.2",
        &["not-a-number step=x"],
    );
}

#[test]
fn at_most_eight_runs_are_read() {
    let runs = ["run=gd:0.2"; 10].join("&");
    let eight = ["run=gd:0.2"; 8].join("&");
    check(&runs, &eight, &["too-many-runs run=gd:0.2"; 2]);
}

#[test]
fn a_step_is_one_that_can_be_reached() {
    check("step=", "", &["not-a-number step="]);
    check("step=-1", "", &["not-a-number step=-1"]);
    check("step=1.5", "", &["not-a-number step=1.5"]);
    check("step=1e3", "", &["not-a-number step=1e3"]);
    check("step=007", "step=7", &[]);
    check(
        "step=9007199254740993&run=gd:0.2",
        "run=gd:0.2",
        &["step-out-of-range step=9007199254740993"],
    );
    check(
        "step=1000000000000&check=00c0ffee",
        "",
        &["step-out-of-reach step=1000000000000"],
    );
    let far = read("step=1000000000000&state=AAAAAAAA8D8");
    assert_eq!(far.notes, []);
    assert_eq!(far.experiment.step, 1_000_000_000_000);
}

#[test]
fn a_lesson_is_a_key_of_letters_and_hyphens() {
    check("lesson=learning-rate", "", &[]);
    check("lesson=Loss.", "lesson=Loss", &[]);
    let key = |link: &str| read(link).experiment.lesson.key().to_owned();
    assert_eq!(key("lesson=three-times"), "three-times");
    assert_eq!(key("lesson=nobody-has-it"), "nobody-has-it");
    assert_eq!(key(""), DEFAULT_LESSON);
    for bad in ["", "a1", "../x", "损失", &"x".repeat(33)] {
        let link = format!("lesson={bad}&run=gd:0.2&step=7&check=00c0ffee&lang=zh");
        check(&link, "lang=zh", &[&format!("unknown-value lesson={bad}")]);
    }
    let twice = "lesson=loss&lesson=doubling";
    check(twice, "lesson=loss", &["repeated-key lesson=doubling"]);
}

#[test]
fn a_place_within_a_step_is_a_number_in_reach() {
    check("at=x", "", &["not-a-number at=x"]);
    check("at=-1", "", &["not-a-number at=-1"]);
    check("at=1.5", "", &["not-a-number at=1.5"]);
    check("at=", "", &["not-a-number at="]);
    check("at=007", "at=7", &[]);
    check("at=3&at=4", "at=3", &["repeated-key at=4"]);
    for beyond in ["1000001", "99999999999999999999"] {
        let link = format!("gear=operator&at={beyond}");
        let note = format!("step-out-of-range at={beyond}");
        check(&link, "gear=operator", &[&note]);
    }
    assert_eq!(read("at=1000000").experiment.view.place, MAX_PLACE);
}

#[test]
fn a_link_asks_for_guesses_or_not() {
    check("guess=1", "guess=1", &[]);
    assert!(read("guess=1").experiment.view.guess);
    for bad in ["0", "true", "", "11"] {
        let link = format!("guess={bad}");
        check(&link, "", &[&format!("unknown-value guess={bad}")]);
        assert!(!read(&link).experiment.view.guess);
    }
}

#[test]
fn a_link_without_its_program_keeps_only_its_view() {
    let rest = "run=gd:0.2&step=7&check=00c0ffee&scale=linear&gear=operator&at=3&lang=zh&p";
    let check = |p: &str, notes: &[&str]| {
        let view = "scale=linear&gear=operator&at=3&lang=zh";
        check(&format!("{rest}={p}"), view, notes);
    };
    let program = packed(b"param x = 3\nL = x^2\nminimize L\n");
    let cut = &program[..program.len() - 5];
    check(cut, &[&format!("cut-short p={}", quoted(cut))]);
    check("", &["cut-short p="]);
    check("not base64", &["bad-encoding p=not base64"]);
    check("%00%ff", &["bad-encoding p=\u{fffd}\u{fffd}"]);
    check("_____w", &["damaged p=_____w"]);
    let latin_1 = packed(b"# caf\xe9");
    check(&latin_1, &[&format!("not-utf-8 p={latin_1}")]);
}

#[test]
fn a_deflate_bomb_is_refused() {
    let bomb = packed(&vec![b' '; 24 * 1024 * 1024]);
    assert!(bomb.len() < MAX_LINK, "{} bytes", bomb.len());
    let note = format!("inflates-too-large p={}", quoted(&bomb));
    check(&format!("step=3&p={bomb}"), "", &[&note]);
    let kind = read(&format!("p={bomb}")).notes[0].kind;
    assert_eq!(kind, NoteKind::InflatesTooLarge { max: MAX_PROGRAM });
}

#[test]
fn a_link_over_32_kib_is_not_read() {
    for link in [
        format!("p={}", "A".repeat(40 * 1024)),
        format!("lang=zh&{}", "x".repeat(70_000)),
    ] {
        let note = format!("link-too-long {}", quoted(&link));
        check(&format!("#{link}"), "", &[&note]);
        let (bytes, max) = (link.len(), MAX_LINK);
        let kind = read(&link).notes[0].kind;
        assert_eq!(kind, NoteKind::LinkTooLong { bytes, max });
    }
    let longest = format!("x={}", "x".repeat(MAX_LINK - 2));
    check(
        &longest,
        "",
        &[&format!("unknown-key x={}", "x".repeat(39) + "…")],
    );
}

#[test]
fn the_default_program_need_not_travel() {
    let link = format!("v=1&p={}", packed(DEFAULT_PROGRAM.as_bytes()));
    check(&link, "", &[]);
    assert_eq!(write(&read(&link).experiment).unwrap(), "v=1");
}

#[test]
fn a_program_with_faults_is_a_program() {
    let faulty = "param = 2\ny = (4x^2\nminimise y\n";
    let reading = read(&format!("p={}&step=3", packed(faulty.as_bytes())));
    assert_eq!(reading.notes, []);
    assert_eq!(reading.experiment.program, faulty);
    assert_eq!(reading.experiment.step, 3);
}

#[test]
fn unknown_keys_are_ignored() {
    check("%00%ff", "", &["unknown-key \u{fffd}\u{fffd}="]);
    check("__proto__=1&step=3", "step=3", &["unknown-key __proto__=1"]);
    check(
        "constructor&V=1",
        "",
        &["unknown-key constructor=", "unknown-key V=1"],
    );
    check("=5", "", &["unknown-key =5"]);
}

#[test]
fn markup_in_a_field_is_quoted_as_text() {
    let markup = "<img onerror=alert(1)>";
    let check = |key: &str, kind: &str, spoils: &str| {
        check(
            &format!("{key}={markup}"),
            spoils,
            &[&format!("{kind} {key}={markup}")],
        );
    };
    check("v", "not-a-number", "");
    check("lesson", "unknown-value", "");
    check("run", "unknown-optimizer", "");
    check("step", "not-a-number", "");
    check("check", "bad-check", "");
    check("scale", "unknown-value", "");
    check("gear", "unknown-value", "");
    check("at", "not-a-number", "");
    check("lang", "unknown-value", "");
    check("p", "bad-encoding", "");
    check("state", "bad-encoding", "");
    check("x", "unknown-key", "");
}

#[test]
fn a_run_that_is_hidden_or_at_hand_is_one_of_those_there_are() {
    let runs = "run=gd:0.26&run=gd:0.25&run=gd:0.1";
    let check = |view: &str, taken: &str, notes: &[&str]| {
        check(&format!("{runs}{view}"), &format!("{runs}{taken}"), notes);
    };
    check("&sel=3&off=1,2", "&sel=3&off=1,2", &[]);
    check("&off=2,2", "&off=2", &[]);
    check("&sel=4", "", &[]);
    check("&sel=2&off=1,2,3,8", "&sel=2&off=1,3", &[]);
    check("&sel=0", "", &["unknown-value sel=0"]);
    check("&off=,1", "", &["unknown-value off=,1"]);
    check("&off=9", "", &["unknown-value off=9"]);
}

#[test]
fn words_are_those_of_the_table() {
    check("scale=Log", "", &["unknown-value scale=Log"]);
    check("gear=Operator", "", &["unknown-value gear=Operator"]);
    check("gear=", "", &["unknown-value gear="]);
    check("form=chain", "form=chain", &[]);
    check("form=Prod", "", &["unknown-value form=Prod"]);
    check("lang=fr", "", &["unknown-value lang=fr"]);
    check("lang=", "", &["unknown-value lang="]);
    check("check=c0ffee", "", &["bad-check check=c0ffee"]);
}

#[test]
fn a_state_is_whole_numbers() {
    check(
        "step=3&state=AAAAAAAA8D",
        "step=3",
        &["cut-short state=AAAAAAAA8D"],
    );
    check("state=", "", &["cut-short state="]);
    check("state=AAAA", "", &["cut-short state=AAAA"]);
    let large = BASE64URL_NOPAD.encode(&vec![0; 8 * MAX_STATE + 8]);
    let note = format!("state-too-large state={}", quoted(&large));
    check(&format!("state={large}"), "", &[&note]);
}

#[test]
fn of_a_repeated_key_the_first_counts() {
    check("step=3&step=4", "step=3", &["repeated-key step=4"]);
    check(
        "step=x&step=4",
        "",
        &["not-a-number step=x", "repeated-key step=4"],
    );
}

#[test]
fn percent_encoding_is_undone() {
    check("run=gd%3A0.1%2C0.03%40120", "run=gd:0.1,0.03@120", &[]);
    check("%73tep=%33", "step=3", &[]);
    check("step%3D3", "", &["unknown-key step=3="]);
    check("step=3%26lang=zh", "", &["not-a-number step=3&lang=zh"]);
    check("step=%zz", "", &["not-a-number step=%zz"]);
    check("run=gd:1e%2B1", "run=gd:10", &[]);
}

#[test]
fn a_plus_is_a_space() {
    check("run=gd:1e+1", "", &["not-a-number run=1e 1"]);
}

#[test]
fn a_link_survives_being_pasted() {
    check("v=1&amp;step=3&amp;lang=zh", "step=3&lang=zh", &[]);
    for tail in [".", ",", "!", "?)", ").", " ", "%20", "。", "%E3%80%82"] {
        check(&format!("v=1&step=3{tail}"), "step=3", &[]);
        check(
            &format!("run=gd:0.1,0.03@120{tail}"),
            "run=gd:0.1,0.03@120",
            &[],
        );
    }
    check("step=3.&lang=zh", "lang=zh", &["not-a-number step=3."]);
}

#[test]
fn at_most_16_notes_are_listed() {
    let many = "x&".repeat(16_000);
    let reading = read(&many);
    assert_eq!(reading.notes.len(), 17);
    let kind = reading.notes[16].kind;
    assert_eq!(kind, NoteKind::MoreNotes { count: 16_000 - 16 });
}

#[test]
fn a_note_tells_the_bound_that_was_exceeded() {
    let check = |link: &str, limit: Option<u64>| {
        assert_eq!(read(link).notes[0].kind.limit(), limit, "{link}");
    };
    check("v=99", None);
    check("step=x", None);
    check("step=9007199254740993", Some(9_007_199_254_740_992));
    check("at=1000001", Some(1_000_000));
    check("at=99999999999999999999", Some(1_000_000));
    check("step=1000000000000", Some(1_000_000_000));
    check(&"x".repeat(70_000), Some(32 * 1024));
    check(&["run=gd:1"; 9].join("&"), Some(8));
}
