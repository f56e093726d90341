/** The HTTP server: its start and its event loops. The door for {@code api.command} and tests. */
package io.miaojie.api.server;
