/**
 * What the figures and the soak share: texts, a source that can be steered, a job that is watched
 * from outside the operator, and readings of this process.
 */
package io.flinkinference.reliability.rig;
