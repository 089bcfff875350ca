//! Which colour space an embedded ICC profile names (ICC.1:2022 §9.2.41, tag `desc`). Not a colour engine.

use zhaoshen_model::measurement::IccProfile;

/// Longest description kept, characters.
const MAX_CHARS: usize = 80;

/// Tells sRGB from other profiles by the description; a profile without a readable one is `Other("")`.
pub(super) fn profile(icc: &[u8]) -> IccProfile {
    if icc.is_empty() {
        return IccProfile::Absent;
    }
    let description = description(icc).unwrap_or_default();
    let lower = description.to_lowercase();
    // The tiny profiles that web tools embed in place of sRGB are called c2 and uRGB.
    if lower.contains("srgb") || matches!(lower.as_str(), "c2" | "c2ci" | "urgb") {
        IccProfile::Srgb
    } else {
        IccProfile::Other(description)
    }
}

fn description(icc: &[u8]) -> Option<String> {
    let count = number(icc, 128)?.min(200);
    let entry = (0..count)
        .map(|i| 132 + 12 * i)
        .find(|&at| icc.get(at..at + 4) == Some(b"desc"))?;
    let tag = icc.get(number(icc, entry + 4)?..)?;
    let text = match tag.get(..4)? {
        b"desc" => {
            let length = number(tag, 8)?.min(tag.len());
            String::from_utf8_lossy(tag.get(12..12 + length).or(tag.get(12..))?).into_owned()
        }
        b"mluc" => {
            let (length, offset) = (number(tag, 20)?, number(tag, 24)?);
            let bytes = tag.get(offset..offset.checked_add(length)?)?;
            char::decode_utf16(
                bytes
                    .chunks_exact(2)
                    .map(|pair| u16::from_be_bytes([pair[0], pair[1]])),
            )
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .take(MAX_CHARS)
            .collect()
        }
        _ => return None,
    };
    Some(
        text.chars()
            .filter(|c| !c.is_control())
            .take(MAX_CHARS)
            .collect::<String>()
            .trim()
            .to_owned(),
    )
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let field = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes([field[0], field[1], field[2], field[3]]) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A profile of one tag.
    fn with_tag(tag: &[u8]) -> Vec<u8> {
        let mut icc = vec![0; 128];
        icc.extend([0, 0, 0, 1]);
        icc.extend(b"desc");
        icc.extend(144u32.to_be_bytes());
        icc.extend((tag.len() as u32).to_be_bytes());
        icc.extend(tag);
        icc
    }

    fn version2(text: &str) -> Vec<u8> {
        let mut tag = b"desc\0\0\0\0".to_vec();
        tag.extend((text.len() as u32 + 1).to_be_bytes());
        tag.extend(text.as_bytes());
        tag.push(0);
        with_tag(&tag)
    }

    fn version4(text: &str) -> Vec<u8> {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let mut tag = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS".to_vec();
        tag.extend((units.len() as u32).to_be_bytes());
        tag.extend(28u32.to_be_bytes());
        tag.extend(units);
        with_tag(&tag)
    }

    #[test]
    fn profiles_are_named_by_their_description() {
        assert_eq!(profile(b""), IccProfile::Absent);
        assert_eq!(profile(&version2("sRGB IEC61966-2.1")), IccProfile::Srgb);
        assert_eq!(profile(&version4("sRGB built-in")), IccProfile::Srgb);
        assert_eq!(
            profile(&version4("Display P3")),
            IccProfile::Other("Display P3".to_owned())
        );
        assert_eq!(
            profile(&version2("Adobe RGB (1998)")),
            IccProfile::Other("Adobe RGB (1998)".to_owned())
        );
    }

    #[test]
    fn broken_profiles_are_other() {
        let whole = version4("Display P3");
        for length in 1..whole.len() {
            let cut = profile(&whole[..length]);
            assert!(matches!(cut, IccProfile::Other(_)), "{length}: {cut:?}");
        }
        let mut wild = version4("x");
        wild[136..140].copy_from_slice(&[0xFF; 4]);
        assert_eq!(profile(&wild), IccProfile::Other(String::new()));
    }
}
