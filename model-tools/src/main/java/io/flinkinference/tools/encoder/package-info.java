/** Finds the parts that encoders are made of, whoever exported them: layers, heads and neurons. */
package io.flinkinference.tools.encoder;
