//! How many are to be drawn: so many, or as many as show a rate of deviations to be tolerable.

use crate::latency::statistics::zero_deviation_size;

/// The size that was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// So many.
    Count(usize),
    /// As many as show, where none of them deviates, that no more than `tolerable` percent of the population do.
    Attribute {
        /// In percent.
        confidence: f64,
        /// In percent.
        tolerable: f64,
    },
}

impl Size {
    /// The number; `None` where no sample shows it.
    #[must_use]
    pub fn number(self) -> Option<usize> {
        match self {
            Self::Count(count) => Some(count),
            Self::Attribute { confidence, tolerable } => {
                zero_deviation_size(tolerable / 100.0, confidence / 100.0).and_then(|size| usize::try_from(size).ok())
            }
        }
    }

    /// Where the number comes from, as a sentence.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Count(count) => format!("a sample of {count} was asked for"),
            Self::Attribute { confidence, tolerable } => format!(
                "{} leavers, if none of them deviates, show with {confidence} % confidence that at most {tolerable} % do \
                 (attribute sample, no deviation expected: the smallest n with (1 − {tolerable} %)^n ≤ 1 − {confidence} %)",
                self.number().unwrap_or_default()
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Size;

    #[test]
    fn confidence_and_tolerable_rate_give_the_sizes_of_the_audit_tables() {
        let sizes = |confidence| {
            [5.0, 6.0, 7.0, 8.0, 9.0, 10.0]
                .map(|tolerable| Size::Attribute { confidence, tolerable }.number().unwrap_or_default())
        };
        assert_eq!(sizes(95.0), [59, 49, 42, 36, 32, 29]);
        assert_eq!(sizes(90.0), [45, 38, 32, 28, 25, 22]);
        assert_eq!(Size::Attribute { confidence: 75.0, tolerable: 50.0 }.number(), Some(2), "0.5² is 0.25");
        assert_eq!(Size::Attribute { confidence: 100.0, tolerable: 5.0 }.number(), None);
    }
}
