//! The nearest of several names.

use super::lexer::subscript_digit;

/// The candidate that `name` was probably meant to be: the one that takes the
/// fewest typing mistakes (a character left out, put in, replaced, or two
/// neighbours swapped), if these are few for the length of the names. Capitals
/// and subscripts are no mistake, so that `Relu` is near to `relu`. Of two that
/// are equally near it is the one whose length is nearer, then the first in the
/// alphabet, in whatever order they come. None without the feature `whole`.
///
/// ```
/// use chalkgrad::notation::nearest;
///
/// assert_eq!(nearest("sigmod", ["softmax", "sigmoid"]), Some("sigmoid"));
/// assert_eq!(nearest("w", ["x", "y"]), None);
/// ```
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if !cfg!(feature = "whole") {
        return None;
    }
    let name = plain(name);
    let mut nearest = None;
    for candidate in candidates {
        nearest = nearer(&name, nearest, candidate);
    }
    nearest.map(|(_, _, candidate)| candidate)
}

/// A candidate with the mistakes that it takes, and how much its length differs.
type Near<'a> = (usize, usize, &'a str);

/// The nearer one of the nearest so far and another candidate. Apart from the
/// loop, which there is one of for each kind of list.
fn nearer<'a>(name: &[char], nearest: Option<Near<'a>>, candidate: &'a str) -> Option<Near<'a>> {
    let other = plain(candidate);
    let most = most_mistakes(name.len().max(other.len()));
    // Longer ones differ in length alone by more than is allowed.
    let longer = name.len().abs_diff(other.len());
    if longer > most {
        return nearest;
    }
    let mistakes = distance(name, &other);
    let near = (mistakes, longer, candidate);
    let is_nearer = mistakes <= most && nearest.is_none_or(|nearest| near < nearest);
    if is_nearer { Some(near) } else { nearest }
}

fn most_mistakes(length: usize) -> usize {
    (length / 3).min(3)
}

fn plain(name: &str) -> Vec<char> {
    let digits = name.chars();
    let digits = digits.map(|character| subscript_digit(character).unwrap_or(character));
    digits
        .map(|character| character.to_ascii_lowercase())
        .collect()
}

/// The Damerau–Levenshtein distance, in which no piece is edited twice.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                let swapped: usize = before_last[j - 2];
                least = least.min(swapped + 1);
            }
            row.push(least);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}
