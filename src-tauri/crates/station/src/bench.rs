//! Speed of the station, measured.
