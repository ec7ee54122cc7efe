//! The same formulas as MathML and as LaTeX.

use chalkgrad::derivation::{Derivations, Form};
use chalkgrad::formula::{Labels, aligned, latex, mathml, text};
use chalkgrad::graph::Graph;

use crate::PROGRAMS;
use crate::read::read;

const PERCEPTRON: &str = include_str!("../programs/perceptron.txt");

fn equation(
    program: &str,
    key: &str,
    form: Form,
    write: impl Fn(&chalkgrad::formula::Formula) -> String,
) -> String {
    let graph = read(program);
    let labels = Labels::of(&graph);
    let node = graph.find(key).expect("a name");
    write(&Derivations::of(&graph, &labels).equation(node, form))
}

#[test]
fn latex_is_what_one_would_write() {
    for (key, form, expected) in [
        (
            "o",
            Form::Explicit,
            r"\frac{\partial L}{\partial o} = o - y",
        ),
        (
            "h",
            Form::Explicit,
            r"\frac{\partial L}{\partial h} = W_{2}^{\top} \, \frac{\partial L}{\partial o}",
        ),
        (
            "z",
            Form::Explicit,
            r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial h} \odot \varphi'(z)",
        ),
        (
            "z",
            Form::Chain,
            r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial h} \cdot \frac{\partial h}{\partial z}",
        ),
        (
            "W1",
            Form::Full,
            r"\frac{\partial L}{\partial W_{1}} = \operatorname{prod}\left(\underbrace{\frac{\partial L}{\partial o}, \frac{\partial o}{\partial h}, \frac{\partial h}{\partial z}}_{\frac{\partial L}{\partial z}}, \frac{\partial z}{\partial W_{1}}\right)",
        ),
    ] {
        assert_eq!(equation(PERCEPTRON, key, form, latex), expected);
    }
    let of = |expression: &str| {
        let program = format!(
            "param x = 2\nparam a_b = 3\nparam θ = 1\nparam 损失 = 1\nparam long = 2\ny = {expression}"
        );
        let latex = equation(&program, "x", Form::Explicit, latex);
        latex.split_once(" = ").expect("two sides").1.to_owned()
    };
    assert_eq!(of("θ * x"), r"\theta");
    assert_eq!(of("a_b * x"), r"\mathit{a\_b}");
    assert_eq!(of("损失 * x"), r"\text{损失}");
    assert_eq!(of("long * x"), r"\mathit{long}");
    assert_eq!(of("sqrt(x)"), r"\frac{1}{2 y}");
    assert_eq!(of("1e-9 x"), r"1 \times 10^{-9}");
    // Every digit, to be worked with.
    assert_eq!(of("0.123456789 x"), "0.123456789");
    assert_eq!(of("x^(θ + 1)"), r"(\theta + 1) \cdot x^{\theta + 1 - 1}");
    assert_eq!(of("exp(x / θ) * θ"), of("θ * exp(x / θ)"));
}

#[test]
fn which_use_it_is_stands_beside_brackets() {
    let program = "param x = 2\ny = x * x\nz = 3y";
    let text = equation(program, "x", Form::Chain, latex);
    let part =
        r"\frac{\partial z}{\partial y} \cdot \left(\frac{\partial y}{\partial x}\right)_{2}";
    assert!(text.ends_with(part), "{text}");
    let text = equation(program, "x", Form::Chain, mathml);
    assert!(text.contains("<mn>2</mn></mrow></msub>"), "{text}");
}

#[test]
fn names_are_what_tex_takes() {
    for (name, expected) in [
        ("_1", r"{\_}_{1}"),
        ("ο", "o"),
        ("Α", r"\mathrm{A}"),
        ("Ε", r"\mathrm{E}"),
        ("Χ", r"\mathrm{X}"),
        ("Ω", r"\Omega"),
        ("Γ", r"\Gamma"),
        ("ŷ", r"\hat{y}"),
    ] {
        let program = format!("param x = 2\nparam {name} = 3\ny = {name} * x");
        let latex = equation(&program, "x", Form::Explicit, latex);
        assert_eq!(latex.split_once(" = ").expect("two sides").1, expected);
    }
    let program =
        "param weights = ones(2, 2)\nparam input = ones(2, 2)\nL = sum((weights @ input)^2)";
    let graph = read(program);
    let product = graph.ids().nth(2).expect("a product");
    let product = Labels::of(&graph).formula(product).clone();
    assert_eq!(latex(&product), r"\mathit{weights} \, \mathit{input}");
    let bound_again = "param h = 2\nh = h^2\nh = h^2\nL = 3h";
    let squared = equation(bound_again, "h#1", Form::Explicit, latex);
    assert!(squared.ends_with(r"2 h^{(1)}"), "{squared}");
    let constant = equation(
        "param W = ones(2, 2)\nL = sum([1, 2; 3, 4] @ W)",
        "W",
        Form::Explicit,
        text,
    );
    assert!(constant.contains("(2×2)ᵀ"), "{constant}");
    let exponent = equation(
        "param x = 5\nparam p = 2\nL = x^(p + 1)",
        "x",
        Form::Explicit,
        text,
    );
    assert!(exponent.ends_with("(p + 1) · x^(p + 1 − 1)"), "{exponent}");
}

