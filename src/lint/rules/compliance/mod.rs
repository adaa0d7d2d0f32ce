//! Answers against what frameworks ask.

pub mod assurance_without_engagement;
pub mod binding_edition_unanswered;
pub mod claim_not_earned;
pub mod expired_edition;
pub mod framework_without_index;
mod item;
pub mod missing_breakdown;
pub mod missing_intensity;
pub mod missing_year;
pub mod omission_not_permitted;
mod quantity;
pub mod unanswered_disclosure;
pub mod unanswered_recommendation;
pub mod unanswered_topic;
pub mod undeclared_coverage;
pub mod unexplained_absence;
pub mod unknown_claim;
pub mod wrong_quantity;
