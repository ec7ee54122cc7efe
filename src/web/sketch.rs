//! A picture of a graph in the making: what is drawn, with room for the texts
//! beside it, and then with its places.

use crate::formula::{self, Labels};
use crate::graph::{self, Graph, NodeId, is_hidden};
use crate::layout::{self, Layout, Options, Rectangle, Scene, Size};
use crate::tape::Tape;

use super::graph_view::{
    EdgeKind, EdgeView, GraphView, LocalView, NodeRole, NodeView, OperatorView, runs,
};

/// What a picture of a graph is made of, before it has its places.
pub struct Sketch<'a> {
    graph: &'a Graph,
    labels: &'a Labels,
    scene: Scene,
    /// The drawn nodes, as in the scene.
    drawn: Vec<NodeId>,
    /// For each operator the local derivatives of its drawn operands.
    locals: Vec<Vec<LocalView>>,
}

impl<'a> Sketch<'a> {
    /// A scene of a graph, as finely as it is drawn.
    pub fn of(graph: &'a Graph, labels: &'a Labels, scene: Scene, options: Options) -> Self {
        let mut sketch = Self {
            graph,
            labels,
            drawn: scene.nodes.iter().map(|item| NodeId::at(item.id)).collect(),
            scene,
            locals: Vec::new(),
        };
        sketch.write_locals();
        sketch.write_update(options);
        sketch
    }

    /// What is to be placed.
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// Makes room for the texts at the edges.
    fn write_locals(&mut self) {
        let indices = first_locals(self.graph);
        for operator in &mut self.scene.operators {
            let output = self.drawn[operator.output];
            let shape = self.graph.node(output).shape;
            let mut locals = Vec::new();
            if let (true, Some(made)) = (
                operator.members.is_empty(),
                self.graph.node(output).application(),
            ) {
                for (place, operand) in operator.operands.iter_mut().enumerate() {
                    let node = self.drawn[operand.node];
                    let label = self.labels.local(made, output, operand.slot);
                    let whole = self.graph.node(node).shape == shape && is_written(&label);
                    operand.label =
                        (whole && !is_one(&label)).then(|| local_size(&label, shape.is_scalar()));
                    locals.push(LocalView {
                        node: node.index(),
                        slot: operand.slot,
                        label: runs(&label),
                        index: indices[output.index()] + place,
                        whole,
                        place: Vec::new(),
                    });
                }
            }
            self.locals.push(locals);
        }
    }

    /// Makes room for the written update of the one number that is trained.
    fn write_update(&mut self, options: Options) {
        let mut params = self.graph.params();
        let (Some(param), None) = (params.next(), params.next()) else {
            return;
        };
        if self.graph.node(param).shape.is_scalar()
            && let Some(place) = self.drawn.iter().position(|&id| id == param)
        {
            self.scene.nodes[place].note = Some(match options.direction {
                layout::Direction::Right => Size::new(250.0, LINE),
                layout::Direction::Down => Size::new(150.0, 3.0 * LINE),
            });
        }
    }

