# Every target is a call to cargo or to a language's own tool. CARGO_TARGET_DIR is honoured throughout.
include tools.mk

TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
TOOLS := $(TARGET)/tools
STAGE := $(TARGET)/stage
PREFIX ?= /usr/local
LIBDIR ?= lib
CLOUDAUTH := $(TARGET)/debug/cloudauth
# The same packages and features wherever something is built for tests: cargo then compiles every dependency once.
LINTED := --workspace --features cloudauth-cli/opentelemetry
TESTED := $(LINTED) --exclude cloudauth-bench
FUZZ_SECONDS := 1200
FUZZ_SEED := 0
FUZZ_OPTIMIZATION := 3
HOST = $(shell rustc -vV | sed -n 's/^host: //p')
FUZZ_TARGETS = $(basename $(notdir $(wildcard tests/fuzz/fuzz_targets/*.rs)))
PYTHONS := python3
export CARGO_TARGET_DIR := $(TARGET)
ifdef BASE64
export RUSTFLAGS := $(RUSTFLAGS) --cfg base64_turbo_backend="$(BASE64)"
endif
# No test asks for a role of the machine that it runs on.
export ALIBABA_CLOUD_ECS_METADATA_DISABLED := true

.PHONY: demo test test-rust test-official test-c test-install python-module test-peers test-python test-shop test-report test-objects test-node test-wheels test-hostile test-fleet test-scale test-engines scale-environment fleet-workers guard guard-update guard-program deny soak soak-bulk soak-storms soak-fleet soak-videos soak-deletions soak-lifecycle soak-python soak-java soak-go go go-tests go-checked go-library java java-jar \
	stage stage-dev install uninstall dist wheels lint header manual bench bench-peers bench-decode bench-latency bench-parquet peers-server peers-c peers-python peers-go peers-go-official peers-java peers-java-official peers-node peers-rust fuzz fuzz-build

# The main job: four real calls on the emulator, pictures on disk. Needs Rust alone.
demo:
	cargo run --package cloudauth-cli -- demo --out $(TARGET)/demo

# Every test there is. What is missing on this machine is named first, with the targets that are skipped without it. What they
# share is built once; then they run three at a time, since they wait more than they work.
TESTS := test-rust test-c java go test-peers test-python test-shop test-report test-objects test-engines test-install test-official test-node test-fleet
test:
	@skipped=$$(tests/needs.sh) || exit; \
	tests=; \
	for target in $(TESTS); do case " $$skipped " in *" $$target "*) ;; *) tests="$$tests $$target" ;; esac; done; \
	cargo test $(TESTED) --no-run && cargo build --quiet $(TESTED) && $(MAKE) --jobs=3 --keep-going --output-sync=line $$tests && $(MAKE) test-hostile || exit; \
	[ -z "$$skipped" ] || echo "skipped, see above what is missing:$$skipped"

# They wait more than they work.
test-rust: export RUST_TEST_THREADS = 4
test-rust:
	cargo test $(TESTED) --no-fail-fast

# The official Python packages against the emulator.
test-official: $(TARGET)/official/.installed
	cargo build --quiet $(TESTED) --bin cloudauth
	CLOUDAUTH_BIN=$(CLOUDAUTH) $(TARGET)/official/bin/python -m pytest -q -p no:cacheprovider tests/official

# What the C tests of test-rust do not see: the library under sanitizers, and under Valgrind.
test-c:
	tests/c/sanitize.sh address
	tests/c/valgrind.sh

# The C library and the command, laid out as they are installed.
stage:
	packaging/stage.sh $(STAGE)

# The same as quickly as it is built, for tests.
stage-dev:
	cargo build --quiet $(TESTED)
	packaging/stage.sh --built $(TARGET)/debug $(STAGE)-dev

install: stage
	packaging/install.sh $(STAGE) $(PREFIX) $(LIBDIR)

uninstall:
	packaging/uninstall.sh $(PREFIX)

# The C library for glibc from 2.17 on, packed, and the Python package.
dist: wheels
	packaging/stage.sh --portable $(TARGET)/wheels/bin/python $(STAGE)-dist
	packaging/dist.sh $(STAGE)-dist $(TARGET)/dist

# The Python package for glibc and for musl, and its sources.
wheels: $(TARGET)/wheels/.installed
	packaging/wheels.sh $(TARGET)/wheels/bin/python $(TARGET)/dist

# That wheel under each interpreter of PYTHONS, away from the sources.
test-wheels: wheels
	packaging/test-wheel.sh $(TARGET)/dist $(TARGET)/test-wheels $(PYTHONS)

# Programs of C and C++ built against an installed library, by pkg-config and by CMake, and run.
test-install: stage-dev
	tests/install/run.sh $(STAGE)-dev

# The C library from Node, without code of our own in C.
test-node:
	cargo build --quiet $(TESTED)
	tests/node/run.sh $(TARGET)/debug $(TARGET)/node

# The Rust half of the Python package, in its place beside the rest, and the package where its tests find it.
python-module: SITE = $$($(TARGET)/python/bin/python -c 'import site; print(site.getsitepackages()[0])')
python-module: $(TARGET)/python/.installed
	cargo build --quiet $(TESTED)
	install $(TARGET)/debug/lib_cloudauth.so python/cloudauth/_cloudauth.abi3.so
	cd python && $(TARGET)/python/bin/maturin pep517 write-dist-info --metadata-directory $(SITE) >/dev/null
	cd $(SITE) && echo $(CURDIR)/python >cloudauth.pth && find cloudauth-*.dist-info -type f -printf '%p,,\n' >RECORD && mv RECORD cloudauth-*.dist-info/

# The Python package: its tests, and its types.
test-python: python-module
	cd python && $(TARGET)/python/bin/python -m pytest -q -p no:cacheprovider tests
	cd python && $(TARGET)/python/bin/mypy cloudauth tests && $(TARGET)/python/bin/python -m mypy.stubtest cloudauth --concise --allowlist stubtest.txt
	cd python && for example in ../examples/python/*.py; do $(TARGET)/python/bin/mypy $$example || exit 1; done
	cd python && $(TARGET)/python/bin/pyright --pythonpath $(TARGET)/python/bin/python cloudauth tests ../examples/python

# What measures clients beside each other: the driver, with clients that need no build.
test-peers: export CLOUDAUTH_BENCH_SERVER = $(TARGET)/debug/cloudauth-bench-server
test-peers:
	cargo build --quiet $(TESTED)
	python3 -B -m unittest discover --start-directory bench/peers/tests

# The example shop in Chromium, and its types. PICTURES=DIR puts pictures of its pages there.
test-shop: SHOP = cd examples/shop && PYTHONPATH=$(CURDIR)/python $(TARGET)/shop/bin/python -m
test-shop: python-module $(TARGET)/shop/.installed
	$(SHOP) pytest -q -p no:cacheprovider tests $(PICTURES:%=--pictures $(CURDIR)/%)
	$(SHOP) mypy --strict --python-version 3.10 shop tests

# Pages of `cloudauth report` in Chromium, with axe-core. PICTURES=DIR puts pictures of two there.
test-report: export CLOUDAUTH_BIN = $(CLOUDAUTH)
test-report: export AXE_CORE = $(TARGET)/report/node_modules/axe-core/axe.min.js
test-report: REPORT = cd tests/report && $(TARGET)/shop/bin/python -m
test-report: $(TARGET)/shop/.installed $(TARGET)/report/.installed
	cargo build --quiet $(TESTED) --bin cloudauth
	$(REPORT) pytest -q -p no:cacheprovider . $(PICTURES:%=--pictures $(CURDIR)/%)
	$(REPORT) mypy --strict --python-version 3.10 *.py

$(TARGET)/report/.installed: tests/report/package.json
	mkdir -p $(@D)
	cp $< $(@D)
	npm install --prefix $(@D) --no-package-lock --no-audit --no-fund --loglevel=error
	touch $@

# Archives in object storage: a real S3 server, moto's.
test-objects: export CLOUDAUTH_BIN = $(CLOUDAUTH)
test-objects: OBJECTS = cd tests/objects && $(TARGET)/objects/bin/python -m
test-objects: $(TARGET)/objects/.installed
	cargo build --quiet $(TESTED) --bin cloudauth
	$(OBJECTS) pytest -q -p no:cacheprovider .
	$(OBJECTS) mypy --strict --python-version 3.10 *.py

# Jobs on Ray and on Spark that lose a worker in the middle: 20,000 results at 500 a second. Minutes.
SCALE = CLOUDAUTH_BIN=$(CLOUDAUTH) $(TARGET)/scale/bin/python tests/scale/engines.py
test-scale: scale-environment
	$(SCALE)

# The same in short, and the types of the jobs.
test-engines: scale-environment
	$(SCALE) --rows 1000 --rate 200
	cd tests/scale && MYPYPATH=../fleet $(TARGET)/scale/bin/mypy --strict --follow-imports=silent --python-version 3.10 *.py
	cd python && for engine in ray spark; do $(TARGET)/scale/bin/mypy ../examples/$$engine/*.py || exit 1; done

scale-environment: python-module $(TARGET)/scale/.installed
	cd $$($(TARGET)/scale/bin/python -c 'import site; print(site.getsitepackages()[0])') && echo $(CURDIR)/python >cloudauth.pth

# Bodies that mean harm, through every language that is built: what each costs in memory and time. CLOUDAUTH_HOSTILE_MIB says how
# large they are.
test-hostile:
	cargo build --quiet $(TESTED)
	TARGET=$(TARGET) tests/hostile/run.sh

# A million calls while one in twenty goes wrong and the keys change. Minutes.
soak:
	CLOUDAUTH_SOAK_CALLS=1000000 cargo test --package cloudauth-cli --test soak -- --nocapture

# A hundred thousand results and two thousand archives, killed at fifty moments each; a thousand callbacks, a stop among them. Ten
# minutes.
soak-bulk: export CLOUDAUTH_BULK_TRANSACTIONS = 100000
soak-bulk: export CLOUDAUTH_BULK_ARCHIVES = 2000
soak-bulk: export CLOUDAUTH_BULK_ARCHIVE_RATE = 200
soak-bulk: export CLOUDAUTH_BULK_DELETIONS = 500
soak-bulk: export CLOUDAUTH_BULK_KILLS = 50
soak-bulk: export CLOUDAUTH_BULK_RATE = 400
soak-bulk: export CLOUDAUTH_LISTEN_CALLBACKS = 1000
soak-bulk:
	cargo test $(TESTED) --test bulk -- --nocapture --test-threads=1 kill rate
	cargo test $(TESTED) --test listen -- --nocapture restarts

# A hundred thousand random rounds of start, cancel, shutdown and fork in C and C++, and under two sanitizers. Half an hour.
soak-lifecycle: export CLOUDAUTH_LIFECYCLE_ROUNDS = 100000
soak-lifecycle:
	cargo test --package cloudauth-ffi --test programs -- lifecycle --nocapture
	CLOUDAUTH_TEST_DIVISOR=1 tests/c/sanitize.sh address lifecycle
	CLOUDAUTH_TEST_DIVISOR=1 tests/c/sanitize.sh thread lifecycle

# A thousand callers while the service throttles, or is down, for a minute.
soak-storms:
	CLOUDAUTH_STORM_SECONDS=60 cargo test --package cloudauth-core --test storms -- --nocapture

# Workers in Python, Go and Java on one quota, while Redis is killed and stopped: none sends without a limit, none starves, all
# recover. soak-fleet has more of them, for ten minutes, and holds them to the rate.
FLEET = CLOUDAUTH_BIN=$(CLOUDAUTH) $(TARGET)/python/bin/python tests/fleet/run.py --go $(TARGET)/fleet/worker --java $(TARGET)/fleet
test-fleet: fleet-workers
	$(FLEET) --short

soak-fleet: fleet-workers
	$(FLEET)

# Where these run as well, they build in the same folders.
fleet-workers: python-module stage-dev | $(filter java go,$(MAKECMDGOALS))
	$(call put_go_library,$(STAGE)-dev)
	cd tests/fleet/go && go build -o $(TARGET)/fleet/worker .
	java/build-native.sh --built $(TARGET)/debug $(TARGET)/java-dev
	mvn --batch-mode --quiet --file java --define natives=$(TARGET)/java-dev --define skipTests compile
	# Without the module, which asks for more than a program on the class path needs.
	cp -R java/target/classes/. $(TARGET)/fleet && rm $(TARGET)/fleet/module-info.class
	javac -cp $(TARGET)/fleet -d $(TARGET)/fleet tests/fleet/Worker.java

# A thousand videos of 8 MiB, 16 at a time, into files and into functions, through C and Python: by how much memory grows. Minutes.
soak-videos: export CLOUDAUTH_VIDEOS = 1000
soak-videos: python-module
	cargo test $(TESTED) --test programs -- many_videos --nocapture
	cd python && $(TARGET)/python/bin/python -m pytest -q -p no:cacheprovider -rP tests/test_video.py -k many_videos

# Ten thousand runs that archive and delete at a service that fails. Minutes.
soak-deletions:
	CLOUDAUTH_DELETION_RUNS=10000 cargo test $(TESTED) --test client -- receipts_are_true --nocapture

# A thousand forks of each kind, 100,000 rounds of calls with a fork in each, and 10,000 of starting, cancelling and closing. An hour.
soak-python: python-module
	cd python && CLOUDAUTH_FORKS=1000 CLOUDAUTH_ROUNDS=10000 CLOUDAUTH_FORK_ROUNDS=100000 \
		$(TARGET)/python/bin/python -m pytest -q tests/test_fork.py tests/test_rounds.py

# Ten thousand random rounds of start, cancel and close, three times: plain, in a small heap, and out of threads.
soak-java:
	cargo build --quiet $(TESTED)
	java/build-native.sh --built $(TARGET)/debug $(TARGET)/java-dev
	CLOUDAUTH_ROUNDS=10000 CLOUDAUTH_BIN=$(CLOUDAUTH) mvn --batch-mode --no-transfer-progress --file java --define natives=$(TARGET)/java-dev --define test=RoundsTest test

$(TARGET)/python/.installed: python/requirements-dev.txt
$(TARGET)/shop/.installed: examples/shop/requirements-dev.txt examples/shop/requirements.txt
$(TARGET)/wheels/.installed: python/requirements-dist.txt
$(TARGET)/objects/.installed: tests/objects/requirements.txt
$(TARGET)/scale/.installed: tests/scale/requirements.txt
$(TARGET)/official/.installed: tests/official/requirements.txt
$(TARGET)/%/.installed:
	@command -v python3 >/dev/null || { echo "make: python3 is missing" >&2; exit 1; }
	python3 -m venv $(@D)
	$(@D)/bin/pip install --quiet --requirement $<
	touch $@

# The Java library's tests, on the JDK in use and on the newest one beside it.
java:
	cargo build --quiet $(TESTED)
	java/build-native.sh --built $(TARGET)/debug $(TARGET)/java-dev
	CLOUDAUTH_BIN=$(CLOUDAUTH) java/test.sh $(TARGET)/java-dev

# The Java library: java/target/cloudauth-VERSION.jar, with its sources and its documentation beside it.
java-jar: $(TARGET)/wheels/.installed
	java/build-native.sh --portable $(TARGET)/wheels/bin/python $(TARGET)/java
	mvn --batch-mode --quiet --file java --define natives=$(TARGET)/java --define skipTests package

# The Go package and the programs that use it: vetted and tested, under the race detector and cgo's strictest checks too.
go: export CLOUDAUTH_BIN = $(CLOUDAUTH)
go: stage-dev
	$(call put_go_library,$(STAGE)-dev)
	@test -z "$$(gofmt -l go examples/go bench/peers/go)" || { echo "make: run gofmt -w on" $$(gofmt -l go examples/go bench/peers/go) >&2; exit 1; }
	cd go && go vet ./...
	$(MAKE) --jobs=2 --output-sync go-tests go-checked
	cd examples/go && go vet ./... && go test ./...
	packaging/test-go.sh $(TARGET)/test-go

# Side by side: these tests wait more than they work.
go-tests:
	cd go && go test ./...

go-checked:
	cd go && GOEXPERIMENT=cgocheck2 go test -short -race .
	cd go && PKG_CONFIG_PATH=$(STAGE)-dev/lib/pkgconfig LD_LIBRARY_PATH=$(STAGE)-dev/lib go test -short -count=1 -tags cloudauth_pkgconfig -run Conformance .

# Ten thousand rounds of start, cancel, close and shutdown in Go, each with three kinds of limits. Minutes.
soak-go: export CLOUDAUTH_BIN = $(CLOUDAUTH)
soak-go: go-library
	cd go && CLOUDAUTH_ROUNDS=10000 go test -count=1 -timeout 30m -run RandomRounds -v .
	cd go && CLOUDAUTH_ROUNDS=10000 go test -count=1 -timeout 30m -race -run RandomRounds .

# The static library, where the Go package links it.
go-library: stage
	$(call put_go_library,$(STAGE))

# The Go command does not see that a library has changed; it does see the file beside.
define put_go_library
cp include/cloudauth.h $(1)/lib/libcloudauth.a go/internal/library
cat go/internal/library/cloudauth.h go/internal/library/libcloudauth.a | sha256sum | sed 's|\(.*\)  -|#define CLOUDAUTH_BUILT "\1"|' >go/built.h
endef

# Formatting, lints, and whether what is generated is in step with what it is generated from.
lint: $(TOOLS)/bin/cbindgen
	cargo fmt --all --check
	cargo clippy $(LINTED) --all-targets -- -D warnings
	cargo clippy --manifest-path tests/fuzz/Cargo.toml -- -D warnings
	cargo clippy --manifest-path bench/peers/rust/Cargo.toml -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps $(LINTED)
	cargo build --quiet $(TESTED)
	for gate in circles generate header links mentions notices version; do $(TARGET)/debug/xtask $$gate --check || exit 1; done
	$(TARGET)/debug/xtask symbols --check $(TARGET)/debug/libcloudauth.so

# Licences, sources and advisories of every dependency; DENY may name some of the checks. Advisories need the network.
deny: $(TOOLS)/bin/cargo-deny
	$< --workspace check $(DENY)

# include/cloudauth.h and include/cloudauth.json from the comments in ffi-c.
header: $(TOOLS)/bin/cbindgen
	cargo xtask header

# cli/man from what the command says of itself.
manual:
	CLOUDAUTH_WRITE_MANUAL=1 cargo test --quiet --package cloudauth-cli --lib manual

bench:
	cargo bench --package cloudauth-bench

# What a call costs in instructions must not grow by more than 3 %; guard-update takes today's counts as the new ones.
guard: guard-program
	cargo xtask instructions --check $(TARGET)/release/cloudauth-bench-instructions

guard-update: guard-program
	cargo xtask instructions $(TARGET)/release/cloudauth-bench-instructions

guard-program:
	@command -v valgrind >/dev/null || { echo "make: valgrind is missing; apt-get install valgrind" >&2; exit 1; }
	cargo build --quiet --release --package cloudauth-bench --bin cloudauth-bench-instructions

# Calls in each language beside other clients, into docs/speed.md or, with AVX-512, docs/speed-avx512.md: half an hour.
# LANGUAGES=go,c measures these alone, QUICK=1 less of everything; both write to $(PEERS)/results alone. What
# bench/peers/peers.toml runs is built here.
comma := ,
PEERS := $(TARGET)/peers
PEER_LANGUAGES := $(or $(subst $(comma), ,$(LANGUAGES)),c python go java node rust)
bench-peers: peers-server $(PEER_LANGUAGES:%=peers-%)
	bench/peers/run.py --build $(PEERS) --server $(TARGET)/release/cloudauth-bench-server --check $(PEERS)/go/server \
		--out $(PEERS)/results $(if $(LANGUAGES),--languages $(PEER_LANGUAGES)) $(if $(QUICK),--quick)

# What decoding costs through each language, to bytes of the program's own.
bench-decode: peers-c peers-python peers-go peers-java
	bench/peers/decoding.py --build $(PEERS)

# Calls a few seconds apart, to a server that is far away, beside the official package and the official cores. Ten minutes.
bench-latency: peers-server peers-python peers-go-official peers-java-official
	bench/peers/latency/run.py --build $(PEERS) --server $(TARGET)/release/cloudauth-bench-server

# Stored bodies read from Parquet and decoded, beside pandas and Spark with json and base64. Takes 4 GiB of disk and some ten minutes.
bench-parquet: peers-python $(TARGET)/scale/.installed
	PYTHONPATH=$(PEERS)/python/ours $(TARGET)/scale/bin/python bench/parquet/run.py --folder $(TARGET)

peers-server:
	cargo build --quiet --release --package cloudauth-bench-server
	cd bench/peers/go && go build -o $(PEERS)/go/server ./server

peers-c: PEER_CC = $(CC) -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Wpedantic -Werror -pthread
peers-c: stage
	@pkg-config --exists libcurl libcjson openssl || { echo "make: libraries are missing; apt-get install libcurl4-openssl-dev libcjson-dev libssl-dev" >&2; exit 1; }
	mkdir -p $(PEERS)/c
	cd bench/peers/c && $(PEER_CC) -o $(PEERS)/c/ours worker.c ours.c -I$(STAGE)/include -L$(STAGE)/lib -Wl,-rpath,$(STAGE)/lib -lcloudauth
	cd bench/peers/c && $(PEER_CC) -o $(PEERS)/c/decoding decoding.c -I$(STAGE)/include -L$(STAGE)/lib -Wl,-rpath,$(STAGE)/lib -lcloudauth
	cd bench/peers/c && $(PEER_CC) -o $(PEERS)/c/peer worker.c peer.c sign.c decode.c $$(pkg-config --cflags --libs libcurl libcjson openssl)

peers-python: $(TARGET)/python/.installed $(PEERS)/python/official/.installed $(PEERS)/python/core/.installed
	rm -rf $(PEERS)/python/wheels $(PEERS)/python/ours
	cd python && $(TARGET)/python/bin/maturin build --quiet --release --out $(PEERS)/python/wheels
	$(TARGET)/python/bin/pip install --quiet --no-deps --target $(PEERS)/python/ours $(PEERS)/python/wheels/*.whl

# Each package in a folder of its own.
$(PEERS)/python/%/.installed: bench/peers/python/requirements-%.txt | $(TARGET)/python/.installed
	rm -rf $(@D)
	$(TARGET)/python/bin/pip install --quiet --target $(@D) --requirement $<
	touch $@

peers-go: peers-go-official go-library
	cd bench/peers/go && go build -trimpath -ldflags='-s -w' -o $(PEERS)/go ./ours ./decoding

peers-go-official:
	cd bench/peers/go && go build -trimpath -ldflags='-s -w' -o $(PEERS)/go/official ./official

peers-java: peers-java-official
	java/build-native.sh $(PEERS)/java/native
	mvn --batch-mode --quiet --file java --define natives=$(PEERS)/java/native --define skipTests package
	mkdir -p $(PEERS)/java/ours && cp java/target/cloudauth-*[0-9].jar $(PEERS)/java/ours
	javac -d $(PEERS)/java/classes -cp '$(PEERS)/java/classes:$(PEERS)/java/ours/*' bench/peers/java/Ours.java bench/peers/java/Decoding.java

peers-java-official:
	mvn --batch-mode --quiet --file bench/peers/java dependency:copy-dependencies --define includeScope=runtime --define outputDirectory=$(PEERS)/java/official
	javac -d $(PEERS)/java/classes -cp '$(PEERS)/java/official/*' bench/peers/java/Worker.java bench/peers/java/Client.java bench/peers/java/Official.java

peers-node: stage
	mkdir -p $(PEERS)/node
	cp bench/peers/node/package.json bench/peers/node/*.mjs examples/node/cloudauth.mjs $(PEERS)/node
	npm install --prefix $(PEERS)/node --no-package-lock --no-audit --no-fund --loglevel=error

peers-rust:
	cargo build --quiet --release --manifest-path bench/peers/rust/Cargo.toml --target-dir $(PEERS)/rust/target
	cp $(PEERS)/rust/target/release/cloudauth-bench-peers $(PEERS)/rust

# Each fuzz target for FUZZ_SECONDS, within limits that a small body must not break. What AddressSanitizer keeps of freed memory
# counts among them. FUZZ_SEED makes runs alike; 0 is a new one each time. BASE64=avx2 or soft decodes by those instructions, or by
# none of the vectors', and not by the machine's best; so does `make bench`.
fuzz: $(FUZZ_TARGETS:%=fuzz-%)

fuzz-build: export CARGO_PROFILE_RELEASE_OPT_LEVEL = $(FUZZ_OPTIMIZATION)
fuzz-build: $(TOOLS)/bin/cargo-fuzz
	cd tests/fuzz && RUSTC_BOOTSTRAP=1 $< build --fuzz-dir . --target-dir $(TARGET)/fuzz

fuzz-%: export ASAN_OPTIONS = quarantine_size_mb=16
fuzz-%: fuzz-build
	mkdir -p $(TARGET)/fuzz/corpus/$*
	cd $(TARGET)/fuzz && $(HOST)/release/$* corpus/$* -max_total_time=$(FUZZ_SECONDS) -seed=$(FUZZ_SEED) \
	    -max_len=4096 -rss_limit_mb=512 -malloc_limit_mb=96 -timeout=2

$(TOOLS)/bin/cargo-fuzz:
	cargo install --quiet --locked --debug cargo-fuzz@$(CARGO_FUZZ) --root $(TOOLS)

$(TOOLS)/bin/cargo-deny:
	cargo install --quiet --locked cargo-deny@$(CARGO_DENY) --root $(TOOLS)

$(TOOLS)/bin/cbindgen:
	cargo install --quiet --locked --debug cbindgen@$(CBINDGEN) --root $(TOOLS)
