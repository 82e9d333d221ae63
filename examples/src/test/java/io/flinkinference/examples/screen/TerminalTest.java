package io.flinkinference.examples.screen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, false, UTF_8);

  @Test
  void onATerminalALineReplacesTheOneBefore() {
    Terminal terminal = new Terminal(out, true, false, 100);
    terminal.renew("one");
    terminal.renew("two");
    terminal.print("three");
    assertThat(written()).isEqualTo("\r\u001b[Kone\r\u001b[Ktwo\r\u001b[Kthree\n");
  }

  @Test
  void lastRenewedLineMayStay() {
    Terminal terminal = new Terminal(out, true, false, 100);
    terminal.renew("one");
    terminal.keepRenewed();
    terminal.print("two");
    assertThat(written()).isEqualTo("\r\u001b[Kone\ntwo\n");
  }

  @Test
  void elsewhereEveryLineStaysAndNothingElseIsWritten() {
    Terminal terminal = new Terminal(out, false, false, 100);
    terminal.renew("one");
    terminal.renew("two");
    terminal.keepRenewed();
    assertThat(written()).isEqualTo("one\ntwo\n");
  }

  @Test
  void renewedLineNeverWraps() {
    new Terminal(out, true, false, 10).renew("0123456789abc");
    assertThat(written()).isEqualTo("\r\u001b[K012345678");
  }

  @Test
  void colourNeedsATerminalAndNobodyWhoRefusesIt() {
    System.setProperty("flinkinference.terminal", "true");
    try {
      assertThat(colored(Map.of("TERM", "xterm"))).isTrue();
      assertThat(colored(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
      assertThat(colored(Map.of("TERM", "dumb"))).isFalse();
      assertThat(colored(Map.of())).isFalse();
    } finally {
      System.clearProperty("flinkinference.terminal");
    }
    assertThat(colored(Map.of("TERM", "xterm"))).isFalse();
  }

  @Test
  void styleWithoutColourLeavesTextsAlone() {
    assertThat(new Style(false).bold("x")).isEqualTo("x");
    assertThat(new Style(true).bold("x")).isEqualTo("\u001b[1mx\u001b[0m");
  }

  private boolean colored(Map<String, String> environment) {
    return Terminal.of(out, environment).style().colored();
  }

  private String written() {
    return bytes.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}
