package io.flinkinference.benchmarks.infinity;

import java.util.List;

/**
 * Requests a second that Hugging Face published for Infinity and for its library transformers:
 * DistilBERT as a classifier, end to end with tokenization, batch 1, on 2 physical cores of an EC2
 * C6i instance (Ice Lake). From <a href="https://huggingface.co/blog/infinity-cpu-performance">the
 * case study of January 2022</a>.
 *
 * @param tokens of a request
 * @param infinity requests a second of Infinity, with the model optimized for the processor
 * @param transformers requests a second of the library as it is
 */
record Published(int tokens, int infinity, int transformers) {

  static final List<Published> ALL =
      List.of(
          new Published(8, 248, 49),
          new Published(16, 212, 50),
          new Published(32, 150, 40),
          new Published(64, 97, 28),
          new Published(128, 55, 18),
          new Published(256, 27, 9),
          new Published(384, 17, 5),
          new Published(512, 12, 4));
}
