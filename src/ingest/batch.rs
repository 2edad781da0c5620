//! Events on their way from the threads that read logs to the one that keeps what matters: how little of each is handed over.

use super::events::Keeper;
use crate::model::account::AccountId;
use crate::model::bits::Bits;
use crate::model::event::{Action, Event, Named, Success};
use crate::model::instant::Instant;
use crate::model::origin::{FileId, Origin};
use crate::model::system::SystemId;

/// Events of a batch that there is room for from the beginning.
const EVENTS: usize = 4_096;

/// Events of one log that follow each other.
pub(super) struct Batch {
    system: SystemId,
    pub(super) file: FileId,
    /// Of all of them, once [`Self::put_aside`] has been told which accounts are watched.
    pub(super) fingerprints: Vec<u128>,
    /// Those of which nothing else counts than that an account was used.
    uses: Vec<Used>,
    /// The others, and their text.
    pub(super) rows: Vec<Parsed>,
    text: String,
}

/// A successful sign-in to an account that is not watched.
struct Used {
    account: AccountId,
    line: u32,
    at: Instant,
}

/// An event; its texts are told by their places in the text of the batch.
pub(super) struct Parsed {
    pub(super) at: Instant,
    pub(super) action: Action,
    pub(super) success: Success,
    pub(super) fingerprint: u128,
    pub(super) line: u32,
    pub(super) named: Named,
    pub(super) by_itself: bool,
    pub(super) by_automation: bool,
    pub(super) target: (u32, u32),
    /// Of a grant given or taken away and of a credential made or revoked.
    pub(super) detail: (u32, u32),
    /// What kind of credential that is.
    pub(super) credential: (u32, u32),
}

impl Batch {
    /// A batch without events.
    pub(super) fn of(system: SystemId, file: FileId) -> Self {
        let (text, rows) = (String::with_capacity(32 * EVENTS), Vec::with_capacity(EVENTS));
        Self { system, file, fingerprints: Vec::new(), uses: Vec::new(), rows, text }
    }

    /// Keeps a text; its place.
    pub(super) fn keep(&mut self, text: &str) -> (u32, u32) {
        let start = self.text.len();
        self.text.push_str(text);
        let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
        (place(start), place(self.text.len()))
    }

    /// The text at a place.
    pub(super) fn get(&self, (from, to): (u32, u32)) -> &str {
        self.text.get(from as usize..to as usize).unwrap_or_default()
    }

    /// Puts by themselves the events of which little is to be told.
    pub(super) fn put_aside(&mut self, watched: &Bits) {
        let Self { rows, uses, fingerprints, .. } = self;
        fingerprints.extend(rows.iter().map(|row| row.fingerprint));
        uses.reserve(rows.len());
        rows.retain(|row| {
            let used = row.action == Action::SignedIn && row.success == Success::Yes;
            let account = row.named.one().filter(|account| used && !watched.has(account.0));
            uses.extend(account.map(|account| Used { account, line: row.line, at: row.at }));
            account.is_none()
        });
        // They may wait to be taken.
        rows.shrink_to_fit();
    }

    /// Hands all of them to who keeps what matters.
    pub(super) fn hand_to(&self, keeper: &mut impl Keeper) {
        let origin = |line| Origin { file: self.file, line };
        let of_rows = self.rows.iter().filter_map(|row| row.named.one());
        keeper.expect(self.uses.iter().map(|used| used.account).chain(of_rows));
        for Used { account, line, at } in &self.uses {
            keeper.used(self.system, *account, *at, origin(*line));
        }
        for row in &self.rows {
            let Parsed { at, action, named, success, by_itself, by_automation, fingerprint, .. } = *row;
            let [target, detail, credential] = [row.target, row.detail, row.credential].map(|place| self.get(place));
            let event = Event {
                at,
                action,
                target,
                named,
                detail,
                credential,
                by_itself,
                by_automation,
                success,
                receipt: false,
                fingerprint,
            };
            keeper.take(self.system, &event, origin(row.line));
        }
    }
}
