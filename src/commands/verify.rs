//! `lastday verify PACK`: proves that a pack is unaltered, and on request that its result can be made again.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::{Output, OutputFormat, audit};
use crate::cli::Global;
use crate::error::{Error, Exit, Result};
use crate::evidence::earlier::{self, EARLIER, SUMMARY};
use crate::evidence::index::{CASE, Index, RESULT};
use crate::evidence::manifest::{self, Manifest, Sealed};
use crate::evidence::signature::public_key;
use crate::evidence::timestamp::{self, Stamped};
use crate::evidence::verify::{Proof, Signed, unpack, verify};
use crate::report::pdf;

/// Options of `verify`.
#[derive(Args)]
pub struct Options {
    /// The pack
    #[arg(value_name = "PACK")]
    pub pack: PathBuf,
    /// Check the signature by this public key: a file, or the key itself
    #[arg(long, value_name = "KEY")]
    pub public_key: Option<String>,
    /// The reply of a time-stamping authority over this pack; without it PACK.tsr, where that is there
    #[arg(long, value_name = "FILE")]
    pub tsa_reply: Option<PathBuf>,
    /// Check the time-stamp's signature by the certificate of this authority: PEM or DER
    #[arg(long, value_name = "FILE")]
    pub tsa_ca: Option<PathBuf>,
    /// Run the audit again from the packed exports and compare the results byte by byte
    #[arg(long)]
    pub rerun: bool,
    /// How it is printed
    #[arg(long, value_enum, default_value_t)]
    pub format: OutputFormat,
}

/// Runs the command.
pub fn run(options: &Options, output: Output) -> Result<Exit> {
    let key = options.public_key.as_deref().map(public_key).transpose()?;
    let authorities = options.tsa_ca.as_deref().map(timestamp::authorities).transpose()?.unwrap_or_default();
    let mut proof = verify(&options.pack, key.as_ref())?;
    let stamped = timestamp::prove(&options.pack, options.tsa_reply.as_deref(), &authorities)?;
    if let Stamped::Broken(why) = &stamped {
        proof.altered.push(format!("the time-stamp: {why}"));
    }
    let again = match &proof.index {
        Some(index) if options.rerun && proof.altered.is_empty() => Some(rerun(&options.pack, index)?),
        _ => None,
    };
    if let Some(Again::Differs(files)) = &again {
        proof.altered.extend(files.iter().map(|file| format!("{file}: the audit run again gives another one")));
    }
    output.result(&match options.format {
        OutputFormat::Text => text(options, &proof, &stamped, again.as_ref()),
        OutputFormat::Json => document(&proof, &stamped, again.as_ref())?,
    })?;
    Ok(if proof.altered.is_empty() && !matches!(again, Some(Again::Cannot(_))) { Exit::Done } else { Exit::Failed })
}

/// What running the audit again gave.
enum Again {
    /// The same bytes in every file.
    Same(usize),
    /// Other bytes in these.
    Differs(Vec<String>),
    /// It cannot be run, for this reason.
    Cannot(String),
}

fn rerun(pack: &Path, index: &Index) -> Result<Again> {
    let packed = |path: &str| index.files.iter().any(|f| f.path.strip_prefix(CASE) == Some(path));
    // A member of an archive is there where its archive is.
    let missing =
        |input: &&Sealed| !Path::new(&input.path).ancestors().skip(1).any(|archive| archive.to_str().is_some_and(packed));
    if let Some(input) = index.hash_only.iter().find(missing) {
        return Ok(Again::Cannot(format!("{} is in the pack by its hash alone", input.path)));
    }
    let summary = |path: &str| path.strip_prefix(EARLIER).is_some_and(|name| name.ends_with(SUMMARY));
    let earlier = index.files.iter().filter(|file| summary(&file.path)).count();
    if index.earlier && earlier == 0 {
        return Ok(Again::Cannot("its trend rests on earlier results, which are not in the pack".to_owned()));
    }
    let work = tempfile::tempdir().map_err(Error::fault)?;
    let (case, out) = (work.path().join("case"), work.path().join("result"));
    unpack(pack, CASE, &case)?;
    unpack(pack, EARLIER, &work.path().join(EARLIER))?;
    let holds = |name: &str| index.files.iter().any(|f| f.path.strip_prefix(RESULT) == Some(name));
    if holds("report.pdf") && !pdf::AVAILABLE {
        return Ok(Again::Cannot("it holds a report.pdf, and this tool was built without its typesetter".to_owned()));
    }
    let options = audit::Options {
        dir: case,
        out: Some(out.clone()),
        fail_on: None,
        earlier: earlier::unpacked(work.path(), earlier),
        no_population: !holds("accounts.csv"),
        no_pdf: !holds("report.pdf"),
        format: OutputFormat::Text,
    };
    audit::run(&options, Output::new(Global { quiet: true, no_color: true }))?;
    let text = std::fs::read(out.join(manifest::FILE)).map_err(|e| Error::reading(&out, e))?;
    let made = Manifest::parse(&text).ok_or_else(|| Error::fault("the audit wrote no manifest"))?;
    let packed = index.files.iter().filter_map(|f| Some((f.path.strip_prefix(RESULT)?, f.sha256.as_str())));
    let packed: BTreeSet<(&str, &str)> = packed.filter(|(path, _)| *path != manifest::FILE).collect();
    let made: BTreeSet<(&str, &str)> = made.outputs.iter().map(|f| (f.path.as_str(), f.sha256.as_str())).collect();
    let differing: BTreeSet<&str> = packed.symmetric_difference(&made).map(|(path, _)| *path).collect();
    if differing.is_empty() {
        return Ok(Again::Same(made.len()));
    }
    Ok(Again::Differs(differing.into_iter().map(|path| format!("{RESULT}{path}")).collect()))
}

