#!/usr/bin/env bash
# Licences, bans and sources of the whole tree by cargo-deny, which is installed into target/ where it is missing.
# Its advisories need a clone of the advisory database from a public host, which this check does not depend on.
set -euo pipefail
cd "$(dirname "$0")/.."
version=0.20.2
tool=target/tools/bin/cargo-deny
if ! "$tool" --version 2>/dev/null | grep -q "$version"; then
  CARGO_TARGET_DIR=target/tools/build cargo install cargo-deny --version "$version" --locked --debug --root target/tools
  rm -rf target/tools/build
fi
"$tool" --locked check bans licenses sources
