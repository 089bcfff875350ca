//! Identity numbers (证件号码). Filled by the roster work.
