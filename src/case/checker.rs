//! Single values of the case file, checked; every complaint shows its place and the nearest known name.

use std::cell::RefCell;
use std::path::Path;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use miette::{NamedSource, SourceSpan};
use tempfile::TempPath;

use super::duration;
use super::raw::Placed;
use crate::error::{Error, Result};
use crate::model::instant::Instant;
use crate::presets::Presets;
use crate::presets::mapping::nearest;
use crate::time::{self, Moment};

/// What checking needs to know.
pub(super) struct Checker<'a> {
    /// The case file as it is shown.
    pub(super) shown: String,
    /// Its text.
    pub(super) text: &'a str,
    /// The case's folder.
    pub(super) dir: &'a Path,
    /// The known presets.
    pub(super) presets: &'a Presets,
    /// The known rules.
    pub(super) rules: &'a [&'a str],
    /// What was on standard input, once it was read.
    pub(super) standard_input: RefCell<Option<TempPath>>,
}

impl Checker<'_> {
    /// A time zone.
    pub(super) fn zone(&self, written: &Placed) -> Result<Tz> {
        written.get_ref().parse().map_err(|_| {
            let names = chrono_tz::TZ_VARIANTS.iter().map(|z| z.name());
            self.unknown(written, "time zone", nearest(written.get_ref(), names), "for example Europe/London")
        })
    }

    /// A duration, in seconds.
    pub(super) fn duration(&self, written: &Placed) -> Result<i64> {
        duration::seconds(written.get_ref())
            .ok_or_else(|| self.at(written, "this is no duration", "write \"1h\", \"15m\", \"45d\" or \"1h30m\""))
    }

    /// A clock time; `None` for the word that says that it is not known.
    pub(super) fn clock(&self, written: &Placed) -> Result<Option<NaiveTime>> {
        if written.get_ref() == "unknown" {
            return Ok(None);
        }
        NaiveTime::parse_from_str(written.get_ref(), "%H:%M").map(Some).map_err(|_| {
            self.at(written, "this is no clock time", "write \"18:00\", or \"unknown\" to keep the whole day as bounds")
        })
    }

    /// A date.
    pub(super) fn date(&self, written: &Placed) -> Result<NaiveDate> {
        NaiveDate::parse_from_str(written.get_ref(), "%Y-%m-%d")
            .map_err(|_| self.at(written, "this is no date", "write \"2026-12-31\""))
    }

    /// A date and time, in `zone` where it carries none.
    pub(super) fn instant(&self, written: &Placed, zone: Tz) -> Result<Instant> {
        match time::read(written.get_ref(), time::Reading::in_zone(zone)) {
            Ok(Some(Moment::At(at))) => Ok(at),
            _ => Err(self.at(written, "this is no date and time", "write \"2026-10-01T09:00:00Z\"")),
        }
    }

    /// One of the known names, with the nearest where it is none.
    pub(super) fn one_of<'n>(&self, written: &Placed, known: &[&'n str], what: &str) -> Result<&'n str> {
        known.iter().find(|name| **name == written.get_ref()).copied().ok_or_else(|| {
            let near = nearest(written.get_ref(), known.iter().copied());
            self.unknown(written, what, near, &format!("known are: {}", known.join(", ")))
        })
    }

    fn unknown(&self, written: &Placed, what: &str, near: Option<&str>, otherwise: &str) -> Box<Error> {
        let help = near.map_or_else(|| otherwise.to_owned(), |name| format!("did you mean \"{name}\"?"));
        self.at(written, &format!("\"{}\" is no known {what}", written.get_ref()), &help)
    }

    /// The line of a place in the file, counted from 1.
    pub(super) fn line(&self, at: usize) -> u32 {
        let before = self.text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count();
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }

    /// Something wrong at a place in the file.
    pub(super) fn at(&self, written: &Placed, message: &str, help: &str) -> Box<Error> {
        self.error(message.to_owned(), Some(help.to_owned()), Some(written.span().into()))
    }

    /// What the TOML parser did not like; for an unknown key, the nearest known one.
    pub(super) fn syntax(&self, error: &toml::de::Error) -> Box<Error> {
        let message = error.message().to_owned();
        let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
        let help = match names.split_first() {
            Some((written, known)) if message.starts_with("unknown") => {
                nearest(written, known.iter().copied()).map(|name| format!("did you mean `{name}`?"))
            }
            _ => None,
        };
        self.error(
            message.replace("unknown field", "unknown key").replace("unknown variant", "unknown word"),
            help,
            error.span().map(Into::into),
        )
    }

    /// Something wrong with the file.
    pub(super) fn error(&self, message: String, help: Option<String>, span: Option<SourceSpan>) -> Box<Error> {
        let source_code = NamedSource::new(&self.shown, self.text.to_owned());
        Box::new(Error::Case { message, help, source_code, span })
    }
}
