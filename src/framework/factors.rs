//! What a unit of energy can emit.

use crate::quantity::Decimal;
use crate::source::{Span, Spanned};
use crate::syntax::yaml::Node;

/// A range of emission factors.
#[derive(Debug, Clone)]
pub struct Factor {
    /// Id.
    pub id: Spanned<String>,
    /// Role of the metrics it concerns, such as `energy-diesel`.
    pub role: String,
    /// The least possible, in kgCO2e.
    pub low: Decimal,
    /// The most possible, in kgCO2e.
    pub high: Decimal,
    /// Unit of energy that this is for.
    pub per: String,
    /// Place.
    pub span: Span,
}

/// Reads the factors of a file.
pub fn read_factors(tree: &Node) -> Vec<Factor> {
    let items = tree.get("factors").map(Node::items).unwrap_or_default();
    items.iter().filter_map(read).collect()
}

fn read(node: &Node) -> Option<Factor> {
    let text = |key: &str| node.get(key).and_then(Node::text);
    let number = |key: &str| text(key)?.parse::<Decimal>().ok();
    let (low, high) = (number("low")?, number("high")?);
    Some(Factor {
        id: node.get("id")?.spanned()?,
        role: text("role")?.to_owned(),
        low,
        high: (high >= low).then_some(high)?,
        per: text("per")?.to_owned(),
        span: node.span,
    })
}

#[cfg(test)]
mod tests {
    use crate::diag::Sink;
    use crate::framework::Library;
    use crate::source::Embedded;
    use crate::source::Sources;

    #[test]
    fn the_factors_of_the_tool_are_read() {
        let (mut sources, mut sink) = (Sources::default(), Sink::default());
        let factors = Library::new(&Embedded).factors(&mut sources, &mut sink);
        let units = Library::new(&Embedded).units(&mut sources, &mut sink);
        assert_eq!(factors.len(), 11);
        assert!(!sink.has_errors());
        for factor in factors {
            assert!(!factor.low.is_sign_negative() && factor.low < factor.high, "{factor:?}");
            assert!(units.table.parse(&factor.per).is_ok(), "{factor:?}");
        }
    }
}
