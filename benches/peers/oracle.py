"""An independent computation of a case's revocations, in SQL, written from the contract's words alone.

oracle.py CASE_DIR OUT_DIR      reads lastday.toml and the canonical CSVs, writes revocations.csv and summary.json

It reads canonical CSVs only (no presets). Instants are seconds since 1970 inside. `pip install duckdb` is all it needs.

The reasoning, which the SQL below carries out:
- Every account has points of evidence in time. Usable: a successful `signed_in`, `enabled` or `created` event, a dump's
  `last_used_at`, a dump that says active. Not usable: a successful `disabled` or `deleted` event, a dump's `disabled_at` (both
  dated), a dump that says disabled or deleted, a dump without an account that was known before (all three undated).
- A dump that shows it not usable and gives the time of its newest change of any kind (`changed_at`) shows it not usable by then,
  unless it was used since.
- L is the newest point that shows it usable, U the oldest later point that shows it not usable. U dated: that instant is the
  revocation. U undated: the revocation lies in (L, U]. No U: it is usable as of L.
- Where people sign in to a system through another only (`sign_in`), the revocation of the last of the person's accounts there ends
  the access here too, unless a sign-in here or a change of a credential after it shows another way in.
"""

import csv
import glob
import json
import sys
import tempfile
import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import accumulate
from pathlib import Path

import duckdb

CANONICAL = {
    "people": "person_id name email other_emails login start_at departs_at recorded_at",
    "accounts": "account_id login email person_id kind status last_used_at disabled_at created_at changed_at",
    "events": "at action target outcome event_id actor detail",
}
IN_SCOPE = (
    "created enabled disabled deleted signed_in sign_in_failed password_reset sessions_revoked credential_added "
    "credential_revoked grant_added grant_removed renamed changed"
).split()
RENAMED = {"at": "moment"}  # `at` is a word of SQL's own
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def seconds(text):
    return int(text[:-1]) * UNITS[text[-1]]


def quoted(text):
    return "'" + str(text).replace("'", "''") + "'"


def load(con, case_dir, case):
    """Reads every source into `people_raw`, `dump_raw`, `event_raw`, all columns as text."""
    parts = {"people": [], "accounts": [], "events": []}
    for number, source in enumerate(case["source"]):
        kind = source["kind"]
        if kind not in parts:
            continue
        assert not set(source) & {"preset", "timezone", "columns", "values"}, f"canonical CSV only: {source}"
        files = sorted(glob.glob(str(Path(case_dir) / source["path"])))
        assert files, f"no file for {source}"
        for file in files:
            with open(file, encoding="utf-8-sig", newline="") as handle:
                header = next(csv.reader(handle))
            wanted = CANONICAL[kind].split()
            chosen = ", ".join(f'nullif(trim("{c}"), \'\') AS {RENAMED.get(c, c)}' if c in header else f"NULL::VARCHAR AS {RENAMED.get(c, c)}" for c in wanted)
            extra = f"{quoted(source.get('system', ''))} AS system, {number} AS source_number"
            if kind == "accounts":
                extra += f", epoch({quoted(source['exported_at'])}::TIMESTAMPTZ)::BIGINT AS exported"
            if kind == "events":
                extra += ", row_number() OVER () AS line"
            columns = "{" + ", ".join(f"{quoted(c)}: 'VARCHAR'" for c in header) + "}"
            parts[kind].append(
                f"SELECT {chosen}, {extra} FROM read_csv({quoted(file)}, header = true, auto_detect = false, delim = ',', "
                f"quote = '\"', escape = '\"', columns = {columns})"
            )
    if not parts["events"]:
        nothing = ", ".join(f"NULL::VARCHAR AS {RENAMED.get(c, c)}" for c in CANONICAL["events"].split())
        parts["events"].append(f"SELECT {nothing}, '' AS system, 0 AS source_number, 0::BIGINT AS line WHERE false")
    for table, kind in (("people_raw", "people"), ("dump_raw", "accounts"), ("event_raw", "events")):
        # The logs stay in their files: a view reads them again each time, which needs less memory than a table.
        what = "VIEW" if kind == "events" else "TABLE"
        con.execute(f"CREATE {what} {table} AS " + " UNION ALL ".join(parts[kind]))


