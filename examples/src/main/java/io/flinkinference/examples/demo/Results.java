package io.flinkinference.examples.demo;

import io.flinkinference.connectors.avro.DeadLetter;
import io.flinkinference.connectors.avro.ScoredText;
import io.flinkinference.examples.figures.SampleText;
import io.flinkinference.examples.screen.SampleTable;
import io.flinkinference.result.ModelStamp;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that came back: decoded, entered into the ledger, timed.
 *
 * <p>Thread safety: results come from the reader's thread; everything else may be asked by any
 * thread.
 */
final class Results {

  private static final int SAMPLES = 12;

  private final Phases phases;
  private final PhaseRecorder flatOut;
  private final PhaseRecorder paced;
  private final ResultLedger ledger;
  private final Samples samples;
  private final Map<String, Integer> reasons = new TreeMap<>();
  private volatile ModelStamp model;

  Results(Phases phases, PhaseRecorder flatOut, PhaseRecorder paced) {
    this.phases = phases;
    this.flatOut = flatOut;
    this.paced = paced;
    this.ledger = new ResultLedger(phases.records());
    this.samples = new Samples(SAMPLES, phases.records(), SampleTable.TEXT_SHOWN);
  }

  /** Takes the value of a record of the topic of results. */
  void scored(byte[] value, long readAt) throws IOException {
    ScoredText scored = ScoredText.getDecoder().decode(value);
    int number = RecordKey.numberOf(scored.getKey());
    if (!ledger.enter(number)) {
      return;
    }
    recorderOf(number)
        .scored(
            scored.getOrigin().getTimestamp().toEpochMilli(),
            scored.getScoredAt().toEpochMilli(),
            readAt);
    samples.offer(number, scored);
    if (model == null) {
      model = plain(scored.getModel());
    }
  }

  /** Takes the value of a record of the topic of dead letters. */
  void deadLetter(byte[] value) throws IOException {
    DeadLetter dead = DeadLetter.getDecoder().decode(value);
    int number = RecordKey.numberOf(dead.getKey());
    if (!ledger.enter(number)) {
      return;
    }
    recorderOf(number).deadLettered(dead.getRejectedAt().toEpochMilli());
    synchronized (reasons) {
      reasons.merge(dead.getReason(), 1, Integer::sum);
    }
  }

  private PhaseRecorder recorderOf(int number) {
    return phases.isFlatOut(number) ? flatOut : paced;
  }

  ResultLedger ledger() {
    return ledger;
  }

  List<SampleText> samples() {
    return samples.kept();
  }

  /** Dead letters by their reason. */
  Map<String, Integer> reasons() {
    synchronized (reasons) {
      return new TreeMap<>(reasons);
    }
  }

  /** What scored the records, or null as long as none is scored. */
  ModelStamp model() {
    return model;
  }

  private static ModelStamp plain(io.flinkinference.connectors.avro.ModelStamp stamp) {
    return new ModelStamp(
        stamp.getName(),
        stamp.getSha256(),
        stamp.getPrecision(),
        stamp.getDevice(),
        stamp.getBatchInvariant());
  }
}
