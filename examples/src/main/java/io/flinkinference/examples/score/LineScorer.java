package io.flinkinference.examples.score;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.flinkinference.TextOutcome;
import io.flinkinference.TextScorer;
import io.flinkinference.batch.Failure;
import io.flinkinference.examples.text.ByteLines;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Scores a stream line by line: one JSON object for each line, in the same order, whatever the line
 * holds; none only where the options say that blank lines are skipped. Memory is bounded by the
 * scorer's in-flight capacity.
 *
 * <p>Owned by one thread. Results are written by engine threads, one at a time.
 *
 * @param <R> type of the results
 */
public final class LineScorer<R> {

  private static final int MAX_LINE_BYTES = 1 << 24;
  private static final int BUFFER_BYTES = 1 << 16;

  private final TextScorer<R> scorer;
  private final ResultJson<R> resultJson;
  private final LineForm form;
  private long done;
  private long failed;

  public LineScorer(TextScorer<R> scorer, ResultJson<R> resultJson, LineForm form) {
    this.form = form;
    this.scorer = scorer;
    this.resultJson = resultJson;
  }

  /**
   * Scores all lines.
   *
   * @param in UTF-8; neither stream is closed
   * @return number of lines that could not be scored
   */
  public long score(InputStream in, OutputStream out) throws IOException {
    LineIterator lines = new LineIterator(new ByteLines(in, MAX_LINE_BYTES));
    JsonGenerator json =
        new JsonFactory().createGenerator(new BufferedOutputStream(out, BUFFER_BYTES));
    json.setRootValueSeparator(null);
    try {
      scorer.score(lines, form.text(), form.pair(), outcome -> write(outcome, json, lines));
      json.flush();
    } catch (UncheckedIOException e) {
      throw flushed(json, e.getCause());
    } catch (RuntimeException e) {
      throw flushed(json, e);
    }
    return failed;
  }

  /** What was scored before a failure is told, in whole lines. */
  private static <E extends Exception> E flushed(JsonGenerator json, E failure) {
    try {
      json.flush();
    } catch (IOException e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
    return failure;
  }

  private void write(TextOutcome<Line, R> outcome, JsonGenerator json, LineIterator lines) {
    try {
      if (!outcome.isSkipped()) {
        writeLine(outcome, json);
      }
      done++;
      // While more is under way, the next result will soon flush; else somebody may be waiting.
      if (done == lines.taken()) {
        json.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeLine(TextOutcome<Line, R> outcome, JsonGenerator json) throws IOException {
    json.writeStartObject();
    if (outcome.failure() == null) {
      resultJson.write(outcome.result(), json);
    } else {
      failed++;
      writeFailure(outcome.item().number(), outcome.failure(), json);
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private static void writeFailure(long line, Failure failure, JsonGenerator json)
      throws IOException {
    json.writeNumberField("line", line);
    json.writeObjectFieldStart("error");
    json.writeStringField("reason", failure.reason().name());
    json.writeStringField("message", failure.message());
    json.writeEndObject();
  }
}
