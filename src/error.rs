//! What can go wrong, with the next step for the user; and the one table of exit codes.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

/// The result of everything that can fail.
pub type Result<T, E = Box<Error>> = std::result::Result<T, E>;

/// How the program ends. The contract fixes the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// A finding reached `--fail-on`.
    Failed = 1,
    /// Wrong usage.
    Usage = 2,
    /// A case or an input that cannot be used.
    Unusable = 3,
    /// Done, but rows were rejected or a source was missing.
    Incomplete = 4,
    /// A fault of the tool itself.
    Fault = 70,
}

/// What can go wrong.
#[derive(Debug, Error, Diagnostic)]
pub enum Error {
    /// There is no case file.
    #[error("{} is not a case: it has no lastday.toml", dir.display())]
    #[diagnostic(help("name a folder that holds a lastday.toml; samples/acme of the source code is one to copy from"))]
    NoCase {
        /// The folder that was named.
        dir: PathBuf,
    },

    /// Something in the case file is wrong; the place is shown.
    #[error("{message}")]
    Case {
        /// What is wrong.
        message: String,
        /// What to do.
        #[help]
        help: Option<String>,
        /// The case file.
        #[source_code]
        source_code: NamedSource<String>,
        /// The place in it.
        #[label("here")]
        span: Option<SourceSpan>,
    },

    /// An export cannot be used as a whole.
    #[error("{file}: {message}")]
    Input {
        /// The file, as the case names it.
        file: String,
        /// What is wrong.
        message: String,
        /// What to do.
        #[help]
        help: Option<String>,
    },

    /// Reading or writing failed.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
        /// What to do.
        #[help]
        help: Option<String>,
    },

    /// The folder for the results is not ours to replace.
    #[error("{} is not empty and is no earlier result of lastday", dir.display())]
    #[diagnostic(help("name an empty or new folder with --out; nothing was written"))]
    OutputTaken {
        /// The folder.
        dir: PathBuf,
    },

    /// A part of the tool did not work, which is our fault.
    #[error("{what}")]
    #[diagnostic(help("this is a fault of lastday, not of your case; please report it with this message"))]
    Fault {
        /// What did not work.
        what: String,
    },
}

impl Error {
    /// An input that cannot be used, with the next step.
    pub fn input(file: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Box<Self> {
        Box::new(Self::Input { file: file.into(), message: message.into(), help: Some(help.into()) })
    }

    /// A failed read.
    pub fn reading(path: &Path, source: std::io::Error) -> Box<Self> {
        let help = match source.kind() {
            ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::UnexpectedEof => {
                "it is damaged or was cut off: export or copy it again"
            }
            ErrorKind::Unsupported => "export it again in a plainer form",
            _ => "check the path and that you may read it",
        };
        Box::new(Self::Io { path: path.to_owned(), source, help: Some(help.into()) })
    }

    /// A failed write.
    pub fn writing(path: &Path, source: std::io::Error) -> Box<Self> {
        let help = "check that the folder can be written to, or name another with --out; nothing half-written is left behind";
        Box::new(Self::Io { path: path.to_owned(), source, help: Some(help.into()) })
    }

    /// A temporary file that could not be written or read back.
    pub fn temporary(source: std::io::Error) -> Box<Self> {
        let help = "temporary files need room there; make some, or name another folder in the variable TMPDIR";
        Box::new(Self::Io { path: std::env::temp_dir(), source, help: Some(help.into()) })
    }

    /// A fault of ours.
    pub fn fault(what: impl std::fmt::Display) -> Box<Self> {
        Box::new(Self::Fault { what: what.to_string() })
    }

    /// How the program ends on this error.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::NoCase { .. } | Self::Case { .. } | Self::Input { .. } | Self::Io { .. } | Self::OutputTaken { .. } => {
                Exit::Unusable
            }
            Self::Fault { .. } => Exit::Fault,
        }
    }
}
