//! Where a command prints: results to standard output, notes to standard error. A closed pipe is the end, not a fault.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use miette::{GraphicalReportHandler, GraphicalTheme};

use crate::cli::Global;
use crate::error::{Error, Exit, Result};

/// Standard output and standard error, as the global options want them.
#[derive(Clone, Copy)]
pub struct Output {
    quiet: bool,
    colour: bool,
}

impl Output {
    /// By the global options; colours only on a terminal.
    #[must_use]
    pub fn new(global: Global) -> Self {
        Self { quiet: global.quiet, colour: !global.no_color && std::io::stdout().is_terminal() }
    }

    /// Whether colours are wanted.
    #[must_use]
    pub fn colour(self) -> bool {
        self.colour
    }

    /// A bar that counts bytes up to `total`: on a terminal only, and only for what takes longer than a second.
    #[must_use]
    pub fn progress(self, total: u64) -> ProgressBar {
        if self.quiet || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        if let Ok(style) =
            ProgressStyle::with_template("reading {bar:32} {bytes} of {total_bytes}, {binary_bytes_per_sec}, {eta} left")
        {
            bar.set_style(style);
        }
        let shown_later = bar.downgrade();
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_secs(1));
            if let Some(bar) = shown_later.upgrade().filter(|bar| !bar.is_finished()) {
                bar.set_draw_target(ProgressDrawTarget::stderr());
            }
        });
        bar
    }

    /// Prints a summary for people of what was written to files; nothing under `--quiet`.
    pub fn summary(self, text: &str) -> Result<()> {
        if self.quiet { Ok(()) } else { self.result(text) }
    }

    /// Prints a result.
    pub fn result(self, text: &str) -> Result<()> {
        let mut out = std::io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(Error::writing(std::path::Path::new("standard output"), e))
            }
            _ => Ok(()),
        }
    }

    /// Says what was not read, and what that makes of the exit code. `rejects`: where the reasons of rejected rows are.
    pub fn read(self, missing: &[String], rejected: u64, rejects: &str) -> Exit {
        for path in missing {
            self.note(&format!("incomplete: no file was found for the source {path}"));
        }
        if rejected > 0 {
            self.note(&format!("incomplete: {rejected} rows were rejected, each with its reason in {rejects}"));
        }
        if rejected > 0 || !missing.is_empty() { Exit::Incomplete } else { Exit::Done }
    }

    /// Prints an error with the place it concerns and the next step, also under `--quiet`.
    pub fn error(self, error: &Error) {
        let theme =
            if self.colour && std::io::stderr().is_terminal() { GraphicalTheme::unicode() } else { GraphicalTheme::none() };
        let mut text = String::new();
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false).with_width(100);
        if handler.render_report(&mut text, error).is_err() {
            text = error.to_string();
        }
        let _ = writeln!(std::io::stderr(), "error:{}", text.trim_end());
    }

    /// Prints a note.
    pub fn note(self, text: &str) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr(), "{text}");
        }
    }
}
