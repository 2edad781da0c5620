//! The entry of each leaver with the accounts: the view's leavers come in, worst first, blocks of texts go out.

use serde::Serialize;

use super::cut::{Cut, clip, cut, references, weight};
use super::lanes;
use crate::model::revocation::Outcome;
use crate::model::step::Within;
use crate::report::charts::words::{count, counted, duration, latency, plain, stamp};
use crate::report::view::{LeaverLine, RevocationLine, StepLine, View};

const MOST: usize = 400;
const BYTES: usize = 1_300_000;
/// How many bytes all pictures of lanes may take.
const LANE_BYTES: usize = 500_000;
/// How many of those beyond are told in a line, and how many bytes that may take.
const MOST_LINES: usize = 1_500;
const LINE_BYTES: usize = 400_000;
/// How many accounts an entry lists.
const MOST_ACCOUNTS: usize = 60;
/// How many steps it lists.
const MOST_STEPS: usize = 40;
/// The markup around the texts of an entry and of a row.
const MARKUP: usize = 700;

/// A leaver as the page shows one.
#[derive(Serialize)]
pub struct Block {
    /// The place in the list: the entry's anchor.
    pub place: usize,
    /// HR's number.
    pub person_id: String,
    /// The name.
    pub name: String,
    /// Department and kind of worker.
    pub role: String,
    /// The departure.
    pub departed: String,
    /// Whether it lies before the period.
    pub before_period: bool,
    /// The worst outcome.
    pub worst: Option<Told>,
    /// How many accounts.
    pub accounts: String,
    /// The exposure in words.
    pub exposure: String,
    /// Its accounts.
    pub rows: Cut<Row>,
    /// Its accounts as lanes, where there is room for a picture.
    pub lanes: String,
    /// The steps, and those of the checklist.
    pub steps: Cut<Step>,
}

/// A step as the page shows it.
#[derive(Serialize)]
pub struct Step {
    /// What was to be done.
    pub what: String,
    /// `checklist`, or nothing.
    pub list: &'static str,
    /// When it was done, or that it was not.
    pub when: String,
    /// The rows that show it.
    pub evidence: Vec<String>,
}

/// An account of a leaver.
#[derive(Serialize)]
pub struct Row {
    /// The system.
    pub system: String,
    /// The login.
    pub login: String,
    /// The account's id, where it differs.
    pub account_id: String,
    /// Whether it is privileged.
    pub privileged: bool,
    /// The outcome.
    pub outcome: Told,
    /// The revocation or its bounds.
    pub revoked: String,
    /// The latency in words.
    pub latency: String,
    /// The exposure in words.
    pub exposure: String,
    /// Uses and re-activations after the departure.
    pub activity: Vec<String>,
    /// What the time rests on.
    pub basis: &'static str,
    /// The rows that show it.
    pub evidence: Vec<String>,
}

/// An outcome as the page shows it.
#[derive(Serialize)]
pub struct Told {
    /// As a reader sees it.
    pub word: &'static str,
    /// As the style names it.
    pub class: &'static str,
}

/// The leavers that the page shows.
pub fn blocks(view: &View) -> Cut<Block> {
    let mut blocks = cut(&view.leavers, MOST, BYTES, |place, leaver| block(view, place, leaver), weigh);
    let mut taken = 0;
    for (block, leaver) in blocks.shown.iter_mut().zip(&view.leavers) {
        let lanes = lanes::draw(view, leaver);
        taken += lanes.len();
        if taken > LANE_BYTES {
            break;
        }
        block.lanes = lanes;
    }
    blocks
}

/// Those for whose entries there is no room, in a line each: `told` is how many have an entry.
pub fn lines(view: &View, told: usize) -> Cut<Block> {
    let line = |place: usize, leaver: &LeaverLine| {
        let role = String::new();
        Block { rows: cut_off(), steps: cut_off(), role, ..block(view, told + place, leaver) }
    };
    cut(&view.leavers[told..], MOST_LINES, LINE_BYTES, line, |line| MARKUP / 2 + weight(&line.name) + weight(&line.person_id))
}

fn cut_off<T>() -> Cut<T> {
    Cut { shown: Vec::new(), more: 0 }
}

/// Whose lanes are left out for want of room, in a sentence.
pub fn without_lanes(blocks: &Cut<Block>) -> Option<String> {
    let of = |block: &&Block| !block.rows.shown.is_empty();
    let (all, drawn) = (blocks.shown.iter().filter(of).count(), blocks.shown.iter().filter(|b| !b.lanes.is_empty()).count());
    (drawn < all).then(|| {
        format!("The accounts of the first {} are drawn as lanes; timelines.csv has those of all.", counted(drawn, "leaver"))
    })
}

