package io.flinkinference.task;

import io.flinkinference.batch.TokenBatch;

/** What a batch took. Written by the engine thread that runs it; fixed once it is handed back. */
public final class RunCounts {

  private int rows;
  private int runs;
  private int goodRuns;
  private long realTokens;
  private long paddedTokens;
  private int halvings;
  private int timeouts;
  private int memoryFailures;
  private int retried;

  void run(TokenBatch batch) {
    runs++;
    realTokens += batch.realTokens();
    paddedTokens += batch.paddedTokens();
  }

  /** Says how many rows have a result or a failure. */
  public void finished(int rows) {
    this.rows = rows;
  }

  void wentWell() {
    goodRuns++;
  }

  void halved() {
    halvings++;
  }

  void timedOut() {
    timeouts++;
  }

  void outOfMemory() {
    memoryFailures++;
  }

  void retried(int records) {
    retried += records;
  }

  /**
   * Rows that have a result or a failure: an entry is a row, but for those that did not have to run
   * since another part of their record has failed.
   */
  public int rows() {
    return rows;
  }

  /** Engine runs: more than one where a run failed and the batch was halved. */
  public int runs() {
    return runs;
  }

  /** Whether it was one run that went well: then its time is what a run of its size takes. */
  public boolean isOneGoodRun() {
    return runs == 1 && goodRuns == 1;
  }

  /** Tokens of all runs, padding excluded. */
  public long realTokens() {
    return realTokens;
  }

  /** Tokens of all runs, padding included. */
  public long paddedTokens() {
    return paddedTokens;
  }

  /** Times that a batch, or a part of it, was halved because its run failed. */
  public int halvings() {
    return halvings;
  }

  /** Runs that were ended at their limit. */
  public int timeouts() {
    return timeouts;
  }

  /** Runs that lacked memory. */
  public int memoryFailures() {
    return memoryFailures;
  }

  /** Records that are to run again, each alone. */
  public int retried() {
    return retried;
  }
}
