"""Writes the graphs described in README.md into the current directory.

Needs the packages numpy and onnx.
"""

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

VOCABULARY, HIDDEN, LABELS = 100, 4, 3
ONE_FAILS, ONE_IS_NAN = 13, 14
ONE_IS_SLOW, ONE_IS_ENDLESS, ONE_IS_DEAF, ONE_IS_HUNGRY = 15, 16, 17, 18
SLOW_STEPS, ENDLESS_STEPS, DEAF_BOXES, HUNGRY_ABOVE, HUNGRY_FLOATS = 60_000, 2**40, 24_000, 32, 2**46
WIDTH_THAT_FAILS = 13
END = 19
BATCH, SEQUENCE = "batch_size", "sequence_length"

ids = np.arange(VOCABULARY)
TOKENS = np.stack([ids / 100, ids % 7, ids % 2, np.ones(VOCABULARY)], axis=1).astype(np.float32)
TYPES = np.array([[0, 0, 0, 0], [0, 1, 0, 0]], np.float32)
POSITIONS = np.array([[p, 0, 0, 0] for p in range(64)], np.float32)
WEIGHTS = np.array([[1, 0, -1], [0, 1, 0], [0, 0, 1], [0, 0.5, 0.25]], np.float32)


def count(node, token):
    return node("ReduceSum", [node("Cast", [node("Equal", ["input_ids", token])],
                                   to=TensorProto.INT64)], keepdims=0)


def waits(node):
    """Zero, after many small steps; the runtime looks between them whether it is to stop."""
    scalar = [helper.make_tensor_value_info(name, kind, []) for name, kind in
              [("step", TensorProto.INT64), ("go_on", TensorProto.BOOL), ("sum", TensorProto.FLOAT)]]
    after = [helper.make_tensor_value_info(name, kind, []) for name, kind in
             [("still_go_on", TensorProto.BOOL), ("next_sum", TensorProto.FLOAT)]]
    body = helper.make_graph([helper.make_node("Identity", ["go_on"], ["still_go_on"]),
                              helper.make_node("Add", ["sum", "sum"], ["next_sum"])],
                             "steps", scalar, after)
    steps = node("Add", [node("Mul", [count(node, "slow"), "slow_steps"]),
                         node("Mul", [count(node, "endless"), "endless_steps"])])
    return node("Loop", [steps, "true", "nothing"], body=body)


def does_not_listen(node):
    """Zero, after one step that compares many boxes with each other."""
    boxes = node("Add", [node("Mul", [count(node, "deaf"), "boxes"]), "little"])
    unit = numpy_helper.from_array(np.ones(1, np.float32))
    places = node("ConstantOfShape", [node("Concat", ["little", boxes, "four"], axis=0)], value=unit)
    scores = node("ConstantOfShape", [node("Concat", ["little", "little", boxes], axis=0)], value=unit)
    kept = node("NonMaxSuppression", [places, scores, boxes, "all_overlap"], center_point_box=1)
    zero = node("Gather", [node("Gather", [kept, "first"]), "first"])
    return node("Cast", [zero], to=TensorProto.FLOAT)


def wants_memory(node):
    """Zero, out of a tensor that is larger than any address space where the batch is not small."""
    large = node("Greater", [node("Size", ["input_ids"]), "hungry_above"])
    hungry = node("And", [large, node("Cast", [count(node, "hungry")], to=TensorProto.BOOL)])
    return node("Gather", [node("ConstantOfShape", [node("Where", [hungry, "too_much", "little"])]),
                           "first"])


