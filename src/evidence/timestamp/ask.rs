//! Asks a TSA over HTTP: RFC 3161, section 3.4.

use std::time::Duration;

use super::query;
use super::token::Token;
use crate::error::{Error, Result};

/// How long the TSA may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest reply that is taken, in bytes.
const LONGEST: u64 = 1 << 20;

/// The reply of the TSA at this address over a SHA-256, as it came, and what it says. Refused where it is not over this hash.
pub fn ask(url: &str, sha256: &[u8; 32]) -> Result<(Vec<u8>, Token)> {
    let help = "ask again, name another TSA, or write the query with --tsa-query and send it by other means";
    let failed = |why: String| Error::input(url, why, help);
    let agent: ureq::Agent = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).build().into();
    let request =
        agent.post(url).header("Content-Type", "application/timestamp-query").header("Accept", "application/timestamp-reply");
    let mut response =
        request.send(&query(sha256)[..]).map_err(|e| failed(format!("the time-stamping authority does not answer: {e}")))?;
    let reply = response.body_mut().with_config().limit(LONGEST).read_to_vec();
    let reply = reply.map_err(|e| failed(format!("the reply broke off: {e}")))?;
    let token = Token::read(&reply).map_err(|why| failed(format!("this is no time-stamp: {why}")))?;
    if !token.covers(sha256) {
        return Err(failed("the time-stamp is over something else".to_owned()));
    }
    Ok((reply, token))
}
