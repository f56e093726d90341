/** One file per campaign kind, and the registry with one line each. */
package io.miaojie.settlement.kind;
