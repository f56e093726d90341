/**
 * Step 7 of the walk: outcomes in from the journal, rows out to Postgres, exactly once. Reads outcomes and never runs a
 * rule. Sees {@code wire}, {@code journal} and the Postgres client.
 */
package io.miaojie.projection;
