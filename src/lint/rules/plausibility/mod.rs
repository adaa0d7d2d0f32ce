//! Figures against experience: what is possible, but hardly ever true.

pub mod emissions_factor;
pub mod order_of_magnitude_jump;
