//! What a time-stamp beside a pack proves.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use rustls_pki_types::CertificateDer;
use sha2::{Digest, Sha256};

use super::beside;
use super::token::Token;
use crate::error::{Error, Result};
use crate::model::instant::Instant;

/// The longest reply that is read, in bytes.
const LONGEST: u64 = 1 << 20;

/// What is known of a pack's time-stamp.
#[derive(Debug, Default)]
pub enum Stamped {
    /// There is none.
    #[default]
    No,
    /// There is one, and it is not what it should be: why.
    Broken(String),
    /// It is over this pack.
    Over {
        /// When it was given (UTC).
        at: Instant,
        /// The file with the reply.
        file: PathBuf,
        /// Who gave it, where an authority vouches for that; `None` where none was named.
        by: Option<String>,
    },
}

/// The SHA-256 of a file.
pub fn digest(path: &Path) -> Result<[u8; 32]> {
    let told = |e| Error::reading(path, e);
    let mut file = BufReader::new(File::open(path).map_err(told)?);
    let mut hash = Sha256::new();
    let mut chunk = vec![0; 1 << 18];
    loop {
        match file.read(&mut chunk).map_err(told)? {
            0 => return Ok(hash.finalize().into()),
            read => hash.update(&chunk[..read]),
        }
    }
}

/// Reads the reply over a pack, in the file that is named or beside it, and holds it against the pack and the authorities.
pub fn prove(pack: &Path, reply: Option<&Path>, authorities: &[CertificateDer]) -> Result<Stamped> {
    let file = reply.map_or_else(|| beside(pack), Path::to_owned);
    if reply.is_none() && !file.is_file() {
        let none = "there is none, and an authority was given to check it by".to_owned();
        return Ok(if authorities.is_empty() { Stamped::No } else { Stamped::Broken(none) });
    }
    let mut bytes = Vec::new();
    let opened = File::open(&file).map_err(|e| Error::reading(&file, e))?;
    opened.take(LONGEST).read_to_end(&mut bytes).map_err(|e| Error::reading(&file, e))?;
    let token = match Token::read(&bytes) {
        Ok(token) => token,
        Err(why) => return Ok(Stamped::Broken(format!("{} cannot be read: {why}", file.display()))),
    };
    if !token.covers(&digest(pack)?) {
        return Ok(Stamped::Broken(format!("{} is not over these bytes", file.display())));
    }
    let at = token.at;
    if authorities.is_empty() {
        return Ok(Stamped::Over { at, file, by: None });
    }
    Ok(match token.signed_by(authorities) {
        Ok(by) => Stamped::Over { at, file, by: Some(by) },
        Err(why) => Stamped::Broken(format!("{} does not prove its time: {why}", file.display())),
    })
}
