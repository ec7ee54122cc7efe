//! How faults and warnings are told in Simplified Chinese, 简体中文.

use super::fault::{
    Found, SyntaxFaultKind as Fault, SyntaxWarningKind as Warning, instead_of, shown,
};
use super::token::{Bracket, Keyword};
use super::{MAX_DEPTH, MAX_FAULTS, MAX_NAME, MAX_TEXT};

/// What is wrong.
pub(super) fn message(fault: &Fault) -> String {
    match fault {
        Fault::TextTooLong { bytes } => {
            format!("程序有 {bytes} 字节，最多只能读 {MAX_TEXT} 字节。")
        }
        Fault::TooDeep => format!("括号、代码块、函数调用和“^”在这里的嵌套超过 {MAX_DEPTH} 层。"),
        Fault::TooManyFaults => format!("从这里起还有更多错误，只列出前 {MAX_FAULTS} 个。"),
        Fault::UnknownCharacter { character } => format!("“{}”在这里没有意义。", shown(*character)),
        Fault::NameTooLong { characters } => {
            format!("这个名称有 {characters} 个字符，名称最多 {MAX_NAME} 个字符。")
        }
        Fault::NumberOutOfRange {
            number,
            small: false,
        } => {
            format!("“{number}”太大，float64 存不下。")
        }
        Fault::NumberOutOfRange {
            number,
            small: true,
        } => {
            format!("“{number}”太小，存为 float64 会变成 0。")
        }
        Fault::IntegerTooLarge => "这个整数太大。".into(),
        Fault::KeywordAsName { keyword, .. } => {
            format!("“{}”是关键字，不能用作名称。", keyword.text())
        }
        Fault::MisspeltKeyword { word, .. } => format!("“{word}”不是关键字。"),
        Fault::ExpectedLine { found } => format!("一行不能以“{}”开头。", found.word()),
        Fault::UnnamedValue => "这个值没有名称：缺少“=”。".into(),
        Fault::MissingEquals { after, found } => expected("“=”", after, found),
        Fault::SecondEquals => "一行只能有一个“=”。".into(),
        Fault::MissingFn { .. } => "定义函数要用“fn”。".into(),
        Fault::AssignedEntry { name } => format!("不能单独给“{name}”的一个元素赋值。"),
        Fault::MissingRole => "只有“data”和“param”能一次给出多个名称。".into(),
        Fault::MissingLineEnd { found } => format!("“{}”应另起一行。", found.word()),
        Fault::ExpectedName { after, found } => expected("名称", after, found),
        Fault::ExpectedInteger { keyword, found } => expected("整数", keyword.text(), found),
        Fault::ExpectedOpen {
            bracket,
            after,
            found,
        } => expected(&format!("“{}”", bracket.open()), after, found),
        Fault::MinimizeExpression => "“minimize”后面只能写一个名称。".into(),
        Fault::NotInRepeat { keyword } => format!("“{}”行不能写在“repeat”里面。", keyword.text()),
        Fault::ExpectedValue { after, found } => expected("一个值", after, found),
        Fault::SideBySide { left, right } => format!("“{left}”和“{right}”并列在一起。"),
        Fault::MissingComma { before } => format!("“{before}”前面缺少“,”。"),
        Fault::RowNotEnded { .. } => "在“[ ]”里，换行并不结束矩阵的一行。".into(),
        Fault::SecondSign { sign } => format!("“{sign}”是同一个值前的第二个符号。"),
        Fault::LeadingPlus => "值的前面不能写“+”。".into(),
        Fault::AfterPower { power, mark } => format!("“{mark}”不能直接跟在幂“{power}”后面。"),
        Fault::NumberTransposed { number } => format!("“{number}”是数，不能转置。"),
        Fault::IndexRange => "“1:3”这样的范围不能用作下标。".into(),
        Fault::ThirdIndex => "矩阵最多有两个下标：行和列。".into(),
        Fault::Unclosed { bracket } => format!("这个“{}”没有闭合。", bracket.open()),
        Fault::Mismatched { open, close } => {
            format!("“{}”不能用“{}”来闭合。", open.open(), close.close())
        }
        Fault::Stray { bracket } => {
            format!("这个“{}”没有对应的“{}”。", bracket.close(), bracket.open())
        }
        Fault::ExpectedClose { bracket, found } => match found {
            Found::LineEnd => format!("应为“{}”，但这一行已结束。", bracket.close()),
            Found::Word(word) => format!("应为“{}”，却是“{word}”。", bracket.close()),
        },
        Fault::Unexpected { found } => format!("“{}”不能出现在这里。", found.word()),
    }
}

