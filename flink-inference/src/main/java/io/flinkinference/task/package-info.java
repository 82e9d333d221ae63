/** Tasks: what a model's outputs mean. */
package io.flinkinference.task;
