/**
 * Settings from a YAML file that are declared once: the same declaration reads and checks a file,
 * and makes its page of documentation and its JSON Schema. All that is wrong in a file is told at
 * once, with the line where it stands.
 */
package io.flinkinference.examples.file;
