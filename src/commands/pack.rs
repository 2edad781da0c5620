//! `lastday pack REPORT`: seals a result as one evidence pack.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Output, OutputFormat, audit, file};
use crate::cli::Global;
use crate::error::{Error, Exit, Result};
use crate::evidence::index::Packing;
use crate::evidence::pack::{self, Request, Sign};
use crate::evidence::{earlier, signature, timestamp};
use crate::model::instant::{Instant, Moment};
use crate::redact::Key;
use crate::time::{self, Reading};

/// Options of `pack`.
#[derive(Args)]
pub struct Options {
    /// The result: a folder that audit wrote
    #[arg(value_name = "REPORT")]
    pub report: PathBuf,
    /// The folder of the case that it was made from
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub case: PathBuf,
    /// The pack; without it REPORT.zip
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Leave the exports out: their hashes alone
    #[arg(long)]
    pub no_inputs: bool,
    /// An earlier result that the trend of this one rests on; may be given several times
    #[arg(long, value_name = "DIR")]
    pub earlier: Vec<PathBuf>,
    /// Replace names, e-mail addresses and logins by pseudonyms, the key to which is kept in this file; the exports stay out
    #[arg(long, value_name = "KEYFILE")]
    pub redact: Option<PathBuf>,
    /// Sign with this secret key of minisign; its password, if any, is read from `LASTDAY_KEY_PASSWORD`
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Have the pack time-stamped by this authority (RFC 3161); its reply goes beside the pack, as FILE.tsr
    #[arg(long, value_name = "URL")]
    pub tsa: Option<String>,
    /// Write the query for a time-stamp of the pack, to be sent by other means
    #[arg(long, value_name = "FILE")]
    pub tsa_query: Option<PathBuf>,
    /// Who packs
    #[arg(long, value_name = "NAME", env = "USER", default_value = "not stated", hide_env_values = true)]
    pub by: String,
    /// When it was packed, where that is not now: 2026-10-01T10:00:00Z
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
}

/// Thirty-two bytes that nobody can guess, where the system gives any.
pub type Random = fn() -> Option<[u8; 32]>;

/// Runs the command. `now` is the time at which it was started, `command` its command line.
pub fn run(options: &Options, output: Output, now: Instant, command: Vec<String>, random: Random) -> Result<Exit> {
    let out = options.out.clone().unwrap_or_else(|| beside(&options.report));
    let at = options.at.as_deref().map(stated).transpose()?.unwrap_or(now);
    let comment = format!("packed at {at} by {}", options.by);
    let password = std::env::var("LASTDAY_KEY_PASSWORD").ok();
    let signing = options.key.as_ref().map(|key| move |text: &str| signature::sign(text, key, password.clone(), &comment));
    let stale = timestamp::beside(&out);
    if stale.exists() && !out.exists() {
        let message = "the time-stamp of another pack lies here";
        return Err(Error::input(stale.display().to_string(), message, "move it away, or name another pack with --out"));
    }
    let redacted = options.redact.as_ref().map(|key| redacted(options, key, random)).transpose()?;
    let result = redacted.as_ref().map(|folder| folder.path().join("result"));
    let request = Request {
        result: result.as_ref().unwrap_or(&options.report),
        case: &options.case,
        inputs: !options.no_inputs && redacted.is_none(),
        earlier: if redacted.is_none() { &options.earlier } else { &[] },
        redacted: redacted.is_some(),
        packing: Packing { at: at.to_string(), by: options.by.clone(), command },
        sign: signing.as_ref().map(|sign| sign as &Sign),
    };
    let index = pack::pack(&request, &out)?;
    let signed = if options.key.is_some() { ", signed" } else { "" };
    let under = if index.redacted { ", under pseudonyms" } else { "" };
    output.result(&format!("{}: {} files sealed{under}{signed}\n", out.display(), index.files.len()))?;
    if let Some(key) = &options.redact {
        output.note(&format!(
            "the key to the pseudonyms is in {}: keep it apart from the pack, and the exports too",
            key.display()
        ));
    }
    if index.earlier && options.earlier.is_empty() {
        output.note("by their hashes alone: the earlier results of its trend (--earlier packs their figures too)");
    }
    for input in &index.hash_only {
        output.note(&format!("by its hash alone: {}", input.path));
    }
    stamp(options, &out, output)
}

