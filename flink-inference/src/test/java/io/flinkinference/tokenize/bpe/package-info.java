/** Tests of byte-level BPE in Java. */
package io.flinkinference.tokenize.bpe;
