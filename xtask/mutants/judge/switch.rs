//! Which mutant is switched on. Written into a copy of the core by `cargo xtask mutants`; no part of the product.

use std::ops::{Add, AddAssign, Div, Mul, Sub, SubAssign};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

/// Notes which mutants a run passes by, and switches none on.
pub const RECORD: u32 = u32::MAX;

/// The environment was not asked yet.
const UNSET: u32 = u32::MAX - 1;

static ACTIVE: AtomicU32 = AtomicU32::new(UNSET);
static REACHED: [AtomicBool; COUNT] = [const { AtomicBool::new(false) }; COUNT];

/// Switches one mutant on; 0 is none.
pub fn set(id: u32) {
    ACTIVE.store(id, Relaxed);
}

/// The mutants that were passed by since it was asked last.
pub fn take_reached() -> Vec<usize> {
    let reached = REACHED.iter().enumerate().filter(|(_, reached)| reached.swap(false, Relaxed));
    reached.map(|(id, _)| id).collect()
}

/// Whether a mutant is on.
#[inline]
pub fn on(id: u32) -> bool {
    let active = ACTIVE.load(Relaxed);
    active == id || (active >= UNSET && begin(id, active))
}

#[cold]
fn begin(id: u32, active: u32) -> bool {
    if active == UNSET {
        set(std::env::var("SAM_MUTANT").ok().and_then(|id| id.parse().ok()).unwrap_or(0));
        return on(id);
    }
    if let Some(reached) = REACHED.get(id as usize) {
        reached.store(true, Relaxed);
    }
    false
}

macro_rules! comparison {
    ($name:ident, $op:tt, $edge:tt, $turned:tt) => {
        #[inline]
        pub fn $name<T: PartialOrd + ?Sized>(edge: u32, turned: u32, a: &T, b: &T) -> bool {
            if on(edge) { a $edge b } else if on(turned) { a $turned b } else { a $op b }
        }
    };
}

comparison!(lt, <, <=, >);
comparison!(le, <=, <, >);
comparison!(gt, >, >=, <);
comparison!(ge, >=, >, <);

macro_rules! arithmetic {
    ($name:ident, $Op:ident, $op:tt, $Other:ident, $other:tt) => {
        #[inline]
        pub fn $name<A: $Op<B, Output = O> + $Other<B, Output = O>, B, O>(id: u32, a: A, b: B) -> O {
            if on(id) { a $other b } else { a $op b }
        }
    };
}

arithmetic!(add, Add, +, Sub, -);
arithmetic!(sub, Sub, -, Add, +);
arithmetic!(mul, Mul, *, Div, /);
arithmetic!(div, Div, /, Mul, *);

#[inline]
pub fn add_assign<A: AddAssign<B> + SubAssign<B>, B>(id: u32, a: &mut A, b: B) {
    if on(id) { *a -= b } else { *a += b }
}

#[inline]
pub fn sub_assign<A: AddAssign<B> + SubAssign<B>, B>(id: u32, a: &mut A, b: B) {
    if on(id) { *a += b } else { *a -= b }
}

/// A number that a literal can be.
pub trait Literal {
    fn up(self) -> Self;
    fn down(self) -> Self;
}

macro_rules! literal {
    ($up:ident, $down:ident, $one:literal: $($type:ty)*) => {
        $(impl Literal for $type {
            fn up(self) -> Self { self.$up($one) }
            fn down(self) -> Self { self.$down($one) }
        })*
    };
}

literal!(wrapping_add, wrapping_sub, 1: i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);
literal!(add, sub, 1.0: f32 f64);

#[inline]
pub fn up<T: Literal>(id: u32, value: T) -> T {
    if on(id) { value.up() } else { value }
}

#[inline]
pub fn down<T: Literal>(id: u32, value: T) -> T {
    if on(id) { value.down() } else { value }
}
