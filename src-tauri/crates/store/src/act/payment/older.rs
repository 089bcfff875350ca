//! What earlier versions kept of lists and refunds, brought into the tables that have it since.
//!
//! Which lists hold payments of which others stood in a setting. What lists told was paid back stood nowhere but in the rests
//! and in the references of the refunds that took their place.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rusqlite::Connection;
use zhaoshen_model::matching::Matching;
use zhaoshen_model::payment::{Payment, Share};
use zhaoshen_model::{PaymentId, RoundId, StudentKeys};

use super::booked::{Booked, own_reference};
use crate::error::Result;
use crate::table::payment::PaymentRow;
use crate::table::payment_list::{Told, ToldOf, keep};
use crate::table::setting;

/// Begins the name of the setting of a round.
const HELD: &str = "fee_lists.";

/// Writes what lists told of each payment, gives refunds their own references again, and moves the settings.
pub(crate) fn tell_apart(connection: &Connection) -> Result<()> {
    let mut query = connection.prepare("SELECT DISTINCT round FROM payment")?;
    let rounds = query.query_map([], |row| row.get(0).map(RoundId))?;
    for round in rounds.collect::<rusqlite::Result<Vec<_>>>()? {
        let rows = rows_of(connection, round)?;
        for (id, list, told) in told(&rows) {
            keep(connection, id, &list, told)?;
        }
        for (key, row) in &rows {
            if let Some(own) = own_reference(key).filter(|own| *own != row.payment.reference) {
                connection
                    .prepare_cached("UPDATE payment SET reference = ?2 WHERE id = ?1")?
                    .execute((row.id.0, own))?;
            }
        }
    }
    move_held(connection)
}

/// What lists must have told for the rests to be what they are: of the payment, by which list.
fn told(rows: &[(String, PaymentRow)]) -> Vec<(PaymentId, String, Told)> {
    let booked = Booked::new(rows.to_vec(), ToldOf::new(), "");
    let given: HashSet<PaymentId> = (rows.iter())
        .filter(|(key, row)| own_reference(key).is_some_and(|own| own != row.payment.reference))
        .map(|(_, row)| row.id)
        .collect();
    // Parts of one order have its refunds together.
    let mut counted = HashSet::new();
    let mut told = Vec::new();
    for (key, row) in rows.iter().filter(|(_, row)| row.payment.amount_fen > 0) {
        let is_rest = |back: &&PaymentRow| booked.is_rest_of(back.id, key);
        let (rests, refunds): (Vec<&PaymentRow>, Vec<&PaymentRow>) =
            booked.paid_back(row.id).into_iter().partition(is_rest);
        let is_told = !rests.is_empty() || refunds.iter().any(|back| given.contains(&back.id));
        if !is_told {
            continue;
        }
        let order = booked.first_part(row.id);
        let refunds = refunds
            .into_iter()
            .filter(|back| counted.insert((order, back.id)));
        let back = rests.iter().copied().chain(refunds);
        let returned_fen = -back.map(|back| back.payment.amount_fen).sum::<i64>();
        let teller = rests.last().copied().unwrap_or(row);
        let by = Told {
            source_row: teller.source_row,
            returned_fen,
        };
        told.push((row.id, teller.source.clone(), by));
    }
    told
}

