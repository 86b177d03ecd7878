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
    std::fs::create_dir_all(folder)?;

    let client = Client::builder().build_blocking()?;
    let result = client.check_result(&CheckResultRequest::new("example", transaction).return_image(true))?;

    if let Some(image) = result.face.as_ref().and_then(|face| face.image.as_ref()) {
        file(&folder.join(format!("face.{}", image.format.extension())), &image.bytes)?;
    }
    // Pages are numbered here: their names are the service's, and make no safe file names.
    for (index, page) in result.document.iter().flat_map(|document| document.pages.values()).enumerate() {
        if let Some(image) = &page.image {
            let name = format!("document-{:02}.{}", index + 1, image.format.extension());
            file(&folder.join(name), &image.bytes)?;
        }
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
