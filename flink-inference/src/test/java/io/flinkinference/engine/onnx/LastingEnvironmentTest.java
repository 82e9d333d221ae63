package io.flinkinference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LastingEnvironmentTest {

  /** As a job does that takes its savepoint when its process is told to end. */
  @Test
  void modelsAreOpenedWhileTheProcessEnds() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Ending.class.getName(),
                TestingModels.tiny("tiny-classifier").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("opened 200 times");
  }

  /** A program whose shutdown hook opens models when that of ONNX Runtime is long over. */
  static final class Ending {

    private Ending() {}

    public static void main(String[] files) throws OrtException {
      open(files[0]);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> openLate(files[0])));
    }

    private static void openLate(String file) {
      try {
        TimeUnit.SECONDS.sleep(1);
        for (int i = 0; i < 200; i++) {
          open(file);
        }
        System.out.println("opened 200 times");
      } catch (OrtException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void open(String file) throws OrtException {
      try (OrtSession session = LastingEnvironment.get().createSession(file)) {
        session.getInputNames();
      }
    }
  }
}
