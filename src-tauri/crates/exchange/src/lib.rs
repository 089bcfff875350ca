//! What crosses the office's paths: rosters, photo intake, matching, deliveries.
