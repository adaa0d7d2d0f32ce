//! Archives that could do harm, each with the words in which it is refused.

use crate::source::zip::{Packed, pack, unpack};

fn file(name: &str, text: &str) -> Packed {
    (name.to_owned(), text.as_bytes().to_vec())
}

fn archive(files: &[Packed]) -> Vec<u8> {
    pack(files).expect("an archive")
}

fn refused(archive: &[u8]) -> String {
    unpack(archive).expect_err("a refusal").to_string()
}

fn named(name: &str) -> String {
    refused(&archive(&[file(name, "x")]))
}

/// Where the directory of an archive of one file starts.
fn directory(name: &str, text: &str) -> usize {
    30 + name.len() + text.len()
}

#[test]
fn files_come_back_and_have_one_form() {
    let files = [file("a/one.txt", "one"), file("b.txt", ""), file("能源.csv", "1,2")];
    let bytes = archive(&files);
    let unpacked = unpack(&bytes).expect("an archive");
    assert_eq!(unpacked.files, files);
    assert!(unpacked.faults.is_empty());
    assert_eq!(archive(&files), bytes);
}

#[test]
fn zip_slip_and_absolute_paths_are_refused() {
    assert!(named("../up.txt").contains("leads out of its folder"));
    assert!(named("a/../../up.txt").contains("leads out of its folder"));
    assert!(named("a/./b").contains("leads out of its folder"));
    assert!(named("/etc/passwd").contains("is an absolute path"));
    assert!(named("C:/windows").contains("is an absolute path"));
    assert!(named("\\\\server\\share").contains("is an absolute path"));
    assert!(named("a\\..\\b").contains("has a backslash"));
    assert!(named("~/x").contains("starts with a tilde"));
}

#[test]
fn names_that_systems_read_in_different_ways_are_refused() {
    assert!(named("a//b").contains("empty folder name"));
    assert!(named("a/ b").contains("white space around a name"));
    assert!(named("a/b\u{3000}").contains("white space around a name"));
    assert!(named("a\nb").contains("a control character"));
    assert!(named("a.").contains("ends with a full stop"));
    assert!(named("a/").contains("is a folder"));
    assert!(named("a/aux.txt").contains("for a device"));
    assert!(named(&"a/".repeat(80)).contains("is a folder"));
    assert!(named(&format!("{}b", "a/".repeat(80))).contains("too many folders"));
    assert!(named(&"a".repeat(2000)).contains("too long"));
    assert!(named("gnp\u{202e}exe.a").contains("direction of the text"));
    assert!(unpack(&archive(&[file("com.example/auxiliary", "x")])).is_ok());
}

#[test]
fn names_that_meet_are_refused() {
    let pair = |a: &str, b: &str| refused(&archive(&[file(a, "1"), file(b, "2")]));
    assert_eq!(pair("a", "a"), "`a` stands twice");
    assert_eq!(pair("a/B", "a/b"), "`a/b` differs in case alone from `a/B`");
    assert!(pair("A/b", "a/c").contains("a folder that differs in case alone"));
    assert_eq!(pair("a", "a/b"), "`a` is a file, and a folder of `a/b`");
    assert!(pair("a/B", "A/b/c").contains("a folder that differs in case alone"));
    assert!(pair("x/a/b", "x/A/c").contains("a folder that differs in case alone"));
    let files = [file("a", "1"), file("a-b", "2"), file("a/b", "3")];
    assert_eq!(refused(&archive(&files)), "`a` is a file, and a folder of `a/b`");
    assert!(unpack(&archive(&[file("a/b", "1"), file("b/B", "2")])).is_ok());
}

#[test]
fn symbolic_links_and_devices_are_refused() {
    let mut bytes = archive(&[file("a", "/etc/passwd")]);
    let at = directory("a", "/etc/passwd") + 38;
    bytes[at..at + 4].copy_from_slice(&(0o120_777u32 << 16).to_le_bytes());
    assert_eq!(refused(&bytes), "`a` is a symbolic link");
    bytes[at..at + 4].copy_from_slice(&(0o020_666u32 << 16).to_le_bytes());
    assert_eq!(refused(&bytes), "`a` is not a plain file");
}

#[test]
fn bombs_are_refused_since_nothing_may_be_compressed() {
    let mut bytes = archive(&[file("a", "x")]);
    bytes[directory("a", "x") + 10] = 8;
    assert!(refused(&bytes).starts_with("`a` is compressed"));
    let mut bytes = archive(&[file("a", "x")]);
    bytes[directory("a", "x") + 24] = 200;
    assert!(refused(&bytes).contains("unfolds into another size"));
}

