/// Texts that break what splits, quotes or escapes them carelessly.
let hostileTexts = [
    "", "plain", "\"", "\"\"", "a\"b", "\"\u{301}", "a,b", ",", "a\nb", "\n", "a\r\nb", "\r", "a\r",
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "'", "''", "'=1", "''=1", "'a", "=", "=\"a\",b",
    "nul\u{0}nul", "\u{FEFF}bom", "</script>", "]]>", "\u{202E}drow", "naïve", "nai\u{308}ve", "👩‍👩‍👧",
    "\u{1}\u{1B}[31m", "  spaces  ", "\u{2028}",
]
