//! What the doctor says of this computer.

use std::path::Path;

use zhaoshen_exchange::machine;
use zhaoshen_exchange::prints::Fonts;
use zhaoshen_vision::Engine;

use super::{Host, told};
use crate::wire::{DoctorArea, DoctorFinding, DoctorState};
use crate::zh;

/// Free space below which work will soon stop, bytes.
const LITTLE_SPACE: u64 = 1 << 30;
/// Free space below which staff should make room, bytes.
const SOME_SPACE: u64 = 5 << 30;
/// Memory that the program is made for, bytes; a computer "with 4 GB" has a little less.
const ENOUGH_MEMORY: u64 = 3_600 << 20;
/// Memory that a window with a round needs, bytes.
const FREE_MEMORY: u64 = 500 << 20;

/// Looks over the computer that works on the workspace in `folder`.
pub(super) fn look(host: &Host, folder: &Path) -> Vec<DoctorFinding> {
    let mut findings = vec![fonts(), disk(folder)];
    findings.push(writable("workspace_folder", folder, DoctorState::Bad));
    findings.push(writable(
        "temporary_folder",
        &std::env::temp_dir(),
        DoctorState::Bad,
    ));
    if let Some(diary) = &host.diary {
        findings.push(writable("diary_folder", diary, DoctorState::Note));
    }
    findings.extend(engine());
    findings.push(memory());
    findings.push(match &host.web_view {
        Some(version) => of_machine("web_view", DoctorState::Good, version.clone()),
        None if cfg!(target_os = "macos") => {
            of_machine("web_view", DoctorState::Unknown, zh::DOCTOR_UNKNOWN)
        }
        None => of_machine("web_view", DoctorState::Bad, zh::DOCTOR_NO_FONT),
    });
    findings
}

fn of_machine(code: &str, state: DoctorState, text: impl Into<String>) -> DoctorFinding {
    told(DoctorArea::Machine, code, state, text)
}

fn fonts() -> DoctorFinding {
    match Fonts::of_this_machine() {
        Ok(_) => of_machine("fonts", DoctorState::Good, zh::DOCTOR_FONTS),
        Err(_) => of_machine("fonts", DoctorState::Bad, zh::DOCTOR_NO_FONT),
    }
}

fn disk(folder: &Path) -> DoctorFinding {
    match existing(folder).and_then(machine::free_bytes) {
        Some(free) => of_machine("disk", space(free), zh::doctor_free(gibibytes(free))),
        None => of_machine("disk", DoctorState::Unknown, zh::DOCTOR_UNKNOWN),
    }
}

/// What so many free bytes mean.
fn space(free: u64) -> DoctorState {
    match free {
        ..LITTLE_SPACE => DoctorState::Bad,
        LITTLE_SPACE..SOME_SPACE => DoctorState::Note,
        SOME_SPACE.. => DoctorState::Good,
    }
}

/// A folder that is not there yet will be made in the nearest that is.
fn writable(code: &str, folder: &Path, otherwise: DoctorState) -> DoctorFinding {
    match existing(folder).is_some_and(machine::is_writable) {
        true => of_machine(code, DoctorState::Good, zh::DOCTOR_WRITABLE),
        false => of_machine(code, otherwise, zh::DOCTOR_NOT_WRITABLE),
    }
}

fn existing(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|part| part.is_dir())
}

fn engine() -> Vec<DoctorFinding> {
    let Ok(engine) = Engine::embedded() else {
        return vec![of_machine(
            "models",
            DoctorState::Bad,
            zh::DOCTOR_MODELS_BROKEN,
        )];
    };
    let (state, text) = match engine.is_vectorised() {
        true => (DoctorState::Good, zh::DOCTOR_FAST),
        false => (DoctorState::Note, zh::DOCTOR_SLOW),
    };
    vec![
        of_machine("models", DoctorState::Good, zh::DOCTOR_MODELS),
        of_machine("processor", state, text),
    ]
}

fn memory() -> DoctorFinding {
    match machine::memory() {
        Some((total, free)) => {
            let enough = total >= ENOUGH_MEMORY && free >= FREE_MEMORY;
            let state = if enough {
                DoctorState::Good
            } else {
                DoctorState::Note
            };
            of_machine(
                "memory",
                state,
                zh::doctor_memory(gibibytes(total), gibibytes(free)),
            )
        }
        None => of_machine("memory", DoctorState::Unknown, zh::DOCTOR_UNKNOWN),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "shown with one digit after the point"
)]
fn gibibytes(bytes: u64) -> f64 {
    bytes as f64 / (1_u64 << 30) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_space_is_told_before_it_is_gone() {
        for (free, state) in [
            (0, DoctorState::Bad),
            (LITTLE_SPACE - 1, DoctorState::Bad),
            (LITTLE_SPACE, DoctorState::Note),
            (SOME_SPACE, DoctorState::Good),
        ] {
            assert_eq!(space(free), state, "{free}");
        }
    }

    #[test]
    fn everything_to_be_mended_names_its_remedy() {
        let nowhere = Path::new("/proc/none/such");
        let host = Host {
            web_view: None,
            diary: Some(nowhere.to_owned()),
        };
        for finding in look(&host, nowhere) {
            assert_ne!(finding.title, zh::doctor_title(""), "{}", finding.code);
            let mend = matches!(finding.state, DoctorState::Bad | DoctorState::Note);
            assert_eq!(mend, !finding.remedy.is_empty(), "{finding:?}");
        }
    }
}
