/** Files that a benchmark needs while it runs. */
package io.flinkinference.benchmarks.files;
