//! Parse, run, exit code.

use std::process::ExitCode;

use clap::Parser;
use lastday::cli::{Cli, Command};
use lastday::commands::{Output, audit, check, diff, explain, init, leaver, pack, presets, roles, sample, verify};
use lastday::container::GUARDED;
use lastday::error::Error;
use ring::rand::{SecureRandom, SystemRandom};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let output = Output::new(cli.global);
    // What a library makes of damaged bytes is told as the damage that it is.
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(GUARDED) {
            told(panic);
        }
    }));
    let done = std::panic::catch_unwind(|| match &cli.command {
        Command::Audit(options) => audit::run(options, output),
        Command::Init(options) => init::run(options, output),
        Command::Check(options) => check::run(options, output),
        Command::Diff(options) => diff::run(options, output),
        Command::Leaver(options) => leaver::run(options, output),
        Command::Roles(options) => roles::run(options, output),
        Command::Sample(options) => sample::run(options, output),
        Command::Pack(options) => pack::run(options, output, chrono::Utc::now().into(), std::env::args().collect(), random),
        Command::Verify(options) => verify::run(options, output),
        Command::Presets(options) => presets::run(options, output),
        Command::Explain(options) => explain::run(options, output),
    })
    .unwrap_or_else(|_| Err(Error::fault("the program stopped where it should not")));
    let exit = done.unwrap_or_else(|error| {
        let exit = error.exit();
        output.error(&error);
        exit
    });
    ExitCode::from(exit as u8)
}

/// Bytes that nobody can guess: the one place where anything is left to chance.
fn random() -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_well_formed() {
        use clap::CommandFactory;
        super::Cli::command().debug_assert();
    }
}
