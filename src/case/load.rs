//! From the text of `lastday.toml` to a checked [`Case`]. Every complaint shows the line and the nearest known name.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde_spanned::Spanned;

use super::checker::Checker;
use super::files::Files;
use super::raw::{self, Placed, Raw};
use super::{Case, Declared, ExportedFrom, Sensitivity, Source, System, Waiver, sign_in};
use crate::error::{Error, Result};
use crate::frameworks;
use crate::model::account::Kind;
use crate::model::columns::SourceKind;
use crate::model::instant::Instant;
use crate::model::system::SystemId;
use crate::presets::Presets;
use crate::presets::mapping::{Columns, RawColumns, conditions};

const FILE: &str = "lastday.toml";
const SYSTEM_TYPES: [&str; 6] = ["application", "directory", "vpn", "physical", "device", "vault"];

impl Case {
    /// Reads and checks the case in `dir`. `rules` are the ids that a waiver may name.
    pub fn load(dir: &Path, presets: &Presets, rules: &[&str]) -> Result<Self> {
        let path = dir.join(FILE);
        let bytes = std::fs::read(&path).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => Box::new(Error::NoCase { dir: dir.to_owned() }),
            _ => Error::reading(&path, e),
        })?;
        let text = String::from_utf8(bytes).map_err(|e| {
            Error::input(path.display().to_string(), format!("the case file is not UTF-8: {e}"), "save it as UTF-8")
        })?;
        let checker =
            Checker { shown: path.display().to_string(), text: &text, dir, presets, rules, standard_input: RefCell::default() };
        let raw: Raw = toml::from_str(&text).map_err(|e| checker.syntax(&e))?;
        checker.case(raw)
    }
}

/// What is not read.
#[derive(Default)]
struct Absent {
    /// Sources of which no file was found.
    missing: Vec<String>,
    /// What lies in archives and is no export, as sentences.
    left_out: Vec<String>,
}

