/**
 * From JSON to command bytes and from outcome bytes to JSON, one file for each message. Sees {@code json},
 * {@code digest}, {@code directory}, {@code problem} and {@code wire}.
 */
package io.miaojie.api.message;
