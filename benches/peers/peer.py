"""What an analyst would write by hand in DuckDB for one quarter's leaver test: for timing, not for the truth.

peer.py CASE_DIR [OUT.csv]

Reads a case made by examples/generate, its logs as CSV or NDJSON, joins, takes the last successful disable after the last
successful enable, counts sign-ins after the departure, writes one table. It keeps no bounds, no evidence lines, no rejects, no reconciliation, links by
person id, first e-mail and login without looking for conflicts, and trusts the newest dump for what the log does not say.
"""

import sys
import time
import tomllib
from pathlib import Path

import duckdb


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    out = sys.argv[2] if len(sys.argv) > 2 else "/tmp/peer-revocations.csv"
    case = tomllib.loads((folder / "lastday.toml").read_text(encoding="utf-8"))
    began = time.monotonic()
    con = duckdb.connect(config={"threads": 2, "memory_limit": "4GB"})
    con.execute("SET TimeZone = 'Europe/London'; SET preserve_insertion_order = false")

    def records(file):
        """A log in the vendor's shape, as the same columns."""
        user = "STRUCT(alternateId VARCHAR)"
        columns = f"{{published: 'VARCHAR', eventType: 'VARCHAR', actor: '{user}', outcome: 'STRUCT(result VARCHAR)', target: '{user}[]'}}"
        return f"""(SELECT published AS at, lower(outcome.result) AS outcome,
            CASE eventType WHEN 'user.session.start' THEN 'signed_in' WHEN 'user.lifecycle.deactivate' THEN 'disabled'
                WHEN 'user.lifecycle.delete.completed' THEN 'deleted' WHEN 'user.lifecycle.activate' THEN 'enabled' END AS action,
            CASE eventType WHEN 'user.session.start' THEN actor.alternateId ELSE target[1].alternateId END AS target
            FROM read_ndjson('{file}', columns = {columns}))"""

    def table(file):
        return records(file) if file.suffix == ".ndjson" else f"read_csv('{file}', header = true, all_varchar = true)"

    def read(kind):
        parts = [
            f"SELECT *, '{s.get('system', '')}' AS system, '{s.get('exported_at', '')}' AS exported_at FROM {table(folder / s['path'])}"
            for s in case["source"] if s["kind"] == kind
        ]
        return " UNION ALL BY NAME ".join(parts)

    con.execute(f"CREATE VIEW people AS {read('people')}")
    con.execute(f"CREATE VIEW accounts AS {read('accounts')}")
    con.execute(f"CREATE VIEW events AS {read('events')}")
    con.execute(f"""
        COPY (
        WITH leaver AS (
            SELECT person_id, lower(email) AS email, login,
                CASE WHEN length(departs_at) = 10 THEN departs_at || ' 18:00' ELSE departs_at END::TIMESTAMPTZ AS departed
            FROM people
            WHERE departs_at IS NOT NULL AND departed BETWEEN '2026-07-01'::TIMESTAMPTZ AND '2026-10-01'::TIMESTAMPTZ
                AND NOT start_at::DATE > departed::DATE),
        newest AS (
            SELECT system, account_id, arg_max(login, exported_at) AS login, lower(arg_max(email, exported_at)) AS email,
                arg_max(person_id, exported_at) AS person_id, arg_max(status, exported_at) AS status,
                max(exported_at) AS seen, arg_max(disabled_at, exported_at) AS disabled_at
            FROM accounts GROUP BY ALL),
        owned AS (
            SELECT n.*, l.person_id AS who, l.departed
            FROM newest n JOIN leaver l ON n.person_id = l.person_id
            UNION SELECT n.*, l.person_id, l.departed FROM newest n JOIN leaver l ON n.person_id IS NULL AND n.email = l.email
            UNION SELECT n.*, l.person_id, l.departed
            FROM newest n JOIN leaver l ON n.person_id IS NULL AND n.email IS NULL AND n.login = l.login),
        name AS (
            SELECT system, account_id, account_id AS target, departed FROM owned
            UNION SELECT system, account_id, login, departed FROM owned WHERE login IS NOT NULL
            UNION SELECT system, account_id, email, departed FROM owned WHERE email IS NOT NULL),
        log AS (
            SELECT n.system, n.account_id,
                max(e.at::TIMESTAMPTZ) FILTER (action IN ('disabled', 'deleted')) AS last_disable,
                max(e.at::TIMESTAMPTZ) FILTER (action = 'enabled') AS last_enable,
                count(*) FILTER (action = 'signed_in' AND e.at::TIMESTAMPTZ > n.departed) AS uses
            FROM events e JOIN name n ON e.system = n.system AND e.target = n.target
            WHERE coalesce(e.outcome, 'success') = 'success' AND action IN ('disabled', 'deleted', 'enabled', 'signed_in')
            GROUP BY ALL)
        SELECT o.who AS person_id, o.system, o.account_id, o.departed,
            CASE WHEN last_disable > coalesce(last_enable, '1970-01-01'::TIMESTAMPTZ) THEN last_disable
                 WHEN status <> 'active' THEN o.disabled_at::TIMESTAMPTZ END AS revoked,
            date_diff('second', o.departed, revoked) AS latency,
            CASE WHEN revoked IS NULL THEN CASE WHEN status = 'active' THEN 'open' ELSE 'undetermined' END
                 WHEN latency <= 3600 THEN 'on_time' ELSE 'late' END AS outcome,
            coalesce(uses, 0) AS uses_after_departure
        FROM owned o LEFT JOIN log USING (system, account_id)
        ORDER BY 1, 2, 3) TO '{out}' (HEADER)""")
    print(f"{time.monotonic() - began:.1f} s, {con.execute(f'SELECT count(*) FROM read_csv(?)', [out]).fetchone()[0]} rows in {out}")


if __name__ == "__main__":
    main()
