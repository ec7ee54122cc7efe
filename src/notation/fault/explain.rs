//! How faults and warnings are told, each in English and in Simplified Chinese,
//! 简体中文: what is wrong, then what would be right.

use std::fmt::Display;

use super::{
    Found, SyntaxFault, SyntaxFaultKind as Fault, SyntaxWarning, SyntaxWarningKind as Warning,
};
use crate::notation::diagnostic::{Both, Explain, Say};
use crate::notation::place::Span;
use crate::notation::token::{Bracket, Keyword};
use crate::notation::{MAX_DEPTH, MAX_FAULTS, MAX_NAME, MAX_TEXT};

impl Explain for SyntaxFault {
    fn span(&self) -> Span {
        self.span
    }

    fn related(&self) -> Option<Span> {
        self.related
    }

    fn tell(&self, say: Say) {
        tell(&self.kind, say);
    }
}

impl Explain for SyntaxWarning {
    fn span(&self) -> Span {
        self.span
    }

    fn related(&self) -> Option<Span> {
        self.related
    }

    fn tell(&self, say: Say) {
        match &self.kind {
            Warning::SignInRow { written, two, one } => say(
                "“{0}” is one entry, not two.\n“{0}”是一个元素，不是两个。",
                "Write “{1}” for two entries, “{2}” for one.\n\
                 两个元素请写“{1}”，一个元素请写“{2}”。",
                &[written, two, one],
            ),
            Warning::AlikeNames { first, second } => say(
                "“{1}” and “{0}” are two different names.\n“{1}”和“{0}”是两个不同的名称。",
                "Spell them alike if they are meant to be one.\n如果指同一个，请写法一致。",
                &[first, second],
            ),
        }
    }
}

