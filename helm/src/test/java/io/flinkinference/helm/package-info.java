/** What the Helm chart and the Dockerfile make, held against those who read it. */
package io.flinkinference.helm;
