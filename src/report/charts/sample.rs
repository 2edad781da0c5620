//! Made-up views for the tests of the charts and the HTML: a number of leavers comes in, the same view every time goes out.

use crate::latency::statistics::Span;
use crate::latency::{Figures, Group, GroupBy, Observed, Statistics};
use crate::model::finding::{Finding, Findings, Severity, Told};
use crate::model::instant::Instant;
use crate::model::revocation::Outcome;
use crate::model::span::State;
use crate::model::step::Stage;
use crate::process::ProcessFigures;
use crate::report::view::{Counts, FileLine, LeaverLine, RejectLine, RevocationLine, RuleLine, SystemLine, View};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
const AS_OF: i64 = 1_790_845_200; // 2026-10-01T09:00:00Z
const SYSTEMS: [&str; 10] = [
    "Okta",
    "Entra ID",
    "Google Workspace",
    "GitHub",
    "Slack",
    "AWS",
    "Salesforce",
    "Cisco AnyConnect VPN",
    "Badges",
    "A self-service data warehouse with a very long name",
];
const NAMES: [&str; 12] = [
    "Ana Pop",
    "Zoë Müller-Lüdenscheidt",
    "Łukasz Żółkiewski",
    "Ελένη Παπαδοπούλου",
    "Мария Иванова",
    "José Ñáñez",
    "Ingrid Þorsteinsdóttir",
    "Maximiliane Alexandra von und zu Hohenstein-Wartenberg",
    "Bo Li",
    "Siobhán O'Néill",
    "Çağla Öztürk",
    "Nguyễn Thị Hồng",
];
const LATENCIES: [i64; 12] = [-5 * HOUR, 0, 40, 300, 1_100, 3_000, 3_600, 5 * HOUR, DAY, 5 * DAY, 9 * DAY + 7 * HOUR, 25 * DAY];

fn at(seconds: i64) -> Instant {
    Instant::from_seconds(seconds).unwrap()
}

fn days(n: usize) -> i64 {
    i64::try_from(n).unwrap() * DAY
}

/// A view of nothing.
pub(crate) fn empty() -> View {
    View {
        name: "Acme 2026 Q3".into(),
        version: "0.1.0",
        period: ("2026-07-01".into(), "2026-09-30".into()),
        as_of: at(AS_OF),
        case_sha256: String::new(),
        zone: "Europe/London".into(),
        verdict: "Nobody left within the period.".into(),
        counts: Counts::default(),
        within_target_share: None,
        statistics: Statistics { overall: Figures::of(&[]), by: vec![], earlier: Figures::of(&[]) },
        earlier: vec![],
        target_seconds: HOUR,
        latencies: vec![],
        systems: vec![],
        leavers: vec![],
        process: ProcessFigures::default(),
        steps: vec![],
        joiners: vec![],
        movers: vec![],
        revocations: vec![],
        findings: Findings::default(),
        rules: vec![],
        maturity: None,
        frameworks: vec![],
        licences: None,
        files: vec![],
        rejects: vec![],
        rejected: 0,
        rejected_people: 0,
        missing: vec![],
        assumptions: vec![],
    }
}

/// A view of so many leavers.
pub(crate) fn view(leavers: usize) -> View {
    let mut view = empty();
    for i in 0..leavers {
        leaver(&mut view, i);
    }
    view.systems = (0..SYSTEMS.len()).map(|i| system(&view, i)).collect();
    view.latencies = view.revocations.iter().filter_map(|r| r.latency_seconds).collect();
    view.latencies.sort_unstable();
    count(&mut view);
    view.steps = Stage::ALL[1..].iter().map(|stage| (*stage, view.of_period().map(|row| row.bounds).collect())).collect();
    let c = view.counts;
    view.verdict = format!(
        "{} of {} accounts of leavers were revoked within 1 hour; {} still work, and {} accounts belong to nobody.",
        c.on_time, c.revocations, c.open, c.orphaned
    );
    let mut places: Vec<usize> = (0..leavers * 12 / 5).collect();
    places.sort_by_key(|i| std::cmp::Reverse(severity(*i)));
    for i in places {
        find(&mut view, i);
    }
    view.rules = vec![rule("leaver-account-open"), rule("orphaned-account"), rule("revoked-late")];
    view.files = (0..12).map(file).collect();
    view.rejects = vec![reject()];
    view.rejected = 3;
    view.missing = vec!["badges/*.xlsx (accounts of Badges)".into()];
    view.assumptions = vec!["okta/users.json carries no zone: read as Europe/London.".into()];
    view
}

