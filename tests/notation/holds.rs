//! What holds for every text: for the property tests and the fuzz target alike.

use std::collections::HashSet;

use chalkgrad::derivation::{Derivations, Form, value};
use chalkgrad::formula::{Labels, latex, mathml, text};
use chalkgrad::graph::{self, Graph};
use chalkgrad::notation::{
    Edit, Explain, Exprs, Language, LineIndex, LineKind, MAX_TEXT, Parsed, Role, Span, apply,
    parse, print, set_number,
};
use chalkgrad::paths;
use chalkgrad::tape::Tape;

/// Graphs of at most so many nodes are run and written: more take their time.
const FEW_NODES: usize = 200;

/// Of so many nodes it is derived why their gradients are what they are, where a pass
/// takes at most so many multiply-adds.
const FEW_DERIVED: usize = 8;
const FEW_OPERATIONS: u64 = 10_000;

/// Panics where something doesn't hold.
pub fn for_any_text(text: &str) {
    let parsed = parse(text);
    tokens_are_the_text(text, &parsed);
    all_spans_are_pieces(text, &parsed);
    let index = LineIndex::new(text);
    for (at, fault) in parsed.faults.iter().enumerate() {
        let told = parsed.faults[..at].contains(fault);
        assert!(!told, "told twice: {fault:?}");
    }
    for warning in &parsed.warnings {
        is_told(text, &index, warning);
    }
    what_is_written_is_read(&parsed);
    edits_touch_nothing_else(text, &parsed);
    a_graph_or_faults(text, &index);
}

fn tokens_are_the_text(text: &str, parsed: &Parsed) {
    assert_eq!(parsed.text(), text);
    let mut end = 0;
    for token in &parsed.tokens {
        assert_eq!(token.span.start, end);
        assert!(token.span.end > end);
        end = token.span.end;
    }
    assert_eq!(end as usize, text.len());
}

fn all_spans_are_pieces(text: &str, parsed: &Parsed) {
    let warnings = parsed.warnings.iter();
    let warned = warnings.flat_map(|warning| [Some(warning.span), warning.related]);
    let read = parsed.program.exprs.iter().map(|(_, expr)| Some(expr.span));
    let lines = parsed.program.lines.iter().map(|line| Some(line.span));
    for span in warned.chain(read).chain(lines).flatten() {
        is_a_piece(text, span);
    }
}

fn is_a_piece(text: &str, span: Span) {
    let piece = text.get(span.start as usize..span.end as usize);
    assert!(piece.is_some(), "{span:?}");
}

/// Whether a fault has its place in the text, and its sentences.
fn is_told(text: &str, index: &LineIndex, fault: &(impl Explain + ?Sized)) {
    for span in [Some(fault.span()), fault.related()].into_iter().flatten() {
        is_a_piece(text, span);
        let place = index.place(span);
        let (from, to) = (
            (place.line, place.column),
            (place.end_line, place.end_column),
        );
        assert!((1, 1) <= from && from <= to, "{place:?}");
    }
    let languages = [Language::En, Language::Zh];
    assert!(
        languages
            .iter()
            .all(|&it| !fault.message(it.sentences()).is_empty())
    );
    let remedies = languages.map(|language| fault.remedy(language.sentences()));
    assert_eq!(remedies[0].is_some(), remedies[1].is_some());
}

fn what_is_written_is_read(parsed: &Parsed) {
    let exprs = &parsed.program.exprs;
    let lines = parsed.program.lines.iter();
    let values = lines.filter_map(|line| match line.kind {
        LineKind::Assign { value, .. } => Some(value),
        _ => None,
    });
    let written: Vec<String> = values.clone().map(|value| print(exprs, value)).collect();
    let text = format!("y = {}", written.join("\ny = "));
    if written.is_empty() || text.len() > MAX_TEXT {
        return;
    }
    let again = parse(&text);
    assert_eq!(again.faults, [], "{text}");
    assert_eq!(again.program.lines.len(), written.len(), "{text}");
    for ((line, value), written) in again.program.lines.iter().zip(values).zip(written) {
        let LineKind::Assign { value: read, .. } = line.kind else {
            panic!("an assignment: {written}");
        };
        let count = |exprs: &Exprs, value| exprs.subtree(value).count();
        assert_eq!(count(&again.program.exprs, read), count(exprs, value));
        assert_eq!(print(&again.program.exprs, read), written);
    }
}

