/** Values that go in: a text, and its token ids. Plain Java, immutable, no dependencies. */
package io.flinkinference.text;