fn tell(fault: &Fault, say: Say) {
    match fault {
        Fault::TextTooLong { bytes } => say(
            "The program has {0} bytes; at most {1} can be read.\n\
             程序有 {0} 字节，最多只能读 {1} 字节。",
            "",
            &[bytes, &MAX_TEXT],
        ),
        Fault::TooDeep => say(
            "Brackets, blocks, calls and “^” are nested more than {0} deep here.\n\
             括号、代码块、函数调用和“^”在这里的嵌套超过 {0} 层。",
            "Give the inner part a name on a line of its own.\n请把里面的部分另起一行并命名。",
            &[&MAX_DEPTH],
        ),
        Fault::TooManyFaults => say(
            "More faults follow from here on; the first {0} are listed.\n\
             从这里起还有更多错误，只列出前 {0} 个。",
            "",
            &[&MAX_FAULTS],
        ),
        Fault::UnknownCharacter { character } => {
            let (instead, remedy) = match instead_of(*character) {
                Some(instead) => (instead, "Write “{1}”.\n请写“{1}”。"),
                None => ("", ""),
            };
            say(
                "“{0}” means nothing here.\n“{0}”在这里没有意义。",
                remedy,
                &[&shown(*character), &instead],
            );
        }
        Fault::NameTooLong { characters } => say(
            "This name has {0} characters; a name has at most {1}.\n\
             这个名称有 {0} 个字符，名称最多 {1} 个字符。",
            "Choose a shorter one.\n请换一个更短的名称。",
            &[characters, &MAX_NAME],
        ),
        Fault::NumberOutOfRange {
            number,
            small: false,
        } => say(
            "“{0}” is too large for a float64.\n“{0}”太大，float64 存不下。",
            "The largest number is about 1.8e308.\n最大的数约为 1.8e308。",
            &[number],
        ),
        Fault::NumberOutOfRange {
            number,
            small: true,
        } => say(
            "“{0}” is too small for a float64; it would become 0.\n\
             “{0}”太小，存为 float64 会变成 0。",
            "Write 0, or a number of at least 5e-324.\n请写 0，或不小于 5e-324 的数。",
            &[number],
        ),
        Fault::IntegerTooLarge => say(
            "This whole number is too large.\n这个整数太大。",
            "The largest is {0}.\n最大为 {0}。",
            &[&u64::MAX],
        ),

        Fault::KeywordAsName { keyword, bound } => say(
            "“{0}” is a keyword and can't be a name.\n“{0}”是关键字，不能用作名称。",
            match keyword {
                Keyword::Seed | Keyword::Batch if *bound => {
                    "Write “{0} 7” without “=”, or choose another name.\n\
                     请写“{0} 7”，不带“=”，或换一个名称。"
                }
                Keyword::Minimize if *bound => {
                    "Write “minimize L” without “=”.\n请写“minimize L”，不带“=”。"
                }
                _ => "Choose another name.\n请换一个名称。",
            },
            &[&keyword.text()],
        ),
        Fault::MisspeltKeyword { word, keyword } => say(
            "“{0}” is not a keyword.\n“{0}”不是关键字。",
            "Did you mean “{1}”?\n是否想写“{1}”？",
            &[word, &keyword.text()],
        ),
        Fault::ExpectedLine { found } => say(
            "No line begins with “{0}”.\n一行不能以“{0}”开头。",
            "Write “name = value”, or begin with “data”, “param”, “fn”, “repeat”, \
             “minimize”, “seed” or “batch”.\n\
             请写“名称 = 值”，或以“data”“param”“fn”“repeat”“minimize”“seed”“batch”开头。",
            &[&found.word()],
        ),
        Fault::UnnamedValue => say(
            "This value has no name: “=” is missing.\n这个值没有名称：缺少“=”。",
            "Write “y =” before it.\n请在前面写“y =”。",
            &[],
        ),
        Fault::MissingEquals { after, found } => expected(
            &"“=”",
            after,
            found,
            "Write “=” between the name and its value.\n请在名称和值之间写“=”。",
            say,
        ),
        Fault::SecondEquals => say(
            "A line has only one “=”.\n一行只能有一个“=”。",
            "Put the second one on a line of its own.\n请把第二个写到单独的一行。",
            &[],
        ),
        Fault::MissingFn { head } => say(
            "A function is defined with “fn”.\n定义函数要用“fn”。",
            "Write “fn {0} = …”.\n请写“fn {0} = …”。",
            &[head],
        ),
        Fault::AssignedEntry { name } => say(
            "Single entries of “{0}” can't be set.\n不能单独给“{0}”的一个元素赋值。",
            "Give the whole a new value: “{0} = [ … ]”.\n请给整个矩阵赋新值：“{0} = [ … ]”。",
            &[name],
        ),
        Fault::MissingRole => say(
            "Only “data” and “param” bind several names at once.\n\
             只有“data”和“param”能一次给出多个名称。",
            "Write “data” before the first name.\n请在第一个名称前写“data”。",
            &[],
        ),
        Fault::MissingLineEnd { found } => say(
            "A new line must begin before “{0}”.\n“{0}”应另起一行。",
            "Put it on a line of its own.\n请把它写到单独的一行。",
            &[&found.word()],
        ),
        Fault::ExpectedName { after, found } => {
            let name = Both {
                en: "a name",
                zh: "名称",
            };
            expected(&name, after, found, "", say);
        }
        Fault::ExpectedInteger { keyword, found } => {
            let integer = Both {
                en: "a whole number",
                zh: "整数",
            };
            let remedy = "For example “{1} 10”.\n例如“{1} 10”。";
            expected(&integer, keyword.text(), found, remedy, say);
        }
        Fault::ExpectedOpen {
            bracket,
            after,
            found,
        } => {
            let remedy = match bracket {
                Bracket::Curly => {
                    "Write “repeat 10 { … }”, with “{” in the same line.\n\
                     请写“repeat 10 { … }”，“{”要在同一行。"
                }
                _ => "Write “fn f(x) = …”.\n请写“fn f(x) = …”。",
            };
            let open = format_args!("“{}”", bracket.open());
            expected(&open, after, found, remedy, say);
        }
        Fault::MinimizeExpression => say(
            "“minimize” takes one name and nothing else.\n“minimize”后面只能写一个名称。",
            "Give the value a name first: “L = …”, then “minimize L”.\n\
             请先给值命名：“L = …”，再写“minimize L”。",
            &[],
        ),
        Fault::NotInRepeat { keyword } => say(
            "A “{0}” line can't stand inside “repeat”.\n“{0}”行不能写在“repeat”里面。",
            "Move it out of the block.\n请把它移到代码块外面。",
            &[&keyword.text()],
        ),

        Fault::ExpectedValue { after, found } => {
            let value = Both {
                en: "a value",
                zh: "一个值",
            };
            let remedy = match (&**after, found.word()) {
                ("*", "*") => "Write “^” for a power.\n乘方请写“^”。",
                ("=", "=") => "Write a single “=”.\n请只写一个“=”。",
                ("(" | "[", ")" | "]") => {
                    "Write a value between the brackets.\n请在括号里写一个值。"
                }
                ("," | ";", ")" | "]") => {
                    "Leave out “{1}”, or write a value behind it.\n\
                     请去掉“{1}”，或在后面写一个值。"
                }
                (_, "{") => "A matrix is written with “[ ]”.\n矩阵要用“[ ]”来写。",
                _ => "",
            };
            expected(&value, after, found, remedy, say);
        }
        Fault::SideBySide { left, right } => say(
            "“{0}” and “{1}” stand side by side.\n“{0}”和“{1}”并列在一起。",
            "Write “,” or “*” between them.\n请在中间写“,”或“*”。",
            &[left, right],
        ),
        Fault::MissingComma { before } => say(
            "“,” is missing before “{0}”.\n“{0}”前面缺少“,”。",
            "Write “,” between the two.\n请在两者之间写“,”。",
            &[before],
        ),
        Fault::RowNotEnded { found } => say(
            "Inside “[ ]” a new line doesn't end the row.\n在“[ ]”里，换行并不结束矩阵的一行。",
            "End the row with “;”, or write “{0}” in the line above.\n\
             请用“;”结束上一行，或把“{0}”写到上一行。",
            &[found],
        ),
        Fault::SecondSign { sign } => say(
            "“{0}” is a second sign before one value.\n“{0}”是同一个值前的第二个符号。",
            "Write one sign, or brackets: “-(-x)”.\n请只写一个符号，或加括号：“-(-x)”。",
            &[sign],
        ),
        Fault::LeadingPlus => say(
            "A value can't have “+” before it.\n值的前面不能写“+”。",
            "Leave out “+”.\n请去掉“+”。",
            &[],
        ),
        Fault::AfterPower { power, mark } => say(
            "“{1}” can't follow the power “{0}”.\n“{1}”不能直接跟在幂“{0}”后面。",
            "Write “({0}){1}”.\n请写“({0}){1}”。",
            &[power, mark],
        ),
        Fault::NumberTransposed { number } => say(
            "“{0}” is a number and can't be transposed.\n“{0}”是数，不能转置。",
            "Leave out “'”.\n请去掉“'”。",
            &[number],
        ),
        Fault::IndexRange => say(
            "A range such as “1:3” can't be an index.\n“1:3”这样的范围不能用作下标。",
            "Write one place, or “:” alone for all of them.\n请写一个位置，或只写“:”表示全部。",
            &[],
        ),
        Fault::ThirdIndex => say(
            "A matrix has at most two indices: row and column.\n矩阵最多有两个下标：行和列。",
            "",
            &[],
        ),

        Fault::Unclosed { bracket } => say(
            "This “{0}” is never closed.\n这个“{0}”没有闭合。",
            "Write “{1}”.\n请写“{1}”。",
            &[&bracket.open(), &bracket.close()],
        ),
        Fault::Mismatched { open, close } => say(
            "“{0}” can't be closed by “{1}”.\n“{0}”不能用“{1}”来闭合。",
            "Write “{2}”.\n请写“{2}”。",
            &[&open.open(), &close.close(), &open.close()],
        ),
        Fault::Stray { bracket } => say(
            "This “{1}” closes nothing: no “{0}” is open.\n这个“{1}”没有对应的“{0}”。",
            "Leave it out.\n请去掉它。",
            &[&bracket.open(), &bracket.close()],
        ),
        Fault::ExpectedClose { bracket, found } => say(
            match found {
                Found::LineEnd => "Expected “{0}”, but the line ends.\n应为“{0}”，但这一行已结束。",
                Found::Word(_) => "Expected “{0}”, found “{1}”.\n应为“{0}”，却是“{1}”。",
            },
            match (bracket, found.word()) {
                (Bracket::Round, ",") => MATRIX,
                _ => "",
            },
            &[&bracket.close(), &found.word()],
        ),
        Fault::Unexpected { found } => say(
            "“{0}” can't stand here.\n“{0}”不能出现在这里。",
            match found.word() {
                "," | "{" => MATRIX,
                _ => "",
            },
            &[&found.word()],
        ),
    }
}

