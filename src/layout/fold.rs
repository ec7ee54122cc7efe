//! What is drawn of a graph less finely: calls of functions as boxes, and of
//! several samples one.

use crate::formula::MOST_CHARACTERS;
use crate::graph::{Graph, NodeId, NodeKind};
use crate::matrix::Shape;

use super::scene::{CHARACTER, RADIUS, node_size};
use super::{Form, Operand, Operator, Scene, Size};

/// What has no place in the folded scene.
const NOWHERE: usize = usize::MAX;

/// The call into whose box the operator of a node goes, where all but the `open`
/// calls are boxes: the outermost one that is not open.
pub fn folded_into(graph: &Graph, open: &[usize], id: NodeId) -> Option<usize> {
    let calls = graph.calls_around(id);
    calls.filter(|call| !open.contains(call)).last()
}

/// What is drawn of a node where one of so many samples is, each a column: all of
/// a parameter, of others the one column if they have one for each sample.
pub fn sample_shape(graph: &Graph, id: NodeId, samples: usize) -> Shape {
    let node = graph.node(id);
    let is_param = matches!(node.kind, NodeKind::Param(_));
    let is_one_of_many = !is_param && samples > 1 && node.shape.columns == samples;
    let columns = match is_one_of_many {
        true => 1,
        false => node.shape.columns,
    };
    Shape {
        columns,
        ..node.shape
    }
}

impl Scene {
    /// With room for one of so many samples in place of all; 0 leaves all.
    #[must_use]
    pub fn of_one_sample(mut self, graph: &Graph, samples: usize) -> Self {
        for item in &mut self.nodes {
            let id = NodeId::at(item.id);
            item.size = node_size(graph, id, sample_shape(graph, id, samples));
        }
        self
    }

    /// With each call of the program's own functions in a box, but for the `open`
    /// ones. A box has the id of what it computes.
    #[must_use]
    pub fn folded(self, graph: &Graph, open: &[usize]) -> Self {
        let mut folded = Self::default();
        let mut place = vec![NOWHERE; self.nodes.len()];
        let mut boxes: Vec<Operator> = Vec::new();
        let mut operators = self.operators.into_iter().peekable();
        for (at, item) in self.nodes.into_iter().enumerate() {
            let Some(operator) = operators.next_if(|operator| operator.output == at) else {
                place[at] = folded.nodes.len();
                folded.nodes.push(item);
                continue;
            };
            let made = match folded_into(graph, open, NodeId::at(item.id)) {
                None => moved(operator, &place),
                Some(call) => {
                    let output = graph.calls()[call].output.index();
                    let open = boxes.iter().position(|open| open.id == output);
                    let open = open.unwrap_or_else(|| {
                        boxes.push(empty_box(output, &graph.calls()[call].name));
                        boxes.len() - 1
                    });
                    take(&mut boxes[open], &operator, &place);
                    if operator.id != output {
                        continue;
                    }
                    boxes.swap_remove(open)
                }
            };
            place[at] = folded.nodes.len();
            folded.operators.push(Operator {
                output: folded.nodes.len(),
                ..made
            });
            folded.nodes.push(item);
        }
        folded.loss = place[self.loss];
        folded
    }
}

fn empty_box(id: usize, name: &str) -> Operator {
    let characters = name.chars().count().min(MOST_CHARACTERS);
    let width = 24.0 + characters as f64 * CHARACTER;
    Operator {
        id,
        form: Form::Box(Size::new(width, 2.0 * RADIUS)),
        output: NOWHERE,
        operands: Vec::new(),
        members: Vec::new(),
    }
}

/// An operator that stands for itself, with its operands where they stand now.
fn moved(mut operator: Operator, place: &[usize]) -> Operator {
    operator.operands.retain(|of| place[of.node] != NOWHERE);
    for operand in &mut operator.operands {
        operand.node = place[operand.node];
    }
    operator
}

/// Folds an operator into a box, whose operands are what is drawn of its own.
fn take(into: &mut Operator, operator: &Operator, place: &[usize]) {
    into.members.push(operator.id);
    for operand in &operator.operands {
        let node = place[operand.node];
        if node != NOWHERE && into.operands.iter().all(|other| other.node != node) {
            into.operands.push(Operand {
                node,
                slot: into.operands.len(),
                label: None,
            });
        }
    }
}
