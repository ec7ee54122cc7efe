//! Links: what holds for any experiment and for any text.

#[path = "share/holds.rs"]
mod holds;

use std::collections::BTreeSet;

use chalkgrad::derivation::Form;
use chalkgrad::descent::{MAX_STEP, Method, RULES, Schedule, Timeline};
use chalkgrad::notation::Language;
use chalkgrad::share::*;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Positive finite numbers: any bits, and those that people choose.
fn learning_rate() -> impl Strategy<Value = f64> {
    let any_bits = any::<f64>().prop_map(f64::abs);
    prop_oneof![
        any_bits,
        select(vec![0.1, 0.25, 1.0, 1e-7, 5e-324, f64::MAX])
    ]
    .prop_filter("finite and above 0", |rate| rate.is_finite() && *rate > 0.0)
}

fn timeline() -> impl Strategy<Value = Timeline> {
    let changes = prop::collection::vec((0..=MAX_STEP, learning_rate()), 0..6);
    (learning_rate(), changes).prop_map(|(first, changes)| {
        let mut timeline = Timeline::new(first).unwrap();
        for (step, rate) in changes {
            timeline.set(step, rate).unwrap();
        }
        timeline
    })
}

fn schedule() -> impl Strategy<Value = Schedule> {
    let steps = || prop_oneof![1..100_u64, Just(MAX_STEP)];
    prop_oneof![
        Just(Schedule::Constant),
        (steps(), learning_rate()).prop_map(|(every, factor)| Schedule::Step { every, factor }),
        steps().prop_map(|every| Schedule::Step { every, factor: 0.1 }),
        learning_rate().prop_map(|factor| Schedule::Exponential { factor }),
        steps().prop_map(|steps| Schedule::Cosine { steps }),
        steps().prop_map(|steps| Schedule::WarmUp { steps }),
    ]
}

prop_compose! {
    fn method()(
        rule in select(RULES),
        constants in prop::collection::vec(prop::option::of(0.0..1.0), 4),
        schedule in schedule(),
        clip in prop::option::of(learning_rate()),
        l1 in prop_oneof![Just(0.0), learning_rate()],
        l2 in prop_oneof![Just(0.0), learning_rate()],
    ) -> Method {
        let mut method = Method::named(rule.name).unwrap();
        for (constant, value) in rule.constants.iter().zip(constants) {
            if let Some(value) = value {
                method = method.with_constant(constant.key, value).unwrap();
            }
        }
        method = method.with_schedule(schedule).unwrap();
        method.with_clip(clip).unwrap().with_l1(l1).unwrap().with_l2(l2).unwrap()
    }
}

fn run() -> impl Strategy<Value = RunSpec> {
    let method = prop_oneof![Just(Method::default()), method()];
    (method, timeline()).prop_map(|(method, timeline)| RunSpec { method, timeline })
}

/// Programs are any text at all.
fn program() -> impl Strategy<Value = String> {
    let any_text = prop::collection::vec(any::<char>(), 0..200);
    prop_oneof![
        any_text.prop_map(String::from_iter),
        Just(DEFAULT_PROGRAM.to_owned()),
        Just("x".repeat(MAX_PROGRAM)),
    ]
}

fn state() -> impl Strategy<Value = State> {
    let numbers = prop::collection::vec(any::<f64>(), 1..20);
    prop_oneof![
        9 => numbers,
        1 => prop::collection::vec(any::<f64>(), MAX_STATE),
    ]
    .prop_map(|numbers| State::new(numbers).unwrap())
}

prop_compose! {
    fn view()(
        scale in select(Scale::ALL),
        gear in select(&Gear::ALL[..]),
        place in prop_oneof![Just(0), 1..=MAX_PLACE],
        form in select(&Form::ALL[..]),
        guess in any::<bool>(),
        language in prop::option::of(select(vec![Language::En, Language::Zh])),
    ) -> View {
        View { scale, gear, place, form, guess, language, ..View::default() }
    }
}

fn lesson() -> impl Strategy<Value = Lesson> {
    let default = Just(DEFAULT_LESSON.to_owned());
    prop_oneof![default, "[A-Za-z-]{1,32}"].prop_map(|key| Lesson::new(&key).unwrap())
}

prop_compose! {
    fn experiment()(
        lesson in lesson(),
        program in program(),
        runs in prop::collection::vec(run(), 1..=MAX_RUNS),
        step in 0..=MAX_STEP,
        check in any::<Option<u32>>(),
        state in prop::option::of(state()),
        view in view(),
        (at_hand, shown) in (0..MAX_RUNS, any::<u8>()),
    ) -> Experiment {
        let selected = (at_hand % runs.len()) as u8;
        let hidden = (0..runs.len() as u8).filter(|&run| run != selected && shown >> run & 1 == 0).map(|run| 1 << run).sum();
        let view = View { selected, hidden, ..view };
        let farthest = if state.is_some() { MAX_STEP } else { MAX_REPLAYED_STEPS };
        Experiment { lesson, program, runs, step: step % (farthest + 1), check, state, view }
    }
}

