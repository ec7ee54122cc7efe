//! The bounds of what a graph may ask for, from both sides: at the bound it
//! works, one beyond is a fault that names the place.

use chalkgrad::graph::{
    self, BuildFault, Graph, GraphBuilder, MAX_NUMBERS, MAX_OPERATORS, MAX_PAGE_OPERATIONS, Read,
};
use chalkgrad::matrix::{Matrix, Shape};
use chalkgrad::notation::{Explain, Language, LineIndex};
use chalkgrad::tape::Tape;

/// `line:column message` of each fault.
fn told(program: &str, read: &Read, language: Language) -> Vec<String> {
    let index = LineIndex::new(program);
    let told = read.faults.iter().map(|fault| {
        let place = index.place(fault.span());
        let message = fault.message(language.sentences());
        format!("{}:{} {message}", place.line, place.column)
    });
    told.collect()
}

#[track_caller]
fn faults(program: &str) -> Vec<String> {
    told(program, &graph::read(program), Language::En)
}

#[track_caller]
fn works(program: &str) -> Graph {
    let read = graph::read(program);
    assert_eq!(told(program, &read, Language::En), [""; 0]);
    read.graph.expect("a graph")
}

fn operators(graph: &Graph) -> usize {
    let nodes = graph.nodes().iter();
    nodes.filter(|node| node.application().is_some()).count()
}

#[test]
fn the_line_that_makes_one_operator_too_many_is_named() {
    let most = "param x = 1\nrepeat 1000 { repeat 20 { x = -x } }\n";
    let graph = works(most);
    assert_eq!(operators(&graph), MAX_OPERATORS);
    assert_eq!(
        faults(&format!("{most}y = 2\nz = x + y")),
        ["4:5 The graph has more than 20000 operators from here on."]
    );
}

#[test]
fn a_block_is_repeated_a_thousand_times() {
    let graph = works("param x = 0\nrepeat 1000 { x = x + 1 }");
    assert_eq!(operators(&graph), 1000);
    assert_eq!(
        faults("param x = 0\nrepeat 1001 { x = x + 1 }"),
        ["2:8 A block can be repeated 1 to 1000 times, not 1001."]
    );
}

#[test]
fn a_text_has_64_kib() {
    let text = |bytes: usize| format!("y = 1 #{}", "-".repeat(bytes - 7));
    works(&text(64 * 1024));
    assert_eq!(
        faults(&text(64 * 1024 + 1)),
        ["1:65537 The program has 65537 bytes; at most 65536 can be read."]
    );
}

/// A line is visited, and each piece of its expression.
#[test]
fn so_many_pieces_are_visited() {
    let almost = "repeat 1000 { repeat 99 { k = 1 } }\nrepeat 999 { k = 1 }\n";
    works(&format!("{almost}y = 1"));
    assert_eq!(
        faults(&format!("{almost}y = -1")),
        ["3:5 Unrolled, the program has more than 200000 pieces from here on."]
    );
}

#[test]
fn a_matrix_has_a_million_numbers() {
    works("data a = zeros(1000, 1000)\ny = 1");
    works("data a = ones(1000, 1)\nparam b = ones(1, 1000)\ny = sum(a @ b)");
    let message = "A matrix of 101×9901 has more than 1000000 numbers.";
    let one_more = "data a = zeros(101, 9901)\ny = 1";
    assert_eq!(faults(one_more), [format!("1:10 {message}")]);
    for one_more in [
        "data a = ones(101, 1)\nparam b = ones(1, 9901)\ny = sum(a @ b)",
        "data a = ones(101, 1)\nparam b = ones(1, 9901)\ny = sum(a + b)",
    ] {
        assert_eq!(faults(one_more), [format!("3:9 {message}")], "{one_more}");
    }
}

/// Values and gradients: 16 bytes a number.
#[test]
fn all_matrices_take_256_mib() {
    assert_eq!(16 * MAX_NUMBERS, 256 << 20);
    let mut program = String::new();
    for index in 0..MAX_NUMBERS / 1_000_000 {
        program += &format!("data a{index} = zeros(1000, 1000)\n");
    }
    let rest = MAX_NUMBERS % 1_000_000;
    let with = |rest: usize| format!("{program}data b = zeros(1, {rest})\ny = 1");
    works(&with(rest - 1));
    assert_eq!(
        faults(&with(rest)),
        ["18:5 All matrices together need more than 256 MiB."]
    );
}

