//! Rosters written with another library and read back; hostile workbooks made by hand.
