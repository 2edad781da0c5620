//! For how long each leaver could still get in: the stretches of use after the departure come in, a lane for each leaver goes out.

use plotters::prelude::DrawingBackend;

use super::canvas::Canvas;
use super::drawing::Drawing;
use super::style::{Align, BAND, GRID, INK, LABEL, MUTED, Pen, SMALL, WIDTH, fill};
use super::words::{count, counted, date, duration, named};
use crate::error::Result;
use crate::model::instant::Instant;
use crate::model::revocation::Outcome;
use crate::report::view::{LeaverLine, View};

/// How many leavers are drawn; `revocations.csv` has them all.
const MOST: usize = 40;
const TOP: f64 = 88.0;
const ROW: f64 = 24.0;
const NAME_TO: f64 = 190.0;
const FROM: f64 = 206.0;
const TO: f64 = 716.0;
const COUNT_TO: f64 = 784.0;
const TOTAL_TO: f64 = WIDTH - 20.0;
const DAY: i64 = 86_400;

/// One stretch of use, in seconds since the epoch.
struct Stretch {
    from: i64,
    to: i64,
    open: bool,
}

/// One leaver's lane.
struct Lane {
    name: String,
    departed: i64,
    stretches: Vec<Stretch>,
    accounts: usize,
    total: String,
    open: bool,
}

/// The chart's figures.
pub struct ByLeaver {
    lanes: Vec<Lane>,
    all: usize,
    from: i64,
    to: i64,
    as_of: Instant,
}

impl ByLeaver {
    /// The leavers who had an account that worked after the departure, worst first as in the view.
    pub fn of(view: &View) -> Self {
        let exposed = |l: &&LeaverLine| view.revocations[l.rows.clone()].iter().any(|r| !r.exposed.is_empty());
        let all = view.leavers.iter().filter(exposed).count();
        let shown: Vec<_> = view.leavers.iter().filter(exposed).take(MOST).collect();
        let mut lanes: Vec<_> = shown.iter().map(|l| lane(view, l)).collect();
        // Of two people with one name it must be clear which is which.
        for (lane, leaver) in lanes.iter_mut().zip(&shown) {
            if shown.iter().filter(|other| other.name == leaver.name).count() > 1 {
                lane.name = format!("{}, {}", leaver.name, leaver.person_id);
            }
        }
        let to = lanes.iter().flat_map(|l| &l.stretches).map(|s| s.to).chain([view.as_of.seconds()]).max().unwrap_or(0);
        // Departures before the period would squeeze it to nothing: their lanes begin at the left edge.
        let within = shown.iter().filter(|l| !l.before_period).map(|l| l.departed.seconds()).min();
        let earliest = within.or_else(|| lanes.iter().map(|l| l.departed).min()).unwrap_or(to);
        let from = (earliest.min(to - DAY) - 1).div_euclid(DAY) * DAY;
        Self { lanes, all, from, to, as_of: view.as_of }
    }

    fn x(&self, seconds: i64) -> f64 {
        let place = (seconds - self.from) as f64 / (self.to - self.from).max(1) as f64;
        FROM + place.clamp(0.0, 1.0) * (TO - FROM)
    }

    fn bottom(&self) -> f64 {
        TOP + ROW * self.lanes.len() as f64
    }

