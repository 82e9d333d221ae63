"""Prints the accuracy of the real sentence encoders, computed without Java.

    python accuracy.py MODELS DATA [NAME...]

MODELS as for encoders.py. DATA holds stsb-dev.tsv (score, sentence, sentence) and
banking77-train.csv (text, category). The same split and prototypes as AccuracyITCase: in each class
the first 20 rows make the prototype, all others are scored. Needs scipy beside what encoders.py
needs.
"""

import csv
import pathlib
import sys

import numpy as np
from scipy.stats import spearmanr

from encoders import ENCODERS, Encoder

EXAMPLES = 20
# As the operator's prefix options would put them.
PREFIX = {"e5-small-v2": "query: ", "e5-small-v2-q": "query: "}


def main():
    models, data = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    pairs = [line.split("\t") for line in (data / "stsb-dev.tsv").read_text("utf-8").split("\n")[1:] if line]
    with open(data / "banking77-train.csv", encoding="utf-8", newline="") as file:
        rows = [(row["text"], row["category"]) for row in csv.DictReader(file)]
    labels = sorted({category for _, category in rows})
    print("| model | STS-B | prototype | zero-shot |")
    for name in sys.argv[3:] or ENCODERS:
        encoder, known = Encoder(models, name), {}

        def embed(text):
            if text not in known:
                known[text] = encoder.encode(PREFIX.get(name, "") + text)[1]
            return known[text]

        cosines = [embed(a) @ embed(b) for _, a, b in pairs]
        spearman = spearmanr(cosines, [float(score) for score, _, _ in pairs]).statistic
        examples, rest = {label: [] for label in labels}, []
        for text, category in rows:
            if len(examples[category]) < EXAMPLES:
                examples[category].append(embed(text))
            else:
                rest.append((embed(text), category))
        means = np.array([np.mean(examples[label], axis=0) for label in labels])
        means /= np.linalg.norm(means, axis=1, keepdims=True)
        descriptions = np.array([embed(label.replace("_", " ")) for label in labels])
        accuracies = []
        for targets in (means, descriptions):
            hits = [labels[int(np.argmax(targets @ vector))] == category for vector, category in rest]
            accuracies.append(np.mean(hits))
        print(f"| {name} | {spearman:.4f} | {accuracies[0]:.4f} | {accuracies[1]:.4f} |", flush=True)


main()
