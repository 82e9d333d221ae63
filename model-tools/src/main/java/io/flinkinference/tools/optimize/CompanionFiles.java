package io.flinkinference.tools.optimize;

import io.flinkinference.model.InferenceFile;
import io.flinkinference.model.Model;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Copies what lies beside a graph: tokenizer, configuration, pooling, dense layers. Graphs, and the
 * whole model in the files of other frameworks, stay behind. Of links, what they lead to is copied:
 * models often lie in a directory as links to a store.
 */
final class CompanionFiles extends SimpleFileVisitor<Path> {

  private static final Set<String> OTHER_DIRECTORIES = Set.of("onnx", "openvino", "coreml");

  /** In one file, or in numbered ones with an index. */
  private static final Pattern OTHER_FORM =
      Pattern.compile(
          "(model|pytorch_model|tf_model|flax_model)(-\\d+-of-\\d+)?"
              + "\\.(safetensors|bin|h5|msgpack)(\\.index\\.json)?|rust_model\\.ot");

  private final Path from;
  private final Path to;
  private final Set<Path> weights;

  private CompanionFiles(Path from, Path to, Set<Path> weights) {
    this.from = from;
    this.to = to;
    this.weights = weights;
  }

  /**
   * @param weights files beside the graph that belong to it
   */
  static void copy(Model model, Set<Path> weights, Path to) throws IOException {
    Path from = model.tokenizerFile().toAbsolutePath().normalize().getParent();
    Files.walkFileTree(
        from,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new CompanionFiles(from, to, weights));
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    if (directory.equals(from)) {
      return FileVisitResult.CONTINUE;
    }
    String name = directory.getFileName().toString();
    if (name.startsWith(".") || OTHER_DIRECTORIES.contains(name)) {
      return FileVisitResult.SKIP_SUBTREE;
    }
    Files.createDirectories(to.resolve(from.relativize(directory)));
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    String name = file.getFileName().toString();
    boolean graph =
        name.endsWith(".onnx") || name.endsWith(".onnx_data") || name.endsWith(".onnx.data");
    boolean otherForm =
        file.getParent().equals(from)
            && (name.equals(InferenceFile.NAME) || OTHER_FORM.matcher(name).matches());
    if (!graph && !otherForm && !weights.contains(file.normalize())) {
      Files.copy(file, to.resolve(from.relativize(file)));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof FileSystemLoopException) {
      return FileVisitResult.CONTINUE; // A link to a directory around it, which is copied already.
    }
    throw failure;
  }
}
