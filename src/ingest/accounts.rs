//! Dumps of accounts: one [`Account`] for each `account_id` of a system, with what each dump says of it.

use hashbrown::DefaultHashBuilder;
use rayon::prelude::*;

use super::credentials;
use super::directory::Directory;
use super::holder::holder;
use super::ledger::{Fault, Ledger, Verdict};
use super::open;
use super::row::Row;
use super::table::Table;
use super::told::{self, Enterer, Teller};
use crate::case::{Case, Source};
use crate::error::Result;
use crate::model::account::{Account, AccountId, Accounts, Former, Further, Kind, Shown, Sighting, Status};
use crate::model::columns::SourceKind;
use crate::model::columns::accounts::{
    ACCOUNT_ID, CHANGED_AT, CREATED_AT, CREDENTIALS, DISABLED_AT, EMAIL, EXPIRES_AT, GRANTS, KIND, LAST_USED_AT, LOGIN, NAME,
    PERSON_ID, PRIVILEGED, STATUS,
};
use crate::model::index::{Key, KeyIndex, same};
use crate::model::instant::Instant;
use crate::model::names::Names;
use crate::model::origin::{FileId, Origin};
use crate::model::particulars;
use crate::model::system::{Snapshot, SystemId, Unread};
use crate::model::text::{Pool, Text};
use crate::presets::Presets;
use crate::time::{self, Moment};

/// All accounts, and the dumps that list them.
#[derive(Default)]
pub struct Listed {
    /// The accounts.
    pub accounts: Accounts,
    /// The dumps of each system, by [`SystemId`], oldest first.
    pub snapshots: Vec<Vec<Snapshot>>,
    /// The accounts of each system by their names, by [`SystemId`].
    pub directories: Vec<Directory>,
}

/// Reads all dumps, those of one system in the order of their time.
pub fn read(case: &Case, presets: &Presets, ledger: &mut Ledger) -> Result<Listed> {
    let mut sources: Vec<(SystemId, &Source)> =
        case.sources.iter().filter(|s| s.kind == SourceKind::Accounts).filter_map(|s| Some((s.system?, s))).collect();
    sources.sort_by_key(|(system, source)| (*system, source.exported_at));
    let mut reader = Reader::default();
    reader.listed.snapshots.resize_with(case.systems.len(), Vec::new);
    reader.listed.directories.resize_with(case.systems.len(), Directory::default);
    for (system, source) in sources {
        let Some(at) = source.exported_at else { continue };
        for (shown, path) in &source.files {
            let export = open::open(source, shown, path, presets, case.zone, ledger)?;
            let file = export.file;
            let snapshot = reader.snapshot(system, at, file);
            let keys = reader.listed.directories[usize::from(system.0)].keys();
            let rows = Rows { system, snapshot, keys, hasher: reader.hasher.clone() };
            told::each(export, ledger, &rows, &mut reader)?;
            let snapshot = &mut reader.listed.snapshots[usize::from(system.0)][usize::from(snapshot)];
            snapshot.accepted += ledger.file(file).accepted;
            snapshot.unread.absorb(std::mem::take(&mut ledger.file(file).unread));
        }
    }
    let Reader { mut listed, .. } = reader;
    let Listed { accounts, directories, .. } = &mut listed;
    // The accounts of a system lie side by side.
    directories.par_iter_mut().enumerate().for_each(|(system, directory)| {
        let from = accounts.rows.partition_point(|account| usize::from(account.system.0) < system);
        let its = accounts.rows[from..].iter().take_while(|account| usize::from(account.system.0) == system).count();
        let ids = (u32::try_from(from).unwrap_or(u32::MAX)..).take(its);
        directory.enter_names(ids.map(AccountId), accounts);
    });
    Ok(listed)
}

#[derive(Default)]
struct Reader {
    listed: Listed,
    /// A hash of the newest row of each account, to tell a repeated row from a contradicting one.
    contents: Vec<u64>,
    hasher: DefaultHashBuilder,
}

