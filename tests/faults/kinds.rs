//! One fault of every kind, and of every form in which it is told.

use chalkgrad::graph::ElaborationFaultKind;
use chalkgrad::matrix::Shape;
use chalkgrad::notation::{Bracket, Found, Keyword, SyntaxFaultKind};
use chalkgrad::ops::ShapeFault;

pub fn syntax_faults() -> Vec<SyntaxFaultKind> {
    use SyntaxFaultKind as Kind;

    let mut all = vec![
        Kind::UnknownCharacter { character: '。' },
        Kind::UnknownCharacter {
            character: '\u{200b}',
        },
        Kind::NumberOutOfRange {
            number: "1e-999".into(),
            small: true,
        },
        Kind::MissingEquals {
            after: "".into(),
            found: Found::LineEnd,
        },
        Kind::MissingEquals {
            after: "".into(),
            found: word("2"),
        },
        Kind::ExpectedName {
            after: "fn".into(),
            found: Found::LineEnd,
        },
        Kind::ExpectedClose {
            bracket: Bracket::Round,
            found: Found::LineEnd,
        },
        Kind::ExpectedClose {
            bracket: Bracket::Round,
            found: word(","),
        },
        Kind::Unexpected { found: word(",") },
        Kind::ExpectedOpen {
            bracket: Bracket::Curly,
            after: "repeat 3".into(),
            found: word("x"),
        },
    ];
    for keyword in Keyword::ALL {
        for bound in [false, true] {
            all.push(Kind::KeywordAsName { keyword, bound });
        }
    }
    for (after, found) in [("*", "*"), ("=", "="), ("(", ")"), (",", ")"), ("=", "{")] {
        all.push(Kind::ExpectedValue {
            after: after.into(),
            found: word(found),
        });
    }
    let mut next = Some(Kind::TextTooLong { bytes: 70_000 });
    while let Some(kind) = next {
        next = syntax_fault_after(&kind);
        all.push(kind);
    }
    all
}

/// One of the next kind. No kind can be left out: the match has them all.
fn syntax_fault_after(kind: &SyntaxFaultKind) -> Option<SyntaxFaultKind> {
    use SyntaxFaultKind as Kind;

    let (a, b) = (Box::<str>::from("a"), Box::<str>::from("b"));
    let found = word("c");
    let (keyword, bracket) = (Keyword::Repeat, Bracket::Round);
    Some(match kind {
        Kind::TextTooLong { .. } => Kind::TooDeep,
        Kind::TooDeep => Kind::TooManyFaults,
        Kind::TooManyFaults => Kind::UnknownCharacter { character: '?' },
        Kind::UnknownCharacter { .. } => Kind::NameTooLong { characters: 70 },
        Kind::NameTooLong { .. } => Kind::NumberOutOfRange {
            number: a,
            small: false,
        },
        Kind::NumberOutOfRange { .. } => Kind::IntegerTooLarge,
        Kind::IntegerTooLarge => Kind::KeywordAsName {
            keyword,
            bound: false,
        },
        Kind::KeywordAsName { .. } => Kind::MisspeltKeyword { word: a, keyword },
        Kind::MisspeltKeyword { .. } => Kind::ExpectedLine { found },
        Kind::ExpectedLine { .. } => Kind::UnnamedValue,
        Kind::UnnamedValue => Kind::MissingEquals { after: a, found },
        Kind::MissingEquals { .. } => Kind::SecondEquals,
        Kind::SecondEquals => Kind::MissingFn { head: a },
        Kind::MissingFn { .. } => Kind::AssignedEntry { name: a },
        Kind::AssignedEntry { .. } => Kind::MissingRole,
        Kind::MissingRole => Kind::MissingLineEnd { found },
        Kind::MissingLineEnd { .. } => Kind::ExpectedName { after: a, found },
        Kind::ExpectedName { .. } => Kind::ExpectedInteger { keyword, found },
        Kind::ExpectedInteger { .. } => Kind::ExpectedOpen {
            bracket,
            after: a,
            found,
        },
        Kind::ExpectedOpen { .. } => Kind::MinimizeExpression,
        Kind::MinimizeExpression => Kind::NotInRepeat { keyword },
        Kind::NotInRepeat { .. } => Kind::ExpectedValue { after: a, found },
        Kind::ExpectedValue { .. } => Kind::SideBySide { left: a, right: b },
        Kind::SideBySide { .. } => Kind::MissingComma { before: a },
        Kind::MissingComma { .. } => Kind::RowNotEnded { found: a },
        Kind::RowNotEnded { .. } => Kind::SecondSign { sign: a },
        Kind::SecondSign { .. } => Kind::LeadingPlus,
        Kind::LeadingPlus => Kind::AfterPower { power: a, mark: b },
        Kind::AfterPower { .. } => Kind::NumberTransposed { number: a },
        Kind::NumberTransposed { .. } => Kind::IndexRange,
        Kind::IndexRange => Kind::ThirdIndex,
        Kind::ThirdIndex => Kind::Unclosed { bracket },
        Kind::Unclosed { .. } => Kind::Mismatched {
            open: bracket,
            close: Bracket::Square,
        },
        Kind::Mismatched { .. } => Kind::Stray { bracket },
        Kind::Stray { .. } => Kind::ExpectedClose { bracket, found },
        Kind::ExpectedClose { .. } => Kind::Unexpected { found },
        Kind::Unexpected { .. } => return None,
    })
}

