/**
 * A caller of the HTTP API as a merchant's back end would write it: plain calls, bulk events that are resent until they
 * are answered, and an open-loop sender on a planned clock. Used by {@code demo}, {@code replay} and the tests.
 */
package io.miaojie.api.client;