    fn calendar<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        let pen = Pen::new(SMALL, MUTED).aligned(Align::Middle);
        let days = (self.to - self.from) / DAY;
        let step =
            [1, 2, 7, 14, 30, 61, 91, 182, 365, 1_826, 3_652, 36_525].into_iter().find(|s| days / s <= 6).unwrap_or(365_250);
        let as_of = self.x(self.as_of.seconds());
        for day in (0..=days).step_by(usize::try_from(step).unwrap_or(1)) {
            let at = self.from + day * DAY;
            let Some(instant) = Instant::from_seconds(at) else { continue };
            let x = self.x(at);
            canvas.upright(x, TOP, self.bottom() + 5.0, GRID, false)?;
            if x < as_of - 76.0 || as_of < FROM + 76.0 {
                canvas.text((x, self.bottom() + 15.0), &date(instant), pen)?;
            }
        }
        canvas.upright(as_of, TOP, self.bottom() + 5.0, INK, true)?;
        canvas.text((as_of, self.bottom() + 15.0), &date(self.as_of), Pen::new(SMALL, INK).bold().aligned(Align::Middle))?;
        canvas.text((as_of, self.bottom() + 29.0), "as of", pen)
    }

    fn lane<DB: DrawingBackend>(&self, canvas: &Canvas<DB>, y: f64, lane: &Lane) -> Result<()> {
        let pen = Pen::new(LABEL, INK);
        let middle = y + ROW / 2.0;
        canvas.text((NAME_TO, middle), &canvas.clipped(&lane.name, NAME_TO - 20.0, pen), pen.aligned(Align::End))?;
        for open in [false, true] {
            for stretch in lane.stretches.iter().filter(|s| s.open == open) {
                let as_ = fill(if open { Outcome::Open } else { Outcome::Late });
                let left = self.x(stretch.from);
                let right = self.x(stretch.to).max(left + 2.5);
                canvas.area((left, middle - 5.0), (right, middle + 5.0), as_)?;
            }
        }
        if lane.open {
            // From the newest evidence to the edge only a thin line: nobody has looked since.
            let proven = lane.stretches.iter().filter(|s| s.open).map(|s| self.x(s.to)).fold(FROM, f64::max);
            canvas.rect((proven, middle - 1.0), (TO, middle + 1.0), fill(Outcome::Open).colour)?;
            let tip = TO + 11.0;
            canvas.polygon(&[(TO, middle - 8.0), (tip, middle), (TO, middle + 8.0)], fill(Outcome::Open).colour)?;
        }
        let departed = self.x(lane.departed);
        if lane.departed < self.from {
            canvas.polygon(&[(departed, middle - 6.0), (departed - 9.0, middle), (departed, middle + 6.0)], INK)?;
        } else {
            canvas.rect((departed - 1.25, middle - 9.0), (departed + 1.25, middle + 9.0), INK)?;
        }
        let pen = Pen::new(SMALL, INK).aligned(Align::End);
        canvas.text((COUNT_TO, middle), &count(lane.accounts), pen)?;
        canvas.text((TOTAL_TO, middle), &lane.total, pen)
    }

    fn legend<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        let pen = Pen::new(SMALL, MUTED);
        let y = self.bottom() + 56.0;
        canvas.rect((FROM, y - 8.0), (FROM + 2.5, y + 8.0), INK)?;
        canvas.text((FROM + 10.0, y), "departure", pen)?;
        canvas.polygon(&[(FROM + 92.0, y - 6.0), (FROM + 83.0, y), (FROM + 92.0, y + 6.0)], INK)?;
        canvas.text((FROM + 100.0, y), "departed earlier", pen)?;
        canvas.area((FROM + 206.0, y - 5.0), (FROM + 226.0, y + 5.0), fill(Outcome::Late))?;
        canvas.text((FROM + 233.0, y), "worked, cut since", pen)?;
        canvas.area((FROM + 346.0, y - 5.0), (FROM + 364.0, y + 5.0), fill(Outcome::Open))?;
        canvas.polygon(&[(FROM + 364.0, y - 8.0), (FROM + 375.0, y), (FROM + 364.0, y + 8.0)], fill(Outcome::Open).colour)?;
        canvas.text((FROM + 382.0, y), "still works", pen)?;
        canvas.text((TOTAL_TO, y), "+ ?  and more, not known", pen.aligned(Align::End))
    }
}

impl Drawing for ByLeaver {
    const NAME: &'static str = "exposure-by-leaver";

    fn title(&self) -> String {
        "For how long each leaver could still get in".to_owned()
    }

