//! Bytes to text.

/// Why bytes are not a text that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodingFault {
    /// Name of the encoding that the bytes seem to be in.
    pub encoding: &'static str,
    /// First byte that is not UTF-8.
    pub offset: usize,
}

/// Decodes UTF-8 and leaves out a byte order mark.
///
/// Other encodings are recognised by their marks and byte patterns, and named in the error, since
/// "invalid UTF-8" helps nobody whose spreadsheet program saved GBK.
pub fn decode(bytes: Vec<u8>) -> Result<String, EncodingFault> {
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return Err(EncodingFault { encoding: "UTF-16 (little endian)", offset: 0 });
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(EncodingFault { encoding: "UTF-16 (big endian)", offset: 0 });
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        EncodingFault { encoding: guess(error.as_bytes()), offset }
    })?;
    if text.contains('\0') {
        let offset = text.find('\0').unwrap_or_default();
        return Err(EncodingFault { encoding: "UTF-16 or binary data", offset });
    }
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// Names the most likely encoding of bytes that are not UTF-8.
fn guess(bytes: &[u8]) -> &'static str {
    if bytes.contains(&0) {
        return "UTF-16 or binary data";
    }
    let pairs = double_byte_pairs(bytes);
    if pairs.total == 0 || pairs.broken > 0 {
        return "Windows-1252 or another single-byte encoding";
    }
    // Big5 keeps its common characters in lead bytes A4 to C6 and often has trail bytes below 7F;
    // GB2312 has both bytes from A1 on.
    if pairs.low_trail * 5 > pairs.total { "Big5" } else { "GBK" }
}

/// Counts of byte pairs that look like a double-byte encoding.
#[derive(Default)]
struct Pairs {
    total: usize,
    low_trail: usize,
    broken: usize,
}

fn double_byte_pairs(bytes: &[u8]) -> Pairs {
    let mut pairs = Pairs::default();
    let mut rest = bytes.iter();
    while let Some(&lead) = rest.next() {
        if lead < 0x80 {
            continue;
        }
        match rest.next() {
            Some(&trail) if (0x40..=0xFE).contains(&trail) && trail != 0x7F => {
                pairs.total += 1;
                pairs.low_trail += usize::from(trail < 0x7F);
            }
            _ => pairs.broken += 1,
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_with_mark_is_read_without_it() {
        assert_eq!(decode("\u{feff}单位".as_bytes().to_vec()), Ok("单位".to_owned()));
    }

    #[test]
    fn other_encodings_are_named() {
        // "单位" in GBK, "單位" in Big5, "é" in Windows-1252.
        let gbk = decode(vec![0xB5, 0xA5, 0xCE, 0xBB]).map_err(|fault| fault.encoding);
        let big5 = decode(vec![0xB3, 0xE6, 0xA6, 0xEC, 0xA4, 0x40, 0xA4, 0x48]);
        let latin = decode(vec![0xE9, 0x20]).map_err(|fault| fault.encoding);
        assert_eq!(gbk, Err("GBK"));
        assert_eq!(big5.map_err(|fault| fault.encoding), Err("Big5"));
        assert_eq!(latin, Err("Windows-1252 or another single-byte encoding"));
        let utf16 = decode(vec![0xFF, 0xFE, 0x61, 0x00]).map_err(|fault| fault.encoding);
        assert_eq!(utf16, Err("UTF-16 (little endian)"));
    }
}
