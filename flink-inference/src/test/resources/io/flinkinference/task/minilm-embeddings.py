"""Writes minilm-embeddings.json: texts, their token ids and their vectors, made without Java.

Arguments: all-minilm-l6-v2.onnx all-minilm-l6-v2-tokenizer.json. Needs the packages numpy,
onnxruntime and tokenizers. One text a run, so nothing is padded.
"""

import json
import sys

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

TEXTS = [
    "",
    "a",
    "Hello, world!",
    "The cat sits outside.",
    "A man is playing guitar.",
    "The new movie is awesome.",
    "Resumption of the session",
    "I declare resumed the session of the European Parliament adjourned on Friday.",
    "Please rise, then, for this minute's silence.",
    "Interest rates were left unchanged by the central bank on Thursday.",
    "The patient was given 50 mg of the drug twice a day.",
    "Does anyone know how to fix error 404 in nginx?",
    "¿Dónde está la biblioteca?",
    "Die Würde des Menschen ist unantastbar.",
    "東京は日本の首都です。",
    "Привет, как дела?",
    "I ❤️ pizza 🍕🍕🍕",
    "antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis",
    "12345 67.89 -0.001 1e10",
    " ".join(["The committee discussed the report and voted on every amendment."] * 12),
]

session = onnxruntime.InferenceSession(sys.argv[1])
tokenizer = Tokenizer.from_file(sys.argv[2])
tokenizer.no_padding()
tokenizer.enable_truncation(256)

rows = []
for text in TEXTS:
    ids = np.array([tokenizer.encode(text).ids], np.int64)
    hidden = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids),
                                "token_type_ids": np.zeros_like(ids)})[0]
    mean = hidden[0].astype(np.float64).mean(axis=0)
    vector = mean / np.linalg.norm(mean)
    rows.append({"text": text, "ids": ids[0].tolist(), "vector": [round(x, 6) for x in vector]})

with open("minilm-embeddings.json", "w", encoding="utf-8") as file:
    file.write("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows) + "\n]\n")
