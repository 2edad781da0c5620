//! Published data on which the estimators are tried.

use super::Span;

/// Weeks of remission of acute myelogenous leukaemia under maintenance: R. G. Miller, "Survival Analysis" (1981); `survival::aml` of R.
pub fn aml_maintained() -> Vec<Span> {
    timed(&[9, 13, 18, 23, 31, 34, 48], &[13, 28, 45, 161])
}

/// Weeks of remission of leukaemia under 6-mercaptopurine: E. A. Gehan, Biometrika 52 (1965) 203; E. J. Freireich and others,
/// Blood 21 (1963) 699.
pub fn gehan_6_mp() -> Vec<Span> {
    timed(&[6, 6, 6, 7, 10, 13, 16, 22, 23], &[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35])
}

fn timed(exact: &[i64], censored: &[i64]) -> Vec<Span> {
    exact.iter().map(|at| Span::exact(*at)).chain(censored.iter().map(|at| Span::beyond(*at))).collect()
}

/// Months to cosmetic deterioration of the breast after radiotherapy alone, seen at visits only: D. M. Finkelstein and R. A. Wolfe,
/// "A semiparametric model for regression analysis of interval-censored failure time data", Biometrics 41 (1985) 933.
pub fn cosmesis_radiotherapy() -> Vec<Span> {
    const BETWEEN: [(i64, i64); 21] = [
        (6, 10),
        (0, 7),
        (7, 16),
        (7, 14),
        (37, 44),
        (0, 8),
        (4, 11),
        (11, 15),
        (25, 37),
        (26, 40),
        (27, 34),
        (36, 44),
        (36, 48),
        (17, 25),
        (11, 18),
        (5, 12),
        (0, 5),
        (5, 11),
        (19, 35),
        (17, 25),
        (19, 26),
    ];
    const BEYOND: [i64; 25] =
        [45, 46, 46, 17, 15, 22, 46, 46, 46, 46, 46, 37, 40, 46, 38, 37, 18, 24, 36, 24, 32, 33, 37, 34, 36];
    spans(&BETWEEN, &BEYOND)
}

/// The same after radiotherapy with chemotherapy.
pub fn cosmesis_chemotherapy() -> Vec<Span> {
    const BETWEEN: [(i64, i64); 35] = [
        (8, 12),
        (0, 22),
        (24, 31),
        (17, 27),
        (17, 23),
        (24, 30),
        (16, 24),
        (11, 13),
        (16, 20),
        (18, 25),
        (17, 26),
        (44, 48),
        (14, 17),
        (0, 5),
        (5, 8),
        (12, 20),
        (33, 40),
        (13, 39),
        (19, 32),
        (16, 24),
        (15, 22),
        (11, 17),
        (22, 32),
        (10, 35),
        (30, 34),
        (10, 17),
        (8, 21),
        (4, 9),
        (14, 19),
        (4, 8),
        (30, 36),
        (18, 24),
        (16, 60),
        (35, 39),
        (11, 20),
    ];
    const BEYOND: [i64; 13] = [13, 32, 23, 11, 31, 34, 13, 35, 13, 11, 34, 21, 48];
    spans(&BETWEEN, &BEYOND)
}

fn spans(between: &[(i64, i64)], beyond: &[i64]) -> Vec<Span> {
    between
        .iter()
        .map(|(after, until)| Span::between(Some(*after), *until))
        .chain(beyond.iter().map(|at| Span::beyond(*at)))
        .collect()
}
