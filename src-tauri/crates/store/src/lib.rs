//! Everything at rest: the database, the audit log, undo and the photo vault.
