//! Replaces what the dictionary knows: a cell that is a value as a whole, a quoted value in a sentence as a whole, and in any text the names, addresses and
//! logins that stand there as words of their own.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::key::{DOMAIN, Key, Kind};

/// More words than this a value is not looked for in a text; as a whole it is.
const MOST_WORDS: usize = 16;

/// What joins a login to something longer.
const JOINTS: &str = "/\\_@=|#+&$~";

/// Replaces names, addresses and logins by pseudonyms.
pub struct Redactor {
    key: Mutex<Key>,
    /// Values as wholes, in lower case.
    whole: HashMap<String, String>,
    /// Values as words of a text, in lower case.
    inside: HashMap<String, String>,
    /// Names of one word that a sentence may hold otherwise, as they are written.
    cased: HashMap<String, String>,
    /// Logins of one word, in lower case: only where they are a part of something longer, as in a path.
    joined: HashMap<String, String>,
    /// The most words of a value in a text.
    words: usize,
}

impl Redactor {
    /// One that knows nobody yet.
    pub(super) fn new(key: Key) -> Self {
        let new = HashMap::new;
        Self { key: Mutex::new(key), whole: new(), inside: new(), cased: new(), joined: new(), words: 1 }
    }

    /// The key, with everybody who was replaced.
    #[must_use]
    pub fn into_key(self) -> Key {
        self.key.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn pseudonym(&self, kind: Kind, value: &str) -> String {
        self.key.lock().unwrap_or_else(PoisonError::into_inner).pseudonym(kind, value)
    }

    /// What stands for the id of a finding: the id is a hash of rule, person, system and account, so that whoever guesses these could check the guess.
    #[must_use]
    pub fn finding(&self, id: &str) -> String {
        self.pseudonym(Kind::Finding, id)
    }

    /// Adds a value.
    pub(super) fn add(&mut self, kind: Kind, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            let pseudonym = self.pseudonym(kind, value);
            self.put(kind, value, &pseudonym);
        }
    }

    /// Adds a text that something else than a pseudonym stands for.
    pub(super) fn instead(&mut self, value: &str, other: &str) {
        let value = value.trim();
        if value.chars().filter(|c| c.is_alphanumeric()).count() > 1 {
            self.put(Kind::Name, value, other);
        }
    }

    fn put(&mut self, kind: Kind, value: &str, instead: &str) {
        self.whole.entry(value.to_lowercase()).or_insert_with(|| instead.to_owned());
        let bare = value.trim_matches(|c: char| !c.is_alphanumeric());
        let words = word_starts(bare).len();
        let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
        // A number, or two letters, say too little to be looked for.
        if letters < 2 || words > MOST_WORDS || (kind != Kind::Name && bare.chars().count() < 3) {
            return;
        }
        self.words = self.words.max(words);
        if words > 1 || bare.chars().any(|c| !c.is_alphabetic()) {
            self.inside.entry(bare.to_lowercase()).or_insert_with(|| instead.to_owned());
        } else if kind != Kind::Name {
            self.joined.entry(bare.to_lowercase()).or_insert_with(|| instead.to_owned());
        } else {
            self.cased.entry(bare.to_owned()).or_insert_with(|| instead.to_owned());
        }
    }

    /// A cell that is a value, or several with `; ` between.
    #[must_use]
    pub fn value(&self, cell: &str) -> String {
        if cell.is_empty() {
            return String::new();
        }
        if let Some(known) = self.known(cell) {
            return known.to_owned();
        }
        let one = |value: &str| self.known(value).map_or_else(|| self.text(value), str::to_owned);
        cell.split("; ").map(one).collect::<Vec<_>>().join("; ")
    }

    fn known(&self, value: &str) -> Option<&str> {
        // In a CSV file an apostrophe stands before what a spreadsheet would run.
        let bare = value.strip_prefix('\'').unwrap_or(value).trim();
        self.whole.get(&bare.to_lowercase()).map(String::as_str)
    }

    /// A text, in which values may stand.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let before = text[..at].chars().next_back();
            if let Some((length, instead)) = self.quoted(rest) {
                out.push('"');
                out.push_str(instead);
                out.push('"');
                at += length;
            } else if let Some((length, instead)) = self.here(before, rest) {
                out.push_str(&instead);
                at += length;
            } else {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                out.push_str(&rest[..length]);
                at += length;
            }
        }
        out
    }

    /// A quoted value at the beginning, with its length and what stands for it.
    fn quoted(&self, rest: &str) -> Option<(usize, &str)> {
        let inner = rest.strip_prefix('"')?;
        let inner = &inner[..inner.find('"')?];
        self.known(inner).map(|known| (inner.len() + 2, known))
    }

    /// The longest value at the beginning of a text, with its length and what stands for it.
    fn here(&self, before: Option<char>, rest: &str) -> Option<(usize, String)> {
        if before.is_some_and(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric) {
            return None;
        }
        let joint = |c: Option<char>| c.is_some_and(|c| JOINTS.contains(c));
        let address = address(rest).map(|length| &rest[..length]).filter(|address| !address.ends_with(DOMAIN));
        let mut best: Option<(usize, String)> = address.map(|address| (address.len(), self.pseudonym(Kind::Mail, address)));
        for end in word_ends(rest).into_iter().take(self.words) {
            let candidate = &rest[..end];
            let lower = candidate.to_lowercase();
            let login = || self.joined.get(&lower).filter(|_| joint(before) || joint(rest[end..].chars().next()));
            let known = self.inside.get(&lower).or_else(|| self.cased.get(candidate)).or_else(login);
            if let Some(known) = known.filter(|_| best.as_ref().is_none_or(|(length, _)| end > *length)) {
                best = Some((end, known.clone()));
            }
        }
        best
    }
}

