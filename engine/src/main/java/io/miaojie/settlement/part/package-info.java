/**
 * What campaigns and settlement are built from: members, orders, counters, timers. Each is a slab with an exact index.
 */
package io.miaojie.settlement.part;