def graph(file, inputs, output, int_type=TensorProto.INT64, out_type=TensorProto.FLOAT,
          faulty=False, troubled=False, odd_widths=False, ended=False, open_labels=False, shape=None,
          extra_outputs=()):
    tokens = TOKENS.copy()
    if faulty:
        tokens[ONE_IS_NAN] = np.nan
    constants = {"tokens": tokens, "types": TYPES, "positions": POSITIONS, "weights": WEIGHTS,
                 "fails": np.array(ONE_FAILS), "outside": np.array(1000),
                 "inside": np.array(0), "single": np.zeros((1, HIDDEN), np.float32),
                 "axis_1": np.array([1]), "axis_2": np.array([2]), "keep": np.ones(LABELS, bool),
                 "slow": np.array(ONE_IS_SLOW), "slow_steps": np.array(SLOW_STEPS),
                 "endless": np.array(ONE_IS_ENDLESS), "endless_steps": np.array(ENDLESS_STEPS),
                 "deaf": np.array(ONE_IS_DEAF), "boxes": np.array([DEAF_BOXES]),
                 "hungry": np.array(ONE_IS_HUNGRY), "hungry_above": np.array(HUNGRY_ABOVE),
                 "little": np.array([1]), "too_much": np.array([HUNGRY_FLOATS]),
                 "four": np.array([4]), "all_overlap": np.array([1], np.float32),
                 "width_that_fails": np.array(WIDTH_THAT_FAILS), "end": np.array(END), "true": np.array(True),
                 "nothing": np.array(0, np.float32), "first": np.array(0), "second": np.array(1)}
    nodes = []

    def node(op, args, **attributes):
        nodes.append(helper.make_node(op, args, [f"n{len(nodes)}"], **attributes))
        return nodes[-1].output[0]

    hidden = node("Gather", ["tokens", "input_ids"])
    if "token_type_ids" in inputs:
        hidden = node("Add", [hidden, node("Gather", ["types", "token_type_ids"])])
    if "position_ids" in inputs:
        hidden = node("Add", [hidden, node("Gather", ["positions", "position_ids"])])
    if faulty:
        index = node("Where", [node("Equal", ["input_ids", "fails"]), "outside", "inside"])
        hidden = node("Add", [hidden, node("Gather", ["single", index])])
    if odd_widths:
        width = node("Gather", [node("Shape", ["input_ids"]), "second"])
        index = node("Where", [node("Equal", [width, "width_that_fails"]), "outside", "inside"])
        hidden = node("Add", [hidden, node("Gather", ["single", index])])
    if ended:
        # As BART's classifiers, which take the hidden state of the last end token of each row.
        ends = node("Cast", [node("Equal", ["input_ids", "end"])], to=TensorProto.INT64)
        any_end = node("Cast", [node("ReduceSum", [ends, "axis_1"])], to=TensorProto.BOOL)
        index = node("Where", [any_end, "inside", "outside"])
        hidden = node("Add", [hidden, node("Gather", ["single", index])])
    if troubled:
        for trouble in (waits, does_not_listen, wants_memory):
            hidden = node("Add", [hidden, trouble(node)])
    mask = node("Unsqueeze", [node("Cast", ["attention_mask"], to=TensorProto.FLOAT), "axis_2"])
    # Padding is left as it is in the hidden state, as in real encoders: it is for the pooling.
    sums = node("ReduceSum", [node("Mul", [hidden, mask]), "axis_1"], keepdims=0)
    mean = node("Div", [sums, node("ReduceSum", [mask, "axis_1"], keepdims=0)])
    last = {"logits": lambda: node("MatMul", [mean, "weights"]),
            "sentence_embedding": lambda: mean,
            "last_hidden_state": lambda: hidden}[output]()
    if open_labels:
        # Keeps every label, which is not to be seen without a run.
        last = node("Compress", [last, "keep"], axis=1)
    nodes.append(helper.make_node("Cast", [last], [output], to=out_type))

    default = {"logits": [BATCH, LABELS], "sentence_embedding": [BATCH, HIDDEN],
               "last_hidden_state": [BATCH, SEQUENCE, HIDDEN]}[output]
    outputs = [helper.make_tensor_value_info(output, out_type, shape or default)]
    for name in extra_outputs:
        nodes.append(helper.make_node("Identity", ["input_ids"], [name]))
        outputs.append(helper.make_tensor_value_info(name, int_type, [BATCH, SEQUENCE]))
    used = {name for n in nodes for name in n.input}
    made = helper.make_graph(
        nodes, file,
        [helper.make_tensor_value_info(name, int_type, [BATCH, SEQUENCE]) for name in inputs],
        outputs,
        [numpy_helper.from_array(value, name) for name, value in constants.items() if name in used])
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(model, full_check=shape is None)
    save(model, file + ".onnx")


BERT = ["input_ids", "attention_mask", "token_type_ids"]
PLAIN = ["input_ids", "attention_mask"]

graph("tiny-classifier", BERT, "logits")
graph("tiny-classifier-int32", PLAIN, "logits", int_type=TensorProto.INT32)
graph("tiny-classifier-fp16", PLAIN, "logits", out_type=TensorProto.FLOAT16)
graph("tiny-classifier-open", PLAIN, "logits", open_labels=True, shape=[BATCH, "labels"])
graph("tiny-classifier-faulty", PLAIN, "logits", faulty=True)
graph("tiny-classifier-troubled", PLAIN, "logits", faulty=True, troubled=True)
graph("tiny-classifier-odd-widths", PLAIN, "logits", odd_widths=True)
graph("tiny-classifier-ended", PLAIN, "logits", ended=True)
graph("tiny-embedder", PLAIN, "sentence_embedding", extra_outputs=["copied_ids"])
graph("tiny-encoder", BERT + ["position_ids"], "last_hidden_state")
graph("tiny-encoder-open", PLAIN, "last_hidden_state", shape=[BATCH, "tokens", HIDDEN])
graph("tiny-refused-input", PLAIN + ["pixel_values"], "logits")
