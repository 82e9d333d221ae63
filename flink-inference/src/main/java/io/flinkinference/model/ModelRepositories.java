package io.flinkinference.model;

/** The places where models are looked for. */
public final class ModelRepositories {

  private ModelRepositories() {}

  /**
   * Directories first, then bundled models: where a directory has the name of a bundled model, the
   * directory is meant.
   *
   * <p>The id of a model in a directory is the path of the directory or, where that has several
   * graphs, of one of them. Bundled models come with a Maven artifact that must be on the class
   * path; they are unpacked into {@link CacheDirectory}.
   */
  public static ModelRepository standard() {
    return ModelRepositories::resolve;
  }

  private static Model resolve(String id, GraphChoice choice) {
    if (DirectoryRepository.existing(id).isPresent()) {
      return new DirectoryRepository().resolve(id, choice);
    }
    if (BundledModel.named(id).isPresent()) {
      return new BundledRepository().resolve(id, choice);
    }
    throw new ModelException(
        "There is no model \""
            + id
            + "\". It is neither a directory or .onnx file that exists nor one of the bundled"
            + " models "
            + String.join(", ", BundledModel.names())
            + ".");
  }
}
