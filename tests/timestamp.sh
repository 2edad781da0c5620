#!/usr/bin/env bash
# Time-stamps against OpenSSL: a TSA of its own behind a small HTTP server gives them, `openssl ts -verify` and `lastday verify` prove them, by an authority
# over an intermediate one; and neither proves one that is another authority's, over other bytes, or changed. Installs OpenSSL (Debian) where it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v openssl >/dev/null || ! command -v python3 >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openssl python3 >/dev/null
fi
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
cargo build --locked --bin lastday
lastday=$PWD/target/debug/lastday
code=0
"$lastday" audit samples/acme --out "$work/result" --quiet || code=$?
[ "$code" -eq 4 ] || { echo "the sample ended with $code instead of 4"; exit 1; }
sample=$PWD/samples/acme
cd "$work"

# expect CODE WORDS COMMAND…: how it ends, and what it says.
expect() {
  wanted=$1 words=$2
  shift 2
  code=0
  "$@" >told 2>&1 || code=$?
  [ "$code" -eq "$wanted" ] || { echo "$* ended with $code instead of $wanted:"; cat told; exit 1; }
  tr '\n' ' ' <told | tr -s ' ' | grep -qF "$words" || { echo "$* does not say \"$words\":"; cat told; exit 1; }
}

authority() {
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.pem" -days 30 -subj "/CN=$1" \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign" 2>/dev/null
}
signed() {
  name=$1 by=$2 extensions=$3
  shift 3
  openssl req -newkey "$@" -nodes -keyout "$name.key" -out "$name.csr" -subj "/O=Test/CN=$name" 2>/dev/null
  printf '%b' "$extensions" >"$name.ext"
  openssl x509 -req -in "$name.csr" -CA "$by.pem" -CAkey "$by.key" -CAcreateserial -days 30 -extfile "$name.ext" -out "$name.pem" 2>/dev/null
}
authority root
authority other
signed middle root 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n' rsa:2048
signed tsa middle 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n' rsa:3072
cat >tsa.conf <<CONF
[tsa]
default_tsa = t
[t]
serial = $work/serial
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
signer_digest = sha512
ess_cert_id_chain = yes
certs = $work/middle.pem
CONF
cat >server.py <<'PY'
"""A TSA: each query is answered by `openssl ts -reply`. /refuse asks for a hash that it does not take, /broken ends with an error."""
import http.server
import pathlib
import subprocess
import sys
import tempfile


class Tsa(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        query = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["Content-Type"] == "application/timestamp-query", self.headers
        if self.path == "/broken":
            self.send_error(500)
            return
        if self.path == "/other":
            query = query[:-4] + bytes([query[-4] ^ 1]) + query[-3:]
        config = "refuse.conf" if self.path == "/refuse" else "tsa.conf"
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "q").write_bytes(query)
            made = ["openssl", "ts", "-reply", "-config", config, "-section", "t", "-queryfile", f"{folder}/q"]
            made += ["-signer", "tsa.pem", "-inkey", "tsa.key", "-out", f"{folder}/r"]
            subprocess.run(made, check=True, stderr=subprocess.DEVNULL)
            reply = (pathlib.Path(folder) / "r").read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Tsa)
pathlib.Path("port.new").write_text(str(server.server_port))
pathlib.Path("port.new").rename("port")
server.serve_forever()
PY
sed 's/digests = sha256/digests = sha512/' tsa.conf >refuse.conf
python3 server.py &
server=$!
for _ in $(seq 100); do [ -e port ] && break; sleep 0.1; done
url=http://127.0.0.1:$(cat port)

# Asked for, given, and proved by both.
expect 0 "time-stamped at" "$lastday" pack result --case "$sample" --out pack.zip --tsa "$url/tsa"
expect 0 "Verification: OK" openssl ts -verify -data pack.zip -in pack.zip.tsr -CAfile root.pem
expect 0 "by tsa, for whom" "$lastday" verify pack.zip --tsa-ca root.pem
expect 0 "openssl ts -verify -data pack.zip -in pack.zip.tsr -CAfile" "$lastday" verify pack.zip
sh -c "$(sed -n 's/^ *without lastday: //p' told | sed 's/CA\.pem/root.pem/')" 2>/dev/null | grep -q "Verification: OK" || { echo "the command that verify prints:"; cat told; exit 1; }
at=$(openssl ts -reply -in pack.zip.tsr -text 2>/dev/null | sed -n 's/^Time stamp: //p')
expect 0 "time-stamped at $(date -u -d "$at" +%Y-%m-%dT%H:%M:%SZ)" "$lastday" verify pack.zip --tsa-ca root.pem
expect 1 "does not vouch" "$lastday" verify pack.zip --tsa-ca other.pem

# Over other bytes, and changed.
cp pack.zip.tsr kept.tsr
"$lastday" pack result --case "$sample" --out again.zip --at 2026-10-02T09:00:00Z >/dev/null
expect 1 "is not over these bytes" "$lastday" verify again.zip --tsa-reply kept.tsr
expect 1 "there is none, and an authority was given" "$lastday" verify again.zip --tsa-ca root.pem
expect 0 "not time-stamped" "$lastday" verify again.zip
proved=$("$lastday" verify pack.zip --tsa-ca root.pem | grep "^time-stamped")
refused=0
for place in $(seq 40 60 "$(($(stat -c %s kept.tsr) - 1))"); do
  python3 -c 'import sys; b = bytearray(open("kept.tsr", "rb").read()); b[int(sys.argv[1])] ^= 4; open("pack.zip.tsr", "wb").write(b)' "$place"
  # Outside of what is signed (the list of algorithms, version numbers) a byte may change; what is proved may not.
  if "$lastday" verify pack.zip --tsa-ca root.pem >told 2>&1; then
    [ "$(grep "^time-stamped" told)" = "$proved" ] || { echo "byte $place changed, and we are told something else:"; cat told; exit 1; }
  else
    refused=$((refused + 1))
  fi
done
[ "$refused" -ge 40 ] || { echo "only $refused changes were refused"; exit 1; }
cp kept.tsr pack.zip.tsr

# By other means: the query in a file, the reply beside the pack.
expect 0 "apart.zip.tsr" "$lastday" pack result --case "$sample" --out apart.zip --at 2026-10-02T10:00:00Z --tsa-query apart.tsq
expect 0 "Version: 1" openssl ts -query -in apart.tsq -text
openssl ts -reply -config tsa.conf -section t -queryfile apart.tsq -signer tsa.pem -inkey tsa.key -out apart.zip.tsr 2>/dev/null
expect 0 "by tsa, for whom" "$lastday" verify apart.zip --tsa-ca root.pem --rerun

# What does not come off leaves the pack, and says so.
expect 4 "the TSA refused" "$lastday" pack result --case "$sample" --out refused.zip --tsa "$url/refuse"
expect 4 "does not answer" "$lastday" pack result --case "$sample" --out broken.zip --tsa "$url/broken"
expect 4 "over something else" "$lastday" pack result --case "$sample" --out other.zip --tsa "$url/other"
for pack in refused broken other; do
  expect 0 "not time-stamped" "$lastday" verify $pack.zip
done
echo "time-stamps: OpenSSL and lastday prove the same"
