package io.flinkinference.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class StackDigestTest {

  private static final String FAULT = "com.example.Review.body(Review.java:12)";

  @Test
  void namesTheClassTheFirstFrameOfNoJdkAndAChecksum() {
    assertThat(digest(thrown("anything", null, 12)))
        .isEqualTo("java.lang.IllegalStateException at " + FAULT + " #1c53ebac");
  }

  @Test
  void isIndependentOfMessagesAndOfWhatIsBelowTheCatch() {
    Exception other = thrown("something else", null, 12);
    StackTraceElement[] stack = other.getStackTrace();
    stack[stack.length - 1] = new StackTraceElement("org.other.Runner", "go", "Runner.java", 1);
    other.setStackTrace(stack);
    assertThat(digest(other)).isEqualTo(digest(thrown("anything", null, 12)));
  }

  @Test
  void differsByLineAndByCause() {
    String plain = digest(thrown("", null, 12));
    assertThat(digest(thrown("", null, 13))).isNotEqualTo(plain);
    String caused = digest(thrown("", new IOException("no"), 12));
    assertThat(caused).startsWith("java.lang.IllegalStateException at " + FAULT);
    assertThat(caused).isNotEqualTo(plain);
  }

  @Test
  void anExceptionWithoutFramesIsKnownByItsClass() {
    assertThat(StackDigest.of(new UnscorableException(DeadLetterReason.TOO_LONG, "x"), Here.class))
        .matches("io\\.flinkinference\\.result\\.UnscorableException #[0-9a-f]{8}");
  }

  @Test
  void anOverflowHasOneDigestWhereverInItsCircleItEnds() {
    assertThat(overflow("leaf", "even", "odd", "even", "odd", "even"))
        .isEqualTo(overflow("odd", "even", "odd", "even"));
  }

  private static String overflow(String... methods) {
    StackOverflowError error = new StackOverflowError();
    StackTraceElement[] stack = new StackTraceElement[methods.length];
    for (int i = 0; i < stack.length; i++) {
      stack[i] = new StackTraceElement("com.example.Parser", methods[i], "Parser.java", 7);
    }
    error.setStackTrace(stack);
    return digest(error);
  }

  private static Exception thrown(String message, Throwable cause, int line) {
    Exception thrown = new IllegalStateException(message, cause);
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("java.util.Optional", "get", "Optional.java", 143),
          new StackTraceElement("com.example.Review", "body", "Review.java", line),
          new StackTraceElement("com.example.Job", "lambda$main$0", "Job.java", 30),
          new StackTraceElement(Here.class.getName(), "read", "Here.java", 5),
          new StackTraceElement("org.apache.flink.Task", "run", "Task.java", 9)
        });
    return thrown;
  }

  private static String digest(Throwable thrown) {
    return StackDigest.of(thrown, Here.class);
  }

  /** Stands for the class that catches. */
  private static final class Here {}
}
