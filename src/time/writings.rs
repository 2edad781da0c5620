//! Every way to write a time that exports have: examples, and the property that each reads back as the instant it tells.

use super::*;
use crate::model::instant::Instant;
use chrono_tz::{America, Europe};
use proptest::prelude::*;

fn told(text: &str, how: Reading) -> String {
    match read(text, how) {
        Ok(Some(Moment::At(at))) => at.to_string(),
        Ok(Some(Moment::On(date))) => date.to_string(),
        Ok(None) => "none".into(),
        Err(why) => format!("{why:?}"),
    }
}

fn unit(unit: TimeUnit) -> Reading<'static> {
    Reading { unit, ..Reading::in_zone(Tz::UTC) }
}

#[test]
fn programs_write_times_in_many_ways() {
    let how = Reading { order: Some(DateOrder::Mdy), ..Reading::in_zone(Tz::UTC) };
    for text in [
        "Thu, 01 Oct 2026 10:30:00 +0200",
        "1 Oct 2026 08:30",
        "Oct 1, 2026, 8:30:00 AM",
        "Oct 1, 2026, 8:30:00\u{202F}AM",
        "\u{200E}10/\u{200E}1/\u{200E}2026 \u{200F}8:30\u{00A0}AM",
        "October 1st, 2026 at 8:30 a.m.",
        "10/1/2026 8:30 a. m.",
        "2026-10-01T08:30:00.1234567Z",
        "2026-10-01T08:30:00,123Z",
        "2026-10-01t08:30:00z",
        "20261001T083000Z",
        "20261001T0830Z",
        "2026-10-01 08:30:00 +0000 UTC",
        "2026-10-01 04:30:00 -0400 EDT",
        "2026-10-01T08:30:00+00:00[UTC]",
        "2026-10-01T09:30:00[Europe/London]",
        "2026-10-01 09:30:00 Europe/London",
        "Thu Oct  1 08:30:00 2026",
        "Thu Oct 01 08:30:00 UTC 2026",
        "Thu Oct 01 08:30:00 +0000 2026",
        "Thu Oct 01 2026 10:30:00 GMT+0200 (Central European Summer Time)",
        "Thursday, 1 October 2026 08:30:00",
        "01-OCT-26 08.30.00.000000 AM",
        "01-OCT-26 10.30.00.000000 AM +02:00",
        "01/Oct/2026:08:30:00 +0000",
        "10/1/2026,8:30",
        "10/1/26 8:30AM",
        "2026/10/01 08:30:00",
        "2026.10.01 08:30",
        "20261001 08:30:00",
        "1. Oktober 2026, 08:30 Uhr",
        "1 octobre 2026 à 08:30",
        "1 de octubre de 2026 8:30",
        "1 ott 2026 08:30",
        "1 okt. 2026 08:30",
        "1 de out. de 2026 08:30",
        "2026-10-01 08:30 UTC+0",
        "08:30:00 01 OCT 2026",
        "202610010830Z",
        "20261001083000.0Z",
        "20261001083000,5Z",
        "20261001083000",
        "202610011030+02",
        "2026100108.5Z",
        "202610010830.0Z",
    ] {
        assert_eq!(told(text, how), "2026-10-01T08:30:00Z", "{text}");
    }
    for (text, expected) in [
        ("2026-10-01T24:00:00Z", "2026-10-02T00:00:00Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("2017-01-01T05:29:60+05:30", "2017-01-01T00:00:00Z"),
        ("2016-12-31T12:30:60Z", "NotATime"),
        ("2026100108Z", "2026-10-01T08:00:00Z"),
        ("10/1/2026 12:05 AM", "2026-10-01T00:05:00Z"),
        ("10/1/2026 0:05 PM", "2026-10-01T12:05:00Z"),
        ("10/1/2026 13:05 PM", "NotATime"),
        ("10/1/2026 8 AM", "2026-10-01T08:00:00Z"),
        ("20261001", "2026-10-01"),
        ("2026-10-01+02:00", "2026-10-01"),
        ("2026-10-01-07:00", "2026-10-01"),
        ("27/Sep/26", "2026-09-27"),
        ("2026-Sep-27", "2026-09-27"),
        ("01OCT2026", "2026-10-01"),
        ("27. 9. 2026", "NotATime"),
        ("Fri, 01 Oct 2026 08:30:00 +0200", "Weekday"),
        ("2026-10-01T08:30:00+02:00[UTC]", "NotATime"),
        ("2026-10-01 08:30:00 (whatever)", "NotATime"),
    ] {
        assert_eq!(told(text, how), expected, "{text}");
    }
}

#[test]
fn points_may_stand_in_dates_and_in_clocks() {
    let how = Reading { order: Some(DateOrder::Dmy), ..Reading::in_zone(Tz::UTC) };
    assert_eq!(told("01.10.2026 08.30", how), "2026-10-01T08:30:00Z");
    assert_eq!(told("1. 10. 2026 8:30", how), "2026-10-01T08:30:00Z");
    assert_eq!(told("1.10.26", how), "2026-10-01");
    assert_eq!(told("1.10/26", how), "NotATime");
}

#[test]
fn letters_that_several_zones_share_are_read_where_the_sources_own_zone_uses_them() {
    let utc = Reading::in_zone(Tz::UTC);
    assert_eq!(told("2026-10-01 08:30:00 EST", utc), "Abbreviation");
    let york = Reading::in_zone(America::New_York);
    assert_eq!(told("2026-10-01 08:30:00 EDT", york), "2026-10-01T12:30:00Z");
    assert_eq!(told("2026-10-01 08:30:00 EST", york), "Abbreviation", "not in summer");
    let london = Reading::in_zone(Europe::London);
    // The hour that happens twice: the letters tell which.
    assert_eq!(told("2026-10-25 01:30:00 BST", london), "2026-10-25T00:30:00Z");
    assert_eq!(told("2026-10-25 01:30:00 GMT", london), "2026-10-25T01:30:00Z");
    assert_eq!(told("Thu Oct 01 08:30:00 CEST 2026", Reading::in_zone(Europe::Berlin)), "2026-10-01T06:30:00Z");
}

#[test]
fn what_means_no_date_is_none_and_what_means_not_known_is_refused() {
    let how = Reading { order: Some(DateOrder::Mdy), ..Reading::in_zone(Europe::Berlin) };
    for text in [
        "",
        "N/A",
        "N/A-StillEmployed",
        "no_information",
        "not_supported",
        "Never logged in",
        "Never Logged In",
        "Never accessed",
        "never",
        "-",
        "--",
        "?",
        "NaN",
        "NULL",
        "(null)",
        "\\N",
        "#N/A",
        "not available",
        "0",
        "0000-00-00",
        "00000000",
        "0000-00-00 00:00:00",
        "1/1/1900",
        "1/0/1900",
        "1/1/0001",
        "1/1/0001 12:00:00 AM",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00",
        "0001-01-01T00:00:00+00:00",
        "16010101000000.0Z",
        "12/31/1600 4:00:00 PM",
        "1970-01-01",
        "1970-01-01T00:00:00.000Z",
        "1970-01-01 00:00:00",
        "1/1/1970 1:00:00 AM",
        "Thu, 01 Jan 1970 00:00:00 +0000",
        "1899-12-30",
        "9999-12-31",
        "9999-12-31T23:59:59.9999999Z",
        "31.12.9999",
        "99991231",
        "12/31/9999 11:59:59 PM",
    ] {
        let how = if text.starts_with("31.") { Reading { order: Some(DateOrder::Dmy), ..how } } else { how };
        assert_eq!(told(text, how), "none", "{text}");
    }
    for text in ["unknown", "TBD", "soon", "#REF!", "yes"] {
        assert_eq!(told(text, how), "NotATime", "{text}");
    }
    assert_eq!(told("2041-07-31", how), "2041-07-31", "a far day is a day");
}

#[test]
fn numbers_are_read_in_the_unit_that_the_column_says_and_refused_without_one() {
    let at = "2026-10-01T08:30:00Z";
    for (text, of, expected) in [
        ("1790843400", TimeUnit::EpochS, at),
        ("1790843400.5", TimeUnit::EpochS, at),
        ("1.790843400E+09", TimeUnit::EpochS, at),
        ("1790843400123", TimeUnit::EpochMs, at),
        ("1790843400123456", TimeUnit::EpochUs, at),
        ("1790843400123456789", TimeUnit::EpochNs, at),
        ("1.79084E+12", TimeUnit::EpochMs, "Rounded"),
        ("1790843400", TimeUnit::Epoch, at),
        ("1790843400123", TimeUnit::Epoch, at),
        ("1790843400123456", TimeUnit::Epoch, at),
        ("1790843400123456789", TimeUnit::Epoch, at),
        ("12345", TimeUnit::Epoch, "NotATime"),
        ("134353170000000000", TimeUnit::Filetime, at),
        ("134353170000000000.0", TimeUnit::Filetime, at),
        ("1.34353170000000E+17", TimeUnit::Filetime, at),
        ("1.34353E+17", TimeUnit::Filetime, "Rounded"),
        ("9223372036854775807", TimeUnit::Filetime, "none"),
        ("9223372036854770000", TimeUnit::Filetime, "none"),
        ("9.22337E+18", TimeUnit::Filetime, "none"),
        ("9,22337E+18", TimeUnit::Filetime, "none"),
        ("0", TimeUnit::Filetime, "none"),
        ("-1", TimeUnit::EpochS, "none"),
        ("-62135596800000", TimeUnit::EpochMs, "none"),
        ("46296.354166666664", TimeUnit::Excel, at),
        ("46296.35417", TimeUnit::Excel, at),
        ("46296", TimeUnit::Excel, "2026-10-01"),
        ("44834.354166666664", TimeUnit::Excel1904, at),
        ("44834", TimeUnit::Excel1904, "2026-10-01"),
        ("20727", TimeUnit::EpochDays, "2026-10-01"),
        ("20727.5", TimeUnit::EpochDays, "NotATime"),
        // A written time is one whatever the column counts.
        ("2026-10-01T08:30:00Z", TimeUnit::EpochMs, at),
        ("1790843400", TimeUnit::Iso, "Number"),
        ("1790843400123", TimeUnit::Iso, "Number"),
        ("46296.35", TimeUnit::Iso, "Number"),
        ("5", TimeUnit::Iso, "Number"),
    ] {
        assert_eq!(told(text, unit(of)), expected, "{text} as {of:?}");
    }
}

#[test]
fn a_format_of_ones_own_is_kept_to() {
    let own = |format| Reading { format: Some(format), ..Reading::in_zone(Europe::London) };
    for (text, format, expected) in [
        ("27/Sep/26 9:00 AM", "%d/%b/%y %I:%M %p", "2026-09-27T08:00:00Z"),
        ("10-2026-01", "%m-%Y-%d", "2026-10-01"),
        ("01102026 0830 +0200", "%d%m%Y %H%M %z", "2026-10-01T06:30:00Z"),
        ("10/01/26", "%m/%d/%Y", "Format"),
        ("2026-10-01", "%d/%m/%Y", "Format"),
        ("27/Sep/26 9:00", "%d/%b/%y %I:%M", "Format"),
        ("-", "%d/%m/%Y", "none"),
        ("31/12/9999", "%d/%m/%Y", "none"),
    ] {
        assert_eq!(told(text, own(format)), expected, "{text} by {format}");
    }
    for format in ["%d/%b/%y %I:%M %p", "%m-%Y-%d", "%s", "%d.%m.%Y, %H:%M:%S%.f %z"] {
        assert_eq!(check_format(format), Ok(()));
    }
    for format in ["%d/%m", "%Q", "%H:%M", "%d/%m/%Y %H:%M %Z", "%d/%b/%y %I:%M"] {
        assert!(check_format(format).is_err(), "{format}");
    }
}

proptest! {
    #[test]
    fn every_writing_of_an_instant_reads_back_as_that_instant(seconds in 1_000_000_000_i64..4_000_000_000, minutes in -14 * 60..=14 * 60) {
        let at = Instant::from_seconds(seconds).unwrap();
        let offset = chrono::FixedOffset::east_opt(minutes * 60).unwrap();
        let (utc, there) = (at.to_chrono(), at.to_chrono().with_timezone(&offset));
        let how = |order| Reading { order, ..Reading::in_zone(Tz::UTC) };
        for format in [
            "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.000000000Z", "%Y%m%dT%H%M%SZ", "%Y%m%d%H%M%SZ",
            "%Y%m%d%H%M%S.0Z", "%Y/%m/%d %H:%M:%S", "%a %b %e %H:%M:%S %Y", "%a %b %d %H:%M:%S UTC %Y", "%d %B %Y %H:%M:%S",
            "%b %-d, %Y, %-I:%M:%S %p", "%d-%b-%Y %I.%M.%S.000000 %p", "%Y-%m-%d %H:%M:%S UTC", "%A, %B %-d, %Y %-I:%M:%S %p",
        ] {
            let text = utc.format(format).to_string();
            prop_assert_eq!(read(&text, how(None)), Ok(Some(Moment::At(at))), "{}", text);
        }
        for format in [
            "%Y-%m-%dT%H:%M:%S%:z", "%Y-%m-%d %H:%M:%S %z", "%Y%m%d%H%M%S%z", "%a, %d %b %Y %H:%M:%S %z",
            "%d/%b/%Y:%H:%M:%S %z", "%Y-%m-%dT%H:%M:%S,5%z", "%a %b %d %Y %H:%M:%S GMT%z (Some Zone)",
        ] {
            let text = there.format(format).to_string();
            let got = read(&text, how(None));
            let Ok(Some(Moment::At(got))) = got else { panic!("{text}: {got:?}") };
            prop_assert_eq!(got.seconds(), seconds, "{}", text);
        }
        for (order, format) in [
            (DateOrder::Mdy, "%-m/%-d/%Y %-I:%M:%S %p"), (DateOrder::Dmy, "%d/%m/%Y %H:%M:%S"), (DateOrder::Dmy, "%d.%m.%Y %H:%M:%S"),
            (DateOrder::Mdy, "%m-%d-%y %H:%M:%S"), (DateOrder::Dmy, "%d/%m/%y, %H:%M:%S"), (DateOrder::Ymd, "%y-%m-%d %H:%M:%S"),
        ] {
            let text = utc.format(format).to_string();
            if chrono::Datelike::year(&utc) < 2069 || format.contains("%Y") {
                prop_assert_eq!(read(&text, how(Some(order))), Ok(Some(Moment::At(at))), "{}", text);
            }
            prop_assert!(matches!(read(&text, how(None)), Err(Unreadable::Order)), "{}", text);
        }
        for (of, text) in [
            (TimeUnit::EpochS, seconds.to_string()), (TimeUnit::EpochMs, format!("{seconds}000")), (TimeUnit::EpochUs, format!("{seconds}000000")),
            (TimeUnit::EpochNs, format!("{seconds}000000000")), (TimeUnit::Epoch, format!("{seconds}000")),
            (TimeUnit::Filetime, ((seconds + 11_644_473_600) * 10_000_000).to_string()),
        ] {
            prop_assert_eq!(read(&text, unit(of)), Ok(Some(Moment::At(at))), "{}", text);
        }
        let days = (seconds / 86_400 + 25_569) as f64;
        let serial = days + (seconds % 86_400) as f64 / 86_400.0;
        if seconds % 86_400 != 0 {
            for text in [format!("{serial:.9}"), format!("{serial:.5}")] {
                prop_assert_eq!(read(&text, unit(TimeUnit::Excel)), Ok(Some(Moment::At(at))), "{}", text);
            }
        }
    }

    #[test]
    fn no_text_panics_and_letters_alone_are_no_time(text in "\\PC{0,40}", letters in "[a-zA-Z ]{0,30}", of in 0..10) {
        let units = [
            TimeUnit::Iso, TimeUnit::EpochS, TimeUnit::EpochMs, TimeUnit::EpochUs, TimeUnit::EpochNs, TimeUnit::Epoch, TimeUnit::EpochDays,
            TimeUnit::Filetime, TimeUnit::Excel, TimeUnit::Excel1904,
        ];
        for order in [None, Some(DateOrder::Dmy), Some(DateOrder::Mdy), Some(DateOrder::Ymd)] {
            let how = Reading { order, unit: units[usize::try_from(of).unwrap()], ..Reading::in_zone(Europe::Berlin) };
            let _ = read(&text, how);
            prop_assert!(!matches!(read(&letters, how), Ok(Some(_))), "{}", letters);
        }
        let _ = read(&text, Reading { format: Some("%d/%m/%Y %H:%M:%S%.f %z"), ..Reading::in_zone(Tz::UTC) });
    }

    #[test]
    fn near_times_do_not_panic(text in "[0-9TZ:+./, AMPoct-]{0,30}") {
        for order in [None, Some(DateOrder::Dmy), Some(DateOrder::Ymd)] {
            let _ = read(&text, Reading { order, ..Reading::in_zone(America::New_York) });
        }
    }
}
