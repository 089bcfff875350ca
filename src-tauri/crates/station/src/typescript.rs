//! TypeScript of the wire types and of the command table, generated.
//!
//! The text is committed as `ui/src/bindings/wire.ts`; a test fails when it is not current, and
//! `cargo xtask bindings` writes it anew. Not a bundler: one file, no imports.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ts_rs::{Config, TS, TypeVisitor};

use crate::command::{SignatureVisitor, signatures};
use crate::need::Need;

/// The whole text of `ui/src/bindings/wire.ts`.
pub fn bindings() -> String {
    let mut collector = Collector {
        config: Config::new().with_large_int("number"),
        declarations: BTreeMap::new(),
        table: String::new(),
        needs: String::new(),
    };
    signatures(&mut collector);
    collector.declare::<crate::wire::Failure>();
    // What a host says and hears before there is a station.
    collector.declare::<crate::wire::DoorView>();
    collector.declare::<crate::wire::DoorKey>();
    collector.declare::<crate::wire::DoorOpened>();
    collector.declare::<crate::wire::DoorBackups>();
    collector.declare::<crate::wire::DoorCopy>();
    collector.declare::<crate::wire::DoorRestore>();
    collector.declare::<crate::wire::DoorRestored>();
    collector.declare::<crate::wire::SealProgress>();
    let mut text = String::from(
        "// Generated from the station's wire types by `cargo xtask bindings`. Do not edit.\n\n",
    );
    for declaration in collector.declarations.values() {
        let _ = writeln!(text, "export {declaration}\n");
    }
    let _ = write!(
        text,
        "/** Every command with its argument and its answer. */\nexport interface Commands {{\n{}}}\n",
        collector.table
    );
    let _ = write!(
        text,
        "\n/** The roles of which one is enough for a command. */\nexport const NEEDS: Record<keyof Commands, readonly (keyof RoleSet)[]> = {{\n{}}};\n",
        collector.needs
    );
    text
}

struct Collector {
    config: Config,
    declarations: BTreeMap<String, String>,
    table: String,
    needs: String,
}

impl Collector {
    fn declare<T: TS + 'static + ?Sized>(&mut self) {
        // Only the station's own types have a file of their own; numbers, lists and options are written in place.
        if T::output_path().is_some() {
            let name = T::ident(&self.config);
            if self.declarations.contains_key(&name) {
                return;
            }
            self.declarations.insert(name, T::decl(&self.config));
        }
        T::visit_dependencies(self);
    }
}

impl TypeVisitor for Collector {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.declare::<T>();
    }
}

impl SignatureVisitor for Collector {
    fn visit<A: TS + 'static, R: TS + 'static>(&mut self, name: &str, need: Need, doc: &[&str]) {
        let needed = need
            .roles()
            .iter()
            .map(|role| format!("\"{}\"", role.as_str()));
        let needed: Vec<String> = needed.collect();
        let _ = writeln!(self.needs, "  {name}: [{}],", needed.join(", "));
        self.declare::<A>();
        self.declare::<R>();
        A::visit_generics(self);
        R::visit_generics(self);
        let doc: Vec<&str> = doc.iter().map(|line| line.trim()).collect();
        let _ = writeln!(
            self.table,
            "  /** {} */\n  {name}: {{ args: {}; answer: {} }};",
            doc.join(" "),
            A::name(&self.config),
            R::name(&self.config)
        );
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    #[test]
    fn committed_bindings_are_current() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../ui/src/bindings/wire.ts"
        );
        let committed = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
        assert!(
            committed == super::bindings(),
            "ui/src/bindings/wire.ts is not current: run `cargo xtask bindings`"
        );
    }
}