def compute(case_dir, threads=2):
    case = tomllib.loads((Path(case_dir) / "lastday.toml").read_text(encoding="utf-8"))
    review, policy = case["review"], case.get("policy", {})
    start, end = review["period"].split("/")
    clock = policy.get("departure_time", "18:00")
    assert clock != "unknown", "a departure known by its day only is not covered here"
    default_target = seconds(policy.get("revoke_within", "1h"))

    con = duckdb.connect(config={"threads": threads, "memory_limit": "8GB", "temp_directory": tempfile.gettempdir() + "/oracle-spill"})
    con.execute(f"SET TimeZone = {quoted(review.get('timezone', 'UTC'))}")
    # A value without a zone is read in the session's zone, the review's.
    con.execute("CREATE MACRO instant(x) AS epoch(x::TIMESTAMPTZ)::BIGINT")
    load(con, case_dir, case)
    if "as_of" in review:
        as_of = con.execute(f"SELECT instant({quoted(review['as_of'])})").fetchone()[0]
    else:
        as_of = con.execute("SELECT max(exported) FROM dump_raw").fetchone()[0]

    con.execute("CREATE TABLE system_target (system VARCHAR, target BIGINT)")
    for system in case.get("system", []):
        if "revoke_within" in system:
            con.execute("INSERT INTO system_target VALUES (?, ?)", [system["name"], seconds(system["revoke_within"])])
    con.execute("CREATE TABLE through (system VARCHAR, provider VARCHAR)")
    for system in case.get("system", []):
        if "sign_in" in system and not system.get("local_login"):
            con.execute("INSERT INTO through VALUES (?, ?)", [system["name"], system["sign_in"]])
    assert con.execute("SELECT count(*) FROM through JOIN through t ON t.system = through.provider").fetchone()[0] == 0, "chains are not covered here"
    con.execute("CREATE TABLE declared (system VARCHAR, login VARCHAR)")
    for account in case.get("account", []):
        con.execute("INSERT INTO declared VALUES (?, lower(?))", [account["system"], account["login"]])

    # People: departure instant, and whether they count as leavers of the period or left before it.
    con.execute(f"""
        CREATE TABLE people AS
        WITH timed AS (
            SELECT DISTINCT ON (person_id) *,
                CASE WHEN length(departs_at) = 10 THEN instant(departs_at || ' {clock}:00') ELSE instant(departs_at) END AS departed,
                CASE WHEN length(start_at) = 10 THEN instant(start_at || ' 00:00:00') ELSE instant(start_at) END AS started
            FROM people_raw)
        SELECT *,
            departed <= {as_of} AND NOT (started IS NOT NULL AND started > departed AND started <= {as_of}) AS gone,
            to_timestamp(departed)::DATE AS departed_on
        FROM timed""")
    con.execute(f"""
        CREATE TABLE leavers AS
        SELECT person_id, name, departed, departed_on >= DATE '{start}' AS in_period
        FROM people WHERE gone AND departed_on <= DATE '{end}'""")
    con.execute("""
        CREATE TABLE person_email AS
        SELECT DISTINCT person_id, lower(trim(e)) AS email
        FROM (SELECT person_id, unnest(string_split(coalesce(email, '') || ';' || coalesce(other_emails, ''), ';')) AS e FROM people)
        WHERE trim(e) <> ''""")
    con.execute("CREATE TABLE person_login AS SELECT DISTINCT person_id, lower(login) AS login FROM people WHERE login IS NOT NULL")

    # Accounts of the dumps: one row each, with the attributes of the newest dump that has it.
    con.execute("""
        CREATE TABLE dump AS
        SELECT DISTINCT ON (system, exported, account_id) system, exported, account_id, login, email, person_id,
            CASE WHEN lower(status) IN ('active', 'disabled', 'deleted') THEN lower(status) ELSE 'unknown' END AS status,
            instant(last_used_at) AS last_used, instant(disabled_at) AS disabled, instant(changed_at) AS changed
        FROM dump_raw""")
    con.execute("""
        CREATE TABLE dump_account AS
        SELECT system, account_id, arg_max(coalesce(login, ''), exported) AS login, arg_max(coalesce(email, ''), exported) AS email,
            arg_max(coalesce(person_id, ''), exported) AS person_id, min(exported) AS first_seen, max(exported) AS last_seen
        FROM dump GROUP BY ALL""")

    # Whom a log line speaks of: an account id, else a login, else an e-mail, case-folded; several accounts of equal rank: nobody.
    con.execute("""
        CREATE TABLE target_name AS
        WITH names AS (
            SELECT DISTINCT system, lower(account_id) AS name, account_id, 1 AS rank FROM dump
            UNION SELECT DISTINCT system, lower(login), account_id, 2 FROM dump WHERE login IS NOT NULL
            UNION SELECT DISTINCT system, lower(email), account_id, 3 FROM dump WHERE email IS NOT NULL),
        best AS (SELECT *, min(rank) OVER (PARTITION BY system, name) AS best FROM names)
        SELECT system, name, any_value(account_id) AS account_id, count(DISTINCT account_id) AS candidates
        FROM best WHERE rank = best GROUP BY ALL""")
    con.execute(f"""
        CREATE TABLE log_only AS
        SELECT e.system, lower(e.target) AS name, min(e.target) AS account_id
        FROM event_raw e LEFT JOIN target_name t ON t.system = e.system AND t.name = lower(e.target)
        WHERE t.name IS NULL AND e.action IN {tuple(IN_SCOPE)} AND e.action <> 'sign_in_failed'
            AND coalesce(lower(e.outcome), 'success') = 'success'
        GROUP BY ALL""")

    # Linking: person id, any e-mail, login. The first key that knows anybody decides, unless it knows several or another one
    # knows somebody else only.
    con.execute("""
        CREATE TABLE account AS
        WITH every AS (
            SELECT system, account_id, login, email, person_id, false AS log_only FROM dump_account
            UNION ALL SELECT system, account_id, name, name, '', true FROM log_only),
        by_id AS (SELECT a.system, a.account_id, [p.person_id] AS who FROM every a JOIN people p USING (person_id)),
        by_email AS (
            SELECT a.system, a.account_id, list(DISTINCT p.person_id) AS who
            FROM every a JOIN person_email p ON p.email = lower(a.email) GROUP BY ALL),
        by_login AS (
            SELECT a.system, a.account_id, list(DISTINCT p.person_id) AS who
            FROM every a JOIN person_login p ON p.login = lower(a.login) GROUP BY ALL),
        keyed AS (
            SELECT a.*, coalesce(i.who, []) AS ids, coalesce(e.who, []) AS emails, coalesce(l.who, []) AS logins,
                CASE WHEN len(ids) > 0 THEN ids WHEN len(emails) > 0 THEN emails ELSE logins END AS first,
                d.login IS NOT NULL AS declared
            FROM every a LEFT JOIN by_id i USING (system, account_id) LEFT JOIN by_email e USING (system, account_id)
            LEFT JOIN by_login l USING (system, account_id)
            LEFT JOIN declared d ON d.system = a.system AND d.login = lower(a.login))
        SELECT system, account_id, login, log_only,
            CASE WHEN declared THEN 'declared'
                WHEN len(first) = 0 THEN 'unmatched'
                WHEN len(first) > 1 OR (len(emails) > 0 AND NOT list_contains(emails, first[1]))
                    OR (len(logins) > 0 AND NOT list_contains(logins, first[1])) THEN 'disputed'
                ELSE 'linked' END AS situation,
            CASE WHEN situation = 'linked' THEN first[1] END AS person_id
        FROM keyed""")

    # What happened to the accounts that matter: those of people who left, and those of nobody.
    con.execute("""
        CREATE TABLE wanted AS
        SELECT a.*, l.departed, l.in_period, l.name FROM account a LEFT JOIN leavers l USING (person_id)
        WHERE l.person_id IS NOT NULL OR a.situation = 'unmatched'""")
    con.execute("""
        CREATE TABLE wanted_name AS
        SELECT t.system, t.name, t.account_id FROM target_name t JOIN wanted USING (system, account_id) WHERE t.candidates = 1
        UNION ALL SELECT o.system, o.name, o.account_id FROM log_only o JOIN wanted USING (system, account_id)""")
    con.execute(f"""
        CREATE TABLE event AS
        WITH found AS (
            SELECT e.*, n.account_id FROM event_raw e JOIN wanted_name n ON n.system = e.system AND n.name = lower(e.target)
            WHERE e.action IN {tuple(IN_SCOPE)}),
        once AS (
            SELECT DISTINCT ON (system, coalesce(event_id, concat_ws(chr(1), e.moment, action, lower(target), coalesce(outcome, ''),
                coalesce(actor, ''), coalesce(detail, '')))) *
            FROM found e ORDER BY source_number, line)
        SELECT system, account_id, instant(moment) AS moment, action, source_number::BIGINT * 1000000000 + line AS line
        FROM once WHERE coalesce(lower(outcome), 'success') = 'success' AND action <> 'sign_in_failed'""")
    con.execute("""
        CREATE TABLE point AS
        WITH snapshot AS (SELECT DISTINCT system, exported FROM dump),
        known AS (
            SELECT system, account_id, min(moment) AS since FROM (
                SELECT system, account_id, exported AS moment FROM dump UNION ALL SELECT system, account_id, moment FROM event)
            GROUP BY ALL),
        last_seen AS (SELECT system, account_id, max(exported) AS moment FROM dump GROUP BY ALL),
        used AS (
            SELECT system, account_id, max(moment) AS moment FROM (
                SELECT system, account_id, moment FROM event WHERE action = 'signed_in'
                UNION ALL SELECT system, account_id, last_used FROM dump) GROUP BY ALL),
        every AS (
            SELECT system, account_id, moment, CASE action WHEN 'signed_in' THEN 0 ELSE 1 END AS rank, line,
                action IN ('signed_in', 'enabled', 'created') AS usable, 'event' AS evidence, true AS dated
            FROM event WHERE action IN ('signed_in', 'enabled', 'created', 'disabled', 'deleted')
            UNION ALL SELECT system, account_id, last_used, 0, 0, true, 'dump', true FROM dump WHERE last_used IS NOT NULL
            UNION ALL SELECT system, account_id, disabled, 2, 0, false, 'dump', true FROM dump
                WHERE disabled IS NOT NULL AND status IN ('disabled', 'deleted')
            UNION ALL SELECT d.system, d.account_id, d.changed, 3, 0, false, 'dump', false FROM dump d LEFT JOIN used u USING (system, account_id)
                WHERE d.status IN ('disabled', 'deleted') AND d.changed < d.exported AND coalesce(u.moment, d.changed) <= d.changed
            UNION ALL SELECT system, account_id, exported, 3, 0, status = 'active', 'dump', false FROM dump WHERE status <> 'unknown'
            UNION ALL SELECT w.system, w.account_id, s.exported, 3, 0, false, 'snapshots', false
                FROM wanted w JOIN snapshot s USING (system) JOIN known k USING (system, account_id)
                LEFT JOIN last_seen l USING (system, account_id)
                WHERE k.since < s.exported AND s.exported > coalesce(l.moment, 0))
        SELECT e.*, row_number() OVER (PARTITION BY e.system, e.account_id ORDER BY e.moment, e.rank, e.line) AS pos
        FROM every e JOIN wanted USING (system, account_id)""")
    con.execute("""
        CREATE TABLE own AS
        WITH l AS (
            SELECT system, account_id, max(pos) AS pos, max(moment) AS moment FROM point WHERE usable GROUP BY ALL),
        u AS (
            SELECT p.system, p.account_id, min(p.pos) AS pos, min_by(p.moment, p.pos) AS moment, min_by(p.dated, p.pos) AS dated,
                min_by(p.evidence, p.pos) AS evidence
            FROM point p LEFT JOIN l USING (system, account_id)
            WHERE NOT p.usable AND p.pos > coalesce(l.pos, 0) GROUP BY ALL),
        unknown AS (SELECT system, account_id, max(exported) AS moment FROM dump WHERE status = 'unknown' GROUP BY ALL)
        SELECT w.*, l.moment AS last_usable, u.moment AS unusable, coalesce(u.dated, false) AS dated, u.evidence,
            u.moment IS NULL AND l.moment IS NOT NULL AND coalesce(k.moment, 0) <= l.moment AS usable_now
        FROM wanted w LEFT JOIN l USING (system, account_id) LEFT JOIN u USING (system, account_id)
        LEFT JOIN unknown k USING (system, account_id)""")
    # What a revocation where people sign in does to the systems behind it. Bounds are (after, before].
    con.execute("""
        CREATE TABLE verdict AS
        WITH cut AS (
            SELECT person_id, system AS provider, max(unusable) AS before, max(CASE WHEN dated THEN unusable ELSE last_usable END) AS after
            FROM own WHERE departed IS NOT NULL GROUP BY ALL HAVING bool_and(unusable IS NOT NULL)),
        trace AS (
            SELECT system, account_id, max(moment) AS moment FROM (
                SELECT system, account_id, moment FROM event
                WHERE action IN ('signed_in', 'credential_added', 'credential_revoked', 'password_reset')
                UNION ALL SELECT system, account_id, last_used FROM dump) GROUP BY ALL),
        met AS (
            SELECT o.system, o.account_id, c.before AS cut_before,
                CASE WHEN c.after IS NULL THEN t.moment ELSE greatest(c.after, coalesce(t.moment, c.after)) END AS cut_after,
                CASE WHEN o.dated THEN o.unusable ELSE o.last_usable END AS own_after, o.unusable AS own_before
            FROM own o JOIN through USING (system) JOIN cut c ON c.provider = through.provider AND c.person_id = o.person_id
            LEFT JOIN trace t ON t.system = o.system AND t.account_id = o.account_id
            WHERE o.departed IS NOT NULL AND coalesce(t.moment, c.before) <= c.before),
        ended AS (
            SELECT system, account_id,
                CASE WHEN own_after >= cut_before THEN cut_after WHEN own_after IS NULL OR cut_after IS NULL THEN NULL
                    ELSE least(own_after, cut_after) END AS after,
                CASE WHEN own_after >= cut_before THEN cut_before ELSE least(cut_before, coalesce(own_before, cut_before)) END AS before
            FROM met WHERE own_before IS NULL OR cut_after IS NULL OR own_before > cut_after)
        SELECT o.* REPLACE (
            CASE WHEN e.before IS NULL THEN o.last_usable ELSE e.after END AS last_usable,
            coalesce(e.before, o.unusable) AS unusable,
            CASE WHEN e.before IS NULL THEN o.dated ELSE coalesce(e.after = e.before, false) END AS dated,
            o.usable_now AND e.before IS NULL AS usable_now)
        FROM own o LEFT JOIN ended e USING (system, account_id)""")
    # Exposure: the time between two points is certain if nothing can have changed unseen between them.
    con.execute("""
        CREATE TABLE exposure AS
        WITH pair AS (
            SELECT p.*, w.departed, lead(p.moment) OVER a AS next_at, lead(p.usable) OVER a AS next_usable, lead(p.dated) OVER a AS next_dated,
                lead(p.rank) OVER a AS next_rank
            FROM point p JOIN wanted w USING (system, account_id) WHERE w.departed IS NOT NULL
            WINDOW a AS (PARTITION BY p.system, p.account_id ORDER BY p.pos)),
        span AS (
            SELECT *, greatest(0, coalesce(next_at, moment) - greatest(moment, departed)) AS length FROM pair)
        SELECT system, account_id, sum(CASE WHEN usable THEN length ELSE 0 END)::BIGINT AS seconds,
            sum(CASE WHEN length > 0 AND usable AND NOT next_usable AND NOT next_dated THEN 1
                     WHEN length > 0 AND usable AND next_usable AND next_rank = 1 THEN 1
                     WHEN length > 0 AND NOT usable AND next_usable AND next_rank <> 1 THEN 1 ELSE 0 END) AS doubts,
            min(moment) AS first_at, min_by(usable, pos) AS first_usable, min_by(dated, pos) AS first_dated,
            min_by(rank, pos) AS first_rank
        FROM span GROUP BY ALL""")
    con.execute(f"""
        CREATE TABLE result AS
        WITH used AS (
            SELECT w.system, w.account_id,
                (SELECT count(*) FROM event e WHERE e.system = w.system AND e.account_id = w.account_id AND e.action = 'signed_in'
                    AND e.moment >= w.departed) AS logged,
                (SELECT max(last_used) FROM dump d WHERE d.system = w.system AND d.account_id = w.account_id) AS dumped
            FROM wanted w WHERE w.departed IS NOT NULL),
        judged AS (
            SELECT v.*, coalesce(t.target, {default_target}) AS target_seconds,
                departed + coalesce(t.target, {default_target}) AS due,
                CASE WHEN dated THEN CASE WHEN unusable <= due THEN 'on_time' ELSE 'late' END
                    WHEN unusable IS NOT NULL THEN
                        CASE WHEN unusable <= due THEN 'on_time' WHEN last_usable >= due THEN 'late' ELSE 'undetermined' END
                    WHEN usable_now THEN CASE WHEN last_usable < due THEN 'pending' ELSE 'open' END
                    ELSE 'undetermined' END AS outcome
            FROM verdict v LEFT JOIN system_target t ON t.system = v.system WHERE v.departed IS NOT NULL)
        SELECT j.person_id, j.system, j.account_id, CASE WHEN j.log_only THEN '' ELSE j.login END AS login, j.log_only,
            j.departed, j.in_period, last_usable - j.departed AS lasted, unusable - j.departed AS ended, dated,
            CASE WHEN dated THEN unusable END AS revoked_at,
            CASE WHEN NOT dated AND unusable IS NOT NULL THEN last_usable END AS revoked_after,
            CASE WHEN NOT dated THEN unusable END AS revoked_before,
            CASE WHEN dated THEN unusable - departed END AS latency_seconds,
            outcome, target_seconds, j.evidence,
            greatest(u.logged, CASE WHEN u.dumped >= j.departed THEN 1 ELSE 0 END) AS uses_after_departure,
            CASE WHEN outcome IN ('on_time', 'late', 'open', 'pending') AND (dated OR usable_now AND last_usable >= j.departed) AND x.doubts = 0
                AND (x.first_at <= j.departed OR (x.first_usable AND x.first_rank <> 1) OR (NOT x.first_usable AND x.first_dated)) THEN
                x.seconds + greatest(0, x.first_at - j.departed)
            END AS exposure_seconds
        FROM judged j JOIN used u USING (system, account_id) LEFT JOIN exposure x USING (system, account_id)
        WHERE j.in_period OR j.outcome = 'open'
        ORDER BY j.person_id, j.system, j.account_id""")

    one = lambda sql: con.execute(sql).fetchone()[0]
    counts = {
        "people": one("SELECT count(*) FROM people"),
        "leavers": one("SELECT count(*) FROM leavers WHERE in_period"),
        "accounts": one("SELECT count(*) FROM account"),
        "orphaned": one("SELECT count(*) FROM verdict WHERE situation = 'unmatched' AND usable_now"),
        "revocations": one("SELECT count(*) FROM result"),
    }
    for outcome in ("on_time", "late", "open", "pending", "undetermined"):
        counts[outcome] = one(f"SELECT count(*) FROM result WHERE outcome = '{outcome}'")
    counts["used_after_departure"] = one("SELECT count(*) FROM result WHERE uses_after_departure > 0")
    row = con.execute("SELECT max(latency_seconds), count(latency_seconds), count(*) FILTER (latency_seconds <= target_seconds) FROM result").fetchone()
    spans = con.execute("SELECT lasted, ended, dated FROM result WHERE in_period").fetchall()
    decided = counts["on_time"] + counts["late"] + counts["open"]
    share = lambda part, whole: part / whole if whole else None
    latency = {"max_seconds": row[0], **percentiles(spans)}
    latency["within_target_share"] = share(counts["on_time"], decided)
    # Other ways in which a reader could understand the contract's names; agree.py says which one a result follows.
    other = {
        "share_of_dated": share(row[2], row[1]),
        "share_of_all": share(counts["on_time"], counts["revocations"]),
        "share_of_all_but_pending": share(counts["on_time"], counts["revocations"] - counts["pending"]),
        "share_of_on_time_and_late": share(counts["on_time"], counts["on_time"] + counts["late"]),
        "dated": row[1],
        "log_only_accounts": one("SELECT count(*) FROM log_only"),
        "situations": dict(con.execute("SELECT situation, count(*) FROM account GROUP BY ALL ORDER BY ALL").fetchall()),
        "ambiguous_targets": one("SELECT count(*) FROM target_name WHERE candidates > 1"),
    }
    return con, {"counts": counts, "latency": latency, "other": other}


