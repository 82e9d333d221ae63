package io.flinkinference.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of files, read as a stream. */
final class Sha256 {

  private static final int CHUNK = 1 << 16;

  private Sha256() {}

  /** The digest of the files one after the other; of a single file it is the file's own. */
  static String of(List<Path> files) {
    MessageDigest digest = newDigest();
    byte[] chunk = new byte[CHUNK];
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
          digest.update(chunk, 0, n);
        }
      } catch (IOException e) {
        throw new ModelException("Cannot read " + file + ": " + e + ".", e);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
