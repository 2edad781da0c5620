//! How long accounts stayed usable after the departure: the known latencies come in, a histogram on a logarithmic axis goes out.
//! The edges of the bars are the target halved and doubled, so that each bar lies wholly within the target or wholly beyond it.

use plotters::prelude::DrawingBackend;

use super::canvas::Canvas;
use super::drawing::Drawing;
use super::scale::{REPORTED, TICKS, edges, step};
use super::style::{Align, GRID, INK, LABEL, MUTED, PAPER, Pen, SMALL, WIDTH, fill};
use super::words::{count, duration, known};
use crate::error::Result;
use crate::model::revocation::Outcome;
use crate::report::view::View;

const LEFT: f64 = 56.0;
const TOP: f64 = 112.0;
const BASE: f64 = 308.0;
const BUCKET: f64 = 52.0;
const GAP: f64 = 36.0;
const RIGHT: f64 = WIDTH - 24.0;
const SCALE_FROM: f64 = LEFT + BUCKET + GAP;
const SCALE_TO: f64 = RIGHT - BUCKET - GAP;

/// The chart's figures.
pub struct Distribution {
    target: i64,
    /// Upper edges in seconds; a bar holds what is greater than the edge before it, the first all that is positive.
    edges: Vec<i64>,
    bars: Vec<usize>,
    early: usize,
    open: usize,
    measured: usize,
    median: String,
}

/// One bar: where it stands and what it counts.
struct Column {
    from: f64,
    to: f64,
    value: usize,
    outcome: Outcome,
}

impl Column {
    fn top(&self, highest: usize) -> f64 {
        height(self.value, highest).min(BASE - 2.0)
    }

    fn bar<DB: DrawingBackend>(&self, canvas: &Canvas<DB>, highest: usize) -> Result<()> {
        canvas.area((self.from + 1.5, self.top(highest)), (self.to - 1.5, BASE), fill(self.outcome))
    }

    fn count<DB: DrawingBackend>(&self, canvas: &Canvas<DB>, highest: usize) -> Result<()> {
        let text = if self.value < 100_000 { count(self.value) } else { format!("{}k", count(self.value / 1_000)) };
        let pen = Pen::new(SMALL, INK).bold().aligned(Align::Middle);
        let (middle, half) = (f64::midpoint(self.from, self.to), canvas.width(&text, pen) / 2.0 + 2.0);
        let y = self.top(highest);
        canvas.rect((middle - half, y - 15.0), (middle + half, y - 3.0), PAPER)?;
        canvas.text((middle, y - 9.0), &text, pen)
    }
}

impl Distribution {
    /// Counts the view's latencies.
    pub fn of(view: &View) -> Self {
        let edges = edges(view.target_seconds, view.latencies.iter().copied().max().unwrap_or(0));
        let mut bars = vec![0; edges.len()];
        for latency in view.latencies.iter().filter(|l| **l > 0) {
            let bar = edges.partition_point(|edge| edge < latency);
            bars[bar.min(edges.len() - 1)] += 1;
        }
        Self {
            target: view.target_seconds,
            early: view.latencies.iter().filter(|l| **l <= 0).count(),
            open: view.counts.open,
            measured: view.latencies.len(),
            median: known(view.statistics.overall.percentile(0.5)),
            edges,
            bars,
        }
    }

    fn is_empty(&self) -> bool {
        self.measured + self.open == 0
    }

    /// Where a latency lies on the axis.
    fn x(&self, seconds: i64) -> f64 {
        let (first, last) = (self.edges[0] as f64 / 2.0, self.edges[self.edges.len() - 1] as f64);
        let place = (seconds as f64 / first).ln() / (last / first).ln();
        SCALE_FROM + place * (SCALE_TO - SCALE_FROM)
    }

    fn grid<DB: DrawingBackend>(&self, canvas: &Canvas<DB>, highest: usize) -> Result<()> {
        let step = step(highest);
        for value in (0..=highest).step_by(step) {
            let y = height(value, highest);
            canvas.level(y, LEFT, RIGHT, GRID)?;
            canvas.text((LEFT - 8.0, y), &count(value), Pen::new(SMALL, MUTED).aligned(Align::End))?;
        }
        let pen = Pen::new(SMALL, MUTED).aligned(Align::Middle);
        let mut free_from = 0.0;
        for (seconds, label) in TICKS {
            let x = self.x(seconds);
            let half = canvas.width(label, pen) / 2.0;
            if (SCALE_FROM - 0.5..=SCALE_TO + 0.5).contains(&x) && x - half > free_from {
                canvas.upright(x, BASE, BASE + 5.0, MUTED, false)?;
                canvas.text((x, BASE + 15.0), label, pen)?;
                free_from = x + half + 14.0;
            }
        }
        Ok(())
    }

    /// The bars that are not empty, from left to right.
    fn columns(&self) -> Vec<Column> {
        let mut columns = vec![Column { from: LEFT, to: LEFT + BUCKET, value: self.early, outcome: Outcome::OnTime }];
        let mut from = SCALE_FROM;
        for (edge, value) in self.edges.iter().zip(&self.bars) {
            let to = self.x(*edge);
            let outcome = if *edge <= self.target { Outcome::OnTime } else { Outcome::Late };
            columns.push(Column { from, to, value: *value, outcome });
            from = to;
        }
        columns.push(Column { from: RIGHT - BUCKET, to: RIGHT, value: self.open, outcome: Outcome::Open });
        columns.retain(|c| c.value > 0);
        columns
    }