impl Reader {
    /// The snapshot of this time; the parts of one dump share it.
    fn snapshot(&mut self, system: SystemId, at: Instant, file: FileId) -> u16 {
        let snapshots = &mut self.listed.snapshots[usize::from(system.0)];
        if snapshots.last().is_none_or(|last| last.at != at) {
            snapshots.push(Snapshot { at, file, accepted: 0, unread: Unread::default() });
        }
        u16::try_from(snapshots.len() - 1).unwrap_or(u16::MAX)
    }
}

impl Enterer<ToldRow> for Reader {
    fn expect<'s>(&self, said: impl Iterator<Item = &'s ToldRow>) {
        let mut said = said.peekable();
        if let Some(first) = said.peek() {
            let directory = &self.listed.directories[usize::from(first.account.system.0)];
            directory.expect(&said.map(|told| told.key).collect::<Vec<_>>(), &self.listed.accounts);
        }
    }

    fn enter(&mut self, told: ToldRow, texts: &Pool, books: &mut Ledger) -> Verdict {
        let ToldRow { mut account, mut sighting, key, content, strange } = told;
        let directory = &mut self.listed.directories[usize::from(account.system.0)];
        let accounts = &mut self.listed.accounts;
        let names = Names::of(texts, account.names);
        let known = directory.with_id(names.account_id, key, accounts);
        if let Some(id) = known
            && let Some(newest) = accounts.get(id).newest().filter(|newest| newest.snapshot == sighting.snapshot)
        {
            if self.contents[id.0 as usize] == content {
                return Verdict::Duplicate;
            }
            let reason = format!("stands already in this dump, on line {}, with other values", newest.origin.line);
            return Verdict::Rejected(Fault { column: "account_id".to_owned(), value: names.account_id.to_owned(), reason });
        }
        for (column, strange) in strange {
            *books.file(sighting.origin.file).unknown_words.entry(format!("{column}: {strange}")).or_default() += 1;
        }
        // As a dump before named it, it is named once.
        let before = known.map(|id| accounts.get(id).names).filter(|before| Names::of(&accounts.pool, *before) == names);
        let pool = &mut accounts.pool;
        account.names = before.unwrap_or_else(|| Names::keep_again(pool, texts, account.names));
        for text in [&mut sighting.further.credentials, &mut sighting.grants] {
            *text = pool.keep(texts.get(*text));
        }
        let seen = accounts.keep(&sighting);
        account.shown = Some(Shown::Listed(seen));
        let Some(id) = known else {
            let id = AccountId(u32::try_from(accounts.rows.len()).unwrap_or(u32::MAX));
            accounts.rows.push(account);
            self.contents.push(content);
            directory.enter_id(id, key);
            return Verdict::Accepted;
        };
        let before = &accounts.rows[id.0 as usize];
        account.older = before.older;
        let were = accounts.names(before);
        let renamed = [(were.login, names.login), (were.email, names.email), (were.person_id, names.person_id)];
        // A key that one of the two dumps does not have tells nothing.
        let another = |old: &str, new: &str| !old.is_empty() && !new.is_empty() && !same(old, new);
        if renamed.into_iter().any(|(old, new)| another(old, new)) {
            accounts.former.push(Former { account: id, then: before.clone(), next: seen });
        }
        account.keep_older_creation(before.created_at, before.created_by);
        if let Some(newest) = before.newest() {
            accounts.older.push((newest, before.older));
            account.older = u32::try_from(accounts.older.len()).unwrap_or(u32::MAX);
        }
        accounts.rows[id.0 as usize] = account;
        self.contents[id.0 as usize] = content;
        Verdict::Accepted
    }
}

/// The rows of one dump, which can be read before it is known what stood in the rows before them.
struct Rows {
    system: SystemId,
    snapshot: u16,
    /// What makes keys of ids.
    keys: KeyIndex,
    hasher: DefaultHashBuilder,
}

/// What one row says.
struct ToldRow {
    account: Account,
    sighting: Sighting,
    /// The account's id as it is looked up.
    key: Key,
    /// A hash of all that the row says.
    content: u64,
    /// Words that are not known, with their columns.
    strange: Vec<(&'static str, String)>,
}

impl Teller for Rows {
    type Said = ToldRow;

