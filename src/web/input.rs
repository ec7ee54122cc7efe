//! What the page passes, field by field. Serde would read it too, and its
//! readers of these few records weigh as much as the notation's parser.

use js_sys::{Array, Reflect};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::charts::{Colour, ColourError};
use crate::descent::MAX_STEP;
use crate::share::MAX_PLACE;

use super::object::{Word, record, words};
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
    /// The word at the first iterate.
    pub start_word: String,
    /// The word before the slope of the tangent.
    pub slope_word: String,
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
    #[tsify(type = "string")]
    pub paper: Colour,
    /// A faint area, for what is at hand.
    #[tsify(type = "string")]
    pub wash: Colour,
    /// Strongest text and lines.
    #[tsify(type = "string")]
    pub ink: Colour,
    /// Weaker text.
    #[tsify(type = "string")]
    pub ink2: Colour,
    /// Weakest text.
    #[tsify(type = "string")]
    pub ink3: Colour,
    /// Weak lines.
    #[tsify(type = "string")]
    pub rule: Colour,
    /// Stronger lines.
    #[tsify(type = "string")]
    pub rule_strong: Colour,
    /// Of gradients.
    #[tsify(type = "string")]
    pub backward: Colour,
    /// Of parameters.
    #[tsify(type = "string")]
    pub param: Colour,
    /// The run's own colour.
    #[tsify(type = "string")]
    pub series: Colour,
    /// The shape of its points: one of eight.
    pub marker: u32,
}

impl ChartLook {
    /// Reads what the page passes.
    pub fn read(look: &Ts<Self>) -> Result<Self, JsError> {
        let mut fields = Fields::of(look);
        let read = Self {
            ratio: fields.number("ratio"),
            scale: fields.read("scale", Scale::Log, Scale::read),
            focus: fields.step("focus"),
            step_word: fields.text("stepWord"),
            start_word: fields.text("startWord"),
            slope_word: fields.text("slopeWord"),
            label: fields.text("label"),
            font: fields.text("font"),
            math_font: fields.text("mathFont"),
            text_size: fields.number("textSize"),
            paper: fields.colour("paper"),
            wash: fields.colour("wash"),
            ink: fields.colour("ink"),
            ink2: fields.colour("ink2"),
            ink3: fields.colour("ink3"),
            rule: fields.colour("rule"),
            rule_strong: fields.colour("ruleStrong"),
            backward: fields.colour("backward"),
            param: fields.colour("param"),
            series: fields.colour("series"),
            marker: fields.read("marker", 0, place),
        };
        fields.finish(read)
    }
}

/// How an axis runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Scale {
    /// Equal differences are equally far.
    Linear,
    /// Equal ratios are equally far.
    Log,
    /// The same, and it shows the distance from the minimum in place of the loss.
    Distance,
}

words!(Scale {
    Linear: "linear",
    Log: "log",
    Distance: "distance"
});

/// What the transport takes for a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Gear {
    /// A whole update.
    Update,
    /// One operator.
    Operator,
}

words!(Gear {
    Update: "update",
    Operator: "operator"
});

/// How contributions are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Form {
    /// prod(∂L/∂o, ∂o/∂h, ∂h/∂z, ∂z/∂W₁)
    Full,
    /// ∂L/∂z · ∂z/∂W₁
    Chain,
    /// prod(∂L/∂z, ∂z/∂W₁)
    Prod,
    /// ∂L/∂z xᵀ
    Explicit,
}

words!(Form {
    Full: "full",
    Chain: "chain",
    Prod: "prod",
    Explicit: "explicit"
});

/// Everything a person can do, as one value.
#[derive(Clone, Debug, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Experiment {
    /// The key of the lesson that it is shown in.
    pub lesson: String,
    /// The program's text; in a link the first lesson's stands for that of whatever lesson it names.
    pub program: String,
    /// The runs, as in a link: `gd:0.1,0.03@120`.
    pub runs: Vec<String>,
    /// Which of them is at hand, from 0.
    pub selected: u32,
    /// Which of them are not drawn, a bit each.
    pub hidden: u32,
    /// The step at which they stand.
    pub step: u64,
    /// Digest of the parameters at this step, eight hexadecimal digits.
    #[tsify(optional)]
    pub check: Option<String>,
    /// The parameters at this step, where replay would take too long.
    #[tsify(optional)]
    pub state: Option<Vec<f64>>,
    /// How the loss axis runs.
    pub scale: Scale,
    /// What the transport takes for a step.
    pub gear: Gear,
    /// How many moves of the walk have been made at this step.
    pub at: u32,
    /// How gradients are derived inside a step.
    pub form: Form,
    /// Whether the next point is to be guessed before it is shown.
    pub guess: bool,
    /// The language the link asks for.
    #[tsify(optional)]
    pub language: Option<Language>,
}

