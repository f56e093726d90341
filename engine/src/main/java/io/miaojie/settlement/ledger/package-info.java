/** Who owns what: balances in slabs of longs, moved by zero-sum transfers only. */
package io.miaojie.settlement.ledger;
