package io.tidemark.receiver.postprocess;

/** One run of one step. */
interface StepRun {
    /** Does what is due, and notes in the ledger that it is done. */
    void run() throws StepFailedException;

    /** Ends {@link #run} from another thread. */
    void end();
}
