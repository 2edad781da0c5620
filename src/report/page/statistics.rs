//! The tables of the statistics: the figures of all and of each group come in, rows of texts go out. A group that is too small for a
//! percentile says so.

use serde::Serialize;

use super::cut::{Cut, clip, cut, weight};
use super::percentile;
use crate::latency::{Figures, Group, PERCENTILES};
use crate::report::charts::words::{count, counted, duration, longest, percent};
use crate::report::view::View;

/// How many groups of a kind are shown.
const MOST: usize = 100;
const BYTES: usize = 120_000;

/// The groups of one kind.
#[derive(Serialize)]
pub struct Table {
    /// Its anchor.
    pub id: String,
    /// By what they are grouped, as a reader sees it.
    pub title: &'static str,
    /// The groups.
    pub rows: Cut<Row>,
}

/// A group.
#[derive(Serialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// How many accounts.
    pub accounts: String,
    /// The shares on time, not on time and undecided.
    pub shares: Vec<String>,
    /// Median, 90th, 95th and 99th percentile.
    pub percentiles: Vec<String>,
    /// The longest.
    pub longest: String,
    /// The exposure in account-hours.
    pub exposure: String,
}

/// The table of all, and one for each kind of group.
pub fn tables(view: &View) -> Vec<Table> {
    let weigh = |row: &Row| 700 + weight(&row.name);
    let overall = Cut { shown: vec![row("All accounts of leavers", &view.statistics.overall)], more: 0 };
    let all = Table { id: "all".to_owned(), title: "", rows: overall };
    let by = view.statistics.by.iter().map(|(by, groups)| Table {
        id: by.word().replace('_', "-"),
        title: by.title(),
        rows: cut(groups, MOST, BYTES, |_, group: &Group| row(&group.name, &group.figures), weigh),
    });
    std::iter::once(all).chain(by).collect()
}

/// What earlier leavers have left open, in a sentence.
pub fn earlier(view: &View) -> Option<String> {
    let figures = &view.statistics.earlier;
    (figures.accounts > 0).then(|| {
        format!(
            "{} of people who left before the period stand apart, for {} account-hours so far: such accounts are known only because \
             they are open, and would make every figure worse than it was.",
            counted(figures.accounts, "open account"),
            hours(figures.exposure_at_least)
        )
    })
}

fn row(name: &str, figures: &Figures) -> Row {
    let exposure = match figures.exposure_unknown {
        0 => hours(figures.exposure_known),
        unknown => format!("at least {}, {} not known", hours(figures.exposure_at_least), count(unknown)),
    };
    Row {
        name: clip(name),
        accounts: count(figures.accounts),
        shares: figures.shares().map(|share| share.map(percent).unwrap_or_default()).into(),
        percentiles: PERCENTILES.map(|(_, p)| percentile(figures, p)).into(),
        longest: longest(figures),
        exposure,
    }
}

/// Seconds as account-hours, cut to tenths.
fn hours(seconds: i64) -> String {
    if (0..360).contains(&seconds) {
        return duration(seconds);
    }
    format!("{}.{} h", count(seconds / 3_600), seconds % 3_600 / 360)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_hours_are_cut_to_tenths() {
        assert_eq!(
            [0, 90, 360, 3_599, 3_600, 36_000_000].map(hours),
            ["0 s", "1 min 30 s", "0.1 h", "0.9 h", "1.0 h", "10,000.0 h"]
        );
    }

    #[test]
    fn a_small_group_says_so_instead_of_a_percentile() {
        let tables = tables(&crate::report::charts::sample::view(2));
        assert!(tables.iter().flat_map(|t| &t.rows.shown).any(|row| row.percentiles.iter().any(|p| p == "too few")));
    }
}