/// Makes the result again under pseudonyms, in a folder of its own, once it is sure that it and its case are as they were; and writes the key.
fn redacted(options: &Options, key_file: &Path, random: Random) -> Result<tempfile::TempDir> {
    let shown = || options.report.display().to_string();
    let manifest = pack::checked(&options.report, &options.case)?;
    let earlier = earlier::matched(&manifest, &options.earlier)?;
    if earlier.len() < manifest.earlier.len() {
        let paths: Vec<&str> = manifest.earlier.iter().map(|earlier| earlier.path.as_str()).collect();
        return Err(earlier::missing(&paths));
    }
    if manifest.version != env!("CARGO_PKG_VERSION") {
        let message = format!("it was made by lastday {}, and another version may find something else", manifest.version);
        return Err(Error::input(shown(), message, "run the audit again, and pack that result"));
    }
    let key = match Key::read(key_file)? {
        Some(key) => key,
        None => Key::new(&random().ok_or_else(|| Error::fault("the system gives no random bytes"))?),
    };
    file::writable(key_file, "no key can be written here")?;
    let folder = tempfile::tempdir().map_err(Error::fault)?;
    let holds = |name: &str| manifest.outputs.iter().any(|output| output.path == name);
    let again = audit::Options {
        dir: options.case.clone(),
        out: Some(folder.path().join("result")),
        fail_on: None,
        earlier,
        no_population: !holds("accounts.csv"),
        no_pdf: !holds("report.pdf"),
        format: OutputFormat::Text,
    };
    let (_, key) = audit::made(&again, Output::new(Global { quiet: true, no_color: true }), Some(key))?;
    let key = key.ok_or_else(|| Error::fault("the key to the pseudonyms was lost"))?;
    // A temporary file is its owner's alone, and so is what it becomes.
    file::replace(key_file, key.json()?)?;
    Ok(folder)
}

/// Asks for a time-stamp over the pack, or writes the query for one. A pack that could not be stamped is a pack none the less.
fn stamp(options: &Options, pack: &Path, output: Output) -> Result<Exit> {
    if options.tsa.is_none() && options.tsa_query.is_none() {
        return Ok(Exit::Done);
    }
    let (digest, reply) = (timestamp::digest(pack)?, timestamp::beside(pack));
    if let Some(query) = &options.tsa_query {
        file::replace(query, timestamp::query(&digest))?;
        let (query, reply) = (query.display(), reply.display());
        output.note(&format!(
            "the query is in {query}; put the reply beside the pack:\n  curl -sf -H 'Content-Type: application/timestamp-query' \
             --data-binary '@{query}' -o '{reply}' URL"
        ));
    }
    let Some(url) = &options.tsa else { return Ok(Exit::Done) };
    match timestamp::ask(url, &digest) {
        Ok((bytes, token)) => {
            file::replace(&reply, bytes)?;
            output.result(&format!("{}: time-stamped at {}\n", reply.display(), token.at))?;
            Ok(Exit::Done)
        }
        Err(error) => {
            output.error(&error);
            output.note("incomplete: the pack is sealed, and not time-stamped");
            Ok(Exit::Incomplete)
        }
    }
}

/// `reports/acme-2026-q3` → `reports/acme-2026-q3.zip`
fn beside(report: &Path) -> PathBuf {
    let absolute = std::path::absolute(report).unwrap_or_else(|_| report.to_owned());
    let mut name = absolute.file_name().unwrap_or_default().to_os_string();
    name.push(".zip");
    report.parent().filter(|p| !p.as_os_str().is_empty()).map_or_else(|| PathBuf::from(&name), |folder| folder.join(&name))
}

fn stated(text: &str) -> Result<Instant> {
    match time::read(text, Reading::in_zone(chrono_tz::Tz::UTC)) {
        Ok(Some(Moment::At(at))) => Ok(at),
        _ => Err(Error::input(text, "this is no date and time", "write --at 2026-10-01T10:00:00Z")),
    }
}
