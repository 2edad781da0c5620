//! The view of a result, from what was examined and found.

use std::collections::BTreeMap;

use compact_str::CompactString;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::linking::Links;
use super::view::{Counts, FileLine, RejectLine, RevocationLine, RuleLine, SystemLine, View};
use super::{coverage, frameworks, leavers, licences, process, tables, verdict};
use crate::case::Case;
use crate::container::hex;
use crate::error::Result;
use crate::identity::Link;
use crate::ingest::ledger::Ledger;
use crate::latency::statistics::Span;
use crate::latency::{self, GroupBy, Standing, Statistics, statistics};
use crate::model::finding::Findings;
use crate::model::instant::Instant;
use crate::model::person::PersonId;
use crate::model::revocation::{Basis, Ended, Outcome, Revocation, Revoked};
use crate::model::step::Stage;
use crate::model::system::SystemId;
use crate::rules::{Examination, Examined};

impl View {
    /// The view of a result.
    pub fn new(examined: &Examined, findings: Findings, examinations: &[Examination], ledger: &Ledger) -> Result<Self> {
        let case = examined.case;
        let revocations: Vec<RevocationLine> =
            examined.revocations().par_iter().map(|row| revocation(examined, row, ledger)).collect();
        let accounts = &examined.listed.accounts;
        let statistics = || latency::figures_of(case, examined.people, accounts, examined.standings, examined.measured);
        let (statistics, (leavers, orphans)) =
            rayon::join(statistics, || (leavers::lines(examined, &revocations, ledger), orphans(examined)));
        let mut latencies: Vec<i64> = revocations.iter().filter_map(|r| r.latency_seconds).collect();
        latencies.sort_unstable();
        let counts = counts(examined, &revocations, orphans.values().sum());
        let rules: Vec<RuleLine> = examinations.iter().map(rule).collect();
        let mut view = Self {
            name: case.name.clone(),
            version: env!("CARGO_PKG_VERSION"),
            period: (case.period.0.to_string(), case.period.1.to_string()),
            as_of: case.as_of,
            case_sha256: hex(&Sha256::digest(case.text.as_bytes())),
            zone: case.zone.name().to_owned(),
            verdict: String::new(),
            counts,
            within_target_share: statistics::share(counts.on_time, counts.on_time + counts.late + counts.open),
            earlier: Vec::new(),
            target_seconds: case.policy.revoke_within,
            latencies,
            systems: systems(examined, &revocations, &orphans, &statistics, ledger)?,
            statistics,
            leavers,
            process: examined.process.figures.clone(),
            steps: steps(examined),
            joiners: process::joiners(examined, ledger),
            movers: process::movers(examined, ledger),
            revocations,
            maturity: None,
            frameworks: frameworks::lines(case, &rules, &findings)?,
            findings,
            rules,
            licences: licences::of_leavers(examined),
            files: ledger.files.iter().map(|f| file(case, f)).collect(),
            rejects: ledger.first_rejects.iter().map(|r| reject(ledger, r)).collect(),
            rejected: ledger.rejected(),
            rejected_people: examined.unread_people(),
            missing: case.missing.clone(),
            assumptions: assumptions(case, ledger),
        };
        view.verdict = verdict::sentence(&view);
        Ok(view)
    }
}

fn assumptions(case: &Case, ledger: &Ledger) -> Vec<String> {
    let decided = ledger.files.iter().flat_map(|f| f.decisions.iter().map(|decision| format!("{}: {decision}.", f.path)));
    case.assumptions.iter().cloned().chain(decided).collect()
}

fn orphans(examined: &Examined) -> BTreeMap<SystemId, usize> {
    let mut orphans: BTreeMap<SystemId, usize> = BTreeMap::new();
    for (id, link, ending) in examined.accounts() {
        if link == Link::Unmatched && ending == Ended::Not && !examined.sponsored(id) {
            *orphans.entry(examined.listed.accounts.get(id).system).or_default() += 1;
        }
    }
    orphans
}

