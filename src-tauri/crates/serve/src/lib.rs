//! The same use cases over loopback HTTP, for a browser.
