//! The canonical columns, each named once, in the contract's order; behind them those of our own by which accounts are linked and judged. What every export is turned into.

/// What a source holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// The HR list.
    People,
    /// A dump of accounts.
    Accounts,
    /// What this tool, or another that acts on accounts, did, and what the systems answered.
    Receipts,
    /// An audit log.
    Events,
    /// Entitlements that accounts hold.
    Grants,
    /// Tickets for joiners, movers and leavers.
    Tickets,
    /// Checklists of on- and off-boarding.
    Checklists,
    /// Devices that people hold.
    Devices,
    /// What holders of a role should have.
    Roles,
    /// What analysts decided about the holders of accounts. Named in `[linking]`, not a `[[source]]` of its own.
    #[serde(skip)]
    Overrides,
}

impl SourceKind {
    /// All kinds of sources.
    pub const ALL: [Self; 9] = [
        Self::People,
        Self::Accounts,
        Self::Receipts,
        Self::Events,
        Self::Grants,
        Self::Tickets,
        Self::Checklists,
        Self::Devices,
        Self::Roles,
    ];

    /// The word in the case file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Accounts => "accounts",
            Self::Receipts => "receipts",
            Self::Events => "events",
            Self::Grants => "grants",
            Self::Tickets => "tickets",
            Self::Checklists => "checklists",
            Self::Devices => "devices",
            Self::Roles => "roles",
            Self::Overrides => "overrides",
        }
    }

    /// Whether a source of this kind is of one system.
    #[must_use]
    pub fn of_a_system(self) -> bool {
        matches!(self, Self::Accounts | Self::Events | Self::Grants)
    }

    /// The canonical columns of this kind, in the contract's order.
    #[must_use]
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::People => &PEOPLE,
            Self::Accounts => &ACCOUNTS,
            Self::Receipts => &RECEIPTS,
            Self::Events => &EVENTS,
            Self::Grants => &GRANTS,
            Self::Tickets => &TICKETS,
            Self::Checklists => &CHECKLISTS,
            Self::Devices => &DEVICES,
            Self::Roles => &ROLES,
            Self::Overrides => &OVERRIDES,
        }
    }

    /// Those that an export must have.
    #[must_use]
    pub fn required(self) -> &'static [&'static str] {
        match self {
            Self::People => &["person_id", "departs_at"],
            Self::Accounts => &["account_id"],
            Self::Receipts => &["receipt_id", "at", "system", "target", "action", "outcome"],
            Self::Events => &["at", "action", "target"],
            Self::Grants => &["target", "grant"],
            Self::Tickets => &["ticket_id"],
            Self::Checklists => &["step"],
            Self::Devices => &["device_id"],
            Self::Roles => &["role", "system"],
            Self::Overrides => &["system", "decision", "decided_by", "decided_at"],
        }
    }
}

/// Whether a canonical column holds times.
#[must_use]
pub fn is_time(column: &str) -> bool {
    column == "at" || column.ends_with("_at")
}

macro_rules! columns {
    ($list:ident: $($place:literal $constant:ident $name:literal),+ $(,)?) => {
        const $list: [&str; [$($name),+].len()] = [$($name),+];
        $(
            #[doc = concat!("The place of `", $name, "`.")]
            pub const $constant: usize = $place;
        )+
    };
}

/// Columns of a people list.
pub mod people {
    columns! { COLUMNS:
        0 PERSON_ID "person_id", 1 NAME "name", 2 EMAIL "email", 3 OTHER_EMAILS "other_emails", 4 LOGIN "login",
        5 WORKER_TYPE "worker_type", 6 DEPARTMENT "department", 7 ROLE "role", 8 MANAGER_ID "manager_id",
        9 START_AT "start_at", 10 DEPARTS_AT "departs_at", 11 RECORDED_AT "recorded_at", 12 NOTICE_AT "notice_at",
        13 CHANGED_AT "changed_at", 14 PREVIOUS_ROLE "previous_role",
        15 LOCATION "location", 16 PHONE "phone", 17 DEPARTURE_CAUSE "departure_cause",
        18 CONTRACT_ENDS_AT "contract_ends_at",
    }
    pub(super) const ALL: [&str; COLUMNS.len()] = COLUMNS;
}

/// Columns of a dump of accounts.
pub mod accounts {
    columns! { COLUMNS:
        0 ACCOUNT_ID "account_id", 1 LOGIN "login", 2 EMAIL "email", 3 NAME "name", 4 PERSON_ID "person_id", 5 KIND "kind",
        6 STATUS "status", 7 CREATED_AT "created_at", 8 LAST_USED_AT "last_used_at", 9 DISABLED_AT "disabled_at",
        10 EXPIRES_AT "expires_at", 11 PRIVILEGED "privileged", 12 GRANTS "grants", 13 CHANGED_AT "changed_at",
        14 CREDENTIALS "credentials", 15 OTHER_EMAILS "other_emails", 16 FEDERATED_IDS "federated_ids",
        17 DEPARTMENT "department", 18 ROLE "role", 19 MANAGER "manager", 20 START_AT "start_at", 21 LOCATION "location",
        22 PHONE "phone", 23 SPONSOR "sponsor", 24 PASSWORD_CHANGED_AT "password_changed_at",
        25 KEYS_CHANGED "keys_changed", 26 MFA "mfa",
    }
    pub(super) const ALL: [&str; COLUMNS.len()] = COLUMNS;
}

