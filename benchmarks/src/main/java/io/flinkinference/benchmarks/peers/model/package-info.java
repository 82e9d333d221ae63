/** Ways to get vectors of texts from the same model file, none of them the project's own. */
package io.flinkinference.benchmarks.peers.model;
