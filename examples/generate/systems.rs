//! The six characters of systems: what their dumps show and how their logs write.

use crate::times::{DAY, HOUR, LOG_END, Stamp, instant};

/// How logs are written.
#[derive(Clone, Copy, PartialEq)]
pub enum Log {
    Csv,
    /// The same, padded to a size that real ones have.
    Sized,
    /// NDJSON in a vendor's shape.
    Ndjson,
}

impl Log {
    pub fn ending(self) -> &'static str {
        if self == Self::Ndjson { "ndjson" } else { "csv" }
    }
}

#[derive(Clone, Copy, PartialEq)]
pub enum Shape {
    Directory,
    Mail,
    Wiki,
    Vpn,
    Tracker,
    Files,
}

pub struct System {
    pub number: i64,
    pub shape: Shape,
    pub name: String,
    pub snapshots: Vec<i64>,
    /// Seconds from departure to the latest revocation that the policy of this system allows.
    pub target: i64,
}

impl System {
    pub fn new(number: i64) -> Self {
        let export = |hour, minute| instant(2026, 10, 1, hour, minute);
        let (shape, name, snapshots, target) = match number % 6 {
            0 => (Shape::Directory, "Directory", vec![export(8, 30)], HOUR),
            1 => (Shape::Mail, "Mail", vec![instant(2026, 8, 20, 6, 0), export(8, 0)], HOUR),
            2 => (Shape::Wiki, "Wiki", vec![instant(2026, 9, 30, 17, 30)], HOUR),
            3 => (Shape::Vpn, "VPN", vec![export(8, 30)], 15 * 60),
            4 => (Shape::Tracker, "Tracker", vec![export(8, 30)], DAY),
            _ => (Shape::Files, "Files", vec![export(8, 15)], HOUR),
        };
        let name = if number < 6 { name.to_owned() } else { format!("{name}{}", number / 6 + 1) };
        Self { number, shape, name, snapshots, target }
    }

    pub fn file(&self, kind: &str, part: usize, ending: &str) -> String {
        format!("{kind}-{}-{part}.{ending}", self.name.to_lowercase())
    }

    pub fn export(&self) -> i64 {
        self.snapshots.last().copied().unwrap_or(LOG_END)
    }

    pub fn has_log(&self) -> bool {
        self.shape != Shape::Wiki
    }

    /// Whether a deleted account disappears from the dump instead of being shown as deleted. Only where the log names accounts by
    /// something that people have.
    pub fn forgets_deleted(&self) -> bool {
        matches!(self.shape, Shape::Mail | Shape::Vpn | Shape::Files)
    }

    pub fn account_id(&self, index: i64) -> String {
        let letter = match self.shape {
            Shape::Directory => 'D',
            Shape::Mail => 'M',
            Shape::Wiki => 'W',
            Shape::Vpn => 'V',
            Shape::Tracker => 'T',
            Shape::Files => 'F',
        };
        format!("{letter}{index:07}")
    }

    pub fn account_columns(&self, bounds: bool) -> &'static str {
        match self.shape {
            Shape::Directory => {
                "account_id,login,email,name,person_id,kind,status,created_at,last_used_at,disabled_at,privileged,grants"
            }
            Shape::Mail => "account_id,email,person_id,status,created_at",
            Shape::Wiki => "account_id,login,email,person_id,status,created_at,last_used_at",
            Shape::Vpn => "account_id,login,person_id,status,last_used_at",
            Shape::Tracker if bounds => "account_id,login,email,person_id,status,changed_at",
            Shape::Tracker => "account_id,login,email,person_id,status",
            Shape::Files => "account_id,email,status,last_used_at",
        }
    }

    pub fn event_columns(&self, log: Log) -> &'static str {
        match (self.shape, log == Log::Sized) {
            (Shape::Directory, false) => "at,action,target,outcome,event_id",
            (Shape::Directory, true) => "at,action,target,outcome,event_id,detail",
            (_, false) => "at,action,target,outcome",
            (_, true) => "at,action,target,outcome,detail",
        }
    }

    pub fn stamp(&self) -> Stamp {
        match self.shape {
            Shape::Vpn => Stamp::Offset(HOUR),
            Shape::Tracker => Stamp::London,
            _ => Stamp::Zulu,
        }
    }
}
