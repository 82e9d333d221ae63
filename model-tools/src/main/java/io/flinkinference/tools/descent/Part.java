package io.flinkinference.tools.descent;

import io.flinkinference.batch.TokenBatch;
import io.flinkinference.tools.graph.Tensor;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Some rows of a batch.
 *
 * @param tokens of the rows
 * @param others further inputs of the graph; asked for by the thread that runs the part
 */
record Part(TokenBatch tokens, Supplier<Map<String, Tensor>> others) {}
