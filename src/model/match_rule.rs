//! The rules of the ladder, and what each is called.

/// Which rule linked an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// An analyst decided it, in the override file.
    Override,
    /// The account carries HR's number.
    PersonId,
    /// The account's address, or a login that is one, is an address of the person.
    Email,
    /// The same after aliases: plus tags, domains that are one, dots that the host ignores.
    EmailAlias,
    /// The identity provider's name of the account is a number, address or login of the person.
    FederatedId,
    /// The account's login is the login that HR knows.
    Login,
    /// The login is built from the person's name as others of the organisation are.
    LoginPattern,
    /// The name is the same, nobody else has it, and a second field agrees.
    Name,
    /// The fields as a whole agree far more than those of anybody else.
    Probabilistic,
}

/// A step of the ladder, as `order` in the case names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Named in the case as nobody's.
    Declared,
    /// A rule. [`Rule::EmailAlias`] belongs to the step of [`Rule::Email`].
    By(Rule),
}

impl Step {
    /// All steps, in the order that holds unless the case gives another.
    pub const ALL: [Self; 9] = [
        Self::Declared,
        Self::By(Rule::Override),
        Self::By(Rule::PersonId),
        Self::By(Rule::Email),
        Self::By(Rule::FederatedId),
        Self::By(Rule::Login),
        Self::By(Rule::LoginPattern),
        Self::By(Rule::Name),
        Self::By(Rule::Probabilistic),
    ];

    /// Its word in the case.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::By(rule) => rule.word(),
        }
    }
}

impl Rule {
    /// All rules, in their usual order.
    pub const ALL: [Self; 9] = [
        Self::Override,
        Self::PersonId,
        Self::Email,
        Self::EmailAlias,
        Self::FederatedId,
        Self::Login,
        Self::LoginPattern,
        Self::Name,
        Self::Probabilistic,
    ];

    /// The word in `match_rule`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Override => "override",
            Self::PersonId => "person_id",
            Self::Email => "email",
            Self::EmailAlias => "email_alias",
            Self::FederatedId => "federated_id",
            Self::Login => "login",
            Self::LoginPattern => "login_pattern",
            Self::Name => "name",
            Self::Probabilistic => "probabilistic",
        }
    }

    /// Whether what it links is certain: a key, or an analyst's decision. The others are likely, and never lead to an action.
    #[must_use]
    pub fn certain(self) -> bool {
        self < Self::LoginPattern
    }
}
