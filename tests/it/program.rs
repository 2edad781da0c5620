//! The built program on small cases that a test writes down.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The root of the source code.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A case in a temporary folder.
pub struct Case {
    dir: tempfile::TempDir,
}

/// The usual beginning of a case file.
pub const REVIEW: &str = r#"
[review]
name = "Test"
period = "2026-07-01/2026-09-30"
as_of = "2026-10-01T09:00:00Z"
timezone = "UTC"
[policy]
departure_time = "18:00"
"#;

/// A people source, one system's dump and its log, in canonical columns.
pub const SOURCES: &str = r#"
[[source]]
kind = "people"
path = "people.csv"
[[source]]
kind = "accounts"
system = "App"
path = "accounts.csv"
exported_at = "2026-10-01T08:00:00Z"
[[source]]
kind = "events"
system = "App"
path = "events.csv"
"#;

/// What a run gave.
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error, with line breaks of its layout taken out.
    pub stderr: String,
    out: PathBuf,
}

/// A row of a CSV file by its header.
pub type Row = BTreeMap<String, String>;

impl Case {
    /// A case of these files.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let case = Self { dir: tempfile::tempdir().unwrap() };
        for (name, text) in files {
            case.write(name, text.as_bytes());
        }
        case
    }

    /// The usual case: one person `E1`, Ann, who left on 14 August at 18:00 UTC, one system, and what its dump and log say.
    pub fn usual(accounts: &str, events: &str) -> Self {
        let people = "person_id,name,email,departs_at\nE1,Ann Example,ann@acme.example,2026-08-14T18:00:00Z\nE2,Bob Example,bob@acme.example,\n";
        let accounts = format!("account_id,email,status,disabled_at,last_used_at,created_at\n{accounts}");
        let events = format!("at,action,target,outcome\n{events}");
        Self::new(&[
            ("lastday.toml", &format!("{REVIEW}{SOURCES}")),
            ("people.csv", people),
            ("accounts.csv", &accounts),
            ("events.csv", &events),
        ])
    }

    /// The case's folder.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a file of the case.
    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Adds to the case file.
    pub fn with(self, toml: &str) -> Self {
        let path = self.dir.path().join("lastday.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, text + toml).unwrap();
        self
    }

    /// Runs `lastday audit` on it.
    pub fn audit(&self, more: &[&str]) -> Ran {
        let out = self.dir.path().join("out");
        let mut args = vec!["audit", ".", "--out", "out"];
        args.extend(more);
        Ran::of(&lastday(&args, self.dir.path()), out)
    }

    /// The only row of `revocations.csv`.
    pub fn revocation(&self) -> Row {
        let ran = self.audit(&[]);
        let mut rows = ran.rows("revocations.csv");
        assert_eq!(rows.len(), 1, "one row: {}\n{}", ran.stdout, ran.stderr);
        rows.remove(0)
    }
}

impl Ran {
    fn of(output: &Output, out: PathBuf) -> Self {
        let stderr = String::from_utf8(output.stderr.clone()).unwrap();
        let joined = stderr.split_whitespace().filter(|w| *w != "|").collect::<Vec<_>>().join(" ");
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout.clone()).unwrap(),
            stderr: joined,
            out,
        }
    }

    /// The text of a file of the result.
    pub fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.out.join(name)).unwrap_or_else(|e| panic!("{name}: {e}\n{}\n{}", self.stdout, self.stderr))
    }

    /// The rows of a CSV file of the result.
    pub fn rows(&self, name: &str) -> Vec<Row> {
        rows(&self.text(name))
    }

    /// `summary.json`.
    pub fn summary(&self) -> serde_json::Value {
        serde_json::from_str(&self.text("summary.json")).unwrap()
    }

    /// Whether a result was written.
    pub fn wrote(&self) -> bool {
        self.out.exists()
    }
}

/// The members of an archive with their bytes, in its order.
pub fn members(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut file = archive.by_index(place).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}

/// Every file of a folder by its path in it.
pub fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            all.extend(bytes(&path).into_iter().map(|(inner, b)| (format!("{name}/{inner}"), b)));
        } else {
            all.insert(name, std::fs::read(&path).unwrap());
        }
    }
    all
}

/// The rows of a CSV text by its header.
pub fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// Runs the program. An audit leaves `report.pdf` out, which a debug build sets in ten seconds; [`with_pdf`] does not.
pub fn lastday(args: &[&str], folder: &Path) -> Output {
    let without: &[&str] = if args.first() == Some(&"audit") { &["--no-pdf"] } else { &[] };
    with_pdf(&[args, without].concat(), folder)
}

/// Runs the program with exactly these arguments.
pub fn with_pdf(args: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lastday")).args(args).current_dir(folder).env_remove("NO_COLOR").output().unwrap()
}

/// Runs the program and reads its result from `out`.
pub fn ran(args: &[&str], folder: &Path, out: PathBuf) -> Ran {
    Ran::of(&lastday(args, folder), out)
}
