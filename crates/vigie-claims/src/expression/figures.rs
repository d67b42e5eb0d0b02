//! Numbers and dates in figures, numbers in words.

use super::matching::{Run, begins_with};
use super::token::{Shape, Token};

impl Run<'_> {
    /// Year, month and day as one number, `YYYYMMDD`.
    pub(super) fn numeric_date(&self, at: usize) -> Option<(usize, i64)> {
        let first = self.tokens.get(at).filter(|t| t.shape == Shape::Figures)?;
        if !self.sign(at + 1, b"/-.") || self.tokens[at + 1].id != self.tokens.get(at + 3)?.id {
            return None;
        }
        let (second, third) = (self.figures_glued(at + 2)?, self.figures_glued(at + 4)?);
        if self.sign(at + 5, b"/-.") && self.figures_glued(at + 6).is_some() {
            return None;
        }
        let [a, b, c] = [first, second, third].map(|t| i64::from(t.number));
        let century = |y: i64, t: &Token| match t.len() {
            4 => y,
            _ if y < 50 => 2000 + y,
            _ => 1900 + y,
        };
        let lengths = (first.len(), second.len(), third.len());
        let (year, mut month, mut day) = match lengths {
            (4, 1..=2, 1..=2) => (a, b, c),
            (1..=2, 1..=2, 2 | 4) if self.rules.month_first => (century(c, third), a, b),
            (1..=2, 1..=2, 2 | 4) => (century(c, third), b, a),
            _ => return None,
        };
        if month > 12 && day <= 12 && lengths.0 != 4 {
            std::mem::swap(&mut month, &mut day);
        }
        let date =
            jiff::civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        date.is_ok().then_some((5, year * 10_000 + month * 100 + day))
    }

    /// A number in figures or words, in thousandths, with the count of its tokens.
    pub(super) fn number(&self, at: usize) -> Option<(usize, i64)> {
        let token = &self.tokens[at];
        if token.shape == Shape::Figures {
            let before = at >= 2 && self.sign(at - 1, b".,") && token.glued && self.figures_before(at - 2);
            if before || token.len() > 6 {
                return None;
            }
            let mut value = i64::from(token.number) * 1000;
            let mut len = 1;
            while self.sign(at + len, b".,")
                && let Some(more) = self.figures_glued(at + len + 1)
            {
                match more.len() {
                    3 if value % 1000 == 0 && value < 1_000_000_000 => {
                        value = value * 1000 + i64::from(more.number) * 1000
                    }
                    1 => value += i64::from(more.number) * 100,
                    2 => value += i64::from(more.number) * 10,
                    _ => return None,
                }
                len += 2;
            }
            if let Some(&times) = self.tokens.get(at + len).and_then(|t| self.rules.multipliers.get(&t.id)) {
                value = value.saturating_mul(i64::try_from(times).ok()?);
                len += 1;
            }
            return Some((len, value));
        }
        self.number_in_words(at)
    }

    fn figures_before(&self, at: usize) -> bool {
        self.tokens[at].shape == Shape::Figures
    }

    fn number_in_words(&self, at: usize) -> Option<(usize, i64)> {
        let (mut total, mut current, mut next) = (0_i64, 0_i64, at);
        let mut read = false;
        loop {
            let mut from = next;
            // "twenty-five", "vingt et un": a hyphen or an "and" inside a number.
            if read {
                while self.tokens.get(from).is_some_and(|t| self.is_sign(t, b"-") || self.rules.and.contains(&t.id)) {
                    from += 1;
                }
            }
            let Some(token) = self.tokens.get(from).filter(|t| t.id != 0) else { break };
            let cardinal = self.rules.cardinals.get(&token.id).into_iter().flatten();
            let found = cardinal.into_iter().find(|(p, _)| begins_with(self.tokens, from, p));
            if let Some((phrase, value)) = found {
                let value = i64::try_from(*value).ok()?;
                if value == 100 {
                    current = current.max(1) * 100;
                } else {
                    let room =
                        current % 100 == 0 || (current % 10 == 0 && value < 10) || (current % 20 == 0 && value < 20);
                    if !room || (current > 0 && current < 20) {
                        break;
                    }
                    current += value;
                }
                next = from + phrase.len();
            } else if let Some(times) = self.rules.multipliers.get(&token.id) {
                total = total.saturating_add(current.max(1).saturating_mul(i64::try_from(*times).ok()?));
                current = 0;
                next = from + 1;
            } else {
                break;
            }
            read = true;
        }
        if !read {
            return None;
        }
        let mut milli = total.saturating_add(current).saturating_mul(1000);
        let is = |at: usize, list: &[u16]| self.tokens.get(at).is_some_and(|t| t.id != 0 && list.contains(&t.id));
        if is(next, &self.rules.and) && is(next + 1, &self.rules.half) {
            milli = milli.saturating_add(500);
            next += 2;
        }
        Some((next - at, milli))
    }
}