fn text(options: &Options, proof: &Proof, stamped: &Stamped, again: Option<&Again>) -> String {
    let mut out = String::new();
    if let Some(index) = &proof.index {
        let _ = writeln!(out, "{}, as of {}", index.review, index.as_of);
        let _ = writeln!(out, "packed at {} by {}, with lastday {}", index.packed_at, index.packed_by, index.version);
    }
    if proof.index.as_ref().is_some_and(|index| index.redacted) {
        let _ = writeln!(out, "under pseudonyms: names, e-mail addresses and logins are replaced, and the exports are not in it");
    }
    let _ = match &proof.signed {
        Signed::No => writeln!(out, "not signed: whoever can write the file could have made it anew"),
        Signed::Unchecked => writeln!(out, "signed, and not checked: name the signer's --public-key"),
        Signed::By(comment) => writeln!(out, "signed by this key: {comment}"),
    };
    told(options, stamped, &mut out);
    let _ = writeln!(out, "{} files as they were sealed", proof.intact);
    let _ = match again {
        None => Ok(()),
        Some(Again::Same(files)) => writeln!(out, "the audit, run again from the packed exports, gives the same {files} files"),
        Some(Again::Differs(files)) => writeln!(out, "the audit, run again, gives {} other files", files.len()),
        Some(Again::Cannot(why)) => writeln!(out, "the audit cannot be run again: {why}"),
    };
    for sentence in &proof.altered {
        let _ = writeln!(out, "ALTERED  {sentence}");
    }
    let verdict = if proof.altered.is_empty() { "unaltered" } else { "ALTERED" };
    let _ = writeln!(out, "{}: {verdict}", options.pack.display());
    out
}

/// The time-stamp, with the command that proves it by other means.
fn told(options: &Options, stamped: &Stamped, out: &mut String) {
    let (at, file, by) = match stamped {
        Stamped::No => {
            let _ = writeln!(out, "not time-stamped: that it was packed then, only the pack itself says");
            return;
        }
        Stamped::Broken(_) => return,
        Stamped::Over { at, file, by } => (at, file, by),
    };
    let _ = match by {
        None => writeln!(out, "time-stamped at {at}; by whom is not checked: name the authority's --tsa-ca"),
        Some(by) => {
            writeln!(out, "time-stamped at {at} by {by}, for whom the authority vouched then (revocations are not looked up)")
        }
    };
    let authority = options.tsa_ca.as_deref().unwrap_or(Path::new("CA.pem")).display();
    let (pack, file, seconds) = (options.pack.display(), file.display(), at.seconds());
    let _ = writeln!(out, "  without lastday: openssl ts -verify -data {pack} -in {file} -CAfile {authority} -attime {seconds}");
}

fn document(proof: &Proof, stamped: &Stamped, again: Option<&Again>) -> Result<String> {
    let again = again.map(|again| match again {
        Again::Same(files) => json!({ "same": files }),
        Again::Differs(files) => json!({ "differing": files }),
        Again::Cannot(why) => json!({ "cannot": why }),
    });
    let signed = match &proof.signed {
        Signed::No => json!(null),
        Signed::Unchecked => json!({ "checked": false }),
        Signed::By(comment) => json!({ "checked": true, "comment": comment }),
    };
    let stamped = match stamped {
        Stamped::No => json!(null),
        Stamped::Broken(why) => json!({ "broken": why }),
        Stamped::Over { at, file, by } => {
            json!({ "at": at.to_string(), "file": file, "checked": by.is_some(), "by": by, "revocations": "not looked up" })
        }
    };
    let document = json!({
        "unaltered": proof.altered.is_empty(), "intact": proof.intact, "altered": proof.altered, "signature": signed,
        "timestamp": stamped, "rerun": again, "index": proof.index,
    });
    Ok(serde_json::to_string_pretty(&document).map_err(Error::fault)? + "\n")
}
