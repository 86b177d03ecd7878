use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use cloudauth_core::evidence::{ArchiveReport, verify_archive};
use serde_json::Value;

use crate::exit::{self, Failure};
use crate::folder::Folder;
use crate::readable_archive::ReadableArchive;
use crate::report::{self, Record, Source};
use crate::{input, output};

const LARGEST_FILE: u64 = 256 << 20;
const RESULT: &str = "result.json";
const RECEIPT: &str = "receipt.json";
/// Of a run: a line for each verification.
const RESULTS: &str = "results.jsonl";
const ARCHIVE: [&str; 3] = ["manifest.json", "draft.json", "removed.json"];

/// Make a page of HTML to look at a result, an archive or a run of many
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// A result as JSON, a reply of CheckResult, the folder or URL of an archive, or the folder of a run; - reads a result from stdin
    path: PathBuf,
    /// Where the page goes, in the place of any file of that name (mode 0600); - writes to stdout
    #[arg(long, short, value_name = "FILE", default_value = "report.html")]
    out: PathBuf,
    /// Put names, numbers and pictures into the page, blurred until they are clicked
    #[arg(long)]
    show: bool,
}

const HELP: &str = concat!(
    "The page is one file that runs no script and asks for nothing. Without --show, no name, number or picture is in it.
An archive is verified first, and the page says what differs; what was changed is not shown.

Examples:
  cloudauth report archive/ --out report.html
  cloudauth check hksb7ba1b28130d24e015d694361bee4 --biz order1 --format json | cloudauth report -
  cloudauth report archive/ --show
  cloudauth report s3://evidence/order-17

",
    exit::codes!()
);

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    if input::is_stdin(&args.out) {
        output::emit(&html(&args.path, args.show)?)?;
    } else {
        let written = write(&args.path, &args.out, args.show)?;
        output::note(&format!("wrote {}", written.display()));
    }
    Ok(exit::DONE)
}

/// Writes the report of what is at `path` to the file `to`; gives the file's path.
pub(super) fn write(path: &Path, to: &Path, show: bool) -> Result<PathBuf, Failure> {
    let name = to.file_name().and_then(OsStr::to_str).ok_or_else(|| Failure::usage("--out", "must name a file"))?;
    let folder = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if is_archive(folder) {
        return Err(Failure::usage("--out", "must not be in an archive, which would not verify with another file in it"));
    }
    let html = html(path, show)?;
    Folder::open(folder)?.put(name, html.as_bytes())
}

fn html(path: &Path, show: bool) -> Result<String, Failure> {
    let readable = ReadableArchive::open("PATH", path)?;
    let path = readable.folder();
    if input::is_stdin(path) || !path.is_dir() {
        return Ok(report::result(Source::read(&input::read(path, LARGEST_FILE)?)?, show));
    }
    let results = path.join(RESULTS);
    if results.is_file() {
        return of_run(&results, show);
    }
    if !is_archive(path) {
        let rule = "must be an archive's folder, with its manifest.json, or that of a run, with its results.jsonl";
        return Err(Failure::usage(readable.shown(), rule));
    }
    let found = verify_archive(path)?;
    let source = archived(path, &found, show)?;
    let receipt = receipt(path, &found)?;
    Ok(report::archive(&found, source, receipt.as_ref(), show))
}

fn of_run(results: &Path, show: bool) -> Result<String, Failure> {
    let failed = |error| Failure::io(results.display(), &error);
    let (mut records, mut unread) = (Vec::new(), 0);
    for line in BufReader::new(File::open(results).map_err(failed)?).split(b'\n') {
        match Record::read(&String::from_utf8_lossy(&line.map_err(failed)?)) {
            Some(record) => records.push(record),
            None => unread += 1,
        }
    }
    Ok(report::run(&records, unread, show))
}

fn is_archive(folder: &Path) -> bool {
    ARCHIVE.iter().any(|name| folder.join(name).symlink_metadata().is_ok())
}

/// The result in an archive, with its pictures where they are shown; only of files that are as they were written.
fn archived(folder: &Path, found: &ArchiveReport, show: bool) -> Result<Option<Source>, Failure> {
    let Some(manifest) = &found.manifest else { return Ok(None) };
    let is_good = |name: &str| manifest.files.contains_key(name) && has_no_problem(found, name);
    if !is_good(RESULT) {
        return Ok(None);
    }
    let read = |name: &str| input::read(&folder.join(name), LARGEST_FILE);
    let source = Source::read(&read(RESULT)?)?;
    let is_picture = |name: &String| name.starts_with("face.") || name.starts_with("document");
    let pictures = manifest.files.keys().filter(|name| show && is_picture(name) && is_good(name));
    let pictures = pictures.map(|name| Ok((name.clone(), read(name)?))).collect::<Result<Vec<_>, Failure>>()?;
    Ok(Some(source.with_pictures(pictures)))
}

/// What was deleted at the service, if the archive has a receipt that verifies.
fn receipt(folder: &Path, found: &ArchiveReport) -> Result<Option<Value>, Failure> {
    let path = folder.join(RECEIPT);
    if path.symlink_metadata().is_err() || found.manifest.is_none() || !has_no_problem(found, RECEIPT) {
        return Ok(None);
    }
    Ok(serde_json::from_slice(&input::read(&path, LARGEST_FILE)?).ok())
}

fn has_no_problem(found: &ArchiveReport, name: &str) -> bool {
    found.problems.iter().all(|problem| problem.file != name)
}
