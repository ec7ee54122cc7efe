//! What a placed scene is made of, and an independent look at it.

use chalkgrad::layout::{Form, Layout, Rectangle, Scene};

/// A part of an edge, from one corner to the next.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    pub edge: usize,
    pub node: usize,
    pub from: (f64, f64),
    pub to: (f64, f64),
}

/// Less than this is nothing.
const EPSILON: f64 = 1e-6;

impl Stretch {
    pub fn is_level(&self) -> bool {
        (self.from.1 - self.to.1).abs() < EPSILON
    }

    fn box_around(&self) -> Rectangle {
        Rectangle {
            x: self.from.0.min(self.to.0),
            y: self.from.1.min(self.to.1),
            width: (self.from.0 - self.to.0).abs(),
            height: (self.from.1 - self.to.1).abs(),
        }
    }
}

/// All stretches, those that another edge draws left out.
pub fn stretches(layout: &Layout, with_shared: bool) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    for (index, edge) in layout.edges.iter().enumerate() {
        let first = if with_shared { 0 } else { edge.shared };
        for pair in edge.points[first..].windows(2) {
            stretches.push(Stretch {
                edge: index,
                node: edge.node,
                from: (pair[0].x, pair[0].y),
                to: (pair[1].x, pair[1].y),
            });
        }
    }
    stretches
}

/// How often edges cross, what edges of one node share counted once.
pub fn crossings(layout: &Layout) -> usize {
    let drawn = stretches(layout, false);
    let (level, upright): (Vec<Stretch>, Vec<Stretch>) =
        drawn.iter().partition(|stretch| stretch.is_level());
    let mut count = 0;
    for upright in &upright {
        let (top, bottom) = ordered(upright.from.1, upright.to.1);
        for level in &level {
            let (left, right) = ordered(level.from.0, level.to.0);
            let (x, y) = (upright.from.0, level.from.1);
            let crosses = left + EPSILON < x && x < right - EPSILON;
            let crosses = crosses && top + EPSILON < y && y < bottom - EPSILON;
            if crosses && level.node != upright.node {
                count += 1;
            }
        }
    }
    count
}

fn ordered(a: f64, b: f64) -> (f64, f64) {
    (a.min(b), a.max(b))
}

fn overlap(a: Rectangle, b: Rectangle, air: f64) -> bool {
    a.x < b.x + b.width + air
        && b.x < a.x + a.width + air
        && a.y < b.y + b.height + air
        && b.y < a.y + a.height + air
}

/// What is wrong with a picture: one sentence for each fault.
pub fn faults(scene: &Scene, layout: &Layout) -> Vec<String> {
    let mut faults = Vec::new();
    let mut things: Vec<(String, Rectangle)> = Vec::new();
    for (index, node) in layout.nodes.iter().enumerate() {
        things.push((format!("node {index}"), node.at));
        if let Some(note) = node.note {
            things.push((format!("note {index}"), note));
        }
    }
    for (index, operator) in layout.operators.iter().enumerate() {
        things.push((format!("operator {index}"), operator.at));
    }
    for (index, edge) in layout.edges.iter().enumerate() {
        if let Some(label) = edge.label {
            things.push((format!("label of edge {index}"), label));
        }
    }
    // Sorted by their left sides, each has only few neighbours to look at.
    things.sort_by(|a, b| a.1.x.total_cmp(&b.1.x));
    for (index, (name, a)) in things.iter().enumerate() {
        let inside = a.x >= 0.0
            && a.y >= 0.0
            && a.x + a.width <= layout.width
            && a.y + a.height <= layout.height;
        if !inside {
            faults.push(format!("{name} is outside: {a:?}"));
        }
        for (other, b) in things[index + 1..]
            .iter()
            .take_while(|(_, b)| b.x < a.x + a.width)
        {
            if overlap(*a, *b, 0.0) {
                faults.push(format!("{name} and {other} overlap: {a:?} {b:?}"));
            }
        }
    }
    let mut drawn = stretches(layout, true);
    drawn.sort_by(|a, b| a.box_around().x.total_cmp(&b.box_around().x));
    let mut first = 0;
    let widest = drawn.iter().map(|stretch| stretch.box_around().width);
    let widest = widest.fold(0.0, f64::max);
    for (name, thing) in &things {
        while first < drawn.len() && drawn[first].box_around().x + widest < thing.x - 1.0 {
            first += 1;
        }
        for stretch in drawn[first..]
            .iter()
            .take_while(|stretch| stretch.box_around().x < thing.x + thing.width)
        {
            let touches = if is_circle(scene, name) {
                meets_circle(stretch.box_around(), *thing)
            } else {
                overlap(stretch.box_around(), *thing, -EPSILON)
            };
            if touches {
                faults.push(format!(
                    "edge {} goes through {name}: {stretch:?} {thing:?}",
                    stretch.edge
                ));
            }
        }
    }
    faults.extend(edge_faults(scene, layout));
    faults.extend(collinear(layout));
    faults
}

