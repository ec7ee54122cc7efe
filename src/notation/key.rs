//! The keys of the sentences in which faults and warnings are told.

macro_rules! keys {
    ($($key:ident $name:literal),* $(,)?) => {
        /// The key of an entry, in the order in which every catalogue has them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Key {
            $(#[doc = $name] $key),*
        }

        impl Key {
            /// All of them, in their order.
            pub const ALL: &[Self] = &[$(Self::$key),*];

            /// As a catalogue has it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$key => $name),*
                }
            }
        }
    };
}

keys! {
    SignInRow "sign-in-row",
    AlikeNames "alike-names",
    TextTooLong "text-too-long",
    TooDeep "too-deep",
    TooManyFaults "too-many-faults",
    UnknownCharacter "unknown-character",
    Instead "instead",
    NameTooLong "name-too-long",
    NumberTooLarge "number-too-large",
    NumberTooSmall "number-too-small",
    IntegerTooLarge "integer-too-large",
    KeywordAsName "keyword-as-name",
    Setting "setting",
    MinimizeName "minimize-name",
    AnotherName "another-name",
    MisspeltKeyword "misspelt-keyword",
    Meant "meant",
    ExpectedLine "expected-line",
    UnnamedValue "unnamed-value",
    Equals "equals",
    SecondEquals "second-equals",
    MissingFn "missing-fn",
    AssignedEntry "assigned-entry",
    MissingRole "missing-role",
    MissingLineEnd "missing-line-end",
    WholeNumber "whole-number",
    RepeatBlock "repeat-block",
    FunctionHead "function-head",
    MinimizeExpression "minimize-expression",
    NotInRepeat "not-in-repeat",
    PowerSign "power-sign",
    SingleEquals "single-equals",
    EmptyBrackets "empty-brackets",
    EmptyPlace "empty-place",
    MatrixBrackets "matrix-brackets",
    SideBySide "side-by-side",
    MissingComma "missing-comma",
    RowNotEnded "row-not-ended",
    SecondSign "second-sign",
    LeadingPlus "leading-plus",
    AfterPower "after-power",
    NumberTransposed "number-transposed",
    IndexRange "index-range",
    ThirdIndex "third-index",
    Unclosed "unclosed",
    Mismatched "mismatched",
    Stray "stray",
    ExpectedCloseEnd "expected-close-end",
    ExpectedClose "expected-close",
    Unexpected "unexpected",
    MatrixEntries "matrix-entries",
    ExpectedEnd "expected-end",
    ExpectedAfterEnd "expected-after-end",
    Expected "expected",
    ExpectedAfter "expected-after",
    UnknownName "unknown-name",
    UnknownFunction "unknown-function",
    ValueCalled "value-called",
    FunctionUsed "function-used",
    Recursion "recursion",
    SameParameters "same-parameters",
    ArgumentsOrMore "arguments-or-more",
    OneArgument "one-argument",
    Arguments "arguments",
    ToOneArgument "to-one-argument",
    ToArguments "to-arguments",
    NamedFirst "named-first",
    UnknownArgument "unknown-argument",
    NotConstant "not-constant",
    NotScalar "not-scalar",
    Broadcast "broadcast",
    Product "product",
    Differ "differ",
    Columns "columns",
    Rows "rows",
    OneIndex "one-index",
    GeneratorElsewhere "generator-elsewhere",
    Size "size",
    TimesBetweenMatrices "times-between-matrices",
    Ragged "ragged",
    BuiltIn "built-in",
    ValueAndFunction "value-and-function",
    TwoNames "two-names",
    BatchWithoutDataSet "batch-without-data-set",
    RepeatCount "repeat-count",
    SecondMinimize "second-minimize",
    LossNotScalar "loss-not-scalar",
    NoLoss "no-loss",
    MatrixTooLarge "matrix-too-large",
    GraphTooLarge "graph-too-large",
    TooManyOperators "too-many-operators",
    TooManyOperations "too-many-operations",
    TooMuchWork "too-much-work",
    CallsTooDeep "calls-too-deep",
    Beyond "beyond",
    Name "name",
    Value "value",
}
