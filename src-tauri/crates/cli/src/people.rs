//! `zhaoshen people`: who works at the station; and how the person named by `--as` signs in.

use clap::{Args, Subcommand, ValueEnum};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Code, Empty, Failure, PeopleView, PersonAdd, PersonCard, PersonDisable, PersonPin,
    PersonRename, PersonRoles, PinChange, ReviewerSet, RoleSet, SeatState, SignIn,
};
use zhaoshen_terminal::ask_secret;

use crate::passphrase::{Secret, handed_on};
use crate::workspace::Place;
use crate::{Outcome, terminal, zh};

#[derive(Debug, Subcommand)]
pub(crate) enum PeopleCommand {
    #[command(about = zh::people::LIST)]
    List {
        #[arg(long, help = zh::JSON)]
        json: bool,
    },
    #[command(about = zh::people::ADD)]
    Add(RolesArgs),
    #[command(about = zh::people::SET_PIN)]
    SetPin {
        #[arg(help = zh::people::NAME)]
        name: String,
    },
    #[command(about = zh::people::ROLES)]
    Roles(RolesArgs),
    #[command(about = zh::people::RENAME)]
    Rename {
        #[arg(help = zh::people::NAME)]
        name: String,
        #[arg(help = zh::people::RIGHT_NAME)]
        right_name: String,
    },
    #[command(about = zh::people::RESET)]
    Reset {
        #[arg(help = zh::people::NAME)]
        name: String,
    },
    #[command(about = zh::people::DISABLE)]
    Disable {
        #[arg(help = zh::people::NAME)]
        name: String,
        #[arg(long, help = zh::people::BACK)]
        back: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct RolesArgs {
    #[arg(help = zh::people::NAME)]
    name: String,
    #[arg(long, value_delimiter = ',', required = true, help = zh::people::ROLE)]
    role: Vec<Role>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Role {
    Reviewer,
    Lead,
    Keeper,
}

/// Carries out one of the commands.
pub(crate) fn run(place: &Place, command: PeopleCommand) -> Result<Outcome, Failure> {
    let station = place.open()?;
    let view = match command {
        PeopleCommand::List { json } => {
            let view = station.people_list(Empty {})?;
            if json {
                terminal::json(&view);
                return Ok(Outcome::Done);
            }
            view
        }
        PeopleCommand::Add(args) => {
            let pin = handed_on(new_pin(&args.name)?);
            let roles = roles(&args.role);
            let name = args.name;
            station.person_add(PersonAdd { name, roles, pin })?
        }
        PeopleCommand::SetPin { name } => set_pin(&station, &name)?,
        PeopleCommand::Reset { name } => {
            station.reset_lone_keeper(&name, &new_pin(&name)?)?;
            terminal::line(&zh::people::reset_done(&name));
            return Ok(Outcome::Done);
        }
        PeopleCommand::Roles(args) => station.person_roles(PersonRoles {
            person: numbered(&station, &args.name)?,
            roles: roles(&args.role),
        })?,
        PeopleCommand::Rename { name, right_name } => station.person_rename(PersonRename {
            person: numbered(&station, &name)?,
            name: right_name,
        })?,
        PeopleCommand::Disable { name, back } => station.person_disable(PersonDisable {
            person: numbered(&station, &name)?,
            disabled: !back,
        })?,
    };
    print(&view);
    Ok(Outcome::Done)
}

/// Signs in the person named on the command line: asks for the PIN where there is one. The first name of a new workspace
/// becomes its keeper.
pub(crate) fn sign_in(station: &Station, name: &str) -> Result<(), Failure> {
    let seat = station.app_status(Empty {})?.seat;
    if seat.state != SeatState::SignedOut {
        let (name, pin) = (name.to_owned(), String::new());
        return station.reviewer_set(ReviewerSet { name, pin }).map(|_| ());
    }
    let person = seat.people.iter().find(|row| row.name == name.trim());
    let Some(person) = person.map(|row| row.person) else {
        return Err(unknown(name));
    };
    let pin = handed_on(ask(&zh::people::pin_of(name))?);
    station.sign_in(SignIn { person, pin }).map(|_| ())
}

/// One's own PIN is changed with the old one; a keeper gives others new ones.
fn set_pin(station: &Station, name: &str) -> Result<PeopleView, Failure> {
    let seat = station.app_status(Empty {})?.seat;
    let own = seat
        .people
        .iter()
        .find(|row| Some(row.person) == seat.person);
    if own.is_some_and(|row| row.name == name.trim()) {
        let old = match seat.has_pin {
            true => handed_on(ask(zh::people::OLD_PIN)?),
            false => String::new(),
        };
        let new = handed_on(new_pin(name)?);
        station.pin_change(PinChange { old, new })?;
        return station.people_list(Empty {});
    }
    let person = numbered(station, name)?;
    let pin = handed_on(new_pin(name)?);
    station.person_pin(PersonPin { person, pin })
}

fn numbered(station: &Station, name: &str) -> Result<i64, Failure> {
    let people = station.people_list(Empty {})?.people;
    let found = people.iter().find(|row| row.name == name.trim());
    found.map(|row| row.person).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> Failure {
    Failure {
        code: Code::NotFound,
        message: zh::people::unknown(name),
        detail: String::new(),
    }
}

fn ask(what: &str) -> Result<Secret, Failure> {
    ask_secret(what).map_err(|error| Failure {
        code: Code::Refused,
        message: zh::people::NOT_READ.to_owned(),
        detail: error.to_string(),
    })
}

fn new_pin(name: &str) -> Result<Secret, Failure> {
    ask(&zh::people::new_pin_of(name))
}

fn roles(roles: &[Role]) -> RoleSet {
    RoleSet {
        reviewer: roles.contains(&Role::Reviewer),
        lead: roles.contains(&Role::Lead),
        keeper: roles.contains(&Role::Keeper),
    }
}

fn print(view: &PeopleView) {
    for row in &view.people {
        terminal::line(&line(row));
    }
    terminal::line(&zh::people::idle(view.idle_minutes));
}

fn line(row: &PersonCard) -> String {
    let titles = [
        (row.roles.reviewer, zh::people::REVIEWER),
        (row.roles.lead, zh::people::LEAD),
        (row.roles.keeper, zh::people::KEEPER),
    ];
    let titles: Vec<&str> = titles
        .into_iter()
        .filter_map(|(is, title)| is.then_some(title))
        .collect();
    let mut notes = Vec::new();
    if !row.has_pin {
        notes.push(zh::people::NO_PIN.to_owned());
    }
    if row.disabled {
        notes.push(zh::people::LEFT.to_owned());
    }
    if row.wrong > 0 {
        notes.push(zh::people::wrong(row.wrong));
    }
    format!("{}\t{}\t{}", row.name, titles.join("、"), notes.join("，"))
}
