package io.flinkinference.examples.file;

import java.util.List;
import java.util.stream.Collectors;

/** Says all that is wrong in a file, a line each. */
public final class FileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problems.Problem> problems;

  FileException(String file, List<Problems.Problem> problems) {
    super(
        file
            + (problems.size() == 1
                ? " has a problem:"
                : " has %d problems:".formatted(problems.size()))
            + problems.stream()
                .map(problem -> "\n  line " + problem.line() + ": " + problem.message())
                .collect(Collectors.joining()));
    this.problems = problems;
  }

  /** The problems, from the top of the file down. */
  public List<Problems.Problem> problems() {
    return problems;
  }
}
