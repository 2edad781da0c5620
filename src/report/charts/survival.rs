//! How many accounts still worked, and for how long after the departure: the survival curve comes in, a falling line goes out. A stretch
//! within which the curve falls, but nothing tells where, is a shaded box; an account whose end nobody has seen is a mark on the curve.

use plotters::prelude::DrawingBackend;

use super::axis::TimeAxis;
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::style::{Align, GRID, INK, LABEL, MUTED, PAPER, Pen, SMALL, WIDTH, fill};
use super::words::{counted, duration, known, percent};
use crate::error::Result;
use crate::latency::statistics::Estimator;
use crate::latency::{Figures, needed};
use crate::model::revocation::Outcome;
use crate::report::view::View;

const LEFT: f64 = 64.0;
const RIGHT: f64 = WIDTH - 28.0;
const TOP: f64 = 104.0;
const BASE: f64 = 344.0;
/// Falls and marks nearer than this to the one before are drawn with it.
const NEAR: f64 = 1.5;

/// The chart's figures.
pub struct Survival<'a> {
    figures: &'a Figures,
    /// The last proof of use of each account whose end nobody has seen.
    censored: Vec<i64>,
    target: i64,
    axis: TimeAxis,
}

impl<'a> Survival<'a> {
    /// The curve of the view.
    pub fn of(view: &'a View) -> Self {
        let figures = &view.statistics.overall;
        let mut censored: Vec<i64> =
            view.of_period().map(|r| r.bounds).filter(|b| b.until.is_none()).filter_map(|b| b.after).collect();
        censored.sort_unstable();
        let ends = figures.curve.steps.iter().flat_map(|step| [step.span.after, step.span.until]).flatten();
        let axis = TimeAxis::of(ends.chain(censored.iter().copied()), view.target_seconds, (LEFT, RIGHT));
        Self { figures, censored, target: view.target_seconds, axis }
    }

    fn grid<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        for quarter in 0..=4 {
            let share = f64::from(quarter) / 4.0;
            canvas.level(y(share), LEFT, RIGHT, GRID)?;
            canvas.text((LEFT - 8.0, y(share)), &percent(share), Pen::new(SMALL, MUTED).aligned(Align::End))?;
        }
        self.axis.draw(canvas, TOP, BASE)
    }

    /// The boxes within which nothing tells where the curve falls.
    fn boxes<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        let mut before = 1.0;
        for step in &self.figures.curve.steps {
            if step.span.value().is_none() {
                let left = step.span.after.map_or(LEFT, |after| self.axis.x(after));
                let right = step.span.until.map_or(RIGHT, |until| self.axis.x(until));
                if right - left > NEAR && y(step.survival) - y(before) > 0.5 {
                    canvas.area((left, y(before)), (right, y(step.survival)), fill(Outcome::Undetermined))?;
                }
            }
            before = step.survival;
        }
        Ok(())
    }

    /// The curve as level and upright strokes; within a box there is none.
    fn line<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        const HALF: f64 = 1.25;
        let stroke =
            |from: (f64, f64), to: (f64, f64)| canvas.rect((from.0 - HALF, from.1 - HALF), (to.0 + HALF, to.1 + HALF), INK);
        // The stretch that is not drawn yet: where it began, at what height, and where it is now.
        let (mut from, mut drawn, mut level) = (LEFT, 1.0, 1.0);
        for step in &self.figures.curve.steps {
            let (left, right) = (
                step.span.value().or(step.span.after).map_or(LEFT, |t| self.axis.x(t)),
                step.span.until.map_or(RIGHT, |t| self.axis.x(t)),
            );
            if left - from >= NEAR || y(step.survival) - y(drawn) >= NEAR {
                if y(level) - y(drawn) > 0.0 {
                    stroke((from, y(drawn)), (from, y(level)))?;
                }
                if left > from {
                    stroke((from, y(level)), (left, y(level)))?;
                }
                from = left;
                drawn = level;
            }
            level = step.survival;
            if step.span.value().is_none() && right - left > NEAR {
                (from, drawn) = (right, level);
            }
        }
        if y(level) - y(drawn) > 0.0 {
            stroke((from, y(drawn)), (from, y(level)))?;
        }
        let last = self.figures.curve.observed_until.map(|t| self.axis.x(t));
        if let Some(last) = last.filter(|last| *last > from) {
            stroke((from, y(level)), (last, y(level)))?;
        }
        Ok(())
    }

    fn censoring<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        let mut last = f64::MIN;
        for at in &self.censored {
            let x = self.axis.x(*at);
            if x - last < 3.0 {
                continue;
            }
            last = x;
            let middle = y(self.figures.curve.survival_at(*at).0);
            canvas.rect((x - 1.0, middle - 6.0), (x + 1.0, middle + 6.0), fill(Outcome::Open).colour)?;
        }
        Ok(())
    }

    /// What is left at the target, as far as it is known.
    fn at_target(&self) -> String {
        let (high, low) = self.figures.curve.survival_at(self.target);
        if (high - low).abs() < 0.000_5 { percent(low) } else { format!("{} to {}", percent(low), percent(high)) }
    }

    /// The figure at the target, beside the curve.
    fn note<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        let (high, _) = self.figures.curve.survival_at(self.target);
        let (x, pen) = (self.axis.x(self.target), Pen::new(LABEL, INK).bold());
        let text = format!("{} still worked {} after", self.at_target(), duration(self.target));
        let width = canvas.width(&text, pen);
        let middle = (y(high) - 18.0).max(TOP + 12.0);
        let left = (x + 10.0).min(RIGHT - width);
        canvas.rect((left - 3.0, middle - 9.0), (left + width + 3.0, middle + 9.0), PAPER)?;
        canvas.text((left, middle), &text, pen)
    }

    fn legend<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        let pen = Pen::new(SMALL, MUTED);
        canvas.text(
            (f64::midpoint(LEFT, RIGHT), BASE + 35.0),
            "time since the departure, logarithmic on either side of it",
            pen.aligned(Align::Middle),
        )?;
        let (y, mut x) = (BASE + 61.0, LEFT);
        canvas.rect((x, y - 1.25), (x + 18.0, y + 1.25), INK)?;
        canvas.text((x + 24.0, y), "share of accounts that still work", pen)?;
        x += 24.0 + canvas.width("share of accounts that still work", pen) + 24.0;
        canvas.rect((x, y - 6.0), (x + 2.0, y + 6.0), fill(Outcome::Open).colour)?;
        canvas.text((x + 9.0, y), "last seen working, no end yet", pen)?;
        x += 9.0 + canvas.width("last seen working, no end yet", pen) + 24.0;
        if self.figures.curve.estimator == Estimator::Turnbull {
            canvas.area((x, y - 6.0), (x + 14.0, y + 6.0), fill(Outcome::Undetermined))?;
            canvas.text((x + 20.0, y), "falls within, nothing tells where", pen)?;
        }
        Ok(())
    }

    fn median(&self) -> String {
        if self.figures.informative() < needed(0.5) {
            "not given of so few".to_owned()
        } else {
            known(self.figures.percentile(0.5))
        }
    }
}