/// Ones of 100×100 twice are 20,000 numbers to make; the product takes a million
/// multiply-adds forward and as many to each operand, the sum 10,000 twice.
const PRODUCT: &str = "data A = ones(100, 100)\nparam B = ones(100, 100)\nC = A @ B\nL = sum(C)";
const PRODUCT_TAKES: u64 = 20_000 + 3_000_000 + 20_000;

#[test]
fn multiply_adds_are_bounded_where_it_is_asked_for() {
    assert!(graph::read_within(PRODUCT, PRODUCT_TAKES).graph.is_some());
    let over = graph::read_within(PRODUCT, PRODUCT_TAKES - 1);
    assert!(over.graph.is_none());
    assert_eq!(
        told(PRODUCT, &over, Language::En),
        ["4:5 With this “sum” to 1×1, the program takes 3040000 multiply-adds, more than 3039999."]
    );
    let over = graph::read_within(PRODUCT, 2_000_000);
    assert_eq!(
        told(PRODUCT, &over, Language::En),
        [
            "3:5 With this “@” to 100×100, the program takes 3020000 multiply-adds, more than 2000000."
        ]
    );
    assert_eq!(
        told(PRODUCT, &over, Language::Zh),
        ["3:5 加上这里得到 100×100 的“@”，这个程序需要 3020000 次乘加，超过了 2000000 次。"]
    );
}

#[test]
fn a_page_has_a_bound_and_the_command_line_has_none() {
    let square = |side: usize| PRODUCT.replace("100", &side.to_string());
    let read = |program: &str| graph::read_within(program, MAX_PAGE_OPERATIONS);
    assert!(read(&square(320)).graph.is_some());
    let over = square(323);
    assert!(read(&over).faults.len() == 1 && read(&over).graph.is_none());
    works(&over);
}

/// What is worked out before the graph runs would keep a page waiting as well.
#[test]
fn what_is_known_before_counts_too() {
    let program = "data A = ones(100, 100)\ndata B = A @ A\ny = sum(B)";
    let over = graph::read_within(program, 1_000_000);
    assert_eq!(
        told(program, &over, Language::En),
        [
            "2:10 With this “@” to 100×100, the program takes 1010000 multiply-adds, more than 1000000."
        ]
    );
    let program = "data A = ones(1000, 1000)\ny = 1";
    let over = graph::read_within(program, 999_999);
    assert_eq!(
        told(program, &over, Language::En),
        [
            "1:10 With this “ones” to 1000×1000, the program takes 1000000 multiply-adds, more than 999999."
        ]
    );
}

#[test]
fn a_builder_is_bounded_alike() {
    let mut builder = GraphBuilder::within(3_000_000);
    let side = Shape::new(100, 100);
    let a = builder.param("A", Matrix::zeros(side)).expect("fits");
    let product = builder.apply("matmul", &[a, a], &[]).expect("just as many");
    let fault = builder.apply("sum", &[product], &[]).expect_err("too many");
    assert_eq!(
        fault.to_string(),
        "with “sum” to 1×1 there are 3020000 multiply-adds, more than 3000000"
    );
    assert!(matches!(fault, BuildFault::TooManyOperations { .. }));
    assert!(builder.node(2).is_none(), "what is refused leaves no node");
}

/// Neither the reader nor the walker recurses, whatever the shapes.
#[test]
fn a_chain_of_twenty_thousand_operators_on_matrices_works() {
    let most = "param W = [0, -1; 1, 0]\nx = [1, 2; 3, 4]\n\
                repeat 1000 { repeat 19 { x = W @ x } }\n\
                repeat 999 { x = x' }\nL = sum(x)";
    let graph = works(most);
    assert_eq!(operators(&graph), MAX_OPERATORS);
    let mut tape = Tape::compile(&graph);
    tape.forward();
    tape.backward();
    // 19,000 quarter turns are 4,750 whole ones, and 999 transposes are one.
    let x = graph.find("x").expect("bound");
    assert_eq!(tape.value(x), [1.0, 3.0, 2.0, 4.0]);
    let w = graph.find("W").expect("bound");
    assert!(tape.gradient(w).iter().all(|entry| entry.abs() > 1000.0));
    assert_eq!(
        faults(&format!("{most}\nz = -L")),
        ["6:5 The graph has more than 20000 operators from here on."]
    );
}
