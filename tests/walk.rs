//! A walk through one update: its moves, and the gradients between them.

#[path = "programs/read.rs"]
mod read;

use chalkgrad::formula::{self, Label, Labels};
use chalkgrad::graph::Graph;
use chalkgrad::tape::Tape;
use chalkgrad::walk::{Move, details, walk};
use serde_json::Value;

use read::read;

const REFERENCE: &str = include_str!("reference/gradients.jsonl");

/// A tape after its forward and backward pass.
fn passed(graph: &Graph) -> Tape {
    let mut tape = Tape::compile(graph);
    tape.forward();
    tape.backward();
    tape
}

/// The moves of a program: `→h`, `L`, `←h`, `W1`.
fn moves(program: &str) -> String {
    let graph = read(program);
    let labels = Labels::of(&graph);
    let moves = walk(&graph).into_iter().map(|made| match made {
        Move::Forward(node) => format!("→{}", labels.plain(node)),
        Move::Loss => "L".to_owned(),
        Move::Backward(node) => format!("←{}", labels.plain(node)),
        Move::Update(node) => labels.plain(node),
    });
    moves.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_walk_goes_forward_through_the_loss_back_and_updates() {
    assert_eq!(
        moves("param x = 2\ny = 4x^2"),
        "→x² →y L ←y ←x² x",
        "the lesson"
    );
    let perceptron = "data x = [1; 2]\nparam W1 = normal(3, 2)\nparam W2 = normal(1, 3)\n\
                      z = W1 @ x\nh = tanh(z)\no = W2 @ h\nL = squared_error(o, 1)";
    assert_eq!(
        moves(perceptron),
        "→z →h →o →L L ←L ←o ←h ←z W1 W2",
        "the perceptron"
    );
}

#[test]
fn a_walk_is_what_there_is() {
    for (program, expected) in [
        ("param x = 2\nminimize x", "L x"),
        ("y = 3", "L"),
        ("data x = 2\ny = x^2", "→y L ←y"),
        // The loss does not depend on z; it is computed, and p is moved by 0.
        (
            "param x = 2\nparam p = 1\ny = x^2\nz = p + 1\nminimize y",
            "→y →z L ←y x p",
        ),
    ] {
        assert_eq!(moves(program), expected, "{program}");
    }
}

#[test]
fn after_all_operators_the_gradients_are_those_of_the_backward_pass() {
    for line in REFERENCE.lines() {
        let entry: Value = serde_json::from_str(line).expect("a line of JSON");
        let graph = read(entry["program"].as_str().expect("a program"));
        let tape = passed(&graph);
        let moves = walk(&graph);
        let back = |made: &&Move| matches!(made, Move::Backward(_));
        let operators = moves.iter().filter(back).count();
        let bits = |gradients: &[f64]| gradients.iter().map(|g| g.to_bits()).collect::<Vec<_>>();
        let all = bits(tape.gradients());
        let name = &entry["name"];
        for more in [operators, operators + 1, usize::MAX] {
            assert_eq!(bits(&tape.gradients_after(more)), all, "{name}");
        }
        // An operator's operands have no gradient before their turn.
        for (passed, made) in moves.iter().filter(back).enumerate() {
            let Move::Backward(node) = made else { continue };
            let gradients = tape.gradients_after(passed);
            let made = graph.node(*node).application().expect("computed");
            for &operand in &made.operands {
                let later = moves.iter().filter(back).take(passed).any(|earlier| {
                    let Move::Backward(earlier) = earlier else {
                        return false;
                    };
                    let user = graph.node(*earlier).application().expect("computed");
                    user.operands.contains(&operand)
                });
                if !later {
                    let slot = tape.slot(operand).range();
                    let none = gradients[slot].iter().all(|&gradient| gradient == 0.0);
                    assert!(none, "{name}");
                }
            }
        }
    }
}

#[test]
fn the_gradient_of_a_node_used_twice_fills_in_parts() {
    // y = x·x³: the sum of x³ from the product and 3x²·x from the power.
    let graph = read("param x = 2\nc = x^3\ny = x * c");
    let tape = passed(&graph);
    let x = tape.slot(graph.find("x").expect("x")).offset;
    let c = tape.slot(graph.find("c").expect("c")).offset;
    let after = |operators| {
        let gradients = tape.gradients_after(operators);
        (gradients[c], gradients[x])
    };
    assert_eq!(after(0), (0.0, 0.0));
    assert_eq!(after(1), (2.0, 8.0));
    assert_eq!(after(2), (2.0, 32.0));
    let y = tape.slot(graph.loss()).offset;
    assert_eq!(tape.gradients_after(0)[y], 1.0);
}

/// The details of a program's moves: the formulas, with a star at those which are
/// a part of the gradient, and the nodes that take part.
fn told(program: &str) -> Vec<String> {
    let graph = read(program);
    let labels = Labels::of(&graph);
    let written = |label: &Label| formula::plain(label);
    let details = details(&graph, &labels);
    let moves: Vec<Move> = details.iter().map(|detail| detail.made).collect();
    assert_eq!(moves, walk(&graph));
    let told = details.iter().map(|detail| {
        let operands = detail.operands.iter().map(|operand| {
            let star = if operand.is_part { "*" } else { "" };
            labels.plain(operand.node) + star
        });
        let operands = operands.collect::<Vec<_>>().join(",");
        let formulas = detail.formulas.iter().map(written);
        let formulas = formulas.collect::<Vec<_>>().join("; ");
        format!("{operands}: {formulas}")
    });
    told.collect()
}

#[test]
fn each_move_has_its_formulas() {
    let perceptron = "data x = [1; 2]\ndata y = 1\nparam W1 = normal(3, 2)\n\
                      param W2 = normal(1, 3)\nz = W1 @ x\nh = tanh(z)\no = W2 @ h\n\
                      L = squared_error(o, y)";
    let expected = [
        "W1,x: z = W1x",
        "z: h = tanh(z)",
        "W2,h: o = W2h",
        "o,y: L = squared_error(o, y)",
        ": ∂L/∂L = 1",
        "o,y: ∂L/∂o = o − y; ∂L/∂y = y − o",
        "W2,h: ∂L/∂W2 = ∂L/∂o hᵀ; ∂L/∂h = W2ᵀ ∂L/∂o",
        "z: ∂L/∂z = ∂L/∂h ⊙ (1 − h²)",
        "W1,x: ∂L/∂W1 = ∂L/∂z xᵀ; ∂L/∂x = W1ᵀ ∂L/∂z",
        ": W1 ← W1 − η ∂L/∂W1",
        ": W2 ← W2 − η ∂L/∂W2",
    ];
    assert_eq!(told(perceptron), expected);
}

#[test]
fn what_is_given_comes_last_and_numbers_are_left_out() {
    let expected = [
        "a,x: y = a · x",
        "y: L = 4y",
        ": ∂L/∂L = 1",
        "y: ∂L/∂y = 4",
        "x,a: ∂L/∂x = ∂L/∂y · a; ∂L/∂a = ∂L/∂y · x",
        ": x ← x − η ∂L/∂x",
    ];
    assert_eq!(told("data a = 3\nparam x = 2\ny = a * x\nL = 4y"), expected);
}

#[test]
fn a_contribution_is_a_part_where_another_operator_has_one_too() {
    let expected = [
        "x: c = x³",
        "x,c: y = x · c",
        ": ∂y/∂y = 1",
        "x*,c: ∂y/∂x = c; ∂y/∂c = x",
        "x*: ∂y/∂x = ∂y/∂c · 3x²",
        ": x ← x − η ∂y/∂x",
    ];
    assert_eq!(told("param x = 2\nc = x^3\ny = x * c"), expected);
    // Used twice by one operator it is whole; and what the loss does not depend
    // on contributes nothing.
    let expected = [
        "x: y = x · x",
        "x: z = x + 1",
        ": ∂y/∂y = 1",
        "x: ∂y/∂x = x + x",
        ": x ← x − η ∂y/∂x",
    ];
    assert_eq!(
        told("param x = 2\ny = x * x\nz = x + 1\nminimize y"),
        expected
    );
}
