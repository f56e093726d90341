/**
 * Step 5 of the walk: records in, forced to disk, the durable sequence out; and the way back, recovery and reading.
 * Called by {@code ring} (append, commit), {@code projection} and the archive (read), {@code node} (recover). Sees
 * {@code wire} and {@code settlement}.
 */
package io.miaojie.journal;
