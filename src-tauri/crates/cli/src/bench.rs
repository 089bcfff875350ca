//! `zhaoshen bench`.
use crate::Outcome;
use crate::args::BenchArgs;
use zhaoshen_station::wire::Failure;
pub(crate) fn run(_: &BenchArgs) -> Result<Outcome, Failure> {
    Ok(Outcome::Done)
}
