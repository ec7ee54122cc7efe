//! Text to graph, or everything that is wrong with the text.

use crate::notation::{
    self, Explain, MAX_FAULTS, Say, Span, SyntaxFault, SyntaxFaultKind, SyntaxWarning,
};

use super::elaborate::elaborate_with;
use super::{ElaborationFault, Graph, GraphBuilder};

/// What a text was found to be.
pub struct Read {
    /// The graph, where there is no fault.
    pub graph: Option<Graph>,
    /// What keeps it from running, in the order of the text: at most
    /// [`MAX_FAULTS`], and one that says that there are more.
    pub faults: Vec<Fault>,
    /// What is doubtful.
    pub warnings: Vec<SyntaxWarning>,
}

/// A fault, whichever phase found it.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Of the text.
    Syntax(SyntaxFault),
    /// Of what it means.
    Meaning(ElaborationFault),
}

impl Explain for Fault {
    fn span(&self) -> Span {
        match self {
            Self::Syntax(fault) => fault.span(),
            Self::Meaning(fault) => fault.span(),
        }
    }

    fn related(&self) -> Option<Span> {
        match self {
            Self::Syntax(fault) => fault.related(),
            Self::Meaning(fault) => fault.related(),
        }
    }

    fn tell(&self, say: Say) {
        match self {
            Self::Syntax(fault) => fault.tell(say),
            Self::Meaning(fault) => fault.tell(say),
        }
    }
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
    let mut faults: Vec<Fault> = parsed.faults.into_iter().map(Fault::Syntax).collect();
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
                faults.insert(index, Fault::Meaning(fault));
            }
            None
        }
    };
    if let Some(next) = faults.get_mut(MAX_FAULTS) {
        *next = Fault::Syntax(SyntaxFault {
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
