//! An axis of latencies that reads in minutes, hours and days: seconds come in, places go out. It is logarithmic away from the departure
//! on either side and even within a minute of it, so that what was cut early has a place too.

use plotters::prelude::DrawingBackend;

use super::canvas::Canvas;
use super::scale::REPORTED;
use super::style::{Align, GRID, INK, LABEL, MUTED, Pen, SMALL};
use super::words::duration;
use crate::error::Result;

/// Nearer to the departure than this the axis is even.
const EVEN: f64 = 60.0;
/// The places at which there may be a tick, after the departure.
const TICKS: [(i64, &str); 12] = [
    (60, "1 min"),
    (600, "10 min"),
    (3_600, "1 h"),
    (14_400, "4 h"),
    (86_400, "1 d"),
    (604_800, "1 w"),
    (2_592_000, "30 d"),
    (7_776_000, "90 d"),
    (31_536_000, "1 y"),
    (157_680_000, "5 y"),
    (630_720_000, "20 y"),
    (3_153_600_000, "100 y"),
];

/// The axis.
pub struct TimeAxis {
    low: f64,
    high: f64,
    left: f64,
    right: f64,
    /// The policy's target in seconds.
    target: i64,
}

impl TimeAxis {
    /// An axis between two places that holds these latencies, the target and the reported average.
    pub fn of(latencies: impl Iterator<Item = i64>, target: i64, (left, right): (f64, f64)) -> Self {
        let (mut first, mut last) = (0, (2 * REPORTED).max(target.saturating_mul(2)));
        for latency in latencies {
            (first, last) = (first.min(latency), last.max(latency));
        }
        let (low, high) = (folded(first), folded(last));
        let margin = (high - low) * 0.015;
        Self { low: low - margin, high: high + margin, left, right, target }
    }

    /// Where a latency lies.
    pub fn x(&self, seconds: i64) -> f64 {
        let place = (folded(seconds) - self.low) / (self.high - self.low);
        self.left + place.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// Lines between bounds, sorted, each place once; where there are too many for a strip, so many of them at even distance: the tables
    /// count them all.
    pub fn lines(&self, mut bounds: Vec<(Option<i64>, i64)>) -> Vec<(f64, f64)> {
        const NEAR: f64 = 3.0;
        const MOST: usize = 24;
        bounds.sort_unstable();
        let place = |(after, until): &(Option<i64>, i64)| (after.map_or(self.left, |after| self.x(after)), self.x(*until));
        let mut lines: Vec<(f64, f64)> = bounds.iter().map(place).collect();
        lines.dedup_by(|a, b| (a.0 - b.0).abs() < NEAR && (a.1 - b.1).abs() < NEAR);
        let step = lines.len().div_ceil(MOST).max(1);
        lines.into_iter().step_by(step).collect()
    }

    /// The places of the grid, each with its label, or with none where there is no room; `width`: how wide a label is.
    pub fn ticks(&self, width: impl Fn(&str) -> f64) -> Vec<(f64, String)> {
        let half = width("departure") / 2.0;
        let mut ticks = vec![(self.x(0), "departure".to_owned())];
        for (sign, mark) in [(1, ""), (-1, "-")] {
            let mut free = half + 10.0;
            for (seconds, label) in TICKS {
                let x = self.x(sign * seconds);
                if !(self.left + 0.5..self.right - 0.5).contains(&x) {
                    break;
                }
                let (label, away) = (format!("{mark}{label}"), (x - self.x(0)).abs());
                let half = width(&label) / 2.0;
                let fits = away - half >= free && x - half > self.left - 30.0;
                if fits {
                    free = away + half + 10.0;
                }
                ticks.push((x, if fits { label } else { String::new() }));
            }
        }
        ticks
    }

    /// The grid and the labels below it.
    pub fn draw<DB: DrawingBackend>(&self, canvas: &Canvas<DB>, top: f64, base: f64) -> Result<()> {
        let pen = Pen::new(SMALL, MUTED).aligned(Align::Middle);
        for (place, (x, label)) in self.ticks(|label| canvas.width(label, pen)).into_iter().enumerate() {
            let (line, text) = if place == 0 { (INK, INK) } else { (GRID, MUTED) };
            canvas.upright(x, top, base + 5.0, line, false)?;
            canvas.text((x, base + 15.0), &label, Pen { colour: text, ..pen })?;
        }
        Ok(())
    }

    /// The lines at the target and at the reported average, with their labels above `top`.
    pub fn marks<DB: DrawingBackend>(&self, canvas: &Canvas<DB>, top: f64, base: f64) -> Result<()> {
        let pen = Pen::new(LABEL, INK);
        let reported = self.x(REPORTED);
        let text = "116 h, the average reported by Ponemon";
        canvas.upright(reported, top - 28.0, base, INK, true)?;
        let fits = reported + 6.0 + canvas.width(text, pen) <= self.right;
        let (x, align) = if fits { (reported + 6.0, Align::Start) } else { (reported - 6.0, Align::End) };
        canvas.text((x, top - 24.0), text, pen.aligned(align))?;
        if self.target < 1 {
            return Ok(());
        }
        let target = self.x(self.target);
        let text = format!("target {}", duration(self.target));
        canvas.upright(target, top - 12.0, base, INK, false)?;
        let fits = target + 10.0 + canvas.width(&text, pen.bold()) <= if target < reported { reported } else { self.right };
        let (x, align) = if fits { (target + 6.0, Align::Start) } else { (target - 6.0, Align::End) };
        canvas.text((x, top - 8.0), &text, pen.bold().aligned(align))
    }
}

/// Even near the departure, logarithmic away from it: sign(t) ln(1 + |t| ÷ a minute).
fn folded(seconds: i64) -> f64 {
    let size = (seconds.unsigned_abs() as f64 / EVEN).ln_1p();
    if seconds < 0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_bounds_are_few_lines() {
        let axis = TimeAxis::of([-86_400, 40_000_000].into_iter(), 3_600, (100.0, 800.0));
        let lines = axis.lines((0..1_000).map(|i| (Some(i * 7 % 97 * 100), i * 1_000 + 20_000)).collect());
        assert!((10..=24).contains(&lines.len()) && lines.iter().all(|(left, right)| left < right), "{lines:?}");
        assert_eq!(axis.lines(vec![(None, 5); 40]).len(), 1);
    }

    #[test]
    fn every_latency_has_its_place_in_order() {
        let axis = TimeAxis::of([-86_400, 40_000_000].into_iter(), 3_600, (100.0, 800.0));
        let places: Vec<_> = [-86_400, -60, 0, 60, 3_600, REPORTED, 40_000_000].map(|s| axis.x(s)).into();
        assert!(places.is_sorted() && places[0] > 100.0 && places[6] < 800.0, "{places:?}");
        assert!(axis.x(i64::MAX) <= 800.0 && axis.x(i64::MIN) >= 100.0);
    }
}