fn counts(examined: &Examined, revocations: &[RevocationLine], orphaned: usize) -> Counts {
    let of = |outcome| revocations.iter().filter(|r| r.outcome == outcome).count();
    Counts {
        people: examined.people.rows.len(),
        leavers: examined.standings.iter().filter(|s| matches!(s, Standing::Leaver(_))).count(),
        accounts: examined.links.len(),
        orphaned,
        revocations: revocations.len(),
        on_time: of(Outcome::OnTime),
        late: of(Outcome::Late),
        open: of(Outcome::Open),
        pending: of(Outcome::Pending),
        undetermined: of(Outcome::Undetermined),
        used_after_departure: revocations.iter().filter(|r| r.uses_after_departure > 0).count(),
    }
}

fn systems(
    examined: &Examined,
    revocations: &[RevocationLine],
    orphans: &BTreeMap<SystemId, usize>,
    statistics: &Statistics,
    ledger: &Ledger,
) -> Result<Vec<SystemLine>> {
    let case = examined.case;
    let mut accounts = vec![0; case.systems.len()];
    for account in &examined.listed.accounts.rows {
        accounts[usize::from(account.system.0)] += 1;
    }
    let figures = tables::by_system(revocations)?;
    let mut links = Links::of(examined);
    let mut lines = Vec::new();
    for (place, system) in case.systems.iter().enumerate() {
        let id = SystemId(u16::try_from(place).unwrap_or(u16::MAX));
        let of_log = || ledger.files.iter().filter(|f| f.system == Some(id));
        let figure = figures.get(&system.name).copied().unwrap_or_default();
        let owner = system.owner.as_deref().map(|owner| name_of(examined, owner)).unwrap_or_default();
        let dumps: Vec<Instant> = examined.listed.snapshots[place].iter().map(|s| s.at).collect();
        let log = of_log().filter_map(|f| f.first_at).min().zip(of_log().filter_map(|f| f.last_at).max());
        let own = examined.revocations().iter().filter(|r| examined.listed.accounts.get(r.account).system == id);
        lines.push(SystemLine {
            links: std::mem::take(&mut links[place]),
            lacks: coverage::lacks(case, &dumps, log),
            silences: coverage::silences(case, &ledger.files, id),
            settled_by: coverage::settled_by(case, id, own),
            name: system.name.clone(),
            kind: system.kind.clone().unwrap_or_default(),
            owner,
            target_seconds: case.target_seconds(id),
            dumps,
            log,
            accounts: accounts[place],
            orphaned: orphans.get(&id).copied().unwrap_or(0),
            outcomes: figure.outcomes,
            median: statistics.group(GroupBy::System, &system.name).and_then(|figures| figures.percentile(0.5)),
        });
    }
    Ok(lines)
}

fn name_of(examined: &Examined, person_id: &str) -> String {
    let found = (0..examined.people.rows.len()).map(|row| PersonId(u32::try_from(row).unwrap_or(u32::MAX)));
    found
        .into_iter()
        .find(|id| examined.people.person_id(*id) == person_id)
        .map_or(person_id, |id| examined.people.name(id))
        .to_owned()
}

/// The steps after the departure, each as far as it is known when it was reached.
fn steps(examined: &Examined) -> Vec<(Stage, Vec<Span>)> {
    let of = |stage: Stage| {
        let steps = examined.process.steps.iter().filter(|step| step.stage == stage);
        // Both ends of a step are included, where a span begins after its first.
        let spans = steps.map(|step| Span { after: step.seconds[0].map(|least| least - 1), until: step.seconds[1] });
        spans.filter(|span| span.informs()).collect::<Vec<_>>()
    };
    let after = Stage::ALL.into_iter().filter(|stage| *stage != Stage::Departed);
    after.map(|stage| (stage, of(stage))).filter(|(_, spans)| !spans.is_empty()).collect()
}

