//! How systems name accounts and their holders.

use super::text::together;

together! {
    /// How a system names an account and its holder; empty where it does not say.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Names<'a> {
        /// The system's own id.
        pub account_id: &'a str,
        /// What one types to sign in.
        pub login: &'a str,
        /// The e-mail address.
        pub email: &'a str,
        /// The person's number, where the system knows it.
        pub person_id: &'a str,
        /// The holder's name as written.
        pub name: &'a str,
        /// What else the dump tells of the holder, packed: see [`super::particulars`].
        pub particulars: &'a str,
    }
}

impl<'a> Names<'a> {
    /// Those of an account of which a log names the target alone.
    #[must_use]
    pub fn of_target(target: &'a str) -> Self {
        let email = if target.contains('@') { target } else { "" };
        Self { account_id: target, login: target, email, ..Self::default() }
    }

    /// What a reader knows the account by: the login, or the id where it has none.
    #[must_use]
    pub fn shown(&self) -> &'a str {
        if self.login.is_empty() { self.account_id } else { self.login }
    }

    /// All by which a log or a ticket may mean the account: id, login, address.
    #[must_use]
    pub fn targets(&self) -> [&'a str; 3] {
        [self.account_id, self.login, self.email]
    }
}
