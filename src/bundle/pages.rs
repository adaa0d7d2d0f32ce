//! Pages through minijinja. Templates come from the program alone: a project must not write the
//! pages that its auditor reads.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::source::Embedded;
use crate::source::Files;

use crate::bundle::BundleFault;

/// The templates of bundle pages.
pub struct Pages {
    environment: Environment<'static>,
    style: String,
    policy: String,
}

impl Pages {
    /// Reads the templates.
    pub fn new() -> Result<Self, BundleFault> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        let mut style = String::new();
        for path in Embedded.list().map_err(|error| BundleFault::Page(error.to_string()))? {
            let Some(name) = path.strip_prefix("templates/bundle/") else { continue };
            let bytes = Embedded::bytes(&path).unwrap_or_default();
            let text = String::from_utf8_lossy(bytes).into_owned();
            if name.ends_with(".html") {
                let added = environment.add_template_owned(name.to_owned(), text);
                added.map_err(|error| BundleFault::Page(error.to_string()))?;
            } else if name.ends_with(".css") {
                style = text;
            }
        }
        let hash = STANDARD.encode(Sha256::digest(style.as_bytes()));
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
        );
        Ok(Self { environment, style, policy })
    }

    /// A page from what it shows; `home` leads to the index.
    pub fn render(
        &self,
        name: &str,
        home: &str,
        data: &impl Serialize,
    ) -> Result<Vec<u8>, BundleFault> {
        let fault = |error: minijinja::Error| BundleFault::Page(format!("{error:#}"));
        let template = self.environment.get_template(name).map_err(fault)?;
        let values = context! {
            data => Value::from(Serde(data)),
            home,
            style => Value::from_safe_string(self.style.clone()),
            policy => self.policy.clone(),
        };
        template.render(values).map(String::into_bytes).map_err(fault)
    }
}