/// The same with hostile text everywhere.
pub(crate) fn hostile() -> View {
    const TEXT: &str = "<script>alert(\"1\")</script></style>]]>&\u{1}\u{202e}{{ name }}<img src=x onerror=alert(1)>'";
    let mut view = view(6);
    (view.name, view.verdict, view.zone) = (TEXT.into(), TEXT.into(), TEXT.into());
    view.systems.iter_mut().for_each(|s| (s.name, s.owner, s.kind) = (TEXT.into(), TEXT.into(), TEXT.into()));
    view.leavers.iter_mut().for_each(|l| (l.name, l.person_id, l.department) = (TEXT.into(), TEXT.into(), TEXT.into()));
    view.revocations.iter_mut().for_each(|r| (r.system, r.login, r.evidence_at) = (TEXT.into(), TEXT.into(), TEXT.into()));
    let findings = view.findings.iter();
    view.findings =
        findings.map(|f| Finding { told: Told { detail: TEXT, person: TEXT, evidence_at: TEXT, ..f.told }, ..f }).collect();
    view.files.iter_mut().for_each(|f| (f.file, f.unknown_words) = (TEXT.into(), vec![TEXT.into()]));
    view.rejects.iter_mut().for_each(|r| (r.value, r.raw) = (TEXT.into(), TEXT.into()));
    (view.missing, view.assumptions) = (vec![TEXT.into()], vec![TEXT.into()]);
    view
}

fn leaver(view: &mut View, i: usize) {
    let before_period = i % 11 == 7;
    let departed = if before_period { AS_OF - 700 * DAY } else { AS_OF - 4 * HOUR - days(i * 37 % 91) };
    let start = view.revocations.len();
    let rows: Vec<_> = (0..=i * 5 % 8).map(|n| revocation(i, n, departed, before_period)).collect();
    let exposures = || rows.iter().map(|r| r.exposure_seconds);
    let (exposure_seconds, exposure_unknown) = (exposures().flatten().sum(), exposures().filter(Option::is_none).count());
    let worst = rows.iter().map(|r| r.outcome).max_by_key(|o| (*o == Outcome::Open, *o == Outcome::Late));
    view.revocations.extend(rows);
    view.leavers.push(LeaverLine {
        person_id: format!("E{i:04}"),
        name: NAMES[i % NAMES.len()].into(),
        department: ["Engineering", "Sales", ""][i % 3].into(),
        worker_type: ["employee", "contractor"][i % 2].into(),
        departed_at: if i % 6 == 5 { "2026-09-02".into() } else { at(departed).to_string() },
        departed: at(departed),
        departed_on: at(departed).to_chrono().date_naive(),
        before_period,
        worst,
        rows: start..view.revocations.len(),
        exposure_seconds,
        exposure_unknown,
        steps: Vec::new(),
    });
}

