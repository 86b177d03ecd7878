//! The thread that reads the folder of starts. Its file system may hang: nobody waits for this thread.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use super::message::Message;
use super::pulse::Pulse;
use super::spool;
use super::warnings::Warnings;
use crate::exit::Failure;
use crate::fetching::Clients;
use crate::stop::Stop;

/// How often the folder is looked at.
const PERIOD: Duration = Duration::from_secs(1);

/// What the thread works with.
pub(super) struct Intake {
    folder: PathBuf,
    clients: Arc<Clients>,
    keeper: Sender<Message>,
    stop: Stop,
    pulse: Pulse,
    warnings: Warnings,
}

impl Intake {
    /// Starts the thread, which gives the keeper what it finds.
    pub(super) fn start(folder: PathBuf, clients: Arc<Clients>, keeper: Sender<Message>, stop: Stop) -> Result<Pulse, Failure> {
        let pulse = Pulse::begin();
        let intake = Self { folder, clients, keeper, stop, pulse: pulse.clone(), warnings: Warnings::default() };
        let thread = thread::Builder::new().name("starts".to_owned()).spawn(move || intake.work());
        thread.map_err(|error| Failure::io("threads", &error))?;
        Ok(pulse)
    }

    fn work(mut self) {
        while !self.stop.is_asked() {
            if let Err(failure) = self.look() {
                self.warnings.warn(failure.message());
            }
            self.pulse.beat();
            thread::sleep(PERIOD);
        }
    }

    /// Takes in what other programs left.
    fn look(&mut self) -> Result<(), Failure> {
        let (mut paths, mut begun, mut trouble) = (Vec::new(), Vec::new(), None);
        for path in spool::files(&self.folder)? {
            self.pulse.beat();
            let rule = match spool::read(&path) {
                Ok(start) => match self.clients.validate(&start) {
                    Ok(Ok(())) => {
                        paths.push(path);
                        begun.push(start);
                        continue;
                    }
                    Ok(Err(rule)) => rule,
                    // It may be mended: the file stays.
                    Err(failure) => {
                        trouble = Some(failure);
                        continue;
                    }
                },
                Err(rule) => rule,
            };
            if let Err(failure) = spool::set_aside(&path, &rule) {
                trouble = Some(failure);
            }
        }
        let (reply, noted) = mpsc::sync_channel(1);
        let is_noted = begun.is_empty() || self.keeper.send(Message::Starts(begun, reply)).is_ok() && noted.recv().is_ok();
        if is_noted {
            for path in paths {
                // It is in the ledger; where it stays, it is taken for one that is known.
                let _ = fs::remove_file(path);
            }
        }
        trouble.map_or(Ok(()), Err)
    }
}
