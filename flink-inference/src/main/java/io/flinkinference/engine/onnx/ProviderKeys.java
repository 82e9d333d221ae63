package io.flinkinference.engine.onnx;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Names of settings, as the headers and the documentation of ONNX Runtime's execution providers
 * have them. Pointers to memory and streams are left out.
 */
final class ProviderKeys {

  static final Set<String> CUDA =
      Set.of(
          "gpu_mem_limit",
          "arena_extend_strategy",
          "cudnn_conv_algo_search",
          "do_copy_in_default_stream",
          "cudnn_conv_use_max_workspace",
          "cudnn_conv1d_pad_to_nc1d",
          "enable_cuda_graph",
          "tunable_op_enable",
          "tunable_op_tuning_enable",
          "tunable_op_max_tuning_duration_ms",
          "enable_skip_layer_norm_strict_mode",
          "prefer_nhwc",
          "use_ep_level_unified_stream",
          "use_tf32",
          "fuse_conv_bias",
          "sdpa_kernel");

  static final Set<String> TENSORRT =
      Set.of(
          "trt_max_partition_iterations",
          "trt_min_subgraph_size",
          "trt_max_workspace_size",
          "trt_fp16_enable",
          "trt_bf16_enable",
          "trt_int8_enable",
          "trt_int8_calibration_table_name",
          "trt_int8_use_native_calibration_table",
          "trt_dla_enable",
          "trt_dla_core",
          "trt_dump_subgraphs",
          "trt_engine_cache_enable",
          "trt_engine_cache_path",
          "trt_engine_cache_prefix",
          "trt_engine_hw_compatible",
          "trt_force_sequential_engine_build",
          "trt_context_memory_sharing_enable",
          "trt_layer_norm_fp32_fallback",
          "trt_timing_cache_enable",
          "trt_timing_cache_path",
          "trt_force_timing_cache",
          "trt_detailed_build_log",
          "trt_build_heuristics_enable",
          "trt_cuda_graph_enable",
          "trt_sparsity_enable",
          "trt_builder_optimization_level",
          "trt_auxiliary_streams",
          "trt_tactic_sources",
          "trt_op_types_to_exclude",
          "trt_preview_features",
          "trt_profile_min_shapes",
          "trt_profile_opt_shapes",
          "trt_profile_max_shapes");

  static final Set<String> TENSORRT_AND_CUDA = union(TENSORRT, CUDA);

  static final Set<String> OPENVINO = Set.of("device_type");

  static final Set<String> COREML =
      Set.of(
          "ModelFormat",
          "MLComputeUnits",
          "RequireStaticInputShapes",
          "EnableOnSubgraphs",
          "SpecializationStrategy",
          "ProfileComputePlan",
          "AllowLowPrecisionAccumulationOnGPU",
          "ModelCacheDirectory");

  static final Set<String> XNNPACK = Set.of("intra_op_num_threads");

  /** Settings with which a graph of kernels is recorded once and then played back. */
  private static final Map<String, String> RECORDED =
      Map.of("enable_cuda_graph", "CUDA", "trt_cuda_graph_enable", "TensorRT");

  private ProviderKeys() {}

  /** Refuses what would be wrong without an error. */
  static void requireHarmless(String key, String value) {
    if (key.equals("device_id")) {
      throw new IllegalArgumentException(
          "The setting device_id is "
              + value
              + ". The device is told by inference.device, as in cuda:1. Set that instead.");
    }
    if (RECORDED.containsKey(key) && isOn(value)) {
      throw new IllegalArgumentException(
          "The setting "
              + key
              + " is "
              + value
              + ". A CUDA graph reads its inputs where they were when it was recorded, and ONNX"
              + " Runtime's Java interface cannot keep them there: later batches could get the results of"
              + " the first. Leave it out.");
    }
  }

  /**
   * Refuses a cache of TensorRT's engines that another model may have filled. ONNX Runtime names
   * what is in it by the names in a graph, not by its weights: a new version of a model would run
   * with those of the old one.
   */
  static void requireOwnCache(Map<String, String> settings) {
    String enabled = settings.getOrDefault("trt_engine_cache_enable", "0");
    if (isOn(enabled) && !settings.containsKey("trt_engine_cache_prefix")) {
      throw new IllegalArgumentException(
          "The setting trt_engine_cache_enable is "
              + enabled
              + " without trt_engine_cache_prefix. TensorRT's cached engines are told apart by the"
              + " names in a graph, not by its weights, so another model would run with the weights"
              + " of the first. Set the prefix to the model's name and version, and change it with"
              + " them.");
    }
  }

  private static boolean isOn(String value) {
    return value.equals("1") || value.equalsIgnoreCase("true");
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> all = new HashSet<>(one);
    all.addAll(other);
    return Set.copyOf(all);
  }
}
