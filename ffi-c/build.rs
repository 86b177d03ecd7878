//! What the dynamic linker is to know of the shared library.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        // The number is that of `cloudauth_abi_version`.
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libcloudauth.so.1");
        // A thread that looks a name up may be running in it after a shutdown.
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
