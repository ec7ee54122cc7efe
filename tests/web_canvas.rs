//! The loss curve on a real canvas, pixel by pixel.
#![cfg(target_arch = "wasm32")]

use chalkgrad::{
    charts::{Colour, CurvePoint, Look, LossChart, LossLayout, LossSeries, Marker, Scale},
    web::{NoContext, SharpCanvas},
};
use js_sys::{Array, Function, Reflect, Uint8ClampedArray};
use plotters::{drawing::IntoDrawingArea, style::TextStyle};
use plotters_backend::DrawingBackend;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::HtmlCanvasElement;

wasm_bindgen_test_configure!(run_in_browser);

const PAPER: Colour = Colour(0xfd, 0xfd, 0xfb);
const RULE: Colour = Colour(0xd9, 0xd9, 0xd2);
const FALLS: Colour = Colour(0x0b, 0x7a, 0x66);
const WIDTH: f64 = 434.0;
const HEIGHT: f64 = 170.0;

fn look() -> Look {
    Look {
        paper: PAPER,
        wash: Colour(0xf0, 0xf0, 0xeb),
        ink: Colour(0x19, 0x1c, 0x1f),
        ink_2: Colour(0x4b, 0x51, 0x57),
        ink_3: Colour(0x64, 0x6a, 0x6f),
        rule: RULE,
        rule_strong: Colour(0x8a, 0x8d, 0x88),
        backward: Colour(0xb3, 0x47, 0x00),
        param: Colour(0x6a, 0x3b, 0xb8),
        font: "Liberation Sans, sans-serif".into(),
        math_font: "Liberation Serif, serif".into(),
        text_size: 12.0,
    }
}

/// The loss of y = 4x² from x = 2 with η = 0.1.
fn falling() -> Vec<CurvePoint> {
    let mut x = 2.0;
    let mut step = |number| {
        let loss = 4.0 * x * x;
        x -= 0.1 * 8.0 * x;
        CurvePoint {
            first_step: number,
            last_step: number,
            min: loss,
            max: loss,
        }
    };
    (0..=16).map(&mut step).collect()
}

/// The chart of one falling run, drawn at a pixel ratio.
fn draw(canvas: &HtmlCanvasElement, ratio: f64, scale: Scale) -> LossLayout {
    let (look, points) = (look(), falling());
    let series = [LossSeries {
        points: &points,
        at_focus: None,
        colour: FALLS,
        marker: Marker::Circle,
        selected: true,
        label: "0.1",
    }];
    let chart = LossChart {
        width: WIDTH,
        height: HEIGHT,
        pixel_ratio: ratio * f64::from(SharpCanvas::SUBDIVISION),
        series: &series,
        focus: Some(3),
        scale,
        step_word: "step",
        look: &look,
    };
    let layout = chart.layout();
    let area = SharpCanvas::new(canvas.clone())
        .unwrap()
        .into_drawing_area();
    chart.draw(&layout, &area).unwrap();
    layout
}

fn canvas(ratio: f64) -> HtmlCanvasElement {
    let document = web_sys::window().unwrap().document().unwrap();
    let canvas = document.create_element("canvas").unwrap();
    let canvas: HtmlCanvasElement = canvas.unchecked_into();
    canvas.set_width((WIDTH * ratio).round() as u32);
    canvas.set_height((HEIGHT * ratio).round() as u32);
    canvas
}

/// A canvas' colours by device pixel.
struct Pixels {
    bytes: Vec<u8>,
    width: usize,
}

impl Pixels {
    fn of(canvas: &HtmlCanvasElement) -> Self {
        let context = canvas.get_context("2d").unwrap().unwrap();
        let size = [canvas.width(), canvas.height()];
        let arguments = Array::of4(&0.into(), &0.into(), &size[0].into(), &size[1].into());
        let read: Function = get(&context, "getImageData").unchecked_into();
        let image = read.apply(&context, &arguments).unwrap();
        let bytes: Uint8ClampedArray = get(&image, "data").unchecked_into();
        Self {
            bytes: bytes.to_vec(),
            width: size[0] as usize,
        }
    }

    fn at(&self, x: usize, y: usize) -> Colour {
        let from = 4 * (y * self.width + x);
        Colour(self.bytes[from], self.bytes[from + 1], self.bytes[from + 2])
    }

    fn count(&self, colour: Colour) -> usize {
        let pixels = self.bytes.chunks_exact(4);
        pixels
            .filter(|pixel| pixel[..3] == [colour.0, colour.1, colour.2])
            .count()
    }
}

fn get(of: &JsValue, key: &str) -> JsValue {
    Reflect::get(of, &key.into()).unwrap()
}

#[wasm_bindgen_test]
fn paper_where_nothing_is_and_the_curve_in_its_colour() {
    let canvas = canvas(2.0);
    draw(&canvas, 2.0, Scale::Log);
    let pixels = Pixels::of(&canvas);
    assert_eq!(pixels.at(0, 0), PAPER);
    assert_eq!(pixels.at(867, 339), PAPER);
    assert!(pixels.count(PAPER) > 868 * 340 * 8 / 10);
    assert!(pixels.count(FALLS) > 800, "{}", pixels.count(FALLS));
}

#[wasm_bindgen_test]
fn grid_lines_lie_on_whole_device_pixels_at_every_ratio() {
    for (ratio, thick) in [(1.0, 1), (1.25, 1), (1.5, 2), (2.0, 2), (3.0, 3)] {
        let canvas = canvas(ratio);
        let layout = draw(&canvas, ratio, Scale::Linear);
        let pixels = Pixels::of(&canvas);
        // A column where the curve has come down to 0.
        let x = ((layout.plot.right - 7.0) * ratio) as usize;
        let ticks = layout.up.ticks();
        for tick in &ticks[1..] {
            let middle = (tick.at * ratio) as usize;
            let around: Vec<_> = (middle - 5..middle + 5).map(|y| pixels.at(x, y)).collect();
            let rules = around.iter().filter(|&&colour| colour == RULE).count();
            let papers = around.iter().filter(|&&colour| colour == PAPER).count();
            assert_eq!(
                (rules, papers),
                (thick, 10 - thick),
                "ratio {ratio}: {around:?}"
            );
        }
    }
}

#[wasm_bindgen_test]
fn text_is_measured_as_it_is_drawn() {
    let backend = SharpCanvas::new(canvas(2.0)).unwrap();
    let family = "Liberation Sans, sans-serif";
    let width = |text: &str, size: f64| {
        let style = TextStyle::from((family, size));
        backend.estimate_text_size(text, &style).unwrap().0
    };
    assert!(width("0.1", 96.0) > width("0.1", 48.0));
    assert!((20..60).contains(&width("0", 48.0)));
    assert!(width("损失", 48.0) > 2 * width("i", 48.0));
}

#[wasm_bindgen_test]
fn a_canvas_of_another_kind_is_a_fault() {
    let canvas = canvas(1.0);
    canvas.get_context("bitmaprenderer").unwrap().unwrap();
    assert_eq!(SharpCanvas::new(canvas).err(), Some(NoContext));
}
