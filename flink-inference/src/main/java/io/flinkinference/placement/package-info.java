/** On which TaskManagers the operators of a job run: slot sharing groups with their resources. */
package io.flinkinference.placement;
