//! JSON: a pull tokenizer that carries spans, a small tree, and the one canonical writer (RFC 8785).
//!
//! Text enters through [`Tokenizer`], which the reader drives directly, or through [`parse`] for the engine's own documents;
//! it leaves through [`Json::to_canonical`].

pub(crate) mod canonical;
mod tokenizer;
mod value;

pub(crate) use canonical::Members;
pub use tokenizer::{Span, SyntaxError, SyntaxErrorKind, Token, Tokenizer, line_column};
pub use value::{Finite, Json, ParseError, parse};
