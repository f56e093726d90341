/** Save, load and hash of the core's state, as one canonical stream of bytes. */
package io.miaojie.settlement.state;
