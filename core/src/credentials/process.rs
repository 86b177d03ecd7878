//! Running a program for what it prints, within a time limit.

use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::net::unix::pipe::Receiver;
use zeroize::Zeroizing;

use crate::io_reason::IoReason;
use crate::runtime;

/// How often one looks whether a program that has closed its output has ended.
const PERIOD: Duration = Duration::from_millis(5);

/// Runs `argv`, without a shell, and gives what it printed, at most `cap` bytes. Its stderr is not looked at: it may repeat
/// secrets. A program that takes longer than `limit` is ended, with all that it started. The error ends a sentence that begins
/// with which program it is.
pub(super) async fn output(argv: Zeroizing<Vec<String>>, cap: usize, limit: Duration) -> Result<Zeroizing<Vec<u8>>, String> {
    let spawned = runtime::run(move || spawn(&argv)).await;
    let (mut running, stdout) = spawned.map_err(|_| "could not be started".to_owned())??;
    let whole = async {
        let printed = read(stdout, cap).await?;
        running.succeeded().await?;
        Ok(printed)
    };
    let late = |_| Err(format!("did not end within {} s", limit.as_secs_f32()));
    tokio::time::timeout(limit, whole).await.unwrap_or_else(late)
}

fn spawn(argv: &[String]) -> Result<(Running, OwnedFd), String> {
    let [program, arguments @ ..] = argv else { return Err("has no name".to_owned()) };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
    let child = command.spawn().map_err(|error| format!("could not be started ({})", IoReason::from(&error)))?;
    let mut running = Running(child);
    let stdout = running.0.stdout.take().ok_or("has no output")?;
    Ok((running, stdout.into()))
}

async fn read(stdout: OwnedFd, cap: usize) -> Result<Zeroizing<Vec<u8>>, String> {
    let lost = |error: io::Error| format!("cannot be listened to ({})", IoReason::from(&error));
    let pipe = Receiver::from_owned_fd(stdout).map_err(lost)?;
    // Of the full size from the start, so that no part is left behind where it grew.
    let mut printed = Zeroizing::new(vec![0; cap + 1]);
    let mut length = 0;
    loop {
        pipe.readable().await.map_err(lost)?;
        match pipe.try_read(&mut printed[length..]) {
            Ok(0) if length <= cap => {
                printed.truncate(length);
                return Ok(printed);
            }
            Ok(0) => return Err(format!("printed more than {} KiB", cap >> 10)),
            Ok(read) => length += read,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(lost(error)),
        }
    }
}

/// A program that is ended when this is dropped.
struct Running(Child);

impl Running {
    /// Waits for its end.
    async fn succeeded(&mut self) -> Result<(), String> {
        loop {
            match self.0.try_wait() {
                Ok(None) => tokio::time::sleep(PERIOD).await,
                Ok(Some(status)) if status.success() => return Ok(()),
                Ok(Some(status)) => {
                    return Err(status
                        .code()
                        .map_or("was ended by a signal".to_owned(), |code| format!("failed with exit code {code}")));
                }
                // A host that reaps all children itself knows how it ended; what it printed must do.
                Err(_) => return Ok(()),
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !matches!(self.0.try_wait(), Ok(None)) {
            return;
        }
        if let Ok(group) = i32::try_from(self.0.id()) {
            // SAFETY: a signal to the group that the program leads, which has not been waited for and so is still its own.
            unsafe { libc::kill(-group, libc::SIGKILL) };
        }
        let _ = self.0.wait();
    }
}
