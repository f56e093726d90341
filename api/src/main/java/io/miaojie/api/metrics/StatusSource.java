package io.miaojie.api.metrics;

import io.miaojie.node.EngineStatus;

/** Tells how the engine is: {@code EngineNode::status}. Thread: any; it must not wait. */
@FunctionalInterface
public interface StatusSource {
    /** Returns the figures of this moment. */
    EngineStatus status();
}
