//! What `cargo xtask` says of itself.

pub(crate) const USAGE: &str = "\
usage: cargo xtask <task> [--check] [file]

  circles       no module of a crate leads back to itself
  generate      core/schema/*.toml -> core's tables, each binding's types, docs/{codes,options,operations,result,telemetry}.md
  header        ffi-c/src -> include/cloudauth.{h,json}
  instructions  what a call costs, counted with the program `file` -> bench/instructions.toml
  links         every link in the Markdown files leads to a file and heading that exist
  mentions      what the Markdown files name in code exists
  notices       what is linked in, with its licences -> THIRD-PARTY-NOTICES.txt
  symbols       what the shared library `file` exports is what include/cloudauth.h declares
  version       the workspace's version is the newest one in CHANGELOG.md

With --check nothing is written: a file that would change is an error.
`circles`, `links`, `mentions`, `symbols` and `version` only ever check.";
