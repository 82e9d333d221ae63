package io.flinkinference.tools.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** A machine in words, the most telling first. */
final class MachineFacts {

  private static final double GIB = 1L << 30;

  private MachineFacts() {}

  /** Names and facts in the order of reading. */
  static Map<String, String> of(Machine machine) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Processor", machine.cpu());
    facts.put("Cores", machine.cores() == 1 ? "1 core" : machine.cores() + " cores");
    facts.put("Memory", Numbers.format(machine.memoryBytes() / GIB) + " GiB");
    facts.put("Operating system", machine.os());
    facts.put("Java", machine.java());
    facts.put("Flink", machine.flink());
    facts.put("ONNX Runtime", machine.onnxRuntime());
    facts.put("Measured", machine.date());
    return facts;
  }
}
