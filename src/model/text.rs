//! Text kept in one pool instead of a million small allocations: a [`Text`] is an eight-byte handle into its [`Pool`], and so is
//! [`Together`] for several texts.

/// A handle to a piece of text in a [`Pool`]; the default one is the empty text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text(u64);

const LENGTH_BITS: u32 = 24;
/// The longest single piece of text, in bytes; a longer one is cut by the caller's checks before it gets here.
pub const LONGEST: usize = (1 << LENGTH_BITS) - 1;

impl Text {
    /// Whether this is the empty text.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 & (LONGEST as u64) == 0
    }
}

/// A handle to several texts that are kept together in a [`Pool`]; the default one is of empty texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Together(
    /// 1 + where they begin; 0 where all are empty.
    u64,
);

/// A struct of texts that are kept together: each is named once, in the order in which they lie.
macro_rules! together {
    ($(#[$told:meta])* pub struct $name:ident<'a> { $($(#[$of_field:meta])* pub $field:ident: &'a str,)* }) => {
        $(#[$told])*
        pub struct $name<'a> {
            $($(#[$of_field])* pub $field: &'a str,)*
        }

        impl<'a> $name<'a> {
            /// Those that are kept in a pool.
            #[must_use]
            pub fn of(pool: &'a $crate::model::text::Pool, kept: $crate::model::text::Together) -> Self {
                let [$($field),*] = pool.all(kept);
                Self { $($field),* }
            }

            /// Keeps them in a pool.
            #[must_use]
            pub fn keep(&self, pool: &mut $crate::model::text::Pool) -> $crate::model::text::Together {
                pool.keep_all([$(self.$field),*])
            }

            /// Keeps in a pool what another one keeps.
            #[must_use]
            pub fn keep_again(
                pool: &mut $crate::model::text::Pool,
                other: &$crate::model::text::Pool,
                kept: $crate::model::text::Together,
            ) -> $crate::model::text::Together {
                pool.keep_again::<{ [$(stringify!($field)),*].len() }>(other, kept)
            }
        }
    };
}
pub(super) use together;

/// How a text of [`Together`] is kept: written as a character or two in front of all of them, since a pool holds nothing but text.
#[derive(Clone, Copy)]
enum Head {
    /// It has so many bytes.
    Length(usize),
    /// It is the same as the one at this place.
    Same(usize),
}

impl Head {
    /// Below, the character is the length.
    const SAME: usize = 0x70;
    /// From here up to this, it says which of the texts is the same; of no more are there together.
    const LONG: usize = 0x80;
    /// A longer length is told in two characters of fifteen bits: the first ones from here on, the others below those that do not exist.
    const FIRST_LONG: usize = 0x1_0000;
    const BITS: usize = 15;
    /// The longest length that can be told, in bytes.
    const MOST: usize = (1 << (2 * Self::BITS)) - 1;

    fn write(self, bytes: &mut String) {
        let mut push = |number: usize| bytes.extend(u32::try_from(number).ok().and_then(char::from_u32));
        match self {
            Self::Length(short) if short < Self::SAME => push(short),
            Self::Same(place) => push(Self::SAME + place),
            Self::Length(long) => {
                push(Self::FIRST_LONG + (long >> Self::BITS));
                push(long & ((1 << Self::BITS) - 1));
            }
        }
    }

    /// Of one character below [`Self::LONG`].
    fn short(byte: u8) -> Self {
        let number = usize::from(byte);
        number.checked_sub(Self::SAME).map_or(Self::Length(number), Self::Same)
    }

    /// Those of several texts, and what stands behind them.
    fn read<const N: usize>(mut rest: &str) -> ([Self; N], &str) {
        // Nearly always all are short.
        if let Some(short) = rest.as_bytes().first_chunk().filter(|short: &&[u8; N]| short.is_ascii()) {
            return (short.map(Self::short), &rest[N..]);
        }
        let heads = [(); N].map(|()| {
            let mut chars = rest.chars();
            let mut next = || chars.next().map_or(0, |c| c as usize);
            let head = match next() {
                short @ ..Self::LONG => Self::short(u8::try_from(short).unwrap_or(0)),
                long => Self::Length((long.saturating_sub(Self::FIRST_LONG) << Self::BITS) + next()),
            };
            rest = chars.as_str();
            head
        });
        (heads, rest)
    }
}

/// Text put end to end.
#[derive(Default)]
pub struct Pool {
    bytes: String,
}

impl Pool {
    /// Keeps `text`; the empty text costs nothing. Text longer than [`LONGEST`] is cut at a character's edge.
    pub fn keep(&mut self, text: &str) -> Text {
        let text = &text[..text.floor_char_boundary(LONGEST)];
        if text.is_empty() {
            return Text::default();
        }
        let start = self.bytes.len() as u64;
        self.bytes.push_str(text);
        Text(start << LENGTH_BITS | text.len() as u64)
    }

    /// Keeps several texts together, each cut at a character's edge where it is longer than a gibibyte; one that is the same as one before
    /// takes no room.
    pub fn keep_all<const N: usize>(&mut self, texts: [&str; N]) -> Together {
        const { assert!(N <= Head::LONG - Head::SAME, "each has a place that a head can tell") };
        let texts = texts.map(|text| &text[..text.floor_char_boundary(Head::MOST)]);
        if texts.iter().all(|text| text.is_empty()) {
            return Together::default();
        }
        let start = self.bytes.len() as u64;
        let head = |place: usize| {
            let text = texts[place];
            let same = texts[..place].iter().position(|other| !text.is_empty() && *other == text);
            same.map_or(Head::Length(text.len()), Head::Same)
        };
        (0..N).for_each(|place| head(place).write(&mut self.bytes));
        for (place, text) in texts.into_iter().enumerate() {
            if let Head::Length(_) = head(place) {
                self.bytes.push_str(text);
            }
        }
        Together(start + 1)
    }

    /// Keeps several texts as another pool keeps them, without looking at each: it is the same as to keep all of them again.
    pub fn keep_again<const N: usize>(&mut self, other: &Self, kept: Together) -> Together {
        let Some(kept) = other.from(kept) else { return Together::default() };
        let (heads, texts) = Head::read::<N>(kept);
        let length: usize = heads.iter().map(|head| if let Head::Length(length) = head { *length } else { 0 }).sum();
        let start = self.bytes.len() as u64;
        self.bytes.push_str(kept.get(..kept.len() - texts.len() + length).unwrap_or_default());
        Together(start + 1)
    }

    /// What stands from the beginning of several texts on; `None` where all are empty.
    fn from(&self, kept: Together) -> Option<&str> {
        self.bytes.get(usize::try_from(kept.0.checked_sub(1)?).ok()?..)
    }

    /// The texts that `kept` stands for, as many as were kept.
    #[must_use]
    pub fn all<const N: usize>(&self, kept: Together) -> [&str; N] {
        let mut texts = [""; N];
        let Some(kept) = self.from(kept) else { return texts };
        let (heads, mut rest) = Head::read::<N>(kept);
        for (place, head) in heads.into_iter().enumerate() {
            texts[place] = match head {
                Head::Same(other) => texts[other],
                Head::Length(length) => {
                    let (text, behind) = rest.split_at_checked(length).unwrap_or_default();
                    rest = behind;
                    text
                }
            };
        }
        texts
    }

    /// The text that `handle` stands for.
    #[must_use]
    pub fn get(&self, handle: Text) -> &str {
        let start = usize::try_from(handle.0 >> LENGTH_BITS).unwrap_or(usize::MAX);
        let length = usize::try_from(handle.0).unwrap_or(0) & LONGEST;
        self.bytes.get(start..start + length).unwrap_or("")
    }
}

/// A text without blanks around it, which most have none of: those are told by their first and last byte.
#[must_use]
pub fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn blanks_of_all_kinds_are_trimmed(text in "[ab \\t\u{A0}é]{0,4}") {
            proptest::prop_assert_eq!(trimmed(&text), text.trim());
        }
    }

    proptest::proptest! {
        #[test]
        fn texts_that_are_kept_together_come_back(
            before in "[é]{0,2}",
            texts in proptest::array::uniform4("[aé\u{1F980}]{0,2}"),
            long in proptest::sample::select(vec![0_usize, 110, 111, 112, 113, 127, 128, 2_047, 32_767, 32_768, 65_536, 1_100_000]),
            place in 0_usize..4,
        ) {
            let mut texts = texts;
            texts[place].push_str(&"x".repeat(long));
            let texts = texts.each_ref().map(String::as_str);
            let mut pool = Pool::default();
            pool.keep(&before);
            let (kept, again) = (pool.keep_all(texts), pool.keep_all(texts));
            proptest::prop_assert_eq!(pool.all(kept), texts);
            proptest::prop_assert_eq!(pool.all(again), texts);
            let mut other = Pool::default();
            other.keep(&before);
            let taken = other.keep_again::<4>(&pool, again);
            proptest::prop_assert_eq!(other.all(taken), texts);
            let mut afresh = Pool::default();
            afresh.keep(&before);
            let _ = afresh.keep_all(texts);
            proptest::prop_assert_eq!(other.bytes, afresh.bytes);
        }
    }

    #[test]
    fn the_same_text_takes_no_room_twice() {
        let mut pool = Pool::default();
        let login = "ann@acme.example";
        let kept = pool.keep_all([login, login, "", login]);
        assert_eq!(pool.all(kept), [login, login, "", login]);
        assert!(pool.bytes.len() < 2 * login.len());
        let empty = pool.keep_all(["", ""]);
        assert_eq!((empty, pool.all(empty)), (Together::default(), ["", ""]));
        assert_eq!(pool.all(Together::default()), ["", "", ""]);
    }

    #[test]
    fn what_is_kept_comes_back_and_the_empty_text_is_empty() {
        let mut pool = Pool::default();
        let (a, empty, b) = (pool.keep("ann"), pool.keep(""), pool.keep("žofie"));
        assert_eq!((pool.get(a), pool.get(empty), pool.get(b)), ("ann", "", "žofie"));
        assert!(empty.is_empty() && !a.is_empty());
    }
}
