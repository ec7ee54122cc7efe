//! Calls of a program's own functions, which are inlined, remembered so that a
//! picture can fold each into one box.

use crate::notation::Span;

use super::NodeId;

/// A call of a program's own function that made an operator, or in which another
/// call did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inlined {
    /// The function's name.
    pub name: String,
    /// Where the text calls it, if a text does.
    pub span: Option<Span>,
    /// The call in whose body it stands, by its place among all calls.
    pub parent: Option<usize>,
    /// Its value: the last node that was computed in it.
    pub output: NodeId,
}

/// The calls of a graph that is being built.
#[derive(Clone, Debug, Default)]
pub(super) struct Calls {
    /// Those that made an operator, a call before the ones within it.
    inlined: Vec<Inlined>,
    /// Those whose body is at hand, from the outermost inwards.
    open: Vec<Open>,
}

#[derive(Clone, Debug)]
struct Open {
    name: String,
    span: Option<Span>,
    /// Its place among those that made an operator, once it has.
    place: Option<usize>,
}

impl Calls {
    /// From now on operators are made by a call of this function.
    pub fn enter(&mut self, name: &str, span: Option<Span>) {
        self.open.push(Open {
            name: name.into(),
            span,
            place: None,
        });
    }

    /// The call that was entered last is over.
    pub fn leave(&mut self) {
        self.open.pop();
    }

    /// Takes note of an operator; says which call made it.
    pub fn made(&mut self, output: NodeId) -> Option<usize> {
        let mut parent = None;
        for call in &mut self.open {
            let place = *call.place.get_or_insert(self.inlined.len());
            match self.inlined.get_mut(place) {
                Some(inlined) => inlined.output = output,
                None => self.inlined.push(Inlined {
                    name: call.name.clone(),
                    span: call.span,
                    parent,
                    output,
                }),
            }
            parent = Some(place);
        }
        parent
    }

    /// The calls that made an operator.
    pub fn finish(self) -> Vec<Inlined> {
        self.inlined
    }
}
