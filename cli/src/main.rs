//! `cloudauth`: results of Alibaba Cloud ID Verification, from a shell.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(cloudauth_cli::run(std::env::args_os()))
}
