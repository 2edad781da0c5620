//! The CSV files of a result: UTF-8, RFC 4180, header first, times in UTC, nothing that a spreadsheet would run.

use std::borrow::Cow;
use std::io::Write;

use compact_str::CompactString;
use rayon::prelude::*;

use super::figures;
use super::sheet::Sheet;
use super::view::View;
use crate::error::{Error, Result};
use crate::identity::Link;
use crate::ingest::ledger::Ledger;
use crate::model::account::{AccountId, Status};
use crate::model::instant::Instant;
use crate::model::revocation::Ended;
use crate::parallel;
use crate::rules::Examined;

/// Rows that one core writes at a time.
const FEW: usize = 1 << 10;
/// So many times that before they go into the file.
const AT_A_TIME: usize = 16;

fn number<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// `revocations.csv`
pub fn revocations(view: &View, out: impl Write) -> Result<()> {
    let mut sheet = Sheet::new(
        out,
        &[
            "person_id",
            "person",
            "system",
            "account_id",
            "login",
            "departed_at",
            "departure_basis",
            "revoked_at",
            "revoked_after",
            "revoked_before",
            "latency_seconds",
            "outcome",
            "target_seconds",
            "exposure_seconds",
            "evidence",
            "evidence_at",
            "last_used_at",
            "uses_after_departure",
            "reactivations",
            "privileged",
            "match_rule",
            "match_score",
        ],
    )?;
    for r in &view.revocations {
        sheet.row([
            r.person_id.as_str(),
            &r.person,
            &r.system,
            &r.account_id,
            &r.login,
            &r.departed_at,
            r.departure_basis,
            &Instant::cell(r.revoked_at),
            &Instant::cell(r.revoked_after),
            &Instant::cell(r.revoked_before),
            &number(r.latency_seconds),
            r.outcome.word(),
            &r.target_seconds.to_string(),
            &number(r.exposure_seconds),
            r.evidence,
            &r.evidence_at,
            &Instant::cell(r.last_used_at),
            &r.uses_after_departure.to_string(),
            &r.reactivations.to_string(),
            &number(r.privileged),
            r.match_rule,
            &r.match_score,
        ])?;
    }
    sheet.end()
}

/// `statistics.csv`
pub fn statistics(view: &View, out: impl Write) -> Result<()> {
    let header = figures::header();
    let mut sheet = Sheet::new(out, &header.iter().map(String::as_str).collect::<Vec<_>>())?;
    for row in figures::rows(view) {
        sheet.row(row.iter().map(String::as_str))?;
    }
    sheet.end()
}

/// `findings.csv`
pub fn findings(view: &View, mut out: impl Write) -> Result<()> {
    let header = [
        "finding_id",
        "rule",
        "severity",
        "status",
        "person_id",
        "system",
        "account_id",
        "login",
        "since",
        "detail",
        "controls",
        "evidence_at",
        "severity_because",
    ];
    Sheet::new(&mut out, &header)?.end()?;
    let controls = view.controls();
    rows(view.findings.len(), out, |place, sheet| {
        let Some(f) = view.findings.get(place) else { return Ok(()) };
        sheet.row([
            f.finding_id,
            f.rule,
            f.severity.word(),
            f.status(),
            f.person_id,
            f.system,
            f.account_id,
            f.login,
            &Instant::cell(f.since),
            f.detail,
            controls.get(f.rule).unwrap_or(&""),
            f.evidence_at,
            f.why,
        ])
    })
}

/// `reconciliation.csv`
pub fn reconciliation(view: &View, out: impl Write) -> Result<()> {
    let header = [
        "file",
        "kind",
        "system",
        "preset",
        "sha256",
        "bytes",
        "rows_read",
        "rows_accepted",
        "rows_rejected",
        "rows_duplicate",
        "rows_out_of_scope",
        "first_at",
        "last_at",
    ];
    let mut sheet = Sheet::new(out, &header)?;
    for f in &view.files {
        let counts = [f.bytes, f.read, f.accepted, f.rejected, f.duplicate, f.out_of_scope].map(|n| n.to_string());
        let (first, last) = (Instant::cell(f.first_at), Instant::cell(f.last_at));
        let texts = [f.file.as_str(), f.kind, &f.system, &f.preset, &f.sha256];
        sheet.row(texts.into_iter().chain(counts.iter().map(String::as_str)).chain([first.as_str(), &last]))?;
    }
    sheet.end()
}