#[test]
fn encrypted_files_are_refused() {
    let mut bytes = archive(&[file("a", "x")]);
    bytes[directory("a", "x") + 8] |= 1;
    assert_eq!(refused(&bytes), "`a` is encrypted");
}

#[test]
fn data_descriptors_are_refused() {
    // Sizes of zero before the file and true ones behind it, as streaming programs write.
    let mut bytes = archive(&[file("a", "x")]);
    let at = directory("a", "x");
    bytes[6] |= 8;
    bytes[14..26].fill(0);
    bytes[at + 8] |= 8;
    assert_eq!(refused(&bytes), "`a` has its sizes behind its bytes, in a data descriptor");
}

#[test]
fn archives_in_the_zip64_form_are_refused() {
    let whole = archive(&[file("a", "x")]);
    let end = whole.len() - 22;
    for place in [end + 8..end + 12, end + 12..end + 16, end + 16..end + 20] {
        let mut bytes = whole.clone();
        bytes[place].fill(0xff);
        assert_eq!(refused(&bytes), "the archive is in the zip64 form, which no bundle needs");
    }
    // One whose directory says that the size of a file stands in a further field.
    let mut bytes = whole.clone();
    let at = directory("a", "x");
    bytes[18..26].fill(0xff);
    bytes[at + 20..at + 28].fill(0xff);
    assert_eq!(refused(&bytes), "`a` reaches into the directory of the archive");
}

#[test]
fn truncated_archives_are_refused() {
    let whole = archive(&[file("a", "x"), file("b", "y")]);
    for length in 0..whole.len() {
        assert!(unpack(&whole[..length]).is_err(), "{length} bytes");
    }
}

#[test]
fn files_that_overlap_are_refused() {
    // The second record of the directory leads to the first file.
    let files = [file("a", "same"), file("b", "same")];
    let mut bytes = archive(&files);
    let start = 2 * directory("a", "same");
    let second = start + 46 + 1;
    bytes[second + 42..second + 46].copy_from_slice(&0u32.to_le_bytes());
    assert_eq!(refused(&bytes), "`b` has another name in the record before it: `a`");
    bytes[second + 46] = b'a';
    assert_eq!(refused(&bytes), "`a` stands twice");
    // A file whose bytes hold the record of another.
    let inner = archive(&[file("b", "x")]);
    let outer = (String::from("a"), inner[..directory("b", "x")].to_vec());
    let mut bytes = archive(&[outer, file("b", "x")]);
    let start = bytes.len() - 22 - 2 * 47;
    let second = start + 47;
    bytes[second + 42..second + 46].copy_from_slice(&31u32.to_le_bytes());
    assert_eq!(refused(&bytes), "`b` overlaps `a`");
}

#[test]
fn records_that_contradict_each_other_are_refused() {
    let mut bytes = archive(&[file("a", "x")]);
    bytes[14] ^= 1;
    assert_eq!(refused(&bytes), "`a` has two records that do not say the same");
    let mut bytes = archive(&[file("a", "x")]);
    let at = directory("a", "x");
    bytes[at] = 0;
    assert!(refused(&bytes).contains("a record that is none"));
}

#[test]
fn what_is_no_archive_is_refused() {
    assert_eq!(refused(b""), "this is not a zip archive");
    assert_eq!(refused(&[7; 100]), "this is not a zip archive");
    let mut bytes = archive(&[file("a", "x")]);
    bytes.push(0);
    assert!(refused(&bytes).contains("something follows its end"));
}

#[test]
fn every_changed_byte_is_told() {
    let whole = archive(&[file("a", "x"), file("b/c", "yz")]);
    for at in 0..whole.len() {
        for change in [1u8, 0x20, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= change;
            let told = unpack(&bytes).map_or(true, |unpacked| !unpacked.faults.is_empty());
            assert!(told, "byte {at}");
        }
    }
}

#[test]
fn bytes_before_or_between_files_are_told() {
    let one = archive(&[file("a", "x")]);
    let mut bytes = one.clone();
    bytes[directory("a", "x") + 12] = 1;
    bytes[10] = 1;
    let unpacked = unpack(&bytes).expect("a safe archive");
    let fault = "`a` is not stored as this program stores it, from this byte on: `10`";
    assert_eq!(unpacked.faults[0].to_string(), fault);
}
