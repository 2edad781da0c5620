//! Times of every kind that exports hold.

use super::*;
use crate::model::instant::Instant;
use crate::presets::DateOrder;
use chrono_tz::{Europe, Pacific};

fn utc(text: &str, how: Reading) -> String {
    match read(text, how) {
        Ok(Some(Moment::At(at))) => at.to_string(),
        Ok(Some(Moment::On(date))) => date.to_string(),
        Ok(None) => "none".into(),
        Err(why) => format!("{why:?}"),
    }
}

#[test]
fn written_times_are_read_as_they_stand() {
    let how = Reading { zone: Europe::London, order: Some(DateOrder::Mdy), unit: TimeUnit::Iso, format: None };
    for (text, expected) in [
        ("2026-10-01T08:30:00Z", "2026-10-01T08:30:00Z"),
        ("2026-10-01T08:30:00.999999999Z", "2026-10-01T08:30:00Z"),
        ("2026-10-01T08:30:00+02:00", "2026-10-01T06:30:00Z"),
        ("2026-10-01T08:30:00.000+0000", "2026-10-01T08:30:00Z"),
        ("2022-06-22 18:18:29.015", "2022-06-22T17:18:29Z"),
        ("2026-01-05T09:00:00", "2026-01-05T09:00:00Z"),
        ("2026/04/10 04:05:20", "2026-04-10T03:05:20Z"),
        ("8/19/2021 1:25:31 PM", "2021-08-19T12:25:31Z"),
        ("11/4/2020, 9:21:40.000 PM", "2020-11-04T21:21:40Z"),
        ("3 Jan 2024", "2024-01-03"),
        ("27/Sep/26 9:00 AM", "2026-09-27T08:00:00Z"),
        ("2026-08-14", "2026-08-14"),
        ("2024-02-29", "2024-02-29"),
        ("20190925132822.0Z", "2019-09-25T13:28:22Z"),
        ("20190925132822+0200", "2019-09-25T11:28:22Z"),
        ("16010101000000.0Z", "none"),
        ("20191325132822.0Z", "NotATime"),
        ("0000-00-00", "none"),
        ("Never logged in", "none"),
        ("1970-01-01T00:00:00.000Z", "none"),
        ("2026-02-30", "NotATime"),
        ("26-10-01", "NotATime"),
        ("2026-10-01T25:00:00Z", "NotATime"),
        ("tomorrow", "NotATime"),
        ("2026-13-01T00:00:00Z", "NotATime"),
    ] {
        assert_eq!(utc(text, how), expected, "{text}");
    }
}

#[test]
fn a_date_that_can_be_read_in_two_ways_is_refused_until_the_order_is_settled() {
    let open = Reading::in_zone(Tz::UTC);
    assert_eq!(utc("8/9/2026", open), "Order");
    assert_eq!(utc("8/9/2026", Reading { order: Some(DateOrder::Dmy), ..open }), "2026-09-08");
    assert_eq!(utc("8/9/26", Reading { order: Some(DateOrder::Mdy), ..open }), "2026-08-09");
}

#[test]
fn numbers_count_what_the_column_says() {
    let how = |unit| Reading { unit, ..Reading::in_zone(Tz::UTC) };
    assert_eq!(utc("1790843400", how(TimeUnit::EpochS)), "2026-10-01T08:30:00Z");
    assert_eq!(utc("1790843400123", how(TimeUnit::EpochMs)), "2026-10-01T08:30:00Z");
    assert_eq!(utc("132143000000000000", how(TimeUnit::Filetime)), "2019-09-30T06:53:20Z");
    assert_eq!(utc("9223372036854775807", how(TimeUnit::Filetime)), "none");
    assert_eq!(utc("46296.354166666664", how(TimeUnit::Excel)), "2026-10-01T08:30:00Z");
    assert_eq!(utc("46296", how(TimeUnit::Excel)), "2026-10-01");
    assert_eq!(utc("soon", how(TimeUnit::EpochS)), "NotATime");
}

#[test]
fn clocks_that_go_forward_skip_times_and_clocks_that_go_back_give_the_earlier() {
    let nz = Reading::in_zone(Pacific::Auckland);
    assert_eq!(utc("2026-09-27 02:30:00", nz), "Skipped");
    assert_eq!(utc("2026-09-27 03:30:00", nz), "2026-09-26T14:30:00Z");
    assert_eq!(utc("2026-10-25 01:30:00", Reading::in_zone(Europe::London)), "2026-10-25T00:30:00Z");
}

proptest::proptest! {
    #[test]
    fn the_fast_way_agrees_with_the_calendar(seconds in 1_i64..253_370_764_800) {
        let at = Instant::from_seconds(seconds).unwrap();
        proptest::prop_assume!(!at.to_string().starts_with("4712-12-31"));
        proptest::prop_assert_eq!(plain::read(&at.to_string(), Reading::in_zone(Tz::UTC)), Some(Ok(Some(at))));
    }

    #[test]
    fn the_fast_way_reads_a_date_as_the_other_does(text in "(0001|1600|1601|1753|1899|1900|1970|4712|9999|[0-2][0-9]{3})-[01][0-9]-[0-3][0-9]") {
        let how = Reading::in_zone(Tz::UTC);
        proptest::prop_assert_eq!(plain::date(&text).is_some(), written::read(&text, how).is_ok());
        proptest::prop_assume!(!no_date::is_word(&text));
        proptest::prop_assert_eq!(read(&text, how), written::read(&text, how));
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}") {
        let _ = read(&text, Reading { order: Some(DateOrder::Dmy), ..Reading::in_zone(Tz::UTC) });
        let _ = read(&text, Reading { unit: TimeUnit::Excel, ..Reading::in_zone(Tz::UTC) });
    }
}
