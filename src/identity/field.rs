//! What is compared, and the levels of agreement of each: 0 is always "cannot be compared". Beside them what is assumed before
//! anything is learnt from a case.

use super::agreement::Grade;

/// A field of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The first given name, by [`Grade`].
    Given,
    /// The surname, by [`Grade`].
    Surname,
    /// The middle name, by [`Grade`].
    Middle,
    /// Which way round the name is: [`order`].
    Order,
    /// Logins and local parts of addresses: [`handle`].
    Handle,
    /// The domain of an address: [`attribute`].
    Domain,
    /// The department: [`attribute`].
    Department,
    /// The role: [`attribute`].
    Role,
    /// The place of work: [`attribute`].
    Location,
    /// The manager: [`attribute`].
    Manager,
    /// The telephone number: [`number`].
    Phone,
    /// The first day: [`start`].
    Start,
    /// When the account was made, beside the person's first day: [`created`].
    Created,
    /// A number that the account carries and nobody has: [`number`].
    Number,
}

/// How many fields there are.
pub const FIELDS: usize = 14;
/// The most levels that a field has, 0 included.
pub const LEVELS: usize = 9;

impl Field {
    /// All fields.
    pub const ALL: [Self; FIELDS] = [
        Self::Given,
        Self::Surname,
        Self::Middle,
        Self::Order,
        Self::Handle,
        Self::Domain,
        Self::Department,
        Self::Role,
        Self::Location,
        Self::Manager,
        Self::Phone,
        Self::Start,
        Self::Created,
        Self::Number,
    ];

    /// The word in `matches.csv`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Given => "given name",
            Self::Surname => "surname",
            Self::Middle => "middle name",
            Self::Order => "order of names",
            Self::Handle => "login",
            Self::Domain => "domain",
            Self::Department => "department",
            Self::Role => "role",
            Self::Location => "location",
            Self::Manager => "manager",
            Self::Phone => "phone",
            Self::Start => "start date",
            Self::Created => "creation date",
            Self::Number => "number",
        }
    }

    /// The level at which the values are the same, and count by how rare they are.
    #[must_use]
    pub fn by_frequency(self) -> Option<u8> {
        match self {
            Self::Given | Self::Surname => Some(Grade::Same as u8),
            Self::Domain | Self::Department | Self::Role | Self::Location => Some(attribute::SAME),
            _ => None,
        }
    }

    /// How far a level agrees, behind the field's word; nothing where the values are the same.
    #[must_use]
    pub fn how(self, level: u8) -> &'static str {
        const INITIAL: u8 = Grade::Initial as u8;
        const CLOSE: u8 = Grade::Close as u8;
        const RELATED: u8 = Grade::Related as u8;
        match (self, level) {
            (Self::Given | Self::Surname | Self::Middle, INITIAL) => " (initial)",
            (Self::Given | Self::Surname | Self::Middle, CLOSE) => " (spelling)",
            (Self::Given, RELATED) => " (short form)",
            (Self::Surname, RELATED) => " (one of two)",
            (Self::Handle, handle::BUILT) => " (built from the name)",
            (Self::Handle, handle::OTHER_NUMBER) => " (another number)",
            (Self::Handle, handle::CLOSE_OWN)
            | (Self::Department | Self::Role | Self::Location, attribute::CLOSE)
            | (Self::Start, start::NEAR | start::WRITTEN_CLOSE)
            | (Self::Phone | Self::Number, number::CLOSE) => " (nearly)",
            _ => "",
        }
    }

    /// From which level on the two agree, and up to which they contradict each other.
    #[must_use]
    pub fn verdict(self, level: u8) -> Option<bool> {
        let (differs, agrees) = match self {
            Self::Given | Self::Surname | Self::Middle => (Grade::Differs as u8, Grade::Initial as u8),
            Self::Handle => (handle::OTHER_NUMBER, handle::BUILT),
            Self::Order => return None,
            Self::Created => (created::LONG_BEFORE, created::NEAR),
            _ => (attribute::DIFFERS, attribute::CLOSE),
        };
        match level {
            0 => None,
            level if level >= agrees => Some(true),
            level if level <= differs => Some(false),
            _ => None,
        }
    }

    /// The assumed shares of the levels from 1 on: among accounts and their own person, among accounts and anybody.
    #[must_use]
    pub fn assumed(self) -> (&'static [f64], &'static [f64]) {
        match self {
            Self::Given => (&[0.02, 0.01, 0.03, 0.05, 0.04, 0.85], &[0.926, 0.05, 0.01, 0.003, 0.003, 0.008]),
            Self::Surname => (&[0.03, 0.01, 0.01, 0.06, 0.02, 0.87], &[0.946, 0.04, 0.005, 0.003, 0.001, 0.005]),
            Self::Middle => (&[0.05, 0.01, 0.25, 0.03, 0.01, 0.65], &[0.84, 0.03, 0.1, 0.01, 0.01, 0.01]),
            Self::Order => (&[0.98, 0.02], &[0.8, 0.2]),
            Self::Handle => {
                (&[0.25, 0.01, 0.02, 0.22, 0.3, 0.04, 0.1, 0.06], &[0.996, 0.001, 0.0005, 0.0005, 0.0005, 0.0005, 0.0005, 0.0005])
            }
            Self::Domain => (&[0.15, 0.0, 0.85], &[0.4, 0.0, 0.6]),
            Self::Department | Self::Role | Self::Location => (&[0.12, 0.08, 0.8], &[0.85, 0.02, 0.13]),
            Self::Manager => (&[0.1, 0.0, 0.9], &[0.95, 0.0, 0.05]),
            Self::Phone => (&[0.1, 0.05, 0.85], &[0.999, 0.0005, 0.0005]),
            Self::Start => (&[0.04, 0.02, 0.06, 0.88], &[0.955, 0.03, 0.013, 0.002]),
            Self::Created => (&[0.03, 0.05, 0.5, 0.42], &[0.4, 0.02, 0.56, 0.02]),
            Self::Number => (&[0.2, 0.2, 0.6], &[0.9985, 0.001, 0.0005]),
        }
    }

    /// The most that a level may speak for a link, as a factor, where it says again what the name says already.
    #[must_use]
    pub fn at_most(self, level: u8) -> f64 {
        match (self, level) {
            (Self::Handle, handle::BUILT | handle::CLOSE_PLAIN) => 1.0,
            (Self::Handle, handle::SAME_PLAIN) => 3.0,
            (Self::Handle, handle::SAME_NUMBERED) => 50.0,
            (Self::Handle, handle::OTHER_NUMBER) => 0.1,
            _ => f64::INFINITY,
        }
    }
}

