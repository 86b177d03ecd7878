//! Reading files that hold keys, or that say where they come from: never without a limit, and never what anyone may have
//! written.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use zeroize::Zeroizing;

const LARGEST_CONFIG: u64 = 1 << 20;
const LARGEST_TOKEN: u64 = 64 << 10;
/// Bits of a mode: others, and the group, may write; a folder in which only a file's owner may remove it.
const OTHERS_WRITE: u32 = 0o002;
const GROUP_WRITE: u32 = 0o020;
const STICKY: u32 = 0o1000;

/// A configuration file.
pub(super) struct Config {
    pub(super) text: Zeroizing<String>,
    /// Why it may not name a program to run; `None` where only its owner, who is this process's or root, can have written it.
    pub(super) doubt: Option<String>,
}

impl Config {
    /// `None` where there is no such file. The error ends a sentence that begins with the file's path.
    pub(super) fn read(path: &Path) -> Result<Option<Self>, String> {
        let mut file = match open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(|error| unreadable(&error))?,
        };
        let facts = file.metadata().map_err(|error| unreadable(&error))?;
        if facts.mode() & OTHERS_WRITE != 0 {
            return Err("may be written by anyone on this machine, so it is not read; chmod 600 it".to_owned());
        }
        if facts.mode() & 0o044 != 0 {
            tracing::warn!(path = %path.display(), "a file of credentials may be read by others; chmod 600 it");
        }
        let text = text(&mut file, &facts, LARGEST_CONFIG)?;
        Ok(Some(Self { text, doubt: doubt(&facts, path) }))
    }
}

/// A token, without the blanks around it. The error ends a sentence that begins with whose file it is.
pub(super) fn token(path: &Path) -> Result<Zeroizing<String>, String> {
    let mut file = open(path).map_err(|error| unreadable(&error))?;
    let facts = file.metadata().map_err(|error| unreadable(&error))?;
    let text = text(&mut file, &facts, LARGEST_TOKEN)?;
    let token = text.trim();
    if token.is_empty() { Err("is empty".to_owned()) } else { Ok(Zeroizing::new(token.to_owned())) }
}

/// A pipe that nobody writes to must not hold up its reader.
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK).open(path)
}

fn text(file: &mut File, facts: &Metadata, largest: u64) -> Result<Zeroizing<String>, String> {
    if !facts.is_file() {
        return Err("is not a file".to_owned());
    }
    if facts.len() > largest {
        return Err(format!("is larger than {} KiB", largest >> 10));
    }
    // Of the right size from the start, so that no part is left behind where a text grew.
    let mut text = Zeroizing::new(String::with_capacity(usize::try_from(facts.len()).unwrap_or_default() + 1));
    file.take(largest).read_to_string(&mut text).map_err(|error| unreadable(&error))?;
    Ok(text)
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::InvalidData => "is not UTF-8".to_owned(),
        kind => format!("cannot be read ({kind})"),
    }
}

/// Whether someone else may have written the file, or put it in another's place.
fn doubt(facts: &Metadata, path: &Path) -> Option<String> {
    // SAFETY: reads this process's own user id, which cannot fail.
    let me = unsafe { libc::geteuid() };
    if facts.uid() != me && facts.uid() != 0 {
        return Some("the file belongs to another user".to_owned());
    }
    if facts.mode() & GROUP_WRITE != 0 {
        return Some("the file's group may write to it; chmod 600 it".to_owned());
    }
    let folder = path.canonicalize().ok().and_then(|path| path.parent()?.metadata().ok());
    let Some(folder) = folder else { return Some("its folder cannot be looked at".to_owned()) };
    let open = folder.mode() & (OTHERS_WRITE | GROUP_WRITE) != 0 && folder.mode() & STICKY == 0;
    if open || folder.uid() != me && folder.uid() != 0 {
        return Some("others may write to the file's folder; chmod 700 it".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn what_others_may_write_is_not_read_or_runs_no_program() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config");
        assert!(Config::read(&path).unwrap().is_none());
        fs::write(&path, "text").unwrap();
        let doubt = |bits| {
            mode(&path, bits);
            Config::read(&path).map(|config| config.expect("it is there").doubt)
        };
        assert_eq!(doubt(0o600), Ok(None));
        assert_eq!(doubt(0o644), Ok(None));
        assert!(doubt(0o660).unwrap().unwrap().contains("group"));
        assert!(doubt(0o602).unwrap_err().contains("chmod 600"));
        mode(folder.path(), 0o777);
        assert!(doubt(0o600).unwrap().unwrap().contains("folder"));
        let link = tempfile::tempdir().unwrap();
        symlink(&path, link.path().join("config")).unwrap();
        let linked = Config::read(&link.path().join("config")).unwrap().unwrap();
        assert!(linked.doubt.unwrap().contains("folder"), "it is the file itself that counts");
    }

    #[test]
    fn no_file_is_read_without_end() {
        assert_eq!(token(Path::new("/dev/zero")).unwrap_err(), "is not a file");
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(token(folder.path()).unwrap_err(), "is not a file");
        let path = folder.path().join("token");
        assert_eq!(token(&path).unwrap_err(), "cannot be read (entity not found)");
        for (bytes, says) in
            [(&b" \n"[..], "is empty"), (b"\xff", "is not UTF-8"), (&[b'a'].repeat(65_537), "is larger than 64 KiB")]
        {
            fs::write(&path, bytes).unwrap();
            assert_eq!(token(&path).unwrap_err(), says);
        }
        fs::write(&path, "\n a.b.c\n").unwrap();
        assert_eq!(&**token(&path).unwrap(), "a.b.c");
    }
}
