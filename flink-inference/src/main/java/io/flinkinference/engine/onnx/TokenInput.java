package io.flinkinference.engine.onnx;

import io.flinkinference.engine.EngineOptions;
import io.flinkinference.text.Encoding;

/** The inputs that text models take, under the names that the Hugging Face exporters give them. */
enum TokenInput {
  INPUT_IDS("input_ids") {
    @Override
    long token(Encoding row, int position, EngineOptions options) {
      return row.id(position);
    }

    @Override
    long padding(int position, EngineOptions options) {
      return options.padTokenId();
    }
  },
  ATTENTION_MASK("attention_mask") {
    @Override
    long token(Encoding row, int position, EngineOptions options) {
      return 1;
    }
  },
  TOKEN_TYPE_IDS("token_type_ids") {
    @Override
    long token(Encoding row, int position, EngineOptions options) {
      return row.typeId(position);
    }
  },
  POSITION_IDS("position_ids") {
    @Override
    long token(Encoding row, int position, EngineOptions options) {
      return (long) options.firstPosition() + position;
    }

    /** Where positions begin after that of padding, padding has it; else any will do. */
    @Override
    long padding(int position, EngineOptions options) {
      return options.firstPosition() > 0 ? options.firstPosition() - 1 : position;
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
  abstract long token(Encoding row, int position, EngineOptions options);

  /** The value for a place of the batch where the row has no token. */
  long padding(int position, EngineOptions options) {
    return 0;
  }
}