pub fn elaboration_faults() -> Vec<ElaborationFaultKind> {
    use ElaborationFaultKind as Kind;

    let mut all = vec![
        Kind::UnknownName {
            name: "a".into(),
            nearest: None,
        },
        Kind::UnknownFunction {
            name: "a".into(),
            nearest: None,
        },
    ];
    for (least, most) in [(0, 0), (1, 1), (0, 1), (1, 2), (1, usize::MAX)] {
        all.push(Kind::Arguments {
            function: "f".into(),
            least,
            most,
            found: 3,
        });
    }
    let (left, right) = (Shape::new(2, 3), Shape::new(4, 5));
    let (first, other) = (left, right);
    for fault in [
        ShapeFault::Product { left, right },
        ShapeFault::Differ { left, right },
        ShapeFault::Columns { first, other },
        ShapeFault::Rows { first, other },
        ShapeFault::Beyond { index: 3, size: 2 },
    ] {
        all.push(Kind::Shapes { sign: "+", fault });
    }
    let mut next = Some(Kind::UnknownName {
        name: "a".into(),
        nearest: Some("b".into()),
    });
    while let Some(kind) = next {
        next = elaboration_fault_after(&kind);
        all.push(kind);
    }
    all
}

/// One of the next kind. No kind can be left out: the match has them all.
fn elaboration_fault_after(kind: &ElaborationFaultKind) -> Option<ElaborationFaultKind> {
    use ElaborationFaultKind as Kind;

    let (a, b) = (String::from("a"), String::from("b"));
    let shape = Shape::new(2, 3);
    Some(match kind {
        Kind::UnknownName { .. } => Kind::UnknownFunction {
            name: a,
            nearest: Some(b),
        },
        Kind::UnknownFunction { .. } => Kind::ValueCalled(a),
        Kind::ValueCalled(_) => Kind::FunctionUsed(a),
        Kind::FunctionUsed(_) => Kind::Recursion(a),
        Kind::Recursion(_) => Kind::SameParameters(a),
        Kind::SameParameters(_) => Kind::NamedFirst {
            function: a,
            first: b,
        },
        Kind::NamedFirst { .. } => Kind::Arguments {
            function: a,
            least: 2,
            most: 2,
            found: 3,
        },
        Kind::Arguments { .. } => Kind::UnknownArgument {
            function: a,
            name: b,
        },
        Kind::UnknownArgument { .. } => Kind::NotConstant(a),
        Kind::NotConstant(_) => Kind::NotScalar(shape),
        Kind::NotScalar(_) => Kind::Shapes {
            sign: "+",
            fault: ShapeFault::Broadcast {
                left: shape,
                right: shape,
            },
        },
        Kind::Shapes { .. } => Kind::TimesBetweenMatrices {
            left: shape,
            right: shape,
        },
        Kind::TimesBetweenMatrices { .. } => Kind::Ragged { first: 2, found: 3 },
        Kind::Ragged { .. } => Kind::OneIndex(shape),
        Kind::OneIndex(_) => Kind::Beyond {
            number: 0.5,
            size: 3,
        },
        Kind::Beyond { .. } => Kind::GeneratorElsewhere(a),
        Kind::GeneratorElsewhere(_) => Kind::Size(0.5),
        Kind::Size(_) => Kind::BuiltIn(a),
        Kind::BuiltIn(_) => Kind::ValueAndFunction(a),
        Kind::ValueAndFunction(_) => Kind::TwoNames,
        Kind::TwoNames => Kind::BatchWithoutDataSet,
        Kind::BatchWithoutDataSet => Kind::RepeatCount(0),
        Kind::RepeatCount(_) => Kind::SecondMinimize,
        Kind::SecondMinimize => Kind::LossNotScalar { name: a, shape },
        Kind::LossNotScalar { .. } => Kind::NoLoss,
        Kind::NoLoss => Kind::MatrixTooLarge(shape),
        Kind::MatrixTooLarge(_) => Kind::GraphTooLarge,
        Kind::GraphTooLarge => Kind::TooManyOperators,
        Kind::TooManyOperators => Kind::TooManyOperations {
            operator: "@",
            shape,
            operations: 3,
            most: 2,
        },
        Kind::TooManyOperations { .. } => Kind::TooMuchWork,
        Kind::TooMuchWork => Kind::CallsTooDeep,
        Kind::CallsTooDeep => return None,
    })
}

fn word(text: &str) -> Found {
    Found::Word(text.into())
}