def percentiles(rows):
    """Median, 90th and 95th percentile of the latency, each as (after, before], open accounts counted for as long as they worked.

    The curve is the one under which what was seen is likeliest (Turnbull 1976), found by his own iteration from the definition alone: each
    account is spread over the times at which it can have ended, in proportion to what all accounts together say of those times, until
    no time could have more. Where all is exact or still open, that is Kaplan and Meier's curve. A time known to the second is (t - 1, t].
    """
    last = 2**60
    spans = []
    for lasted, ended, dated in rows:
        if dated:
            spans.append((ended - 1, ended))
        elif ended is not None:
            spans.append((min(-last if lasted is None else lasted, ended - 1), ended))
        elif lasted is not None:
            spans.append((lasted, last))
    marks = sorted({(after, 1) for after, _ in spans} | {(before, 0) for _, before in spans})
    times = [(a[0], b[0]) for a, b in zip(marks, marks[1:]) if a[1] and not b[1]]
    begins, ends = [a for a, _ in times], [b for _, b in times]
    kinds = Counter((bisect_left(begins, after), bisect_right(ends, before)) for after, before in spans)
    mass = [1 / len(times)] * len(times)
    for _ in range(20_000):
        before = [0.0, *accumulate(mass)]
        pull = [0.0] * (len(times) + 1)
        for (i, j), many in kinds.items():
            one = many / (mass[i] if j == i + 1 else before[j] - before[i])
            pull[i] += one
            pull[j] -= one
        pull = list(accumulate(pull))[:-1]
        mass = [m * p / len(spans) for m, p in zip(mass, pull)]
        if max(pull) - len(spans) < 1e-3:
            break
    found = {}
    for name, share in (("median", 0.5), ("p90", 0.9), ("p95", 0.95)):
        reached = [(place, f) for place, f in enumerate(accumulate(mass)) if f >= share - 1e-6]
        after, until = times[reached[0][0]] if reached else (None, None)
        exact = reached and until == after + 1
        found[f"{name}_seconds"] = until if exact else None
        found[f"{name}_after_seconds"] = None if exact or after == -last else after
        found[f"{name}_before_seconds"] = None if exact or until == last else until
    return found


COLUMNS = (
    "person_id system account_id login departed_at revoked_at revoked_after revoked_before latency_seconds outcome "
    "target_seconds exposure_seconds evidence uses_after_departure log_only"
).split()


def rows(con):
    """The result as dictionaries of text, instants as in the contract."""
    stamp = lambda c: f"strftime(make_timestamp({c} * 1000000), '%Y-%m-%dT%H:%M:%SZ') AS {c}"
    sql = f"""SELECT person_id, system, account_id, login, {stamp('departed')} , {stamp('revoked_at')}, {stamp('revoked_after')},
        {stamp('revoked_before')}, latency_seconds, outcome, target_seconds, exposure_seconds, evidence, uses_after_departure, log_only
        FROM result ORDER BY person_id, system, account_id"""
    text = lambda value: "" if value is None else str(value)
    return [dict(zip(COLUMNS, map(text, row))) for row in con.execute(sql).fetchall()]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    con, summary = compute(sys.argv[1])
    out = Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    with open(out / "revocations.csv", "w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, COLUMNS)
        writer.writeheader()
        writer.writerows(rows(con))
    (out / "summary.json").write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(summary, indent=2))


if __name__ == "__main__":
    main()