/// `rejects.csv`
pub fn rejects(ledger: &mut Ledger, out: impl Write) -> Result<()> {
    let mut sheet = Sheet::new(out, &["file", "line", "column", "value", "reason", "raw"])?;
    for record in ledger.rejects()?.records() {
        sheet.row(record.map_err(Error::fault)?.iter())?;
    }
    sheet.end()
}

/// `accounts.csv`: by system and account id.
pub fn accounts(examined: &Examined, ledger: &Ledger, mut out: impl Write) -> Result<()> {
    let header = [
        "system",
        "account_id",
        "login",
        "email",
        "kind",
        "status",
        "situation",
        "person_id",
        "match_rule",
        "match_score",
        "created_at",
        "last_used_at",
        "privileged",
        "source_at",
    ];
    Sheet::new(&mut out, &header)?.end()?;
    let accounts = &examined.listed.accounts;
    let key = |id: &u32| {
        let account = accounts.get(AccountId(*id));
        (account.system, accounts.names(account).account_id)
    };
    let mut order: Vec<u32> = (0..u32::try_from(accounts.rows.len()).unwrap_or(u32::MAX)).collect();
    order.par_sort_by(|a, b| key(a).cmp(&key(b)));
    rows(order.len(), out, |place, sheet| account(examined, ledger, AccountId(order[place]), sheet))
}

/// So many rows, by their places, which all cores write.
pub(super) fn rows(
    count: usize,
    mut out: impl Write,
    row: impl Fn(usize, &mut Sheet<Vec<u8>>) -> Result<()> + Sync,
) -> Result<()> {
    let mut firsts = (0..count).step_by(FEW);
    let some = || Ok(firsts.by_ref().take(AT_A_TIME).collect());
    let written = |first: usize| {
        let mut sheet = Sheet::more(Vec::new());
        (first..count.min(first + FEW)).try_for_each(|place| row(place, &mut sheet))?;
        sheet.bytes()
    };
    parallel::in_step(some, written, |rows: Result<_>| out.write_all(&rows?).map_err(Error::fault))
}

/// The row of one account.
fn account(examined: &Examined, ledger: &Ledger, id: AccountId, sheet: &mut Sheet<impl Write>) -> Result<()> {
    let accounts = &examined.listed.accounts;
    let account = accounts.get(id);
    let names = accounts.names(account);
    let link = examined.links[id.0 as usize];
    let (person, rule, score) = match link {
        Link::Linked(person, rule, score) => (Cow::Borrowed(examined.people.person_id(person)), rule.word(), score.words()),
        Link::Disputed(place) => {
            let candidates = &examined.disputes[place as usize].candidates;
            let names: Vec<&str> = candidates.iter().map(|c| examined.people.person_id(c.person)).collect();
            let score = candidates.first().and_then(|c| c.score).map(crate::identity::Score::words);
            (Cow::Owned(names.join("; ")), candidates.first().map_or("", |c| c.rule.word()), score.unwrap_or_default())
        }
        Link::Unmatched | Link::Declared(_) => (Cow::default(), "", CompactString::default()),
    };
    let kind = match link {
        Link::Declared(place) => Some(examined.case.declared[place as usize].kind),
        _ => account.kind,
    };
    let source = account.row();
    sheet.row([
        examined.case.system_name(account.system),
        names.account_id,
        names.login,
        names.email,
        kind.map_or("", |k| k.word()),
        status(examined, id).word(),
        link.word(),
        &person,
        rule,
        &score,
        &Instant::cell(account.created_at),
        &Instant::cell(examined.last_used(id).map(|(at, _)| at)),
        account.privileged.map_or("", |privileged| if privileged { "true" } else { "false" }),
        &ledger.cite(source.as_slice()),
    ])
}

/// What became of an account by the newest evidence.
fn status(examined: &Examined, id: AccountId) -> Status {
    let account = examined.listed.accounts.get(id);
    let snapshots = &examined.listed.snapshots[usize::from(account.system.0)];
    let missing = account.newest().is_none_or(|n| usize::from(n.snapshot) + 1 < snapshots.len());
    match examined.measured.ended[id.0 as usize] {
        Ended::Not => Status::Active,
        Ended::Unknown => Status::Unknown,
        Ended::At | Ended::Between if missing && !snapshots.is_empty() => Status::Deleted,
        Ended::At | Ended::Between => {
            if account.newest().is_some_and(|n| n.status == Status::Deleted) {
                Status::Deleted
            } else {
                Status::Disabled
            }
        }
    }
}
