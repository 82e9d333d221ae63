package io.flinkinference.examples.text;

import java.io.IOException;
import java.util.stream.Stream;

/** Texts to be sent, a number of them that is known beforehand, in an order that is fixed. */
public interface Texts {

  /** How many there are. */
  int count();

  /** What they are, in words that fit on one line of the screen. */
  String description();

  /** The texts as UTF-8, or as whatever bytes they are; to be closed by the caller. */
  Stream<byte[]> open() throws IOException;
}
