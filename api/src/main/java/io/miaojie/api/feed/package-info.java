/**
 * The feed: durable records become events, one tailer fans them out from a bounded window, and whoever is further back
 * is read to from the journal. Sees {@code gate} and {@code wire}; called by {@code route}. Writers never wait for it.
 */
package io.miaojie.api.feed;
