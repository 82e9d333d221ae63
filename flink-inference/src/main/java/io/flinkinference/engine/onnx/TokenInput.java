package io.flinkinference.engine.onnx;

import io.flinkinference.text.Encoding;

/** The inputs that text models take, under the names that the Hugging Face exporters give them. */
enum TokenInput {
  INPUT_IDS("input_ids") {
    @Override
    long token(Encoding row, int position) {
      return row.id(position);
    }

    @Override
    long padding(int position, int padTokenId) {
      return padTokenId;
    }
  },
  ATTENTION_MASK("attention_mask") {
    @Override
    long token(Encoding row, int position) {
      return 1;
    }
  },
  TOKEN_TYPE_IDS("token_type_ids") {
    @Override
    long token(Encoding row, int position) {
      return row.typeId(position);
    }
  },
  POSITION_IDS("position_ids") {
    @Override
    long token(Encoding row, int position) {
      return position;
    }

    @Override
    long padding(int position, int padTokenId) {
      return position;
    }
  };

  private final String graphName;

  TokenInput(String graphName) {
    this.graphName = graphName;
  }

  /** Name of the input in a graph. */
  String graphName() {
    return graphName;
  }

  /** The value for a token of a row. */
  abstract long token(Encoding row, int position);

  /** The value for a position after the end of a row. */
  long padding(int position, int padTokenId) {
    return 0;
  }
}
