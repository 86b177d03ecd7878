use std::path::PathBuf;
use std::time::Duration;

use cloudauth_core::canonical_value;
use cloudauth_core::evidence::{PurgeAction, plan_purge};
use serde_json::json;

use crate::exit::{self, Failure};
use crate::output;

/// Remove old archives that are whole and unchanged; without --yes, say which they are
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// Folder that the archives are in, or below
    folder: PathBuf,
    /// Age that an archive must have, such as 180d or "26weeks 2days"
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration)]
    older_than: Duration,
    /// Remove them
    #[arg(long)]
    yes: bool,
}

const HELP: &str = concat!(
    "Each archive is printed as one line of JSON: its folder, and what is done with it. remove: it is whole, unchanged and old enough.
finish: an earlier purge was interrupted in it. keep_young: it is not old enough. keep_unverified: it is not whole, or was
changed, and stays whatever its age. Nothing that is no archive is touched.

Examples:
  cloudauth archive purge archive --older-than 180d
  cloudauth archive purge archive --older-than 180d --yes

",
    exit::codes!()
);

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let (mut removed, mut kept) = (0, 0);
    for purge in plan_purge(&args.folder, args.older_than)? {
        let goes = matches!(purge.action, PurgeAction::Remove | PurgeAction::Finish);
        if goes && args.yes {
            purge.run()?;
        }
        *(if goes { &mut removed } else { &mut kept }) += 1;
        let line = json!({"folder": purge.folder.to_string_lossy(), "action": purge.action.name(), "done": goes && args.yes});
        output::emit(&(canonical_value(&line)? + "\n"))?;
    }
    let said = if args.yes {
        format!("removed {removed}, kept {kept}")
    } else {
        format!("--yes would remove {removed}, and keep {kept}")
    };
    output::note(&said);
    Ok(exit::DONE)
}