fn edits_touch_nothing_else(text: &str, parsed: &Parsed) {
    let same = parsed.tokens.iter().map(|token| Edit {
        span: token.span,
        text: token.span.of(text).into(),
    });
    assert_eq!(apply(text, &same.collect::<Vec<_>>()), text);
    let mut params = parsed
        .program
        .lines
        .iter()
        .filter_map(|line| match &line.kind {
            LineKind::Declare {
                role: Role::Param,
                names,
                ..
            } => Some(&names[0].text),
            _ => None,
        });
    // One is enough: each is a text of its own to be read.
    let edit = params
        .next_back()
        .and_then(|name| set_number(&parsed.program, name, -2.5));
    if let Some(edit) = edit {
        let (span, length) = (edit.span, edit.text.len());
        let edited = apply(text, &[edit]);
        let (start, end) = (span.start as usize, span.end as usize);
        assert_eq!(edited[..start], text[..start]);
        assert_eq!(edited[start + length..], text[end..]);
        let again = parse(&edited);
        assert_eq!(again.program.lines.len(), parsed.program.lines.len());
        assert_eq!(again.faults.len(), parsed.faults.len());
    }
}

fn a_graph_or_faults(text: &str, index: &LineIndex) {
    let read = graph::read(text);
    assert_eq!(read.graph.is_some(), read.faults.is_empty());
    let mut start = 0;
    for fault in &read.faults {
        assert!(start <= fault.span().start, "in the order of the text");
        start = fault.span().start;
        is_told(text, index, fault);
    }
    let Some(graph) = read.graph.filter(|graph| graph.nodes().len() <= FEW_NODES) else {
        return;
    };
    every_gradient_is_derived(&graph);
    let written = graph::write(&graph).ok();
    if let Some(written) = written {
        let again = graph::read(&written)
            .graph
            .expect("what was written is read");
        assert_eq!(again.nodes().len(), graph.nodes().len(), "{written}");
        let keys: HashSet<&str> = again.bindings().iter().map(|it| it.key.as_str()).collect();
        assert!(
            graph
                .bindings()
                .iter()
                .all(|it| keys.contains(it.key.as_str()))
        );
        assert_eq!(loss_bits(&again), loss_bits(&graph), "{written}");
    }
}

/// Every form is written, and what is written out has a value of the node's shape; as
/// many terms as paths are listed.
fn every_gradient_is_derived(graph: &Graph) {
    let (tape, labels) = (passed(graph), Labels::of(graph));
    if tape.operations() > FEW_OPERATIONS {
        return;
    }
    let derivations = Derivations::of(graph, &labels);
    let seen = graph.ids().filter(|&node| graph.has_gradient(node));
    for node in seen.take(FEW_DERIVED) {
        for form in Form::ALL {
            let equation = derivations.equation(node, form);
            for written in [mathml(&equation), latex(&equation), text(&equation)] {
                assert!(!written.is_empty());
            }
            let value = value(&equation, graph, &tape);
            let shape = value.map(|value| value.shape());
            let is_cut = text(&equation).contains('…');
            assert!(is_cut || shape == Some(graph.node(node).shape));
        }
        let paths = paths::list(graph, node);
        assert_eq!(paths::terms(&tape, &paths, u64::MAX).count(), paths.len());
    }
    derivations.tally();
}

fn passed(graph: &Graph) -> Tape {
    let mut tape = Tape::compile(graph);
    tape.forward();
    tape.backward();
    tape
}

fn loss_bits(graph: &Graph) -> u64 {
    let loss = passed(graph).loss();
    if loss.is_nan() { f64::NAN } else { loss }.to_bits()
}
