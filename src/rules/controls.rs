//! Controls that several rules answer.

use super::Control;

/// Those that ask for timely removal of access.
pub const REMOVAL: &[Control] = &[
    Control("ISO/IEC 27001:2022", "5.18"),
    Control("ISO/IEC 27001:2022", "6.5"),
    Control("Cyber Essentials", "A7.3"),
    Control("NIST SP 800-53r5", "AC-2(f)"),
    Control("NIST SP 800-53r5", "PS-4"),
    Control("NIST CSF 2.0", "PR.AA-05"),
    Control("SOC 2", "CC6.2"),
    Control("SOC 2", "CC6.3"),
    Control("PCI DSS v4.0.1", "8.2.5"),
    Control("CIS Controls v8", "6.2"),
    Control("HIPAA", "164.308(a)(3)(ii)(C)"),
];
