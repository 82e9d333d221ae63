"""Writes letters.onnx, the graph of TinyModel, into the current directory.

Vocabulary 100, 3 labels. The vector of a token is (id / 100, id mod 7, id mod 2, 1), that of a text
the mean over its tokens, padding excluded. Id 13 fails the run; id 14 makes the logits of its row
NaN. The results depend neither on padding nor on the number of rows, as those of real encoders. For
that the mean is a product of matrices, of two equal rows each: ONNX Runtime's ReduceSum takes
another order of summation for one row than for several, its product with one row for other widths.
Needs the packages numpy and onnx.
"""

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

VOCABULARY, LABELS, FAILS, IS_NAN = 100, 3, 13, 14

ids = np.arange(VOCABULARY)
tokens = np.stack([ids / 100, ids % 7, ids % 2, np.ones(VOCABULARY)], axis=1).astype(np.float32)
tokens[IS_NAN] = np.nan
constants = {
    "tokens": tokens, "fails": np.array(FAILS), "outside": np.array(1000), "inside": np.array(0),
    "single": np.zeros((1, 4), np.float32), "last": np.array([3]), "axis_1": np.array([1]),
    "weights": np.array([[1, 0, -1], [0, 1, 0], [0, 0, 1], [0, 0.5, 0.25]], np.float32)}
nodes = [
    helper.make_node("Gather", ["tokens", "input_ids"], ["known"]),
    helper.make_node("Equal", ["input_ids", "fails"], ["failing"]),
    helper.make_node("Where", ["failing", "outside", "inside"], ["index"]),
    helper.make_node("Gather", ["single", "index"], ["nothing"]),
    helper.make_node("Add", ["known", "nothing"], ["hidden"]),
    helper.make_node("Cast", ["attention_mask"], ["float_mask"], to=TensorProto.FLOAT),
    helper.make_node("Unsqueeze", ["float_mask", "axis_1"], ["mask"]),
    helper.make_node("Concat", ["mask", "mask"], ["masks"], axis=1),
    helper.make_node("MatMul", ["masks", "hidden"], ["sums"]),
    helper.make_node("Gather", ["sums", "last"], ["count"], axis=2),
    helper.make_node("Div", ["sums", "count"], ["means"]),
    helper.make_node("Gather", ["means", "inside"], ["mean"], axis=1),
    helper.make_node("MatMul", ["mean", "weights"], ["logits"])]
graph = helper.make_graph(
    nodes, "letters",
    [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch_size", "sequence_length"])
     for name in ("input_ids", "attention_mask")],
    [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch_size", LABELS])],
    [numpy_helper.from_array(value, name) for name, value in constants.items()])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
checker.check_model(model, full_check=True)
save(model, "letters.onnx")
