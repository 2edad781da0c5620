//! What a dump tells of an account and its holder beside name and address: few dumps tell any of it, so it is packed into one text.

/// One thing that a dump may tell of an account or its holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Particular {
    /// Further addresses, `;` between.
    OtherEmails,
    /// Names under which an identity provider knows the holder, `;` between: a SAML `NameID`, an external id, a principal name.
    FederatedIds,
    /// The department.
    Department,
    /// The role or title.
    Role,
    /// The manager: a number, an address or a name.
    Manager,
    /// The holder's first day, `2026-07-01`.
    StartAt,
    /// The place of work.
    Location,
    /// A telephone number.
    Phone,
    /// Who answers for a guest: a number or an address, `;` between several.
    Sponsor,
    /// When the password was changed last, at the latest: seconds since 1970.
    PasswordChanged,
    /// The same of each key that works, `;` between.
    KeysChanged,
    /// Whether a second factor is needed: `true` or `false`.
    Mfa,
}

impl Particular {
    /// All of them, in the order of packing.
    pub const ALL: [Self; 12] = [
        Self::OtherEmails,
        Self::FederatedIds,
        Self::Department,
        Self::Role,
        Self::Manager,
        Self::StartAt,
        Self::Location,
        Self::Phone,
        Self::Sponsor,
        Self::PasswordChanged,
        Self::KeysChanged,
        Self::Mfa,
    ];
}

const BETWEEN: char = '\u{1F}';

/// Packs values in the order of [`Particular::ALL`]; nothing is kept where all are empty.
#[must_use]
pub fn pack(values: &[String; Particular::ALL.len()]) -> String {
    if values.iter().all(String::is_empty) {
        return String::new();
    }
    let clean: Vec<String> = values.iter().map(|value| value.replace(BETWEEN, " ")).collect();
    clean.join("\u{1F}")
}

/// One of the packed values; empty where there is none.
#[must_use]
pub fn unpack(packed: &str, which: Particular) -> &str {
    packed.split(BETWEEN).nth(which as usize).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_in_its_place() {
        let mut values: [String; 12] = Default::default();
        assert!(pack(&values).is_empty());
        values[Particular::Manager as usize] = "E7".into();
        let packed = pack(&values);
        assert_eq!(unpack(&packed, Particular::Manager), "E7");
        assert_eq!(unpack(&packed, Particular::Phone), "");
        assert_eq!(unpack("", Particular::Phone), "");
    }
}
