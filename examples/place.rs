//! Draws a program's graph as it is placed: `cargo run --example place --
//! program.txt > graph.svg`, with `down` to have it stand upright, `labels` for
//! the texts at its edges, and `room=600` to have it wrap.

use std::fmt::Write as _;
use std::{env, fs};

use chalkgrad::formula::{self, Labels};
use chalkgrad::graph::{self, Graph, NodeId};
use chalkgrad::layout::{
    self, Direction, Hop, Options, PlacedEdge, Point, Rectangle, Role, Scene, Size,
};

/// Width of a character and height of a line of the texts at edges.
const LETTER: (f64, f64) = (7.0, 17.0);

fn main() {
    let mut options = Options::default();
    let mut program = String::new();
    let mut has_labels = false;
    for argument in env::args().skip(1) {
        match argument.as_str() {
            "down" => options.direction = Direction::Down,
            "labels" => has_labels = true,
            room if room.starts_with("room=") => options.room = room[5..].parse().ok(),
            file => program = fs::read_to_string(file).expect("a file that can be read"),
        }
    }
    let graph = graph::read(&program)
        .graph
        .expect("a program without faults");
    let labels = Labels::of(&graph);
    let mut scene = Scene::of(&graph);
    let texts = derivatives(&graph, &labels);
    if has_labels {
        measure(&mut scene, &texts);
    }
    let placed = layout::place(&scene, options);
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" font-family="sans-serif" font-size="13"><rect width="100%" height="100%" fill="white"/>"##,
        placed.width, placed.height
    );
    for (edge, text) in placed.edges.iter().zip(&texts) {
        draw_edge(&mut svg, edge, text);
    }
    for Hop { at, .. } in &placed.hops {
        let _ = write!(
            svg,
            r##"<circle cx="{}" cy="{}" r="4" fill="none" stroke="#c33"/>"##,
            at.x, at.y
        );
    }
    let ids: Vec<NodeId> = graph.ids().collect();
    for (node, item) in placed.nodes.iter().zip(&scene.nodes) {
        let colour = match item.role {
            Role::Param => "#6b3fa0",
            Role::Data => "#777",
            Role::Computed => "#111",
        };
        draw_box(&mut svg, node.at, colour, &labels.plain(ids[item.id]));
        if let Some(at) = node.note {
            draw_box(&mut svg, at, "#eee", "note");
        }
    }
    for (placed, operator) in placed.operators.iter().zip(&scene.operators) {
        let made = graph.node(ids[operator.id]).application();
        let text = made.map_or_else(String::new, |made| labels.operator(&graph, made));
        let Rectangle { x, y, width, .. } = placed.at;
        let (radius, text) = (width / 2.0, escaped(&text));
        let _ = write!(
            svg,
            r##"<circle cx="{0}" cy="{1}" r="{radius}" fill="white" stroke="#111" stroke-width="1.5"/><text x="{0}" y="{2}" text-anchor="middle">{text}</text>"##,
            x + radius,
            y + radius,
            y + radius + 4.0
        );
    }
    println!("{svg}</svg>");
}

/// What is written at the edges, in their order.
fn derivatives(graph: &Graph, labels: &Labels) -> Vec<String> {
    let mut texts = Vec::new();
    for id in graph.ids() {
        let Some(made) = graph.node(id).application() else {
            continue;
        };
        for (slot, &operand) in made.operands.iter().enumerate() {
            if !graph::is_hidden(graph, operand) {
                texts.push(formula::plain(&labels.local(made, id, slot)));
            }
        }
        texts.push(String::new());
    }
    texts
}

/// Gives edges and parameters the sizes of the texts beside them.
fn measure(scene: &mut Scene, texts: &[String]) {
    let mut texts = texts.iter();
    for operator in &mut scene.operators {
        for (operand, text) in operator.operands.iter_mut().zip(&mut texts) {
            let width = text.chars().count() as f64 * LETTER.0;
            operand.label = (width > 0.0).then_some(Size::new(width, LETTER.1));
        }
        texts.next();
    }
    let params = scene.nodes.iter_mut();
    for item in params.filter(|item| item.role == Role::Param) {
        item.note = Some(Size::new(150.0, LETTER.1));
    }
}

fn draw_edge(svg: &mut String, edge: &PlacedEdge, text: &str) {
    let path = rounded(&edge.points);
    let last = edge.points.len() - 1;
    let (before, end) = (edge.points[last - 1], edge.points[last]);
    let towards = |from: f64, to: f64| f64::from(i8::from(to > from) - i8::from(to < from));
    let (dx, dy) = (towards(before.x, end.x), towards(before.y, end.y));
    let (x, y) = (end.x - 8.0 * dx, end.y - 8.0 * dy);
    let _ = write!(
        svg,
        r##"<path d="{path}" fill="none" stroke="#1f5fbf" stroke-width="1.5"/><path d="M{} {}L{} {}L{} {}Z" fill="#1f5fbf"/>"##,
        end.x,
        end.y,
        x - 3.5 * dy,
        y - 3.5 * dx,
        x + 3.5 * dy,
        y + 3.5 * dx,
    );
    if let Some(at) = edge.label {
        draw_box(svg, at, "#eee", text);
    }
}

fn draw_box(svg: &mut String, at: Rectangle, stroke: &str, text: &str) {
    let _ = write!(
        svg,
        r##"<rect x="{}" y="{}" width="{}" height="{}" rx="3" fill="white" stroke="{stroke}" stroke-width="1.5"/><text x="{}" y="{}">{}</text>"##,
        at.x,
        at.y,
        at.width,
        at.height,
        at.x + 2.0,
        at.y + 13.0,
        escaped(text)
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A path with its corners rounded.
fn rounded(points: &[Point]) -> String {
    let mut path = format!("M{} {}", points[0].x, points[0].y);
    for corner in points.windows(3) {
        let [a, b, c] = [corner[0], corner[1], corner[2]];
        let towards = |to: Point| {
            let length = (to.x - b.x).abs() + (to.y - b.y).abs();
            let share = 10.0_f64.min(length / 2.0) / length.max(1e-9);
            (b.x + (to.x - b.x) * share, b.y + (to.y - b.y) * share)
        };
        let (from, to) = (towards(a), towards(c));
        let _ = write!(
            path,
            "L{} {}Q{} {} {} {}",
            from.0, from.1, b.x, b.y, to.0, to.1
        );
    }
    let last = points[points.len() - 1];
    let _ = write!(path, "L{} {}", last.x, last.y);
    path
}
