//! One leaver's accounts as lanes, system by system: timelines come in, a picture on an axis around the departure goes out. Its colours
//! are the page's, so that it follows the light and the dark scheme.

use std::fmt::Write;

use crate::model::instant::Instant;
use crate::model::revocation::Outcome;
use crate::model::span::State;
use crate::report::charts::axis::TimeAxis;
use crate::report::charts::words::{counted, known, named, shortened};
use crate::report::view::{LeaverLine, RevocationLine, View};

/// How many accounts are drawn.
const MOST: usize = 24;
const LEFT: f64 = 150.0;
const RIGHT: f64 = 800.0;
const ROW: f64 = 22.0;
/// What lies longer before the departure than this is not drawn: it is not what the lanes are about.
const BEFORE: i64 = -7 * 86_400;
/// How long a system's name may be, in characters.
const NAME: usize = 20;

/// The picture; nothing where there is no account.
pub fn draw(view: &View, leaver: &LeaverLine) -> String {
    let rows = &view.revocations[leaver.rows.clone()];
    if rows.is_empty() {
        return String::new();
    }
    let departed = leaver.departed;
    let now = view.as_of.seconds_since(departed).max(0);
    let axis = TimeAxis::of([BEFORE, now].into_iter(), view.target_seconds, (LEFT, RIGHT));
    let shown = &rows[..rows.len().min(MOST)];
    let bottom = ROW * shown.len() as f64;
    let mut svg = String::new();
    let name = escaped(&named(&leaver.name));
    let told: Vec<String> = shown.iter().map(|row| format!("{}: {}", escaped(&named(&row.system)), told(row))).collect();
    let _ = write!(
        svg,
        "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Accounts of {name} around the departure. {}.\">",
        RIGHT + 10.0,
        bottom + 42.0,
        told.join("; ")
    );
    for (x, label) in axis.ticks(|label| 7.0 * label.chars().count() as f64) {
        let _ = write!(svg, "<rect class=\"g\" x=\"{x:.0}\" y=\"0\" width=\"1\" height=\"{:.0}\"/>", bottom + 4.0);
        if !label.is_empty() {
            let _ = write!(svg, "<text class=\"a\" x=\"{x:.0}\" y=\"{:.0}\">{label}</text>", bottom + 17.0);
        }
    }
    for (place, row) in shown.iter().enumerate() {
        lane(&mut svg, row, departed, view.as_of, &axis, ROW * place as f64);
    }
    let _ = write!(svg, "<rect class=\"d\" x=\"{:.1}\" y=\"0\" width=\"2\" height=\"{:.0}\"/>", axis.x(0) - 1.0, bottom + 4.0);
    if view.target_seconds > 0 {
        let x = axis.x(view.target_seconds);
        let _ = write!(svg, "<rect class=\"d\" x=\"{x:.1}\" y=\"0\" width=\"1\" height=\"{:.0}\"/>", bottom + 4.0);
    }
    legend(&mut svg, bottom + 35.0);
    if rows.len() > MOST {
        let more = counted(rows.len() - MOST, "more account");
        let _ = write!(svg, "<text class=\"k s\" x=\"{RIGHT:.0}\" y=\"{:.0}\">{more} in timelines.csv</text>", bottom + 35.0);
    }
    svg.push_str("</svg>");
    svg
}

/// One account's lane: what was usable before the departure, after it and still, what was not, and what nobody knows.
fn lane(svg: &mut String, row: &RevocationLine, departed: Instant, now: Instant, axis: &TimeAxis, top: f64) {
    let middle = top + ROW / 2.0;
    let name = escaped(&shortened(&row.system, NAME));
    let _ = write!(svg, "<text class=\"s\" x=\"{:.0}\" y=\"{:.0}\">{name}</text>", LEFT - 8.0, middle + 4.0);
    let open = matches!(row.outcome, Outcome::Open | Outcome::Pending);
    let last = row.timeline.iter().rposition(|(_, _, state)| *state == State::Usable).filter(|_| open);
    for (place, (from, to, state)) in row.timeline.iter().enumerate() {
        let from = from.map_or(BEFORE, |from| from.seconds_since(departed)).max(BEFORE);
        let to = to.unwrap_or(now).seconds_since(departed);
        if to <= from {
            continue;
        }
        match state {
            State::Usable => {
                if from < 0 {
                    bar(svg, "u", (axis.x(from), axis.x(to.min(0))), (middle, 5.0));
                }
                if to > 0 {
                    bar(svg, if last == Some(place) { "o" } else { "l" }, (axis.x(from.max(0)), axis.x(to)), (middle, 5.0));
                }
            }
            State::NotUsable => bar(svg, "n", (axis.x(from), axis.x(to)), (middle, 0.75)),
            State::Unknown => bar(svg, "q", (axis.x(from), axis.x(to)), (middle, 4.5)),
        }
    }
    let uses = row.used_at.iter().copied().chain(row.last_used_at).map(|used| used.seconds_since(departed));
    // Uses that would lie on each other are one mark.
    let mut places: Vec<i64> = Vec::new();
    for used in uses.filter(|used| *used >= BEFORE) {
        #[allow(clippy::cast_possible_truncation, reason = "a place of the picture")]
        let place = axis.x(used).round() as i64;
        if !places.contains(&place) {
            let _ = write!(svg, "<circle class=\"e\" cx=\"{place}\" cy=\"{middle:.1}\" r=\"3.5\"/>");
            places.push(place);
        }
    }
}

fn bar(svg: &mut String, class: &str, (left, right): (f64, f64), (middle, half): (f64, f64)) {
    let (width, y) = ((right - left).max(1.5), middle - half);
    let _ =
        write!(svg, "<rect class=\"{class}\" x=\"{left:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{:.1}\"/>", 2.0 * half);
}

fn legend(svg: &mut String, y: f64) {
    let mut x = 4.0;
    let entries = [
        ("u", 5.0, "usable before"),
        ("l", 5.0, "usable after the departure"),
        ("o", 5.0, "still usable"),
        ("n", 0.75, "not usable"),
        ("q", 4.5, "not known"),
    ];
    for (class, half, label) in entries {
        bar(svg, class, (x, x + 14.0), (y - 4.0, half));
        let _ = write!(svg, "<text class=\"k\" x=\"{:.0}\" y=\"{y:.0}\">{label}</text>", x + 19.0);
        x += 19.0 + 6.6 * label.len() as f64 + 14.0;
    }
    let _ = write!(svg, "<circle class=\"e\" cx=\"{:.0}\" cy=\"{:.0}\" r=\"3.5\"/>", x + 4.0, y - 4.0);
    let _ = write!(svg, "<text class=\"k\" x=\"{:.0}\" y=\"{y:.0}\">used</text>", x + 12.0);
}

/// The lane in words.
fn told(row: &RevocationLine) -> String {
    let word = row.outcome.word().replace('_', " ");
    if row.bounds.informs() { format!("{word}, {}", known(Some(row.bounds))) } else { word }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::sample;

    #[test]
    fn a_lane_for_each_account_and_none_without_any() {
        let mut view = sample::view(8);
        let svg = draw(&view, &view.leavers[5]);
        assert_eq!(svg.matches("class=\"s\"").count(), view.leavers[5].rows.len());
        view.leavers[5].rows = 0..0;
        assert!(draw(&view, &view.leavers[5]).is_empty());
    }
}
