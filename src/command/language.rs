//! The language of the user, as the environment names it.

use crate::locale::Lang;

/// The language that the locale names: Chinese or English, and English where nothing is said.
#[expect(clippy::disallowed_methods, reason = "the command floor may read the environment")]
pub fn language() -> Lang {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let set = names.into_iter().filter_map(|name| std::env::var(name).ok());
    let first = set.into_iter().find(|value| !value.is_empty());
    first.map_or(Lang::En, |locale| of_locale(&locale))
}

/// The language of a locale such as `zh_CN.UTF-8`.
fn of_locale(locale: &str) -> Lang {
    let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
    if language.eq_ignore_ascii_case("zh") { Lang::ZhHans } else { Lang::En }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_name_a_language() {
        for locale in ["zh", "zh_CN.UTF-8", "zh_HK", "zh-Hant-HK", "zh_TW.Big5"] {
            assert_eq!(of_locale(locale), Lang::ZhHans, "{locale}");
        }
        for locale in ["C", "POSIX", "en_GB.UTF-8", "de_DE", "zha_CN", "C.UTF-8"] {
            assert_eq!(of_locale(locale), Lang::En, "{locale}");
        }
    }
}
