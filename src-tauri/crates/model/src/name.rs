//! Names (姓名). Filled by the roster work.
