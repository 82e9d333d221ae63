package io.flinkinference.reliability.rig;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Makes the record, just before the operator and on its thread, and looks at the clock. */
final class Enter extends RichMapFunction<Long, NumberedText> {

  private static final long serialVersionUID = 1L;

  private final String name;
  private transient Bench bench;
  private transient Probe probe;

  Enter(String bench) {
    this.name = bench;
  }

  @Override
  public void open(OpenContext context) {
    bench = Bench.named(name);
    probe = bench.probes().get(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
    probe.started();
  }

  @Override
  public NumberedText map(Long number) {
    String text = bench.text(number);
    bench.ledger().in(number);
    probe.entered();
    return new NumberedText(number, System.nanoTime(), text);
  }
}
