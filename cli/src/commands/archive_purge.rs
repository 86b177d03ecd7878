use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cloudauth_core::canonical_value;
use cloudauth_core::evidence::{PurgeAction, plan_purge};
use serde_json::json;

use crate::destination::Destination;
use crate::exit::{self, Failure};
use crate::output;
use crate::plain::plain;

/// Remove old archives that are whole and unchanged; without --yes, name them
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// Folder that the archives are in, or below
    folder: PathBuf,
    /// Age that an archive must have, in hours (h), days (d), weeks (w) or years (y), such as 180d
    #[arg(long, value_name = "TIME", value_parser = age)]
    older_than: Duration,
    /// Remove archives of that age that were begun and never finished, too
    #[arg(long)]
    interrupted: bool,
    /// Remove them
    #[arg(long)]
    yes: bool,
}

const HELP: &str = concat!(
    "purge prints one line of JSON for each archive: its folder, and the action. remove: it is whole, unchanged and old enough.
finish: an earlier purge was interrupted in it. interrupted: it was begun and never finished, and holds faces as well; it stays
without --interrupted, and another run of archive would complete it. keep_young: it is not old enough. keep_unverified: it is not whole, or was
changed, and stays whatever its age; with --yes, the exit code is then 1. keep_unreadable: the folder cannot be read. Nothing that is no archive is touched.

Examples:
  cloudauth archive purge archive --older-than 180d
  cloudauth archive purge archive --older-than 180d --yes
  cloudauth archive purge archive --older-than 30d --interrupted --yes

",
    exit::codes!()
);

/// No minutes: what is meant by `m` differs by a factor of 43,000.
fn age(text: &str) -> Result<Duration, String> {
    let rule = || "must be a number and h, d, w or y".to_owned();
    let unit = text.chars().last().filter(|unit| "hdwy".contains(*unit)).ok_or_else(rule)?;
    let number: u64 = text[..text.len() - unit.len_utf8()].parse().map_err(|_| rule())?;
    let hours = match unit {
        'h' => 1,
        'd' => 24,
        'w' => 7 * 24,
        _ => 365 * 24,
    };
    number.checked_mul(hours * 3600).map(Duration::from_secs).ok_or_else(rule)
}

/// A path that is mistyped must not look like one that holds nothing.
fn validate(path: &Path) -> Result<(), &'static str> {
    match path.metadata() {
        Ok(facts) if !facts.is_dir() => Err("is no folder"),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err("there is no such folder"),
        // That it cannot be read is no fault of the argument.
        _ => Ok(()),
    }
}

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let root = Destination::folder("FOLDER", &args.folder)?;
    if let Err(rule) = validate(&root) {
        return Err(Failure::usage("FOLDER", rule));
    }
    let (mut removed, mut kept, mut unverified, mut failed) = (0, 0, 0, None);
    for purge in plan_purge(root, args.older_than)? {
        let goes = match purge.action {
            PurgeAction::Remove | PurgeAction::Finish => true,
            PurgeAction::Interrupted => args.interrupted,
            _ => false,
        };
        unverified += u32::from(matches!(purge.action, PurgeAction::KeepUnverified | PurgeAction::KeepUnreadable));
        if purge.is_of_future {
            let folder = purge.folder.display();
            output::note(&plain(&format!(
                "cloudauth: {folder}: says that it was archived in the future, and stays; the clock may be off"
            )));
        }
        let outcome = if goes && args.yes { purge.run() } else { Ok(()) };
        let is_done = goes && args.yes && outcome.is_ok();
        *(if goes && outcome.is_ok() { &mut removed } else { &mut kept }) += 1;
        let line = json!({"folder": purge.folder.to_string_lossy(), "action": purge.action.name(), "done": is_done});
        output::emit(&(canonical_value(&line)? + "\n"))?;
        // One that cannot go does not keep the others.
        if let Err(error) = outcome {
            let failure = Failure::from(error);
            output::note(&failure.to_string());
            failed = Some(failure);
        }
    }
    let said = if args.yes {
        format!("removed {removed}, kept {kept}")
    } else {
        format!("--yes would remove {removed}, and keep {kept}")
    };
    output::note(&said);
    match failed {
        Some(failure) => Err(failure),
        None if args.yes && unverified > 0 => Ok(exit::NOT_PASSED),
        None => Ok(exit::DONE),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::age;

    #[test]
    fn an_age_has_a_unit_that_cannot_be_mistaken() {
        let hours = |text| age(text).map(|age| age.as_secs() / 3600);
        assert_eq!([hours("0d"), hours("36h"), hours("180d"), hours("2w"), hours("1y")], [0, 36, 4320, 336, 8760].map(Ok));
        for text in ["", "0", "1m", "1M", "1.5d", "-1d", "1 d", "d", "1month", "99999999999999999999d", "9999999999999999y"] {
            assert!(age(text).is_err(), "{text}");
        }
        assert_eq!(age("1h"), Ok(Duration::from_hours(1)));
    }
}
