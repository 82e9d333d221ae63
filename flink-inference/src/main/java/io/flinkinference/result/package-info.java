/** Values that come out: results, their stamp, and dead letters. Plain Java, immutable. */
package io.flinkinference.result;
