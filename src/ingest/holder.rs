//! What a row of a dump tells of an account and its holder beside name and address: cells in, texts for packing out.

use super::accounts::{latest, yes};
use super::ledger::Fault;
use super::row::Row;
use super::table::Table;
use crate::model::columns::accounts::{
    DEPARTMENT, FEDERATED_IDS, KEYS_CHANGED, LOCATION, MANAGER, MFA, OTHER_EMAILS, PASSWORD_CHANGED_AT, PHONE, ROLE, SPONSOR,
    START_AT,
};
use crate::model::particulars::Particular;
use crate::time::{self, Moment, Reading};

/// The texts of a row, in the order of [`Particular::ALL`].
type Texts = [String; Particular::ALL.len()];
/// A value that is not understood, with its column.
type Strange = (&'static str, String);

/// The texts, in the order of [`Particular::ALL`].
/// What cannot be read of passwords and keys costs no account: it is told with its column.
pub(super) fn holder(table: &Table, row: &Row) -> Result<(Texts, Vec<Strange>), Fault> {
    let text = |column: usize| table.text(column, row).map(std::borrow::Cow::into_owned).unwrap_or_default();
    let started = table.moment(START_AT, row)?.map(|moment| match moment {
        Moment::At(at) => at.to_chrono().with_timezone(&table.zone).date_naive(),
        Moment::On(date) => date,
    });
    let mut strange = Vec::new();
    let password = latest(table, PASSWORD_CHANGED_AT, row).unwrap_or_else(|fault| {
        strange.push(("password_changed_at", fault.value));
        None
    });
    let keys = keys(table, row).unwrap_or_else(|text| {
        strange.push(("keys_changed", text));
        String::new()
    });
    let mfa = table.text(MFA, row).and_then(|word| {
        let meant = yes(&word);
        if meant.is_none() {
            strange.push(("mfa", word.into_owned()));
        }
        meant
    });
    let told = [
        text(OTHER_EMAILS),
        text(FEDERATED_IDS),
        text(DEPARTMENT),
        text(ROLE),
        text(MANAGER),
        started.map(|date| date.to_string()).unwrap_or_default(),
        text(LOCATION),
        text(PHONE),
        text(SPONSOR),
        password.map(|at| at.seconds().to_string()).unwrap_or_default(),
        keys,
        mfa.map(|yes| yes.to_string()).unwrap_or_default(),
    ];
    Ok((told, strange))
}

/// The times in the list of keys; of a date alone, the day's end. The error is what cannot be read.
fn keys(table: &Table, row: &Row) -> Result<String, String> {
    let Some(list) = table.text(KEYS_CHANGED, row) else { return Ok(String::new()) };
    let mut times = Vec::new();
    for text in list.split(';').map(str::trim).filter(|text| !text.is_empty()) {
        let moment = time::read(text, Reading::in_zone(table.zone)).map_err(|_| text.to_owned())?;
        times.extend(moment.map(|moment| time::within(moment, table.zone).1.seconds().to_string()));
    }
    Ok(times.join(";"))
}