fn revocation(i: usize, n: usize, departed: i64, before_period: bool) -> RevocationLine {
    let outcome = match (i * 3 + n * 7) % 23 {
        _ if before_period => Outcome::Open,
        0 | 11 => Outcome::Open,
        1 => Outcome::Pending,
        2 | 3 => Outcome::Undetermined,
        4..=9 => Outcome::Late,
        _ => Outcome::OnTime,
    };
    let latency = match outcome {
        Outcome::OnTime => Some(LATENCIES[(i + n) % 7]),
        Outcome::Late => Some(LATENCIES[7 + (i + n) % 5].min(AS_OF - departed)),
        _ => None,
    };
    let exposure = match outcome {
        Outcome::Open | Outcome::Pending => Some(AS_OF - HOUR - departed),
        Outcome::Undetermined => None,
        _ => latency.map(|l| l.max(0)),
    };
    RevocationLine {
        person_id: format!("E{i:04}"),
        person: NAMES[i % NAMES.len()].into(),
        system: SYSTEMS[n % SYSTEMS.len()].into(),
        account_id: format!("00u{i:04}{n:02}"),
        login: format!("user{i}@acme.example"),
        departed_at: at(departed).to_string(),
        departure_basis: "date",
        revoked_at: latency.map(|l| at(departed + l)),
        revoked_after: (outcome == Outcome::Undetermined).then(|| at(departed - DAY)),
        revoked_before: (outcome == Outcome::Undetermined).then(|| at(departed + DAY)),
        latency_seconds: latency,
        bounds: match (latency, outcome) {
            (Some(latency), _) => Span::exact(latency),
            (None, Outcome::Undetermined) => Span::between(Some(-DAY), DAY),
            (None, _) => Span::beyond(AS_OF - HOUR - departed),
        },
        before_period,
        outcome,
        target_seconds: HOUR,
        exposure_seconds: exposure,
        exposed: exposure.filter(|e| *e > 0).map(|e| (at(departed), at(departed + e))).into_iter().collect(),
        timeline: latency.map(|l| (None, Some(at(departed + l)), State::Usable)).into_iter().collect(),
        evidence: if latency.is_some() { "event" } else { "dump" },
        evidence_at: format!("okta/system-log-2026-q3.ndjson:{}", 100 + i * 17 + n),
        used_at: vec![],
        last_used_at: n.is_multiple_of(3).then(|| at(departed + 600)),
        uses_after_departure: u64::from(n % 5 == 3) * 2,
        reactivations: u64::from(n % 7 == 6),
        privileged: Some(n % 6 == 5),
        match_rule: "person_id",
        match_score: "1".into(),
    }
}

fn system(view: &View, i: usize) -> SystemLine {
    let mut outcomes = [0; 5];
    for row in view.revocations.iter().filter(|r| r.system == SYSTEMS[i]) {
        outcomes[Outcome::ALL.iter().position(|o| *o == row.outcome).unwrap()] += 1;
    }
    SystemLine {
        links: crate::report::linking::Links::default(),
        name: SYSTEMS[i].into(),
        kind: ["directory", "application", ""][i % 3].into(),
        owner: NAMES[(i + 3) % NAMES.len()].into(),
        target_seconds: if i == 4 { 900 } else { HOUR },
        dumps: (0..i % 3).map(|n| at(AS_OF - 60 * DAY + days(30 * n))).collect(),
        log: (i % 4 != 3).then(|| (at(AS_OF - 92 * DAY), at(AS_OF - HOUR))),
        accounts: 120 + i * 13,
        orphaned: i % 3,
        outcomes,
        lacks: Vec::new(),
        silences: Vec::new(),
        settled_by: Vec::new(),
        median: i.is_multiple_of(2).then_some(Span::exact(1_834)),
    }
}