/// What would be right.
pub(super) fn remedy(fault: &Fault) -> Option<String> {
    Some(match fault {
        Fault::TooDeep => "请把里面的部分另起一行并命名。".into(),
        Fault::UnknownCharacter { character } => format!("请写“{}”。", instead_of(*character)?),
        Fault::NameTooLong { .. } => "请换一个更短的名称。".into(),
        Fault::NumberOutOfRange { small: false, .. } => "最大的数约为 1.8e308。".into(),
        Fault::NumberOutOfRange { small: true, .. } => "请写 0，或不小于 5e-324 的数。".into(),
        Fault::IntegerTooLarge => format!("最大为 {}。", u64::MAX),
        Fault::KeywordAsName { keyword, bound } => match keyword {
            Keyword::Seed | Keyword::Batch if *bound => {
                format!("请写“{} 7”，不带“=”，或换一个名称。", keyword.text())
            }
            Keyword::Minimize if *bound => "请写“minimize L”，不带“=”。".into(),
            _ => "请换一个名称。".into(),
        },
        Fault::MisspeltKeyword { keyword, .. } => format!("是否想写“{}”？", keyword.text()),
        Fault::ExpectedLine { .. } => "请写“名称 = 值”，或以“data”“param”“fn”“repeat”\
            “minimize”“seed”“batch”开头。"
            .into(),
        Fault::UnnamedValue => "请在前面写“y =”。".into(),
        Fault::MissingEquals { .. } => "请在名称和值之间写“=”。".into(),
        Fault::SecondEquals => "请把第二个写到单独的一行。".into(),
        Fault::MissingFn { head } => format!("请写“fn {head} = …”。"),
        Fault::AssignedEntry { name } => format!("请给整个矩阵赋新值：“{name} = [ … ]”。"),
        Fault::MissingRole => "请在第一个名称前写“data”。".into(),
        Fault::MissingLineEnd { .. } => "请把它写到单独的一行。".into(),
        Fault::ExpectedInteger { keyword, .. } => format!("例如“{} 10”。", keyword.text()),
        Fault::ExpectedOpen {
            bracket: Bracket::Curly,
            ..
        } => "请写“repeat 10 { … }”，“{”要在同一行。".into(),
        Fault::ExpectedOpen { .. } => "请写“fn f(x) = …”。".into(),
        Fault::MinimizeExpression => "请先给值命名：“L = …”，再写“minimize L”。".into(),
        Fault::NotInRepeat { .. } => "请把它移到代码块外面。".into(),
        Fault::ExpectedValue { after, found } => match (&**after, found.word()) {
            ("*", "*") => "乘方请写“^”。".into(),
            ("=", "=") => "请只写一个“=”。".into(),
            ("(" | "[", ")" | "]") => "请在括号里写一个值。".into(),
            ("," | ";", ")" | "]") => format!("请去掉“{after}”，或在后面写一个值。"),
            (_, "{") => "矩阵要用“[ ]”来写。".into(),
            _ => return None,
        },
        Fault::SideBySide { .. } => "请在中间写“,”或“*”。".into(),
        Fault::MissingComma { .. } => "请在两者之间写“,”。".into(),
        Fault::RowNotEnded { found } => format!("请用“;”结束上一行，或把“{found}”写到上一行。"),
        Fault::SecondSign { .. } => "请只写一个符号，或加括号：“-(-x)”。".into(),
        Fault::LeadingPlus => "请去掉“+”。".into(),
        Fault::AfterPower { power, mark } => format!("请写“({power}){mark}”。"),
        Fault::NumberTransposed { .. } => "请去掉“'”。".into(),
        Fault::IndexRange => "请写一个位置，或只写“:”表示全部。".into(),
        Fault::Unclosed { bracket } | Fault::Mismatched { open: bracket, .. } => {
            format!("请写“{}”。", bracket.close())
        }
        Fault::Stray { .. } => "请去掉它。".into(),
        Fault::ExpectedClose {
            bracket: Bracket::Round,
            found,
        } if found.word() == "," => "矩阵要用“[ ]”来写：“[1, 2]”。".into(),
        Fault::Unexpected { found } if matches!(found.word(), "," | "{") => {
            "矩阵要用“[ ]”来写：“[1, 2]”。".into()
        }
        Fault::TextTooLong { .. }
        | Fault::TooManyFaults
        | Fault::ExpectedName { .. }
        | Fault::ThirdIndex
        | Fault::ExpectedClose { .. }
        | Fault::Unexpected { .. } => return None,
    })
}

/// What is suspicious.
pub(super) fn warning(warning: &Warning) -> String {
    match warning {
        Warning::SignInRow { written, .. } => format!("“{written}”是一个元素，不是两个。"),
        Warning::AlikeNames { first, second } => {
            format!("“{second}”和“{first}”是两个不同的名称。")
        }
    }
}

/// What would be clearer.
pub(super) fn clearer(warning: &Warning) -> String {
    match warning {
        Warning::SignInRow { two, one, .. } => {
            format!("两个元素请写“{two}”，一个元素请写“{one}”。")
        }
        Warning::AlikeNames { .. } => "如果指同一个，请写法一致。".into(),
    }
}

fn expected(what: &str, after: &str, found: &Found) -> String {
    let place = match after {
        "" => "这里".to_owned(),
        after => format!("“{after}”后面"),
    };
    match found {
        Found::LineEnd => format!("{place}应为{what}，但这一行已结束。"),
        Found::Word(word) => format!("{place}应为{what}，却是“{word}”。"),
    }
}
