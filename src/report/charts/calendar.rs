//! The departures by date: the leavers come in, a calendar of weeks goes out, each day with how many left and the worst that became of
//! their accounts, told by colour, by pattern and by a sign.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use plotters::prelude::DrawingBackend;

use super::canvas::Canvas;
use super::drawing::Drawing;
use super::style::{Align, GRID, INK, LABEL, MUTED, PAPER, Pen, SMALL, fill};
use super::words::{count, counted, duration, known};
use crate::error::Result;
use crate::latency::statistics::Span;
use crate::model::revocation::Outcome;
use crate::report::view::View;

/// Weeks of a band; a longer period has several bands.
const WEEKS: u32 = 15;
/// How many bands are drawn; a longer period is told by its last ones.
const MOST_BANDS: u32 = 8;
const LEFT: f64 = 64.0;
const TOP: f64 = 92.0;
const CELL: (f64, f64) = (54.0, 46.0);
const BAND_GAP: f64 = 40.0;
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// One day.
#[derive(Default)]
struct Day {
    leavers: usize,
    worst: Option<Outcome>,
    /// The longest latency of an account.
    longest: Option<Span>,
}

/// The chart's figures.
pub struct Calendar {
    days: BTreeMap<NaiveDate, Day>,
    /// The Monday of the first week.
    from: NaiveDate,
    period: Option<(NaiveDate, NaiveDate)>,
    weeks: u32,
    skipped: u32,
}

impl Calendar {
    /// The departures of the period.
    pub fn of(view: &View) -> Self {
        let mut days: BTreeMap<NaiveDate, Day> = BTreeMap::new();
        for leaver in view.leavers.iter().filter(|leaver| !leaver.before_period) {
            let day = days.entry(leaver.departed_on).or_default();
            day.leavers += 1;
            day.worst = [day.worst, leaver.worst].into_iter().flatten().max_by_key(|outcome| outcome.badness());
            for row in &view.revocations[leaver.rows.clone()] {
                if row.bounds.informs() && day.longest.is_none_or(|longest| end(longest) < end(row.bounds)) {
                    day.longest = Some(row.bounds);
                }
            }
        }
        let parsed = |text: &str| text.parse::<NaiveDate>().ok();
        let period = parsed(&view.period.0).zip(parsed(&view.period.1));
        let first = period.map(|p| p.0).into_iter().chain(days.keys().next().copied()).min().unwrap_or_default();
        let last = period.map(|p| p.1).into_iter().chain(days.keys().next_back().copied()).max().unwrap_or_default();
        let all = u32::try_from((last - monday(first)).num_days() / 7 + 1).unwrap_or(1);
        let weeks = all.min(WEEKS * MOST_BANDS);
        let from = monday(first) + Days::new(u64::from(all - weeks) * 7);
        Self { days, from, period, weeks, skipped: all - weeks }
    }

    fn bands(&self) -> u32 {
        self.weeks.div_ceil(WEEKS)
    }

    fn height_of_bands(&self) -> f64 {
        f64::from(self.bands()) * (7.0 * CELL.1 + BAND_GAP)
    }

    /// The upper left corner of a day's cell.
    fn corner(date: NaiveDate, from: NaiveDate) -> (f64, f64) {
        let days = u32::try_from((date - from).num_days()).unwrap_or(0);
        let (week, weekday) = (days / 7, days % 7);
        let y = TOP + f64::from(week / WEEKS) * (7.0 * CELL.1 + BAND_GAP) + f64::from(weekday) * CELL.1;
        (LEFT + f64::from(week % WEEKS) * CELL.0, y)
    }

    fn cell<DB: DrawingBackend>(&self, canvas: &Canvas<DB>, date: NaiveDate) -> Result<()> {
        let (x, y) = Self::corner(date, self.from);
        let (right, bottom) = (x + CELL.0 - 2.0, y + CELL.1 - 2.0);
        let (small, muted) = (Pen::new(SMALL, INK), Pen::new(SMALL, MUTED));
        let Some(day) = self.days.get(&date) else {
            canvas.rect((x, y), (right, bottom), GRID)?;
            canvas.rect((x + 1.0, y + 1.0), (right - 1.0, bottom - 1.0), PAPER)?;
            return canvas.text((x + 5.0, y + 9.0), &date.day().to_string(), muted);
        };
        let as_ = day.worst.map(fill);
        match as_ {
            Some(as_) => canvas.area((x, y), (right, bottom), as_)?,
            None => canvas.rect((x, y), (right, bottom), GRID)?,
        }
        // The figures stand on paper, so that they can be read on every colour and pattern.
        canvas.rect((x + 2.5, y + 2.5), (right - 2.5, bottom - 7.0), PAPER)?;
        canvas.text((x + 5.0, y + 12.5), &date.day().to_string(), muted)?;
        let sign = day.worst.map_or("", sign);
        let text = format!("{}{sign}", count(day.leavers));
        canvas.text((right - 6.0, y + 12.5), &text, small.bold().aligned(Align::End))?;
        canvas.text((right - 6.0, y + 27.5), &day.longest.map(brief).unwrap_or_default(), small.aligned(Align::End))
    }

