package io.flinkinference.benchmarks.peers;

import io.flinkinference.benchmarks.peers.model.DjlModel;
import io.flinkinference.benchmarks.peers.model.EmbeddingServer;
import io.flinkinference.benchmarks.peers.model.LangChainModel;
import io.flinkinference.benchmarks.peers.model.ModelSettings;
import io.flinkinference.benchmarks.peers.model.PlainModel;
import io.flinkinference.benchmarks.peers.step.AsyncBatches;
import io.flinkinference.benchmarks.peers.step.AsyncEach;
import io.flinkinference.benchmarks.peers.step.FifoBatches;
import io.flinkinference.benchmarks.peers.step.HttpEach;
import io.flinkinference.benchmarks.peers.step.MapEach;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What users would otherwise run. Each is set up as its documentation advises, which the classes of
 * models and steps name; where that is silent, as runs fastest: no more threads than cores, and one
 * thread a run where several run at once.
 */
public final class Peers {

  /** Of the two baselines the one that runs one text at a time on each core. */
  public static final String ONE_A_RUN = "c: async";

  /** The other one: batches in the order of arrival, padded to the longest. */
  public static final String FIFO = "b: FIFO 32";

  /** Batches of this size are what articles and the proposal for Flink show. */
  private static final int BATCH = 32;

  /** langchain4j runs the texts of a call side by side; few of them leave its threads idle. */
  private static final int LANGCHAIN_BATCH = 256;

  private static final Duration LIST_WAIT = Duration.ofMillis(100);
  private static final Duration BATCHER_WAIT = Duration.ofMillis(10);

  private Peers() {}

  /** All peers, in the order of their letters. */
  public static List<Peer> all(ModelSettings model) {
    return List.of(
        map(model),
        fifo(model),
        async(model),
        batcher(model),
        langChain(model),
        djl(model),
        djlEach(model),
        http(model));
  }

  /**
   * Those that may do most, on the graph that the project makes: what is left of its lead is not
   * the graph's. Of short texts that is the batcher. Nobody publishes that graph, but a user could
   * have it written.
   */
  public static List<Peer> onOwnGraph(ModelSettings own) {
    return Stream.of(async(own), batcher(own), djlEach(own)).map(Peer::onOwnGraph).toList();
  }

  /** Those that may be best for one kind of texts or another. */
  public static List<Peer> likelyBest(ModelSettings model) {
    return List.of(fifo(model), async(model), batcher(model), djlEach(model));
  }

  /** (a) What a user writes first. */
  public static Peer map(ModelSettings model) {
    return new Peer(
        "a: map",
        "RichMapFunction, one record a run, ONNX Runtime's default options",
        (subtasks, cores) ->
            MapEach.step(() -> PlainModel.open(model, PlainModel.DEFAULT_THREADS)));
  }

  /** (b) First in, first out. */
  private static Peer fifo(ModelSettings model) {
    return new Peer(
        FIFO,
        "KeyedProcessFunction, list of 32 and timer of 100 ms, padded to the longest",
        (subtasks, cores) ->
            FifoBatches.step(() -> PlainModel.open(model, cores), BATCH, LIST_WAIT, subtasks));
  }

  /** (c) One record a call, several at once. */
  public static Peer async(ModelSettings model) {
    return new Peer(
        ONE_A_RUN,
        "AsyncDataStream.unorderedWait, capacity 100, a thread a core, one record a run",
        (subtasks, cores) -> AsyncEach.step(() -> PlainModel.open(model, 1), cores));
  }

  /** (d) A batcher of size and time. */
  public static Peer batcher(ModelSettings model) {
    return new Peer(
        "d: batcher",
        "unorderedWait over batches of 32 or 10 ms (FLINK-38825), a thread a core",
        (subtasks, cores) ->
            AsyncBatches.step(() -> PlainModel.open(model, 1), BATCH, BATCHER_WAIT, cores));
  }

  /** (e) langchain4j. */
  private static Peer langChain(ModelSettings model) {
    return new Peer(
        "e: langchain4j",
        "OnnxEmbeddingModel.embedAll with lists of 256, its default executor",
        (subtasks, cores) ->
            FifoBatches.step(
                () -> LangChainModel.open(model), LANGCHAIN_BATCH, LIST_WAIT, subtasks));
  }

  /** (f) DJL with batches. */
  private static Peer djl(ModelSettings model) {
    return new Peer(
        "f: DJL 32",
        "Predictor.batchPredict with lists of 32, a predictor for each thread",
        (subtasks, cores) ->
            FifoBatches.step(() -> DjlModel.open(model, cores), BATCH, LIST_WAIT, subtasks));
  }

  /** (f) DJL without batches, which on a processor is the faster way for texts of mixed lengths. */
  private static Peer djlEach(ModelSettings model) {
    return new Peer(
        "f: DJL 1",
        "Predictor in a RichMapFunction, one record a run",
        true,
        (subtasks, cores) -> MapEach.step(() -> DjlModel.open(model, cores)));
  }

  /** (g) A server. */
  private static Peer http(ModelSettings model) {
    return new Peer(
        "g: HTTP",
        "async I/O, capacity 100, to a server on loopback that runs a record a request",
        true,
        (subtasks, cores) ->
            HttpEach.step(EmbeddingServer.start(PlainModel.open(model, 1), subtasks * cores)));
  }
}
