//! What a program leaves behind when it crashes: no image of its memory.
//!
//! The memory of a program at work holds what was typed at the door and the desk, ID numbers and faces. The system would
//! write it to a file when the program is killed by a fault, and hand it to a debugger of the same user.

/// Asks the system for no dump of this program nor of those that it starts, and on Linux for keeping debuggers of the same
/// user out of it. A program calls it before anything else. Where the system refuses, the program works all the same.
pub fn leave_no_dump() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        if setrlimit(Resource::Core, none).is_err() {
            tracing::warn!("the system would still write dumps");
        }
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        if set_dumpable_behavior(DumpableBehavior::NotDumpable).is_err() {
            tracing::warn!("the system would still write dumps");
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    use super::*;

    #[test]
    fn the_system_is_told_to_write_no_dump() {
        leave_no_dump();
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
        let is = dumpable_behavior().unwrap();
        assert_eq!(is, DumpableBehavior::NotDumpable);
    }
}
