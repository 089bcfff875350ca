//! Photos: the container's segments, the marks of programs, the decoders, and the search for a code.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhaoshen_fuzz::let_panics_be_caught;
use zhaoshen_vision::Photo;

fuzz_target!(init: let_panics_be_caught(), |bytes: &[u8]| {
    let _ = Photo::open(bytes, "照片.jpg");
    let _ = zhaoshen_vision::code::read(bytes);
});
