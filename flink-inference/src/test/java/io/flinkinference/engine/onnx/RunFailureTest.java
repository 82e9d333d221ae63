package io.flinkinference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.flinkinference.batch.TokenBatch;
import io.flinkinference.engine.EngineException;
import io.flinkinference.engine.EngineMemoryException;
import io.flinkinference.engine.LostDeviceException;
import io.flinkinference.engine.RunTimeoutException;
import io.flinkinference.text.Encoding;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFailureTest {

  private static final TokenBatch BATCH = TokenBatch.of(Encoding.of(1, 2));
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** As the runtime, CUDA and the C++ library word it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bfc_arena.cc:360 AllocateRawInternal(size_t, bool) Failed to allocate memory for requested"
            + " buffer of size 281474976710656",
        "Available memory of 512 is smaller than requested bytes of 1024",
        "Exception during initialization: std::bad_alloc",
        "bad allocation",
        "CUDA failure 2: out of memory ; GPU=0 ; hostname=a ; file=cuda_allocator.cc",
        "CUDA error cudaErrorMemoryAllocation:out of memory",
        "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0",
        "CUDNN_STATUS_ALLOC_FAILED",
        "HIP error hipErrorOutOfMemory"
      })
  void wantOfMemoryIsToldFromTheMessage(String message) {
    assertThat(RunFailure.of(BATCH, null, LIMIT, new OrtException(message)))
        .isInstanceOf(EngineMemoryException.class)
        .hasMessageContaining("TokenBatch[1 x 2]")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Non-zero status code returned while running Gather node. indices element out of data bounds",
        "Invalid input shape: {0,2}",
        "CUDA failure 7000: no such error",
        "CUDNN failure 4: CUDNN_STATUS_INTERNAL_ERROR",
        "Failed to load library libonnxruntime_providers_cuda.so",
        ""
      })
  void otherFailuresAreNot(String message) {
    assertThat(RunFailure.of(BATCH, null, LIMIT, new OrtException(message)))
        .isExactlyInstanceOf(EngineException.class)
        .hasMessage("The run of TokenBatch[1 x 2] failed: " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA failure 700: an illegal memory access was encountered ; GPU=0 ; hostname=a",
        "CUDA failure 719: unspecified launch failure",
        "CUDA failure 214: uncorrectable ECC error encountered",
        "CUDA failure 226: Invalid access of peer GPU memory over nvlink or a hardware error"
      })
  void aDeviceThatIsLostToTheProcessIsToldFromTheMessageAlsoWhenTheRunWasLate(String message) {
    OrtException cause = new OrtException(message);
    assertThat(RunFailure.of(BATCH, null, LIMIT, cause))
        .isInstanceOf(LostDeviceException.class)
        .hasMessage("The run of TokenBatch[1 x 2] lost the device: " + message);
    assertThat(RunFailure.of(BATCH, RunHandle.Reason.TIME_LIMIT, LIMIT, cause))
        .isInstanceOf(LostDeviceException.class);
  }

  @Test
  void anEarlyEndIsTheReasonWhateverTheRuntimeSays() {
    OrtException cause = new OrtException("CUDA out of memory");
    assertThat(RunFailure.of(BATCH, RunHandle.Reason.TIME_LIMIT, LIMIT, cause))
        .isInstanceOf(RunTimeoutException.class)
        .hasMessageContaining("ended after 10000 ms")
        .hasMessageContaining("or lower inference.text.max-tokens,")
        .hasCause(cause);
    TokenBatch two = TokenBatch.of(Encoding.of(1), Encoding.of(1));
    assertThat(RunFailure.of(two, RunHandle.Reason.TIME_LIMIT, LIMIT, cause))
        .hasMessageContaining("or lower inference.batch.token-budget,");
    assertThat(RunFailure.of(BATCH, RunHandle.Reason.CLOSED, LIMIT, cause))
        .isExactlyInstanceOf(EngineException.class)
        .hasMessage("The engine was closed during the run of TokenBatch[1 x 2].");
  }
}
