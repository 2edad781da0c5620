//! How long accounts worked after the departure, system by system: the latencies come in, a strip for each system goes out. A bar's
//! height is the number of accounts there, what is known by bounds is a thin line between them, and what is open an arrow.

use plotters::prelude::DrawingBackend;

use super::axis::TimeAxis;
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::style::{Align, BAND, EDGE, INK, LABEL, MUTED, Pen, SMALL, WIDTH, fill};
use super::words::{count, counted, known, named};
use crate::error::Result;
use crate::latency::statistics::Span;
use crate::latency::{Figures, GroupBy, needed};
use crate::model::revocation::Outcome;
use crate::report::view::View;

/// How many systems are drawn; `statistics.csv` has them all.
const MOST: usize = 24;
const TOP: f64 = 112.0;
const ROW: f64 = 36.0;
const NAME_TO: f64 = 150.0;
const FROM: f64 = 166.0;
const TO: f64 = 680.0;
const COUNT_TO: f64 = 736.0;
const MEDIAN_TO: f64 = WIDTH - 20.0;
/// Latencies within so many pixels are one bar.
const BIN: f64 = 3.0;
/// How high the highest bar is.
const HIGHEST: f64 = 28.0;

/// One system's strip.
struct Strip<'a> {
    name: String,
    figures: &'a Figures,
    latencies: Vec<(Span, Outcome)>,
}

/// The chart's figures.
pub struct BySystem<'a> {
    strips: Vec<Strip<'a>>,
    more: usize,
    axis: TimeAxis,
}

impl<'a> BySystem<'a> {
    /// The systems of the view, the longest median first.
    pub fn of(view: &'a View) -> Self {
        let groups = view.statistics.by.iter().find(|(by, _)| *by == GroupBy::System).map(|(_, groups)| groups.as_slice());
        let informative = groups.unwrap_or_default().iter().filter(|group| group.figures.informative() > 0);
        let mut strips: Vec<Strip> =
            informative.map(|group| Strip { name: group.name.clone(), figures: &group.figures, latencies: Vec::new() }).collect();
        let until = |strip: &Strip| strip.figures.curve.quantile(0.5).map(|span| span.until.or(span.after).unwrap_or(i64::MAX));
        strips.sort_by(|a, b| until(b).cmp(&until(a)).then_with(|| a.name.cmp(&b.name)));
        let more = strips.len().saturating_sub(MOST);
        strips.truncate(MOST);
        for row in view.of_period().filter(|row| row.bounds.informs()) {
            if let Some(strip) = strips.iter_mut().find(|strip| strip.name == row.system) {
                strip.latencies.push((row.bounds, row.outcome));
            }
        }
        let ends = strips.iter().flat_map(|s| &s.latencies).flat_map(|(span, _)| [span.after, span.until]).flatten();
        let axis = TimeAxis::of(ends, view.target_seconds, (FROM, TO));
        Self { strips, more, axis }
    }

    fn bottom(&self) -> f64 {
        TOP + ROW * self.strips.len() as f64
    }

    fn strip<DB: DrawingBackend>(&self, canvas: &Canvas<DB>, y: f64, strip: &Strip) -> Result<()> {
        let middle = y + ROW / 2.0;
        let pen = Pen::new(LABEL, INK);
        canvas.text((NAME_TO, middle), &canvas.clipped(&strip.name, NAME_TO - 20.0, pen), pen.aligned(Align::End))?;
        let mut bounded = Vec::new();
        let bins = self.bins(strip, &mut bounded);
        self.bounded(canvas, middle, bounded)?;
        let most = bins.iter().flatten().copied().max().unwrap_or(1).max(1) as f64;
        for (place, [on_time, late, open]) in bins.iter().enumerate() {
            let (left, right) = (FROM + place as f64 * BIN, FROM + (place + 1) as f64 * BIN);
            for (number, outcome) in [(late, Outcome::Late), (on_time, Outcome::OnTime)] {
                if *number > 0 {
                    let half = (HIGHEST * (*number as f64 / most).sqrt()).max(7.0) / 2.0;
                    canvas.rect((left, middle - half), (right - 0.5, middle + half), fill(outcome).colour)?;
                }
            }
            if *open > 0 {
                let half = (HIGHEST * (*open as f64 / most).sqrt()).max(14.0) / 2.0;
                let tip = left + half.min(9.0) + 1.0;
                canvas.polygon(&[(left, middle - half), (tip, middle), (left, middle + half)], fill(Outcome::Open).colour)?;
            }
        }
        self.median(canvas, middle, strip)?;
        let pen = Pen::new(SMALL, INK).aligned(Align::End);
        canvas.text((COUNT_TO, middle), &count(strip.figures.informative()), pen)?;
        let text =
            if strip.figures.informative() < needed(0.5) { "too few".to_owned() } else { known(strip.figures.percentile(0.5)) };
        canvas.in_lines((MEDIAN_TO, middle), &text, MEDIAN_TO - COUNT_TO - 12.0, pen)
    }

