# How the libraries that are handed out are built; sourced by stage.sh and java/build-native.sh, which set $root.

# build_for_release [PYTHON]: sets the environment in which cargo builds, $target, its arguments for that, and $link, rustc's.
# With a Python, the zig in it links for glibc 2.17.
build_for_release() {
    target= link="-C linker=$root/packaging/cc.sh"
    if [ -n "${1-}" ]; then
        "$1" -m ziglang version >/dev/null 2>&1 || fail "$1 has no zig: pip install ziglang"
        # Named by its target, so that build scripts are built as ever.
        set -- "$1" "$(uname -m)-unknown-linux-gnu"
        target="--target $2" link=
        linker=CARGO_TARGET_$(echo "$2" | tr a-z- A-Z_)_LINKER
        export ZIG_PYTHON="$1" ZIG_UNWINDER=own "$linker=$root/packaging/zigcc.sh" "CC_$(echo "$2" | tr - _)=$root/packaging/zigcc.sh"
        # Kept apart from the wheels, which are built for the same target.
        CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}/portable
        export CARGO_TARGET_DIR
    fi
    RUSTFLAGS=$(without_builder)
    CFLAGS="${CFLAGS-} -ffile-prefix-map=${CARGO_HOME:-$HOME/.cargo}=cargo"
    export RUSTFLAGS CFLAGS
    # The callers strip what they hand out.
    export CARGO_PROFILE_RELEASE_DEBUG=line-tables-only CARGO_PROFILE_RELEASE_STRIP=none
}

# Where cargo puts what it builds so.
built_for_release() {
    echo "${CARGO_TARGET_DIR:-$root/target}/${target#--target }/release"
}

# Messages of faults name files: without what the machine's folders are called.
without_builder() {
    cargo=${CARGO_HOME:-$HOME/.cargo}
    registry=
    for folder in "$cargo"/registry/src/*/; do
        registry="$registry --remap-path-prefix=${folder%/}=crates"
    done
    # Where the standard library's sources are installed, the compiler names them instead of their release.
    sources="--remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src/rust=rust"
    echo "${RUSTFLAGS-} --remap-path-prefix=$cargo=cargo --remap-path-prefix=$root=libcloudauth$registry $sources"
}

# names_no_builder FILE...: fails where a file to be handed out names a folder of this machine.
names_no_builder() {
    for folder in "$root/" "${CARGO_HOME:-$HOME/.cargo}/" "$(rustc --print sysroot)/" "${CARGO_TARGET_DIR:-$root/target}/"; do
        for file; do
            ! grep -qaF "$folder" "$file" || fail "$file names $folder"
        done
    done
}
