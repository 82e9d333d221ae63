package io.flinkinference.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script of the init container that fetches a model, run as the container runs it: with the
 * folders of this machine, and a curl that notes what it was asked and gives an archive.
 */
class ModelDownloadTest {

  /** Notes its arguments, and the headers from files, each while it runs as the real one does. */
  private static final String CURL =
      """
      #!/usr/bin/env bash
      set -eu
      while [ $# -gt 0 ]; do
        echo "$1" >>"$NOTES/arguments"
        case $1 in
          --header) case $2 in @-) cat >>"$NOTES/headers" ;; @*) cat "${2#@}" >>"$NOTES/headers" ;; esac ;;
          --output) cp "$NOTES/archive.tar.gz" "$2" ;;
        esac
        shift
      done
      """;

  @TempDir Path directory;
  private Path target;

  @BeforeEach
  void makeArchive() throws Exception {
    assumeTrue(
        has("bash") && has("tar") && has("sha256sum"), "There is no bash, tar or sha256sum here.");
    target = Files.createDirectories(directory.resolve("target"));
    Files.createDirectories(directory.resolve("tmp"));
    Path curl = Files.createDirectories(directory.resolve("bin")).resolve("curl");
    assertThat(Files.writeString(curl, CURL).toFile().setExecutable(true)).isTrue();
    Path model = Files.createDirectories(directory.resolve("model").resolve("sentiment"));
    Files.writeString(model.resolve("model.onnx"), "weights");
    run("tar --create --gzip --file archive.tar.gz --directory model sentiment", null, "");
  }

  @Test
  void headerOfTheSecretIsSentAndNoArgumentShowsIt() throws Exception {
    assertThat(run(script(), "Bearer of-a-secret", sha256())).isZero();
    assertThat(directory.resolve("headers")).hasContent("Authorization: Bearer of-a-secret");
    assertThat(Files.readString(directory.resolve("arguments")))
        .contains("https://models.example/sentiment.tar.gz")
        .doesNotContain("of-a-secret");
    assertThat(target.resolve("sentiment").resolve("model.onnx")).hasContent("weights");
  }

  @Test
  void withoutASecretNoHeaderIsSent() throws Exception {
    assertThat(run(script(), null, sha256())).isZero();
    assertThat(Files.readString(directory.resolve("arguments"))).doesNotContain("--header");
    assertThat(target.resolve("sentiment").resolve("model.onnx")).hasContent("weights");
  }

  @Test
  void archiveWithAnotherSumIsNotUnpacked() throws Exception {
    assertThat(run(script(), null, "0".repeat(64))).isNotZero();
    try (Stream<Path> unpacked = Files.list(target)) {
      assertThat(unpacked).isEmpty();
    }
  }

  /** Of the GPU TaskManagers, with the folders of this machine. */
  private String script() throws Exception {
    JsonNode container =
        Documents.one("pools", "Deployment", "-gpu").at("/spec/template/spec/initContainers/0");
    assertThat(container.get("command"))
        .extracting(JsonNode::asText)
        .containsExactly("bash", "-ec");
    return container
        .at("/args/0")
        .asText()
        .replace("/tmp/", directory + "/tmp/")
        .replace("/target", target.toString());
  }

  private int run(String script, String authorization, String sha256) throws Exception {
    ProcessBuilder bash = new ProcessBuilder("bash", "-ec", script).directory(directory.toFile());
    bash.environment().remove("AUTHORIZATION");
    if (authorization != null) {
      bash.environment().put("AUTHORIZATION", authorization);
    }
    bash.environment().put("MODEL_URL", "https://models.example/sentiment.tar.gz");
    bash.environment().put("MODEL_SHA256", sha256);
    bash.environment().put("NOTES", directory.toString());
    bash.environment()
        .merge("PATH", directory.resolve("bin").toString(), (own, bin) -> bin + ":" + own);
    Process process =
        bash.redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String sha256() throws Exception {
    byte[] archive = Files.readAllBytes(directory.resolve("archive.tar.gz"));
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
  }

  private static boolean has(String command) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }
}