const MATRIX: &str = "A matrix is written with “[ ]”: “[1, 2]”.\n矩阵要用“[ ]”来写：“[1, 2]”。";

/// Tells that something belongs here. In the remedy `{1}` is what comes before.
fn expected(what: &dyn Display, after: &str, found: &Found, remedy: &str, say: Say) {
    let message = match (after, found) {
        ("", Found::LineEnd) => "Expected {0}, but the line ends.\n这里应为{0}，但这一行已结束。",
        (_, Found::LineEnd) => {
            "Expected {0} after “{1}”, but the line ends.\n“{1}”后面应为{0}，但这一行已结束。"
        }
        ("", Found::Word(_)) => "Expected {0}, found “{2}”.\n这里应为{0}，却是“{2}”。",
        (_, Found::Word(_)) => {
            "Expected {0} after “{1}”, found “{2}”.\n“{1}”后面应为{0}，却是“{2}”。"
        }
    };
    say(message, remedy, &[what, &after, &found.word()]);
}

/// What to write in place of an unknown character, where it resembles a known
/// sign.
fn instead_of(character: char) -> Option<&'static str> {
    Some(match character {
        '、' | '،' => ",",
        '。' => ".",
        '–' | '—' | '‐' | '‑' => "-",
        '÷' | '∕' => "/",
        '⋅' | '∙' | '•' | '∗' => "*",
        '⊗' => "@",
        '`' | '´' | '‛' => "'",
        '≔' | '←' => "=",
        '√' => "sqrt(x)",
        '|' | '∣' => "abs(x)",
        '∑' => "sum(x)",
        '⁻' => "^-",
        _ => return None,
    })
}

/// A character as a sentence shows it: by its number where there is nothing to
/// be seen.
fn shown(character: char) -> String {
    let invisible = character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    if invisible {
        format!("U+{:04X}", u32::from(character))
    } else {
        character.to_string()
    }
}
