//! The credentials of one account: `password=active; access_key_1=inactive`. Each opens the account by itself, so that it
//! can be used while one of them can.

use crate::model::account::Status;
use crate::model::credential;

/// The status of an account whose dump says `status` and lists these credentials; and a word for a state that is not known.
/// A credential that works keeps an account usable, whatever else is said of it; only where all are known to be off does the
/// list say that it is disabled.
pub fn status(status: Status, listed: &str) -> (Status, Option<String>) {
    let states: Vec<(&str, Option<bool>)> = credential::states(listed).collect();
    let strange = credential::strange(listed).map(str::to_owned);
    let status = match status {
        Status::Deleted => Status::Deleted,
        _ if states.iter().any(|(_, works)| *works == Some(true)) => Status::Active,
        Status::Unknown if !states.is_empty() && states.iter().all(|(_, works)| *works == Some(false)) => Status::Disabled,
        status => status,
    };
    (status, strange)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_can_be_used_while_one_of_its_credentials_can() {
        let of = |word, listed| status(word, listed).0;
        assert_eq!(of(Status::Unknown, "password=inactive; access_key_1=active"), Status::Active);
        assert_eq!(of(Status::Disabled, "password=inactive; token=active"), Status::Active);
        assert_eq!(of(Status::Unknown, "password=inactive; access_key_1=Revoked"), Status::Disabled);
        assert_eq!(of(Status::Active, "password=inactive"), Status::Active, "there may be others that the list does not show");
        assert_eq!(of(Status::Deleted, "password=active"), Status::Deleted);
        assert_eq!(of(Status::Unknown, ""), Status::Unknown);
    }

    #[test]
    fn a_state_in_a_word_that_is_not_known_proves_nothing_and_is_told() {
        let (status, strange) = status(Status::Unknown, "password=inactive; token=dormant");
        assert_eq!((status, strange.as_deref()), (Status::Unknown, Some("token=dormant")));
    }
}
