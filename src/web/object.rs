//! Records on their way to the page: plain objects, field by field. Serde
//! would write them too, by way of twice the code.

use js_sys::Array;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A plain object.
    #[wasm_bindgen(js_name = Object)]
    pub type Record;

    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> Record;

    #[wasm_bindgen(method, structural, indexing_setter)]
    fn set(this: &Record, name: &str, value: JsValue);
}

impl Record {
    /// An object without fields.
    pub fn empty() -> Self {
        Self::new()
    }

    /// Gives it a field, called as TypeScript calls what is `snake_case` here.
    /// One without a value is left out.
    pub fn put(&self, field: &str, value: &impl ToJs) {
        let value = value.to_js();
        if !value.is_undefined() {
            self.set(&camel_case(field), value);
        }
    }
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(1);
        camel.push_str(&first.to_ascii_uppercase());
        camel.push_str(rest);
    }
    camel
}

/// What the page can be given.
pub trait ToJs {
    /// As the page gets it.
    fn to_js(&self) -> JsValue;

    /// The same with its type in TypeScript.
    fn to_ts(&self) -> Ts<Self>
    where
        Self: Sized + Tsify,
    {
        Ts::new_unchecked(self.to_js())
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl ToJs for $number {
            fn to_js(&self) -> JsValue {
                JsValue::from_f64(*self as f64)
            }
        })*
    };
}

// Steps are below 2⁵³, which a number of the page holds exactly.
numbers!(f64, u32, u64, usize);

impl ToJs for bool {
    fn to_js(&self) -> JsValue {
        JsValue::from_bool(*self)
    }
}

impl ToJs for str {
    fn to_js(&self) -> JsValue {
        JsValue::from_str(self)
    }
}

impl ToJs for String {
    fn to_js(&self) -> JsValue {
        self.as_str().to_js()
    }
}

impl<T: ToJs> ToJs for Option<T> {
    fn to_js(&self) -> JsValue {
        self.as_ref().map_or(JsValue::UNDEFINED, T::to_js)
    }
}

impl<T: ToJs> ToJs for [T] {
    fn to_js(&self) -> JsValue {
        let array = Array::new();
        for item in self {
            array.push(&item.to_js());
        }
        array.into()
    }
}

impl<T: ToJs> ToJs for Vec<T> {
    fn to_js(&self) -> JsValue {
        self.as_slice().to_js()
    }
}

impl<T: ToJs, const LENGTH: usize> ToJs for [T; LENGTH] {
    fn to_js(&self) -> JsValue {
        self.as_slice().to_js()
    }
}

/// A word of a fixed few.
pub trait Word: Copy + 'static {
    /// All of them.
    const ALL: &'static [Self];

    /// As the page has it.
    fn word(self) -> &'static str;

    /// What a word of the page's stands for.
    fn read(word: &JsValue) -> Option<Self> {
        let word = word.as_string()?;
        Self::ALL.iter().copied().find(|of| of.word() == word)
    }
}

/// Gives a record to the page: all its fields, which a missing one would not
/// let compile.
macro_rules! record {
    ($record:ident { $($field:ident),* $(,)? }) => {
        impl $crate::web::object::ToJs for $record {
            fn to_js(&self) -> wasm_bindgen::JsValue {
                let Self { $($field),* } = self;
                let record = $crate::web::object::Record::empty();
                $(record.put(stringify!($field), $field);)*
                record.into()
            }
        }
    };
}

/// Gives an enum to the page as words.
macro_rules! words {
    ($of:ident { $($variant:ident: $word:literal),* $(,)? }) => {
        impl $crate::web::object::Word for $of {
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),*
                }
            }
        }

        impl $crate::web::object::ToJs for $of {
            fn to_js(&self) -> wasm_bindgen::JsValue {
                wasm_bindgen::JsValue::from_str($crate::web::object::Word::word(*self))
            }
        }
    };
}

pub(super) use {record, words};
