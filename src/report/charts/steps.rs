//! Where the time goes: when each leaver's departure was recorded and told, and when the first and the last account were cut, come in, a
//! strip for each step on one axis goes out, so that one sees before which step the time passes.

use plotters::prelude::DrawingBackend;

use super::axis::TimeAxis;
use super::canvas::Canvas;
use super::drawing::Drawing;
use super::style::{Align, BAND, EDGE, INK, LABEL, MUTED, Pen, SMALL, WIDTH, fill};
use super::words::{count, counted, known};
use crate::error::Result;
use crate::latency::needed;
use crate::latency::statistics::{Span, survival};
use crate::model::revocation::Outcome;
use crate::model::step::Stage;
use crate::report::view::View;

const TOP: f64 = 112.0;
const ROW: f64 = 52.0;
const NAME_TO: f64 = 168.0;
const FROM: f64 = 184.0;
const TO: f64 = 660.0;
const COUNT_TO: f64 = 716.0;
const MEDIAN_TO: f64 = WIDTH - 20.0;
const BIN: f64 = 3.0;
const HIGHEST: f64 = 32.0;

/// One step: what is known of when each leaver reached it, in seconds after the departure.
struct Step {
    name: &'static str,
    reached: Vec<Span>,
}

/// The chart's figures.
pub struct Steps {
    strips: Vec<Step>,
    target: i64,
    axis: TimeAxis,
}

impl Steps {
    /// The steps of the period's leavers.
    pub fn of(view: &View) -> Self {
        let steps: Vec<Step> =
            view.steps.iter().map(|(stage, reached)| Step { name: name(*stage), reached: reached.clone() }).collect();
        let ends = steps.iter().flat_map(|s| &s.reached).flat_map(|span| [span.after, span.until]).flatten();
        let axis = TimeAxis::of(ends, view.target_seconds, (FROM, TO));
        Self { strips: steps, target: view.target_seconds, axis }
    }

    fn bottom(&self) -> f64 {
        TOP + ROW * self.strips.len() as f64
    }

    fn step<DB: DrawingBackend>(&self, canvas: &Canvas<DB>, y: f64, step: &Step) -> Result<()> {
        let middle = y + ROW / 2.0;
        canvas.text((NAME_TO, middle), step.name, Pen::new(LABEL, INK).bold().aligned(Align::End))?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place on the sheet")]
        let place = |seconds: i64| ((self.axis.x(seconds) - FROM) / BIN).floor().max(0.0) as usize;
        let mut bins = vec![[0_usize; 2]; place(i64::MAX) + 1];
        let mut bounded = Vec::new();
        for span in &step.reached {
            match (span.value(), span.after, span.until) {
                (Some(at), _, _) => bins[place(at)][0] += 1,
                (None, Some(after), None) => bins[place(after)][1] += 1,
                (None, after, Some(until)) => bounded.push((after, until)),
                (None, None, None) => {}
            }
        }
        for (i, (left, right)) in self.axis.lines(bounded).into_iter().enumerate() {
            let y = middle + 14.0 + 3.0 * (i % 3) as f64;
            canvas.rect((left, y - 1.0), (right.max(left + 2.0), y + 1.0), EDGE)?;
        }
        let most = bins.iter().flatten().copied().max().unwrap_or(1).max(1) as f64;
        for (place, [reached, open]) in bins.iter().enumerate() {
            let left = FROM + place as f64 * BIN;
            if *reached > 0 {
                let half = (HIGHEST * (*reached as f64 / most).sqrt()).max(8.0) / 2.0;
                let in_time = self.seconds_of(step, place).is_some_and(|seconds| seconds <= self.target);
                let colour = fill(if in_time { Outcome::OnTime } else { Outcome::Late }).colour;
                canvas.rect((left, middle - half), (left + BIN - 0.5, middle + half), colour)?;
            }
            if *open > 0 {
                canvas
                    .polygon(&[(left, middle - 8.0), (left + 9.0, middle), (left, middle + 8.0)], fill(Outcome::Open).colour)?;
            }
        }
        let median = median(step);
        if let Some(Some(at)) = median.map(Span::value) {
            let x = self.axis.x(at);
            canvas.rect((x - 1.25, middle - 22.0), (x + 1.25, middle - 12.0), INK)?;
            canvas.rect((x - 1.25, middle + 12.0), (x + 1.25, middle + 22.0), INK)?;
        }
        let pen = Pen::new(SMALL, INK).aligned(Align::End);
        canvas.text((COUNT_TO, middle), &count(step.reached.len()), pen)?;
        let text = median.map_or_else(|| "too few".to_owned(), |median| known(Some(median)));
        canvas.in_lines((MEDIAN_TO, middle), &text, MEDIAN_TO - COUNT_TO - 12.0, pen)
    }

