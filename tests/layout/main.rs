//! Places: what holds of every picture, and how good the lecture's are.

#[path = "../programs/read.rs"]
mod read;

mod edits;
mod folds;
mod picture;
mod programs;
mod random;

use chalkgrad::layout::{
    Direction, Form, Item, Layout, Operand, Operator, Options, Role, Scene, Size, place, shown,
};
use chalkgrad::matrix::Shape;

use picture::{crossings, faults};
use programs::{BATCH, MICROGRAD, PERCEPTRON, RECURRENT};
use read::read;

const ACROSS: Options = Options {
    direction: Direction::Right,
    room: None,
};
const DOWN: Options = Options {
    direction: Direction::Down,
    room: None,
};
/// Both directions, in one row and wrapped.
const ALL: [Options; 4] = [
    ACROSS,
    DOWN,
    Options {
        direction: Direction::Right,
        room: Some(900.0),
    },
    Options {
        direction: Direction::Down,
        room: Some(500.0),
    },
];

fn scene(program: &str) -> Scene {
    Scene::of(&read(program))
}

/// With derivatives of several widths at the edges, and updates beside parameters.
fn with_texts(mut scene: Scene) -> Scene {
    for (index, operator) in scene.operators.iter_mut().enumerate() {
        for operand in &mut operator.operands {
            let width = [8.0, 30.0, 64.0, 150.0][(index + operand.slot) % 4];
            operand.label = Some(Size::new(width, 17.0));
        }
    }
    for item in &mut scene.nodes {
        if item.role == Role::Param {
            item.note = Some(Size::new(200.0, 20.0));
        }
    }
    scene
}

/// The nodes from the loss back along straight edges.
fn chain(scene: &Scene, layout: &Layout, direction: Direction) -> Vec<usize> {
    let mut chain = vec![scene.loss];
    loop {
        let at = chain[chain.len() - 1];
        let maker = scene
            .operators
            .iter()
            .position(|operator| operator.output == at);
        let main = maker.and_then(|maker| {
            layout.edges.iter().find(|edge| {
                let (from, to) = (edge.points[0], edge.points[edge.points.len() - 1]);
                let along = match direction {
                    Direction::Right => from.y == to.y,
                    Direction::Down => from.x == to.x,
                };
                edge.operator == maker && edge.slot.is_some() && edge.points.len() == 2 && along
            })
        });
        match main {
            Some(edge) => chain.push(edge.node),
            None => return chain,
        }
    }
}

#[track_caller]
fn assert_good(name: &str, scene: &Scene, options: Options) {
    let layout = place(scene, options);
    let found = faults(scene, &layout);
    assert!(
        found.is_empty(),
        "{name}, {options:?}: {} faults\n{}",
        found.len(),
        found[..found.len().min(10)].join("\n")
    );
}

#[test]
fn nothing_overlaps_in_any_program() {
    for (name, program) in programs::all() {
        let plain = scene(&program);
        let full = with_texts(plain.clone());
        for options in ALL {
            assert_good(&name, &plain, options);
            assert_good(&name, &full, options);
        }
    }
}

#[test]
fn nothing_overlaps_in_random_graphs() {
    for (operators, seed) in [(500, 1), (500, 2), (5000, 3)] {
        let scene = Scene::of(&random::graph(operators, seed));
        assert_good("random", &scene, ACROSS);
    }
    for seed in 0..60 {
        let scene = with_texts(Scene::of(&random::graph(5 + seed as usize, seed)));
        for options in ALL {
            assert_good("random", &scene, options);
        }
    }
}

#[test]
fn the_chain_is_one_straight_line() {
    for (name, program, length) in [
        ("perceptron", PERCEPTRON, 5),
        ("batch", BATCH, 7),
        ("recurrent", RECURRENT, 17),
        ("micrograd", MICROGRAD, 13),
    ] {
        for options in [ACROSS, DOWN] {
            let scene = scene(program);
            let layout = place(&scene, options);
            assert_eq!(
                chain(&scene, &layout, options.direction).len(),
                length,
                "{name}"
            );
        }
    }
}

/// How often edges cross as rust-sugiyama 0.4 places the same graphs, where they
/// do at all; `random-9` has one here.
const ELSEWHERE: &[(&str, usize)] = &[
    ("hill", 1),
    ("matrix-of-expressions", 1),
    ("micrograd", 6),
    ("parts that don't reach the loss", 2),
    ("random-10", 1),
    ("random-11", 8),
    ("random-12", 3),
    ("random-15", 1),
    ("random-16", 3),
    ("random-18", 10),
    ("random-19", 3),
    ("random-2", 7),
    ("random-20", 2),
    ("random-21", 2),
    ("random-23", 4),
    ("random-25", 2),
    ("random-4", 8),
    ("random-5", 1),
    ("random-6", 3),
    ("random-7", 1),
    ("random-9", 1),
    ("rebinding", 9),
    ("recurrent", 7),
    ("recurrent-4-steps", 6),
    ("sums of sums", 1),
];

#[test]
fn few_edges_cross() {
    for (name, program) in programs::all() {
        let known = ELSEWHERE.iter().find(|(known, _)| *known == name);
        let most = known.map_or(0, |(_, most)| *most);
        let found = crossings(&place(&scene(&program), ACROSS));
        println!("{name}: {found} crossings, {most} at most");
        assert!(found <= most, "{name}: {found} crossings");
    }
    for (seed, most) in [(1, 3793), (2, 4304), (3, 3876)] {
        let found = crossings(&place(&Scene::of(&random::graph(500, seed)), ACROSS));
        println!("500 operators: {found} crossings, {most} at most");
        assert!(found <= most, "{seed}: {found} crossings");
    }
}