#[test]
fn equations_are_aligned_at_their_first_signs() {
    let graph = read(PERCEPTRON);
    let labels = Labels::of(&graph);
    let derivations = Derivations::of(&graph, &labels);
    let steps = derivations.steps().iter();
    let equations: Vec<_> = steps
        .map(|step| derivations.equation(step.node, Form::Explicit))
        .collect();
    let text = aligned(&equations);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 7);
    assert_eq!(lines[0], r"\begin{aligned}");
    assert_eq!(lines[1], r"\frac{\partial L}{\partial o} &= o - y \\");
    assert_eq!(
        lines[5],
        r"\frac{\partial L}{\partial W_{1}} &= \frac{\partial L}{\partial z} \, x^{\top}"
    );
    assert_eq!(lines[6], r"\end{aligned}");
    let program = "param b = [1; 2]\nparam a = 1\nz = b + ones(2, 3)\nL = sum(z) - a"
        .replace("ones(2, 3)", "[1, 2, 3; 4, 5, 6]");
    let graph = read(&program);
    let labels = Labels::of(&graph);
    let derivations = Derivations::of(&graph, &labels);
    let steps = derivations.steps().iter();
    let equations: Vec<_> = steps
        .map(|step| derivations.equation(step.node, Form::Explicit))
        .collect();
    let text = aligned(&equations);
    assert_eq!(text.matches(" &= ").count(), equations.len(), "{text}");
}

#[test]
fn mathml_carries_what_factors_stand_for() {
    let graph = read(PERCEPTRON);
    let [h, z] = ["h", "z"].map(|key| graph.find(key).expect("a name").index());
    let text = equation(PERCEPTRON, "z", Form::Explicit, mathml);
    let d = "<mo form=\"prefix\" lspace=\"0\" rspace=\"0\">∂</mo>";
    let gradient = |of: &str| {
        format!("<mfrac><mrow>{d}<mi>L</mi></mrow><mrow>{d}<mi>{of}</mi></mrow></mfrac>")
    };
    let expected = format!(
        "<math><mrow><mrow data-of=\"g{z}\">{}</mrow><mo>=</mo>\
         <mrow class=\"reused\" data-of=\"g{h}\">{}</mrow><mo>⊙</mo>\
         <mrow data-of=\"d{h}.0\"><mi>φ</mi><mo lspace=\"0\" rspace=\"0\">′</mo>\
         <mrow><mo stretchy=\"false\" form=\"prefix\">(</mo><mrow data-of=\"v{z}\"><mi>z</mi></mrow>\
         <mo form=\"postfix\" stretchy=\"false\">)</mo></mrow></mrow></mrow></math>",
        gradient("z"),
        gradient("h"),
    );
    assert_eq!(text, expected);
}

/// Where a sum is long it goes on in another line.
#[test]
fn a_sum_is_several_pieces_of_mathml() {
    let text = equation("param x = 2\ny = x * x", "x", Form::Explicit, mathml);
    assert_eq!(text.matches("<math>").count(), 2, "{text}");
    assert_eq!(text.matches("</math> <math>").count(), 1, "{text}");
}

/// Every tag that is opened is closed, in order, and what stands for something names a
/// node that there is.
#[test]
fn mathml_is_well_formed() {
    let odd = "param a_long_name = 2\nparam θ = 1\nparam 损失 = 3\nparam A = ones(2, 2)\n\
               z = sqrt(abs(a_long_name)) / θ^2 + max(损失, θ) - A[1, 2]\n\
               B = hcat(A, A' @ A)\nL = z + sum(softmax(B)) + sum(sum_rows(B)) - mean(relu(B))";
    let programs = PROGRAMS.map(|(_, file)| file.split_once("---\n").expect("dashes").0);
    for program in programs.into_iter().chain([odd]) {
        let graph = read(program);
        let labels = Labels::of(&graph);
        let derivations = Derivations::of(&graph, &labels);
        for node in graph.ids().filter(|&node| graph.has_gradient(node)) {
            for form in Form::ALL {
                let equation = derivations.equation(node, form);
                for formula in [vec![equation], derivations.notes(node, form)].concat() {
                    check(&mathml(&formula), &graph);
                    let latex = latex(&formula);
                    let count = |brace: &str| latex.matches(brace).count();
                    assert_eq!(count("{"), count("}"), "{latex}");
                    assert_eq!(count(r"\left"), count(r"\right"), "{latex}");
                }
            }
        }
    }
}

fn check(text: &str, graph: &Graph) {
    let mut open: Vec<&str> = Vec::new();
    for (at, _) in text.match_indices('<') {
        let tag = &text[at + 1..at + text[at..].find('>').expect("an end")];
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{text}"),
            None => open.push(tag.split(' ').next().expect("a name")),
        }
        let Some((_, of)) = tag.split_once("data-of=\"") else {
            continue;
        };
        for key in of.trim_end_matches('"').split(' ') {
            let node = key[1..].split('.').next().expect("a node");
            let node: usize = node.parse().expect("a number");
            assert!(node < graph.nodes().len(), "{key}");
            assert!("vgd".contains(&key[..1]), "{key}");
        }
    }
    assert!(open.is_empty(), "{open:?} of {text}");
}
