//! The graph as TypeScript sees it: structure and places, once an edit.

use tsify::Tsify;

use crate::formula;

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
    /// The calls of the program's own functions, a call before those within it.
    pub calls: Vec<CallView>,
    /// Where an edge passes over another one: the edge's place in `edges`, x
    /// and y, one after the other.
    pub hops: Vec<f64>,
}

record!(GraphView {
    width,
    height,
    loss,
    nodes,
    operators,
    edges,
    calls,
    hops
});

/// A call of one of the program's own functions, whose operators may be folded
/// into one box.
#[derive(Clone, Debug, Tsify)]
pub struct CallView {
    /// Its number.
    pub id: usize,
    /// The function.
    pub name: String,
    /// The call in whose body it stands.
    pub parent: Option<usize>,
    /// The node that it computes.
    pub output: usize,
    /// Around what is drawn of it where it is open: x, y, width and height.
    pub frame: Vec<f64>,
}

record!(CallView {
    id,
    name,
    parent,
    output,
    frame
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
    /// Whether that stands in brackets below a stroke.
    pub compound: bool,
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
    /// Whether the loss depends on it.
    pub reaches: bool,
    /// Where the update that it takes is written: x, y, width and height; none
    /// where none is.
    pub note: Vec<f64>,
}

record!(NodeView {
    id,
    key,
    label,
    plain,
    compound,
    role,
    rows,
    columns,
    offset,
    shown_rows,
    shown_columns,
    x,
    y,
    width,
    height,
    reaches,
    note
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
    /// Half its width.
    pub radius: f64,
    /// The nodes whose operators are folded into it, where it stands for a call of
    /// one of the program's own functions.
    pub members: Vec<usize>,
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
    members,
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
    /// Whether it is the whole truth of how the gradient goes back, as it is not
    /// where a number was spread over a matrix, and can be written.
    pub whole: bool,
    /// Where it stands in the picture: x, y, width and height; none where it
    /// is not drawn.
    pub place: Vec<f64>,
}

record!(LocalView {
    node,
    slot,
    label,
    index,
    whole,
    place
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
    /// Its corners from border to border, in the forward direction: x, y, x, y, …
    pub points: Vec<f64>,
    /// The corner up to which another edge of the same node draws it.
    pub shared: usize,
}

record!(EdgeView {
    node,
    operator,
    kind,
    slot,
    points,
    shared
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
pub fn runs(label: &formula::Label) -> Vec<RunView> {
    let view = |run: &formula::Run| RunView {
        text: run.text.clone(),
        style: match run.style {
            formula::RunStyle::Italic => RunStyle::Italic,
            formula::RunStyle::Upright => RunStyle::Upright,
            formula::RunStyle::Subscript => RunStyle::Sub,
            formula::RunStyle::Superscript => RunStyle::Sup,
        },
    };
    label.iter().map(view).collect()
}
