/** A model loaded for use (files, tokenizer, engine, workers), shared by all who lease it. */
package io.flinkinference.runtime;
