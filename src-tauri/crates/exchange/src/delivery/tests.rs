//! Deliveries written to real folders, and everything that can stop one.
