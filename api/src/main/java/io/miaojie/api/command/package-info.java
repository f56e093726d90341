/**
 * The command line: {@code serve}, {@code demo}, {@code replay}, {@code verify}. Puts the engine and the HTTP server
 * together; every option is an environment variable too.
 */
package io.miaojie.api.command;
