//! Text to graph, or everything that is wrong with the text.

use crate::notation::{self, Explain, MAX_FAULTS, SyntaxFault, SyntaxFaultKind, SyntaxWarning};

use super::elaborate::elaborate_with;
use super::{Graph, GraphBuilder};

/// What a text was found to be.
pub struct Read {
    /// The graph, where there is no fault.
    pub graph: Option<Graph>,
    /// What keeps it from running, in the order of the text: at most
    /// [`MAX_FAULTS`], and one that says that there are more.
    pub faults: Vec<Box<dyn Explain>>,
    /// What is doubtful.
    pub warnings: Vec<SyntaxWarning>,
}

/// Reads a program's text. Lines that don't read well are left out, and the
/// names they would have bound count as known, so that one fault isn't told as
/// many.
pub fn read(text: &str) -> Read {
    read_with(text, GraphBuilder::new())
}

/// The same of a program that may take so many multiply-adds: more are a fault.
pub fn read_within(text: &str, operations: u64) -> Read {
    read_with(text, GraphBuilder::within(operations))
}

fn read_with(text: &str, builder: GraphBuilder) -> Read {
    let parsed = notation::parse(text);
    let elaborated = elaborate_with(&parsed.program, builder);
    let mut faults: Vec<Box<dyn Explain>> = parsed.faults.into_iter().map(boxed).collect();
    let reads_well = faults.is_empty();
    let graph = match elaborated {
        Ok(graph) => reads_well.then_some(graph),
        Err(of_meaning) => {
            let told = of_meaning
                .into_iter()
                .filter(|fault| reads_well || !fault.is_of_whole());
            for fault in told {
                let start = fault.span().start;
                let index = faults.partition_point(|other| other.span().start <= start);
                faults.insert(index, boxed(fault));
            }
            None
        }
    };
    if let Some(next) = faults.get_mut(MAX_FAULTS) {
        *next = boxed(SyntaxFault {
            span: next.span(),
            related: None,
            kind: SyntaxFaultKind::TooManyFaults,
        });
        faults.truncate(MAX_FAULTS + 1);
    }
    Read {
        graph,
        faults,
        warnings: parsed.warnings,
    }
}

fn boxed(fault: impl Explain + 'static) -> Box<dyn Explain> {
    Box::new(fault)
}
