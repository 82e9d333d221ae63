/** Byte-level BPE in Java: the tokenizers of RoBERTa, ModernBERT and GPT-2. */
package io.flinkinference.tokenize.bpe;
