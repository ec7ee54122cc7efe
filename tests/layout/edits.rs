//! An edit that changes little moves little.

use std::collections::BTreeMap;

use chalkgrad::formula::Labels;
use chalkgrad::layout::{Options, Scene, place};

use super::programs;
use super::read::read;

/// Where each node that has a label of its own stands, seen from the first node
/// of the chain.
fn places(program: &str) -> BTreeMap<String, (f64, f64)> {
    let graph = read(program);
    let labels = Labels::of(&graph);
    let scene = Scene::of(&graph);
    let layout = place(&scene, Options::default());
    let ids: Vec<_> = graph.ids().collect();
    let start = *super::chain(&scene, &layout, Options::default().direction)
        .last()
        .expect("a chain");
    let origin = layout.nodes[start].at;
    let origin = (origin.x, origin.y + origin.height / 2.0);
    let mut places = BTreeMap::new();
    let mut twice = Vec::new();
    for (item, node) in scene.nodes.iter().zip(&layout.nodes) {
        let label = labels.plain(ids[item.id]);
        let at = (
            node.at.x - origin.0,
            node.at.y + node.at.height / 2.0 - origin.1,
        );
        if places.insert(label.clone(), at).is_some() {
            twice.push(label);
        }
    }
    for label in twice {
        places.remove(&label);
    }
    places
}

/// The share of nodes that stand where they stood, over all programs.
fn kept(edit: impl Fn(&str) -> String) -> f64 {
    let (mut same, mut all) = (0, 0);
    for (_, program) in programs::all() {
        let (before, after) = (places(&program), places(&edit(&program)));
        for (label, old) in &before {
            let Some(new) = after.get(label) else {
                continue;
            };
            all += 1;
            let near = (old.0 - new.0).abs() < 1.0 && (old.1 - new.1).abs() < 1.0;
            same += usize::from(near);
        }
    }
    f64::from(same as u32) / f64::from(all)
}

/// The program with a line before its last one, if that says what is minimized.
fn with_line(program: &str, line: &str) -> String {
    match program.trim_end().rsplit_once('\n') {
        Some((head, last)) if last.starts_with("minimize") => format!("{head}\n{line}\n{last}\n"),
        _ => format!("{}\n{line}\n", program.trim_end()),
    }
}

/// The name of the loss.
fn loss(program: &str) -> String {
    let graph = read(program);
    graph.binding_of(graph.loss()).expect("a name").name.clone()
}

#[test]
fn a_new_line_moves_little() {
    let kept = kept(|program| {
        let loss = loss(program);
        let minimized = format!(
            "{}\nminimize {loss}",
            program.replace(&format!("minimize {loss}"), "")
        );
        with_line(&minimized, "param fresh = 2\nunused = sin(fresh)")
    });
    println!("a new line: {kept:.3} keep their place");
    assert!(kept > 0.97, "{kept}");
}

#[test]
fn another_number_moves_nothing() {
    let kept = kept(|program| program.replace("0.1", "0.2").replace("= 2", "= 3"));
    println!("another number: {kept:.3} keep their place");
    assert!(kept > 0.999, "{kept}");
}

#[test]
fn another_name_moves_nothing() {
    let kept = kept(|program| program.replace("W1", "V1").replace("v1", "u1"));
    println!("another name: {kept:.3} keep their place");
    assert!(kept > 0.999, "{kept}");
}

#[test]
fn a_new_term_moves_little() {
    let kept = kept(|program| {
        let loss = loss(program);
        let head = program.replace(&format!("minimize {loss}"), "");
        format!(
            "{}\nparam fresh = 2\ntotal = {loss} + 0.01fresh^2\nminimize total\n",
            head.trim_end()
        )
    });
    println!("a new term: {kept:.3} keep their place");
    assert!(kept > 0.9, "{kept}");
}
