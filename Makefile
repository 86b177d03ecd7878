# Every target is a call to cargo or to a language's own tool. CARGO_TARGET_DIR is honoured throughout.
include tools.mk

TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
TOOLS := $(TARGET)/tools
CLOUDAUTH := $(TARGET)/debug/cloudauth
TESTED := --workspace --exclude cloudauth-bench
FUZZ_SECONDS := 1200
export CARGO_TARGET_DIR := $(TARGET)

.PHONY: demo test test-rust test-official lint bench fuzz

# The main job: four real calls on the emulator, pictures on disk. Needs Rust alone.
demo:
	cargo run --quiet --package cloudauth-cli -- demo --out $(TARGET)/demo

# Every test there is.
test: test-rust test-official

test-rust:
	cargo test $(TESTED)

# The official Python packages against the emulator.
test-official: $(TARGET)/official/.installed
	cargo build --quiet --package cloudauth-cli
	CLOUDAUTH_BIN=$(CLOUDAUTH) $(TARGET)/official/bin/python -m pytest -q -p no:cacheprovider tests/official

$(TARGET)/official/.installed: tests/official/requirements.txt
	@command -v python3 >/dev/null || { echo "make: python3 is missing; the official packages are tested with it" >&2; exit 1; }
	python3 -m venv $(TARGET)/official
	$(TARGET)/official/bin/pip install --quiet --requirement $<
	touch $@

# Formatting, lints, and whether what is generated is in step with what it is generated from.
lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo clippy --manifest-path tests/fuzz/Cargo.toml -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps $(TESTED)
	for gate in codes options links version; do cargo xtask $$gate --check || exit 1; done

bench:
	cargo bench --package cloudauth-bench

# Lifting against the plain path, for FUZZ_SECONDS.
fuzz: $(TOOLS)/bin/cargo-fuzz
	cd tests/fuzz && RUSTC_BOOTSTRAP=1 $< run --fuzz-dir . --target-dir $(TARGET)/fuzz lift -- -max_total_time=$(FUZZ_SECONDS) -max_len=4096

$(TOOLS)/bin/cargo-fuzz:
	cargo install --quiet --locked cargo-fuzz@$(CARGO_FUZZ) --root $(TOOLS)