    fn told(&self, table: &Table, row: &Row, origin: Origin, pool: &mut Pool) -> Result<ToldRow, Fault> {
        table.required(ACCOUNT_ID, row)?;
        let (created_at, created_by) = created(table, row)?;
        let last_used_at = table.instant(LAST_USED_AT, row)?;
        let disabled = table.moment(DISABLED_AT, row)?;
        let (expires_at, changed_at) = (latest(table, EXPIRES_AT, row)?, latest(table, CHANGED_AT, row)?);
        let word = |column: usize| table.text(column, row).filter(|text| !text.is_empty());
        let (status, strange) = known("status", word(STATUS), Status::from_word);
        let by_credentials = word(STATUS).is_none();
        let credentials = table.text(CREDENTIALS, row).unwrap_or_default();
        let own = status.unwrap_or(Status::Unknown);
        let (status, strange_credential) = credentials::status(own, &credentials);
        let strange_credential = strange_credential.map(|word| ("credentials", word));
        let (kind, strange_kind) = known("kind", word(KIND), Kind::from_word);
        let privileged = word(PRIVILEGED);
        let strange_privilege = privileged.as_deref().filter(|w| yes(w).is_none()).map(|w| ("privileged", w.to_owned()));
        let privileged = privileged.as_deref().and_then(yes);
        let (holder, unread) = holder(table, row)?;
        let content = told::content(table, row, &self.hasher);
        let mut sighting = Sighting {
            snapshot: self.snapshot,
            status,
            grants: Text::default(),
            last_used_at,
            origin,
            further: Further {
                by_credentials: by_credentials && !credentials.is_empty(),
                kept_open: own == Status::Disabled && status == Status::Active,
                disabled_on_a_day: matches!(disabled, Some(Moment::On(_))),
                disabled_at: disabled.map(|moment| match moment {
                    Moment::At(at) => at,
                    Moment::On(date) => time::day_start(date, table.zone),
                }),
                expires_at,
                changed_at,
                credentials: pool.keep(&credentials),
            },
        };
        let strange =
            [strange, strange_kind, strange_privilege, strange_credential].into_iter().flatten().chain(unread).collect();
        let text = |column: usize| table.text(column, row).unwrap_or_default();
        sighting.grants = pool.keep(&text(GRANTS));
        let names = Names {
            account_id: &text(ACCOUNT_ID),
            login: &text(LOGIN),
            email: &text(EMAIL),
            person_id: &text(PERSON_ID),
            name: &text(NAME),
            particulars: &particulars::pack(&holder),
        };
        let key = self.keys.key(names.account_id);
        let account = Account {
            names: names.keep(pool),
            created_at,
            created_by,
            shown: None,
            system: self.system,
            kind,
            privileged,
            older: 0,
        };
        Ok(ToldRow { account, sighting, key, content, strange })
    }
}

/// The last instant that a cell can mean, of a day its end: nothing lasts longer than that day, or was changed later.
pub(super) fn latest(table: &Table, column: usize, row: &Row) -> Result<Option<Instant>, Fault> {
    let moment = table.moment(column, row)?;
    Ok(moment.map(|moment| match moment {
        Moment::At(at) => at,
        Moment::On(date) => time::day_end(date, table.zone),
    }))
}

/// What a word stands for, or the column and the word where it is not known.
fn known<T>(
    column: &'static str,
    word: Option<std::borrow::Cow<str>>,
    read: impl Fn(&str) -> Option<T>,
) -> (Option<T>, Option<(&'static str, String)>) {
    match word {
        None => (None, None),
        Some(word) => match read(&word) {
            None => (None, Some((column, word.into_owned()))),
            meant => (meant, None),
        },
    }
}

/// When the account was made; of a date alone, the first and the last instant of the day.
fn created(table: &Table, row: &Row) -> Result<(Option<Instant>, Option<Instant>), Fault> {
    let span = table.moment(CREATED_AT, row)?.map(|moment| time::within(moment, table.zone));
    Ok((span.map(|(first, _)| first), span.filter(|(first, last)| first != last).map(|(_, last)| last)))
}

/// What a word for yes or no means.
pub(super) fn yes(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "1" => Some(true),
        "false" | "no" | "n" | "0" => Some(false),
        _ => None,
    }
}
