//! The command line: global options and the list of commands.

use clap::{Args, Parser, Subcommand};

use crate::commands::{audit, check, diff, explain, init, leaver, pack, presets, roles, sample, verify};

/// When someone left, when did each of their accounts stop working, and which accounts belong to nobody?
#[derive(Parser)]
#[command(name = "lastday", version, max_term_width = 100, after_help = AFTER)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

const AFTER: &str = "\
Exit codes: 0 done; 1 --fail-on was reached, or verify or leaver found a failure; 2 wrong usage; 3 a case or input that cannot be used;
4 done, but rows were rejected or a source was missing; 70 a fault of the tool itself.";

/// Options of every command.
#[derive(Args, Clone, Copy)]
pub struct Global {
    /// Print results and errors only: no notes, no progress, no summary
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Print without colours
    #[arg(long, global = true, env = "NO_COLOR", value_parser = clap::builder::FalseyValueParser::new())]
    pub no_color: bool,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// Recognise the exports lying in a folder and write a case file that names them
    Init(init::Options),
    /// Read a case, link, measure, find and report: the main job
    Audit(audit::Options),
    /// Read every source and print what became of every row; analyse nothing
    Check(check::Options),
    /// Compare two results: findings that are new, resolved or still there
    Diff(diff::Options),
    /// Test one leaver, system by system
    Leaver(leaver::Options),
    /// Draw a reproducible sample of the period's leavers for testing
    Sample(sample::Options),
    /// Compare accounts with what their holders' roles should have, and propose templates of roles
    Roles(roles::Options),
    /// Seal a result as one evidence pack
    Pack(pack::Options),
    /// Prove that a pack is unaltered
    Verify(verify::Options),
    /// List the known export formats, or print one to copy from
    Presets(presets::Options),
    /// List the rules, or explain one: what it checks, why, and which controls ask for it
    Explain(explain::Options),
}
