package io.miaojie.api.route;

import io.miaojie.api.problem.EdgeCode;
import io.miaojie.gate.SubmitCode;

/** What the gate's refusals are over HTTP. */
final class Refusals {
    private Refusals() {}

    /** Returns null when the submission was accepted. */
    static EdgeCode of(final SubmitCode code) {
        return switch (code) {
            case ACCEPTED -> null;
            case RING_FULL -> EdgeCode.RING_FULL;
            case TOO_LONG -> EdgeCode.COMMAND_TOO_LONG;
            case STOPPED -> EdgeCode.STOPPED;
            case PROJECTION_BEHIND -> EdgeCode.PROJECTION_BEHIND;
        };
    }

    static String detail(final SubmitCode code) {
        return switch (code) {
            case ACCEPTED -> "";
            case RING_FULL -> "more requests than can be taken at present; nothing was taken";
            case TOO_LONG -> "more than one record holds; nothing was taken";
            case STOPPED -> "the node is stopping or has stopped; nothing was taken";
            case PROJECTION_BEHIND -> "Postgres is too far behind, or the disk is nearly full; nothing was taken";
        };
    }
}
