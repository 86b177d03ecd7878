//! Reading files that hold keys, or that say where they come from: never what anyone may have written.

use std::fs::Metadata;
use std::io;
use std::mem;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use zeroize::Zeroizing;

use crate::files::{Fault, Regular};

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
        let file = match Regular::open(path, LARGEST_CONFIG) {
            Err(Fault::Unreadable(reason)) if reason.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(|fault| fault.to_string())?,
        };
        let facts = file.facts.clone();
        if facts.mode() & OTHERS_WRITE != 0 {
            return Err("may be written by anyone on this machine, so it is not read; chmod 600 it".to_owned());
        }
        if facts.mode() & 0o044 != 0 {
            tracing::warn!(path = %path.display(), "a file of credentials may be read by others; chmod 600 it");
        }
        let text = text(file)?;
        Ok(Some(Self { text, doubt: doubt(&facts, path) }))
    }
}

/// An identity token, without the blanks around it: what is none, whatever file it is, is not sent to anyone. The error ends a sentence that begins with whose file it is.
pub(super) fn token(path: &Path) -> Result<Zeroizing<String>, String> {
    let text = text(Regular::open(path, LARGEST_TOKEN).map_err(|fault| fault.to_string())?)?;
    let token = text.trim();
    if token.is_empty() {
        return Err("is empty".to_owned());
    }
    if !is_jwt(token) {
        return Err("holds no token: it must be a JWT, three parts of base64url with points between".to_owned());
    }
    Ok(Zeroizing::new(token.to_owned()))
}

fn is_jwt(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(plain);
    text.split('.').count() == 3 && text.split('.').all(is_part)
}

fn text(file: Regular) -> Result<Zeroizing<String>, String> {
    let mut bytes = file.bytes().map_err(|fault| fault.to_string())?;
    match String::from_utf8(mem::take(&mut *bytes)) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(error) => {
            *bytes = error.into_bytes();
            Err("is not UTF-8".to_owned())
        }
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
        assert_eq!(token(Path::new("/dev/zero")).unwrap_err(), "is not a regular file");
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(token(folder.path()).unwrap_err(), "is not a regular file");
        let path = folder.path().join("token");
        assert_eq!(token(&path).unwrap_err(), "cannot be read (No such file or directory)");
        for (bytes, says) in
            [(&b" \n"[..], "is empty"), (b"\xff", "is not UTF-8"), (&[b'a'].repeat(65_537), "is larger than 64 KiB")]
        {
            fs::write(&path, bytes).unwrap();
            assert_eq!(token(&path).unwrap_err(), says);
        }
        // Finding B8
        for other in ["root:x:0:0:root:/root:/bin/sh", "a.b", "a.b.c.d", "a..c", "a.b c.d", "a.b=.c", "\u{e4}.b.c"] {
            fs::write(&path, other).unwrap();
            let refused = token(&path).unwrap_err();
            assert!(refused.starts_with("holds no token: it must be a JWT"), "{other}: {refused}");
        }
        fs::write(&path, "\n a.b.c\n").unwrap();
        assert_eq!(&**token(&path).unwrap(), "a.b.c");
    }
}
