//! What became of the leavers' accounts in each system: counts by outcome come in, stacked bars with their figures go out.
//! The columns of figures beside the bars are the legend too, so that no colour has to be looked up.

use plotters::prelude::DrawingBackend;

use super::canvas::Canvas;
use super::drawing::Drawing;
use super::style::{Align, BAND, INK, LABEL, MUTED, Pen, SMALL, WIDTH, fill};
use super::words::{count, named};
use crate::error::Result;
use crate::model::revocation::Outcome;
use crate::report::view::View;

/// How many systems are drawn; the table has them all.
const MOST: usize = 30;
const TOP: f64 = 98.0;
const ROW: f64 = 28.0;
const NAME_TO: f64 = 176.0;
const BAR_FROM: f64 = 188.0;
const BAR_TO: f64 = 470.0;
const COLUMN: f64 = 80.0;
const FIRST_COLUMN: f64 = 540.0;

/// The chart's figures.
pub struct BySystem {
    rows: Vec<(String, [usize; 5])>,
    more: usize,
}

impl BySystem {
    /// The systems in which a leaver had an account: most accounts not on time first.
    pub fn of(view: &View) -> Self {
        let with_rows = view.systems.iter().filter(|s| s.outcomes.iter().any(|n| *n > 0));
        let mut rows: Vec<_> = with_rows.map(|s| (s.name.clone(), s.outcomes)).collect();
        // Open counts first, then late: the order in which they must be dealt with.
        rows.sort_by(|a, b| (b.1[2], b.1[1], a.1[0], &a.0).cmp(&(a.1[2], a.1[1], b.1[0], &b.0)));
        let more = rows.len().saturating_sub(MOST);
        rows.truncate(MOST);
        Self { rows, more }
    }

    fn head<DB: DrawingBackend>(canvas: &Canvas<DB>) -> Result<()> {
        for (outcome, x) in Outcome::ALL.into_iter().zip(columns()) {
            let pen = Pen::new(SMALL, INK).aligned(Align::End);
            let label = name(outcome);
            canvas.text((x, TOP - 18.0), label, pen)?;
            let left = x - canvas.width(label, pen) - 18.0;
            canvas.area((left, TOP - 24.0), (left + 12.0, TOP - 12.0), fill(outcome))?;
        }
        Ok(())
    }

    fn row<DB: DrawingBackend>(canvas: &Canvas<DB>, y: f64, row: &(String, [usize; 5]), longest: usize) -> Result<()> {
        let pen = Pen::new(LABEL, INK);
        let middle = y + ROW / 2.0;
        let label = canvas.clipped(&row.0, NAME_TO - 20.0, pen);
        canvas.text((NAME_TO, middle), &label, pen.aligned(Align::End))?;
        let mut left = BAR_FROM;
        for ((outcome, x), n) in Outcome::ALL.into_iter().zip(columns()).zip(row.1) {
            let width = (BAR_TO - BAR_FROM) * n as f64 / longest as f64;
            if n > 0 {
                let right = (left + width - 1.0).max(left + 1.5);
                canvas.area((left, y + 6.0), (right, y + ROW - 6.0), fill(outcome))?;
            }
            left += width;
            let pen = if n > 0 { Pen::new(LABEL, INK).bold() } else { Pen::new(LABEL, MUTED) };
            canvas.text((x, middle), &count(n), pen.aligned(Align::End))?;
        }
        Ok(())
    }
}

impl Drawing for BySystem {
    const NAME: &'static str = "outcomes-by-system";

    fn title(&self) -> String {
        "What became of the leavers' accounts, by system".to_owned()
    }

    fn subtitle(&self) -> String {
        let order = "Accounts by outcome; most open first, then most late";
        if self.more == 0 { order.to_owned() } else { format!("{order}; {} more systems in the table", count(self.more)) }
    }

    fn description(&self) -> String {
        let mut text = vec!["Stacked bars of the leavers' accounts by outcome, one for each system.".to_owned()];
        for (system, outcomes) in &self.rows {
            let parts = Outcome::ALL.into_iter().zip(outcomes).filter(|(_, n)| **n > 0);
            let parts: Vec<_> = parts.map(|(outcome, n)| format!("{} {}", count(*n), name(outcome))).collect();
            let system = named(system);
            text.push(format!("{system}: {}.", parts.join(", ")));
        }
        if self.more > 0 {
            text.push(format!("{} more systems are in the table.", count(self.more)));
        }
        if self.rows.is_empty() {
            text.push("There is none.".to_owned());
        }
        text.join(" ")
    }

    fn height(&self) -> f64 {
        if self.rows.is_empty() { 120.0 } else { TOP + ROW * self.rows.len() as f64 + 20.0 }
    }

    fn draw<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        if self.rows.is_empty() {
            let text = "Nothing to show: no system has an account of a leaver.";
            return canvas.text((20.0, 84.0), text, Pen::new(LABEL, INK));
        }
        let longest = self.rows.iter().map(|(_, o)| o.iter().sum()).max().unwrap_or(1);
        Self::head(canvas)?;
        let mut y = TOP;
        for (i, row) in self.rows.iter().enumerate() {
            if i % 2 == 0 {
                canvas.rect((12.0, y), (WIDTH - 12.0, y + ROW), BAND)?;
            }
            Self::row(canvas, y, row, longest)?;
            y += ROW;
        }
        Ok(())
    }
}

/// The right edges of the five columns of figures.
fn columns() -> impl Iterator<Item = f64> {
    [0.0, 0.82, 1.66, 2.76, 4.2].into_iter().map(|place| FIRST_COLUMN + COLUMN * place)
}

/// The outcome's word as a reader sees it.
fn name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::OnTime => "on time",
        other => other.word(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_with_open_accounts_come_first_and_those_without_rows_not_at_all() {
        let mut view = crate::report::charts::sample::view(8);
        for (i, system) in view.systems.iter_mut().enumerate() {
            system.outcomes = match i {
                0 => [9, 0, 0, 0, 0],
                1 => [0, 7, 0, 0, 0],
                2 => [0, 0, 1, 0, 0],
                _ => [0; 5],
            };
        }
        let names: Vec<_> = BySystem::of(&view).rows.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, [&view.systems[2].name, &view.systems[1].name, &view.systems[0].name].map(String::clone));
    }
}
