package io.flinkinference.benchmarks.latency;

import java.util.Optional;

/**
 * A side under a load.
 *
 * @param side its name
 * @param load in percent of the capacity that the loads go by
 * @param perSecond texts that arrive in a second
 * @param capacity texts in a second that this side can do
 * @param latencies none where the load is far beyond what the side can do: there, the figures would
 *     only tell how long the run was
 */
record Point(
    String side, int load, double perSecond, double capacity, Optional<Percentiles> latencies) {}