#[test]
fn edges_hop_where_they_cross() {
    for (name, program) in programs::all() {
        let layout = place(&scene(&program), ACROSS);
        assert_eq!(layout.hops.len(), crossings(&layout), "{name}");
        for hop in &layout.hops {
            let points = &layout.edges[hop.edge].points;
            let is_on = points.windows(2).any(|pair| {
                pair.iter().all(|point| point.y == hop.at.y)
                    && (pair[0].x < hop.at.x) != (pair[1].x < hop.at.x)
            });
            assert!(is_on, "{name}: {hop:?}");
        }
    }
}

#[test]
fn a_long_chain_wraps_like_a_text() {
    for (name, program) in programs::all() {
        for room in [800.0, 1300.0] {
            let scene = scene(&program);
            let options = Options {
                room: Some(room),
                ..ACROSS
            };
            let (whole, wrapped) = (place(&scene, ACROSS), place(&scene, options));
            if whole.width <= room {
                assert_eq!(whole, wrapped, "{name}");
            }
            // A column and the edges that pass may need more than there is.
            assert!(
                wrapped.width <= room.max(900.0),
                "{name}: {}",
                wrapped.width
            );
            let chain = chain(&scene, &whole, Direction::Right);
            let middles = chain.iter().rev().map(|&node| {
                let at = wrapped.nodes[node].at;
                (at.x, at.y + at.height / 2.0)
            });
            let middles: Vec<(f64, f64)> = middles.collect();
            for pair in middles.windows(2) {
                let goes_on = pair[0].1 == pair[1].1 && pair[0].0 < pair[1].0;
                let goes_back = pair[0].1 < pair[1].1;
                assert!(goes_on || goes_back, "{name}: {pair:?}");
            }
        }
    }
}

/// A folded function with many operands, operators on an arrow, a result of
/// nothing that is drawn.
fn folded() -> Scene {
    let mut scene = Scene::default();
    let mut node = |role: Role| {
        scene.nodes.push(Item {
            id: scene.nodes.len(),
            role,
            size: Size::new(90.0, 40.0),
            note: None,
        });
        scene.nodes.len() - 1
    };
    let [x, y] = [0, 1].map(|_| node(Role::Data));
    let [w, b, c] = [0, 1, 2].map(|_| node(Role::Param));
    let [of_nothing, h, o, k, loss] = [0, 1, 2, 3, 4].map(|_| node(Role::Computed));
    let mut made = |form: Form, output: usize, operands: &[usize]| {
        let operands = operands.iter().enumerate();
        let operands = operands.map(|(slot, &node)| Operand {
            node,
            slot,
            label: None,
        });
        scene.operators.push(Operator {
            id: output,
            form,
            output,
            operands: operands.collect(),
            members: Vec::new(),
        });
    };
    made(Form::Circle(18.0), of_nothing, &[]);
    made(
        Form::Box(Size::new(120.0, 70.0)),
        h,
        &[w, b, c, x, of_nothing, x],
    );
    made(Form::Box(Size::new(40.0, 20.0)), o, &[h, w, w, of_nothing]);
    made(Form::Circle(4.0), k, &[h]);
    made(Form::Circle(18.0), loss, &[o, y, k, k, h]);
    scene.loss = loss;
    scene
}

#[test]
fn folded_parts_have_their_place_as_well() {
    for options in ALL {
        assert_good("folded", &folded(), options);
        assert_good("folded", &with_texts(folded()), options);
    }
}

#[test]
fn nothing_is_placed_where_there_is_nothing() {
    let layout = place(&Scene::default(), ACROSS);
    assert_eq!((layout.nodes.len(), layout.edges.len()), (0, 0));
}

#[test]
fn the_longest_programs_are_placed() {
    let chain = "param w = 0.5\nx = 0.5\nrepeat 1000 { repeat 9 { x = sin(w * x) } }\nminimize x\n";
    for options in ALL {
        let layout = place(&scene(chain), options);
        assert_eq!(layout.operators.len(), 18_000);
    }
    let wide = format!("param w = 0.5\n{}", "x = sin(w)\n".repeat(3000));
    assert_good("wide", &scene(&wide), ACROSS);
}

#[test]
fn a_matrix_has_room_for_its_cells_and_a_large_one_is_bounded() {
    for (shape, rows, columns, least) in [
        ((4, 1), 4, 1, 112.0),
        ((2, 3), 2, 3, 336.0),
        ((5, 4), 5, 4, 112.0),
        ((8, 8), 8, 8, 224.0),
        ((64, 32), 8, 8, 224.0),
        ((1, 9), 1, 8, 224.0),
    ] {
        let program = format!("param W = ones({}, {})\nL = sum(W)", shape.0, shape.1);
        let Size { width, height } = scene(&program).nodes[0].size;
        let shown = shown(Shape::new(shape.0, shape.1));
        assert_eq!((shown.rows, shown.columns), (rows, columns));
        assert!(width > least, "{shape:?}: {width}");
        assert!(height > 14.0 * rows as f64, "{shape:?}: {height}");
        assert!(width <= 400.0 && height <= 180.0, "{shape:?}");
    }
}
