//! Logins and addresses as they are compared: known forms undone, what is not the holder's name taken off.

use regex::Regex;
use serde::Deserialize;

use super::fold::{bare_vowels, fold, squeeze};
use super::globs::Globs;
use crate::error::{Error, Result};

/// A login or address, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Login {
    /// The address that it is or stands for, in lower case.
    pub address: Option<String>,
    /// The user's part, folded, with its separators, without the affixes.
    pub user: String,
    /// It has an affix of an administrator's second account.
    pub admin: bool,
}

impl Login {
    /// Letters and digits of the user's part.
    #[must_use]
    pub fn squeezed(&self) -> String {
        bare_vowels(&[&squeeze(&self.user)])
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawForms {
    form: Vec<RawForm>,
    dotless: Dotless,
    affixes: RawAffixes,
    built_in: BuiltIn,
    service: BuiltIn,
    shared: BuiltIn,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawForm {
    pattern: String,
    is: String,
    #[serde(default)]
    has: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dotless {
    domains: Vec<String>,
    same: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAffixes {
    admin: Vec<String>,
    external: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BuiltIn {
    logins: Vec<String>,
}

/// A form, and what a login of it is read as.
struct Rewrite {
    form: Regex,
    is: String,
    /// What stands in every login of the form.
    has: String,
}

/// The known forms of logins.
pub struct Forms {
    rewrites: Vec<Rewrite>,
    dotless: Dotless,
    admin: Vec<String>,
    external: Vec<String>,
    /// What a login has in it that carries an administrator's affix.
    may_be_admin: Regex,
    built_in: Globs,
    service: Globs,
    shared: Globs,
    /// Groups of domains that are one.
    domains: Vec<Vec<String>>,
}

impl Forms {
    /// The forms that come with the tool, with what a case says: its affixes in place of ours, and which domains are one.
    pub fn load(admin: Option<&[String]>, external: Option<&[String]>, domains: &[Vec<String>]) -> Result<Self> {
        let fault = |e: &dyn std::fmt::Display| Error::fault(format!("logins.toml: {e}"));
        let raw: RawForms = toml::from_str(include_str!("data/logins.toml")).map_err(|e| fault(&e))?;
        let mut rewrites = Vec::new();
        for form in raw.form {
            let RawForm { pattern, is, has } = form;
            rewrites.push(Rewrite { form: Regex::new(&pattern).map_err(|e| fault(&e))?, is, has });
        }
        let globs = |list: &BuiltIn| Globs::read(&list.logins).map_err(|e| fault(&e));
        let (built_in, service, shared) = (globs(&raw.built_in)?, globs(&raw.service)?, globs(&raw.shared)?);
        let lower = |list: &[String]| list.iter().map(|text| text.to_lowercase()).collect();
        let admin = admin.map_or(raw.affixes.admin, lower);
        let affixes: Vec<String> = admin.iter().map(|affix| regex::escape(affix)).collect();
        let may_be_admin = Regex::new(&format!("(?i){}", affixes.join("|"))).map_err(|e| fault(&e))?;
        Ok(Self {
            rewrites,
            dotless: raw.dotless,
            admin,
            may_be_admin,
            external: external.map_or(raw.affixes.external, lower),
            built_in,
            service,
            shared,
            domains: domains.iter().map(|group| lower(group)).collect(),
        })
    }

    /// Reads a login or an address.
    #[must_use]
    pub fn read(&self, written: &str) -> Login {
        let mut text = written.trim().to_owned();
        for Rewrite { form, is, has } in &self.rewrites {
            if text.contains(&**has)
                && let std::borrow::Cow::Owned(read) = form.replace(&text, is)
            {
                text = read;
            }
        }
        let text = text.to_lowercase();
        let (local, domain) = text.rsplit_once('@').map_or((&*text, None), |(local, domain)| (local, Some(domain)));
        let address = domain.filter(|domain| !domain.is_empty() && !local.is_empty()).map(|_| text.clone());
        let local = local.split('+').next().unwrap_or(local);
        let (user, admin) = strip(local, &self.admin);
        let (user, _) = strip(user, &self.external);
        let (user, also) = strip(user, &self.admin);
        Login { address, user: fold(user), admin: admin || also }
    }

    /// Whether a login is marked as an administrator's second one: what [`Self::read`] says of it, told sooner.
    #[must_use]
    pub fn admin(&self, written: &str) -> bool {
        // What lies outside ASCII may become an affix in lower case.
        (!written.is_ascii() || self.may_be_admin.is_match(written)) && self.read(written).admin
    }

    /// What an address and its aliases have in common: without a plus tag, the first of the domains that are one, without dots
    /// where the host ignores them. `None` where that is the address itself.
    #[must_use]
    pub fn canonical(&self, address: &str) -> Option<String> {
        let lower = address.trim().to_lowercase();
        let (local, domain) = lower.rsplit_once('@')?;
        let local = local.split('+').next().filter(|part| !part.is_empty()).unwrap_or(local);
        let group = self.domains.iter().find(|group| group.iter().any(|name| name == domain));
        let mut domain = group.and_then(|group| group.first()).map_or(domain, String::as_str);
        let mut local = local.to_owned();
        if self.dotless.domains.iter().any(|host| host == domain) {
            local.retain(|c| c != '.');
            domain = &self.dotless.same;
        }
        Some(format!("{local}@{domain}"))
    }

    /// Whether a login is that of an account that comes with the system, or a computer's.
    #[must_use]
    pub fn built_in(&self, login: &str) -> bool {
        held(&self.built_in, login.rsplit_once('\\').map_or(login, |(_, user)| user))
    }

    /// Whether a login without its domain is of a form that programs commonly have.
    #[must_use]
    pub fn service(&self, user: &str) -> bool {
        held(&self.service, user)
    }

    /// Whether it is one that teams and counters commonly have.
    #[must_use]
    pub fn shared(&self, user: &str) -> bool {
        held(&self.shared, user)
    }
}

/// Whether a list holds a login, without regard to case.
pub(super) fn held(list: &Globs, user: &str) -> bool {
    if user.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        list.hold(user)
    } else {
        list.hold(&user.to_lowercase())
    }
}

/// A text without the first affix that it has, and whether it had one.
fn strip<'t>(text: &'t str, affixes: &[String]) -> (&'t str, bool) {
    let separator = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric());
    let [first, last] = [text.bytes().next(), text.bytes().next_back()];
    // Of nearly every text its first and last byte tell that it has none.
    let may_have = |affix: &&String| affix.bytes().next() == first || affix.bytes().next_back() == last;
    for affix in affixes.iter().filter(may_have) {
        let rest = if separator(affix.chars().next()) { text.strip_suffix(&**affix) } else { text.strip_prefix(&**affix) };
        if let Some(rest) = rest.filter(|rest| rest.len() > 1) {
            return (rest, true);
        }
    }
    (text, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_forms_are_undone() {
        let forms = Forms::load(None, None, &[]).unwrap();
        for (written, address, user, admin) in [
            ("Ann.Example@Acme.example", Some("ann.example@acme.example"), "ann.example", false),
            ("ACME\\bexample", None, "bexample", false),
            ("ann_partner.example#EXT#@acme.onmicrosoft.com", Some("ann@partner.example"), "ann", false),
            ("0123456789abcdef0123456789ABCDEFann@acme.example", Some("ann@acme.example"), "ann", false),
            ("ext-bexample", None, "bexample", false),
            ("c_bexample", None, "bexample", false),
            ("adm-bexample", None, "bexample", true),
            ("bexample-adm@acme.example", Some("bexample-adm@acme.example"), "bexample", true),
            ("ann+news@acme.example", Some("ann+news@acme.example"), "ann", false),
        ] {
            let read = forms.read(written);
            assert_eq!((read.address.as_deref(), &*read.user, read.admin), (address, user, admin), "{written}");
        }
    }

    proptest::proptest! {
        /// What a form has stands in whatever its pattern fits.
        #[test]
        fn a_form_is_told_soon_as_by_its_pattern(login in r"([a-z0-9]|[0-9a-f]{32}|[-._@#+\\\\]|#EXT#@){1,8}") {
            let forms = Forms::load(None, None, &[]).unwrap();
            for Rewrite { form, has, .. } in &forms.rewrites {
                proptest::prop_assert!(login.contains(&**has) || !form.is_match(&login), "{} {}", form, login);
            }
        }

        #[test]
        fn an_administrator_is_told_soon_as_by_reading(login in "(adm|ADM|admin|ext|a|İ|\u{212A}|[-._@+\\\\]){0,6}") {
            let forms = Forms::load(None, None, &[]).unwrap();
            proptest::prop_assert_eq!(forms.admin(&login), forms.read(&login).admin);
        }
    }

    #[test]
    fn an_affix_of_nothing_marks_nobody() {
        let forms = Forms::load(Some(&[String::new()]), None, &[]).unwrap();
        assert!(!forms.admin("ann") && !forms.read("ann").admin);
    }

    #[test]
    fn aliases_of_an_address_have_one_form() {
        let forms = Forms::load(None, None, &[vec!["acme.example".into(), "Roadrunner.example".into()]]).unwrap();
        for (written, form) in [
            ("Ann+x@roadrunner.example", "ann@acme.example"),
            ("ann@acme.example", "ann@acme.example"),
            ("a.n.n@googlemail.com", "ann@gmail.com"),
            ("a.nn@acme.example", "a.nn@acme.example"),
        ] {
            assert_eq!(forms.canonical(written).unwrap(), form);
        }
        assert_eq!(forms.canonical("ann"), None);
    }

    #[test]
    fn accounts_that_come_with_a_system_and_computers_are_known() {
        let forms = Forms::load(None, None, &[]).unwrap();
        for (login, built_in) in
            [("krbtgt", true), ("ACME\\Administrator", true), ("PC-0042$", true), ("rooter", false), ("ann", false)]
        {
            assert_eq!(forms.built_in(login), built_in, "{login}");
        }
    }
}