impl Checker<'_> {
    fn case(&self, raw: Raw) -> Result<Case> {
        let zone = raw.review.timezone.as_ref().map(|z| self.zone(z)).transpose()?;
        let mut assumptions = Vec::new();
        if zone.is_none() {
            assumptions.push("The case names no time zone: times without one are read as UTC.".to_owned());
        }
        let zone = zone.unwrap_or(Tz::UTC);
        let period = self.period(&raw.review.period)?;
        let policy = self.policy(&raw.policy, &raw.linking.aliases, &mut assumptions)?;
        let systems = self.systems(&raw)?;
        let mut absent = Absent::default();
        let mut sources = Vec::new();
        assumptions.extend(unconfirmed(&raw));
        for source in raw.source {
            sources.push(self.source(source.into_inner(), &systems, zone, &mut absent)?);
        }
        assumptions.extend(absent.left_out.iter().cloned());
        sources.extend(self.overrides(raw.linking.overrides.as_ref(), &mut absent.missing)?);
        let as_of = self.as_of(raw.review.as_of.as_ref(), zone, &mut sources, &systems, &mut assumptions)?;
        let linking = self.linking(&raw.linking)?;
        let declared = raw.account.iter().map(|a| self.declared(a, &systems)).collect::<Result<_>>()?;
        let conflicts = raw.conflict.iter().map(|c| self.conflict(c, &systems)).collect::<Result<_>>()?;
        let weights = raw.severity.iter().map(|s| self.weight(s, &systems)).collect::<Result<_>>()?;
        let licences = raw.licence.iter().map(|l| self.licence(l, &systems)).collect::<Result<_>>()?;
        let waivers = raw.waiver.iter().map(|w| self.waiver(w, &systems)).collect::<Result<_>>()?;
        assumptions.extend(raw.system.iter().filter_map(sign_in::words));
        let name = raw.review.name.get_ref().trim().to_owned();
        let mut frameworks = Vec::new();
        for written in raw.review.frameworks.iter().flatten() {
            let id = self.one_of(written, &frameworks::ids(), "framework")?;
            if !frameworks.contains(&id) {
                frameworks.push(id);
            }
        }
        let slug = slug(&name);
        if slug.is_empty() {
            return Err(self.at(
                &raw.review.name,
                "the review's name has no letter or digit",
                "name it after what is reviewed: \"Acme 2026 Q3\"",
            ));
        }
        Ok(Case {
            dir: self.dir.to_owned(),
            text: self.text.to_owned(),
            name,
            slug,
            period,
            as_of,
            zone,
            frameworks,
            policy,
            linking,
            sources,
            systems,
            declared,
            waivers,
            conflicts,
            weights,
            licences,
            assumptions,
            missing: absent.missing,
            left_out: absent.left_out,
            _standard_input: self.standard_input.take(),
        })
    }

    fn period(&self, written: &Placed) -> Result<(NaiveDate, NaiveDate)> {
        let read = || {
            let (first, last) = written.get_ref().split_once('/')?;
            let day = |text: &str| NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok().filter(|_| text.trim().len() == 10);
            let (first, last) = (day(first)?, day(last)?);
            (first <= last).then_some((first, last))
        };
        read().ok_or_else(|| {
            self.at(
                written,
                "this is no period",
                "write the first and the last day: \"2026-07-01/2026-09-30\", the first not after the last",
            )
        })
    }

    fn systems(&self, raw: &Raw) -> Result<Vec<System>> {
        let mut systems: Vec<System> = Vec::new();
        for written in &raw.system {
            let kind = written.kind.as_ref().map(|kind| self.one_of(kind, &SYSTEM_TYPES, "system type")).transpose()?;
            if systems.iter().any(|s| s.name == *written.name.get_ref()) {
                return Err(self.at(&written.name, "this system is described twice", "keep one [[system]] for each name"));
            }
            systems.push(System {
                name: written.name.get_ref().clone(),
                kind: kind.map(str::to_owned),
                owner: written.owner.clone(),
                provider: None,
                sign_in: None,
                revoke_within: written.revoke_within.as_ref().map(|w| self.duration(w)).transpose()?,
                sensitivity: self.sensitivity(written)?,
                line: self.line(written.name.span().start),
            });
        }
        for source in &raw.source {
            let line = self.line(source.span().start);
            let source = source.get_ref();
            let preset = source.preset.as_ref().and_then(|p| self.presets.get(p.get_ref()));
            let name = source.system.as_ref().map(|s| s.get_ref().clone()).or_else(|| preset.and_then(|p| p.system.clone()));
            if let Some(name) = name.filter(|name| !systems.iter().any(|s| s.name == *name)) {
                systems.push(System {
                    name,
                    kind: None,
                    owner: None,
                    provider: None,
                    sign_in: None,
                    revoke_within: None,
                    sensitivity: Sensitivity::Normal,
                    line,
                });
            }
        }
        systems.sort_by(|a, b| a.name.cmp(&b.name));
        self.sign_in(&raw.system, &mut systems)?;
        Ok(systems)
    }

    fn source(&self, raw: raw::Source, systems: &[System], zone: Tz, absent: &mut Absent) -> Result<Source> {
        let preset = raw.preset.as_ref().map(|id| self.preset(id, raw.kind)).transpose()?;
        let system = match (&raw.system, preset.as_ref().and_then(|p| p.system.as_deref())) {
            (Some(written), _) => Some(self.system(written, systems)?),
            (None, Some(name)) => systems.iter().position(|s| s.name == name).and_then(id),
            (None, None) => None,
        };
        if system.is_none() && matches!(raw.kind, SourceKind::Accounts | SourceKind::Events | SourceKind::Grants) {
            return Err(self.at(
                &raw.path,
                &format!("this {} source names no system", raw.kind.word()),
                "add system = \"…\" to the [[source]]",
            ));
        }
        let own_zone = raw.timezone.as_ref().map(|z| self.zone(z)).transpose()?;
        let encoding = raw.encoding.as_ref().map(|written| {
            encoding_rs::Encoding::for_label(written.get_ref().as_bytes()).ok_or_else(|| {
                self.at(written, "no encoding of this name is known", "for example \"utf-8\", \"windows-1252\" or \"utf-16le\"")
            })
        });
        let layout = self.layout(&raw)?;
        let (span, columns) = raw.columns.map_or((raw.path.span(), RawColumns::new()), |c| (c.span(), c.into_inner()));
        let columns = Columns::check(raw.kind, columns, raw.values).map_err(|why| self.error(why, None, Some(span.into())))?;
        let (rows_span, rows) = raw.rows.map_or((raw.path.span(), None), |r| (r.span(), Some(r.into_inner())));
        let only = rows.as_ref().and_then(|r| r.only.clone()).map(conditions).transpose();
        let only = only.map_err(|why| self.error(why, None, Some(rows_span.into())))?.unwrap_or_default();
        let Files { files, left_out: out } = self.files(&raw.path)?;
        absent.left_out.extend(out);
        if files.is_empty() {
            absent.missing.push(raw.path.get_ref().clone());
        }
        Ok(Source {
            kind: raw.kind,
            system,
            preset,
            files,
            exported_at: raw.exported_at.as_ref().map(|at| self.instant(at, own_zone.unwrap_or(zone))).transpose()?,
            zone: own_zone,
            encoding: encoding.transpose()?,
            layout,
            sheet: raw.sheet,
            skip_rows: raw.skip_rows,
            date_order: raw.date_order,
            columns,
            rows,
            only,
        })
    }

    /// "Now", and the time of every dump. A dump that is not dated is taken as of "now" where the case states it.
    fn as_of(
        &self,
        written: Option<&Placed>,
        zone: Tz,
        sources: &mut [Source],
        systems: &[System],
        assumptions: &mut Vec<String>,
    ) -> Result<Instant> {
        let newest = sources.iter().filter_map(|s| s.exported_at).max();
        let stated = written.map(|w| self.instant(w, zone)).transpose()?;
        let help =
            "state as_of in [review], and exported_at in each [[source]] of accounts: what a dump shows holds for one time only";
        let as_of = stated
            .or(newest)
            .ok_or_else(|| self.error("nothing says when the exports were made".into(), Some(help.into()), None))?;
        if let (Some(newest), Some(written)) = (newest.filter(|n| *n > as_of), written) {
            let message = format!("as_of is {as_of}, but an export of this case was made at {newest}, after it");
            return Err(self.at(written, &message, "as_of is the \"now\" of the analysis: it cannot lie before an export"));
        }
        let mut dated: Vec<(SystemId, Instant)> = Vec::new();
        for source in sources.iter_mut().filter(|s| s.kind == SourceKind::Accounts && !s.files.is_empty()) {
            let Some(system) = source.system else { continue };
            let name = &systems[usize::from(system.0)].name;
            let at = match source.exported_at {
                Some(at) => at,
                None if stated.is_some() => {
                    assumptions.push(format!(
                        "The dump {} of {name} says no exported_at: it is taken as exported at as_of.",
                        source.files[0].0
                    ));
                    as_of
                }
                None => {
                    let message = format!("the dump {} of {name} says no exported_at, and the case no as_of", source.files[0].0);
                    return Err(self.error(message, Some(help.into()), None));
                }
            };
            source.exported_at = Some(at);
            if dated.contains(&(system, at)) {
                assumptions.push(format!("Several sources list accounts of {name} at {at}: they are read as parts of one dump."));
            }
            dated.push((system, at));
        }
        Ok(as_of)
    }

    fn declared(&self, raw: &raw::Account, systems: &[System]) -> Result<Declared> {
        let words = ["service", "shared", "break-glass", "guest", "human"];
        let word = self.one_of(&raw.kind, &words, "kind of account")?;
        Ok(Declared {
            system: self.system(&raw.system, systems)?,
            login: raw.login.get_ref().trim().to_owned(),
            kind: Kind::from_word(word).unwrap_or(Kind::Service),
            owner: raw.owner.clone(),
            reason: raw.reason.clone(),
            expires: raw.expires.as_ref().map(|w| self.date(w)).transpose()?,
        })
    }

    fn waiver(&self, raw: &raw::Waiver, systems: &[System]) -> Result<Waiver> {
        for (written, what) in [(&raw.reason, "a reason"), (&raw.approved_by, "an approver")] {
            if written.get_ref().trim().is_empty() {
                return Err(self.at(written, &format!("a waiver needs {what}"), "say it in a few words"));
            }
        }
        Ok(Waiver {
            rule: self.one_of(&raw.rule, self.rules, "rule")?.to_owned(),
            system: raw.system.as_ref().map(|s| self.system(s, systems)).transpose()?,
            login: raw.login.clone(),
            person_id: raw.person_id.clone(),
            reason: raw.reason.get_ref().clone(),
            approved_by: raw.approved_by.get_ref().clone(),
            expires: self.date(&raw.expires)?,
            line: self.line(raw.rule.span().start),
        })
    }

    fn preset(&self, written: &Placed, kind: SourceKind) -> Result<std::sync::Arc<crate::presets::Preset>> {
        let ids: Vec<&str> = self.presets.all().iter().map(|p| p.id.as_str()).collect();
        let id = self.one_of(written, &ids, "preset")?;
        match self.presets.get(id) {
            Some(preset) if preset.kind == kind => Ok(preset.clone()),
            _ => Err(self.at(
                written,
                &format!("this preset is not one for {}", kind.word()),
                "change the kind of the source or its preset",
            )),
        }
    }

    pub(super) fn system(&self, written: &Placed, systems: &[System]) -> Result<SystemId> {
        let names: Vec<&str> = systems.iter().map(|s| s.name.as_str()).collect();
        let name = self.one_of(written, &names, "system")?;
        systems.iter().position(|s| s.name == name).and_then(id).ok_or_else(|| Error::fault("more than 65,535 systems"))
    }
}

/// Whose time of export nobody has confirmed, in a sentence for each way in which it was found.
fn unconfirmed(raw: &Raw) -> Vec<String> {
    let mut paths: BTreeMap<ExportedFrom, Vec<&str>> = BTreeMap::new();
    for source in raw.source.iter().map(Spanned::get_ref).filter(|s| s.kind == SourceKind::Accounts) {
        if let Some(from) = source.exported_at_from {
            paths.entry(from).or_default().push(source.path.get_ref());
        }
    }
    let told = |(from, paths): (ExportedFrom, Vec<&str>)| {
        format!("When these were exported is taken from {}, and nobody has confirmed it: {}.", from.words(), paths.join(", "))
    };
    paths.into_iter().map(told).collect()
}

fn id(place: usize) -> Option<SystemId> {
    u16::try_from(place).ok().map(SystemId)
}

/// `Acme 2026 Q3` → `acme-2026-q3`: letters and digits, everything else a single dash.
fn slug(name: &str) -> String {
    let spaced: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join("-")
}