    fn subtitle(&self) -> String {
        let cut = if self.all > self.lanes.len() {
            format!("the {} worst of {} leavers with exposure; the rest is in revocations.csv", self.lanes.len(), count(self.all))
        } else {
            format!("{} with exposure, worst first", counted(self.all, "leaver"))
        };
        format!("Accounts that worked after the departure, by date in UTC: {cut}")
    }

    fn description(&self) -> String {
        let cut = if self.all > self.lanes.len() { format!("; the {} worst are shown", self.lanes.len()) } else { String::new() };
        let mut text = vec![format!("A lane for each leaver with exposure, {} in all{cut}.", counted(self.all, "leaver"))];
        for lane in &self.lanes {
            let name = named(&lane.name);
            let end = if lane.open { ", still open" } else { "" };
            let departed = Instant::from_seconds(lane.departed).map(date).unwrap_or_default();
            let accounts = counted(lane.accounts, "account");
            text.push(format!("{name}: departed {departed}, {accounts}, in total {}{end}.", lane.total));
        }
        text.join(" ")
    }

    fn height(&self) -> f64 {
        if self.lanes.is_empty() { 120.0 } else { self.bottom() + 78.0 }
    }

    fn draw<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        if self.lanes.is_empty() {
            let text = "Nothing to show: no account is known to have worked after its owner's departure.";
            return canvas.text((20.0, 84.0), text, Pen::new(LABEL, INK));
        }
        let pen = Pen::new(SMALL, MUTED).aligned(Align::End);
        canvas.text((COUNT_TO, TOP - 14.0), "accounts", pen)?;
        canvas.text((TOTAL_TO, TOP - 14.0), "in total", pen)?;
        for i in (0..self.lanes.len()).step_by(2) {
            let y = TOP + ROW * i as f64;
            canvas.rect((12.0, y), (WIDTH - 12.0, y + ROW), BAND)?;
        }
        self.calendar(canvas)?;
        let mut y = TOP;
        for lane in &self.lanes {
            self.lane(canvas, y, lane)?;
            y += ROW;
        }
        self.legend(canvas)
    }
}

fn lane(view: &View, leaver: &LeaverLine) -> Lane {
    let rows = &view.revocations[leaver.rows.clone()];
    let mut stretches = Vec::new();
    for row in rows {
        for (i, (from, to)) in row.exposed.iter().enumerate() {
            let open = matches!(row.outcome, Outcome::Open | Outcome::Pending) && i + 1 == row.exposed.len();
            stretches.push(Stretch { from: from.seconds(), to: to.seconds(), open });
        }
    }
    Lane {
        name: leaver.name.clone(),
        departed: leaver.departed.seconds(),
        accounts: rows.iter().filter(|r| !r.exposed.is_empty()).count(),
        open: stretches.iter().any(|s| s.open),
        stretches: joined(stretches),
        total: duration(leaver.exposure_seconds) + if leaver.exposure_unknown > 0 { " + ?" } else { "" },
    }
}

/// Overlapping stretches of one kind become one, so that a lane is drawn with few shapes.
fn joined(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_by_key(|s| (s.open, s.from, s.to));
    let mut joined: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        match joined.last_mut() {
            Some(last) if last.open == stretch.open && stretch.from <= last.to => last.to = last.to.max(stretch.to),
            _ => joined.push(stretch),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_stretches_are_drawn_once() {
        let stretch = |from, to, open| Stretch { from, to, open };
        let lanes = joined(vec![stretch(5, 9, false), stretch(0, 6, false), stretch(20, 30, false), stretch(3, 40, true)]);
        assert_eq!(
            lanes.iter().map(|s| (s.from, s.to, s.open)).collect::<Vec<_>>(),
            [(0, 9, false), (20, 30, false), (3, 40, true)]
        );
    }

    #[test]
    fn a_departure_years_before_the_period_does_not_squeeze_it() {
        let view = crate::report::charts::sample::view(25);
        let chart = ByLeaver::of(&view);
        assert!(chart.to - chart.from < 200 * DAY && chart.lanes.iter().any(|l| l.departed < chart.from));
    }
}
