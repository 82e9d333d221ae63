/**
 * What Kafka is asked before a job reads or writes: topics, rights, groups and the limits of
 * transactions. All that is wrong is told at once. And what a group is told: its offsets.
 */
package io.flinkinference.connectors.check;