/// Levels of [`Field::Order`].
#[allow(missing_docs, reason = "the names say it")]
pub mod order {
    pub const STRAIGHT: u8 = 1;
    pub const SWAPPED: u8 = 2;
}

/// Levels of [`Field::Handle`], the best last.
pub mod handle {
    /// None is like any of the person's.
    pub const DIFFERS: u8 = 1;
    /// The letters of one of the person's, with another number.
    pub const OTHER_NUMBER: u8 = 2;
    /// Nearly one of the person's, which is built from the name.
    pub const CLOSE_PLAIN: u8 = 3;
    /// Built from the person's name.
    pub const BUILT: u8 = 4;
    /// One of the person's, which is built from the name without a number.
    pub const SAME_PLAIN: u8 = 5;
    /// Nearly one of the person's, which says more than the name.
    pub const CLOSE_OWN: u8 = 6;
    /// One of the person's, built from the name and a number.
    pub const SAME_NUMBERED: u8 = 7;
    /// One of the person's, not built from the name.
    pub const SAME_OWN: u8 = 8;
}

/// Levels of fields that are a text.
#[allow(missing_docs, reason = "the names say it")]
pub mod attribute {
    pub const DIFFERS: u8 = 1;
    pub const CLOSE: u8 = 2;
    pub const SAME: u8 = 3;
}

/// Levels of fields that are a number.
#[allow(missing_docs, reason = "the names say it")]
pub mod number {
    pub const DIFFERS: u8 = 1;
    pub const CLOSE: u8 = 2;
    pub const SAME: u8 = 3;
}

/// Levels of [`Field::Start`].
#[allow(missing_docs, reason = "the names say it")]
pub mod start {
    pub const DIFFERS: u8 = 1;
    /// Within a month.
    pub const NEAR: u8 = 2;
    /// Two of year, month and day are the same, or day and month are exchanged.
    pub const WRITTEN_CLOSE: u8 = 3;
    pub const SAME: u8 = 4;
}

/// Levels of [`Field::Created`].
pub mod created {
    /// More than two months before the person's first day.
    pub const LONG_BEFORE: u8 = 1;
    /// Between two months and two weeks before it.
    pub const BEFORE: u8 = 2;
    /// Later than two weeks after it.
    pub const LATER: u8 = 3;
    /// Within two weeks of it.
    pub const NEAR: u8 = 4;
}
