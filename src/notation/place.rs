//! Places in a text: byte spans inside, lines and columns for people.

/// A piece of a text, in bytes, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Its first byte.
    pub start: u32,
    /// The byte behind its last.
    pub end: u32,
}

impl Span {
    /// The piece from the byte `start` to the one before `end`.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// From the start of this piece to the end of the other.
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start, other.end)
    }

    /// The piece of `text`, empty where `text` has no such piece.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }
}

/// Where a piece of a text begins and ends, as people count: from 1, and
/// columns in characters (Unicode scalar values). A byte-order mark has no
/// column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line of its first character.
    pub line: u32,
    /// The column of its first character.
    pub column: u32,
    /// The line in which it ends.
    pub end_line: u32,
    /// The column behind its last character.
    pub end_column: u32,
}

/// Finds lines and columns in one text. A line ends with LF, CR LF or CR.
#[derive(Clone, Debug)]
pub struct LineIndex {
    text: Box<str>,
    /// For each line its content, without the line end.
    lines: Vec<Span>,
}

impl LineIndex {
    /// The index of a text.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = Vec::new();
        let mut start = if text.starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len_utf8()
        } else {
            0
        };
        for (at, &byte) in bytes.iter().enumerate() {
            let after_return = at > 0 && bytes[at - 1] == b'\r';
            match byte {
                b'\n' if after_return => start = at + 1,
                b'\n' | b'\r' => {
                    lines.push(Span::new(start as u32, at as u32));
                    start = at + 1;
                }
                _ => {}
            }
        }
        lines.push(Span::new(start as u32, bytes.len() as u32));
        Self {
            text: text.into(),
            lines,
        }
    }

    /// Lines and columns of a piece of the text.
    pub fn place(&self, span: Span) -> Place {
        let (line, column) = self.point(span.start);
        let (end_line, end_column) = self.point(span.end);
        Place {
            line,
            column,
            end_line,
            end_column,
        }
    }

    /// The characters of a line, counted from 1, without its line end; empty
    /// beyond the last.
    pub fn line(&self, line: u32) -> &str {
        let index = (line as usize).checked_sub(1);
        let span = index.and_then(|index| self.lines.get(index));
        span.map_or("", |span| span.of(&self.text))
    }

    /// The characters of a piece of the text.
    pub fn marked(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    fn point(&self, byte: u32) -> (u32, u32) {
        let index = self.lines.partition_point(|line| line.start <= byte).max(1) - 1;
        let line = self.lines[index];
        let before = Span::new(line.start, byte.min(line.end).max(line.start));
        let column = before.of(&self.text).chars().count() + 1;
        (index as u32 + 1, column as u32)
    }
}

/// What some editors put before a text.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';
