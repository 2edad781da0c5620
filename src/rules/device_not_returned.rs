//! Devices that people who left still hold.

use super::{Control, Draft, Examined, Facts, Rule, Verdict};
use crate::model::device::DeviceStatus;
use crate::model::finding::Severity;

/// See `device-not-returned.md`.
pub struct DeviceNotReturned;

impl Rule for DeviceNotReturned {
    fn facts(&self) -> Facts {
        Facts {
            id: "device-not-returned",
            title: "Whoever leaves gives back every device",
            severity: Severity::Medium,
            controls: CONTROLS,
            prose: include_str!("device-not-returned.md"),
        }
    }

    fn check(&self, examined: &Examined, verdict: &mut dyn FnMut(Verdict)) {
        for device in &examined.others.devices {
            let person = examined.keys.named(&device.person_id, &device.email);
            let Some((person, departure)) = person.and_then(|person| Some((person, examined.gone(person)?))) else { continue };
            match device.status {
                DeviceStatus::Returned | DeviceStatus::Wiped => verdict(Verdict::Pass),
                DeviceStatus::Unknown => verdict(Verdict::NotEvaluable),
                DeviceStatus::Held => verdict(Verdict::Finding(Draft {
                    person: Some(person),
                    key: device.device_id.clone(),
                    since: Some(departure.latest),
                    detail: format!(
                        "{} has left, and still holds {} {}",
                        examined.people.name(person),
                        if device.kind.is_empty() { "the device" } else { &device.kind },
                        device.device_id
                    ),
                    evidence_at: vec![device.origin, examined.people.get(person).origin],
                    ..Draft::default()
                })),
            }
        }
    }
}

const CONTROLS: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.11"),
    Control("ISO/IEC 27001:2022", "6.5"),
    Control("NIST SP 800-53r5", "PS-4"),
    Control("NIST CSF 2.0", "ID.AM-08"),
    Control("SOC 2", "CC6.5"),
    Control("CIS Controls v8", "1.1"),
];
