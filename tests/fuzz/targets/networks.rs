//! The interpreter of the networks: a damaged model gives an error, never a panic; one that is read can be run.
//!
//! The first byte says which of the three files the others stand in for.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use zhaoshen_fuzz::let_panics_be_caught;
use zhaoshen_vision::nets::{ModelFiles, Roi};
use zhaoshen_vision::{Engine, Picture};

const REGION: Roi = Roi {
    center_x_px: 32.0,
    center_y_px: 32.0,
    side_px: 48.0,
    rotation_rad: 0.1,
};

fuzz_target!(init: let_panics_be_caught(), |bytes: &[u8]| {
    let Some((which, bytes)) = bytes.split_first() else {
        return;
    };
    let mut files = ModelFiles::EMBEDDED;
    match which % 3 {
        0 => files.detector = bytes,
        1 => files.mesh = bytes,
        _ => files.mask = bytes,
    }
    let Ok(engine) = Engine::read(files) else {
        return;
    };
    let mut session = Arc::new(engine).session();
    let grey = Picture::new(vec![127; 64 * 64 * 3], 64, 64);
    let Some(view) = grey.as_ref().and_then(Picture::view) else {
        return;
    };
    match which % 3 {
        0 => drop(session.detect(&view)),
        // Nobody is found in a grey picture: the region is given.
        1 => drop(session.mesh_in(&view, REGION)),
        _ => drop(session.person_mask(&view)),
    }
});
