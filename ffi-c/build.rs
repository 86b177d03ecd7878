//! Names the shared library for the dynamic linker.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        // The number is that of `cloudauth_abi_version`.
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libcloudauth.so.1");
    }
}