    /// Accounts on time, late and open by their place; those known by bounds go to `bounded`.
    fn bins(&self, strip: &Strip, bounded: &mut Vec<(Option<i64>, i64)>) -> Vec<[usize; 3]> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place on the sheet")]
        let place = |seconds: i64| ((self.axis.x(seconds) - FROM) / BIN).floor().max(0.0) as usize;
        let mut bins = vec![[0; 3]; place(i64::MAX) + 1];
        for (span, outcome) in &strip.latencies {
            match (span.value(), span.after, span.until) {
                (Some(at), _, _) => bins[place(at)][usize::from(*outcome != Outcome::OnTime)] += 1,
                (None, Some(after), None) => bins[place(after)][2] += 1,
                (None, after, Some(until)) => bounded.push((after, until)),
                (None, None, None) => {}
            }
        }
        bins
    }

    /// A line for each account known by bounds.
    fn bounded<DB: DrawingBackend>(&self, canvas: &Canvas<DB>, middle: f64, bounded: Vec<(Option<i64>, i64)>) -> Result<()> {
        const LEVELS: usize = 6;
        for (i, (left, right)) in self.axis.lines(bounded).into_iter().enumerate() {
            let y = middle - 11.0 + 4.4 * (i % LEVELS) as f64;
            canvas.rect((left, y - 1.0), (right.max(left + 2.0), y + 1.0), EDGE)?;
            canvas.rect((right - 1.0, y - 3.0), (right + 1.0, y + 3.0), EDGE)?;
        }
        Ok(())
    }

    /// A bracket at the median, or around what is known of it.
    fn median<DB: DrawingBackend>(&self, canvas: &Canvas<DB>, middle: f64, strip: &Strip) -> Result<()> {
        let Some(median) = strip.figures.percentile(0.5) else { return Ok(()) };
        let (left, right) =
            (median.value().or(median.after).map_or(FROM, |t| self.axis.x(t)), median.until.map_or(TO, |t| self.axis.x(t)));
        let ends = if median.value().is_some() { vec![left] } else { vec![left, right] };
        for x in ends {
            canvas.rect((x - 1.25, middle - 16.0), (x + 1.25, middle - 8.0), INK)?;
            canvas.rect((x - 1.25, middle + 8.0), (x + 1.25, middle + 16.0), INK)?;
        }
        Ok(())
    }

    fn legend<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        let pen = Pen::new(SMALL, MUTED);
        let (y, mut x) = (self.bottom() + 50.0, 20.0);
        for (outcome, label) in [(Outcome::OnTime, "on time"), (Outcome::Late, "not on time")] {
            canvas.rect((x, y - 6.0), (x + 4.0, y + 6.0), fill(outcome).colour)?;
            canvas.text((x + 10.0, y), label, pen)?;
            x += 10.0 + canvas.width(label, pen) + 20.0;
        }
        canvas.polygon(&[(x, y - 7.0), (x + 9.0, y), (x, y + 7.0)], fill(Outcome::Open).colour)?;
        canvas.text((x + 14.0, y), "worked up to there, no end yet", pen)?;
        x += 14.0 + canvas.width("worked up to there, no end yet", pen) + 20.0;
        canvas.rect((x, y - 1.0), (x + 20.0, y + 1.0), EDGE)?;
        canvas.rect((x + 18.0, y - 3.0), (x + 20.0, y + 3.0), EDGE)?;
        canvas.text((x + 26.0, y), "known by bounds", pen)?;
        x += 26.0 + canvas.width("known by bounds", pen) + 20.0;
        canvas.rect((x, y - 8.0), (x + 2.5, y - 2.0), INK)?;
        canvas.rect((x, y + 2.0), (x + 2.5, y + 8.0), INK)?;
        canvas.text((x + 9.0, y), "median", pen)?;
        canvas.text((MEDIAN_TO, y), "the higher, the more accounts", pen.aligned(Align::End))
    }
}

impl Drawing for BySystem<'_> {
    const NAME: &'static str = "latency-by-system";

    fn title(&self) -> String {
        "How long accounts kept working, system by system".to_owned()
    }

    fn subtitle(&self) -> String {
        let order = "Time from departure to revocation; the longest median first";
        if self.more == 0 {
            order.to_owned()
        } else {
            format!("{order}; {} in statistics.csv", counted(self.more, "more system"))
        }
    }

    fn description(&self) -> String {
        let mut text = vec!["A strip of latencies for each system.".to_owned()];
        for strip in &self.strips {
            let name = named(&strip.name);
            let median = if strip.figures.informative() < needed(0.5) {
                "not given".to_owned()
            } else {
                known(strip.figures.percentile(0.5))
            };
            let all = counted(strip.figures.informative(), "account");
            text.push(format!("{name}: {all}, median {median}, {} without an end yet.", count(strip.figures.censored)));
        }
        text.join(" ")
    }

    fn height(&self) -> f64 {
        if self.strips.is_empty() { 120.0 } else { self.bottom() + 72.0 }
    }

    fn draw<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        if self.strips.is_empty() {
            let text = "Nothing to show: nothing is known of the latency of any account.";
            return canvas.text((20.0, 84.0), text, Pen::new(LABEL, INK));
        }
        for i in (0..self.strips.len()).step_by(2) {
            let y = TOP + ROW * i as f64;
            canvas.rect((12.0, y), (WIDTH - 12.0, y + ROW), BAND)?;
        }
        let pen = Pen::new(SMALL, MUTED).aligned(Align::End);
        canvas.text((COUNT_TO, TOP - 14.0), "accounts", pen)?;
        canvas.text((MEDIAN_TO, TOP - 14.0), "median", pen)?;
        self.axis.draw(canvas, TOP, self.bottom())?;
        self.axis.marks(canvas, TOP, self.bottom())?;
        let mut y = TOP;
        for strip in &self.strips {
            self.strip(canvas, y, strip)?;
            y += ROW;
        }
        self.legend(canvas)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::sample;

    #[test]
    fn every_account_with_something_known_is_on_its_strip() {
        let view = sample::view(25);
        let chart = BySystem::of(&view);
        let drawn: usize = chart.strips.iter().map(|s| s.latencies.len()).sum();
        assert_eq!(drawn, view.of_period().filter(|r| r.bounds.informs()).count());
    }
}
