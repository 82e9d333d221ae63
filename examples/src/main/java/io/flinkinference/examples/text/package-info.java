/** Where the texts come from: bytes of lines, and sentences of a real corpus. */
package io.flinkinference.examples.text;
