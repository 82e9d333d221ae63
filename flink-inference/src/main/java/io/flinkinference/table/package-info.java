/** The provider {@code onnx} of Flink SQL's models; the only package that knows Flink's tables. */
package io.flinkinference.table;
