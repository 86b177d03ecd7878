//! What the person is to do before the camera.

use super::given::Given;
use super::refusal::refuse;
use crate::error::Result;

pub(super) fn validate(given: Given<'_>) -> Result<()> {
    if given.is("Model", "TEMPLATE") && !given.has("TemplateConfig") {
        return refuse("template_config", "must be given with `model` TEMPLATE");
    }
    let actions = given.text("TemplateConfig").map_or(0, |codes| codes.split(',').filter(|code| !code.trim().is_empty()).count());
    if given.is("TemplateType", "Ran") && actions < 2 {
        return refuse("template_type", "Ran needs two actions or more in `template_config`");
    }
    let count = given.text("TemplateRanCount").and_then(|count| count.parse::<i64>().ok());
    if count.is_some_and(|count| count < 2 || usize::try_from(count).is_ok_and(|count| count > actions)) {
        return refuse("template_ran_count", "must be 2 or more, and at most the number of actions in `template_config`");
    }
    Ok(())
}
