//! The graph as TypeScript sees it: structure and places, once an edit.

use tsify::Tsify;

use crate::graph::{self, Labels};

use super::object::{record, words};

/// A graph with its places, in CSS pixels.
#[derive(Clone, Debug, Tsify)]
pub struct GraphView {
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// The node that is minimized.
    pub loss: usize,
    /// The rectangles.
    pub nodes: Vec<NodeView>,
    /// The circles.
    pub operators: Vec<OperatorView>,
    /// The edges.
    pub edges: Vec<EdgeView>,
}

record!(GraphView {
    width,
    height,
    loss,
    nodes,
    operators,
    edges
});

/// A data node.
#[derive(Clone, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NodeView {
    /// Its number.
    pub id: usize,
    /// Its name in results (`x`, `c#1`); empty where it has none.
    pub key: String,
    /// How it is written.
    pub label: Vec<RunView>,
    /// The same as plain text.
    pub plain: String,
    /// Where its value comes from.
    pub role: NodeRole,
    /// Rows of its value.
    pub rows: usize,
    /// Columns of its value.
    pub columns: usize,
    /// Where its numbers begin among all values, row by row; its gradient's
    /// begin at the same place among all gradients.
    pub offset: usize,
    /// Rows of cells that are drawn; the last stands for what is left out
    /// where these are fewer.
    pub shown_rows: usize,
    /// Columns of cells that are drawn.
    pub shown_columns: usize,
    /// Left side.
    pub x: f64,
    /// Upper side.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

record!(NodeView {
    id,
    key,
    label,
    plain,
    role,
    rows,
    columns,
    offset,
    shown_rows,
    shown_columns,
    x,
    y,
    width,
    height
});

/// Where a node's value comes from.
#[derive(Clone, Copy, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum NodeRole {
    /// A number in an expression.
    Constant,
    /// Given.
    Data,
    /// Trained.
    Param,
    /// Computed.
    Computed,
}

words!(NodeRole {
    Constant: "constant",
    Data: "data",
    Param: "param",
    Computed: "computed"
});

/// A piece of a label.
#[derive(Clone, Debug, Tsify)]
pub struct RunView {
    /// Its text.
    pub text: String,
    /// How it is set.
    pub style: RunStyle,
}

record!(RunView { text, style });

/// How a piece of a label is set.
#[derive(Clone, Copy, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum RunStyle {
    /// Names.
    Italic,
    /// Numbers, signs and functions.
    Upright,
    /// Below the line.
    Sub,
    /// Above the line.
    Sup,
}

words!(RunStyle {
    Italic: "italic",
    Upright: "upright",
    Sub: "sub",
    Sup: "sup"
});

/// An operator.
#[derive(Clone, Debug, Tsify)]
pub struct OperatorView {
    /// Its number: the node that it computes.
    pub id: usize,
    /// Its name in the table.
    pub name: String,
    /// What its circle shows.
    pub symbol: String,
    /// Centre.
    pub x: f64,
    /// Centre.
    pub y: f64,
    /// Radius.
    pub radius: f64,
    /// Its local derivative for each operand that is drawn.
    pub locals: Vec<LocalView>,
}

record!(OperatorView {
    id,
    name,
    symbol,
    x,
    y,
    radius,
    locals
});

/// An operator's local derivative for one operand.
#[derive(Clone, Debug, Tsify)]
pub struct LocalView {
    /// The operand's node.
    pub node: usize,
    /// Which operand.
    pub slot: usize,
    /// How it is written; empty where it is a distinction of cases.
    pub label: Vec<RunView>,
    /// Its place in `Stepper.locals()`.
    pub index: usize,
}

record!(LocalView {
    node,
    slot,
    label,
    index
});

