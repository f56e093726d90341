/**
 * Step 1 of the walk: one file for each endpoint, so this folder is the API. Requests in, problems or commands out; the
 * contract is {@code openapi.yaml}. Sees {@code edge} and the api's leaves.
 */
package io.miaojie.api.route;