fn revocation(examined: &Examined, row: &Revocation, ledger: &Ledger) -> RevocationLine {
    let account = examined.listed.accounts.get(row.account);
    let (match_rule, match_score) = match examined.links[row.account.0 as usize] {
        Link::Linked(_, rule, score) => (rule.word(), score.words()),
        _ => ("", CompactString::default()),
    };
    let names = examined.listed.accounts.names(account);
    let (at, after, before) = match row.revoked {
        Revoked::At(at) => (Some(at), None, None),
        Revoked::Between { after, before } => (None, after, Some(before)),
        // Whether it was revoked at all is not known: there is nothing to bound.
        Revoked::Unknown { .. } | Revoked::Not { .. } => (None, None, None),
    };
    RevocationLine {
        person_id: examined.people.person_id(row.person).to_owned(),
        person: examined.people.name(row.person).to_owned(),
        system: examined.case.system_name(account.system).to_owned(),
        account_id: names.account_id.to_owned(),
        login: names.login.to_owned(),
        departed_at: match row.departure.basis {
            Basis::Day => row.departure.date.to_string(),
            Basis::Date | Basis::Instant => row.departure.earliest.to_string(),
        },
        departure_basis: row.departure.basis.word(),
        revoked_at: at,
        revoked_after: after,
        revoked_before: before,
        latency_seconds: row.latency_seconds,
        bounds: latency::bounds(&row.departure, row.revoked),
        before_period: matches!(examined.standings[row.person.0 as usize], Standing::Left(_)),
        outcome: row.outcome,
        target_seconds: row.target_seconds,
        exposure_seconds: row.exposure_seconds,
        exposed: row.exposed.clone(),
        timeline: row.timeline.iter().map(|span| (span.from, span.to, span.state)).collect(),
        evidence: row.evidence.map_or("", |e| e.word()),
        evidence_at: ledger.cite(&row.evidence_at),
        last_used_at: row.last_used_at,
        used_at: row.used_at.clone(),
        uses_after_departure: row.uses_after_departure,
        reactivations: row.reactivations,
        privileged: account.privileged,
        match_rule,
        match_score,
    }
}

fn rule(examination: &Examination) -> RuleLine {
    RuleLine {
        id: examination.facts.id,
        title: examination.facts.title,
        severity: examination.facts.severity,
        controls: examination.facts.controls_text(),
        asked_by: examination.facts.controls,
        prose: examination.facts.prose,
        passed: examination.passed,
        found: examination.found,
        waived: examination.waived,
        not_evaluable: examination.not_evaluable,
    }
}

fn file(case: &Case, entry: &crate::ingest::ledger::FileEntry) -> FileLine {
    let words = |(word, count): (&String, &u64)| format!("{word} ({count} {})", if *count == 1 { "row" } else { "rows" });
    FileLine {
        file: entry.path.clone(),
        kind: entry.kind.word(),
        system: entry.system.map(|id| case.system_name(id).to_owned()).unwrap_or_default(),
        preset: entry.preset.clone(),
        sha256: entry.sha256.clone(),
        bytes: entry.bytes,
        read: entry.read(),
        accepted: entry.accepted,
        rejected: entry.rejected,
        duplicate: entry.duplicate,
        out_of_scope: entry.out_of_scope,
        first_at: entry.first_at,
        last_at: entry.last_at,
        unknown_words: entry.unknown_words.iter().map(words).collect(),
    }
}

fn reject(ledger: &Ledger, reject: &crate::ingest::ledger::Reject) -> RejectLine {
    RejectLine {
        at: ledger.cite(&[reject.origin]),
        column: reject.fault.column.clone(),
        value: reject.fault.value.clone(),
        reason: reject.fault.reason.clone(),
        raw: reject.raw.clone(),
    }
}

impl Instant {
    /// The instant, or nothing, as a cell.
    #[must_use]
    pub fn cell(at: Option<Self>) -> CompactString {
        at.and_then(|at| CompactString::from_utf8(at.written()).ok()).unwrap_or_default()
    }
}
