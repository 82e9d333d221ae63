"""Writes the expected vectors of the real sentence encoders, made without Java.

    python encoders.py MODELS OUTPUT

MODELS holds NAME.onnx and NAME-tokenizer.json of each encoder, as the jars
dev.langchain4j:langchain4j-embeddings-* hold them. Needs numpy, onnxruntime and tokenizers. One text
a run, so nothing is padded; pooling is written here in float64.
"""

import json
import pathlib
import sys

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

# Name: how to pool, and the most tokens.
ENCODERS = {
    "all-minilm-l6-v2": ("mean", 256),
    "bge-small-en-v1.5": ("cls", 512),
    "bge-small-zh-v1.5": ("cls", 512),
    "e5-small-v2": ("mean", 512),
    "e5-small-v2-q": ("mean", 512),
}

TEXTS = [
    "",
    "a",
    "Hello, world! It's 9:45 on 3/14 - don't be late.",
    "The central bank left interest rates unchanged on Thursday, as most economists had expected.",
    "Die Würde des Menschen ist unantastbar. ¿Dónde está la biblioteca? Crème brûlée, naïve façade.",
    "今天天气很好，我们去公园散步吧。",
    "東京は日本の首都です。한국어 텍스트도 있습니다.",
    "Привет, как дела? Γειά σου Κόσμε. السلام عليكم",
    "I ❤️ pizza 🍕🍕🍕 and flags 🇩🇪 and families 👨‍👩‍👧‍👦",
    "https://example.org/path?query=value&x=%20#top <b>bold</b> {\"key\": [1, 2.5e-3, null]}",
    "antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis " + "x" * 150,
    "The committee discussed the report and voted on every amendment, then it rose. " * 60,
]


class Encoder:
    """A sentence encoder as its authors describe it."""

    def __init__(self, models, name):
        self.pooling, most = ENCODERS[name]
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(str(models / f"{name}.onnx"), options)
        self.inputs = {one.name for one in self.session.get_inputs()}
        self.tokenizer = Tokenizer.from_file(str(models / f"{name}-tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(most)

    def encode(self, text):
        """The token ids of a text and its vector."""
        encoding = self.tokenizer.encode(text)
        ids = np.array([encoding.ids], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        if "token_type_ids" in self.inputs:
            feed["token_type_ids"] = np.zeros_like(ids)
        hidden = self.session.run(None, feed)[0][0].astype(np.float64)
        vector = hidden[0] if self.pooling == "cls" else hidden.mean(axis=0)
        return encoding.ids, vector / np.linalg.norm(vector)


def main():
    models, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    for name in ENCODERS:
        encoder = Encoder(models, name)
        rows = []
        for text in TEXTS:
            ids, vector = encoder.encode(text)
            rows.append({"text": text, "ids": ids, "vector": [round(x, 7) for x in vector.tolist()]})
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
        (output / f"{name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