    /// The lines at the target and at the reported average, and their labels.
    fn marks<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        let pen = Pen::new(LABEL, INK);
        let reported = self.x(REPORTED);
        let text = "116 h, the average reported by Ponemon";
        let fits = reported + 6.0 + canvas.width(text, pen) <= RIGHT;
        canvas.upright(reported, 66.0, BASE, INK, true)?;
        let (x, align) = if fits { (reported + 6.0, Align::Start) } else { (reported - 6.0, Align::End) };
        canvas.text((x, 71.0), text, pen.aligned(align))?;
        if self.target < 1 {
            return Ok(());
        }
        let target = self.x(self.target);
        let text = format!("target {}", duration(self.target));
        let room = if target < reported { reported } else { RIGHT };
        let fits = target + 10.0 + canvas.width(&text, pen.bold()) <= room;
        canvas.upright(target, 84.0, BASE, INK, false)?;
        let (x, align) = if fits { (target + 6.0, Align::Start) } else { (target - 6.0, Align::End) };
        canvas.text((x, 89.0), &text, pen.bold().aligned(align))
    }

    fn legend<DB: DrawingBackend>(canvas: &Canvas<DB>) -> Result<()> {
        let pen = Pen::new(SMALL, MUTED);
        let centred = pen.aligned(Align::Middle);
        canvas.text((LEFT + BUCKET / 2.0, BASE + 15.0), "at or before", centred)?;
        canvas.text((LEFT + BUCKET / 2.0, BASE + 29.0), "departure", centred)?;
        canvas.text((RIGHT - BUCKET / 2.0, BASE + 15.0), "still open,", centred)?;
        canvas.text((RIGHT - BUCKET / 2.0, BASE + 29.0), "no end yet", centred)?;
        canvas.text(
            (f64::midpoint(SCALE_FROM, SCALE_TO), BASE + 35.0),
            "time from departure to revocation, logarithmic",
            centred,
        )?;
        let entries =
            [(Outcome::OnTime, "within the target"), (Outcome::Late, "beyond the target"), (Outcome::Open, "still open")];
        let mut x = LEFT;
        for (outcome, label) in entries {
            canvas.area((x, BASE + 55.0), (x + 12.0, BASE + 67.0), fill(outcome))?;
            canvas.text((x + 18.0, BASE + 61.0), label, pen)?;
            x += 18.0 + canvas.width(label, pen) + 24.0;
        }
        canvas.text((RIGHT, BASE + 61.0), "number of accounts above each bar", pen.aligned(Align::End))
    }
}

impl Drawing for Distribution {
    const NAME: &'static str = "latency-distribution";

    fn title(&self) -> String {
        "How long accounts kept working after the departure".to_owned()
    }

    fn subtitle(&self) -> String {
        let (measured, open) = (count(self.measured), count(self.open));
        format!(
            "{measured} accounts with a known latency, {open} still open; median, with those open or in bounds, {}",
            self.median
        )
    }

    fn description(&self) -> String {
        let mut text = vec![format!(
            "Histogram on a logarithmic time axis. {} latencies are known; the median, with those open or in bounds, is {}. The target is {}; 116 hours is the average \
             reported by Ponemon. At or before the departure: {}.",
            count(self.measured),
            self.median,
            duration(self.target),
            count(self.early)
        )];
        for (i, value) in self.bars.iter().enumerate().filter(|(_, value)| **value > 0) {
            let from = i.checked_sub(1).map_or(0, |before| self.edges[before]);
            text.push(format!("Over {} and up to {}: {}.", duration(from), duration(self.edges[i]), count(*value)));
        }
        text.push(format!("Still open: {}.", count(self.open)));
        text.join(" ")
    }

    fn height(&self) -> f64 {
        if self.is_empty() { 120.0 } else { BASE + 84.0 }
    }

    fn draw<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        if self.is_empty() {
            let text = "Nothing to show: no latency is known and no account of a leaver is open.";
            return canvas.text((20.0, 84.0), text, Pen::new(LABEL, INK));
        }
        let highest = self.bars.iter().copied().chain([self.early, self.open]).max().unwrap_or(1).max(1);
        self.grid(canvas, highest)?;
        let columns = self.columns();
        for column in &columns {
            column.bar(canvas, highest)?;
        }
        self.marks(canvas)?;
        for column in &columns {
            column.count(canvas, highest)?;
        }
        canvas.level(BASE, LEFT, LEFT + BUCKET, MUTED)?;
        canvas.level(BASE, SCALE_FROM, SCALE_TO, MUTED)?;
        canvas.level(BASE, RIGHT - BUCKET, RIGHT, MUTED)?;
        Self::legend(canvas)
    }
}

fn height(value: usize, highest: usize) -> f64 {
    BASE - (BASE - TOP) * value as f64 / highest as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latency_equal_to_the_target_is_within_it() {
        let mut view = crate::report::charts::sample::empty();
        (view.target_seconds, view.latencies) = (3_600, vec![-5, 0, 1, 3_600, 3_601]);
        let chart = Distribution::of(&view);
        let within: usize = chart.edges.iter().zip(&chart.bars).filter(|(e, _)| **e <= 3_600).map(|(_, n)| n).sum();
        assert_eq!((chart.early, within, chart.bars.iter().sum::<usize>()), (2, 2, 3));
    }
}