impl Drawing for Survival<'_> {
    const NAME: &'static str = "survival";

    fn title(&self) -> String {
        "How many accounts still worked, by time since the departure".to_owned()
    }

    fn subtitle(&self) -> String {
        let censored = match self.censored.len() {
            0 => String::new(),
            n => format!(", {n} of them without an end yet"),
        };
        format!("{}{censored}; median {}", counted(self.figures.informative(), "account"), self.median())
    }

    fn description(&self) -> String {
        let mut text = vec![format!(
            "A survival curve of {} on a logarithmic time axis. Median {}. {} after the departure {} still work.",
            counted(self.figures.informative(), "account"),
            self.median(),
            duration(self.target),
            self.at_target()
        )];
        for (name, seconds) in
            [("A day", 86_400), ("116 hours, the average reported by Ponemon,", 417_600), ("30 days", 2_592_000)]
        {
            let (high, low) = self.figures.curve.survival_at(seconds);
            text.push(format!("{name} after it between {} and {}.", percent(low), percent(high)));
        }
        text.push(format!("{} no end yet.", counted(self.censored.len(), "account has").replace("hass", "have")));
        text.join(" ")
    }

    fn height(&self) -> f64 {
        if self.figures.informative() == 0 { 120.0 } else { BASE + 84.0 }
    }

    fn draw<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        if self.figures.informative() == 0 {
            let text = "Nothing to show: nothing is known of the latency of any account.";
            return canvas.text((20.0, 84.0), text, Pen::new(LABEL, INK));
        }
        self.grid(canvas)?;
        self.axis.marks(canvas, TOP, BASE)?;
        self.boxes(canvas)?;
        self.line(canvas)?;
        self.censoring(canvas)?;
        self.note(canvas)?;
        canvas.level(BASE, LEFT, RIGHT, MUTED)?;
        self.legend(canvas)
    }
}

fn y(share: f64) -> f64 {
    BASE - share * (BASE - TOP)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::sample;

    #[test]
    fn the_curve_names_what_is_left_at_the_target_and_marks_those_without_an_end() {
        let view = sample::view(25);
        let chart = Survival::of(&view);
        assert!(!chart.censored.is_empty() && chart.description().contains("1 h after the departure"));
        let earlier = view.revocations.iter().filter(|r| r.bounds.until.is_none()).count();
        assert!(chart.censored.len() < earlier, "what earlier leavers left open is no part of the curve");
    }
}