    /// The picture.
    pub fn placed(mut self, placed: &Layout, tape: &Tape) -> GraphView {
        let reaches = self.graph.reaches_loss();
        for edge in &placed.edges {
            if let (Some(at), Some(slot)) = (edge.label, edge.slot) {
                let mut locals = self.locals[edge.operator].iter_mut();
                if let Some(local) = locals.find(|local| local.slot == slot) {
                    local.place = numbers(at);
                }
            }
        }
        let Self {
            graph,
            labels,
            scene,
            drawn,
            locals,
        } = self;
        let operators = scene.operators.iter().zip(&placed.operators).zip(locals);
        let operators = operators.map(|((operator, placed), locals)| {
            let output = drawn[operator.output];
            let made = graph.node(output).application();
            OperatorView {
                members: operator.members.clone(),
                id: output.index(),
                name: made.map_or_else(String::new, |made| made.operator.name.into()),
                symbol: made.map_or_else(String::new, |made| labels.operator(graph, made)),
                x: placed.at.x + placed.at.width / 2.0,
                y: placed.at.y + placed.at.height / 2.0,
                radius: placed.at.width / 2.0,
                locals,
            }
        });
        let nodes = drawn.iter().zip(&placed.nodes);
        let nodes =
            nodes.map(|(&id, placed)| node(graph, labels, id, placed, tape, reaches[id.index()]));
        let edges = placed.edges.iter().map(|edge| EdgeView {
            node: drawn[edge.node].index(),
            operator: drawn[scene.operators[edge.operator].output].index(),
            kind: match edge.slot {
                Some(_) => EdgeKind::Operand,
                None => EdgeKind::Result,
            },
            slot: edge.slot.unwrap_or(0),
            points: edge.points.iter().flat_map(|at| [at.x, at.y]).collect(),
            shared: edge.shared,
        });
        let hops = placed.hops.iter();
        GraphView {
            width: placed.width,
            height: placed.height,
            loss: graph.loss().index(),
            operators: operators.collect(),
            nodes: nodes.collect(),
            edges: edges.collect(),
            calls: Vec::new(),
            hops: hops
                .flat_map(|hop| [hop.edge as f64, hop.at.x, hop.at.y])
                .collect(),
        }
    }
}

fn node(
    graph: &Graph,
    labels: &Labels,
    id: NodeId,
    placed: &layout::PlacedNode,
    tape: &Tape,
    reaches: bool,
) -> NodeView {
    let of = graph.node(id);
    let shown = layout::shown(of.shape);
    NodeView {
        id: id.index(),
        key: graph
            .binding_of(id)
            .map_or_else(String::new, |binding| binding.key.clone()),
        label: runs(&labels.node(id)),
        plain: labels.plain(id),
        compound: formula::is_compound(labels.formula(id)),
        role: match of.kind {
            graph::NodeKind::Constant(_) => NodeRole::Constant,
            graph::NodeKind::Data(_) => NodeRole::Data,
            graph::NodeKind::Param(_) => NodeRole::Param,
            graph::NodeKind::Computed(_) => NodeRole::Computed,
        },
        rows: of.shape.rows,
        columns: of.shape.columns,
        offset: tape.slot(id).offset,
        shown_rows: shown.rows,
        shown_columns: shown.columns,
        x: placed.at.x,
        y: placed.at.y,
        width: placed.at.width,
        height: placed.at.height,
        reaches,
        note: placed.note.map_or_else(Vec::new, numbers),
    }
}

/// For each node where the local derivatives of its operator begin among all.
fn first_locals(graph: &Graph) -> Vec<usize> {
    let mut next = 0;
    let first = graph.ids().map(|id| {
        let first = next;
        let made = graph.node(id).application();
        let operands = made.into_iter().flat_map(|made| &made.operands);
        next += operands.filter(|&&of| !is_hidden(graph, of)).count();
        first
    });
    first.collect()
}

/// A line of text in the picture, and about the width of a character in it.
const LINE: f64 = 19.0;
const CHARACTER: f64 = 7.4;
/// What stands beside a local derivative: its sign, and where it has a value
/// of its own, that.
const SIGN: usize = 2;
const VALUE: usize = 9;

/// The room of a local derivative at its edge.
fn local_size(label: &formula::Label, has_value: bool) -> Size {
    let characters = formula::plain(label).chars().count();
    let all = characters + SIGN + if has_value { VALUE } else { 0 };
    Size::new(all as f64 * CHARACTER, LINE)
}

fn is_written(label: &formula::Label) -> bool {
    !label.is_empty() && label.iter().all(|run| run.text != "…")
}

/// Such a factor changes nothing.
fn is_one(label: &formula::Label) -> bool {
    matches!(&label[..], [run] if run.text == "1")
}

fn numbers(at: Rectangle) -> Vec<f64> {
    vec![at.x, at.y, at.width, at.height]
}
