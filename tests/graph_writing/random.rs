//! Random graphs and random programs, written and read back.

use chalkgrad::graph::{Graph, GraphBuilder, NodeId, read, write};
use chalkgrad::matrix::{Matrix, Shape};
use chalkgrad::ops;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::same::assert_same;
use super::{build, programs};

const NAMES: &[&str] = &[
    "x", "W₁", "损失", "c", "c", "e", "σ", "v1", "v₂", "v_1", "t",
];

fn numbers() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -4.0..4.0_f64,
        2 => select(&[0.0, -0.0, 1.0, 2.0, 1e300, 5e-324, f64::INFINITY, f64::NEG_INFINITY, f64::NAN][..]),
        1 => any::<f64>(),
    ]
}

fn matrices() -> impl Strategy<Value = Matrix> {
    let shapes = select(&[(1, 1), (1, 1), (1, 1), (2, 1), (1, 3), (2, 3)][..]);
    shapes.prop_flat_map(|(rows, columns)| {
        vec(numbers(), rows * columns)
            .prop_map(move |data| Matrix::new(Shape::new(rows, columns), data).expect("as many"))
    })
}

/// One call of the builder; nodes are chosen among those there are.
#[derive(Clone, Debug)]
enum Call {
    Data(&'static str, Matrix),
    Param(&'static str, Matrix),
    Constant(Matrix),
    Apply(Index, Vec<Index>, Option<f64>),
    /// As in nested expressions: on the nodes that were made last.
    ApplyToLast(Index, Option<f64>),
    Name(&'static str, Index),
    NameLast(&'static str),
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let name = || select(NAMES);
    let constant = || prop::option::weighted(0.3, numbers());
    let call = prop_oneof![
        1 => (name(), matrices()).prop_map(|(name, value)| Call::Data(name, value)),
        1 => (name(), matrices()).prop_map(|(name, value)| Call::Param(name, value)),
        3 => matrices().prop_map(Call::Constant),
        4 => (any::<Index>(), vec(any::<Index>(), 3), constant())
            .prop_map(|(operator, operands, constant)| Call::Apply(operator, operands, constant)),
        6 => (any::<Index>(), constant()).prop_map(|(operator, constant)| Call::ApplyToLast(operator, constant)),
        1 => (name(), any::<Index>()).prop_map(|(name, node)| Call::Name(name, node)),
        2 => name().prop_map(Call::NameLast),
    ];
    vec(call, 1..40)
}

/// The graph that such calls build, of which those that don't fit do nothing.
fn built(calls: Vec<Call>, loss: Index) -> Option<Graph> {
    let mut builder = GraphBuilder::new();
    let mut nodes: Vec<NodeId> = Vec::new();
    let table: Vec<_> = ops::table().collect();
    for call in calls {
        let made = match call {
            Call::Data(name, value) => builder.data(name, value),
            Call::Param(name, value) => builder.param(name, value),
            Call::Constant(value) => builder.constant(value),
            Call::Apply(operator, operands, constant) if !nodes.is_empty() => {
                let operator = table[operator.index(table.len())];
                let operands: Vec<NodeId> = operands[..operator.arity.least()]
                    .iter()
                    .map(|operand| *operand.get(&nodes))
                    .collect();
                let constants: Vec<f64> = constant.into_iter().collect();
                builder.apply(operator.name, &operands, &constants)
            }
            Call::ApplyToLast(operator, constant) => {
                let operator = table[operator.index(table.len())];
                let Some(from) = nodes.len().checked_sub(operator.arity.least()) else {
                    continue;
                };
                let constants: Vec<f64> = constant.into_iter().collect();
                builder.apply(operator.name, &nodes[from..], &constants)
            }
            Call::Name(name, node) if !nodes.is_empty() => {
                builder.name(name, *node.get(&nodes));
                continue;
            }
            Call::NameLast(name) if !nodes.is_empty() => {
                builder.name(name, nodes[nodes.len() - 1]);
                continue;
            }
            _ => continue,
        };
        nodes.extend(made);
    }
    let scalars = nodes
        .into_iter()
        .filter(|&node| builder.shape(node).is_some_and(Shape::is_scalar));
    let scalars: Vec<NodeId> = scalars.collect();
    let loss = (!scalars.is_empty()).then(|| *loss.get(&scalars))?;
    Some(build(builder, loss))
}

/// Lines of programs, which may have names that nothing was bound to.
fn program() -> impl Strategy<Value = String> {
    let leaf = || {
        prop_oneof![
            3 => select(&["x", "w", "c", "K", "2", "0.5", "-3", "pi", "[1, -2]", "f(2)", "K[1, 2]", "x'", "[w, x[2]]"][..]).prop_map(String::from),
            1 => numbers().prop_filter("finite", |value| value.is_finite()).prop_map(|value| format!("({value})")),
        ]
    };
    let expression = || {
        leaf().prop_recursive(5, 20, 2, |inner| {
            let infix = select(&["+", "-", "*", "/", "^", "@"][..]);
            let call = select(&["tanh", "exp", "sum", "sum_cols", "softmax", "leaky_relu", "f", "-"][..]);
            prop_oneof![
                3 => (inner.clone(), infix, inner.clone()).prop_map(|(a, sign, b)| format!("({a}) {sign} ({b})")),
                2 => (call, inner.clone()).prop_map(|(name, of)| format!("{name}({of})")),
                1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("max({a}, {b})")),
                1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("hcat({a}, {b}, {a})")),
                1 => inner.prop_map(|of| format!("({of})'")),
            ]
        })
    };
    let name = || select(&["c", "K", "z", "L"][..]);
    let line = prop_oneof![
        4 => (name(), expression()).prop_map(|(name, value)| format!("{name} = {value}")),
        1 => (name(), expression()).prop_map(|(name, value)| format!("repeat 3 {{ {name} = {value} + t }}")),
        1 => (name(), name()).prop_map(|(name, other)| format!("{name} = {other}")),
    ];
    vec(line, 1..8).prop_map(|lines| {
        let head = "data x = [0.5, 2]\nparam w = -1.25\nK = [3, 4]\nc = w\nz = x\nL = w\nfn f(u) = u * w - tanh(u)\n";
        format!("{head}{}\nloss = sum(L)\nminimize loss", lines.join("\n"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_the_builder_made_is_read_back(calls in calls(), loss in any::<Index>()) {
        if let Some(graph) = built(calls, loss) {
            let text = write(&graph).expect("short, and of good names");
            assert_same(&graph, &programs::read(&text), &text);
        }
    }

    #[test]
    fn what_a_program_made_is_read_back(program in program()) {
        let read = read(&program);
        prop_assert!(read.graph.is_some() || !read.faults.is_empty());
        if let Some(graph) = read.graph {
            let text = write(&graph).expect("short, and of good names");
            let again = programs::read(&text);
            assert_same(&graph, &again, &text);
            prop_assert_eq!(write(&again), Ok(text), "written once, it stays");
        }
    }
}
