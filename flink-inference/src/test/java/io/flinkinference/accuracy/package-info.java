/** Accuracy on texts that people have labelled, beside that of the reference. */
package io.flinkinference.accuracy;
