/**
 * What people look at in a browser: the console and the contract. Files out of the jar, read once and handed out as
 * they are; everything that changes is fetched from the API by the page itself. Called by {@code route}, sees only the
 * HTTP library and the table of currencies.
 */
package io.miaojie.api.page;
