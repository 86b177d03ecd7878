//! Keeps the library in memory once it is loaded.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        // The JVM unloads a library with the class loader that loaded it, and a thread of ours may be running in it.
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
