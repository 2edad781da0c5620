//! How an account names its person; and the accounts that are nobody's.

use crate::Case;
use crate::draws::Random;
use crate::people::{Person, alias, email, login};
use crate::systems::{Shape, System};

/// How an account names its person, before the system's own columns decide what of it is shown.
pub struct Identity {
    pub person_id: String,
    pub email: String,
    pub login: String,
}

pub fn identity(case: &Case, system: &System, index: i64, person: &Person, random: &mut Random) -> Identity {
    let with_id = random.percent(50) && system.shape != Shape::Files;
    let mut name = Identity { person_id: String::new(), email: email(index), login: login(index) };
    if with_id {
        name.person_id = format!("E{index:07}");
    }
    let by_login = matches!(system.shape, Shape::Directory | Shape::Wiki | Shape::Tracker);
    match random.below(100) {
        0..20 => name.email = name.email.to_uppercase(),
        20..40 => name.email = name.email.replace("@acme", "@Acme"),
        40..60 if person.alias => name.email = alias(index),
        60..75 if by_login => name.email.clear(),
        75..85 if by_login => name.login = format!("u-{}", index * 3 + 1),
        85 if by_login && index + 1 < case.people && random.percent(20) => {
            // The two keys name two people: nobody can tell whose it is.
            name.person_id = format!("E{index:07}");
            name.email = email(index + 1);
        }
        _ => {}
    }
    if let Some(pair) = person.shared.filter(|pair| *pair == index && by_login) {
        name = Identity { person_id: String::new(), email: format!("shared{pair:07}@acme.test"), login: format!("box-{pair}") };
    }
    if case.edge && by_login && random.percent(1) {
        match random.below(3) {
            0 => name = Identity { person_id: String::new(), email: email((index + 1) % case.people), login: login(index) },
            1 => name = Identity { person_id: format!("X{index:07}"), email: email(index), login: String::new() },
            _ => name.person_id = format!("E{:07}", (index + 1) % case.people),
        }
    }
    name
}

/// How many accounts of a system belong to nobody in HR: the orphans, then the declared service accounts.
pub fn strangers(case: &Case) -> (i64, i64) {
    ((case.people / 300).max(3), (case.people / 4000).clamp(2, 20))
}

pub fn stranger(case: &Case, index: i64) -> Identity {
    let (orphans, _) = strangers(case);
    let number = index - case.people;
    if number >= orphans {
        return Identity { person_id: String::new(), email: format!("svc-{number}@bots.test"), login: format!("svc-{number}") };
    }
    let mut random = Random::new(case.seed, 3, number);
    let person_id = if random.percent(30) { format!("Z{number:07}") } else { String::new() };
    Identity { person_id, email: format!("gone.{number}@nowhere.test"), login: format!("gone.{number}") }
}