/// Columns of the override file.
pub mod overrides {
    columns! { COLUMNS:
        0 SYSTEM "system", 1 ACCOUNT_ID "account_id", 2 LOGIN "login", 3 DECISION "decision", 4 PERSON_ID "person_id", 5 KIND "kind",
        6 DECIDED_BY "decided_by", 7 DECIDED_AT "decided_at", 8 REASON "reason",
    }
    pub(super) const ALL: [&str; COLUMNS.len()] = COLUMNS;
}

/// Columns of an audit log.
pub mod events {
    columns! { COLUMNS:
        0 AT "at", 1 ACTION "action", 2 TARGET "target", 3 ACTOR "actor", 4 DETAIL "detail", 5 OUTCOME "outcome",
        6 EVENT_ID "event_id", 7 CREDENTIAL "credential",
    }
    pub(super) const ALL: [&str; COLUMNS.len()] = COLUMNS;
}

/// Columns of a list of receipts.
pub mod receipts {
    columns! { COLUMNS:
        0 RECEIPT_ID "receipt_id", 1 AT "at", 2 SYSTEM "system", 3 TARGET "target", 4 ACTION "action", 5 OUTCOME "outcome",
        6 ACTOR "actor", 7 DETAIL "detail", 8 CREDENTIAL "credential",
    }
    pub(super) const ALL: [&str; COLUMNS.len()] = COLUMNS;
}

/// Columns of a list of tickets.
pub mod tickets {
    columns! { COLUMNS:
        0 TICKET_ID "ticket_id", 1 PERSON_ID "person_id", 2 EMAIL "email", 3 KIND "kind", 4 OPENED_AT "opened_at",
        5 CLOSED_AT "closed_at", 6 STATUS "status", 7 ASSIGNEE "assignee",
    }
    pub(super) const ALL: [&str; COLUMNS.len()] = COLUMNS;
}

/// Columns of a list of grants.
pub mod grants {
    columns! { COLUMNS: 0 TARGET "target", 1 GRANT "grant", 2 GRANTED_AT "granted_at", 3 GRANTED_BY "granted_by", 4 ROTATED_AT "rotated_at" }
    pub(super) const ALL: [&str; COLUMNS.len()] = COLUMNS;
}

/// Columns of a checklist.
pub mod checklists {
    columns! { COLUMNS:
        0 PERSON_ID "person_id", 1 KIND "kind", 2 STEP "step", 3 RESPONSIBLE "responsible", 4 DUE_AT "due_at", 5 DONE_AT "done_at",
        6 DONE_BY "done_by",
    }
    pub(super) const ALL: [&str; COLUMNS.len()] = COLUMNS;
}

/// Columns of a list of devices.
pub mod devices {
    columns! { COLUMNS:
        0 DEVICE_ID "device_id", 1 PERSON_ID "person_id", 2 EMAIL "email", 3 TYPE "type", 4 STATUS "status", 5 RETURNED_AT "returned_at",
    }
    pub(super) const ALL: [&str; COLUMNS.len()] = COLUMNS;
}

/// Columns of role templates.
pub mod roles {
    columns! { COLUMNS: 0 ROLE "role", 1 SYSTEM "system", 2 GRANT "grant" }
    pub(super) const ALL: [&str; COLUMNS.len()] = COLUMNS;
}

const GRANTS: [&str; grants::ALL.len()] = grants::ALL;
const CHECKLISTS: [&str; checklists::ALL.len()] = checklists::ALL;
const DEVICES: [&str; devices::ALL.len()] = devices::ALL;
const ROLES: [&str; roles::ALL.len()] = roles::ALL;
const PEOPLE: [&str; people::ALL.len()] = people::ALL;
const ACCOUNTS: [&str; accounts::ALL.len()] = accounts::ALL;
const OVERRIDES: [&str; overrides::ALL.len()] = overrides::ALL;
const EVENTS: [&str; events::ALL.len()] = events::ALL;
const RECEIPTS: [&str; receipts::ALL.len()] = receipts::ALL;
const TICKETS: [&str; tickets::ALL.len()] = tickets::ALL;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_constant_is_the_place_of_its_column() {
        assert_eq!(SourceKind::People.columns()[people::PREVIOUS_ROLE], "previous_role");
        assert_eq!(SourceKind::People.columns()[people::DEPARTS_AT], "departs_at");
        assert_eq!(SourceKind::Accounts.columns()[accounts::GRANTS], "grants");
        assert_eq!(SourceKind::Accounts.columns()[accounts::CREDENTIALS], "credentials");
        assert_eq!(SourceKind::Accounts.columns()[accounts::STATUS], "status");
        assert_eq!(SourceKind::Events.columns()[events::EVENT_ID], "event_id");
        assert_eq!(SourceKind::Tickets.columns()[tickets::ASSIGNEE], "assignee");
    }
}
