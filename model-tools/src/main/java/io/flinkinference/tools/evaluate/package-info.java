/** How good a classifier is on labelled texts. */
package io.flinkinference.tools.evaluate;
