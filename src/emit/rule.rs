//! Pages of rules.

use crate::diag::say;
use crate::emit::Interface;
use crate::lint::Rule;

/// The page of a rule with its title and headings in the language of the interface; what stands
/// under the headings is English.
pub fn explain_rule(rule: &Rule, interface: &Interface) -> String {
    if interface.is_english() {
        return rule.doc.to_owned();
    }
    let headings = [
        say!("What it checks"),
        say!("Why it matters"),
        say!("Fails"),
        say!("Passes"),
        say!("References"),
    ];
    let mut fenced = false;
    let lines = rule.doc.lines().map(|line| {
        fenced ^= line.starts_with("```");
        let title = line.strip_prefix("# ").filter(|_| !fenced);
        if let Some((name, title)) = title.zip(interface.title(rule.name)) {
            return format!("# {title}（{name}）");
        }
        let heading = line.strip_prefix("## ").filter(|_| !fenced);
        let said = heading.and_then(|text| headings.iter().find(|heading| **heading == text));
        match said {
            Some(heading) => format!("## {}", interface.wording.of(heading)),
            None => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}