    /// The latest time of a step that is drawn at a place.
    fn seconds_of(&self, step: &Step, place: usize) -> Option<i64> {
        let left = FROM + place as f64 * BIN;
        let here = |seconds: &i64| (left..left + BIN).contains(&self.axis.x(*seconds));
        step.reached.iter().filter_map(|span| span.value()).filter(here).max()
    }

    fn legend<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        let pen = Pen::new(SMALL, MUTED);
        let (y, mut x) = (self.bottom() + 50.0, 20.0);
        for (outcome, label) in [(Outcome::OnTime, "up to the target"), (Outcome::Late, "later")] {
            canvas.rect((x, y - 6.0), (x + 4.0, y + 6.0), fill(outcome).colour)?;
            canvas.text((x + 10.0, y), label, pen)?;
            x += 10.0 + canvas.width(label, pen) + 20.0;
        }
        canvas.polygon(&[(x, y - 7.0), (x + 9.0, y), (x, y + 7.0)], fill(Outcome::Open).colour)?;
        canvas.text((x + 14.0, y), "not yet", pen)?;
        x += 14.0 + canvas.width("not yet", pen) + 20.0;
        canvas.rect((x, y - 1.0), (x + 20.0, y + 1.0), EDGE)?;
        canvas.text((x + 26.0, y), "known by bounds", pen)?;
        x += 26.0 + canvas.width("known by bounds", pen) + 20.0;
        canvas.rect((x, y - 8.0), (x + 2.5, y - 2.0), INK)?;
        canvas.rect((x, y + 2.0), (x + 2.5, y + 8.0), INK)?;
        canvas.text((x + 9.0, y), "median", pen)
    }
}

impl Drawing for Steps {
    const NAME: &'static str = "steps";

    fn title(&self) -> String {
        "Where the time goes".to_owned()
    }

    fn subtitle(&self) -> String {
        "When each leaver's departure was recorded and told, and the first and the last account cut; from the departure on"
            .to_owned()
    }

    fn description(&self) -> String {
        let mut text = vec![
            "A strip for each step from the departure to the last account that was cut, one mark for each leaver.".to_owned(),
        ];
        for step in &self.strips {
            let median = median(step).map_or_else(|| "not given of so few".to_owned(), |median| known(Some(median)));
            text.push(format!("{}: {}, median {median}.", step.name, counted(step.reached.len(), "leaver")));
        }
        text.join(" ")
    }

    fn height(&self) -> f64 {
        if self.strips.is_empty() { 120.0 } else { self.bottom() + 72.0 }
    }

    fn draw<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        if self.strips.is_empty() {
            return canvas.text((20.0, 84.0), "Nothing to show: no step of any leaver is known.", Pen::new(LABEL, INK));
        }
        for i in (0..self.strips.len()).step_by(2) {
            let y = TOP + ROW * i as f64;
            canvas.rect((12.0, y), (WIDTH - 12.0, y + ROW), BAND)?;
        }
        let pen = Pen::new(SMALL, MUTED).aligned(Align::End);
        canvas.text((COUNT_TO, TOP - 14.0), "leavers", pen)?;
        canvas.text((MEDIAN_TO, TOP - 14.0), "median", pen)?;
        self.axis.draw(canvas, TOP, self.bottom())?;
        self.axis.marks(canvas, TOP, self.bottom())?;
        let mut y = TOP;
        for step in &self.strips {
            self.step(canvas, y, step)?;
            y += ROW;
        }
        self.legend(canvas)
    }
}

fn median(step: &Step) -> Option<Span> {
    if step.reached.len() < needed(0.5) { None } else { survival(&step.reached).quantile(0.5) }
}

/// A step as a reader sees it.
fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Departed => "departed",
        Stage::Recorded => "HR recorded it",
        Stage::Told => "IT was told",
        Stage::FirstRevoked => "first account cut",
        Stage::LastRevoked => "last account cut",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::sample;

    #[test]
    fn each_step_of_which_something_is_known_has_a_strip_with_its_median() {
        let chart = Steps::of(&sample::view(25));
        assert_eq!(chart.strips.len(), 4);
        let told = chart.description();
        for name in ["HR recorded it", "IT was told", "first account cut", "last account cut"] {
            assert!(told.contains(name), "{told}");
        }
        assert!(Steps::of(&sample::empty()).strips.is_empty());
    }
}
