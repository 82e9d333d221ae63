/** The job whose operators are looked for on the TaskManagers of a real cluster. */
package io.flinkinference.reliability.placement;
