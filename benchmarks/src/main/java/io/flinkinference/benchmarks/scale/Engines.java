package io.flinkinference.benchmarks.scale;

import io.flinkinference.benchmarks.flink.InMemoryJob.Step;
import io.flinkinference.benchmarks.flink.Inference;
import io.flinkinference.model.Model;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;

/** Who has an engine. */
enum Engines {
  NONE("no engine"),
  SHARED("one engine for all"),
  OWN("one engine a subtask");

  private final String words;

  Engines(String words) {
    this.words = words;
  }

  /** The step of a job in which it is so. */
  Step step(String id, Model model, int parallelism) {
    return switch (this) {
      case NONE -> texts -> texts.map(text -> text).returns(Types.STRING);
      case SHARED -> Inference.step(id, model, new Configuration());
      case OWN -> OwnEngines.step(id, model, parallelism);
    };
  }

  @Override
  public String toString() {
    return words;
  }
}
