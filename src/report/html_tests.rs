//! What must hold of the page, whatever the case.

use super::*;
use crate::model::finding::{Finding, Told};
use crate::report::charts::{all, sample};
use crate::report::view::View;

fn page(view: &View) -> String {
    render(&Page::of(view), &all(view).unwrap()).unwrap()
}

#[test]
fn the_page_opens_with_the_verdict_and_holds_every_section_in_order() {
    let view = sample::view(25);
    let html = page(&view);
    let places: Vec<_> =
        ["verdict", "latency", "systems", "exposure", "findings", "leavers", "reconciliation", "method", "rules"]
            .map(|id| html.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no section {id}")))
            .into();
    assert!(places.is_sorted(), "{places:?}");
    assert!(html.contains(&view.verdict));
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    let html = page(&sample::view(25)).replace("http://www.w3.org/2000/svg", "");
    for word in ["http:", "https:", "src=", "@import", "<link", "<iframe", "<object", "fetch(", "XMLHttpRequest"] {
        assert!(!html.contains(word), "{word}");
    }
    assert_eq!(html.matches("url(").count(), html.matches("url(data:").count());
}

#[test]
fn hostile_text_stays_text() {
    let html = page(&sample::hostile());
    assert_eq!(html.matches("<script").count(), 1);
    assert_eq!(html.matches("</style>").count(), 1);
    assert!(!html.contains("<img") && html.contains("alert("));
}

#[test]
fn an_empty_case_gives_a_page_that_says_so() {
    let html = page(&sample::empty());
    assert!(html.contains("Nobody left within the period.") && html.contains("No finding."));
}

#[test]
fn the_same_view_gives_the_same_bytes() {
    assert!(page(&sample::view(9)) == page(&sample::view(9)));
}

#[test]
fn twenty_thousand_findings_stay_under_five_megabytes_and_the_rest_is_counted() {
    let html = page(&sample::view(8_400));
    assert!(html.len() < 5_000_000, "{}", html.len());
    assert!(html.contains("more in findings.csv") && html.contains("more leavers in revocations.csv"));
    // Beyond the entries there are lines, and the filters say what they do not see.
    assert!(html.matches("<div class=\"brief\" data-outcome=").count() > 500);
    assert_eq!(html.matches(" data-rest=").count(), 2);
}

#[test]
fn endless_texts_stay_under_five_megabytes_too() {
    let mut view = sample::view(8_400);
    let endless = "<&'\">".repeat(2_000);
    view.findings = view.findings.iter().map(|f| Finding { told: Told { detail: &endless, ..f.told }, ..f }).collect();
    view.revocations.iter_mut().for_each(|r| r.login.clone_from(&endless));
    view.leavers.iter_mut().for_each(|l| l.name.clone_from(&endless));
    (view.verdict, view.name) = (endless.clone(), endless.clone());
    (view.missing, view.assumptions) = (vec![endless.clone(); 3_000], vec![endless; 3_000]);
    let html = page(&view);
    assert!(html.len() < 5_000_000, "{}", html.len());
}
