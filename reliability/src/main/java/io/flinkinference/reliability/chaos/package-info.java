/** The job that the chaos suite attacks; here and not among the tests, so that it is in a jar. */
package io.flinkinference.reliability.chaos;
