//! Calls: of a program's own functions, of operators, and of generators.

use std::rc::Rc;

use crate::datasets::Generator;
use crate::matrix::Shape;
use crate::notation::{Argument, Name, Span};
use crate::ops::{Arity, Operator};

use super::builder::MAX_ENTRIES;
use super::elaborate::{Elaborator, MAX_CALLS};
use super::expression::Site;
use super::fault::ElaborationFaultKind as Kind;
use super::scope::Value;

/// What a call may have behind the arguments that it must have: a name, and
/// what holds where it is left out.
type Named = (&'static str, f64);

impl<'a> Elaborator<'a> {
    /// The value of a program's own function: its body, with these arguments.
    pub(super) fn inline(
        &mut self,
        span: Span,
        called: &Name,
        index: usize,
        arguments: &[Argument],
        values: Vec<Value>,
        site: Site<'_>,
    ) -> Value {
        let function = self.functions[index].clone();
        let takes = function.params.len();
        if let Some(named) = arguments.iter().find_map(|it| it.name.as_ref()) {
            return self.unknown_argument(called, named);
        }
        if arguments.len() != takes {
            return self.wrong_count(span, &function.name, takes, takes, arguments.len());
        }
        if self.calls == MAX_CALLS {
            self.fault(span, Kind::CallsTooDeep);
            return Value::Faulty;
        }
        self.calls += 1;
        let inner = Site {
            call: Some((&function, &values)),
            ..site
        };
        self.builder.enter(&function.name, Some(span));
        let value = self.expression(function.body, inner);
        self.builder.leave();
        self.calls -= 1;
        value
    }

    /// The value of an operator that is called by its name.
    pub(super) fn apply_call(
        &mut self,
        span: Span,
        operator: &'static Operator,
        function: &Name,
        arguments: &[Argument],
        values: Vec<Value>,
    ) -> Value {
        let least = match operator.arity {
            Arity::Exactly(operands) => operands,
            Arity::AtLeast(least) => {
                if let Some(named) = arguments.iter().find_map(|it| it.name.as_ref()) {
                    return self.unknown_argument(function, named);
                }
                if arguments.len() < least {
                    let (most, found) = (usize::MAX, arguments.len());
                    return self.wrong_count(span, &function.text, least, most, found);
                }
                return self.apply(span, operator, operator.name, &values, &[]);
            }
        };
        let constants = operator.constants.iter();
        let constants: Vec<Named> = constants.map(|it| (it.name, it.default)).collect();
        match self.options(span, function, least, &constants, arguments, &values) {
            Some(constants) => {
                self.apply(span, operator, operator.name, &values[..least], &constants)
            }
            None => Value::Faulty,
        }
    }

    /// What a generator makes, on the right side of a declaration.
    pub(super) fn generate(
        &mut self,
        span: Span,
        generator: &'static Generator,
        function: &Name,
        arguments: &[Argument],
        values: &[Value],
    ) -> Value {
        if self.pcg.is_none() {
            self.fault(span, Kind::GeneratorElsewhere(function.text.to_string()));
            return Value::Faulty;
        }
        let sides = generator.sides;
        let options = self.options(span, function, sides, generator.options, arguments, values);
        let Some(options) = options else {
            return Value::Faulty;
        };
        let mut sizes = [1; 2];
        for (place, (value, argument)) in values.iter().zip(arguments).take(sides).enumerate() {
            let Some(size) = self.size(value, self.exprs[argument.value].span) else {
                return Value::Faulty;
            };
            sizes[place] = size;
        }
        let [rows, columns] = sizes;
        let shape = Shape::new(rows, if sides == 1 { rows } else { columns });
        if shape.rows.saturating_mul(shape.columns) > MAX_ENTRIES {
            self.fault(span, Kind::MatrixTooLarge(shape));
            return Value::Faulty;
        }
        if !self.spend(span, generator.name, shape, shape.len()) {
            return Value::Faulty;
        }
        match &mut self.pcg {
            Some(pcg) => Value::Known(Rc::new(generator.fill(shape, &options, pcg))),
            None => Value::Faulty,
        }
    }

    /// A whole number from 1, which a side of a matrix is.
    fn size(&mut self, value: &Value, span: Span) -> Option<usize> {
        let number = self.number(value, span)?;
        if number.fract() == 0.0 && (1.0..=u32::MAX as f64).contains(&number) {
            return Some(number as usize);
        }
        self.fault(span, Kind::Size(number));
        None
    }

    /// A 1×1 value that is known.
    pub(super) fn number(&mut self, value: &Value, span: Span) -> Option<f64> {
        let Value::Known(value) = value else {
            return None;
        };
        let number = value.as_scalar();
        if number.is_none() {
            self.fault(span, Kind::NotScalar(value.shape()));
        }
        number
    }

    /// The arguments behind the first `least`, by place or by name.
    fn options(
        &mut self,
        span: Span,
        function: &Name,
        least: usize,
        known: &[Named],
        arguments: &[Argument],
        values: &[Value],
    ) -> Option<Vec<f64>> {
        let index_of = |name: &Name| known.iter().position(|(known, _)| **known == *name.text);
        let mut names = arguments.iter().filter_map(|it| it.name.as_ref());
        if let Some(unknown) = names.clone().find(|name| index_of(name).is_none()) {
            self.unknown_argument(function, unknown);
            return None;
        }
        let first = arguments.iter().position(|it| it.name.is_some());
        if let (Some(true), Some(name)) = (first.map(|at| at < least), names.next()) {
            let (function, first) = (function.text.to_string(), name.text.to_string());
            self.fault(name.span, Kind::NamedFirst { function, first });
            return None;
        }
        let most = least + known.len();
        if !(least..=most).contains(&arguments.len()) {
            self.wrong_count(span, &function.text, least, most, arguments.len());
            return None;
        }
        let mut options: Vec<f64> = known.iter().map(|(_, default)| *default).collect();
        for (place, (argument, value)) in arguments.iter().zip(values).enumerate().skip(least) {
            let index = argument.name.as_ref().and_then(index_of);
            let index = index.unwrap_or(place - least);
            options[index] = self.number(value, self.exprs[argument.value].span)?;
        }
        Some(options)
    }

    fn unknown_argument(&mut self, function: &Name, name: &Name) -> Value {
        let span = name.span;
        let (function, name) = (function.text.to_string(), name.text.to_string());
        self.fault(span, Kind::UnknownArgument { function, name });
        Value::Faulty
    }

    fn wrong_count(
        &mut self,
        span: Span,
        function: &str,
        least: usize,
        most: usize,
        found: usize,
    ) -> Value {
        let function = function.to_string();
        self.fault(
            span,
            Kind::Arguments {
                function,
                least,
                most,
                found,
            },
        );
        Value::Faulty
    }
}
