package io.flinkinference.examples.figures;

/**
 * What a demo has started, for the head of the screen.
 *
 * @param kafka address of the broker
 * @param webUi address of Flink's web interface
 * @param model the model's name
 * @param precision of the model: fp32 or int8
 * @param sha256 of the model file
 * @param texts what is sent
 * @param labels how many topics there are
 * @param parallelism of the job
 * @param ordered whether results keep the order of the texts
 * @param log where the log is written
 */
public record Setup(
    String kafka,
    String webUi,
    String model,
    String precision,
    String sha256,
    String texts,
    int labels,
    int parallelism,
    boolean ordered,
    String log) {}
