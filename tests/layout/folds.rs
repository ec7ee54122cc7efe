//! What is drawn less finely than operator by operator.

use chalkgrad::layout::{Direction, Form, Options, Role, Scene, place, sample_shape};

use super::picture::faults;
use super::read::read;

const NESTED: &str = "param w = 2\nparam b = 1\ndata x = 3\n\
                      fn line(a) = w * a + b\nfn layer(a) = tanh(line(a))\n\
                      h = layer(x)\no = layer(h)\nL = (o - 1)^2\n";

#[test]
fn a_folded_call_is_one_box_with_what_it_takes_from_outside() {
    let graph = read(NESTED);
    let scene = Scene::of(&graph).folded(&graph, &[]);
    let boxes: Vec<_> = scene
        .operators
        .iter()
        .filter(|one| !one.members.is_empty())
        .collect();
    assert_eq!(boxes.len(), 2);
    for one in boxes {
        assert!(matches!(one.form, Form::Box(_)));
        // Times, plus and tanh; of w, the argument and b.
        assert_eq!((one.members.len(), one.operands.len()), (3, 3));
        assert_eq!(one.members.last(), Some(&one.id));
    }
    // The two layers, the difference and the square, and what goes into them.
    assert_eq!((scene.operators.len(), scene.nodes.len()), (4, 7));
}

#[test]
fn an_open_call_shows_its_operators_and_the_calls_within_it() {
    let graph = read(NESTED);
    let calls = graph.calls();
    let outer = calls.iter().position(|call| call.name == "layer").unwrap();
    let inner = calls
        .iter()
        .position(|call| call.parent == Some(outer))
        .unwrap();
    let scene = Scene::of(&graph).folded(&graph, &[outer]);
    let members: Vec<usize> = scene
        .operators
        .iter()
        .map(|one| one.members.len())
        .collect();
    // The line is a box, tanh stands for itself; the other layer is a box.
    assert_eq!(members, [2, 0, 3, 0, 0]);
    let open = Scene::of(&graph).folded(&graph, &[outer, inner]);
    assert_eq!(open.operators.len(), scene.operators.len() + 1);
    let all: Vec<usize> = (0..calls.len()).collect();
    let whole = Scene::of(&graph).folded(&graph, &all);
    assert_eq!(whole.operators.len(), Scene::of(&graph).operators.len());
}

#[test]
fn folded_scenes_are_placed_like_all_others() {
    let graph = read(NESTED);
    for open in [&[][..], &[0], &[0, 1]] {
        let scene = Scene::of(&graph).folded(&graph, open);
        for direction in [Direction::Right, Direction::Down] {
            let options = Options {
                direction,
                room: None,
            };
            assert_eq!(
                faults(&scene, &place(&scene, options)),
                Vec::<String>::new()
            );
        }
    }
}

#[test]
fn of_several_samples_one_takes_the_room_of_a_column() {
    let graph = read("data x = [1, 2, 3; 4, 5, 6]\nparam W = [1, 2; 3, 4; 5, 6]\nL = sum(W @ x)\n");
    let all = Scene::of(&graph);
    let one = Scene::of(&graph).of_one_sample(&graph, 3);
    for (before, after) in all.nodes.iter().zip(&one.nodes) {
        match before.role {
            Role::Param => assert_eq!(after.size, before.size),
            Role::Data => assert!(after.size.width < before.size.width),
            Role::Computed => assert!(after.size.width <= before.size.width),
        }
    }
    let ids: Vec<_> = graph.ids().collect();
    assert_eq!(sample_shape(&graph, ids[0], 3).columns, 1);
    assert_eq!(sample_shape(&graph, ids[0], 0).columns, 3);
    assert_eq!(sample_shape(&graph, ids[0], 2).columns, 3);
}