record!(Experiment {
    lesson,
    program,
    runs,
    selected,
    hidden,
    step,
    check,
    state,
    scale,
    gear,
    at,
    form,
    guess,
    language
});

impl Experiment {
    /// Reads what the page passes.
    pub fn read(experiment: &Ts<Self>) -> Result<Self, JsError> {
        let mut fields = Fields::of(experiment);
        let read = Self {
            lesson: fields.text("lesson"),
            program: fields.text("program"),
            runs: fields.read("runs", Vec::new(), |runs| list(runs, JsValue::as_string)),
            selected: fields.read("selected", 0, place),
            hidden: fields.read("hidden", 0, place),
            step: fields.step("step"),
            check: fields.read_if_there("check", JsValue::as_string),
            state: fields.read_if_there("state", |state| list(state, JsValue::as_f64)),
            scale: fields.read("scale", Scale::Log, Scale::read),
            gear: fields.read("gear", Gear::Update, Gear::read),
            at: fields.read("at", 0, place),
            form: fields.read("form", Form::Explicit, Form::read),
            guess: fields.find("guess").is_some_and(|guess| guess.is_truthy()),
            language: fields.read_if_there("language", Language::read),
        };
        fields.finish(read)
    }
}

fn place(value: &JsValue) -> Option<u32> {
    let place = value.as_f64()?;
    let is_place = place.fract() == 0.0 && (0.0..=f64::from(MAX_PLACE)).contains(&place);
    is_place.then_some(place as u32)
}

fn list<T>(value: &JsValue, read: fn(&JsValue) -> Option<T>) -> Option<Vec<T>> {
    let items = Array::is_array(value).then(|| Array::from(value))?;
    items.iter().map(|item| read(&item)).collect()
}

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// English.
    En,
    /// 简体中文.
    Zh,
}

words!(Language { En: "en", Zh: "zh" });

/// An object of the page's. The first field that is not as its type says is
/// remembered, and refused in the end: reading on until then is shorter than
/// thirty ways out.
struct Fields {
    object: JsValue,
    fault: Option<String>,
}

impl Fields {
    fn of<T: Tsify>(object: &Ts<T>) -> Self
    where
        T::JsType: JsCast,
    {
        Self {
            object: object.js_value(),
            fault: None,
        }
    }

    /// What was read, or why it can't be used.
    fn finish<T>(self, read: T) -> Result<T, JsError> {
        self.fault.map_or(Ok(read), |fault| Err(refused(fault)))
    }

    fn refuse(&mut self, fault: String) {
        self.fault.get_or_insert(fault);
    }

    /// A field's value; nothing where it is left out.
    fn find(&self, name: &str) -> Option<JsValue> {
        let value = Reflect::get(&self.object, &JsValue::from_str(name)).ok()?;
        (!value.is_undefined() && !value.is_null()).then_some(value)
    }

    fn read<T>(&mut self, name: &str, instead: T, read: impl FnOnce(&JsValue) -> Option<T>) -> T {
        let value = self.find(name).unwrap_or_default();
        read(&value).unwrap_or_else(|| {
            self.refuse(format!("{name} is missing or of another type"));
            instead
        })
    }

    fn read_if_there<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&JsValue) -> Option<T>,
    ) -> Option<T> {
        self.find(name)?;
        self.read(name, None, |value| read(value).map(Some))
    }

    fn number(&mut self, name: &str) -> f64 {
        self.read(name, 0.0, JsValue::as_f64)
    }

    fn step(&mut self, name: &str) -> u64 {
        self.read(name, 0, |value| {
            let step = value.as_f64()?;
            let is_step = step.fract() == 0.0 && (0.0..=MAX_STEP as f64).contains(&step);
            is_step.then_some(step as u64)
        })
    }

    fn text(&mut self, name: &str) -> String {
        self.read(name, String::new(), JsValue::as_string)
    }

    fn colour(&mut self, name: &str) -> Colour {
        self.text(name)
            .parse()
            .unwrap_or_else(|fault: ColourError| {
                self.refuse(fault.to_string());
                Colour(0, 0, 0)
            })
    }
}
