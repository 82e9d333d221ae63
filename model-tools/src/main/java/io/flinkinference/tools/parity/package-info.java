/**
 * How near the answers of one model are to those of another, for which it is to stand in. What is
 * compared is what users get: the results of a task, through the operator's own tokenizer, engine
 * and decoders.
 */
package io.flinkinference.tools.parity;
