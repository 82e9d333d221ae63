/** The public interface: score a DataStream with {@link io.flinkinference.TextInference}. */
package io.flinkinference;
