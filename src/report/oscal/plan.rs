//! The stub of an assessment plan that the results import: which controls, whose accounts, by which tool. To be replaced where there is a plan.

use serde::Serialize;

use super::controls;
use super::documents::{UNNAMED, metadata, named, tool};
use super::model::{
    All, AssessmentPlan, Assets, BackMatter, Component, Import, Platform, Resource, State, Subject, UsesComponent,
};
use super::names::Names;
use crate::error::Result;
use crate::report::view::View;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Document {
    assessment_plan: AssessmentPlan,
}

/// `oscal-assessment-plan.json`
pub fn plan(view: &View) -> Result<String> {
    let names = Names::of(view);
    let ssp = names.uuid("ssp", "");
    let (from, to) = &view.period;
    let remarks = "A stub, so that the results have a plan to import; it states what was done and was not agreed beforehand.";
    let systems = view.systems.iter().map(|system| system.name.as_str()).collect::<Vec<_>>().join(", ");
    named(&Document {
        assessment_plan: AssessmentPlan {
            uuid: UNNAMED.to_owned(),
            metadata: metadata(view, format!("{}: plan", view.name), Some(remarks.to_owned())),
            import_ssp: Import {
                href: format!("#{ssp}"),
                remarks: Some("lastday knows of no system security plan: put yours in its place.".to_owned()),
            },
            reviewed_controls: controls::reviewed(view),
            assessment_subjects: vec![Subject {
                kind: "user",
                description: format!("Everybody in the HR list, and all accounts of these systems, {from} to {to}: {systems}."),
                include_all: All {},
            }],
            assessment_assets: Assets {
                components: vec![Component {
                    uuid: tool(&names),
                    kind: "software",
                    title: "lastday",
                    description: "Reads the exports of the HR list, of accounts and of logs, and changes nothing.",
                    status: State { state: "operational" },
                }],
                assessment_platforms: vec![Platform {
                    uuid: names.uuid("platform", ""),
                    title: "lastday",
                    uses_components: vec![UsesComponent { component_uuid: tool(&names) }],
                }],
            },
            back_matter: BackMatter {
                resources: vec![Resource {
                    uuid: ssp,
                    title: "System security plan".to_owned(),
                    description: Some("Not given to lastday.".to_owned()),
                    rlinks: Vec::new(),
                }],
            },
        },
    })
}
