//! Figures against experience: what is possible, but hardly ever true.

pub mod avoided_as_emitted;
pub mod emissions_factor;
pub mod falling_cumulative;
mod jumps;
pub mod noted_jump;
pub mod order_of_magnitude_jump;
pub mod power_as_energy;
pub mod unreachable_share;
