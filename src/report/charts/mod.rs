//! Charts: the view comes in; each chart goes out as SVG and PNG with its title and a text alternative that gives the figures.
//! The same view gives the same bytes. No font of the machine is used.

pub mod axis;
mod by_system;
mod calendar;
mod canvas;
mod drawing;
pub mod embed;
mod exposure;
mod glyphs;
mod latency;
mod outcomes;
#[cfg(test)]
pub(crate) mod sample;
mod scale;
mod steps;
mod style;
mod survival;
pub mod words;

pub use drawing::Chart;
use rayon::prelude::*;

use super::view::View;
use crate::error::Result;

/// All charts of a report, in the order in which it shows them.
pub fn all(view: &View) -> Result<Vec<Chart<'_>>> {
    embed::register()?;
    let each: [fn(&View) -> Result<Chart<'_>>; 7] = [
        |view| drawing::render(latency::Distribution::of(view)),
        |view| drawing::render(outcomes::BySystem::of(view)),
        |view| drawing::render(exposure::ByLeaver::of(view)),
        |view| drawing::render(survival::Survival::of(view)),
        |view| drawing::render(by_system::BySystem::of(view)),
        |view| drawing::render(steps::Steps::of(view)),
        |view| drawing::render(calendar::Calendar::of(view)),
    ];
    each.par_iter().map(|chart| chart(view)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_view_gives_the_same_bytes() {
        let views = [sample::view(12), sample::view(12)];
        let [once, again] = views.each_ref().map(|view| all(view).unwrap());
        for (a, b) in once.iter().zip(&again) {
            assert!(a.svg == b.svg && a.png().unwrap() == b.png().unwrap() && a.description == b.description, "{}", a.name);
        }
    }

    #[test]
    fn every_chart_stands_alone_and_says_what_it_shows() {
        for chart in all(&sample::view(12)).unwrap() {
            assert!(
                chart.svg.contains("role=\"img\"") && chart.svg.contains("<desc") && chart.svg.contains("@font-face"),
                "{}",
                chart.name
            );
            assert!(!chart.inline().contains("@font-face") && chart.inline().ends_with("</svg>\n"));
            assert!(chart.png().unwrap().starts_with(b"\x89PNG") && chart.description.len() > 40);
        }
    }

    #[test]
    fn an_empty_view_gives_charts_that_say_so() {
        for chart in all(&sample::empty()).unwrap() {
            assert!(chart.svg.contains("Nothing to show"), "{}", chart.name);
        }
    }

    #[test]
    fn hostile_text_stays_text() {
        for chart in all(&sample::hostile()).unwrap() {
            assert!(!chart.svg.contains("<script") && !chart.svg.contains('\u{1}'), "{}", chart.name);
        }
    }

    #[test]
    fn thousands_of_leavers_and_systems_are_cut_and_counted() {
        let view = sample::view(3_000);
        let charts = all(&view).unwrap();
        assert!(charts.iter().all(|c| c.inline().len() < 150_000));
        assert!(charts[2].svg.contains("40 worst of"), "{}", charts[2].description);
    }
}
