/** A model of DistilBERT's shape, measured as Hugging Face measured its server Infinity. */
package io.flinkinference.benchmarks.infinity;
