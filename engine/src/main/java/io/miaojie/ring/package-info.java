/**
 * Step 3 of the walk, the host on one node: messages are claimed, settled, journaled and answered in the order of one
 * ring. Sees {@code gate}, {@code wire}, {@code settlement}, {@code journal}.
 */
package io.miaojie.ring;