fn count(view: &mut View) {
    let of = |outcome| view.revocations.iter().filter(|r| r.outcome == outcome).count();
    let (on_time, late, open) = (of(Outcome::OnTime), of(Outcome::Late), of(Outcome::Open));
    view.counts = Counts {
        people: 160,
        leavers: view.leavers.iter().filter(|l| !l.before_period).count(),
        accounts: 1_243,
        orphaned: 7,
        revocations: view.revocations.len(),
        on_time,
        late,
        open,
        pending: of(Outcome::Pending),
        undetermined: of(Outcome::Undetermined),
        used_after_departure: view.revocations.iter().filter(|r| r.uses_after_departure > 0).count(),
    };
    view.within_target_share = Some(on_time as f64 / (on_time + late + open).max(1) as f64);
    let observed = |row: &RevocationLine| Observed {
        latency: row.bounds,
        outcome: row.outcome,
        exposure: row.exposure_seconds,
        exposed: row.exposed.iter().map(|(from, to)| to.seconds_since(*from)).sum(),
    };
    let of = |wanted: &str| {
        let rows = view.of_period().filter(|r| wanted.is_empty() || r.system == wanted);
        Figures::of(&rows.map(observed).collect::<Vec<_>>())
    };
    let systems = view.systems.iter().map(|s| Group { name: s.name.clone(), figures: of(&s.name) }).collect();
    view.statistics = Statistics { overall: of(""), by: vec![(GroupBy::System, systems)], earlier: Figures::of(&[]) };
}

fn severity(i: usize) -> Severity {
    [Severity::High, Severity::Medium, Severity::Medium, Severity::Critical, Severity::Low, Severity::Info][i % 6]
}

fn find(view: &mut View, i: usize) {
    let row = &view.revocations[i * 3 % view.revocations.len()];
    let told = Told {
        finding_id: &format!("f{:012x}", i * 7_919 + 99_991),
        person_id: if i % 3 == 2 { "" } else { &row.person_id },
        person: if i % 3 == 2 { "" } else { &row.person },
        system: &row.system,
        account_id: &row.account_id,
        login: &row.login,
        detail: "The account was usable 9 days and 7 hours after the departure; the log shows two sign-ins in that time.",
        evidence_at: &format!("{}; okta/users-2026-10-01.json:212", row.evidence_at),
        ..Told::default()
    };
    view.findings.push(&Finding {
        rule: ["leaver-account-open", "revoked-late", "orphaned-account"][i % 3],
        severity: severity(i),
        waived: i % 9 == 8,
        since: (i % 4 != 3).then(|| at(AS_OF - days(i % 80))),
        told,
    });
}

fn rule(id: &'static str) -> RuleLine {
    RuleLine {
        id,
        title: "An account of a person who has left is not usable by the newest evidence.",
        severity: Severity::Critical,
        controls: "ISO/IEC 27001:2022 5.18; SOC 2 CC6.2; NIST SP 800-53 PS-4".into(),
        asked_by: &[],
        prose: "An account of a person who has left is not usable.\n\n## Why it matters\n\nAn account that outlives its owner is\na \
                way in, **and** nobody watches `it`.\n\n- first point\n- second point\n  goes on\n",
        passed: 104,
        found: 12,
        waived: 1,
        not_evaluable: 4,
    }
}

fn file(i: usize) -> FileLine {
    FileLine {
        file: format!("exports/{}-2026-10-01.csv", SYSTEMS[i % SYSTEMS.len()].to_lowercase()),
        kind: if i.is_multiple_of(2) { "accounts" } else { "events" },
        system: SYSTEMS[i % SYSTEMS.len()].into(),
        preset: "okta-users".into(),
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        bytes: 123_456 * (i as u64 + 1),
        read: 1_000,
        accepted: 900,
        rejected: 3,
        duplicate: 7,
        out_of_scope: 90,
        first_at: Some(at(AS_OF - 90 * DAY)),
        last_at: Some(at(AS_OF - DAY)),
        unknown_words: if i == 2 { vec!["status: \"frozen\" 3 times".into()] } else { vec![] },
    }
}

fn reject() -> RejectLine {
    RejectLine {
        at: "okta/users-2026-10-01.csv:214".into(),
        column: "departs_at".into(),
        value: "31/02/2026".into(),
        reason: "not a date or time that can be read".into(),
        raw: "E0042,Ana Pop,ana.pop@acme.example,31/02/2026".into(),
    }
}
