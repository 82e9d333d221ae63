package io.flinkinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.result.Embedding;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LegacySourceITCase {

  @Test
  @SuppressWarnings("deprecation") // What old jobs use must work.
  void aFullBufferYieldsBehindASourceWithAThreadOfItsOwn() throws Exception {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      texts.add("text number " + i);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
    ScoredStream<String, Embedding> scored =
        TextInference.on(env.fromCollection(texts))
            .text(text -> text)
            .model("all-minilm-l6-v2")
            .option(InferenceOptions.WARM_UP, false)
            .option(InferenceOptions.MAX_RECORDS_IN_FLIGHT, 4)
            .task(Tasks.embedding())
            .outputMode(OutputMode.ORDERED)
            .build();
    List<String> came =
        scored.results().map(one -> one.input()).returns(String.class).executeAndCollect(1_000);
    assertThat(came).isEqualTo(texts);
  }
}
