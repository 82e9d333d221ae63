/** Labels of zero-shot classification, read from YAML. */
package io.flinkinference.examples.labels;
