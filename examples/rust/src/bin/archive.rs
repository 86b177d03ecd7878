//! A result and its pictures, filed: `archive TRANSACTION DIR`. The environment says where to call, and the keys.

use std::error::Error;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use cloudauth_core::{CheckResultRequest, Client, canonical_json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(transaction), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: archive TRANSACTION DIR".into());
    };
    let folder = Path::new(&folder);

    let client = Client::builder().build_blocking()?;
    let result = client.check_result(&CheckResultRequest::new("example", transaction).return_image(true))?;

    for path in result.save_images(folder)? {
        println!("wrote {}", path.display());
    }
    file(&folder.join("result.json"), canonical_json(&result)?.as_bytes())?;
    Ok(())
}

/// Writes a new file that only its owner can read.
fn file(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?.write_all(bytes)?;
    println!("wrote {}", path.display());
    Ok(())
}
