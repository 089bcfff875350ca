//! The machine's fonts: which one has a character, and how wide it is.
//!
//! No font is shipped: one that holds the rare characters of names weighs tens of megabytes, and every system
//! that can show a roster has one. Fonts are tried in the order of [`PREFERRED`]; a character that the first has
//! not is looked for in all others, and one that none has is said so before anything is written. Fonts whose
//! maker forbids embedding or subsetting are passed over.

use std::collections::HashMap;
use std::sync::Arc;

use krilla::text::Font;
use ttf_parser::Permissions;

use crate::error::Error;

/// Families tried first: those with a wide range of Chinese characters, plain ones before the extensions.
const PREFERRED: [&str; 24] = [
    "Source Han Sans SC",
    "思源黑体",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Microsoft YaHei",
    "DengXian",
    "PingFang SC",
    "Hiragino Sans GB",
    "SimHei",
    "SimSun",
    "Songti SC",
    "STSong",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimSun-ExtB",
    "SimSun-ExtG",
    "MingLiU-ExtB",
    "Plangothic P1",
    "Plangothic P2",
    "HanaMinA",
    "HanaMinB",
    "BabelStone Han",
];

/// Fonts that claim every character and draw a box, or draw pictures.
const NO_TEXT: [&str; 5] = [
    "LastResort",
    "Last Resort",
    "Adobe Blank",
    "Fallback",
    "Emoji",
];

/// What stands for a character that no font has, as in Chinese print shops.
const STAND_INS: [char; 3] = ['〓', '□', '?'];

/// A character's picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// Which of the loaded faces.
    pub(super) face: usize,
    /// Its number there.
    pub(super) id: u16,
    /// Its advance, em.
    pub(super) advance: f32,
}

struct Face {
    data: Arc<Vec<u8>>,
    index: u32,
    font: Font,
    family: String,
}

/// The fonts of this machine, loaded as characters ask for them.
pub struct Fonts {
    database: fontdb::Database,
    candidates: Vec<fontdb::ID>,
    faces: Vec<Face>,
    known: HashMap<char, Option<Glyph>>,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.families()).finish()
    }
}

impl Fonts {
    /// Reads which fonts the system has; their files are opened later.
    ///
    /// # Errors
    /// [`Error::NoFont`] when none of them writes Chinese.
    pub fn of_this_machine() -> Result<Self, Error> {
        let mut database = fontdb::Database::new();
        database.load_system_fonts();
        Self::of(database)
    }

    /// The fonts of `database`.
    ///
    /// # Errors
    /// As [`Self::of_this_machine`].
    pub(super) fn of(database: fontdb::Database) -> Result<Self, Error> {
        let mut ranked: Vec<_> = database
            .faces()
            .filter(|face| !NO_TEXT.iter().any(|word| is_named(face, word)))
            .map(|face| (rank(face), face.post_script_name.clone(), face.id))
            .collect();
        ranked.sort();
        let mut fonts = Self {
            database,
            candidates: ranked.into_iter().map(|(_, _, id)| id).collect(),
            faces: Vec::new(),
            known: HashMap::new(),
        };
        match fonts.glyph('学').is_some() && fonts.glyph('0').is_some() {
            true => Ok(fonts),
            false => Err(Error::NoFont),
        }
    }

    /// The families used so far, first the main one.
    pub fn families(&self) -> Vec<&str> {
        self.faces.iter().map(|face| face.family.as_str()).collect()
    }

    /// The characters of `text` that no font of the machine has.
    pub fn missing(&mut self, text: &str) -> Vec<char> {
        let visible = text
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control());
        visible.filter(|c| self.glyph(*c).is_none()).collect()
    }

    /// What stands in the PDF for a character that no font has.
    pub fn stand_in(&mut self) -> char {
        let found = STAND_INS.into_iter().find(|c| self.glyph(*c).is_some());
        found.unwrap_or(' ')
    }

    /// The face's font as the PDF embeds it.
    pub(super) fn font(&self, face: usize) -> Option<Font> {
        self.faces.get(face).map(|face| face.font.clone())
    }

    /// The picture of a character, looked for once.
    pub(super) fn glyph(&mut self, character: char) -> Option<Glyph> {
        if let Some(known) = self.known.get(&character) {
            return *known;
        }
        let loaded = self.faces.iter().enumerate().find_map(|(at, face)| {
            let (id, advance) = glyph_in(&face.data, face.index, character)?;
            Some(Glyph {
                face: at,
                id,
                advance,
            })
        });
        let found = loaded.or_else(|| self.load_for(character));
        self.known.insert(character, found);
        found
    }

    /// Opens the first font that has the character.
    fn load_for(&mut self, character: char) -> Option<Glyph> {
        let (at, (id, advance)) = self.candidates.iter().enumerate().find_map(|(at, id)| {
            let found = self.database.with_face_data(*id, |data, index| {
                may_be_embedded(data, index).then(|| glyph_in(data, index, character))?
            });
            Some((at, found??))
        })?;
        let candidate = self.candidates.remove(at);
        let (data, index) = self
            .database
            .with_face_data(candidate, |data, index| (Arc::new(data.to_vec()), index))?;
        let font = Font::new(Arc::clone(&data).into(), index)?;
        let family = self
            .database
            .face(candidate)
            .and_then(|face| face.families.first())
            .map_or_else(String::new, |(name, _)| name.clone());
        self.faces.push(Face {
            data,
            index,
            font,
            family,
        });
        Some(Glyph {
            face: self.faces.len() - 1,
            id,
            advance,
        })
    }
}

fn glyph_in(data: &[u8], index: u32, character: char) -> Option<(u16, f32)> {
    let face = ttf_parser::Face::parse(data, index).ok()?;
    let id = face.glyph_index(character).filter(|id| id.0 != 0)?;
    let advance = f32::from(face.glyph_hor_advance(id)?) / f32::from(face.units_per_em().max(1));
    Some((id.0, advance))
}

/// Whether the maker allows it: `fsType` of the OS/2 table.
fn may_be_embedded(data: &[u8], index: u32) -> bool {
    ttf_parser::Face::parse(data, index).is_ok_and(|face| {
        face.permissions() != Some(Permissions::Restricted) && face.is_subsetting_allowed()
    })
}

/// Preferred families first, upright before slanted, near to the normal weight before the others.
fn rank(face: &fontdb::FaceInfo) -> (usize, bool, u16) {
    let family = PREFERRED
        .iter()
        .position(|family| face.families.iter().any(|(name, _)| name == family));
    (
        family.unwrap_or(PREFERRED.len()),
        face.style != fontdb::Style::Normal,
        face.weight.0.abs_diff(400),
    )
}

fn is_named(face: &fontdb::FaceInfo, word: &str) -> bool {
    face.families.iter().any(|(name, _)| name.contains(word))
}
