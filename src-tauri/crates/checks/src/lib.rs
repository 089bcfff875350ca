//! The rules: (measurements, profile) to findings, pure.
