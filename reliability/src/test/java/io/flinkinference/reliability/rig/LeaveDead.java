package io.flinkinference.reliability.rig;

import io.flinkinference.result.DeadLetter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Sees dead letters just behind the operator, on its thread. */
final class LeaveDead extends RichMapFunction<DeadLetter<NumberedText>, Long> {

  private static final long serialVersionUID = 1L;

  private final String name;
  private transient Bench bench;
  private transient Probe probe;

  LeaveDead(String bench) {
    this.name = bench;
  }

  @Override
  public void open(OpenContext context) {
    bench = Bench.named(name);
    probe = bench.probes().get(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
  }

  @Override
  public Long map(DeadLetter<NumberedText> letter) {
    long number = letter.input().number();
    bench.ledger().out(number);
    probe.died();
    return number;
  }
}
