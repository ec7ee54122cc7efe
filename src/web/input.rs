//! What the page passes, field by field. Serde would read it too, and its
//! readers of these few records weigh as much as the notation's parser.

use js_sys::{Array, Reflect};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::descent::MAX_STEP;

use super::refused;

/// The look of a chart: what the theme, the language and the screen decide.
/// Colours are `#rrggbb`.
#[derive(Clone, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ChartLook {
    /// Device pixels for each CSS pixel.
    pub ratio: f64,
    /// How the loss axis runs.
    pub scale: Scale,
    /// The step that is marked.
    pub focus: u64,
    /// The word at the steps axis.
    pub step_word: String,
    /// The run's name at the end of its line; may be empty.
    pub label: String,
    /// Font family of words and numbers.
    pub font: String,
    /// Font family of variables.
    pub math_font: String,
    /// Size of the numbers on the axes in CSS pixels; all else is in
    /// proportion.
    pub text_size: f64,
    /// Background.
    pub paper: String,
    /// A faint area, for what is at hand.
    pub wash: String,
    /// Strongest text and lines.
    pub ink: String,
    /// Weaker text.
    pub ink2: String,
    /// Weakest text.
    pub ink3: String,
    /// Weak lines.
    pub rule: String,
    /// Stronger lines.
    pub rule_strong: String,
    /// Of gradients.
    pub backward: String,
    /// Of parameters.
    pub param: String,
    /// The run's own colour.
    pub series: String,
    /// The shape of its points.
    pub marker: MarkerShape,
}

impl ChartLook {
    /// Reads what the page passes.
    pub fn read(look: &Ts<Self>) -> Result<Self, JsError> {
        let fields = Fields::of(look);
        Ok(Self {
            ratio: fields.number("ratio")?,
            scale: fields.read("scale", Scale::read)?,
            focus: fields.step("focus")?,
            step_word: fields.text("stepWord")?,
            label: fields.text("label")?,
            font: fields.text("font")?,
            math_font: fields.text("mathFont")?,
            text_size: fields.number("textSize")?,
            paper: fields.text("paper")?,
            wash: fields.text("wash")?,
            ink: fields.text("ink")?,
            ink2: fields.text("ink2")?,
            ink3: fields.text("ink3")?,
            rule: fields.text("rule")?,
            rule_strong: fields.text("ruleStrong")?,
            backward: fields.text("backward")?,
            param: fields.text("param")?,
            series: fields.text("series")?,
            marker: fields.read("marker", MarkerShape::read)?,
        })
    }
}

/// The shape of a run's points.
#[derive(Clone, Copy, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum MarkerShape {
    /// A disc.
    Circle,
    /// A square.
    Square,
    /// A square on its corner.
    Diamond,
    /// A triangle.
    Triangle,
}

impl MarkerShape {
    fn read(value: &JsValue) -> Option<Self> {
        match value.as_string()?.as_str() {
            "circle" => Some(Self::Circle),
            "square" => Some(Self::Square),
            "diamond" => Some(Self::Diamond),
            "triangle" => Some(Self::Triangle),
            _ => None,
        }
    }
}

/// How an axis runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Scale {
    /// Equal differences are equally far.
    Linear,
    /// Equal ratios are equally far.
    Log,
}

impl Scale {
    fn read(value: &JsValue) -> Option<Self> {
        match value.as_string()?.as_str() {
            "linear" => Some(Self::Linear),
            "log" => Some(Self::Log),
            _ => None,
        }
    }
}

/// Everything a person can do, as one value.
#[derive(Clone, Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Experiment {
    /// The program's text.
    pub program: String,
    /// The runs, as in a link: `gd:0.1,0.03@120`.
    pub runs: Vec<String>,
    /// The step at which they stand.
    pub step: u64,
    /// Digest of the parameters at this step, eight hexadecimal digits.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
    /// The parameters at this step, where replay would take too long.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Vec<f64>>,
    /// How the loss axis runs.
    pub scale: Scale,
    /// The language the link asks for.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

impl Experiment {
    /// Reads what the page passes.
    pub fn read(experiment: &Ts<Self>) -> Result<Self, JsError> {
        let fields = Fields::of(experiment);
        Ok(Self {
            program: fields.text("program")?,
            runs: fields.read("runs", |runs| list(runs, JsValue::as_string))?,
            step: fields.step("step")?,
            check: fields.read_if_there("check", JsValue::as_string)?,
            state: fields.read_if_there("state", |state| list(state, JsValue::as_f64))?,
            scale: fields.read("scale", Scale::read)?,
            language: fields.read_if_there("language", Language::read)?,
        })
    }
}

fn list<T>(value: &JsValue, read: fn(&JsValue) -> Option<T>) -> Option<Vec<T>> {
    let items = Array::is_array(value).then(|| Array::from(value))?;
    items.iter().map(|item| read(&item)).collect()
}

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// English.
    En,
    /// 简体中文.
    Zh,
}

impl Language {
    /// Reads what the page passes.
    pub fn read(value: &JsValue) -> Option<Self> {
        match value.as_string()?.as_str() {
            "en" => Some(Self::En),
            "zh" => Some(Self::Zh),
            _ => None,
        }
    }
}

/// An object of the page's. A field of another kind than its type says is
/// refused by name.
struct Fields(JsValue);

impl Fields {
    fn of<T: Tsify>(object: &Ts<T>) -> Self
    where
        T::JsType: JsCast,
    {
        Self(object.js_value())
    }

    /// A field's value; nothing where it is left out.
    fn find(&self, name: &str) -> Option<JsValue> {
        let value = Reflect::get(&self.0, &JsValue::from_str(name)).ok()?;
        (!value.is_undefined() && !value.is_null()).then_some(value)
    }

    fn read<T>(&self, name: &str, read: impl FnOnce(&JsValue) -> Option<T>) -> Result<T, JsError> {
        let value = self.find(name).unwrap_or_default();
        read(&value).ok_or_else(|| not_fitting(name))
    }

    fn read_if_there<T>(
        &self,
        name: &str,
        read: impl FnOnce(&JsValue) -> Option<T>,
    ) -> Result<Option<T>, JsError> {
        let value = self.find(name);
        let read = |value: JsValue| read(&value).ok_or_else(|| not_fitting(name));
        value.map(read).transpose()
    }

    fn number(&self, name: &str) -> Result<f64, JsError> {
        self.read(name, JsValue::as_f64)
    }

    fn step(&self, name: &str) -> Result<u64, JsError> {
        self.read(name, |value| {
            let step = value.as_f64()?;
            let is_step = step.fract() == 0.0 && (0.0..=MAX_STEP as f64).contains(&step);
            is_step.then_some(step as u64)
        })
    }

    fn text(&self, name: &str) -> Result<String, JsError> {
        self.read(name, JsValue::as_string)
    }
}

fn not_fitting(name: &str) -> JsError {
    refused(format_args!("{name} is missing or of another type"))
}
