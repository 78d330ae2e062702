//! The same JSON text with the keys of its objects in another order. Scalars keep their spelling; objects that name a key twice, or
//! hold a name that is no Unicode, keep their order.

use crate::rng::Rng;
use sam_eurometropole::json::{Token, Tokenizer};

enum Raw {
    Scalar(String),
    List(Vec<Raw>),
    Object(Vec<(String, Raw)>),
}

/// The text with shuffled keys, if it is JSON.
#[must_use]
pub fn shuffle_text(text: &str, seed: u64) -> Option<String> {
    let tree = read(text)?;
    let mut out = String::new();
    write(tree, &mut Rng::new(seed), &mut out);
    Some(out)
}

fn read(text: &str) -> Option<Raw> {
    let mut tokenizer = Tokenizer::new(text, usize::MAX);
    let mut open: Vec<(Raw, Option<String>)> = Vec::new();
    let mut root = None;
    loop {
        let (token, span) = tokenizer.next_token().ok()?;
        let slice = text.get(span.start..span.end)?.to_owned();
        let done = match token {
            Token::End => return root,
            Token::StartList => {
                open.push((Raw::List(Vec::new()), None));
                continue;
            }
            Token::StartObject => {
                open.push((Raw::Object(Vec::new()), None));
                continue;
            }
            Token::Key(_) | Token::BadKey => {
                open.last_mut()?.1 = Some(slice);
                continue;
            }
            Token::EndList | Token::EndObject => open.pop()?.0,
            _ => Raw::Scalar(slice),
        };
        match open.last_mut() {
            None => root = Some(done),
            Some((Raw::List(items), _)) => items.push(done),
            Some((Raw::Object(members), key)) => members.push((key.take()?, done)),
            Some((Raw::Scalar(_), _)) => return None,
        }
    }
}

fn write(raw: Raw, rng: &mut Rng, out: &mut String) {
    match raw {
        Raw::Scalar(text) => out.push_str(&text),
        Raw::List(items) => {
            out.push('[');
            for (index, item) in items.into_iter().enumerate() {
                separate(index, out);
                write(item, rng, out);
            }
            out.push(']');
        }
        Raw::Object(mut members) => {
            mix(&mut members, rng);
            out.push('{');
            for (index, (key, value)) in members.into_iter().enumerate() {
                separate(index, out);
                out.push_str(&key);
                out.push(':');
                write(value, rng, out);
            }
            out.push('}');
        }
    }
}

fn separate(index: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
}

fn mix(members: &mut [(String, Raw)], rng: &mut Rng) {
    let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let twice = names.windows(2).any(|pair| pair.first() == pair.last());
    let escaped = names.iter().any(|name| name.contains('\\'));
    if twice || escaped {
        return;
    }
    for last in (1..members.len()).rev() {
        members.swap(last, rng.below(last + 1));
    }
}
