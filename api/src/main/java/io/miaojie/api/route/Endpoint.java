package io.miaojie.api.route;

import io.miaojie.api.problem.BadInput;

/** What a route does. */
@FunctionalInterface
interface Endpoint {
    /**
     * Handles one request whose key, content type and parameters are in order.
     *
     * @throws BadInput when the request breaks a rule; it is answered as a problem
     */
    void handle(Exchange exchange);
}
