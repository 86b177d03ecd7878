//! A Redis of the test's own.

use std::fmt::Write as _;
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
    options: Vec<String>,
    _folder: tempfile::TempDir,
}

impl Server {
    /// `None` where there is no `redis-server`; `tests/needs.sh` says so then.
    pub(crate) fn start(options: &[&str]) -> Option<Self> {
        let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its number").port();
        let folder = tempfile::tempdir().expect("a folder");
        let mut all: Vec<String> =
            ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir"].map(str::to_owned).to_vec();
        all.push(folder.path().display().to_string());
        all.extend(options.iter().map(|option| (*option).to_owned()));
        let child = match launch(free, &all) {
            Ok(child) => child,
            Err(error) if error.kind() == ErrorKind::NotFound && std::env::var_os("CI").is_none() => {
                println!("skipped: this needs redis-server");
                return None;
            }
            Err(error) => panic!("redis-server: {error}"),
        };
        let server = Self { child, port: free, options: all, _folder: folder };
        server.wait();
        Some(server)
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    pub(crate) fn restart(&mut self) {
        self.child = launch(self.port, &self.options).expect("it started before");
        self.wait();
    }

    pub(crate) fn signal(&self, signal: &str) {
        let status = Command::new("kill").args([signal, &self.child.id().to_string()]).status().expect("kill");
        assert!(status.success());
    }

    fn wait(&self) {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(20), "redis-server does not listen");
            sleep(Duration::from_millis(10));
        }
    }

    /// Runs a command on a connection of its own, and gives the reply as it came.
    pub(crate) fn command(&self, parts: &[&str]) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        let mut text = format!("*{}\r\n", parts.len());
        for part in parts {
            write!(text, "${}\r\n{part}\r\n", part.len()).expect("a text");
        }
        stream.write_all(text.as_bytes()).expect("it reads");
        let mut reply = [0; 4096];
        let length = stream.read(&mut reply).expect("it replies");
        String::from_utf8_lossy(&reply[..length]).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn launch(port: u16, options: &[String]) -> std::io::Result<Child> {
    Command::new("redis-server").arg("--port").arg(port.to_string()).args(options).stdout(Stdio::null()).spawn()
}
