//! What names stand for.

/// Names, and a thing for each, in the order in which they came: a hash map
/// would have them in any. They are found by halving, in what is no longer
/// than a program; all code for hashes stays out of what the page loads.
#[derive(Clone, Debug)]
pub struct Names<T> {
    /// In the order in which they came.
    things: Vec<(Box<str>, T)>,
    /// Where each of them is, in the order of the names.
    order: Vec<u32>,
}

impl<T> Names<T> {
    /// What a name stands for.
    pub fn get(&self, name: &str) -> Option<&T> {
        let place = self.place(name).ok()?;
        Some(&self.things[self.order[place] as usize].1)
    }

    /// From now on the name stands for this.
    pub fn insert(&mut self, name: &str, thing: T) {
        match self.place(name) {
            Ok(place) => self.things[self.order[place] as usize].1 = thing,
            Err(place) => self.insert_at(place, name, thing),
        }
    }

    /// What a name stands for; this, if it had nothing to stand for.
    pub fn get_or_insert(&mut self, name: &str, thing: T) -> &mut T {
        let place = match self.place(name) {
            Ok(place) => place,
            Err(place) => {
                self.insert_at(place, name, thing);
                place
            }
        };
        &mut self.things[self.order[place] as usize].1
    }

    /// All of them, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.things.iter().map(|(name, thing)| (&**name, thing))
    }

    fn insert_at(&mut self, place: usize, name: &str, thing: T) {
        self.order.insert(place, self.things.len() as u32);
        self.things.push((name.into(), thing));
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        let name_at = |at: &u32| &*self.things[*at as usize].0;
        self.order.binary_search_by(|at| name_at(at).cmp(name))
    }
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self {
            things: Vec::new(),
            order: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_for_what_it_was_given_last() {
        let mut names = Names::default();
        for (name, thing) in [("x", 1), ("b", 2), ("损失", 3), ("x", 4), ("a", 5)] {
            names.insert(name, thing);
        }
        assert_eq!(names.get("x"), Some(&4));
        assert_eq!(names.get("损失"), Some(&3));
        assert_eq!(names.get(""), None);
        *names.get_or_insert("b", 0) += 1;
        *names.get_or_insert("c", 0) += 1;
        let all: Vec<_> = names.iter().map(|(name, thing)| (name, *thing)).collect();
        assert_eq!(all, [("x", 4), ("b", 3), ("损失", 3), ("a", 5), ("c", 1)]);
    }
}