/// The payments of a round as the table has them at this step.
fn rows_of(connection: &Connection, round: RoundId) -> Result<Vec<(String, PaymentRow)>> {
    let mut query = connection.prepare(
        "SELECT id, key, reference, amount_fen, named, source, source_row, matching, shares
         FROM payment WHERE round = ?1 ORDER BY id",
    )?;
    let rows = query.query_map([round.0], |row| {
        let json = |at: usize| row.get::<_, String>(at);
        let (named, matching, shares) = (json(4)?, json(7)?, json(8)?);
        let kept = PaymentRow {
            id: PaymentId(row.get(0)?),
            round,
            payment: Payment {
                reference: row.get(2)?,
                amount_fen: row.get(3)?,
                named: serde_json::from_str::<StudentKeys>(&named).unwrap_or_default(),
                ..Payment::default()
            },
            source: row.get(5)?,
            source_row: row.get(6)?,
            matching: serde_json::from_str(&matching).unwrap_or(Matching::Unknown),
            shares: serde_json::from_str::<Vec<Share>>(&shares).unwrap_or_default(),
        };
        Ok((row.get(1)?, kept))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Moves which lists hold payments of which others. A setting that cannot be read stays as it is: reading the lists again
/// tells the same.
fn move_held(connection: &Connection) -> Result<()> {
    let mut query = connection.prepare("SELECT name, value FROM setting WHERE name GLOB ?1")?;
    let settings = query.query_map([format!("{HELD}*")], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (name, value) in settings.collect::<rusqlite::Result<Vec<(String, String)>>>()? {
        let round = name.strip_prefix(HELD).and_then(|round| round.parse().ok());
        let held = serde_json::from_str::<BTreeMap<String, BTreeSet<String>>>(&value);
        let (Some(round), Ok(held)) = (round, held) else {
            tracing::warn!(
                name,
                "which lists hold payments of which others cannot be read"
            );
            continue;
        };
        for (list, brought_by) in held {
            for source in brought_by {
                hold(connection, RoundId(round), (&list, &source))?;
            }
        }
        setting::remove(connection, &name)?;
    }
    Ok(())
}

/// Of the payments that `source` brought it was not kept which stand in `list`: it is told of all.
fn hold(connection: &Connection, round: RoundId, (list, source): (&str, &str)) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO payment_list (payment, list, source_row, returned_fen)
             SELECT id, ?2, 0, 0 FROM payment WHERE round = ?1 AND source = ?3
             ON CONFLICT (payment, list) DO NOTHING",
        )?
        .execute((round.0, list, source))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use crate::migration::{migrate, migrate_to};

    /// A workspace of version 32 with these payments: key, reference, 分, list.
    fn of_version_32(payments: &[(&str, &str, i64, &str)]) -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .pragma_update(None, "foreign_keys", false)
            .unwrap();
        migrate_to(&connection, 32).unwrap();
        for (key, reference, fen, source) in payments {
            let sql = r#"INSERT INTO payment (round, key, reference, paid_at, amount_fen, payer, note, named, source, source_row, matching)
                VALUES (1, ?1, ?2, '', ?3, '', '', '{"student_no":"","id_number":"","exam_no":"","name":""}', ?4, 5,
                        '{"pile":"matched","student":1,"by":"student_no"}')"#;
            connection
                .execute(sql, (key, reference, fen, source))
                .unwrap();
        }
        connection
    }

    const ROUND: &str =
        "INSERT INTO round (id, name, school_code, profile_name, profile, created_at)
        VALUES (?1, 'round ' || ?1, '10054', 'moe99', '{}', '2026-01-01T00:00:00.000Z')";

    fn upgraded(mut connection: Connection) -> Connection {
        migrate(&mut connection, std::path::Path::new("")).unwrap();
        connection
    }

    fn column(connection: &Connection, sql: &str) -> Vec<String> {
        let mut query = connection.prepare(sql).unwrap();
        let rows = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(rusqlite::Result::unwrap).collect()
    }

    #[test]
    fn what_was_told_is_found_in_the_rests_and_in_the_refunds_that_took_their_place() {
        let connection = upgraded(of_version_32(&[
            ("收|W1", "W1", 4000, "一.csv"),
            ("余1|收|W1", "W1", -1000, "二.csv"),
            ("退款5001|W1", "W1", -500, "二.csv"),
            ("收|W2", "W2", 3000, "一.csv"),
            ("支@2026-03-01 -2000|X9", "W2", -2000, "三.csv"),
            ("收|W3", "W3", 3000, "一.csv"),
            ("退款5002|W3", "W3", -500, "二.csv"),
        ]));
        let told = "SELECT key || ' ' || list || ' ' || returned_fen FROM payment_list
                    JOIN payment ON payment.id = payment ORDER BY payment";
        assert_eq!(
            column(&connection, told),
            ["收|W1 二.csv 1500", "收|W2 一.csv 2000"]
        );
        let loose = "SELECT reference FROM payment WHERE key LIKE '支%'";
        assert_eq!(column(&connection, loose), ["X9"]);
        // As it stands it is what follows from it.
        let writes = super::super::settle(&connection, RoundId(1)).unwrap();
        assert!(writes.is_empty(), "{writes:?}");
    }

    #[test]
    fn settings_become_rows_and_what_cannot_be_read_is_left_alone() {
        let connection = of_version_32(&[("收|W1", "W1", 4000, "一.csv")]);
        for (name, value) in [
            ("fee_lists.1", r#"{"二.csv":["一.csv"]}"#),
            ("fee_lists.2", "{"),
            ("fee_lists.x", "{}"),
            ("fee:1", "7"),
            ("drop_folder.paused", "[1,9]"),
        ] {
            let sql = "INSERT INTO setting VALUES (?1, ?2)";
            connection.execute(sql, [name, value]).unwrap();
        }
        connection.execute(ROUND, [1]).unwrap();
        let connection = upgraded(connection);
        assert_eq!(
            column(&connection, "SELECT name FROM setting ORDER BY name"),
            ["fee:1", "fee_lists.2", "fee_lists.x"]
        );
        assert_eq!(
            column(&connection, "SELECT list FROM payment_list"),
            ["二.csv"]
        );
        let resting = "SELECT CAST(round AS TEXT) FROM drop_folder_rest";
        assert_eq!(column(&connection, resting), ["1"]);
    }

    #[test]
    fn folders_all_rest_where_it_cannot_be_read_which_do() {
        let connection = of_version_32(&[]);
        let sql = "INSERT INTO setting VALUES ('drop_folder.paused', '[1,')";
        connection.execute(sql, []).unwrap();
        for id in [1, 2] {
            connection.execute(ROUND, [id]).unwrap();
        }
        let connection = upgraded(connection);
        let resting = "SELECT CAST(round AS TEXT) FROM drop_folder_rest ORDER BY round";
        assert_eq!(column(&connection, resting), ["1", "2"]);
        let left = column(&connection, "SELECT name FROM setting");
        assert!(!left.contains(&"drop_folder.paused".to_owned()), "{left:?}");
    }
}
