package io.flinkinference.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkinference.text.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InFlightBufferTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void behavesAsTheNaiveModel(boolean ordered) {
    Random random = new Random(ordered ? 1 : 2);
    InFlightBuffer buffer = ordered ? new OrderedBuffer() : new UnorderedBuffer();
    List<InFlight> model = new ArrayList<>();
    for (int step = 0; step < 50_000; step++) {
      int action = random.nextInt(10);
      if (action < 4 && model.size() < 40) {
        InFlight element =
            random.nextInt(5) == 0
                ? new InFlightEvent(() -> {})
                : new InFlightRecord<String, String>(
                    new StreamRecord<>("r" + step), Encoding.of(1));
        buffer.add(element);
        model.add(element);
      } else if (action < 7) {
        completeOne(random, buffer, model);
      } else {
        InFlight polled = buffer.poll();
        if (polled == null) {
          assertThat(model).noneMatch(e -> mayLeave(model, e, ordered));
        } else {
          assertThat(mayLeave(model, polled, ordered)).isTrue();
          model.remove(polled);
        }
      }
      assertThat(buffer.size()).isEqualTo(model.size());
      assertThat(buffer.hasNext())
          .isEqualTo(model.stream().anyMatch(e -> mayLeave(model, e, ordered)));
      if (step % 100 == 0) {
        assertThat(buffer).containsExactlyElementsOf(model);
      }
    }
  }

  private static void completeOne(Random random, InFlightBuffer buffer, List<InFlight> model) {
    List<InFlight> running = model.stream().filter(e -> !e.isDone()).toList();
    if (!running.isEmpty()) {
      InFlightRecord<?, ?> record =
          (InFlightRecord<?, ?>) running.get(random.nextInt(running.size()));
      record.markDone();
      buffer.done(record);
    }
  }

  private static boolean mayLeave(List<InFlight> model, InFlight element, boolean ordered) {
    int index = model.indexOf(element);
    if (ordered || element.isBarrier()) {
      return index == 0 && element.isDone();
    }
    return element.isDone() && model.subList(0, index).stream().noneMatch(InFlight::isBarrier);
  }
}
