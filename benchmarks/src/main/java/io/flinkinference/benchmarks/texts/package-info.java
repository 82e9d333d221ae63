/** How the length of texts, and the mix of lengths, changes what is reached. */
package io.flinkinference.benchmarks.texts;
