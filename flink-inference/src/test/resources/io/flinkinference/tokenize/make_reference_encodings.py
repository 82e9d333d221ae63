"""Writes reference-encodings.json: token ids by the slow BertTokenizer of transformers.

That one is written in Python and shares no code with the tokenizers library under test. The two
are known to disagree on unassigned code points such as U+FFFE, which the slow one drops, and on
which text of a pair keeps one token more when both are cut; neither occurs here.

    pip install transformers==4.57.1
    python make_reference_encodings.py PATH/all-minilm-l6-v2-tokenizer.json > reference-encodings.json
"""

import json
import sys
import tempfile

from transformers import BertTokenizer

MAX_TOKENS = 63

TEXTS = [
    "",
    " ",
    " \t\n\r\f\v\u00a0\u2003\u3000 ",
    "Hello, World!",
    "The quick brown fox jumps over the lazy dog.",
    "don't can't it's U.S.A. e-mail state-of-the-art 3.14 1,000,000",
    "antidisestablishmentarianism floccinaucinihilipilification",
    "Z\u00fcrich na\u00efve r\u00e9sum\u00e9 \u00c5ngstr\u00f6m \u0141\u00f3d\u017a \u00d8re stra\u00dfe \u0130stanbul",
    "cafe\u0301 A\u030angstro\u0308m o\u0302\u0323 \u1ec7 e\u0323\u0302",
    "\u0301 starts with a combining accent",
    "\ud55c\uad6d\uc5b4 \ud14d\uc2a4\ud2b8",
    "\u4e2d\u6587\u5206\u8bcd\u6d4b\u8bd5 mixed \u4e2d text\u6587",
    "\U00020000\U0002a6df \u9fff\uf900",
    "\u3053\u3093\u306b\u3061\u306f \u30ab\u30bf\u30ab\u30ca \uff76\uff80\uff76\uff85 \uff21\uff22\uff23",
    "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645 \u0661\u0662\u0663",
    "\u05e9\u05c1\u05dc\u05d5\u05b9\u05dd \u05e2\u05d5\u05dc\u05dd",
    "\u0928\u092e\u0938\u094d\u0924\u0947 \u0926\u0941\u0928\u093f\u092f\u093e",
    "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e0a\u0e32\u0e27\u0e42\u0e25\u0e01",
    "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440! \u0419\u043e\u0433",
    "\u0393\u03b5\u03b9\u03ac \u03c3\u03bf\u03c5 \u039a\u03cc\u03c3\u03bc\u03b5 \u03a3\u03a3\u03a3 \u03c2",
    "smile \U0001f600 heart \u2764\ufe0f flag \U0001f1e9\U0001f1ea skin \U0001f44d\U0001f3fd",
    "family \U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 joined",
    "zero\u200bwidth\u200cnon\u200djoiner\ufeffbom soft\u00adhyphen",
    "right\u202eto left\u202c mark\u200e\u200f",
    "bell\u0007 null\u0000byte esc\u001b[31m del\u007f c1\u0085next\u009f",
    "replacement \ufffd character private \ue000 \U000f0000",
    "tab\tnew\nline\r\nreturn",
    "\u2028line separator\u2029paragraph",
    "\u201cquotes\u201d \u2018single\u2019 dash\u2014em\u2013en ellipsis\u2026 \u00abguillemets\u00bb",
    "$100 \u20ac50 \u00a320 \u00a51000 \u20b9 50% \u00bd \u00b2 \u2122 \u00a9 \u2116",
    "\ufb01ne \ufb03 \u2460 \u2167 \u33a1 \U0001d400\U0001d7d8",
    "a" * 100,
    "a" * 101,
    "x" * 5000,
    "word " + "\u00e9" * 100 + " end",
    "!" * 40,
    "?!..., ;:()[]{}<>@#$%^&*-_=+|\\/~`'\"",
    "[MASK] is a token, and so are [CLS] [SEP] [PAD] [UNK]",
    "[mask] [MASK]word [ MASK ] [MASK][MASK]",
    "##ing ##s #hash ## #",
    "https://example.org/path?query=value&other=%20#fragment someone@example.org",
    "<html><body onclick=\"alert('x')\">&amp;&nbsp;</body></html>",
    "{\"key\": [1, 2.5e-3, null], \"\\u00e9\": true}",
    "MiXeD CaSe UPPER lower \u01c5 \u1e9e",
    "one two three " * 200,
    "\U0001f600" * 100,
    "\u4e2d" * 100,
]

PAIRS = [
    ["what is it?", "It is a question."],
    ["", "only the second"],
    ["only the first", ""],
    ["", ""],
    ["long first " * 60, "short second"],
    ["short first", "long second " * 60],
    ["both long " * 40, "both also long " * 40],
]


def main():
    vocabulary = json.load(open(sys.argv[1], encoding="utf-8"))["model"]["vocab"]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("".join(token + "\n" for token in sorted(vocabulary, key=vocabulary.get)))
        file.flush()
        tokenizer = BertTokenizer(file.name, do_lower_case=True)
    cases = []
    for text, pair in [(text, None) for text in TEXTS] + PAIRS:
        encoded = tokenizer(text, pair, truncation="longest_first", max_length=MAX_TOKENS)
        whole = tokenizer(text, pair)
        cases.append(
            {
                "text": text,
                "pair": pair,
                "ids": encoded["input_ids"],
                "typeIds": encoded["token_type_ids"],
                "truncated": len(whole["input_ids"]) > MAX_TOKENS,
            }
        )
    lines = ",\n".join(json.dumps(case) for case in cases)
    print('{"maxTokens": %d, "cases": [\n%s\n]}' % (MAX_TOKENS, lines))


main()