/// Texts that look enough like links to get past the first check.
fn almost_link() -> impl Strategy<Value = String> {
    let pieces = "# & = : , @ . - + % %00 %ff %26 &amp; v=1 v=2 run=gd: run= gd:0.1 adam:0.1 ; beta1= beta= l1=1 clip= schedule= cosine/9 step/3/ / step= check= \
                  scale=log sel=2 sel= off=1,2 off= gear=operator gear= at=3 at= form=prod form= lang=zh lang= lesson= lesson=loss p= p=AwA p=y83My8zNrEpVqAQA state= AAAAAAAA8D8 \
                  0 1 7 0.1 1e400 1e-7 99999999999999999999 9007199254740992 1000000000000 \
                  00c0ffee nan inf <img __proto__ 数 \u{0} \u{202e}";
    let pieces: Vec<&str> = pieces.split(' ').collect();
    prop::collection::vec(select(pieces), 0..40).prop_map(|pieces| pieces.concat())
}

/// Links with some of their bytes left out, as a careless copy leaves them.
fn torn_link() -> impl Strategy<Value = String> {
    let link = experiment().prop_filter_map("fits", |experiment| write(&experiment).ok());
    link.prop_flat_map(|link| {
        let characters: Vec<char> = link.chars().collect();
        let count = characters.len();
        subsequence(characters, count.saturating_sub(3)..=count)
    })
    .prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn an_experiment_reads_back_without_notes(experiment in experiment()) {
        match write(&experiment) {
            Ok(link) => {
                prop_assert!(link.len() <= MAX_LINK);
                let reading = read(&format!("#{link}"));
                prop_assert_eq!(reading.notes, []);
                prop_assert_eq!(reading.experiment, experiment);
            }
            Err(WriteError::LinkTooLong { bytes, max }) => prop_assert!(bytes > max),
            Err(other) => return Err(TestCaseError::fail(other.to_string())),
        }
    }

    #[test]
    fn a_link_needs_no_escaping(experiment in experiment()) {
        let plain = |c: char| c.is_ascii_alphanumeric() || "=&:,@.-_;/".contains(c);
        if let Ok(link) = write(&experiment) {
            prop_assert!(link.chars().all(plain), "{}", link);
            prop_assert!(link.ends_with(|c: char| c.is_ascii_alphanumeric() || "-_".contains(c)));
        }
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        holds::for_any_link(&text);
    }

    #[test]
    fn any_bytes_are_read(bytes in any::<Vec<u8>>()) {
        holds::for_any_link(&String::from_utf8_lossy(&bytes));
        let escaped: String = bytes.iter().map(|byte| format!("%{byte:02x}")).collect();
        holds::for_any_link(&format!("p={escaped}&run={escaped}&{escaped}"));
    }

    #[test]
    fn any_packed_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let packed = data_encoding::BASE64URL_NOPAD.encode(&bytes);
        holds::for_any_link(&format!("p={packed}&state={packed}"));
    }

    #[test]
    fn what_is_almost_a_link_is_read(text in almost_link()) {
        holds::for_any_link(&text);
    }

    #[test]
    fn a_torn_link_is_read(text in torn_link()) {
        holds::for_any_link(&text);
    }

    #[test]
    fn a_timeline_is_what_was_set(
        first in learning_rate(),
        changes in prop::collection::vec((0_u64..30, learning_rate()), 0..20),
    ) {
        // The naive way: the rate of each step, one by one.
        let mut rates = [first; 30];
        let mut timeline = Timeline::new(first).unwrap();
        for &(step, rate) in &changes {
            rates[step as usize..].fill(rate);
            timeline.set(step, rate).unwrap();
        }
        for (step, &rate) in (0..).zip(&rates) {
            prop_assert_eq!(timeline.at(step), rate);
        }
        let steps: BTreeSet<u64> = timeline.entries().iter().map(|entry| entry.step).collect();
        prop_assert_eq!(steps.len(), timeline.entries().len());
        prop_assert_eq!(steps.first(), Some(&0));
        let pairs = timeline.entries().windows(2);
        prop_assert!(pairs.into_iter().all(|pair| pair[0].learning_rate != pair[1].learning_rate));
        prop_assert_eq!(timeline.to_string().parse(), Ok(timeline));
    }
}
