package io.flinkinference.reliability.rig;

import io.flinkinference.result.Embedding;
import io.flinkinference.result.Scored;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Sees results just behind the operator, on its thread. Fails when the bench asks for it. */
final class Leave extends RichMapFunction<Scored<NumberedText, Embedding>, Long> {

  private static final long serialVersionUID = 1L;

  private final String name;
  private transient Bench bench;
  private transient Probe probe;

  Leave(String bench) {
    this.name = bench;
  }

  @Override
  public void open(OpenContext context) {
    bench = Bench.named(name);
    probe = bench.probes().get(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
  }

  @Override
  public Long map(Scored<NumberedText, Embedding> scored) {
    long now = System.nanoTime();
    bench.failIfAsked();
    NumberedText record = scored.input();
    bench.ledger().out(record.number());
    probe.scored(now - record.enteredNanos());
    return record.number();
  }
}
