package io.flinkinference.benchmarks.infinity;

import java.nio.file.Path;

/**
 * One of the files in which the same model is run.
 *
 * @param name as tables call it
 * @param model its directory, or the graph where a directory has several
 */
record ModelForm(String name, Path model) {}
