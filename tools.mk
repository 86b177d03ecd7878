# Tools that a fresh machine does not have, pinned. The target that needs one installs it under $(TOOLS).
CARGO_FUZZ := 0.13.2
CARGO_DENY := 0.20.2
CBINDGEN := 0.29.4