/// Where words begin: runs of letters and digits.
fn word_starts(text: &str) -> Vec<usize> {
    let mut before = false;
    let mut starts = Vec::new();
    for (place, c) in text.char_indices() {
        if c.is_alphanumeric() && !before {
            starts.push(place);
        }
        before = c.is_alphanumeric();
    }
    starts
}

/// Where words end, up to as many as any value has.
fn word_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut before = false;
    for (place, c) in text.char_indices() {
        if !c.is_alphanumeric() && before {
            ends.push(place);
            if ends.len() > MOST_WORDS {
                return ends;
            }
        }
        before = c.is_alphanumeric();
    }
    if before {
        ends.push(text.len());
    }
    ends
}

/// How long an e-mail address at the beginning of a text is.
fn address(text: &str) -> Option<usize> {
    let local = text.find(|c: char| !(c.is_alphanumeric() || "._%+-'".contains(c)))?;
    let domain = text[local..].strip_prefix('@')?;
    let length = domain.find(|c: char| !(c.is_alphanumeric() || ".-".contains(c))).unwrap_or(domain.len());
    let domain = domain[..length].trim_end_matches(['.', '-']);
    (local > 0 && domain.contains('.') && !domain.starts_with('.')).then_some(local + 1 + domain.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redactor() -> Redactor {
        let mut redactor = Redactor::new(Key::new(&[1; 32]));
        redactor.add(Kind::Name, "Sly Doors");
        redactor.add(Kind::Name, "May");
        redactor.add(Kind::Mail, "sly.doors@acme.example");
        redactor.add(Kind::Login, "sdoors");
        redactor.add(Kind::Login, "open");
        redactor.add(Kind::Login, "0042");
        redactor.add(Kind::Account, "arn:aws:iam::1:user/sdoors");
        redactor
    }

    #[test]
    fn values_are_replaced_as_wholes_and_as_words_of_a_text() {
        let redactor = redactor();
        let name = redactor.value("Sly Doors");
        assert!(name.starts_with("person-"), "{name}");
        let told = redactor.text("VPN account \"sdoors\" of Sly Doors (SLY DOORS) still works; ask sly.doors@acme.example.");
        assert_eq!(told.matches(&name).count(), 2);
        assert!(told.contains("\"login-") && told.contains("@redacted.example."), "{told}");
        assert!(!told.to_lowercase().contains("doors"), "{told}");
        assert!(redactor.text("arn:aws:iam::1:user/sdoors").starts_with("account-"));
        assert!(redactor.text("x/sdoors_old").contains("x/login-"));
    }

    #[test]
    fn words_of_a_sentence_stay_unless_they_are_a_name_as_it_is_written() {
        let redactor = redactor();
        assert_eq!(redactor.text("it may be 0042 rows; Doors"), "it may be 0042 rows; Doors");
        assert!(redactor.text("asked by May").contains("person-"));
        assert_eq!(
            redactor.text("it is open, sdoors"),
            "it is open, sdoors",
            "a login is quoted, or a cell, or a part of something"
        );
        assert!(redactor.text("home/open is there").contains("home/login-"));
        assert!(redactor.value("open").starts_with("login-"), "as a cell of logins");
        assert!(redactor.text("App account \"open\" is there").contains("\"login-"));
        assert_eq!(redactor.text("sdoorsman and mysdoors"), "sdoorsman and mysdoors", "no word of its own");
    }

    #[test]
    fn an_address_that_nobody_knew_is_replaced_too_and_a_pseudonym_stays() {
        let redactor = redactor();
        let once = redactor.text("mail to eve@elsewhere.example, or <eve@elsewhere.example>");
        assert!(!once.contains("eve") && once.matches("@redacted.example").count() == 2, "{once}");
        assert_eq!(redactor.text(&once), once);
        assert_eq!(redactor.value(&redactor.value("Sly Doors; sdoors")), redactor.value("Sly Doors; sdoors"));
    }

    #[test]
    fn an_apostrophe_before_a_formula_hides_nobody() {
        let mut redactor = redactor();
        redactor.add(Kind::Name, "=Bob Formula");
        assert_eq!(redactor.value("'=Bob Formula"), redactor.value("=Bob Formula"));
        assert!(redactor.text("of '=Bob Formula'").contains("person-"));
    }
}
