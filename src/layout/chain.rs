//! A graph that is nothing but a chain stands in one row, which takes none of
//! what branching graphs do: it is what the page's start is loaded with.

use super::{
    Direction, Layout, MARGIN, Options, PlacedEdge, PlacedNode, PlacedOperator, Point, Rectangle,
    Scene, Size,
};

/// Between a node and an operator: an arrow's length.
const GAP: f64 = 21.0;
/// Between a text and what stands beside it.
const AIR: f64 = 4.0;
/// A note stands so far below its node, under the texts at edges, and begins so
/// far behind the node's side; beside a node in an upright picture.
const NOTE_BELOW: f64 = 24.0;
const NOTE_BEHIND: f64 = 36.0;
const NOTE_BESIDE: f64 = 24.0;

/// Places a scene that is a chain: each operator has one operand, which is what
/// the operator before it computes. Nothing where it is none, or does not fit
/// into one row of the room that there is.
pub fn chain(scene: &Scene, options: Options) -> Option<Layout> {
    let turned;
    let (scene, note_from) = match options.direction {
        Direction::Right => (scene, Point::new(NOTE_BEHIND, NOTE_BELOW)),
        Direction::Down => {
            turned = scene.turned();
            (&turned, Point::new(0.0, NOTE_BESIDE))
        }
    };
    let mut layout = row(scene, note_from)?;
    if options.room.is_some_and(|room| layout.width > room) {
        return None;
    }
    if options.direction == Direction::Down {
        layout.turn();
    }
    Some(layout)
}

fn row(scene: &Scene, note_from: Point) -> Option<Layout> {
    let first = scene.operators.first()?.operands.first()?.node;
    let heights = scene.nodes.iter().map(|node| node.size.height);
    let highest = heights.fold(0.0, f64::max);
    let middle = MARGIN + highest / 2.0;
    let in_row = |x: f64, size: Size| Rectangle {
        x,
        y: middle - size.height / 2.0,
        width: size.width,
        height: size.height,
    };
    let nothing = in_row(0.0, Size::new(0.0, 0.0));
    let mut nodes = vec![
        PlacedNode {
            at: nothing,
            note: None,
        };
        scene.nodes.len()
    ];
    let mut stand = |node: usize, x: f64| {
        let item = &scene.nodes[node];
        let at = in_row(x, item.size);
        let note = item.note.map(|size| Rectangle {
            x: at.x + note_from.x,
            y: at.y + at.height + note_from.y,
            width: size.width,
            height: size.height,
        });
        nodes[node] = PlacedNode { at, note };
        at.x + at.width
    };
    let mut layout = Layout::default();
    let (mut last, mut end) = (first, stand(first, MARGIN));
    let mut texts_end = f64::NEG_INFINITY;
    for (index, operator) in scene.operators.iter().enumerate() {
        let [operand] = operator.operands[..] else {
            return None;
        };
        if operand.node != last {
            return None;
        }
        let size = operator.form.size();
        // A text that is too long for the gap between the nodes stands below them.
        let room = size.width + 2.0 * (GAP - AIR);
        let mut at = in_row(end + GAP, size);
        let label = operand.label.map(|label| {
            let beyond = label.width - room;
            let x = at.x + (at.width - label.width) / 2.0;
            let moved = (texts_end + AIR - x).max(0.0);
            at.x += moved;
            texts_end = x + moved + label.width;
            let over = if beyond > 0.0 {
                highest / 2.0
            } else {
                size.height / 2.0
            };
            Rectangle {
                x: x + moved,
                y: middle + over + AIR,
                width: label.width,
                height: label.height,
            }
        });
        let edge = |node, slot, from, to, label| PlacedEdge {
            node,
            operator: index,
            slot,
            points: vec![Point::new(from, middle), Point::new(to, middle)],
            shared: 0,
            label,
        };
        layout
            .edges
            .push(edge(last, Some(operand.slot), end, at.x, label));
        let result = at.x + at.width + GAP;
        end = stand(operator.output, result);
        last = operator.output;
        layout
            .edges
            .push(edge(last, None, at.x + at.width, result, None));
        layout.operators.push(PlacedOperator { at });
    }
    // Every node is the first one or computed by one of the operators.
    if scene.nodes.len() != scene.operators.len() + 1 {
        return None;
    }
    layout.nodes = nodes;
    layout.move_into_view();
    Some(layout)
}
