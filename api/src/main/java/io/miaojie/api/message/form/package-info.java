/**
 * Writes that are a table: each field with its JSON name, its bounds and its place in the command. One reader, one
 * writer and one comparison serve them all; only payments, which are hot, have a form of their own. Called by
 * {@code message} and {@code route}; sees {@code json}, {@code digest}, {@code directory} and {@code wire}.
 */
package io.miaojie.api.message.form;
