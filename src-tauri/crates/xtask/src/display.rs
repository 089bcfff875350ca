//! Whether a window can be opened here. A variable that names a display nobody serves counts as none.
//!
//! Not a check of rights: a server that answers but refuses this user is told by the window itself.

/// Whether a display answers; Windows and macOS always have one.
pub(crate) fn answers() -> bool {
    #[cfg(target_os = "linux")]
    return linux::wayland() || linux::x11();
    #[cfg(not(target_os = "linux"))]
    true
}

#[cfg(target_os = "linux")]
mod linux {
    use std::net::{TcpStream, ToSocketAddrs as _};
    use std::os::linux::net::SocketAddrExt as _;
    use std::os::unix::net::{SocketAddr, UnixStream};
    use std::path::PathBuf;
    use std::time::Duration;

    /// First TCP port of the X servers: display n listens on 6000 + n.
    const X11_PORT: u16 = 6000;
    /// Longest wait for a display on another machine.
    const WAIT: Duration = Duration::from_secs(2);

    /// A Wayland compositor: a socket by path, or by name in the user's runtime folder.
    pub(super) fn wayland() -> bool {
        let Some(name) = set("WAYLAND_DISPLAY") else {
            return false;
        };
        let folder = PathBuf::from(set("XDG_RUNTIME_DIR").unwrap_or_default());
        UnixStream::connect(folder.join(name)).is_ok()
    }

    /// An X server: its socket in the file system, its abstract socket, or TCP.
    pub(super) fn x11() -> bool {
        set("DISPLAY").is_some_and(|display| serves(&display))
    }

    fn set(name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }

    /// Whether somebody listens at an X display of this name.
    pub(super) fn serves(display: &str) -> bool {
        let Some((host, number)) = host_and_number(display) else {
            return false;
        };
        if !matches!(host, "" | "unix") {
            return tcp(host, number);
        }
        let path = format!("/tmp/.X11-unix/X{number}");
        let hidden = SocketAddr::from_abstract_name(&path);
        UnixStream::connect(&path).is_ok()
            || hidden.is_ok_and(|address| UnixStream::connect_addr(&address).is_ok())
    }

    fn tcp(host: &str, number: u16) -> bool {
        let Some(port) = X11_PORT.checked_add(number) else {
            return false;
        };
        let addresses = (host, port).to_socket_addrs();
        addresses.is_ok_and(|mut found| {
            found.any(|address| TcpStream::connect_timeout(&address, WAIT).is_ok())
        })
    }

    /// Host and display number out of `host:10.0`.
    pub(super) fn host_and_number(display: &str) -> Option<(&str, u16)> {
        let (host, rest) = display.rsplit_once(':')?;
        let number = rest.split('.').next()?;
        Some((host, number.parse().ok()?))
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::linux::{host_and_number, serves};

    #[test]
    fn displays_are_taken_apart() {
        for (display, parts) in [
            (":0", Some(("", 0))),
            (":99.0", Some(("", 99))),
            ("unix:1", Some(("unix", 1))),
            ("localhost:10.0", Some(("localhost", 10))),
            ("", None),
            ("nonsense", None),
            (":x", None),
        ] {
            assert_eq!(host_and_number(display), parts, "{display}");
        }
    }

    #[test]
    fn a_display_that_nobody_serves_is_none() {
        // Numbers of which the one has no socket and the other no port.
        assert!(!serves(":59999"));
        assert!(!serves("localhost:65535"));
        assert!(!serves("not a display"));
    }
}
