//! Every limit of the engine, in one place.
//!
//! Passing one is a finding or a typed error, never a crash. They are counted on the record, so that text, objects and
//! tables meet the same; only [`BYTES`], [`TABLE_BYTES`] and [`PACK_BYTES`] are for text alone.

/// Bytes of a text handed in (16 MiB).
pub const BYTES: usize = 16 * 1024 * 1024;
/// Bytes of a table handed in as text (256 MiB).
pub const TABLE_BYTES: usize = 256 * 1024 * 1024;
/// Bytes of the text of a pack (1 MiB).
pub const PACK_BYTES: usize = 1024 * 1024;
/// Rows of a table.
pub const ROWS: usize = 1_000_000;
/// Columns of a table.
pub const COLUMNS: usize = 1_000;
/// Objects and lists inside one another.
pub const DEPTH: usize = 16;
/// Elements of one list, of a record or of a pack.
pub const LIST: usize = 1_000;
/// Code points of a text field that names no limit of its own.
pub const TEXT: usize = 10_000;
/// Keys of one object, of a record or of a pack.
pub const FIELDS: usize = 1_000;
/// Findings kept for one record.
pub const FINDINGS: usize = 1_000;
/// Code points of a text for which the code that was meant is looked for.
pub const HINTED: usize = 64;
/// Hints given for one record or one pack; they cost more than the other findings.
pub const HINTS: usize = 50;
/// Largest integer that every host holds exactly (2^53 − 1).
pub const INTEGER: i64 = (1 << 53) - 1;
/// First and last year of a date.
pub const YEARS: (i32, i32) = (1900, 2200);
/// Problems kept for one document, and as many for the pack in it.
pub const PROBLEMS: usize = 1_000;
/// Code points of a name in a pack: of a key, a rule, a pack.
pub const NAME: usize = 100;
/// Nesting of tests in a pack.
pub const TEST_DEPTH: usize = 32;
/// Months or days of a window, and the number of `at_least`.
pub const SPAN: i64 = 4_000;
/// Years that a timeline may span.
pub const TIMELINE_YEARS: i32 = 50;
/// Communes that a look-up by name gives at most; exact ones come first and are never so many.
pub const TERRITORY_HITS: usize = 50;
/// Tests of a pack, with its conditions written out.
pub const TESTS: usize = 20_000;
/// Cells of a release whose disclosure is controlled, those of earlier releases among them.
pub const CELLS: usize = 100_000;
/// Codes of a dimension of such a release.
pub const DIMENSION_CODES: usize = 10_000;
/// Codes of a dimension that are sums of others, over all its hierarchies.
pub const DIMENSION_SUMS: usize = 300;
/// Hidden cells that hang together by sums: a release in which more do is not published.
pub const AUDIT_CELLS: usize = 600;
/// Fields that one set of changes may have.
pub const CHANGES: usize = 3;
/// Changed cases that are judged to find out what would change a decision.
pub const EVALUATIONS: usize = 20_000;
