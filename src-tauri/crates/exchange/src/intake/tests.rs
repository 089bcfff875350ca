//! Hostile archives made byte by byte, and folders with everything in them.
