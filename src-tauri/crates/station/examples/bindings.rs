//! Writes the TypeScript of the wire types where the screens look for it (`cargo xtask bindings`).

use std::path::Path;

fn main() -> std::io::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/bindings/wire.ts");
    std::fs::write(path, zhaoshen_station::typescript::bindings())
}
