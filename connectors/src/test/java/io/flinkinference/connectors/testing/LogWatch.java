package io.flinkinference.connectors.testing;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/**
 * Reads all that this JVM logs, down to the details of Flink and Kafka, and keeps the lines that
 * hold one of some words. Thread safety: lines come from any thread.
 */
public final class LogWatch extends AbstractAppender implements AutoCloseable {

  private static final List<String> LOUD = List.of("org.apache.flink", "org.apache.kafka", "io");

  private final PatternLayout layout = PatternLayout.newBuilder().withPattern("%c %m%n%ex").build();
  private final List<String> words;
  private final Queue<String> found = new ConcurrentLinkedQueue<>();
  private final AtomicLong read = new AtomicLong();

  private LogWatch(List<String> words) {
    super("log-watch", null, null, true, Property.EMPTY_ARRAY);
    this.words = words;
  }

  /** Begins to watch, at the level DEBUG. */
  public static LogWatch begin(List<String> words) {
    LogWatch watch = new LogWatch(words);
    watch.start();
    LoggerContext context = context();
    Configuration configuration = context.getConfiguration();
    for (String name : LOUD) {
      LoggerConfig logger = new LoggerConfig(name, Level.DEBUG, false);
      logger.addAppender(watch, Level.DEBUG, null);
      logger.addAppender(configuration.getAppender("console"), Level.ERROR, null);
      configuration.addLogger(name, logger);
    }
    context.updateLoggers();
    return watch;
  }

  private static LoggerContext context() {
    return (LoggerContext) LogManager.getContext(false);
  }

  @Override
  public void append(LogEvent event) {
    String line = layout.toSerializable(event);
    read.incrementAndGet();
    if (words.stream().anyMatch(line::contains)) {
      found.add(line);
    }
  }

  /** Lines that hold one of the words. */
  public List<String> found() {
    return List.copyOf(found);
  }

  /** How many lines were read. */
  public long read() {
    return read.get();
  }

  @Override
  public void close() {
    LOUD.forEach(context().getConfiguration()::removeLogger);
    context().updateLoggers();
    stop();
  }
}