/// An edge between a data node and an operator.
#[derive(Clone, Debug, Tsify)]
pub struct EdgeView {
    /// The data node.
    pub node: usize,
    /// The operator.
    pub operator: usize,
    /// `operand`: from the node into the operator; `result`: out of it.
    pub kind: EdgeKind,
    /// Which operand; 0 for a result.
    pub slot: usize,
    /// From border to border, in the forward direction: x, y, x, y.
    pub points: [f64; 4],
}

record!(EdgeView {
    node,
    operator,
    kind,
    slot,
    points
});

/// The direction of an edge in the forward pass.
#[derive(Clone, Copy, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum EdgeKind {
    /// From a node into an operator.
    Operand,
    /// From an operator to its output.
    Result,
}

words!(EdgeKind {
    Operand: "operand",
    Result: "result"
});

/// A label for the page.
pub fn runs(label: &graph::Label) -> Vec<RunView> {
    let view = |run: &graph::Run| RunView {
        text: run.text.clone(),
        style: match run.style {
            graph::RunStyle::Italic => RunStyle::Italic,
            graph::RunStyle::Upright => RunStyle::Upright,
            graph::RunStyle::Subscript => RunStyle::Sub,
            graph::RunStyle::Superscript => RunStyle::Sup,
        },
    };
    label.iter().map(view).collect()
}

impl GraphView {
    /// The view of a graph whose labels are at hand.
    pub fn of(graph: &graph::Graph, labels: &Labels, tape: &crate::tape::Tape) -> Self {
        let placed = graph::layout(graph);
        let mut index = 0;
        let operators = placed.operators.iter().map(|operator| {
            let made = graph.node(operator.output).application();
            let locals = made.into_iter().flat_map(|made| {
                let slots = made.operands.iter().enumerate();
                slots.map(move |(slot, &node)| (made, slot, node))
            });
            let locals = locals
                .filter(|(_, _, node)| !graph::is_hidden(graph, *node))
                .map(|(made, slot, node)| {
                    index += 1;
                    LocalView {
                        node: node.index(),
                        slot,
                        label: runs(&labels.local(made, operator.output, slot)),
                        index: index - 1,
                    }
                })
                .collect();
            OperatorView {
                id: operator.output.index(),
                name: made.map_or_else(String::new, |made| made.operator.name.into()),
                symbol: made.map_or_else(String::new, |made| labels.operator(graph, made)),
                x: operator.x,
                y: operator.y,
                radius: operator.radius,
                locals,
            }
        });
        let operators = operators.collect();
        let nodes = placed.nodes.iter().map(|node| {
            let of = graph.node(node.node);
            NodeView {
                id: node.node.index(),
                key: graph
                    .binding_of(node.node)
                    .map_or_else(String::new, |binding| binding.key.clone()),
                label: runs(labels.node(node.node)),
                plain: labels.plain(node.node),
                role: match of.kind {
                    graph::NodeKind::Constant(_) => NodeRole::Constant,
                    graph::NodeKind::Data(_) => NodeRole::Data,
                    graph::NodeKind::Param(_) => NodeRole::Param,
                    graph::NodeKind::Computed(_) => NodeRole::Computed,
                },
                rows: of.shape.rows,
                columns: of.shape.columns,
                offset: tape.slot(node.node).offset,
                shown_rows: node.shown.rows,
                shown_columns: node.shown.columns,
                x: node.x,
                y: node.y,
                width: node.width,
                height: node.height,
            }
        });
        let edges = placed.edges.iter().map(|edge| EdgeView {
            node: edge.node.index(),
            operator: edge.operator.index(),
            kind: match edge.slot {
                Some(_) => EdgeKind::Operand,
                None => EdgeKind::Result,
            },
            slot: edge.slot.unwrap_or(0),
            points: [edge.from.0, edge.from.1, edge.to.0, edge.to.1],
        });
        Self {
            width: placed.width,
            height: placed.height,
            loss: graph.loss().index(),
            nodes: nodes.collect(),
            operators,
            edges: edges.collect(),
        }
    }
}
