//! The page for people, in a real browser where there is one.

use std::path::PathBuf;
use std::process::Command;

use cloudauth_emulator::{Emulator, Options};

/// A Chromium on the path.
fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome"];
    std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name))).find(|file| file.is_file())
}

#[test]
fn a_browser_shows_the_scenarios_and_recent_calls() {
    let Some(browser) = browser() else {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "CI must have Chromium: none of its names is on the PATH");
        eprintln!("not tried: there is no Chromium on the PATH");
        return;
    };
    let emulator = Emulator::start(Options::default()).unwrap();
    // A call of any kind; an unsigned one will do.
    let address = emulator.endpoint().strip_prefix("http://").unwrap();
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let request =
        "POST /?Action=CheckResult&Version=2022-08-09 HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
    std::io::Read::read_to_end(&mut stream, &mut Vec::new()).unwrap();
    assert_eq!(emulator.calls().len(), 1);

    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        // Long enough for the page to fetch its calls once by itself.
        .args(["--virtual-time-budget=5000", "--dump-dom", emulator.endpoint()])
        .output()
        .unwrap();
    let page = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for id in ["ekycpro200", "faceliveness233", "idocr212", "faceverification204", "errorThrottlingApi", "pending3"] {
        assert!(page.contains(&format!("data-copy=\"{id}\"")), "{id} is missing");
    }
    assert!(page.contains(emulator.endpoint()) && page.contains("cloudauth check ekycpro200"));
    let rows = page.split("<tbody id=\"calls\">").nth(1).and_then(|rest| rest.split("</tbody>").next()).unwrap();
    assert!(rows.contains("CheckResult") && rows.contains("IncompleteSignature") && rows.contains(">400<"), "{rows}");
    assert_eq!(emulator.calls().len(), 1, "looking at the page is not a call");
}
