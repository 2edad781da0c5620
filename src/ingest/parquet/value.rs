//! A value of a Parquet column as JSON has it: times as ISO 8601, in UTC where the column says so and without a zone where it
//! does not, bytes that are no text in hex, nothing rounded.

use chrono::{DateTime, Days, NaiveDate, NaiveTime};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::record::Field;
use parquet::schema::types::Type;
use serde_json::Number;

use crate::ingest::ldif::text_of;
use crate::ingest::value::Value;

/// Whole numbers that a floating-point number holds exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The value of a field; `kind` is its column's type, where it is known.
pub fn value(field: &Field, kind: Option<&Type>) -> Value<'static> {
    match field {
        Field::Null => Value::Null,
        Field::Bool(yes) => Value::Bool(*yes),
        Field::Byte(n) => Value::number(*n),
        Field::Short(n) => Value::number(*n),
        Field::Int(n) => Value::number(*n),
        Field::UByte(n) => Value::number(*n),
        Field::UShort(n) => Value::number(*n),
        Field::UInt(n) => Value::number(*n),
        Field::ULong(n) => Value::number(*n),
        Field::Long(n) => long(*n, kind),
        Field::Float16(n) => float(f64::from(*n)),
        // By its own digits: 0.1 of single precision is 0.1, and not 0.10000000149.
        Field::Float(n) => float(n.to_string().parse().unwrap_or_else(|_| f64::from(*n))),
        Field::Double(n) => float(*n),
        Field::Decimal(_) => Value::from(field.to_string()),
        Field::Str(text) => Value::from(text.clone()),
        Field::Bytes(bytes) => Value::from(bytes_of(bytes.data(), kind)),
        Field::Date(days) => date(*days).map_or_else(|| Value::number(*days), |date| Value::from(date.to_string())),
        Field::TimeMillis(ms) => clock(i64::from(*ms) * 1_000_000),
        Field::TimeMicros(us) => clock(us.saturating_mul(1_000)),
        Field::TimestampMillis(ms) => instant(ms.div_euclid(1_000), ms.rem_euclid(1_000) * 1_000_000, kind),
        Field::TimestampMicros(us) => instant(us.div_euclid(1_000_000), us.rem_euclid(1_000_000) * 1_000, kind),
        Field::Group(row) => {
            let own = |name: &str| kind.filter(|k| k.is_group())?.get_fields().iter().find(|f| f.name() == name);
            let fields = row.get_column_iter().map(|(name, field)| (name.clone(), value(field, own(name).map(|k| &**k))));
            Value::Object(fields.collect())
        }
        Field::ListInternal(list) => {
            let kind = kind.map(element);
            Value::Array(list.elements().iter().map(|field| value(field, kind)).collect())
        }
        Field::MapInternal(map) => {
            let kind = kind.map(element).filter(|k| k.is_group()).and_then(|pair| pair.get_fields().last()).map(|k| &**k);
            let text = |key: &Field| match value(key, None) {
                Value::String(text) => text,
                other => other.to_string().into(),
            };
            Value::Object(map.entries().iter().map(|(key, field)| (text(key), value(field, kind))).collect())
        }
    }
}

/// The type of a list's elements: below the repeated group that many writers put in between.
fn element(kind: &Type) -> &Type {
    if !kind.is_group() {
        return kind;
    }
    match kind.get_fields() {
        [one] if one.is_group() && one.get_fields().len() == 1 => &one.get_fields()[0],
        [one] => one,
        _ => kind,
    }
}

fn long(n: i64, kind: Option<&Type>) -> Value<'static> {
    match kind.and_then(|k| k.get_basic_info().logical_type_ref()) {
        Some(LogicalType::Timestamp(time)) if time.unit == TimeUnit::NANOS => {
            instant(n.div_euclid(1_000_000_000), n.rem_euclid(1_000_000_000), kind)
        }
        Some(LogicalType::Time(time)) if time.unit == TimeUnit::NANOS => clock(n),
        _ => Value::number(n),
    }
}

/// A whole number as such: a column of numbers with gaps is often written as floating-point.
fn float(n: f64) -> Value<'static> {
    if n.fract() == 0.0 && n.abs() < EXACT {
        return format!("{n:.0}").parse().map_or_else(|_| Value::from(n.to_string()), |n: i64| Value::number(n));
    }
    Number::from_f64(n).map_or_else(|| Value::from(n.to_string()), Value::Number)
}

fn bytes_of(bytes: &[u8], kind: Option<&Type>) -> String {
    let uuid = matches!(kind.and_then(|k| k.get_basic_info().logical_type_ref()), Some(LogicalType::Uuid));
    if !uuid || bytes.len() != 16 {
        return text_of(bytes);
    }
    let hex = crate::container::hex(bytes);
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

fn date(days: i32) -> Option<NaiveDate> {
    let begin = NaiveDate::default();
    let count = Days::new(u64::from(days.unsigned_abs()));
    if days < 0 { begin.checked_sub_days(count) } else { begin.checked_add_days(count) }
}

/// Nanoseconds of a day as a clock time.
fn clock(nanos: i64) -> Value<'static> {
    let seconds = u32::try_from(nanos.div_euclid(1_000_000_000)).ok();
    let rest = u32::try_from(nanos.rem_euclid(1_000_000_000)).unwrap_or(0);
    let time = seconds.and_then(|seconds| NaiveTime::from_num_seconds_from_midnight_opt(seconds, rest));
    time.map_or_else(|| Value::number(nanos), |time| Value::from(time.format("%H:%M:%S%.f").to_string()))
}

/// Seconds since 1970 and nanoseconds. By the format a time is of UTC unless its column says that it is local; the
/// 96-bit times of older writers do not say, and mean one or the other.
fn instant(seconds: i64, nanos: i64, kind: Option<&Type>) -> Value<'static> {
    let info = kind.map(Type::get_basic_info);
    let utc = match info.and_then(|i| i.logical_type_ref()) {
        Some(LogicalType::Timestamp(time)) => time.is_adjusted_to_u_t_c,
        _ => {
            info.is_some_and(|i| matches!(i.converted_type(), ConvertedType::TIMESTAMP_MILLIS | ConvertedType::TIMESTAMP_MICROS))
        }
    };
    let Some(at) = DateTime::from_timestamp(seconds, u32::try_from(nanos).unwrap_or(0)) else {
        return Value::from(seconds.to_string());
    };
    Value::from(at.format(if utc { "%Y-%m-%dT%H:%M:%S%.fZ" } else { "%Y-%m-%dT%H:%M:%S%.f" }).to_string())
}
