"""The floor of any evidence: SHA-256 over every byte of a case, two files at once, with the processor's own instructions where OpenSSL uses them.

floor.py CASE_DIR
"""

import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def sha256(path):
    with open(path, "rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    files = sorted((p for p in Path(sys.argv[1]).iterdir() if p.is_file()), key=lambda p: -p.stat().st_size)
    with ThreadPoolExecutor(2) as pool:
        for path, digest in zip(files, pool.map(sha256, files)):
            print(digest, path.name)


if __name__ == "__main__":
    main()
