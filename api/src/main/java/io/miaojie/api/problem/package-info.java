/** Everything that can go wrong at the edge, as one closed list of codes, and how it is written (RFC 9457). A leaf. */
package io.miaojie.api.problem;