fn is_circle(scene: &Scene, name: &str) -> bool {
    let index = name.strip_prefix("operator ");
    let index = index.and_then(|index| index.parse::<usize>().ok());
    index.is_some_and(|index| matches!(scene.operators[index].form, Form::Circle(_)))
}

/// Whether a stretch comes nearer to a circle's middle than its border is.
fn meets_circle(stretch: Rectangle, circle: Rectangle) -> bool {
    let radius = circle.width / 2.0;
    let (x, y) = (circle.x + radius, circle.y + radius);
    let dx = x - x.clamp(stretch.x, stretch.x + stretch.width);
    let dy = y - y.clamp(stretch.y, stretch.y + stretch.height);
    (dx * dx + dy * dy).sqrt() < radius - EPSILON
}

/// Edges begin and end on borders, are level or upright, and inside.
fn edge_faults(scene: &Scene, layout: &Layout) -> Vec<String> {
    let mut faults = Vec::new();
    for (index, edge) in layout.edges.iter().enumerate() {
        let ends = [edge.points[0], edge.points[edge.points.len() - 1]].map(|at| (at.x, at.y));
        let [at_node, at_operator] = match edge.slot {
            Some(_) => ends,
            None => [ends[1], ends[0]],
        };
        if !is_on_rectangle(at_node, layout.nodes[edge.node].at) {
            faults.push(format!("edge {index} doesn't end on its node's border"));
        }
        let circle = layout.operators[edge.operator].at;
        let on_border = match scene.operators[edge.operator].form {
            Form::Circle(radius) => {
                let (dx, dy) = (
                    at_operator.0 - circle.x - radius,
                    at_operator.1 - circle.y - radius,
                );
                ((dx * dx + dy * dy).sqrt() - radius).abs() < 1e-6
            }
            Form::Box(_) => is_on_rectangle(at_operator, circle),
        };
        if !on_border {
            faults.push(format!("edge {index} doesn't end on its operator's border"));
        }
        if edge.shared >= edge.points.len() {
            faults.push(format!("edge {index} is drawn by no edge"));
        }
        for pair in edge.points.windows(2) {
            let straight =
                (pair[0].x - pair[1].x).abs() < EPSILON || (pair[0].y - pair[1].y).abs() < EPSILON;
            let inside = [pair[0], pair[1]].iter().all(|at| {
                at.x >= 0.0 && at.y >= 0.0 && at.x <= layout.width && at.y <= layout.height
            });
            if !straight || !inside {
                faults.push(format!("edge {index} is slanted or outside: {pair:?}"));
            }
        }
    }
    faults
}

fn is_on_rectangle(at: (f64, f64), of: Rectangle) -> bool {
    let within = |at: f64, from: f64, length: f64| at > from - 1e-6 && at < from + length + 1e-6;
    let on_end = |at: f64, from: f64, length: f64| {
        (at - from).abs() < 1e-6 || (at - from - length).abs() < 1e-6
    };
    within(at.0, of.x, of.width)
        && within(at.1, of.y, of.height)
        && (on_end(at.0, of.x, of.width) || on_end(at.1, of.y, of.height))
}

/// Edges of two nodes never run over each other.
fn collinear(layout: &Layout) -> Vec<String> {
    let mut faults = Vec::new();
    for level in [false, true] {
        let mut lines: Vec<(f64, f64, f64, Stretch)> = stretches(layout, false)
            .into_iter()
            .filter(|stretch| stretch.is_level() == level)
            .map(|stretch| {
                let (along, across) = if level {
                    (ordered(stretch.from.0, stretch.to.0), stretch.from.1)
                } else {
                    (ordered(stretch.from.1, stretch.to.1), stretch.from.0)
                };
                (across, along.0, along.1, stretch)
            })
            .collect();
        lines.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        for (index, a) in lines.iter().enumerate() {
            for b in lines[index + 1..].iter().take_while(|b| b.0 < a.0 + 3.0) {
                let overlaps = a.1.max(b.1) + EPSILON < a.2.min(b.2);
                if overlaps && a.3.edge != b.3.edge {
                    faults.push(format!("edges run over each other: {:?} {:?}", a.3, b.3));
                }
            }
        }
    }
    faults
}
