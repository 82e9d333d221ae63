package io.flinkinference.connectors.replay;

import io.flinkinference.connectors.replay.LetterSink.Outgoing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * One pass over a topic of dead letters: read, judge, write, count. Belongs to one thread.
 *
 * <p>Invariant: a letter is counted once its batch is written, never before.
 */
final class ReplayRun {

  private final ReplaySettings settings;
  private final Tally tally = new Tally();

  ReplayRun(ReplaySettings settings) {
    this.settings = settings;
  }

  /** Records that are written so far. */
  long written() {
    return tally.selected();
  }

  ReplayReport dry() {
    try (Consumer<byte[], byte[]> consumer = settings.clients().consumer(settings)) {
      LetterTopic topic = open(consumer);
      Originals originals = originals(consumer);
      while (!topic.hasEnded()) {
        pass(topic.read(), originals, LetterSink.DRY);
      }
      return tally.report(settings.group(), topic.passedBefore());
    }
  }

  ReplayReport real() throws InterruptedException {
    try (Consumer<byte[], byte[]> consumer = settings.clients().consumer(settings);
        // Before the group's offsets are asked for: this may still commit some.
        LetterSink sink =
            TransactionalSink.open(
                settings.clients().producer(settings), consumer.groupMetadata())) {
      LetterTopic topic = open(consumer);
      Originals originals = originals(consumer);
      Pace pace = new Pace(settings.perSecond(), System.nanoTime());
      while (!topic.hasEnded()) {
        TimeUnit.NANOSECONDS.sleep(pace.waitNanos(written(), System.nanoTime()));
        pass(topic.read(), originals, sink);
      }
      return tally.report(settings.group(), topic.passedBefore());
    }
  }

  private LetterTopic open(Consumer<byte[], byte[]> consumer) {
    return LetterTopic.open(consumer, new LetterDecoder(settings.registry()), settings);
  }

  private Originals originals(Consumer<byte[], byte[]> consumer) {
    // The consumer would ask the broker each time.
    Map<String, Integer> known = new HashMap<>();
    return new Originals(
        settings.target(),
        topic -> known.computeIfAbsent(topic, name -> consumer.partitionsFor(name).size()));
  }

  private void pass(LetterBatch batch, Originals originals, LetterSink sink) {
    if (batch.next().isEmpty()) {
      return;
    }
    List<Verdict> verdicts = batch.letters().stream().map(settings.selection()::judge).toList();
    List<Outgoing> outgoing = new ArrayList<>();
    for (int i = 0; i < verdicts.size(); i++) {
      if (verdicts.get(i) == Verdict.SELECTED) {
        Letter letter = batch.letters().get(i);
        outgoing.add(new Outgoing(letter, originals.of(letter)));
      }
    }
    sink.write(outgoing, batch.next());
    for (int i = 0; i < verdicts.size(); i++) {
      tally.add(batch.letters().get(i), verdicts.get(i));
    }
    batch.unreadable().forEach(tally::add);
  }
}
