//! `lastday verify PACK`: proves that a pack is unaltered, and on request that its result can be made again.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::{Output, OutputFormat, audit};
use crate::cli::Global;
use crate::error::{Error, Exit, Result};
use crate::evidence::index::{CASE, Index, RESULT};
use crate::evidence::manifest::{self, Manifest, Sealed};
use crate::evidence::signature::public_key;
use crate::evidence::verify::{Proof, Signed, unpack_case, verify};

/// Options of `verify`.
#[derive(Args)]
pub struct Options {
    /// The pack
    #[arg(value_name = "PACK")]
    pub pack: PathBuf,
    /// Check the signature by this public key: a file, or the key itself
    #[arg(long, value_name = "KEY")]
    pub public_key: Option<String>,
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
    let mut proof = verify(&options.pack, key.as_ref())?;
    let again = match &proof.index {
        Some(index) if options.rerun && proof.altered.is_empty() => Some(rerun(&options.pack, index)?),
        _ => None,
    };
    if let Some(Again::Differs(files)) = &again {
        proof.altered.extend(files.iter().map(|file| format!("{file}: the audit run again gives another one")));
    }
    output.result(&match options.format {
        OutputFormat::Text => text(options, &proof, again.as_ref()),
        OutputFormat::Json => document(&proof, again.as_ref())?,
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
    if index.earlier {
        return Ok(Again::Cannot("its trend rests on earlier results, which are not in the pack".to_owned()));
    }
    let work = tempfile::tempdir().map_err(Error::fault)?;
    let (case, out) = (work.path().join("case"), work.path().join("result"));
    unpack_case(pack, &case)?;
    let population = index.files.iter().any(|f| f.path == format!("{RESULT}accounts.csv"));
    let options = audit::Options {
        dir: case,
        out: Some(out.clone()),
        fail_on: None,
        earlier: Vec::new(),
        no_population: !population,
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

fn text(options: &Options, proof: &Proof, again: Option<&Again>) -> String {
    let mut out = String::new();
    if let Some(index) = &proof.index {
        let _ = writeln!(out, "{}, as of {}", index.review, index.as_of);
        let _ = writeln!(out, "packed at {} by {}, with lastday {}", index.packed_at, index.packed_by, index.version);
    }
    let _ = match &proof.signed {
        Signed::No => writeln!(out, "not signed: whoever can write the file could have made it anew"),
        Signed::Unchecked => writeln!(out, "signed, and not checked: name the signer's --public-key"),
        Signed::By(comment) => writeln!(out, "signed by this key: {comment}"),
    };
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

fn document(proof: &Proof, again: Option<&Again>) -> Result<String> {
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
    let document = json!({
        "unaltered": proof.altered.is_empty(), "intact": proof.intact, "altered": proof.altered, "signature": signed,
        "rerun": again, "index": proof.index,
    });
    Ok(serde_json::to_string_pretty(&document).map_err(Error::fault)? + "\n")
}
