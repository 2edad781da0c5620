"""Reads assessment results and plan by compliance-trestle's model of OSCAL, and checks what a model does not: that every reference leads somewhere,
that no control is satisfied of which a rule could not be evaluated, and that the findings are those of findings.csv."""

import collections
import csv
import json
import pathlib
import re
import sys

from trestle.oscal import OSCAL_VERSION
from trestle.oscal.assessment_plan import AssessmentPlan
from trestle.oscal.assessment_results import AssessmentResults

csv.field_size_limit(1 << 30)
folder = pathlib.Path(sys.argv[1])
results_file, plan_file = folder / "oscal-assessment-results.json", folder / "oscal-assessment-plan.json"
results, plan = AssessmentResults.oscal_read(results_file), AssessmentPlan.oscal_read(plan_file)
raw = json.loads(results_file.read_text(encoding="utf-8"))["assessment-results"]
raw_plan = json.loads(plan_file.read_text(encoding="utf-8"))["assessment-plan"]
summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
assert raw["metadata"]["oscal-version"] == raw_plan["metadata"]["oscal-version"] == OSCAL_VERSION == "1.2.1", OSCAL_VERSION
assert raw["import-ap"]["href"] == plan_file.name


def walk(node, path=""):
    if isinstance(node, dict):
        for key, value in node.items():
            yield key, value, path
            yield from walk(value, f"{path}/{key}")
    elif isinstance(node, list):
        assert node, f"{path}: OSCAL has no empty lists"
        for value in node:
            yield from walk(value, path)


named = [value for document in (raw, raw_plan) for key, value, _ in walk(document) if key == "uuid"]
assert len(named) == len(set(named)), "a UUID is there twice"
for document in (raw, raw_plan):
    own = {value for key, value, _ in walk(document) if key == "uuid"}
    for key, value, path in walk(document):
        if key == "href" and value.startswith("#"):
            assert value[1:] in own, f"{path}: {value} leads nowhere"
        if key == "observation-uuid":
            assert value in own, value
        if key in ("actor-uuid", "component-uuid"):
            assert value in set(named), value

(result,) = results.results
rules = {rule["rule"]: rule for rule in summary["rules"]}
prop = lambda observation, name: next((p["value"] for p in observation.get("props", []) if p["name"] == name), None)
observations = raw["results"][0]["observations"]
by_uuid = {observation["uuid"]: observation for observation in observations}
whole = {prop(o, "rule"): o for o in observations if o["types"] == ["control-objective"]}
assert set(whole) == set(rules)
for name, rule in rules.items():
    counts = [int(prop(whole[name], key)) for key in ("findings-open", "findings-waived", "passed", "not-evaluable")]
    assert counts == [rule["finding"], rule["waived"], rule["pass"], rule["not_evaluable"]], name

# The findings that are told one by one are the first of each rule in findings.csv, with its rows.
written = collections.defaultdict(list)
with open(folder / "findings.csv", encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        written[row["rule"]].append(row)
told = collections.defaultdict(list)
for observation in observations:
    if observation["types"] == ["finding"]:
        told[prop(observation, "rule")].append(observation)
        assert observation["methods"] == ["EXAMINE"] and observation["collected"] == summary["as_of"]
for name, rows in written.items():
    assert len(told[name]) == min(len(rows), 50), name
    if len(rows) > 50:
        assert f"The first 50 of {len(rows)} findings" in whole[name]["remarks"] and "findings.csv" in whole[name]["remarks"]
    for row, observation in zip(rows, told[name]):
        assert prop(observation, "finding-id") == row["finding_id"]
        evidence = [e["description"] for e in observation.get("relevant-evidence", [])]
        assert evidence == [at for at in row["evidence_at"].split("; ") if at][:20], row
        assert all("href" in e for e in observation.get("relevant-evidence", [])), row

# Satisfied is only what every rule of the control could evaluate, and of what is not decided there is no finding.
satisfied = failed = 0
for finding in raw["results"][0]["findings"]:
    asked = [by_uuid[o["observation-uuid"]] for o in finding["related-observations"]]
    asked = [rules[prop(o, "rule")] for o in asked if o["types"] == ["control-objective"]]
    assert asked, finding["title"]
    state = finding["target"]["status"]["state"]
    if state == "satisfied":
        satisfied += 1
        assert all(r["finding"] == r["waived"] == r["not_evaluable"] == 0 for r in asked), finding["title"]
        assert any(r["pass"] for r in asked), finding["title"]
    else:
        failed += 1
        assert any(r["finding"] or r["waived"] for r in asked), finding["title"]
controls = [c["control-id"] for s in raw["results"][0]["reviewed-controls"]["control-selections"] for c in s["include-controls"]]
assert len(controls) == len(set(controls))
for finding in raw["results"][0]["findings"]:
    assert re.split(r"_smt", finding["target"]["target-id"])[0] in controls
undecided = len(re.findall(r"not evaluable in part by|nothing to examine", raw["results"][0].get("remarks", "")))
size = results_file.stat().st_size
assert size < 12_000_000, size
print(f"OSCAL: {len(observations)} observations; controls: {satisfied} satisfied, {failed} not, {undecided} undecided; {size // 1000} kB")
