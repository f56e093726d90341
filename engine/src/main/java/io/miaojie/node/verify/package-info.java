/**
 * Holds a data directory at rest against everything that is promised of it: the chain of its records, their outcomes
 * computed again, the invariants of the ledger, and the rows in Postgres. Changes nothing.
 */
package io.miaojie.node.verify;
