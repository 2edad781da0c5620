//! Why a file is not recognised, and what it nearly is.

/// A file that has no known shape, or that cannot be read.
#[derive(Debug)]
pub enum Unknown {
    /// It cannot be read, for this reason.
    Broken(String),
    /// It can be read, and has no known shape.
    Shape {
        /// Its header names or keys.
        has: String,
        /// The nearest preset and what the file lacks for it.
        nearly: Option<(String, Vec<String>)>,
    },
}

impl Unknown {
    /// On one line: what is wrong with it, what it nearly is, or what it has.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Broken(why) => why.clone(),
            Self::Shape { nearly: Some((preset, missing)), .. } => {
                format!("nearly {preset}, but without: {}", missing.join(", "))
            }
            Self::Shape { has, .. } => format!("it has: {}", has.chars().take(200).collect::<String>()),
        }
        .replace(['\n', '\r'], " ")
    }
}
