//! Names of months and of days of the week, in the languages in which exports name them: English, German, French, Spanish,
//! Italian, Dutch and Portuguese, in full and abbreviated. No abbreviation means two months.

use chrono::Weekday;

const MONTHS: [&str; 12] = [
    "january januar janvier enero gennaio januari janeiro jan janv ene gen jän jänner",
    "february februar février fevrier febrero febbraio februari fevereiro feb févr fév fevr fev",
    "march märz mars marzo maart março marco mar mär mrz mrt",
    "april avril abril aprile apr avr abr",
    "may mai mayo maggio mei maio mag",
    "june juni juin junio giugno junho jun giu",
    "july juli juillet julio luglio julho jul juil lug",
    "august août aout agosto augustus aug ago",
    "september septembre septiembre settembre setembro sep sept set",
    "october oktober octobre octubre ottobre outubro oct okt ott out",
    "november novembre noviembre novembro nov",
    "december dezember décembre decembre diciembre dicembre dezembro dec dez déc dic",
];

const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "monday mon montag mo lundi lun lunes lunedì maandag ma"),
    (Weekday::Tue, "tuesday tue tues dienstag di mardi mar martes martedì dinsdag"),
    (Weekday::Wed, "wednesday wed mittwoch mi mercredi mer miércoles mié mercoledì woensdag wo"),
    (Weekday::Thu, "thursday thu thur thurs donnerstag do jeudi jeu jueves jue giovedì gio donderdag"),
    (Weekday::Fri, "friday fri freitag fr vendredi ven viernes vie venerdì vrijdag vr"),
    (Weekday::Sat, "saturday sat samstag sa samedi sam sábado sáb sabato sab zaterdag za"),
    (Weekday::Sun, "sunday sun sonntag so dimanche dim domingo dom domenica zondag zo"),
];

/// The number of the month of this name.
pub(super) fn month(name: &str) -> Option<u32> {
    let lower = name.to_lowercase();
    let place = MONTHS.iter().position(|names| names.split(' ').any(|known| known == lower))?;
    u32::try_from(place + 1).ok()
}

/// The day of the week of this name.
pub(super) fn weekday(name: &str) -> Option<Weekday> {
    let lower = name.to_lowercase();
    WEEKDAYS.iter().find(|(_, names)| names.split(' ').any(|known| known == lower)).map(|(day, _)| *day)
}

/// Whether a word is such a name.
pub(super) fn is_name(word: &str) -> bool {
    month(word).is_some() || weekday(word).is_some()
}

/// A word that stands between the parts of a written time and says nothing: `1 de octubre`, `um 8:30 Uhr`.
pub(super) fn says_nothing(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "at" | "of" | "de" | "del" | "um" | "uhr" | "à" | "às" | "om" | "alle")
}
