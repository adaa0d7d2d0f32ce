//! `build`: the report as PDF and HTML.