fn told(outcome: Outcome) -> Told {
    Told { word: if outcome == Outcome::OnTime { "on time" } else { outcome.word() }, class: outcome.word() }
}

fn block(view: &View, place: usize, leaver: &LeaverLine) -> Block {
    let rows = &view.revocations[leaver.rows.clone()];
    let role = [&leaver.department, &leaver.worker_type].map(|t| clip(t)).into_iter().filter(|t| !t.is_empty());
    Block {
        place,
        person_id: clip(&leaver.person_id),
        name: clip(&leaver.name),
        role: role.collect::<Vec<_>>().join(", "),
        departed: plain(&leaver.departed_at),
        before_period: leaver.before_period,
        worst: leaver.worst.map(told),
        accounts: counted(rows.len(), "account"),
        exposure: total(leaver),
        rows: cut(rows, MOST_ACCOUNTS, BYTES / 4, |_, r| row(r), weigh_row),
        lanes: String::new(),
        steps: cut(&leaver.steps, MOST_STEPS, BYTES / 8, |_, line| step(line), weigh_step),
    }
}

fn step(line: &StepLine) -> Step {
    let due = line.due.map(|due| format!(", due {}", stamp(due))).unwrap_or_default();
    let when = line.within.map_or_else(|| "not done".to_owned(), when) + &due;
    Step { what: clip(&line.what), list: if line.checklist { "checklist" } else { "" }, when, evidence: references(&line.at) }
}

/// When something was done, in words.
fn when(within: Within) -> String {
    match (within.exact(), within.earliest, within.latest) {
        (Some(at), ..) => stamp(at),
        (None, Some(first), Some(last)) => format!("after {}, by {}", stamp(first), stamp(last)),
        (None, None, Some(last)) => format!("by {}", stamp(last)),
        (None, Some(first), None) => format!("not by {}", stamp(first)),
        (None, None, None) => "not known".to_owned(),
    }
}

fn total(leaver: &LeaverLine) -> String {
    let known = match leaver.exposure_seconds {
        1.. => format!("{} of exposure", duration(leaver.exposure_seconds)),
        _ => "no exposure".to_owned(),
    };
    match leaver.exposure_unknown {
        0 => known,
        unknown => format!("{known} known, {} undecided", counted(unknown, "account")),
    }
}

fn row(revocation: &RevocationLine) -> Row {
    let mut activity = Vec::new();
    if revocation.uses_after_departure > 0 {
        activity.push(format!("used {}×", count(revocation.uses_after_departure)));
    }
    if revocation.reactivations > 0 {
        activity.push(format!("re-activated {}×", count(revocation.reactivations)));
    }
    let same = revocation.account_id == revocation.login || revocation.login.is_empty();
    Row {
        system: clip(&revocation.system),
        login: clip(if revocation.login.is_empty() { &revocation.account_id } else { &revocation.login }),
        account_id: if same { String::new() } else { clip(&revocation.account_id) },
        privileged: revocation.privileged == Some(true),
        outcome: told(revocation.outcome),
        revoked: revoked(revocation),
        latency: revocation.latency_seconds.map(latency).unwrap_or_default(),
        exposure: match revocation.exposure_seconds {
            None => "not known".to_owned(),
            Some(0) => "none".to_owned(),
            Some(seconds) => duration(seconds),
        },
        activity,
        basis: revocation.evidence,
        evidence: references(&revocation.evidence_at),
    }
}

fn revoked(revocation: &RevocationLine) -> String {
    let (earliest, latest) = match revocation.revoked_at {
        Some(at) => (Some(at), Some(at)),
        None => (revocation.revoked_after, revocation.revoked_before),
    };
    match (earliest, latest) {
        (None, None) if matches!(revocation.outcome, Outcome::Open | Outcome::Pending) => "not revoked".to_owned(),
        _ => when(Within { earliest, latest }),
    }
}

fn weigh(block: &Block) -> usize {
    let rows: usize = block.rows.shown.iter().map(weigh_row).sum();
    let steps: usize = block.steps.shown.iter().map(weigh_step).sum();
    2 * MARKUP + weight(&block.name) + weight(&block.person_id) + weight(&block.role) + weight(&block.departed) + rows + steps
}

fn weigh_step(step: &Step) -> usize {
    let evidence: usize = step.evidence.iter().map(|e| 20 + weight(e)).sum();
    MARKUP / 4 + weight(&step.what) + evidence
}

fn weigh_row(row: &Row) -> usize {
    let evidence: usize = row.evidence.iter().map(|e| 20 + weight(e)).sum();
    MARKUP + weight(&row.system) + weight(&row.login) + weight(&row.account_id) + evidence
}
