//! What the names of a program stand for while it is elaborated.

use std::rc::Rc;

use crate::datasets::generator;
use crate::matrix::Matrix;
use crate::notation::{ExprId, Names};
use crate::ops;

use super::NodeId;

/// What an expression, or a name, stands for.
#[derive(Clone, Debug)]
pub enum Value {
    /// Numbers that are known before the graph runs.
    Known(Rc<Matrix>),
    /// A node of the graph.
    Node(NodeId),
    /// Its fault has been reported; whatever is made of it is silent.
    Faulty,
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub enum Meaning {
    /// A value.
    Value(Value),
    /// The function of this index.
    Function(usize),
}

/// A `fn`, resolved at its own line.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name.
    pub name: Box<str>,
    /// The names of its arguments.
    pub params: Vec<Box<str>>,
    /// Its body.
    pub body: ExprId,
    /// What the other names of the body meant at its line.
    pub captured: Names<Meaning>,
}

/// Names in force at the line at hand.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    names: Names<Meaning>,
}

impl Scope {
    /// What a name stands for.
    pub fn get(&self, name: &str) -> Option<&Meaning> {
        self.names.get(name)
    }

    /// From now on the name stands for this.
    pub fn bind(&mut self, name: &str, meaning: Meaning) {
        self.names.insert(name, meaning);
    }

    /// Every name that stands for a value.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.of_kind(|meaning| matches!(meaning, Meaning::Value(_)))
    }

    /// Every name that stands for a function.
    pub fn functions(&self) -> impl Iterator<Item = &str> {
        self.of_kind(|meaning| matches!(meaning, Meaning::Function(_)))
    }

    fn of_kind(&self, is: fn(&Meaning) -> bool) -> impl Iterator<Item = &str> {
        let of_kind = self.names.iter().filter(move |(_, meaning)| is(meaning));
        of_kind.map(|(name, _)| name)
    }
}

/// The numbers that have a name of their own until a program takes it.
pub fn built_in_number(name: &str) -> Option<f64> {
    match name {
        "pi" | "π" => Some(std::f64::consts::PI),
        "e" => Some(std::f64::consts::E),
        _ => None,
    }
}

/// Whether a program calls an operator or a generator by this name.
pub fn is_function(name: &str) -> bool {
    ops::function(name).is_some() || generator(name).is_some()
}

/// Whether no value may have this name, since a function has it. `σ` may be
/// both.
pub fn is_reserved(name: &str) -> bool {
    name != "σ" && is_function(name)
}
