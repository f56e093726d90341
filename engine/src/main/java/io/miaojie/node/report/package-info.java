/**
 * The read side: lists and statements out of Postgres, each with the sequence that it is as of. Called by the api from
 * any thread, sees {@code projection} and the Postgres client. What one id names is asked of the core instead.
 */
package io.miaojie.node.report;