    fn frame<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        let pen = Pen::new(SMALL, MUTED);
        for band in 0..self.bands() {
            let top = TOP + f64::from(band) * (7.0 * CELL.1 + BAND_GAP);
            for (place, name) in (0_u32..).zip(WEEKDAYS) {
                canvas.text((LEFT - 10.0, top + (f64::from(place) + 0.5) * CELL.1 - 1.0), name, pen.aligned(Align::End))?;
            }
        }
        let mut month = None;
        for week in 0..self.weeks {
            let date = self.from + Days::new(u64::from(week) * 7);
            if month != Some((date.year(), date.month())) || week % WEEKS == 0 {
                let (x, y) = Self::corner(date, self.from);
                let name = format!("{} {}", MONTHS[date.month0() as usize], date.year());
                let room = week % WEEKS + 1 < WEEKS;
                let text = if room { name } else { MONTHS[date.month0() as usize].to_owned() };
                canvas.text((x, y - 10.0), &text, Pen::new(SMALL, INK))?;
                month = Some((date.year(), date.month()));
            }
        }
        Ok(())
    }

    fn legend<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        let pen = Pen::new(SMALL, MUTED);
        let (y, mut x) = (TOP + self.height_of_bands() - 8.0, LEFT);
        for outcome in [Outcome::OnTime, Outcome::Late, Outcome::Open, Outcome::Pending, Outcome::Undetermined] {
            canvas.area((x, y - 6.0), (x + 12.0, y + 6.0), fill(outcome))?;
            let word = if outcome == Outcome::OnTime { "on time" } else { outcome.word() };
            let label = format!("{word} {}", sign(outcome)).trim_end().to_owned();
            canvas.text((x + 18.0, y), &label, pen)?;
            x += 18.0 + canvas.width(&label, pen) + 20.0;
        }
        canvas.text((x, y), "1: how many left; below it the longest latency", pen)
    }

    /// The days that are drawn.
    fn shown(&self) -> impl Iterator<Item = NaiveDate> {
        let days = u64::from(self.weeks) * 7;
        let (from, period) = (self.from, self.period);
        (0..days)
            .map(move |day| from + Days::new(day))
            .filter(move |date| self.days.contains_key(date) || period.is_none_or(|(first, last)| (first..=last).contains(date)))
    }
}

impl Drawing for Calendar {
    const NAME: &'static str = "departures";

    fn title(&self) -> String {
        "Departures by date, and the worst that became of the leavers' accounts".to_owned()
    }

    fn subtitle(&self) -> String {
        let leavers = counted(self.days.values().map(|day| day.leavers).sum(), "leaver");
        let skipped = if self.skipped > 0 {
            format!("; {} before these are left out", counted(self.skipped as usize, "week"))
        } else {
            String::new()
        };
        format!("{leavers} on {}, local dates{skipped}", counted(self.days.len(), "day"))
    }

    fn description(&self) -> String {
        let mut text = vec!["A calendar of the departures.".to_owned()];
        for (date, day) in self.days.iter().take(200) {
            let worst = day.worst.map_or("no account".to_owned(), |worst| format!("at worst {}", worst.word().replace('_', " ")));
            let longest = day.longest.map(|longest| format!(", longest {}", known(Some(longest)))).unwrap_or_default();
            text.push(format!("{date}: {}, {worst}{longest}.", counted(day.leavers, "leaver")));
        }
        text.join(" ")
    }

    fn height(&self) -> f64 {
        if self.days.is_empty() { 120.0 } else { TOP + self.height_of_bands() + 16.0 }
    }

    fn draw<DB: DrawingBackend>(&self, canvas: &Canvas<DB>) -> Result<()> {
        if self.days.is_empty() {
            return canvas.text((20.0, 84.0), "Nothing to show: nobody left within the period.", Pen::new(LABEL, INK));
        }
        self.frame(canvas)?;
        for date in self.shown() {
            self.cell(canvas, date)?;
        }
        self.legend(canvas)
    }
}

/// The sign beside the number, for those to whom a colour says nothing.
fn sign(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::OnTime => "",
        Outcome::Late => "+",
        Outcome::Open => "!",
        Outcome::Pending => "…",
        Outcome::Undetermined => "?",
    }
}

fn monday(date: NaiveDate) -> NaiveDate {
    date - Days::new(u64::from(date.weekday().num_days_from_monday()))
}

/// The latency in its largest unit, as a cell holds it: more than it without an end, less where only bounds are known.
fn brief(latency: Span) -> String {
    let unit = |seconds: i64| {
        let text = if seconds <= 0 { "early".to_owned() } else { duration(seconds) };
        text.split(' ').take(2).collect::<Vec<_>>().join(" ")
    };
    match (latency.value(), latency.after, latency.until) {
        (Some(seconds), _, _) => unit(seconds),
        (None, _, Some(until)) => format!("<{}", unit(until)),
        (None, Some(after), None) if after > 0 => format!(">{}", unit(after)),
        _ => String::new(),
    }
}

/// By what is known, how long it lasted.
fn end(span: Span) -> i64 {
    span.until.or(span.after).unwrap_or(i64::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::sample;

    #[test]
    fn every_leaver_of_the_period_is_on_its_day() {
        let view = sample::view(25);
        let chart = Calendar::of(&view);
        let leavers: usize = chart.days.values().map(|day| day.leavers).sum();
        assert_eq!(leavers, view.leavers.iter().filter(|l| !l.before_period).count());
        assert!(chart.days.keys().all(|date| chart.shown().any(|shown| shown == *date)));
    }

    #[test]
    fn a_cell_tells_the_longest_latency_in_one_unit() {
        let told = [Span::exact(190_000), Span::exact(-5), Span::beyond(3_700), Span::between(Some(9), 90)].map(brief);
        assert_eq!(told, ["2 d", "early", ">1 h", "<1 min"]);
    }

    #[test]
    fn a_period_of_years_is_told_by_its_last_weeks() {
        let mut view = sample::view(3);
        view.period.0 = "2016-01-01".into();
        let chart = Calendar::of(&view);
        assert_eq!((chart.bands(), chart.weeks), (MOST_BANDS, WEEKS * MOST_BANDS));
        assert!(chart.subtitle().contains("left out"));
    }
}
