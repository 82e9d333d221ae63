/** Makes a directory with a faster form of a model, and proves that it gives the same answers. */
package io.flinkinference.tools.optimize;
