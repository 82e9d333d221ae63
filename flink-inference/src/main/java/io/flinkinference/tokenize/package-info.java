/** Text to token ids. */
package io.flinkinference.tokenize;
