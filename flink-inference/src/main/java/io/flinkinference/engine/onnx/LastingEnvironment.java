package io.flinkinference.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime's environment, for as long as there is the process.
 *
 * <p>Its Java library releases it in a shutdown hook. At that time other hooks still end what runs
 * in order, and sessions would read memory that is freed: a process that is told to end could crash
 * before its savepoint is written. The native environment counts its holders, so here is one more
 * that never lets go. There is no public call for it.
 *
 * <p><b>Thread safety:</b> may be called by any thread.
 */
public final class LastingEnvironment {

  private static final Logger LOG = LoggerFactory.getLogger(LastingEnvironment.class);
  private static final OrtEnvironment ENVIRONMENT = hold(OrtEnvironment.getEnvironment());

  private LastingEnvironment() {}

  /** The environment, in which sessions are made. */
  public static OrtEnvironment get() {
    return ENVIRONMENT;
  }

  private static OrtEnvironment hold(OrtEnvironment environment) {
    try {
      ClassLoader loader = OrtEnvironment.class.getClassLoader();
      Field api =
          Class.forName("ai.onnxruntime.OnnxRuntime", true, loader)
              .getDeclaredField("ortApiHandle");
      api.setAccessible(true);
      Method create =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      create.setAccessible(true);
      int level = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue();
      create.invoke(null, api.getLong(null), level, OrtEnvironment.DEFAULT_NAME);
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.info(
          "This version of ONNX Runtime does not let its environment be held: a process that ends while a model runs may crash.",
          e);
    }
    return environment;
  }
}
