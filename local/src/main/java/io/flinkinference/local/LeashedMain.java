package io.flinkinference.local;

import java.util.Arrays;

/** Runs the main class named first, with the other arguments, on a {@link Leash}. */
final class LeashedMain {

  private LeashedMain() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    Leash.hold(() -> {});
    Class.forName(args[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
  }
}
