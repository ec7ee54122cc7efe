//! A picture that is too long goes on in a next band, as a text does in a next
//! line: what crosses the end of a band runs back between the two.

use super::columns::Columns;
use super::ordered::Ordered;
use super::{Layout, NONE, Point, Rectangle, sort};

/// Between two edges that run back, and around them.
const APART: f64 = 14.0;
const AROUND: f64 = 18.0;
/// From a column's end to where a band is cut off: before all that runs through
/// the gutter.
const CUT: f64 = 8.0;
/// How often bands are tried with more room for what runs back to them.
const MOST_TRIES: usize = 4;
/// Where edges would run back more often than this, the picture stays whole.
const MOST_RUNS: usize = 100_000;

/// Where the bands are cut off so that none is longer than the room, if the
/// columns allow it.
pub fn cuts(given: &Ordered, columns: &Columns, room: f64) -> Vec<f64> {
    let columns = &columns.columns;
    // How many edges cross each gutter: a count of those that begin or end there.
    let mut change = vec![0_isize; 2 * columns.len() + 3];
    for row in &given.rows.rows {
        change[row.from] += 1;
        change[row.to + 1] -= 1;
    }
    let mut crossing = vec![0_isize; columns.len() + 1];
    let mut count = 0;
    for (slot, change) in change.iter().enumerate().take(2 * columns.len() + 1) {
        count += change;
        if slot % 2 == 0 {
            crossing[slot / 2] = count;
        }
    }
    let aside = |gutter: usize| crossing.get(gutter).copied().unwrap_or(0) as f64 * APART;
    let mut cuts = Vec::new();
    // All bands begin where the one does that most edges run back to.
    let mut left = 0.0;
    for _ in 0..MOST_TRIES {
        let mut needed = 0.0;
        let (mut first, mut begin) = (0, 0.0);
        cuts.clear();
        for (index, column) in columns.iter().enumerate() {
            let width = left + column.end + CUT - begin + aside(index + 1);
            if index > first && width > room {
                first = index;
                begin = columns[index - 1].end + CUT;
                needed = aside(index).max(needed);
                cuts.push(begin);
            }
        }
        if cuts.is_empty() || needed + AROUND <= left {
            break;
        }
        left = needed + AROUND;
    }
    let band_of = |node: usize| {
        let column = columns[given.strands.at[node].column];
        cuts.partition_point(|&cut| cut <= column.start)
    };
    let links = given.rows.links.iter();
    let runs = links.map(|link| band_of(link.target).abs_diff(band_of(link.source)));
    if runs.sum::<usize>() > MOST_RUNS {
        return Vec::new();
    }
    cuts
}

/// One band of the picture.
struct Band {
    /// Where it begins and ends in the picture that is not cut.
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// The heights at which edges cross its end, from the top.
    lines: Vec<f64>,
    /// How far down it is moved.
    down: f64,
}

/// Cuts a picture into bands.
pub fn wrap(layout: &mut Layout, cuts: &[f64]) {
    let mut bands = bands(layout, cuts);
    let most = bands.iter().map(|band| band.lines.len()).max().unwrap_or(0);
    let left = AROUND + most as f64 * APART;
    let mut bottom = 0.0;
    let mut before = 0;
    for band in &mut bands {
        let gap = if before == 0 {
            0.0
        } else {
            2.0 * AROUND + (before - 1) as f64 * APART
        };
        band.down = bottom + gap - band.top;
        bottom = band.bottom + band.down;
        before = band.lines.len();
    }
    let wrap = Wrap { bands, left };
    layout.each_rectangle(&mut |at| wrap.shift(at));
    for edge in &mut layout.edges {
        let (points, shared) = wrap.bend(&edge.points, edge.shared);
        edge.points = points;
        edge.shared = shared;
    }
}

/// What each band holds.
fn bands(layout: &mut Layout, cuts: &[f64]) -> Vec<Band> {
    let mut bands: Vec<Band> = (0..=cuts.len())
        .map(|index| Band {
            left: if index == 0 { 0.0 } else { cuts[index - 1] },
            right: cuts.get(index).copied().unwrap_or(layout.width),
            top: f64::INFINITY,
            bottom: 0.0,
            lines: Vec::new(),
            down: 0.0,
        })
        .collect();
    let band_of = |x: f64| cuts.partition_point(|&cut| cut <= x);
    let mut hold = |from: usize, to: usize, top: f64, bottom: f64| {
        for band in &mut bands[from..=to] {
            band.top = band.top.min(top);
            band.bottom = band.bottom.max(bottom);
        }
    };
    layout.each_rectangle(&mut |at| {
        let band = band_of(at.x);
        hold(band, band, at.y, at.y + at.height);
    });
    let mut crossing: Vec<(u64, usize)> = Vec::new();
    for edge in &layout.edges {
        for pair in edge.points.windows(2) {
            let (from, to) = (band_of(pair[0].x), band_of(pair[1].x));
            let (top, bottom) = (pair[0].y.min(pair[1].y), pair[0].y.max(pair[1].y));
            hold(from, to, top, bottom);
            crossing.extend((from..to).map(|band| (pair[0].y.to_bits(), band)));
        }
    }
    sort(&mut crossing);
    for (line, band) in crossing {
        let line = f64::from_bits(line);
        let lines = &mut bands[band].lines;
        if lines.last() != Some(&line) {
            lines.push(line);
        }
    }
    bands
}

struct Wrap {
    bands: Vec<Band>,
    /// Where bands begin.
    left: f64,
}

impl Wrap {
    fn band_of(&self, x: f64) -> usize {
        let behind = self.bands.partition_point(|band| band.left <= x);
        behind.saturating_sub(1)
    }

    fn place(&self, band: usize, x: f64, y: f64) -> Point {
        let of = &self.bands[band];
        Point::new(x - of.left + self.left, y + of.down)
    }

    fn shift(&self, at: &mut Rectangle) {
        let Point { x, y } = self.place(self.band_of(at.x), at.x, at.y);
        (at.x, at.y) = (x, y);
    }

    /// A route through the bands, with the new place of one of its corners.
    fn bend(&self, points: &[Point], corner: usize) -> (Vec<Point>, usize) {
        let mut bent = Vec::with_capacity(points.len());
        let mut new_corner = 0;
        let mut before = NONE;
        for (index, point) in points.iter().enumerate() {
            let band = self.band_of(point.x);
            for crossed in before.min(band)..band {
                self.run_back(crossed, point.y, &mut bent);
            }
            if index == corner {
                new_corner = bent.len();
            }
            bent.push(self.place(band, point.x, point.y));
            before = band;
        }
        (bent, new_corner)
    }

    /// From the end of a band to the beginning of the next one. The topmost
    /// edge goes outermost at the end and innermost at the beginning, so that
    /// none crosses another.
    fn run_back(&self, band: usize, line: f64, bent: &mut Vec<Point>) {
        let [of, next] = &self.bands[band..band + 2] else {
            return;
        };
        let index = of.lines.partition_point(|&other| other < line) as f64;
        let outside = of.lines.len() as f64 - 1.0 - index;
        let right = self.left + of.right - of.left + APART * outside;
        let left = self.left - APART * (index + 1.0);
        let between = of.bottom + of.down + AROUND + APART * outside;
        bent.extend([
            Point::new(right, line + of.down),
            Point::new(right, between),
            Point::new(left, between),
            Point::new(left, line + next.down),
        ]);
    }
}
