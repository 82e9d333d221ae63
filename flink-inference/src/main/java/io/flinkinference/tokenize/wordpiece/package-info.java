/** BERT's tokenizer in Java: no native library, the same ids. */
package io.flinkinference.tokenize.wordpiece;
