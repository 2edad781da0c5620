//! What a column of a CSV file is in a sheet, by its name: a time, a duration, a number or a text.

/// How a column's cells are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Times in UTC, and dates.
    Time,
    /// Seconds that are never negative: a duration.
    Duration,
    /// Seconds that may be negative, which spreadsheets cannot show as durations: hours as a number.
    Hours,
    /// Whole numbers.
    Count,
    /// A SHA-256 in hex, which serves nobody in part.
    Hash,
    /// Anything else.
    Text,
}

impl Column {
    /// The kind of the column of this name.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "source_at" => Self::Text,
            name if name.ends_with("evidence_at") => Self::Text,
            "since" | "revoked_after" | "revoked_before" => Self::Time,
            "seconds_at_least" | "seconds_at_most" => Self::Hours,
            name if name.starts_with("latency_") => Self::Hours,
            "bytes"
            | "line"
            | "uses_after_departure"
            | "reactivations"
            | "changes_after_departure"
            | "match_score"
            | "population"
            | "passed"
            | "exceptions"
            | "waived"
            | "not_evaluable"
            | "shown"
            | "of"
            | "sample_no"
            | "position"
            | "position_in_stratum" => Self::Count,
            "departed_on" => Self::Time,
            "digest" | "sha256" => Self::Hash,
            name if ["_at", "_not_before", "_not_after"].iter().any(|end| name.ends_with(end)) => Self::Time,
            name if name.ends_with("_seconds") => Self::Duration,
            name if name.starts_with("rows_") => Self::Count,
            _ => Self::Text,
        }
    }

    /// The header of the column in a sheet, which names the unit that its cells have there.
    pub(super) fn header(self, name: &str) -> String {
        let stem = name.trim_end_matches("_seconds").trim_start_matches("seconds_");
        match self {
            Self::Hours => format!("{stem}_hours"),
            Self::Duration => format!("{stem} (h:mm:ss)"),
            Self::Time if name == "departed_on" => name.to_owned(),
            Self::Time => format!("{name} (UTC)"),
            Self::Count | Self::Hash | Self::Text => name.to_owned(),
        }
    }

    /// How many characters wide a cell is shown at most.
    pub(super) fn widest(self) -> f64 {
        match self {
            Self::Time => 20.0,
            Self::Duration | Self::Hours | Self::Count => 14.0,
            Self::Hash => 68.0,
            Self::Text => 48.0,
        }
    }
}
