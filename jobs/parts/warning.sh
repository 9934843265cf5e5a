# The ranks are warned 120 s before the time limit and use 90 of them to finish what they can.
# Longer bundles are checkpointed in RESULTS.h5.checkpoints, and the job is requeued to resume them.
