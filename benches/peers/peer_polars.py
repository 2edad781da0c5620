"""The same work as peer.py, by hand in Polars' lazy queries: for timing, not for the truth.

peer_polars.py CASE_DIR [OUT.csv]

Like peer.py it keeps no bounds, no evidence lines, no rejects, no reconciliation and looks for no conflicts.
"""

import sys
import time
import tomllib
from pathlib import Path

import polars as pl

ZONE = "Europe/London"


def instant(column):
    """Text with an offset, with Z, or in local time, as an instant."""
    text = pl.col(column)
    zoned = text.str.contains(r"(Z|[+-]\d\d:\d\d)$")
    aware = pl.when(zoned).then(text.str.replace("Z$", "+0000")).str.to_datetime(
        format="%Y-%m-%dT%H:%M:%S%z", time_unit="ms", time_zone="UTC", strict=False)
    local = pl.when(~zoned).then(text).str.to_datetime(format="%Y-%m-%dT%H:%M:%S", time_unit="ms", strict=False)
    return pl.coalesce(aware, local.dt.replace_time_zone(ZONE, ambiguous="earliest", non_existent="null").dt.convert_time_zone("UTC"))


def text_columns(file, names):
    """A CSV file with all of these columns as text, null where it lacks one."""
    frame = pl.scan_csv(file, infer_schema=False, null_values="")
    have = frame.collect_schema().names()
    return frame.select([pl.col(n) if n in have else pl.lit(None, pl.String).alias(n) for n in names])


def records(file):
    """A log in the vendor's shape, as the same columns."""
    user = pl.Struct({"id": pl.String, "type": pl.String, "alternateId": pl.String})
    schema = {
        "published": pl.String, "eventType": pl.String, "actor": user,
        "outcome": pl.Struct({"result": pl.String}), "target": pl.List(user),
    }
    frame = pl.scan_ndjson(file, schema=schema)
    kind = pl.col("eventType")
    action = pl.coalesce(
        pl.when(kind == "user.session.start").then(pl.lit("signed_in")),
        pl.when(kind == "user.lifecycle.deactivate").then(pl.lit("disabled")),
        pl.when(kind == "user.lifecycle.delete.completed").then(pl.lit("deleted")),
        pl.when(kind == "user.lifecycle.activate").then(pl.lit("enabled")),
    )
    actor, target = pl.col("actor").struct.field("alternateId"), pl.col("target").list.first().struct.field("alternateId")
    return frame.select(
        pl.col("published").alias("at"), action.alias("action"),
        pl.when(kind == "user.session.start").then(actor).otherwise(target).alias("target"),
        pl.col("outcome").struct.field("result").str.to_lowercase().alias("outcome"),
    )


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    out = sys.argv[2] if len(sys.argv) > 2 else "/tmp/peer-polars-revocations.csv"
    case = tomllib.loads((folder / "lastday.toml").read_text(encoding="utf-8"))
    began = time.monotonic()
    of = lambda kind: [s for s in case["source"] if s["kind"] == kind]

    people = text_columns(folder / of("people")[0]["path"], ["person_id", "email", "login", "start_at", "departs_at"])
    by_day = pl.col("departs_at").str.len_chars() == 10
    people = people.filter(pl.col("departs_at").is_not_null()).with_columns(
        departs_at=pl.when(by_day).then(pl.col("departs_at") + "T18:00:00").otherwise(pl.col("departs_at")))
    first, last = (pl.lit(day).str.to_datetime(time_zone=ZONE, time_unit="ms").dt.convert_time_zone("UTC") for day in ("2026-07-01", "2026-10-01"))
    leaver = people.select("person_id", pl.col("email").str.to_lowercase(), "login", "start_at", departed=instant("departs_at")).filter(
        pl.col("departed").is_between(first, last), ~(pl.col("start_at").str.to_date(strict=False) > pl.col("departed").dt.convert_time_zone(ZONE).dt.date()))

    wanted = ["account_id", "login", "email", "person_id", "status", "disabled_at"]
    dumps = [
        text_columns(folder / s["path"], wanted).with_columns(system=pl.lit(s["system"]), exported=pl.lit(s["exported_at"]))
        for s in of("accounts")
    ]
    newest = pl.concat(dumps).group_by("system", "account_id").agg(pl.all().sort_by("exported").last()).with_columns(
        pl.col("email").str.to_lowercase())
    keep = ["system", "account_id", "login", "email", "status", "disabled_at"]
    by = lambda accounts, key: accounts.join(leaver.select(who="person_id", departed="departed", key=key), left_on=key, right_on="key").select(*keep, "who", "departed")
    nobody = newest.filter(pl.col("person_id").is_null())
    owned = pl.concat([
        by(newest, "person_id"), by(nobody, "email"), by(nobody.filter(pl.col("email").is_null()), "login"),
    ]).unique().collect(engine="streaming").lazy()

    names = pl.concat([
        owned.select("system", "account_id", "departed", target=name) for name in ("account_id", "login", "email")
    ]).filter(pl.col("target").is_not_null()).unique()
    logs = []
    for s in of("events"):
        file = folder / s["path"]
        frame = records(file) if file.suffix == ".ndjson" else text_columns(file, ["at", "action", "target", "outcome"])
        logs.append(frame.with_columns(system=pl.lit(s["system"])))
    relevant = pl.concat(logs).filter(
        pl.col("action").is_in(["disabled", "deleted", "enabled", "signed_in"]), pl.col("outcome").fill_null("success") == "success")
    log = relevant.join(names, on=["system", "target"]).with_columns(at=instant("at")).group_by("system", "account_id").agg(
        last_disable=pl.col("at").filter(pl.col("action").is_in(["disabled", "deleted"])).max(),
        last_enable=pl.col("at").filter(pl.col("action") == "enabled").max(),
        uses=((pl.col("action") == "signed_in") & (pl.col("at") > pl.col("departed"))).sum(),
    )
    epoch = pl.datetime(1970, 1, 1, time_zone="UTC", time_unit="ms")
    revoked = pl.when(pl.col("last_disable") > pl.col("last_enable").fill_null(epoch)).then(pl.col("last_disable")).when(
        pl.col("status") != "active").then(instant("disabled_at"))
    result = owned.join(log, on=["system", "account_id"], how="left").with_columns(revoked=revoked).with_columns(
        latency=(pl.col("revoked") - pl.col("departed")).dt.total_seconds()).with_columns(
        outcome=pl.when(pl.col("revoked").is_null()).then(
            pl.when(pl.col("status") == "active").then(pl.lit("open")).otherwise(pl.lit("undetermined"))).when(
            pl.col("latency") <= 3600).then(pl.lit("on_time")).otherwise(pl.lit("late")))
    table = result.select(
        "who", "system", "account_id", "departed", "revoked", "latency", "outcome", pl.col("uses").fill_null(0),
    ).sort("who", "system", "account_id").collect(engine="streaming")
    table.write_csv(out)
    print(f"{time.monotonic() - began:.1f} s, {table.height} rows in {out}")


if __name__ == "__main__":
    main()
