//! Devices that people hold.

use crate::model::origin::Origin;

/// What became of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceStatus {
    /// Somebody has it.
    Held,
    /// It came back.
    Returned,
    /// It was wiped.
    Wiped,
    /// The list does not say, or says it in a word that is not known.
    Unknown,
}

impl DeviceStatus {
    /// The status that a canonical word names.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        let words = [(Self::Held, "held"), (Self::Returned, "returned"), (Self::Wiped, "wiped")];
        words.into_iter().find(|(_, w)| word.eq_ignore_ascii_case(w)).map_or(Self::Unknown, |(status, _)| status)
    }
}

/// One device.
#[derive(Clone, Debug)]
pub struct Device {
    /// Its number.
    pub device_id: String,
    /// The holder's number; empty where the list does not say.
    pub person_id: String,
    /// The holder's address; empty where the list does not say.
    pub email: String,
    /// What it is, as written.
    pub kind: String,
    /// What became of it.
    pub status: DeviceStatus,
    /// The row.
    pub origin: Origin,
}

impl Device {
    /// Whether the list gives it to anybody.
    #[must_use]
    pub fn is_given(&self) -> bool {
        !(self.person_id.is_empty() && self.email.is_empty())
    }
}
